//! A choice among alternatives by the next byte. Knows no text but that byte.

use super::first::First;
use std::collections::HashMap;

/// For each byte (the last entry is the end of the text) the branches that may match there, in order.
#[derive(Debug)]
pub(super) struct Switch {
    choice: [u16; 257],
    lists: Box<[Box<[usize]>]>,
}

impl Switch {
    /// The branches to try before this byte (`None`: at the end).
    #[inline]
    pub(super) fn branches(&self, byte: Option<u8>) -> &[usize] {
        &self.lists[usize::from(self.choice[byte.map_or(256, usize::from)])]
    }

    /// From where each branch begins in the program, and with which bytes.
    pub(super) fn of(starts: &[(usize, First)]) -> Self {
        let mut by_byte = vec![Vec::new(); 257];
        for (pc, first) in starts {
            for byte in first.admitted() {
                by_byte[byte.map_or(256, usize::from)].push(*pc);
            }
        }
        let mut numbers: HashMap<Vec<usize>, u16> = HashMap::new();
        let mut lists: Vec<Box<[usize]>> = Vec::new();
        let mut choice = [0u16; 257];
        for (at, list) in by_byte.into_iter().enumerate() {
            // Neighbours are often alike, as all bytes above ASCII are.
            if at > 0 && *lists[usize::from(choice[at - 1])] == *list {
                choice[at] = choice[at - 1];
                continue;
            }
            choice[at] = numbers.get(&list).copied().unwrap_or_else(|| {
                // At most 257 lists, one per entry.
                let number = u16::try_from(lists.len()).unwrap_or(u16::MAX);
                lists.push(list.as_slice().into());
                numbers.insert(list, number);
                number
            });
        }
        Self { choice, lists: lists.into() }
    }
}
