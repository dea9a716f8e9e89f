//! `threadmark build`: the site onto the disk.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::{Build, Common};
use super::progress::Progress;
use super::session::{Status, root, say, strictly};
use super::watchdog::Watchdog;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Changes, DiskAssets, DiskCache, DiskSink, Failure, WritePlan, Written};
use crate::memo::{Key, Memo, NoMemo};
use crate::pipeline::remembered::{self, Probed, Remembered, Steady};
use crate::pipeline::session::{Round, Session};
use crate::pipeline::{self, Configured, Options, Project};
use crate::render::services::Workshop;
use crate::sink::SinkError;
use crate::source::{GitHistory, git};

/// What a cache is good for: another version of the program remembers other things.
pub(super) const CACHE_VERSION: &str = concat!("threadmark ", env!("CARGO_PKG_VERSION"));

/// Builds the site that `command` names.
pub(super) fn run(common: &Common, command: &Build) -> Result<Status, Failure> {
    common.threads()?;
    let started = Instant::now();
    let root = root(command.dir.as_deref());
    let options = common.options(command.output.as_deref())?;
    let configured = pipeline::configure(&root, &options)?;
    let work = Work {
        command,
        root: &root,
        options,
        colored: common.colored(),
        progress: Progress::new(common.quiet),
    };
    let done = work.build(configured)?;
    let steps = work.progress.done();
    common.show(&done.found);
    if common.verbose {
        say(&format!("Steps: {steps}\n"));
    }
    if let (false, Some((written, output))) = (common.quiet, &done.written) {
        say(&closing(done.documents, written, output, started));
    }
    Ok(done.status)
}

/// A build under way.
struct Work<'a> {
    command: &'a Build,
    root: &'a Path,
    options: Options,
    colored: bool,
    progress: Progress,
}

/// What is known from earlier builds.
struct Ground {
    /// Whether the repository has a cache or a finished site of its own.
    foreign: bool,
    facts: Option<DiskCache>,
    /// The hash of this program, where it is of use.
    program: Option<Key>,
}

/// What became of a build.
struct Done {
    status: Status,
    found: Vec<Diagnostic>,
    documents: usize,
    steady: Steady,
    written: Option<(Written, PathBuf)>,
}

impl Done {
    fn stopped(status: Status, found: Vec<Diagnostic>) -> Self {
        Self { status, found, documents: 0, steady: Steady::default(), written: None }
    }
}

