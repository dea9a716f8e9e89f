//! What is served: a site that makes a file when a browser asks for it, and somebody who makes a new site of it after each
//! change.

use std::fs::File;

use axum::body::Bytes;

use crate::diagnostic::Diagnostic;
use crate::disk::Changes;

/// A site as the server sees it. Paths are those of the output, such as `specs/queue/index.html`.
pub trait Served: Send + Sync {
    /// Where its root is served: a path with a slash at both ends, never percent-encoded.
    fn base(&self) -> &str;

    /// Tells it from any other that the process served before: browsers load a page again when they hear of another.
    fn version(&self) -> &str;

    /// Whether there is a file at `path`. Cheap: nothing is made.
    fn has(&self, path: &str) -> bool;

    /// The file at `path`, made now. May take its time.
    fn make(&self, path: &str) -> Made;
}

/// A file that was asked for.
#[derive(Debug)]
pub enum Made {
    /// Its bytes.
    Bytes(Bytes),
    /// A file of the disk, opened, with its length.
    File(File, u64),
    /// It can't be made, for these reasons.
    Failed(Vec<Diagnostic>),
    /// It is not there, or not any more.
    Missing,
}

/// Makes the site again and again.
pub trait Builder: Send {
    /// The site after `changes`; the first time, after anything.
    fn build(&mut self, changes: &Changes) -> BuildOutcome;

    /// Does what can wait until browsers know of the site, unless there is something `newer` to build, and gives everything
    /// found since; `None` where nothing was left to do.
    fn finish(&mut self, newer: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
        let _ = newer;
        None
    }
}

impl<F: FnMut(&Changes) -> BuildOutcome + Send> Builder for F {
    fn build(&mut self, changes: &Changes) -> BuildOutcome {
        self(changes)
    }
}

/// What one build made.
#[derive(Default)]
pub struct BuildOutcome {
    /// The site; `None` where errors kept it from being made.
    pub site: Option<Box<dyn Served>>,
    /// Everything found. Errors are shown in the browser.
    pub diagnostics: Vec<Diagnostic>,
}
