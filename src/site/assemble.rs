//! The last step: placed documents and their links made into the [`Site`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::attachments::Attachment;
use super::catalogue::claims::Claims;
use super::catalogue::{Catalogue, unwritten};
use super::links::{Difference, Found, Led, Links};
use super::page::{MadePage, Maker};
use super::placement::{self, Placed, Placement};
use super::publish::Publisher;
use super::recordings::{self, Transcripts};
use super::{
    Backlinks, Decisions, Families, Folder, MomentLinks, Neighbours, Page, PageId, People, Recordings,
    RepositoryLinks, ResolvedLink, Site, StaleRecordings, activity, asks, folders, tags, waiting,
};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::source::{AssetFacts, GitHistory};
use crate::time::Clock;

/// What the last step needs beside the placed documents and their links.
pub struct Surroundings<'a> {
    /// The settings.
    pub config: Frozen<Config>,
    /// The one clock.
    pub clock: Clock,
    /// Dates of files.
    pub git: &'a GitHistory,
    /// For edit links.
    pub repository: Option<RepositoryLinks>,
    /// What is known of each linked file.
    pub attachments: &'a BTreeMap<SourcePath, Attachment>,
    /// What is said in each transcript.
    pub transcripts: &'a Transcripts,
    /// All files that were found, for `static/`.
    pub files: &'a BTreeMap<SourcePath, AssetFacts>,
}

/// Where edit links lead: the configured repository, else git's remote.
pub fn repository_links(config: &Config, git: &GitHistory) -> Option<RepositoryLinks> {
    let web = config.repository.clone().or_else(|| git.remote.clone())?;
    let branch = git.branch.clone().unwrap_or_else(|| "main".into());
    Some(RepositoryLinks { web, branch, prefix: git.prefix.clone() })
}

/// A site, and what it takes to make one of its pages again.
#[derive(Debug)]
pub struct Assembled {
    /// The site.
    pub site: Site,
    /// What is not as its author meant it in one document, by page; without what [`Links`] say.
    pub of_pages: Vec<Vec<Diagnostic>>,
    /// What else was found.
    pub of_ties: Vec<Diagnostic>,
    folders: folders::Numbers,
}

/// A site as it was assembled before, by the same configuration and with what git knows now.
pub struct Before {
    /// It.
    pub assembled: Assembled,
    /// What is placed elsewhere now.
    pub difference: Difference,
    /// What became of the links of each document.
    pub led: Vec<Led>,
    /// What was known of each linked file.
    pub attachments: BTreeMap<SourcePath, Attachment>,
}

/// Last step: placed documents and their links made into the site. Pages that were there `before` stay the values that they
/// were, where nothing of them is another.
pub fn assemble(
    placement: &mut Placement,
    links: &[Links],
    around: &Surroundings<'_>,
    before: Option<Before>,
) -> Assembled {
    let mut found = Vec::new();
    let mut claims = std::mem::take(&mut placement.claims);
    let files = publish(placement, links, around, &mut claims, &mut found);
    let numbers = folders::Numbers::new(&placement.folders, &placement.documents);
    let known = asks::PeopleIndex::new(&around.config);
    let maker = Maker { around, known: &known, folders: &numbers, claims: &claims };
    let All { pages, shown, of_pages } = pages(placement, links, &maker, before);
    let folders = folders::build(&around.config, &placement.folders, &numbers, &pages);
    claim_folders(&folders, &mut claims, &mut found);
    let (tags, (decisions, people)) = rayon::join(
        || tags::collect(&pages),
        || {
            let decisions = Decisions::of(&pages, around.repository.as_ref());
            (decisions, placement.possible.people.clone())
        },
    );
    let tags = tags::claim(tags, &mut claims, &mut found);
    let (recordings, more) = Recordings::of_all(&pages, &decisions.names, &shown);
    found.extend(more);
    recordings::claim_captions(&pages, &mut claims);
    let families = Families::of(&decisions, &pages, &folders, &mut claims, &mut found);
    claim_people(&people, &mut claims, &mut found);
    let ((backlinks, moment_links), (waiting, activity)) = rayon::join(
        || (Backlinks::of(&pages, &recordings), MomentLinks::of(&pages, &recordings)),
        || {
            let waiting = waiting::all(&pages, &around.config, around.clock);
            let activity = activity::all(&pages, &people, &waiting);
            (waiting, activity)
        },
    );
    let redirects = placement.redirects.iter().map(|(url, index)| (url.clone(), PageId(*index))).collect();
    let mut site = Site {
        config: around.config.clone(),
        clock: around.clock,
        neighbours: Frozen::new(Neighbours::of(pages.len(), &folders)),
        stale: Frozen::new(StaleRecordings::of_all(&pages, &backlinks, &around.config, around.clock)),
        pages,
        folders: Frozen::new(folders),
        tags: Frozen::new(tags),
        decisions: Frozen::new(decisions),
        moment_links: Frozen::new(moment_links),
        backlinks: Frozen::new(backlinks),
        recordings: Frozen::new(recordings),
        families: Frozen::new(families),
        people,
        waiting: Frozen::new(waiting),
        activity: Frozen::new(activity),
        assets: Frozen::new(files),
        repository: around.repository.clone(),
        redirects: Frozen::new(redirects),
        catalogue: Frozen::default(),
    };
    site.catalogue = Frozen::new(Catalogue::of(&site, placement.possible.has));
    found.extend(unwritten(&site.pages, &site.catalogue));
    Assembled { site, of_pages, of_ties: found, folders: numbers }
}

