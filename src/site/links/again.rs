//! Links that need not be resolved again: those of documents that are as they were, as long as all that they asked of others
//! has the answer that it had.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::ground::Question;
use super::{Found, Links, Resolver};
use crate::path::{SourcePath, UrlPath};
use crate::site::PageId;
use crate::site::placement::Placement;

/// What is another in a placement than in an earlier one: which questions have other answers, and where pages are now.
#[derive(Debug, Default)]
pub struct Difference {
    /// Notes of the questions that may have another answer.
    changed: HashSet<u32>,
    /// By a document's place now: where it was.
    before: Vec<Option<Before>>,
    /// By a document's place before: where it is.
    now: Vec<Option<PageId>>,
}

/// A document of an earlier placement.
#[derive(Clone, Copy, Debug)]
struct Before {
    place: usize,
    /// Whether it was placed as it is now.
    same: bool,
}

/// What became of the links of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Led {
    /// They lead where they led.
    Same,
    /// The same, to pages of which some have another place now.
    Moved,
    /// They were not known.
    New,
}

impl Difference {
    /// From `before` to `now`, both by the same configuration. `disk` is whether files that are no sources may have come or gone.
    pub fn between(before: &Placement, now: &Placement, disk: bool) -> Self {
        let mut difference = Self {
            changed: HashSet::new(),
            before: vec![None; now.documents.len()],
            now: vec![None; before.documents.len()],
        };
        difference.documents(before, now);
        difference.addresses(before, now);
        difference.sources(before, now);
        if !before.possible.is_as(&now.possible) {
            difference.changed.insert(Question::Generated.note());
        }
        if disk {
            difference.changed.insert(Question::Disk.note());
        }
        difference
    }

    fn change(&mut self, question: Question<'_>) {
        self.changed.insert(question.note());
    }

    /// Both lists are sorted by path.
    fn documents(&mut self, before: &Placement, now: &Placement) {
        let (mut old, mut new) = (0, 0);
        loop {
            match (before.documents.get(old), now.documents.get(new)) {
                (Some(was), Some(is)) if was.document.path == is.document.path => {
                    self.before[new] = Some(Before { place: old, same: was.is(is) });
                    self.now[old] = Some(PageId(new));
                    if !was.is(is) {
                        self.change(Question::Sections(is.document.path.as_str()));
                        if was.url != is.url {
                            self.change(Question::Address(was.url.as_str()));
                            self.change(Question::Address(is.url.as_str()));
                        }
                    }
                    (old, new) = (old + 1, new + 1);
                }
                (Some(was), is) if is.is_none_or(|is| was.document.path < is.document.path) => {
                    self.came_or_went(&was.document.path, &was.url);
                    old += 1;
                }
                (_, Some(is)) => {
                    self.came_or_went(&is.document.path, &is.url);
                    new += 1;
                }
                (_, None) => break,
            }
        }
    }

    fn came_or_went(&mut self, path: &SourcePath, url: &UrlPath) {
        self.change(Question::Source(path.as_str()));
        self.change(Question::Sections(path.as_str()));
        self.change(Question::Siblings(path.parent()));
        self.change(Question::Named(path.file_name()));
        self.change(Question::Address(url.as_str()));
    }

    fn addresses(&mut self, before: &Placement, now: &Placement) {
        let once = |placement: &Placement| -> BTreeMap<UrlPath, SourcePath> {
            let all = placement.redirects.iter();
            all.map(|(url, at)| (url.clone(), placement.documents[*at].document.path.clone())).collect()
        };
        let (was, is) = (once(before), once(now));
        for (url, path) in was.iter().chain(&is) {
            if was.get(url) != Some(path) || is.get(url) != Some(path) {
                self.change(Question::Address(url.as_str()));
            }
        }
        let (was, is) = (&before.folder_urls, &now.folder_urls);
        let other = |(folder, url): &(&String, &UrlPath)| {
            was.get(*folder) != Some(*url) || is.get(*folder) != Some(*url)
        };
        let folders = was.iter().chain(is).filter(other);
        self.changed.extend(folders.map(|(folder, _)| Question::Folder(folder).note()));
    }

    fn sources(&mut self, before: &Placement, now: &Placement) {
        let drafts = before.drafts.symmetric_difference(&now.drafts);
        self.changed.extend(drafts.map(|draft| Question::Source(draft.as_str()).note()));
        let (was, is) = (&before.assets, &now.assets);
        if !was.keys().eq(is.keys()) {
            let gone = was.keys().filter(|path| !is.contains_key(*path));
            let new = is.keys().filter(|path| !was.contains_key(*path));
            gone.chain(new).for_each(|path| self.change(Question::Source(path.as_str())));
        }
    }

    /// The place that the document at `place` had, where it was placed as it is now.
    pub fn same(&self, place: usize) -> Option<usize> {
        self.before.get(place).copied().flatten().filter(|before| before.same).map(|before| before.place)
    }

    fn concerns(&self, links: &Links) -> bool {
        !self.changed.is_empty() && links.asked.iter().any(|asked| self.changed.contains(asked))
    }
}

impl Resolver<'_> {
    /// The links of all documents.
    pub fn all(&self) -> Vec<Links> {
        (0..self.placement.documents.len()).into_par_iter().map(|index| self.resolve(index)).collect()
    }

    /// The same where those `before` are known, and what is another since; also what became of those of each document.
    pub fn again(&self, before: Vec<Links>, difference: &Difference) -> Vec<(Links, Led)> {
        let mut before: Vec<Option<Links>> = before.into_iter().map(Some).collect();
        let known: Vec<Option<(Links, bool)>> = difference
            .before
            .iter()
            .map(|known| known.and_then(|known| Some((before.get_mut(known.place)?.take()?, known.same))))
            .collect();
        let again = |(index, known): (usize, Option<(Links, bool)>)| {
            let Some((mut links, same)) = known else { return (self.resolve(index), Led::New) };
            let moved = links.follow(&difference.now);
            if same && !difference.concerns(&links) {
                return (links, moved);
            }
            let new = self.resolve(index);
            let led = if new.lead_as(&links) { moved } else { Led::New };
            (new, led)
        };
        known.into_par_iter().enumerate().with_min_len(64).map(again).collect()
    }
}

impl Links {
    /// Lets them lead to where pages are `now`, and says whether any has another place.
    fn follow(&mut self, now: &[Option<PageId>]) -> Led {
        let named = self.recordings.iter_mut().flatten().chain(&mut self.video).chain(&mut self.transcript);
        let mut led = Led::Same;
        for found in self.found.iter_mut().chain(named) {
            if let Found::Page { page, .. } = found {
                match now.get(page.0).copied().flatten() {
                    Some(place) if place == *page => {}
                    Some(place) => {
                        *page = place;
                        led = led.max(Led::Moved);
                    }
                    // Who leads to a page that is gone asked for it.
                    None => {
                        *found = Found::Refused;
                        led = Led::New;
                    }
                }
            }
        }
        led
    }
}
