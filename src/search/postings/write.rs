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
#[derive(Clone, Copy)]
struct Item {
    /// How far its section is from the one before on the page, the first from -1.
    step: u32,
    count: u32,
    class: u32,
    below: u32,
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
        let (mut pages, mut last) = (0, None);
        for entry in gathered.entries(rank).flatten() {
            let field = entry.field();
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
            if field.of_sections() {
                sections(field, here, &mut bits);
            } else if let [Item { count, class, .. }, ..] = here {
                bits.all([Code::gamma(*count), Code::plain(*class, 3)]);
            }
        }
        let written = bits.since(before);
        bits.finish();
        lists.each.push(List { pages: number(pages.len()), bits: number(written) });
    }
}

/// What a field that sections have says of a token on one page.
fn sections(field: Field, items: &[Item], bits: &mut Bits<'_>) {
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
