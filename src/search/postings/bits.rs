//! A stream of bits, most significant first, with codes for small numbers.

/// Appends bits to bytes.
#[derive(Debug)]
pub struct Bits<'a> {
    bytes: &'a mut Vec<u8>,
    /// Bits that don't fill a byte yet, in the lower end.
    held: u64,
    /// How many; at most 7 between calls.
    count: u32,
}

impl<'a> Bits<'a> {
    pub fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { bytes, held: 0, count: 0 }
    }

    /// The lowest `count` bits of `value`, which has no others; at most 56.
    pub fn put(&mut self, value: u64, count: u32) {
        self.held = (self.held << count) | value;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push(((self.held >> self.count) & 255) as u8);
        }
        self.held &= (1 << self.count) - 1;
    }

    /// Elias gamma: as many zeros as bits follow the first one, then `value`, which is at least 1.
    pub fn gamma(&mut self, value: u32) {
        let more = value.max(1).ilog2();
        if more > 24 {
            self.put(0, more);
            return self.put(u64::from(value), more + 1);
        }
        self.put(u64::from(value), 2 * more + 1);
    }

    /// Golomb-Rice: `value >> k` ones and a zero, then the lowest `k` bits.
    pub fn rice(&mut self, k: u32, value: u32) {
        let mut ones = value >> k;
        while ones >= 32 {
            self.put((1 << 32) - 1, 32);
            ones -= 32;
        }
        self.put(((1 << ones) - 1) << 1, ones + 1);
        self.put(u64::from(value) & ((1 << k) - 1), k);
    }

    /// Fills the last byte with zeros.
    pub fn finish(mut self) {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Bits<'_>)) -> String {
        let mut bytes = Vec::new();
        let mut bits = Bits::new(&mut bytes);
        write(&mut bits);
        bits.finish();
        bytes.iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn writes_as_the_format_says() {
        assert_eq!(written(|bits| bits.gamma(1)), "10000000");
        assert_eq!(written(|bits| bits.gamma(5)), "00101000");
        assert_eq!(written(|bits| bits.gamma(256)), "00000000 10000000 00000000"[..].trim_end());
        assert_eq!(written(|bits| bits.rice(2, 9)), "11001000");
        assert_eq!(written(|bits| bits.rice(0, 3)), "11100000");
        assert_eq!(written(|bits| bits.put(5, 3)), "10100000");
        assert_eq!(written(|_| ()), "");
    }

    #[test]
    fn writes_the_largest_numbers() {
        let gamma = written(|bits| bits.gamma(u32::MAX)).replace(' ', "");
        assert_eq!(gamma, format!("{}{}0", "0".repeat(31), "1".repeat(32)));
        let rice = written(|bits| bits.rice(0, 100)).replace(' ', "");
        assert_eq!(rice, format!("{}{}", "1".repeat(100), "0".repeat(4)));
    }
}
