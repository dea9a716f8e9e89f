//! What the threads counted, put in the order of tokens and pages.

use std::ops::Range;

use rayon::prelude::*;

use crate::search::index::counter::{COUNTED, Counted, CountedPage, Counter};

/// One search document, as all its entries need it.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    pub page: u32,
    pub ordinal: u32,
    pub below: u32,
    pub classes: u16,
}

/// A token in a field of a search document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    /// Its place among all search documents, which are in the order of pages and sections.
    pub document: u32,
    /// The field in the upper three bits, below them how often.
    what: u32,
}

/// More is not counted.
const MAX_COUNT: u32 = (1 << 29) - 1;

impl Entry {
    pub fn field(self) -> usize {
        (self.what >> 29) as usize
    }

    pub fn count(self) -> u32 {
        self.what & MAX_COUNT
    }
}

/// All search documents in order, and all entries.
pub struct Gathered {
    pub documents: Vec<Document>,
    parts: Vec<Part>,
}

/// The entries of some pages that follow each other, by token.
struct Part {
    /// Where the entries of each token start, and the end of the last.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Gathered {
    /// The entries of the token at `rank`, by document, in slices that follow each other.
    pub fn entries(&self, rank: usize) -> impl Iterator<Item = &Entry> {
        self.parts
            .iter()
            .flat_map(move |part| &part.entries[part.starts[rank] as usize..part.starts[rank + 1] as usize])
    }
}

/// A page, and the counter that has it.
type Page<'a> = (&'a CountedPage, &'a Counter);

/// Puts what `counters` have in order. `ranks` gives the place of a token's number among `words` words.
pub fn gather(counters: &[Counter], ranks: &[u32], words: usize) -> Gathered {
    let mut pages: Vec<Page<'_>> =
        counters.iter().flat_map(|counter| counter.pages.iter().map(move |page| (page, counter))).collect();
    pages.sort_unstable_by_key(|(page, _)| page.id);
    let parts = split(&pages, rayon::current_num_threads());
    let mut jobs = Vec::with_capacity(parts.len());
    let mut first = 0;
    for part in parts {
        let part = &pages[part];
        jobs.push((part, first));
        first += part.iter().map(|(page, _)| page.documents.len()).sum::<usize>();
    }
    let parts = jobs.par_iter().map(|(pages, first)| sort(pages, *first, ranks, words)).collect();
    Gathered { documents: documents(&pages), parts }
}

/// Cuts the pages into runs of about the same amount of entries.
fn split(pages: &[Page<'_>], parts: usize) -> Vec<Range<usize>> {
    let total: usize = pages.iter().map(|(page, _)| page.stream.len()).sum();
    let share = total / parts.max(1) + 1;
    let (mut ranges, mut start, mut filled) = (Vec::new(), 0, 0);
    for (at, (page, _)) in pages.iter().enumerate() {
        filled += page.stream.len();
        if filled >= share {
            ranges.push(start..at + 1);
            (start, filled) = (at + 1, 0);
        }
    }
    ranges.push(start..pages.len());
    ranges
}

fn documents(pages: &[Page<'_>]) -> Vec<Document> {
    let of_page = |(page, counter): &Page<'_>| {
        let id = page.id;
        let counted = counter.documents[page.documents.clone()].iter();
        let numbered = counted.zip(0..);
        let made = numbered.map(move |(counted, ordinal)| document(id, ordinal, counted));
        made.collect::<Vec<_>>()
    };
    pages.iter().flat_map(of_page).collect()
}

fn document(page: u32, ordinal: u32, counted: &Counted) -> Document {
    Document { page, ordinal, below: counted.below, classes: counted.classes }
}

/// Sorts the entries of `pages` by token, keeping their order otherwise: counts how many each token has, then puts
/// each in its place.
fn sort(pages: &[Page<'_>], first: usize, ranks: &[u32], words: usize) -> Part {
    let mut starts = vec![0_u32; words + 2];
    each(pages, first, |token, _| starts[ranks[token as usize] as usize + 2] += 1);
    for at in 2..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut entries = vec![Entry::default(); starts[words + 1] as usize];
    each(pages, first, |token, entry| {
        let next = &mut starts[ranks[token as usize] as usize + 1];
        entries[*next as usize] = entry;
        *next += 1;
    });
    starts.pop();
    Part { starts, entries }
}

/// Goes through the entries of `pages`, whose search documents are numbered from `first`.
fn each(pages: &[Page<'_>], first: usize, mut take: impl FnMut(u32, Entry)) {
    let mut document = u32::try_from(first).unwrap_or(u32::MAX);
    for (page, counter) in pages {
        let mut stream = counter.stream[page.stream.clone()].iter();
        for counted in &counter.documents[page.documents.clone()] {
            for (field, distinct) in (0..).zip(counted.distinct) {
                for _ in 0..distinct {
                    let Some(token) = stream.next() else { return };
                    let repeated = token & COUNTED != 0;
                    let count = if repeated { stream.next().map_or(1, |count| *count) } else { 1 };
                    let what = (field << 29) | count.min(MAX_COUNT);
                    take(token & !COUNTED, Entry { document, what });
                }
            }
            document += 1;
        }
    }
}
