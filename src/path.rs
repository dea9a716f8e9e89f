//! Paths as values: where a text came from, where its page lives, where its file goes.
//!
//! All three are lexical and checked when they are made: relative, `/` between parts, no `.` or `..`,
//! no empty part, no NUL or other control character, no drive letter. Nothing here touches a disk.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

mod percent;
mod relative;

pub use percent::{decode, decode_strictly, encode_path, encode_reference, encode_unsafe};
pub use relative::{Root, relative};

/// Why a string is not a path of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// Nothing, or nothing between two slashes.
    Empty,
    /// Starts with `/` or a drive letter such as `C:`.
    Absolute,
    /// Has a `..` that leads above the root.
    Outside,
    /// Holds a NUL, another control character or a backslash.
    Character,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::Absolute => "it is absolute",
            Self::Outside => "it leads outside the site",
            Self::Character => "it holds a control character or a backslash",
        })
    }
}

impl std::error::Error for PathError {}

/// A file below the site's folder, such as `specs/Queue store.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SourcePath(Arc<str>);

/// A file below the output folder, such as `specs/queue-store/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OutputPath(Arc<str>);

/// An address below the site's base, such as `/specs/queue-store/`: always with a leading slash, never
/// percent-encoded, never with the base path or a fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UrlPath(Arc<str>);

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> Self {
        path.0.as_ref().to_owned()
    }
}

impl From<&SourcePath> for Arc<str> {
    fn from(path: &SourcePath) -> Self {
        Self::clone(&path.0)
    }
}

impl TryFrom<String> for SourcePath {
    type Error = PathError;

    fn try_from(path: String) -> Result<Self, PathError> {
        Self::new(&path)
    }
}

impl SourcePath {
    /// Checks `path` as it stands.
    pub fn new(path: &str) -> Result<Self, PathError> {
        check(path)?;
        Ok(Self(path.into()))
    }

