//! Numbers for pages that stay: a new page moves no other, however many there are, so the shards that don't speak of
//! it stay as they were, under their names.
//!
//! That takes numbers far larger than there are pages: each is drawn from a page's address alone, and two that draw
//! the same are rare. What files say of pages is short all the same, because each says once which pages it speaks of.

use std::collections::BTreeMap;

/// How many numbers there are, as a power of two: with 1,000 pages one new page in some 130 moves another, with 10,000 one
/// in 13. Each further bit would make every list of pages longer, on the wire too.
const BITS: u32 = 16;

/// The same for sites beyond [`MANY`] pages, where more pages draw the same.
const MORE_BITS: u32 = 22;

const MANY: usize = 20_000;

/// The numbers of a site's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// How many numbers there are to give; a power of two.
    pub space: u32,
    /// Each page's number, in the order in which the addresses came.
    pub of: Vec<u32>,
    /// The pages' places in that order, sorted by number.
    pub order: Vec<usize>,
}

impl Ids {
    /// Gives every address a number that follows from its hash.
    pub fn new<'a>(addresses: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let bits = if addresses.len() > MANY { MORE_BITS } else { BITS };
        Self::with_bits(bits, addresses)
    }

    /// There are more numbers than addresses.
    fn with_bits<'a>(bits: u32, addresses: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut of = vec![0; addresses.len()];
        let mut taken: BTreeMap<u32, Draw<'a>> = BTreeMap::new();
        for (place, address) in addresses.enumerate() {
            let mut draw = Some(Draw { times: 0, address, place });
            // Whoever needed fewer draws keeps a number, so one that moves doesn't make others move in a row.
            while let Some(mut next) = draw.take() {
                let number = next.number(bits);
                match taken.get_mut(&number) {
                    None => drop(taken.insert(number, next)),
                    Some(held) => {
                        if (next.times, next.address) < (held.times, held.address) {
                            std::mem::swap(held, &mut next);
                        }
                        next.times += 1;
                        draw = Some(next);
                    }
                }
            }
        }
        for (number, draw) in &taken {
            of[draw.place] = *number;
        }
        Self { space: 1 << bits, of, order: taken.values().map(|draw| draw.place).collect() }
    }
}

/// An address, and how often it has drawn in vain.
#[derive(Debug)]
struct Draw<'a> {
    times: u32,
    address: &'a str,
    place: usize,
}

impl Draw<'_> {
    /// The number that it draws now.
    fn number(&self, bits: u32) -> u32 {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.address.as_bytes());
        if self.times > 0 {
            hasher.update(&[0]);
            hasher.update(&self.times.to_le_bytes());
        }
        let [a, b, c, d, ..] = *hasher.finalize().as_bytes();
        u32::from_be_bytes([a, b, c, d]) >> (32 - bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("/specs/page-{n}/")).collect()
    }

    fn ids(bits: u32, addresses: &[String]) -> Ids {
        Ids::with_bits(bits, addresses.iter().map(String::as_str))
    }

    #[test]
    fn every_page_has_a_number_of_its_own() {
        for (bits, count) in [(BITS, 3000), (12, 3000), (10, 1024), (4, 1), (4, 0)] {
            let ids = ids(bits, &addresses(count));
            assert_eq!((ids.space, ids.of.len(), ids.order.len()), (1 << bits, count, count));
            assert!(ids.order.windows(2).all(|pair| ids.of[pair[0]] < ids.of[pair[1]]), "{bits} {count}");
            assert!(ids.of.iter().all(|id| *id < ids.space));
        }
    }

    #[test]
    fn the_space_is_the_same_for_all_but_the_largest_sites() {
        let all = addresses(MANY + 1);
        let space = |count: usize| Ids::new(all[..count].iter().map(String::as_str)).space;
        assert_eq!([1, 255, 257, MANY, MANY + 1].map(space), [1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 22]);
    }

    #[test]
    fn numbers_do_not_depend_on_the_order() {
        let all = addresses(1000);
        let turned: Vec<String> = all.iter().rev().cloned().collect();
        for bits in [10, 12, BITS] {
            assert!(ids(bits, &all).of.iter().eq(ids(bits, &turned).of.iter().rev()), "{bits}");
        }
    }

    #[test]
    fn a_page_less_moves_none_or_the_one_that_drew_the_same() {
        let all = addresses(600);
        let before = ids(BITS, &all);
        let mut movers = 0;
        for gone in 0..all.len() {
            let (mut fewer, mut expected) = (all.clone(), before.of.clone());
            fewer.remove(gone);
            expected.remove(gone);
            let now = ids(BITS, &fewer).of;
            let moved = now.iter().zip(&expected).filter(|(now, before)| now != before).count();
            assert!(moved <= 1, "{moved} without {}", all[gone]);
            movers += moved;
        }
        assert!(movers < 10, "{movers}");
    }
}
