//! Dates in words.

use jiff::civil::Date;
use serde::Serialize;

/// A civil date for a `<time>` element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DateView {
    /// `2026-11-13`
    pub iso: String,
    /// `13 November 2026`
    pub long: String,
    /// `13 Nov 2026`
    pub short: String,
    /// `13 Nov`, for lists whose heading has the year.
    pub day: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, from a date in it.
pub fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1]
}

impl From<Date> for DateView {
    fn from(date: Date) -> Self {
        let (day, month, year) = (date.day(), month(date), date.year());
        let brief = &month[..3];
        Self {
            iso: date.to_string(),
            long: format!("{day} {month} {year}"),
            short: format!("{day} {brief} {year}"),
            day: format!("{day} {brief}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_a_date_in_each_length() {
        let view = DateView::from(jiff::civil::date(2026, 9, 3));
        assert_eq!(
            (view.iso.as_str(), view.long.as_str(), view.short.as_str(), view.day.as_str()),
            ("2026-09-03", "3 September 2026", "3 Sep 2026", "3 Sep")
        );
    }
}
