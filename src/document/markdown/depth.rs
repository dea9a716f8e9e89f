//! Tells documents whose containers nest absurdly deep, before the parser sees them.
//!
//! pulldown-cmark looks at every open container for every line, so that 60,000 quotes on one line followed by
//! short lines take minutes. The scan here reads each byte about once and knows Markdown only roughly: it may
//! count too much inside fenced code, where its limit is therefore higher.

use std::ops::Range;

/// How many quotes, lists and the like may stand in one another.
pub const DEEPEST: usize = 100;

/// How many elements may stand in one another: a list and its item are two. Browsers stop at 512.
pub const MOST_OPEN: usize = 2 * DEEPEST + 10;

/// The limit for lines that look like code, where `>` and `-` mean nothing to the parser.
const DEEPEST_IN_CODE: usize = 1000;

/// The first line of `text` that opens more than [`DEEPEST`] containers, without its line break.
pub fn too_deep(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !has_run_of_markers(bytes) {
        return None;
    }
    let mut fence = None;
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let line = &bytes[start..end];
        let limit = if fence.is_some() { DEEPEST_IN_CODE } else { DEEPEST };
        let (markers, content) = markers(line);
        if markers > limit && without_rule(line) > limit {
            return Some(start..end);
        }
        fence = next_fence(fence, &line[content..]);
        start = end + 1;
    }
    None
}

/// Whether there may be more than [`DEEPEST`] markers on a line: then so many bytes stand together that markers are
/// made of. Seen by looking at a few of all bytes.
fn has_run_of_markers(bytes: &[u8]) -> bool {
    let is_part = |byte: &u8| {
        matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b':' | b'.' | b')' | b'0'..=b'9')
    };
    let mut at = DEEPEST;
    while at < bytes.len() {
        if is_part(&bytes[at]) {
            let left = bytes[..at].iter().rev().take(DEEPEST).take_while(|b| is_part(b)).count();
            let right = bytes[at..].iter().take(DEEPEST + 1).take_while(|b| is_part(b)).count();
            if left + right > DEEPEST {
                return true;
            }
        }
        at += DEEPEST + 1;
    }
    false
}

/// How many container markers a line starts with, and where its content begins.
fn markers(line: &[u8]) -> (usize, usize) {
    let (mut count, mut at) = (0, 0);
    loop {
        at += line[at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        match marker(&line[at..]) {
            0 => return (count, at),
            length => {
                count += 1;
                at += length;
            }
        }
    }
}

/// The length of the container marker at the start of `rest`; 0 where there is none.
fn marker(rest: &[u8]) -> usize {
    let blank = |at: usize| rest.get(at).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\r'));
    match rest.first() {
        Some(b'>') => 1,
        Some(b'-' | b'+' | b'*' | b':') if blank(1) => 1,
        Some(b'0'..=b'9') => {
            let digits = rest.iter().take(10).take_while(|b| b.is_ascii_digit()).count();
            let ends = matches!(rest.get(digits), Some(b'.' | b')'));
            if ends && blank(digits + 1) { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// The same count for a line that may end in a thematic break such as `- - -`, whose signs open nothing.
fn without_rule(line: &[u8]) -> usize {
    let sign = line.iter().rev().find(|b| !b.is_ascii_whitespace());
    let Some(sign @ (b'-' | b'*')) = sign else { return markers(line).0 };
    let rule = line.iter().rposition(|b| b != sign && !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    markers(&line[..rule]).0
}

/// The code fence that is open after a line: its sign and length.
fn next_fence(open: Option<(u8, usize)>, content: &[u8]) -> Option<(u8, usize)> {
    let sign = *content.first()?;
    let length = content.iter().take_while(|b| **b == sign).count();
    if !matches!(sign, b'`' | b'~') || length < 3 {
        return open;
    }
    match open {
        None => Some((sign, length)),
        Some((by, least)) if by == sign && length >= least && content[length..].trim_ascii().is_empty() => {
            None
        }
        open => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_ordinary_nesting_pass() {
        let hundred = "> ".repeat(100) + "x";
        for text in ["> > - 1. a", &hundred, &"- ".repeat(300), &"* * *\n".repeat(300), &"-".repeat(300)] {
            assert_eq!(too_deep(text), None);
        }
        let code = format!("```\n{}\n```\n", ">".repeat(400));
        assert_eq!(too_deep(&code), None);
    }

    #[test]
    fn finds_a_deep_line_wherever_it_stands() {
        for before in 0..3 * DEEPEST {
            let deep = format!("{}\n{}b", "a".repeat(before), ">".repeat(DEEPEST + 1));
            assert_eq!(too_deep(&deep), Some(before + 1..before + DEEPEST + 3), "{before}");
            let fine = format!("{}\n{}b", "a".repeat(before), ">".repeat(DEEPEST));
            assert_eq!(too_deep(&fine), None);
        }
    }

    #[test]
    fn finds_the_line_that_nests_too_deep() {
        let quotes = format!("a\n{}b\nc", ">".repeat(101));
        assert_eq!(too_deep(&quotes), Some(2..104));
        assert!(too_deep(&("+ ".repeat(101) + "x")).is_some());
        assert!(too_deep(&("- ".repeat(101) + "x")).is_some());
        assert!(too_deep(&("1. ".repeat(101) + "x")).is_some());
        assert!(too_deep(&(">".repeat(101) + " - - -")).is_some());
        let after_code = format!("```\n```\n{}", ">".repeat(101));
        assert!(too_deep(&after_code).is_some());
    }
}
