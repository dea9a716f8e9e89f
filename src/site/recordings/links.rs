//! Which pages link to which second of a recording.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::moments;
use crate::frozen::Frozen;
use crate::recording::Moment;
use crate::site::{Page, PageId, Recordings, ResolvedLink};

/// Which pages link to which second of a recording.
#[derive(Clone, Debug, Default)]
pub struct MomentLinks {
    /// By the page of the recording: seconds, each with a page that names it, sorted, without repeats.
    of: BTreeMap<PageId, Vec<(u64, PageId)>>,
}

impl MomentLinks {
    /// What all pages say of moments of other pages' recordings.
    pub(in crate::site) fn of(pages: &[Frozen<Page>], recordings: &Recordings) -> Self {
        let mut of: BTreeMap<PageId, BTreeSet<(u64, PageId)>> = BTreeMap::new();
        for (from, page) in pages.iter().enumerate() {
            let from = PageId(from);
            // A moment of the recording at `place` of the page `to`, which may be the recording of another page.
            let mut note = |to: PageId, place: usize, at: Moment| {
                let shown = &pages[to.0];
                let own = || Some(to).filter(|_| place == 0 && shown.recording.is_some());
                let home = recordings.of(to).get(place).and_then(|recording| recording.home.or_else(own));
                if let Some(home) = home.filter(|home| *home != from) {
                    of.entry(home).or_default().insert((at.whole_seconds(), from));
                }
            };
            for link in &page.links {
                if let ResolvedLink::Page { page: to, anchor: Some(anchor) } = link
                    && let Some((place, at)) = moments::in_anchor(&pages[to.0].document.recordings, anchor)
                {
                    note(*to, place, at);
                }
            }
            for moment in &page.document.moments {
                note(from, moment.recording, moment.at);
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
