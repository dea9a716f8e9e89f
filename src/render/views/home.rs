//! Home: a morning briefing. What is open, what was decided lately, what changed, and the ways in.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::DateView;
use super::frame::{Head, ways_in};
use super::rows::{Dated, Decided, Row, number};
use super::scope::Scope;
use super::waiting::WaitingRow;
use crate::config::Kind;
use crate::path::UrlPath;
use crate::site::{FolderId, NormalStatus, Page, PageId};

/// Home for its template; the text of the root's `index.md` goes in beside this.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// For `<head>`.
    pub head: Head,
    /// The site's title, or that of its own text.
    pub title: String,
    /// The newest date on the site: the briefing's dateline.
    pub latest: Option<DateView>,
    /// Open asks and documents that are due, the first deadline first: what is overdue stands before all else.
    pub waiting: Waiting,
    /// Decisions and specs that are put to the team, those that changed last first.
    pub open: Brief,
    /// Decisions that were taken and asks that got their outcome, the newest first.
    pub decided: Brief,
    /// The newest updates.
    pub updates: Brief,
    /// Whatever else is new or changed.
    pub changed: Brief,
    /// The ways in.
    pub collections: Vec<CollectionCard>,
}

/// The first rows of a list, and how many there are in all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Brief {
    /// The first.
    pub rows: Vec<Row>,
    /// In all.
    pub total: usize,
}

/// The first of what waits, and how much there is in all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Waiting {
    /// The first.
    pub rows: Vec<WaitingRow>,
    /// In all.
    pub total: usize,
}

/// A collection as a way in.
#[derive(Clone, Debug, Serialize)]
pub struct CollectionCard {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The kind's word.
    pub kind: &'static str,
    /// Its documents.
    pub count: usize,
    /// Where they stand, those of a record's life in its order; empty where nothing has a status.
    pub statuses: Vec<StatusCount>,
    /// When the last is from.
    pub latest: Option<DateView>,
}

/// How many documents stand where.
#[derive(Clone, Debug, Serialize)]
pub struct StatusCount {
    /// The normalised word, which is also its shape.
    pub word: &'static str,
    /// How many.
    pub count: usize,
}

/// How many days back something was decided lately.
const LATELY: i64 = 90;
/// As many of the decisions are shown however old they are.
const AT_LEAST: usize = 3;

/// Rows of each part; a briefing fits on two screens.
const WAITING: usize = 5;
const OPEN: usize = 7;
const DECIDED: usize = 7;
const UPDATES: usize = 4;
const CHANGED: usize = 8;

impl HomeView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let index = scope.site.folders.first().and_then(|root| root.index);
        let title = index.map_or(&scope.site.config.title, |id| &scope.page(id).document.title).clone();
        let proposed = newest(scope, Dated::Stands, is_open);
        let decided = lately(scope);
        let updates = newest(scope, Dated::Made, |page| page.kind == Kind::Update);
        let shown: BTreeSet<PageId> = [(&proposed, OPEN), (&updates, usize::MAX)]
            .into_iter()
            .flat_map(|(list, most)| list.iter().take(most).copied())
            .chain(decided.iter().filter(|one| one.ask.is_none()).map(|one| one.page))
            .chain(index)
            .collect();
        let mut changed = newest(scope, Dated::Changed, |_| true);
        changed.retain(|id| !shown.contains(id));
        Self {
            head: Head {
                description: scope.site.config.description.clone().or_else(|| described(scope, index)),
                ..Head::plain(scope, &scope.site.config.title, Some(&UrlPath::root()))
            },
            title,
            latest: scope
                .site
                .pages
                .iter()
                .filter_map(|page| Dated::Changed.of(page))
                .max()
                .map(DateView::from),
            waiting: Waiting::new(scope),
            open: Brief::new(scope, &proposed, OPEN, Dated::Stands, true),
            decided: Brief::decided(scope, &decided),
            updates: Brief::new(scope, &updates, UPDATES, Dated::Made, true),
            changed: Brief::new(scope, &changed, CHANGED, Dated::Changed, false),
            collections: ways_in(scope).into_iter().map(|id| CollectionCard::new(scope, id)).collect(),
        }
    }
}

fn described(scope: &Scope<'_>, index: Option<PageId>) -> Option<String> {
    index.and_then(|id| super::rows::sentence(scope.page(id), 300))
}

impl Waiting {
    fn new(scope: &Scope<'_>) -> Self {
        let all = &scope.site.waiting;
        let rows = all.iter().take(WAITING).filter_map(|one| WaitingRow::new(scope, one));
        Self { rows: rows.collect(), total: all.len() }
    }
}

impl Brief {
    fn new(scope: &Scope<'_>, ids: &[PageId], most: usize, dated: Dated, note: bool) -> Self {
        let rows = ids.iter().take(most).map(|id| Row::new(scope, *id, dated, note)).collect();
        Self { rows, total: ids.len() }
    }

    fn decided(scope: &Scope<'_>, decided: &[Decided]) -> Self {
        let row = |one: &Decided| match one.ask {
            Some(place) => Row::outcome(scope, one.page, place),
            None => {
                Some(Row { label: replaced(scope, one.page), ..Row::new(scope, one.page, Dated::Made, true) })
            }
        };
        Self { rows: decided.iter().filter_map(row).collect(), total: decided.len() }
    }
}

