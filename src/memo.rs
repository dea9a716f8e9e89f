//! Memoisation of pure stages by content hash: what a stage may ask for, not where it is kept.
//!
//! A memo never decides anything: a stage gives the same result with an empty one. Values must be harmless
//! whatever they say, because a repository may hold a cache that somebody else wrote: numbers and spans that the
//! stage checks and escapes as it would its input, never markup that is copied into a page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The BLAKE3 hash of everything that a value depends on, the stage's own version included.
pub type Key = [u8; 32];

/// Remembers values from one build to the next.
pub trait Memo: Sync {
    /// The value kept for `key`, if any.
    fn get(&self, key: &Key) -> Option<Arc<str>>;

    /// Keeps `value` for `key`; a second value for the same key changes nothing.
    fn put(&self, key: Key, value: Arc<str>);
}

/// Remembers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMemo;

impl Memo for NoMemo {
    fn get(&self, _: &Key) -> Option<Arc<str>> {
        None
    }

    fn put(&self, _: Key, _: Arc<str>) {}
}

/// Remembers in memory, as long as the program runs.
#[derive(Debug, Default)]
pub struct MemoryMemo(Mutex<BTreeMap<Key, Arc<str>>>);

impl Memo for MemoryMemo {
    fn get(&self, key: &Key) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: Key, value: Arc<str>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(value);
    }
}
