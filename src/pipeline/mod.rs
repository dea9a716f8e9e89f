//! The way through the rooms, from a folder to rendered files: the only place that knows all stages, and where
//! work goes parallel.
//!
//! 1. [`configure`], then [`session::Session::read`]: the configuration, the sources, what git knows.
//! 2. [`session::Session::understand`]: documents, their addresses and links: a [`Site`]. All that makes a page wrong or lost
//!    is known here.
//! 3. [`render`]: every file of the site into a sink, as soon as it is made.

pub mod remembered;
pub mod session;
pub mod trial;
mod work;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Failure, ReadPlan, Sources};
use crate::frozen::Frozen;
use crate::render::body;
use crate::render::pages::Pages;
use crate::render::theme::Theme;
use crate::search::Collector;
use crate::sink::{Content, Sink, SinkError};
use crate::site::{PageId, Site, checks};
use crate::source::{GitHistory, SourceFile};
use crate::time::Clock;

pub use work::{Made, Maker};
use work::{Work, by_text};

/// What a build is asked for beyond its configuration.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the command line says in place of the configuration.
    pub overrides: Overrides,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The one clock.
    pub clock: Clock,
    /// The branch to name where git knows none.
    pub branch: Option<String>,
    /// The output folder, where the command line names one.
    pub output: Option<PathBuf>,
}

/// A site's folder, read.
#[derive(Debug)]
pub struct Project {
    /// The settings.
    pub config: Frozen<Config>,
    /// The sources and what git knows of them.
    pub sources: Sources,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
    /// What is wrong with the configuration.
    pub config_faults: Vec<Diagnostic>,
}

/// A site's configuration, read: where the rest is, and where it goes.
#[derive(Clone, Debug)]
pub struct Configured {
    file: Option<SourceFile>,
    config: Frozen<Config>,
    faults: Vec<Diagnostic>,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
    overrides: Overrides,
}

impl Configured {
    /// Whether both were read from the same.
    fn is_of(&self, other: &Self) -> bool {
        let text = |one: &Self| one.file.as_ref().map(|file| file.text.clone());
        text(self) == text(other)
            && self.overrides == other.overrides
            && self.output == other.output
            && self.faults == other.faults
    }
}

/// Reads the configuration of the site at `root`.
///
/// # Errors
/// Where the folder or the file can't be read at all.
pub fn configure(root: &Path, options: &Options) -> Result<Configured, Failure> {
    let (file, mut faults) = disk::config_file(root)?;
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = file.as_ref().map(|file| (&file.path, &*file.text));
    let (config, more) = config::read(text, &name, &options.overrides);
    faults.extend(more);
    let output = options.output.clone().unwrap_or_else(|| PathBuf::from(&config.output));
    Ok(Configured { file, config: Frozen::new(config), faults, output, overrides: options.overrides.clone() })
}

/// Reads the sources of the site at `root`; `history` says what git knows of them, and is asked while they are read.
///
/// # Errors
/// Where the folder can't be read at all.
fn read_beside(
    root: &Path,
    configured: Configured,
    history: impl FnOnce() -> GitHistory + Send,
) -> Result<Project, Failure> {
    let plan = read_plan(&configured);
    let Configured { file, config, faults: config_faults, output, .. } = configured;
    let (sources, git) = rayon::join(|| Sources::read(root, &plan), history);
    let mut sources = sources?;
    sources.tree.config = file;
    sources.tree.git = git;
    Ok(Project { config, sources, output, config_faults })
}

fn read_plan(configured: &Configured) -> ReadPlan {
    let Configured { config, output, .. } = configured;
    ReadPlan {
        content: config.content.clone(),
        output: output.clone(),
        exclude: config.exclude.clone(),
        theme: config.theme.clone(),
    }
}

/// The day of the build in the site's own zone.
fn today(options: &Options, config: &Config) -> Date {
    options.clock.now.to_zoned(config.timezone.clone()).date()
}

/// Whether anything found forbids to publish.
pub fn stops(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// What there is to say about `site` beyond what [`session::Session::understand`] found: what is wrong with formulas, diagrams and code, and
/// everything that [`checks`] look for. `whole` is whether every document was read.
pub fn check(site: &Site, services: &dyn body::Services, whole: bool) -> Vec<Diagnostic> {
    let (bodies, checked) = rayon::join(
        || {
            let pages = (0..site.pages.len()).into_par_iter();
            pages.flat_map_iter(|page| body::render(site, PageId(page), services).1).collect::<Vec<_>>()
        },
        || checks::run(site, whole),
    );
    bodies.into_iter().chain(checked).collect()
}

/// Told which pages are being made, so that somebody with a clock can end what would never end: a theme's templates
/// may loop, and nothing can interrupt them.
pub trait Watch: Sync {
    /// The calling thread begins the page at `url`.
    fn begin(&self, url: &str);
    /// The calling thread has made its page.
    fn end(&self);
}

/// Renders every file of `site` into `sink`.
///
/// # Errors
/// The first file that the sink could not take.
pub fn render(
    site: &Site,
    theme: &Theme,
    services: &dyn body::Services,
    sink: &dyn Sink,
    watch: &dyn Watch,
) -> Result<Vec<Diagnostic>, SinkError> {
    let pages = Pages::new(site, theme);
    let search = Collector::new(site);
    let (texts, others) = by_text(site, &search);
    let maker = Maker { site, pages: &pages, theme, services };
    let mut found = Work { maker: &maker, search: Some(&search), sink, watch }.all(&texts)?;
    // Putting the index together is in part a matter for one thread; meanwhile the others make what has no text of its own.
    let index = || {
        let files = search.finish().into_par_iter();
        files.try_for_each(|(output, bytes)| sink.put(&output, Content::Bytes(bytes)))
    };
    let (written, others) =
        rayon::join(index, || Work { maker: &maker, search: None, sink, watch }.all(&others));
    for (output, bytes) in theme.assets() {
        sink.put(&output, Content::Bytes(bytes.to_vec()))?;
    }
    written?;
    found.extend(others?);
    Ok(found)
}
