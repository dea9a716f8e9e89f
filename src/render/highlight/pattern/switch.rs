//! A choice among alternatives by the next byte. Knows no text but that byte.

use super::first::First;

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
        let each = || {
            starts
                .iter()
                .flat_map(|(pc, first)| first.admitted().map(|byte| (byte.map_or(256, usize::from), *pc)))
        };
        // All lists one after the other: where each byte's begins, then what is in them.
        let mut begins = [0_usize; 258];
        each().for_each(|(byte, _)| begins[byte + 1] += 1);
        for byte in 0..257 {
            begins[byte + 1] += begins[byte];
        }
        let mut all = vec![0; begins[257]];
        let mut next = begins;
        for (byte, pc) in each() {
            all[next[byte]] = pc;
            next[byte] += 1;
        }
        let mut lists: Vec<&[usize]> = Vec::new();
        let mut choice = [0_u16; 257];
        for byte in 0..257 {
            let list = &all[begins[byte]..begins[byte + 1]];
            // Neighbours are often alike, as all bytes above ASCII are; so the newest list is looked at first.
            let known = lists.iter().rposition(|other| *other == list).unwrap_or_else(|| {
                lists.push(list);
                lists.len() - 1
            });
            // At most 257 lists, one per entry.
            choice[byte] = u16::try_from(known).unwrap_or(u16::MAX);
        }
        Self { choice, lists: lists.into_iter().map(Into::into).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_leads_to_the_branches_that_admit_it_in_order() {
        let notations = ["abc", "[a-c]x", r"\d+", "é", r"[^a]", "$", "b?", r"(?i)K"];
        let starts: Vec<(usize, First)> = notations
            .iter()
            .enumerate()
            .filter_map(|(pc, notation)| {
                Some((pc, First::of(&fancy_regex::Expr::parse_tree(notation).ok()?.expr)))
            })
            .collect();
        assert_eq!(starts.len(), notations.len());
        let switch = Switch::of(&starts);
        for byte in (0..=u8::MAX).map(Some).chain([None]) {
            let admitting: Vec<usize> =
                starts.iter().filter(|(_, first)| first.admits(byte)).map(|(pc, _)| *pc).collect();
            assert_eq!(switch.branches(byte), admitting, "{byte:?}");
        }
    }
}
