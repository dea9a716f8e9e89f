//! One file that a command was given, wherever it lies: its bytes and the name that messages have for it, or a new file
//! that it makes.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path};

use super::Failure;
use super::assets::read_at_most;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// The largest file that a command reads, in bytes; ten hours of captions with a time for each word take a tenth of it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The bytes of `path`, and its name: seen from `here`, else from the folder that it lies in.
pub fn read_file(path: &Path, here: Option<&Path>) -> Result<(SourcePath, Vec<u8>), Failure> {
    let bytes = read_at_most(path, LARGEST + 1).map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("`{}` is larger than {} MiB", path.display(), LARGEST >> 20);
        return Err(Failure::Machine(Diagnostic::error("file-too-large", message)));
    }
    Ok((name(path, here)?, bytes))
}

/// Makes the file `path` with `text`; what is there already stays as it is, and that is an error.
pub fn create_file(path: &Path, text: &str) -> Result<(), Failure> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            let message = format!("`{}` is there already", path.display());
            Failure::Usage(
                Diagnostic::error("file-exists", message).hint("Name another file, or move it away."),
            )
        }
        _ => Failure::io("write", path, &error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| Failure::io("write", path, &error))
}

fn name(path: &Path, here: Option<&Path>) -> Result<SourcePath, Failure> {
    let inside = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let parts: Vec<_> = inside
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let last =
        || path.file_name().map(|name| name.to_string_lossy().replace(['\\', ':'], "_")).unwrap_or_default();
    SourcePath::new(&parts.join("/")).or_else(|_| SourcePath::new(&last())).map_err(|error| {
        let message = format!("the name of `{}` can't be used: {error}", path.display());
        Failure::Usage(Diagnostic::error("bad-path", message).hint("Give the file another name."))
    })
}
