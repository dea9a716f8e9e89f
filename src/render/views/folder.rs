//! A folder's own page: its text, then its list, sorted and grouped as its kind is read.

use std::cmp::Reverse;

use serde::Serialize;

use super::dates::month;
use super::frame::{Head, crumbs};
use super::players::{PlayerView, StaleView, TranscriptView, players};
use super::rows::{Dated, Row};
use super::scope::Scope;
use super::urls::repository;
use super::{Link, cut};
use crate::config::Kind;
use crate::site::{FolderId, NormalStatus, PageId};

/// A folder for its template; the text of its own page goes in beside this.
#[derive(Clone, Debug, Serialize)]
pub struct FolderView<R = Row> {
    /// For `<head>`.
    pub head: Head,
    /// The way here from home.
    pub crumbs: Vec<Link>,
    /// The kind's word.
    pub kind: &'static str,
    /// Its heading.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// How many pages its list has.
    pub count: usize,
    /// Folders right below, with how many pages each has.
    pub folders: Vec<SubFolder>,
    /// The list.
    pub groups: Vec<Group<R>>,
    /// The recordings of its own page.
    pub players: Vec<PlayerView>,
    /// What speaks against that page's own recording.
    pub stale: Option<StaleView>,
    /// What is said in it.
    pub transcript: Option<TranscriptView>,
    /// Where its text is edited.
    pub edit: Option<String>,
}

/// A folder in its parent's list.
#[derive(Clone, Debug, Serialize)]
pub struct SubFolder {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its pages.
    pub count: usize,
}

/// Rows under one heading; the only group of a short list has none.
#[derive(Clone, Debug, Serialize)]
pub struct Group<R = Row> {
    /// The heading; empty where there is none.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// The rows.
    pub rows: Vec<R>,
}

/// With more rows than these a list has no room for a sentence each.
const ROOM_FOR_NOTES: usize = 60;
/// A list of fewer rows is not cut into groups by year.
const SHORT: usize = 24;

impl FolderView {
    /// Of the folder `id`; that of decisions has its [`LogView`](super::LogView) instead.
    pub fn new(scope: &Scope<'_>, id: FolderId) -> Self {
        let folder = &scope.site.folders[id.0];
        Self::with(scope, id, groups(scope, folder.kind, &folder.members))
    }
}

impl<R> FolderView<R> {
    /// Of the folder `id` with its list.
    pub(super) fn with(scope: &Scope<'_>, id: FolderId, groups: Vec<Group<R>>) -> Self {
        let folder = &scope.site.folders[id.0];
        let index = folder.index.map(|page| scope.page(page));
        let edit = index.zip(scope.site.repository.as_ref());
        let summary = index.and_then(|page| page.document.front.description.as_ref());
        Self {
            head: Head::folder(scope, id),
            crumbs: crumbs(scope, id, false),
            kind: folder.kind.word(),
            title: folder.title.clone(),
            summary: summary.map(|text| cut(text, 300)),
            count: folder.members.len(),
            folders: folder.children.iter().map(|child| sub_folder(scope, *child)).collect(),
            groups,
            players: folder.index.map(|page| players(scope, page)).unwrap_or_default(),
            stale: folder
                .index
                .and_then(|page| scope.site.stale.of(page))
                .map(|stale| StaleView::new(scope, stale)),
            transcript: folder.index.and_then(|page| TranscriptView::new(scope, page)),
            edit: edit.map(|(page, links)| repository(links, &page.document.path).0),
        }
    }
}

fn sub_folder(scope: &Scope<'_>, id: FolderId) -> SubFolder {
    let folder = &scope.site.folders[id.0];
    let url = scope.urls.href(&folder.url);
    SubFolder { url, title: folder.title.clone(), count: folder.members.len() }
}

