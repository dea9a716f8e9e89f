//! Sets of characters, as one position of a pattern may match them, and the parsing of class notation (`[a-z&&[^q]]`, `\w`).
//! Knows nothing of patterns or grammars.

use regex_syntax::hir::{Class, HirKind};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A set of characters: a bit per ASCII character, sorted ranges for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CharSet {
    ascii: u128,
    /// The same in halves, which are quicker to look at.
    table: [u64; 2],
    rest: Box<[(char, char)]>,
}

impl CharSet {
    /// Reads the notation of one class. `None` where the text is not exactly one character wide. Grammars use the same few
    /// classes thousands of times, and the large ones of Unicode take long to read: each is read once.
    pub(super) fn parse(notation: &str, fold_case: bool) -> Option<Arc<Self>> {
        type Cache = RwLock<HashMap<String, Option<Arc<CharSet>>>>;
        static KNOWN: OnceLock<[Cache; 2]> = OnceLock::new();
        let known = &KNOWN.get_or_init(Default::default)[usize::from(fold_case)];
        if let Some(set) = known.read().unwrap_or_else(PoisonError::into_inner).get(notation) {
            return set.clone();
        }
        let set = Self::read(notation, fold_case).map(Arc::new);
        known.write().unwrap_or_else(PoisonError::into_inner).insert(notation.to_owned(), set.clone());
        set
    }

    fn read(notation: &str, fold_case: bool) -> Option<Self> {
        let hir =
            regex_syntax::ParserBuilder::new().case_insensitive(fold_case).build().parse(notation).ok()?;
        match hir.kind() {
            HirKind::Class(Class::Unicode(class)) => {
                Some(Self::of_ranges(class.iter().map(|r| (r.start(), r.end()))))
            }
            HirKind::Class(Class::Bytes(class)) => {
                Some(Self::of_ranges(class.iter().map(|r| (char::from(r.start()), char::from(r.end())))))
            }
            HirKind::Literal(literal) => {
                let mut chars = std::str::from_utf8(&literal.0).ok()?.chars();
                let only = chars.next()?;
                chars.next().is_none().then(|| Self::of_ranges([(only, only)]))
            }
            _ => None,
        }
    }

    /// One character, with its other cases.
    pub(super) fn folded(c: char) -> Option<Arc<Self>> {
        static ASCII: [OnceLock<Option<Arc<CharSet>>>; 128] = [const { OnceLock::new() }; 128];
        let known = ASCII.get(c as usize);
        known.map_or_else(|| Self::read_folded(c), |known| known.get_or_init(|| Self::read_folded(c)).clone())
    }

    fn read_folded(c: char) -> Option<Arc<Self>> {
        let mut buffer = [0; 4];
        Self::parse(&regex_syntax::escape(c.encode_utf8(&mut buffer)), true)
    }

    /// Exactly this character.
    pub(super) fn one(c: char) -> Self {
        Self::of_ranges([(c, c)])
    }

    /// Every character, with or without the newline.
    pub(super) fn any(newline: bool) -> Self {
        let ascii = if newline { u128::MAX } else { !(1 << b'\n') };
        Self { ascii, table: halves(ascii), rest: Box::new([('\u{80}', char::MAX)]) }
    }

    fn of_ranges(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut ascii = 0u128;
        let mut rest = Vec::new();
        for (low, high) in ranges {
            let mut code = u32::from(low);
            while code < 128 && code <= u32::from(high) {
                ascii |= 1 << code;
                code += 1;
            }
            if u32::from(high) >= 128 {
                rest.push((low.max('\u{80}'), high));
            }
        }
        Self { ascii, table: halves(ascii), rest: rest.into() }
    }

    /// Whether this byte below 128 is in the set.
    #[inline]
    fn has_ascii(&self, byte: u8) -> bool {
        self.table[usize::from(byte >> 6 & 1)] >> (byte & 63) & 1 == 1
    }

    /// The end of the ASCII characters of the set that stand in `text` from `at` on, at most up to `end`.
    #[inline]
    pub(super) fn ascii_run(&self, text: &[u8], at: usize, end: usize) -> usize {
        let run = text.get(at..end.min(text.len())).unwrap_or_default();
        at + run.iter().take_while(|byte| **byte < 128 && self.has_ascii(**byte)).count()
    }

    /// The length in bytes of the character at `at` when it is in the set.
    #[inline]
    pub(super) fn width_at(&self, text: &str, at: usize) -> Option<usize> {
        let first = *text.as_bytes().get(at)?;
        if first < 128 {
            return self.has_ascii(first).then_some(1);
        }
        if self.rest.is_empty() {
            return None;
        }
        let c = text.get(at..)?.chars().next()?;
        self.has_wide(c).then(|| c.len_utf8())
    }

    fn has_wide(&self, c: char) -> bool {
        let at = self.rest.partition_point(|(_, high)| *high < c);
        self.rest.get(at).is_some_and(|(low, _)| *low <= c)
    }

    /// The bits of the ASCII characters, and whether there are others.
    pub(super) fn starts(&self) -> (u128, bool) {
        (self.ascii, !self.rest.is_empty())
    }
}
fn halves(bits: u128) -> [u64; 2] {
    [0, 64].map(|shift| u64::try_from(bits >> shift & u128::from(u64::MAX)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_with_intersection_and_negation_holds_what_it_says() {
        let set = CharSet::read("[a-z&&[^q]é]", false).unwrap_or_else(|| CharSet::any(true));
        let widths: Vec<_> = ["a", "q", "A", "\n"].iter().map(|t| set.width_at(t, 0)).collect();
        assert_eq!(widths, [Some(1), None, None, None]);
    }

    #[test]
    fn a_run_of_ascii_ends_where_the_set_the_text_or_the_limit_does() {
        let set = CharSet::read(r"[\w@]", false).unwrap_or_else(|| CharSet::any(true));
        let text = "a@Z_9é -".as_bytes();
        let ends = [(0, usize::MAX), (0, 3), (2, 4), (5, 9), (8, 9), (20, 30)]
            .map(|(at, end)| set.ascii_run(text, at, end));
        assert_eq!(ends, [5, 3, 4, 5, 8, 20]);
        let matched = (0..=u8::MAX).filter(|byte| set.ascii_run(&[*byte], 0, 1) == 1).count();
        assert_eq!(matched, 64, "as many as there are ASCII characters in the set");
    }

    #[test]
    fn wide_characters_are_found_in_their_ranges() {
        let set = CharSet::parse(r"\w", false);
        let width = |t: &str| set.as_ref().and_then(|s| s.width_at(t, 0));
        assert_eq!((width("é"), width("字"), width("→"), width("")), (Some(2), Some(3), None, None));
    }

    #[test]
    fn folding_finds_both_cases() {
        let set = CharSet::folded('k');
        assert!(set.is_some_and(|s| s.width_at("K", 0).is_some() && s.width_at("k", 0).is_some()));
    }
}
