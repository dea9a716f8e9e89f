//! Dates and times as written, and what they mean: as a date, as a moment, as a deadline.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::{TimeError, When, zone};

const FORMS: &str = "Expected a date (`2026-11-26`), a date and time (`2026-11-26T17:00`), or one with its zone \
                     (`2026-11-26T17:00[Europe/Berlin]`, `2026-11-26T17:00Z`, `2026-11-26T17:00+01:00`).";

impl When {
    /// Reads one of the forms of the contract: `2026-11-26`; with a time after `T` or a space; then nothing,
    /// `Z`, an offset, or a zone in brackets.
    ///
    /// # Errors
    /// For any other form and for days that no calendar has; the error says which forms there are.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        let (plain, zone_name) = match text.strip_suffix(']').and_then(|rest| rest.split_once('[')) {
            Some((plain, name)) => (plain.trim_end(), Some(name)),
            None => (text, None),
        };
        let date = iso_date(plain.get(..10).unwrap_or(plain)).map_err(|why| nearly(plain).unwrap_or(why))?;
        let rest = &plain[10..];
        if rest.is_empty() {
            return match zone_name {
                None => Ok(Self::Date(date)),
                Some(_) => Err(TimeError(
                    "A date with a zone needs a time too: `2026-11-26T17:00[Europe/Berlin]`.".into(),
                )),
            };
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(expected)?;
        let (time, offset) = split_offset(rest.trim());
        let local = date.to_datetime(time_of_day(time.trim_end())?);
        let offset = offset.map(parse_offset).transpose()?;
        match (zone_name, offset) {
            (None, None) => Ok(Self::Local(local)),
            (None, Some(offset)) => Ok(Self::Instant(instant(local, offset), local)),
            (Some(name), offset) => zoned(local, offset, name),
        }
    }

    /// The day that was written, whatever zone it was written for.
    pub fn date(&self) -> Date {
        match self {
            Self::Date(date) => *date,
            Self::Local(time) | Self::Zoned(time, _) | Self::Instant(_, time) => time.date(),
        }
    }

    /// The moment itself; of a bare date its first, in `zone`, which also stands in where none was written.
    pub fn start(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Date(date) => moment(date.to_datetime(Time::midnight()), zone),
            Self::Local(time) => moment(*time, zone),
            Self::Zoned(time, own) => moment(*time, own),
            Self::Instant(moment, _) => *moment,
        }
    }

    /// The last moment that is in time: of a bare date the last second of that day in `zone`, however long the
    /// day is there; else the moment itself.
    pub fn deadline(&self, zone: &TimeZone) -> Timestamp {
        let Self::Date(date) = self else { return self.start(zone) };
        let tomorrow = date.tomorrow().unwrap_or(*date);
        moment(tomorrow.to_datetime(Time::midnight()), zone) - SignedDuration::from_secs(1)
    }

    /// The zone that was written with it, if any: a deadline is also shown there.
    pub fn zone(&self) -> Option<&TimeZone> {
        match self {
            Self::Zoned(_, zone) => Some(zone),
            Self::Date(_) | Self::Local(_) | Self::Instant(..) => None,
        }
    }
}

/// A date in another order of digits, where it is clear which one.
fn nearly(text: &str) -> Option<TimeError> {
    let date = lenient_date(text)?;
    let clear = text.get(..4).is_some_and(|year| digits(year).is_some()) || date.day() > 12;
    let fits = clear && text.len() <= 10 && iso_date(text).is_err();
    fits.then(|| TimeError(format!("Write it as `{date}`.")))
}

fn expected() -> TimeError {
    TimeError(FORMS.into())
}

/// Where clocks are put forward, a time that is skipped is as much later; where they are put back, the first of
/// the two counts (RFC 5545, 3.3.5). Years are limited when they are read, so that every zone has the moment.
fn moment(local: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}

