//! How often each form stands in one field, written down as tokens.

use super::interner::NOTHING;

/// Marks a token after which its count stands; others came once.
pub const COUNTED: u32 = 1 << 31;

/// Counts forms, one field after the other.
///
/// The next form tells nothing that a processor could guess, so there is no branch for one that is new or none.
#[derive(Debug, Default)]
pub struct Tally {
    /// By form; all 0 between fields.
    counts: Vec<u32>,
    /// The forms that have a count, in the order in which they first came. The rest is room.
    seen: Vec<u32>,
    different: usize,
}

impl Tally {
    /// Counts `form` once more.
    #[inline]
    pub fn add(&mut self, form: u32) {
        let at = form as usize;
        if at >= self.counts.len() || self.different >= self.seen.len() {
            self.grow(at);
        }
        let count = &mut self.counts[at];
        self.seen[self.different] = form;
        self.different += usize::from(*count == 0);
        *count += 1;
    }

    #[cold]
    fn grow(&mut self, form: usize) {
        let forms = (form + 1).next_power_of_two().max(self.counts.len());
        self.counts.resize(forms, 0);
        self.seen.resize(((self.different + 1) * 2).max(self.seen.len()), 0);
    }

    /// The forms of the field, in the order in which they first came.
    pub fn forms(&self) -> &[u32] {
        &self.seen[..self.different]
    }

    /// Appends the tokens of the field that ends, with counts, to `stream`: one for each of its forms, so a token may
    /// come again. `tokens` has that of each form. Says how many were appended and how often they stand there in all,
    /// and begins the next field.
    pub fn close(&mut self, tokens: &[u32], stream: &mut Vec<u32>) -> (usize, usize) {
        let Self { counts, seen, different } = self;
        let start = stream.len();
        stream.resize(start + 2 * *different, 0);
        let (mut end, mut appended, mut all) = (start, 0, 0);
        for form in &seen[..*different] {
            let count = std::mem::take(&mut counts[*form as usize]);
            let token = tokens[*form as usize];
            if token == NOTHING {
                continue;
            }
            let many = u32::from(count > 1);
            stream[end] = token | (COUNTED * many);
            stream[end + 1] = count;
            end += 1 + many as usize;
            appended += 1;
            all += count as usize;
        }
        stream.truncate(end);
        *different = 0;
        (appended, all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_field_is_counted_for_itself_without_what_stands_for_nothing() {
        let mut tally = Tally::default();
        // 5 and 6 are forms of one token, 8 stands for nothing.
        let mut tokens: Vec<u32> = (0..1000).collect();
        (tokens[6], tokens[8]) = (5, NOTHING);
        let fields: [&[u32]; 6] =
            [&[], &[NOTHING], &[7], &[5, NOTHING, 900, 6, 5, 8, NOTHING], &[900, 900, 1], &[6]];
        for forms in fields.iter().cycle().take(50) {
            forms.iter().for_each(|form| tally.add(*form));
            assert_eq!(
                tally.forms().iter().collect::<std::collections::BTreeSet<_>>(),
                forms.iter().collect()
            );
            let mut expected = BTreeMap::new();
            for form in forms.iter().filter(|form| tokens[**form as usize] != NOTHING) {
                *expected.entry(*form).or_insert(0_u32) += 1;
            }
            let all = expected.values().sum::<u32>() as usize;
            let mut stream = vec![42];
            let told = tally.close(&tokens, &mut stream);
            assert_eq!(told, (expected.len(), all));
            let expected = expected.into_iter().map(|(form, count)| (tokens[form as usize], count));
            let mut expected: Vec<_> = expected.collect();
            let mut found = Vec::new();
            let mut rest = stream[1..].iter();
            while let Some(token) = rest.next() {
                let many = token & COUNTED != 0;
                found.push((token & !COUNTED, if many { *rest.next().unwrap() } else { 1 }));
            }
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!((stream[0], found), (42, expected));
        }
    }
}
