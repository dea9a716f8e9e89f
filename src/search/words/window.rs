//! What the next 64 bytes of a text are, as masks: bit `i` is for byte `i`.

/// How many bytes are looked at together.
pub const SIZE: usize = 64;

/// The classes of some bytes that follow each other. A byte that is in none ends words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// ASCII letters and digits.
    pub word: u64,
    /// ASCII connectors.
    pub connector: u64,
    /// What isn't ASCII.
    pub high: u64,
}

impl Window {
    /// The next bytes of `rest`; what lies after its end ends words.
    pub fn new(rest: &[u8]) -> Self {
        if let Some(bytes) = rest.first_chunk() {
            return Self::of(bytes);
        }
        let mut bytes = [0; SIZE];
        bytes[..rest.len()].copy_from_slice(rest);
        Self::of(&bytes)
    }

    /// Without a branch, so that a compiler makes it of instructions for many bytes at once.
    fn of(bytes: &[u8; SIZE]) -> Self {
        let mut classes = [0; SIZE];
        for (class, byte) in classes.iter_mut().zip(bytes) {
            *class = self::class(*byte);
        }
        let mut window = Self::default();
        for (at, eight) in classes.as_chunks().0.iter().enumerate() {
            let eight = u64::from_le_bytes(*eight);
            window.word |= lowest_bits(eight) << (8 * at);
            window.connector |= lowest_bits(eight >> 1) << (8 * at);
            window.high |= lowest_bits(eight >> 2) << (8 * at);
        }
        window
    }
}

/// The ASCII part of [`super::chars::class`] as bits, with one more for what isn't ASCII.
#[inline]
fn class(byte: u8) -> u8 {
    let word = ((byte | 32).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
    let connector = byte == b'-' || byte == b'_' || byte == b'.' || byte == b'\'';
    u8::from(word) | u8::from(connector) << 1 | (byte >> 7) << 2
}

/// The lowest bits of eight bytes, that of the first byte lowest. The product moves each to its place in the upper byte.
#[inline]
fn lowest_bits(eight: u64) -> u64 {
    (eight & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::chars;

    #[test]
    fn every_byte_is_of_its_class_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let is = |class| u64::from(byte < 128 && chars::class(char::from(byte)) == class);
            let (word, connector) = (is(chars::Class::Word), is(chars::Class::Connector));
            for at in 0..SIZE {
                let mut bytes = [b' '; SIZE + 1];
                bytes[at] = byte;
                let expected =
                    Window { word: word << at, connector: connector << at, high: u64::from(byte >> 7) << at };
                assert_eq!(Window::new(&bytes), expected, "{byte} at {at}");
                assert_eq!(Window::new(&bytes[..=at]), expected, "{byte} at {at}, the last");
            }
        }
        assert_eq!(Window::new(&[b'a'; SIZE]).word, u64::MAX);
        assert_eq!(Window::new(&[]), Window::default());
    }
}
