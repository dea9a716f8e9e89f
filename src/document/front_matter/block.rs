//! Where front matter starts and ends, and whether it is any.
//!
//! A document may start with a thematic break, which looks the same. What follows tells: front matter opens
//! with a line `key: value`.

use std::ops::Range;

/// What the start of a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// No front matter: the body starts at once.
    None,
    /// A block between its two lines.
    Found {
        /// Its YAML.
        yaml: Range<usize>,
        /// Where the body starts.
        body_start: usize,
        /// How sure it is that this is front matter.
        looks: Looks,
    },
    /// A block that opens in the first line and never ends.
    Unterminated,
}

/// What the first line of a block looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// A line with a key, or nothing at all: front matter, and errors in it are errors.
    Keys,
    /// `{` or `[`: front matter if it can be read as a mapping.
    Flow,
}

/// Looks at the start of `text`.
pub(super) fn find(text: &str) -> Block {
    let Some(start) = opening(text) else { return Block::None };
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = start..at;
            return match looks(&text[yaml.clone()]) {
                Some(looks) => Block::Found { yaml, body_start: at + line.len(), looks },
                None => Block::None,
            };
        }
        at += line.len();
    }
    // Only a first line with a key makes this a block that someone forgot to close.
    let first = text[start..].lines().find(|line| !line.trim().is_empty());
    if first.is_some_and(|line| has_key(line, 1)) { Block::Unterminated } else { Block::None }
}

/// Where the line after the opening one starts.
fn opening(text: &str) -> Option<usize> {
    let end = text.find('\n').map_or(text.len(), |i| i + 1);
    (text[..end].trim_end() == "---").then_some(end)
}

fn looks(yaml: &str) -> Option<Looks> {
    // After an empty line, `# Title` is a heading below a thematic break and no comment.
    let comments = yaml.lines().next().is_none_or(|line| !line.trim().is_empty());
    let words = if comments { 4 } else { 1 };
    let skipped = |line: &&str| line.trim().is_empty() || (comments && line.trim_start().starts_with('#'));
    match yaml.lines().find(|line| !skipped(line)) {
        None => Some(Looks::Keys),
        Some(first) if has_key(first, words) => Some(Looks::Keys),
        Some(first) => first.trim_start().starts_with(['{', '[']).then_some(Looks::Flow),
    }
}

/// Whether a line starts with what could be a key of ours or of anybody: at most so many words, and a colon.
fn has_key(line: &str, most_words: usize) -> bool {
    let line = line.trim();
    let Some(colon) = line.find(':') else { return false };
    let (key, value) = (&line[..colon], &line[colon + 1..]);
    let words = key.split_whitespace().count();
    let listed = key.starts_with(['-', '*', '>', '#', '|', '[', '{', '(', '!']);
    // `title:x` lacks a space and should be told so; `https://` lacks nothing.
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    let one_word =
        key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') && !value.starts_with("//");
    !listed && (1..=most_words).contains(&words) && key.len() <= 64 && (spaced || one_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Option<&str> {
        match find(text) {
            Block::Found { body_start, .. } => Some(&text[body_start..]),
            Block::None | Block::Unterminated => None,
        }
    }

    #[test]
    fn a_block_ends_at_its_second_line() {
        assert_eq!(body("---\ntitle: x\n---\nbody"), Some("body"));
        assert_eq!(body("---\r\ntitle: x\r\n---\r\nbody"), Some("body"));
        assert_eq!(body("--- \ntitle: x\n...\nbody\n---\n"), Some("body\n---\n"));
        assert_eq!(body("---\n# comment\n\ntitle: x\n---"), Some(""));
        assert_eq!(body("---\n---\nbody"), Some("body"));
        assert_eq!(body("---\n{ title: x }\n---\nbody"), Some("body"));
    }

    #[test]
    fn a_thematic_break_is_no_block() {
        for text in [
            "",
            "-",
            "---",
            "----\na: 1\n---\n",
            "---\n\nJust text.\n\n---\n",
            "---\n\n# Title\n\nNote: this\n\n---\n",
            "---\n- a: 1\n---\n",
            "---\nhttps://example.org\n---\n",
            "---\nA sentence with many words: here.\n---\n",
            " ---\na: 1\n---\n",
            "text\n---\na: 1\n---\n",
            "---\n\nSome text: none\nmore",
            "---\n> a: 1\n---\n",
        ] {
            assert_eq!(find(text), Block::None, "{text:?}");
        }
    }

    #[test]
    fn a_key_that_is_never_closed_is_a_mistake() {
        for text in
            ["---\ntitle: x\n", "---\ntitle: x\n\n# Heading\n", "---\ntitle:x", "---\n\ntitle: x\n----\n"]
        {
            assert_eq!(find(text), Block::Unterminated, "{text:?}");
        }
    }
}
