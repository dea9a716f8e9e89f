//! Text cut, by its bytes, into chunks that can be understood each for itself.

use std::ops::Range;

use super::window::{SIZE, Window};

/// The last bit of a mask.
const LAST: u32 = 63;

/// The chunks of a text: runs of ASCII, and what lies between two ASCII characters that end a word where there is
/// anything else.
///
/// The words of a text are those of its chunks. Normalisation can't reach across their ends: what ends a chunk is
/// ASCII and is composed with nothing but marks, which can't begin a word, into something that is in no word either.
///
/// It looks at 64 bytes at once; what it finds there are masks, bit `i` for the byte at `base + i`.
#[derive(Clone, Debug)]
pub struct Chunks<'a> {
    text: &'a str,
    base: usize,
    /// What can begin a chunk and has not been given.
    starts: u64,
    /// What a run of ASCII goes on with.
    inner: u64,
    /// What a run of ASCII that ends there is not complete with, because the rest of it isn't ASCII.
    mixed: u64,
    /// What ends every chunk.
    breaks: u64,
}

impl<'a> Chunks<'a> {
    /// The chunks of `text` in order.
    pub fn new(text: &'a str) -> Self {
        let mut chunks = Self { text, base: 0, starts: 0, inner: 0, mixed: 0, breaks: 0 };
        chunks.look(0);
        chunks
    }

    /// Where the next chunk is.
    #[inline]
    pub fn next_range(&mut self) -> Option<Range<usize>> {
        loop {
            if self.starts == 0 {
                if self.text.len() - self.base <= SIZE {
                    return None;
                }
                self.look(self.base + SIZE);
                continue;
            }
            let start = self.starts.trailing_zeros();
            let after = !self.inner & (u64::MAX << start);
            let end = after.trailing_zeros();
            // At the end of the window a run may go on after it; a connector is understood by the byte that follows.
            if end >= LAST {
                if start == 0 {
                    return Some(self.long_chunk());
                }
                self.look(self.base + start as usize);
                continue;
            }
            // The bit that ends the run.
            if self.mixed & after & after.wrapping_neg() != 0 {
                return Some(self.mixed_chunk(start));
            }
            self.starts &= u64::MAX << end;
            return Some(self.base + start as usize..self.base + end as usize);
        }
    }

    /// A chunk that fills the window.
    #[cold]
    fn long_chunk(&mut self) -> Range<usize> {
        let start = self.base;
        match self.run_end(start) {
            None => self.mixed_chunk(0),
            Some(end) => {
                self.look(end);
                start..end
            }
        }
    }

    /// The chunk that begins at the bit `start` and has anything but ASCII in it.
    fn mixed_chunk(&mut self, start: u32) -> Range<usize> {
        let start_at = self.base + start as usize;
        let mut breaks = self.breaks & (u64::MAX << start);
        while breaks == 0 && self.text.len() - self.base > SIZE {
            self.look(self.base + SIZE);
            breaks = self.breaks;
        }
        let end = breaks.trailing_zeros();
        self.starts &= u64::MAX.checked_shl(end).unwrap_or(0);
        start_at..self.base + end as usize
    }

    /// Where the run of ASCII that begins at `start` ends, or `None` if it isn't all ASCII.
    fn run_end(&self, start: usize) -> Option<usize> {
        let class = |at: usize| self.text.as_bytes().get(at).map_or(Byte::Break, |byte| Byte::new(*byte));
        let mut at = start;
        loop {
            match (class(at), class(at + 1)) {
                (Byte::Word, _) => at += 1,
                (Byte::Connector, Byte::Word) => at += 2,
                (Byte::High, _) | (Byte::Connector, Byte::High) => return None,
                _ => return Some(at),
            }
        }
    }

    /// Goes on at `base`, which is not inside of a run.
    fn look(&mut self, base: usize) {
        let Window { word, connector, high } = Window::new(&self.text.as_bytes()[base..]);
        self.base = base;
        self.starts = word | high;
        self.inner = word | (connector & (word << 1) & (word >> 1));
        self.mixed = high | (connector & (high >> 1));
        self.breaks = !(word | connector | high);
    }
}

/// What a byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Break,
    Connector,
    Word,
    High,
}

impl Byte {
    fn new(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Self::Word,
            b'-' | b'_' | b'.' | b'\'' => Self::Connector,
            128.. => Self::High,
            _ => Self::Break,
        }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.next_range().map(|range| &self.text[range])
    }
}
