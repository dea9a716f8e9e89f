//! The folder in which a site is put together, out of sight, before it takes the place of the old one.
//!
//! It lies beside the output folder, so that a rename can move it; where nothing can be made there, inside the
//! output folder. A lock on the folder tells a build that is at work from one that was killed, whose leftovers
//! the next build takes away.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use rayon::prelude::*;

/// Asked before every change on the disk; a test refuses one to see what a killed build leaves.
pub(super) type Gate = Arc<dyn Fn(&str) -> io::Result<()> + Send + Sync>;

/// Starts the names of our folders inside an output folder.
const INNER: &str = ".threadmark-";

/// A folder being filled. Dropped without [`Staging::keep`], it is removed.
pub(super) struct Staging {
    /// Its path.
    pub(super) folder: PathBuf,
    /// Whether it lies beside the output folder and could take its place by a rename.
    pub(super) beside: bool,
    made: RwLock<HashSet<PathBuf>>,
    lock: Option<File>,
    gate: Gate,
    kept: bool,
}

/// Whether a name inside an output folder is our own, or one that a build leaves alone.
pub(super) fn is_ours(name: &OsStr) -> bool {
    name == ".git" || name.as_encoded_bytes().starts_with(INNER.as_bytes())
}

/// `.NAME.threadmark-WHAT-`, what starts the names of our folders beside the output folder `output`.
fn prefix(output: &Path, what: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(format!(".threadmark-{what}"));
    name
}

/// A path beside `output` that nothing else uses.
pub(super) fn fresh_beside(output: &Path, what: &str) -> PathBuf {
    let mut name = prefix(output, what);
    name.push(fresh());
    output.with_file_name(name)
}

fn fresh() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Holds the folder above the output while names in it change hands. Where a system can't lock folders, nothing
/// is held, and only builds into one folder at one moment could meet.
pub(super) fn hold(parent: &Path) -> Option<File> {
    let file = File::open(parent).ok()?;
    file.lock().ok()?;
    Some(file)
}

impl Staging {
    /// A new, empty folder for a site that will stand at `output`.
    pub(super) fn create(output: &Path, gate: &Gate) -> io::Result<Self> {
        let parent = output.parent().unwrap_or(output);
        gate("create staging")?;
        fs::create_dir_all(parent)?;
        let _held = hold(parent);
        let beside = fresh_beside(output, "new");
        if !output.is_dir() || same_device(parent, output) {
            match fs::create_dir(&beside) {
                Ok(()) => return Ok(Self::at(beside, true, gate)),
                Err(error) if !output.is_dir() || !unwritable(&error) => return Err(error),
                Err(_) => {}
            }
        }
        let inside = output.join(format!("{INNER}new{}", fresh()));
        fs::create_dir(&inside)?;
        Ok(Self::at(inside, false, gate))
    }

    fn at(folder: PathBuf, beside: bool, gate: &Gate) -> Self {
        let lock = File::open(&folder).ok().filter(|file| file.try_lock().is_ok());
        Self { folder, beside, made: RwLock::default(), lock, gate: Arc::clone(gate), kept: false }
    }

    /// The place for `path`, with the folders above it made.
    pub(super) fn place(&self, path: &str) -> io::Result<PathBuf> {
        let place = self.folder.join(path);
        if let Some(parent) = place.parent() {
            let known = self.made.read().is_ok_and(|made| made.contains(parent));
            if !known && parent != self.folder {
                (self.gate)("make folder")?;
                fs::create_dir_all(parent)?;
                if let Ok(mut made) = self.made.write() {
                    made.insert(parent.to_owned());
                }
            }
        }
        Ok(place)
    }

    /// Says that the folder is no longer a leftover: it has become the site.
    pub(super) fn keep(&mut self) {
        self.kept = true;
        self.lock = None;
    }

    /// Removes the folder now; where that fails, the next build does it.
    pub(super) fn remove(mut self) -> io::Result<()> {
        self.kept = true;
        remove_tree(&self.folder, &self.gate)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.kept {
            // The next build removes what can't be removed now.
            let _ = remove_tree(&self.folder, &self.gate);
        }
    }
}

/// Removes what killed builds left, and brings back an old site that one of them had moved aside.
pub(super) fn recover(output: &Path, gate: &Gate) -> io::Result<()> {
    let parent = output.parent().unwrap_or(output);
    let (any, old) = (prefix(output, ""), prefix(output, "old"));
    let beside = leftovers(parent, &any);
    let inside = leftovers(output, OsStr::new(INNER));
    if beside.is_empty() && inside.is_empty() {
        return Ok(());
    }
    let _held = hold(parent);
    for folder in beside.into_iter().chain(inside) {
        if !folder.is_dir() {
            // A mark or a file that was half written.
            gate("remove")?;
            fs::remove_file(&folder).or_else(gone)?;
            continue;
        }
        let in_use =
            File::open(&folder).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
        if in_use {
            continue;
        }
        let is_old = folder.file_name().is_some_and(|name| starts(name, &old));
        if is_old && !output.exists() {
            gate("bring back")?;
            fs::rename(&folder, output)?;
        } else {
            remove_tree(&folder, gate)?;
        }
    }
    Ok(())
}

/// What lies in `parent` under a name that starts with `prefix`, sorted; no links.
fn leftovers(parent: &Path, prefix: &OsStr) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let ours = entries.flatten().filter(|entry| {
        starts(&entry.file_name(), prefix) && entry.file_type().is_ok_and(|kind| !kind.is_symlink())
    });
    let mut found: Vec<_> = ours.map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn starts(name: &OsStr, prefix: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
}

/// Removes a folder with all that it holds, in parallel at every level. What is already gone is fine.
pub(super) fn remove_tree(folder: &Path, gate: &Gate) -> io::Result<()> {
    let entries: Vec<_> = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<_, _>>()?,
        Err(error) => return gone(error),
    };
    entries.par_iter().try_for_each(|entry| {
        // A link to a folder is not one here: it goes, what it leads to stays.
        if entry.file_type()?.is_dir() {
            return remove_tree(&entry.path(), gate);
        }
        gate("remove")?;
        fs::remove_file(entry.path()).or_else(gone)
    })?;
    gate("remove")?;
    fs::remove_dir(folder).or_else(gone)
}

fn gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Whether nothing can be made in a folder, as against a fault.
fn unwritable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

#[cfg(unix)]
fn same_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|meta| meta.dev()).ok();
    device(a) == device(b)
}

#[cfg(not(unix))]
fn same_device(_: &Path, _: &Path) -> bool {
    true
}
