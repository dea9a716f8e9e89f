//! The parts of a body that tell a record's form: its title, its headings, the facts above its sections or in
//! sections of their own, the lines below `Status`. Lines in code are none of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::keys::{KEYS, LONGEST_KEY, is_too_long, key_of, may_be_key, name};
use super::lines::{
    bullet, heading, in_code, lines, parted, row, starts_a_word, underlined, without_comments,
};
use super::relation;
use crate::time::lenient_date;

/// A line and its number in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

/// `* Status: accepted`, in a list, in a table, on a line of its own, or below a heading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fact<'a> {
    pub(super) line: usize,
    /// What stands on its line.
    pub(super) value: &'a str,
    /// The same with the lines and the list that belong to it.
    pub(super) whole: &'a str,
}

#[derive(Debug)]
struct Held<'a> {
    key: String,
    line: usize,
    value: &'a str,
    whole: Cow<'a, str>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The first level-one heading.
    pub(super) title: Option<&'a str>,
    /// The lines below `## Status`.
    pub(super) status: Vec<Line<'a>>,
    /// Lines of the head that state a relation without a key: `- Amends [ADR 3](0003-x.md)`, with their number.
    pub(super) stated: Vec<(usize, Cow<'a, str>)>,
    sections: BTreeSet<String>,
    /// Headings below the second level, which are sections where there are none on the second.
    minor: BTreeSet<String>,
    facts: Vec<Held<'a>>,
    /// What the next line may continue.
    open: Open,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Fact,
    Stated,
}

/// How far above the first section facts are looked for, and how many lines a status may have.
const HEAD: usize = 60;

/// How long a fact with all that belongs to it may become, in bytes.
const LONGEST: usize = 2_000;

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Status,
    Fact,
    Links,
    Elsewhere,
}

/// Headings below which records say what they are to each other, in MADR's and others' templates.
const LINKS: [&str; 8] = [
    "links",
    "references",
    "related",
    "related adrs",
    "related decisions",
    "relations",
    "relationships",
    "supersession",
];

impl<'a> Outline<'a> {
    /// Reads the body of `text`, line by line.
    pub(super) fn read(text: &'a str, body_start: usize) -> Self {
        let body = text.get(body_start..).unwrap_or("");
        let first = text[..text.len() - body.len()].matches('\n').count() + 1;
        let mut outline = Self::default();
        let (mut part, mut fence, mut seen, mut comment) = (Part::Head, None, 0, false);
        let mut rest = lines(body).enumerate().peekable();
        let mut blank = true;
        let comments = memchr::memmem::find(body.as_bytes(), b"<!--").is_some();
        while let Some((index, text)) = rest.next() {
            // Most lines are text that nobody asks for: of those only code and comments around them count.
            if part == Part::Elsewhere && !blank && !comments && starts_a_word(text) {
                continue;
            }
            if text.is_empty() && fence.is_none() {
                blank = true;
                outline.open = if part == Part::Fact { outline.open } else { Open::Nothing };
                continue;
            }
            if in_code(text, &mut fence) {
                continue;
            }
            let text = if comments { without_comments(text, &mut comment) } else { text };
            let title = heading(text).or_else(|| {
                let title = underlined(text, rest.peek().map(|(_, next)| *next).filter(|_| blank))?;
                rest.next();
                Some(title)
            });
            blank = text.trim().is_empty();
            if let Some((level, title)) = title {
                let line = Line { number: first + index, text: title };
                (part, seen) = (outline.heading(level, line, part), 0);
            } else if blank {
                outline.open = if part == Part::Fact { outline.open } else { Open::Nothing };
            } else if part != Part::Elsewhere && seen < HEAD {
                seen += 1;
                outline.line(Line { number: first + index, text }, part);
            }
        }
        outline
    }

