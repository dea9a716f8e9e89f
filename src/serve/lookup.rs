//! Which file answers which address, by the rules of GitHub Pages. Pure, and only ever a look into the list of rendered
//! files: no path of a disk is made from a request.

use super::site::Served;
use crate::path::{decode_strictly, encode_path};

/// The answer to an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This file, by its path in the site.
    File(String),
    /// Another address on this origin, percent-encoded; whether for good (301) or for now (302).
    Elsewhere(String, bool),
    /// Nothing: the site's own 404 page, if it has one.
    Missing,
}

/// The answer of `site` to the path of a request, as it was sent.
pub(super) fn answer(site: &dyn Served, sent: &str) -> Answer {
    let Some(path) = decode(sent) else { return Answer::Missing };
    let base = site.base();
    let Some(inner) = path.strip_prefix(base) else {
        let is_base = path == "/" || format!("{path}/") == base;
        return if is_base { Answer::Elsewhere(encode_path(base), path != "/") } else { Answer::Missing };
    };
    let file = |name: String| site.has(&name).then_some(Answer::File(name));
    if inner.is_empty() || inner.ends_with('/') {
        return file(format!("{inner}index.html")).unwrap_or(Answer::Missing);
    }
    let folder = || {
        let there = site.has(&format!("{inner}/index.html"));
        there.then(|| Answer::Elsewhere(encode_path(&format!("{path}/")), true))
    };
    file(inner.to_owned())
        .or_else(|| file(format!("{inner}.html")))
        .or_else(folder)
        .unwrap_or(Answer::Missing)
}

/// A path without its percent signs; `None` for one that could be read in two ways: empty, `.` or `..` parts, slashes and
/// backslashes that were encoded, control characters, bytes that are not UTF-8.
fn decode(sent: &str) -> Option<String> {
    let inner = sent.strip_prefix('/')?;
    let mut parts = Vec::new();
    let count = inner.split('/').count();
    for (index, part) in inner.split('/').enumerate() {
        let part = decode_strictly(part)?;
        let is_end = index + 1 == count;
        let is_two = part.contains(|c: char| c == '/' || c == '\\' || c.is_control());
        if is_two || matches!(part.as_str(), "." | "..") || (part.is_empty() && !is_end) {
            return None;
        }
        parts.push(part);
    }
    Some(format!("/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::path::OutputPath;
    use crate::serve::{MemorySink, MemorySite};
    use crate::sink::{Content, Sink};

    fn site(base: &str) -> MemorySite {
        let sink = MemorySink::default();
        for path in [
            "index.html",
            "404.html",
            "file.html",
            "both.html",
            "both/index.html",
            "dir/index.html",
            "dir/Ö x.html",
            "a.css",
        ] {
            sink.put(&OutputPath::new(path).unwrap(), Content::Bytes(Vec::new())).unwrap();
        }
        sink.into_site(base)
    }

    fn said(site: &MemorySite, path: &str) -> String {
        match answer(site, path) {
            Answer::File(name) => name,
            Answer::Elsewhere(to, true) => format!("301 {to}"),
            Answer::Elsewhere(to, false) => format!("302 {to}"),
            Answer::Missing => "404".into(),
        }
    }

    #[test]
    fn answers_as_github_pages_does() {
        let site = site("/");
        for (path, expected) in [
            ("/", "index.html"),
            ("/file", "file.html"),
            ("/file.html", "file.html"),
            ("/file/", "404"),
            ("/both", "both.html"),
            ("/both/", "both/index.html"),
            ("/dir", "301 /dir/"),
            ("/dir/", "dir/index.html"),
            ("/dir/%C3%96%20x", "dir/Ö x.html"),
            ("/a.css", "a.css"),
            ("/A.css", "404"),
            ("/missing", "404"),
        ] {
            assert_eq!(said(&site, path), expected, "{path}");
        }
    }

    #[test]
    fn everything_lies_below_the_base() {
        let site = site("/hand book/");
        for (path, expected) in [
            ("/", "302 /hand%20book/"),
            ("/hand%20book", "301 /hand%20book/"),
            ("/hand%20book/", "index.html"),
            ("/hand%20book/dir", "301 /hand%20book/dir/"),
            ("/hand%20book/file", "file.html"),
            ("/file", "404"),
        ] {
            assert_eq!(said(&site, path), expected, "{path}");
        }
    }

    #[test]
    fn no_trick_with_a_path_finds_anything() {
        let site = site("/");
        for path in [
            "/../a.css",
            "/%2e%2e/a.css",
            "/dir/../a.css",
            "/dir/%2E%2e/a.css",
            "/./a.css",
            "//a.css",
            "//etc/passwd",
            "/dir//",
            "/dir%2findex.html",
            "/dir%5cindex.html",
            "/dir\\index.html",
            "/a.css%00",
            "/a.css%0a",
            "/%ff",
            "/%",
            "/%2",
            "/%zz",
            "",
            "a.css",
            "*",
            "//evil.example/dir",
            "/%2fevil.example/dir",
        ] {
            assert_eq!(said(&site, path), "404", "{path}");
        }
    }

    proptest! {
        /// Whatever is asked, the answer is a rendered file, an address on this origin, or nothing.
        #[test]
        fn never_leads_off_this_origin(path in "(/|\\.|%2e|%2f|%5c|dir|both|index|\\PC){0,12}") {
            match answer(&site("/"), &path) {
                Answer::File(name) => prop_assert!(site("/").get(&name).is_some()),
                Answer::Elsewhere(to, _) => prop_assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\')),
                Answer::Missing => {}
            }
        }
    }
}
