//! One Markdown file made into a [`Document`]: front matter, outline, anchors and raw links.
//!
//! Pure and per file: this room knows nothing of other documents, of routes or of git.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Place;
use crate::path::SourcePath;
use crate::source::SourceFile;

mod contexts;
mod dated;
pub mod front_matter;
pub mod html;
mod ids;
pub mod inline;
pub mod markdown;
pub mod moments;
mod outline;
mod parse;
mod prose;
pub mod record;
pub mod slug;
pub mod target;

use markdown::{Context, Sink, Tape, TooDeep};

pub use front_matter::FrontMatter;
pub use parse::{parse, parse_beside};

/// One document, read and understood, not yet placed on a site.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies.
    pub path: SourcePath,
    /// The whole file's text.
    pub text: Arc<str>,
    /// Where the Markdown starts in `text`, after the front matter.
    pub body_start: usize,
    /// What its front matter says (and what its record form says, where it has one). Boxed, since documents are handed
    /// from list to list and this is most of what they are.
    pub front: Box<FrontMatter>,
    /// The form of a known record, if it has one: then it is a decision wherever it lies.
    pub record: Option<RecordForm>,
    /// The file beside it that holds its status and relations, where its form keeps them there: their lines are of it.
    pub beside: Option<SourceFile>,
    /// Front matter `title`, else the first level-one heading's text, else the file name in words. Plain text.
    pub title: String,
    /// The index in `headings` of the level-one heading that is the title, so that it is not shown twice.
    pub title_heading: Option<usize>,
    /// All headings in order, each with its final id.
    pub headings: Vec<Heading>,
    /// Ids that raw HTML in the body defines (`<a id="x">`, `<a name="x">`), in order, without repeats.
    pub html_ids: Vec<String>,
    /// Links and images in the order of the Markdown events, those of allowed raw HTML included.
    /// Those of the contexts of asks follow.
    pub links: Vec<RawLink>,
    /// Where in `links` those of each ask's context begin.
    pub context_links: Vec<usize>,
    /// What the text may call its recordings: first its own, then those of `recordings`.
    pub recordings: Vec<String>,
    /// Moments of recordings in the order of the Markdown events.
    pub moments: Vec<moments::NamedMoment>,
    /// Handles named as `@handle` in the text that the configuration knows, sorted, without repeats.
    pub mentions: Vec<String>,
    /// Words of prose, code left out.
    pub words: usize,
    /// Plain text of the first paragraph, cut at a word to about 300 characters; may be empty.
    pub excerpt: String,
    /// The nodes of its body, for the next to read it, where they don't take too much.
    pub nodes: markdown::Kept,
}

impl Document {
    /// Whether its body defines the id.
    pub fn has_id(&self, id: &str) -> bool {
        let headings =
            self.headings.iter().any(|heading| heading.id == id || heading.also.as_deref() == Some(id));
        headings || self.html_ids.iter().any(|known| known == id)
    }

    /// Whether all that other documents, lists and the clock can ask of it has the answer that `other`, an earlier state of
    /// it, has. What its own page shows beside that, its text above all, may differ, and so may places in the body.
    pub fn is_tied_as(&self, other: &Self) -> bool {
        let heading = |h: &Heading| (h.level, h.text.clone(), h.id.clone(), h.also.clone(), h.dated);
        let moment = |m: &moments::NamedMoment| (m.recording, m.at, m.id.clone());
        let link = |l: &RawLink| (l.role, l.target.clone());
        let beside = |d: &Self| d.beside.as_ref().map(|file| Arc::clone(&file.text));
        self.path == other.path
            && self.front == other.front
            // Lines of the front matter are told with their text.
            && self.text[..self.body_start] == other.text[..other.body_start]
            && self.record == other.record
            && beside(self) == beside(other)
            && self.title == other.title
            && self.title_heading == other.title_heading
            && self.headings.iter().map(heading).eq(other.headings.iter().map(heading))
            && self.html_ids == other.html_ids
            && self.links.iter().map(link).eq(other.links.iter().map(link))
            && self.context_links == other.context_links
            && self.recordings == other.recordings
            && self.moments.iter().map(moment).eq(other.moments.iter().map(moment))
            && self.mentions == other.mentions
            && self.footnotes() == other.footnotes()
    }

    /// What stands in the body as a footnote's label would: links may lead there.
    fn footnotes(&self) -> BTreeSet<&str> {
        let starts = self.text[self.body_start..].split("[^").skip(1);
        starts.filter_map(|rest| rest.split_once(']')).map(|(label, _)| label).collect()
    }

    /// Gives the nodes of the body to `sink`: as they were `kept`, else by a walk in `context`, in which the document must
    /// have been read as well.
    pub fn walk<'a>(
        &'a self,
        kept: Option<&'a Tape>,
        context: Context<'_>,
        sink: &mut impl Sink<'a>,
    ) -> Result<(), TooDeep> {
        match kept {
            Some(nodes) => nodes.play(&self.text, sink),
            None => markdown::walk(&self.text, self.body_start, context, sink)?,
        }
        Ok(())
    }

    /// The place of a fact that stands on this line: a status, or a relation.
    pub fn place_of_fact(&self, line: usize) -> Place {
        match &self.beside {
            Some(file) => Place::line(&file.path, &file.text, line),
            None => Place::line(&self.path, &self.text, line),
        }
    }
}

/// The forms of records that teams already have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordForm {
    /// Ethereum Improvement Proposal: front matter with `eip`.
    Eip,
    /// adr-tools: `# 7. Title` and `## Status`.
    Nygard,
    /// Markdown Any Decision Record of any version: its headings.
    Madr,
    /// log4brains: MADR's headings, facts in the first list, a date in the file's name.
    Log4brains,
    /// Kubernetes Enhancement Proposal: `kep.yaml` beside a `README.md`, or its keys in front matter.
    Kep,
    /// Request for Discussion: `state`, `authors` and `discussion`.
    Rfd,
    /// Rust RFC: a list with `Start Date` and `RFC PR`.
    RustRfc,
    /// Swift Evolution: a list with `Proposal` and `Status`.
    Swift,
    /// Backstage: files called `adr001-x`.
    Backstage,
    /// Other decision records whose form is told by their front matter or head list.
    Other,
}

/// A heading of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// Its id: GitHub's slug, `{#id}`, or the date of a dated entry; unique in the document.
    pub id: String,
    /// For a dated entry GitHub's slug, a second target, so that links copied from GitHub work; unique as well.
    pub also: Option<String>,
    /// Whether it starts with an ISO date or date-time.
    pub dated: bool,
    /// Where it stands in the file's text.
    pub span: std::ops::Range<usize>,
}

/// A link or image as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLink {
    /// Link or image.
    pub role: LinkRole,
    /// The destination, with Markdown's escapes and entities resolved.
    pub target: String,
    /// Where it stands in the file's text.
    pub span: std::ops::Range<usize>,
}

/// What a target is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRole {
    /// Something to go to.
    Link,
    /// Something to show.
    Image,
}

#[cfg(test)]
mod tests;
