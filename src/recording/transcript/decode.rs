//! Bytes made into text: UTF-8, or UTF-16 where a byte order mark says so.
//!
//! A browser replaces what is no UTF-8 and reads on; so does this, and says it.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

/// The text of the file `path`, and a finding where bytes had to be replaced by U+FFFD.
pub fn decode<'a>(path: &SourcePath, bytes: &'a [u8]) -> (Cow<'a, str>, Option<Diagnostic>) {
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    if let Some((rest, unit)) = wide {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        return (Cow::Owned(String::from_utf16_lossy(&units)), None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let byte = bytes.get(at).copied().unwrap_or_default();
            let message = format!("`{path}` is not UTF-8: byte {} is 0x{byte:02X}", at + 1);
            let found = Diagnostic::warning("not-utf-8", message)
                .at(Place::in_text(path, &text, at..at + '\u{fffd}'.len_utf8()))
                .hint("Save it as UTF-8; what could not be read is shown as \u{fffd}.");
            (Cow::Owned(text), Some(found))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, bool) {
        let (text, found) = decode(&SourcePath::new("a.vtt").unwrap(), bytes);
        (text.into_owned(), found.is_some())
    }

    #[test]
    fn utf_16_is_read_where_its_mark_says_so() {
        assert_eq!(decoded(b"\xff\xfea\0\xe4\0"), ("aä".into(), false));
        assert_eq!(decoded(b"\xfe\xff\0a\0"), ("a".into(), false));
    }

    #[test]
    fn what_is_no_text_is_replaced_and_said() {
        assert_eq!(decoded(b"caf\xe9 x"), ("caf\u{fffd} x".into(), true));
        assert_eq!(decoded("ä\u{feff}".as_bytes()), ("ä\u{feff}".into(), false));
    }
}
