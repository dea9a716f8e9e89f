//! What facts and sections are called: headings and keys brought into one form.

use crate::document::inline;

/// The longest key, in bytes.
pub(super) const LONGEST_KEY: usize = 20;

/// Headings below which a fact stands.
pub(super) const KEYS: [&str; 16] = [
    "author",
    "authors",
    "amended-by",
    "amends",
    "consulted",
    "date",
    "decided-by",
    "decider",
    "deciders",
    "decision-date",
    "decision-makers",
    "informed",
    "superseded-by",
    "supersedes",
    "supercedes",
    "tags",
];

/// A heading in lower case, without its number and without what decorates it.
pub(super) fn name(heading: &str) -> String {
    let plain = inline::plain(heading).to_lowercase();
    let bare = plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')'));
    // `2026 in review` has no number of a section.
    let bare = if plain.starts_with(|c: char| c.is_ascii_digit()) && !bare.starts_with(' ') {
        plain.as_str()
    } else {
        bare
    };
    bare.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A key in lower case with hyphens: `**Decision Makers**` is `decision-makers`, `Author(s)` is `author`.
pub(super) fn key_of(text: &str) -> String {
    let mut key = inline::plain(text);
    if key.is_ascii() {
        key.make_ascii_lowercase();
    } else {
        key = key.to_lowercase();
    }
    if key.contains('(') {
        key = key.replace("(s)", "");
    }
    if key.bytes().any(|b| matches!(b, b' ' | b'_')) {
        key = key.trim().chars().map(|c| if matches!(c, ' ' | '_') { '-' } else { c }).collect();
    }
    key.truncate(key.trim_end_matches(['-', '#']).len());
    key
}

/// Whether the name of a heading starts as one of [`KEYS`] does, which [`key_of`] changes nothing about.
pub(super) fn may_be_key(name: &str) -> bool {
    let starts = |first: &u8| KEYS.iter().any(|key| key.as_bytes()[0] == *first);
    name.as_bytes().first().is_some_and(starts) && !is_too_long(name)
}

/// Whether nothing that [`key_of`] takes away makes a key of this: it has too many letters.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST_KEY
        && text.bytes().filter(u8::is_ascii_alphanumeric).count() > LONGEST_KEY
        && !text.contains('(')
}
