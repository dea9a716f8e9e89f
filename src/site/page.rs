//! One page, made whole: the facts of its document, where its links lead, what is said in its recording and how its asks
//! stand by the clock. What pages do to each other is not here, but in [`super::ties`].

use jiff::Timestamp;

use super::assemble::Surroundings;
use super::attachments::Attachment;
use super::catalogue::claims::Claims;
use super::folders::Numbers;
use super::links::Found;
use super::placement::Placed;
use super::publish::Published;
use super::recordings::{Captions, Recording, Spoken};
use super::{Page, ResolvedLink, Status, asks, checks};
use crate::diagnostic::Diagnostic;
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
    pub page: Page,
    /// What its front matter's `recordings` lead to, where they are no documents.
    pub shown: Vec<Option<ResolvedLink>>,
    /// What is not as its author meant it.
    pub found: Vec<Diagnostic>,
}

impl Maker<'_> {
    /// The page of a document whose linked files are `published`.
    pub fn page(&self, placed: &Placed, published: &Published) -> MadePage {
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
            links: published.found.iter().map(|link| self.link(link)).collect(),
            video: file(&published.video),
            transcript: file(&published.transcript),
            recording: None,
            spoken: self.spoken(placed, published),
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
        if page.made_captions().is_some_and(|(url, _)| self.claims.is_taken(&url.output())) {
            page.spoken.captions = Captions::None;
        }
        found.extend(checks::status::unknown(&page));
        MadePage { page, shown: published.recordings.iter().map(file).collect(), found }
    }

    /// What is said in its recording, by its transcript.
    fn spoken(&self, placed: &Placed, published: &Published) -> Spoken {
        let said = match &published.transcript {
            Some(Found::Asset { source, .. }) => self.around.transcripts.get(source),
            _ => None,
        };
        Spoken::new(said, &placed.document.front.recording.chapters)
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
