//! When a window closes, and where: each deadline with the zone that its author wrote it for.

use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Zoned};

use super::{When, Window};

/// A day of elapsed time, in seconds.
const DAY: i64 = 24 * 3600;

impl When {
    /// As a deadline: the last moment that is in time, in the zone it was written for, else in `zone`.
    pub fn due(&self, zone: &TimeZone) -> Zoned {
        let own = self.written_in(zone);
        self.deadline(&own).to_zoned(own)
    }

    /// The zone that it was written for: its own, or its offset from UTC; else `zone`.
    pub fn written_in(&self, zone: &TimeZone) -> TimeZone {
        match self {
            Self::Date(_) | Self::Local(_) => zone.clone(),
            Self::Zoned(_, own) => own.clone(),
            Self::Instant(at, local) => {
                let as_utc = local.to_zoned(TimeZone::UTC).map_or(*at, |utc| utc.timestamp());
                let seconds = i32::try_from(as_utc.duration_since(*at).as_secs()).unwrap_or(0);
                Offset::from_seconds(seconds).map_or(TimeZone::UTC, Offset::to_time_zone)
            }
        }
    }
}

impl Window {
    /// The last moment of a window that opens at `opened`, in the zone of `opened`, else in `zone`.
    ///
    /// A bare date opens with the end of its day: nobody loses time because an hour was not written, and windows of
    /// whole days close at the end of a day. A window of business days that opens on a weekend opens with its end.
    pub fn closes(self, opened: &When, zone: &TimeZone) -> Zoned {
        let own = opened.written_in(zone);
        match (self, opened) {
            (Self::Elapsed(length), When::Date(date)) if length.as_secs() % DAY == 0 => {
                let days = Span::new().try_days(length.as_secs() / DAY).unwrap_or_default();
                When::Date(date.saturating_add(days)).due(&own)
            }
            (Self::Elapsed(length), _) => after(&opened.due(&own), length),
            (Self::BusinessDays(count), When::Date(date)) => When::Date(business_day(*date, count)).due(&own),
            (Self::BusinessDays(count), _) => {
                let start = opened.due(&own);
                let day = business_day(start.date(), count);
                let whole = is_weekend(start.date());
                let due = if whole { When::Date(day) } else { When::Local(day.to_datetime(start.time())) };
                due.due(&own)
            }
        }
    }
}

fn after(start: &Zoned, length: SignedDuration) -> Zoned {
    start
        .timestamp()
        .saturating_add(length)
        .unwrap_or(jiff::Timestamp::MAX)
        .to_zoned(start.time_zone().clone())
}

/// The weekday that is `count` weekdays after `date`. At the end of the calendar, its last weekday.
fn business_day(date: Date, count: u32) -> Date {
    let mut day = date;
    for _ in 0..count {
        day = next_weekday(day);
    }
    day
}

