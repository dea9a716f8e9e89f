//! From pages to the files of the index.

mod cache;
pub mod counter;
pub mod interner;
pub mod tally;
pub mod vocabulary;

use std::sync::{Mutex, PoisonError};

use super::endings::{Endings, asked, endings};
use super::postings::{gather, write};
use super::shards::{Directory, Nothing, Words, words};
use super::spelling::spelling;
use super::{FIELDS, PageInput};
use counter::{Counter, Totals};
use interner::Interner;
use vocabulary::Vocabulary;

/// Takes pages, from any thread and in any order.
pub struct Indexer {
    space: u32,
    interner: Interner,
    /// Counters that no thread is using.
    idle: Mutex<Vec<Counter>>,
}

/// The index of a site, but for the pages' own data.
#[derive(Debug)]
pub struct Index {
    /// The shards of words.
    pub words: Directory,
    /// The files of large posting lists: eight digits of the hash, and the content.
    pub lists: Vec<(String, Vec<u8>)>,
    /// The files of spellings.
    pub spelling: Directory,
    /// Endings that lead from other forms to tokens.
    pub endings: Endings,
    /// How many tokens each field has on average, where it has any.
    pub lengths: [f64; FIELDS],
    /// The stop words of the language that occur.
    pub stop: Vec<String>,
    /// How many search documents there are.
    pub sections: usize,
}

impl Indexer {
    /// An empty index in a language (a tag such as `en` or `pt-BR`). The ids of its pages are below `space`.
    pub fn new(language: &str, space: u32) -> Self {
        Self { space, interner: Interner::new(language), idle: Mutex::default() }
    }

    /// Takes one page.
    pub fn add(&self, page: &PageInput<'_>) {
        debug_assert!(page.id < self.space, "page {} is outside of the space {}", page.id, self.space);
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = idle().pop();
        let mut counter = counter.unwrap_or_else(Counter::new);
        counter.page(page, &self.interner);
        idle().push(counter);
    }

    /// The index of all pages that were taken.
    pub fn finish(self) -> Index {
        let counters = self.idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        let pages = counters.iter().flat_map(|counter| &counter.pages);
        let lengths = lengths(sums(pages.map(|page| &page.totals)));
        let sections = counters.iter().map(|counter| counter.documents.len()).sum();
        let language = self.interner.language.clone();
        let (shelves, numbers) = self.interner.into_shelves();
        let vocabulary = Vocabulary::new(&shelves, numbers);
        drop(shelves);
        let gathered = gather(&counters, &vocabulary.numbers, numbers);
        drop(counters);
        let lists = write(gathered, vocabulary.words.len());
        let (words, (spelling, endings)) = rayon::join(
            || words(&vocabulary, &lists, &Nothing),
            || {
                rayon::join(
                    || spelling(&vocabulary, &lists),
                    || endings(&language, &asked(&vocabulary, &lists)),
                )
            },
        );
        let Words { directory: words, lists, .. } = words;
        Index { words, lists, spelling, endings, lengths, stop: vocabulary.stop, sections }
    }
}

/// How long fields are on average, by the sums of their `totals`.
pub fn lengths(totals: Totals) -> [f64; FIELDS] {
    totals.map(|(tokens, documents)| if documents == 0 { 0.0 } else { precise(tokens) / precise(documents) })
}

/// The sums of what some pages have.
pub fn sums<'a>(all: impl Iterator<Item = &'a Totals>) -> Totals {
    all.fold(Totals::default(), |sum, next| {
        std::array::from_fn(|field| (sum[field].0 + next[field].0, sum[field].1 + next[field].1))
    })
}

/// Exact below 2^53, which no site reaches.
#[allow(clippy::cast_precision_loss, reason = "no site has so many tokens")]
fn precise(number: u64) -> f64 {
    number as f64
}
