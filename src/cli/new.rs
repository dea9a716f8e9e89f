//! `threadmark new`: the next document of a kind, onto the disk.

use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use super::arguments::{Common, New};
use super::print;
use super::session::{Status, root, say};
use crate::config::{Config, Kind};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Created, Failure};
use crate::path::SourcePath;
use crate::pipeline::{self, trial};
use crate::source::{SourceFile, git};
use crate::starter::document::{self, Neighbours, Order, Planned};
use crate::starter::home::{self, Home};
use crate::starter::template;

/// Writes the document that `command` asks for, and prints its path from the current folder.
pub(super) fn run(common: &Common, command: &New) -> Result<Status, Failure> {
    common.threads()?;
    let root = root(command.dir.as_deref());
    let options = common.options(None)?;
    let configured = pipeline::configure(&root, &options)?;
    if pipeline::stops(configured.faults()) {
        common.show(configured.faults());
        return Ok(Status::Usage);
    }
    let today = today(configured.config(), &options);
    let project = trial::sources(&root, configured)?;
    let documents = trial::documents(&project);
    let home = home::choose(&project.config, &documents, &command.kind, command.within.as_deref())
        .map_err(Failure::Usage)?;
    let own = own_template(&root, &home)?;
    let files: Vec<SourcePath> =
        project.sources.tree.documents.iter().map(|file| file.path.clone()).collect();
    let author = git::author(&root);
    let order =
        Order { title: command.title.as_deref(), today, author: author.as_deref(), template: own.as_ref() };
    let there = Neighbours { files: &files, documents: &documents };
    let mut planned = match document::plan(&project.config, there, &home, order) {
        Ok(planned) => planned,
        Err(found) => return Ok(refused(common, &found)),
    };
    if files.contains(&planned.path) {
        return Err(stands(&planned.path, home.kind));
    }
    let file = SourceFile { path: planned.path.clone(), text: planned.text.as_str().into() };
    let (found, kind) = trial::with(&project, documents, &file);
    if !found.is_empty() {
        return Ok(refused(common, &found));
    }
    planned.notes.extend(kind.filter(|kind| *kind != home.kind).map(|kind| not_of_its_kind(kind, &home)));
    write(common, &root, &planned, home.kind)
}

/// The day that it is in the site's zone.
pub(super) fn today(config: &Config, options: &pipeline::Options) -> Date {
    options.clock.now.to_zoned(config.timezone.clone()).date()
}

fn refused(common: &Common, found: &[Diagnostic]) -> Status {
    common.show(found);
    let of_template = found.iter().any(|diagnostic| diagnostic.code == "template-placeholder");
    if of_template { Status::Content } else { Status::Usage }
}

fn own_template(root: &Path, home: &Home) -> Result<Option<SourceFile>, Failure> {
    for name in home.templates() {
        let Ok(path) = SourcePath::new(&format!("{}/{name}.md", template::FOLDER)) else { continue };
        if let Some(file) = disk::text_of(root, &path)? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// What a template of the site's own may lack.
fn not_of_its_kind(kind: Kind, home: &Home) -> String {
    let (is, wanted) = (kind.word(), home.kind.word());
    format!(
        "For the site it is a document of the kind {is}; `kind: {wanted}` in its front matter makes it a {wanted}."
    )
}

fn stands(path: &SourcePath, kind: Kind) -> Failure {
    let message = format!("`{path}` is there already, and nothing was changed");
    let hint = match kind {
        Kind::Update => "Go on with that file.",
        _ => "Choose another title, or go on with that file.",
    };
    Failure::Usage(Diagnostic::error("file-exists", message).hint(hint))
}

fn write(common: &Common, root: &Path, planned: &Planned, kind: Kind) -> Result<Status, Failure> {
    if disk::create(root, &planned.path, &planned.text)? == Created::Stands {
        return Err(stands(&planned.path, kind));
    }
    if !common.quiet {
        for note in &planned.notes {
            say(&format!("{}\n", super::report::shown(note)));
        }
    }
    let path = from_here(&root.join(planned.path.as_str()));
    Ok(print(format!("{}\n", path.display()).as_bytes()))
}

/// `path`, which is absolute, as it is called in the current folder.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir() else { return path.to_owned() };
    let mut shared = 0;
    let parts: Vec<Component<'_>> = path.components().collect();
    for (mine, theirs) in here.components().zip(&parts) {
        if mine != *theirs {
            break;
        }
        shared += 1;
    }
    // Nothing but the root in common: the whole path says more than a row of dots.
    if shared <= 1 {
        return path.to_owned();
    }
    let up = here.components().count() - shared;
    let relative: PathBuf =
        std::iter::repeat_n(Component::ParentDir, up).chain(parts[shared..].iter().copied()).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}
