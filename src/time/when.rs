//! Dates and times as written, and what they mean: as a date, as a moment, as a deadline.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::dates::{civil, digits, lenient_date};
use super::{TimeError, When, zone};

const FORMS: &str = "Expected a date (`2026-11-26`), a date and time (`2026-11-26T17:00`), or one with its zone \
                     (`2026-11-26T17:00[Europe/Berlin]`, `2026-11-26T17:00Z`, `2026-11-26T17:00+01:00`).";

/// It takes more than the contract has: `T17`, `T1700`, `17:00:00,5`, leap seconds, offsets with seconds or of 25 hours. Where
/// somebody's deadline is read, the nearest of two meanings is no answer, so it only gets what has the shape of ours.
static PARSER: DateTimeParser = DateTimeParser::new();

/// No zone was ever further from UTC.
const MOST_HOURS: i32 = 18;

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

/// `text` with each digit as `0`.
fn shape(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// `2026-11-26` and nothing else. Taken apart here, since the error says which part of it no calendar has.
fn iso_date(text: &str) -> Result<Date, TimeError> {
    if shape(text) != "0000-00-00" {
        return Err(expected());
    }
    let part = |range: Range<usize>| digits(&text[range]).ok_or_else(expected);
    civil(part(0..4)?, part(5..7)?, part(8..10)?)
}

/// `17:00`, `17:00:30`, `17:00:30.250`.
fn time_of_day(text: &str) -> Result<Time, TimeError> {
    let shape = shape(text);
    let is_fraction = |digits: &str| (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b == b'0');
    let fits = matches!(shape.as_str(), "00:00" | "00:00:00")
        || shape.strip_prefix("00:00:00.").is_some_and(is_fraction);
    if !fits {
        return Err(expected());
    }
    let time = PARSER.parse_time(text).ok().filter(|_| text.get(6..8) != Some("60"));
    time.ok_or_else(|| TimeError("Expected a time from `00:00` to `23:59`.".into()))
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
    if !matches!(shape(text).split_at(1).1, "00" | "0000" | "00:00") {
        return Err(expected());
    }
    let offset = PARSER.parse_time_zone(text).and_then(|zone| zone.to_fixed_offset());
    let offset = offset.ok().filter(|offset| offset.seconds().abs() <= MOST_HOURS * 3600);
    offset
        .ok_or_else(|| TimeError(format!("Expected an offset such as `+01:00`, at most {MOST_HOURS} hours.")))
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
            ("2026-11-26t17:00:30.25 -0030", "2026-11-26T17:30:30.25Z"),
            ("2026-11-26T17:00:30.123456789z", "2026-11-26T17:00:30.123456789Z"),
            ("2026-11-26T17:00-00:00", "2026-11-26T17:00:00Z"),
            ("2026-11-26T17:00 +09", "2026-11-26T08:00:00Z"),
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
            "2026-11-26T1700",
            "2026-11-26T17:0",
            "2026-11-26T17:00:00,5",
            "2026-11-26T17:00:00.",
            "2026-11-26T17:00:00.1234567890",
            "2026-11-26T17:00+01:00:30",
            "2026-11-26T17:00+1:00",
            "2026-11-26T17:00+é",
            "2026-11-26T17:00\u{2212}01:00",
        ] {
            assert_eq!(When::parse(text).unwrap_err(), expected(), "{text}");
        }
        let why = |text| When::parse(text).unwrap_err().to_string();
        assert_eq!(why("2026-02-29"), "No such day: month 2 has no day 29 in 2026.");
        assert_eq!(why("2026-13-01"), "No such day: there is no month 13 in 2026.");
        for text in ["2026-11-26T24:00", "2026-11-26T17:60", "2026-11-26T23:59:60", "2026-11-26T23:59:60.5"] {
            assert_eq!(why(text), "Expected a time from `00:00` to `23:59`.", "{text}");
        }
        for text in ["2026-11-26T17:00+19:00", "2026-11-26T17:00-1801", "2026-11-26T17:00+00:60"] {
            assert!(why(text).starts_with("Expected an offset such as `+01:00`, at most 18"), "{text}");
        }
        assert_eq!(why("2026-11-26T17:00[!Europe/Berlin]"), "Did you mean `Europe/Berlin`?");
        for text in ["2026-11-26T17:00[u-ca=iso8601]", "2026-11-26T17:00[+01:00]"] {
            assert!(why(text).starts_with("Expected an IANA time zone"), "{text}");
        }
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

    proptest! {
        #[test]
        fn no_text_panics(text in "[0-9TZ:+.\\[\\]/ -]{0,30}", any in any::<String>()) {
            let _ = (When::parse(&text), When::parse(&any));
        }

        #[test]
        fn a_deadline_is_never_before_its_start(year in 1i16..=9998, month in 1i8..=12, day in 1i8..=28) {
            let when = When::Date(date(year, month, day));
            prop_assert!(when.deadline(&berlin()) > when.start(&berlin()));
        }
    }
}
