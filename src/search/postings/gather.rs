//! What the threads counted, put in the order of tokens and pages.

use std::ops::Range;

use rayon::prelude::*;

use crate::search::index::counter::{Counted, CountedPage, Counter};
use crate::search::index::tally::COUNTED;
use crate::search::index::vocabulary::NONE;

/// One search document, as all its entries need it.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The place of its page among all pages.
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
    /// The ids of all pages, ascending.
    pub ids: Vec<u32>,
    parts: Vec<Part>,
}

/// The entries of some pages that follow each other, by token.
struct Part {
    /// Where the entries of each token start, and the end of the last.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Gathered {
    /// The entries of the token at `rank`, by document and field, in slices that follow each other. Where several forms
    /// stand in one field, there is one for each.
    pub fn entries(&self, rank: usize) -> impl Iterator<Item = &[Entry]> {
        self.parts
            .iter()
            .map(move |part| &part.entries[part.starts[rank] as usize..part.starts[rank + 1] as usize])
    }
}

/// A page, and the counter that has it.
type Page<'a> = (&'a CountedPage, &'a Counter);

/// Puts what `counters` have in order. `numbers` are those that tokens had so far, or [`NONE`], in their new order;
/// all are below `end`.
pub fn gather(counters: &[Counter], numbers: &[u32], end: u32) -> Gathered {
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
    let sorted = jobs.par_iter().map(|(pages, first)| sort(pages, *first, numbers, end as usize));
    let (parts, documents) = rayon::join(|| sorted.collect(), || documents(&pages));
    Gathered { documents, ids: pages.iter().map(|(page, _)| page.id).collect(), parts }
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
    let of_page = |(place, (page, counter)): (u32, &Page<'_>)| {
        let counted = counter.documents[page.documents.clone()].iter();
        let numbered = counted.zip(0..);
        let made = numbered.map(move |(counted, ordinal)| document(place, ordinal, counted));
        made.collect::<Vec<_>>()
    };
    (0..).zip(pages).flat_map(of_page).collect()
}

fn document(page: u32, ordinal: u32, counted: &Counted) -> Document {
    Document { page, ordinal, below: counted.below, classes: counted.classes }
}

/// Sorts the entries of `pages` by token, keeping their order otherwise: counts how many each token has, then puts
/// each in its place. Both go by the numbers: frequent tokens come early and have numbers that are near each other.
fn sort(pages: &[Page<'_>], first: usize, numbers: &[u32], end: usize) -> Part {
    let mut places = vec![0_u32; end];
    each(pages, first, |token, _| places[token as usize] += 1);
    let mut starts = Vec::with_capacity(numbers.len() + 1);
    let mut next = 0;
    for number in numbers {
        starts.push(next);
        if *number != NONE {
            next += std::mem::replace(&mut places[*number as usize], next);
        }
    }
    starts.push(next);
    let mut entries = vec![Entry::default(); next as usize];
    each(pages, first, |token, entry| {
        let place = &mut places[token as usize];
        entries[*place as usize] = entry;
        *place += 1;
    });
    Part { starts, entries }
}

/// Goes through the entries of `pages`, whose search documents are numbered from `first`.
fn each(pages: &[Page<'_>], first: usize, mut take: impl FnMut(u32, Entry)) {
    let mut document = u32::try_from(first).unwrap_or(u32::MAX);
    for (page, counter) in pages {
        let documents = &counter.documents[page.documents.clone()];
        entries(&page.stream, documents, document, &mut take);
        document += u32::try_from(documents.len()).unwrap_or(0);
    }
}

/// Goes through the entries of a page, whose search documents are numbered from `first`.
pub fn entries(stream: &[u32], documents: &[Counted], first: u32, take: &mut impl FnMut(u32, Entry)) {
    let mut stream = stream.iter();
    for (document, counted) in (first..).zip(documents) {
        for (field, entries) in (0..).zip(counted.entries) {
            for _ in 0..entries {
                let Some(token) = stream.next() else { return };
                let repeated = token & COUNTED != 0;
                let count = if repeated { stream.next().map_or(1, |count| *count) } else { 1 };
                let what = (field << 29) | count.min(MAX_COUNT);
                take(token & !COUNTED, Entry { document, what });
            }
        }
    }
}
