//! A stream of bits, most significant first, with codes for small numbers.

/// Some bits: a value, and how many of its lowest bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    value: u64,
    bits: u32,
}

impl Code {
    /// The lowest `bits` bits of `value`, which has no others.
    pub fn plain(value: u32, bits: u32) -> Self {
        Self { value: value.into(), bits }
    }

    /// Elias gamma: as many zeros as bits follow the first one, then `value`, which is at least 1.
    pub fn gamma(value: u32) -> Self {
        let value = value.max(1);
        Self { value: value.into(), bits: 2 * value.ilog2() + 1 }
    }
}

/// Appends bits to bytes.
#[derive(Debug)]
pub struct Bits<'a> {
    bytes: &'a mut Vec<u8>,
    /// Bits that are not written yet, in the lower end; above them anything.
    held: u64,
    /// How many; below 32 between calls.
    count: u32,
}

impl<'a> Bits<'a> {
    pub fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { bytes, held: 0, count: 0 }
    }

    /// At most 32 bits.
    fn short(&mut self, value: u64, bits: u32) {
        self.held = (self.held << bits) | value;
        self.count += bits;
        if self.count >= 32 {
            self.count -= 32;
            let [.., a, b, c, d] = (self.held >> self.count).to_be_bytes();
            self.bytes.extend_from_slice(&[a, b, c, d]);
        }
    }

    pub fn put(&mut self, code: Code) {
        if code.bits > 32 {
            self.short(code.value >> 32, code.bits - 32);
            return self.short(code.value & u64::from(u32::MAX), 32);
        }
        self.short(code.value, code.bits);
    }

    /// The codes one after the other.
    pub fn all<const N: usize>(&mut self, codes: [Code; N]) {
        if codes.iter().map(|code| code.bits).sum::<u32>() <= 32 {
            let join = |sum: Code, next: &Code| {
                let value = (sum.value << next.bits) | next.value;
                Code { value, bits: sum.bits + next.bits }
            };
            return self.put(codes.iter().fold(Code { value: 0, bits: 0 }, join));
        }
        for code in codes {
            self.put(code);
        }
    }

    /// Golomb-Rice: `value >> k` ones and a zero, then the lowest `k` bits.
    pub fn rice(&mut self, k: u32, value: u32) {
        let mut ones = value >> k;
        while ones >= 32 {
            self.short((1 << 32) - 1, 32);
            ones -= 32;
        }
        self.short(((1 << ones) - 1) << 1, ones + 1);
        self.short(u64::from(value) & ((1 << k) - 1), k);
    }

    /// The first `count` bits of `bytes`, which `finish` wrote.
    pub fn append(&mut self, bytes: &[u8], count: usize) {
        let (fours, rest) = bytes.as_chunks::<4>();
        let whole = count / 32;
        for four in &fours[..whole] {
            self.short(u32::from_be_bytes(*four).into(), 32);
        }
        let mut last = [0; 4];
        let left = fours.get(whole).map_or(rest, |four| four.as_slice());
        last[..left.len()].copy_from_slice(left);
        let bits = u32::try_from(count % 32).unwrap_or_default();
        self.short(u64::from(u32::from_be_bytes(last)) >> (32 - bits), bits);
    }

    /// How many bits were written since there were `before` bytes.
    pub fn since(&self, before: usize) -> usize {
        (self.bytes.len() - before) * 8 + self.count as usize
    }

    /// Writes what is held, the last byte filled with zeros.
    pub fn finish(self) {
        let bytes = (self.held << (63 - self.count) << 1).to_be_bytes();
        self.bytes.extend_from_slice(&bytes[..self.count.div_ceil(8) as usize]);
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
        assert_eq!(written(|bits| bits.put(Code::gamma(1))), "10000000");
        assert_eq!(written(|bits| bits.put(Code::gamma(5))), "00101000");
        assert_eq!(written(|bits| bits.put(Code::gamma(256))), "00000000 10000000 00000000");
        assert_eq!(written(|bits| bits.rice(2, 9)), "11001000");
        assert_eq!(written(|bits| bits.rice(0, 3)), "11100000");
        assert_eq!(written(|bits| bits.put(Code::plain(5, 3))), "10100000");
        assert_eq!(written(|bits| bits.all([Code::gamma(2), Code::plain(1, 3), Code::gamma(1)])), "01000110");
        assert_eq!(written(|_| ()), "");
    }

    #[test]
    fn what_was_written_is_written_again() {
        for length in (0..100).chain([1000]) {
            for before in [0, 1, 7, 31] {
                let fill =
                    |bits: &mut Bits<'_>| (0..length).for_each(|i| bits.put(Code::plain(i % 3 % 2, 1)));
                let mut alone = Vec::new();
                let mut bits = Bits::new(&mut alone);
                fill(&mut bits);
                assert_eq!(bits.since(0), length as usize);
                bits.finish();
                let start = |bits: &mut Bits<'_>| (0..before).for_each(|_| bits.put(Code::plain(1, 1)));
                let expected = written(|bits| {
                    start(bits);
                    fill(bits);
                    bits.put(Code::plain(1, 1));
                });
                let again = written(|bits| {
                    start(bits);
                    bits.append(&alone, length as usize);
                    bits.put(Code::plain(1, 1));
                });
                assert_eq!(again, expected, "{length} after {before}");
            }
        }
    }

    #[test]
    fn writes_the_largest_numbers() {
        let gamma = written(|bits| bits.put(Code::gamma(u32::MAX))).replace(' ', "");
        assert_eq!(gamma, format!("{}{}0", "0".repeat(31), "1".repeat(32)));
        let two = written(|bits| bits.all([Code::gamma(1 << 20), Code::gamma(1 << 20)])).replace(' ', "");
        let one = format!("{}1{}", "0".repeat(20), "0".repeat(20));
        assert_eq!(two, format!("{one}{one}{}", "0".repeat(6)));
        let rice = written(|bits| bits.rice(0, 100)).replace(' ', "");
        assert_eq!(rice, format!("{}{}", "1".repeat(100), "0".repeat(4)));
    }
}
