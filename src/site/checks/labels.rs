//! What the parts of a document are called: its headings, and the words by which a line or a list item says what it
//! is about (`**Background:** ...`).

use std::collections::BTreeSet;

use crate::document::{Document, inline};

/// A name of more words is a sentence.
const MOST_WORDS: usize = 6;

/// The words of each name of a part, in lower case, without repeats; the title is none of them. A name that ends in a
/// question mark has `?` as a word.
pub(super) fn of(document: &Document) -> BTreeSet<Vec<String>> {
    let headings = document.headings.iter().enumerate();
    let headings =
        headings.filter(|(at, _)| Some(*at) != document.title_heading).map(|(_, h)| words(&h.text));
    let leads = document.text[document.body_start..].lines().filter_map(lead);
    let keys = document.front.extra.keys().map(|key| words(key));
    headings.chain(leads).chain(keys).filter(|words| !words.is_empty()).collect()
}

/// Whether a name has one of these words.
pub(super) fn has(names: &BTreeSet<Vec<String>>, wanted: &[&str]) -> bool {
    names.iter().flatten().any(|word| wanted.contains(&word.as_str()))
}

/// `**Background:** we ...`, `- Deadline: ...`, `Constraints: ...`: what stands before the colon.
fn lead(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start().trim_start_matches(['-', '*', '+', '_', '>', ' ']);
    if !line.starts_with(char::is_alphabetic) {
        return None;
    }
    let (name, _) = line.split_once(':')?;
    let words = words(name);
    (1..=MOST_WORDS).contains(&words.len()).then_some(words)
}

fn words(name: &str) -> Vec<String> {
    let name = inline::plain(name).to_lowercase();
    let asks = name.trim_end().ends_with('?').then(|| "?".to_owned());
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).chain(asks).collect()
}
