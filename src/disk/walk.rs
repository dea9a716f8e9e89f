//! The walk over a site's folders: every file that may be used, by the path it is shown under and the path it
//! really has. Nothing is opened here.
//!
//! Numbered, because the order is the point:
//! 1. [`walkdir`] goes over one real folder, never through links.
//! 2. A link that may be followed ([`links`](super::links)) to a file is that file; one to a folder is put on a list,
//!    with the places of the links that led there.
//! 3. The folders on the list are walked in turn. One that holds any of those places is a loop.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;
use crate::source::AssetFacts;

use super::links::{Target, follow};
use super::{Failure, MARK};

/// Folders of other tools that never hold sources.
const FOREIGN: [&str; 3] = ["node_modules", "target", "_site"];

/// The one hidden folder that is published: RFC 8615 gives it its name.
const WELL_KNOWN: &str = "static/.well-known";

/// How many entries are read through links to folders: links that fan out would otherwise multiply.
const LINKED: usize = 50_000;

/// A file that was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path without links.
    pub(super) real: PathBuf,
    /// Size and time, where they are known already.
    facts: Option<AssetFacts>,
}

impl Found {
    fn linked(real: PathBuf, meta: &Metadata) -> Self {
        Self { real, facts: Some(facts(meta)) }
    }

    /// Its size and when it was changed last. Nobody asks that of a document, so the file system is asked here only.
    pub(super) fn facts(&self) -> Result<AssetFacts, Failure> {
        self.facts.map_or_else(
            || {
                self.real
                    .symlink_metadata()
                    .map(|meta| facts(&meta))
                    .map_err(|error| Failure::io("read", &self.real, &error))
            },
            Ok,
        )
    }
}

pub(super) fn facts(meta: &Metadata) -> AssetFacts {
    AssetFacts { size: meta.len(), changed: meta.modified().ok() }
}

/// What a walk leaves out.
pub(super) struct Rules<'a> {
    /// The site's root, without links in its path.
    pub(super) root: &'a Path,
    /// The output folder, without links in its path.
    pub(super) output: &'a Path,
    /// What the configuration leaves out, on paths below the walked folder.
    pub(super) exclude: &'a GlobSet,
}

/// A real folder still to be walked.
struct Folder {
    /// Its real path.
    real: PathBuf,
    /// Its shown path below the root, `""` for the root.
    shown: String,
    /// The real folders of the links that led here.
    through: Vec<PathBuf>,
}

/// The files found so far, and what is wrong with the others.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) files: BTreeMap<SourcePath, Found>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether a link was come across that leads anywhere.
    pub(super) through_links: bool,
    linked: usize,
}

/// The globs of `exclude`; each that is none becomes a diagnostic.
pub(super) fn globs(exclude: &[String]) -> (GlobSet, Vec<Diagnostic>) {
    let mut set = GlobSetBuilder::new();
    let mut diagnostics = Vec::new();
    for pattern in exclude {
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => diagnostics.push(Diagnostic::error(
                "exclude",
                format!("`{pattern}` in `exclude` is not a glob: {}", error.kind()),
            )),
        }
    }
    (set.build().unwrap_or_else(|_| GlobSet::empty()), diagnostics)
}

impl Walk {
    /// Walks the folder `real`, which is shown as `shown` (`""` is the root).
    pub(super) fn folder(&mut self, rules: &Rules<'_>, real: PathBuf, shown: &str) -> Result<(), Failure> {
        let mut queue = VecDeque::from([Folder { real, shown: shown.to_owned(), through: Vec::new() }]);
        let top = shown;
        while let Some(folder) = queue.pop_front() {
            let walk = WalkDir::new(&folder.real).sort_by_file_name();
            for entry in walk.into_iter().filter_entry(|entry| wanted(rules, &folder, top, entry)) {
                let entry = entry.map_err(|error| walk_failure(&folder.real, &error))?;
                self.entry(rules, &folder, &entry, &mut queue);
            }
        }
        Ok(())
    }

    fn entry(&mut self, rules: &Rules<'_>, folder: &Folder, entry: &DirEntry, queue: &mut VecDeque<Folder>) {
        if entry.depth() == 0 || entry.file_type().is_dir() {
            return;
        }
        if !folder.through.is_empty() && self.spend(folder).is_none() {
            return;
        }
        let Some(shown) = self.name(folder, entry) else { return };
        if entry.file_type().is_symlink() {
            self.link(rules, folder, entry, shown, queue);
        } else if entry.file_type().is_file() {
            self.files.insert(shown, Found { real: entry.path().to_owned(), facts: None });
        }
    }

    /// The entry's path as a source path. Names that can't be one are an error for Markdown, whose page would be
    /// lost; other files can't be linked to by such a name, so they are left out without a word.
    fn name(&mut self, folder: &Folder, entry: &DirEntry) -> Option<SourcePath> {
        let below = below(folder, entry);
        let path = SourcePath::new(&join(&folder.shown, &below)).ok();
        let path = path.filter(|_| entry.path().to_str().is_some());
        if path.is_none() && is_markdown(entry) {
            let name = join(&folder.shown, &below);
            self.diagnostics.push(
                Diagnostic::error("file-name", format!("the name of `{name}` can't be used in an address"))
                    .hint("Rename it: UTF-8, without control characters and backslashes."),
            );
        }
        path
    }

