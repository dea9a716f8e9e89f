//! Posting lists as bits.

use rayon::prelude::*;

use super::bits::Bits;
use super::gather::{Document, Entry, Gathered};
use crate::search::{FIELDS, Field};

/// How many words one task writes the lists of.
const TASK: usize = 1024;

/// The posting lists of all words, one after the other: by word, then by field.
#[derive(Debug, Default)]
pub struct Lists {
    pub bytes: Vec<u8>,
    /// For each word, the fields in which it has a list, as bits.
    pub fields: Vec<u8>,
    /// For each list, its length in bytes.
    pub sizes: Vec<u32>,
    /// For each word, how many pages have it.
    pub pages: Vec<u32>,
}

/// Writes the lists of `words` words.
pub fn write(gathered: &Gathered, words: usize) -> Lists {
    let tasks = (0..words.div_ceil(TASK)).into_par_iter();
    let written: Vec<Lists> =
        tasks.map(|task| some(gathered, task * TASK..words.min((task + 1) * TASK))).collect();
    let mut all = Lists::default();
    all.bytes.reserve_exact(written.iter().map(|lists| lists.bytes.len()).sum());
    for lists in written {
        all.bytes.extend(lists.bytes);
        all.fields.extend(lists.fields);
        all.sizes.extend(lists.sizes);
        all.pages.extend(lists.pages);
    }
    all
}

fn some(gathered: &Gathered, ranks: std::ops::Range<usize>) -> Lists {
    let mut lists = Lists::default();
    let mut room = Room::default();
    for rank in ranks {
        let pages = room.fill(gathered, rank);
        lists.pages.push(pages);
        let mut fields = 0;
        for field in Field::ALL {
            let entries = &room.entries[field as usize];
            if entries.is_empty() {
                continue;
            }
            fields |= 1 << field as u8;
            let before = lists.bytes.len();
            list(field, entries, &gathered.documents, &mut room.starts, &mut lists.bytes);
            lists.sizes.push(u32::try_from(lists.bytes.len() - before).unwrap_or(u32::MAX));
        }
        lists.fields.push(fields);
    }
    lists
}

/// Room for one word at a time.
#[derive(Default)]
struct Room {
    /// Its entries in each field.
    entries: [Vec<Entry>; FIELDS],
    /// Where the entries of each page start in one of them.
    starts: Vec<usize>,
}

impl Room {
    /// Takes in the entries of one word and says how many pages have it.
    fn fill(&mut self, gathered: &Gathered, rank: usize) -> u32 {
        self.entries.iter_mut().for_each(Vec::clear);
        let (mut pages, mut last) = (0, None);
        for entry in gathered.entries(rank) {
            let page = gathered.documents[entry.document as usize].page;
            pages += u32::from(last != Some(page));
            last = Some(page);
            self.entries[entry.field()].push(*entry);
        }
        pages
    }
}

fn list(
    field: Field,
    entries: &[Entry],
    documents: &[Document],
    starts: &mut Vec<usize>,
    bytes: &mut Vec<u8>,
) {
    let page_of = |at: usize| documents[entries[at].document as usize].page;
    starts.clear();
    starts.extend((0..entries.len()).filter(|at| *at == 0 || page_of(*at) != page_of(*at - 1)));
    let gaps = || {
        let mut next = 0;
        starts.iter().map(move |start| {
            let gap = page_of(*start) - next;
            next = page_of(*start) + 1;
            gap
        })
    };
    let k = best_k(gaps, starts.len(), page_of(entries.len() - 1));
    let mut bits = Bits::new(bytes);
    bits.gamma(u32::try_from(starts.len()).unwrap_or(u32::MAX));
    bits.put(u64::from(k), 5);
    let ends = starts.iter().skip(1).copied().chain([entries.len()]);
    for ((gap, start), end) in gaps().zip(starts.iter()).zip(ends) {
        bits.rice(k, gap);
        page(field, &entries[*start..end], documents, &mut bits);
    }
    bits.finish();
}

/// The parameter with which the gaps take the fewest bits, of those near what their mean suggests.
fn best_k<I: Iterator<Item = u32>>(gaps: impl Fn() -> I, count: usize, last: u32) -> u32 {
    let mean = (u64::from(last) + 1) / count.max(1) as u64;
    let guess = mean.max(1).ilog2();
    let cost = |k: u32| gaps().map(|gap| u64::from(gap >> k) + u64::from(k) + 1).sum::<u64>();
    (guess.saturating_sub(2)..=guess.min(31)).min_by_key(|k| cost(*k)).unwrap_or(guess.min(31))
}

/// What one field of one page says of a token.
fn page(field: Field, entries: &[Entry], documents: &[Document], bits: &mut Bits<'_>) {
    if field.of_sections() {
        bits.gamma(u32::try_from(entries.len()).unwrap_or(u32::MAX));
    }
    let mut next = 0;
    for entry in entries {
        let document = documents[entry.document as usize];
        if field.of_sections() {
            bits.gamma(document.ordinal - next + 1);
            next = document.ordinal + 1;
        }
        bits.gamma(entry.count());
        bits.put(u64::from((document.classes >> (3 * field as u16)) & 7), 3);
        if field == Field::Headings {
            bits.gamma(document.below + 1);
        }
    }
}
