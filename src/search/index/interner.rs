//! All words of a site, each known once with what it stands for.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxBuildHasher;

use crate::search::language::{Meaning, meaning};

/// How many locks the words are spread over.
const SHELVES: usize = 64;

/// What a word stands for where it occurs in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It has not occurred: other words stand for it.
    Unseen,
    /// A stop word.
    Stop,
    /// Nothing.
    Nothing,
    /// The token with this number.
    Token(u32),
}

/// A word. Numbers are given as words come, so they differ from run to run; nothing that is written may tell.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub number: u32,
    pub form: Form,
    /// Whether a word stands for it.
    pub token: bool,
}

/// Keyed by the standard library's hash, with its secret: words are chosen by whoever writes a document.
type Shelf = HashMap<Box<str>, Known>;

/// Knows words; used by all threads at once.
pub struct Interner {
    language: String,
    shelves: Vec<Mutex<Shelf>>,
    next: AtomicU32,
}

impl Interner {
    pub fn new(language: &str) -> Self {
        let shelves = (0..SHELVES).map(|_| Mutex::default()).collect();
        Self { language: language.to_owned(), shelves, next: AtomicU32::new(0) }
    }

    /// The number of the token that `word` stands for, if it is in the index at all.
    pub fn token(&self, word: &str) -> Option<u32> {
        let known = self.shelf(word).get(word).map_or(Form::Unseen, |known| known.form);
        let form = if known == Form::Unseen { self.learn(word) } else { known };
        match form {
            Form::Token(number) => Some(number),
            _ => None,
        }
    }

    /// Two threads may learn the same word at once; they learn the same.
    fn learn(&self, word: &str) -> Form {
        let form = match meaning(&self.language, word) {
            Meaning::Token(token) => Form::Token(self.keep(&token, |known| known.token = true)),
            Meaning::Stop => Form::Stop,
            Meaning::Nothing => Form::Nothing,
        };
        self.keep(word, |known| known.form = form);
        form
    }

    fn keep(&self, word: &str, change: impl FnOnce(&mut Known)) -> u32 {
        let mut words = self.shelf(word);
        if let Some(known) = words.get_mut(word) {
            change(known);
            return known.number;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut known = Known { number, form: Form::Unseen, token: false };
        change(&mut known);
        words.insert(word.into(), known);
        number
    }

    fn shelf(&self, word: &str) -> MutexGuard<'_, Shelf> {
        let hash = FxBuildHasher.hash_one(word) >> 32;
        let at = usize::try_from(hash).unwrap_or(0) % SHELVES;
        self.shelves[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All words, in no order.
    pub fn into_words(self) -> Vec<(Box<str>, Known)> {
        let shelves =
            self.shelves.into_iter().map(|shelf| shelf.into_inner().unwrap_or_else(PoisonError::into_inner));
        shelves.flatten().collect()
    }
}
