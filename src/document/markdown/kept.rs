//! The nodes of a document until somebody has read them again.

use std::sync::{Mutex, PoisonError};

use super::Tape;

/// What was kept of a document's first walk. Whoever reads it takes it away: the nodes of a large site are too much to
/// be held until the last of its pages is made.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<Tape>>);

impl Kept {
    /// Keeps the nodes, if they are to be kept.
    pub fn new(nodes: Option<Tape>) -> Self {
        Self(Mutex::new(nodes))
    }

    /// The nodes, the first time that they are asked for.
    pub fn take(&self) -> Option<Tape> {
        // Nothing can be left half done in it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A copy is walked again: nodes are worth their room to one reader only.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}
