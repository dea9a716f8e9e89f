//! Percent-encoding (RFC 3986) in the four ways in which addresses want it; the coding itself is the crate's.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode_byte, utf8_percent_encode,
};

/// What stays of a path or a reference besides letters and digits: the unreserved signs, and the slash between parts.
const REFERENCE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What stays of a path that starts with a slash: every `pchar` and `/`.
const PATH: &AsciiSet = &REFERENCE
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A path for use in a URL, as browsers do it.
pub fn encode_path(path: &str) -> String {
    Cow::from(utf8_percent_encode(path, PATH)).into_owned()
}

/// A path that stands alone as a relative reference. There a colon in the first part would end a scheme (RFC 3986, 4.2),
/// so only what is unreserved stays.
pub fn encode_reference(path: &str) -> String {
    Cow::from(utf8_percent_encode(path, REFERENCE)).into_owned()
}

/// A URL that somebody wrote: what no URL may hold is encoded, what is encoded already and letters of every script stay.
pub fn encode_unsafe(url: &str) -> String {
    let is_unsafe =
        |c: char| matches!(c, '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\x7f');
    if !url.contains(is_unsafe) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match u8::try_from(c) {
            Ok(byte) if is_unsafe(c) => out.push_str(percent_encode_byte(byte)),
            _ => out.push(c),
        }
    }
    out
}

/// A text as it was before it was encoded; a `%` that begins no code stays, and so does all of a text that would not be UTF-8.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text)).into_owned()
}

/// The same for a text that a program sent: `None` where a `%` begins no code or what comes out is not UTF-8.
pub fn decode_strictly(text: &str) -> Option<String> {
    let is_code = |after: &str| after.len() >= 2 && after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    let fine = text.split('%').skip(1).all(is_code);
    fine.then(|| percent_decode_str(text).decode_utf8().ok()).flatten().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_keeps_what_may_stand_there() {
        assert_eq!(encode_path("/a b/ö+&'%20:@.md"), "/a%20b/%C3%B6+&'%2520:@.md");
        assert_eq!(encode_path("/?#[]\"<>\\^`{|}~"), "/%3F%23%5B%5D%22%3C%3E%5C%5E%60%7B%7C%7D~");
        assert_eq!(encode_reference("a:b/ö+(1)-_.~.md"), "a%3Ab/%C3%B6%2B%281%29-_.~.md");
        assert_eq!(
            encode_unsafe("x/ö %20\"<>\\^`{|}\u{7f}&?#"),
            "x/ö%20%20%22%3C%3E%5C%5E%60%7B%7C%7D%7F&?#"
        );
    }

    #[test]
    fn only_codes_are_decoded() {
        assert_eq!(decode("a%20b%C3%b6%2"), "a bö%2");
        assert_eq!(decode("100%.md%zz%%41"), "100%.md%zz%A");
        assert_eq!(decode("%20%ff"), "%20%ff", "not UTF-8");
    }

    #[test]
    fn what_a_program_sent_must_be_whole() {
        assert_eq!(decode_strictly("a%20%C3%B6"), Some("a ö".into()));
        for text in ["%", "%2", "%zz", "a%20%", "%%41", "%ff", "%+1", "%é"] {
            assert_eq!(decode_strictly(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_was_encoded_comes_back(text in ".{0,40}") {
            proptest::prop_assert_eq!(&decode(&encode_path(&text)), &text);
            proptest::prop_assert_eq!(decode_strictly(&encode_reference(&text)), Some(text));
        }
    }
}
