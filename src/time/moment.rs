//! A point in time of a recording: how people write it, and the anchor that it has.

use std::fmt;

use jiff::SignedDuration;

/// A point in time of a recording, to the thousandth of a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    /// So many thousandths of a second from the start.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// So many seconds from the start.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Thousandths of a second from the start.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds from the start, rounded down: what an anchor says.
    pub const fn whole_seconds(self) -> u64 {
        self.0 / 1000
    }

    /// Seconds from the start, with their fraction.
    pub fn seconds(self) -> f64 {
        // Beyond 285,000 years a thousandth of a second is lost.
        #[expect(clippy::cast_precision_loss, reason = "no recording is that long")]
        let millis = self.0 as f64;
        millis / 1000.0
    }

    /// How long it is from `earlier` to here; nothing where that is later.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads `12:34`, `1:02:03`, `12m40s`, `1h02m03s`, `t-12m34s`, `t=760`, `760s` and `760`, the forms in which times
    /// stand in texts and in addresses; a fraction of the seconds may follow.
    ///
    /// ```
    /// use threadmark::time::Moment;
    ///
    /// assert_eq!(Moment::parse("t-12m34s"), Some(Moment::from_seconds(754)));
    /// assert_eq!(Moment::parse("12:60"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("t-").or_else(|| text.strip_prefix("t=")).unwrap_or(text);
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let length = if plain { super::duration(&format!("{text}s")) } else { super::duration(text) };
        length.ok().map(Self::from)
    }

    /// The id that stands for this second on a page: `t-12m34s`, or `t-1h02m03s` from one hour on.
    pub fn anchor(self) -> String {
        let (hours, minutes, seconds) = self.parts();
        if hours > 0 {
            format!("t-{hours}h{minutes:02}m{seconds:02}s")
        } else {
            format!("t-{minutes}m{seconds:02}s")
        }
    }

    const fn parts(self) -> (u64, u64, u64) {
        let seconds = self.whole_seconds();
        (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// `12:34`, or `1:02:03` from one hour on: as people read it.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = self.parts();
        if hours > 0 {
            write!(f, "{hours}:{minutes:02}:{seconds:02}")
        } else {
            write!(f, "{minutes}:{seconds:02}")
        }
    }
}

/// What lies before the start is the start.
impl From<SignedDuration> for Moment {
    fn from(length: SignedDuration) -> Self {
        Self(u64::try_from(length.as_millis()).unwrap_or(0))
    }
}

impl From<Moment> for SignedDuration {
    fn from(moment: Moment) -> Self {
        Self::from_millis(i64::try_from(moment.0).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_form_in_which_a_time_is_written() {
        for (text, seconds) in [
            ("12:34", 754),
            ("1:02:03", 3723),
            ("t-12m34s", 754),
            ("t-1h02m03s", 3723),
            ("12m40s", 760),
            ("760", 760),
            ("t=760", 760),
            ("760s", 760),
            (" 0:00 ", 0),
        ] {
            assert_eq!(Moment::parse(text), Some(Moment::from_seconds(seconds)), "{text}");
        }
        assert_eq!(Moment::parse("0:01.5"), Some(Moment::from_millis(1500)));
        for text in ["", "t-", "x", "1:2", "12:60", "-5", ".", "1.2.3"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn anchors_have_two_digits_after_the_first_unit() {
        let anchor = |seconds| Moment::from_seconds(seconds).anchor();
        assert_eq!([anchor(5), anchor(754), anchor(3723)], ["t-0m05s", "t-12m34s", "t-1h02m03s"]);
        assert_eq!(Moment::from_millis(754_999).anchor(), "t-12m34s");
        assert_eq!(Moment::from_seconds(3723).to_string(), "1:02:03");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 0u64..300_000) {
            let moment = Moment::from_seconds(seconds);
            prop_assert_eq!(Moment::parse(&moment.anchor()), Some(moment));
            prop_assert_eq!(Moment::parse(&moment.to_string()), Some(moment));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), near in "[t0-9:.hms=-]{0,16}", millis in any::<u64>()) {
            let _ = (Moment::parse(&text), Moment::parse(&near), Moment::from_millis(millis).anchor());
        }
    }
}
