//! Which pages link to which second of a recording.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::moments;
use crate::recording::Moment;
use crate::site::{Page, PageId, ResolvedLink};

/// Which pages link to which second of a recording.
#[derive(Debug, Default)]
pub struct MomentLinks {
    /// By the page of the recording: seconds, each with a page that names it, sorted, without repeats.
    of: BTreeMap<PageId, Vec<(u64, PageId)>>,
}

impl MomentLinks {
    /// What all pages say of moments of other pages' recordings.
    pub(in crate::site) fn of(pages: &[Page]) -> Self {
        let mut of: BTreeMap<PageId, BTreeSet<(u64, PageId)>> = BTreeMap::new();
        for (from, page) in pages.iter().enumerate() {
            let from = PageId(from);
            let mut note = |to: PageId, at: Moment| {
                if to != from && pages[to.0].own_recording().is_some() {
                    of.entry(to).or_default().insert((at.whole_seconds(), from));
                }
            };
            for link in &page.links {
                if let ResolvedLink::Page { page: to, anchor: Some(anchor) } = link
                    && let Some(at) = moments::in_anchor(anchor)
                {
                    note(*to, at);
                }
            }
            for moment in &page.document.moments {
                if let Some(home) = page.recordings.get(moment.recording).and_then(|recording| recording.home)
                {
                    note(home, moment.at);
                }
            }
        }
        Self { of: of.into_iter().map(|(page, links)| (page, links.into_iter().collect())).collect() }
    }

    /// The pages that name a second of the recording of `page` from `start` on and before `end`, each once.
    pub fn within(&self, page: PageId, start: Moment, end: Option<Moment>) -> Vec<PageId> {
        let Some(all) = self.of.get(&page) else { return Vec::new() };
        let first = all.partition_point(|(at, _)| *at < start.whole_seconds());
        let before_end = |at: u64| end.is_none_or(|end| at < end.whole_seconds());
        let pages: BTreeSet<PageId> =
            all[first..].iter().take_while(|(at, _)| before_end(*at)).map(|(_, from)| *from).collect();
        pages.into_iter().collect()
    }
}
