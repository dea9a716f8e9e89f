//! Sets of characters, as one position of a pattern may match them, and the parsing of class notation (`[a-z&&[^q]]`, `\w`).
//! Knows nothing of patterns or grammars.

use regex_syntax::hir::{Class, HirKind};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A set of characters: a bit per ASCII character, sorted ranges for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CharSet {
    ascii: u128,
    rest: Box<[(char, char)]>,
}

impl CharSet {
    /// Reads the notation of one class. `None` where the text is not exactly one character wide. Grammars use the same few
    /// classes thousands of times, and the large ones of Unicode take long to read: each is read once.
    pub(super) fn parse(notation: &str, fold_case: bool) -> Option<Arc<Self>> {
        type Known = RwLock<HashMap<String, Option<Arc<CharSet>>>>;
        static KNOWN: OnceLock<[Known; 2]> = OnceLock::new();
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
        Self { ascii, rest: Box::new([('\u{80}', char::MAX)]) }
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
        Self { ascii, rest: rest.into() }
    }

    /// The length in bytes of the character at `at` when it is in the set.
    #[inline]
    pub(super) fn width_at(&self, text: &str, at: usize) -> Option<usize> {
        let first = *text.as_bytes().get(at)?;
        if first < 128 {
            return (self.ascii >> first & 1 == 1).then_some(1);
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
