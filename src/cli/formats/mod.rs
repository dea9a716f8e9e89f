//! Findings for other programs: GitHub's workflow commands, JSON, SARIF. Text in, text out; nothing here prints.
//!
//! What a document says reaches each of them as data: nothing of it ends a line, a property or a string.

mod github;
mod json;
mod sarif;

pub use github::render as github;
pub use json::render as json;
pub use sarif::render as sarif;

use std::fmt::Write as _;

use super::report::is_dangerous;
use crate::diagnostic::{Place, Severity};

/// How `check` prints what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, on standard error.
    #[default]
    #[value(help = "For people, on standard error")]
    Human,
    /// Workflow commands, which GitHub shows at the lines of a pull request.
    #[value(help = "Workflow commands, which GitHub shows at the lines of a pull request")]
    Github,
    /// One array of objects.
    #[value(help = "An array with one object for each finding")]
    Json,
    /// SARIF 2.1.0, for code scanning.
    #[value(help = "SARIF 2.1.0, for code scanning")]
    Sarif,
}

/// The word for a severity in data.
const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The path from the root of the repository, in which the site lies at `prefix`.
fn from_root(place: &Place, prefix: &str) -> String {
    if prefix.is_empty() { place.path.to_string() } else { format!("{prefix}/{}", place.path) }
}

/// JSON on several lines. Whatever could act in a terminal is escaped, also what JSON allows to stand as it is.
fn pretty(value: &serde_json::Value) -> String {
    let mut out = String::new();
    // A value of texts and numbers can always be written.
    for c in format!("{value:#}\n").chars() {
        if c != '\n' && is_dangerous(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