impl Work<'_> {
    fn build(&self, configured: Configured) -> Result<Done, Failure> {
        self.progress.step("reading");
        let output = configured.output.clone();
        let mut ground = Ground { foreign: true, facts: None, program: None };
        let mut session = Session::new(self.root).once().keeping_nodes();
        let project = session.take(configured, &Changes::Anything, || {
            let (known, history) = self.ground(&output);
            ground = known;
            history
        })?;
        let Ground { foreign, facts, program } = ground;
        let sink = DiskSink::open(&plan(self.root, project, foreign))?;
        let key = program.and_then(|program| remembered::key(project, &self.options, program));
        let assets = DiskAssets::new(self.root)?;
        if let (Some(key), Some(standing)) = (&key, sink.standing())
            && let Some(known) =
                Remembered::recall(memo(facts.as_ref()), key, standing, self.options.clock, &assets)
        {
            return Ok(self.unchanged(known, &sink));
        }
        let probed = Probed::new(&assets);
        let painted = self.cache("painted", foreign);
        let mut done = self.render(&mut session, &probed, sink, painted.as_ref())?;
        let site = done.written.as_ref().and_then(|(written, _)| written.site);
        if let (Some(key), Some(site)) = (key, site) {
            Remembered::new(site, done.documents, done.steady, &done.found, &probed)
                .keep(memo(facts.as_ref()), key);
        }
        if let Some((written, _)) = &done.written {
            done.found.extend(written.notes.iter().cloned());
            done.found.extend(facts.as_ref().and_then(DiskCache::save));
        }
        // The process is about to end: the system takes all of it back at once, which piece by piece takes a while.
        std::mem::forget(session);
        Ok(done)
    }

    /// What earlier builds left, and what git knows. `output` is where this one's site goes.
    fn ground(&self, output: &Path) -> (Ground, GitHistory) {
        // Whoever may send documents may have sent a cache and a finished site with them: those are not believed.
        let foreign = git::tracks(self.root, &[Path::new(disk::CACHE), output]);
        let facts = self.cache("facts", foreign);
        let branch = self.options.branch.as_deref();
        let (history, program) = rayon::join(
            || git::history(self.root, branch, memo(facts.as_ref())),
            || facts.as_ref().and_then(|_| disk::program()),
        );
        (Ground { foreign, facts, program }, history)
    }

    /// The same sources made the site that stands: nothing is made again, but what was found is said again.
    fn unchanged(&self, known: Remembered, sink: &DiskSink) -> Done {
        let documents = known.documents;
        let mut found = known.found();
        strictly(&mut found, self.command.strict);
        if pipeline::stops(&found) {
            return Done::stopped(Status::Content, found);
        }
        let written = Some((Written::default(), sink.output().to_owned()));
        Done { status: Status::Clean, found, documents, steady: Steady::default(), written }
    }

    fn render(
        &self,
        session: &mut Session,
        reader: &Probed<'_>,
        sink: DiskSink,
        painted: Option<&DiskCache>,
    ) -> Result<Done, Failure> {
        self.progress.step("linking");
        let round = session.understand(&self.options, reader);
        let (Some(Round { site, theme, mut found }), Some(project)) = (round, session.project()) else {
            return Ok(Done::stopped(Status::Usage, Vec::new()));
        };
        let config = project.config.clone();
        config.weigh(&mut found);
        strictly(&mut found, self.command.strict);
        if pipeline::stops(&found) {
            let configured = !pipeline::stops(&project.config_faults);
            return Ok(Done::stopped(if configured { Status::Content } else { Status::Usage }, found));
        }
        self.progress.step("rendering");
        let workshop = Workshop::new(memo(painted));
        let watchdog = Watchdog::start(self.colored);
        let rendered = pipeline::render(&site, &theme, &workshop, &sink, &watchdog);
        found.extend(rendered.map_err(|error| sink_failure(&error))?);
        config.weigh(&mut found);
        strictly(&mut found, self.command.strict);
        if pipeline::stops(&found) {
            return Ok(Done::stopped(Status::Content, found));
        }
        self.progress.step("writing");
        let output = sink.output().to_owned();
        let (written, unsaved) = rayon::join(|| sink.commit(), || painted.and_then(DiskCache::save));
        let written = written?;
        found.extend(written.notes.iter().cloned());
        found.extend(unsaved);
        let (documents, steady) = (site.pages.len(), Steady::of(&site));
        // As in `build`: nobody needs its memory any more.
        std::mem::forget((site, theme));
        Ok(Done { status: Status::Clean, found, documents, steady, written: Some((written, output)) })
    }

    fn cache(&self, name: &str, foreign: bool) -> Option<DiskCache> {
        let wanted = !self.command.no_cache && !foreign;
        wanted.then(|| DiskCache::open(self.root, name, CACHE_VERSION))
    }
}

fn memo(cache: Option<&DiskCache>) -> &dyn Memo {
    cache.map_or(&NoMemo, |cache| cache)
}

fn plan(root: &Path, project: &Project, foreign: bool) -> WritePlan {
    let config = &project.config;
    let theme = config.theme.as_ref().map(|theme| PathBuf::from(theme.as_str()));
    WritePlan {
        root: root.to_owned(),
        output: project.output.clone(),
        sources: [PathBuf::from(&config.content), PathBuf::from("static")].into_iter().chain(theme).collect(),
        home: std::env::home_dir(),
        foreign,
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
