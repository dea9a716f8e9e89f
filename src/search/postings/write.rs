//! Posting lists as bits: what they say of each page. Which pages that are is written where the lists are put into
//! files ([`super::pages`]).

use rayon::prelude::*;

use super::bits::{Bits, Code};
use super::gather::{Document, Gathered};
use crate::search::{FIELDS, Field};

/// How many words one task writes the lists of.
const TASK: usize = 1024;

/// How many bits a page takes in a list, about, before anybody knows what stands in the same file.
const PAGE_BITS: usize = 3;

/// The posting lists of all words, one after the other: by word, then by field.
#[derive(Debug, Default)]
pub struct Lists {
    /// For each word, the fields in which it has a list, as bits.
    pub fields: Vec<u8>,
    /// For each word, how many pages have it.
    pub used: Vec<u32>,
    /// All lists.
    pub each: Vec<List>,
    /// What lists say of their pages, each from a whole byte on.
    pub bytes: Vec<u8>,
    /// The pages of each, by their places among all.
    pub pages: Vec<u32>,
    /// The ids of all pages, ascending.
    pub ids: Vec<u32>,
    /// Where the lists of each word start, and after them where the last end.
    starts: Vec<Start>,
}

/// Where the lists of a word start: among all lists, among what they say, and among their pages.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    list: usize,
    byte: usize,
    page: usize,
}

/// Takes a list, with its pages and what it says of them.
pub type TakeList<'t> = dyn FnMut(List, &[u32], &[u8]) + 't;

/// The lists of words by their ranks, wherever they are kept.
pub trait Source: Sync {
    /// The ids of all pages, ascending.
    fn ids(&self) -> &[u32];
    /// The fields in which a word has a list, as bits.
    fn fields(&self, rank: usize) -> u8;
    /// How many pages have it.
    fn used(&self, rank: usize) -> u32;
    /// About how many bytes its lists take.
    fn size(&self, rank: usize) -> usize;
    /// The pages of all its lists, by their places among all, in any order and more than once.
    fn pages(&self, rank: usize, take: &mut dyn FnMut(&[u32]));
    /// Each of its lists, with its pages and what it says of them.
    fn lists(&self, rank: usize, take: &mut TakeList<'_>);
}

impl Source for Lists {
    fn ids(&self) -> &[u32] {
        &self.ids
    }

    fn fields(&self, rank: usize) -> u8 {
        self.fields[rank]
    }

    fn used(&self, rank: usize) -> u32 {
        self.used[rank]
    }

    fn size(&self, rank: usize) -> usize {
        let lists = self.starts[rank].list..self.starts[rank + 1].list;
        self.each[lists].iter().map(|list| list.size()).sum()
    }

    fn pages(&self, rank: usize, take: &mut dyn FnMut(&[u32])) {
        take(&self.pages[self.starts[rank].page..self.starts[rank + 1].page]);
    }

    fn lists(&self, rank: usize, take: &mut TakeList<'_>) {
        let Start { list, mut byte, mut page } = self.starts[rank];
        for list in &self.each[list..self.starts[rank + 1].list] {
            let end = page + list.pages as usize;
            take(*list, &self.pages[page..end], &self.bytes[byte..byte + list.bytes()]);
            (page, byte) = (end, byte + list.bytes());
        }
    }
}

impl Lists {
    fn set_starts(&mut self) {
        self.starts.reserve_exact(self.fields.len() + 1);
        let mut next = Start::default();
        for fields in &self.fields {
            self.starts.push(next);
            for list in &self.each[next.list..next.list + fields.count_ones() as usize] {
                next.list += 1;
                next.byte += list.bytes();
                next.page += list.pages as usize;
            }
        }
        self.starts.push(next);
    }
}

/// How much of what stands in [`Lists`] is one list's.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub pages: u32,
    /// What it says of them.
    pub bits: u32,
}

impl List {
    /// What it says, in bytes.
    pub fn bytes(self) -> usize {
        self.bits.div_ceil(8) as usize
    }

    /// About how many bytes it takes in a file.
    pub fn size(self) -> usize {
        (12 + self.pages as usize * PAGE_BITS + self.bits as usize).div_ceil(8)
    }
}

