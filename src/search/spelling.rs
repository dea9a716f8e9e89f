//! Forms that a misspelt word may have meant.

use super::index::vocabulary::{NONE, Vocabulary};
use super::shards::{Directory, Sizes, cut, directory, shared};
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
    let ranks: Vec<usize> = (0..vocabulary.words.len()).filter(meant).collect();
    let forms: Vec<Box<str>> = ranks.iter().map(|rank| vocabulary.words[*rank].clone()).collect();
    let shared = |at: usize| if at == 0 { 0 } else { shared(&forms[at - 1], &forms[at]) };
    let size = |at: usize| forms[at].len() - shared(at) + 3;
    let ranges = cut(forms.len(), Sizes::about(SIZE), size, shared);
    directory(&forms, &ranges, |file| {
        let mut lines = Vec::new();
        let range = ranges.get(file).cloned().unwrap_or(0..0);
        for at in range.clone() {
            let shared = if at == range.start { 0 } else { shared(at) };
            let used = pages[vocabulary.tokens[ranks[at]] as usize];
            line(&forms[at], shared, used, &mut lines);
        }
        lines
    })
}

fn is_meant(word: &str) -> bool {
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
