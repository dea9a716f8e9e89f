//! Posting lists as bits.

use rayon::prelude::*;

use super::bits::{Bits, Code};
use super::gather::{Document, Gathered};
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
        lists.fields.push(room.fields);
        for field in Field::ALL {
            if room.fields & (1 << field as u8) != 0 {
                let before = lists.bytes.len();
                room.list(field, &mut lists.bytes);
                lists.sizes.push(u32::try_from(lists.bytes.len() - before).unwrap_or(u32::MAX));
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
    /// Of one field: the pages left out before each of its pages.
    gaps: Vec<u32>,
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

    fn list(&mut self, field: Field, bytes: &mut Vec<u8>) {
        let InField { pages, items, .. } = &self.of[field as usize];
        self.gaps.clear();
        let mut next = 0;
        for OnPage { page, .. } in pages {
            self.gaps.push(page - next);
            next = page + 1;
        }
        let k = best_k(&self.gaps, next);
        let mut bits = Bits::new(bytes);
        bits.all([Code::gamma(number(self.gaps.len())), Code::plain(k, 5)]);
        let mut rest = items.as_slice();
        for (gap, page) in self.gaps.iter().zip(pages) {
            bits.rice(k, *gap);
            let (here, after) = rest.split_at(page.items as usize);
            rest = after;
            if field.of_sections() {
                sections(field, here, &mut bits);
            } else if let [Item { count, class, .. }, ..] = here {
                bits.all([Code::gamma(*count), Code::plain(*class, 3)]);
            }
        }
        bits.finish();
    }
}

/// The parameter with which the gaps take the fewest bits, of those near what their mean suggests. All of them and
/// the pages between make `all`.
fn best_k(gaps: &[u32], all: u32) -> u32 {
    let guess = (all / number(gaps.len())).max(1).ilog2();
    let cost =
        |k: &u32| gaps.iter().map(|gap| u64::from(gap >> k)).sum::<u64>() + u64::from(*k) * gaps.len() as u64;
    (guess.saturating_sub(2)..=guess).min_by_key(cost).unwrap_or(guess)
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
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
