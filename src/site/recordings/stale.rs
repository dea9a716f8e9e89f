//! Recordings that are older than what they show: the documents that link to them were changed since.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::Config;
use crate::site::{Page, PageId};
use crate::time::Clock;

/// A recording younger than so many months is taken to be right.
const MONTHS: i64 = 6;

/// What speaks against a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// When it was recorded.
    pub recorded: Date,
    /// How often the documents that link to it were changed since, by what git and their front matter say.
    pub changes: usize,
    /// Those documents.
    pub by: Vec<PageId>,
}

impl Stale {
    /// Of the page `id`: `None` where it is the page of no recording, or of one that is young or undisputed.
    pub(super) fn of(pages: &[Page], id: PageId, config: &Config, clock: Clock) -> Option<Self> {
        let page = &pages[id.0];
        page.own_recording()?;
        let recorded = page.document.front.date.as_ref().map(crate::time::When::date).or(page.date)?;
        let today = clock.now.to_zoned(config.timezone.clone()).date();
        if recorded.checked_add(MONTHS.months()).ok()? > today {
            return None;
        }
        let after = |other: &PageId| {
            let other = &pages[other.0];
            let days = other.changes.iter().map(|at| at.to_zoned(config.timezone.clone()).date());
            let by_git = days.filter(|day| *day > recorded).count();
            let said = other.document.front.updated.as_ref().is_some_and(|at| at.date() > recorded);
            by_git.max(usize::from(said))
        };
        let changed: Vec<(PageId, usize)> =
            page.backlinks.iter().map(|from| (*from, after(from))).filter(|(_, count)| *count > 0).collect();
        let times = changed.iter().map(|(_, count)| count).sum();
        (times > 0).then(|| Self {
            recorded,
            changes: times,
            by: changed.into_iter().map(|(from, _)| from).collect(),
        })
    }
}

/// For each page those that show its recording.
pub(super) fn shown_by(pages: &[Page]) -> BTreeSet<(PageId, PageId)> {
    let shows = |(at, page): (usize, &Page)| {
        let homes = page.recordings.iter().filter_map(|recording| recording.home);
        homes.map(move |home| (home, PageId(at))).collect::<Vec<_>>()
    };
    pages.iter().enumerate().flat_map(shows).collect()
}
