//! Dates in words.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::time::When;

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

/// A date, or a point in time with its zone, for a `<time>` element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentView {
    /// `2026-11-26`, or `2026-11-26T17:00:00+01:00`
    pub iso: String,
    /// `Thu 26 Nov 2026`, or `Thu 26 Nov 2026, 17:00`
    pub text: String,
    /// `26 Nov`, or `26 Nov, 17:00`
    pub short: String,
    /// `Europe/Berlin`, or `UTC+05:30`; `None` for a date.
    pub zone: Option<String>,
}

impl MomentView {
    /// Of a time as written, for the zone `zone` where it names none. A date stays one.
    pub fn of(when: &When, zone: &TimeZone) -> Self {
        match when {
            When::Date(date) => Self::date(*date),
            _ => Self::exact(&when.due(zone)),
        }
    }

    /// Of a point in time, to the minute.
    pub fn exact(at: &Zoned) -> Self {
        let day = Self::date(at.date());
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        Self {
            iso: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            text: format!("{}, {clock}", day.text),
            short: format!("{}, {clock}", day.short),
            zone: Some(zone_of(at)),
        }
    }

    fn date(date: Date) -> Self {
        let view = DateView::from(date);
        let weekday = &format!("{:?}", date.weekday())[..3];
        let text = format!("{weekday} {}", view.short);
        Self { iso: view.iso, text, short: view.day, zone: None }
    }
}

/// The zone of `at` by name; of a mere offset how far it is from UTC.
fn zone_of(at: &Zoned) -> String {
    if let Some(name) = at.time_zone().iana_name() {
        return name.to_owned();
    }
    match at.offset().seconds() {
        0 => "UTC".to_owned(),
        _ => at.strftime("UTC%:z").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_said_in_the_zone_that_it_was_written_for() {
        let berlin = crate::time::zone("Europe/Berlin").unwrap();
        let said = |text: &str| {
            let view = MomentView::of(&When::parse(text).unwrap(), &berlin);
            (view.iso, view.text, view.zone.unwrap_or_default())
        };
        let expected = |iso: &str, text: &str, zone: &str| (iso.to_owned(), text.to_owned(), zone.to_owned());
        assert_eq!(said("2026-11-26"), expected("2026-11-26", "Thu 26 Nov 2026", ""));
        assert_eq!(
            said("2026-11-26T09:05"),
            expected("2026-11-26T09:05:00+01:00", "Thu 26 Nov 2026, 09:05", "Europe/Berlin")
        );
        assert_eq!(
            said("2026-07-26T17:00[America/Chicago]"),
            expected("2026-07-26T17:00:00-05:00", "Sun 26 Jul 2026, 17:00", "America/Chicago")
        );
        assert_eq!(said("2026-11-26T17:00+05:30").2, "UTC+05:30");
        assert_eq!(said("2026-11-26T17:00Z").2, "UTC");
    }

    #[test]
    fn says_a_date_in_each_length() {
        let view = DateView::from(jiff::civil::date(2026, 9, 3));
        assert_eq!(
            (view.iso.as_str(), view.long.as_str(), view.short.as_str(), view.day.as_str()),
            ("2026-09-03", "3 September 2026", "3 Sep 2026", "3 Sep")
        );
    }
}
