//! The decision log: what was decided and how it stands, a row each, with what the filters of the page offer.
//!
//! A log may have thousands of rows, so nothing is said twice: what the filters need is read by the page's script from
//! what a reader sees, and what a reader doesn't see there stands in [`Finding`]. See `js/log/`.

mod finding;
mod order;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::dates::DateView;
use super::folder::{FolderView, Group};
use super::rows::{StatusView, link, number, sentence, title};
use super::scope::Scope;
use super::{Link, cut};
use crate::site::decisions::Relations;
use crate::site::{FolderId, NormalStatus, PageId, display};
pub use finding::Finding;
pub use order::Sort;

/// The log of a collection for its template; the text of its own page goes in beside this.
#[derive(Clone, Debug, Serialize)]
pub struct LogView {
    /// What it has as every folder's page.
    #[serde(flatten)]
    pub folder: FolderView<LogRow>,
    /// How many rows have each status; in the order in which a log is sorted by status.
    pub statuses: Vec<StatusChoice>,
    /// Whether any row has a number.
    pub numbered: bool,
    /// What else the rows can be filtered by: `person`, `tag` and `year`, where there is something to choose.
    pub facets: Vec<&'static str>,
    /// What rows are found by beside what they show.
    pub finding: Finding,
    /// Whether the log is so long that dates are written as numbers, and what holds now goes by its number.
    pub long: bool,
    /// The orders that a reader can choose from, that of the page first.
    pub sorts: Vec<Sort>,
}

/// A decision in the log.
#[derive(Clone, Debug, Serialize)]
pub struct LogRow {
    /// Its address.
    pub url: String,
    /// Its number, without zeros before it.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Option<StatusView>,
    /// Whether it doesn't hold, and nobody wants it to.
    pub over: bool,
    /// Its date; that of the record, never git's.
    pub date: Option<DateView>,
    /// Who decided, by name, with [`APART`] between two.
    pub deciders: String,
    /// Who wrote it, where it names no deciders; written likewise.
    pub authors: String,
    /// Its tags. None where the log has no room.
    pub tags: Vec<String>,
    /// What to read instead of it.
    pub instead: Option<Instead>,
    /// One sentence. `None` where the log has no room.
    pub note: Option<String>,
}

/// Where a superseded decision leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Instead {
    /// Whether this is what holds now; else only what superseded it, which doesn't hold itself.
    pub holds: bool,
    /// At least one; without an address (an empty `url`) where the name leads to no page.
    pub links: Vec<Link>,
}

/// A status that the log can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusChoice {
    /// The normalised word, `unknown`, or `none` for rows without a status.
    pub value: &'static str,
    /// In words.
    pub word: String,
    /// Its rows.
    pub count: usize,
}

/// What stands between two names, and in none: a comma in a name is followed by a space that doesn't break.
const APART: &str = ", ";
/// With more rows than these a log has no room for a sentence each, nor for whole statuses.
const ROOM_FOR_NOTES: usize = 60;
/// With more rows than these it shows no tags, writes dates as numbers, and names what holds now by its number alone.
const ROOM_FOR_NAMES: usize = 500;
/// With more rows than these it shows no people either: the filter finds them.
const ROOM_FOR_PEOPLE: usize = 2000;
/// A log of fewer rows is not cut into groups by year.
const SHORT: usize = 24;

impl LogView {
    /// Of the folder `id`.
    pub fn new(scope: &Scope<'_>, id: FolderId) -> Self {
        let members = &scope.site.folders[id.0].members;
        let by = order::natural(scope, members);
        let ids = order::sorted(scope, members, by);
        let year = |id: &PageId| year(scope.page(*id).date);
        let row = |id: &PageId| LogRow::new(scope, *id, ids.len());
        let found: Vec<_> = ids.iter().map(|id| (unseen(scope, *id, ids.len()), tags(scope, *id))).collect();
        let by_year = ids.len() > SHORT && by == order::By::Date;
        let groups = Group::cut(&ids, |id| if by_year { year(id) } else { String::new() }, row);
        let rows = || groups.iter().flat_map(|group| &group.rows);
        let people = rows().any(|row| !row.deciders.is_empty() || !row.authors.is_empty())
            || found.iter().any(|(people, _)| !people.is_empty());
        let tags = found.iter().any(|(_, tags)| !tags.is_empty());
        let years = ids.iter().map(year).collect::<BTreeSet<_>>().len() > 1;
        Self {
            statuses: statuses(scope, &ids),
            numbered: rows().any(|row| row.number.is_some()),
            facets: [("person", people), ("tag", tags), ("year", years)]
                .into_iter()
                .filter_map(|(facet, any)| any.then_some(facet))
                .collect(),
            finding: Finding::of(&found),
            long: ids.len() > ROOM_FOR_NAMES,
            sorts: order::sorts(scope, &ids, by),
            folder: FolderView::with(scope, id, groups),
        }
    }
}

