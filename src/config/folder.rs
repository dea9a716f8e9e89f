//! Folders and globs as configured: always inside the site's own folder.

use globset::Glob;

use crate::path::{PathError, SourcePath};

/// A folder below the site's root, `""` where the root itself is meant (`.`).
///
/// # Errors
/// A sentence that says what was expected.
pub(super) fn folder(text: &str) -> Result<String, String> {
    let path = text.trim().trim_end_matches('/');
    let path = path.strip_prefix("./").unwrap_or(path);
    if path == "." && !text.trim().starts_with('/') {
        return Ok(String::new());
    }
    let checked = if text.trim().starts_with('/') { Err(PathError::Absolute) } else { SourcePath::new(path) };
    match checked {
        Ok(path) => Ok(path.to_string()),
        Err(why) => Err(format!(
            "Expected a folder inside the site, with `/` between its parts, such as `docs/adr`: {why}."
        )),
    }
}

/// The same where the root itself can't be meant.
pub(super) fn proper_folder(text: &str) -> Result<String, String> {
    match folder(text)? {
        path if path.is_empty() => {
            Err("Expected a folder of its own inside the site, such as `_site`.".into())
        }
        path => Ok(path),
    }
}

/// A glob of paths below the content root, such as `drafts/**`.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub(super) fn glob(text: &str) -> Result<String, String> {
    let glob = text.strip_prefix("./").unwrap_or(text);
    if glob.starts_with('/') || glob.split('/').any(|part| part == "..") {
        return Err("Expected a glob of paths below the content folder, such as `drafts/**`.".into());
    }
    match Glob::new(glob) {
        Ok(_) if !glob.is_empty() => Ok(glob.to_owned()),
        Ok(_) => Err("Expected a glob such as `drafts/**`.".into()),
        Err(error) => Err(format!("Expected a glob such as `drafts/**`: {}.", error.kind())),
    }
}

/// Whether `inner` is `outer` or lies in it; `""` holds everything.
pub(super) fn holds(outer: &str, inner: &str) -> bool {
    outer.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stay_inside() {
        for (text, path) in [(".", ""), ("./", ""), ("docs/", "docs"), ("./docs/adr", "docs/adr")] {
            assert_eq!(folder(text).as_deref(), Ok(path), "{text}");
        }
        for text in ["", "/", "/docs", "..", "../x", "a/../b", "a//b", "C:/x", "a\\b", "a\0", "/."] {
            assert!(folder(text).is_err(), "{text}");
        }
        assert!(proper_folder(".").is_err());
    }

    #[test]
    fn globs_are_checked() {
        assert_eq!(glob("./drafts/**").as_deref(), Ok("drafts/**"));
        for text in ["", "/x", "../**", "a/[", "{a", "a/../b"] {
            assert!(glob(text).is_err(), "{text}");
        }
    }

    #[test]
    fn folders_hold_whole_parts() {
        assert!(holds("docs", "docs/adr") && holds("a", "a") && holds("", "x"));
        assert!(!holds("docs", "docs2") && !holds("a/b", "a/c") && !holds("docs/adr", "docs"));
    }
}
