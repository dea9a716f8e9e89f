//! The disk: sources come in through [`mod@read`], the site goes out through [`mod@write`], and [`cache`] remembers
//! between builds what pure stages made.
//!
//! This room decides nothing about documents or pages. It knows paths, diagnostics, sources and the sink.

pub mod assets;
pub mod cache;
mod links;
mod mark;
pub mod new;
mod output;
pub mod read;
mod refresh;
pub mod single;
mod staging;
mod text;
mod walk;
pub mod write;

use std::fmt;
use std::path::Path;

use crate::diagnostic::Diagnostic;

pub use assets::DiskAssets;
pub use cache::DiskCache;
pub use new::{Created, create, make_folder, text_of};
pub use read::{ReadPlan, Sources, config_file, find_root, read};
pub use refresh::{Changes, Refreshed};
pub use write::{DiskSink, WritePlan, Written};

/// The name of the configuration, which also marks a site's root.
pub const CONFIG: &str = "threadmark.yml";

/// The file in an output folder that says that the folder is ours to replace.
pub const MARK: &str = ".threadmark";

/// The folder below a site's root that holds caches.
pub use cache::FOLDER as CACHE;

/// The hash of this program: what another program remembers says nothing about what this one would do. `None` where
/// it can't be read.
pub fn program() -> Option<[u8; 32]> {
    let file = std::env::current_exe().and_then(std::fs::File::open).ok()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).ok()?;
    Some(*hasher.finalize().as_bytes())
}

/// Why a command can't go on at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// What was asked for makes no sense, or would destroy something: exit status 2.
    Usage(Diagnostic),
    /// The machine failed us (disk, permission): exit status 3.
    Machine(Diagnostic),
}

impl Failure {
    /// The exit status that this ends with.
    pub const fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Machine(_) => 3,
        }
    }

    /// What to tell.
    pub const fn diagnostic(&self) -> &Diagnostic {
        match self {
            Self::Usage(diagnostic) | Self::Machine(diagnostic) => diagnostic,
        }
    }

    /// The machine could not `action` the file or folder `path`.
    pub(crate) fn io(action: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Machine(Diagnostic::error("disk", format!("cannot {action} `{}`: {error}", path.display())))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic().message)
    }
}

impl std::error::Error for Failure {}
