//! The parts of a body that tell a record's form: its title, its second-level headings, the facts above them,
//! the lines below `Status`. Lines in code are none of them.

use std::collections::BTreeSet;

use crate::document::inline;

/// A line and its number in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

/// `* Status: accepted`, in a list or on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fact<'a> {
    pub(super) line: usize,
    pub(super) value: &'a str,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The first level-one heading.
    pub(super) title: Option<&'a str>,
    /// The lines below `## Status`.
    pub(super) status: Vec<Line<'a>>,
    sections: BTreeSet<String>,
    facts: Vec<(String, Fact<'a>)>,
}

/// How far above the first section facts are looked for, and how many lines a status may have.
const HEAD: usize = 60;

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Status,
    Elsewhere,
}

impl<'a> Outline<'a> {
    /// Reads the body of `text`, line by line.
    pub(super) fn read(text: &'a str, body_start: usize) -> Self {
        let body = text.get(body_start..).unwrap_or("");
        let first = text[..text.len() - body.len()].matches('\n').count() + 1;
        let mut outline = Self::default();
        let (mut part, mut fence, mut seen, mut comment) = (Part::Head, None, 0, false);
        for (index, text) in lines(body).enumerate() {
            if in_code(text, &mut fence) {
                continue;
            }
            let text = without_comments(text, &mut comment);
            if let Some((level, title)) = heading(text) {
                (part, seen) = (outline.heading(level, title, part), 0);
            } else if part != Part::Elsewhere && seen < HEAD && !text.trim().is_empty() {
                seen += 1;
                let line = Line { number: first + index, text: text.trim() };
                if part == Part::Head { outline.head(line) } else { outline.status_line(line) }
            }
        }
        outline
    }

    fn heading(&mut self, level: usize, title: &'a str, part: Part) -> Part {
        match level {
            1 => {
                self.title.get_or_insert(title);
                part
            }
            2 => {
                let name = inline::plain(title).to_lowercase();
                let part = if name == "status" { Part::Status } else { Part::Elsewhere };
                self.sections.insert(name);
                part
            }
            _ => Part::Elsewhere,
        }
    }

    fn head(&mut self, line: Line<'a>) {
        let text =
            line.text.strip_prefix(['*', '-', '+']).filter(|rest| rest.starts_with(' ')).unwrap_or(line.text);
        // `:state: discussion` is how AsciiDoc has it, and what some RFDs kept.
        let text = text.strip_prefix(':').unwrap_or(text);
        let Some((key, value)) = text.split_once(':').or_else(|| text.split_once(" — ")) else { return };
        let key = inline::plain(key).to_lowercase().replace(' ', "-");
        let key = key.trim_end_matches(['-', '#']).to_owned();
        // `**Status:** accepted` leaves its closing stars before the value.
        let value = value.trim_start_matches('*').trim();
        if key.len() <= 20 && !value.is_empty() && !is_blank(value) {
            self.facts.push((key, Fact { line: line.number, value }));
        }
    }

    fn status_line(&mut self, line: Line<'a>) {
        let bullet = line.text.strip_prefix(['*', '-', '+']).filter(|rest| rest.starts_with(' '));
        let text = bullet.unwrap_or(line.text).trim();
        if !text.is_empty() {
            self.status.push(Line { text, ..line });
        }
    }

    /// Whether there is a second-level heading with this text, in lower case.
    pub(super) fn has_section(&self, name: &str) -> bool {
        self.sections.contains(name)
    }

    /// The first fact with this key, in lower case with hyphens.
    pub(super) fn fact(&self, key: &str) -> Option<Fact<'a>> {
        self.facts.iter().find(|(known, _)| known == key).map(|(_, fact)| *fact)
    }

    /// The status that is in force: superseded, if a line says so; else the first line that is one; else the fact.
    pub(super) fn stated_status(&self) -> Option<Line<'a>> {
        use super::relation::{Relation, leading};
        let superseded = |line: &&Line<'_>| leading(line.text) == Some(Relation::SupersededBy);
        let own = |line: &&Line<'_>| leading(line.text).is_none();
        let below = self.status.iter().find(superseded).or_else(|| self.status.iter().find(own));
        let fact = || self.fact("status").map(|fact| Line { number: fact.line, text: fact.value });
        below.copied().or_else(fact)
    }
}

/// A value that a template left to fill in: `[list everyone involved]`, `{YYYY-MM-DD}`.
fn is_blank(value: &str) -> bool {
    let within = |open, close| value.starts_with(open) && value.ends_with(close);
    (within('[', ']') || within('{', '}')) && !value.contains("](") && !value.contains('|')
}

/// The line up to its first comment; `open` is whether a comment has been opened and not closed. What follows a
/// comment on its line is left aside with it.
fn without_comments<'a>(line: &'a str, open: &mut bool) -> &'a str {
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

/// The lines of `text` as [`str::lines`] gives them, found faster.
fn lines(text: &str) -> impl Iterator<Item = &str> {
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

/// Level and text of an ATX heading.
fn heading(line: &str) -> Option<(usize, &str)> {
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

/// Whether the line is part of a fenced block; `fence` is the one that is open.
fn in_code(line: &str, fence: &mut Option<(u8, usize)>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::lines;

    proptest::proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "[a\\r\\n ]{0,12}") {
            proptest::prop_assert!(lines(&text).eq(text.lines()), "{text:?}");
        }
    }
}
