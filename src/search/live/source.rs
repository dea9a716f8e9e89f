//! The lists of words as the writer of files wants them, read from records.

use super::records::Records;
use crate::search::postings::bits::Bits;
use crate::search::postings::{List, Source, TakeList, number};

/// The records of a vocabulary.
pub struct Recorded<'a> {
    pub records: &'a Records,
    /// The number of each word.
    pub numbers: &'a [u32],
    /// The numbers of all pages, ascending.
    pub ids: &'a [u32],
    pub places: Places,
}

/// The places of pages among all.
pub struct Places {
    /// Which numbers are taken, and how many are before each sixty-four.
    taken: Vec<(u64, u32)>,
}

impl Places {
    /// Of pages with numbers below `space`, ascending.
    pub fn new(ids: &[u32], space: u32) -> Self {
        let mut taken = vec![(0_u64, 0_u32); (space as usize).div_ceil(64)];
        for id in ids {
            taken[*id as usize / 64].0 |= 1 << (id % 64);
        }
        let mut before = 0;
        for (bits, earlier) in &mut taken {
            *earlier = before;
            before += bits.count_ones();
        }
        Self { taken }
    }

    fn of(&self, id: u32) -> u32 {
        let (bits, before) = self.taken[id as usize / 64];
        before + (bits & ((1 << (id % 64)) - 1)).count_ones()
    }
}

impl Source for Recorded<'_> {
    fn ids(&self) -> &[u32] {
        self.ids
    }

    fn fields(&self, rank: usize) -> u8 {
        self.records.stat(self.numbers[rank]).fields
    }

    fn used(&self, rank: usize) -> u32 {
        self.records.stat(self.numbers[rank]).used
    }

    fn size(&self, rank: usize) -> usize {
        self.records.stat(self.numbers[rank]).size
    }

    fn pages(&self, rank: usize, take: &mut dyn FnMut(&[u32])) {
        let records = self.records.of(self.numbers[rank]);
        take(&records.map(|record| self.places.of(record.id)).collect::<Vec<_>>());
    }

    fn lists(&self, rank: usize, take: &mut TakeList<'_>) {
        let (mut pages, mut told) = (Vec::new(), Vec::new());
        let fields = self.fields(rank);
        for wanted in (0..8).filter(|field| fields & (1 << field) != 0) {
            pages.clear();
            told.clear();
            let mut bits = Bits::new(&mut told);
            for record in self.records.of(self.numbers[rank]) {
                for (_, count, said) in record.fields().filter(|(field, ..)| *field == wanted) {
                    pages.push(self.places.of(record.id));
                    bits.append(said, count);
                }
            }
            let written = bits.since(0);
            bits.finish();
            take(List { pages: number(pages.len()), bits: number(written) }, &pages, &told);
        }
    }
}