/// What was decided lately, the newest first: decisions, and asks with an outcome of which no decision says so.
fn lately(scope: &Scope<'_>) -> Vec<Decided> {
    let decisions = newest(scope, Dated::Made, is_decided);
    let mut all: Vec<Decided> = decisions.into_iter().map(|id| Decided::decision(scope, id)).collect();
    for (at, page) in scope.site.pages.iter().enumerate() {
        let id = PageId(at);
        let told =
            |place| scope.site.decisions.settles(id, place).any(|decision| is_decided(scope.page(decision)));
        let decided = (0..page.asks.len()).filter(|place| !page.asks[*place].state.is_open());
        all.extend(decided.filter(|place| !told(*place)).map(|place| Decided::ask(scope, id, place)));
    }
    // Sorting keeps the order of decisions of one day.
    all.sort_by_key(|one| Reverse(one.date));
    let today = scope.site.clock.now.to_zoned(scope.site.config.timezone.clone()).date();
    let since = today.saturating_sub(jiff::Span::new().days(LATELY));
    let recent = |(at, one): &(usize, Decided)| *at < AT_LEAST || one.date.is_some_and(|date| date >= since);
    all.into_iter().enumerate().filter(recent).take(DECIDED).map(|(_, one)| one).collect()
}

/// What a decision took the place of: the news about the older one.
fn replaced(scope: &Scope<'_>, id: PageId) -> Option<String> {
    let ends = &scope.site.decisions.relations(id)?.supersedes;
    let numbers = ends.iter().filter(|end| end.in_force).filter_map(|end| number(scope.page(end.page?)));
    let numbers: Vec<String> = numbers.take(3).collect();
    (!numbers.is_empty()).then(|| format!("supersedes {}", numbers.join(", ")))
}

fn is_open(page: &Page) -> bool {
    let open = |status: &crate::site::Status| status.normal == Some(NormalStatus::Proposed);
    matches!(page.kind, Kind::Decision | Kind::Spec) && page.status.as_ref().is_some_and(open)
}

/// Taken one way or the other; what is being written, put to the team or put off is not.
fn is_decided(page: &Page) -> bool {
    use NormalStatus::{Accepted, Deprecated, Rejected, Superseded};
    let taken = |status: &crate::site::Status| {
        matches!(status.normal, Some(Accepted | Rejected | Deprecated | Superseded))
    };
    page.kind == Kind::Decision && page.status.as_ref().is_some_and(taken)
}

/// All pages wanted, the newest first. The page of a folder is none of its documents.
fn newest(scope: &Scope<'_>, dated: Dated, want: impl Fn(&Page) -> bool) -> Vec<PageId> {
    let pages = scope.site.pages.iter().enumerate().filter(|(_, page)| !page.is_index && want(page));
    let mut ids: Vec<PageId> = pages.map(|(at, _)| PageId(at)).collect();
    let number = |id: &PageId| scope.page(*id).number.as_ref().and_then(|n| n.parse::<u64>().ok());
    ids.sort_by_cached_key(|id| (Reverse((dated.of(scope.page(*id)), number(id))), id.0));
    ids
}

impl CollectionCard {
    fn new(scope: &Scope<'_>, id: FolderId) -> Self {
        let folder = &scope.site.folders[id.0];
        let pages = || folder.members.iter().map(|id| scope.page(*id));
        let stands =
            |want| pages().filter(|p| p.status.as_ref().is_some_and(|s| s.normal == Some(want))).count();
        let statuses =
            NormalStatus::ALL.into_iter().map(|s| StatusCount { word: s.word(), count: stands(s) });
        Self {
            url: scope.urls.href(&folder.url),
            title: folder.title.clone(),
            kind: folder.kind.word(),
            count: folder.members.len(),
            statuses: statuses.filter(|status| status.count > 0).collect(),
            latest: pages().filter_map(|page| Dated::Made.of(page)).max().map(DateView::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    #[test]
    fn tells_the_open_from_the_decided() {
        let site = fixture::site(20);
        let view = HomeView::new(&Scope::new(&site));
        assert_eq!((view.open.total, view.open.rows[0].title.as_str()), (1, "Choice 1"));
        assert_eq!(view.decided.rows.len(), DECIDED);
        assert_eq!(view.decided.rows[0].title, "Choice 20");
        assert_eq!(view.updates.rows[0].date.as_ref().map(|d| d.iso.as_str()), Some("2026-11-06"));
    }

    #[test]
    fn the_page_of_a_folder_is_none_of_its_documents() {
        let mut site = fixture::site(3);
        let updates = HomeView::new(&Scope::new(&site)).updates.total;
        let page = site.pages.iter_mut().find(|page| page.kind == Kind::Update).unwrap();
        page.is_index = true;
        assert_eq!(HomeView::new(&Scope::new(&site)).updates.total, updates - 1);
    }

    #[test]
    fn shows_nothing_twice() {
        let site = fixture::site(20);
        let view = HomeView::new(&Scope::new(&site));
        let parts = [&view.open, &view.decided, &view.updates, &view.changed];
        let urls: Vec<_> = parts.iter().flat_map(|part| part.rows.iter().map(|row| &row.url)).collect();
        assert_eq!(urls.iter().collect::<BTreeSet<_>>().len(), urls.len());
    }

    #[test]
    fn a_site_without_collections_is_entered_by_its_folders() {
        let mut site = fixture::site(2);
        site.folders.iter_mut().for_each(|folder| folder.is_collection = false);
        let view = HomeView::new(&Scope::new(&site));
        assert_eq!(view.collections.len(), 2);
    }
}
