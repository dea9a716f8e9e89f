//! One document: its head, what stands in its margin, and where a reader goes from it.

use serde::Serialize;

use super::asks::Digest;
use super::facts::{Fact, facts};
use super::frame::{Head, crumbs};
use super::outline::{OutlineItem, outline};
use super::players::{PlayerView, StaleView, TranscriptView, players};
use super::relations::{Relation, relations};
use super::rows::{StatusView, number, title};
use super::scope::Scope;
use super::urls::repository;
use super::{DateView, Link, Shared};
use crate::config::Kind;
use crate::site::PageId;

/// A document for its template; its body goes in beside this.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// For `<head>`.
    pub head: Head,
    /// The way here from home.
    pub crumbs: Vec<Link>,
    /// The kind's word.
    pub kind: &'static str,
    /// The number of a decision.
    pub number: Option<String>,
    /// Plain text.
    pub title: String,
    /// Word and shape.
    pub status: Option<StatusView>,
    /// One sentence: its summary, else its description; never a guess from the text.
    pub summary: Option<String>,
    /// When it is from.
    pub date: Option<DateView>,
    /// When it last changed.
    pub updated: Option<DateView>,
    /// The team of an update.
    pub team: Option<String>,
    /// The period of an update.
    pub period: Option<String>,
    /// Its recordings.
    pub players: Vec<PlayerView>,
    /// What speaks against its own recording.
    pub stale: Option<StaleView>,
    /// What is said in its own recording.
    pub transcript: Option<TranscriptView>,
    /// The length of a recording.
    pub length: Option<String>,
    /// What it replaces or is replaced by.
    pub relations: Vec<Relation>,
    /// People, dates and links.
    pub facts: Vec<Fact>,
    /// Reading time, at least 1; 0 where there is nothing to read.
    pub minutes: usize,
    /// Sections down to the second depth.
    pub outline: Vec<OutlineItem>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// Where its history stands.
    pub history: Option<String>,
    /// The one before.
    pub previous: Option<Shared<Link>>,
    /// The one after.
    pub next: Option<Shared<Link>>,
    /// Its neighbours.
    pub siblings: Option<Siblings>,
    /// What links to it.
    pub backlinks: Backlinks,
    /// What a spec opens with: what was decided, and what is still asked.
    pub digest: Option<Digest>,
    /// `extra` of its front matter.
    pub extra: serde_json::Value,
}

/// A window of the folder's list around the page.
#[derive(Clone, Debug, Serialize)]
pub struct Siblings {
    /// The folder.
    pub folder: Link,
    /// How many there are in all.
    pub count: usize,
    /// In the folder's order.
    pub items: Vec<Sibling>,
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub struct Sibling {
    /// Itself.
    pub link: Shared<Link>,
    /// Whether this is the page itself.
    pub current: bool,
}

/// Pages that link here: some at once, the rest folded away.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Backlinks {
    /// The first.
    pub first: Vec<Shared<Link>>,
    /// All others.
    pub rest: Vec<Shared<Link>>,
}

