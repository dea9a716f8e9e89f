//! `threadmark check`: everything there is to say about a site, and nothing written.

use super::arguments::{Check, Common};
use super::build::CACHE_VERSION;
use super::explain;
use super::formats::{self, Format};
use super::progress::Progress;
use super::session::{Status, root, say, strictly};
use super::{print, report};
use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Changes, DiskAssets, DiskCache, Failure};
use crate::memo::{Memo, NoMemo};
use crate::path::SourcePath;
use crate::pipeline::session::{Round, Session};
use crate::pipeline::{self, Project};
use crate::render::services::Workshop;
use crate::source::git;

/// Checks the site that `command` names.
pub(super) fn run(common: &Common, command: &Check) -> Result<Status, Failure> {
    if let Some(code) = &command.explain {
        return explain::explain(code).map(|text| print(text.as_bytes()));
    }
    common.threads()?;
    let root = root(command.dir.as_deref());
    let options = common.options(None)?;
    let progress = Progress::new(common.quiet);
    progress.step("reading");
    let facts = facts(&root);
    let memo: &dyn Memo = facts.as_ref().map_or(&NoMemo, |cache| cache);
    let mut session = Session::new(&root).once();
    session.read(&options, &Changes::Anything, || git::history(&root, options.branch.as_deref(), memo))?;
    let assets = DiskAssets::new(&root)?;
    progress.step("checking");
    let round = session.understand(&options, &assets);
    let (Some(Round { site, mut found, .. }), Some(project)) = (round, session.project()) else {
        return Ok(Status::Usage);
    };
    let wrong = wrong_files(&found);
    let more = pipeline::check(&site, &Workshop::new(&NoMemo), !pipeline::stops(&found));
    // Of a document that could not be read right, only that is true.
    found.extend(more.into_iter().filter(|d| d.place.as_ref().is_none_or(|at| !wrong.contains(&at.path))));
    project.config.weigh(&mut found);
    strictly(&mut found, command.strict);
    let found = report::in_order(&found);
    let steps = progress.done();
    if common.verbose {
        say(&format!("Steps: {steps}\n"));
    }
    let shown = show(common, command.format, &found, project);
    let said = if common.quiet { String::new() } else { closing(site.pages.len(), &found) };
    say(&said);
    // The process is about to end: the system takes all of it back at once, which piece by piece takes a while.
    let status = if shown == Status::Clean { status(&project.config_faults, &found) } else { shown };
    std::mem::forget((site, session));
    Ok(status)
}

/// What builds remember of git: read here, and left as it is, since a check writes nothing. What came with the repository is
/// not believed.
fn facts(root: &Path) -> Option<DiskCache> {
    let foreign = git::tracks(root, &[Path::new(disk::CACHE)]);
    (!foreign).then(|| DiskCache::open(root, "facts", CACHE_VERSION))
}

/// Files with errors that make a page wrong or lost.
fn wrong_files(found: &[Diagnostic]) -> BTreeSet<SourcePath> {
    let errors = found.iter().filter(|d| d.severity == Severity::Error);
    errors.filter_map(|d| Some(d.place.as_ref()?.path.clone())).collect()
}

fn show(common: &Common, format: Format, found: &[Diagnostic], project: &Project) -> Status {
    // Whoever reads annotations looks for files from the root of the repository.
    let prefix = &project.sources.tree.git.prefix;
    let text = match format {
        Format::Human => {
            let wanted = |d: &&Diagnostic| !common.quiet || d.severity == Severity::Error;
            let shown: Vec<Diagnostic> = found.iter().filter(wanted).cloned().collect();
            say(&report::each(&shown, common.colored()));
            return Status::Clean;
        }
        Format::Github => formats::github(found, prefix),
        Format::Json => formats::json(found),
        Format::Sarif => formats::sarif(found, prefix),
    };
    print(text.as_bytes())
}

fn closing(documents: usize, found: &[Diagnostic]) -> String {
    let documents = if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
    match report::summary(found) {
        none if none.is_empty() => format!("Checked {documents}: nothing found\n"),
        counts => format!("Checked {documents}: {counts}\n"),
    }
}

fn status(config_faults: &[Diagnostic], found: &[Diagnostic]) -> Status {
    if pipeline::stops(config_faults) {
        Status::Usage
    } else if pipeline::stops(found) {
        Status::Content
    } else {
        Status::Clean
    }
}
