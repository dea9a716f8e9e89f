//! Tells when a source changed: once for each burst of changes, and never for what a build itself writes.
//!
//! Folders are watched one by one where the system watches folders (Linux), so that the thousands below `node_modules` cost
//! nothing; elsewhere the whole tree is, and what doesn't count is dropped when it is heard of.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::disk::Failure;

/// A burst is over when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(75);

/// So many events end a burst even if there is no quiet.
const LONGEST: usize = 10_000;

/// Folders of other tools, never watched.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// What is heard.
pub(super) enum Change {
    /// A file changed.
    File,
    /// A folder came, went or was renamed: the list of watched folders is old.
    Folder,
    /// Nothing more is wanted.
    Stop,
}

/// Which folders are watched. All paths are absolute, without links.
#[derive(Clone, Debug)]
pub(super) struct WatchPlan {
    root: PathBuf,
    ignore: Vec<PathBuf>,
    also: Vec<PathBuf>,
}

impl WatchPlan {
    pub(super) fn new(root: &Path, ignore: &[PathBuf], also: &[PathBuf]) -> Result<Self, Failure> {
        let root = std::fs::canonicalize(root).map_err(|error| Failure::io("watch", root, &error))?;
        let real = |path: &PathBuf| {
            let path = root.join(path);
            // A folder that doesn't exist yet lies in one that does.
            let parent = path.parent().and_then(|parent| std::fs::canonicalize(parent).ok());
            std::fs::canonicalize(&path)
                .ok()
                .or_else(|| Some(parent?.join(path.file_name()?)))
                .unwrap_or(path)
        };
        let (ignore, also) = (ignore.iter().map(real).collect(), also.iter().map(real).collect());
        Ok(Self { root, ignore, also })
    }

    /// Whether a change of `path` can change the site.
    fn counts(&self, path: &Path) -> bool {
        if self.ignore.iter().any(|folder| path.starts_with(folder)) {
            return false;
        }
        let below = self.also.iter().find_map(|folder| path.strip_prefix(folder).ok());
        match below.or_else(|| path.strip_prefix(&self.root).ok()) {
            None => false,
            Some(below) => !below.components().any(is_left_out),
        }
    }

    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        let tops = std::iter::once(&self.root).chain(&self.also);
        tops.flat_map(|top| {
            WalkDir::new(top)
                .into_iter()
                .filter_entry(|entry| {
                    entry.depth() == 0 || entry.file_type().is_dir() && self.counts(entry.path())
                })
                .flatten()
                .map(walkdir::DirEntry::into_path)
        })
    }
}

fn is_left_out(part: Component<'_>) -> bool {
    let name = part.as_os_str();
    name.as_encoded_bytes().first() == Some(&b'.') || FOREIGN.iter().any(|foreign| name == *foreign)
}

/// A watch that is on.
pub(super) struct Watch {
    plan: WatchPlan,
    watcher: RecommendedWatcher,
    sender: Sender<Change>,
    changes: Receiver<Change>,
}

impl Watch {
    /// Starts to watch, and says what can't be watched.
    pub(super) fn start(plan: WatchPlan) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let (sender, changes) = channel();
        let (filter, out) = (plan.clone(), sender.clone());
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(change) = heard(&filter, event) {
                // A receiver that is gone wants nothing.
                let _ = out.send(change);
            }
        });
        let watcher = watcher.map_err(|error| {
            Failure::Machine(Diagnostic::error("watch", format!("cannot watch for changes: {error}")))
        })?;
        let mut watch = Self { plan, watcher, sender, changes };
        let notes = watch.refresh().into_iter().collect();
        Ok((watch, notes))
    }

    pub(super) fn sender(&self) -> Sender<Change> {
        self.sender.clone()
    }

    /// Waits for a burst of changes and its end; false when nothing more is wanted.
    pub(super) fn settled(&mut self) -> bool {
        let mut folders = match self.changes.recv() {
            Ok(Change::File) => false,
            Ok(Change::Folder) => true,
            Ok(Change::Stop) | Err(_) => return false,
        };
        for _ in 0..LONGEST {
            match self.changes.recv_timeout(QUIET) {
                Ok(Change::File) => {}
                Ok(Change::Folder) => folders = true,
                Ok(Change::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        if folders {
            // Before the build: what comes into a new folder from now on is heard, what is there is read.
            let _ = self.refresh();
        }
        true
    }

    /// Watches all folders there are now. Those that are watched already stay so.
    fn refresh(&mut self) -> Option<Diagnostic> {
        if !cfg!(target_os = "linux") {
            let tops: Vec<_> = std::iter::once(&self.plan.root).chain(&self.plan.also).collect();
            let failed =
                tops.into_iter().find_map(|top| self.watcher.watch(top, RecursiveMode::Recursive).err());
            return failed.map(|error| unwatched(&error));
        }
        let mut fault = None;
        let folders: Vec<PathBuf> = self.plan.folders().collect();
        for folder in folders {
            if let Err(error) = self.watcher.watch(&folder, RecursiveMode::NonRecursive)
                && folder.exists()
            {
                fault = Some(unwatched(&error));
            }
        }
        fault
    }
}

fn unwatched(error: &notify::Error) -> Diagnostic {
    Diagnostic::note("watch", format!("some folders can't be watched for changes: {error}"))
        .hint("Raise the system's limit (fs.inotify.max_user_watches), or restart after a change there.")
}

/// What an event means; `None` for reading, and for what doesn't count.
fn heard(plan: &WatchPlan, event: notify::Result<Event>) -> Option<Change> {
    let Ok(event) = event else { return Some(Change::Folder) };
    // The system dropped events: anything may have changed.
    if event.need_rescan() {
        return Some(Change::Folder);
    }
    let change = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Change::File,
        EventKind::Access(_) => return None,
        EventKind::Create(_)
        | EventKind::Remove(_)
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Any => Change::Folder,
        EventKind::Modify(_) | EventKind::Other => Change::File,
    };
    event.paths.iter().any(|path| plan.counts(path)).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_writes_does_not_count() {
        let root = tempfile::tempdir().unwrap();
        let real = root.path().canonicalize().unwrap();
        let plan = WatchPlan::new(root.path(), &["_site".into()], &[".docs".into()]).unwrap();
        for path in ["a.md", "threadmark.yml", "docs/x/y.png", "_sites/x", ".docs/a.md"] {
            assert!(plan.counts(&real.join(path)), "{path}");
        }
        for path in [
            "_site",
            "_site/index.html",
            "._site.threadmark-new-1-0/x",
            ".threadmark-cache/x",
            ".git/index",
            "a/.b.md.swp",
            "node_modules/x/y",
            "target/x",
            ".docs/.git/x",
        ] {
            assert!(!plan.counts(&real.join(path)), "{path}");
        }
        assert!(!plan.counts(Path::new("/elsewhere")));
    }

    #[test]
    fn reading_is_no_change() {
        let root = tempfile::tempdir().unwrap();
        let plan = WatchPlan::new(root.path(), &[], &[]).unwrap();
        let file = root.path().canonicalize().unwrap().join("a.md");
        let event = |kind| heard(&plan, Ok(Event::new(kind).add_path(file.clone()))).is_some();
        assert!(!event(EventKind::Access(AccessKind::Read)));
        assert!(!event(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(event(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(event(EventKind::Modify(ModifyKind::Any)));
    }
}
