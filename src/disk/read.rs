//! From a folder to a [`SourceTree`], in two steps: the configuration first, then, with what it says, the rest.
//!
//! Left out: hidden files and folders, the output folder and every other folder with our mark, `node_modules`, `target`,
//! `_site`, and what `exclude` names. In `static` only hidden files are, `static/.well-known` excepted. Git's facts are not
//! asked for here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;
use crate::source::{AssetFacts, GitHistory, RECORD_FILE, SourceFile, SourceTree, ThemeFile};

use super::assets::read_at_most;
use super::links::{real_inside, real_root};
use super::output::real_output;
use super::walk::{Found, Rules, Walk, globs};
use super::{CONFIG, Failure, text};

/// The folder that is copied as it is.
pub(super) const STATIC: &str = "static";

/// The largest file of a theme, in bytes: all of them are held in memory.
const LARGEST_THEME_FILE: u64 = 16 * 1024 * 1024;

/// What the configuration says about reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadPlan {
    /// The folder below the root that holds the Markdown; `""` is the root itself.
    pub content: String,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
    /// Globs of paths below the content folder that are not read.
    pub exclude: Vec<String>,
    /// The folder that overrides the built-in theme.
    pub theme: Option<SourcePath>,
}

/// The nearest folder at or above `start` that has a `threadmark.yml`, else `start`; always an absolute path.
pub fn find_root(start: &Path) -> PathBuf {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    start.ancestors().find(|folder| folder.join(CONFIG).is_file()).unwrap_or(&start).to_owned()
}

/// The configuration below `root`, if there is one, and what is wrong with its text.
///
/// # Errors
/// Where `root` is not a folder, or the file can't be read.
pub fn config_file(root: &Path) -> Result<(Option<SourceFile>, Vec<Diagnostic>), Failure> {
    let real = real_root(root)?;
    let Ok(path) = SourcePath::new(CONFIG) else { return Ok((None, Vec::new())) };
    if !root.is_dir() {
        let message = format!("`{}` is not a folder", root.display());
        return Err(Failure::Usage(Diagnostic::error("not-a-folder", message)));
    }
    if real.join(CONFIG).symlink_metadata().is_err() {
        return Ok((None, Vec::new()));
    }
    match real_inside(&real, CONFIG) {
        Err(reason) => {
            let message = format!("`{CONFIG}` can't be read: {reason}");
            Ok((None, vec![Diagnostic::error("link-outside", message).at(Place::file(&path))]))
        }
        Ok(file) => Ok(match text::load(&path, &file)? {
            Ok(file) => (Some(file), Vec::new()),
            Err(diagnostic) => (None, vec![diagnostic]),
        }),
    }
}

/// Everything that a build of the site at `root` may use, sorted by path, and everything that is wrong with it. The
/// tree has no configuration ([`config_file`] has it) and no git history yet.
///
/// # Errors
/// Where the machine can't read a file or a folder, or the content folder is not there.
pub fn read(root: &Path, plan: &ReadPlan) -> Result<(SourceTree, Vec<Diagnostic>), Failure> {
    let sources = Sources::read(root, plan)?;
    let faults = sources.faults();
    Ok((sources.tree, faults))
}

/// The sources of a site as they were read last.
#[derive(Debug)]
pub struct Sources {
    /// As [`read`] gives it.
    pub tree: SourceTree,
    pub(super) root: PathBuf,
    pub(super) plan: ReadPlan,
    /// Whether any of them is reached through a symbolic link, so that a path says nothing about the paths that show it.
    pub(super) linked: bool,
    /// What is wrong with `exclude`, with the theme, and with names and links that were come across.
    pub(super) around: Vec<Diagnostic>,
    /// What is wrong with documents and records that could not be read, by path.
    pub(super) unread: BTreeMap<SourcePath, Diagnostic>,
}

impl Sources {
    /// Reads all of them.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(root: &Path, plan: &ReadPlan) -> Result<Self, Failure> {
        let root = real_root(root)?;
        let output = real_output(&root.join(&plan.output));
        let (exclude, mut around) = globs(&plan.exclude);
        let rules = Rules { root: &root, output: &output, exclude: &exclude };
        let content = configured(&root, "content", &plan.content)?;

        let mut walk = Walk::default();
        walk.folder(&rules, content, &plan.content)?;
        let inside_content = plan.content.is_empty() || plan.content == STATIC;
        if !inside_content && root.join(STATIC).is_dir() {
            let all = globset::GlobSet::empty();
            let rules = Rules { exclude: &all, ..rules };
            walk.folder(&rules, configured(&root, STATIC, STATIC)?, STATIC)?;
        }
        let theme = theme(&root, &output, plan.theme.as_ref(), &mut around)?;

