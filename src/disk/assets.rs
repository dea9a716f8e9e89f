//! The bytes of files that are not read with the sources: opened when they are wanted, never outside the root.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::path::SourcePath;
use crate::source::AssetReader;

use super::Failure;
use super::links::{real_inside, real_root};

/// Opens files below a site's root. Links are looked at again for each file, since a walk may be long ago.
#[derive(Clone, Debug)]
pub struct DiskAssets {
    root: PathBuf,
}

impl DiskAssets {
    /// The files below `root`.
    ///
    /// # Errors
    /// Where `root` is no folder that can be opened.
    pub fn new(root: &Path) -> Result<Self, Failure> {
        Ok(Self { root: real_root(root)? })
    }

    /// The file `path`, opened for reading, with its size in bytes.
    ///
    /// # Errors
    /// A sentence that says why it can't be opened.
    pub fn open(&self, path: &SourcePath) -> Result<(File, u64), String> {
        let real = real_inside(&self.root, path.as_str())?;
        // Asked before opening: opening a pipe would wait for its other end.
        let meta = std::fs::metadata(&real).map_err(|error| error.to_string())?;
        if !meta.is_file() {
            return Err("it is not a file".into());
        }
        let file = File::open(&real).map_err(|error| error.to_string())?;
        Ok((file, meta.len()))
    }

    /// Size and time of change of `path`: what tells two states of a file apart without reading it.
    pub fn stamp(&self, path: &SourcePath) -> Option<(u64, Option<SystemTime>)> {
        let meta = std::fs::metadata(real_inside(&self.root, path.as_str()).ok()?).ok()?;
        Some((meta.len(), meta.modified().ok()))
    }
}

impl AssetReader for DiskAssets {
    fn read(&self, path: &SourcePath, limit: u64) -> Result<Vec<u8>, String> {
        let (file, size) = self.open(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or_default());
        file.take(limit).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    fn exists(&self, path: &SourcePath) -> bool {
        // What leads nowhere is mostly found out here, with one question to the system instead of one for each folder above.
        self.root.join(path.as_str()).symlink_metadata().is_ok()
            && real_inside(&self.root, path.as_str()).is_ok_and(|real| real.exists())
    }
}

/// At most `limit` bytes from the start of the file at `real`.
pub(super) fn read_at_most(real: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(real)?;
    let size = file.metadata()?.len().min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
