//! The recordings of a page: its own, and those that its front matter names; where they play, and where a second of
//! them is found.

mod links;
mod stale;

pub use links::MomentLinks;
pub use stale::{Stale, StaleRecordings};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalogue::claims::Claims;
use super::decisions::DocumentNames;
use super::links::{Found, Links};
use super::placement::Placement;
use super::{Page, PageId, ResolvedLink, Site};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::front_matter;
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::recording::host::{FileKind, Hosted};
use crate::recording::{self, Format, Moment, Paragraph};
use crate::source::AssetReader;

/// A recording that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// What the page calls it: what its moments' anchors begin with, unless it is the page's first.
    pub name: String,
    /// What plays; `None` where nothing is named, or what is named leads nowhere.
    pub media: Option<Media>,
    /// The page that it is the recording of, where that is another.
    pub home: Option<PageId>,
    /// Its length, as its front matter says, else the end of its transcript.
    pub length: Option<Moment>,
}

/// Where a moment is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen<'a> {
    /// On the site: an address, and what follows it.
    Here(&'a UrlPath, String),
    /// At its host.
    AtHost(String),
}

/// What plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A file of the site.
    File(UrlPath, FileKind),
    /// A file of the site that browsers don't play.
    Other(UrlPath),
    /// At another address.
    Hosted(Hosted),
}

impl Media {
    /// Of a resolved link; `None` where it leads to nothing that plays.
    fn of(link: &ResolvedLink) -> Option<Self> {
        match link {
            ResolvedLink::External(url) | ResolvedLink::Repository(url) => {
                Some(Self::Hosted(Hosted::of(url)))
            }
            ResolvedLink::Asset { url, .. } => Some(match FileKind::of(url.as_str()) {
                Some(kind) => Self::File(url.clone(), kind),
                None => Self::Other(url.clone()),
            }),
            _ => None,
        }
    }
}

/// What was said in a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// In the order of time.
    pub paragraphs: Vec<Paragraph>,
    /// When the last of them ends.
    pub end: Option<Moment>,
    /// What browsers can show of it over a video.
    pub captions: Captions,
}

/// Where browsers find what was said, to be shown while it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Captions {
    /// Nowhere.
    #[default]
    None,
    /// In the file of the transcript, which is `WebVTT`.
    Transcript,
    /// In a file that is made: the whole as `WebVTT`.
    Made(Arc<str>),
}

/// What is said in the recording of a page, cut at its chapters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// In the order of time. What is said before the first chapter has none.
    pub parts: Vec<Part>,
    /// When the last word ends.
    pub end: Option<Moment>,
    /// See [`Said::captions`].
    pub captions: Captions,
}

/// A chapter with what is said in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The chapter.
    pub chapter: Option<Chapter>,
    /// What is said.
    pub paragraphs: Vec<Paragraph>,
}

/// A chapter by its place in time and on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// When it starts.
    pub at: Moment,
    /// The anchor of that moment.
    pub anchor: String,
    /// Its title.
    pub title: String,
}

impl Spoken {
    /// What is `said`, cut at `chapters`, which are in the order of time.
    pub(super) fn new(said: Option<&Said>, chapters: &[front_matter::Chapter]) -> Self {
        let chapter = |chapter: &front_matter::Chapter| {
            let at = Moment::from(chapter.at);
            Part {
                chapter: Some(Chapter { at, anchor: at.anchor(), title: chapter.title.clone() }),
                ..Part::default()
            }
        };
        let mut parts: Vec<Part> =
            std::iter::once(Part::default()).chain(chapters.iter().map(chapter)).collect();
        let mut current = 0;
        for paragraph in said.into_iter().flat_map(|said| &said.paragraphs) {
            let begins =
                |part: &Part| part.chapter.as_ref().is_some_and(|chapter| chapter.at <= paragraph.start);
            while parts.get(current + 1).is_some_and(begins) {
                current += 1;
            }
            parts[current].paragraphs.push(paragraph.clone());
        }
        parts.retain(|part| part.chapter.is_some() || !part.paragraphs.is_empty());
        let captions = said.map(|said| said.captions.clone()).unwrap_or_default();
        Self { parts, end: said.and_then(|said| said.end), captions }
    }

