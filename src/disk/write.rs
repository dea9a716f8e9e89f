//! The disk as a [`Sink`]: takes files as they are made, and shows the finished site all at once.
//!
//! 1. [`DiskSink::open`] refuses folders that are not ours, and clears away what killed builds left.
//! 2. [`Sink::put`] compares a file with what the old site has. The same: nothing is written. Else it goes to a
//!    staging folder at once, so that memory never holds the output.
//! 3. [`DiskSink::commit`] does nothing when nothing changed; else [`swap`] makes the staging folder the site.
//!
//! A killed process leaves the old site or the new one. A power cut is another matter: nothing is flushed to the
//! platter, because a build can be run again.

mod swap;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::path::{OutputPath, SourcePath};
use crate::sink::{Content, Sink, SinkError};

use super::links::real_root;
use super::mark::{Mark, Print};
use super::output::checked;
use super::staging::{Gate, Staging, recover};
use super::{DiskAssets, Failure, MARK};

/// Where a site goes.
#[derive(Clone, Debug, Default)]
pub struct WritePlan {
    /// The site's root; [`Content::Copy`] is read below it.
    pub root: PathBuf,
    /// The output folder, absolute or relative to the root.
    pub output: PathBuf,
    /// Folders that hold sources, relative to the root: content, theme, static. None may lie in the output.
    pub sources: Vec<PathBuf>,
    /// The user's home folder, which is never an output folder.
    pub home: Option<PathBuf>,
    /// Whether the output folder came with the repository: then anybody may have made it and its mark, and every
    /// file is written anew.
    pub foreign: bool,
}

/// What a build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files are new or have other bytes.
    pub written: usize,
    /// How many stayed as they were, with their times.
    pub kept: usize,
    /// How many of the old site are gone.
    pub removed: usize,
    /// The site that stands now, by the hash of its mark.
    pub site: Option<[u8; 32]>,
    /// What is worth knowing, such as that the folder could not be replaced in one step.
    pub notes: Vec<Diagnostic>,
}

/// The disk as a sink. Dropped without [`commit`](Self::commit), it leaves the old site as it was.
pub struct DiskSink {
    assets: DiskAssets,
    output: PathBuf,
    old: Option<Mark>,
    entries: Mutex<BTreeMap<OutputPath, Option<Entry>>>,
    staging: OnceLock<io::Result<Staging>>,
    gate: Gate,
}

/// A file of the new site.
#[derive(Clone, Copy, Debug)]
struct Entry {
    print: Print,
    /// The state of the old file that serves as the new one; `None` where a new one is staged.
    kept: Option<Stamp>,
}

/// What tells whether a file on the disk is still the one that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: SystemTime,
}

impl DiskSink {
    /// Opens the output folder of `plan`, which need not exist yet. Nothing in it changes before the commit.
    ///
    /// # Errors
    /// [`Failure::Usage`] where the folder is not ours to replace, [`Failure::Machine`] where it can't be read.
    pub fn open(plan: &WritePlan) -> Result<Self, Failure> {
        Self::with_gate(plan, Arc::new(|_| Ok(())))
    }

    fn with_gate(plan: &WritePlan, gate: Gate) -> Result<Self, Failure> {
        let root = real_root(&plan.root)?;
        let (output, _) = checked(&root, plan)?;
        recover(&output, &gate).map_err(|error| Failure::io("clear up beside", &output, &error))?;
        // Again, since a site that was moved aside may be back.
        let (output, old) = checked(&root, plan)?;
        let old = old.filter(|_| !plan.foreign);
        let assets = DiskAssets::new(&root)?;
        Ok(Self { assets, output, old, entries: Mutex::default(), staging: OnceLock::new(), gate })
    }

    /// The site that stands in the output folder, by the hash of its mark, if every file that the mark names is
    /// there and untouched since.
    pub fn standing(&self) -> Option<[u8; 32]> {
        let old = self.old.as_ref()?;
        let files = old.files.as_ref()?;
        let untouched = |(path, print): (&String, &Print)| {
            let stamp = stamp(&self.output.join(path));
            stamp.is_some_and(|stamp| stamp.size == print.size && stamp.changed <= old.written)
        };
        files.par_iter().all(untouched).then_some(old.hash)
    }

