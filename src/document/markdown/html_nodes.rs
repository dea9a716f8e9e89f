//! Raw HTML of a walk made into nodes: allowed elements in their place, the rest noted.

use std::collections::BTreeSet;
use std::ops::Range;

use html5ever::tokenizer::Tag;

use super::depth::MOST_OPEN;
use super::walk::{Node, RawTarget, Refused, Sink, Walker};
use crate::config::HtmlPolicy;
use crate::document::html::Element;
use crate::document::html::policy::{Rule, Verdict, verdict};
use crate::document::html::raw::{self, Part};
use crate::document::html::stack::Misplaced;
use crate::document::html::tokens::{self, Piece};

/// As many different findings of one document are enough to see what is wrong.
const MOST_REFUSED: usize = 50;

/// What a walk knows of the HTML around it.
#[derive(Debug, Default)]
pub struct State {
    /// The HTML block that is being gathered, and where it starts.
    block: String,
    start: usize,
    /// The element whose content is dropped, and how deep it stands.
    swallowing: Option<(String, usize)>,
    refused: BTreeSet<Refused>,
}

impl State {
    /// Gathers a line of an HTML block: its tags may stand on several.
    pub fn append(&mut self, html: &str, start: usize) {
        if self.block.is_empty() {
            self.start = start;
        }
        self.block.push_str(html);
    }

    /// Whether text is being dropped.
    pub fn is_swallowing(&self) -> bool {
        self.swallowing.is_some()
    }

    /// A Markdown container ended and left `depth` things open: nothing is dropped beyond the container it began in.
    pub fn left_container(&mut self, depth: usize) {
        self.swallowing.take_if(|(_, started)| *started > depth);
    }
}

impl<'a, S: Sink<'a>> Walker<'a, '_, S> {
    /// A tag, comment or the like in a line of text.
    pub(super) fn inline_html(&mut self, html: &str, span: &Range<usize>) {
        if self.context.html == HtmlPolicy::Raw {
            self.raw(html, span);
        } else {
            self.pieces(html, span, true);
        }
    }

    /// The end of an HTML block.
    pub(super) fn html_block(&mut self) {
        let block = std::mem::take(&mut self.html.block);
        let span = self.html.start..(self.html.start + block.len()).min(self.text.len());
        if self.context.html == HtmlPolicy::Raw {
            return self.raw(&block, &span);
        }
        self.pieces(&block, &span, false);
        // A block is over, whatever it left open: what follows is Markdown again.
        self.html.swallowing = None;
        self.html.block = block;
        self.html.block.clear();
    }

    fn raw(&mut self, html: &str, span: &Range<usize>) {
        for id in raw::ids(html) {
            self.sink.node(Node::RawId(id), span.clone());
        }
        for part in raw::parts(html) {
            let node = match part {
                Part::Text(text) => Node::Raw(text.to_owned().into()),
                Part::Link(raw::Link { written, target, quoted, is_reference }) => {
                    Node::RawLink(RawTarget { written: written.to_owned(), target, quoted, is_reference })
                }
            };
            self.sink.node(node, span.clone());
        }
    }

    fn pieces(&mut self, html: &str, span: &Range<usize>, inline: bool) {
        let Some(pieces) = tokens::tokenize(html) else {
            self.refuse(Refused::Long, span);
            return self.html_text(html.to_owned(), span);
        };
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.html_text(text.to_string(), span),
                Piece::Open(tag) => self.open(&tag, span, inline.then_some(html)),
                Piece::Close(tag) => self.close(&tag, span, inline.then_some(html)),
            }
        }
    }

    fn html_text(&mut self, text: String, span: &Range<usize>) {
        if !self.html.is_swallowing() {
            self.before_text(&text, span.start);
            self.sink.node(Node::Text(text.into()), span.clone());
        }
    }

    fn open(&mut self, tag: &Tag, span: &Range<usize>, source: Option<&str>) {
        if self.html.is_swallowing() {
            return;
        }
        let name = &*tag.name;
        match verdict(name) {
            Verdict::Allowed(rule) => self.open_allowed(rule, tag, span),
            Verdict::Dropped => self.refuse(Refused::Element(name.to_owned()), span),
            Verdict::Swallowed => {
                self.refuse(Refused::Element(name.to_owned()), span);
                if !tag.self_closing {
                    self.html.swallowing = Some((name.to_owned(), self.stack.depth()));
                }
            }
            Verdict::Text => {
                self.refuse(Refused::Unknown(name.to_owned()), span);
                let text = source.map_or_else(|| format!("<{name}>"), str::to_owned);
                self.html_text(text, span);
            }
        }
    }

    fn open_allowed(&mut self, rule: &'static Rule, tag: &Tag, span: &Range<usize>) {
        let sink = &mut *self.sink;
        let place = span.start..span.start;
        let opened = if self.stack.depth() >= MOST_OPEN {
            Err(Misplaced::Block)
        } else {
            self.stack.open_html(rule, &mut |rule| sink.node(Node::Close(rule.name), place.clone()))
        };
        if opened.is_err() {
            return self.refuse(Refused::Place(tag.name.to_string()), span);
        }
        let mut refused = Vec::new();
        let element = Element::new(rule, &tag.attrs, &mut refused);
        for name in refused {
            self.refuse(Refused::Attribute(name), span);
        }
        self.sink.node(Node::Open(element), span.clone());
    }

    fn close(&mut self, tag: &Tag, span: &Range<usize>, source: Option<&str>) {
        let name = &*tag.name;
        if let Some((swallowed, _)) = &self.html.swallowing {
            if swallowed == name {
                self.html.swallowing = None;
            }
            return;
        }
        match verdict(name) {
            Verdict::Allowed(rule) => {
                let sink = &mut *self.sink;
                self.stack.close_html(rule.name, &mut |rule| sink.node(Node::Close(rule.name), span.clone()));
            }
            Verdict::Text => {
                let text = source.map_or_else(|| format!("</{name}>"), str::to_owned);
                self.html_text(text, span);
            }
            Verdict::Dropped | Verdict::Swallowed => {}
        }
    }

    fn refuse(&mut self, what: Refused, span: &Range<usize>) {
        if self.html.refused.len() < MOST_REFUSED && self.html.refused.insert(what.clone()) {
            self.sink.refused(what, span.clone());
        }
    }
}
