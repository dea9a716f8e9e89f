//! Forms that a misspelt word may have meant, so that few files hold all that are near to it.

use rayon::prelude::*;

use super::index::vocabulary::{NONE, Vocabulary};
use super::shards::{Directory, Sizes, cut, directory, shared};
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
struct Entry {
    key: String,
    /// How many pages have its token, as a digit.
    often: u8,
}

/// The files of forms. `pages` says of each word of the vocabulary how many pages have it.
pub fn spelling(vocabulary: &Vocabulary, pages: &[u32]) -> Directory {
    let of = |rank: usize| {
        let token = vocabulary.tokens[rank];
        let used = if token == NONE { 0 } else { pages[token as usize] };
        let form = Some(&vocabulary.words[rank]).filter(|form| token != NONE && is_meant(form, used));
        let often = DIGITS[used.max(1).ilog2().min(9) as usize];
        form.into_iter().flat_map(keys).map(move |key| Entry { key, often })
    };
    let mut entries: Vec<Entry> = (0..vocabulary.words.len()).into_par_iter().flat_map_iter(of).collect();
    entries.par_sort_unstable_by(|a, b| a.key.cmp(&b.key));
    let alike =
        |at: usize| at.checked_sub(1).map_or(0, |before| shared(&entries[before].key, &entries[at].key));
    let alike: Vec<usize> = (0..entries.len()).into_par_iter().map(alike).collect();
    let size = |at: usize| entries[at].key.len() - alike[at] + 3;
    let sizes = Sizes::about(file_size((0..entries.len()).map(size).sum()));
    let ranges = cut(entries.len(), sizes, size, |at| alike[at]);
    directory(
        |at| &entries[at].key,
        &ranges,
        |range| {
            let mut lines = format!("{}\n", range.len()).into_bytes();
            for at in range.clone() {
                line(&entries[at], if at == range.start { 0 } else { alike[at] }, &mut lines);
            }
            lines
        },
    )
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

/// The keys of a form: by its beginning, its end, and its middle.
fn keys(form: &str) -> impl Iterator<Item = String> {
    let end = form.chars().rev();
    let end = std::iter::once('e').chain(end).collect();
    let count = form.chars().count();
    let middle = (count >= WITH_MIDDLE).then(|| {
        let from = form.char_indices().nth(count / 2 - 1).map_or(0, |(at, _)| at);
        format!("m{}.{}", &form[from..], &form[..from])
    });
    [format!("b{form}"), end].into_iter().chain(middle)
}

fn line(entry: &Entry, shared: usize, lines: &mut Vec<u8>) {
    let letters = entry.key[..shared].chars().count();
    lines.extend([DIGITS[letters], entry.often]);
    lines.extend_from_slice(&entry.key.as_bytes()[shared..]);
    lines.push(b'\n');
}
