//! Forms that a misspelt word may have meant.

use rayon::prelude::*;

use super::index::vocabulary::{NONE, Vocabulary};
use super::shards::{Directory, Sizes, cut, directory};
use super::words::{is_letter, is_unspaced};

/// About how large a file is, in bytes.
const SIZE: usize = 24_000;

/// How many letters a form has.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=30;

/// The digits of the number of letters that a form has in common with the one before.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The files of forms. `pages` says of each word of the vocabulary how many pages have it.
pub fn spelling(vocabulary: &Vocabulary, pages: &[u32]) -> Directory {
    let meant = |rank: &usize| vocabulary.tokens[*rank] != NONE && is_meant(&vocabulary.words[*rank]);
    let ranks: Vec<usize> = (0..vocabulary.words.len()).into_par_iter().filter(meant).collect();
    let form = |at: usize| &vocabulary.words[ranks[at]];
    // What two words share is what all words between them share with the one before.
    let between = |at: usize| if at == 0 { 0..0 } else { ranks[at - 1] + 1..ranks[at] + 1 };
    let shared = |at: usize| vocabulary.shared[between(at)].iter().copied().min().unwrap_or(0);
    let shared: Vec<usize> = (0..ranks.len()).into_par_iter().map(shared).collect();
    let size = |at: usize| form(at).len() - shared[at] + 3;
    let ranges = cut(ranks.len(), Sizes::about(SIZE), size, |at| shared[at]);
    directory(form, &ranges, |range| {
        let mut lines = Vec::new();
        for at in range.clone() {
            let shared = if at == range.start { 0 } else { shared[at] };
            let used = pages[vocabulary.tokens[ranks[at]] as usize];
            line(form(at), shared, used, &mut lines);
        }
        lines
    })
}

fn is_meant(word: &str) -> bool {
    if word.is_ascii() {
        return LETTERS.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    }
    let letters = word.chars().take(LETTERS.end() + 1).count();
    LETTERS.contains(&letters) && word.chars().all(|c| is_letter(c) && !c.is_numeric() && !is_unspaced(c))
}

fn line(form: &str, shared: usize, used: u32, lines: &mut Vec<u8>) {
    let letters = form[..shared].chars().count();
    let often = used.max(1).ilog2().min(9) as usize;
    lines.extend([DIGITS[letters], DIGITS[often]]);
    lines.extend_from_slice(&form.as_bytes()[shared..]);
    lines.push(b'\n');
}
