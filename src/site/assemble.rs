//! The last step: placed documents and their links made into the [`Site`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::attachments::Attachment;
use super::catalogue::{claims, own};
use super::links::{Found, Links};
use super::placement::{self, Placed, Placement};
use super::recordings::{self, MomentLinks, Spoken, Transcripts};
use super::{
    Decisions, Families, Folder, FolderId, Page, PageId, People, RepositoryLinks, ResolvedLink, Site, Status,
    asks, checks, deeds, folders, tags, waiting,
};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::path::{SourcePath, UrlPath};
use crate::source::{AssetFacts, GitHistory};
use crate::time::{Clock, When};

/// What the last step needs beside the placed documents and their links.
pub struct Surroundings<'a> {
    /// The settings.
    pub config: Config,
    /// The one clock.
    pub clock: Clock,
    /// Dates of files.
    pub git: &'a GitHistory,
    /// For edit links.
    pub repository: Option<RepositoryLinks>,
    /// What is known of each linked file.
    pub attachments: BTreeMap<SourcePath, Attachment>,
    /// What is said in each transcript.
    pub transcripts: Transcripts,
    /// All files that were found, for `static/`.
    pub files: &'a BTreeMap<SourcePath, AssetFacts>,
}

/// Where edit links lead: the configured repository, else git's remote.
pub fn repository_links(config: &Config, git: &GitHistory) -> Option<RepositoryLinks> {
    let web = config.repository.clone().or_else(|| git.remote.clone())?;
    let branch = git.branch.clone().unwrap_or_else(|| "main".into());
    Some(RepositoryLinks { web, branch, prefix: git.prefix.clone() })
}

/// Last step: placed documents and their links made into the site.
pub fn assemble(
    mut placement: Placement,
    links: Vec<Links>,
    around: Surroundings<'_>,
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let documents = std::mem::take(&mut placement.documents);
    let seats = seats(&documents);
    let mut assets = Assets {
        claims: &mut placement.claims,
        around: &around,
        published: BTreeMap::new(),
        said: BTreeSet::new(),
    };
    let linked: Vec<Linked> = documents
        .into_iter()
        .zip(links)
        .map(|(placed, links)| assets.publish_all(placed, links, &mut diagnostics))
        .collect();
    assets.publish_static(&mut diagnostics);
    let published = assets.published;
    let Settled { mut pages, shown, folder_links } = settle(linked, &around, &mut diagnostics);
    let folders = folders::build(&around.config, &placement.folders, &seats, &mut pages);
    settle_folder_links(&mut pages, &folders, folder_links);
    claim_folders(&folders, &mut placement.claims, &mut diagnostics);
    backlinks(&mut pages);
    let tags = tags::collect(&pages, &mut placement.claims, &mut diagnostics);
    let decisions = Decisions::of(&pages, around.repository.as_ref());
    let now = (&around.config, around.clock);
    recordings::build(&mut pages, &decisions.names, now, shown, &mut diagnostics);
    recordings::claim_captions(&mut pages, &mut placement.claims);
    let moment_links = MomentLinks::of(&pages);
    let families = Families::of(&decisions, &pages, &folders, &mut placement.claims, &mut diagnostics);
    let people = claim_people(&mut placement, &mut diagnostics);
    let waiting = waiting::all(&pages, &around.config, around.clock);
    let redirects = placement.redirects.into_iter().map(|(url, index)| (url, PageId(index))).collect();
    let site = Site {
        deeds: deeds::all(&pages, &people, &waiting),
        config: around.config,
        clock: around.clock,
        pages,
        folders,
        tags,
        decisions,
        moment_links,
        families,
        people,
        waiting,
        assets: published,
        repository: around.repository,
        redirects,
    };
    (site, diagnostics)
}

/// Pages whose links are resolved but for those to folders.
struct Settled {
    pages: Vec<Page>,
    /// What each page's `recordings` lead to, where they are no documents.
    shown: Vec<Vec<Option<ResolvedLink>>>,
    folder_links: Vec<FolderLink>,
}

