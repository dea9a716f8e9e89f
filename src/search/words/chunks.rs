//! Text cut, by its bytes, into chunks that can be understood each for itself.

/// What a byte is: the ASCII part of [`super::chars::class`], with one class more for what isn't ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Break,
    Connector,
    Word,
    High,
}

const CLASS: [Byte; 256] = classes();

const fn classes() -> [Byte; 256] {
    let mut classes = [Byte::Break; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Byte::Word,
            b'-' | b'_' | b'.' | b'\'' => Byte::Connector,
            128.. => Byte::High,
            _ => Byte::Break,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

/// The chunks of a text: runs of ASCII, and what lies between two ASCII characters that end a word where there is
/// anything else.
///
/// The words of a text are those of its chunks. Normalisation can't reach across their ends: what ends a chunk is
/// ASCII and is composed with nothing but marks, which can't begin a word, into something that is in no word either.
#[derive(Clone, Debug)]
pub struct Chunks<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Chunks<'a> {
    /// The chunks of `text` in order.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the bytes that `goes_on` allows and that begin at `at` end.
    fn while_in(&self, at: usize, goes_on: impl Fn(Byte) -> bool) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !goes_on(CLASS[usize::from(*byte)])).unwrap_or(rest.len())
    }

    fn class(&self, at: usize) -> Byte {
        self.text.as_bytes().get(at).map_or(Byte::Break, |byte| CLASS[usize::from(*byte)])
    }

    /// Where the run of ASCII that goes on at `at` ends, or `None` if it isn't all ASCII.
    fn run_end(&self, mut at: usize) -> Option<usize> {
        loop {
            at = self.while_in(at, |byte| byte == Byte::Word);
            match self.class(at) {
                Byte::High => return None,
                Byte::Connector => match self.class(at + 1) {
                    Byte::Word => at += 1,
                    Byte::High => return None,
                    Byte::Break | Byte::Connector => return Some(at),
                },
                Byte::Break | Byte::Word => return Some(at),
            }
        }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.while_in(self.at, |byte| matches!(byte, Byte::Break | Byte::Connector));
        if start == self.text.len() {
            return None;
        }
        self.at = self.run_end(start).unwrap_or_else(|| self.while_in(start, |byte| byte != Byte::Break));
        Some(&self.text[start..self.at])
    }
}
