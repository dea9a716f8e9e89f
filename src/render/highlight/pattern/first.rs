//! With which byte can a match of a pattern begin? The answer lets the tokenizer skip nearly all patterns at nearly all positions.
//! An answer may be too wide, never too narrow.

use super::charset::CharSet;
use fancy_regex::{Assertion, Expr, LookAround};

/// A bit per byte value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes([u64; 4]);

impl Bytes {
    const NONE: Self = Self([0; 4]);
    const ALL: Self = Self([u64::MAX; 4]);

    fn of(byte: u8) -> Self {
        let mut bits = [0; 4];
        bits[usize::from(byte >> 6)] = 1 << (byte & 63);
        Self(bits)
    }

    fn of_set(set: &CharSet) -> Self {
        let (ascii, others) = set.starts();
        let low = u64::try_from(ascii & u128::from(u64::MAX)).unwrap_or(u64::MAX);
        let high = u64::try_from(ascii >> 64).unwrap_or(u64::MAX);
        // All bytes that begin a character of more than one byte.
        let wide = if others { u64::MAX } else { 0 };
        Self([low, high, 0, wide])
    }

    fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// The bytes in it, in order.
    fn each(self) -> impl Iterator<Item = u8> {
        (0_u8..4).flat_map(move |part| {
            let mut bits = self.0[usize::from(part)];
            std::iter::from_fn(move || {
                let low = u8::try_from(bits.trailing_zeros()).ok().filter(|low| *low < 64)?;
                bits &= bits - 1;
                Some(part * 64 + low)
            })
        })
    }

    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

/// What may follow the place where an expression begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct First {
    /// Bytes with which it may consume.
    consume: Bytes,
    /// Bytes before which it may match nothing at all.
    pass: Bytes,
    /// Whether it may match nothing at the end of the text.
    pass_end: bool,
}

impl First {
    const FREE: Self = Self { consume: Bytes::NONE, pass: Bytes::ALL, pass_end: true };

    fn consuming(consume: Bytes) -> Self {
        Self { consume, pass: Bytes::NONE, pass_end: false }
    }

    fn before(pass: Bytes, pass_end: bool) -> Self {
        Self { consume: Bytes::NONE, pass, pass_end }
    }

    fn then(self, next: Self) -> Self {
        Self {
            consume: self.consume.or(self.pass.and(next.consume)),
            pass: self.pass.and(next.pass),
            pass_end: self.pass_end && next.pass_end,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            consume: self.consume.or(other.consume),
            pass: self.pass.or(other.pass),
            pass_end: self.pass_end || other.pass_end,
        }
    }

    /// Whether a match may begin before this byte; `None` is the end of the text.
    pub(super) fn admits(&self, byte: Option<u8>) -> bool {
        byte.map_or(self.pass_end, |b| self.consume.has(b) || self.pass.has(b))
    }

    /// All that it admits, `None` for the end of the text.
    pub(super) fn admitted(&self) -> impl Iterator<Item = Option<u8>> {
        let all = self.consume.or(self.pass);
        all.each().map(Some).chain(self.pass_end.then_some(None))
    }

    pub(super) fn of(expr: &Expr) -> Self {
        match expr {
            Expr::Any { newline } => Self::consuming(Bytes::of_set(&CharSet::any(*newline))),
            Expr::Literal { val, casei } => Self::of_literal(val, *casei),
            Expr::Delegate { inner, casei, .. } => CharSet::parse(inner, *casei)
                .map_or(Self::consuming(Bytes::ALL), |set| Self::consuming(Bytes::of_set(&set))),
            Expr::Concat(parts) => parts.iter().fold(Self::FREE, |all, part| all.then(Self::of(part))),
            Expr::Alt(branches) => {
                branches.iter().fold(Self::consuming(Bytes::NONE), |all, branch| all.or(Self::of(branch)))
            }
            Expr::Group(child) | Expr::AtomicGroup(child) => Self::of(child),
            Expr::LookAround(child, LookAround::LookAhead) => {
                let inner = Self::of(child);
                Self::before(inner.consume.or(inner.pass), inner.pass_end)
            }
            Expr::Repeat { child, lo, .. } if *lo > 0 => Self::of(child),
            Expr::Repeat { child, .. } => Self::of(child).or(Self::FREE),
            Expr::Assertion(assertion) => Self::of_assertion(*assertion),
            Expr::Empty | Expr::LookAround(..) | Expr::ContinueFromPreviousMatchEnd => Self::FREE,
            _ => Self::consuming(Bytes::ALL).or(Self::FREE),
        }
    }

    fn of_literal(val: &str, casei: bool) -> Self {
        let Some(c) = val.chars().next() else {
            return Self::FREE;
        };
        if casei && let Some(set) = CharSet::folded(c) {
            return Self::consuming(Bytes::of_set(&set));
        }
        Self::consuming(Bytes::of(val.as_bytes()[0]))
    }

    fn of_assertion(assertion: Assertion) -> Self {
        match assertion {
            Assertion::EndLine { .. } => Self::before(Bytes::of(b'\n'), true),
            Assertion::EndText => Self::before(Bytes::NONE, true),
            Assertion::LeftWordBoundary => Self::consuming(Bytes::of(b'<')),
            Assertion::RightWordBoundary => Self::consuming(Bytes::of(b'>')),
            _ => Self::FREE,
        }
    }
}
