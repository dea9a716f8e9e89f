//! The files of a site, made one by one: what there is to make, and how each is made.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Watch;
use crate::diagnostic::Diagnostic;
use crate::frozen::Frozen;
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::render::pages::{Pages, Rendered};
use crate::render::theme::Theme;
use crate::render::{Body, body, machine};
use crate::search::Collector;
use crate::sink::{Content, Sink, SinkError};
use crate::site::{self, FolderId, PageId, PersonId, Site};

/// One file, or one family of files, to be rendered.
pub(super) enum Job {
    Document(PageId),
    Folder(FolderId),
    Tag(usize),
    Graph(FolderId, UrlPath),
    Person(PersonId),
    Redirect(OutputPath, PageId),
    Captions(OutputPath, PageId),
    Copy(OutputPath, SourcePath),
}

/// All that there is to make: first what has text for the search, documents in the order in which it wants them; then
/// what has none.
pub(super) fn jobs(site: &Site, search: &Collector<'_>) -> (Vec<Job>, Vec<Job>) {
    let mut texts = Vec::with_capacity(site.pages.len());
    let mut jobs = Vec::with_capacity(site.folders.len() + site.tags.len() + site.people.all().len());
    // The page of a record in a folder of its own (`rfd/0042/README.md`) is that folder's page as well.
    let own = |folder: &usize| site.folders[*folder].index.is_none_or(|page| site.pages[page.0].is_index);
    for folder in (0..site.folders.len()).filter(own) {
        let jobs = if site.folders[folder].index.is_some() { &mut texts } else { &mut jobs };
        jobs.push(Job::Folder(FolderId(folder)));
    }
    let documents = site.pages.iter().enumerate().filter(|(_, page)| !page.is_index);
    let mut documents: Vec<PageId> = documents.map(|(index, _)| PageId(index)).collect();
    documents.sort_unstable_by_key(|id| search.rank(*id));
    texts.extend(documents.into_iter().map(Job::Document));
    jobs.extend((0..site.tags.len()).map(Job::Tag));
    jobs.extend(site.families.pages().map(|(log, url)| Job::Graph(log, url.clone())));
    jobs.extend((0..site.people.all().len()).map(|place| Job::Person(PersonId(place))));
    jobs.extend(site.redirects.iter().map(|(url, page)| Job::Redirect(url.output(), *page)));
    let captions =
        |(at, page): (usize, &Frozen<site::Page>)| Some((page.made_captions()?.0.output(), PageId(at)));
    jobs.extend(
        site.pages.iter().enumerate().filter_map(captions).map(|(output, page)| Job::Captions(output, page)),
    );
    jobs.extend(site.assets.iter().map(|(url, source)| Job::Copy(url.output(), source.clone())));
    (texts, jobs)
}

/// What all of it is made with.
pub(super) struct Work<'a> {
    pub(super) site: &'a Site,
    pub(super) pages: &'a Pages<'a>,
    /// `None` once it has the text of all pages.
    pub(super) search: Option<&'a Collector<'a>>,
    pub(super) services: &'a dyn body::Services,
    pub(super) sink: &'a dyn Sink,
    pub(super) watch: &'a dyn Watch,
}

impl Work<'_> {
    /// Makes all of `jobs`, on all cores. Gives what was found, in their order.
    pub(super) fn all(&self, jobs: Vec<Job>) -> Result<Vec<Diagnostic>, SinkError> {
        jobs.into_par_iter().map(|job| self.run(job)).try_reduce(Vec::new, |mut all, more| {
            all.extend(more);
            Ok(all)
        })
    }

    fn run(&self, job: Job) -> Result<Vec<Diagnostic>, SinkError> {
        let url = match &job {
            Job::Document(id) => Some(self.site.pages[id.0].url.as_str()),
            Job::Folder(id) => Some(self.site.folders[id.0].url.as_str()),
            Job::Tag(place) => Some(self.site.tags[*place].url.as_str()),
            Job::Graph(_, url) => Some(url.as_str()),
            Job::Person(id) => self.site.people.get(*id).map(|person| person.url.as_str()),
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
            Job::Graph(log, url) => self.page(&url.output(), self.pages.graph(log), &mut found)?,
            Job::Person(id) => {
                if let Some(person) = self.site.people.get(id) {
                    self.page(&person.url.output(), self.pages.person(id), &mut found)?;
                }
            }
            Job::Redirect(output, page) => self.page(&output, self.pages.redirect(page), &mut found)?,
            Job::Captions(output, page) => {
                let text = self.site.pages[page.0].made_captions().map_or("", |(_, text)| text);
                self.sink.put(&output, Content::Bytes(text.as_bytes().to_vec()))?;
            }
            Job::Copy(output, source) => self.sink.put(&output, Content::Copy(source))?,
        }
        Ok(found)
    }

    /// What there is once for a site.
    pub(super) fn whole(&self, theme: &Theme) -> Result<Vec<Diagnostic>, SinkError> {
        let mut found = Vec::new();
        for (output, bytes) in theme.assets() {
            self.sink.put(&output, Content::Bytes(bytes.to_vec()))?;
        }
        self.watch.begin("/tags/, /waiting/, /people/, /norms/, /search/ and 404.html");
        if !self.site.tags.is_empty() {
            self.named("tags/index.html", self.pages.tags(), &mut found)?;
        }
        if self.site.has_deadlines() {
            self.named("waiting/index.html", self.pages.waiting(), &mut found)?;
        }
        if !self.site.people.is_empty() {
            self.named("people/index.html", self.pages.people(), &mut found)?;
        }
        if !self.site.config.norms.is_empty() {
            self.named("norms/index.html", self.pages.norms(), &mut found)?;
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
        let passages = std::mem::take(&mut body.passages);
        let files = self.search.map(|search| search.add(id, passages));
        for (output, bytes) in files.into_iter().flatten() {
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