    /// Resolves `relative` (which may hold `.` and `..`) from the folder `base` (`""` is the root).
    pub fn resolve(base: &str, relative: &str) -> Result<Self, PathError> {
        normalise(base, relative).and_then(|path| Self::new(&path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the file lies in; `""` at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The extension as written, without the dot.
    pub fn extension(&self) -> Option<&str> {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => Some(extension),
            _ => None,
        }
    }

    /// What remains below `folder`, if the file lies there; `""` holds everything.
    pub fn below<'a>(&'a self, folder: &str) -> Option<&'a str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether this is Markdown by its extension (`md`, `markdown`), in any case.
    pub fn is_markdown(&self) -> bool {
        self.extension().is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
    }
}

impl OutputPath {
    /// Checks `path` as it stands.
    pub fn new(path: &str) -> Result<Self, PathError> {
        check(path)?;
        Ok(Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl UrlPath {
    /// Checks `path`: a leading slash, then the rules of all paths; a trailing slash marks a folder.
    pub fn new(path: &str) -> Result<Self, PathError> {
        let inner = path.strip_prefix('/').ok_or(PathError::Empty)?;
        if !inner.is_empty() {
            check(inner.strip_suffix('/').unwrap_or(inner))?;
        }
        Ok(Self(path.into()))
    }

    /// The site's own root, `/`.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// The address as text, with its leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a static host serves for this address: `/a/` is `a/index.html`, `/a.xml` is itself.
    pub fn output(&self) -> OutputPath {
        let inner = &self.0[1..];
        OutputPath(match inner.strip_suffix('/') {
            None if inner.is_empty() => "index.html".into(),
            None => inner.into(),
            Some(folder) => format!("{folder}/index.html").into(),
        })
    }

    /// The address percent-encoded for an `href`, as browsers do it: everything but unreserved
    /// characters, `/` and the few signs that are safe in a path.
    pub fn encoded(&self) -> String {
        encode_path(&self.0)
    }
}

/// One part of a path as it stands in an address: lower case, composed, with every character that is unsafe
/// in a URL (white space, ASCII punctuation other than `-._~`, control characters) made into one `-`.
/// Letters of every script stay. Empty where nothing is left.
pub fn slug(part: &str) -> String {
    if part.is_ascii() {
        return slug_of(part.len(), part.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    }
    slug_of(part.len(), part.nfc().flat_map(char::to_lowercase))
}

/// The slug of composed text in lower case, of about `length` bytes.
fn slug_of(length: usize, text: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(length);
    let mut gap = false;
    for c in text {
        let safe = if c.is_ascii() { c.is_ascii_alphanumeric() || "-._~".contains(c) } else { !is_unsafe(c) };
        if !safe {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() && !out.ends_with('-') && c != '-' {
            out.push('-');
        }
        gap = false;
        out.push(c);
    }
    // A part such as `..` or `.git` would mean something else to a file system or a host.
    let dots = out.bytes().take_while(|b| *b == b'.').count();
    out.split_off(dots)
}

/// White space, control and invisible formatting characters beyond ASCII (bidirectional marks would let
/// an address look like another).
fn is_unsafe(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

fn check(path: &str) -> Result<(), PathError> {
    let bytes = path.as_bytes();
    if path.starts_with('/') || (bytes.len() > 1 && bytes[1] == b':' && bytes[0].is_ascii_alphabetic()) {
        return Err(PathError::Absolute);
    }
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return Err(PathError::Character);
    }
    for part in path.split('/') {
        match part {
            "" | "." => return Err(PathError::Empty),
            ".." => return Err(PathError::Outside),
            _ => {}
        }
    }
    Ok(())
}

fn normalise(base: &str, relative: &str) -> Result<String, PathError> {
    let mut parts: Vec<&str> = base.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PathError::Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

macro_rules! display {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
display!(SourcePath OutputPath UrlPath);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_leads_outside() {
        for (path, error) in [
            ("", PathError::Empty),
            ("a//b", PathError::Empty),
            ("/etc/passwd", PathError::Absolute),
            ("C:/x", PathError::Absolute),
            ("a/../b", PathError::Outside),
            ("a\\b", PathError::Character),
            ("a\0b", PathError::Character),
        ] {
            assert_eq!(SourcePath::new(path), Err(error), "{path:?}");
        }
    }

    #[test]
    fn resolves_relative_parts() {
        let at = |base, rel| SourcePath::resolve(base, rel).map(|p| p.to_string());
        assert_eq!(at("specs/queue", "../b.md"), Ok("specs/b.md".into()));
        assert_eq!(at("specs", "./b.md"), Ok("specs/b.md".into()));
        assert_eq!(at("specs", "../../b.md"), Err(PathError::Outside));
    }

    #[test]
    fn names_the_served_file() {
        for (url, file) in [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/a.xml", "a.xml")] {
            assert_eq!(UrlPath::new(url).unwrap().output().as_str(), file);
        }
    }

    #[test]
    fn splits_names() {
        let path = SourcePath::new("a/b.tar.gz").unwrap();
        assert_eq!((path.stem(), path.extension(), path.parent()), ("b.tar", Some("gz"), "a"));
        let hidden = SourcePath::new(".env").unwrap();
        assert_eq!((hidden.stem(), hidden.extension(), hidden.parent()), (".env", None, ""));
        assert_eq!(path.below("a"), Some("b.tar.gz"));
        assert_eq!(path.below("b"), None);
    }

    #[test]
    fn makes_parts_safe_and_keeps_letters() {
        for (part, expected) in [
            ("Queue store", "queue-store"),
            ("a & b (old)", "a-b-old"),
            ("v1.2_final~x", "v1.2_final~x"),
            ("Größe", "größe"),
            ("Gro\u{308}ße", "größe"),
            ("設計 メモ", "設計-メモ"),
            ("हिन्दी", "हिन्दी"),
            ("a--b", "a--b"),
            ("..", ""),
            (".hidden", "hidden"),
            ("x\u{202e}gnp", "x-gnp"),
            ("?!", ""),
            ("CON", "con"),
        ] {
            assert_eq!(slug(part), expected, "{part:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn slugs_are_stable_and_safe(part in "\\PC{0,40}") {
            let once = slug(&part);
            proptest::prop_assert_eq!(slug(&once), once.clone());
            let valid = UrlPath::new(&format!("/{once}/")).is_ok();
            proptest::prop_assert!(once.is_empty() || valid);
        }
    }
}
