//! Columns of numbers as text: hosts compress text, and one character for most numbers leaves little to parse.

use serde::Serialize;

/// What digits are written as.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Digits below this end a number.
const LAST: usize = 40;

/// How many digits don't.
const MORE: usize = DIGITS.len() - LAST;

/// Numbers one after the other. A number is the sum of its digits, each worth 24 times what the one before was; the
/// first below 40 is its last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column(String);

impl Column {
    pub fn push(&mut self, mut number: usize) {
        while number >= LAST {
            number -= LAST;
            self.0.push(char::from(DIGITS[LAST + number % MORE]));
            number /= MORE;
        }
        self.0.push(char::from(DIGITS[number]));
    }
}

impl FromIterator<usize> for Column {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Self {
        let mut column = Self::default();
        numbers.into_iter().for_each(|number| column.push(number));
        column
    }
}

/// How many numbers each row has, for all rows; then the numbers of each row, ascending, as what lies between them.
pub fn rows(rows: &[Vec<usize>]) -> Column {
    let mut column: Column = rows.iter().map(Vec::len).collect();
    for row in rows {
        let mut row = row.clone();
        row.sort_unstable();
        let mut next = 0;
        for number in row {
            column.push(number - next);
            next = number + 1;
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(Column(text): &Column) -> Vec<usize> {
        let (mut numbers, mut number, mut worth) = (Vec::new(), 0, 1);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|known| *known == byte).unwrap();
            number += digit * worth;
            worth *= MORE;
            if digit < LAST {
                numbers.push(number);
                (number, worth) = (0, 1);
            }
        }
        numbers
    }

    #[test]
    fn every_number_is_read_as_it_was_written() {
        let numbers: Vec<usize> = (0..3000).chain([1 << 20, usize::from(u16::MAX), 1 << 40]).collect();
        assert_eq!(read(&numbers.iter().copied().collect()), numbers);
        assert_eq!([0, 39, 40, 63, 64].into_iter().collect::<Column>(), Column("AnoA_AoB".to_owned()));
    }

    #[test]
    fn rows_are_counts_and_gaps() {
        assert_eq!(read(&rows(&[vec![], vec![7, 2], vec![0]])), [0, 2, 1, 2, 4, 0]);
    }
}