    /// Makes what was put the site.
    ///
    /// # Errors
    /// [`Failure::Machine`] where the disk fails; the old site then stands as it was, except where files had to be
    /// replaced one by one.
    pub fn commit(self) -> Result<Written, Failure> {
        swap::commit(self)
    }

    /// The real path of the output folder.
    pub fn output(&self) -> &Path {
        &self.output
    }

    fn staging(&self) -> io::Result<&Staging> {
        let staging = self.staging.get_or_init(|| Staging::create(&self.output, &self.gate));
        staging.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()))
    }

    /// Takes `path` for one caller; each path is put once.
    fn reserve(&self, path: &OutputPath) -> io::Result<()> {
        if path.as_str() == MARK {
            return Err(io::Error::other("this name is the mark of the output folder"));
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        match entries.insert(path.clone(), None) {
            None => Ok(()),
            Some(earlier) => {
                entries.insert(path.clone(), earlier);
                Err(io::Error::new(io::ErrorKind::AlreadyExists, "it was written before in this build"))
            }
        }
    }

    fn bytes(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<Entry> {
        let print = Print { hash: blake3::hash(bytes), size: bytes.len() as u64 };
        if let Some(stamp) = self.same(path, print) {
            return Ok(Entry { print, kept: Some(stamp) });
        }
        self.create(path)?.write_all(bytes)?;
        Ok(Entry { print, kept: None })
    }

    fn copy(&self, path: &OutputPath, source: &SourcePath) -> io::Result<Entry> {
        let named = |reason: String| io::Error::other(format!("`{source}`: {reason}"));
        let (file, size) = self.assets.open(source).map_err(named)?;
        // Reading twice is cheaper than writing once, so a file that may be the same is only read at first.
        if self.old_print(path).is_some_and(|old| old.size == size) {
            let print = pour(&file, &mut io::sink())?;
            if let Some(stamp) = self.same(path, print) {
                return Ok(Entry { print, kept: Some(stamp) });
            }
        }
        let (file, _) = self.assets.open(source).map_err(named)?;
        let print = pour(&file, &mut self.create(path)?)?;
        Ok(Entry { print, kept: None })
    }

    fn create(&self, path: &OutputPath) -> io::Result<File> {
        let place = self.staging()?.place(path.as_str())?;
        (self.gate)("write")?;
        File::create_new(place)
    }

    fn old_print(&self, path: &OutputPath) -> Option<Print> {
        self.old.as_ref()?.files.as_ref()?.get(path.as_str()).copied()
    }

    /// The state of the old file at `path`, if it holds just what `print` says.
    fn same(&self, path: &OutputPath, print: Print) -> Option<Stamp> {
        if self.old_print(path)? != print {
            return None;
        }
        let file = self.output.join(path.as_str());
        let stamp = stamp(&file)?;
        let untouched = stamp.size == print.size && stamp.changed <= self.old.as_ref()?.written;
        // Newer than the mark, as in a copy of the folder: then its bytes decide.
        (untouched || pour(&File::open(file).ok()?, &mut io::sink()).ok()? == print).then_some(stamp)
    }
}

impl Sink for DiskSink {
    fn put(&self, path: &OutputPath, content: Content) -> Result<(), SinkError> {
        let failed =
            |error: io::Error| SinkError { action: format!("write `{path}`"), reason: error.to_string() };
        self.reserve(path).map_err(failed)?;
        let entry = match content {
            Content::Bytes(bytes) => self.bytes(path, &bytes),
            Content::Copy(source) => self.copy(path, &source),
        };
        let entry = entry.map_err(failed)?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reserved) = entries.get_mut(path) {
            *reserved = Some(entry);
        }
        Ok(())
    }
}

/// The state of a plain file; `None` for anything else, links too.
fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(Stamp { size: meta.len(), changed: meta.modified().ok()? })
}

/// Copies all bytes and says what they were.
fn pour(mut from: &File, to: &mut impl Write) -> io::Result<Print> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(Print { hash: hasher.finalize(), size: hasher.count() }),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                to.write_all(&buffer[..count])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