    /// Whether there is a transcript of it.
    pub fn is_transcribed(&self) -> bool {
        self.parts.iter().any(|part| !part.paragraphs.is_empty())
    }
}

/// What was said, by the file of the transcript.
pub type Transcripts = BTreeMap<SourcePath, Said>;

/// A transcript may have so many bytes: ten hours of talk take one million.
const LARGEST_TRANSCRIPT: u64 = 32 * 1024 * 1024;

/// The transcripts that documents name, each with the moments at which chapters of it begin.
pub fn wanted(placement: &Placement, links: &[Links]) -> BTreeMap<SourcePath, BTreeSet<Moment>> {
    let mut wanted: BTreeMap<SourcePath, BTreeSet<Moment>> = BTreeMap::new();
    for (placed, links) in placement.documents.iter().zip(links) {
        if let Some(Found::Asset { source, .. }) = &links.transcript {
            let chapters = placed.document.front.recording.chapters.iter();
            wanted
                .entry(source.clone())
                .or_default()
                .extend(chapters.map(|chapter| Moment::from(chapter.at)));
        }
    }
    wanted
}

/// What is said in the transcript at `path`, cut where chapters begin, and what of it could not be read.
pub fn said(
    reader: &dyn AssetReader,
    path: &SourcePath,
    chapters: &BTreeSet<Moment>,
) -> (Said, Vec<Diagnostic>) {
    let unreadable = |why: String| {
        let message = format!("The transcript {path} can't be read: {why}");
        vec![Diagnostic::warning("unreadable-transcript", message).at(Place::file(path))]
    };
    let bytes = match reader.read(path, LARGEST_TRANSCRIPT + 1) {
        Ok(bytes) if bytes.len() as u64 <= LARGEST_TRANSCRIPT => bytes,
        Ok(_) => return (Said::default(), unreadable("it is larger than 32 MiB".into())),
        Err(why) => return (Said::default(), unreadable(why)),
    };
    let (text, fault) = recording::decode(path, &bytes);
    let (transcript, mut found) = recording::read(path, &text);
    found.extend(fault);
    // A browser reads WebVTT from a file of that name, and nothing else.
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("vtt"));
    let is_vtt = named && text.trim_start_matches('\u{feff}').starts_with("WEBVTT");
    let captions = match transcript.cues.is_empty() {
        true => Captions::None,
        false if is_vtt => Captions::Transcript,
        false => Captions::Made(transcript.write(Format::Vtt).into()),
    };
    let end = transcript.cues.iter().map(|cue| cue.end).max();
    // The page is whole without it.
    for diagnostic in &mut found {
        diagnostic.severity = diagnostic.severity.max(Severity::Warning);
    }
    let chapters: Vec<Moment> = chapters.iter().copied().collect();
    (Said { paragraphs: transcript.paragraphs_cut(&chapters), end, captions }, found)
}

/// The recordings of all pages: for each one for each of [`crate::document::Document::recordings`], in the same order.
#[derive(Clone, Debug, Default)]
pub struct Recordings(Vec<Vec<Recording>>);

impl Recordings {
    /// Those of `pages`, first each page's own. `shown` has what the front matter's `recordings` lead to, for each page in
    /// its order, where they are no documents. Also gives what leads nowhere.
    pub(super) fn of_all(
        pages: &[Frozen<Page>],
        names: &DocumentNames,
        shown: &[Vec<Option<ResolvedLink>>],
    ) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let all = pages.iter().zip(shown).enumerate().map(|(at, (page, links))| {
            let others = links
                .iter()
                .enumerate()
                .map(|(place, link)| resolve(pages, names, (PageId(at), place), link.as_ref(), &mut found));
            page.recording.clone().into_iter().chain(others).collect()
        });
        (Self(all.collect()), found)
    }

    /// Those of `page`.
    pub fn of(&self, page: PageId) -> &[Recording] {
        self.0.get(page.0).map_or(&[], Vec::as_slice)
    }
}

impl Recording {
    /// The recording that `page` is the page of.
    pub(super) fn own(page: &Page) -> Option<Self> {
        let facts = &page.document.front.recording;
        if facts.video.is_none() && facts.transcript.is_none() {
            return None;
        }
        Some(Self {
            name: page.document.recordings.first().cloned().unwrap_or_default(),
            media: page.video.as_ref().and_then(Media::of),
            home: None,
            length: facts.duration.map(Moment::from).or(page.spoken.end),
        })
    }
}

