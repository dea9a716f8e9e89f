//! Text cut into words: letters of all scripts, names of code whole and by their parts.
//!
//! `themes/default/js/search/words.js` does the same to what a reader types. The rules are in the documentation of
//! [`crate::search`].

mod chars;
mod chunks;
mod segment;
#[cfg(test)]
mod tests;
mod window;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use chars::Class;
pub use chars::{is_accent, is_joint, is_letter, is_mark, is_unspaced};
pub use chunks::Chunks;
use segment::Giver;
pub use segment::is_simple;

/// Longer words, in characters, are not given.
pub const MAX_WORD: usize = 80;

/// Gives the words of `text` in order, in lower case.
pub fn words(text: &str, give: impl FnMut(&str)) {
    let text = normal(text);
    let mut giver = Giver::new(give);
    let mut run: Option<(usize, usize)> = None;
    let mut joined = false;
    for (at, c) in text.char_indices() {
        let class = chars::class(c);
        let goes_on = match class {
            Class::Word => true,
            Class::Mark => run.is_some(),
            Class::Connector => run.is_some() && !joined,
            Class::Break => false,
        };
        if goes_on && class == Class::Connector {
            joined = true;
        } else if goes_on {
            run = Some((run.map_or(at, |(start, _)| start), at + c.len_utf8()));
            joined = false;
        } else if let Some((start, end)) = run.take() {
            giver.run(&text[start..end]);
            joined = false;
        }
    }
    if let Some((start, end)) = run {
        giver.run(&text[start..end]);
    }
}

/// Gives the words of one of the [`Chunks`] of a text.
pub fn words_of_chunk(chunk: &str, give: impl FnMut(&str)) {
    if chunk.is_ascii() {
        Giver::new(give).run(chunk);
    } else {
        words(chunk, give);
    }
}

/// Gives the forms of a number as they stand between white space, in lower case.
pub fn numbers(text: &str, mut give: impl FnMut(&str)) {
    for form in normal(text).split_whitespace() {
        let form = form.to_lowercase();
        if form.chars().count() <= MAX_WORD {
            give(&form);
        }
    }
}

/// The text in NFKC, without what nobody sees in a word: places to break it, and how its letters join.
fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if text.contains(chars::is_unseen) {
        return Cow::Owned(text.chars().filter(|c| !chars::is_unseen(*c)).nfkc().collect());
    }
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}
