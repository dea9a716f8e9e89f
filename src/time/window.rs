//! Response windows: `45m`, `24h`, `2d`, `1w`, `2bd`.

use jiff::SignedDuration;

use super::{TimeError, Window};

/// Ten years of minutes: a longer window is a slip of the hand.
const MOST_MINUTES: i64 = 10 * 366 * 24 * 60;

impl Window {
    /// A number and a unit: `m`inutes, `h`ours, `d`ays, `w`eeks, or `bd` for business days.
    ///
    /// # Errors
    /// For any other form, for nothing at all and for more than ten years.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (count, unit) = (text[..split].parse::<u32>().ok(), text[split..].trim());
        let count = count.filter(|n| *n > 0).ok_or_else(expected)?;
        let minutes = match unit {
            "m" => 1,
            "h" => 60,
            "d" | "bd" => 24 * 60,
            "w" => 7 * 24 * 60,
            _ => return Err(expected()),
        };
        let minutes = minutes * i64::from(count);
        if minutes > MOST_MINUTES {
            return Err(TimeError("Expected at most ten years.".into()));
        }
        Ok(if unit == "bd" {
            Self::BusinessDays(count)
        } else {
            Self::Elapsed(SignedDuration::from_mins(minutes))
        })
    }
}

fn expected() -> TimeError {
    TimeError("Expected a number and a unit: `45m`, `24h`, `2d`, `1w`, or `2bd` for business days.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_unit() {
        let hours = |n| Window::Elapsed(SignedDuration::from_hours(n));
        for (text, window) in [
            ("45m", Window::Elapsed(SignedDuration::from_mins(45))),
            ("24h", hours(24)),
            ("2d", hours(48)),
            ("1w", hours(168)),
            ("2bd", Window::BusinessDays(2)),
            (" 4 h ", hours(4)),
        ] {
            assert_eq!(Window::parse(text), Ok(window), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_window() {
        for text in ["", "24", "h", "0h", "-1h", "1.5h", "2x", "2bds", "1y", "99999999999h", "٢d"] {
            assert_eq!(Window::parse(text), Err(expected()), "{text}");
        }
        assert!(Window::parse("600w").unwrap_err().to_string().contains("ten years"));
        assert!(Window::parse("4294967295w").is_err());
    }
}
