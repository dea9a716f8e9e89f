//! Pages: a view and a template make a text. One [`Pages`] serves all threads.

mod frame;
mod level;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Body;
use super::theme::Theme;
use super::views::{self, DocumentView, FamilyView, FolderView, GraphView, HomeView, LogView, Scope};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::path::{Root, UrlPath};
use crate::site::catalogue::Generated;
use crate::site::{FolderId, PageId, Site};
use level::Level;

/// Everything that pages share, made for a site and a theme when it is wanted first.
#[derive(Debug)]
pub struct Pages<'a> {
    scope: Scope<'a>,
    theme: &'a Theme,
    levels: RwLock<BTreeMap<Root, Arc<Level<'a>>>>,
}

/// A page, or all that is wrong with its template.
pub type Rendered = Result<String, Vec<Diagnostic>>;

impl<'a> Pages<'a> {
    /// For `site` with `theme`.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        Self { scope: Scope::new(site), theme, levels: RwLock::default() }
    }

    /// What pages share that lie as deep as the one at `url`.
    fn level(&self, url: &UrlPath) -> Arc<Level<'a>> {
        let root = Root::from(url);
        self.level_at(&root, || self.scope.at(root.clone()))
    }

    fn level_at(&self, root: &Root, scope: impl FnOnce() -> Scope<'a>) -> Arc<Level<'a>> {
        let known = self.levels.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(level) = known.get(root) {
            return Arc::clone(level);
        }
        drop(known);
        let mut known = self.levels.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Level::new(scope(), self.theme));
        Arc::clone(known.entry(root.clone()).or_insert_with(new))
    }

    /// The page of a document. The text of a folder's own page is shown by [`Pages::folder`] and [`Pages::home`] instead.
    pub fn document(&self, id: PageId, body: &Body) -> Rendered {
        let page = self.scope.page(id);
        let template = match page.kind {
            Kind::Decision => "decision.html",
            Kind::Spec => "spec.html",
            Kind::Update => "update.html",
            Kind::Recording => "recording.html",
            Kind::Page => "page.html",
        };
        let document = &page.document;
        // A heading that says more than the title, such as its number, does not stand for it.
        let heading = document.title_heading.and_then(|at| document.headings.get(at));
        let same = heading.is_some_and(|heading| heading.text == document.title);
        let title = body.title.as_deref().filter(|_| same);
        let level = self.level(&page.url);
        let (view, family) = (DocumentView::new(&level.scope, id), FamilyView::around(&level.scope, id));
        let mut context = level.context(&view)?;
        context.insert("family", &family);
        level.fill_in(template, context, Some(body), title, Some(id))
    }

    /// A folder's own page, with the text of its `index.md` or `README.md` where it has one.
    pub fn folder(&self, id: FolderId, body: Option<&Body>) -> Rendered {
        let folder = &self.scope.site.folders[id.0];
        let level = self.level(&folder.url);
        if folder.kind == Kind::Decision {
            let (view, graph) = (LogView::new(&level.scope, id), GraphView::on_the_log(&level.scope, id));
            let mut context = level.context(&view)?;
            context.insert("graph", &graph);
            return level.fill_in("log.html", context, body, None, folder.index);
        }
        level.render("folder.html", &FolderView::new(&level.scope, id), body, None, folder.index)
    }

    /// Home, with the text of the root's `index.md` or `README.md` where there is one.
    pub fn home(&self, body: Option<&Body>) -> Rendered {
        let index = self.scope.site.folders.first().and_then(|root| root.index);
        let level = self.level(&UrlPath::root());
        level.render("home.html", &HomeView::new(&level.scope), body, None, index)
    }

    /// The page at `url` that no document gives the text of; empty where the site has none such.
    pub fn generated(&self, what: &Generated, url: &UrlPath) -> Rendered {
        let level = match what {
            // It is shown at any address, so its own addresses begin at the root of the host.
            Generated::Missing => {
                let root = Root::anywhere(&self.scope.site.config.base.path);
                self.level_at(&root, || self.scope.anywhere())
            }
            _ => self.level(url),
        };
        let Some(filled) = views::generated(&level.scope, what) else { return Ok(String::new()) };
        let (template, context) = filled.map_err(|error| self.theme.fault(&error))?;
        level.fill_in(template, context, None, None, None)
    }
}
