//! Dated entries: a heading that starts with an ISO date or date-time has that as its id.

use jiff::civil::{Date, Time};

/// The id of a heading's text: `2026-11-20`, or with a time `2026-11-20t1700z`. Offsets are told by letters, since
/// `+` means a space to many servers: `+01:00` is `p0100`, `-01:00` is `m0100`. `None` for other headings.
pub fn id(text: &str) -> Option<String> {
    let text = text.trim_start();
    let day = text.get(..10)?;
    let shaped = day
        .bytes()
        .enumerate()
        .all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if !shaped || day.parse::<Date>().is_err() {
        return None;
    }
    let rest = &text[10..];
    if let Some((time, after)) = time(rest)
        && is_end(after)
    {
        return Some(format!("{day}t{time}"));
    }
    is_end(rest).then(|| day.to_owned())
}

/// Whether a date may end before `rest`: `2026-11-201` and `2026-11-20-notes` are other things.
fn is_end(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
}

/// `T17:00Z` and the like without its signs, and what follows it.
fn time(rest: &str) -> Option<(String, &str)> {
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let (mut id, mut rest) = digits(clock)?;
    if let Some((seconds, after)) = rest.strip_prefix(':').and_then(two) {
        id.push_str(seconds);
        rest = after;
    }
    let hours: i8 = id[..2].parse().ok()?;
    let minutes: i8 = id[2..4].parse().ok()?;
    Time::new(hours, minutes, 0, 0).ok()?;
    if let Some(after) = rest.strip_prefix(['Z', 'z']) {
        id.push('z');
        rest = after;
    } else if let Some((offset, after)) = rest.strip_prefix(['+', '-']).and_then(digits) {
        id.push(if rest.starts_with('+') { 'p' } else { 'm' });
        id.push_str(&offset);
        rest = after;
    }
    Some((id, rest))
}

/// `17:00` as `1700`, and what follows.
fn digits(text: &str) -> Option<(String, &str)> {
    let (hours, rest) = two(text)?;
    let (minutes, rest) = two(rest.strip_prefix(':')?)?;
    Some((format!("{hours}{minutes}"), rest))
}

fn two(text: &str) -> Option<(&str, &str)> {
    let pair = text.get(..2)?;
    pair.bytes().all(|b| b.is_ascii_digit()).then(|| (pair, &text[2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_and_times() {
        for (text, expected) in [
            ("2026-11-20", Some("2026-11-20")),
            ("2026-11-20: standup", Some("2026-11-20")),
            ("2026-11-20 Standup", Some("2026-11-20")),
            ("2026-11-20T17:00Z deployed", Some("2026-11-20t1700z")),
            ("2026-11-20 17:00", Some("2026-11-20t1700")),
            ("2026-11-20T17:00:30+01:00", Some("2026-11-20t170030p0100")),
            ("2026-11-20T17:00-05:00[America/Chicago]", Some("2026-11-20t1700m0500")),
            ("2026-11-20 25:00 x", Some("2026-11-20")),
            ("2026-02-30", None),
            ("2026-11-20-notes", None),
            ("2026-11-201", None),
            ("20 November", None),
            ("2026-1é-20", None),
        ] {
            assert_eq!(id(text).as_deref(), expected, "{text:?}");
        }
    }
}
