//! Bytes made into text, or into a diagnostic that says where they stop being text.
//!
//! Only what can stand in HTML and in XML passes: UTF-8 without control characters other than tab and line ends
//! (XML 1.0, production 2; the feeds need it). Nothing is repaired here.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;
use crate::source::SourceFile;

use super::Failure;
use super::assets::read_at_most;

/// The largest text that is read, in bytes.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;

/// The text of `path`, which lies at `real`; a byte order mark is taken off, line ends stay as they are.
/// The outer error is the machine's, the inner one the file's.
pub(super) fn load(path: &SourcePath, real: &Path) -> Result<Result<SourceFile, Diagnostic>, Failure> {
    let bytes = read_at_most(real, LARGEST + 1).map_err(|error| Failure::io("read", real, &error))?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("`{path}` is larger than {} MiB", LARGEST >> 20);
        return Ok(Err(Diagnostic::error("file-too-large", message)
            .at(Place::file(path))
            .hint("Split it, or leave it out with `exclude` in threadmark.yml.")));
    }
    Ok(decode(path, bytes))
}

/// `bytes` as the text of `path`.
pub(super) fn decode(path: &SourcePath, bytes: Vec<u8>) -> Result<SourceFile, Diagnostic> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Diagnostic::error("not-utf-8", format!("`{path}` is UTF-16, not UTF-8"))
            .at(Place::file(path))
            .hint("Save it as UTF-8."));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    match is_suspicious(&text).then(|| text.char_indices().find(|(_, c)| forbidden(*c))).flatten() {
        Some((at, c)) => Err(control(path, &text, at, c)),
        None => Ok(SourceFile { path: path.clone(), text: text.into() }),
    }
}

fn not_utf8(path: &SourcePath, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(at).copied().unwrap_or_default();
    // Up to the fault the lossy text is the file's own, so places in it are right.
    let lossy = String::from_utf8_lossy(error.as_bytes());
    Diagnostic::error("not-utf-8", format!("`{path}` is not UTF-8: byte {} is 0x{byte:02X}", at + 1))
        .at(Place::in_text(path, &lossy, at..at + '\u{fffd}'.len_utf8()))
        .hint("Save it as UTF-8.")
}

fn control(path: &SourcePath, text: &str, at: usize, c: char) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "control-character",
        format!("`{path}` holds the control character U+{:04X} at byte {}", u32::from(c), at + 1),
    )
    .at(Place::in_text(path, text, at..at + c.len_utf8()));
    match c {
        '\0' => diagnostic.hint("Remove it; if the whole file looks like this, it is not UTF-8 text."),
        _ => diagnostic.hint("Remove it; it can't stand in a page."),
    }
}

/// How many bytes are looked at together: a fixed number of them, all to the end, is quick to see.
const CHUNK: usize = 64;

/// A cheap first look at every byte.
fn is_suspicious(text: &str) -> bool {
    let any = |chunk: &[u8]| chunk.iter().fold(false, |any, byte| any | suspicious(*byte));
    text.as_bytes().chunks(CHUNK).any(any)
}

/// Whether a byte can belong to a forbidden character.
const fn suspicious(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7f | 0xc2 | 0xef)
}

const fn forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Result<String, (&'static str, usize, usize)> {
        let path = SourcePath::new("a.md").unwrap();
        decode(&path, bytes.to_vec()).map(|file| file.text.to_string()).map_err(|d| {
            let place = d.place.unwrap();
            (d.code, place.line, place.column)
        })
    }

    #[test]
    fn takes_the_byte_order_mark_off_and_leaves_line_ends() {
        assert_eq!(decoded(b"\xef\xbb\xbfa\r\nb\tc\n"), Ok("a\r\nb\tc\n".into()));
        assert_eq!(decoded("£ ﬁ é\u{a0}".as_bytes()), Ok("£ ﬁ é\u{a0}".into()));
        assert_eq!(decoded(b""), Ok(String::new()));
    }

    #[test]
    fn names_the_place_of_what_is_not_text() {
        assert_eq!(
            decoded(
                "one\nzwölf ".as_bytes().iter().copied().chain([0xff, b'x']).collect::<Vec<_>>().as_slice()
            ),
            Err(("not-utf-8", 2, 7))
        );
        assert_eq!(decoded(b"a\nb\0c"), Err(("control-character", 2, 2)));
        assert_eq!(decoded(b"\x1b[31m"), Err(("control-character", 1, 1)));
        assert_eq!(decoded("x\u{85}".as_bytes()), Err(("control-character", 1, 2)));
        assert_eq!(decoded(b"\xff\xfea\0"), Err(("not-utf-8", 0, 0)));
    }

    #[test]
    fn a_cut_character_at_the_end_is_an_error() {
        assert_eq!(decoded(b"caf\xc3"), Err(("not-utf-8", 1, 4)));
    }
}
