//! What one thread remembers of text that it has seen: which forms a chunk gave.
//!
//! A short chunk that is known costs one look into memory. The cache forgets when it is full, and each short chunk
//! has few places where it may lie, so no choice of words makes it slow or large; it never changes a result.

use hashbrown::HashTable;

use super::interner::NOTHING;
use crate::search::hash::{Hasher, Short, folded};

/// How many groups of places there are for short chunks; a power of two.
const GROUPS: usize = 1 << 14;

/// Longer chunks are not remembered, in bytes.
const MAX_CHUNK: usize = 64;

/// More long chunks, or more tokens of chunks that have several, are not remembered at once.
const MAX_LONG: usize = 1 << 16;
const MAX_TOKENS: usize = 1 << 20;

/// The tokens of a chunk in one number, which is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens(u32);

/// Says that there is one token, which is the rest of the number.
const ONE: u32 = 1 << 31;

/// Says that there are several. The rest is where they stand, after how many they are.
const SEVERAL: u32 = 1 << 30;

impl Tokens {
    const UNKNOWN: Self = Self(0);

    /// The token if there is only one; [`NOTHING`] if there is none.
    #[inline]
    pub fn one(self) -> Option<u32> {
        (self.0 & ONE != 0).then_some(self.0 & !ONE)
    }
}

/// Three places for short chunks, in one line of a processor's cache: what lies there, then their tokens as 32 bits
/// each. It is made of plain numbers so that memory which is never used is never written. All zeros is a free place,
/// as no chunk has a byte of 0.
type Group = [u64; 8];

/// Remembers the tokens of chunks.
pub struct Cache {
    short: Vec<Group>,
    long: HashTable<(Box<str>, Tokens)>,
    hasher: Hasher,
    several: Vec<u32>,
}

impl Cache {
    pub fn new() -> Self {
        Self {
            short: vec![[0; 8]; GROUPS],
            long: HashTable::new(),
            hasher: Hasher::new(),
            several: Vec::new(),
        }
    }

    /// What is known of the chunk of `length` bytes that `rest` begins with.
    #[inline]
    pub fn get(&mut self, rest: &[u8], length: usize) -> Option<Tokens> {
        let tokens = match Short::beginning(rest, length) {
            Some(short) => self.get_short(short),
            None => self.get_long(rest.get(..length)?),
        };
        (tokens != Tokens::UNKNOWN).then_some(tokens)
    }

    #[inline]
    fn get_short(&mut self, Short { first, last }: Short) -> Tokens {
        let group = &mut self.short[group(first, last)];
        let [known @ .., tokens, third] = *group;
        let is_at = |at: usize| u64::from((known[at] ^ first) | (known[at + 1] ^ last) == 0);
        let found = [tokens & u64::from(u32::MAX), tokens >> 32, third];
        let is_third = is_at(4);
        if is_third != 0 {
            // What came again is kept longer.
            group.copy_within(..4, 2);
            group[..2].copy_from_slice(&known[4..]);
            group[6] = third | found[0] << 32;
            group[7] = found[1];
        }
        Tokens(low((found[0] * is_at(0)) | (found[1] * is_at(2)) | (third * is_third)))
    }

    #[cold]
    fn get_long(&self, chunk: &[u8]) -> Tokens {
        if chunk.len() > MAX_CHUNK {
            return Tokens::UNKNOWN;
        }
        let found = self.long.find(self.hasher.hash(chunk), |(known, _)| known.as_bytes() == chunk);
        found.map_or(Tokens::UNKNOWN, |(_, tokens)| *tokens)
    }

    /// All tokens of a chunk that has more than one.
    pub fn several(&self, Tokens(tokens): Tokens) -> &[u32] {
        let all = self.several.get((tokens & !SEVERAL) as usize..).unwrap_or_default();
        all.split_first().and_then(|(count, rest)| rest.get(..*count as usize)).unwrap_or_default()
    }

