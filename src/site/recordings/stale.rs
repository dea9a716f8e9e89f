//! Recordings that are older than what they show: the documents that link to them were changed since.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::Config;
use crate::frozen::Frozen;
use crate::site::{Backlinks, Page, PageId};
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
    fn of(
        pages: &[Frozen<Page>],
        backlinks: &Backlinks,
        id: PageId,
        config: &Config,
        clock: Clock,
    ) -> Option<Self> {
        let page = &pages[id.0];
        page.recording.as_ref()?;
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
        let changed: Vec<(PageId, usize)> = backlinks
            .to(id)
            .iter()
            .map(|from| (*from, after(from)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let times = changed.iter().map(|(_, count)| count).sum();
        (times > 0).then(|| Self {
            recorded,
            changes: times,
            by: changed.into_iter().map(|(from, _)| from).collect(),
        })
    }
}

/// What speaks against recordings, by their pages.
#[derive(Clone, Debug, Default)]
pub struct StaleRecordings(BTreeMap<PageId, Stale>);

impl StaleRecordings {
    /// Of `pages`, by what leads to them and by the day of `clock`.
    pub(in crate::site) fn of_all(
        pages: &[Frozen<Page>],
        backlinks: &Backlinks,
        config: &Config,
        clock: Clock,
    ) -> Self {
        let stale = |at| Some((PageId(at), Stale::of(pages, backlinks, PageId(at), config, clock)?));
        Self((0..pages.len()).filter_map(stale).collect())
    }

    /// Against that of `page`.
    pub fn of(&self, page: PageId) -> Option<&Stale> {
        self.0.get(&page)
    }
}
