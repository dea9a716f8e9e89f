//! What pages of one depth share: their addresses, the theme's templates as they need them, the frame.

use std::borrow::Cow;

use serde::Serialize;
use tera::{Context, Tera, Value};

use super::Rendered;
use super::frame::Frames;
use crate::diagnostic::Diagnostic;
use crate::render::Body;
use crate::render::body::{Part, parts};
use crate::render::theme::{Theme, guard};
use crate::render::views::{AskView, Scope, SiteView};
use crate::site::{Page, PageId};

/// Made once for a depth.
pub(super) struct Level<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) frames: Frames,
    theme: &'a Theme,
    tera: Tera,
}

impl std::fmt::Debug for Level<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Level").field("root", self.scope.urls.root()).finish_non_exhaustive()
    }
}

impl<'a> Level<'a> {
    /// For pages whose addresses `scope` makes.
    pub(super) fn new(scope: Scope<'a>, theme: &'a Theme) -> Self {
        let mut tera = theme.templates(scope.urls.root());
        tera.global_context().insert("site", &SiteView::new(&scope));
        Self { scope, frames: Frames::default(), theme, tera }
    }

    pub(super) fn render<V: Serialize>(
        &self,
        template: &str,
        view: &V,
        body: Option<&Body>,
        title: Option<&str>,
        page: Option<PageId>,
    ) -> Rendered {
        self.fill_in(template, self.context(view)?, body, title, page)
    }

    pub(super) fn context<V: Serialize>(&self, view: &V) -> Result<Context, Vec<Diagnostic>> {
        Context::from_serialize(view).map_err(|error| self.theme.fault(&error))
    }

    /// A template with what its view says and what every page has beside that.
    pub(super) fn fill_in(
        &self,
        template: &str,
        mut context: Context,
        body: Option<&Body>,
        title: Option<&str>,
        page: Option<PageId>,
    ) -> Rendered {
        let (html, asks) = match (body, page) {
            (Some(body), Some(page)) => self.with_asks(page, body)?,
            (body, _) => (Cow::from(body.map_or("", |body| &body.html)), String::new()),
        };
        let records = match (body, page) {
            (Some(body), Some(page)) => self.records(page, body)?,
            _ => String::new(),
        };
        // The four values that are HTML; every other slot is escaped.
        context.insert_value("body", safe(Some(&html)));
        context.insert_value("asks", safe(Some(&asks)));
        context.insert_value("records", safe(Some(&records)));
        context.insert_value("title_html", safe(title));
        let (title_id, old_anchors) = page.map(|id| anchors(self.scope.page(id))).unwrap_or_default();
        context.insert("title_id", &title_id);
        context.insert("old_anchors", &old_anchors);
        let frame = self.frame(&context)?;
        context.insert_value("frame", frame);
        self.fill(template, &context, html.len() + asks.len() + records.len())
    }

    /// The body of a page with its asks where they belong, and those that belong into the block below the title.
    fn with_asks<'b>(&self, page: PageId, body: &'b Body) -> Result<(Cow<'b, str>, String), Vec<Diagnostic>> {
        let standings = &self.scope.page(page).asks;
        if standings.is_empty() {
            return Ok((Cow::from(&body.html), String::new()));
        }
        let mut block = String::new();
        for place in (0..standings.len()).filter(|place| standings[*place].location.heading.is_none()) {
            block.push_str(&self.ask(page, place, body)?);
        }
        let mut html = String::with_capacity(2 * body.html.len());
        for part in parts(&body.html, standings.len()) {
            match part {
                Part::Html(part) => html.push_str(part),
                Part::Ask(place) => html.push_str(&self.ask(page, place, body)?),
            }
        }
        Ok((html.into(), block))
    }

    /// The asks of other pages that the decision `page` settles.
    fn records(&self, page: PageId, body: &Body) -> Rendered {
        let mut all = String::new();
        for ((page, place), text) in self.scope.site.decisions.records(page).into_iter().zip(&body.records) {
            if let Some(view) = AskView::record(&self.scope, page, place) {
                all.push_str(&self.card(&view, text)?);
            }
        }
        Ok(all)
    }

    /// The ask `place` of `page`.
    fn ask(&self, page: PageId, place: usize, body: &Body) -> Rendered {
        let Some(view) = AskView::shown(&self.scope, page, place) else { return Ok(String::new()) };
        self.card(&view, body.contexts.get(place).map_or("", String::as_str))
    }

    /// An ask with its context, which is HTML.
    fn card(&self, view: &AskView, text: &str) -> Rendered {
        let mut context = Context::new();
        context.insert("ask", view);
        context.insert_value("context", safe(Some(text)));
        self.fill("ask.html", &context, text.len())
    }

    /// A template filled with `context`, `length` bytes of which are HTML already.
    pub(super) fn fill(&self, template: &str, context: &Context, length: usize) -> Rendered {
        let mut out = guard::Bounded::new(length + (16 << 10), length + guard::PAGE);
        self.tera.render_to(template, context, &mut out).map_err(|error| match error.kind() {
            tera::ErrorKind::Io(_) => too_long(template),
            _ => self.theme.fault(&error),
        })?;
        String::from_utf8(out.into_bytes()).map_err(|_| too_long(template))
    }
}

/// The id of the heading that became the title, and those by which old links know the page or that heading.
fn anchors(page: &Page) -> (Option<&str>, Vec<&str>) {
    let heading = page.document.title_heading.and_then(|at| page.document.headings.get(at));
    let also = heading.and_then(|heading| heading.also.as_deref());
    let old = also.into_iter().chain(page.old_anchors.iter().map(String::as_str)).collect();
    (heading.map(|heading| heading.id.as_str()), old)
}

fn safe(html: Option<&str>) -> Value {
    html.filter(|html| !html.is_empty()).map_or_else(Value::none, Value::safe_string)
}

fn too_long(template: &str) -> Vec<Diagnostic> {
    let message = format!("The template `{template}` made a page of more than {} MB", guard::PAGE >> 20);
    let hint = "Look for loops inside loops in the templates of your theme";
    vec![Diagnostic::error("theme-output", message).hint(hint)]
}
