//! What a build reads, as values: texts loaded, everything else by reference, and what git knows.
//!
//! Reading the disk is `disk::read`'s work; asking git is [`git`]'s.

pub mod git;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;

use crate::path::SourcePath;

/// What Kubernetes' enhancement proposals call the file that holds the facts of the `README.md` beside it.
pub const RECORD_FILE: &str = "kep.yaml";

/// A text file, loaded whole and valid UTF-8; a byte order mark is already gone.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it lies, relative to the site's root.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// A file that is not read unless something needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssetFacts {
    /// In bytes.
    pub size: u64,
    /// When it was changed last, where the file system knows: with the size what tells whether it is still the same.
    pub changed: Option<SystemTime>,
}

impl AssetFacts {
    /// Whether a file with these facts is the one that had the `earlier` ones.
    pub fn tells(&self, earlier: &Self) -> bool {
        self.changed.is_some() && self == earlier
    }
}

/// A part of a user's theme folder, by its path below that folder.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Such as `templates/base.html` or `css/type.css`.
    pub name: String,
    /// Where it lies, for diagnostics.
    pub path: SourcePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Everything below a site's root that a build may use, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// The root folder's own name, for a default title; never a path.
    pub name: String,
    /// `threadmark.yml`, where there is one.
    pub config: Option<SourceFile>,
    /// All Markdown below the content root that is not left out.
    pub documents: Vec<SourceFile>,
    /// Files with the facts of a record whose text lies beside them ([`RECORD_FILE`]); they are among `assets` too.
    pub records: Vec<SourceFile>,
    /// All other files below the content root and all below `static/`, by path.
    pub assets: BTreeMap<SourcePath, AssetFacts>,
    /// The files of the configured theme folder.
    pub theme: Vec<ThemeFile>,
    /// What git knows.
    pub git: GitHistory,
}

/// Reads the bytes of an asset: the disk in a build, a map in a test.
pub trait AssetReader: Sync {
    /// At most `limit` bytes from the start of `path`.
    ///
    /// # Errors
    /// A sentence that says why the file can't be read.
    fn read(&self, path: &SourcePath, limit: u64) -> Result<Vec<u8>, String>;

    /// Whether there is a file or folder at `path`, published or not.
    fn exists(&self, path: &SourcePath) -> bool;
}

/// What git knows of the site; empty outside a repository and in shallow clones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct GitHistory {
    /// When each file was first and last changed by a commit.
    pub files: BTreeMap<SourcePath, GitFacts>,
    /// The web address of the remote `origin`, without `.git`.
    pub remote: Option<String>,
    /// The branch that edit links should name.
    pub branch: Option<String>,
    /// The site's root inside the repository, `""` or `docs/site`, for edit links.
    pub prefix: String,
    /// The commit that the work tree stands on, as 40 hex digits.
    pub head: Option<String>,
    /// Why dates are left out, where they are: said once.
    pub left_out: Option<String>,
}

/// The commits of one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GitFacts {
    /// The author date of the commit that added it.
    pub created: Timestamp,
    /// The author date of the commit that changed it last.
    pub updated: Timestamp,
    /// The author dates of the commits that changed it, newest first: at most [`GitFacts::KEPT`].
    pub changes: Vec<Timestamp>,
}

impl GitFacts {
    /// How many changes of a file are kept.
    pub const KEPT: usize = 16;
}
