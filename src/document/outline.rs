//! What is found in a document's body: headings, links, ids, mentions, words and the first paragraph.
//!
//! One walk gathers it all; ids are given out at its end, when all that were asked for by name are known.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};

use super::ids::{self, Draft};
use super::markdown::{Context, Node, RawTarget, Recorder, Refused, Sink, Tape, TooDeep, walk};
use super::moments::{self, NamedMoment};
use super::prose::Prose;
use super::{Heading, LinkRole, RawLink};
use crate::document::html::Element;
use crate::time::Moment;

/// All that the body says.
#[derive(Debug)]
pub struct Outline {
    pub headings: Vec<Heading>,
    /// The first level-one heading that stands in no quote or list.
    pub first_title: Option<usize>,
    pub html_ids: Vec<String>,
    pub links: Vec<RawLink>,
    pub moments: Vec<NamedMoment>,
    pub mentions: Vec<String>,
    pub words: usize,
    pub excerpt: String,
    pub refused: Vec<(Refused, Range<usize>)>,
    /// About how many bytes its HTML takes beside its text.
    pub weight: usize,
}

/// Reads the body that starts at `body_start` of `text`, and keeps its nodes, as far as that takes little.
pub fn keep(text: &str, body_start: usize, context: Context<'_>) -> Result<(Outline, Option<Tape>), TooDeep> {
    let mut gatherer = Gatherer::default();
    let mut recorder = Recorder::new(text, &mut gatherer);
    walk(text, body_start, context, &mut recorder)?;
    let tape = recorder.finish();
    Ok((gatherer.finish(context.recordings), tape))
}

/// Reads the body that starts at `body_start` of `text`.
pub fn read(text: &str, body_start: usize, context: Context<'_>) -> Result<Outline, TooDeep> {
    let mut gatherer = Gatherer::default();
    walk(text, body_start, context, &mut gatherer)?;
    Ok(gatherer.finish(context.recordings))
}

#[derive(Default)]
struct Gatherer {
    drafts: Vec<Draft>,
    open: Option<Draft>,
    first_title: Option<usize>,
    ids: Vec<String>,
    /// Ids of HTML anchors with nothing between them and here.
    fresh: Vec<String>,
    links: Vec<RawLink>,
    moments: Vec<moments::Draft>,
    mentions: BTreeSet<String>,
    prose: Prose,
    refused: Vec<(Refused, Range<usize>)>,
    weight: usize,
    /// Open quotes, list items and footnotes.
    containers: usize,
    images: usize,
    in_code: bool,
}

impl<'a> Sink<'a> for Gatherer {
    fn node(&mut self, node: Node<'a>, span: Range<usize>) {
        match node {
            Node::Start(tag) => self.start(&tag, span),
            Node::End(tag) => self.end(tag),
            Node::Text(text) => self.text(&text),
            Node::Code(code) => self.verbatim(&code),
            Node::Math { tex, .. } => self.verbatim(&tex),
            Node::SoftBreak | Node::HardBreak => {
                if let Some(draft) = &mut self.open {
                    draft.line_break();
                }
                self.prose.text(" ");
            }
            Node::Mention(handle) => {
                self.text(&CowStr::from(format!("@{handle}")));
                self.mentions.insert(handle.into_string());
            }
            Node::Moment { recording, at, leads, text } => self.moment((recording, at), leads, &text, span),
            Node::Open(element) => self.open(&element, span),
            Node::Close(name) => self.close(name),
            Node::Raw(_) => {}
            Node::RawId(id) => self.html_id(id),
            Node::RawLink(RawTarget { target, is_reference, .. }) => {
                let role = if is_reference { LinkRole::Link } else { LinkRole::Image };
                self.links.push(RawLink { role, target, span });
            }
            Node::Rule | Node::Task(_) | Node::Footnote(_) => {
                self.weight += 60;
                self.fresh.clear();
            }
        }
    }

    fn refused(&mut self, what: Refused, span: Range<usize>) {
        self.refused.push((what, span));
    }
}