fn instant(local: DateTime, offset: Offset) -> Timestamp {
    offset.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

fn zoned(local: DateTime, offset: Option<Offset>, name: &str) -> Result<When, TimeError> {
    let zone = zone(name)?;
    let Some(offset) = offset else { return Ok(When::Zoned(local, zone)) };
    let at = instant(local, offset);
    if zone.to_offset(at) != offset {
        return Err(TimeError(format!(
            "At that time `{name}` is not at this offset; leave one of the two out."
        )));
    }
    Ok(When::Instant(at, local))
}

/// `2026-11-26` and nothing else.
fn iso_date(text: &str) -> Result<Date, TimeError> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return Err(expected());
    }
    let year = digits(&text[..4]).ok_or_else(expected)?;
    let month = digits(&text[5..7]).ok_or_else(expected)?;
    let day = digits(&text[8..]).ok_or_else(expected)?;
    civil(year, month, day)
}

fn civil(year: i16, month: i16, day: i16) -> Result<Date, TimeError> {
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

fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// `17:00`, `17:00:30`, `17:00:30.250`.
fn time_of_day(text: &str) -> Result<Time, TimeError> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Option<Vec<i16>> =
        clock.split(':').map(|part| if part.len() == 2 { digits(part) } else { None }).collect();
    let parts = parts.ok_or_else(expected)?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] if !text.contains('.') => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(expected()),
    };
    if fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(expected());
    }
    let nanosecond = format!("{fraction:0<9}").parse().unwrap_or(0);
    let small = |n: i16| i8::try_from(n).unwrap_or(-1);
    Time::new(small(hour), small(minute), small(second), nanosecond)
        .map_err(|_| TimeError("Expected a time from `00:00` to `23:59`.".into()))
}

/// `17:00+01:00` is `17:00` and `+01:00`.
fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    }
}