    fn heading(&mut self, level: usize, line: Line<'a>, part: Part) -> Part {
        self.open = Open::Nothing;
        let name = name(line.text);
        if name == "status" {
            self.section(level, name);
            return Part::Status;
        }
        if let Some((key, value)) = line.text.split_once(':').filter(|(_, value)| !value.trim().is_empty()) {
            let key = key_of(key);
            if key == "status" {
                self.section(level, "status".to_owned());
                self.status.push(Line { text: value.trim(), ..line });
                return Part::Status;
            }
            if level > 1 && KEYS.contains(&key.as_str()) {
                self.push(line.number, key, value);
                return part;
            }
        }
        let fact = if level > 1 && may_be_key(&name) { key_of(&name) } else { String::new() };
        if KEYS.contains(&fact.as_str()) {
            self.section(level, name);
            self.facts.push(Held { key: fact, line: line.number, value: "", whole: Cow::Borrowed("") });
            self.open = Open::Fact;
            return Part::Fact;
        }
        if level == 1 && self.title.is_none() {
            self.title = Some(line.text);
            return part;
        }
        let links = LINKS.contains(&name.as_str());
        self.section(level, name);
        match part {
            _ if links => Part::Links,
            Part::Head if level == 1 => part,
            _ => Part::Elsewhere,
        }
    }

    fn section(&mut self, level: usize, name: String) {
        if level <= 2 {
            self.sections.insert(name)
        } else {
            self.minor.insert(name)
        };
    }

    fn line(&mut self, line: Line<'a>, part: Part) {
        let Line { number, text: raw } = line;
        let raw = raw.trim_start_matches("> ");
        let text = raw.trim();
        let indented = raw.starts_with(['\t', ' ']) && !raw.trim_start().is_empty();
        let item = bullet(raw);
        match part {
            Part::Fact => self.continued(number, item.unwrap_or(text), item.is_some()),
            Part::Status if self.fact_of_status(number, text) => {}
            Part::Status => {
                // Of a list of boxes the ticked one counts.
                let text = item.unwrap_or(text);
                let ticked = text.strip_prefix("[x] ").or_else(|| text.strip_prefix("[X] "));
                if !text.is_empty() && !text.starts_with("[ ] ") {
                    self.status.push(Line { number, text: ticked.unwrap_or(text) });
                }
            }
            _ if indented && self.open != Open::Nothing => {
                self.continued(number, item.unwrap_or(text), item.is_some());
            }
            Part::Links => {
                self.open = Open::Nothing;
                self.relation(number, item.unwrap_or(text));
            }
            _ => {
                self.open = Open::Nothing;
                let before = self.facts.len();
                let text = item.unwrap_or(text);
                match parted(text) {
                    Some(parts) => parts.into_iter().for_each(|part| self.fact_or_relation(number, part)),
                    None => self.fact_or_relation(number, text),
                }
                if self.facts.len() > before {
                    self.open = Open::Fact;
                }
            }
        }
    }

    /// A date, people and the like that stand below `Status` as well.
    fn fact_of_status(&mut self, number: usize, text: &'a str) -> bool {
        let in_table = text.starts_with('|');
        let pair = if in_table { row(text) } else { bullet(text).unwrap_or(text).split_once(':') };
        let Some((key, value)) = pair else { return in_table };
        let key = key_of(key);
        let own = KEYS.contains(&key.as_str()) && !relation::KEYS.iter().any(|(known, _)| *known == key);
        if own || in_table {
            self.push(number, key, value);
        }
        own || in_table
    }

