//! The index of a site that changes: it keeps of each page what the index took of it, so that an edit costs what it
//! touches, and gives the files that a build of the whole would give, byte for byte.
//!
//! Of texts nothing is kept but what their names follow from: a file of them is made when somebody wants it, from the
//! passages of the pages that it is of. Neither is anything of the site kept, nor may anything that is kept be in a file
//! that a whole build can't know, such as the order in which pages came.

mod before;
mod files;
mod lexicon;
mod records;
mod source;
mod spelt;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::collect::{MAX_TITLES, Prepared, stop_title};
use super::endings::{Endings, asked, endings};
use super::ids::Ids;
use super::index::counter::{Counted, CountedPage, Counter, Totals};
use super::index::interner::NOTHING;
use super::index::vocabulary::Vocabulary;
use super::index::{Index, lengths, sums};
use super::manifest::Manifest;
use super::shards::{Words, words};
use super::table::table;
use super::texts::{END, Outline, Plan, TextFile, Written};
use super::varint;
use crate::site::{PageId, Site};

use before::Past;
use lexicon::Lexicon;
use records::{Change, Records, contents};
use source::{Places, Recorded};
use spelt::Spelt;

/// Pages that are counted together: what they give is held until it is sorted in.
const TOGETHER: usize = 1024;

/// What is kept of a page.
struct Kept {
    id: u32,
    /// The numbers of its forms, as varints of how many are left out before each.
    forms: Box<[u8]>,
    sections: usize,
    totals: Totals,
    outline: Outline,
    /// Its title, where that is of stop words alone.
    stop_title: Option<String>,
}

impl Kept {
    fn forms(&self) -> impl Iterator<Item = u32> {
        let (mut at, mut next) = (0, 0);
        std::iter::from_fn(move || {
            (at < self.forms.len()).then(|| {
                let form = next + varint::read(&self.forms, &mut at);
                next = form + 1;
                u32::try_from(form).unwrap_or(u32::MAX)
            })
        })
    }
}

/// A file of texts as a list of all of them has it.
struct Shown {
    file: TextFile,
    end: (u32, usize),
    /// The pages that it has something of, by their places among all ids.
    pages: std::ops::Range<usize>,
}

/// The index of a site from edit to edit.
pub struct Live {
    lexicon: Lexicon,
    records: Records,
    /// By address.
    pages: BTreeMap<String, Kept>,
    /// Counters that no thread is using.
    idle: Mutex<Vec<Counter>>,
    /// The tokens that other pages have, or other places of pages, since the files were made.
    dirty: BTreeSet<u32>,
    vocabulary: Vocabulary,
    words: Words,
    spelt: Spelt,
    /// The endings, and the tokens that were asked for them.
    endings: (Vec<String>, Endings),
    /// The files beside texts, words, lists and spellings.
    others: BTreeMap<String, Vec<u8>>,
    /// The files of texts by their names.
    texts: BTreeMap<String, Shown>,
    /// The pages of the site by their numbers, as the files have them.
    order: Vec<(u32, PageId)>,
}

/// A page as it was just read.
struct Read {
    url: String,
    page: CountedPage,
    documents: Vec<Counted>,
    outline: Outline,
    stop_title: Option<String>,
}

