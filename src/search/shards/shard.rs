//! One file of words: a dictionary, then posting lists.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::directory::{Made, named};
use super::{Directory, Sizes, cut, directory};
use crate::search::index::vocabulary::{NONE, Vocabulary};
use crate::search::postings::{Pages, Source};
use crate::search::{pack, varint};

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
#[derive(Debug, Default)]
pub struct Words {
    pub directory: Directory,
    /// By their names.
    pub lists: Vec<(String, Vec<u8>)>,
    /// The words whose lists are files of their own.
    pub large: Vec<Large>,
}

/// Lists that are a file of their own.
#[derive(Clone, Debug)]
pub struct Large {
    /// Of the word.
    pub rank: usize,
    pub name: String,
    pub hash: blake3::Hash,
    /// The bytes of each list.
    pub sizes: Vec<usize>,
}

/// What was made before and holds still.
pub trait Before: Sync {
    /// The file of the words of a range, if these were the words of a file and none of them has changed.
    fn file(&self, range: Range<usize>) -> Option<Made>;
    /// The file of the large lists of a word, and the bytes of each.
    fn list(&self, rank: usize) -> Option<(Made, Vec<usize>)>;
    /// The name that the file of the large lists of a word had.
    fn name(&self, rank: usize) -> Option<&str>;
}

/// Nothing was made before.
pub struct Nothing;

impl Before for Nothing {
    fn file(&self, _: Range<usize>) -> Option<Made> {
        None
    }

    fn list(&self, _: usize) -> Option<(Made, Vec<usize>)> {
        None
    }

    fn name(&self, _: usize) -> Option<&str> {
        None
    }
}

/// Makes the files of all words but for those of `before`.
pub fn words(vocabulary: &Vocabulary, lists: &dyn Source, before: &dyn Before) -> Words {
    let (large, contents) = large(vocabulary, lists, before);
    let mut places = vec![NONE; vocabulary.words.len()];
    for (at, large) in (0..).zip(&large) {
        places[large.rank] = at;
    }
    let entries = Entries { vocabulary, lists, large: &large, places: &places };
    let size = |rank: usize| {
        let here = if entries.of_large(rank).is_some() { 0 } else { lists.size(rank) };
        entries.spelling(rank) + here
    };
    let count = vocabulary.words.len();
    let sizes: Vec<usize> = (0..count).into_par_iter().map(size).collect();
    let about = Sizes::about(file_size(sizes.iter().sum()));
    let ranges = cut(count, about, |rank| sizes[rank], |rank| vocabulary.shared[rank]);
    let renamed: Vec<usize> = large
        .iter()
        .filter(|large| before.name(large.rank).is_some_and(|name| name != large.name))
        .map(|large| large.rank)
        .collect();
    let kept = |range: &Range<usize>| {
        let other = renamed.partition_point(|rank| *rank < range.start);
        let same = renamed.get(other).is_none_or(|rank| *rank >= range.end);
        if same { before.file(range.clone()) } else { None }
    };
    let directory = directory(
        |rank| vocabulary.words[rank].into(),
        &ranges,
        ranges.iter().map(kept).collect(),
        |range| entries.file(range),
    );
    // Words that always stand together have one file between them.
    let files: BTreeMap<String, Vec<u8>> =
        large.iter().map(|large| large.name.clone()).zip(contents).collect();
    Words { directory, lists: files.into_iter().collect(), large }
}