/// `members` as a list of documents of `kind` is read: updates by month; specs by where they stand; recordings by date;
/// pages in their own order.
fn groups(scope: &Scope<'_>, kind: Kind, members: &[PageId]) -> Vec<Group> {
    let mut ids = members.to_vec();
    let date = |id: &PageId| scope.page(*id).date.or(scope.page(*id).updated);
    let year = |id: &PageId| date(id).map_or_else(|| "Undated".to_owned(), |d| d.year().to_string());
    match kind {
        Kind::Update => {
            ids.sort_by_key(|id| (Reverse(date(id)), id.0));
            grouped(scope, &ids, |id| {
                date(id).map_or_else(|| "Undated".to_owned(), |d| format!("{} {}", month(d), d.year()))
            })
        }
        Kind::Recording => {
            ids.sort_by_key(|id| (Reverse(date(id)), id.0));
            if ids.len() > SHORT { grouped(scope, &ids, year) } else { single(scope, &ids) }
        }
        Kind::Spec => {
            let stand = |id: &PageId| scope.page(*id).status.as_ref().and_then(|status| status.normal);
            let changed = |id: &PageId| scope.page(*id).updated.or(scope.page(*id).date);
            ids.sort_by_key(|id| (place(stand(id)), Reverse(changed(id)), id.0));
            grouped(scope, &ids, |id| stand(id).map_or("Not said", heading).to_owned())
        }
        Kind::Decision | Kind::Page => single(scope, &ids),
    }
}

/// What is put to the team first, then what is being written, then what holds, then what is over.
fn place(status: Option<NormalStatus>) -> usize {
    let order = [NormalStatus::Proposed, NormalStatus::Draft, NormalStatus::Accepted, NormalStatus::Deferred];
    let settled = || order.len() + 1 + NormalStatus::ALL.iter().position(|s| Some(*s) == status).unwrap_or(9);
    status.map_or(order.len(), |status| order.iter().position(|s| *s == status).unwrap_or_else(settled))
}

const fn heading(status: NormalStatus) -> &'static str {
    match status {
        NormalStatus::Proposed => "In review",
        NormalStatus::Draft => "Being written",
        NormalStatus::Accepted => "Agreed",
        NormalStatus::Rejected => "Rejected",
        NormalStatus::Deprecated => "Deprecated",
        NormalStatus::Superseded => "Superseded",
        NormalStatus::Deferred => "Put off",
        NormalStatus::Withdrawn => "Withdrawn",
    }
}

fn single(scope: &Scope<'_>, ids: &[PageId]) -> Vec<Group> {
    grouped(scope, ids, |_| String::new())
}

fn grouped(scope: &Scope<'_>, ids: &[PageId], title: impl Fn(&PageId) -> String) -> Vec<Group> {
    // A spec lives on after its first day: what counts is when it last changed.
    let dated = |id: &PageId| if scope.page(*id).kind == Kind::Spec { Dated::Changed } else { Dated::Made };
    Group::cut(ids, title, |id| Row::new(scope, *id, dated(id), ids.len() <= ROOM_FOR_NOTES))
}

impl<R> Group<R> {
    /// Cuts a sorted list wherever the heading changes.
    pub(super) fn cut(
        ids: &[PageId],
        title: impl Fn(&PageId) -> String,
        row: impl Fn(&PageId) -> R,
    ) -> Vec<Self> {
        let runs =
            ids.chunk_by(|a, b| title(a) == title(b)).filter_map(|run| Some((title(run.first()?), run)));
        let groups = runs.map(|(title, run)| Self {
            id: match title.as_str() {
                "" => "tm-list".to_owned(),
                title => format!("tm-{}", title.to_lowercase().replace(' ', "-")),
            },
            title,
            rows: run.iter().map(&row).collect(),
        });
        groups.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Status;
    use crate::site::fixture;

    fn titles(groups: &[Group]) -> Vec<(&str, Vec<&str>)> {
        groups
            .iter()
            .map(|g| (g.title.as_str(), g.rows.iter().map(|row| row.title.as_str()).collect()))
            .collect()
    }

    #[test]
    fn updates_are_grouped_by_month() {
        let site = fixture::site(1);
        let view = FolderView::new(&Scope::new(&site), FolderId(2));
        let months: Vec<_> = titles(&view.groups).into_iter().map(|(title, _)| title).collect();
        assert_eq!(months, ["November 2026", "October 2026"]);
    }

    #[test]
    fn specs_stand_by_what_they_want_of_the_reader() {
        let mut site = fixture::site(3);
        let stands = [None, Some(NormalStatus::Draft), Some(NormalStatus::Proposed)];
        for (page, normal) in site.pages.iter_mut().zip(stands) {
            page.status = Some(Status { raw: "x".to_owned(), normal });
        }
        let ids = [PageId(0), PageId(1), PageId(2)];
        let groups = groups(&Scope::new(&site), Kind::Spec, &ids);
        let order: Vec<_> = titles(&groups).into_iter().map(|(title, _)| title).collect();
        assert_eq!(order, ["In review", "Being written", "Not said"]);
    }
}
