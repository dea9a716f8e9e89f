//! What others ask of an index that is kept: which files there are, and each of them.

use super::{Live, Shown};
use crate::search::collect::Prepared;
use crate::search::shards::Directory;
use crate::search::texts::{Written, content};
use crate::site::{PageId, Site};

/// The kinds of files by their ends.
const WORDS: (&str, &str) = ("words.", ".bin");
const LISTS: (&str, &str) = ("list.", ".bin");
const SPELLINGS: (&str, &str) = ("spelling.", ".txt");

impl Live {
    /// The names of all files below the folder of the search, as [`Live::make`] made them, in no order.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let named = |(start, end): (&'static str, &'static str), files: &'_ [(String, Vec<u8>)]| {
            files.iter().map(move |(hash, _)| format!("{start}{hash}{end}")).collect::<Vec<_>>()
        };
        let all = [
            named(WORDS, &self.words.directory.files),
            named(LISTS, &self.words.lists),
            named(SPELLINGS, &self.spelt.files.files),
        ];
        let others = self.others.keys().chain(self.texts.keys()).cloned();
        all.into_iter().flatten().chain(others)
    }

    /// A file, unless it is one of texts.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let hash = |(start, end)| name.strip_prefix(start)?.strip_suffix(end);
        let of =
            |directory: &Directory, hash: &str| directory.files.iter().position(|(known, _)| known == hash);
        if let Some(hash) = hash(WORDS) {
            return Some(&self.words.directory.files[of(&self.words.directory, hash)?].1);
        }
        if let Some(hash) = hash(SPELLINGS) {
            return Some(&self.spelt.files.files[of(&self.spelt.files, hash)?].1);
        }
        if let Some(hash) = hash(LISTS) {
            let at = self.words.lists.binary_search_by(|(known, _)| known.as_str().cmp(hash)).ok()?;
            return Some(&self.words.lists[at].1);
        }
        self.others.get(name).map(Vec::as_slice)
    }

    /// The pages of the site that the file of texts of this name is made of; `None` where there is none.
    pub fn texts_of(&self, name: &str) -> Option<Vec<PageId>> {
        let Shown { pages, .. } = self.texts.get(name)?;
        Some(self.order[pages.clone()].iter().map(|(_, page)| *page).collect())
    }

    /// A file of texts, from the passages of its pages, which come as [`Live::texts_of`] gives them.
    pub fn text(&self, site: &Site, name: &str, passages: Vec<Vec<String>>) -> Option<Vec<u8>> {
        let Shown { file, end, pages } = self.texts.get(name)?;
        let write = |((id, page), passages): (&(u32, PageId), Vec<String>)| {
            let prepared = Prepared::new(site, *page, *id, passages);
            prepared.with(|_, head, sections| Written::new(&head, sections))
        };
        let written: Vec<Written> = self.order[pages.clone()].iter().zip(passages).map(write).collect();
        Some(content(file, *end, &written))
    }
}
