//! What stands after the fence of a code block: its language, a title, marked lines. Reads text; knows nothing of grammars or HTML.

use std::ops::RangeInclusive;

/// The info string of a fence, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FenceInfo {
    /// The first word, as written; empty for none.
    pub lang: String,
    /// The text of `title="..."`.
    pub title: Option<String>,
    /// Lines to mark, counted from 1: sorted, without overlap.
    pub marks: Vec<RangeInclusive<usize>>,
}

/// Ranges beyond this number are left out: more than anyone marks by hand.
const MAX_MARKS: usize = 1_000;

impl FenceInfo {
    /// Reads forms such as `rust {2-4} title="src/main.rs"`, `rust,ignore`, `{.rust}`, `js{1,3-5}`. Whatever it doesn't know it skips:
    /// the words after the language have no common meaning.
    #[must_use]
    pub fn parse(info: &str) -> Self {
        let mut fence = Self::default();
        let mut rest = info.trim();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).unwrap_or(rest.len());
        if !rest[..end].contains("=\"") {
            rest[..end].clone_into(&mut fence.lang);
            rest = &rest[end..];
        }
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '{' => fence.read_braces(&rest[1..]),
                _ if c.is_whitespace() || c == ',' => &rest[c.len_utf8()..],
                _ => fence.read_word(rest),
            };
        }
        fence.marks = merged(std::mem::take(&mut fence.marks));
        fence
    }

    /// Whether this line, counted from 1, is marked.
    #[must_use]
    pub fn is_marked(&self, line: usize) -> bool {
        let at = self.marks.partition_point(|range| *range.end() < line);
        self.marks.get(at).is_some_and(|range| range.contains(&line))
    }

    /// Line ranges, or attributes as Pandoc writes them: `{.rust title="a.rs"}`.
    fn read_braces<'t>(&mut self, text: &'t str) -> &'t str {
        let end = closing(text);
        let inside = &text[..end];
        let mut words = inside;
        while let Some(c) = words.chars().next() {
            words = match c {
                '.' if self.lang.is_empty() => {
                    let word = &words[1..];
                    let end = word.find(char::is_whitespace).unwrap_or(word.len());
                    word[..end].clone_into(&mut self.lang);
                    &word[end..]
                }
                _ if c.is_whitespace() || c == ',' => &words[c.len_utf8()..],
                _ if c.is_ascii_digit() => self.read_range(words),
                _ => self.read_word(words),
            };
        }
        text.get(end + 1..).unwrap_or_default()
    }

    fn read_range<'t>(&mut self, text: &'t str) -> &'t str {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
        let (low, high) = text[..end].split_once('-').unwrap_or((&text[..end], &text[..end]));
        let number = |digits: &str| digits.parse::<usize>().unwrap_or(usize::MAX);
        let low = number(low);
        let high = if high.is_empty() { low } else { number(high) };
        if low >= 1 && low <= high && self.marks.len() < MAX_MARKS {
            self.marks.push(low..=high);
        }
        &text[end..]
    }

    fn read_word<'t>(&mut self, text: &'t str) -> &'t str {
        let end =
            text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '{' | ',')).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let Some(value) = rest.strip_prefix('=') else {
            // Always goes on: a word that is empty would stop here for good.
            return if end == 0 { &rest[rest.chars().next().map_or(0, char::len_utf8)..] } else { rest };
        };
        let (value, rest) = read_value(value);
        if name.eq_ignore_ascii_case("title") && self.title.is_none() && !value.trim().is_empty() {
            self.title = Some(value.trim().to_owned());
        }
        rest
    }
}

/// A value in either kind of quotes, with `\` before a quote that belongs to it, or up to the next space.
fn read_value(text: &str) -> (String, &str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next_if(|(_, next)| matches!(next, '"' | '\'' | '\\')) {
                Some((_, next)) => value.push(next),
                None => value.push('\\'),
            },
            _ if c == quote => return (value, &text[at + 1..]),
            _ => value.push(c),
        }
    }
    (value, "")
}

/// Where the brace that is open ends, quotes respected; the end of the text when it doesn't.
fn closing(text: &str) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '}' if !quoted => return at,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    text.find('}').unwrap_or(text.len())
}

fn merged(mut ranges: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    ranges.sort_by_key(|range| (*range.start(), *range.end()));
    let mut out: Vec<RangeInclusive<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(info: &str) -> (String, Option<String>, Vec<(usize, usize)>) {
        let fence = FenceInfo::parse(info);
        let marks = fence.marks.iter().map(|r| (*r.start(), *r.end())).collect();
        (fence.lang, fence.title, marks)
    }

    #[test]
    fn the_forms_that_people_write_are_read() {
        let title = |t: &str| Some(t.to_owned());
        let cases = [
            ("", ("", None, vec![])),
            ("rust", ("rust", None, vec![])),
            ("rust,ignore", ("rust", None, vec![])),
            ("rust {2-4} title=\"src/main.rs\"", ("rust", title("src/main.rs"), vec![(2, 4)])),
            ("{.rust}", ("rust", None, vec![])),
            ("{.rust .numbered title=\"a b.rs\"}", ("rust", title("a b.rs"), vec![])),
            ("js {1,3-5} title=\"a \\\"b\\\"\"", ("js", title("a \"b\""), vec![(1, 1), (3, 5)])),
            ("js{5,1-2,2-3}", ("js", None, vec![(1, 3), (5, 5)])),
            ("js {0,4-2,1-999999999}", ("js", None, vec![(1, 999_999_999)])),
            ("js {99999999999999999999999-}", ("js", None, vec![(usize::MAX, usize::MAX)])),
            ("c++ title='x'", ("c++", title("x"), vec![])),
            ("title=\"only\"", ("", title("only"), vec![])),
            ("rust {2", ("rust", None, vec![(2, 2)])),
            ("rust title=\"open", ("rust", title("open"), vec![])),
            ("rust title=\"a } b\" {3}", ("rust", title("a } b"), vec![(3, 3)])),
        ];
        for (info, (lang, title, marks)) in cases {
            assert_eq!(read(info), (lang.to_owned(), title, marks), "{info}");
        }
    }

    #[test]
    fn a_line_is_marked_when_a_range_holds_it() {
        let fence = FenceInfo::parse("js {2-3,7}");
        let marked: Vec<_> = (1..=8).filter(|line| fence.is_marked(*line)).collect();
        assert_eq!(marked, [2, 3, 7]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(info in "[a-z {}\\\\\"',.=0-9é-]{0,60}") {
            let fence = FenceInfo::parse(&info);
            prop_assert!(fence.marks.windows(2).all(|pair| pair[0].end() < pair[1].start()));
        }
    }
}
