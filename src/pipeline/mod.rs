//! The way through the rooms, from a folder to rendered files: the only place that knows all stages, and where
//! work goes parallel.
//!
//! 1. [`read`]: the configuration, the sources, what git knows.
//! 2. [`understand`]: documents, their addresses and links: a [`Site`]. All that makes a page wrong or lost is known here.
//! 3. [`render`]: every file of the site into a sink, as soon as it is made.

pub mod remembered;
pub mod trial;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Failure, ReadPlan};
use crate::document::{self, Document};
use crate::memo::Memo;
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::render::pages::{Pages, Rendered};
use crate::render::theme::Theme;
use crate::render::{Body, body, machine};
use crate::search::Collector;
use crate::sink::{Content, Sink, SinkError};
use crate::site::attachments::{self, Attachment};
use crate::site::checks;
use crate::site::links::Resolver;
use crate::site::recordings;
use crate::site::{self, FolderId, PageId, Site, Surroundings, placement};
use crate::source::{AssetReader, SourceFile, SourceTree, git};
use crate::starter::template;
use crate::time::Clock;

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
    pub config: Config,
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
    config: Config,
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
    Ok(Configured { file, config, faults, output })
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
    let plan = read_plan(&configured);
    let Configured { file, config, faults: config_faults, output } = configured;
    let (tree, git) =
        rayon::join(|| disk::read(root, &plan), || git::history(root, options.branch.as_deref(), memo));
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
    let (placement, faults) = placement::place(config, documents, &tree.assets, options.drafts);
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
    let (site, faults) = site::assemble(placement, links, around);
    found.extend(faults);
    (site, found)
}

fn parse(config: &Config, tree: &SourceTree, found: &mut Vec<Diagnostic>) -> Vec<Document> {
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
        documents.extend(document);
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

/// One file, or one family of files, to be rendered.
enum Job {
    Document(PageId),
    Folder(FolderId),
    Tag(usize),
    Redirect(OutputPath, PageId),
    Captions(OutputPath, PageId),
    Copy(OutputPath, SourcePath),
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
    let work = Work { site, pages: &pages, search: &search, services, sink, watch };
    let every = || {
        jobs(site, &search).into_par_iter().map(|job| work.run(job)).try_reduce(Vec::new, |mut all, more| {
            all.extend(more);
            Ok(all)
        })
    };
    let (found, whole) = rayon::join(every, || work.whole(theme));
    let mut found: Vec<Diagnostic> = found?;
    found.extend(whole?);
    search
        .finish()
        .into_par_iter()
        .try_for_each(|(output, bytes)| sink.put(&output, Content::Bytes(bytes)))?;
    Ok(found)
}

fn jobs(site: &Site, search: &Collector<'_>) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(site.pages.len() + site.folders.len() + site.tags.len());
    // The page of a record in a folder of its own (`rfd/0042/README.md`) is that folder's page as well.
    let own = |folder: &usize| site.folders[*folder].index.is_none_or(|page| site.pages[page.0].is_index);
    jobs.extend((0..site.folders.len()).filter(own).map(|folder| Job::Folder(FolderId(folder))));
    let documents = site.pages.iter().enumerate().filter(|(_, page)| !page.is_index);
    let mut documents: Vec<PageId> = documents.map(|(index, _)| PageId(index)).collect();
    documents.sort_unstable_by_key(|id| search.rank(*id));
    jobs.extend(documents.into_iter().map(Job::Document));
    jobs.extend((0..site.tags.len()).map(Job::Tag));
    jobs.extend(site.redirects.iter().map(|(url, page)| Job::Redirect(url.output(), *page)));
    let captions = |(at, page): (usize, &site::Page)| Some((page.made_captions()?.output(), PageId(at)));
    jobs.extend(
        site.pages.iter().enumerate().filter_map(captions).map(|(output, page)| Job::Captions(output, page)),
    );
    jobs.extend(site.assets.iter().map(|(url, source)| Job::Copy(url.output(), source.clone())));
    jobs
}

struct Work<'a> {
    site: &'a Site,
    pages: &'a Pages<'a>,
    search: &'a Collector<'a>,
    services: &'a dyn body::Services,
    sink: &'a dyn Sink,
    watch: &'a dyn Watch,
}

