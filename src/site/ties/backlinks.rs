//! Which pages link to a page, or show its recording.

use crate::frozen::Frozen;
use crate::site::recordings::Recordings;
use crate::site::{Page, PageId, ResolvedLink};

/// The pages that lead to each page: without itself, sorted, without repeats.
#[derive(Clone, Debug, Default)]
pub struct Backlinks {
    /// Where those of each page begin in `from`, and at the end where the last of all end.
    starts: Vec<usize>,
    from: Vec<PageId>,
}

impl Backlinks {
    /// By what `pages` link to, and whose recordings they show.
    pub fn of(pages: &[Frozen<Page>], recordings: &Recordings) -> Self {
        let mut pairs: Vec<(PageId, PageId)> = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            let from = PageId(at);
            let linked = page.links.iter().filter_map(|link| match link {
                ResolvedLink::Page { page, .. } => Some(*page),
                _ => None,
            });
            let shown = recordings.of(from).iter().filter_map(|recording| recording.home);
            pairs.extend(linked.chain(shown).filter(|to| *to != from).map(|to| (to, from)));
        }
        Self::from_pairs(pages.len(), pairs)
    }

    /// From pairs of a page and one that leads to it, in any order.
    pub(crate) fn from_pairs(count: usize, mut pairs: Vec<(PageId, PageId)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(count + 1);
        let mut at = 0;
        for page in 0..=count {
            while pairs.get(at).is_some_and(|(to, _)| to.0 < page) {
                at += 1;
            }
            starts.push(at);
        }
        Self { starts, from: pairs.into_iter().map(|(_, from)| from).collect() }
    }

    /// Those of `page`.
    pub fn to(&self, page: PageId) -> &[PageId] {
        match (self.starts.get(page.0), self.starts.get(page.0 + 1)) {
            (Some(start), Some(end)) => &self.from[*start..*end],
            _ => &[],
        }
    }
}
