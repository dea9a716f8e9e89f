//! The writer: where HTML is gathered, and which part of the room writes which node.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::Alignment;

use super::fences::Code;
use super::footnotes::Footnotes;
use super::images::Picture;
use super::passages::Passages;
use super::{Body, Services, asks};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::markdown::{Node, Sink};
use crate::escape;
use crate::site::{Page, PageId, ResolvedLink, Site};

/// As many findings of one body are enough to see what is wrong.
const MOST_FINDINGS: usize = 50;

/// The state of one body in the making.
pub struct Writer<'s, 'a> {
    pub site: &'s Site,
    pub id: PageId,
    /// The page that shows what is written; the context of an ask stands on other pages as well.
    pub shown_on: PageId,
    pub page: &'s Page,
    pub services: &'s dyn Services,
    pub out: String,
    /// What was written before a part that goes elsewhere, outermost first.
    held: Vec<String>,
    pub body: Body,
    pub diagnostics: Vec<Diagnostic>,
    links: usize,
    /// How many moments were written.
    pub moments: usize,
    /// The end tags of open links, and how many of them are links to a reader.
    pub link_ends: Vec<&'static str>,
    pub open_links: usize,
    pub next_heading: usize,
    /// Ids of HTML elements that have not been written yet.
    pub html_ids: BTreeSet<&'s str>,
    pub footnotes: Footnotes,
    pub picture: Option<Picture<'s, 'a>>,
    pub pictures: usize,
    pub code: Option<Code<'a>>,
    pub paragraph: Option<Paragraph>,
    pub table: Table,
    pub tables: usize,
    pub diagrams: usize,
    pub(super) passages: Passages,
    /// Headings with the asks that are shown below them, in order.
    pub asks: Vec<(usize, usize)>,
    /// The line of the ask whose context this is.
    line: Option<usize>,
}

/// What is numbered on a page, so far.
#[derive(Clone, Copy)]
pub struct Counts {
    tables: usize,
    diagrams: usize,
    pictures: usize,
}

/// An open Markdown paragraph, as long as it may be nothing but one image.
pub struct Paragraph {
    /// Where its start tag stands.
    pub start: usize,
    /// How many nodes it has so far.
    pub nodes: usize,
    /// The image's start and its title.
    pub figure: Option<(usize, String)>,
}

/// The open table.
#[derive(Default)]
pub struct Table {
    pub alignments: Vec<Alignment>,
    pub in_head: bool,
    pub cell: usize,
}