    /// Remembers `chunk`, in the place of another if there is no room.
    pub fn put(&mut self, chunk: &str, tokens: &[u32]) {
        if self.several.len() > MAX_TOKENS || self.long.len() > MAX_LONG {
            *self = Self::new();
        }
        let Some(tokens) = self.keep(tokens) else { return };
        if let Some(short) = Short::new(chunk.as_bytes()) {
            self.put_short(short, u64::from(tokens.0));
        } else if chunk.len() <= MAX_CHUNK {
            let Self { long, hasher, .. } = self;
            let rehash = |(chunk, _): &(Box<str>, Tokens)| hasher.hash(chunk.as_bytes());
            long.insert_unique(hasher.hash(chunk.as_bytes()), (chunk.into(), tokens), rehash);
        }
    }

    fn put_short(&mut self, Short { first, last }: Short, found: u64) {
        let group = &mut self.short[group(first, last)];
        let place = (0..2).find(|place| group[2 * place] == 0).unwrap_or(2);
        group[2 * place..][..2].copy_from_slice(&[first, last]);
        match place {
            0 => group[6] = found,
            1 => group[6] |= found << 32,
            _ => group[7] = found,
        }
    }

    fn keep(&mut self, tokens: &[u32]) -> Option<Tokens> {
        match *tokens {
            [] => Some(Tokens(ONE | NOTHING)),
            [token] => Some(Tokens(ONE | token)),
            _ => {
                let at = u32::try_from(self.several.len()).ok()?;
                self.several.push(u32::try_from(tokens.len()).ok()?);
                self.several.extend_from_slice(tokens);
                Some(Tokens(SEVERAL | at))
            }
        }
    }
}

/// The group in which a short chunk may lie.
#[inline]
fn group(first: u64, last: u64) -> usize {
    let mixed = folded(first ^ 0xa076_1d64_78bd_642f, last ^ 0xe703_7ed1_a0b4_28db);
    usize::try_from(mixed % GROUPS as u64).unwrap_or(0)
}

/// The lower half.
#[inline]
fn low(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(cache: &mut Cache, chunk: &str) -> Option<Vec<u32>> {
        let found = cache.get(format!("{chunk} and more").as_bytes(), chunk.len());
        assert_eq!(cache.get(chunk.as_bytes(), chunk.len()), found, "at the end of a text");
        found.map(|found| found.one().map_or_else(|| cache.several(found).to_vec(), |one| vec![one]))
    }

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
            let expected = if tokens.is_empty() { vec![NOTHING] } else { tokens.clone() };
            match all(&mut cache, &chunk) {
                Some(found) => {
                    assert_eq!(found, expected);
                    known += 1;
                }
                None => cache.put(&chunk, &tokens),
            }
            assert_eq!(all(&mut cache, &chunk), Some(expected), "{chunk}");
        }
        assert!(cache.long.len() <= MAX_LONG + 1 && cache.several.len() <= MAX_TOKENS + 4);
        assert!(known > 190_000, "{known}");
        cache.put(&"x".repeat(65), &[1]);
        assert!(all(&mut cache, &"x".repeat(65)).is_none());
    }

    #[test]
    fn what_comes_again_stays_where_others_come_once() {
        let mut cache = Cache::new();
        // Chunks that share one group.
        let home = Short::new(b"0").map(|short| group(short.first, short.last));
        let share = (0..)
            .map(|n| n.to_string())
            .filter(|chunk| Short::new(chunk.as_bytes()).map(|short| group(short.first, short.last)) == home);
        let chunks: Vec<String> = share.take(30).collect();
        let often = ["0", &chunks[1]];
        for (at, chunk) in (0..).zip(&chunks) {
            cache.put(chunk, &[at]);
            for (token, often) in (0..).zip(often) {
                if token <= at {
                    assert_eq!(all(&mut cache, often), Some(vec![token]), "after {at}");
                }
            }
        }
    }
}
