//! How often each token stands in one field.

use super::interner::NOTHING;

/// Marks a token after which its count stands; others occur once.
pub const COUNTED: u32 = 1 << 31;

/// Counts tokens, one field after the other.
///
/// The next token tells nothing that a processor could guess, so there is no branch for a token that is new or none.
#[derive(Debug, Default)]
pub struct Tally {
    /// By token; all 0 between fields.
    counts: Vec<u32>,
    /// The tokens that have a count, in the order in which they first came. The rest is room.
    seen: Vec<u32>,
    different: usize,
    all: usize,
}

impl Tally {
    /// Counts `token` once more.
    #[inline]
    pub fn add(&mut self, token: u32) {
        let at = token as usize;
        if at >= self.counts.len() || self.different >= self.seen.len() {
            self.grow(at);
        }
        let count = &mut self.counts[at];
        self.seen[self.different] = token;
        self.different += usize::from(*count == 0);
        *count += 1;
        self.all += 1;
    }

    #[cold]
    fn grow(&mut self, token: usize) {
        let tokens = (token + 1).next_power_of_two().max(self.counts.len());
        self.counts.resize(tokens, 0);
        self.seen.resize(((self.different + 1) * 2).max(self.seen.len()), 0);
    }

    /// Appends the tokens of the field that ends, with counts, to `stream`. Says how many different ones there are and
    /// how many in all, and begins the next field.
    pub fn close(&mut self, stream: &mut Vec<u32>) -> (usize, usize) {
        let Self { counts, seen, different, all } = self;
        let nothing = counts.get_mut(NOTHING as usize).map_or(0, std::mem::take) as usize;
        let start = stream.len();
        stream.resize(start + 2 * *different, 0);
        let mut end = start;
        for token in &seen[..*different] {
            let count = std::mem::take(&mut counts[*token as usize]);
            if count == 0 {
                continue;
            }
            let many = u32::from(count > 1);
            stream[end] = token | (COUNTED * many);
            stream[end + 1] = count;
            end += 1 + many as usize;
        }
        stream.truncate(end);
        let told = (*different - usize::from(nothing > 0), *all - nothing);
        (*different, *all) = (0, 0);
        told
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_field_is_counted_for_itself_without_what_stands_for_nothing() {
        let mut tally = Tally::default();
        let fields: [&[u32]; 6] =
            [&[], &[NOTHING], &[7], &[5, NOTHING, 900, 5, NOTHING], &[900, 900, 1], &[5]];
        for tokens in fields.iter().cycle().take(50) {
            tokens.iter().for_each(|token| tally.add(*token));
            let mut expected = BTreeMap::new();
            for token in tokens.iter().filter(|token| **token != NOTHING) {
                *expected.entry(*token).or_insert(0_u32) += 1;
            }
            let mut stream = vec![42];
            let told = tally.close(&mut stream);
            assert_eq!(told, (expected.len(), expected.values().sum::<u32>() as usize));
            let mut found = BTreeMap::new();
            let mut rest = stream[1..].iter();
            while let Some(token) = rest.next() {
                let many = token & COUNTED != 0;
                assert_eq!(
                    found.insert(token & !COUNTED, if many { *rest.next().unwrap() } else { 1 }),
                    None
                );
            }
            assert_eq!((stream[0], found), (42, expected));
        }
    }
}
