//! Bare addresses, `@handle` and `[12:34]` in a run of text.
//!
//! The rules for addresses are those of GitHub Flavored Markdown's extended autolinks (its specification, section
//! 6.9): what may stand before one, which signs at its end belong to the sentence, when a parenthesis does.

use std::ops::Range;

use crate::document::moments::{self, Bracketed};
use crate::time::Moment;

/// Longer names of hosts don't exist.
const LONGEST_HOST: usize = 255;

/// Something found in text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// `www.`: a link to `http://` and the text.
    Www,
    /// `http://` or `https://`: a link to the text.
    Url,
    /// An e-mail address.
    Email,
    /// `@handle`; the handle is the text without its first character.
    Mention,
    /// A moment of a recording, with its brackets.
    Moment {
        /// Which of the document's.
        recording: usize,
        /// When.
        at: Moment,
    },
    /// What would be a moment if the document named this recording.
    UnknownRecording(String),
}

/// What text may speak of.
pub struct KnownNames<'k> {
    /// Whether a handle is somebody's.
    pub handle: &'k dyn Fn(&str) -> bool,
    /// What the document calls its recordings.
    pub recordings: &'k [String],
}

impl KnownNames<'_> {
    fn moment(&self, text: &str, from: usize, colon: usize) -> Option<(Found, Range<usize>)> {
        if self.recordings.is_empty() {
            return None;
        }
        let (found, range) = moments::find(text, from, colon, self.recordings)?;
        let found = match found {
            Bracketed::Moment(recording, at) => Found::Moment { recording, at },
            Bracketed::Unknown(name) => Found::UnknownRecording(name),
        };
        Some((found, range))
    }
}

/// The first address, moment or known handle in `text` at or after `from`, and where it stands.
pub fn find(text: &str, from: usize, known: &KnownNames<'_>) -> Option<(Found, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(sign) = memchr::memchr3(b':', b'@', b'.', bytes.get(at..)?).map(|i| at + i) {
        let found = match bytes[sign] {
            b':' => url(text, from, sign)
                .map(|range| (Found::Url, range))
                .or_else(|| known.moment(text, from, sign)),
            b'.' => www(text, from, sign).map(|range| (Found::Www, range)),
            _ => email(text, from, sign)
                .map(|range| (Found::Email, range))
                .or_else(|| mention(text, sign, known.handle).map(|range| (Found::Mention, range))),
        };
        if found.is_some() {
            return found;
        }
        at = sign + 1;
    }
    None
}

