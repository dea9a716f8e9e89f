//! One page, made whole: the facts of its document, where its links lead, what is said in its recording and how its asks
//! stand by the clock. What pages do to each other is not here, but in [`super::ties`].

use jiff::Timestamp;

use super::assemble::Surroundings;
use super::attachments::Attachment;
use super::catalogue::claims::Claims;
use super::folders::Numbers;
use super::links::{Found, Led, Links};
use super::placement::Placed;
use super::recordings::{Captions, Recording, Spoken};
use super::{Page, ResolvedLink, Status, asks, checks};
use crate::diagnostic::Diagnostic;
use crate::frozen::Frozen;
use crate::path::SourcePath;
use crate::time::When;

/// What making a page needs beside its document and its links.
pub(super) struct Maker<'a> {
    pub around: &'a Surroundings<'a>,
    pub known: &'a asks::PeopleIndex<'a>,
    pub folders: &'a Numbers,
    /// Who has which address, files that documents link to included.
    pub claims: &'a Claims,
}

/// A page, with what is only needed to tie it to others.
pub(super) struct MadePage {
    pub page: Frozen<Page>,
    /// What its front matter's `recordings` lead to, where they are no documents.
    pub shown: Vec<Option<ResolvedLink>>,
    /// What is not as its author meant it.
    pub found: Vec<Diagnostic>,
}

impl Maker<'_> {
    /// The page of a document with these links.
    pub fn page(&self, placed: &Placed, links: &Links) -> MadePage {
        let mut found = Vec::new();
        let around = self.around;
        let document = &placed.document;
        let front = &document.front;
        let zone = &around.config.timezone;
        let git = around.git.files.get(&document.path);
        let by_name = date_in_name(&document.path);
        let local = |t: Timestamp| t.to_zoned(zone.clone()).date();
        // When a record that leaves out its date was committed here says nothing of when it was decided.
        let committed = git.filter(|_| document.record.is_none());
        let asks = asks::standings(document, &placed.asks, self.known, around.clock, &mut found);
        let file = |link: &Option<Found>| link.as_ref().map(|link| self.file(link));
        let mut page = Page {
            kind: placed.kind,
            number: placed.number.clone(),
            url: placed.url.clone(),
            folder: self.folders.of(placed),
            is_index: placed.is_index,
            links: links.found.iter().map(|link| self.link(link)).collect(),
            video: file(&links.video),
            transcript: file(&links.transcript),
            recording: None,
            spoken: self.spoken(placed, links),
            date: front
                .date
                .as_ref()
                .map(When::date)
                .or(by_name)
                .or_else(|| committed.map(|g| local(g.created))),
            updated: front.updated.as_ref().map(When::date).or_else(|| git.map(|g| local(g.updated))),
            updated_at: git.map(|g| g.updated),
            changes: git.map(|g| g.changes.clone()).unwrap_or_default(),
            status: front.status.as_ref().map(|s| Status::read(&s.value)),
            old_anchors: placed.old_anchors.clone(),
            asks,
            document: document.clone(),
        };
        page.recording = Recording::own(&page);
        if page.made_captions().is_some_and(|(url, _)| self.claims.is_taken(&url)) {
            page.spoken.captions = Captions::None;
        }
        found.extend(checks::status::unknown(&page));
        MadePage { page: Frozen::new(page), shown: links.recordings.iter().map(file).collect(), found }
    }

    /// The page as it was `before`, of the same document in the same place, whose links lead where they led. `led` says
    /// whether to the same numbers. `None` where anything else may be another; what was found of it is what it was.
    pub fn again(
        &self,
        before: &Frozen<Page>,
        placed: &Placed,
        links: &Links,
        led: Led,
    ) -> Option<Frozen<Page>> {
        let front = &placed.document.front;
        // What plays, and what is said there, hangs on files.
        let shows = !front.recordings.is_empty() || links.video.is_some() || links.transcript.is_some();
        let stands = |asks: &[asks::Standing]| {
            let now = asks::standings(
                &placed.document,
                &placed.asks,
                self.known,
                self.around.clock,
                &mut Vec::new(),
            );
            *asks == *now
        };
        if led == Led::New || shows || !front.asks.is_empty() && !stands(&before.asks) {
            return None;
        }
        let folder = self.folders.of(placed);
        if led == Led::Same && before.folder == folder {
            return Some(before.clone());
        }
        let links = links.found.iter().map(|link| self.link(link)).collect();
        Some(Frozen::new(Page { folder, links, ..Page::clone(before) }))
    }

    /// What is said in its recording, by its transcript.
    fn spoken(&self, placed: &Placed, links: &Links) -> Spoken {
        let said = match &links.transcript {
            Some(Found::Asset { source, .. }) if !self.is_withheld(source) => {
                self.around.transcripts.get(source)
            }
            _ => None,
        };
        Spoken::new(said, &placed.document.front.recording.chapters)
    }

    /// Whether a file is one that is not published.
    fn is_withheld(&self, source: &SourcePath) -> bool {
        matches!(self.around.attachments.get(source), Some(Attachment::Withheld(_)))
    }

    fn link(&self, found: &Found) -> ResolvedLink {
        match found {
            Found::Folder(url) => match self.folders.at(url) {
                Some(folder) => ResolvedLink::Folder(folder),
                None => ResolvedLink::Broken(url.to_string()),
            },
            other => self.file(other),
        }
    }

    /// Where a link leads that is no folder's: a folder is neither a video nor a transcript.
    fn file(&self, found: &Found) -> ResolvedLink {
        match found {
            Found::External(url) => ResolvedLink::External(url.clone()),
            Found::Page { page, anchor } => ResolvedLink::Page { page: *page, anchor: anchor.clone() },
            Found::Repository(url) => ResolvedLink::Repository(url.clone()),
            Found::Broken(target) => ResolvedLink::Broken(target.clone()),
            Found::Folder(url) => ResolvedLink::Broken(url.to_string()),
            Found::Refused => ResolvedLink::Refused,
            Found::Generated { url, suffix } => {
                ResolvedLink::Generated { url: url.clone(), suffix: suffix.clone() }
            }
            Found::Asset { source, .. } if self.is_withheld(source) => match &self.around.repository {
                Some(repository) => ResolvedLink::Repository(repository.blob(source, "")),
                None => ResolvedLink::Broken(source.to_string()),
            },
            Found::Asset { url, source, suffix, image } => {
                let size = match self.around.attachments.get(source) {
                    Some(Attachment::Fine(size)) if *image => *size,
                    _ => None,
                };
                ResolvedLink::Asset { url: url.clone(), suffix: suffix.clone(), size }
            }
        }
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
