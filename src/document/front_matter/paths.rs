//! Paths in front matter: nothing that a document names may lie outside the site, however it is spelled.

use crate::path::SourcePath;

/// The last part of an address.
///
/// # Errors
/// For anything that is more than one part, or none.
pub(super) fn slug(text: &str) -> Result<String, String> {
    let fine = !text.is_empty()
        && !matches!(text, "." | "..")
        && !text.chars().any(|c| c.is_control() || c.is_whitespace() || "/\\%?#\"<>:".contains(c));
    if fine {
        Ok(text.to_owned())
    } else {
        Err("Expected one part of an address, such as `queue-store`: letters, digits and hyphens.".into())
    }
}

/// An old path below the site's root, maybe with `#anchor`.
///
/// # Errors
/// For absolute paths, `..` and addresses on other sites.
pub(super) fn alias(text: &str) -> Result<String, String> {
    let (path, _) = text.split_once('#').unwrap_or((text, ""));
    let path = path.strip_suffix('/').unwrap_or(path);
    let own_anchor = path.is_empty() && text.starts_with('#');
    let refused = |why: &str| {
        Err(format!("Expected an old path on this site, such as `old/path` or `old/path#old-anchor`: {why}."))
    };
    if path.contains("://") || path.contains('?') {
        return refused("it is an address");
    }
    match SourcePath::new(&decoded_dots(path)) {
        Err(why) if !own_anchor => refused(&why.to_string()),
        _ => Ok(text.to_owned()),
    }
}

/// A file beside or near the document `from`, or an `http(s)` address.
///
/// # Errors
/// For absolute paths, paths that leave the site, and other schemes.
pub(super) fn file_or_address(from: &SourcePath, text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Ok(text.to_owned());
    }
    let refused = |why: &str| {
        Err(format!(
            "Expected a file of this site, such as `walkthrough.vtt`, or an `https://` address: {why}."
        ))
    };
    let decoded = decoded_dots(text);
    if decoded.is_empty() || decoded.starts_with('/') {
        return refused(if decoded.is_empty() { "it is empty" } else { "it is absolute" });
    }
    if decoded.split('/').next().is_some_and(|first| first.contains(':')) {
        return refused("no other scheme and no drive is allowed");
    }
    match SourcePath::resolve(from.parent(), &decoded) {
        Ok(_) => Ok(text.to_owned()),
        Err(why) => refused(&why.to_string()),
    }
}

/// The path with those percent codes read that could hide a way out.
fn decoded_dots(text: &str) -> String {
    let mut path = text.to_owned();
    for (code, sign) in
        [("%2e", "."), ("%2E", "."), ("%2f", "/"), ("%2F", "/"), ("%5c", "\\"), ("%5C", "\\"), ("%00", "\0")]
    {
        path = path.replace(code, sign);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_one_part() {
        assert_eq!(slug("queue-store").as_deref(), Ok("queue-store"));
        for text in ["", ".", "..", "a/b", "../a", "%2e%2e", "a\\b", "C:", "a b", "a?b", "a#b", "\u{7}"] {
            assert!(slug(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn aliases_stay_on_the_site() {
        for text in ["old/path", "old/path/", "old/path#anchor", "#anchor", "old.html"] {
            assert_eq!(alias(text).as_deref(), Ok(text));
        }
        for text in [
            "",
            "/",
            "/old",
            "../old",
            "a/../b",
            "%2e%2e/old",
            "a/%2E./b",
            "C:\\x",
            "C:/x",
            "https://x.org/a",
            "a?b",
        ] {
            assert!(alias(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn files_lie_below_the_root() {
        let from = SourcePath::new("recordings/demo/index.md").unwrap();
        for text in ["a.vtt", "../a.vtt", "../../a.vtt", "https://youtu.be/x", "./a b.vtt"] {
            assert_eq!(file_or_address(&from, text).as_deref(), Ok(text));
        }
        for text in [
            "",
            "../../../a.vtt",
            "%2e%2e/../../a.vtt",
            "/etc/passwd",
            "C:\\a",
            "c:/a",
            "file:///a",
            "javascript:1",
            "a\\b",
            "a\0",
        ] {
            assert!(file_or_address(&from, text).is_err(), "{text:?}");
        }
    }
}
