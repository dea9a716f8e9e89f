//! What a site is: one list of everything that is written, with its address, what it is, and where it is listed. Which outputs
//! exist is answered here and nowhere else: by the claims of addresses, by what links may lead to before all is known
//! ([`Possible`]), and by the [`Catalogue`] that the build, the sitemap and the header read.
//!
//! Never here: how any of it is made.

pub(super) mod claims;
mod possible;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;

use super::{Activity, FolderId, PageId, PersonId, Site};
use crate::path::{OutputPath, SourcePath, UrlPath};

pub(super) use possible::{Facts, Possible, unwritten};

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The address that it is served at.
    pub url: UrlPath,
    /// What it is, and so how it is made.
    pub what: What,
    /// Where it is listed.
    pub listed: Listed,
}

impl Output {
    /// Where it goes.
    pub fn path(&self) -> OutputPath {
        self.url.output()
    }
}

/// What an output is. Closed: who reads it says something of each, so that nothing is forgotten when one is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The page of a document.
    Document(PageId),
    /// The page of a folder, with the text of its own page where it has one; the root's is home.
    Folder(FolderId),
    /// A page that no document gives the text of.
    Generated(Generated),
    /// A file that a program reads.
    Machine(Machine),
    /// A file of the site's own, as it is.
    Copy(SourcePath),
}

/// Pages that a view and a template make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Generated {
    /// All tags.
    Tags,
    /// The tag at this place in [`Site::tags`].
    Tag(usize),
    /// The graph of a decision log that is too large for the page of the log.
    Graph(FolderId),
    /// All people.
    People,
    /// One of them.
    Person(PersonId),
    /// All that waits for somebody.
    Waiting,
    /// The response windows.
    Norms,
    /// The search.
    Search,
    /// What a host shows for an address that has no page.
    Missing,
    /// What stands at an old address of a page.
    Redirect(PageId),
}

/// Files for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Machine {
    /// The deadlines of all, or of one person.
    Calendar(Option<PersonId>),
    /// All decisions as data.
    Decisions,
    /// All asks as data.
    Asks,
    /// The captions that are made of a recording's transcript.
    Captions(PageId),
    /// `sitemap.xml`, or where it would be too long the numbered part of it.
    Sitemap(Option<NonZeroUsize>),
    /// What crawlers are told.
    Robots,
    /// The marker by which GitHub Pages takes files as they are.
    NoJekyll,
    /// The site's icon.
    Favicon,
}

/// Where an output is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// In the sitemap: a page that a person may come to.
    pub sitemap: bool,
    /// In the header or the footer of every page.
    pub frame: bool,
}

const NOWHERE: Listed = Listed { sitemap: false, frame: false };
const IN_SITEMAP: Listed = Listed { sitemap: true, frame: false };
const IN_FRAME: Listed = Listed { sitemap: false, frame: true };
const EVERYWHERE: Listed = Listed { sitemap: true, frame: true };

/// Files whose names follow from what is in them, so that nothing lists them: each family has a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The theme's styles, scripts, fonts and pictures.
    Theme,
    /// The search index.
    Index,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Theme, Self::Index];

    /// The name of its folder, which lies at the root.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Theme => "assets",
            Self::Index => "search",
        }
    }

    /// The family that the file at `path` belongs to, where [`Catalogue::at`] knows no other.
    pub fn at(path: &str) -> Option<Self> {
        let (folder, _) = path.split_once('/')?;
        Self::ALL.into_iter().find(|family| family.folder() == folder)
    }
}

/// What decides whether there is something that a site has once.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any of them may be true")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Has {
    /// A tag with an address.
    pub tags: bool,
    /// Somebody with a page.
    pub people: bool,
    /// Anything that a calendar of deadlines could ever hold: an ask, or a document that is or was due.
    pub deadlines: bool,
    /// A norm.
    pub norms: bool,
    /// A decision.
    pub decisions: bool,
    /// An ask.
    pub asks: bool,
    /// An origin, which absolute addresses need.
    pub origin: bool,
}

