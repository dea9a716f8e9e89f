//! Markdown inside one line, reduced to its text: for the facts that records keep in lists and headings.
//!
//! Bodies are never read here; they have a parser of their own.

use std::borrow::Cow;

/// A link of a line: its text and its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlineLink<'a> {
    /// What stands between the brackets.
    pub text: &'a str,
    /// What stands between the parentheses.
    pub target: &'a str,
}

/// The links `[text](target)` of a line, in order.
pub fn links(line: &str) -> Vec<InlineLink<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((link, _, after)) = next_link(rest) {
        found.push(link);
        rest = after;
    }
    found
}

/// The first link, what stands before it and what after.
fn next_link(line: &str) -> Option<(InlineLink<'_>, &str, &str)> {
    // Most lines have no bracket at all.
    memchr::memchr(b']', line.as_bytes())?;
    let middle = line.find("](")?;
    let open = line[..middle].rfind('[')?;
    let close = middle + 2 + line[middle + 2..].find(')')?;
    let target = line[middle + 2..close].split(' ').next().unwrap_or("");
    let target = target.trim_start_matches('<').trim_end_matches('>');
    Some((InlineLink { text: &line[open + 1..middle], target }, &line[..open], &line[close + 1..]))
}

/// The line without emphasis and code marks, links reduced to their text, spaces to one.
pub fn plain(line: &str) -> String {
    if is_plain(line) {
        return line.to_owned();
    }
    let text = without_links(line);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let marked = word.bytes().any(|b| matches!(b, b'*' | b'`'));
        let bare = if marked { Cow::Owned(word.replace(['*', '`'], "")) } else { Cow::Borrowed(word) };
        let bare = bare.trim_matches('_');
        if !bare.is_empty() {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.push_str(bare);
        }
    }
    out
}

/// Whether there is nothing to take away: letters, digits and a few signs, one space apart.
fn is_plain(line: &str) -> bool {
    let mut after_space = true;
    let plain = line.bytes().all(|byte| {
        let space = byte == b' ';
        let fine =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b',' | b'.' | b':' | b'?' | b'(' | b')');
        let fine = fine || (space && !after_space);
        after_space = space;
        fine
    });
    plain && !after_space
}

/// The line with the texts of its links in place of them.
fn without_links(line: &str) -> Cow<'_, str> {
    let Some(mut next) = next_link(line) else { return Cow::Borrowed(line) };
    let mut text = String::with_capacity(line.len());
    loop {
        let (InlineLink { text: said, .. }, before, after) = next;
        text.push_str(before);
        text.push_str(said);
        match next_link(after) {
            Some(more) => next = more,
            None => return Cow::Owned(text + after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_reduced_to_its_text() {
        assert_eq!(plain("**Implemented (Swift 2.2)**"), "Implemented (Swift 2.2)");
        assert_eq!(plain("superseded by [ADR-0005](0005-x.md)"), "superseded by ADR-0005");
        assert_eq!(plain("  _Accepted_  `now` "), "Accepted now");
        assert_eq!(plain("[a](b) and [c](<d> \"t\")"), "a and c");
        assert_eq!(plain("](x [y"), "](x [y");
        assert_eq!(plain("snake_case stays"), "snake_case stays");
        assert_eq!(["a b (c)", "", " a", "a ", "a  b"].map(plain), ["a b (c)", "", "a", "a", "a b"]);
    }

    #[test]
    fn links_are_found_in_order() {
        let found = links("Supercedes [2. Title](0002-title.md), [3](<0003.md> \"t\")");
        let targets: Vec<_> = found.iter().map(|link| (link.text, link.target)).collect();
        assert_eq!(targets, [("2. Title", "0002-title.md"), ("3", "0003.md")]);
    }
}
