//! One file of words: a dictionary, then posting lists.

use std::ops::Range;

use super::{Directory, Sizes, cut, directory};
use crate::search::index::vocabulary::Vocabulary;
use crate::search::postings::Lists;

/// About how large a file is on a small site, in bytes.
const SIZE: usize = 10_000;

/// From this much on, files grow with the root of the whole.
const SMALL_SITE: usize = 4 << 20;

/// A word is said to stand for no more tokens than this.
const MAX_TOKENS: usize = 3;

/// Bit of a word's first byte: it stands for itself.
const ITSELF: u8 = 1 << 5;

/// Where the lists of a word start.
#[derive(Clone, Copy)]
struct Start {
    byte: usize,
    list: usize,
}

/// The files of all words.
pub fn words(vocabulary: &Vocabulary, lists: &Lists) -> Directory {
    let entries = Entries { vocabulary, lists };
    let starts = entries.starts();
    let sizes: Vec<usize> = (0..vocabulary.words.len()).map(|rank| entries.size(rank, &starts)).collect();
    let limits = Sizes::about(size(sizes.iter().sum()));
    let ranges = cut(sizes.len(), limits, |rank| sizes[rank], |rank| entries.shared(rank));
    directory(&vocabulary.words, &ranges, |at| {
        let range = ranges.get(at).cloned().unwrap_or(0..0);
        entries.file(range, &starts)
    })
}

/// About how large files are when all words take so many bytes: hundreds of files rather than thousands.
fn size(mut all: usize) -> usize {
    let mut size = SIZE;
    while all > SMALL_SITE {
        size = size * 7 / 5;
        all /= 2;
    }
    size
}

/// How many bytes two words begin with in common, whole characters only.
pub fn shared(before: &str, word: &str) -> usize {
    let same = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0)
}

/// What is written of each word.
struct Entries<'a> {
    vocabulary: &'a Vocabulary,
    lists: &'a Lists,
}

impl Entries<'_> {
    /// Where the lists of each word start, and where the last ends.
    fn starts(&self) -> Vec<Start> {
        let mut starts = Vec::with_capacity(self.lists.fields.len() + 1);
        let mut next = Start { byte: 0, list: 0 };
        for fields in &self.lists.fields {
            starts.push(next);
            let end = next.list + fields.count_ones() as usize;
            next.byte += self.lists.sizes[next.list..end].iter().map(|size| *size as usize).sum::<usize>();
            next.list = end;
        }
        starts.push(next);
        starts
    }

    fn shared(&self, rank: usize) -> usize {
        let words = &self.vocabulary.words;
        if rank == 0 { 0 } else { shared(&words[rank - 1], &words[rank]) }
    }

    /// The bytes that a word takes, its lists included, where it isn't the first of a file.
    fn size(&self, rank: usize, starts: &[Start]) -> usize {
        let mut entry = Vec::new();
        self.entry(rank, self.shared(rank), starts, &mut entry);
        entry.len() + starts[rank + 1].byte - starts[rank].byte
    }

    fn file(&self, range: Range<usize>, starts: &[Start]) -> Vec<u8> {
        let mut file = Vec::new();
        varint(range.len(), &mut file);
        for rank in range.clone() {
            let shared = if rank == range.start { 0 } else { self.shared(rank) };
            self.entry(rank, shared, starts, &mut file);
        }
        file.extend_from_slice(&self.lists.bytes[starts[range.start].byte..starts[range.end].byte]);
        file
    }

    /// One word of the dictionary.
    fn entry(&self, rank: usize, shared: usize, starts: &[Start], file: &mut Vec<u8>) {
        let word = &*self.vocabulary.words[rank];
        spelled(word, shared, file);
        let own = u32::try_from(rank).unwrap_or(u32::MAX);
        let itself = self.vocabulary.stands_for(rank).any(|token| token == own);
        let others = || self.vocabulary.stands_for(rank).filter(|token| *token != own).take(MAX_TOKENS);
        let count = u8::try_from(others().count()).unwrap_or(0);
        file.push(self.lists.fields[rank] | (u8::from(itself) * ITSELF) | (count << 6));
        for token in others() {
            let token = &*self.vocabulary.words[token as usize];
            spelled(token, self::shared(word, token), file);
        }
        for size in &self.lists.sizes[starts[rank].list..starts[rank + 1].list] {
            varint(*size as usize, file);
        }
    }
}

/// A word after another with which it shares so many bytes.
fn spelled(word: &str, shared: usize, file: &mut Vec<u8>) {
    varint(shared, file);
    varint(word.len() - shared, file);
    file.extend_from_slice(&word.as_bytes()[shared..]);
}

/// LEB128: seven bits in a byte, the lowest first; the highest bit says that more follow.
fn varint(mut value: usize, file: &mut Vec<u8>) {
    loop {
        let [low, ..] = (value & 127).to_le_bytes();
        value >>= 7;
        if value == 0 {
            return file.push(low);
        }
        file.push(low | 128);
    }
}