fn year(date: Option<Date>) -> String {
    date.map_or_else(|| "Undated".to_owned(), |date| date.year().to_string())
}

/// The statuses of `ids` with how often each comes, in the order of [`order::STATUSES`].
fn statuses(scope: &Scope<'_>, ids: &[PageId]) -> Vec<StatusChoice> {
    let mut counts = [0; order::STATUSES.len() + 2];
    for id in ids {
        counts[order::place(scope.page(*id).status.as_ref())] += 1;
    }
    let known = order::STATUSES.map(|status| (status.word(), capital(status)));
    let all = known.into_iter().chain([("unknown", "Other".to_owned()), ("none", "No status".to_owned())]);
    let all = all.zip(counts).map(|((value, word), count)| StatusChoice { value, word, count });
    all.filter(|choice| choice.count > 0).collect()
}

fn capital(status: NormalStatus) -> String {
    let word = status.word();
    [&word[..1].to_uppercase(), &word[1..]].concat()
}

impl LogRow {
    /// The decision `id` in a log of `of` rows.
    fn new(scope: &Scope<'_>, id: PageId, of: usize) -> Self {
        let page = scope.page(id);
        let front = &page.document.front;
        let deciders = named(scope, &front.decision.deciders);
        let authors = if deciders.is_empty() { named(scope, &front.authors) } else { Vec::new() };
        let instead = instead(scope, id);
        let mut status = page.status.as_ref().map(StatusView::from);
        if let Some(status) = &mut status {
            // What follows in the row says by what.
            if instead.is_some() && status.shape == NormalStatus::Superseded.word() {
                *status =
                    StatusView { word: capital(NormalStatus::Superseded), whole: None, ..status.clone() };
            }
            status.whole = status.whole.take().filter(|_| of <= ROOM_FOR_NOTES);
        }
        Self {
            url: scope.href(id),
            number: number(page),
            title: cut(&title(page), 200),
            over: page.status.as_ref().and_then(|status| status.normal).is_some_and(is_over),
            status,
            date: page.date.map(DateView::from),
            deciders: if of <= ROOM_FOR_PEOPLE { in_a_row(&deciders) } else { String::new() },
            authors: if of <= ROOM_FOR_PEOPLE { in_a_row(&authors) } else { String::new() },
            tags: if of <= ROOM_FOR_NAMES { tags(scope, id) } else { Vec::new() },
            instead,
            note: if of <= ROOM_FOR_NOTES { sentence(page, 200) } else { None },
        }
    }
}

const fn is_over(status: NormalStatus) -> bool {
    use NormalStatus::{Deprecated, Rejected, Superseded, Withdrawn};
    matches!(status, Deprecated | Rejected | Superseded | Withdrawn)
}

/// People by name, each once.
fn named(scope: &Scope<'_>, written: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names = written.iter().map(|written| display::person(&scope.site.config, written).0);
    names.filter(|name| seen.insert(name.clone())).collect()
}

fn in_a_row(names: &[String]) -> String {
    let whole = |name: &String| name.replace(APART, ",\u{a0}");
    names.iter().map(whole).collect::<Vec<_>>().join(APART)
}

/// By whom a reader may look for a decision beside those whom its row names in a log `of` so many.
fn unseen(scope: &Scope<'_>, id: PageId, of: usize) -> Vec<String> {
    let front = &scope.page(id).document.front;
    let [deciders, authors, consulted] =
        [&front.decision.deciders, &front.authors, &front.decision.consulted].map(|list| named(scope, list));
    let (shown, others) = if deciders.is_empty() { (authors, Vec::new()) } else { (deciders, authors) };
    let (shown, others) =
        if of <= ROOM_FOR_PEOPLE { (shown, others) } else { (Vec::new(), [shown, others].concat()) };
    let mut seen: BTreeSet<String> = shown.into_iter().collect();
    others.into_iter().chain(consulted).filter(|name| seen.insert(name.clone())).collect()
}