impl Gatherer {
    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        self.weight += weight(tag);
        match tag {
            Tag::Heading { level, id, .. } => {
                self.open_heading(*level as u8, id.as_ref().map(ToString::to_string), span);
            }
            Tag::Link { dest_url, link_type, .. } => {
                let mail = matches!(link_type, LinkType::Email);
                let target = if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                self.links.push(RawLink { role: LinkRole::Link, target, span });
            }
            Tag::Image { dest_url, .. } => {
                self.fresh.clear();
                self.images += 1;
                self.links.push(RawLink { role: LinkRole::Image, target: dest_url.to_string(), span });
            }
            Tag::CodeBlock(_) => {
                self.fresh.clear();
                self.in_code = true;
            }
            Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) => self.containers += 1,
            Tag::Paragraph if self.containers == 0 => self.prose.start_paragraph(),
            _ => {}
        }
        self.prose.boundary(tag);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Image => self.images -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.containers -= 1,
            TagEnd::Paragraph => self.prose.end_paragraph(),
            _ => {}
        }
    }

    fn text(&mut self, text: &CowStr<'_>) {
        if self.in_code {
            return;
        }
        if self.images > 0 {
            if let Some(draft) = &mut self.open {
                draft.alternative.push_str(text);
            }
            return;
        }
        self.prose.text(text);
        self.heading_text(text);
    }

    fn moment(&mut self, (recording, at): (usize, Moment), leads: bool, text: &str, span: Range<usize>) {
        let heading = self.open.as_ref().map(|_| self.drafts.len());
        self.prose.text(text);
        // GitHub's slug has the digits and not the brackets.
        self.heading_text(text);
        self.weight += 80;
        self.moments.push(moments::Draft { recording, at, leads, heading, span });
    }

    /// Code or mathematics in a line of text: no words to count, but the line reads on through it.
    /// What belongs to a sentence without being words; of an image only its words are its description.
    fn verbatim(&mut self, text: &str) {
        if self.images == 0 {
            self.prose.verbatim(text);
            self.heading_text(text);
        }
    }

    /// Text of a heading, words or not; anything but white space also ends the reach of an anchor before it.
    fn heading_text(&mut self, text: &str) {
        if let Some(draft) = &mut self.open {
            draft.text.push_str(text);
        } else if !self.fresh.is_empty() && !text.trim().is_empty() {
            self.fresh.clear();
        }
    }

    fn open(&mut self, element: &Element, span: Range<usize>) {
        self.weight += 20;
        let image = matches!(element.name, "img" | "source" | "video" | "audio" | "track");
        let role = if image { LinkRole::Image } else { LinkRole::Link };
        let links = element.links().map(|url| RawLink { role, target: url.to_owned(), span: span.clone() });
        self.links.extend(links);
        let id = element.text("id").map(str::to_owned);
        if let Some(level) = element.heading_level() {
            self.open_heading(level, id, span);
        } else if let Some(id) = id {
            self.html_id(id);
        }
        if element.name == "br" {
            self.prose.text(" ");
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name.as_bytes(), [b'h', b'1'..=b'6']) {
            self.close_heading();
        }
    }

    fn html_id(&mut self, id: String) {
        self.fresh.push(id.clone());
        self.ids.push(id);
    }

    fn open_heading(&mut self, level: u8, id: Option<String>, span: Range<usize>) {
        self.open = Some(Draft { level, id, span, ..Draft::default() });
    }

    fn close_heading(&mut self) {
        let Some(mut draft) = self.open.take() else { return };
        self.prose.section(&draft.text);
        draft.absorb(&self.fresh, &mut self.ids);
        self.fresh.clear();
        if draft.level == 1 && self.containers == 0 && self.first_title.is_none() {
            self.first_title = Some(self.drafts.len());
        }
        self.weight += 100 + 3 * draft.text.len();
        self.drafts.push(draft);
    }

    fn finish(self, recordings: &[String]) -> Outline {
        let (headings, html_ids, moments) = ids::assign(self.drafts, self.ids, self.moments, recordings);
        let (words, excerpt) = self.prose.finish();
        Outline {
            headings,
            first_title: self.first_title,
            html_ids,
            links: self.links,
            moments,
            mentions: self.mentions.into_iter().collect(),
            words,
            excerpt,
            refused: self.refused,
            weight: self.weight,
        }
    }
}

/// About how many bytes an element's tags take.
fn weight(tag: &Tag<'_>) -> usize {
    match tag {
        Tag::BlockQuote(Some(_)) | Tag::Table(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) => 80,
        Tag::Image { .. } | Tag::Link { .. } => 60,
        Tag::BlockQuote(None) => 26,
        _ => 12,
    }
}
