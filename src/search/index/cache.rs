//! What one thread remembers of text that it has seen: which tokens a chunk gave.
//!
//! A short chunk that is known costs one look into memory. The cache forgets when it is full, and each short chunk
//! has few places where it may lie, so no choice of words makes it slow or large; it never changes a result.

use std::collections::HashMap;

/// How many groups of places there are for short chunks; a power of two. All of them fit into the second cache of
/// a processor: four times as many know more, and are slower.
const GROUPS: usize = 1 << 13;

/// Longer chunks are not remembered, in bytes.
const MAX_CHUNK: usize = 64;

/// More long chunks, or more tokens of chunks that have several, are not remembered at once.
const MAX_LONG: usize = 1 << 16;
const MAX_TOKENS: usize = 1 << 20;

/// Where the tokens of a chunk are.
#[derive(Clone, Copy, Default)]
struct Tokens {
    /// The token if there is one, else where they start in [`Cache::tokens`].
    at: u32,
    count: u16,
}

/// A chunk of at most sixteen bytes, filled up with zeros, which no chunk has. All zeros is a free place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Short {
    first: u64,
    last: u64,
}

impl Short {
    fn new(chunk: &[u8]) -> Option<Self> {
        let length = u32::try_from(chunk.len()).ok()?;
        Some(match length {
            1..4 => {
                let byte = |at: usize| u64::from(chunk.get(at).copied().unwrap_or(0)) << (8 * at);
                Self { first: byte(0) | byte(1) | byte(2), last: 0 }
            }
            4..8 => {
                let first = u64::from(u32::from_le_bytes(*chunk.first_chunk()?));
                let rest = u64::from(u32::from_le_bytes(*chunk.last_chunk()?)) >> (8 * (8 - length));
                Self { first: first | rest << 32, last: 0 }
            }
            8..=16 => {
                let first = u64::from_le_bytes(*chunk.first_chunk()?);
                let rest = u64::from_le_bytes(*chunk.last_chunk()?);
                Self { first, last: rest.checked_shr(8 * (16 - length)).unwrap_or(0) }
            }
            _ => return None,
        })
    }

    /// The group in which it may lie.
    fn group(self) -> usize {
        let mixed =
            (self.first ^ self.last.wrapping_mul(0xe703_7ed1_a0b4_28db)).wrapping_mul(0xa076_1d64_78bd_642f);
        usize::try_from((mixed ^ (mixed >> 29)).wrapping_mul(0x8ebc_6af0_9c88_c6e3) >> 49).unwrap_or(0)
            % GROUPS
    }
}

/// Remembers the tokens of chunks.
pub struct Cache {
    short: Vec<[(Short, Tokens); 4]>,
    long: HashMap<Box<str>, Tokens>,
    tokens: Vec<u32>,
}

impl Cache {
    pub fn new() -> Self {
        Self { short: vec![Default::default(); GROUPS], long: HashMap::new(), tokens: Vec::new() }
    }

    /// The tokens of `chunk`, if it is known.
    pub fn get(&mut self, chunk: &str) -> Option<&[u32]> {
        let found = match Short::new(chunk.as_bytes()) {
            Some(short) => {
                let group = &mut self.short[short.group()];
                let at = group.iter().position(|(known, _)| *known == short)?;
                // What comes often moves away from the place that is given to others.
                if at > 0 {
                    group.swap(at, at - 1);
                }
                &group[at.saturating_sub(1)].1
            }
            None if chunk.len() <= MAX_CHUNK => self.long.get(chunk)?,
            None => return None,
        };
        Some(match found.count {
            1 => std::slice::from_ref(&found.at),
            count => &self.tokens[found.at as usize..][..usize::from(count)],
        })
    }

    /// Remembers `chunk`, in the place of another if there is no room.
    pub fn put(&mut self, chunk: &str, tokens: &[u32]) {
        if self.tokens.len() > MAX_TOKENS || self.long.len() > MAX_LONG {
            *self = Self::new();
        }
        let Some(tokens) = self.keep(tokens) else { return };
        if let Some(short) = Short::new(chunk.as_bytes()) {
            let group = &mut self.short[short.group()];
            let at =
                group.iter().position(|(known, _)| *known == Short::default()).unwrap_or(group.len() - 1);
            group[at] = (short, tokens);
        } else if chunk.len() <= MAX_CHUNK {
            self.long.insert(chunk.into(), tokens);
        }
    }

    fn keep(&mut self, tokens: &[u32]) -> Option<Tokens> {
        let count = u16::try_from(tokens.len()).ok()?;
        if let [at] = *tokens {
            return Some(Tokens { at, count });
        }
        let at = u32::try_from(self.tokens.len()).ok()?;
        self.tokens.extend_from_slice(tokens);
        Some(Tokens { at, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_and_forgets_but_never_mixes_up() {
        let mut cache = Cache::new();
        let mut known = 0;
        // A few that come all the time among many that come once.
        for at in 0..400_000_u32 {
            let number = if at % 2 == 0 { at % 100 } else { at };
            let chunk =
                if number % 3 == 0 { format!("a-longer-chunk-{number}") } else { format!("c{number}") };
            let tokens: Vec<u32> = (0..number % 4).map(|more| number + more).collect();
            match cache.get(&chunk) {
                Some(found) => {
                    assert_eq!(found, tokens);
                    known += 1;
                }
                None => cache.put(&chunk, &tokens),
            }
            assert_eq!(cache.get(&chunk), Some(&tokens[..]), "{chunk}");
        }
        assert!(cache.long.len() <= MAX_LONG + 1 && cache.tokens.len() <= MAX_TOKENS + 4);
        assert!(known > 190_000, "{known}");
        cache.put(&"x".repeat(65), &[1]);
        assert!(cache.get(&"x".repeat(65)).is_none());
    }

    #[test]
    fn short_chunks_are_told_apart() {
        let mut seen = std::collections::BTreeSet::new();
        let alphabet = ['a', 'b', '\u{301}'];
        for number in 0..3_usize.pow(7) {
            for length in 1..=7 {
                let chunk: String = (0..length).map(|at| alphabet[number / 3_usize.pow(at) % 3]).collect();
                seen.extend(Short::new(chunk.as_bytes()));
            }
        }
        let all = (1..=7).map(|length| 3_usize.pow(length)).sum::<usize>();
        assert_eq!(seen.len(), all);
        let long = "abcdefghijklmnop";
        let cut: std::collections::BTreeSet<_> =
            (0..=16).map(|end| Short::new(&long.as_bytes()[..end])).collect();
        assert_eq!(cut.len(), 17);
        assert_eq!(Short::new(b"12345678901234567"), None);
    }
}