fn url(text: &str, from: usize, colon: usize) -> Option<Range<usize>> {
    let rest = text[colon..].strip_prefix("://")?;
    let letters = text.as_bytes()[from..colon].iter().rev().take(6).take_while(|b| b.is_ascii_alphabetic());
    let start = colon - letters.count();
    if !["http", "https"].iter().any(|scheme| text[start..colon].eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let host = domain(rest.as_bytes(), true)?;
    Some(start..end(text, colon + 3 + host))
}

fn www(text: &str, from: usize, dot: usize) -> Option<Range<usize>> {
    let start = dot.checked_sub(3).filter(|start| *start >= from)?;
    let bytes = text.as_bytes();
    if !bytes[start..dot].eq_ignore_ascii_case(b"www") {
        return None;
    }
    let before = bytes[..start].last();
    if before.is_some_and(|b| !b.is_ascii_whitespace() && !b"*_~(".contains(b)) {
        return None;
    }
    let host = domain(&bytes[start..], false)?;
    Some(start..end(text, start + host))
}

/// The length of the host at the start of `bytes`; `short` allows one without a dot (`http://localhost`).
fn domain(bytes: &[u8], short: bool) -> Option<usize> {
    let is_host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.') || !b.is_ascii();
    let length = bytes.iter().take(LONGEST_HOST + 1).take_while(|b| is_host(b)).count();
    if length > LONGEST_HOST {
        return None;
    }
    let host = &bytes[..length];
    let mut labels = host.rsplit(|b| *b == b'.');
    let last = labels.next().filter(|label| short || !label.is_empty() || labels.clone().count() > 1)?;
    let underscore = |label: &[u8]| label.contains(&b'_');
    let second = labels.next();
    if underscore(last) || second.is_some_and(underscore) || (second.is_none() && !short) {
        return None;
    }
    host.first().is_some_and(|b| *b != b'.').then_some(length)
}

/// Where an address ends whose host ends at `host`: before white space or `<`, and without the signs that belong
/// to the sentence.
fn end(text: &str, host: usize) -> usize {
    let rest = &text[host..];
    let stop = rest.find(|c: char| c.is_whitespace() || c == '<').map_or(text.len(), |at| host + at);
    trim(text, host, stop)
}

fn trim(text: &str, host: usize, mut stop: usize) -> usize {
    let bytes = text.as_bytes();
    // Counted once and kept up to date, so that a line of `)` stays linear.
    let count = |sign| memchr::memchr_iter(sign, &bytes[host..stop]).count();
    let (opened, mut closed) = (count(b'('), count(b')'));
    while stop > host {
        match bytes[stop - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => stop -= 1,
            b')' if closed > opened => {
                closed -= 1;
                stop -= 1;
            }
            b';' => {
                let name =
                    bytes[host..stop - 1].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
                let reference = name > 0 && stop - 1 - name > host && bytes[stop - 2 - name] == b'&';
                stop -= if reference { name + 2 } else { 1 };
            }
            _ => break,
        }
    }
    // A host may end a sentence too.
    stop - usize::from(stop == host && text[..host].ends_with('.'))
}

fn email(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_local = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let local = bytes[from..at].iter().rev().take(64).take_while(is_local).count();
    let is_host = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let host = bytes[at + 1..].iter().take(255).take_while(is_host).count();
    let host = text[at + 1..at + 1 + host].trim_end_matches('.');
    let named = host.contains('.') && !host.ends_with(['-', '_']) && !host.split('.').any(str::is_empty);
    (local > 0 && named).then(|| at - local..at + 1 + host.len())
}

fn mention(text: &str, at: usize, known: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '.' | '-' | '`')) {
        return None;
    }
    let rest = &text[at + 1..];
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let length = rest.bytes().take(64).take_while(is_part).count();
    let handle = rest[..length].trim_end_matches(['.', '-', '_']);
    let after = rest[handle.len()..].chars().next();
    let ends = after.is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '@');
    (ends && !handle.is_empty() && known(handle)).then(|| at..at + 1 + handle.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        let known = KnownNames { handle: &|handle| handle == "ana" || handle == "bo.li", recordings: &[] };
        let (mut from, mut found) = (0, Vec::new());
        while let Some((_, range)) = find(text, from, &known) {
            from = range.end;
            found.push(&text[range]);
        }
        found
    }

    #[test]
    fn finds_addresses_by_githubs_rules() {
        for (text, expected) in [
            ("www.commonmark.org", &["www.commonmark.org"] as &[_]),
            ("Visit www.commonmark.org/help for more.", &["www.commonmark.org/help"]),
            ("Visit www.commonmark.org.", &["www.commonmark.org"]),
            ("Visit www.commonmark.org/a.b.", &["www.commonmark.org/a.b"]),
            ("www.google.com/search?q=Markup+(business)", &["www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=Markup+(business)))", &["www.google.com/search?q=Markup+(business)"]),
            ("(www.google.com/search?q=Markup+(business))", &["www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=(business))+ok", &["www.google.com/search?q=(business))+ok"]),
            ("www.google.com/search?q=commonmark&hl=en", &["www.google.com/search?q=commonmark&hl=en"]),
            ("www.google.com/search?q=commonmark&hl;", &["www.google.com/search?q=commonmark"]),
            ("www.commonmark.org/he<lp", &["www.commonmark.org/he"]),
            (
                "http://commonmark.org, https://a.example:8080/x?y#z!",
                &["http://commonmark.org", "https://a.example:8080/x?y#z"],
            ),
            ("http://localhost:3000", &["http://localhost:3000"]),
            ("http://a_b.example http://a.b_c http://", &[]),
            ("xhttp://a.example awww.b.example ftp://c.example", &[]),
            ("see http://例え.jp/道。", &["http://例え.jp/道。"]),
            ("\"https://a.example/x\".", &["https://a.example/x"]),
            ("**https://a.example**", &["https://a.example"]),
            ("foo@bar.baz", &["foo@bar.baz"]),
            ("hello@mail+xyz.example isn't, hello+xyz@mail.example is", &["hello+xyz@mail.example"]),
            ("a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_", &["a.b-c_d@a.b", "a.b-c_d@a.b"]),
            ("12:30 a.b e.g. x@y", &[]),
        ] {
            assert_eq!(all(text), expected, "{text:?}");
        }
    }

    #[test]
    fn finds_known_handles_only() {
        assert_eq!(all("@ana, (@ana) @bo.li. @anabel @eve x@ana"), ["@ana", "@ana", "@bo.li"]);
        assert_eq!(all("@ana/repo @@ana @ana@host"), [""; 0]);
    }

    #[test]
    fn stays_linear_on_hostile_lines() {
        for unit in ["www.", "_www.a_b", "http://", "@", "a@", ")", "&a;", "http://a)"] {
            let text = format!("http://a.example/{}", unit.repeat(100_000));
            let _ = all(&text);
        }
        let _ = all(&"www.a.b)))))".repeat(50_000));
    }
}
