//! Points in time as teams write them, and the clock as a value.
//!
//! Nothing here asks the machine what time it is: [`Clock`] comes in from `main`.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

mod clock;
mod dates;
mod deadline;
mod duration;
mod moment;
mod when;
mod window;
mod zone;

pub use dates::{lenient_date, month_of_word};
pub use duration::duration;
pub use moment::Moment;
pub use zone::{zone, zone_name};

/// Why a text is no time of the kind that was wanted: what was expected, as a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError(String);

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimeError {}

/// The one clock of a run: `--now`, else `SOURCE_DATE_EPOCH`, else the machine's.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The instant that counts as now.
    pub now: Timestamp,
}

/// A point in time as it was written, with as much as was said and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A bare date: the whole day; as a deadline its end.
    Date(Date),
    /// Date and time with no zone: the site's zone is meant.
    Local(DateTime),
    /// Date and time in a named zone, `2026-11-26T17:00[Europe/Berlin]`.
    Zoned(DateTime, TimeZone),
    /// Date and time with an offset or `Z`.
    Instant(Timestamp, DateTime),
}

/// How long responses are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Elapsed time, from `45m`, `24h`, `2d`, `1w`.
    Elapsed(SignedDuration),
    /// Business days, from `2bd`: weekends are skipped.
    BusinessDays(u32),
}
