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

    fn class(&self, at: usize) -> Byte {
        self.text.as_bytes().get(at).map_or(Byte::Break, |byte| CLASS[usize::from(*byte)])
    }

    /// Where the run of ASCII that goes on at `at` ends, or `None` if it isn't all ASCII.
    fn run_end(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.class(at) {
                Byte::Word => at += 1,
                Byte::Break => return Some(at),
                Byte::High => return None,
                Byte::Connector => match self.class(at + 1) {
                    Byte::Word => at += 2,
                    Byte::High => return None,
                    Byte::Break | Byte::Connector => return Some(at),
                },
            }
        }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = &self.text.as_bytes()[self.at..];
        let begins = |byte: &u8| matches!(CLASS[usize::from(*byte)], Byte::Word | Byte::High);
        let start = self.at + rest.iter().position(begins)?;
        self.at = self.run_end(start).unwrap_or_else(|| {
            let rest = &self.text.as_bytes()[start..];
            let ends = |byte: &u8| CLASS[usize::from(*byte)] == Byte::Break;
            start + rest.iter().position(ends).unwrap_or(rest.len())
        });
        Some(&self.text[start..self.at])
    }
}
