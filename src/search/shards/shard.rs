//! One file of words: a dictionary, then posting lists.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::directory::named;
use super::{Directory, Sizes, cut, directory};
use crate::search::index::vocabulary::Vocabulary;
use crate::search::postings::Lists;

/// About how large a file is on a small site, in bytes.
const SIZE: usize = 10_000;

/// From this much on, files grow with the root of the whole.
const SMALL_SITE: usize = 4 << 20;

/// Lists of a word that take more than this, in bytes, are a file of their own: who asks for a neighbour doesn't need them.
const LARGE: usize = 2048;

/// Where the dictionary says that: no list has no bytes.
const AWAY: u8 = 0;

/// How hard the dictionaries are compressed, of 10: with 9 they are as large.
const EFFORT: u8 = 6;

/// A word is said to stand for no more tokens than this.
const MAX_TOKENS: usize = 3;

/// Bit of a word's first byte: it stands for itself.
const ITSELF: u8 = 1 << 5;

/// Bits of it: for how many others.
const COUNTS: [u8; MAX_TOKENS + 1] = [0, 1 << 6, 2 << 6, 3 << 6];

/// How many words one task writes.
const TASK: usize = 4096;

/// The files of all words, and those of large lists.
pub fn words(vocabulary: &Vocabulary, lists: &Lists) -> (Directory, Vec<(String, Vec<u8>)>) {
    let mut entries = Entries { vocabulary, lists, away: BTreeMap::new() };
    let mut starts = entries.starts();
    let large = large(&starts, lists);
    entries.away = large.iter().map(|(rank, (name, _))| (*rank, name.as_str())).collect();
    let dictionary = entries.dictionary(&mut starts);
    let is_here = |rank: usize| bytes(&starts, rank) <= LARGE;
    let here = |rank: usize| if is_here(rank) { bytes(&starts, rank) } else { 0 };
    let size = |rank: usize| starts[rank + 1].entry - starts[rank].entry + here(rank);
    let count = vocabulary.words.len();
    let ranges =
        cut(count, Sizes::about(file_size((0..count).map(size).sum())), size, |rank| vocabulary.shared[rank]);
    let directory = directory(
        |rank| &vocabulary.words[rank],
        &ranges,
        |range| {
            let mut plain = Vec::new();
            varint(range.len(), &mut plain);
            if !range.is_empty() {
                entries.entry(range.start, 0, starts[range.start].list, &mut plain);
                plain.extend_from_slice(&dictionary[starts[range.start + 1].entry..starts[range.end].entry]);
            }
            let packed = miniz_oxide::deflate::compress_to_vec(&plain, EFFORT);
            let mut file = Vec::new();
            varint(packed.len(), &mut file);
            file.extend(packed);
            for rank in range.filter(|rank| is_here(*rank)) {
                file.extend_from_slice(&lists.bytes[starts[rank].byte..starts[rank + 1].byte]);
            }
            file
        },
    );
    drop(entries);
    // Words that always stand together have one file between them.
    let files: BTreeMap<String, Vec<u8>> = large.into_values().collect();
    (directory, files.into_iter().collect())
}

/// How many bytes the lists of a word take.
fn bytes(starts: &[Start], rank: usize) -> usize {
    starts[rank + 1].byte - starts[rank].byte
}

/// The large lists by word, with the names of their files.
fn large(starts: &[Start], lists: &Lists) -> BTreeMap<usize, (String, Vec<u8>)> {
    let ranks: Vec<usize> = (0..lists.fields.len()).filter(|rank| bytes(starts, *rank) > LARGE).collect();
    let made = ranks.par_iter().map(|rank| {
        let content = lists.bytes[starts[*rank].byte..starts[*rank + 1].byte].to_vec();
        (blake3::hash(&content), content)
    });
    let named = named(made.collect());
    ranks.into_iter().zip(named).collect()
}

/// Where a word starts.
#[derive(Clone, Copy, Default)]
struct Start {
    /// Its entry in the dictionary of all words.
    entry: usize,
    /// Its lists' bytes, and the first of them among all lists.
    byte: usize,
    list: usize,
}

/// About how large files are when all words take so many bytes: hundreds of files rather than thousands.
fn file_size(mut all: usize) -> usize {
    let mut size = SIZE;
    while all > SMALL_SITE {
        size = size * 5 / 4;
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
    /// Words whose lists are files of their own, with the names of these.
    away: BTreeMap<usize, &'a str>,
}

impl Entries<'_> {
    /// One dictionary of all words. Puts into `starts` where each starts in it and, after them, where the last ends.
    fn dictionary(&self, starts: &mut [Start]) -> Vec<u8> {
        let tasks: Vec<(Vec<u8>, Vec<usize>)> = starts[..starts.len() - 1]
            .par_chunks(TASK)
            .enumerate()
            .map(|(task, starts)| {
                let (mut bytes, mut ends) = (Vec::new(), Vec::new());
                for (rank, start) in (task * TASK..).zip(starts) {
                    self.entry(rank, self.vocabulary.shared[rank], start.list, &mut bytes);
                    ends.push(bytes.len());
                }
                (bytes, ends)
            })
            .collect();
        let (mut dictionary, mut rank) = (Vec::new(), 0);
        for (bytes, ends) in tasks {
            for end in ends {
                rank += 1;
                starts[rank].entry = dictionary.len() + end;
            }
            dictionary.extend(bytes);
        }
        dictionary
    }

    /// Where the lists of each word start.
    fn starts(&self) -> Vec<Start> {
        let mut starts = Vec::with_capacity(self.lists.fields.len() + 1);
        let mut next = Start::default();
        for fields in &self.lists.fields {
            starts.push(next);
            let end = next.list + fields.count_ones() as usize;
            next.byte += self.lists.sizes[next.list..end].iter().map(|size| *size as usize).sum::<usize>();
            next.list = end;
        }
        starts.push(next);
        starts
    }

    /// One word of the dictionary.
    fn entry(&self, rank: usize, shared: usize, list: usize, file: &mut Vec<u8>) {
        let word = &self.vocabulary.words[rank];
        spelled(word, shared, file);
        let own = u32::try_from(rank).unwrap_or(u32::MAX);
        let (mut itself, mut others, mut count) = (0, [0; MAX_TOKENS], 0);
        for token in self.vocabulary.stands_for(rank) {
            if token == own {
                itself = ITSELF;
            } else if count < MAX_TOKENS {
                others[count] = token;
                count += 1;
            }
        }
        let fields = self.lists.fields[rank];
        file.push(fields | itself | COUNTS[count]);
        for token in &others[..count] {
            let token = &self.vocabulary.words[*token as usize];
            spelled(token, self::shared(word, token), file);
        }
        if let Some(name) = self.away.get(&rank) {
            file.push(AWAY);
            file.extend(u32::from_str_radix(name, 16).unwrap_or_default().to_be_bytes());
        }
        for size in &self.lists.sizes[list..list + fields.count_ones() as usize] {
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
