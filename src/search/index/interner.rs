//! All words of a site, each known once with what it stands for.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::HashTable;

use crate::search::hash::Hasher;
use crate::search::language::{Meaning, meaning};

/// How many locks the words are spread over.
const SHELVES: u64 = 64;

/// The number that no word has. It counts where a word stands for nothing.
pub const NOTHING: u32 = 0;

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
pub struct Word {
    hash: u64,
    /// Where it stands in the text of its shelf.
    at: usize,
    length: u16,
    /// Whether a word stands for it.
    pub token: bool,
    pub number: u32,
    pub form: Form,
}

impl Word {
    fn is(&self, word: &str, hash: u64, text: &str) -> bool {
        self.hash == hash && self.word(text) == word
    }

    fn word<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.at..self.at + usize::from(self.length)).unwrap_or_default()
    }
}

/// Some of the words.
#[derive(Debug, Default)]
pub struct Shelf {
    known: HashTable<Word>,
    /// All of them, one after the other.
    text: String,
}

impl Shelf {
    /// Its words, in no order.
    pub fn words(&self) -> impl Iterator<Item = (&str, &Word)> {
        self.known.iter().map(|known| (known.word(&self.text), known))
    }
}

/// A word by its number, and that of the token that it stands for, or [`NOTHING`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    pub form: u32,
    pub token: u32,
}

/// Knows words; used by all threads at once.
pub struct Interner {
    pub language: String,
    shelves: Vec<Mutex<Shelf>>,
    next: AtomicU32,
    hasher: Hasher,
    /// Words that came since somebody asked, with their numbers; `None` where nobody will.
    fresh: Option<Mutex<Vec<(u32, String)>>>,
}

impl Interner {
    pub fn new(language: &str) -> Self {
        let shelves = (0..SHELVES).map(|_| Mutex::default()).collect();
        Self {
            language: language.to_owned(),
            shelves,
            next: AtomicU32::new(NOTHING + 1),
            hasher: Hasher::new(),
            fresh: None,
        }
    }

    /// One that can tell which words are new.
    pub fn telling(language: &str) -> Self {
        Self { fresh: Some(Mutex::default()), ..Self::new(language) }
    }

    /// The words that came since this was asked last, by number.
    pub fn fresh(&self) -> Vec<(u32, String)> {
        let fresh = self.fresh.as_ref().map(|fresh| std::mem::take(&mut *lock(fresh)));
        let mut fresh = fresh.unwrap_or_default();
        fresh.sort_unstable();
        fresh
    }

    /// The number of a word that may not occur itself.
    pub fn number(&self, word: &str) -> u32 {
        self.keep(word, self.hasher.hash(word.as_bytes()), |_| ())
    }

    /// What `word` means where it occurs.
    pub fn meant(&self, word: &str) -> Meant {
        let hash = self.hasher.hash(word.as_bytes());
        let (form, means) = match self.form(word, hash) {
            None | Some((_, Form::Unseen)) => self.learn(word, hash),
            Some(known) => known,
        };
        Meant { form, token: if let Form::Token(token) = means { token } else { NOTHING } }
    }

    fn form(&self, word: &str, hash: u64) -> Option<(u32, Form)> {
        let Shelf { known, text } = &*self.shelf(hash);
        known.find(hash, |known| known.is(word, hash, text)).map(|known| (known.number, known.form))
    }

    /// Two threads may learn the same word at once; they learn the same.
    fn learn(&self, word: &str, hash: u64) -> (u32, Form) {
        let token = |known: &mut Word| known.token = true;
        match meaning(&self.language, word) {
            Meaning::Token(other) if *other == *word => {
                let form = |known: &mut Word| {
                    token(known);
                    known.form = Form::Token(known.number);
                };
                let number = self.keep(word, hash, form);
                (number, Form::Token(number))
            }
            Meaning::Token(other) => {
                let number = self.keep(&other, self.hasher.hash(other.as_bytes()), token);
                self.keep_form(word, hash, Form::Token(number))
            }
            Meaning::Stop => self.keep_form(word, hash, Form::Stop),
            Meaning::Nothing => self.keep_form(word, hash, Form::Nothing),
        }
    }

    fn keep_form(&self, word: &str, hash: u64, form: Form) -> (u32, Form) {
        (self.keep(word, hash, |known| known.form = form), form)
    }

    fn keep(&self, word: &str, hash: u64, change: impl FnOnce(&mut Word)) -> u32 {
        let Shelf { known, text } = &mut *self.shelf(hash);
        let mut entry =
            known.entry(hash, |known| known.is(word, hash, text), |known| known.hash).or_insert_with(|| {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                if let Some(fresh) = &self.fresh {
                    lock(fresh).push((number, word.to_owned()));
                }
                let at = text.len();
                text.push_str(word);
                let length = u16::try_from(word.len()).unwrap_or(0);
                Word { hash, at, length, token: false, number, form: Form::Unseen }
            });
        change(entry.get_mut());
        entry.get().number
    }

    /// The shelf on which a word is. A shelf itself goes by the lowest bits of a hash, and by its highest ones.
    fn shelf(&self, hash: u64) -> MutexGuard<'_, Shelf> {
        let at = usize::try_from((hash >> 40) % SHELVES).unwrap_or(0);
        lock(&self.shelves[at])
    }

    /// All words. Their numbers are below this one.
    pub fn into_shelves(self) -> (Vec<Shelf>, u32) {
        let shelves = self.shelves.into_iter();
        let shelves = shelves.map(|shelf| shelf.into_inner().unwrap_or_else(PoisonError::into_inner));
        (shelves.collect(), self.next.into_inner())
    }
}

/// What a thread that panics leaves is whole: each word is written down at once.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
