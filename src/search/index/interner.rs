//! All words of a site, each known once with what it stands for.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::HashTable;

use crate::search::language::{Meaning, meaning};

/// How many locks the words are spread over.
const SHELVES: u64 = 64;

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
#[derive(Clone, Debug)]
pub struct Known {
    pub word: Box<str>,
    pub number: u32,
    pub form: Form,
    /// Whether a word stands for it.
    pub token: bool,
    hash: u64,
}

type Shelf = HashTable<Known>;

/// Knows words; used by all threads at once.
pub struct Interner {
    language: String,
    shelves: Vec<Mutex<Shelf>>,
    next: AtomicU32,
    /// The standard library's, with its secret: words are chosen by whoever writes a document.
    hasher: RandomState,
}

impl Interner {
    pub fn new(language: &str) -> Self {
        let shelves = (0..SHELVES).map(|_| Mutex::default()).collect();
        Self { language: language.to_owned(), shelves, next: AtomicU32::new(0), hasher: RandomState::new() }
    }

    /// The number of the token that `word` stands for, if it is in the index at all.
    pub fn token(&self, word: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(word);
        let known = self.shelf(hash).find(hash, |known| &*known.word == word).map(|known| known.form);
        let form = match known {
            None | Some(Form::Unseen) => self.learn(word, hash),
            Some(form) => form,
        };
        match form {
            Form::Token(number) => Some(number),
            _ => None,
        }
    }

    /// Two threads may learn the same word at once; they learn the same.
    fn learn(&self, word: &str, hash: u64) -> Form {
        let token = |known: &mut Known| known.token = true;
        match meaning(&self.language, word) {
            Meaning::Token(other) if *other == *word => {
                let form = |known: &mut Known| {
                    token(known);
                    known.form = Form::Token(known.number);
                };
                Form::Token(self.keep(word, hash, form))
            }
            Meaning::Token(other) => {
                let number = self.keep(&other, self.hasher.hash_one(&*other), token);
                self.keep_form(word, hash, Form::Token(number))
            }
            Meaning::Stop => self.keep_form(word, hash, Form::Stop),
            Meaning::Nothing => self.keep_form(word, hash, Form::Nothing),
        }
    }

    fn keep_form(&self, word: &str, hash: u64, form: Form) -> Form {
        self.keep(word, hash, |known| known.form = form);
        form
    }

    fn keep(&self, word: &str, hash: u64, change: impl FnOnce(&mut Known)) -> u32 {
        let mut words = self.shelf(hash);
        let mut entry =
            words.entry(hash, |known| &*known.word == word, |known| known.hash).or_insert_with(|| {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                Known { word: word.into(), number, form: Form::Unseen, token: false, hash }
            });
        change(entry.get_mut());
        entry.get().number
    }

    fn shelf(&self, hash: u64) -> MutexGuard<'_, Shelf> {
        let at = usize::try_from(hash % SHELVES).unwrap_or(0);
        self.shelves[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All words, in no order.
    pub fn into_words(self) -> Vec<Known> {
        let shelves = self.shelves.into_iter();
        shelves.flat_map(|shelf| shelf.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
    }
}
