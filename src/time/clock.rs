//! The clock of a run, from what the command line or the environment says.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Clock, TimeError, When};

impl Clock {
    /// Reads `--now` or `SOURCE_DATE_EPOCH`: any form that a date in front matter has (without a zone: UTC;
    /// a bare date: its start), or whole seconds since 1970.
    ///
    /// # Errors
    /// For any other form, and for seconds past the year 9999.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            let seconds = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            return match seconds {
                Some(now) => Ok(Self { now }),
                None => Err(TimeError("Expected seconds since 1970, before the year 9999.".into())),
            };
        }
        match When::parse(text) {
            Ok(when) => Ok(Self { now: when.start(&TimeZone::UTC) }),
            Err(TimeError(why)) => Err(TimeError(format!("{why} Seconds since 1970 are understood too."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_and_build_systems_say() {
        let now = |text| Clock::parse(text).unwrap().now.to_string();
        assert_eq!(now("2026-11-22"), "2026-11-22T00:00:00Z");
        assert_eq!(now("2026-11-22T08:00:00Z"), "2026-11-22T08:00:00Z");
        assert_eq!(now("2026-11-22T08:00[Europe/Berlin]"), "2026-11-22T07:00:00Z");
        assert_eq!(now("0"), "1970-01-01T00:00:00Z");
        assert_eq!(now("1795334400"), "2026-11-22T08:00:00Z");
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", "now", "-1", "99999999999999", "99999999999999999999", "1e9"] {
            assert!(Clock::parse(text).is_err(), "{text}");
        }
    }
}
