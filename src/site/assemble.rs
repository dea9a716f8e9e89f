//! The last step: placed documents and their links made into the [`Site`].

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::attachments::Attachment;
use super::catalogue::claims::Claims;
use super::catalogue::{Catalogue, unwritten};
use super::links::Links;
use super::page::{MadePage, Maker};
use super::placement::{self, Placed, Placement};
use super::publish::{Published, Publisher};
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
    published: Vec<Published>,
    folders: folders::Numbers,
}

/// Last step: placed documents and their links made into the site.
pub fn assemble(placement: &mut Placement, links: &[Links], around: &Surroundings<'_>) -> Assembled {
    let mut found = Vec::new();
    let mut claims = std::mem::take(&mut placement.claims);
    let (published, files) = publish(placement, links, around, &mut claims, &mut found);
    let numbers = folders::Numbers::new(&placement.folders, &placement.documents);
    let All { pages, shown, of_pages } = pages(placement, &published, around, &numbers, &claims);
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
    Assembled { site, of_pages, of_ties: found, published, folders: numbers }
}

/// All pages, in three lists of one order.
struct All {
    pages: Vec<Frozen<Page>>,
    /// What the front matter's `recordings` lead to, where they are no documents.
    shown: Vec<Vec<Option<ResolvedLink>>>,
    of_pages: Vec<Vec<Diagnostic>>,
}

fn pages(
    placement: &Placement,
    published: &[Published],
    around: &Surroundings<'_>,
    folders: &folders::Numbers,
    claims: &Claims,
) -> All {
    let known = asks::PeopleIndex::new(&around.config);
    let maker = Maker { around, known: &known, folders, claims };
    let placed = placement.documents.par_iter().zip(published);
    let made: Vec<MadePage> = placed.map(|(placed, links)| maker.page(placed, links)).collect();
    let mut all = All { pages: Vec::new(), shown: Vec::new(), of_pages: Vec::new() };
    for one in made {
        all.of_pages.push(one.found);
        all.shown.push(one.shown);
        all.pages.push(Frozen::new(one.page));
    }
    all
}

impl Assembled {
    /// Makes the page `id` anew, whose document is another one that ties it to others as the one before did, with the same
    /// links. Not for pages of recordings, whose captions have an address of their own.
    pub fn renew(&mut self, placement: &Placement, id: PageId, around: &Surroundings<'_>) {
        let known = asks::PeopleIndex::new(&around.config);
        let claims = Claims::default();
        let maker = Maker { around, known: &known, folders: &self.folders, claims: &claims };
        let made = maker.page(&placement.documents[id.0], &self.published[id.0]);
        self.site.pages[id.0] = Frozen::new(made.page);
        self.of_pages[id.0] = made.found;
    }
}

/// The links of all documents with their files published, and which file has which address.
fn publish(
    placement: &Placement,
    links: &[Links],
    around: &Surroundings<'_>,
    claims: &mut Claims,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Published>, BTreeMap<UrlPath, SourcePath>) {
    let mut publisher = Publisher { claims, around, published: BTreeMap::new(), said: BTreeSet::new() };
    let of = |(placed, links): (&Placed, &Links)| publisher.links_of(placed, links, found);
    let all = placement.documents.iter().zip(links).map(of).collect();
    publisher.static_files(found);
    (all, publisher.published)
}

fn claim_folders(folders: &[Folder], claims: &mut Claims, out: &mut Vec<Diagnostic>) {
    // The root's own page is home, whichever document gives its text.
    for folder in folders.iter().filter(|f| f.index.is_none()) {
        if let Err(taken) = claims.claim(&folder.url, &format!("the list of `{}`", folder.title)) {
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
        let who = format!("the page of {}", person.name);
        for url in [Some(person.url.clone()), person.calendar()].into_iter().flatten() {
            if let Err(taken) = claims.claim(&url, &who) {
                let by = placement::taken_by(&taken);
                let message = format!("{who} can't have the address {url}: {by} has it already");
                out.push(Diagnostic::error("route-taken", message).hint("Rename the file that has it."));
            }
        }
    }
}
