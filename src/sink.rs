//! Where rendered files go: the disk in a build, memory in `serve` and in tests.

use crate::path::{OutputPath, SourcePath};

/// What a rendered file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a source file, as it is.
    Copy(SourcePath),
}

/// A file that could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinkError {
    /// What was tried and on which path, such as `write specs/queue/index.html`.
    pub action: String,
    /// The machine's own words.
    pub reason: String,
}

impl std::fmt::Display for SinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot {}: {}", self.action, self.reason)
    }
}

impl std::error::Error for SinkError {}

/// Takes rendered files as they are made, from many threads, each path once.
pub trait Sink: Sync {
    /// Stores `content` as `path`.
    ///
    /// # Errors
    /// Where the machine fails; the build then ends without a change.
    fn put(&self, path: &OutputPath, content: Content) -> Result<(), SinkError>;
}
