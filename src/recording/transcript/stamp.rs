//! Times in transcripts: strictly as WebVTT wants them, and leniently as SRT and SBV files have them.

use super::super::Moment;

/// Collects a WebVTT timestamp from the start of `text` (<https://www.w3.org/TR/webvtt1/#collect-a-webvtt-timestamp>) and
/// gives what follows it.
pub(super) fn strict(text: &str) -> Option<(Moment, &str)> {
    let (first, first_length, mut rest) = digits(text)?;
    let hours_first = first_length != 2 || first > 59;
    rest = rest.strip_prefix(':')?;
    let (second, rest) = exactly(rest, 2)?;
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = exactly(rest, 2)?;
            (first, second, third, rest)
        }
        None if hours_first => return None,
        None => (0, first, second, rest),
    };
    let (millis, rest) = exactly(rest.strip_prefix('.')?, 3)?;
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Some((moment(hours, minutes, seconds, millis), rest))
}

/// The digits at the start: their value (as large as it gets), how many they are, and what follows.
fn digits(text: &str) -> Option<(u64, usize, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    let value =
        digits.bytes().fold(0_u64, |value, b| value.saturating_mul(10).saturating_add(u64::from(b - b'0')));
    (length > 0).then_some((value, length, rest))
}

fn exactly(text: &str, length: usize) -> Option<(u64, &str)> {
    digits(text).filter(|(_, found, _)| *found == length).map(|(value, _, rest)| (value, rest))
}

fn moment(hours: u64, minutes: u64, seconds: u64, millis: u64) -> Moment {
    let minutes = hours.saturating_mul(60).saturating_add(minutes);
    let seconds = minutes.saturating_mul(60).saturating_add(seconds);
    Moment::from_millis(seconds.saturating_mul(1000).saturating_add(millis))
}

/// A time such as `01:02:03,456`, with hours or without, `,` or `.`, one to nine digits after it or none.
pub(super) fn lenient(text: &str) -> Option<(Moment, &str)> {
    let (first, _, mut rest) = digits(text)?;
    let mut parts = vec![first];
    while let Some((value, length, after)) = rest.strip_prefix(':').and_then(digits) {
        if length > 2 || value > 59 || parts.len() == 3 {
            return None;
        }
        parts.push(value);
        rest = after;
    }
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let mut millis = 0;
    if let Some((_, length, after)) = rest.strip_prefix([',', '.']).and_then(digits) {
        let fraction = &rest[1..=length];
        millis = format!("{fraction:0<3}").get(..3).and_then(|text| text.parse().ok())?;
        rest = after;
    }
    Some((moment(hours, minutes, seconds, millis), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn webvtt_wants_its_digits() {
        for (text, millis) in [
            ("00:01.000", 1000),
            ("59:59.999", 3_599_999),
            ("00:00:01.000", 1000),
            ("0:00:01.000", 1000),
            ("60:00:01.000", 216_001_000),
            ("123456:00:00.001", 444_441_600_001),
        ] {
            assert_eq!(strict(text), Some((Moment::from_millis(millis), "")), "{text}");
        }
        for text in [
            "",
            "1",
            "00",
            "00:01",
            "00:01,000",
            "0:01.000",
            "60:00.000",
            "00:60.000",
            "00:00:60.000",
            "00:60:00.000",
            "00:01.00",
            "00:01.0000",
            "00:1.000",
            "00:001.000",
            " 00:01.000",
            "-00:01.000",
            "00:00:00:01.000",
            "００:01.000",
        ] {
            assert_eq!(strict(text), None, "{text}");
        }
        assert_eq!(strict("00:01.000x"), Some((Moment::from_seconds(1), "x")));
        assert!(strict("99999999999999999999999:00:00.000").is_some());
    }

    #[test]
    fn other_files_have_them_in_many_forms() {
        for (text, millis) in [
            ("00:00:01,000", 1000),
            ("0:00:01.5", 1500),
            ("00:01,25", 1250),
            ("1:2:3,004", 3_723_004),
            ("00:00:01", 1000),
            ("00:00:01.0004", 1000),
        ] {
            assert_eq!(lenient(text), Some((Moment::from_millis(millis), "")), "{text}");
        }
        for text in ["", "5", "00:61", "1:2:3:4", "x", "1:"] {
            assert_eq!(lenient(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(any in any::<String>(), near in "[0-9:.,é]{0,20}") {
            let _ = (strict(&any), lenient(&any), strict(&near), lenient(&near));
        }
    }
}
