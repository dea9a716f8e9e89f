//! Why a text is no YAML, in words that help: most mistakes are a character that wants quotes.
//!
//! The parser says where it gave up; the line there mostly tells why.

use std::ops::Range;

use super::Source;
use crate::diagnostic::Diagnostic;

/// Reports what is wrong at byte `at` of the file, where the parser said `info`.
pub(super) fn syntax(source: &Source<'_>, block: &Range<usize>, at: usize, info: &str) {
    // At the very end of the block, the last line is what was left unfinished.
    let at = at.clamp(block.start, last_character(source, block));
    let mut line = line_around(source, block, at);
    // A tab after a value without quotes is found while that value is read, and told with its place.
    if info.contains("found a tab") {
        line = tabbed_line(source, block, line.start).unwrap_or(line);
    }
    let above =
        line.start.checked_sub(1).filter(|end| *end > block.start).map(|end| line_around(source, block, end));
    let of_above = above.and_then(|above| reason_above(source, &above, info));
    let Reason { span, message, hint } = of_above.unwrap_or_else(|| reason(source, &line, at, info));
    source.report(&span, Diagnostic::error("yaml-syntax", message).hint(hint));
}

/// The first line from `start` on that a tab indents.
fn tabbed_line(source: &Source<'_>, block: &Range<usize>, start: usize) -> Option<Range<usize>> {
    let rest = source.slice(&(start..block.end));
    let offsets = rest.split_inclusive('\n').scan(start, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let mut tabbed = offsets.filter(|(_, line)| line.trim_start_matches(' ').starts_with('\t'));
    tabbed.next().map(|(at, _)| line_around(source, block, at))
}

fn last_character(source: &Source<'_>, block: &Range<usize>) -> usize {
    let text = source.slice(block).trim_end();
    text.char_indices().next_back().map_or(block.start, |(at, _)| block.start + at)
}

fn line_around(source: &Source<'_>, block: &Range<usize>, at: usize) -> Range<usize> {
    let before = source.slice(&(block.start..at));
    let start = before.rfind('\n').map_or(block.start, |i| block.start + i + 1);
    let rest = source.slice(&(at..block.end));
    let end = rest.find('\n').map_or(block.end, |i| at + i);
    start..start + source.slice(&(start..end)).trim_end().len()
}

/// Between braces and brackets, more characters have a meaning.
const IN_BRACES: &str = "Between brackets and braces, put texts with `[`, `{`, `,` or `: ` in quotes, such as \
                         `\"2026-11-26T17:00[Europe/Berlin]\"`.";

/// Why a line can't be read.
struct Reason {
    span: Range<usize>,
    message: String,
    hint: String,
}

impl Reason {
    fn new(span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: hint.into() }
    }
}

fn reason(source: &Source<'_>, line: &Range<usize>, at: usize, info: &str) -> Reason {
    let text = source.slice(line);
    let indent = text.len() - text.trim_start().len();
    if text[..indent].contains('\t') {
        let span = line.start..line.start + indent;
        let hint = "Indent with spaces; YAML allows no tabs there.";
        return Reason::new(span, "a tab indents this line", hint);
    }
    if info.contains("unknown anchor") {
        let message = "a value that starts with `*` is an alias of YAML";
        return Reason::new(at..at + 1, message, quote_it(source, line));
    }
    if let Some(value) = value_span(source, line)
        && let Some(message) = value_reason(source.slice(&value), info)
    {
        let whole = !source.slice(&value).starts_with('{');
        return Reason::new(value, message, if whole { quote_it(source, line) } else { IN_BRACES.into() });
    }
    let fits_nowhere =
        info.contains("mapping values") || info.contains("expected key") || info.contains("document start");
    if fits_nowhere && value_span(source, line).is_some() {
        let message = "the indentation of this line fits none of the lines above it";
        let hint =
            "Start the keys that belong together in the same column, and what is inside them further right.";
        return Reason::new(line.start + indent..line.end, message, hint);
    }
    let width = source.slice(&(at..line.end)).chars().next().map_or(0, char::len_utf8);
    if info.contains("flow") {
        let message = format!("this is no YAML: {}", tidy(info));
        return Reason::new(at..at + width, message, IN_BRACES);
    }
    let hint = "Front matter and configuration are lines of `key: value`; put values with special characters in quotes.";
    Reason::new(at..at + width, format!("this is no YAML: {}", tidy(info)), hint)
}

