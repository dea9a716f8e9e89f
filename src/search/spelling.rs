//! Forms that a misspelt word may have meant, so that few files hold all that are near to it.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::index::vocabulary::{NONE, Vocabulary};
use super::postings::Source;
use super::shards::{Directory, Made, Sizes, cut, directory, shared};
use super::words::{is_letter, is_unspaced};

/// About how large a file is on a small site, in bytes.
const SIZE: usize = 3_000;

/// From this much on, files grow with the whole.
const SMALL_SITE: usize = 256 << 10;

/// How many letters a form has.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=30;

/// Forms of fewer letters have no key of their middle: nobody is taken to have mistyped both ends of them.
const WITH_MIDDLE: usize = 6;

/// How many digits may end a form.
const MOST_DIGITS: usize = 4;

/// The digits of the number of letters that a key has in common with the one before.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A form under one of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the form, whatever it is counted by.
    pub form: u32,
    pub by: By,
    /// How many pages have its token, as a digit.
    pub often: u8,
    /// How many bytes the key has, and how many in common with the one before.
    length: u8,
    alike: u8,
}

/// What a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Beginning,
    End,
    Middle,
}

impl By {
    /// The key of a form, if it has one.
    pub fn key(self, form: &str) -> Option<String> {
        match self {
            Self::Beginning => Some(format!("b{form}")),
            Self::End => Some(std::iter::once('e').chain(form.chars().rev()).collect()),
            Self::Middle => {
                let count = form.chars().count();
                let from = || form.char_indices().nth(count / 2 - 1).map_or(0, |(at, _)| at);
                (count >= WITH_MIDDLE).then(from).map(|from| format!("m{}.{}", &form[from..], &form[..from]))
            }
        }
    }
}

/// The digit that says how often a form is used whose token so many pages have, if somebody may have meant it.
pub fn often(form: &str, used: u32) -> Option<u8> {
    is_meant(form, used).then(|| DIGITS[used.max(1).ilog2().min(9) as usize])
}

/// The keys of a form with its number, in no order.
pub fn keyed(form: &str, number: u32, often: u8) -> impl Iterator<Item = (String, Entry)> {
    [By::Beginning, By::End, By::Middle].into_iter().filter_map(move |by| {
        let key = by.key(form)?;
        let length = u8::try_from(key.len()).unwrap_or(u8::MAX);
        Some((key, Entry { form: number, by, often, length, alike: 0 }))
    })
}

/// The files of all forms of a vocabulary.
pub fn spelling(vocabulary: &Vocabulary, lists: &dyn Source) -> Directory {
    let of = |rank: usize| {
        let token = vocabulary.tokens[rank];
        let form = &vocabulary.words[rank];
        let digit = if token == NONE { None } else { often(form, lists.used(token as usize)) };
        digit.into_iter().flat_map(move |digit| keyed(form, u32::try_from(rank).unwrap_or(NONE), digit))
    };
    let mut keyed: Vec<(String, Entry)> =
        (0..vocabulary.words.len()).into_par_iter().flat_map_iter(of).collect();
    keyed.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let (keys, mut entries): (Vec<String>, Vec<Entry>) = keyed.into_iter().unzip();
    set_alike(&mut entries, |at| keys[at].as_str().into());
    files(&entries, |at| keys[at].as_str().into(), |_| None)
}

/// Says of all entries what their keys have in common with the ones before.
pub fn set_alike<'a>(entries: &mut [Entry], key: impl Fn(usize) -> Cow<'a, str> + Sync) {
    entries.par_iter_mut().enumerate().for_each(|(at, entry)| entry.set_alike(at, &key));
}

impl Entry {
    /// Says what its key, which is the one at `at`, has in common with the one before.
    pub fn set_alike<'a>(&mut self, at: usize, key: impl Fn(usize) -> Cow<'a, str>) {
        let alike = at.checked_sub(1).map_or(0, |before| shared(&key(before), &key(at)));
        self.alike = u8::try_from(alike).unwrap_or(u8::MAX);
    }
}

/// The files of entries whose keys are in order, but for those that are `kept`.
pub fn files<'a>(
    entries: &[Entry],
    key: impl Fn(usize) -> Cow<'a, str> + Sync,
    kept: impl Fn(&Range<usize>) -> Option<Made>,
) -> Directory {
    let size = |at: usize| usize::from(entries[at].length - entries[at].alike) + 3;
    let sizes = Sizes::about(file_size((0..entries.len()).map(size).sum()));
    let ranges = cut(entries.len(), sizes, size, |at| usize::from(entries[at].alike));
    let kept = ranges.iter().map(kept).collect();
    directory(&key, &ranges, kept, |range| {
        let mut lines = format!("{}\n", range.len()).into_bytes();
        for at in range.clone() {
            let alike = if at == range.start { 0 } else { usize::from(entries[at].alike) };
            line(&key(at), entries[at].often, alike, &mut lines);
        }
        lines
    })
}

fn file_size(mut all: usize) -> usize {
    let mut size = SIZE;
    while all > SMALL_SITE {
        size = size * 4 / 3;
        all /= 2;
    }
    size
}

/// Whether somebody may have meant this form, which so many pages use. Of those with digits a single page may have any
/// number, of which most are not words.
fn is_meant(word: &str, used: u32) -> bool {
    if word.is_ascii() {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = word.len() - letters.len();
        return LETTERS.contains(&letters.len())
            && word.len() <= *LETTERS.end()
            && (digits == 0 || digits <= MOST_DIGITS && used > 1)
            && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    }
    let letters = word.chars().take(LETTERS.end() + 1).count();
    LETTERS.contains(&letters) && word.chars().all(|c| is_letter(c) && !c.is_numeric() && !is_unspaced(c))
}

fn line(key: &str, often: u8, shared: usize, lines: &mut Vec<u8>) {
    let letters = key[..shared].chars().count();
    lines.extend([DIGITS[letters], often]);
    lines.extend_from_slice(&key.as_bytes()[shared..]);
    lines.push(b'\n');
}
