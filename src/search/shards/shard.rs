//! One file of words: a dictionary, then posting lists.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::directory::named;
use super::{Directory, Sizes, cut, directory};
use crate::search::index::vocabulary::Vocabulary;
use crate::search::pack;
use crate::search::postings::{List, Lists, Pages};

/// About how large a file is on a small site, in bytes.
const SIZE: usize = 10_000;

/// From this much on, files grow with the root of the whole.
const SMALL_SITE: usize = 4 << 20;

/// Lists of a word that take more than this, in bytes, are a file of their own: who asks for a neighbour doesn't need them.
const LARGE: usize = 2048;

/// Where the dictionary says that: no list has no bytes.
const AWAY: u8 = 0;

/// A word is said to stand for no more tokens than this.
const MAX_TOKENS: usize = 3;

/// Bit of a word's first byte: it stands for itself.
const ITSELF: u8 = 1 << 5;

/// Bits of it: for how many others.
const COUNTS: [u8; MAX_TOKENS + 1] = [0, 1 << 6, 2 << 6, 3 << 6];

/// The files of all words, and those of large lists.
pub fn words(vocabulary: &Vocabulary, lists: &Lists) -> (Directory, Vec<(String, Vec<u8>)>) {
    let starts = starts(lists);
    let mut entries = Entries { vocabulary, lists, starts, large: BTreeMap::new() };
    entries.large = entries.large();
    let size = |rank: usize| {
        let here = if entries.is_large(rank) { 0 } else { entries.size(rank) };
        entries.spelling(rank) + here
    };
    let count = vocabulary.words.len();
    let sizes: Vec<usize> = (0..count).into_par_iter().map(size).collect();
    let about = Sizes::about(file_size(sizes.iter().sum()));
    let ranges = cut(count, about, |rank| sizes[rank], |rank| vocabulary.shared[rank]);
    let directory = directory(|rank| &vocabulary.words[rank], &ranges, |range| entries.file(range));
    // Words that always stand together have one file between them.
    let files: BTreeMap<String, Vec<u8>> =
        entries.large.into_values().map(|large| (large.name, large.content)).collect();
    (directory, files.into_iter().collect())
}

/// Where the lists of each word start, and after them where the last end.
fn starts(lists: &Lists) -> Vec<Start> {
    let mut starts = Vec::with_capacity(lists.fields.len() + 1);
    let mut next = Start::default();
    for fields in &lists.fields {
        starts.push(next);
        for list in &lists.each[next.list..next.list + fields.count_ones() as usize] {
            next.list += 1;
            next.byte += list.bytes();
            next.page += list.pages as usize;
        }
    }
    starts.push(next);
    starts
}

/// Where the lists of a word start: among all lists, among what they say, and among their pages.
#[derive(Clone, Copy, Default)]
struct Start {
    list: usize,
    byte: usize,
    page: usize,
}

/// Lists that are a file of their own.
struct Large {
    name: String,
    content: Vec<u8>,
    /// The bytes of each list.
    sizes: Vec<usize>,
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
    starts: Vec<Start>,
    /// By word.
    large: BTreeMap<usize, Large>,
}

impl Entries<'_> {
    /// About how many bytes the lists of a word take.
    fn size(&self, rank: usize) -> usize {
        let lists = self.starts[rank].list..self.starts[rank + 1].list;
        self.lists.each[lists].iter().map(|list| list.size()).sum()
    }

    fn is_large(&self, rank: usize) -> bool {
        self.large.contains_key(&rank)
    }

    /// How many bytes a word takes in a dictionary, about: the ends of words, and a few numbers.
    fn spelling(&self, rank: usize) -> usize {
        let Vocabulary { words, shared, .. } = self.vocabulary;
        let ends: usize = self
            .vocabulary
            .stands_for(rank)
            .map(|token| words[token as usize].len() - self::shared(&words[rank], &words[token as usize]) + 2)
            .sum();
        words[rank].len() - shared[rank] + 3 + ends + self.lists.fields[rank].count_ones() as usize
    }

    fn large(&self) -> BTreeMap<usize, Large> {
        let is_large = |rank: &usize| self.size(*rank) > LARGE;
        let ranks: Vec<usize> = (0..self.lists.fields.len()).into_par_iter().filter(is_large).collect();
        let (sizes, made): (Vec<_>, Vec<_>) = ranks
            .par_iter()
            .map(|rank| {
                let (pages, mut content) = (self.pages(&[*rank]), Vec::new());
                pages.write(&mut content);
                let sizes = self.write(&pages, *rank, &mut content);
                (sizes, (blake3::hash(&content), content))
            })
            .unzip();
        let large = named(made).into_iter().zip(sizes);
        let large = large.map(|((name, content), sizes)| Large { name, content, sizes });
        ranks.into_iter().zip(large).collect()
    }

    /// The pages of the lists of some words.
    fn pages(&self, ranks: &[usize]) -> Pages {
        let of = |rank: &usize| &self.lists.pages[self.starts[*rank].page..self.starts[*rank + 1].page];
        Pages::new(&self.lists.ids, ranks.iter().map(of))
    }

    /// Writes the lists of a word and says how many bytes each has.
    fn write(&self, pages: &Pages, rank: usize, bytes: &mut Vec<u8>) -> Vec<usize> {
        let Start { list, mut byte, mut page } = self.starts[rank];
        let mut size = |list: &List| {
            let (from, end) = (bytes.len(), page + list.pages as usize);
            let said = &self.lists.bytes[byte..byte + list.bytes()];
            pages.list(*list, &self.lists.pages[page..end], said, bytes);
            (page, byte) = (end, byte + list.bytes());
            bytes.len() - from
        };
        self.lists.each[list..self.starts[rank + 1].list].iter().map(&mut size).collect()
    }

    /// The file of the words of a range.
    fn file(&self, range: Range<usize>) -> Vec<u8> {
        let here: Vec<usize> = range.clone().filter(|rank| !self.is_large(*rank)).collect();
        let (pages, mut lists) = (self.pages(&here), Vec::new());
        pages.write(&mut lists);
        let mut plain = Vec::new();
        varint(range.len(), &mut plain);
        for rank in range.clone() {
            let shared = if rank == range.start { 0 } else { self.vocabulary.shared[rank] };
            self.entry(rank, shared, &mut plain);
            let sizes = match self.large.get(&rank) {
                Some(large) => {
                    plain.push(AWAY);
                    plain.extend(u32::from_str_radix(&large.name, 16).unwrap_or_default().to_be_bytes());
                    large.sizes.clone()
                }
                None => self.write(&pages, rank, &mut lists),
            };
            for size in sizes {
                varint(size, &mut plain);
            }
        }
        let packed = pack::dictionary(&plain);
        let mut file = Vec::new();
        varint(packed.len(), &mut file);
        file.extend(packed);
        file.extend(lists);
        file
    }

    /// One word of the dictionary, but for its lists.
    fn entry(&self, rank: usize, shared: usize, file: &mut Vec<u8>) {
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
        file.push(self.lists.fields[rank] | itself | COUNTS[count]);
        for token in &others[..count] {
            let token = &self.vocabulary.words[*token as usize];
            spelled(token, self::shared(word, token), file);
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
