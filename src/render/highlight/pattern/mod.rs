//! Patterns of grammars: compiled once, matched at one place of a line, within a budget of steps.
//!
//! Why an own matcher: a grammar is tried at every position of every line, and which of its patterns can match there is nearly always
//! decided by the next byte. Matching in place with that knowledge is several times faster than searching each line for each pattern.
//! And every step is counted, so that hostile text ends at the same step on every machine. A general engine offers neither.

mod charset;
mod compile;
mod first;
mod matcher;
mod switch;
#[cfg(test)]
mod tests;
mod width;

pub(super) use compile::Unsupported;
pub(super) use first::{First, Opening, is_word_byte};
pub(super) use matcher::Matcher;

use charset::CharSet;
use std::sync::Arc;
use switch::Switch;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    program: Box<[Inst]>,
    first: First,
    opening: Opening,
    /// Number of groups, the whole match included.
    groups: usize,
    /// Number of places that a match remembers: two per group, one per loop.
    slots: usize,
}

impl Pattern {
    /// Compiles the notation that grammars use (Oniguruma's). `captures`: whether the places of its groups are wanted.
    ///
    /// # Errors
    /// What the notation has that this matcher doesn't know.
    pub(super) fn new(notation: &str, captures: bool) -> Result<Self, Unsupported> {
        compile::compile(notation, captures)
    }

    pub(super) fn first(&self) -> &First {
        &self.first
    }

    pub(super) fn opening(&self) -> Opening {
        self.opening
    }
}

#[derive(Debug)]
enum Inst {
    Literal(Box<[u8]>),
    Set(Arc<CharSet>),
    /// One set, as often as it goes; `gives_back` one character at a time when what follows fails.
    Run {
        set: Arc<CharSet>,
        min: usize,
        max: usize,
        gives_back: bool,
    },
    Jump(usize),
    /// Tries the first, then the second.
    Fork(usize, usize),
    Switch(Box<Switch>),
    Save(usize),
    /// Fails when nothing was consumed since the place was saved: a loop over nothing.
    Progress(usize),
    Ahead {
        end: usize,
        wanted: bool,
    },
    Behind {
        end: usize,
        wanted: bool,
        min: usize,
        max: usize,
    },
    Atomic {
        end: usize,
    },
    Backref(usize, bool),
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    SearchStart,
    Boundary(bool),
    Fail,
    Accept,
}
