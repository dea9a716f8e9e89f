//! The text that is being read, and what was found wrong with it so far.
//!
//! Findings are collected behind a shared reference, so that a reader of one key never has to hand them on.

use std::cell::RefCell;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

/// How many findings one file may have; a file with more is not mended by reading them all.
const MOST: usize = 100;

/// A file's text and its findings.
#[derive(Debug)]
pub struct Source<'a> {
    path: &'a SourcePath,
    text: &'a str,
    lines: Vec<usize>,
    found: RefCell<Vec<Diagnostic>>,
    dropped: RefCell<usize>,
}

impl<'a> Source<'a> {
    /// Nothing found yet in `text`, the whole text of `path`.
    pub fn new(path: &'a SourcePath, text: &'a str) -> Self {
        Self::up_to(path, text, text.len())
    }

    /// The same where only the first `end` bytes will be read: the lines after them need not be counted.
    pub fn up_to(path: &'a SourcePath, text: &'a str, end: usize) -> Self {
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..end.min(text.len())]).collect();
        Self { path, text, lines, found: RefCell::default(), dropped: RefCell::new(0) }
    }

    /// Where the text comes from.
    pub fn path(&self) -> &'a SourcePath {
        self.path
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// What stands at `span`; nothing where that is no part of the text.
    pub fn slice(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|newline| *newline < at) + 1
    }

    /// Keeps `diagnostic` with the place of `span`.
    pub fn report(&self, span: &Range<usize>, diagnostic: Diagnostic) {
        let mut found = self.found.borrow_mut();
        if found.len() < MOST {
            found.push(diagnostic.at(Place::in_text(self.path, self.text, span.clone())));
        } else {
            *self.dropped.borrow_mut() += 1;
        }
    }

    /// What was found so far, which is then forgotten.
    pub fn take(&self) -> Vec<Diagnostic> {
        self.found.take()
    }

    /// All that was found, in the order of the file.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        crate::diagnostic::sort(&mut found);
        let dropped = self.dropped.into_inner();
        if dropped > 0 {
            let message = format!("{dropped} more findings in this file are not shown");
            found.push(Diagnostic::error("too-many-findings", message).at(Place::file(self.path)));
        }
        found
    }
}
