//! What a character is to the cutting of words.

use unicode_normalization::char::is_combining_mark;

/// What a character is in a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Ends every word.
    Break,
    /// May stand, one at a time, between two characters of words.
    Connector,
    /// A letter or digit.
    Word,
    /// A mark on the character before it.
    Mark,
}

/// The class of `c` in text that is normalised (NFKC).
pub fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Word,
        '-' | '_' | '.' | '\'' | '\u{2010}' | '\u{2019}' => Class::Connector,
        _ if c.is_ascii() => Class::Break,
        _ if is_mark(c) => Class::Mark,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Break,
    }
}

/// Whether `c` is of general category M: nonspacing, spacing or enclosing.
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// Whether `c` only says where a word may be broken or how its letters join: soft hyphens, and what has no width.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether `c` is a mark that people leave out and still mean the same word: accents, points and vowels above and below
/// the letters of Semitic scripts, nuktas. What is a vowel of its own, as in Indic scripts, is none of them.
pub fn is_accent(c: char) -> bool {
    let accent = matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{711}' | '\u{730}'..='\u{74a}'
        | '\u{8ca}'..='\u{8ff}' | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}' | '\u{b3c}' | '\u{cbc}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
    accent && is_mark(c)
}

/// Whether `c` is a letter, or a mark that goes with one.
pub fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_mark(c)
}

/// Whether `c` cuts a run into segments.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Whether `c` stands between pieces of a segment.
pub fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\u{2010}')
}

/// Whether `c` belongs to a script that is written without spaces, of which pairs of characters are indexed.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{3040}'..='\u{318f}' | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}'
        | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

    #[test]
    fn marks_are_those_of_the_general_category() {
        let strange = ('\0'..=char::MAX)
            .filter(|c| is_mark(*c) != (c.general_category_group() == GeneralCategoryGroup::Mark))
            .collect::<Vec<_>>();
        assert_eq!(strange, Vec::<char>::new());
    }
}
