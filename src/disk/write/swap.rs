//! The end of a build: the staging folder becomes the site.
//!
//! 1. Nothing changed: nothing is touched.
//! 2. Files that stay are hard-linked into the staging folder, so they keep their times.
//! 3. The two folders change places in one step where the system can; else the old one is moved aside first.
//! 4. Where the output folder can't be moved (a mount point, a folder above that can't be written, a git work tree),
//!    its files are replaced one by one, the obsolete removed last, and a note says so.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::path::OutputPath;

use super::super::mark;
use super::super::staging::{Gate, Staging, fresh_beside, hold, is_ours, remove_tree};
use super::{DiskSink, Entry, Failure, MARK, Stamp, Written, stamp};

type Entries = BTreeMap<OutputPath, Entry>;

pub(super) fn commit(sink: DiskSink) -> Result<Written, Failure> {
    let entries = std::mem::take(&mut *sink.entries.lock().unwrap_or_else(PoisonError::into_inner));
    let count = entries.len();
    let entries: Entries = entries.into_iter().filter_map(|(path, entry)| Some((path, entry?))).collect();
    if entries.len() < count {
        let error = Diagnostic::error("disk", "a file could not be written; the site stays as it was");
        return Err(Failure::Machine(error));
    }
    let mut written = summary(&sink, &entries);
    if is_same(&sink, &entries) {
        written.site = sink.old.map(|mark| mark.hash);
        return Ok(written);
    }
    let fail = |action: &'static str| {
        let output = sink.output.clone();
        move |error: io::Error| Failure::io(action, &output, &error)
    };
    sink.staging().map_err(fail("write beside"))?;
    let DiskSink { output, staging, gate, .. } = sink;
    let Some(Ok(staging)) = staging.into_inner() else { return Ok(written) };
    let text = mark::text(Some(entries.iter().map(|(path, entry)| (path, entry.print))));
    let site = Site { output: &output, entries: &entries, mark: &text, gate: &gate };
    match site.replace(staging).map_err(|error| Failure::io("replace", &output, &error))? {
        None => {}
        Some(note) => written.notes.push(note),
    }
    written.site = Some(*blake3::hash(text.as_bytes()).as_bytes());
    Ok(written)
}

fn summary(sink: &DiskSink, entries: &Entries) -> Written {
    let kept = entries.values().filter(|entry| entry.kept.is_some()).count();
    let old = sink.old.as_ref().and_then(|mark| mark.files.as_ref());
    let gone = |path: &&String| !OutputPath::new(path).is_ok_and(|path| entries.contains_key(&path));
    let removed = old.map_or(0, |files| files.keys().filter(gone).count());
    Written { written: entries.len() - kept, kept, removed, site: None, notes: Vec::new() }
}

fn is_same(sink: &DiskSink, entries: &Entries) -> bool {
    let old = sink.old.as_ref().and_then(|mark| mark.files.as_ref());
    old.is_some_and(|old| old.len() == entries.len()) && entries.values().all(|entry| entry.kept.is_some())
}

/// A site that is about to be shown.
struct Site<'a> {
    output: &'a Path,
    entries: &'a Entries,
    /// What its mark says.
    mark: &'a str,
    gate: &'a Gate,
}

/// How a try to move folders ended.
enum Moved {
    /// The staging folder is the site; the old one may be at this place.
    Done(Option<std::path::PathBuf>),
    /// The output folder can't be moved, for this reason.
    Stuck(io::Error),
}

