//! A list that only grows and is read without a lock. Knows nothing of what stands in it.

use std::sync::OnceLock;

/// Slots of the first board; each further one has twice as many as the one before.
const FIRST: usize = 4;
const BOARDS: usize = 14;

/// Where a slot is: fits into 20 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address(u32);

impl Address {
    /// Of the slot of this number, which is below [`CAPACITY`](Shelf::CAPACITY).
    pub(super) fn of(number: usize) -> Self {
        let shifted = number + FIRST;
        let board = (shifted / FIRST).ilog2();
        let at = u32::try_from(shifted - (FIRST << board)).unwrap_or(0);
        Self(board << 16 | at)
    }

    pub(super) fn number(self) -> usize {
        (FIRST << self.board()) - FIRST + self.at()
    }

    pub(super) fn bits(self) -> u32 {
        self.0
    }

    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    fn board(self) -> usize {
        (self.0 >> 16) as usize
    }

    fn at(self) -> usize {
        (self.0 & 0xffff) as usize
    }
}

/// Slots by address. A slot exists from when it was made.
#[derive(Debug)]
pub(super) struct Shelf<T> {
    boards: [OnceLock<Box<[T]>>; BOARDS],
}

impl<T: Default> Shelf<T> {
    pub(super) const CAPACITY: usize = (FIRST << BOARDS) - FIRST;

    pub(super) fn new() -> Self {
        Self { boards: [const { OnceLock::new() }; BOARDS] }
    }

    /// Makes the slot, and others beside it, where it doesn't exist.
    pub(super) fn make(&self, slot: Address) -> Option<&T> {
        let board = self.boards.get(slot.board())?;
        board.get_or_init(|| (0..FIRST << slot.board()).map(|_| T::default()).collect()).get(slot.at())
    }

    #[inline]
    pub(super) fn get(&self, slot: Address) -> Option<&T> {
        self.boards.get(slot.board())?.get()?.get(slot.at())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_own_slot() {
        let shelf: Shelf<OnceLock<usize>> = Shelf::new();
        assert!(shelf.get(Address::of(100)).is_none());
        for number in 0..1000 {
            let made = shelf.make(Address::of(number));
            assert_eq!(
                (made.map(|slot| slot.set(number)), Address::of(number).number()),
                (Some(Ok(())), number)
            );
        }
        for number in 0..1000 {
            assert_eq!(shelf.get(Address::of(number)).and_then(OnceLock::get), Some(&number));
        }
        assert!(shelf.make(Address::of(Shelf::<OnceLock<usize>>::CAPACITY)).is_none());
    }
}
