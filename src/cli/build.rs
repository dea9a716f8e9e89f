//! `threadmark build`: the site onto the disk.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::{Build, Common};
use super::progress::Progress;
use super::session::{Status, root, say, strictly};
use crate::diagnostic::Diagnostic;
use crate::disk::{DiskAssets, DiskCache, DiskSink, Failure, WritePlan, Written};
use crate::memo::{Memo, NoMemo};
use crate::pipeline::{self, Project};
use crate::render::services::Workshop;
use crate::render::theme::Theme;
use crate::sink::SinkError;

/// What a cache is good for: another version of the program remembers other things.
pub(super) const CACHE_VERSION: &str = concat!("threadmark ", env!("CARGO_PKG_VERSION"));

/// Builds the site that `command` names.
pub(super) fn run(common: &Common, command: &Build) -> Result<Status, Failure> {
    common.threads()?;
    let started = Instant::now();
    let root = root(command.dir.as_deref());
    let options = common.options(command.output.as_deref())?;
    let cache = (!command.no_cache).then(|| DiskCache::open(&root, "build", CACHE_VERSION));
    let memo: &dyn Memo = cache.as_ref().map_or(&NoMemo, |cache| cache);
    let progress = Progress::new(common.quiet);

    progress.step("Reading");
    let project = pipeline::read(&root, &options, memo)?;
    let configured = !pipeline::stops(&project.config_faults);
    let assets = DiskAssets::new(&root)?;
    progress.step("Linking");
    let (site, mut found) = pipeline::understand(&project, &options, &assets);
    let (theme, faults) = Theme::load(&project.tree.theme, &project.config.base);
    found.extend(faults);
    strictly(&mut found, command.strict);
    let Some(site) = site.filter(|_| !pipeline::stops(&found)) else {
        progress.done();
        common.show(&found);
        return Ok(if configured { Status::Content } else { Status::Usage });
    };

    progress.step("Writing");
    let sink = DiskSink::open(&plan(&root, &project))?;
    let output = sink.output().to_owned();
    found.extend(
        pipeline::render(&site, &theme, &Workshop::new(memo), &sink).map_err(|error| sink_failure(&error))?,
    );
    strictly(&mut found, command.strict);
    if pipeline::stops(&found) {
        progress.done();
        common.show(&found);
        return Ok(Status::Content);
    }
    let written = sink.commit()?;
    found.extend(written.notes.iter().cloned());
    found.extend(cache.as_ref().and_then(DiskCache::save));
    progress.done();
    common.show(&found);
    if !common.quiet {
        say(&closing(site.pages.len(), &written, &output, started));
    }
    Ok(Status::Clean)
}

fn plan(root: &Path, project: &Project) -> WritePlan {
    let config = &project.config;
    let theme = config.theme.as_ref().map(|theme| PathBuf::from(theme.as_str()));
    WritePlan {
        root: root.to_owned(),
        output: project.output.clone(),
        sources: [PathBuf::from(&config.content), PathBuf::from("static")].into_iter().chain(theme).collect(),
        home: std::env::home_dir(),
    }
}

pub(super) fn sink_failure(error: &SinkError) -> Failure {
    Failure::Machine(Diagnostic::error("disk", error.to_string()))
}

fn closing(pages: usize, written: &Written, output: &Path, started: Instant) -> String {
    let Written { written, kept, removed, .. } = written;
    let count = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let new = count(*written, "file");
    let files = match (written, kept, removed) {
        (0, _, 0) => "nothing changed".to_owned(),
        (_, 0, 0) => format!("{new} written"),
        (_, _, 0) => format!("{new} written, {kept} unchanged"),
        _ => format!("{new} written, {kept} unchanged, {removed} removed"),
    };
    let documents = count(pages, "document");
    let here = std::env::current_dir().ok();
    let shown = here.and_then(|here| output.strip_prefix(here).ok()).unwrap_or(output);
    let shown = super::report::shown(&shown.to_string_lossy()).into_owned();
    format!("Built {documents} into {shown} in {:.2} s: {files}\n", started.elapsed().as_secs_f64())
}