/// `Z`, `+01:00`, `+0100`, `+01`.
fn parse_offset(text: &str) -> Result<Offset, TimeError> {
    if text.eq_ignore_ascii_case("z") {
        return Ok(Offset::UTC);
    }
    let (sign, rest) = text.split_at(1);
    let (hours, minutes) = match rest.len() {
        2 => (rest, "00"),
        4 if rest.is_ascii() => rest.split_at(2),
        5 => rest.split_once(':').ok_or_else(expected)?,
        _ => return Err(expected()),
    };
    let hours = digits(hours).ok_or_else(expected)?;
    let minutes = digits(minutes).ok_or_else(expected)?;
    if hours > 18 || minutes > 59 {
        return Err(TimeError("Expected an offset such as `+01:00`, at most 18 hours.".into()));
    }
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).map_err(|_| expected())
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

    fn berlin() -> TimeZone {
        zone("Europe/Berlin").unwrap()
    }

    fn start(text: &str) -> String {
        When::parse(text).unwrap().start(&berlin()).to_string()
    }

    #[test]
    fn reads_each_form() {
        for (text, expected) in [
            ("2026-11-26", "2026-11-25T23:00:00Z"),
            ("2026-11-26T17:00", "2026-11-26T16:00:00Z"),
            ("2026-11-26 17:00", "2026-11-26T16:00:00Z"),
            ("2026-11-26T17:00:30", "2026-11-26T16:00:30Z"),
            ("2026-11-26T17:00[America/Sao_Paulo]", "2026-11-26T20:00:00Z"),
            ("2026-11-26 17:00 [UTC]", "2026-11-26T17:00:00Z"),
            ("2026-11-26T17:00Z", "2026-11-26T17:00:00Z"),
            ("2026-11-26T17:00:00+05:30", "2026-11-26T11:30:00Z"),
            ("2026-11-26 17:00:00 +0100", "2026-11-26T16:00:00Z"),
            ("2026-11-26T17:00+01:00[Europe/Berlin]", "2026-11-26T16:00:00Z"),
        ] {
            assert_eq!(start(text), expected, "{text}");
            assert_eq!(When::parse(text).unwrap().date(), date(2026, 11, 26), "{text}");
        }
    }

    #[test]
    fn refuses_other_forms_and_says_which_there_are() {
        for text in [
            "",
            "tomorrow",
            "05/11/2026",
            "20261126",
            "2026-11-26T17",
            "2026-11-26T17:00[",
            "2026-11-26x",
            "2026-11-26T5pm",
            "+002026-11-26",
            "2026-11-26T17:00+1",
            "2026-11-26T17:00.5",
            "2026年11月26日",
        ] {
            assert_eq!(When::parse(text).unwrap_err(), expected(), "{text}");
        }
        let why = |text| When::parse(text).unwrap_err().to_string();
        assert_eq!(why("2026-02-29"), "No such day: month 2 has no day 29 in 2026.");
        assert_eq!(why("2026-13-01"), "No such day: there is no month 13 in 2026.");
        assert_eq!(why("2026-11-26T24:00"), "Expected a time from `00:00` to `23:59`.");
        assert_eq!(why("2026-11-26T17:00[Europe/Berln]"), "Did you mean `Europe/Berlin`?");
        assert!(why("2026-11-26T17:00+05:00[Europe/Berlin]").contains("not at this offset"));
        assert!(why("0000-01-01").contains("year from"));
        assert_eq!(why("26/11/2026"), "Write it as `2026-11-26`.");
        assert_eq!(why("2026-1-2"), "Write it as `2026-01-02`.");
    }

    #[test]
    fn a_date_as_a_deadline_ends_with_its_day_in_the_sites_zone() {
        let end =
            |text: &str, name: &str| When::parse(text).unwrap().deadline(&zone(name).unwrap()).to_string();
        assert_eq!(end("2026-11-26", "Europe/Berlin"), "2026-11-26T22:59:59Z");
        assert_eq!(end("2026-11-26", "America/Chicago"), "2026-11-27T05:59:59Z");
        // Samoa had no 30 December 2011; São Paulo's 4 November 2018 began at one o'clock.
        assert_eq!(end("2011-12-29", "Pacific/Apia"), "2011-12-30T09:59:59Z");
        assert_eq!(end("2018-11-03", "America/Sao_Paulo"), "2018-11-04T02:59:59Z");
        assert_eq!(end("2026-11-26T17:00Z", "Asia/Tokyo"), "2026-11-26T17:00:00Z");
    }

    #[test]
    fn times_that_clocks_skip_or_repeat_follow_the_zone() {
        assert_eq!(start("2026-03-29T02:30"), "2026-03-29T01:30:00Z", "skipped: one hour later");
        assert_eq!(start("2026-10-25T02:30"), "2026-10-25T00:30:00Z", "twice: the first");
        assert_eq!(
            start("2026-10-25T02:30+01:00[Europe/Berlin]"),
            "2026-10-25T01:30:00Z",
            "the offset tells"
        );
    }

    #[test]
    fn the_ends_of_the_calendar_are_moments_too() {
        for text in ["0001-01-01", "9998-12-31", "9998-12-31T23:59-18:00", "0001-01-01T00:00+18:00"] {
            let when = When::parse(text).unwrap();
            assert_ne!(when.deadline(&zone("Pacific/Kiritimati").unwrap()), Timestamp::MAX, "{text}");
        }
    }

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
        fn no_text_panics(text in "[0-9TZ:+.\\[\\]/ -]{0,30}", any in any::<String>()) {
            let _ = (When::parse(&text), When::parse(&any), lenient_date(&text), lenient_date(&any));
        }

        #[test]
        fn a_deadline_is_never_before_its_start(year in 1i16..=9998, month in 1i8..=12, day in 1i8..=28) {
            let when = When::Date(date(year, month, day));
            prop_assert!(when.deadline(&berlin()) > when.start(&berlin()));
        }
    }
}