impl Live {
    /// Of a site without pages in a language.
    pub fn new(language: &str) -> Self {
        Self {
            lexicon: Lexicon::new(language),
            records: Records::default(),
            pages: BTreeMap::new(),
            idle: Mutex::default(),
            dirty: BTreeSet::new(),
            vocabulary: Vocabulary::default(),
            words: Words::default(),
            spelt: Spelt::default(),
            endings: Default::default(),
            others: BTreeMap::new(),
            texts: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    /// Takes the site as it is now: forgets the pages that it no longer has, and reads those that are new or of which
    /// anything changed that the search finds or shows, with the passages of their bodies. Files stay as they are until
    /// [`Self::make`].
    pub fn take(&mut self, site: &Site, changed: Vec<(PageId, Vec<String>)>) {
        let ids = Ids::new(site.pages.iter().map(|page| page.url.as_str()));
        self.forget(site, &ids);
        let mut changed = changed.into_iter().peekable();
        while changed.peek().is_some() {
            let some: Vec<_> = changed.by_ref().take(TOGETHER).collect();
            let read =
                some.into_par_iter().filter_map(|(page, passages)| self.read(site, &ids, page, passages));
            let read: Vec<Read> = read.collect();
            self.keep(read);
        }
        // One thread reads what comes later.
        self.idle.get_mut().unwrap_or_else(PoisonError::into_inner).truncate(1);
    }

    /// Forgets pages that are gone, and gives those that stay the numbers that they have now.
    fn forget(&mut self, site: &Site, ids: &Ids) {
        let now: BTreeMap<&str, u32> =
            site.pages.iter().map(|page| page.url.as_str()).zip(ids.of.iter().copied()).collect();
        let (mut changes, mut moved, mut tokens) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        let gone: Vec<String> =
            self.pages.keys().filter(|url| !now.contains_key(url.as_str())).cloned().collect();
        for kept in gone.iter().filter_map(|url| self.pages.remove(url)) {
            let had = tokens_of(&self.lexicon, &kept);
            changes.extend(had.into_iter().map(|token| Change { token, id: kept.id, content: None }));
            kept.forms().for_each(|form| self.lexicon.remove(form));
        }
        changes.sort_unstable();
        self.dirty.extend(self.records.change(&changes, &[]));
        for (url, kept) in &mut self.pages {
            let id = now.get(url.as_str()).copied().unwrap_or(kept.id);
            if id != kept.id {
                moved.insert(kept.id, id);
                tokens.extend(tokens_of(&self.lexicon, kept));
                kept.id = id;
            }
        }
        for token in tokens {
            if self.records.renumber(token, &moved) {
                self.dirty.insert(token);
            }
        }
    }

    fn read(&self, site: &Site, ids: &Ids, page: PageId, passages: Vec<String>) -> Option<Read> {
        let prepared = Prepared::new(site, page, *ids.of.get(page.0)?, passages);
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = idle().pop();
        let mut counter = counter.unwrap_or_else(Counter::with_forms);
        let outline = prepared.with(|input, head, sections| {
            counter.page(&input, &self.lexicon.interner);
            Written::new(&head, sections).outline()
        });
        let given = counter.give();
        idle().push(counter);
        let (page_counted, documents) = given?;
        let stop_title = stop_title(&site.config.language, &site.pages[page.0]);
        let url = site.pages[page.0].url.as_str().to_owned();
        Some(Read { url, page: page_counted, documents, outline, stop_title })
    }

    fn keep(&mut self, read: Vec<Read>) {
        self.lexicon.learn();
        let (mut changes, mut bytes) = (Vec::new(), Vec::new());
        for Read { url, page, documents, outline, stop_title } in read {
            let before = self.pages.remove(&url);
            let mut had = before.as_ref().map(|kept| tokens_of(&self.lexicon, kept)).unwrap_or_default();
            page.forms.iter().for_each(|form| self.lexicon.add(*form));
            before.iter().flat_map(Kept::forms).for_each(|form| self.lexicon.remove(form));
            for (token, range) in contents(&page, &documents, &mut bytes) {
                had.remove(&token);
                changes.push(Change { token, id: page.id, content: Some((range.start, range.end)) });
            }
            changes.extend(had.into_iter().map(|token| Change { token, id: page.id, content: None }));
            let (mut forms, mut next) = (Vec::new(), 0);
            for form in &page.forms {
                varint::write((form - next) as usize, &mut forms);
                next = form + 1;
            }
            let (sections, totals) = (documents.len(), page.totals);
            let kept = Kept { id: page.id, forms: forms.into(), sections, totals, outline, stop_title };
            self.pages.insert(url, kept);
        }
        changes.sort_unstable();
        self.dirty.extend(self.records.change(&changes, &bytes));
    }

    /// Makes the files anew that are not as they were, for the site that was taken last.
    pub fn make(&mut self, site: &Site) {
        let ids = Ids::new(site.pages.iter().map(|page| page.url.as_str()));
        self.order = ids.order.iter().map(|place| (ids.of[*place], PageId(*place))).collect();
        let sorted: Vec<u32> = self.order.iter().map(|(id, _)| *id).collect();
        let touched = self.lexicon.settle();
        let mut dirty = vec![false; self.lexicon.len()];
        for token in std::mem::take(&mut self.dirty) {
            dirty[token as usize] = true;
        }
        let then = self.vocabulary.numbers.clone();
        if !touched.is_empty() {
            self.vocabulary = self.lexicon.vocabulary();
        }
        self.spelt.change(&self.lexicon, &self.records, &touched, &dirty);
        for word in &touched {
            dirty[*word as usize] = true;
        }
        let Self { vocabulary, records, .. } = self;
        let places = Places::new(&sorted, ids.space);
        let source = Recorded { records, numbers: &vocabulary.numbers, ids: &sorted, places };
        let changed: Vec<bool> = vocabulary.numbers.iter().map(|number| dirty[*number as usize]).collect();
        let past = Past::new(std::mem::take(&mut self.words), &then, &vocabulary.numbers, &changed);
        self.words = words(vocabulary, &source, &past);
        let asked: Vec<&str> = asked(vocabulary, &source);
        if self.endings.0 != asked {
            let endings = endings(&site.config.language, &asked);
            self.endings = (asked.into_iter().map(str::to_owned).collect(), endings);
        }
        self.plan(site, &ids);
        self.manifest(site, &ids);
    }

    /// Says which files of texts there are.
    fn plan(&mut self, site: &Site, ids: &Ids) {
        let bytes = |place: usize| site.pages[place].document.text.len();
        let plan = Plan::new((0..site.pages.len()).map(bytes).sum());
        self.texts.clear();
        let outline = |place: usize| self.pages.get(site.pages[place].url.as_str()).map(|kept| &kept.outline);
        let pages = ids.order.iter().map(|place| Some((ids.of[*place], outline(*place)?, bytes(*place))));
        let pages: Vec<(u32, &Outline, usize)> = pages.flatten().collect();
        let mut start = 0;
        for at in 1..=pages.len() {
            if pages.get(at).is_some_and(|(id, _, bytes)| !plan.begins(*id, *bytes)) {
                continue;
            }
            let bucket: Vec<(u32, &Outline)> =
                pages[start..at].iter().map(|(id, outline, _)| (*id, *outline)).collect();
            let files = plan.files(&bucket);
            let ends: Vec<_> = files.iter().skip(1).map(|(next, _)| (next.id, next.section)).collect();
            for ((file, range), end) in files.into_iter().zip(ends.into_iter().chain([END])) {
                let pages = range.start + start..range.end + start;
                self.texts.insert(file.name(), Shown { file, end, pages });
            }
            start = at;
        }
    }

    fn manifest(&mut self, site: &Site, ids: &Ids) {
        let mut files: Vec<TextFile> = self.texts.values().map(|shown| shown.file.clone()).collect();
        files.sort_unstable_by_key(|file| (file.id, file.section));
        let (table, called) = table(site, ids, &files);
        let titles = site
            .pages
            .iter()
            .zip(&ids.of)
            .filter_map(|(page, id)| Some((self.pages.get(page.url.as_str())?.stop_title.clone()?, *id)));
        let titles: Vec<(String, u32)> = titles.take(MAX_TITLES).collect();
        let index = Index {
            words: std::mem::take(&mut self.words.directory),
            lists: Vec::new(),
            spelling: std::mem::take(&mut self.spelt.files),
            endings: self.endings.1.clone(),
            lengths: lengths(sums(self.pages.values().map(|kept| &kept.totals))),
            stop: self.vocabulary.stop.clone(),
            sections: self.pages.values().map(|kept| kept.sections).sum(),
        };
        let language = &site.config.language;
        let manifest = Manifest::new(site.pages.len(), ids.space, language, &index, &table, &titles);
        let manifest = serde_json::to_vec(&manifest).unwrap_or_default();
        (self.words.directory, self.spelt.files) = (index.words, index.spelling);
        self.others = BTreeMap::from([("index.json".to_owned(), manifest), called]);
    }
}

/// The tokens that a page has.
fn tokens_of(lexicon: &Lexicon, kept: &Kept) -> BTreeSet<u32> {
    kept.forms().map(|form| lexicon.token(form)).filter(|token| *token != NOTHING).collect()
}
