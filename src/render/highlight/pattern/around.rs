//! What stands before and after a place of a line, as far as patterns are sifted by it. Knows no pattern.

use super::charset::CharSet;
use super::is_word_byte;

/// The control characters that code hardly has.
const CONTROL: u128 = ((1 << 32) - 1) & !(1 << b'\t') & !(1 << b'\n') | 1 << 127;

/// What stands before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Before {
    Nothing,
    /// An ASCII character of a word.
    Word,
    /// Any other ASCII character.
    Other,
    /// A character of several bytes.
    Wide,
}

impl Before {
    /// How many different ones there are.
    pub(super) const COUNT: usize = 4;

    #[inline]
    pub(super) fn of(line: &[u8], at: usize) -> Self {
        at.checked_sub(1)
            .and_then(|before| line.get(before))
            .map_or(Self::Nothing, |byte| KINDS[usize::from(*byte)])
    }
}

/// What each byte is to the place after it.
static KINDS: [Before; 256] = {
    let mut kinds = [Before::Wide; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        kinds[byte as usize] = if is_word_byte(byte) { Before::Word } else { Before::Other };
        byte += 1;
    }
    kinds
};

/// What comes next: a printable ASCII character, a tab, a newline, or one of the two below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Next(u8);

impl Next {
    /// Anything else: characters of several bytes, control characters. Nothing beyond them is looked at.
    pub(super) const WIDE: Self = Self(0);
    /// The end of the line.
    pub(super) const END: Self = Self(1);
    /// How many different ones there are.
    pub(super) const COUNT: usize = 128;

    #[inline]
    pub(super) fn of(line: &[u8], at: usize) -> Self {
        line.get(at).map_or(Self::END, |byte| Self(NUMBERS[usize::from(*byte)]))
    }

    /// A number below `COUNT`.
    #[inline]
    pub(super) fn index(self) -> usize {
        usize::from(self.0) % Self::COUNT
    }

    pub(super) fn ascii(self) -> Option<u8> {
        (self != Self::WIDE && self != Self::END).then_some(self.0)
    }

    /// Bytes with which `WIDE` may begin.
    pub(super) fn wide_bytes() -> impl Iterator<Item = u8> {
        (0..=u8::MAX).filter(|byte| NUMBERS[usize::from(*byte)] == Self::WIDE.0)
    }

    pub(super) fn is_in(self, set: &CharSet) -> bool {
        let (ascii, others) = set.starts();
        match self.ascii() {
            Some(byte) => ascii >> byte & 1 == 1,
            None => self == Self::WIDE && (others || ascii & CONTROL != 0),
        }
    }

    pub(super) fn is_word(self) -> bool {
        self.ascii().is_some_and(is_word_byte)
    }
}

/// The number of each byte.
static NUMBERS: [u8; 256] = {
    let mut numbers = [Next::WIDE.0; 256];
    let mut byte = 0_u8;
    while byte < 127 {
        if byte >= b' ' || byte == b'\t' || byte == b'\n' {
            numbers[byte as usize] = byte;
        }
        byte += 1;
    }
    numbers
};