impl Site<'_> {
    fn replace(&self, mut staging: Staging) -> io::Result<Option<Diagnostic>> {
        let reason = if self.output.join(".git").exists() {
            "it is a git work tree".to_owned()
        } else if staging.beside {
            self.link_kept(&staging)?;
            self.write_mark(&staging.folder, self.mark)?;
            match self.exchange(&staging.folder)? {
                Moved::Done(old) => {
                    staging.keep();
                    return Ok(old.and_then(|old| self.clear(&old)));
                }
                Moved::Stuck(error) => error.to_string(),
            }
        } else {
            "nothing can be written beside it, or it is a mount point".to_owned()
        };
        self.one_by_one(&staging)?;
        staging.remove()?;
        let message = format!(
            "`{}` could not be replaced in one step ({reason}): its files were replaced one by one",
            self.output.display()
        );
        Ok(Some(Diagnostic::note("replaced-file-by-file", message)))
    }

    /// Files that stay become files of the staging folder too.
    fn link_kept(&self, staging: &Staging) -> io::Result<()> {
        let kept: Vec<_> =
            self.entries.iter().filter_map(|(path, entry)| Some((path, entry.kept?))).collect();
        kept.par_iter().try_for_each(|(path, kept)| {
            let place = staging.place(path.as_str())?;
            let old = self.output.join(path.as_str());
            (self.gate)("link")?;
            if fs::hard_link(&old, &place).is_err() {
                copy_with_time(&old, &place, *kept)?;
            }
            if stamp(&place) == Some(*kept) {
                return Ok(());
            }
            Err(io::Error::other(format!("`{path}` was changed by something else while the site was built")))
        })
    }

    fn write_mark(&self, folder: &Path, text: &str) -> io::Result<()> {
        let fresh = folder.join(format!("{MARK}-mark-{}", std::process::id()));
        (self.gate)("mark")?;
        fs::write(&fresh, text)?;
        (self.gate)("mark")?;
        fs::rename(fresh, folder.join(MARK))
    }

    /// Puts `staging` in the place of the output folder.
    fn exchange(&self, staging: &Path) -> io::Result<Moved> {
        let _held = self.output.parent().and_then(hold);
        let Ok(old) = fs::symlink_metadata(self.output) else {
            (self.gate)("swap")?;
            return fs::rename(staging, self.output).map(|()| Moved::Done(None));
        };
        (self.gate)("permissions")?;
        fs::set_permissions(staging, old.permissions())?;
        match (self.gate)("exchange").and_then(|()| swap_names(staging, self.output)) {
            Ok(()) => Ok(Moved::Done(Some(staging.to_owned()))),
            Err(error) if is_stuck(&error) => Ok(Moved::Stuck(error)),
            Err(_) => self.two_renames(staging),
        }
    }

    /// For systems that can't exchange: between the renames there is no site, and the next build brings it back.
    fn two_renames(&self, staging: &Path) -> io::Result<Moved> {
        let aside = fresh_beside(self.output, "old");
        (self.gate)("move aside")?;
        if let Err(error) = fs::rename(self.output, &aside) {
            return Ok(Moved::Stuck(error));
        }
        (self.gate)("move in")?;
        match fs::rename(staging, self.output) {
            Ok(()) => Ok(Moved::Done(Some(aside))),
            Err(error) => {
                fs::rename(&aside, self.output)?;
                Ok(Moved::Stuck(error))
            }
        }
    }

    /// The old site, out of sight by now, goes. The new one stands, so a fault is worth a note only.
    fn clear(&self, old: &Path) -> Option<Diagnostic> {
        let error = remove_tree(old, self.gate).err()?;
        let message = format!("the old site at `{}` could not be removed: {error}", old.display());
        Some(Diagnostic::note("leftover", message).hint("The next build tries again."))
    }

    fn one_by_one(&self, staging: &Staging) -> io::Result<()> {
        self.write_mark(self.output, &mark::text(None::<std::iter::Empty<_>>))?;
        for (path, entry) in self.entries {
            if entry.kept.is_none() {
                self.move_in(staging, path)?;
            }
        }
        self.remove_obsolete()?;
        self.write_mark(self.output, self.mark)
    }

    /// Moves one staged file to its place. What is in the way belongs to the old site alone, since no two paths
    /// of the new one could both be staged.
    fn move_in(&self, staging: &Staging, path: &OutputPath) -> io::Result<()> {
        let (from, to) = (staging.folder.join(path.as_str()), self.output.join(path.as_str()));
        (self.gate)("move")?;
        if let Some(parent) = to.parent() {
            self.make_way(parent)?;
            fs::create_dir_all(parent)?;
        }
        if to.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            remove_tree(&to, self.gate)?;
        }
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let near = self.output.join(format!("{MARK}-move-{}", std::process::id()));
                fs::copy(&from, &near)?;
                fs::rename(near, to)
            }
            other => other,
        }
    }

    /// Removes a file or a link that stands where a folder of the new site goes.
    fn make_way(&self, folder: &Path) -> io::Result<()> {
        for above in folder.ancestors().take_while(|above| *above != self.output) {
            if above.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
                fs::remove_file(above)?;
            }
        }
        Ok(())
    }

    /// Removes the files that the new site doesn't have, and the folders that are empty then.
    fn remove_obsolete(&self) -> io::Result<()> {
        let walk =
            WalkDir::new(self.output).min_depth(1).contents_first(true).sort_by_file_name().into_iter();
        for entry in walk {
            let entry = entry?;
            let below = entry.path().strip_prefix(self.output).unwrap_or(entry.path());
            let mut parts = below.components();
            if parts.next().is_some_and(|top| is_ours(top.as_os_str()) || top.as_os_str() == MARK) {
                continue;
            }
            if entry.file_type().is_dir() {
                // A folder that still has files stays, and says so by this error.
                let _ = fs::remove_dir(entry.path());
                continue;
            }
            let known = below.to_str().and_then(|path| OutputPath::new(&path.replace('\\', "/")).ok());
            if !known.is_some_and(|path| self.entries.contains_key(&path)) {
                (self.gate)("remove")?;
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn copy_with_time(from: &Path, to: &Path, kept: Stamp) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(kept.changed)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap_names(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap_names(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// Whether this error says that the folder itself can't be moved, in whatever way.
fn is_stuck(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, PermissionDenied, ResourceBusy};
    matches!(error.kind(), CrossesDevices | PermissionDenied | ResourceBusy)
}
