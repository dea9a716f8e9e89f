//! Recordings on a page: what plays, its chapters, and what is said in it, paragraph by paragraph.

use serde::Serialize;

use super::outline::OutlineItem;
use super::rows::{link, title};
use super::scope::Scope;
use super::{DateView, Link};
use crate::document::moments;
use crate::recording::host::{FileKind, Hosted};
use crate::recording::{Moment, Paragraph};
use crate::site::recordings::{Chapter, Media, Recording, Seen, Stale};
use crate::site::{Page, PageId, ResolvedLink};

/// A recording that a page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PlayerView {
    /// Its place among the page's recordings: `data-of` of the moments that are its own.
    pub of: usize,
    /// What the anchors of its moments begin with: nothing for the page's first.
    pub prefix: String,
    /// Whether it is the page's own, the one that the page is about.
    pub own: bool,
    /// What the page calls it.
    pub title: String,
    /// The page that it is the recording of, where that is another.
    pub home: Option<Link>,
    /// How it plays: `video`, `audio`, `terminal` (files of the site), `loom`, `youtube`, `vimeo`, or `link`.
    pub plays: &'static str,
    /// Where it is seen without a script, from its beginning.
    pub href: String,
    /// The file, where it is one of the site.
    pub source: Option<String>,
    /// The host's player, loaded when a reader asks for it.
    pub embed: Option<String>,
    /// The host by name: `Loom`, or its domain.
    pub host: Option<String>,
    /// Captions as `WebVTT`, for files.
    pub captions: Option<String>,
    /// Its length in words.
    pub length: Option<String>,
    /// The same in seconds.
    pub seconds: Option<u64>,
    /// Its chapters.
    pub chapters: Vec<ChapterView>,
}

/// A chapter of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChapterView {
    /// Where it is on the page: the anchor of its first second.
    pub anchor: String,
    /// Seconds from the start.
    pub at: u64,
    /// The same as people read it: `2:15`.
    pub time: String,
    /// Its title.
    pub title: String,
    /// Whether its line in the list is where its anchor leads: nothing else on the page has that id.
    pub here: bool,
}

/// What is said in a recording.
#[derive(Clone, Debug, Serialize)]
pub struct TranscriptView {
    /// Its own anchor: `transcript`, unless the document has that id.
    pub id: &'static str,
    /// Its paragraphs in the order of time, cut at chapters.
    pub parts: Vec<TranscriptPart>,
    /// The file that it comes from, where it is published.
    pub file: Option<String>,
    /// Whether the player of the page lists its chapters, so that the outline needs not.
    #[serde(skip)]
    pub listed: bool,
}

/// A chapter of a transcript; what is said before the first has no heading.
#[derive(Clone, Debug, Serialize)]
pub struct TranscriptPart {
    /// The chapter; its `anchor` is its id, unless `claimed` says that the page has that id already.
    pub chapter: Option<ChapterView>,
    /// Whether something else on the page has the chapter's id.
    pub claimed: bool,
    /// What is said in it.
    pub paragraphs: Vec<ParagraphView>,
}

/// What one person says without a pause.
#[derive(Clone, Debug, Serialize)]
pub struct ParagraphView {
    /// Its address on the page.
    pub anchor: String,
    /// Whether something else on the page has that id.
    pub claimed: bool,
    /// Seconds from the start.
    pub at: u64,
    /// The same as people read it.
    pub time: String,
    /// Where it plays without a script.
    pub href: Option<String>,
    /// Who speaks, where that is somebody else than before.
    pub speaker: Option<String>,
    /// What is said.
    pub text: String,
    /// Pages that link to this moment.
    pub backlinks: Vec<Link>,
}