fn next_weekday(date: Date) -> Date {
    let days = match date.weekday() {
        Weekday::Friday => 3,
        Weekday::Saturday => 2,
        _ => 1,
    };
    // A year before the last day that there is, so that its moments exist in every zone.
    date.checked_add(Span::new().days(days)).ok().filter(|day| day.year() < 9999).unwrap_or(date)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::zone;
    use super::*;

    fn closes(opened: &str, window: &str, site: &str) -> String {
        let opened = When::parse(opened).unwrap();
        let due = Window::parse(window).unwrap().closes(&opened, &zone(site).unwrap());
        due.strftime("%a %Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn due(text: &str, site: &str) -> String {
        When::parse(text).unwrap().due(&zone(site).unwrap()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    #[test]
    fn a_deadline_keeps_the_zone_that_it_was_written_for() {
        for (text, expected) in [
            ("2026-11-26", "2026-11-26T23:59:59+01:00"),
            ("2026-11-26T17:00", "2026-11-26T17:00:00+01:00"),
            ("2026-11-26T17:00[America/Chicago]", "2026-11-26T17:00:00-06:00"),
            ("2026-11-26T17:00+05:30", "2026-11-26T17:00:00+05:30"),
            ("2026-11-26T17:00Z", "2026-11-26T17:00:00+00:00"),
        ] {
            assert_eq!(due(text, "Europe/Berlin"), expected, "{text}");
        }
    }

    #[test]
    fn a_deadline_that_clocks_skip_or_repeat_follows_its_zone() {
        for (text, expected) in [
            ("2026-03-29T02:30[Europe/Berlin]", "2026-03-29T03:30:00+02:00"),
            ("2026-10-25T02:30[Europe/Berlin]", "2026-10-25T02:30:00+02:00"),
            ("2026-03-08T02:30[America/Chicago]", "2026-03-08T03:30:00-05:00"),
            ("2026-11-01T01:30[America/Chicago]", "2026-11-01T01:30:00-05:00"),
            ("2026-10-04T02:15[Australia/Lord_Howe]", "2026-10-04T02:45:00+11:00"),
        ] {
            assert_eq!(due(text, "UTC"), expected, "{text}");
        }
        // A day of 23 hours ends when its last hour does, and one without midnight has an end as well.
        assert_eq!(due("2026-03-29", "Europe/Berlin"), "2026-03-29T23:59:59+02:00");
        assert_eq!(due("2026-09-05", "America/Santiago"), "2026-09-05T23:59:59-04:00");
    }

    #[test]
    fn hours_are_elapsed_time_also_where_clocks_change() {
        for (opened, window, expected) in [
            ("2026-11-24T10:00", "24h", "Wed 2026-11-25T10:00:00+01:00"),
            ("2026-03-28T12:00", "24h", "Sun 2026-03-29T13:00:00+02:00"),
            ("2026-10-24T12:00", "24h", "Sun 2026-10-25T11:00:00+01:00"),
            ("2026-11-24T10:00[Asia/Singapore]", "45m", "Tue 2026-11-24T10:45:00+08:00"),
            ("2026-11-24T10:00-03:00", "2d", "Thu 2026-11-26T10:00:00-03:00"),
        ] {
            assert_eq!(closes(opened, window, "Europe/Berlin"), expected, "{opened} {window}");
        }
    }

    #[test]
    fn a_window_that_opens_on_a_date_opens_with_the_end_of_it() {
        for (window, expected) in [
            ("24h", "Wed 2026-11-25T23:59:59+01:00"),
            ("4h", "Wed 2026-11-25T03:59:59+01:00"),
            ("1w", "Tue 2026-12-01T23:59:59+01:00"),
        ] {
            assert_eq!(closes("2026-11-24", window, "Europe/Berlin"), expected, "{window}");
        }
        // Over the night in which clocks change a day is still a day.
        assert_eq!(closes("2026-03-28", "24h", "Europe/Berlin"), "Sun 2026-03-29T23:59:59+02:00");
    }

    #[test]
    fn business_days_leave_weekends_out() {
        for (opened, window, expected) in [
            ("2026-11-20T17:00", "1bd", "Mon 2026-11-23T17:00:00+01:00"),
            ("2026-11-19T17:00", "2bd", "Mon 2026-11-23T17:00:00+01:00"),
            ("2026-11-20", "2bd", "Tue 2026-11-24T23:59:59+01:00"),
            ("2026-11-21T09:00", "1bd", "Mon 2026-11-23T23:59:59+01:00"),
            ("2026-11-22", "1bd", "Mon 2026-11-23T23:59:59+01:00"),
            ("2026-11-18T09:00", "10bd", "Wed 2026-12-02T09:00:00+01:00"),
            // Friday evening in Chicago is Saturday in Berlin; the weekend is the author's.
            ("2026-11-20T19:00[America/Chicago]", "1bd", "Mon 2026-11-23T19:00:00-06:00"),
        ] {
            assert_eq!(closes(opened, window, "Europe/Berlin"), expected, "{opened} {window}");
        }
    }

    #[test]
    fn the_end_of_the_calendar_has_deadlines_too() {
        for window in ["500w", "3650bd", "87000h"] {
            assert!(!closes("9998-12-31T23:59", window, "Pacific/Kiritimati").is_empty());
            assert!(!closes("9998-12-31", window, "Pacific/Pago_Pago").is_empty());
        }
    }

    const ZONES: [&str; 6] = [
        "Europe/Berlin",
        "America/Chicago",
        "Asia/Singapore",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Pacific/Apia",
    ];

    proptest! {
        #[test]
        fn a_window_never_closes_before_it_opens(
            place in 0usize..6, bare: bool, second in 0i64..4_000_000_000, n in 1u32..500, unit in 0usize..5
        ) {
            let zone = zone(ZONES[place]).unwrap();
            let local = jiff::Timestamp::from_second(second).unwrap().to_zoned(zone.clone()).datetime();
            let opened = if bare { When::Date(local.date()) } else { When::Local(local) };
            let window = Window::parse(&format!("{n}{}", ["m", "h", "d", "w", "bd"][unit])).unwrap();
            let due = window.closes(&opened, &zone);
            prop_assert!(due.timestamp() > opened.start(&zone));
            if let Window::BusinessDays(_) = window {
                prop_assert!(!is_weekend(due.date()), "{due}");
            }
        }
    }
}
