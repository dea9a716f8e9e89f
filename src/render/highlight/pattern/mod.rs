//! Patterns of grammars: compiled once, matched at one place of a line, within a budget of steps.
//!
//! Why an own matcher: a grammar is tried at every position of every line, and which of its patterns can match there is nearly always
//! decided by the next byte. Matching in place with that knowledge is several times faster than searching each line for each pattern.
//! Of all patterns of a context, `sieve` finds those that are worth trying. And every step is counted, so that hostile text ends at the
//! same step on every machine. A general engine offers neither.

mod around;
mod charset;
mod compile;
mod edge;
mod first;
mod front;
mod matcher;
mod shelf;
mod sieve;
mod switch;
#[cfg(test)]
mod tests;
mod width;

pub(super) use compile::Unsupported;
pub(super) use matcher::Matcher;
pub(super) use sieve::{Sieve, Sifted};

use charset::CharSet;
use first::First;
use std::sync::Arc;
use switch::Switch;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    program: Box<[Inst]>,
    first: First,
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

    fn first(&self) -> &First {
        &self.first
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
    /// The end of the pattern, or of what a look around looks for.
    Accept,
    /// The end of an atomic part.
    Leave,
}

/// ASCII characters of words; every engine counts these.
#[inline]
const fn is_word_byte(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}
