//! LEB128, unsigned: seven bits in a byte, the lowest first; the highest bit says that more follow.

/// Appends `value`.
pub fn write(mut value: usize, bytes: &mut Vec<u8>) {
    loop {
        let [low, ..] = (value & 127).to_le_bytes();
        value >>= 7;
        if value == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 128);
    }
}

/// Reads what `write` wrote at `at`, and goes on to what follows.
pub fn read(bytes: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= usize::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let numbers = (0..300).chain([1 << 14, (1 << 14) - 1, 1 << 40, usize::MAX]);
        let mut bytes = Vec::new();
        numbers.clone().for_each(|number| write(number, &mut bytes));
        let mut at = 0;
        assert!(numbers.clone().all(|number| read(&bytes, &mut at) == number));
        assert_eq!((at, bytes[..3].len(), bytes[127]), (bytes.len(), 3, 127));
    }
}
