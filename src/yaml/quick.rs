//! The commonest blocks read at once: lines of `key: value`, where a value is a plain or quoted text of one line, a date,
//! a whole number, or a list of these.
//!
//! Nothing is decided here that could be read in two ways: whatever is not as plain as that gives `None`, and the
//! whole block goes the long way. Tests hold what is read here to be what is read there, to the last place.
//!
//! It is here for what it saves. On 3,000 documents (the Ethereum proposals, four times over), reading the long way alone takes
//! 1.08 times the processor time of `threadmark check` and 1.05 times that of `threadmark build --no-cache` (the median of 15
//! pairs of runs, in turn, of two binaries; let [`read`] begin with `return None` for the other). Below 3 % it should go.

use std::ops::Range;

use super::{Limits, Node, Source, Value};

/// The longest key, and the longest list between brackets, in bytes.
const LONGEST_KEY: usize = 64;
const LONGEST_LIST: usize = 512;

/// The tree of `block`, where it is one of the commonest.
pub(super) fn read(source: &Source<'_>, block: &Range<usize>, limits: Limits) -> Option<Node> {
    let text = source.slice(block);
    // No value is shorter than a byte.
    if text.len() > limits.bytes.min(limits.values) || limits.depth < 2 {
        return None;
    }
    let mut lines = Lines { text, start: block.start, at: 0 };
    let mut entries = Vec::with_capacity(8);
    while let Some(Line { at, text }) = lines.next() {
        if !text.is_empty() {
            entries.push(entry(at, text, &mut lines)?);
        }
    }
    let (first, _): &(Node, Node) = entries.first()?;
    Some(Node { span: first.span.start..first.span.start, value: Value::Map(entries) })
}

/// A line without its end, and where it starts in the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    at: usize,
    text: &'a str,
}

#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    start: usize,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = Line { at: self.start + self.at, text: &rest[..length] };
        self.at += length + 1;
        Some(line)
    }
}

/// `key: value`, with the lines of a list that follow it.
fn entry(at: usize, line: &str, lines: &mut Lines<'_>) -> Option<(Node, Node)> {
    let bytes = line.as_bytes();
    let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let key = &line[..length];
    if !bytes.first()?.is_ascii_alphabetic() || length > LONGEST_KEY || is_word_of_yaml(key) {
        return None;
    }
    let rest = line[length..].strip_prefix(':')?;
    let value = rest.trim_start_matches(' ');
    let start = at + line.len() - value.len();
    let value = match value.as_bytes().first() {
        None => list(lines)?,
        Some(_) if value.len() == rest.len() => return None,
        Some(b'[') => flow_list(start, value)?,
        Some(_) => scalar(start, value)?,
    };
    Some((text_node(at, key), value))
}

/// The lines `- item`, all at one indentation.
fn list(lines: &mut Lines<'_>) -> Option<Node> {
    let mut items = Vec::new();
    let (mut start, mut indent) = (0, 0);
    loop {
        let mut ahead = lines.clone();
        let Some(Line { at, text }) = ahead.next() else { break };
        let Some(item) = text.trim_start_matches(' ').strip_prefix("- ") else { break };
        let before = text.len() - item.len();
        let value = item.trim_start_matches(' ');
        if items.is_empty() {
            // The survey says of a list that starts its line that it stands where its first item does.
            let own = if before == "- ".len() { value.len() } else { item.len() + "- ".len() };
            (start, indent) = (at + text.len() - own, before);
        } else if indent != before {
            return None;
        }
        items.push(scalar(at + text.len() - value.len(), value)?);
        *lines = ahead;
    }
    (!items.is_empty()).then_some(Node { span: start..start, value: Value::List(items) })
}

/// `[one, two]` on one line.
fn flow_list(at: usize, written: &str) -> Option<Node> {
    let inner = written.strip_prefix('[')?.strip_suffix(']')?;
    if written.len() > LONGEST_LIST {
        return None;
    }
    let mut items = Vec::new();
    let mut start = at + 1;
    for part in inner.split(',') {
        let item = part.trim_start_matches(' ');
        let place = start + part.len() - item.len();
        let item = item.trim_end_matches(' ');
        start += part.len() + 1;
        let quoted = matches!(item.as_bytes().first(), Some(b'"' | b'\''));
        // Between brackets more signs have a meaning, and the place of a quoted text has the spaces after it.
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_' | b'.' | b'/');
        let fine =
            if quoted { !part.ends_with(' ') } else { item.bytes().all(plain) && !item.contains(" -") };
        if !fine {
            return None;
        }
        items.push(scalar(place, item)?);
    }
    Some(Node { span: at..at + written.len(), value: Value::List(items) })
}

/// A text, a date or a whole number on one line.
fn scalar(at: usize, written: &str) -> Option<Node> {
    let span = at..at + written.len();
    let first = *written.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        return Some(Node { span, value: Value::Text(unquoted(written, char::from(first))?) });
    }
    let fine = written.chars().all(is_of_text)
        && !written.ends_with([' ', ':'])
        && !written.contains(": ")
        && !written.contains(" #");
    if !fine {
        return None;
    }
    if first.is_ascii_digit() {
        return number_or_date(at, written);
    }
    let starts = written.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '/'));
    (starts && !is_word_of_yaml(written)).then(|| text_node(at, written))
}

/// The inside of `"..."` and `'...'`; of all escapes only those of quotes and backslashes are read.
fn unquoted(written: &str, quote: char) -> Option<String> {
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut text = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        let escaped = match sign {
            '\\' if quote == '"' => signs.next().filter(|next| matches!(next, '"' | '\\'))?,
            sign => Some(sign).filter(|sign| *sign != quote && is_of_text(*sign))?,
        };
        text.push(escaped);
    }
    Some(text)
}

