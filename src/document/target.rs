//! What a link's destination is, told from its text alone.
//!
//! Nothing here knows which documents exist: `site` turns the parts into a place. The rules are those of
//! browsers (the URL standard's preprocessing) and of GitHub (what a leading slash means), so that what is
//! refused here can't be read as something else there.

use std::borrow::Cow;

use crate::path::{decode, encode_unsafe};

/// A destination, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `#fragment`: decoded, without `#`; empty for the top of the page.
    SamePage(String),
    /// A path from the document's own folder.
    Relative(Parts),
    /// A path from the root (`/docs/a.md`): on GitHub the repository's root. The leading slash is left out.
    Rooted(Parts),
    /// A URL with an allowed scheme, fit to stand in an `href`.
    External(String),
    /// A scheme that is not allowed, in lower case.
    Refused(String),
}

/// The parts of a path-like destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Percent-decoded; may hold `.` and `..`, may be empty.
    pub path: String,
    /// As written, without `?`.
    pub query: Option<String>,
    /// Percent-decoded, without `#`.
    pub fragment: Option<String>,
}

/// Schemes that lead to another place or another program, and never run code in the page.
pub const SCHEMES: [&str; 12] =
    ["ftp", "ftps", "http", "https", "irc", "ircs", "mailto", "matrix", "sip", "sms", "tel", "xmpp"];

/// Takes `target` apart. Character references and Markdown's escapes are already resolved in it.
pub fn classify(target: &str) -> Target {
    let clean = preprocess(target);
    if let Some(fragment) = clean.strip_prefix('#') {
        return Target::SamePage(decode(fragment));
    }
    let mut front = clean.chars().take(2);
    if front.next().is_some_and(is_slash) && front.next().is_some_and(is_slash) {
        return Target::External(encode_unsafe(&format!("https://{}", clean.trim_start_matches(is_slash))));
    }
    if let Some(scheme) = scheme(&clean) {
        return if SCHEMES.contains(&scheme.as_str()) {
            Target::External(encode_unsafe(&clean))
        } else {
            Target::Refused(scheme)
        };
    }
    match clean.strip_prefix('/') {
        Some(rest) => Target::Rooted(split(rest)),
        None if clean.is_empty() => Target::SamePage(String::new()),
        None => Target::Relative(split(&clean)),
    }
}

/// What browsers do before they look at a URL: control characters and spaces go at both ends, tabs and line
/// breaks everywhere. Other control characters have no place in an address at all.
fn preprocess(target: &str) -> Cow<'_, str> {
    // Nearly all have neither, nor a letter beyond ASCII.
    if target.bytes().all(|b| b.is_ascii_graphic()) {
        return target.into();
    }
    target.trim_matches(|c: char| c <= ' ').chars().filter(|c| !c.is_control()).collect::<String>().into()
}

/// Browsers read a backslash as a slash where a host may follow.
fn is_slash(c: char) -> bool {
    c == '/' || c == '\\'
}

fn scheme(clean: &str) -> Option<String> {
    let (scheme, _) = clean.split_once(':')?;
    let mut bytes = scheme.bytes();
    let named = bytes.next()?.is_ascii_alphabetic()
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    named.then(|| scheme.to_ascii_lowercase())
}

fn split(text: &str) -> Parts {
    let (rest, fragment) = match text.split_once('#') {
        Some((rest, fragment)) => (rest, Some(decode(fragment))),
        None => (text, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (rest, None),
    };
    Parts { path: decode(path), query, fragment }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(path: &str, query: Option<&str>, fragment: Option<&str>) -> Target {
        Target::Relative(parts(path, query, fragment))
    }

    fn parts(path: &str, query: Option<&str>, fragment: Option<&str>) -> Parts {
        Parts { path: path.into(), query: query.map(Into::into), fragment: fragment.map(Into::into) }
    }

    #[test]
    fn takes_paths_apart() {
        assert_eq!(classify("a.md"), relative("a.md", None, None));
        assert_eq!(
            classify("../b%20c.md?plain=1#L%C3%A4nge"),
            relative("../b c.md", Some("plain=1"), Some("Länge"))
        );
        assert_eq!(classify("#why-not"), Target::SamePage("why-not".into()));
        assert_eq!(classify(""), Target::SamePage(String::new()));
        assert_eq!(classify("/docs/a.md#x"), Target::Rooted(parts("docs/a.md", None, Some("x"))));
        assert_eq!(classify("a#b#c"), relative("a", None, Some("b#c")));
        assert_eq!(classify("100%.md"), relative("100%.md", None, None));
        assert_eq!(classify("%ff.md"), relative("%ff.md", None, None));
        assert_eq!(classify("x/12:30.md"), relative("x/12:30.md", None, None));
    }

    #[test]
    fn lets_known_schemes_pass() {
        for url in ["https://a.example/?q=1#x", "HTTP://A.example", "mailto:ana@a.example", "tel:+49"] {
            assert_eq!(classify(url), Target::External(url.into()));
        }
        assert_eq!(classify("//a.example/x"), Target::External("https://a.example/x".into()));
        assert_eq!(classify("/\\a.example"), Target::External("https://a.example".into()));
        assert_eq!(classify("\\\\a.example"), Target::External("https://a.example".into()));
        assert_eq!(
            classify("https://a.example/a b\"<"),
            Target::External("https://a.example/a%20b%22%3C".into())
        );
    }

    #[test]
    fn refuses_every_other_scheme_however_it_is_written() {
        for (url, scheme) in [
            ("javascript:alert(1)", "javascript"),
            ("JaVaScRiPt:alert(1)", "javascript"),
            (" \u{1}javascript:alert(1)", "javascript"),
            ("java\tscript:alert(1)", "javascript"),
            ("java\nscr\ript:alert(1)", "javascript"),
            ("java\0script:alert(1)", "javascript"),
            ("\u{1f}javascript:x", "javascript"),
            ("vbscript:x", "vbscript"),
            ("data:text/html,<script>", "data"),
            ("file:///etc/passwd", "file"),
            ("blob:x", "blob"),
            ("c:\\x", "c"),
        ] {
            assert_eq!(classify(url), Target::Refused(scheme.into()), "{url:?}");
        }
    }
}
