//! What one thread remembers of text that it has seen: which tokens a chunk gave.
//!
//! A chunk that is known costs one look into one line of memory. The cache forgets when it is full, and each chunk
//! has few places where it may lie, so no choice of words makes it slow or large; it never changes a result.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

/// How many groups of places there are; a power of two.
const GROUPS: usize = 1 << 14;

/// Longer chunks are not remembered, in bytes.
const MAX_CHUNK: usize = 64;

/// When the chunks or their tokens take this much room, everything is forgotten.
const MAX_ROOM: usize = 4 << 20;

/// Where one chunk lies.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// The upper half of its hash.
    tag: u32,
    /// Where its text starts.
    text: u32,
    /// Its token if it has one, else where they start.
    tokens: u32,
    /// Bytes; 0 in an empty slot.
    len: u8,
    count: u16,
}

/// Remembers the tokens of chunks.
pub struct Cache {
    groups: Vec<[Slot; 4]>,
    text: Vec<u8>,
    tokens: Vec<u32>,
}

/// Where a chunk lies or may be put.
pub struct Place {
    group: usize,
    tag: u32,
}

impl Cache {
    pub fn new() -> Self {
        Self { groups: vec![[Slot::default(); 4]; GROUPS], text: Vec::new(), tokens: Vec::new() }
    }

    /// Whether this chunk is short enough to be remembered, and where.
    pub fn place(chunk: &str) -> Option<Place> {
        if chunk.len() > MAX_CHUNK {
            return None;
        }
        let hash = FxBuildHasher.hash_one(chunk.as_bytes());
        let group = usize::try_from(hash & (GROUPS as u64 - 1)).unwrap_or(0);
        Some(Place { group, tag: u32::try_from(hash >> 32).unwrap_or(0) })
    }

    /// The tokens of `chunk`, if it is known.
    pub fn get(&self, place: &Place, chunk: &str) -> Option<&[u32]> {
        let slot = self.groups[place.group].iter().find(|slot| {
            slot.tag == place.tag
                && usize::from(slot.len) == chunk.len()
                && &self.text[slot.text as usize..][..chunk.len()] == chunk.as_bytes()
        })?;
        Some(match slot.count {
            1 => std::slice::from_ref(&slot.tokens),
            count => &self.tokens[slot.tokens as usize..][..usize::from(count)],
        })
    }

    /// Remembers `chunk`, in the place of another if there is no room.
    pub fn put(&mut self, place: &Place, chunk: &str, tokens: &[u32]) {
        if self.text.len() + self.tokens.len() * 4 > MAX_ROOM {
            *self = Self::new();
        }
        let (Ok(len), Ok(count)) = (u8::try_from(chunk.len()), u16::try_from(tokens.len())) else { return };
        let (Ok(text), Ok(from)) = (u32::try_from(self.text.len()), u32::try_from(self.tokens.len())) else {
            return;
        };
        self.text.extend_from_slice(chunk.as_bytes());
        let tokens = if let [token] = tokens {
            *token
        } else {
            self.tokens.extend_from_slice(tokens);
            from
        };
        let group = &mut self.groups[place.group];
        let at = group.iter().position(|slot| slot.len == 0).unwrap_or(place.tag as usize % 4);
        group[at] = Slot { tag: place.tag, text, tokens, len, count };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_and_forgets_but_never_mixes_up() {
        let mut cache = Cache::new();
        let mut known = 0;
        for round in 0..2 {
            for number in 0..200_000_u32 {
                let chunk = format!("chunk-{number}");
                let place = Cache::place(&chunk).unwrap();
                let tokens: Vec<u32> = (0..number % 4).map(|more| number + more).collect();
                match cache.get(&place, &chunk) {
                    Some(found) => {
                        assert_eq!(found, tokens);
                        known += 1;
                    }
                    None => cache.put(&place, &chunk, &tokens),
                }
                assert_eq!(cache.get(&place, &chunk), Some(&tokens[..]), "round {round}");
            }
            assert!(cache.text.len() + cache.tokens.len() * 4 <= MAX_ROOM + 1024);
        }
        assert!(known > 1_000);
        assert!(Cache::place(&"x".repeat(65)).is_none());
    }
}
