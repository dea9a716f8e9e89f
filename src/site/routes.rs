//! Addresses from paths: the rules of the contract, and who claims which file.
//!
//! Lexical only: whether two claims meet is decided in [`claims`](super::catalogue::claims).

use crate::path::{PathError, SourcePath, UrlPath, slug};

/// The longest part of a path that common file systems store, in bytes.
const LONGEST_PART: usize = 255;

/// Why a document or folder has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// A part has no character that may stand in a URL.
    NothingLeft,
    /// A part is longer than file systems store.
    TooLong,
    /// The path itself is not valid.
    Path(PathError),
}

impl std::fmt::Display for RouteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingLeft => f.write_str("a part of its path has no character that can stand in a URL"),
            Self::TooLong => write!(f, "a part of its path is longer than {LONGEST_PART} bytes"),
            Self::Path(error) => error.fmt(f),
        }
    }
}

/// The address of a folder, given as its path below the content root (`""` is the root).
pub fn folder_url(folder: &str) -> Result<UrlPath, RouteError> {
    let mut url = String::from("/");
    for part in folder.split('/').filter(|p| !p.is_empty()) {
        let part = slug(part);
        check(&part)?;
        url.push_str(&part);
        url.push('/');
    }
    UrlPath::new(&url).map_err(RouteError::Path)
}

/// The address of a document with the last part `name` in the folder at `folder`.
pub fn document_url(folder: &UrlPath, name: &str) -> Result<UrlPath, RouteError> {
    let part = slug(name);
    check(&part)?;
    UrlPath::new(&format!("{folder}{part}/")).map_err(RouteError::Path)
}

/// The address of a file that is copied into the folder at `folder`: its name stays as it is.
pub fn asset_url(folder: &UrlPath, file_name: &str) -> Result<UrlPath, RouteError> {
    if file_name.len() > LONGEST_PART {
        return Err(RouteError::TooLong);
    }
    UrlPath::new(&format!("{folder}{file_name}")).map_err(RouteError::Path)
}

/// The address that an alias such as `old/path`, `/old/path/` or `old/page.html` names.
/// Parts are taken as written: an old site's addresses are what they are.
pub fn alias_url(alias: &str) -> Result<UrlPath, RouteError> {
    let path = alias.trim_matches('/');
    let path = path.strip_suffix(".md").unwrap_or(path);
    let url = if path.is_empty() {
        "/".to_owned()
    } else if std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("html")) {
        format!("/{path}")
    } else {
        format!("/{path}/")
    };
    let source = SourcePath::new(if path.is_empty() { "index" } else { path }).map_err(RouteError::Path)?;
    source.as_str().split('/').try_for_each(check)?;
    UrlPath::new(&url).map_err(RouteError::Path)
}

fn check(part: &str) -> Result<(), RouteError> {
    if part.is_empty() {
        Err(RouteError::NothingLeft)
    } else if part.len() > LONGEST_PART {
        Err(RouteError::TooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_addresses() {
        let folder = folder_url("Docs/My specs").unwrap();
        assert_eq!(folder.as_str(), "/docs/my-specs/");
        assert_eq!(document_url(&folder, "Queue store").unwrap().as_str(), "/docs/my-specs/queue-store/");
        assert_eq!(asset_url(&folder, "A b.PNG").unwrap().as_str(), "/docs/my-specs/A b.PNG");
        assert_eq!(folder_url("").unwrap(), UrlPath::root());
    }

    #[test]
    fn refuses_what_has_no_address() {
        assert_eq!(document_url(&UrlPath::root(), "???"), Err(RouteError::NothingLeft));
        assert_eq!(document_url(&UrlPath::root(), &"x".repeat(256)), Err(RouteError::TooLong));
    }

    #[test]
    fn reads_aliases_as_old_sites_wrote_them() {
        for (alias, url) in [
            ("old/path", "/old/path/"),
            ("/old/Path/", "/old/Path/"),
            ("old/page.html", "/old/page.html"),
            ("docs/old.md", "/docs/old/"),
            ("/", "/"),
        ] {
            assert_eq!(alias_url(alias).unwrap().as_str(), url);
        }
        for alias in ["../x", "a/../../x", "C:\\x", "a//b", "a\0b"] {
            assert!(alias_url(alias).is_err(), "{alias:?}");
        }
    }
}
