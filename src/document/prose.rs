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

/// Eight bytes that are all `byte`.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many words there are after eight more bytes of ASCII, and whether one is open.
///
/// Between two spaces there is a word where there is a letter: a carry that starts at a letter and runs through to the
/// next space tells it.
fn with_eight((words, in_word): (usize, bool), bytes: u64) -> (usize, bool) {
    // No byte has its highest bit, so a sum that sets it tells which bytes are at least so large.
    let from = |bytes: u64, least: u8| bytes + eight(0x80 - least);
    let within = |bytes: u64, first: u8, last: u8| from(bytes, first) & !from(bytes, last + 1);
    let is = |byte: u8| !((bytes ^ eight(byte)) + eight(0x7f));
    let lower = bytes | eight(0x20);
    let letters = (within(lower, b'a', b'z') | within(bytes, b'0', b'9')) & eight(0x80);
    let spaces = (is(b' ') | within(bytes, b'\t', b'\r')) & eight(0x80);
    let others = !spaces & eight(0x80);
    // All bits of bytes that are no space: what is added to one of them goes on to the next space.
    let runs = others | (others - (others >> 7));
    let (sum, first) = runs.overflowing_add(letters >> 7);
    let (sum, second) = sum.overflowing_add(u64::from(in_word));
    // One for each byte of it: the highest byte of this product is the sum of all.
    let ended = (sum & (spaces >> 7)).wrapping_mul(eight(1)) >> 56;
    let open = first | second;
    (words + ended as usize + usize::from(open) - usize::from(in_word), open)
}

impl Prose {
    /// Takes text of a paragraph, heading, cell and so on; code is not prose.
    pub fn text(&mut self, text: &str) {
        if !self.ascii(text) {
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

    /// The rules of [`Prose::unicode`] for most of the text that there is: every byte comes by here, eight at a time.
    /// False, and nothing is counted, where there is another sign.
    fn ascii(&mut self, text: &str) -> bool {
        let (chunks, rest) = text.as_bytes().as_chunks::<8>();
        let mut so_far = (self.words, self.in_word);
        for chunk in chunks {
            let bytes = u64::from_le_bytes(*chunk);
            if bytes & eight(0x80) != 0 {
                return false;
            }
            so_far = with_eight(so_far, bytes);
        }
        if !rest.is_ascii() {
            return false;
        }
        // A hyphen neither begins nor ends a word.
        let mut last = [b'-'; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        (self.words, self.in_word) = with_eight(so_far, u64::from_le_bytes(last));
        true
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
        assert_eq!(count("sixteen letters, then more: é and two"), 7);
    }

    proptest::proptest! {
        #[test]
        fn counts_ascii_as_any_other_text(pieces in proptest::collection::vec("[a-z1 '\\t-\\r.\\x00-\\x7f-]{0,30}", 0..4)) {
            let (mut quick, mut slow) = (Prose::default(), Prose::default());
            for piece in &pieces {
                proptest::prop_assert!(quick.ascii(piece));
                slow.unicode(piece);
            }
            proptest::prop_assert_eq!((quick.words, quick.in_word), (slow.words, slow.in_word));
        }
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
