//! A document's body as one stream of nodes, the same for every reader of it.
//!
//! What is found in a document (headings, links, ids) and what is written of it must agree to the last link, so both
//! come from here: pulldown-cmark's events, with addresses and handles found in text, HTML reduced to what the policy
//! allows, and everything opened also closed.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::depth::MOST_OPEN;
use super::{html_nodes, inline, parser};
use crate::config::{HtmlPolicy, Person};
use crate::document::html::Element;
use crate::document::html::stack::Stack;
use crate::time::Moment;

/// People by handle.
pub type Handles = BTreeMap<String, Person>;

/// A part of a document's body.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    /// A Markdown element starts. Never `HtmlBlock` or `MetadataBlock`; a heading has no other attributes than a
    /// sound id and classes.
    Start(Tag<'a>),
    /// A Markdown element ends.
    End(TagEnd),
    /// Text.
    Text(CowStr<'a>),
    /// A code span.
    Code(CowStr<'a>),
    /// A formula.
    Math {
        /// In TeX.
        tex: CowStr<'a>,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A line break that is a space.
    SoftBreak,
    /// A line break that is one.
    HardBreak,
    /// A thematic break.
    Rule,
    /// The box of a task, ticked or not.
    Task(bool),
    /// A reference to a footnote by its label; the footnote exists.
    Footnote(CowStr<'a>),
    /// A known handle, without `@`.
    Mention(CowStr<'a>),
    /// A moment of one of the document's recordings.
    Moment {
        /// Which, in the order of the document.
        recording: usize,
        /// When.
        at: Moment,
        /// Whether a paragraph, list item or heading starts with it.
        leads: bool,
        /// As written, without brackets.
        text: CowStr<'a>,
    },
    /// An allowed HTML element starts; void elements have no end.
    Open(Element),
    /// An HTML element ends.
    Close(&'static str),
    /// HTML that the configuration lets pass as it is; not always whole tags.
    Raw(CowStr<'a>),
    /// An id that the HTML which follows defines.
    RawId(String),
    /// A destination in such HTML.
    RawLink(RawTarget),
}

/// The value of an attribute of HTML that passes as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTarget {
    /// As written, without quotes.
    pub written: String,
    /// With its character references resolved.
    pub target: String,
    /// Whether quotes stand around it.
    pub quoted: bool,
    /// Whether it is something to go to; else something to load.
    pub is_reference: bool,
}

/// Takes nodes in order, each with its place in the file's text.
pub trait Sink<'a> {
    /// Takes one.
    fn node(&mut self, node: Node<'a>, span: Range<usize>);

    /// Takes note of HTML that the policy keeps out, once for each element or attribute name and reason.
    fn refused(&mut self, _what: Refused, _span: Range<usize>) {}
}

/// HTML that is not in the output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// An element that is not allowed.
    Element(String),
    /// Something in angle brackets that is no HTML, shown as text.
    Unknown(String),
    /// An element that is allowed, but not there.
    Place(String),
    /// A handler or style.
    Attribute(String),
    /// A tag too long to be read.
    Long,
    /// A time of a recording that the document doesn't name: no HTML, but said the same way.
    Recording(String),
}

/// Containers nest too deep, from here on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooDeep(pub Range<usize>);

/// What a walk depends on beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// Who can be named.
    pub people: &'c Handles,
    /// What HTML may do.
    pub html: HtmlPolicy,
    /// What the document calls its recordings; without any, times in brackets are text.
    pub recordings: &'c [String],
}

/// Walks the Markdown that starts at `body_start` of `text`.
pub fn walk<'a>(
    text: &'a str,
    body_start: usize,
    context: Context<'_>,
    sink: &mut impl Sink<'a>,
) -> Result<(), TooDeep> {
    let mut walker = Walker::new(text, context, sink);
    for (event, span) in parser(&text[body_start..]).into_offset_iter() {
        walker.event(event, body_start + span.start..body_start + span.end)?;
    }
    walker.finish();
    Ok(())
}

/// The state of one walk.
pub(super) struct Walker<'a, 's, S> {
    pub(super) text: &'a str,
    pub(super) context: Context<'s>,
    pub(super) sink: &'s mut S,
    pub(super) stack: Stack,
    pub(super) html: html_nodes::State,
    pub(super) run: inline::Run<'a>,
    heading: inline::HeadingText,
    /// How many images are open: their content is alternative text.
    pub(super) images: usize,
    /// Whether a code block is open; its text comes whole.
    pub(super) in_code: bool,
    in_html: bool,
    /// Whether nothing was said since a paragraph, list item or heading began.
    pub(super) leads: bool,
}

impl<'a, 's, S: Sink<'a>> Walker<'a, 's, S> {
    fn new(text: &'a str, context: Context<'s>, sink: &'s mut S) -> Self {
        Self {
            text,
            context,
            sink,
            stack: Stack::default(),
            html: html_nodes::State::default(),
            run: inline::Run::default(),
            heading: inline::HeadingText::default(),
            images: 0,
            in_code: false,
            in_html: false,
            leads: false,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) -> Result<(), TooDeep> {
        if let Event::Text(text) = event {
            self.take_text(text, span);
            return Ok(());
        }
        self.flush();
        if !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_))) {
            self.heading.inline(&span);
        }
        if matches!(
            event,
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_)
        ) {
            self.before_text("x", span.start);
        }
        self.leads &= matches!(event, Event::Start(_) | Event::End(_) | Event::TaskListMarker(_));
        match event {
            Event::Start(tag) => self.start(tag, span)?,
            Event::End(tag) => self.end(tag, span),
            Event::Html(html) => self.html.append(&html, span.start),
            Event::InlineHtml(html) => self.inline_html(&html, &span),
            event if self.html.is_swallowing() => drop(event),
            Event::InlineMath(tex) => self.math(tex, span),
            Event::DisplayMath(tex) => self.sink.node(Node::Math { tex, display: true }, span),
            Event::Code(code) => self.sink.node(Node::Code(code), span),
            Event::SoftBreak => self.sink.node(Node::SoftBreak, span),
            Event::HardBreak => self.sink.node(Node::HardBreak, span),
            Event::Rule => self.rule(span),
            Event::TaskListMarker(done) => self.sink.node(Node::Task(done), span),
            Event::FootnoteReference(label) => self.sink.node(Node::Footnote(label), span),
            Event::Text(_) => {}
        }
        Ok(())
    }

    fn take_text(&mut self, text: CowStr<'a>, span: Range<usize>) {
        if self.html.is_swallowing() {
            return;
        }
        if self.in_code {
            return self.run.append(self.text, text, span);
        }
        if self.in_html {
            // Indentation of a line of HTML.
            return self.html.append(&text, span.start);
        }
        self.heading.inline(&span);
        // An escaped bracket begins a run, so that it can be told from one that opens a moment.
        if !self.context.recordings.is_empty() && text.starts_with('[') && self.is_escaped(&span) {
            self.flush();
        }
        self.run.append(self.text, text, span);
    }

    /// Whether a backslash stands before `span`.
    pub(super) fn is_escaped(&self, span: &Range<usize>) -> bool {
        self.text[..span.start].ends_with('\\')
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) -> Result<(), TooDeep> {
        if matches!(tag, Tag::HtmlBlock) {
            self.in_html = true;
            return Ok(());
        }
        if self.stack.depth() >= MOST_OPEN {
            return Err(TooDeep(span));
        }
        let shown = !(matches!(tag, Tag::Link { .. }) && self.stack.in_link());
        let (block, flow) = place(&tag);
        let sink = &mut *self.sink;
        self.stack.open_markdown(block, flow, shown, &mut |rule| {
            sink.node(Node::Close(rule.name), span.start..span.start);
        });
        match &tag {
            Tag::Link { .. } => self.stack.link(true),
            Tag::Image { .. } => self.images += 1,
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::Heading { .. } => self.heading.start(&tag, &span),
            _ => {}
        }
        match &tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item => self.leads = true,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            _ => self.leads = false,
        }
        if shown {
            let tag = if matches!(tag, Tag::Heading { .. }) { inline::sound_heading(tag) } else { tag };
            self.sink.node(Node::Start(tag), span);
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => {
                self.in_html = false;
                return self.html_block();
            }
            TagEnd::Image => self.images -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Heading(_) => {
                if let Some(braces) = self.heading.lost_braces(self.text, &span) {
                    let text = CowStr::Borrowed(&self.text[braces.clone()]);
                    self.sink.node(Node::Text(text), braces);
                }
            }
            _ => {}
        }
        let sink = &mut *self.sink;
        let shown =
            self.stack.close_markdown(&mut |rule| sink.node(Node::Close(rule.name), span.end..span.end));
        self.html.left_container(self.stack.depth());
        if tag == TagEnd::Link {
            self.stack.link(false);
        }
        if shown {
            self.sink.node(Node::End(tag), span);
        }
    }

    /// GitHub takes `$` for a formula only between spaces and punctuation: `US$5-US$6` is money.
    fn math(&mut self, tex: CowStr<'a>, span: Range<usize>) {
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        if before.into_iter().chain(after).any(char::is_alphanumeric) {
            self.run.append(self.text, CowStr::Borrowed(&self.text[span.clone()]), span);
        } else {
            self.sink.node(Node::Math { tex: inline::without_backticks(tex), display: false }, span);
        }
    }

    /// Text that is more than white space ends an HTML table that waits for a row.
    pub(super) fn before_text(&mut self, text: &str, at: usize) {
        if self.stack.in_table() && !text.trim().is_empty() {
            let sink = &mut *self.sink;
            self.stack.before_content(&mut |rule| sink.node(Node::Close(rule.name), at..at));
        }
    }

    fn rule(&mut self, span: Range<usize>) {
        let sink = &mut *self.sink;
        self.stack.end_block(&mut |rule| sink.node(Node::Close(rule.name), span.start..span.start));
        self.sink.node(Node::Rule, span);
    }

    fn finish(mut self) {
        self.flush();
        let end = self.text.len();
        let sink = &mut *self.sink;
        self.stack.finish(&mut |rule| sink.node(Node::Close(rule.name), end..end));
    }
}

/// Whether an element is a block, and whether blocks may stand in it.
fn place(tag: &Tag<'_>) -> (bool, bool) {
    match tag {
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::CodeBlock(_)
        | Tag::DefinitionListTitle
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::List(_)
        | Tag::DefinitionList => (true, false),
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::Link { .. }
        | Tag::Image { .. } => (false, false),
        _ => (true, true),
    }
}