/// Words a minute; slower than prose in a novel, since these are read to be acted on.
const PACE: usize = 220;
/// Neighbours on each side.
const AROUND: usize = 4;
/// Backlinks that are not folded away.
const BACKLINKS: usize = 8;
impl DocumentView {
    /// Of the page `id`.
    pub fn new(scope: &Scope<'_>, id: PageId) -> Self {
        let page = scope.page(id);
        let front = &page.document.front;
        let places = scope.site.repository.as_ref().map(|links| repository(links, &page.document.path));
        let (edit, history) = places.unzip();
        let update = Some(&front.update).filter(|_| page.kind == Kind::Update);
        let backlinks = scope.site.backlinks.to(id);
        let (first, rest) = backlinks.split_at(BACKLINKS.min(backlinks.len()));
        let transcript = TranscriptView::new(scope, id);
        let links = |ids: &[PageId]| ids.iter().map(|id| scope.link(*id)).collect();
        Self {
            head: Head::document(scope, id),
            crumbs: crumbs(scope, page.folder, !page.is_index),
            kind: page.kind.word(),
            number: number(page),
            title: title(page),
            status: page.status.as_ref().map(StatusView::from),
            summary: front.summary.clone().or_else(|| front.description.clone()),
            date: page.date.map(DateView::from),
            updated: page.updated.filter(|at| Some(*at) != page.date).map(DateView::from),
            team: update.and_then(|update| update.team.clone()),
            period: update.and_then(|update| update.period.clone()),
            length: page
                .recording
                .as_ref()
                .and_then(|own| own.length)
                .map(|at| super::facts::duration(at.into())),
            players: players(scope, id),
            stale: scope.site.stale.of(id).map(|stale| StaleView::new(scope, stale)),
            relations: relations(scope, id),
            facts: facts(scope, page),
            minutes: page.document.words.div_ceil(PACE),
            outline: outline(&page.document, transcript.iter().flat_map(TranscriptView::outline)),
            transcript,
            edit,
            history,
            previous: scope.site.neighbours.previous(id).map(|id| scope.link(id)),
            next: scope.site.neighbours.next(id).map(|id| scope.link(id)),
            siblings: siblings(scope, id),
            backlinks: Backlinks { first: links(first), rest: links(rest) },
            digest: Digest::new(scope, id).filter(|_| page.kind == Kind::Spec),
            extra: serde_json::to_value(&front.extra).unwrap_or_default(),
        }
    }
}

fn siblings(scope: &Scope<'_>, id: PageId) -> Option<Siblings> {
    let page = scope.page(id);
    let folder = &scope.site.folders[page.folder.0];
    let place = scope.position(id)?;
    let count = folder.members.len();
    if count < 2 {
        return None;
    }
    // The window keeps its width at the ends of the list.
    let start = place.saturating_sub(AROUND).min(count.saturating_sub(2 * AROUND + 1));
    let end = (start + 2 * AROUND + 1).min(count);
    let items = folder.members[start..end]
        .iter()
        .map(|other| Sibling { link: scope.link(*other), current: *other == id });
    let folder = Link::new(scope.urls.href(&folder.url), &folder.title);
    Some(Siblings { folder, count, items: items.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::fixture;

    #[test]
    fn shows_a_window_of_neighbours_of_one_width() {
        let site = fixture::site(100);
        let scope = Scope::new(&site);
        for (at, first) in [(0, 0), (50, 46), (99, 91)] {
            let siblings = siblings(&scope, PageId(at)).unwrap();
            assert_eq!(siblings.items.len(), 9);
            assert_eq!(siblings.items[0].link.title, format!("Choice {}", first + 1));
            assert_eq!(siblings.items.iter().filter(|item| item.current).count(), 1);
        }
    }

    #[test]
    fn finds_the_decisions_that_it_names() {
        let mut site = fixture::site(12);
        let names = [
            "decisions/0003-choice",
            "0004-choice.md",
            "ADR-0005",
            "6",
            "decisions/0007",
            "decisions/nowhere",
        ];
        site.pages[0].document.front.decision.superseded_by =
            names.iter().map(|name| Located { value: (*name).to_owned(), line: 1 }).collect();
        fixture::relate(&mut site);
        let view = DocumentView::new(&Scope::new(&site), PageId(0));
        let found: Vec<_> = view.relations[0].links.iter().map(|link| link.title.as_str()).collect();
        assert_eq!(found, ["Choice 3", "Choice 4", "Choice 5", "Choice 6", "Choice 7", "decisions/nowhere"]);
        assert_eq!(view.relations[0].links[5].url, "");
    }

    #[test]
    fn folds_away_all_but_the_first_backlinks() {
        let mut site = fixture::site(30);
        let links = (1..30).map(|from| (PageId(0), PageId(from))).collect();
        site.backlinks = crate::frozen::Frozen::new(crate::site::Backlinks::from_pairs(30, links));
        let view = DocumentView::new(&Scope::new(&site), PageId(0));
        assert_eq!((view.backlinks.first.len(), view.backlinks.rest.len()), (8, 21));
    }
}
