//! One run of characters cut into the words that it gives.

use super::MAX_WORD;
use super::chars::{is_apostrophe, is_joint, is_letter, is_mark, is_unspaced};

/// What stands after an apostrophe and is no word: `it's`, `won't`, `we'll`.
const ENDINGS: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

/// Names with digits before letters are cut into parts if they have no more characters.
const LONGEST_WITH_DIGITS: usize = 32;

/// Takes words one after the other; keeps the room for the one in the making.
pub struct Giver<F: FnMut(&str)> {
    word: String,
    give: F,
}

impl<F: FnMut(&str)> Giver<F> {
    pub fn new(give: F) -> Self {
        Self { word: String::with_capacity(MAX_WORD), give }
    }

    /// Gives the words of one run of normalised text.
    pub fn run(&mut self, run: &str) {
        if is_simple(run) {
            return self.word(run);
        }
        if run.is_ascii() && !run.as_bytes().contains(&b'\'') {
            return self.plain(run);
        }
        for (at, segment) in run.split(is_apostrophe).enumerate() {
            let ending = at > 0 && ENDINGS.iter().any(|e| segment.eq_ignore_ascii_case(e));
            if !ending {
                self.segment(segment);
            }
        }
    }

    /// Parts what is written without spaces from what is not.
    fn segment(&mut self, segment: &str) {
        if segment.is_ascii() || !segment.contains(is_unspaced) {
            return self.plain(segment);
        }
        let (mut start, mut unspaced, mut before) = (0, false, '-');
        for (at, c) in segment.char_indices() {
            let alone = !is_mark(c) || is_joint(before);
            let now = if alone { is_unspaced(c) } else { unspaced };
            if now != unspaced {
                self.stretch(&segment[start..at], unspaced);
                start = at;
            }
            (unspaced, before) = (now, c);
        }
        self.stretch(&segment[start..], unspaced);
    }

    fn stretch(&mut self, text: &str, unspaced: bool) {
        if unspaced {
            return self.pairs(text);
        }
        let text = text.trim_matches(is_joint);
        if !text.is_empty() {
            self.plain(text);
        }
    }

    /// Each two neighbouring characters, marks included; the character itself if there is only one.
    fn pairs(&mut self, text: &str) {
        let mut starts = text.char_indices().filter(|(at, c)| *at == 0 || !is_mark(*c)).map(|(at, _)| at);
        let (mut first, mut second) = (starts.next().unwrap_or(0), starts.next());
        while let Some(middle) = second {
            second = starts.next();
            self.word(&text[first..second.unwrap_or(text.len())]);
            first = middle;
            if second.is_none() {
                return;
            }
        }
        self.word(text);
    }

    /// A segment whole, then its pieces, each followed by its parts.
    fn plain(&mut self, segment: &str) {
        self.word(segment);
        let (mut rest, mut many) = (segment, false);
        loop {
            let (piece, after) = first_piece(rest);
            many |= after.is_some();
            if many && !is_one_letter(piece) {
                self.word(piece);
            }
            self.parts(piece);
            let Some(after) = after else { return };
            rest = after;
        }
    }

    /// The parts of `maxFeePerGas`, if there is more than one.
    fn parts(&mut self, piece: &str) {
        if !may_have_parts(piece) {
            return;
        }
        let (mut start, mut before) = (0, None);
        for (at, c) in piece.char_indices() {
            if before.is_some_and(|before| begins_part(before, c, &piece[at + c.len_utf8()..])) {
                self.part(&piece[..at], start);
                start = at;
            }
            before = Some(c);
        }
        if start > 0 {
            self.part(piece, start);
        }
    }

    /// The part of `piece` from `start` on; then its letters and its digits, where digits end it.
    fn part(&mut self, piece: &str, start: usize) {
        let part = &piece[start..];
        let letters = part.trim_end_matches(is_digit);
        let digits = &part[letters.len()..];
        let parted = !letters.is_empty() && !digits.is_empty() && letters.chars().all(is_letter);
        // `iPhone15`: one letter belongs to what follows.
        if parted && is_one_letter(&piece[..start]) {
            self.word(&piece[..start + letters.len()]);
        }
        self.unless_one_letter(part);
        if parted {
            self.unless_one_letter(letters);
            if digits.chars().nth(1).is_some() {
                self.word(digits);
            }
        }
    }

    fn unless_one_letter(&mut self, part: &str) {
        if !is_one_letter(part) {
            self.word(part);
        }
    }

    /// Gives `text` in lower case, unless it is too long.
    fn word(&mut self, text: &str) {
        if text.len() > MAX_WORD * 4 {
            return;
        }
        self.word.clear();
        let length = if text.is_ascii() {
            self.word.push_str(text);
            self.word.make_ascii_lowercase();
            text.len()
        } else {
            self.word.push_str(&text.replace('\u{2010}', "-").to_lowercase());
            self.word.chars().count()
        };
        if length <= MAX_WORD {
            (self.give)(&self.word);
        }
    }
}

/// The text before the first joint, and that after it if there is one.
fn first_piece(text: &str) -> (&str, Option<&str>) {
    // The only joint that isn't ASCII begins with a byte that other letters begin with as well.
    let mut from = 0;
    let is_joint_byte = |byte: &u8| matches!(byte, b'-' | b'_' | b'.' | 0xe2);
    while let Some(found) = text.as_bytes()[from..].iter().position(is_joint_byte) {
        let at = from + found;
        match text[at..].chars().next() {
            Some(c) if is_joint(c) => return (&text[..at], Some(&text[at + c.len_utf8()..])),
            c => from = at + c.map_or(1, char::len_utf8),
        }
    }
    (text, None)
}

/// Whether a piece begins with a letter and has a capital that could begin a part. Long ones with digits before
/// letters are keys and the like.
fn may_have_parts(piece: &str) -> bool {
    let mut chars = piece.chars();
    let first = chars.next().is_some_and(is_letter);
    if !first || !chars.any(char::is_uppercase) {
        return false;
    }
    let end = piece.find(is_digit).unwrap_or(piece.len());
    !piece[end..].contains(is_letter) || piece.chars().nth(LONGEST_WITH_DIGITS).is_none()
}

/// Whether a part begins at `c`, with `after` behind it: at a capital behind a lowercase letter or a digit, and at the
/// last of several capitals where two letters follow, the first of them lowercase. `EIPs` stays whole.
fn begins_part(before: char, c: char, after: &str) -> bool {
    let begins_word = || {
        let mut after = after.chars();
        after.next().is_some_and(char::is_lowercase) && after.next().is_some_and(is_letter)
    };
    c.is_uppercase()
        && (before.is_lowercase() || is_digit(before) || (before.is_uppercase() && begins_word()))
}

/// Whether `c` is in a run and no letter.
fn is_digit(c: char) -> bool {
    !is_letter(c)
}

/// Whether a run or word is a single word and nothing more, seen at a glance: most are. Others may be as well.
pub fn is_simple(run: &str) -> bool {
    let [first, rest @ ..] = run.as_bytes() else { return false };
    first.is_ascii_alphanumeric()
        && rest.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_one_letter(piece: &str) -> bool {
    piece.len() == 1 && piece.as_bytes()[0].is_ascii_alphabetic()
}
