//! The way through the rooms, from a folder to rendered files: the only place that knows all stages, and where
//! work goes parallel.
//!
//! 1. [`read`]: the configuration, the sources, what git knows.
//! 2. [`understand`]: documents, their addresses and links: a [`Site`]. All that makes a page wrong or lost is known here.
//! 3. [`render`]: every file of the site into a sink, as soon as it is made.

pub mod remembered;
pub mod trial;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Failure, ReadPlan};
use crate::document::{self, Document};
use crate::frozen::Frozen;
use crate::memo::Memo;
use crate::path::SourcePath;
use crate::render::body;
use crate::render::pages::Pages;
use crate::render::theme::Theme;
use crate::search::Collector;
use crate::sink::{Content, Sink, SinkError};
use crate::site::attachments::{self, Attachment};
use crate::site::checks;
use crate::site::links::Resolver;
use crate::site::recordings;
use crate::site::{self, PageId, Site, Surroundings, placement};
use crate::source::{AssetReader, GitHistory, SourceFile, SourceTree, git};
use crate::starter::template;
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
    pub tree: SourceTree,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
    /// What is wrong with the configuration.
    pub config_faults: Vec<Diagnostic>,
    /// What is wrong with the files.
    pub faults: Vec<Diagnostic>,
}

/// A site's configuration, read: where the rest is, and where it goes.
#[derive(Debug)]
pub struct Configured {
    file: Option<SourceFile>,
    config: Frozen<Config>,
    faults: Vec<Diagnostic>,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
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
    Ok(Configured { file, config: Frozen::new(config), faults, output })
}

/// Reads the sources of the site at `root`, and what git knows of them.
///
/// # Errors
/// Where the folder can't be read at all.
pub fn read(
    root: &Path,
    configured: Configured,
    options: &Options,
    memo: &dyn Memo,
) -> Result<Project, Failure> {
    read_beside(root, configured, || git::history(root, options.branch.as_deref(), memo))
}

/// The same with `history` to say what git knows, which is asked while the sources are read.
///
/// # Errors
/// Where the folder can't be read at all.
pub fn read_beside(
    root: &Path,
    configured: Configured,
    history: impl FnOnce() -> GitHistory + Send,
) -> Result<Project, Failure> {
    let plan = read_plan(&configured);
    let Configured { file, config, faults: config_faults, output } = configured;
    let (tree, git) = rayon::join(|| disk::read(root, &plan), history);
    let (mut tree, faults) = tree?;
    tree.config = file;
    tree.git = git;
    Ok(Project { config, tree, output, config_faults, faults })
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

/// Makes a site of the sources. `None` where something makes a page wrong or lost; all that was found is in the
/// diagnostics, weighed as the configuration wants.
pub fn understand(
    project: &Project,
    options: &Options,
    reader: &dyn AssetReader,
) -> (Option<Site>, Vec<Diagnostic>) {
    let (site, mut found) = survey(project, options, reader);
    project.config.weigh(&mut found);
    (if stops(&found) { None } else { Some(site) }, found)
}

/// The same for somebody who looks at a site without publishing it: whatever is wrong, there is a site of the rest. What
/// was found has the severities of those who found it.
pub fn survey(project: &Project, options: &Options, reader: &dyn AssetReader) -> (Site, Vec<Diagnostic>) {
    let Project { config, tree, .. } = project;
    let mut found = project.config_faults.clone();
    found.extend(project.faults.iter().cloned());
    found.extend(tree.git.left_out.iter().map(|why| Diagnostic::note("git-dates", why)));
    let documents = parse(config, tree, &mut found);
    let (mut placement, faults) = placement::place(config, documents, &tree.assets, options.drafts);
    found.extend(faults);
    let repository = site::repository_links(config, &tree.git);
    let resolver = Resolver { placement: &placement, config, repository: repository.as_ref(), reader };
    let links: Vec<_> =
        (0..placement.documents.len()).into_par_iter().map(|index| resolver.resolve(index)).collect();
    let wanted: Vec<SourcePath> = attachments::wanted(&links).into_iter().collect();
    let attachments: BTreeMap<SourcePath, Attachment> = wanted
        .into_par_iter()
        .map(|path| (path.clone(), attachments::inspect(reader, &path, config.html)))
        .collect();
    let spoken: Vec<_> = recordings::wanted(&placement, &links).into_iter().collect();
    let mut transcripts = BTreeMap::new();
    let read: Vec<_> =
        spoken.into_par_iter().map(|(path, cuts)| (recordings::said(reader, &path, &cuts), path)).collect();
    for ((said, faults), path) in read {
        found.extend(faults);
        transcripts.insert(path, said);
    }
    let around = Surroundings {
        config: config.clone(),
        clock: options.clock,
        git: &tree.git,
        repository,
        attachments,
        transcripts,
        files: &tree.assets,
    };
    let (site, faults) = site::assemble(&mut placement, &links, &around);
    found.extend(faults);
    (site, found)
}

fn parse(config: &Config, tree: &SourceTree, found: &mut Vec<Diagnostic>) -> Vec<Frozen<Document>> {
    let records: BTreeMap<&str, &SourceFile> =
        tree.records.iter().map(|file| (file.path.parent(), file)).collect();
    let parsed: Vec<_> = tree
        .documents
        .par_iter()
        .filter(|file| !template::is_template(config, file))
        .map(|file| {
            let beside =
                records.get(file.path.parent()).filter(|_| file.path.stem().eq_ignore_ascii_case("readme"));
            document::parse_beside(file, beside.copied(), &config.people, config.html)
        })
        .collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (document, faults) in parsed {
        documents.extend(document.map(Frozen::new));
        found.extend(faults);
    }
    documents
}

/// Whether anything found forbids to publish.
pub fn stops(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// What there is to say about `site` beyond what [`survey`] found: what is wrong with formulas, diagrams and code, and
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
