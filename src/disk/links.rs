//! Where symbolic links lead, and which of them may be followed.
//!
//! A link is followed only to a place inside the site's root that an author meant to publish: a link into a hidden
//! folder would put `.git/config`, which may hold a token, on the site.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

use super::Failure;

/// What a symbolic link leads to.
pub(super) enum Target {
    /// A file inside the root, by its real path, and what the file system knows of it.
    File(PathBuf, std::fs::Metadata),
    /// A folder inside the root, by its real path.
    Folder(PathBuf),
    /// A socket, a pipe, a device: never opened.
    Other,
}

/// Where the link at `real` (shown as `shown`) leads, if it may be followed. `root` is a real path.
pub(super) fn follow(root: &Path, real: &Path, shown: &SourcePath) -> Result<Target, Diagnostic> {
    let written = std::fs::read_link(real).map(|p| p.display().to_string()).unwrap_or_default();
    let error = |code, what: &str| {
        Diagnostic::error(code, format!("`{shown}` is a symbolic link to `{written}`, {what}"))
            .at(Place::file(shown))
    };
    let target = std::fs::canonicalize(real).map_err(|e| match e.raw_os_error() {
        // ELOOP has no stable name in the standard library yet.
        Some(40 | 62) => error("link-loop", "which leads back to itself"),
        _ => {
            error("link-broken", "which can't be reached").hint("Remove the link, or mend what it leads to.")
        }
    })?;
    match inside(root, &target) {
        Inside::No => Err(error("link-outside", "outside the site's folder")
            .hint("Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.")),
        Inside::Hidden => Err(error("link-hidden", "which is hidden and not published")
            .hint("Link to a file that is not below a folder whose name starts with a dot.")),
        Inside::Yes => match std::fs::metadata(&target) {
            Ok(meta) if meta.is_dir() => Ok(Target::Folder(target)),
            Ok(meta) if meta.is_file() => Ok(Target::File(target, meta)),
            Ok(_) => Ok(Target::Other),
            Err(e) => Err(error("link-broken", &format!("which can't be read: {e}"))),
        },
    }
}

#[derive(PartialEq)]
enum Inside {
    Yes,
    Hidden,
    No,
}

fn inside(root: &Path, target: &Path) -> Inside {
    match target.strip_prefix(root) {
        Err(_) => Inside::No,
        Ok(below) if below.components().any(hidden) => Inside::Hidden,
        Ok(_) => Inside::Yes,
    }
}

fn hidden(part: Component<'_>) -> bool {
    part.as_os_str().as_encoded_bytes().first() == Some(&b'.')
}

/// The real path of `path` below `root` (itself a real path): no link on the way leads outside or to something
/// hidden. A hidden folder that is named plainly, without a link, is allowed: somebody configured it.
pub(super) fn real_inside(root: &Path, path: &str) -> Result<PathBuf, String> {
    let plain = root.join(path);
    let real = std::fs::canonicalize(&plain).map_err(|error| error.to_string())?;
    if real == plain {
        return Ok(real);
    }
    match inside(root, &real) {
        Inside::Yes => Ok(real),
        Inside::Hidden => Err("it leads through a symbolic link to something hidden".into()),
        Inside::No => {
            Err(format!("it leads through a symbolic link outside the site, to `{}`", real.display()))
        }
    }
}

/// The root itself, without any links in its path.
pub(super) fn real_root(root: &Path) -> Result<PathBuf, Failure> {
    std::fs::canonicalize(root).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Usage(Diagnostic::error(
            "not-a-folder",
            format!("there is no folder `{}`", root.display()),
        )),
        _ => Failure::io("open the folder", root, &error),
    })
}