/// Something that there is at most once, always at the same address.
struct Once {
    address: &'static str,
    what: What,
    listed: Listed,
    when: fn(Has) -> bool,
    /// Whether a file of the site's own may take its place.
    yields: bool,
}

const fn page(address: &'static str, what: Generated, listed: Listed, when: fn(Has) -> bool) -> Once {
    Once { address, what: What::Generated(what), listed, when, yields: false }
}

const fn file(address: &'static str, what: Machine, when: fn(Has) -> bool) -> Once {
    Once { address, what: What::Machine(what), listed: NOWHERE, when, yields: false }
}

/// A file that is written on every site, unless the site has its own.
const fn default(address: &'static str, what: Machine) -> Once {
    Once { address, what: What::Machine(what), listed: NOWHERE, when: |_| true, yields: true }
}

/// All of these. What is to have a page of its own gets a row here.
const ONCE: [Once; 13] = [
    page("/tags/", Generated::Tags, EVERYWHERE, |has| has.tags),
    page("/people/", Generated::People, EVERYWHERE, |has| has.people),
    page("/waiting/", Generated::Waiting, EVERYWHERE, |has| has.deadlines),
    page("/norms/", Generated::Norms, EVERYWHERE, |has| has.norms),
    page("/search/", Generated::Search, IN_FRAME, |_| true),
    page("/404.html", Generated::Missing, NOWHERE, |_| true),
    file("/deadlines.ics", Machine::Calendar(None), |has| has.deadlines),
    file("/decisions.json", Machine::Decisions, |has| has.decisions),
    file("/asks.json", Machine::Asks, |has| has.asks),
    file("/sitemap.xml", Machine::Sitemap(None), |has| has.origin),
    file("/.nojekyll", Machine::NoJekyll, |_| true),
    default("/robots.txt", Machine::Robots),
    default("/favicon.svg", Machine::Favicon),
];

/// The most addresses that one sitemap may hold (sitemaps.org, protocol).
pub const SITEMAP: usize = 50_000;

/// Everything that is written of a site but for the two [`Family`]s, by address.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    outputs: Vec<Output>,
}

impl Catalogue {
    /// Of `site`, which has what `has` says.
    pub(super) fn of(site: &Site, has: Has) -> Self {
        let mut outputs = texts(site);
        outputs.extend(generated(site));
        outputs.extend(people(site, has));
        let copies = site.assets.iter();
        outputs.extend(copies.map(|(url, source)| output(url, What::Copy(source.clone()), NOWHERE)));
        outputs.sort_by(|a, b| a.url.cmp(&b.url));
        let once = ONCE.into_iter().filter(|once| (once.when)(has)).filter_map(|once| {
            let url = UrlPath::new(once.address).ok()?;
            // A file of the site's own took its place.
            let free = outputs.binary_search_by(|known| known.url.cmp(&url)).is_err();
            free.then_some(Output { url, what: once.what, listed: once.listed })
        });
        let once: Vec<Output> = once.collect();
        outputs.extend(once);
        if has.origin {
            outputs.extend(sitemap_parts(outputs.iter().filter(|output| output.listed.sitemap).count()));
        }
        outputs.sort_by(|a, b| a.url.cmp(&b.url));
        // Two on one address were reported when the second claimed it; nothing is published then.
        outputs.dedup_by(|a, b| a.url == b.url);
        Self { outputs }
    }

    /// All, sorted by address.
    pub fn all(&self) -> &[Output] {
        &self.outputs
    }

    /// What is served at `url`.
    pub fn get(&self, url: &UrlPath) -> Option<&Output> {
        let place = self.outputs.binary_search_by(|output| output.url.cmp(url)).ok()?;
        self.outputs.get(place)
    }

    /// What the file at `path` (`specs/a/index.html`, `robots.txt`) is.
    pub fn at(&self, path: &str) -> Option<&Output> {
        let served = |address: &str| self.get(&UrlPath::new(&format!("/{address}")).ok()?);
        let folder = path.strip_suffix("index.html").and_then(served);
        // A file of the site's own may be called so, and is served by its whole name.
        folder.or_else(|| served(path)).filter(|output| output.path().as_str() == path)
    }