/// The words with large lists, by their ranks, and the files of these.
fn large(vocabulary: &Vocabulary, lists: &dyn Source, before: &dyn Before) -> (Vec<Large>, Vec<Vec<u8>>) {
    let is_large = |rank: &usize| lists.size(*rank) > LARGE;
    let ranks: Vec<usize> = (0..vocabulary.words.len()).into_par_iter().filter(is_large).collect();
    let make = |rank: &usize| {
        if let Some((made, sizes)) = before.list(*rank) {
            return (sizes, made);
        }
        let (pages, mut content) = (pages(lists, &[*rank]), Vec::new());
        pages.write(&mut content);
        let sizes = write(lists, &pages, *rank, &mut content);
        (sizes, (blake3::hash(&content), content))
    };
    let (sizes, files): (Vec<_>, Vec<_>) = ranks.par_iter().map(make).unzip();
    let hashes: Vec<blake3::Hash> = files.iter().map(|(hash, _)| *hash).collect();
    let (names, contents): (Vec<_>, Vec<_>) = named(files).into_iter().unzip();
    let large = ranks.into_iter().zip(names).zip(hashes).zip(sizes);
    let large = large.map(|(((rank, name), hash), sizes)| Large { rank, name, hash, sizes });
    (large.collect(), contents)
}

/// The pages of the lists of some words.
fn pages(lists: &dyn Source, ranks: &[usize]) -> Pages {
    Pages::new(lists.ids(), |take| ranks.iter().for_each(|rank| lists.pages(*rank, take)))
}

/// Writes the lists of a word and says how many bytes each has.
fn write(lists: &dyn Source, pages: &Pages, rank: usize, bytes: &mut Vec<u8>) -> Vec<usize> {
    let mut sizes = Vec::new();
    lists.lists(rank, &mut |list, of, said| {
        let from = bytes.len();
        pages.list(list, of, said, bytes);
        sizes.push(bytes.len() - from);
    });
    sizes
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
    lists: &'a dyn Source,
    large: &'a [Large],
    /// By word, its place among these.
    places: &'a [u32],
}

impl Entries<'_> {
    /// The lists of a word, where they are a file of their own.
    fn of_large(&self, rank: usize) -> Option<&Large> {
        self.large.get(self.places[rank] as usize)
    }

    /// How many bytes a word takes in a dictionary, about: the ends of words, and a few numbers.
    fn spelling(&self, rank: usize) -> usize {
        let Vocabulary { words, shared, .. } = self.vocabulary;
        let ends: usize = self
            .vocabulary
            .stands_for(rank)
            .map(|token| words[token as usize].len() - self::shared(&words[rank], &words[token as usize]) + 2)
            .sum();
        words[rank].len() - shared[rank] + 3 + ends + self.lists.fields(rank).count_ones() as usize
    }

    /// The file of the words of a range.
    fn file(&self, range: Range<usize>) -> Vec<u8> {
        let here: Vec<usize> = range.clone().filter(|rank| self.of_large(*rank).is_none()).collect();
        let (pages, mut lists) = (pages(self.lists, &here), Vec::new());
        pages.write(&mut lists);
        let mut plain = Vec::new();
        varint::write(range.len(), &mut plain);
        for rank in range.clone() {
            let shared = if rank == range.start { 0 } else { self.vocabulary.shared[rank] };
            self.entry(rank, shared, &mut plain);
            let sizes = match self.of_large(rank) {
                Some(large) => {
                    plain.push(AWAY);
                    plain.extend(u32::from_str_radix(&large.name, 16).unwrap_or_default().to_be_bytes());
                    large.sizes.clone()
                }
                None => write(self.lists, &pages, rank, &mut lists),
            };
            for size in sizes {
                varint::write(size, &mut plain);
            }
        }
        let packed = pack::dictionary(&plain);
        let mut file = Vec::new();
        varint::write(packed.len(), &mut file);
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
        file.push(self.lists.fields(rank) | itself | COUNTS[count]);
        for token in &others[..count] {
            let token = &self.vocabulary.words[*token as usize];
            spelled(token, self::shared(word, token), file);
        }
    }
}

/// A word after another with which it shares so many bytes.
fn spelled(word: &str, shared: usize, file: &mut Vec<u8>) {
    varint::write(shared, file);
    varint::write(word.len() - shared, file);
    file.extend_from_slice(&word.as_bytes()[shared..]);
}