/// Writes the lists of `words` words.
pub fn write(gathered: Gathered, words: usize) -> Lists {
    let tasks = (0..words.div_ceil(TASK)).into_par_iter();
    let written: Vec<Lists> =
        tasks.map(|task| some(&gathered, task * TASK..words.min((task + 1) * TASK))).collect();
    let mut all = Lists { ids: gathered.ids, ..Lists::default() };
    all.bytes.reserve_exact(written.iter().map(|lists| lists.bytes.len()).sum());
    all.pages.reserve_exact(written.iter().map(|lists| lists.pages.len()).sum());
    for lists in written {
        all.fields.extend(lists.fields);
        all.used.extend(lists.used);
        all.each.extend(lists.each);
        all.bytes.extend(lists.bytes);
        all.pages.extend(lists.pages);
    }
    all.set_starts();
    all
}

fn some(gathered: &Gathered, ranks: std::ops::Range<usize>) -> Lists {
    let mut lists = Lists::default();
    let mut room = Room::default();
    for rank in ranks {
        let used = room.fill(gathered, rank);
        lists.used.push(used);
        lists.fields.push(room.fields);
        for field in Field::ALL {
            if room.fields & (1 << field as u8) != 0 {
                room.list(field, &mut lists);
            }
        }
    }
    lists
}

/// An entry with what is written of its search document.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// How far its section is from the one before on the page, the first from -1.
    pub step: u32,
    pub count: u32,
    pub class: u32,
    pub below: u32,
}

/// A page that has the word.
struct OnPage {
    page: u32,
    /// How many entries it has.
    items: u32,
}

/// What there is of a word in one field.
#[derive(Default)]
struct InField {
    pages: Vec<OnPage>,
    /// The entries of all these pages.
    items: Vec<Item>,
    /// The section after that of the last entry.
    next: u32,
}

/// Room for one word at a time.
#[derive(Default)]
struct Room {
    /// The fields in which it stands, as bits.
    fields: u8,
    /// What there is of it in each; what other fields have is old.
    of: [InField; FIELDS],
}

impl Room {
    /// Takes in the entries of one word and says how many pages have it.
    fn fill(&mut self, gathered: &Gathered, rank: usize) -> u32 {
        self.fields = 0;
        let (mut pages, mut last, mut before) = (0, None, None);
        for entry in gathered.entries(rank).flatten() {
            let field = entry.field();
            if before.replace((entry.document, field)) == Some((entry.document, field)) {
                // Another form of it.
                self.of[field].items.iter_mut().rev().take(1).for_each(|item| item.count += entry.count());
                continue;
            }
            let Document { page, ordinal, below, classes } = gathered.documents[entry.document as usize];
            pages += u32::from(last != Some(page));
            last = Some(page);
            let InField { pages, items, next } = &mut self.of[field];
            if self.fields & (1 << field) == 0 {
                self.fields |= 1 << field;
                pages.clear();
                items.clear();
            }
            match pages.last_mut() {
                Some(last) if last.page == page => last.items += 1,
                _ => {
                    pages.push(OnPage { page, items: 1 });
                    *next = 0;
                }
            }
            let class = u32::from(classes >> (3 * field)) & 7;
            items.push(Item { step: ordinal + 1 - *next, count: entry.count(), class, below });
            *next = ordinal + 1;
        }
        pages
    }

    fn list(&self, field: Field, lists: &mut Lists) {
        let InField { pages, items, .. } = &self.of[field as usize];
        lists.pages.extend(pages.iter().map(|page| page.page));
        let before = lists.bytes.len();
        let mut bits = Bits::new(&mut lists.bytes);
        let mut rest = items.as_slice();
        for page in pages {
            let (here, after) = rest.split_at(page.items as usize);
            rest = after;
            said(field, here, &mut bits);
        }
        let written = bits.since(before);
        bits.finish();
        lists.each.push(List { pages: number(pages.len()), bits: number(written) });
    }
}

/// What a list of `field` says of a page with these entries.
pub fn said(field: Field, items: &[Item], bits: &mut Bits<'_>) {
    if !field.of_sections() {
        if let [Item { count, class, .. }, ..] = items {
            bits.all([Code::gamma(*count), Code::plain(*class, 3)]);
        }
        return;
    }
    bits.put(Code::gamma(number(items.len())));
    for Item { step, count, class, below } in items {
        bits.all([Code::gamma(*step), Code::gamma(*count), Code::plain(*class, 3)]);
        if field == Field::Headings {
            bits.put(Code::gamma(below + 1));
        }
    }
}

/// A number of things in memory.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
