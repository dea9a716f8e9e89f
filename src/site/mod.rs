//! All documents made into one [`Site`]: routes, resolved links, collections, tags, neighbours.
//!
//! Pure: documents, configuration, git's facts and the clock come in; a site and diagnostics come out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::config::{Config, Kind};
use crate::document::Document;
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::time::Clock;

pub mod activity;
mod anchors;
pub mod asks;
mod assemble;
pub mod attachments;
pub mod catalogue;
pub mod checks;
mod collections;
pub mod decisions;
pub mod display;
pub mod due;
#[cfg(test)]
pub(crate) mod fixture;
mod folders;
pub mod links;
mod order;
mod page;
pub mod people;
pub mod placement;
mod publish;
pub mod recordings;
mod repository;
pub mod routes;
pub mod status;
mod tags;
pub mod ties;
pub mod waiting;

pub use activity::{Activity, AskId, ResponseId};
pub use assemble::{Assembled, Before, Surroundings, assemble, repository_links};
pub use catalogue::Catalogue;
pub use decisions::{Decisions, Families};
pub use people::{People, Person, PersonId};
pub use recordings::{MomentLinks, Recordings, StaleRecordings};
pub use ties::{Backlinks, Neighbours};
pub use waiting::Waiting;

/// A page by its place in [`Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// A folder by its place in [`Site::folders`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderId(pub usize);

/// The whole site, ready to be rendered: facts of each page, and what they do to each other in tables beside them.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its settings.
    pub config: Frozen<Config>,
    /// The one clock.
    pub clock: Clock,
    /// Every document that is published, sorted by source path.
    pub pages: Vec<Frozen<Page>>,
    /// Every folder that has pages below it, parents before children; the first is the root.
    pub folders: Frozen<Vec<Folder>>,
    /// Tags by slug.
    pub tags: Frozen<Vec<Tag>>,
    /// What decisions do to each other, and how documents name each other.
    pub decisions: Frozen<Decisions>,
    /// Which pages link to which second of a recording.
    pub moment_links: Frozen<MomentLinks>,
    /// What each page comes before and after.
    pub neighbours: Frozen<Neighbours>,
    /// What leads to each page.
    pub backlinks: Frozen<Backlinks>,
    /// What each page shows recordings of.
    pub recordings: Frozen<Recordings>,
    /// What speaks against recordings.
    pub stale: Frozen<StaleRecordings>,
    /// Which decisions are connected, and where that is drawn.
    pub families: Frozen<Families>,
    /// Who there is.
    pub people: Frozen<People>,
    /// What waits for somebody, the first deadline first.
    pub waiting: Frozen<Vec<Waiting>>,
    /// What everybody did and has to do, in the order of [`People::all`].
    pub activity: Frozen<Vec<Activity>>,
    /// Files that pages link to or show, and all of `static/`: source and address.
    pub assets: Frozen<BTreeMap<UrlPath, SourcePath>>,
    /// Whether edit links can be made, and from what.
    pub repository: Option<RepositoryLinks>,
    /// Redirects from aliases that name whole paths: old address to page.
    pub redirects: Frozen<BTreeMap<UrlPath, PageId>>,
    /// Everything that is written of it.
    pub catalogue: Frozen<Catalogue>,
}

/// One document with its place on the site: all that is true of it whatever other pages do. Made whole, never changed.
#[derive(Clone, Debug)]
pub struct Page {
    /// What was read.
    pub document: Frozen<Document>,
    /// The number of a decision, as its record says, else as its file is called.
    pub number: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its address.
    pub url: UrlPath,
    /// The folder whose list it stands in.
    pub folder: FolderId,
    /// Whether it is the text of its folder's own page (`index.md`, `README.md`).
    pub is_index: bool,
    /// Its links, one for each of the document's, in the same order.
    pub links: Vec<ResolvedLink>,
    /// The video of a recording, where its front matter names one.
    pub video: Option<ResolvedLink>,
    /// The transcript of a recording, where its front matter names one.
    pub transcript: Option<ResolvedLink>,
    /// The recording that it is the page of.
    pub recording: Option<recordings::Recording>,
    /// What is said in its own.
    pub spoken: recordings::Spoken,
    /// Its date: front matter or record, else the file's name, else git's first commit, which dates no record.
    pub date: Option<Date>,
    /// When it last changed: front matter, else git's last commit.
    pub updated: Option<Date>,
    /// When it last changed to the second, where git or the front matter says.
    pub updated_at: Option<Timestamp>,
    /// When it was changed by commits, newest first, as far back as is kept.
    pub changes: Vec<Timestamp>,
    /// The raw status and what it normally means.
    pub status: Option<Status>,
    /// Invisible targets that keep old anchors working, from aliases such as `old/path#old-anchor` of its own path.
    pub old_anchors: Vec<String>,
    /// How its asks stand, one for each of the document's, in the same order.
    pub asks: Vec<asks::Standing>,
}

