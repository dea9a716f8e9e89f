//! The files of words that were made before, found again by the words in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::search::shards::{Before, Made, Words};

/// First and last of the words of a file by their numbers, and how many they are.
type Key = (u32, u32, usize);

/// What was made before.
pub struct Past<'a> {
    files: Mutex<BTreeMap<Key, Made>>,
    lists: BTreeMap<u32, PastList>,
    /// The number of each word now, by its rank.
    numbers: &'a [u32],
    /// Whether each word is another than it was.
    changed: &'a [bool],
}

/// A large list of before.
struct PastList {
    name: String,
    made: Made,
    sizes: Vec<usize>,
}

/// The words with numbers `numbers` at the places of a range.
fn key(range: &Range<usize>, numbers: &[u32]) -> Key {
    let at = |place: usize| numbers.get(place).copied().unwrap_or(0);
    (at(range.start), at(range.end.wrapping_sub(1)), range.len())
}

impl<'a> Past<'a> {
    /// What of `words`, of which `then` are the numbers, may be taken again.
    pub fn new(words: Words, then: &[u32], numbers: &'a [u32], changed: &'a [bool]) -> Self {
        let Words { directory, lists, large } = words;
        let made = directory.hashes.into_iter().zip(directory.files.into_iter().map(|(_, bytes)| bytes));
        let files = directory.ranges.iter().map(|range| key(range, then)).zip(made).collect();
        let lists: BTreeMap<String, Vec<u8>> = lists.into_iter().collect();
        let past = large.into_iter().filter_map(|large| {
            let made = (large.hash, lists.get(&large.name)?.clone());
            Some((*then.get(large.rank)?, PastList { name: large.name, made, sizes: large.sizes }))
        });
        Self { files: Mutex::new(files), lists: past.collect(), numbers, changed }
    }
}

impl Before for Past<'_> {
    fn file(&self, range: Range<usize>) -> Option<Made> {
        if self.changed[range.clone()].contains(&true) {
            return None;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.remove(&key(&range, self.numbers))
    }

    fn list(&self, rank: usize) -> Option<(Made, Vec<usize>)> {
        let past = self.lists.get(&self.numbers[rank]).filter(|_| !self.changed[rank])?;
        Some((past.made.clone(), past.sizes.clone()))
    }

    fn name(&self, rank: usize) -> Option<&str> {
        Some(&self.lists.get(&self.numbers[rank])?.name)
    }
}