fn settle(linked: Vec<Linked>, around: &Surroundings<'_>, diagnostics: &mut Vec<Diagnostic>) -> Settled {
    let mut pages = Vec::with_capacity(linked.len());
    let known = asks::Known::new(&around.config);
    let mut folder_links = Vec::new();
    let mut shown = Vec::with_capacity(linked.len());
    for (index, linked) in linked.into_iter().enumerate() {
        let Linked { placed, found, video, transcript, recordings } = linked;
        let finished = found.into_iter().enumerate();
        let links = finished.map(|(at, f)| finish(f, around, (index, at), &mut folder_links)).collect();
        let standings = asks::standings(&placed.document, &placed.asks, &known, around.clock, diagnostics);
        let mut page = page(placed, links, around);
        page.asks = standings;
        page.spoken = spoken(&page, transcript.as_ref(), &around.transcripts);
        // A folder is neither a video nor a transcript: those links go nowhere.
        let mut file = |found| finish(found, around, (index, usize::MAX), &mut Vec::new());
        page.video = video.map(&mut file);
        page.transcript = transcript.map(&mut file);
        shown.push(recordings.into_iter().map(|found| found.map(&mut file)).collect());
        diagnostics.extend(checks::status::unknown(&page));
        pages.push(page);
    }
    Settled { pages, shown, folder_links }
}

/// What is said in the recording of `page`, by its transcript.
fn spoken(page: &Page, transcript: Option<&Found>, transcripts: &Transcripts) -> Spoken {
    let said = match transcript {
        Some(Found::Asset { source, .. }) => transcripts.get(source),
        _ => None,
    };
    Spoken::new(said, &page.document.front.recording.chapters)
}

fn seats(documents: &[Placed]) -> Vec<folders::Seat> {
    let seat = |d: &Placed| folders::Seat { folder: d.folder.clone(), in_collection: d.in_collection };
    documents.iter().map(seat).collect()
}

fn page(placed: Placed, links: Vec<ResolvedLink>, around: &Surroundings<'_>) -> Page {
    let front = &placed.document.front;
    let zone = &around.config.timezone;
    let git = around.git.files.get(&placed.document.path);
    let by_name = date_in_name(&placed.document.path);
    let local = |t: Timestamp| t.to_zoned(zone.clone()).date();
    // When a record that leaves out its date was committed here says nothing of when it was decided.
    let committed = git.filter(|_| placed.document.record.is_none());
    Page {
        number: placed.number,
        kind: placed.kind,
        url: placed.url,
        folder: FolderId(0),
        is_index: placed.is_index,
        video: None,
        transcript: None,
        recordings: Vec::new(),
        spoken: Spoken::default(),
        previous: None,
        next: None,
        date: front.date.as_ref().map(When::date).or(by_name).or_else(|| committed.map(|g| local(g.created))),
        updated: front.updated.as_ref().map(When::date).or_else(|| git.map(|g| local(g.updated))),
        updated_at: git.map(|g| g.updated),
        changes: git.map(|g| g.changes.clone()).unwrap_or_default(),
        stale: None,
        status: front.status.as_ref().map(|s| Status::read(&s.value)),
        old_anchors: placed.old_anchors,
        asks: Vec::new(),
        backlinks: Vec::new(),
        links,
        document: placed.document,
    }
}

/// The date at the start of a file name: `2026-10-02.md`, `2026-10-02-status.md`, `20261002-slug.md`.
fn date_in_name(path: &SourcePath) -> Option<jiff::civil::Date> {
    let stem = path.stem();
    let digits: String = stem
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .filter(char::is_ascii_digit)
        .take(8)
        .collect();
    let dashed = stem.get(..10).is_some_and(|d| d.parse::<jiff::civil::Date>().is_ok() && d.contains('-'));
    let compact = stem.bytes().take_while(u8::is_ascii_digit).count() == 8;
    if digits.len() != 8 || !(dashed || compact) {
        return None;
    }
    format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok()
}

/// A document whose linked files are published.
struct Linked {
    placed: Placed,
    found: Vec<Found>,
    video: Option<Found>,
    transcript: Option<Found>,
    recordings: Vec<Option<Found>>,
}

/// Publishes the files that documents link to, each at one address.
struct Assets<'a> {
    claims: &'a mut claims::Claims,
    around: &'a Surroundings<'a>,
    published: BTreeMap<UrlPath, SourcePath>,
    said: BTreeSet<SourcePath>,
}

