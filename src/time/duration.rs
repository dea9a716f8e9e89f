//! Times inside recordings, and their lengths: `12:34`, `1:02:03`, `90s`, `8m30s`, `PT5M`.

use jiff::SignedDuration;

use super::TimeError;

/// A recording may be four days long; what is more is a slip of the hand.
const MOST_SECONDS: u64 = 4 * 24 * 3600;

/// Reads `12:34`, `1:02:03` (each with a fraction, if need be), `1h02m03s` with any of its parts, or ISO 8601's
/// `PT1H2M3S`.
///
/// # Errors
/// For any other form; a bare number is one, since it could be minutes.
pub fn duration(text: &str) -> Result<SignedDuration, TimeError> {
    let text = text.trim();
    let millis = if text.contains(':') { clock(text) } else { units(text) };
    let millis = millis.ok_or_else(|| expected(text))?;
    if millis > MOST_SECONDS * 1000 {
        return Err(TimeError("Expected less than four days.".into()));
    }
    Ok(SignedDuration::from_millis(i64::try_from(millis).unwrap_or(0)))
}

fn expected(text: &str) -> TimeError {
    let forms = "Expected `12:34`, `1:02:03`, `90s`, `8m30s` or `PT8M30S`.";
    let bare = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    TimeError(if bare { format!("Write `{text}s` if seconds are meant. {forms}") } else { forms.into() })
}

/// `m:ss` or `h:mm:ss`, seconds and minutes below 60 where something stands before them.
fn clock(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let [first, rest @ ..] = &parts[..] else { return None };
    if rest.len() > 2 {
        return None;
    }
    let mut seconds = number(first)?;
    for part in rest {
        let value = number(part).filter(|value| part.len() == 2 && *value < 60)?;
        seconds = seconds * 60 + value;
    }
    Some(seconds * 1000 + thousandths(fraction)?)
}

/// `1h02m03s`, `PT1H2M3S`: each unit at most once, from the largest to the smallest.
fn units(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.strip_prefix("pt").unwrap_or(&lower);
    let mut millis = 0;
    let mut found = false;
    for (unit, factor) in [('h', 3600), ('m', 60), ('s', 1)] {
        let Some((value, after)) = rest.split_once(unit) else { continue };
        let (whole, fraction) =
            if unit == 's' { value.split_once('.').unwrap_or((value, "0")) } else { (value, "0") };
        millis += number(whole)? * factor * 1000 + thousandths(fraction)?;
        (rest, found) = (after, true);
    }
    (found && rest.is_empty()).then_some(millis)
}

/// Up to six digits, so that no product overflows.
fn number(text: &str) -> Option<u64> {
    let fine = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fine { text.parse().ok() } else { None }
}

fn thousandths(text: &str) -> Option<u64> {
    let fine = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fine { format!("{text:0<3}")[..3].parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_each_form() {
        for (text, seconds) in [
            ("2:15", 135),
            ("12:34", 754),
            ("1:02:03", 3723),
            ("01:02:03", 3723),
            ("75:00", 4500),
            ("90s", 90),
            ("8m30s", 510),
            ("1h02m03s", 3723),
            ("1h", 3600),
            ("PT5M", 300),
            ("PT1H2M3S", 3723),
        ] {
            assert_eq!(duration(text), Ok(SignedDuration::from_secs(seconds)), "{text}");
        }
        assert_eq!(duration("0:01.5"), Ok(SignedDuration::from_millis(1500)));
        assert_eq!(duration("1.25s"), Ok(SignedDuration::from_millis(1250)));
    }

    #[test]
    fn refuses_what_is_ambiguous_or_none() {
        for text in [
            "", "12", ":", "1:", "1:2", "1:60", "1:60:00", "1:2:3:4", "s", "5m8h", "PT", "-1:00", "1:-1",
            "8m30", "１:00",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(duration("90").unwrap_err().to_string().starts_with("Write `90s`"));
        assert!(duration("999999:00:00").is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[0-9:.hmsPT ]{0,24}", any in any::<String>()) {
            let _ = (duration(&text), duration(&any));
        }
    }
}