/// What speaks against a recording.
#[derive(Clone, Debug, Serialize)]
pub struct StaleView {
    /// When it was recorded.
    pub recorded: DateView,
    /// How often what it shows was changed since: `once`, `3 times`.
    pub times: String,
    /// The documents that were changed, the first of them.
    pub by: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// So many documents are named.
const NAMED: usize = 3;

impl StaleView {
    /// Of what the site found.
    pub fn new(scope: &Scope<'_>, stale: &Stale) -> Self {
        let times = match stale.changes {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            count => format!("{count} times"),
        };
        Self {
            recorded: stale.recorded.into(),
            times,
            by: stale.by.iter().take(NAMED).map(|page| link(scope, *page)).collect(),
            more: stale.by.len().saturating_sub(NAMED),
        }
    }
}

/// The recordings of the page `id`.
pub fn players(scope: &Scope<'_>, id: PageId) -> Vec<PlayerView> {
    let page = scope.page(id);
    scope
        .site
        .recordings
        .of(id)
        .iter()
        .enumerate()
        .filter_map(|(of, recording)| player(scope, page, of, recording))
        .collect()
}

fn player(scope: &Scope<'_>, page: &Page, of: usize, recording: &Recording) -> Option<PlayerView> {
    let start = Moment::default();
    let media = recording.media.as_ref()?;
    let (plays, host) = match media {
        Media::File(_, FileKind::Video) => ("video", None),
        Media::File(_, FileKind::Audio) => ("audio", None),
        Media::File(_, FileKind::Terminal) => ("terminal", None),
        Media::Other(_) => ("link", None),
        Media::Hosted(Hosted::Player { service, .. }) => (service.word(), Some(service.name().to_owned())),
        Media::Hosted(Hosted::Link { url, .. }) => ("link", domain(url)),
    };
    let source = match media {
        Media::File(url, _) => Some(scope.urls.href(url)),
        _ => None,
    };
    let own = recording.home.is_none() && page.recording.as_ref().is_some() && of == 0;
    let home = recording.home.map(|home| link(scope, home));
    let of_page = recording.home.map_or(page, |home| scope.page(home));
    let named = if own || recording.home.is_some() { title(of_page) } else { recording.name.clone() };
    let href = match media {
        Media::Hosted(hosted) => hosted.link(start),
        Media::File(url, _) | Media::Other(url) => scope.urls.href(url),
    };
    Some(PlayerView {
        of,
        prefix: moments::prefix(&page.document.recordings, of),
        own,
        title: named,
        home,
        plays,
        href,
        embed: if let Media::Hosted(hosted) = media { hosted.embed() } else { None },
        captions: source.is_some().then(|| captions(scope, of_page)).flatten(),
        source,
        host,
        length: recording.length.map(|length| super::facts::duration(length.into())),
        seconds: recording.length.map(Moment::whole_seconds),
        chapters: if own { chapters(page) } else { Vec::new() },
    })
}

/// The captions of the page's own recording, where it has a transcript.
fn captions(scope: &Scope<'_>, page: &Page) -> Option<String> {
    page.captions().map(|url| scope.urls.href(&url))
}

/// The domain of an address, for people.
fn domain(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// In a transcript, chapters are headings; without one, their lines in the list are all that there is of them.
fn chapters(page: &Page) -> Vec<ChapterView> {
    let mut taken = page.taken_moments();
    let listed = !page.spoken.is_transcribed();
    let chapters = page.spoken.parts.iter().filter_map(|part| part.chapter.as_ref());
    chapters
        .map(|chapter| {
            let here = listed && taken.insert(chapter.anchor.clone());
            ChapterView { here, ..ChapterView::from(chapter) }
        })
        .collect()
}

impl From<&Chapter> for ChapterView {
    fn from(chapter: &Chapter) -> Self {
        Self {
            anchor: chapter.anchor.clone(),
            at: chapter.at.whole_seconds(),
            time: chapter.at.to_string(),
            title: chapter.title.clone(),
            here: false,
        }
    }
}

impl TranscriptView {
    /// Of the page's own recording; `None` where nothing is known of what is said in it.
    pub fn new(scope: &Scope<'_>, id: PageId) -> Option<Self> {
        let page = scope.page(id);
        let own = page.recording.as_ref()?;
        if !page.spoken.is_transcribed() {
            return None;
        }
        let mut taken = page.taken_moments();
        let starts =
            page.spoken.parts.iter().flat_map(|part| &part.paragraphs).map(|paragraph| paragraph.start);
        let mut next = starts.skip(1);
        // What is linked to before the first word is beside it.
        let mut start = Some(Moment::default());
        let mut parts = Vec::with_capacity(page.spoken.parts.len());
        for part in &page.spoken.parts {
            let chapter = part.chapter.as_ref().map(ChapterView::from);
            let claimed = chapter.as_ref().is_some_and(|chapter| !taken.insert(chapter.anchor.clone()));
            let mut speaker = None;
            let mut paragraphs = Vec::with_capacity(part.paragraphs.len());
            for paragraph in &part.paragraphs {
                let mut view = ParagraphView {
                    claimed: !taken.insert(paragraph.anchor.clone()),
                    href: seen_at(scope, own, paragraph.start),
                    ..ParagraphView::from(paragraph)
                };
                let from = start.take().unwrap_or(paragraph.start);
                let here = scope.site.moment_links.within(id, from, next.next());
                view.backlinks = here.into_iter().map(|page| link(scope, page)).collect();
                view.speaker = paragraph.speaker.clone().filter(|now| speaker != Some(now));
                speaker = paragraph.speaker.as_ref();
                paragraphs.push(view);
            }
            parts.push(TranscriptPart { chapter, claimed, paragraphs });
        }
        let file = match &page.transcript {
            Some(ResolvedLink::Asset { url, .. }) => Some(scope.urls.href(url)),
            _ => None,
        };
        let id = if page.document.has_id("transcript") { "tm-transcript" } else { "transcript" };
        Some(Self { id, parts, file, listed: own.media.is_some() })
    }

    /// Itself for the outline of the page, and its chapters where no player lists them.
    pub fn outline(&self) -> impl Iterator<Item = OutlineItem> {
        let own = OutlineItem { depth: 0, text: "Transcript".to_owned(), id: self.id.to_owned() };
        let chapters = self.parts.iter().filter(|_| !self.listed).filter_map(|part| part.chapter.as_ref());
        let chapters = chapters.map(|chapter| OutlineItem {
            depth: 1,
            text: chapter.title.clone(),
            id: chapter.anchor.clone(),
        });
        std::iter::once(own).chain(chapters)
    }
}

impl From<&Paragraph> for ParagraphView {
    fn from(paragraph: &Paragraph) -> Self {
        Self {
            anchor: paragraph.anchor.clone(),
            claimed: false,
            at: paragraph.start.whole_seconds(),
            time: paragraph.start.to_string(),
            href: None,
            speaker: None,
            text: paragraph.text.clone(),
            backlinks: Vec::new(),
        }
    }
}

/// Where a moment of a recording plays without a script.
fn seen_at(scope: &Scope<'_>, recording: &Recording, at: Moment) -> Option<String> {
    scope.site.seen(recording, at).map(|seen| match seen {
        Seen::Here(url, fragment) => scope.urls.href(url) + &fragment,
        Seen::AtHost(url) => url,
    })
}