    fn link(
        &mut self,
        rules: &Rules<'_>,
        folder: &Folder,
        entry: &DirEntry,
        shown: SourcePath,
        queue: &mut VecDeque<Folder>,
    ) {
        self.through_links = true;
        match follow(rules.root, entry.path(), &shown) {
            Err(diagnostic) => self.diagnostics.push(diagnostic),
            Ok(Target::Other) => {}
            Ok(Target::File(real, meta)) => {
                self.files.insert(shown, Found::linked(real, &meta));
            }
            Ok(Target::Folder(real)) => {
                let mut through = folder.through.clone();
                through.extend(entry.path().parent().map(Path::to_owned));
                if through.iter().any(|place| place.starts_with(&real)) {
                    let to = real.strip_prefix(rules.root).unwrap_or(&real).display().to_string();
                    let to = if to.is_empty() { "the site's own folder".into() } else { format!("`{to}`") };
                    let message =
                        format!("`{shown}` is a symbolic link to {to}, which holds the link itself: a loop");
                    self.diagnostics.push(Diagnostic::error("link-loop", message).at(Place::file(&shown)));
                } else if !real.starts_with(rules.output) {
                    queue.push_back(Folder { real, shown: shown.as_str().to_owned(), through });
                }
            }
        }
    }

    /// Counts an entry that was reached through links; `None` once there were too many.
    fn spend(&mut self, folder: &Folder) -> Option<()> {
        self.linked += 1;
        if self.linked == LINKED {
            let message = format!("more than {LINKED} files are reached through symbolic links to folders");
            let mut diagnostic = Diagnostic::error("links-too-many", message)
                .hint("Link to single files, or leave the links out with `exclude` in threadmark.yml.");
            diagnostic.place = SourcePath::new(&folder.shown).ok().map(|path| Place::file(&path));
            self.diagnostics.push(diagnostic);
        }
        (self.linked < LINKED).then_some(())
    }
}

/// Whether an entry is looked at, and a folder entered.
fn wanted(rules: &Rules<'_>, folder: &Folder, top: &str, entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let shown = join(&folder.shown, &below(folder, entry));
    if entry.file_type().is_file() {
        is_named_well(rules, top, &shown)
    } else {
        is_entered(rules, top, &shown, entry.path())
    }
}

/// Whether the plain file shown as `shown` is one that a walk from `top` finds: by its own name, and by those of all folders
/// between. The file system is asked about these folders, and about nothing else.
pub(super) fn is_found(rules: &Rules<'_>, top: &str, shown: &SourcePath) -> bool {
    let Some(inner) = shown.below(top) else { return false };
    let start = shown.as_str().len() - inner.len();
    let folders = inner.match_indices('/').map(|(at, _)| &shown.as_str()[..start + at]);
    let mut plain = folders.map(|folder| (folder, rules.root.join(folder)));
    is_named_well(rules, top, shown.as_str())
        && plain.all(|(folder, real)| {
            is_entered(rules, top, folder, &real) && real.symlink_metadata().is_ok_and(|meta| meta.is_dir())
        })
}

/// Whether the name alone lets a file be looked at.
fn is_named_well(rules: &Rules<'_>, top: &str, shown: &str) -> bool {
    let name = shown.rsplit_once('/').map_or(shown, |(_, name)| name);
    (!name.starts_with('.') || shown == WELL_KNOWN) && !rules.exclude.is_match(inner(top, shown))
}

/// Whether a folder, or what leads to one, is entered.
fn is_entered(rules: &Rules<'_>, top: &str, shown: &str, real: &Path) -> bool {
    // `drafts/**` names what is in the folder, not the folder; asking for a file in it saves the whole walk of it.
    is_named_well(rules, top, shown)
        && !is_foreign(rules, shown, real)
        && !rules.exclude.is_match(format!("{}/\u{1}/\u{1}", inner(top, shown)))
}

fn inner<'a>(top: &str, shown: &'a str) -> &'a str {
    shown.strip_prefix(top).unwrap_or(shown).trim_start_matches('/')
}

fn is_foreign(rules: &Rules<'_>, shown: &str, real: &Path) -> bool {
    // What somebody put into `static` is meant to be copied, whatever it is called.
    let is_static = shown.starts_with("static/");
    FOREIGN.iter().any(|name| real.file_name().is_some_and(|known| known == *name)) && !is_static
        || real == rules.output
        || real.join(MARK).is_file()
}

/// The path of an entry below the folder that is walked; what of it is no UTF-8 is replaced.
fn below<'a>(folder: &Folder, entry: &'a DirEntry) -> Cow<'a, str> {
    // The path of an entry is that of the folder and more. Comparing the two part by part takes longer than all else here.
    let rest = |whole: &'a str| whole.get(folder.real.as_os_str().len()..);
    match entry.path().to_str().and_then(rest) {
        Some(rest) => Cow::Borrowed(rest.trim_start_matches(std::path::MAIN_SEPARATOR)),
        None => entry.path().strip_prefix(&folder.real).unwrap_or(entry.path()).to_string_lossy(),
    }
}

fn join(folder: &str, below: &str) -> String {
    if folder.is_empty() { below.to_owned() } else { format!("{folder}/{below}") }
}

fn is_markdown(entry: &DirEntry) -> bool {
    entry
        .path()
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
}

fn walk_failure(folder: &Path, error: &walkdir::Error) -> Failure {
    let path = error.path().unwrap_or(folder);
    match error.io_error() {
        Some(io) => Failure::io("read", path, io),
        None => {
            Failure::Machine(Diagnostic::error("disk", format!("cannot read `{}`: {error}", path.display())))
        }
    }
}
