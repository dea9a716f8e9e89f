//! Numbers for pages that stay: a new page moves hardly any other, so the shards that don't speak of it stay as
//! they were, under their names.

use std::collections::BTreeSet;

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
    /// Gives every address a number that follows from its hash, or the next free one.
    pub fn new<'a>(addresses: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let space = u32::try_from(addresses.len() * 2).unwrap_or(u32::MAX >> 1).max(16).next_power_of_two();
        let mut hashed: Vec<_> =
            addresses.enumerate().map(|(place, address)| (hash(address), address, place)).collect();
        hashed.sort_unstable();
        let mut of = vec![0; hashed.len()];
        let mut free = Free::new(space);
        for (hash, _, place) in hashed {
            of[place] = free.take(hash & (space - 1));
        }
        let mut order: Vec<usize> = (0..of.len()).collect();
        order.sort_unstable_by_key(|place| of[*place]);
        Self { space, of, order }
    }
}

fn hash(address: &str) -> u32 {
    let bytes = blake3::hash(address.as_bytes());
    bytes.as_bytes()[..4].iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte))
}

/// The numbers that are taken.
struct Free {
    space: u32,
    taken: BTreeSet<u32>,
}

impl Free {
    fn new(space: u32) -> Self {
        Self { space, taken: BTreeSet::new() }
    }

    /// Half of the numbers stay free, so the way to the next one is short.
    fn take(&mut self, wanted: u32) -> u32 {
        let mut number = wanted;
        while !self.taken.insert(number) {
            number = (number + 1) & (self.space - 1);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("/specs/page-{n}/")).collect()
    }

    #[test]
    fn every_page_has_a_number_of_its_own() {
        let addresses = addresses(1000);
        let ids = Ids::new(addresses.iter().map(String::as_str));
        let unique: BTreeSet<_> = ids.of.iter().collect();
        assert_eq!((ids.space, unique.len()), (2048, 1000));
        assert!(ids.order.windows(2).all(|pair| ids.of[pair[0]] < ids.of[pair[1]]));
        assert!(ids.of.iter().all(|id| *id < ids.space));
    }

    #[test]
    fn numbers_do_not_depend_on_the_order_and_hardly_move() {
        let all = addresses(1000);
        let ids = Ids::new(all.iter().map(String::as_str));
        let turned = Ids::new(all.iter().rev().map(String::as_str));
        assert!(ids.of.iter().eq(turned.of.iter().rev()));
        let fewer = Ids::new(all[1..].iter().map(String::as_str));
        let moved = ids.of[1..].iter().zip(&fewer.of).filter(|(a, b)| a != b).count();
        assert!(moved <= 5, "{moved} of 999 moved");
    }
}