/// What starts with a digit: nothing with a space in it is a number, and no date.
fn number_or_date(at: usize, written: &str) -> Option<Node> {
    let bytes = written.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == bytes.len() {
        // Zeros in front make a text, and more digits another kind of number.
        let whole = digits <= 18 && (bytes[0] != b'0' || digits == 1);
        let number: u64 = written.parse().ok().filter(|_| whole)?;
        let span = at..at + written.len();
        return Some(Node { span, value: Value::Number(number.into()) });
    }
    let text = written.contains(' ') || (digits == 4 && bytes[4] == b'-');
    text.then(|| text_node(at, written))
}

/// Words that stand for something else than themselves.
fn is_word_of_yaml(word: &str) -> bool {
    ["null", "true", "false"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Signs that mean themselves to every reader: of what is not ASCII, letters and what typographers use.
fn is_of_text(c: char) -> bool {
    if c.is_ascii() {
        (' '..='~').contains(&c)
    } else {
        c.is_alphanumeric() || ('\u{2010}'..='\u{2026}').contains(&c)
    }
}

fn text_node(at: usize, text: &str) -> Node {
    Node { span: at..at + text.len(), value: Value::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::path::SourcePath;
    use crate::yaml::{survey, tree};

    /// Whether `block` is read here; then it has been compared with what the long way makes of it.
    fn is_read(block: &str) -> bool {
        let path = SourcePath::new("a.md").unwrap();
        let text = format!("---\n{block}---\n");
        let source = Source::new(&path, &text);
        let place = 4..4 + block.len();
        let Some(quick) = read(&source, &place, Limits::FRONT_MATTER) else { return false };
        let marks = survey::run(&source, place.clone(), Limits::FRONT_MATTER);
        let slow = marks.and_then(|marks| tree::build(&source, place, marks));
        assert_eq!(Some(quick), slow, "{block:?}");
        assert!(source.take().is_empty(), "{block:?}");
        true
    }

    #[test]
    fn reads_what_most_documents_have() {
        for block in [
            "title: Queue store\nstatus: accepted\ndate: 2026-11-20\nwords: 1200\n",
            "eip: 20\nauthor: Ana <ana@example.org>, Bo Li (@bo), C's\ndiscussions-to: https://example.org/a#b\n",
            "title: \"7. What's new? #1: [x]\"\n\ntags: [a, b-c , 'd e',  2 ]\nauthors:\n  - \"Søren – P\"\n  -   Ana\nkind: it's\n",
            "tags:\n-   a\n- 2026\ntitle:   é at the end é\nat: 2026-11-20T17:00+01:00[Europe/Berlin]\n",
            "a: (b) c",
            "requires: 1559, 2718\nauthor: 1m1 (@x)\ntitle: \"The \\\"a\\\\b\\\" of c\"\n",
        ] {
            assert!(is_read(block), "{block:?}");
        }
    }

    #[test]
    fn leaves_the_rest_to_others() {
        for block in [
            "",
            "\n",
            "a",
            "a:\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: b: c\n",
            "a: b #c\n",
            "a: @b\n",
            "a: *b\n",
            "a: true\n",
            "a: ~\n",
            "a: 007\n",
            "a: 1.5\n",
            "a: 0x1\n",
            "a: 1e5\n",
            "a: \"b\\n\"\n",
            "a: 'it''s'\n",
            "a: \"b\" c\n",
            "a: {b: c}\n",
            "a: [b, [c]]\n",
            "a: [b,]\n",
            "a:\n  - b: c\n",
            "a:\n  - b\n - c\n",
            "a:\n  b: c\n",
            "a: b\r\n",
            "a:\tb\n",
            "a:b\n",
            "- a\n",
            "a: b\n- c\n",
            "true: a\n",
            "a: \u{85}b\n",
            "a: b\u{2028}c\n",
            "a: <<\n",
            "<<: a\n",
            "a: b:\n",
            "a: !b c\n",
            "a: &b c\n",
            "? a\n",
        ] {
            assert!(!is_read(block), "{block:?}");
        }
    }

    proptest! {
        #[test]
        fn reads_like_the_long_way(
            lines in proptest::collection::vec(
                "([a-c]|title|null|1|\\?|-|  -|    -|a-b_c)?(:|: |:  |: \"| )?([a-zé0-9 .,:#'\"\\-@<>()\\[\\]/+–]|\\[|\\]|null|True|NaN|inf|20[0-9][0-9]-1|---|: | #|\t|\r){0,6}\"?",
                0..5,
            ),
        ) {
            is_read(&(lines.join("\n") + "\n"));
        }

        #[test]
        fn reads_like_the_long_way_what_is_nearly_plain(
            lines in proptest::collection::vec(
                prop_oneof![
                    "[a-d]: [0-9]{1,4}[0-9eEx_. -]{0,4}",
                    "[a-d]: [a-zA-Z0-9(/][a-zé0-9 .,:#'\"@<>()/+–-]{0,6}",
                    "[a-d]: \\[([a-e1-9. -]{1,4},){0,3}( )?[a-e0-9'\"]{1,4}( )?\\]",
                    "[a-d]:",
                    "[a-d]: (\"([a-c:# ']|\\\\.){0,4}\"|'[a-c:# \"]{0,4}')",
                    "( |  )?- [a-c0-9\"']{1,4}",
                ],
                0..8,
            ),
        ) {
            is_read(&(lines.join("\n") + "\n"));
        }
    }
}
