//! Text as all readers take it: line feeds only, no byte order mark, no NUL (the first step of WebVTT's parser,
//! <https://www.w3.org/TR/webvtt1/#webvtt-parser-algorithm>).

use std::borrow::Cow;

/// `text` in that form. Lines keep their numbers.
pub(super) fn normalised(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.bytes().any(|b| b == b'\r' || b == b'\0') {
        return Cow::Borrowed(text);
    }
    let mut normal = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\0' => normal.push('\u{fffd}'),
            '\r' => {
                chars.next_if_eq(&'\n');
                normal.push('\n');
            }
            c => normal.push(c),
        }
    }
    Cow::Owned(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_a_line_feed_and_no_nul_stays() {
        assert_eq!(normalised("\u{feff}a\r\nb\rc\n\r\0"), "a\nb\nc\n\n\u{fffd}");
        assert_eq!(normalised("\u{feff}\u{feff}a"), "\u{feff}a");
    }
}