    fn fact_or_relation(&mut self, number: usize, text: &'a str) {
        // `:state: discussion` is how AsciiDoc has it, and what some RFDs kept.
        let plain = text.strip_prefix(':').unwrap_or(text);
        let dashed = || if plain.is_ascii() { None } else { plain.split_once(" — ") };
        let pair = row(plain).or_else(|| plain.split_once(':')).or_else(dashed);
        if let Some((key, value)) = pair
            && !key.contains("](")
        {
            let leads = relation::leading(text).is_some();
            if !leads && is_too_long(key) {
                return;
            }
            let key = key_of(key);
            // `Amends the choice of a queue in: [3](0003-x.md)`
            let sentence =
                leads && key.contains('-') && relation::KEYS.iter().all(|(known, _)| *known != key);
            return if sentence { self.relation(number, text) } else { self.push(number, key, value) };
        }
        if let Some(day) = text.strip_prefix("Date ").filter(|day| lenient_date(day).is_some()) {
            return self.push(number, "date".to_owned(), day);
        }
        if text.len() == 10 && lenient_date(text).is_some() {
            return self.push(number, "date".to_owned(), text);
        }
        self.relation(number, text);
    }

    fn relation(&mut self, number: usize, text: &'a str) {
        if relation::leading(text).is_some() {
            self.stated.push((number, Cow::Borrowed(text)));
            self.open = Open::Stated;
        }
    }

    fn push(&mut self, line: usize, key: String, value: &'a str) {
        // `**Status:** accepted` leaves its closing stars before the value.
        let value = value.trim_start_matches('*').trim();
        if key.len() <= LONGEST_KEY && !is_blank(value) {
            self.facts.push(Held { key, line, value, whole: Cow::Borrowed(value) });
        }
    }

    /// A line, or an entry of a list, that belongs to what stands above it.
    fn continued(&mut self, number: usize, text: &'a str, listed: bool) {
        let whole = match self.open {
            Open::Nothing => return,
            Open::Stated => self.stated.last_mut().map(|(_, whole)| whole),
            Open::Fact => self.facts.last_mut().map(|fact| {
                if fact.value.is_empty() && fact.whole.is_empty() {
                    (fact.line, fact.value) = (number, text);
                }
                &mut fact.whole
            }),
        };
        let Some(whole) = whole.filter(|whole| whole.len() + text.len() < LONGEST && !is_blank(text)) else {
            return;
        };
        if whole.is_empty() {
            *whole = Cow::Borrowed(text);
        } else {
            let whole = whole.to_mut();
            whole.push_str(if listed { ", " } else { " " });
            whole.push_str(text);
        }
    }

    /// Whether there is a section with this heading, in lower case: one of the first two levels, or deeper where the
    /// record has none there.
    pub(super) fn has_section(&self, name: &str) -> bool {
        self.sections.contains(name) || (self.sections.is_empty() && self.minor.contains(name))
    }

    /// The first fact with this key, in lower case with hyphens.
    pub(super) fn fact(&self, key: &str) -> Option<Fact<'_>> {
        let held = self.facts.iter().find(|fact| fact.key == key && !fact.whole.is_empty())?;
        Some(Fact { line: held.line, value: held.value, whole: &held.whole })
    }

    /// Whether a fact has this key, even one that was left empty.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.facts.iter().any(|fact| fact.key == key)
    }

    /// The status that is in force: superseded, if a line says so; else the first line that is one; else the fact.
    pub(super) fn stated_status(&self) -> Option<Line<'_>> {
        use relation::{Relation, leading};
        let superseded = |line: &&Line<'_>| leading(line.text) == Some(Relation::SupersededBy);
        let own = |line: &&Line<'_>| leading(line.text).is_none();
        let below = self.status.iter().find(superseded).or_else(|| self.status.iter().find(own));
        let fact = || {
            let fact = ["status", "decision-status", "adr-status"].iter().find_map(|key| self.fact(key))?;
            Some(Line { number: fact.line, text: fact.value })
        };
        below.copied().or_else(fact).or_else(|| {
            let amended = |line: &&Line<'_>| leading(line.text) == Some(Relation::AmendedBy);
            self.status.iter().find(amended).copied()
        })
    }
}

/// A value that a template left to fill in: `[list everyone involved]`, `{YYYY-MM-DD}`.
fn is_blank(value: &str) -> bool {
    let within = |open, close| value.starts_with(open) && value.ends_with(close);
    (within('[', ']') || within('{', '}')) && !value.contains("](") && !value.contains('|')
}
