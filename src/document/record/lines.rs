//! Lines of Markdown told apart: headings, code, comments, bullets, rows of tables.

/// The lines of `text` as [`str::lines`] gives them, found faster.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = &rest[..end];
        rest = &rest[end + 1..];
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

/// The line up to its first comment; `open` is whether a comment has been opened and not closed. What follows a
/// comment on its line is left aside with it.
pub(super) fn without_comments<'a>(line: &'a str, open: &mut bool) -> &'a str {
    if !*open && memchr::memchr(b'<', line.as_bytes()).is_none() {
        return line;
    }
    if *open {
        *open = !line.contains("-->");
        return "";
    }
    match line.split_once("<!--") {
        Some((before, after)) => {
            *open = !after.contains("-->");
            before
        }
        None => line,
    }
}

/// Level and text of an ATX heading.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    if !line.starts_with(['#', ' ']) {
        return None;
    }
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() > 3 {
        return None;
    }
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[level..];
    let fine = (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    fine.then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// Level and text of a heading that is underlined by the line `next`. `Status: accepted` above `---` is a fact above
/// a rule, whatever Markdown makes of it.
pub(super) fn underlined<'a>(line: &'a str, next: Option<&str>) -> Option<(usize, &'a str)> {
    let below = next?.trim_end();
    let level = match below.bytes().next()? {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    let rule = below.len() >= 2 && below.bytes().all(|b| b == below.as_bytes()[0]);
    let text = line.trim();
    let words = text.starts_with(char::is_alphanumeric) && text.len() <= 120 && !text.contains(':');
    (rule && words && !line.starts_with("    ")).then_some((level, text))
}

/// Whether the line is part of a fenced block; `fence` is the one that is open.
pub(super) fn in_code(line: &str, fence: &mut Option<(u8, usize)>) -> bool {
    // Most lines start with a letter, and every byte of every document comes by here.
    if line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return fence.is_some();
    }
    let text = line.trim_start();
    let sign = text.bytes().next().unwrap_or(0);
    let count = text.bytes().take_while(|b| *b == sign).count();
    let is_fence = matches!(sign, b'`' | b'~') && count >= 3;
    match *fence {
        Some((open, length)) => {
            if is_fence && sign == open && count >= length && text[count..].trim().is_empty() {
                *fence = None;
            }
            true
        }
        None if is_fence && !(sign == b'`' && text[count..].contains('`')) => {
            *fence = Some((sign, count));
            true
        }
        None => false,
    }
}

/// Whether a line starts with a letter or a digit: no heading, no code fence, no comment that ends.
pub(super) fn starts_a_word(line: &str) -> bool {
    line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
}

/// What stands behind the bullet of a list, if one does.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(['*', '-', '+'])?;
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

/// The two cells of a table's row.
pub(super) fn row(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim().strip_prefix('|')?;
    let (key, value) = inner.strip_suffix('|').unwrap_or(inner).split_once('|')?;
    let rule = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| matches!(b, b'-' | b':'));
    let (key, value) = (key.trim(), value.trim());
    (!value.contains('|') && !rule(key) && !rule(value)).then_some((key, value))
}

/// Several facts on one line: `**Status:** Accepted | **Date:** 2020-01-02`.
pub(super) fn parted(text: &str) -> Option<Vec<&str>> {
    let bars = memchr::memchr(b'|', text.as_bytes()).is_some();
    if !bars && text.is_ascii() {
        return None;
    }
    [" | ", " · ", " • "].iter().find_map(|sign| {
        let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
        let keyed = |part: &&str| part.find(':').is_some_and(|at| (1..=24).contains(&at));
        (parts.len() > 1 && parts.iter().all(keyed)).then_some(parts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_parts() {
        assert_eq!(row("| **Status** | Accepted |"), Some(("**Status**", "Accepted")));
        for text in ["|---|---|", "| :-- | --- |", "| a | b | c |", "a | b", "| a |"] {
            assert_eq!(row(text), None, "{text}");
        }
        assert_eq!(
            parted("**Status:** Accepted · **Date:** 2020-01-02").unwrap(),
            ["**Status:** Accepted", "**Date:** 2020-01-02"]
        );
        assert_eq!(parted("Status: Proposed | Accepted"), None);
    }

    #[test]
    fn headings_may_be_underlined() {
        assert_eq!(underlined("Status", Some("------")), Some((2, "Status")));
        assert_eq!(underlined("Queue", Some("=====")), Some((1, "Queue")));
        for (line, next) in
            [("Status: accepted", "---"), ("", "---"), ("- a", "---"), ("Status", "-"), ("| a | b |", "--")]
        {
            assert_eq!(underlined(line, Some(next)), None, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "[a\\r\\n ]{0,12}") {
            proptest::prop_assert!(lines(&text).eq(text.lines()), "{text:?}");
        }
    }
}
