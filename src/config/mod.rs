//! What a site is set up to be: `threadmark.yml` as written ([`raw`]) made into a [`Config`] with every default filled.
//!
//! This room reads text, never files.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::path::SourcePath;
use crate::time::Window;

mod address;
mod collections;
mod folder;
mod raw;
mod read;
mod weight;
mod words;

#[cfg(test)]
mod tests;

pub use address::repository_web;
pub use collections::{RESERVED, WELL_KNOWN, well_known};
pub use read::{File, Overrides, read};
pub use words::in_words;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A record of something decided, or to be decided.
    Decision,
    /// A proposal or specification.
    Spec,
    /// A dated report of a team.
    Update,
    /// A recording with its transcript.
    Recording,
    /// Everything else.
    Page,
}

impl Kind {
    /// All kinds, in the order in which screens show them.
    pub const ALL: [Self; 5] = [Self::Decision, Self::Spec, Self::Update, Self::Recording, Self::Page];

    /// The kinds by their words.
    pub const WORDS: [(&'static str, Self); 5] = [
        (Self::Decision.word(), Self::Decision),
        (Self::Spec.word(), Self::Spec),
        (Self::Update.word(), Self::Update),
        (Self::Recording.word(), Self::Recording),
        (Self::Page.word(), Self::Page),
    ];

    /// The word used in front matter and configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Spec => "spec",
            Self::Update => "update",
            Self::Recording => "recording",
            Self::Page => "page",
        }
    }
}

/// A site's settings, complete.
#[derive(Clone, Debug)]
pub struct Config {
    /// Shown in the header and in titles; default: the folder's name in words.
    pub title: String,
    /// One sentence about the site, for its home page and its Open Graph data.
    pub description: Option<String>,
    /// Where the site will be served.
    pub base: BaseUrl,
    /// The folder below the site's root that holds the Markdown; `""` is the root itself.
    pub content: String,
    /// The default output folder, relative to the site's root.
    pub output: String,
    /// For dates that name no zone.
    pub timezone: TimeZone,
    /// A BCP 47 tag, for `<html lang>`.
    pub language: String,
    /// The repository's web address without a trailing slash, for edit and history links.
    pub repository: Option<String>,
    /// The folder that overrides the built-in theme.
    pub theme: Option<SourcePath>,
    /// Configured collections in the order of the file; empty where well-known folders should be found.
    pub collections: Vec<CollectionConfig>,
    /// Whether `collections` stood in the configuration at all.
    pub collections_configured: bool,
    /// People by handle.
    pub people: BTreeMap<String, Person>,
    /// Response windows per channel, in the order of the file.
    pub norms: Vec<Norm>,
    /// Severities that differ from a finding's own, by code.
    pub checks: BTreeMap<String, CheckLevel>,
    /// Which anchors get a share page.
    pub share_pages: SharePages,
    /// Globs of paths below the content root that are not read.
    pub exclude: Vec<String>,
    /// What HTML in documents may do.
    pub html: HtmlPolicy,
    /// Whether the search also writes the crate's own single index.
    pub elasticlunr: bool,
}

/// Where a site is served: `https://acme.github.io` and `/handbook/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host without a trailing slash; `None` when no `base_url` is configured.
    pub origin: Option<String>,
    /// The path, with leading and trailing slash, percent-encoded.
    pub path: String,
}

/// A collection as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionConfig {
    /// Its name, which is also the first part of its addresses.
    pub name: String,
    /// The kind of its documents.
    pub kind: Kind,
    /// Its folder, relative to the content root.
    pub path: String,
    /// Shown as its heading; default: the name in words.
    pub title: Option<String>,
    /// How often a document is expected.
    pub cadence: Option<Cadence>,
}

/// How often an update is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cadence {
    /// Length of the rhythm.
    pub every: Every,
    /// The day on which it is due.
    pub on: Option<jiff::civil::Weekday>,
}

/// The lengths a rhythm can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each day.
    Day,
    /// Each week.
    Week,
    /// Every second week.
    Fortnight,
    /// Each month.
    Month,
}

/// Someone who can be named by handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name that is shown; default: the handle.
    pub name: String,
    /// Their own zone as an IANA name.
    pub timezone: Option<TimeZone>,
}

/// The response window of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Such as `Document comment`.
    pub channel: String,
    /// How long an answer may take.
    pub within: Window,
}

/// What a configured check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckLevel {
    /// Reported, and `check` fails.
    Error,
    /// Reported.
    Warning,
    /// Reported in passing.
    Note,
    /// Not reported.
    Off,
}

/// Which anchors get a share page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharePages {
    /// Each section.
    Sections,
    /// Documents only.
    Documents,
    /// None.
    Off,
}

/// What HTML in documents may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlPolicy {
    /// An allowed set of elements and attributes; nothing runs.
    Safe,
    /// Whatever the authors write.
    Raw,
}
