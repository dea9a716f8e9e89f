//! GitHub's heading ids: the slug of a text, and how repeats are told apart.
//!
//! The rule is github-slugger's, which its authors keep equal to GitHub by comparing with it: lower case; kept are
//! letters, marks, decimal and letter numbers, connector punctuation, `-` and space of every script (and whatever
//! else Unicode calls alphabetic); spaces become `-`; nothing is trimmed or collapsed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// What each byte of ASCII becomes; 0 for those that are dropped.
const KEPT: [u8; 128] = {
    let mut kept = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        kept[byte as usize] = match byte {
            b' ' => b'-',
            b'-' | b'_' => byte,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => 0,
        };
        byte += 1;
    }
    kept
};

/// The slug of `text`, not yet unique; may be empty.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        let kept = text.bytes().map(|b| KEPT[usize::from(b)]).filter(|b| *b != 0);
        let mut out = Vec::with_capacity(text.len());
        kept.for_each(|b| out.push(b));
        return String::from_utf8(out).unwrap_or_default();
    }
    let mut out = String::with_capacity(text.len());
    // Lower case is made of the whole, as a final sigma depends on its neighbours.
    for c in text.to_lowercase().chars() {
        match c {
            ' ' => out.push('-'),
            c if is_kept(c) => out.push(c),
            _ => {}
        }
    }
    out
}

fn is_kept(c: char) -> bool {
    use GeneralCategory::{
        ConnectorPunctuation, DecimalNumber, EnclosingMark, LetterNumber, NonspacingMark, SpacingMark,
    };
    c == '-'
        || c.is_alphabetic()
        || matches!(
            c.general_category(),
            ConnectorPunctuation
                | DecimalNumber
                | EnclosingMark
                | LetterNumber
                | NonspacingMark
                | SpacingMark
        )
}

/// Numbers repeats as GitHub does: `echo`, `echo-1`, `echo-2`, skipping what is taken.
#[derive(Debug, Default)]
pub struct Slugger {
    /// How often each id was asked for after its first use.
    used: BTreeMap<String, usize>,
}

impl Slugger {
    /// Takes `id` out of circulation for [`Slugger::unique`].
    pub fn reserve(&mut self, id: &str) {
        self.used.entry(id.to_owned()).or_insert(0);
    }

    /// Whether `id` is given away already.
    pub fn is_taken(&self, id: &str) -> bool {
        self.used.contains_key(id)
    }

    /// `base`, or `base-1`, `base-2` ... where it is taken.
    pub fn unique(&mut self, base: &str) -> String {
        let mut count = match self.used.entry(base.to_owned()) {
            Entry::Occupied(used) => *used.get(),
            Entry::Vacant(free) => {
                free.insert(0);
                return base.to_owned();
            }
        };
        let id = loop {
            count += 1;
            let id = format!("{base}-{count}");
            if !self.used.contains_key(&id) {
                break id;
            }
        };
        self.used.insert(base.to_owned(), count);
        self.used.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_what_github_makes_of_a_heading() {
        for (text, expected) in [
            ("alpha", "alpha"),
            ("bravoCharlieDelta", "bravocharliedelta"),
            ("__proto__", "__proto__"),
            ("heading with a - dash", "heading-with-a---dash"),
            ("heading with an _ underscore", "heading-with-an-_-underscore"),
            ("heading with a period.txt", "heading-with-a-periodtxt"),
            ("f.bind_x(exchange, routing [, callback])", "fbind_xexchange-routing--callback"),
            (" a ", "-a-"),
            ("a -- b", "a----b"),
            ("C++ & C#", "c--c"),
            ("What's new?", "whats-new"),
            ("apostrophe’s should go", "apostrophes-should-go"),
            ("1.2.3 (2026-11-20)", "123-2026-11-20"),
            ("I ♥ unicode", "i--unicode"),
            ("en–dash", "endash"),
            ("😄 unicode emoji", "-unicode-emoji"),
            ("😄-😄 x", "--x"),
            (":smile: - a gemoji", "smile---a-gemoji"),
            ("Привет non-latin 你好", "привет-non-latin-你好"),
            ("Überblick und Größe", "überblick-und-größe"),
            ("ΟΔΟΣ", "οδος"),
            ("日本語の見出し、句読点。", "日本語の見出し句読点"),
            ("हिन्दी", "हिन्दी"),
            ("cafe\u{301}", "cafe\u{301}"),
            ("❤\u{fe0f} love", "\u{fe0f}-love"),
            ("½ and ² and Ⅷ", "-and--and-ⅷ"),
            ("a_ ‿ ⁀b", "a_-‿-⁀b"),
            ("zero\u{200d}width", "zerowidth"),
            ("no\u{a0}break", "nobreak"),
            ("two\nlines", "twolines"),
            ("`code` <b>", "code-b"),
            ("100 % $5", "100--5"),
            ("ⓐ circled", "ⓐ-circled"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_repeats_as_github_does() {
        let mut slugger = Slugger::default();
        let mut id = |text: &str| slugger.unique(&slug(text));
        for (text, expected) in [
            ("echo", "echo"),
            ("echo", "echo-1"),
            ("echo 1", "echo-1-1"),
            ("echo-1", "echo-1-2"),
            ("echo", "echo-2"),
            ("foxtrot-1", "foxtrot-1"),
            ("foxtrot", "foxtrot"),
            ("foxtrot", "foxtrot-2"),
            ("-a", "-a"),
            ("a-", "a-"),
            ("-a-", "-a-"),
            ("golf", "golf"),
            ("golf", "golf-1"),
            ("golf", "golf-2"),
        ] {
            assert_eq!(id(text), expected);
        }
    }
}
