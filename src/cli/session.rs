//! What the commands that read a site share: where it is, what the options say, how findings are shown.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::arguments::Common;
use super::report;
use crate::config::Overrides;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Failure};
use crate::pipeline::Options;
use crate::time::Clock;

/// How many warnings and notes are shown when nobody asked for all of them.
const MOST_SHOWN: usize = 12;

/// Threads get room for deep documents: what is refused as too deep must be refused, not overflow.
pub(super) const STACK: usize = 16 * 1024 * 1024;

/// The exit status of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing wrong.
    Clean = 0,
    /// Errors in the content.
    Content = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The machine failed us: disk, permission.
    Machine = 3,
}

impl Status {
    /// What a failure ends with.
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Usage(_) => Self::Usage,
            Failure::Machine(_) => Self::Machine,
        }
    }
}

/// Writes to standard error. That nobody listens is no failure.
pub(super) fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

impl Common {
    /// Whether messages are coloured.
    pub fn colored(&self) -> bool {
        let no_color = std::env::var("NO_COLOR").ok();
        self.color.wanted(std::io::stderr().is_terminal(), no_color.as_deref())
    }

    /// What these options mean for a build into `output` (relative to the current folder).
    pub fn options(&self, output: Option<&Path>) -> Result<Options, Failure> {
        Ok(Options {
            overrides: Overrides { base_url: self.base_url.clone() },
            drafts: self.drafts,
            clock: self.clock()?,
            branch: std::env::var("GITHUB_REF_NAME").ok(),
            output: output.map(absolute),
        })
    }

    fn clock(&self) -> Result<Clock, Failure> {
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
        let (name, text) = match (&self.now, &epoch) {
            (Some(text), _) => ("--now", text),
            (None, Some(text)) => ("SOURCE_DATE_EPOCH", text),
            (None, None) => return Ok(Clock { now: Timestamp::now() }),
        };
        Clock::parse(text).map_err(|error| {
            let message = format!("`{text}` in {name} is not a time");
            Failure::Usage(Diagnostic::error("bad-time", message).hint(error.to_string()))
        })
    }

    /// Sets up as many threads as `--jobs` says.
    pub fn threads(&self) -> Result<(), Failure> {
        let jobs = usize::from(self.jobs.unwrap_or(0));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK);
        let failed =
            |error| Failure::Machine(Diagnostic::error("threads", format!("cannot start threads: {error}")));
        pool.build_global().map_err(failed)
    }

    /// Shows `found`: every error, and as many others as a person wants to see at once.
    pub fn show(&self, found: &[Diagnostic]) {
        let (errors, mut others): (Vec<_>, Vec<_>) =
            found.iter().cloned().partition(|d| d.severity == Severity::Error);
        if self.quiet {
            return say(&report::render(&errors, self.colored()));
        }
        crate::diagnostic::sort(&mut others);
        others.dedup();
        let hidden = if self.verbose { 0 } else { others.len().saturating_sub(MOST_SHOWN) };
        let more = report::summary(&others[others.len() - hidden..]);
        others.truncate(others.len() - hidden);
        let mut shown = errors;
        shown.extend(others);
        let mut text = report::render(&shown, self.colored());
        if hidden > 0 {
            let _ = writeln!(text, "... and {more} more; `--verbose` shows all of them.");
        }
        say(&text);
    }
}

/// The site's folder: `dir`, else the nearest one at or above the current folder that has a configuration.
pub(super) fn root(dir: Option<&Path>) -> PathBuf {
    dir.map_or_else(|| disk::find_root(Path::new(".")), absolute)
}

/// `path` from the current folder; what can't be made absolute fails where it is used.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // `DIR/.` and `DIR` are one folder, and its name is wanted for a title.
    whole.components().collect()
}

/// In `strict` builds whatever is not as its author meant it stops the build.
pub(super) fn strictly(found: &mut [Diagnostic], strict: bool) {
    if strict {
        for diagnostic in found.iter_mut().filter(|d| d.severity == Severity::Warning) {
            diagnostic.severity = Severity::Error;
        }
    }
}