        walk.files.retain(|path, _| !plan.has_in_theme(path) && path.as_str() != CONFIG);
        let linked = walk.through_links;
        let Split { documents, records, assets } = split(walk.files, plan)?;
        let mut unread = BTreeMap::new();
        let documents = load(&documents, &mut unread)?;
        let records = load(&records, &mut unread)?;
        around.extend(walk.diagnostics);
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let git = GitHistory::default();
        let tree = SourceTree { name, config: None, documents, records, assets, theme, git };
        Ok(Self { tree, root, plan: plan.clone(), linked, around, unread })
    }

    /// Everything that is wrong with them.
    pub fn faults(&self) -> Vec<Diagnostic> {
        self.around.iter().chain(self.unread.values()).cloned().collect()
    }
}

impl ReadPlan {
    fn has_in_theme(&self, path: &SourcePath) -> bool {
        self.theme.as_ref().is_some_and(|theme| path.below(theme.as_str()).is_some())
    }

    /// What becomes of a file at `path`.
    pub(super) fn role(&self, path: &SourcePath) -> Role {
        let is_static = self.content != STATIC && path.below(STATIC).is_some();
        if self.has_in_theme(path) {
            Role::Theme
        } else if path.as_str() == CONFIG {
            Role::Config
        } else if path.is_markdown() && !is_static {
            Role::Document
        } else if path.file_name() == RECORD_FILE && !is_static {
            Role::Record
        } else {
            Role::Asset
        }
    }
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The configuration, which [`config_file`] reads.
    Config,
    /// A part of the theme.
    Theme,
    /// Markdown. What lies in the root's `static` folder is copied as it is, Markdown too.
    Document,
    /// The facts of a record, whose text lies beside it.
    Record,
    /// Everything else.
    Asset,
}

/// The real path of a folder that `threadmark.yml` names under `key`.
fn configured(root: &Path, key: &str, folder: &str) -> Result<PathBuf, Failure> {
    let fault = |reason: &str| {
        let message = format!("the folder `{folder}` (`{key}` in {CONFIG}) can't be read: {reason}");
        Failure::Usage(Diagnostic::error("folder-missing", message))
    };
    if folder.is_empty() {
        return Ok(root.to_owned());
    }
    let real = real_inside(root, folder).map_err(|reason| fault(&reason))?;
    if real.is_dir() { Ok(real) } else { Err(fault("it is not a folder")) }
}

type Documents = Vec<(SourcePath, PathBuf)>;

/// Files by what they are for.
struct Split {
    documents: Documents,
    /// Files with the facts of records, which are assets too.
    records: Documents,
    assets: BTreeMap<SourcePath, AssetFacts>,
}

/// Markdown, and the facts of records, apart from everything else.
fn split(files: BTreeMap<SourcePath, Found>, plan: &ReadPlan) -> Result<Split, Failure> {
    let (mut documents, mut records, mut assets) = (Vec::new(), Vec::new(), Vec::new());
    for (path, found) in files {
        match plan.role(&path) {
            Role::Document => documents.push((path, found.real)),
            Role::Record => {
                records.push((path.clone(), found.real.clone()));
                assets.push((path, found));
            }
            Role::Asset | Role::Theme | Role::Config => assets.push((path, found)),
        }
    }
    let assets = assets.into_par_iter().map(|(path, found)| Ok((path, found.facts()?)));
    Ok(Split { documents, records, assets: assets.collect::<Result<_, _>>()? })
}

fn load(
    documents: &[(SourcePath, PathBuf)],
    unread: &mut BTreeMap<SourcePath, Diagnostic>,
) -> Result<Vec<SourceFile>, Failure> {
    let loaded: Vec<_> =
        documents.par_iter().map(|(path, real)| text::load(path, real)).collect::<Result<_, _>>()?;
    let mut files = Vec::with_capacity(loaded.len());
    for ((path, _), one) in documents.iter().zip(loaded) {
        match one {
            Ok(file) => files.push(file),
            Err(diagnostic) => drop(unread.insert(path.clone(), diagnostic)),
        }
    }
    Ok(files)
}

pub(super) fn theme(
    root: &Path,
    output: &Path,
    folder: Option<&SourcePath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<ThemeFile>, Failure> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let all = globset::GlobSet::empty();
    let mut walk = Walk::default();
    let real = configured(root, "theme", folder.as_str())?;
    walk.folder(&Rules { root, output, exclude: &all }, real, folder.as_str())?;
    diagnostics.append(&mut walk.diagnostics);
    let mut files = Vec::new();
    for (path, found) in walk.files {
        if found.facts()?.size > LARGEST_THEME_FILE {
            let message = format!("`{path}` is larger than {} MiB", LARGEST_THEME_FILE >> 20);
            diagnostics.push(Diagnostic::error("file-too-large", message).at(Place::file(&path)));
            continue;
        }
        let bytes = read_at_most(&found.real, LARGEST_THEME_FILE)
            .map_err(|error| Failure::io("read", &found.real, &error))?;
        let name = path.below(folder.as_str()).unwrap_or_default().to_owned();
        files.push(ThemeFile { name, path, bytes: Arc::from(bytes) });
    }
    Ok(files)
}
