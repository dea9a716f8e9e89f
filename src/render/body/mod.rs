//! A document's body as HTML: the walk over its Markdown, written out with its links resolved.
//!
//! The document was read once before, and everything that could be wrong with it was said then; what is reported here
//! is only what code, formulas and diagrams turn out to be. Class names that the theme relies on are made here:
//! `anchor`, `table`, `code`, `alert`, `footnotes`, `task`, `person`, `diagram`, `math`, `broken`, `align-*`.

use crate::config::HtmlPolicy;
use crate::diagnostic::Diagnostic;
use crate::document::markdown::Context;
use crate::site::{PageId, Site};

mod asks;
mod blocks;
mod contexts;
mod elements;
mod fences;
mod footnotes;
mod headings;
#[cfg(test)]
mod hostile;
mod images;
mod links;
mod moments;
mod passages;
mod services;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

pub use asks::{Part, parts};
pub use services::{CodeBlock, Plain, Services};

/// A rendered body, and what it asks of the page around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The HTML: balanced, with every id unique, to stand in the page's `<main>`. Where asks are shown in it, it has
    /// marks, which [`parts`] knows.
    pub html: String,
    /// The inside of the title heading, which is not in `html`; `None` where the document has no such heading.
    pub title: Option<String>,
    /// Whether there is a code block.
    pub has_code: bool,
    /// Whether there is a formula.
    pub has_math: bool,
    /// Whether there is a drawn diagram.
    pub has_diagram: bool,
    /// Its text for the search: before the first heading, then below each heading but the title's.
    pub passages: Vec<String>,
    /// The contexts of the page's asks as HTML, one for each, empty where there is none.
    pub contexts: Vec<String>,
    /// The contexts of the asks of other pages that it settles, in the order of [`crate::site::Decisions::records`].
    pub records: Vec<String>,
}

/// Renders the body of `page`. Its links are taken from [`crate::site::Page::links`] in order.
pub fn render(site: &Site, page: PageId, services: &dyn Services) -> (Body, Vec<Diagnostic>) {
    let document = &site.pages[page.0].document;
    let context =
        Context { people: &site.config.people, html: site.config.html, recordings: &document.recordings };
    let kept = document.nodes.take();
    let mut writer = writer::Writer::new(site, page, services);
    // Too deep a document was refused when it was read; nothing of one is shown rather than half of it.
    let walked = document.walk(kept.as_ref(), context, &mut writer);
    debug_assert!(walked.is_ok() || site.config.html == HtmlPolicy::Raw);
    let mut counts = writer.counts();
    let (mut body, mut found) = writer.finish();
    let contexts = contexts::render(site, page, services, &mut counts, &mut found);
    asks::say(&site.pages[page.0], &contexts, &mut body.passages);
    body.contexts = contexts.into_iter().map(|context| context.html).collect();
    // What is wrong with them is said where they are asked.
    let mut record = |ask| contexts::one(site, ask, page, services, &mut counts, &mut Vec::new()).html;
    body.records = site.decisions.records(page).into_iter().map(&mut record).collect();
    (body, found)
}
