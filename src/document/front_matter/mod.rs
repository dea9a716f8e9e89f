//! What a document says about itself, in types.
//!
//! Every key of every kind is parsed here, also those whose pages come with other parts of the site. A block is
//! found ([`block`]), read as a tree with places ([`crate::yaml`]) and taken apart key by key ([`keys`]).
//! What a record says in its body instead is [`super::record`]'s work.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::config::Kind;
use crate::time::{When, Window};

mod asks;
mod block;
mod keys;
mod paths;
mod people;
mod read;
mod recordings;
mod unquoted;
mod values;

#[cfg(test)]
mod tests;

pub use people::name_and_handle;
pub(super) use people::of_line as people_of_line;
pub use read::read;

/// A value with the place where it was written, for findings that need the whole site to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The line in the file, from 1.
    pub line: usize,
}

/// The front matter of a document; a key that is absent is `None` or empty, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `kind`
    pub kind: Option<Kind>,
    /// `date`, else `created`
    pub date: Option<When>,
    /// `updated`
    pub updated: Option<When>,
    /// `authors`, else `author`: handles or names
    pub authors: Vec<String>,
    /// `tags`
    pub tags: Vec<String>,
    /// `status`, as written
    pub status: Option<Located<String>>,
    /// `draft`
    pub draft: bool,
    /// `aliases`: old paths, each maybe with `#old-anchor`
    pub aliases: Vec<Located<String>>,
    /// `slug`
    pub slug: Option<Located<String>>,
    /// `owner`
    pub owner: Option<String>,
    /// `stage`
    pub stage: Option<String>,
    /// `due`
    pub due: Option<When>,
    /// `words`: how many are wanted
    pub words: Option<u32>,
    /// `recordings`
    pub recordings: Vec<NamedRecording>,
    /// `discussions`: links to threads
    pub discussions: Vec<Located<String>>,
    /// `related`: documents, as written
    pub related: Vec<Located<String>>,
    /// `summary`: one sentence
    pub summary: Option<String>,
    /// `topic`
    pub topic: Option<String>,
    /// `asks`
    pub asks: Vec<Ask>,
    /// What decisions add.
    pub decision: DecisionFacts,
    /// What recordings add.
    pub recording: RecordingFacts,
    /// What updates add.
    pub update: UpdateFacts,
    /// `extra`, and every key that is not known, for themes.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// What decisions add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionFacts {
    /// `number`, else from the file name (`0007-x`, `eip-7`): digits as written, so that `0007` stays.
    pub number: Option<String>,
    /// `deciders`, else `decision-makers`
    pub deciders: Vec<String>,
    /// `consulted`
    pub consulted: Vec<String>,
    /// `informed`
    pub informed: Vec<String>,
    /// `supersedes`
    pub supersedes: Vec<Located<String>>,
    /// `superseded_by`
    pub superseded_by: Vec<Located<String>>,
    /// `amends`
    pub amends: Vec<Located<String>>,
    /// `amended_by`
    pub amended_by: Vec<Located<String>>,
    /// `decides`: asks, such as `specs/queue#ask-store`
    pub decides: Vec<Located<String>>,
}

/// A recording that a document names beside its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRecording {
    /// What moments in the text call it by: `id`, else the last part of its name.
    pub id: String,
    /// A document, a file or a URL, as written.
    pub of: Located<String>,
}

/// What recordings add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingFacts {
    /// `video`: a URL or a file
    pub video: Option<Located<String>>,
    /// `transcript`: a file
    pub transcript: Option<Located<String>>,
    /// `duration`
    pub duration: Option<SignedDuration>,
    /// `chapters`
    pub chapters: Vec<Chapter>,
}

/// A chapter of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// From the start of the recording.
    pub at: SignedDuration,
    /// Its title.
    pub title: String,
}

/// What updates add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateFacts {
    /// `team`
    pub team: Option<String>,
    /// `period`, as written
    pub period: Option<String>,
}

/// A question put to named people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its id, unique in the document; its anchor is `ask-ID`.
    pub id: String,
    /// The question, plain text.
    pub question: String,
    /// Background, Markdown.
    pub context: Option<String>,
    /// Handles or names of those asked.
    pub of: Vec<String>,
    /// When it was put.
    pub opened: Option<When>,
    /// Until when answers are wanted.
    pub due: Option<When>,
    /// How long answers are wanted for, after `opened`.
    pub window: Option<Window>,
    /// The channel whose norm sets the window.
    pub channel: Option<String>,
    /// The answers that are on offer.
    pub options: Vec<String>,
    /// What people said, in the order of the file.
    pub responses: Vec<Response>,
    /// The answer that it got.
    pub outcome: Option<Outcome>,
    /// The line in the file, from 1.
    pub line: usize,
}

/// What one person said to an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Handle or name.
    pub by: String,
    /// When.
    pub at: Option<When>,
    /// Which answer.
    pub answer: Option<String>,
    /// For or against.
    pub position: Option<Position>,
    /// Why.
    pub why: Option<String>,
}

/// Where someone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// `agree`
    Agree,
    /// `disagree`
    Disagree,
    /// `need-more-info`
    NeedMoreInfo,
}

impl Position {
    /// The word that stands for it in documents and data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::NeedMoreInfo => "need-more-info",
        }
    }

    /// What the page says.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Agree => "Agrees",
            Self::Disagree => "Disagrees",
            Self::NeedMoreInfo => "Needs more info",
        }
    }
}

/// The answer that an ask got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer.
    pub answer: String,
    /// When.
    pub at: Option<When>,
    /// By whom.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The decision document, as written.
    pub decision: Option<Located<String>>,
}
