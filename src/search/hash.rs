//! Hashes of words, with a secret: words are chosen by whoever writes a document.

use std::hash::{BuildHasher, RandomState};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_nano_inline};

/// At most sixteen bytes, filled up with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Short {
    pub first: u64,
    pub last: u64,
}

impl Short {
    /// All of `bytes`, unless there are more.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let length = u32::try_from(bytes.len()).ok()?;
        Some(match length {
            0 => Self::default(),
            1..4 => {
                let byte = |at: usize| u64::from(bytes.get(at).copied().unwrap_or(0)) << (8 * at);
                Self { first: byte(0) | byte(1) | byte(2), last: 0 }
            }
            4..8 => {
                let first = u64::from(u32::from_le_bytes(*bytes.first_chunk()?));
                let rest = u64::from(u32::from_le_bytes(*bytes.last_chunk()?)) >> (8 * (8 - length));
                Self { first: first | rest << 32, last: 0 }
            }
            8..=16 => {
                let first = u64::from_le_bytes(*bytes.first_chunk()?);
                let rest = u64::from_le_bytes(*bytes.last_chunk()?);
                Self { first, last: rest.checked_shr(8 * (16 - length)).unwrap_or(0) }
            }
            _ => return None,
        })
    }

    /// The first `length` of the bytes that `rest` begins with.
    #[inline]
    pub fn beginning(rest: &[u8], length: usize) -> Option<Self> {
        // Nobody can foresee how long a word is, so there is no branch for it.
        if let (Some([first, last]), Some([of_first, of_last])) = (eights(rest), MASKS.get(length)) {
            return Some(Self { first: first & of_first, last: last & of_last });
        }
        Self::new(rest.get(..length)?)
    }
}

/// The first sixteen bytes.
#[inline]
fn eights(bytes: &[u8]) -> Option<[u64; 2]> {
    let (eights, _) = bytes.first_chunk::<16>()?.as_chunks();
    let [first, last] = eights else { return None };
    Some([u64::from_le_bytes(*first), u64::from_le_bytes(*last)])
}

/// The bytes that count, by how many do.
const MASKS: [[u64; 2]; 17] = masks();

const fn masks() -> [[u64; 2]; 17] {
    let mut masks = [[0; 2]; 17];
    let mut length = 0;
    while length <= 16 {
        masks[length] = match length {
            0..8 => [(1 << (8 * length)) - 1, 0],
            8..16 => [u64::MAX, (1 << (8 * (length - 8))) - 1],
            _ => [u64::MAX, u64::MAX],
        };
        length += 1;
    }
    masks
}

/// Hashes bytes, differently in each run. Hashes only say where a word lies in memory: nothing that is written depends on one,
/// so neither does the order of this machine's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Hasher {
    secrets: RapidSecrets,
}

impl Hasher {
    pub fn new() -> Self {
        // The standard library asks the system, which nobody foresees who writes a document.
        Self { secrets: RapidSecrets::seed(RandomState::new().hash_one(0)) }
    }

    /// In the variant that is quickest below 48 bytes, which hardly a word has.
    #[inline]
    pub fn hash(&self, bytes: &[u8]) -> u64 {
        rapidhash_v3_nano_inline::<true, false>(bytes, &self.secrets)
    }
}

/// Both halves of the product: each of its bits depends on most of those of the factors.
#[allow(clippy::cast_possible_truncation, reason = "they are halves")]
#[inline]
pub fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_told_apart() {
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
        assert_eq!(Short::new(b"12345678901234567"), None);
    }

    #[test]
    fn a_beginning_is_what_it_would_be_alone() {
        let text = "abcdefghijklmnopqrst";
        let alone: Vec<_> = (0..=18).map(|end| Short::new(&text.as_bytes()[..end])).collect();
        let cut: Vec<_> = (0..=18).map(|end| Short::beginning(text.as_bytes(), end)).collect();
        assert_eq!(cut, alone);
        assert_eq!(alone.iter().flatten().collect::<std::collections::BTreeSet<_>>().len(), 17);
        assert_eq!(Short::beginning(b"ab", 2), Short::new(b"ab"));
        assert_eq!(Short::beginning(b"ab", 3), None);
    }

    #[test]
    fn hashes_differ_by_word_and_by_run() {
        let (one, other) = (Hasher::new(), Hasher::new());
        let words = (0..20_000).map(|number| "abc\0".repeat(number % 40) + &number.to_string());
        let words: Vec<String> = words.collect();
        let hashes: std::collections::BTreeSet<_> =
            words.iter().map(|word| one.hash(word.as_bytes())).collect();
        assert_eq!(hashes.len(), words.len());
        assert!(words.iter().all(|word| one.hash(word.as_bytes()) != other.hash(word.as_bytes())));
        assert_ne!(one.hash(b""), one.hash(b"\0"));
    }
}
