//! The orders of a decision log: that of the page, and those that its reader can choose.

use std::cmp::Reverse;

use serde::Serialize;

use super::super::scope::Scope;
use super::SHORT;
use crate::site::{NormalStatus, PageId, Status};

/// An order to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// As it stands in the address: what it goes by, with `-` before it where the greatest comes first.
    pub value: &'static str,
    /// In words.
    pub label: &'static str,
}

/// What the order of a page goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The latest first.
    Date,
    /// The highest first.
    Number,
    /// From A to Z.
    Title,
}

/// Statuses as a log is sorted by them: what is open first, then what holds, then what is over.
pub(super) const STATUSES: [NormalStatus; 8] = [
    NormalStatus::Proposed,
    NormalStatus::Draft,
    NormalStatus::Accepted,
    NormalStatus::Deferred,
    NormalStatus::Deprecated,
    NormalStatus::Superseded,
    NormalStatus::Rejected,
    NormalStatus::Withdrawn,
];

/// The place of a status in that order: after the known ones what no vocabulary has, then none.
pub(super) fn place(status: Option<&Status>) -> usize {
    let Some(status) = status else { return STATUSES.len() + 1 };
    STATUSES.iter().position(|known| Some(*known) == status.normal).unwrap_or(STATUSES.len())
}

/// How `ids` are best read: few by number, many by date; by title where most of them have neither.
pub(super) fn natural(scope: &Scope<'_>, ids: &[PageId]) -> By {
    let most = |has: &dyn Fn(PageId) -> bool| 2 * ids.iter().filter(|id| has(**id)).count() > ids.len();
    let numbered = most(&|id| number(scope, id).is_some());
    let dated = most(&|id| scope.page(id).date.is_some());
    match (numbered, dated) {
        (true, false) => By::Number,
        (true, true) if ids.len() <= SHORT => By::Number,
        (_, true) => By::Date,
        (false, false) => By::Title,
    }
}

/// `ids` in that order; what lacks the one goes by the other.
pub(super) fn sorted(scope: &Scope<'_>, ids: &[PageId], by: By) -> Vec<PageId> {
    let mut ids = ids.to_vec();
    let date = |id: &PageId| scope.page(*id).date;
    match by {
        By::Date => ids.sort_by_cached_key(|id| (Reverse((date(id), number(scope, *id))), id.0)),
        By::Number => ids.sort_by_cached_key(|id| (Reverse((number(scope, *id), date(id))), id.0)),
        By::Title => ids.sort_by_cached_key(|id| (scope.page(*id).document.title.to_lowercase(), id.0)),
    }
    ids
}

/// Digits as a number, so that 10 comes after 9; of others none.
fn number(scope: &Scope<'_>, id: PageId) -> Option<u64> {
    scope.page(id).number.as_ref().and_then(|number| number.parse().ok())
}

/// What a reader of `ids` can choose from; the page's own order comes first.
pub(super) fn sorts(scope: &Scope<'_>, ids: &[PageId], by: By) -> Vec<Sort> {
    let sort = |value, label| Sort { value, label };
    let mut all = Vec::new();
    if ids.iter().any(|id| scope.page(*id).date.is_some()) {
        all.extend([sort("-date", "Latest first"), sort("date", "Oldest first")]);
    }
    if ids.iter().any(|id| number(scope, *id).is_some()) {
        all.extend([sort("-number", "Highest number first"), sort("number", "Lowest number first")]);
    }
    all.push(sort("title", "Title, A to Z"));
    let kinds: std::collections::BTreeSet<usize> =
        ids.iter().map(|id| place(scope.page(*id).status.as_ref())).collect();
    if kinds.len() > 1 {
        all.push(sort("status", "Status, open first"));
    }
    let own = match by {
        By::Date => "-date",
        By::Number => "-number",
        By::Title => "title",
    };
    all.sort_by_key(|sort| sort.value != own);
    all
}
