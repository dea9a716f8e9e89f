//! Code to HTML with a few short classes. Pure: text in, text out; no clock, no files, no order that depends on threads.
//!
//! 1. The word after the fence leads to a grammar (`languages`): syntect's, with two-face's additions.
//! 2. A context of the grammar is made ready when a text first enters it (`grammar`), its patterns compiled (`pattern`).
//! 3. The text goes through it line by line (`tokenizer`): the next place where a rule may match is found for all rules at once
//!    (`pattern::sieve`), those that are left are tried in order (`search`).
//! 4. It comes out as spans (`painter`) of the classes in `classes`.
//!
//! Measured on one core (3.3 MB of generated code in eight languages / the 0.8 MB of code in 949 EIPs):
//!
//! | engine | generated | EIPs |
//! | --- | --- | --- |
//! | syntect with Oniguruma 6.9 | 5.42 s | 0.72 s |
//! | syntect with fancy-regex 0.16 | 18.6 s | 1.97 s |
//! | syntect's grammars with the matcher in `pattern` | 0.66 s | 0.08 s |
//!
//! The last row is without the sieve, which halves it: 2.70 instead of 5.55 thousand million instructions for the 3.5 MB of code in
//! 3,000 generated documents, the making ready of contexts included.
//!
//! The output is that of syntect's parser: of 103,000 generated and 17,000 real lines, three differ (a number that it misses in
//! Solidity). The index of the grammars unpacks in 2 ms; making ready the contexts that the EIPs' 18 languages enter takes 0.06 s
//! once per process, instead of 0.26 s and 2 s.
//!
//! Bounded without a clock: every step of matching is counted, and a block that uses up its budget is shown plain, at the same
//! step on every machine. So are blocks and lines beyond the sizes below. `benches/highlight_scan.rs` tries all 189 grammars on 48,195
//! hostile blocks of 20 kB: 913 end at their budget, the slowest after 0.7 s; real code takes at most a thirteenth of it.

mod classes;
mod fence;
mod grammar;
mod languages;
mod marks;
mod painter;
mod pattern;
mod references;
mod remembered;
mod search;
#[cfg(test)]
mod tests;
mod tokenizer;

pub use fence::FenceInfo;
pub use languages::{language_name, words};
pub use marks::mark_lines;

use languages::Language;
use std::borrow::Cow;
use std::sync::Arc;

use crate::escape;
use crate::memo::{Key, Memo};
use tokenizer::Tokenizer;

/// Bytes of the largest block that is highlighted.
pub const MAX_BLOCK: usize = 256 * 1024;
/// Bytes of the longest line in a block that is highlighted.
pub const MAX_LINE: usize = 64 * 1024;
/// Steps that a block may take: per byte, and for a start.
const STEPS_PER_BYTE: u64 = 400;
const STEPS_TO_START: u64 = 2_000_000;

/// Part of every key of a memo: changes with the grammars, the classes and the meaning of the steps.
const VERSION: &str = concat!("threadmark-highlight-3 two-face-0.5.2 ", env!("CARGO_PKG_VERSION"));

/// A block of code as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlighted {
    /// Escaped text with `<span class=x>`; goes into `<pre><code>`. Without its tags it is the code, byte for byte.
    pub html: String,
    /// What to show as the language; `None` for plain text.
    pub language: Option<Cow<'static, str>>,
    /// Why a block in a known language is plain.
    pub limit: Option<Limit>,
}

/// What kept a block from being highlighted. The same block meets the same limit on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// More than [`MAX_BLOCK`] bytes.
    BlockSize,
    /// A line of more than [`MAX_LINE`] bytes.
    LineLength,
    /// The grammar took more steps than a block of this size may take.
    Steps,
}

/// Highlights `code` in the language of the word `lang`; without one that is known, the text is only escaped.
#[must_use]
pub fn highlight(code: &str, lang: &str) -> Highlighted {
    run(code, lang, None)
}

/// As [`highlight`], asking `memo` first. Blocks that met a limit are not kept.
#[must_use]
pub fn highlight_with(memo: &dyn Memo, code: &str, lang: &str) -> Highlighted {
    run(code, lang, Some(memo))
}

fn run(code: &str, lang: &str, memo: Option<&dyn Memo>) -> Highlighted {
    let language = language_name(lang);
    let plain = |limit| Highlighted { html: escaped(code), language: language.clone(), limit };
    let Some(found) = languages::find(lang.trim()) else {
        return plain(None);
    };
    if code.len() > MAX_BLOCK {
        return plain(Some(Limit::BlockSize));
    }
    if code.split('\n').any(|line| line.len() > MAX_LINE) {
        return plain(Some(Limit::LineLength));
    }
    let key = memo.map(|memo| (memo, key_of(code, &found)));
    let known = key.as_ref().and_then(|(memo, key)| memo.get(key));
    if let Some(html) = known.filter(|html| remembered::is_sound(html, code)) {
        return Highlighted { html: html.to_string(), language, limit: None };
    }
    let Some(html) = paint(code, &found) else {
        return plain(Some(Limit::Steps));
    };
    if let Some((memo, key)) = key {
        memo.put(key, Arc::from(html.as_str()));
    }
    Highlighted { html, language, limit: None }
}

fn key_of(code: &str, language: &Language) -> Key {
    let mut hasher = blake3::Hasher::new_derive_key(VERSION);
    hasher.update(grammar::library().syntaxes()[language.syntax].name.as_bytes());
    hasher.update(&[0]);
    hasher.update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

/// The share of its budget of steps that a block takes, in thousandths: for tests and measurements. `None` for plain text.
#[must_use]
pub fn cost(code: &str, lang: &str) -> Option<u64> {
    let budget = budget(code);
    let left = walk(code, &languages::find(lang.trim())?)?.steps_left();
    Some((budget - left) * 1000 / budget)
}

fn budget(code: &str) -> u64 {
    STEPS_TO_START + STEPS_PER_BYTE * code.len() as u64
}

/// `None` when the block took too many steps, or its grammar has no beginning.
fn paint(code: &str, language: &Language) -> Option<String> {
    let tokenizer = walk(code, language)?;
    if tokenizer.is_spent() {
        return None;
    }
    let mut html = tokenizer.finish();
    if !code.ends_with('\n') && !code.is_empty() {
        html.pop();
    }
    Some(html)
}

fn walk(code: &str, language: &Language) -> Option<Tokenizer> {
    let start = grammar::library().start(language.syntax)?;
    let mut tokenizer = Tokenizer::new(start, budget(code), code.len());
    for line in code.split_inclusive('\n') {
        if line.ends_with('\n') {
            tokenizer.line(line);
        } else {
            // Grammars rely on the newline; it is taken off again in the end.
            tokenizer.line(&format!("{line}\n"));
        }
        if tokenizer.is_spent() {
            break;
        }
    }
    Some(tokenizer)
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    escape::text(&mut html, text);
    html
}