/// What is wrong with the line above the one where the parser gave up, if it is that line.
fn reason_above(source: &Source<'_>, line: &Range<usize>, info: &str) -> Option<Reason> {
    let text = source.slice(line);
    let (start, bare) = (line.end - text.trim_start().len(), text.trim());
    if let Some(value) = value_span(source, line) {
        let count = |signs: [char; 2]| source.slice(&value).matches(signs).count();
        let open = source.slice(&value).starts_with(['[', '{']) && count(['[', '{']) > count([']', '}']);
        let hint = "Close it on the same line, or put the value in quotes.";
        return open.then(|| Reason::new(value, "the bracket that opens here is not closed", hint));
    }
    let stray =
        !bare.is_empty() && !bare.starts_with(['#', '-', '\'', '"']) && !bare.ends_with([':', '"', '\'']);
    if !stray || !(info.contains("simple key") || info.contains("mapping values")) {
        return None;
    }
    let message =
        if bare.contains(':') { "a space is missing after the colon" } else { "this line has no `key:`" };
    Some(Reason::new(start..line.end, message, "Front matter and configuration are lines of `key: value`."))
}

/// What is wrong with the value of a line, if it is the value.
fn value_reason(value: &str, info: &str) -> Option<String> {
    let first = value.chars().next()?;
    let quoted = matches!(first, '"' | '\'');
    if matches!(first, '@' | '`' | '%') {
        return Some(format!("a value can't start with `{first}` unless it is in quotes"));
    }
    if quoted && (info.contains("trailing content") || info.contains("did not find expected")) {
        return Some("text follows the closing quote".into());
    }
    if quoted && info.contains("escape") {
        return Some("a backslash in double quotes starts an escape that YAML does not have".into());
    }
    if quoted && info.contains("quoted scalar") {
        return Some("the quote that opens here is not closed".into());
    }
    if matches!(first, '|' | '>') && info.contains("block scalar") {
        return Some(format!("text can't follow `{first}` on its line unless it is in quotes"));
    }
    if value.contains(": ") && info.contains("mapping values") && !quoted {
        return Some("a colon and a space inside a value need quotes around it".into());
    }
    let flow = matches!(first, '[' | '{');
    let broken = info.contains("did not find expected") || info.contains("illegal placement");
    (flow && broken)
        .then(|| format!("what `{first}` opens here is not closed, or text follows where it closes"))
}

/// The value of a line `key: value` or `- key: value`.
fn value_span(source: &Source<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let text = source.slice(line);
    let start = text.len() - text.trim_start_matches([' ', '-']).len();
    let colon = start + text[start..].find(": ")?;
    let value = text[colon + 1..].trim_start();
    (!value.is_empty()).then(|| line.end - value.len()..line.end)
}

fn quote_it(source: &Source<'_>, line: &Range<usize>) -> String {
    let Some(value) = value_span(source, line) else {
        return "Put it in quotes.".into();
    };
    let start = source.slice(&(line.start..value.start)).trim_start();
    let value = source.slice(&value).trim_matches(['"', '\'']);
    if value.chars().count() > 80 {
        return format!("Put it in quotes: `{start}\"...\"`");
    }
    if value.contains(['"', '\\']) {
        return format!("Put it in quotes: `{start}'{}'`", value.replace('\'', "''"));
    }
    format!("Put it in quotes: `{start}\"{value}\"`")
}

fn tidy(info: &str) -> &str {
    info.split(" at line ").next().unwrap_or(info)
}