/// Each tag once, in the writing that its page has.
fn tags(scope: &Scope<'_>, id: PageId) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let written = scope.page(id).document.front.tags.iter();
    let names = written.map(|name| scope.tag_name(name).unwrap_or(name).to_owned());
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// What holds in the place of a superseded decision; where nothing does, what superseded it.
fn instead(scope: &Scope<'_>, id: PageId) -> Option<Instead> {
    let facts: &Relations = scope.site.decisions.relations(id)?;
    let mut ends = facts.superseded_by.iter().filter(|end| end.in_force).peekable();
    ends.peek()?;
    let holds = !facts.now.is_empty();
    let links: Vec<Link> = if holds {
        facts.now.iter().map(|id| link(scope, *id)).collect()
    } else {
        ends.map(|end| {
            end.page.map_or_else(|| Link::new(String::new(), cut(&end.written, 100)), |id| link(scope, id))
        })
        .collect()
    };
    Some(Instead { holds, links })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::{Site, Status, fixture};

    fn log(site: &Site) -> LogView {
        LogView::new(&Scope::new(site), FolderId(1))
    }

    fn titles(view: &LogView) -> Vec<(&str, Vec<&str>)> {
        view.folder
            .groups
            .iter()
            .map(|group| (group.title.as_str(), group.rows.iter().map(|row| row.title.as_str()).collect()))
            .collect()
    }

    fn sorts(view: &LogView) -> Vec<&str> {
        view.sorts.iter().map(|sort| sort.value).collect()
    }

    #[test]
    fn a_few_come_by_number_the_highest_first() {
        let view = log(&fixture::site(11));
        let rows = &titles(&view)[0].1;
        assert_eq!((rows[0], rows[1], rows[10]), ("Choice 11", "Choice 10", "Choice 1"));
        assert_eq!(sorts(&view), ["-number", "-date", "date", "number", "title", "status"]);
    }

    #[test]
    fn many_come_by_date_in_years_what_has_none_last() {
        let mut site = fixture::site(40);
        site.pages[0].date = Some(date(2024, 5, 1));
        site.pages[1].date = None;
        let view = log(&site);
        let years: Vec<_> = titles(&view).into_iter().map(|(title, rows)| (title, rows.len())).collect();
        assert_eq!(years, [("2026", 38), ("2024", 1), ("Undated", 1)]);
        assert_eq!((sorts(&view)[0], &view.facets[..]), ("-date", &["person", "tag", "year"][..]));
        assert_eq!(titles(&view)[0].1[..2], ["Choice 40", "Choice 39"], "of one day the highest number");
    }

    #[test]
    fn what_has_no_dates_comes_by_number_and_what_has_neither_by_title() {
        let mut site = fixture::site(30);
        for page in &mut site.pages[..30] {
            page.date = None;
        }
        assert_eq!(titles(&log(&site))[0].1[..2], ["Choice 30", "Choice 29"]);
        for page in &mut site.pages[..30] {
            page.number = None;
        }
        let view = log(&site);
        assert_eq!(titles(&view)[0].1[..3], ["Choice 1", "Choice 10", "Choice 11"]);
        assert_eq!(sorts(&view), ["title", "status"]);
    }

    #[test]
    fn a_superseded_one_leads_to_what_holds_now_and_the_status_says_no_more() {
        let mut site = fixture::site(3);
        let supersedes = |site: &mut Site, from: usize, old: &str| {
            site.pages[from].document.front.decision.supersedes =
                vec![Located { value: old.to_owned(), line: 1 }];
        };
        supersedes(&mut site, 1, "1");
        supersedes(&mut site, 2, "2");
        site.pages[0].status = Some(Status::read("superseded by ADR-0002"));
        fixture::relate(&mut site);
        let view = log(&site);
        let (third, first) = (&view.folder.groups[0].rows[0], &view.folder.groups[0].rows[2]);
        let instead = first.instead.clone().unwrap();
        assert_eq!((instead.holds, instead.links[0].title.as_str()), (true, "Choice 3"));
        assert_eq!(first.status.clone().unwrap().word, "Superseded");
        assert_eq!(third.instead, None);
        site.pages[2].status = Some(Status::read("Deprecated"));
        fixture::relate(&mut site);
        let view = log(&site);
        let instead = view.folder.groups[0].rows[2].instead.clone().unwrap();
        assert_eq!((instead.holds, instead.links[0].title.as_str()), (false, "Choice 2"));
    }

    #[test]
    fn each_person_is_named_once_and_authors_stand_in_only_where_nobody_decided() {
        let mut site = fixture::site(2);
        for (at, deciders) in [(0, vec!["ana", "Bo (@bo)"]), (1, vec![])] {
            let front = &mut site.pages[at].document.front;
            front.decision.deciders = deciders.into_iter().map(str::to_owned).collect();
            front.decision.consulted = vec!["Chen".to_owned()];
            front.authors = vec!["Dee".to_owned(), "Lee, Ann".to_owned()];
        }
        let view = log(&site);
        let rows = &view.folder.groups[0].rows;
        assert_eq!((rows[1].deciders.as_str(), rows[1].authors.as_str()), ("Ana Souza, Bo", ""));
        assert_eq!(rows[0].authors, "Dee, Lee,\u{a0}Ann");
        assert_eq!(view.finding.people, r#"["Chen","Dee","Lee, Ann"]"#);
        assert_eq!(view.finding.rows, "0,0;0 1 2,0");
    }

    #[test]
    fn statuses_are_counted_those_that_are_unknown_or_missing_too() {
        let mut site = fixture::site(5);
        site.pages[1].status = Some(Status::read("wobbly"));
        site.pages[2].status = None;
        let view = log(&site);
        let counts: Vec<_> = view.statuses.iter().map(|s| (s.value, s.word.as_str(), s.count)).collect();
        assert_eq!(
            counts,
            [
                ("proposed", "Proposed", 1),
                ("accepted", "Accepted", 2),
                ("unknown", "Other", 1),
                ("none", "No status", 1)
            ]
        );
    }
}