/// A status as written, and in the words that colour, filters and checks use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// As written, Markdown links reduced to their text.
    pub raw: String,
    /// `None` where no vocabulary has it.
    pub normal: Option<NormalStatus>,
}

/// What a status means, whatever a team calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NormalStatus {
    /// Being written.
    Draft,
    /// Put to the team.
    Proposed,
    /// In force.
    Accepted,
    /// Turned down.
    Rejected,
    /// No longer advised.
    Deprecated,
    /// Replaced by another.
    Superseded,
    /// Put off.
    Deferred,
    /// Taken back by its authors.
    Withdrawn,
}

impl NormalStatus {
    /// All, in the order of a record's life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Proposed,
        Self::Accepted,
        Self::Rejected,
        Self::Deprecated,
        Self::Superseded,
        Self::Deferred,
        Self::Withdrawn,
    ];

    /// The word that stands for it in data, classes and filters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Deferred => "deferred",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A folder of the site: a collection, or a plain folder with pages.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its address, ending in `/`.
    pub url: UrlPath,
    /// Shown as its heading: configured title, its own page's title, or its name in words.
    pub title: String,
    /// The kind of its documents: a collection's, else `Page`.
    pub kind: Kind,
    /// Whether it is a collection, configured or well-known.
    pub is_collection: bool,
    /// The folder above; `None` for the root.
    pub parent: Option<FolderId>,
    /// The folders right below that have pages, sorted by title.
    pub children: Vec<FolderId>,
    /// Its own page, if a document gives its text.
    pub index: Option<PageId>,
    /// The pages in it (not those of folders below, not its own page), in the order its kind is read in.
    /// The folder at `/decisions/` also lists records that lie in no collection, though their addresses are their own.
    pub members: Vec<PageId>,
}

/// A tag with its pages.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As first written.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Its address, `/tags/SLUG/`.
    pub url: UrlPath,
    /// Newest first, then by title.
    pub pages: Vec<PageId>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedLink {
    /// To another origin, or a scheme such as `mailto:`; the URL as it should stand in an `href`.
    External(String),
    /// To a page of the site, maybe to an anchor on it. Also links to the same page.
    Page {
        /// Which.
        page: PageId,
        /// The anchor without `#`, not encoded.
        anchor: Option<String>,
    },
    /// To a folder's generated page.
    Folder(FolderId),
    /// To a page that no document gives the text of (the search, the tags, a tag), or to a part of a folder's list.
    Generated {
        /// Its address.
        url: UrlPath,
        /// What follows: `?query` or `#fragment` as written, or nothing.
        suffix: String,
    },
    /// To a file of the site, with its size in CSS pixels where it is an image that could be measured.
    Asset {
        /// Its address.
        url: UrlPath,
        /// What follows: `?query` or `#fragment` as written, or nothing.
        suffix: String,
        /// Width and height.
        size: Option<(u32, u32)>,
    },
    /// To something that exists in the repository but is not published: its web address there.
    Repository(String),
    /// To nothing that exists: shown as written, reported. `href` as written, safe to print.
    Broken(String),
    /// Not allowed (`javascript:` and the like): shown as text, reported.
    Refused,
}

/// The parts of edit and history links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryLinks {
    /// Web address without a trailing slash.
    pub web: String,
    /// Branch that edits go to.
    pub branch: String,
    /// The site's root inside the repository, `""` or `docs/site`.
    pub prefix: String,
}