impl Assets<'_> {
    fn publish_all(&mut self, placed: Placed, links: Links, out: &mut Vec<Diagnostic>) -> Linked {
        let Links { found, video, transcript, recordings, diagnostics } = links;
        out.extend(diagnostics);
        let mut publish = |found| self.publish(found, &placed, out);
        let found = found.into_iter().map(&mut publish).collect();
        let (video, transcript) = (video.map(&mut publish), transcript.map(&mut publish));
        let recordings = recordings.into_iter().map(|found| found.map(&mut publish)).collect();
        Linked { placed, found, video, transcript, recordings }
    }

    fn publish(&mut self, found: Found, placed: &Placed, out: &mut Vec<Diagnostic>) -> Found {
        let Found::Asset { url, source, .. } = &found else { return found };
        let document = &placed.document;
        if let Some(Attachment::Withheld(why)) = self.around.attachments.get(source) {
            if self.said.insert(source.clone()) {
                let message = format!("{source} is not published: {why}");
                out.push(Diagnostic::warning("active-file", message).at(Place::file(&document.path)).hint(
                    "Files below `static/` are published as they are, and `html: raw` trusts the authors of all documents.",
                ));
            }
            return match &self.around.repository {
                Some(repository) => Found::Repository(repository.blob(source, "")),
                None => Found::Broken(source.to_string()),
            };
        }
        self.claim(url.clone(), source.clone(), out);
        found
    }

    fn publish_static(&mut self, out: &mut Vec<Diagnostic>) {
        for source in self.around.files.keys().filter(|path| path.below("static").is_some()) {
            match UrlPath::new(&format!("/{source}")) {
                Ok(url) => self.claim(url, source.clone(), out),
                Err(_error) => {}
            }
        }
    }

    fn claim(&mut self, url: UrlPath, source: SourcePath, out: &mut Vec<Diagnostic>) {
        if self.published.get(&url) == Some(&source) {
            return;
        }
        match self.claims.claim(&url, source.as_str()) {
            Ok(()) => {
                self.published.insert(url, source);
            }
            Err(taken) if own::yields(&taken) && !self.published.contains_key(&url) => {
                self.published.insert(url, source);
            }
            Err(taken) => {
                let message = format!(
                    "{source} can't have the address {url}: {} has it already",
                    placement::taken_by(&taken)
                );
                out.push(
                    Diagnostic::error("route-taken", message)
                        .at(Place::file(&source))
                        .hint("Rename one of the two."),
                );
            }
        }
    }
}

type FolderLink = ((usize, usize), UrlPath);

fn finish(
    found: Found,
    around: &Surroundings<'_>,
    at: (usize, usize),
    folder_links: &mut Vec<FolderLink>,
) -> ResolvedLink {
    match found {
        Found::External(url) => ResolvedLink::External(url),
        Found::Page { page, anchor } => ResolvedLink::Page { page, anchor },
        Found::Repository(url) => ResolvedLink::Repository(url),
        Found::Broken(target) => ResolvedLink::Broken(target),
        Found::Refused => ResolvedLink::Refused,
        Found::Generated { url, suffix } => ResolvedLink::Generated { url, suffix },
        Found::Folder(url) => {
            folder_links.push((at, url));
            ResolvedLink::Folder(FolderId(0))
        }
        Found::Asset { url, source, suffix, image } => {
            let size = match around.attachments.get(&source) {
                Some(Attachment::Fine(size)) if image => *size,
                _ => None,
            };
            ResolvedLink::Asset { url, suffix, size }
        }
    }
}

fn settle_folder_links(pages: &mut [Page], folders: &[Folder], links: Vec<FolderLink>) {
    let by_url: BTreeMap<&UrlPath, FolderId> =
        folders.iter().enumerate().map(|(i, f)| (&f.url, FolderId(i))).collect();
    for ((page, at), url) in links {
        pages[page].links[at] = match by_url.get(&url) {
            Some(folder) => ResolvedLink::Folder(*folder),
            None => ResolvedLink::Broken(url.to_string()),
        };
    }
}

fn claim_folders(folders: &[Folder], claims: &mut claims::Claims, out: &mut Vec<Diagnostic>) {
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

/// The people, each with an address of their own.
fn claim_people(placement: &mut Placement, out: &mut Vec<Diagnostic>) -> People {
    let people = std::mem::take(&mut placement.generated.people);
    for person in people.all() {
        let who = format!("the page of {}", person.name);
        for url in [Some(person.url.clone()), person.calendar()].into_iter().flatten() {
            if let Err(taken) = placement.claims.claim(&url, &who) {
                let by = placement::taken_by(&taken);
                let message = format!("{who} can't have the address {url}: {by} has it already");
                out.push(Diagnostic::error("route-taken", message).hint("Rename the file that has it."));
            }
        }
    }
    people
}

fn backlinks(pages: &mut [Page]) {
    let mut links: BTreeSet<(PageId, PageId)> = BTreeSet::new();
    for (index, page) in pages.iter().enumerate() {
        for link in &page.links {
            if let ResolvedLink::Page { page: target, .. } = link
                && target.0 != index
            {
                links.insert((*target, PageId(index)));
            }
        }
    }
    for (target, from) in links {
        pages[target.0].backlinks.push(from);
    }
}