    /// The address of what a site has at most once; `None` where this one hasn't.
    pub fn once(&self, what: &What) -> Option<&UrlPath> {
        let once = ONCE.into_iter().find(|once| once.what == *what)?;
        self.get(&UrlPath::new(once.address).ok()?).map(|output| &output.url)
    }

    /// The same for a page that every page links to.
    pub fn in_frame(&self, page: Generated) -> Option<&UrlPath> {
        let url = self.once(&What::Generated(page))?;
        self.get(url).filter(|output| output.listed.frame).map(|output| &output.url)
    }
}

fn output(url: &UrlPath, what: What, listed: Listed) -> Output {
    Output { url: url.clone(), what, listed }
}

/// What documents give the text of, and the lists of folders that have none.
fn texts(site: &Site) -> Vec<Output> {
    // The page of a record in a folder of its own (`rfd/0042/README.md`) is that folder's page as well.
    let own = |folder: &usize| site.folders[*folder].index.is_none_or(|page| site.pages[page.0].is_index);
    let folders = (0..site.folders.len()).filter(own);
    let mut all: Vec<Output> =
        folders.map(|at| output(&site.folders[at].url, What::Folder(FolderId(at)), IN_SITEMAP)).collect();
    let documents = site.pages.iter().enumerate().filter(|(_, page)| !page.is_index);
    all.extend(documents.map(|(at, page)| output(&page.url, What::Document(PageId(at)), IN_SITEMAP)));
    all
}

/// What is made beside them, some of it for each of many.
fn generated(site: &Site) -> Vec<Output> {
    let page = |url: &UrlPath, what, listed| output(url, What::Generated(what), listed);
    let tags = site.tags.iter().enumerate();
    let mut all: Vec<Output> = tags.map(|(at, tag)| page(&tag.url, Generated::Tag(at), IN_SITEMAP)).collect();
    all.extend(site.families.pages().map(|(log, url)| page(url, Generated::Graph(log), IN_SITEMAP)));
    all.extend(site.redirects.iter().map(|(url, id)| page(url, Generated::Redirect(*id), NOWHERE)));
    let captions = site.pages.iter().enumerate().filter_map(|(at, page)| {
        let (url, _) = page.made_captions()?;
        Some(Output { url, what: What::Machine(Machine::Captions(PageId(at))), listed: NOWHERE })
    });
    all.extend(captions);
    all
}

/// The page of each person, and the calendars of those who have one: who was ever asked something or had something due, and
/// those of the configuration as soon as there is anything of the kind. A calendar that has nothing left to hold goes on to
/// be there for those who subscribed to it.
fn people(site: &Site, has: Has) -> Vec<Output> {
    let mut all = Vec::with_capacity(2 * site.people.all().len());
    let nothing = Activity::default();
    for (at, person) in site.people.all().iter().enumerate() {
        let id = PersonId(at);
        all.push(output(&person.url, What::Generated(Generated::Person(id)), IN_SITEMAP));
        let named = site.activity.get(at).unwrap_or(&nothing).has_deadlines;
        let calendar = person.calendar().filter(|_| has.deadlines && (named || person.configured));
        let what = What::Machine(Machine::Calendar(Some(id)));
        all.extend(calendar.map(|url| Output { url, what, listed: NOWHERE }));
    }
    all
}

/// The parts that a sitemap of `count` addresses needs beside `sitemap.xml`, which is their list then.
fn sitemap_parts(count: usize) -> Vec<Output> {
    let parts = if count > SITEMAP { count.div_ceil(SITEMAP) } else { 0 };
    let part = |number: usize| {
        let url = UrlPath::new(&sitemap_address(number)).ok()?;
        let what = What::Machine(Machine::Sitemap(Some(NonZeroUsize::new(number)?)));
        Some(Output { url, what, listed: NOWHERE })
    };
    (1..=parts).filter_map(part).collect()
}

/// The address of a part of the sitemap, counted from 1.
pub fn sitemap_address(number: usize) -> String {
    format!("/sitemap-{number}.xml")
}
