//! Days as people write them who never heard of us: in any order of digits, or with the month's name. No time of day.

use jiff::civil::Date;

use super::TimeError;

/// The day, where there is such a one; else what is wrong with it.
pub(super) fn civil(year: i16, month: i16, day: i16) -> Result<Date, TimeError> {
    // Zones shift moments by up to a day, so the ends of the calendar stay out of reach.
    if !(1..=9998).contains(&year) {
        return Err(TimeError("Expected a year from 0001 to 9998.".into()));
    }
    let small = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(year, small(month), small(day)).map_err(|_| {
        let months = if (1..=12).contains(&month) {
            format!("month {month} has no day {day}")
        } else {
            format!("there is no month {month}")
        };
        TimeError(format!("No such day: {months} in {year:04}."))
    })
}

/// A number of nothing but digits.
pub(super) fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A date of a record that nobody wrote for us: ISO (also with slashes, dots or single digits), `DD/MM/YYYY` and
/// `DD.MM.YYYY` as log4brains writes them, or with the month's English name (`12 Feb 2016`, `February 12th, 2016`);
/// what follows it is left aside.
pub fn lenient_date(text: &str) -> Option<Date> {
    digital_date(text).or_else(|| worded_date(text))
}

/// The English names of the months, by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The month with this English name, or one that starts with the same three letters, from 1.
pub fn month_of_word(word: &str) -> Option<i8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
    let at = MONTHS.iter().position(|known| *known == start).filter(|_| letters)?;
    i8::try_from(at + 1).ok()
}

fn worded_date(text: &str) -> Option<Date> {
    let weekday = |word: &str| word.len() >= 6 && word.to_ascii_lowercase().ends_with("day");
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && *word != "of" && !weekday(word));
    let [first, second, third] = words.take(3).collect::<Vec<_>>()[..] else { return None };
    let month = |word: &str| month_of_word(word).map(i16::from);
    let day = |word: &str| {
        let digits_only = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if (1..=2).contains(&digits_only.len()) { digits(digits_only) } else { None }
    };
    let year = if third.len() == 4 { digits(third)? } else { return None };
    let (month, day) = month(first).zip(day(second)).or_else(|| month(second).zip(day(first)))?;
    civil(year, month, day).ok()
}

fn digital_date(text: &str) -> Option<Date> {
    let word = text.trim().split([' ', 'T']).next()?.trim_end_matches(['.', ',', ';', ':', ')']);
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| if (1..=4).contains(&part.len()) { digits(part) } else { None };
    let (first_value, second, third_value) = (number(first)?, number(second)?, number(third)?);
    match (first.len(), third.len()) {
        (4, 1 | 2) => civil(first_value, second, third_value).ok(),
        // With hyphens it is clear only where one of them can be no month; `07/23/2014` has its day in the middle.
        (1 | 2, 4) if second > 12 => civil(third_value, first_value, second).ok(),
        (1 | 2, 4) if !word.contains('-') || first_value > 12 => civil(third_value, second, first_value).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_may_write_dates_their_way() {
        for text in [
            "2020-10-05",
            "05/10/2020",
            "5/10/2020",
            "2020/10/05",
            "2020-10-5",
            "05.10.2020",
            "2020-10-05 (draft)",
            "5 Oct 2020",
            "October 5th, 2020",
            "5. October 2020, in Bern",
            "Monday, 5th of October 2020",
            "2020-10-05.",
        ] {
            assert_eq!(lenient_date(text), Some(date(2020, 10, 5)), "{text}");
        }
        for text in ["23-07-2014", "07/23/2014", "07-23-2014", "2014-07-23: started"] {
            assert_eq!(lenient_date(text), Some(date(2014, 7, 23)), "{text}");
        }
        for text in [
            "",
            "DATE",
            "2020",
            "10-05-2020",
            "2020-13-01",
            "soon/or/later",
            "1/2/20",
            "Oct 2020",
            "5 Foo 2020",
            "Oct 40, 2020",
        ] {
            assert_eq!(lenient_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[0-9TZ:+./ -]{0,30}", any in any::<String>()) {
            let _ = (lenient_date(&text), lenient_date(&any));
        }
    }
}
