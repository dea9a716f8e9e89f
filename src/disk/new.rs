//! Files that an author is given to go on with: made where there is none, and never written over what is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::SourceFile;

use super::Failure;
use super::links::{real_inside, real_root};
use super::text;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is new.
    New,
    /// Something is there already, and was left as it was.
    Stands,
}

/// Makes the file `path` below `root` with `text` in it, and the folders on the way, unless something is there. Of
/// several programs that try at the same time, one makes it.
///
/// # Errors
/// Where the machine can't, and where a symbolic link on the way leads out of the root.
pub fn create(root: &Path, path: &SourcePath, text: &str) -> Result<Created, Failure> {
    let root = real_root(root)?;
    let folder = folder(&root, path)?;
    fs::create_dir_all(&folder).map_err(|error| Failure::io("make the folder", &folder, &error))?;
    let file = folder.join(path.file_name());
    let mut open = match OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(open) => open,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Created::Stands),
        Err(error) => return Err(Failure::io("write", &file, &error)),
    };
    let written = open.write_all(text.as_bytes()).and_then(|()| open.sync_all());
    written.map_err(|error| {
        // It is ours, and half of it is worse than nothing.
        let _ = fs::remove_file(&file);
        Failure::io("write", &file, &error)
    })?;
    Ok(Created::New)
}

/// Where the folder of `path` is, or will be. The part of it that is there lies inside of the root.
fn folder(root: &Path, path: &SourcePath) -> Result<PathBuf, Failure> {
    let mut there = path.parent();
    let mut rest = "";
    while !there.is_empty() && root.join(there).symlink_metadata().is_err() {
        there = there.rsplit_once('/').map_or("", |(above, _)| above);
        rest = path.parent()[there.len()..].trim_start_matches('/');
    }
    if there.is_empty() {
        return Ok(root.join(rest));
    }
    let real = real_inside(root, there).map_err(|reason| {
        let message = format!("`{path}` can't be made: {reason}");
        Failure::Usage(Diagnostic::error("link-outside", message))
    })?;
    Ok(if rest.is_empty() { real } else { real.join(rest) })
}

/// Makes the folder `root`, if it isn't there.
///
/// # Errors
/// Where the machine can't.
pub fn make_folder(root: &Path) -> Result<(), Failure> {
    match fs::metadata(root) {
        Ok(meta) if !meta.is_dir() => {
            let message = format!("`{}` is not a folder", root.display());
            Err(Failure::Usage(Diagnostic::error("not-a-folder", message)))
        }
        Ok(_) => Ok(()),
        Err(_) => fs::create_dir_all(root).map_err(|error| Failure::io("make the folder", root, &error)),
    }
}

/// The text of the file `path` below `root`, where there is one.
///
/// # Errors
/// Where it can't be read, or is no text.
pub fn text_of(root: &Path, path: &SourcePath) -> Result<Option<SourceFile>, Failure> {
    let root = real_root(root)?;
    if root.join(path.as_str()).symlink_metadata().is_err() {
        return Ok(None);
    }
    let real = real_inside(&root, path.as_str()).map_err(|reason| {
        let message = format!("`{path}` can't be read: {reason}");
        Failure::Usage(Diagnostic::error("link-outside", message))
    })?;
    text::load(path, &real)?.map(Some).map_err(Failure::Usage)
}