fn resolve(
    pages: &[Frozen<Page>],
    names: &DocumentNames,
    (from, place): (PageId, usize),
    link: Option<&ResolvedLink>,
    out: &mut Vec<Diagnostic>,
) -> Recording {
    let page = &pages[from.0];
    let wanted = &page.document.front.recordings[place];
    let recording = Recording { name: wanted.id.clone(), media: None, home: None, length: None };
    if let Some(link) = link {
        return Recording { media: Media::of(link), ..recording };
    }
    let Some(home) = names.find(page, &wanted.of.value).filter(|home| *home != from) else {
        let document = &page.document;
        let message =
            format!("`recordings` names `{}`, which is no document, file or address", wanted.of.value);
        let found = Diagnostic::warning("unknown-recording", message);
        let place = Place::line(&document.path, &document.text, wanted.of.line);
        out.push(
            found
                .at(place)
                .hint("Name it by its path, such as `recordings/demo`, or by its `https://` address."),
        );
        return recording;
    };
    let own = pages[home.0].recording.as_ref();
    Recording {
        media: own.and_then(|own| own.media.clone()),
        length: own.and_then(|own| own.length),
        home: Some(home),
        ..recording
    }
}

/// Claims the addresses of captions that are made. Where a file of the site's own has one, nothing is made.
pub(super) fn claim_captions(pages: &[Frozen<Page>], claims: &mut Claims) {
    for page in pages {
        if let Some((url, _)) = page.made_captions() {
            // A page makes no captions whose address it found taken, and no two pages have one address.
            let _ = claims.claim(&url, &page.document.path);
        }
    }
}

/// The file of the captions that are made, below the page of the recording.
pub(super) const CAPTIONS: &str = "captions.vtt";

impl Page {
    /// The ids of moments that stand on it apart from its transcript.
    pub fn taken_moments(&self) -> BTreeSet<String> {
        let document = &self.document;
        let headings =
            document.headings.iter().flat_map(|heading| [Some(&heading.id), heading.also.as_ref()]);
        let moments = document.moments.iter().map(|moment| moment.id.as_ref());
        let ids = headings.chain(moments).flatten().chain(&document.html_ids).chain(&self.old_anchors);
        ids.filter(|id| id.starts_with("t-")).cloned().collect()
    }

    /// Where the captions of its own recording are, where it has a transcript and is a file that can have some.
    pub fn captions(&self) -> Option<UrlPath> {
        match (&self.spoken.captions, &self.transcript) {
            (Captions::Transcript, Some(ResolvedLink::Asset { url, .. })) => {
                Some(url.clone()).filter(|_| self.can_have_captions())
            }
            _ => self.made_captions().map(|(url, _)| url),
        }
    }

    /// The same where the file of the transcript has to be made into captions first, with what is in them.
    pub fn made_captions(&self) -> Option<(UrlPath, &str)> {
        match &self.spoken.captions {
            Captions::Made(text) if self.can_have_captions() => {
                Some((UrlPath::new(&format!("{}{CAPTIONS}", self.url)).ok()?, text))
            }
            _ => None,
        }
    }

    fn can_have_captions(&self) -> bool {
        let media = self.recording.as_ref().and_then(|own| own.media.as_ref());
        matches!(media, Some(Media::File(_, FileKind::Video | FileKind::Audio)))
    }
}

impl Site {
    /// Where `recording` is seen at `at` without a script: on its own page, at its host, or as a file. `None` where
    /// nothing plays.
    pub fn seen<'a>(&'a self, recording: &'a Recording, at: Moment) -> Option<Seen<'a>> {
        if let Some(home) = recording.home {
            return Some(Seen::Here(&self.pages[home.0].url, format!("#{}", at.anchor())));
        }
        Some(match recording.media.as_ref()? {
            Media::File(url, FileKind::Video | FileKind::Audio) => {
                Seen::Here(url, format!("#t={}", at.whole_seconds()))
            }
            Media::File(url, FileKind::Terminal) | Media::Other(url) => Seen::Here(url, String::new()),
            Media::Hosted(hosted) => Seen::AtHost(hosted.link(at)),
        })
    }
}
