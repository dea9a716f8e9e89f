//! Which day an update is for: the coming one of its rhythm.

use jiff::civil::{Date, Weekday};

use crate::config::{Cadence, Every};

/// The day on which the next update is due, today included. A fortnight counts from `last`, the latest update there is;
/// a month's update is due on its last such weekday, or on its last day.
pub(super) fn coming(cadence: Cadence, today: Date, last: Option<Date>) -> Date {
    let on = |day: Weekday| days_after(today, i64::from(today.weekday().until(day)));
    match (cadence.every, cadence.on) {
        (Every::Day, _) | (Every::Week | Every::Fortnight, None) => today,
        (Every::Week, Some(day)) => on(day),
        (Every::Fortnight, Some(day)) => {
            let due = on(day);
            // Odd by the calendar weeks since the last one: that week has none.
            let skips = last.is_some_and(|last| weeks_between(last, due) % 2 != 0);
            if skips { days_after(due, 7) } else { due }
        }
        (Every::Month, day) => {
            let due = end_of_month(today, day);
            if due < today { end_of_month(days_after(today.last_of_month(), 1), day) } else { due }
        }
    }
}

fn end_of_month(within: Date, day: Option<Weekday>) -> Date {
    let end = within.last_of_month();
    let back = day.map_or(0, |day| end.weekday().since(day));
    days_after(end, -i64::from(back))
}

fn weeks_between(a: Date, b: Date) -> i64 {
    let monday = |date: Date| days_after(date, -i64::from(date.weekday().to_monday_zero_offset()));
    a.until(b).map_or(0, |_| (monday(b).duration_since(monday(a)).as_hours() / (7 * 24)).abs())
}

fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::SignedDuration::from_hours(24 * days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(every: Every, on: Option<Weekday>, today: &str, last: Option<&str>) -> String {
        let date = |text: &str| text.parse::<Date>().unwrap();
        coming(Cadence { every, on }, date(today), last.map(date)).to_string()
    }

    #[test]
    fn the_coming_day_is_today_or_later() {
        let friday = Some(Weekday::Friday);
        for (every, on, today, last, expected) in [
            (Every::Week, friday, "2026-11-22", None, "2026-11-27"),
            (Every::Week, friday, "2026-11-27", None, "2026-11-27"),
            (Every::Week, friday, "2026-11-28", None, "2026-12-04"),
            (Every::Week, None, "2026-11-22", None, "2026-11-22"),
            (Every::Day, friday, "2026-11-22", None, "2026-11-22"),
            (Every::Fortnight, friday, "2026-11-22", None, "2026-11-27"),
            (Every::Fortnight, friday, "2026-11-22", Some("2026-11-20"), "2026-12-04"),
            (Every::Fortnight, friday, "2026-11-22", Some("2026-11-13"), "2026-11-27"),
            // It was written on the Thursday before.
            (Every::Fortnight, friday, "2026-11-22", Some("2026-11-12"), "2026-11-27"),
            (Every::Month, friday, "2026-11-22", None, "2026-11-27"),
            (Every::Month, friday, "2026-11-28", None, "2026-12-25"),
            (Every::Month, None, "2026-02-03", None, "2026-02-28"),
        ] {
            assert_eq!(due(every, on, today, last), expected, "{every:?} {on:?} {today} {last:?}");
        }
    }

    #[test]
    fn the_end_of_time_is_no_fault() {
        let friday = Some(Weekday::Friday);
        for every in [Every::Day, Every::Week, Every::Fortnight, Every::Month] {
            due(every, friday, "9999-12-31", Some("0001-01-01"));
        }
    }
}