/// All pages, in three lists of one order.
struct All {
    pages: Vec<Frozen<Page>>,
    /// What the front matter's `recordings` lead to, where they are no documents.
    shown: Vec<Vec<Option<ResolvedLink>>>,
    of_pages: Vec<Vec<Diagnostic>>,
}

fn pages(placement: &Placement, links: &[Links], maker: &Maker<'_>, before: Option<Before>) -> All {
    let before = before.map(|before| Again::new(before, maker));
    let page = |(at, placed): (usize, &Frozen<Placed>)| {
        let known = before.as_ref().and_then(|before| before.page(at, placed, &links[at], maker));
        known.unwrap_or_else(|| maker.page(placed, &links[at]))
    };
    let made: Vec<MadePage> = placement.documents.par_iter().enumerate().with_min_len(64).map(page).collect();
    let mut all = All { pages: Vec::new(), shown: Vec::new(), of_pages: Vec::new() };
    for one in made {
        all.of_pages.push(one.found);
        all.shown.push(one.shown);
        all.pages.push(one.page);
    }
    all
}

/// Pages that were made before.
struct Again {
    before: Before,
    /// Whether folders have the numbers that they had.
    same_folders: bool,
    /// Whether the same is known of linked files.
    same_files: bool,
}

impl Again {
    fn new(before: Before, maker: &Maker<'_>) -> Self {
        let same_folders = before.assembled.folders == *maker.folders;
        let same_files = before.attachments == *maker.around.attachments;
        Self { before, same_folders, same_files }
    }

    /// That of the document at `place`, where it is what it was.
    fn page(&self, place: usize, placed: &Placed, links: &Links, maker: &Maker<'_>) -> Option<MadePage> {
        let then = self.before.difference.same(place)?;
        let has_files = || links.all().any(|found| matches!(found, Found::Asset { .. }));
        if !self.same_files && has_files() {
            return None;
        }
        let led = *self.before.led.get(place)?;
        let led = if self.same_folders { led } else { led.max(Led::Moved) };
        let page = maker.again(self.before.assembled.site.pages.get(then)?, placed, links, led)?;
        let found = self.before.assembled.of_pages.get(then)?.clone();
        Some(MadePage { page, shown: Vec::new(), found })
    }
}

impl Assembled {
    /// Makes the page `id` anew, whose document is another one that ties it to others as the one before did, with the same
    /// links. Not for pages of recordings, whose captions have an address of their own.
    pub fn renew(&mut self, placement: &Placement, links: &Links, id: PageId, around: &Surroundings<'_>) {
        let known = asks::PeopleIndex::new(&around.config);
        let claims = Claims::default();
        let maker = Maker { around, known: &known, folders: &self.folders, claims: &claims };
        let made = maker.page(&placement.documents[id.0], links);
        self.site.pages[id.0] = made.page;
        self.of_pages[id.0] = made.found;
    }
}

/// Publishes the files that documents link to; which file has which address.
fn publish(
    placement: &Placement,
    links: &[Links],
    around: &Surroundings<'_>,
    claims: &mut Claims,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<UrlPath, SourcePath> {
    let mut publisher = Publisher { claims, around, published: BTreeMap::new(), said: BTreeSet::new() };
    for (placed, links) in placement.documents.iter().zip(links) {
        publisher.files_of(placed, links, found);
    }
    publisher.static_files(found);
    publisher.published
}

fn claim_folders(folders: &[Folder], claims: &mut Claims, out: &mut Vec<Diagnostic>) {
    // The root's own page is home, whichever document gives its text.
    for folder in folders.iter().filter(|f| f.index.is_none()) {
        if let Err(taken) = claims.claim(&folder.url, format!("the list of `{}`", folder.title)) {
            let message = format!(
                "the list of `{}` can't have the address {}: {} has it already",
                folder.title,
                folder.url,
                placement::taken_by(&taken)
            );
            out.push(Diagnostic::error("route-taken", message).hint("Rename the file that has it."));
        }
    }
}

/// Gives each person an address of their own.
fn claim_people(people: &People, claims: &mut Claims, out: &mut Vec<Diagnostic>) {
    for person in people.all() {
        let who: Arc<str> = format!("the page of {}", person.name).into();
        for url in [Some(person.url.clone()), person.calendar()].into_iter().flatten() {
            if let Err(taken) = claims.claim(&url, Arc::clone(&who)) {
                let by = placement::taken_by(&taken);
                let message = format!("{who} can't have the address {url}: {by} has it already");
                out.push(Diagnostic::error("route-taken", message).hint("Rename the file that has it."));
            }
        }
    }
}
