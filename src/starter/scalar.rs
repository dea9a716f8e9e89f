//! A value of front matter as people write it: numbers and dates as such, all else as text.

/// The longest row of digits that is written without quotes.
const DIGITS: usize = 15;

/// `text` as a YAML scalar whose key takes text, a number or a date alike.
pub(super) fn yaml(text: &str) -> String {
    if is_number_or_date(text) { text.to_owned() } else { crate::yaml::scalar(text) }
}

fn is_number_or_date(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = !text.is_empty() && text.len() <= DIGITS && digits(text);
    let date = text.len() == 10 && text.split('-').all(digits) && text.parse::<jiff::civil::Date>().is_ok();
    number || date
}

#[cfg(test)]
mod tests {
    use super::yaml;

    #[test]
    fn numbers_and_dates_are_written_as_people_do() {
        for (text, written) in [
            ("0007", "0007"),
            ("2026-11-22", "2026-11-22"),
            ("2026-13-22", "\"2026-13-22\""),
            ("1234567890123456", "\"1234567890123456\""),
            ("7 of 9", "7 of 9"),
            ("yes", "\"yes\""),
        ] {
            assert_eq!(yaml(text), written);
        }
    }
}
