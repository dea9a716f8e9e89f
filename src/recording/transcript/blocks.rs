//! SRT and SBV: times on a line, text below it. Neither has a specification, so all that players take is taken: numbers
//! left out, `,` or `.`, no empty line between cues, empty lines within one, and tags that HTML would have.

use super::findings::Findings;
use super::references;
use super::{Cue, Form, Moment, Turn, cue_text, stamp};

/// When the cue starts whose times stand on `line`, and when it ends.
pub(super) fn times(form: Form, line: &str) -> Option<(Moment, Moment)> {
    let (start, rest) = stamp::lenient(line.trim())?;
    let divider = if form == Form::SubViewer { "," } else { "-->" };
    let (end, rest) = stamp::lenient(rest.trim_start().strip_prefix(divider)?.trim_start())?;
    // What follows in SRT are coordinates.
    (form == Form::SubRip || rest.trim().is_empty()).then_some((start, end))
}

/// The cues of `text`, whose lines end in line feeds.
pub(super) fn read(text: &str, form: Form, findings: &mut Findings<'_>) -> Vec<Cue> {
    let mut reader = Reader { form, cues: Vec::new(), open: None, waiting: Vec::new() };
    for (at, line) in text.split('\n').enumerate() {
        if let Some(times) = times(form, line) {
            reader.start(times);
        } else if looks_like_times(form, line) {
            // Without an open cue, what follows belongs to none.
            reader.number();
            reader.close();
            findings.unreadable(at + 1, "the times of this cue can't be read", hint(form));
        } else {
            reader.line(line);
        }
    }
    reader.close();
    reader.cues
}

/// A line that was meant to hold times: in SRT one with an arrow and a digit first.
fn looks_like_times(form: Form, line: &str) -> bool {
    let line = line.trim();
    let starts = line.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    match form {
        Form::SubViewer => {
            let mut halves = line.splitn(2, ',');
            starts && halves.all(|half| half.matches(':').count() >= 2) && line.contains(',')
        }
        _ => (starts && line.contains("->")) || line.contains("-->"),
    }
}

fn hint(form: Form) -> &'static str {
    match form {
        Form::SubViewer => "Expected `0:00:01.000,0:00:04.000`.",
        _ => "Expected `00:00:01,000 --> 00:00:04,000`.",
    }
}

/// A cue under way.
struct Open<'a> {
    id: &'a str,
    times: (Moment, Moment),
    lines: Vec<&'a str>,
}

struct Reader<'a> {
    form: Form,
    cues: Vec<Cue>,
    open: Option<Open<'a>>,
    /// Lines since the last empty one: text, or the number of the next cue.
    waiting: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        if line.trim().is_empty() {
            self.settle();
            if let Some(open) = self.open.as_mut().filter(|open| !open.lines.is_empty()) {
                open.lines.push("");
            }
        } else {
            self.waiting.push(line);
        }
    }

    /// What waited is text of the open cue, if there is one.
    fn settle(&mut self) {
        match &mut self.open {
            Some(open) => open.lines.append(&mut self.waiting),
            None => self.waiting.clear(),
        }
    }

    fn start(&mut self, times: (Moment, Moment)) {
        let id = self.number().unwrap_or("");
        self.close();
        self.open = Some(Open { id, times, lines: Vec::new() });
    }

    /// The number of the cue that starts now, taken from the lines that wait.
    fn number(&mut self) -> Option<&'a str> {
        if self.form != Form::SubRip {
            return None;
        }
        self.waiting.pop_if(|line| line.trim().bytes().all(|b| b.is_ascii_digit())).map(str::trim)
    }

    fn close(&mut self) {
        self.settle();
        let Some(mut open) = self.open.take() else { return };
        while open.lines.last().is_some_and(|line| line.is_empty()) {
            open.lines.pop();
        }
        let raw = open.lines.join("\n");
        let turns = said(self.form, &raw);
        self.cues.push(Cue::new(open.id.to_owned(), open.times, raw, turns));
    }
}

/// What a payload says.
fn said(form: Form, raw: &str) -> Vec<Turn> {
    if form == Form::SubRip && raw.contains("<v ") {
        return cue_text::turns(raw);
    }
    let text = if form == Form::SubViewer { raw.replace("[br]", "\n") } else { raw.to_owned() };
    Turn::tidied(vec![Turn { speaker: None, text: without_tags(&text) }])
}

/// The tags that players know in SRT; others are text, such as `Vec<T>`.
const TAGS: [&str; 10] = ["i", "b", "u", "s", "font", "c", "v", "span", "ruby", "rt"];

/// `text` without tags and `{\an8}`, references (with their semicolon) resolved.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = match rest.as_bytes()[0] {
            b'<' => (if is_line_break(rest) { "\n" } else { "" }.to_owned(), tag(rest)),
            b'{' => (String::new(), style(rest)),
            _ => match references::resolve(&rest[1..]) {
                Some((resolved, length)) if rest[..=length].ends_with(';') => (resolved, Some(length + 1)),
                _ => (String::new(), None),
            },
        };
        let length = if let Some(length) = length {
            plain.push_str(&shown);
            length
        } else {
            plain.push_str(&rest[..1]);
            1
        };
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

fn is_line_break(text: &str) -> bool {
    text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

/// No tag that means something is longer.
const LONGEST_TAG: usize = 200;

/// The length of the tag that `text` starts with, if it is one that players know.
fn tag(text: &str) -> Option<usize> {
    let end = text.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let inside = text[1..end].trim_start_matches('/');
    let name = inside.split([' ', '.', '/']).next().unwrap_or("").to_ascii_lowercase();
    (TAGS.contains(&name.as_str()) || name == "br").then_some(end + 1)
}

/// The length of a style in braces, such as `{\an8}`.
fn style(text: &str) -> Option<usize> {
    text.strip_prefix("{\\")?;
    text.bytes().take(LONGEST_TAG).position(|b| b == b'}').map(|end| end + 1)
}

/// `text` so that it reads as itself in SRT: only what would be taken for a tag, a reference or times is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match c {
            '&' if references::resolve(&rest[1..]).is_some() => safe.push_str("&amp;"),
            '<' if tag(rest).is_some() || rest.starts_with("<v ") => safe.push_str("&lt;"),
            '{' if rest.starts_with("{\\") => safe.push_str("&#123;"),
            '>' if text[..at].ends_with('-') => safe.push_str("&gt;"),
            c => safe.push(c),
        }
    }
    safe
}
