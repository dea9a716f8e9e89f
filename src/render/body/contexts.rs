//! The contexts of asks as HTML: written as the body is, but without headings, footnotes and ids of their own, since they
//! stand inside of it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Tag, TagEnd};

use super::Services;
use super::passages::Passages;
use super::writer::{Counts, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::markdown::{Context, Node, Sink, walk};
use crate::site::{PageId, Site};

/// The context of an ask.
pub(super) struct Rendered {
    /// Empty where the ask has none.
    pub html: String,
    /// Its text for the search.
    pub text: String,
}

/// Renders the contexts of all asks of `page`, numbering tables and diagrams on from `counts`.
pub(super) fn render(
    site: &Site,
    page: PageId,
    services: &dyn Services,
    counts: &mut Counts,
    found: &mut Vec<Diagnostic>,
) -> Vec<Rendered> {
    let asks = 0..site.pages[page.0].document.front.asks.len();
    asks.map(|place| one(site, (page, place), page, services, counts, found)).collect()
}

/// Renders the context of one ask, its page and its place there, for the page `shown_on`.
pub(super) fn one(
    site: &Site,
    (page, place): (PageId, usize),
    shown_on: PageId,
    services: &dyn Services,
    counts: &mut Counts,
    found: &mut Vec<Diagnostic>,
) -> Rendered {
    let document = &site.pages[page.0].document;
    let context =
        Context { people: &site.config.people, html: site.config.html, recordings: &document.recordings };
    let ask = document.front.asks.get(place);
    let markdown = ask.and_then(|ask| ask.context.as_deref()).unwrap_or_default();
    let links = document.context_links.get(place).copied().unwrap_or(usize::MAX);
    let line = ask.map_or(1, |ask| ask.line);
    let writer = Writer::inset(site, (page, shown_on), services, (links, line), *counts);
    let mut inset = Inset { writer, passages: Passages::new(None) };
    // Too deep a context was refused when the document was read.
    let _ = walk(markdown, 0, context, &mut inset);
    *counts = inset.writer.counts();
    let (body, more) = inset.writer.finish();
    found.extend(more);
    Rendered { html: body.html, text: inset.passages.finish().join("\n") }
}

/// Lets through what may stand inside of a body, the rest as what comes nearest to it.
struct Inset<'s, 'a> {
    writer: Writer<'s, 'a>,
    passages: Passages,
}

impl<'a> Sink<'a> for Inset<'_, 'a> {
    fn node(&mut self, node: Node<'a>, span: Range<usize>) {
        match node {
            Node::Start(Tag::Heading { .. }) => {
                self.pass(Node::Start(Tag::Paragraph), &span);
                self.pass(Node::Start(Tag::Strong), &span);
            }
            Node::End(TagEnd::Heading(_)) => {
                self.pass(Node::End(TagEnd::Strong), &span);
                self.pass(Node::End(TagEnd::Paragraph), &span);
            }
            Node::Open(element) if element.heading_level().is_some() => {
                self.pass(Node::Start(Tag::Strong), &span);
            }
            Node::Close(name) if matches!(name.as_bytes(), [b'h', b'1'..=b'6']) => {
                self.pass(Node::End(TagEnd::Strong), &span);
            }
            Node::Footnote(label) => self.pass(Node::Text(CowStr::from(format!(" [{label}]"))), &span),
            Node::Start(Tag::FootnoteDefinition(_)) | Node::End(TagEnd::FootnoteDefinition) => {}
            node => self.pass(node, &span),
        }
    }
}

impl<'a> Inset<'_, 'a> {
    fn pass(&mut self, node: Node<'a>, span: &Range<usize>) {
        self.passages.node(&node);
        self.writer.node(node, span.clone());
    }
}