impl<'s> Writer<'s, '_> {
    pub fn new(site: &'s Site, id: PageId, services: &'s dyn Services) -> Self {
        let page = &site.pages[id.0];
        let length = page.document.text.len() - page.document.body_start;
        Self {
            site,
            id,
            shown_on: id,
            page,
            services,
            out: String::with_capacity(length + length / 2),
            held: Vec::new(),
            body: Body::default(),
            diagnostics: Vec::new(),
            links: 0,
            moments: 0,
            link_ends: Vec::new(),
            open_links: 0,
            next_heading: 0,
            html_ids: page.document.html_ids.iter().map(String::as_str).collect(),
            footnotes: Footnotes::default(),
            picture: None,
            pictures: 0,
            code: None,
            paragraph: None,
            table: Table::default(),
            tables: 0,
            diagrams: 0,
            passages: Passages::new(page.document.title_heading),
            asks: asks::places(page),
            line: None,
        }
    }

    /// For the context of the ask in line `at.1`, whose links begin at `at.0`; numbers go on from `counts`.
    pub fn inset(
        site: &'s Site,
        (id, shown_on): (PageId, PageId),
        services: &'s dyn Services,
        at: (usize, usize),
        counts: Counts,
    ) -> Self {
        Self {
            out: String::new(),
            links: at.0,
            // No moment of the body stands in it: none has an id.
            moments: usize::MAX,
            line: Some(at.1),
            tables: counts.tables,
            diagrams: counts.diagrams,
            pictures: counts.pictures,
            html_ids: BTreeSet::new(),
            asks: Vec::new(),
            shown_on,
            ..Self::new(site, id, services)
        }
    }

    /// What was numbered so far.
    pub fn counts(&self) -> Counts {
        Counts { tables: self.tables, diagrams: self.diagrams, pictures: self.pictures }
    }

    /// Writes markup of ours.
    pub fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        escape::text(&mut self.out, text);
    }

    /// Writes ` name="value"`.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(&mut self.out, value);
        self.out.push('"');
    }

    /// Starts a line for a block, where one is not started already.
    pub fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// From here on writes to a part of its own.
    pub fn hold(&mut self) {
        self.held.push(std::mem::take(&mut self.out));
    }

    /// The part that was written since [`Writer::hold`].
    pub fn release(&mut self) -> String {
        let before = self.held.pop().unwrap_or_default();
        std::mem::replace(&mut self.out, before)
    }

    /// The next of the page's links.
    pub fn next_link(&mut self) -> &'s ResolvedLink {
        let link = self.page.links.get(self.links).unwrap_or(&ResolvedLink::Refused);
        self.links += 1;
        link
    }

    /// Reports `message` at `span`; of very many, the first.
    pub fn warn(&mut self, code: &'static str, message: String, span: Range<usize>) {
        if self.diagnostics.len() >= MOST_FINDINGS {
            return;
        }
        let document = &self.page.document;
        let place = match self.line {
            Some(line) => Place::line(&document.path, &document.text, line),
            None => Place::in_text(&document.path, &document.text, span),
        };
        self.diagnostics.push(Diagnostic::warning(code, message).at(place));
    }

    /// The body, with the footnotes at its end.
    pub fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.write_footnotes();
        self.body.html = self.out;
        self.body.passages = self.passages.finish();
        (self.body, self.diagnostics)
    }

    fn mention(&mut self, handle: &str) {
        let name = self.site.config.people.get(handle).map_or(handle, |person| person.name.as_str());
        let people = &self.site.people;
        let person = people.find(handle).and_then(|id| people.get(id)).filter(|_| self.open_links == 0);
        let element = if person.is_some() { "a" } else { "span" };
        self.raw(&format!("<{element} class=\"person\""));
        if let Some(person) = person {
            self.attribute("href", &self.address(&person.url));
        }
        self.attribute("title", name);
        self.raw(">@");
        self.text(handle);
        self.raw(&format!("</{element}>"));
    }

    /// Ticks the item that was just opened.
    fn task(&mut self, done: bool) {
        for (plain, task) in [("<li>", "<li class=\"task\">"), ("<li>\n<p>", "<li class=\"task\">\n<p>")] {
            if self.out.ends_with(plain) {
                self.out.truncate(self.out.len() - plain.len());
                self.out.push_str(task);
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.start = self.out.len() - "<p>".len();
                }
            }
        }
        self.raw(if done {
            "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
        } else {
            "<input type=\"checkbox\" disabled aria-label=\"To do\"> "
        });
    }

    fn count_node(&mut self) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.nodes += 1;
        }
    }
}

impl<'a> Sink<'a> for Writer<'_, 'a> {
    fn node(&mut self, node: Node<'a>, span: Range<usize>) {
        self.passages.node(&node);
        if self.picture.is_some() {
            return self.alternative(node);
        }
        if let Some(code) = &mut self.code {
            return match node {
                Node::Text(text) => code.append(text),
                Node::End(tag) => self.end(tag, span),
                _ => {}
            };
        }
        if !matches!(node, Node::End(_)) {
            self.count_node();
        }
        match node {
            Node::Start(tag) => self.start(tag),
            Node::End(tag) => self.end(tag, span),
            Node::Text(text) => self.text(&text),
            Node::Code(code) => {
                self.raw("<code>");
                self.text(&code);
                self.raw("</code>");
            }
            Node::Math { tex, display } => self.formula(&tex, display, span),
            Node::SoftBreak => self.raw("\n"),
            Node::HardBreak => self.raw("<br>\n"),
            Node::Rule => {
                self.line();
                self.raw("<hr>\n");
            }
            Node::Task(done) => self.task(done),
            Node::Footnote(label) => self.reference(&label),
            Node::Mention(handle) => self.mention(&handle),
            Node::Moment { recording, at, text, .. } => self.moment(recording, at, &text),
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name),
            Node::Raw(html) => self.raw(&html),
            Node::RawId(_) => {}
            Node::RawLink(target) => self.raw_link(&target),
        }
    }
}
