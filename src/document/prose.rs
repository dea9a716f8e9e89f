//! How many words a document has, and its first paragraph as plain text.

use pulldown_cmark::Tag;

/// About how many characters of the first paragraph are kept.
const EXCERPT: usize = 300;

/// Counts and collects as text goes by.
#[derive(Debug, Default)]
pub struct Prose {
    words: usize,
    in_word: bool,
    excerpt: String,
    beginning: Beginning,
    in_status: bool,
}

/// Where the first paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Beginning {
    #[default]
    ToCome,
    BeingRead,
    Found,
}

/// What the lines above the first section of a record say: `Date: 2025-03-11`.
const FACTS: [&str; 13] = [
    "approvers",
    "author",
    "authors",
    "consulted",
    "created",
    "date",
    "decider",
    "deciders",
    "informed",
    "owner",
    "status",
    "tags",
    "technical story",
];

/// This bit says that a byte of ASCII is a letter or a digit, the next one that it does not end a word.
const LETTER: usize = 1;

/// What each byte of ASCII is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let (letter, stays) = (byte.is_ascii_alphanumeric(), !byte.is_ascii_whitespace());
        classes[byte as usize] = letter as u8 | (stays as u8) << 1;
        byte += 1;
    }
    classes
};

impl Prose {
    /// Takes text of a paragraph, heading, cell and so on; code is not prose.
    pub fn text(&mut self, text: &str) {
        if text.is_ascii() {
            self.ascii(text);
        } else {
            self.unicode(text);
        }
        self.verbatim(text);
    }

    /// Takes what belongs to a sentence without being words, such as code in it.
    pub fn verbatim(&mut self, text: &str) {
        if self.beginning == Beginning::BeingRead && self.excerpt.len() < 8 * EXCERPT {
            self.excerpt.push_str(text);
        }
    }

    /// The rules of [`Prose::unicode`] for most of the text that there is, without a branch: every byte comes by here.
    fn ascii(&mut self, text: &str) {
        let (mut words, mut in_word) = (0, usize::from(self.in_word));
        for byte in text.bytes() {
            let class = usize::from(CLASSES[usize::from(byte)]);
            let letter = class & LETTER;
            words += letter & !in_word;
            in_word = letter | (in_word & (class >> 1));
        }
        self.words += words;
        self.in_word = in_word == 1;
    }

    fn unicode(&mut self, text: &str) {
        for c in text.chars() {
            let ideograph = is_ideograph(c);
            let letter = c.is_alphanumeric();
            // Scripts without spaces: each sign counts, as readers of them expect.
            self.words += usize::from(ideograph || (letter && !self.in_word));
            // An apostrophe or a hyphen does not end a word.
            self.in_word = !ideograph && (letter || (self.in_word && !c.is_whitespace()));
        }
    }

    /// An element starts: a block ends the word before it.
    pub fn boundary(&mut self, tag: &Tag<'_>) {
        let inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. });
        self.in_word &= inline;
    }

    /// A paragraph outside of lists and quotes starts.
    pub fn start_paragraph(&mut self) {
        if self.beginning == Beginning::ToCome && !self.in_status {
            self.beginning = Beginning::BeingRead;
        }
    }

    /// A paragraph ends. One that only says facts of the record is no beginning.
    pub fn end_paragraph(&mut self) {
        if self.beginning != Beginning::BeingRead {
            return;
        }
        if is_fact(&self.excerpt) {
            self.excerpt.clear();
        }
        self.beginning = if self.excerpt.trim().is_empty() { Beginning::ToCome } else { Beginning::Found };
    }

    /// A section with this heading starts: what stands below `Status` is no beginning either.
    pub fn section(&mut self, heading: &str) {
        self.in_status = heading.trim().eq_ignore_ascii_case("status");
    }

    /// The count and the first paragraph, cut at a word.
    pub fn finish(self) -> (usize, String) {
        (self.words, cut(&self.excerpt))
    }
}

fn is_fact(paragraph: &str) -> bool {
    let key = paragraph.split_once(':').map(|(key, _)| key.trim().to_ascii_lowercase());
    key.is_some_and(|key| FACTS.contains(&key.as_str()))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// White space made single; at most [`EXCERPT`] characters and an ellipsis where more follows.
fn cut(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count() + usize::from(length > 0);
        if length + more > EXCERPT {
            if length == 0 {
                out.extend(word.chars().take(EXCERPT));
            }
            out.push('…');
            return out;
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += more;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        let mut prose = Prose::default();
        prose.text(text);
        prose.finish().0
    }

    #[test]
    fn counts_words_of_any_script() {
        assert_eq!(count("It doesn't re-read 12 files - at all."), 7);
        assert_eq!(count("你好 world"), 3);
        assert_eq!(count(" … — "), 0);
    }

    #[test]
    fn cuts_at_a_word() {
        let long = "wörter ".repeat(100);
        let short = cut(&long);
        assert!(short.ends_with("wörter…") && short.chars().count() <= EXCERPT + 1);
        assert_eq!(cut("a\n  b"), "a b");
        assert_eq!(cut(&"x".repeat(1000)).chars().count(), EXCERPT + 1);
    }
}
