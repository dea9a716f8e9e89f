//! `check --explain`: what a code is for, an example, and how to mend it, from the table of codes.

use std::fmt::Write as _;

use crate::diagnostic::codes::{self, Code, SaidBy};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::Failure;

/// The word that asks for all codes.
const LIST: &str = "list";

/// What there is to say about the code `name`, or a line for each.
///
/// # Errors
/// Where there is no such code; the nearest is suggested.
pub(super) fn explain(name: &str) -> Result<String, Failure> {
    if name == LIST {
        return Ok(list());
    }
    codes::find(name).map(whole).ok_or_else(|| {
        let found = Diagnostic::error("unknown-code", format!("there is no code `{name}`"));
        let found = found.suggest(name, codes::all().map(|code| code.name));
        Failure::Usage(found.hint("`threadmark check --explain list` has all of them."))
    })
}

fn list() -> String {
    let mut all: Vec<&Code> = codes::all().collect();
    all.sort_by_key(|code| code.name);
    let widest = all.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let line =
        |code: &&Code| format!("{:<widest$}  {:<8} {}\n", code.name, word(code.severities[0]), code.line);
    all.iter().map(line).collect()
}

fn whole(code: &'static Code) -> String {
    let severities: Vec<&str> = code.severities.iter().map(|severity| word(*severity)).collect();
    let said_by = match code.said_by {
        SaidBy::Check => ", from `check` alone",
        SaidBy::Reading | SaidBy::Running => "",
    };
    let mut text = format!("{} ({}{said_by})\n\n", code.name, severities.join(" or "));
    let _ = writeln!(text, "{}\n", wrapped(&format!("{}. {}", capital(code.line), code.why)));
    let _ = writeln!(text, "For example:\n\n{}\n", indented(code.example));
    let _ = writeln!(text, "{}", wrapped(&format!("To mend it: {}", code.mend)));
    if code.is_adjustable() {
        let setting = format!("`checks: {{ {}: off }}` (or error, warning, note)", code.name);
        let _ =
            writeln!(text, "\n{}", wrapped(&format!("In threadmark.yml, {setting} changes what it weighs.")));
    }
    text
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn capital(line: &str) -> String {
    let mut letters = line.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn indented(example: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
    example.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// How long a line is.
const WIDTH: usize = 80;

fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > WIDTH {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += letters;
    }
    out
}
