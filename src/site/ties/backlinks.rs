//! Which pages link to a page, or show its recording.

use rayon::prelude::*;

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
        let led_to = |(at, page): (usize, &'_ Frozen<Page>)| {
            let from = PageId(at);
            let linked = page.links.iter().filter_map(|link| match link {
                ResolvedLink::Page { page, .. } => Some(*page),
                _ => None,
            });
            let shown = recordings.of(from).iter().filter_map(|recording| recording.home);
            let all = linked.chain(shown).filter(|to| *to != from).map(|to| (to, from));
            all.collect::<Vec<_>>()
        };
        let pairs: Vec<Vec<_>> = pages.par_iter().enumerate().with_min_len(64).map(led_to).collect();
        Self::in_order(pages.len(), &pairs.concat())
    }

    /// From pairs of a page and one that leads to it, in the order of the latter: put in place by counting, since there are many
    /// more links than pages.
    fn in_order(count: usize, pairs: &[(PageId, PageId)]) -> Self {
        let mut next = vec![0; count + 1];
        for (to, _) in pairs {
            next[to.0 + 1] += 1;
        }
        for page in 0..count {
            next[page + 1] += next[page];
        }
        let all = next.clone();
        let mut sorted = vec![PageId(0); pairs.len()];
        for (to, from) in pairs {
            sorted[next[to.0]] = *from;
            next[to.0] += 1;
        }
        let (mut starts, mut from) = (vec![0], Vec::with_capacity(sorted.len()));
        for page in all.windows(2) {
            let of_page = &sorted[page[0]..page[1]];
            from.extend(
                of_page
                    .iter()
                    .enumerate()
                    .filter(|(at, one)| *at == 0 || of_page[at - 1] != **one)
                    .map(|(_, one)| *one),
            );
            starts.push(from.len());
        }
        Self { starts, from }
    }

    /// The same in any order.
    #[cfg(test)]
    pub(crate) fn from_pairs(count: usize, mut pairs: Vec<(PageId, PageId)>) -> Self {
        pairs.sort_unstable_by_key(|(_, from)| *from);
        Self::in_order(count, &pairs)
    }

    /// Those of `page`.
    pub fn to(&self, page: PageId) -> &[PageId] {
        match (self.starts.get(page.0), self.starts.get(page.0 + 1)) {
            (Some(start), Some(end)) => &self.from[*start..*end],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_lead_to_a_page_are_sorted_and_each_there_once() {
        let pairs =
            [(2, 3), (0, 3), (2, 1), (2, 3), (0, 1), (2, 0)].map(|(to, from)| (PageId(to), PageId(from)));
        let all = Backlinks::from_pairs(4, pairs.to_vec());
        let to = |page| all.to(PageId(page)).iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!([to(0), to(1), to(2), to(3), to(4)], [vec![1, 3], vec![], vec![0, 1, 3], vec![], vec![]]);
    }
}
