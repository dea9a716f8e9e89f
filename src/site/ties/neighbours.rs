//! Which page comes before and after another, as their folder is read.

use crate::site::{Folder, PageId};

/// The neighbours of all pages.
#[derive(Clone, Debug, Default)]
pub struct Neighbours(Vec<(Option<PageId>, Option<PageId>)>);

impl Neighbours {
    /// Of `count` pages, by the order of the members of `folders`.
    pub fn of(count: usize, folders: &[Folder]) -> Self {
        let mut all = vec![(None, None); count];
        for pair in folders.iter().flat_map(|folder| folder.members.windows(2)) {
            all[pair[0].0].1 = Some(pair[1]);
            all[pair[1].0].0 = Some(pair[0]);
        }
        Self(all)
    }

    /// The one before it.
    pub fn previous(&self, page: PageId) -> Option<PageId> {
        self.0.get(page.0)?.0
    }

    /// The one after it.
    pub fn next(&self, page: PageId) -> Option<PageId> {
        self.0.get(page.0)?.1
    }
}
