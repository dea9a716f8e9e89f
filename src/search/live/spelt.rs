//! The forms that a misspelt word may have meant, kept in order from edit to edit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon::Lexicon;
use super::records::Records;
use crate::search::shards::{Directory, Made};
use crate::search::spelling::{By, Entry, files, keyed, often};

/// All entries, and the files of them.
#[derive(Debug, Default)]
pub struct Spelt {
    entries: Vec<Entry>,
    /// By the number of a form, how often it is used as a digit, or 0 where nobody is taken to have meant it.
    digits: Vec<u8>,
    pub files: Directory,
}

/// First and last entry of a file, and how many it has.
type Ends = (u32, By, u32, By, usize);

fn ends(entries: &[Entry], range: &Range<usize>) -> Option<Ends> {
    let (first, last) = (entries.get(range.start)?, entries.get(range.end.wrapping_sub(1))?);
    Some((first.form, first.by, last.form, last.by, range.len()))
}

impl Spelt {
    /// Takes in that the words `touched` came, went or mean something else, and that other pages have the tokens that are
    /// `changed`; makes the files anew that say so.
    pub fn change(&mut self, lexicon: &Lexicon, records: &Records, touched: &[u32], changed: &[bool]) {
        self.digits.resize(lexicon.len(), 0);
        let mut other: Vec<(u32, u8)> = Vec::new();
        let mut look = |form: u32| {
            let token = lexicon.token(form);
            let used = || records.stat(token).used;
            let digit = lexicon.stands(form).then(|| often(lexicon.word(form), used())).flatten();
            let digit = digit.unwrap_or(0);
            if digit != self.digits[form as usize] {
                other.push((form, digit));
            }
        };
        for form in touched {
            look(*form);
        }
        let is_touched = |form: u32| touched.binary_search(&form).is_ok();
        let all = 0..u32::try_from(lexicon.len()).unwrap_or(u32::MAX);
        all.filter(|form| changed[lexicon.token(*form) as usize] && !is_touched(*form)).for_each(look);
        if other.is_empty() && !self.files.files.is_empty() {
            return;
        }
        let mut gone = vec![false; lexicon.len()];
        let mut new: Vec<(String, Entry)> = Vec::new();
        for (form, digit) in other {
            gone[form as usize] = self.digits[form as usize] > 0;
            self.digits[form as usize] = digit;
            if digit > 0 {
                new.extend(keyed(lexicon.word(form), form, digit));
            }
        }
        new.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.replace(lexicon, &gone, new);
    }

    /// Leaves out the forms that are `gone` and puts in what is new, sorted.
    fn replace(&mut self, lexicon: &Lexicon, gone: &[bool], new: Vec<(String, Entry)>) {
        let old = std::mem::take(&mut self.entries);
        let mut entries = Vec::with_capacity(old.len() + new.len());
        // Whether each entry, or what it has in common with the one before, is another than it was.
        let mut fresh: Vec<bool> = Vec::with_capacity(old.len() + new.len());
        let mut after = false;
        let mut from = 0;
        let keep =
            |range: Range<usize>, entries: &mut Vec<Entry>, fresh: &mut Vec<bool>, after: &mut bool| {
                for entry in &old[range] {
                    if gone[entry.form as usize] {
                        *after = true;
                    } else {
                        entries.push(*entry);
                        fresh.push(std::mem::take(after));
                    }
                }
            };
        for (key, entry) in new {
            let before = |known: &Entry| *key_of(lexicon, *known) < *key;
            let end = from + old[from..].partition_point(before);
            keep(from..end, &mut entries, &mut fresh, &mut after);
            entries.push(entry);
            fresh.push(true);
            (from, after) = (end, true);
        }
        keep(from..old.len(), &mut entries, &mut fresh, &mut after);
        for at in (0..entries.len()).filter(|at| fresh[*at]) {
            let mut entry = entries[at];
            entry.set_alike(at, |at| key_of(lexicon, entries[at]));
            entries[at] = entry;
        }
        let Directory { files: before, hashes, ranges, .. } = std::mem::take(&mut self.files);
        let made = hashes.into_iter().zip(before.into_iter().map(|(_, bytes)| bytes));
        let past = ranges.iter().map(|range| ends(&old, range)).zip(made);
        let past: BTreeMap<Ends, Made> = past.filter_map(|(ends, made)| Some((ends?, made))).collect();
        let past = std::sync::Mutex::new(past);
        let kept = |range: &Range<usize>| {
            if fresh[range.clone()].contains(&true) {
                return None;
            }
            past.lock().ok()?.remove(&ends(&entries, range)?)
        };
        self.files = files(&entries, |at| key_of(lexicon, entries[at]), kept);
        self.entries = entries;
    }
}

fn key_of<'a>(lexicon: &Lexicon, entry: Entry) -> Cow<'a, str> {
    entry.by.key(lexicon.word(entry.form)).unwrap_or_default().into()
}
