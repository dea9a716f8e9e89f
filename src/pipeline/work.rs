//! The files of a site, made one by one: how each output is made, and the loop over many of them.

use rayon::prelude::*;

use super::Watch;
use crate::diagnostic::Diagnostic;
use crate::render::pages::{Pages, Rendered};
use crate::render::theme::Theme;
use crate::render::{Body, body, machine};
use crate::search::Collector;
use crate::sink::{Content, Sink, SinkError};
use crate::site::catalogue::{Output, What};
use crate::site::{PageId, Site};

/// What outputs are made of. Costs nothing to set up, so that one of them can be made alone.
pub struct Maker<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its pages.
    pub pages: &'a Pages<'a>,
    /// The theme that they were made for.
    pub theme: &'a Theme,
    /// What bodies are made with.
    pub services: &'a dyn body::Services,
}

/// An output that was made.
pub struct Made {
    /// What is in it; `None` where its template couldn't make it, which the diagnostics say.
    pub content: Option<Content>,
    /// The page whose text stands in it, and that text for the search.
    pub text: Option<(PageId, Vec<String>)>,
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
}

impl Made {
    fn of(content: Content) -> Self {
        Self { content: Some(content), text: None, found: Vec::new() }
    }

    fn page(rendered: Rendered) -> Self {
        match rendered {
            Ok(html) => Self::of(Content::Bytes(html.into_bytes())),
            Err(found) => Self { content: None, text: None, found },
        }
    }
}

impl Maker<'_> {
    /// Makes one output.
    pub fn make(&self, output: &Output) -> Made {
        match &output.what {
            What::Document(id) => self.with_text(*id, |body| self.pages.document(*id, body)),
            What::Folder(id) => {
                let folder = &self.site.folders[id.0];
                let rendered = |body: Option<&Body>| match folder.parent {
                    None => self.pages.home(body),
                    Some(_) => self.pages.folder(*id, body),
                };
                match folder.index {
                    Some(page) => self.with_text(page, |body| rendered(Some(body))),
                    None => Made::page(rendered(None)),
                }
            }
            What::Generated(page) => Made::page(self.pages.generated(page, &output.url)),
            What::Machine(file) => Made::of(Content::Bytes(machine::make(self.site, self.theme, file))),
            What::Copy(source) => Made::of(Content::Copy(source.clone())),
        }
    }

    fn with_text(&self, id: PageId, rendered: impl FnOnce(&Body) -> Rendered) -> Made {
        let (mut body, mut found) = body::render(self.site, id, self.services);
        let passages = std::mem::take(&mut body.passages);
        let made = Made::page(rendered(&body));
        found.extend(made.found);
        Made { text: Some((id, passages)), found, ..made }
    }
}

/// The page whose text stands in an output, where one does.
fn text_in(site: &Site, output: &Output) -> Option<PageId> {
    match output.what {
        What::Document(id) => Some(id),
        What::Folder(id) => site.folders[id.0].index,
        What::Generated(_) | What::Machine(_) | What::Copy(_) => None,
    }
}

/// All outputs: first those that have text for the search, documents in the order in which it wants them; then the others.
pub(super) fn by_text<'s>(site: &'s Site, search: &Collector<'_>) -> (Vec<&'s Output>, Vec<&'s Output>) {
    let (mut texts, others): (Vec<_>, Vec<_>) =
        site.catalogue.all().iter().partition(|output| text_in(site, output).is_some());
    // The own pages of folders are few, and some (home, large logs) take long: they begin.
    let rank = |output: &&Output| match output.what {
        What::Document(id) => Some(search.rank(id)),
        What::Folder(_) | What::Generated(_) | What::Machine(_) | What::Copy(_) => None,
    };
    texts.sort_by_key(rank);
    (texts, others)
}

/// Where outputs go.
pub(super) struct Work<'a, 'm> {
    pub(super) maker: &'a Maker<'m>,
    /// `None` once it has the text of all pages.
    pub(super) search: Option<&'a Collector<'a>>,
    pub(super) sink: &'a dyn Sink,
    pub(super) watch: &'a dyn Watch,
}

impl Work<'_, '_> {
    /// Makes all of `outputs`, on all cores. Gives what was found, in their order.
    pub(super) fn all(&self, outputs: &[&Output]) -> Result<Vec<Diagnostic>, SinkError> {
        outputs.par_iter().map(|output| self.put(output)).try_reduce(Vec::new, |mut all, more| {
            all.extend(more);
            Ok(all)
        })
    }

    fn put(&self, output: &Output) -> Result<Vec<Diagnostic>, SinkError> {
        let Made { content, text, found } = self.watched(output);
        let files = self.search.zip(text).map(|(search, (id, passages))| search.add(id, passages));
        for (path, bytes) in files.into_iter().flatten() {
            self.sink.put(&path, Content::Bytes(bytes))?;
        }
        if let Some(content) = content {
            self.sink.put(&output.path(), content)?;
        }
        Ok(found)
    }

    /// Only templates can't be bounded, so only what they make is watched; a large recording may take its time.
    fn watched(&self, output: &Output) -> Made {
        match output.what {
            What::Document(_) | What::Folder(_) | What::Generated(_) => {
                self.watch.begin(output.url.as_str());
                let made = self.maker.make(output);
                self.watch.end();
                made
            }
            What::Machine(_) | What::Copy(_) => self.maker.make(output),
        }
    }
}
