//! What is said of a transcript that can't be read as it stands.

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

/// So many cues are shown one by one; a file with more has one thing wrong with it, not hundreds.
const MOST_SHOWN: usize = 50;

/// The findings of one file as they come.
pub(super) struct Findings<'a> {
    path: &'a SourcePath,
    text: &'a str,
    found: Vec<Diagnostic>,
    more: usize,
}

impl<'a> Findings<'a> {
    pub fn new(path: &'a SourcePath, text: &'a str) -> Self {
        Self { path, text, found: Vec::new(), more: 0 }
    }

    /// The cue on line `line` (from 1) is left out, because of `what`; `hint` says how to mend it.
    pub fn unreadable(&mut self, line: usize, what: &str, hint: impl Into<String>) {
        if self.found.len() == MOST_SHOWN {
            self.more += 1;
            return;
        }
        let place = Place::line(self.path, self.text, line);
        self.found.push(
            Diagnostic::warning("unreadable-cue", format!("{what}; it is left out")).at(place).hint(hint),
        );
    }

    /// It is a transcript, but nothing is said in it.
    pub fn empty(&mut self) {
        let message = format!("`{}` has no cue that can be read", self.path);
        self.found.push(Diagnostic::warning("empty-transcript", message).at(Place::file(self.path)));
    }

    pub fn all(mut self) -> Vec<Diagnostic> {
        if self.more > 0 {
            let message = format!("{} more cues of `{}` can't be read", self.more, self.path);
            self.found.push(Diagnostic::warning("unreadable-cue", message).at(Place::file(self.path)));
        }
        self.found
    }
}

/// The text has the form of no transcript.
pub(super) fn not_a_transcript(path: &SourcePath, text: &str) -> Diagnostic {
    let found = Diagnostic::error("not-a-transcript", format!("`{path}` is no transcript"));
    let first = text.lines().next().unwrap_or("");
    if first.trim().is_empty() { found.at(Place::file(path)) } else { found.at(Place::line(path, text, 1)) }
        .hint("A WebVTT file starts with the line `WEBVTT`.")
        .hint("SRT has times such as `00:00:01,000 --> 00:00:04,000`, SBV such as `0:00:01.000,0:00:04.000`.")
}