impl Work<'_> {
    fn run(&self, job: Job) -> Result<Vec<Diagnostic>, SinkError> {
        let url = match &job {
            Job::Document(id) => Some(self.site.pages[id.0].url.as_str()),
            Job::Folder(id) => Some(self.site.folders[id.0].url.as_str()),
            Job::Tag(place) => Some(self.site.tags[*place].url.as_str()),
            Job::Redirect(output, _) => Some(output.as_str()),
            // A large recording may take its time.
            Job::Copy(..) | Job::Captions(..) => None,
        };
        let Some(url) = url else { return self.make(job) };
        self.watch.begin(url);
        let made = self.make(job);
        self.watch.end();
        made
    }

    fn make(&self, job: Job) -> Result<Vec<Diagnostic>, SinkError> {
        let mut found = Vec::new();
        match job {
            Job::Document(id) => {
                let body = self.body(id, &mut found)?;
                self.page(&self.site.pages[id.0].url.output(), self.pages.document(id, &body), &mut found)?;
            }
            Job::Folder(id) => {
                let folder = &self.site.folders[id.0];
                let body = folder.index.map(|page| self.body(page, &mut found)).transpose()?;
                let rendered = match folder.parent {
                    None => self.pages.home(body.as_ref()),
                    Some(_) => self.pages.folder(id, body.as_ref()),
                };
                self.page(&folder.url.output(), rendered, &mut found)?;
            }
            Job::Tag(place) => {
                self.page(&self.site.tags[place].url.output(), self.pages.tag(place), &mut found)?;
            }
            Job::Redirect(output, page) => self.page(&output, self.pages.redirect(page), &mut found)?,
            Job::Captions(output, page) => {
                let text = self.site.pages[page.0].spoken.captions.as_deref().unwrap_or_default();
                self.sink.put(&output, Content::Bytes(text.as_bytes().to_vec()))?;
            }
            Job::Copy(output, source) => self.sink.put(&output, Content::Copy(source))?,
        }
        Ok(found)
    }

    /// What there is once for a site.
    fn whole(&self, theme: &Theme) -> Result<Vec<Diagnostic>, SinkError> {
        let mut found = Vec::new();
        for (output, bytes) in theme.assets() {
            self.sink.put(&output, Content::Bytes(bytes.to_vec()))?;
        }
        self.watch.begin("/tags/, /waiting/, /search/ and 404.html");
        if !self.site.tags.is_empty() {
            self.named("tags/index.html", self.pages.tags(), &mut found)?;
        }
        if self.site.pages.iter().any(|page| !page.asks.is_empty()) {
            self.named("waiting/index.html", self.pages.waiting(), &mut found)?;
        }
        self.named("search/index.html", self.pages.search(), &mut found)?;
        self.named("404.html", self.pages.missing(), &mut found)?;
        self.watch.end();
        // A file of the site's own, such as its `robots.txt`, takes the place of ours.
        let own: BTreeSet<OutputPath> = self.site.assets.keys().map(UrlPath::output).collect();
        for (output, bytes) in machine::files(self.site, theme) {
            if own.contains(&output) {
                continue;
            }
            self.sink.put(&output, Content::Bytes(bytes))?;
        }
        Ok(found)
    }

    fn named(&self, name: &str, rendered: Rendered, found: &mut Vec<Diagnostic>) -> Result<(), SinkError> {
        match OutputPath::new(name) {
            Ok(output) => self.page(&output, rendered, found),
            Err(error) => Err(SinkError { action: format!("write {name}"), reason: error.to_string() }),
        }
    }

    /// The body of a page, whose text goes to the search on the way.
    fn body(&self, id: PageId, found: &mut Vec<Diagnostic>) -> Result<Body, SinkError> {
        let (mut body, faults) = body::render(self.site, id, self.services);
        found.extend(faults);
        for (output, bytes) in self.search.add(id, std::mem::take(&mut body.passages)) {
            self.sink.put(&output, Content::Bytes(bytes))?;
        }
        Ok(body)
    }

    fn page(
        &self,
        output: &OutputPath,
        rendered: Rendered,
        found: &mut Vec<Diagnostic>,
    ) -> Result<(), SinkError> {
        match rendered {
            Ok(text) => self.sink.put(output, Content::Bytes(text.into_bytes())),
            Err(faults) => {
                found.extend(faults);
                Ok(())
            }
        }
    }
}
