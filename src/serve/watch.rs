//! Tells when a source changed: once for each burst of changes, and never for what a build itself writes.
//!
//! Folders are watched one by one where the system watches folders (Linux), so that the thousands below `node_modules` cost
//! nothing; elsewhere the whole tree is, and what doesn't count is dropped when it is heard of.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::disk::{Changes, Failure};

/// A burst is over when nothing happened for this long after a file was closed, renamed or removed: whoever did it was done
/// with it. Long enough for the second half of a rename, and for an editor that writes a backup first.
const DONE: Duration = Duration::from_millis(10);

/// The same after a change that more may follow, such as the first half of a text.
const QUIET: Duration = Duration::from_millis(75);

/// So many events end a burst even if there is no quiet.
const LONGEST: usize = 10_000;

/// Folders of other tools, never watched.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// What is heard.
#[derive(Debug)]
pub(super) enum Change {
    /// Files changed; whether whoever changed them is done with them.
    Files(Vec<PathBuf>, bool),
    /// A folder came, went or was renamed: the list of watched folders is old, and anything may be in it.
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

/// Changes that belong together.
#[derive(Debug, Default)]
struct Burst {
    files: BTreeSet<PathBuf>,
    folders: bool,
    /// Files that somebody may still be writing.
    open: BTreeSet<PathBuf>,
}

impl Burst {
    /// Takes a change; false where it says that nothing more is wanted.
    fn add(&mut self, change: Change) -> bool {
        match change {
            Change::Files(files, true) => {
                for file in &files {
                    self.open.remove(file);
                }
                self.files.extend(files);
            }
            Change::Files(files, false) => {
                self.open.extend(files.iter().cloned());
                self.files.extend(files);
            }
            Change::Folder => self.folders = true,
            Change::Stop => return false,
        }
        true
    }

    /// How long it takes to believe that no more will come.
    fn patience(&self) -> Duration {
        if self.open.is_empty() && !self.folders { DONE } else { QUIET }
    }
}

/// A watch that is on.
pub(super) struct Watch {
    plan: WatchPlan,
    watcher: RecommendedWatcher,
    teller: Teller,
    changes: Receiver<Change>,
}

/// Tells a watch of changes, and others that it was told.
#[derive(Clone, Debug)]
pub(super) struct Teller {
    sender: Sender<Change>,
    waiting: Arc<AtomicUsize>,
}

impl Teller {
    pub(super) fn tell(&self, change: Change) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        // A receiver that is gone wants nothing.
        let _ = self.sender.send(change);
    }

    /// Whether there is a change that nobody has taken yet.
    pub(super) fn has_told(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

impl Watch {
    /// Starts to watch, and says what can't be watched.
    pub(super) fn start(plan: WatchPlan) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let (sender, changes) = channel();
        let teller = Teller { sender, waiting: Arc::default() };
        let (filter, out) = (plan.clone(), teller.clone());
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(change) = heard(&filter, event) {
                out.tell(change);
            }
        });
        let watcher = watcher.map_err(|error| {
            Failure::Machine(Diagnostic::error("watch", format!("cannot watch for changes: {error}")))
        })?;
        let mut watch = Self { plan, watcher, teller, changes };
        let notes = watch.refresh().into_iter().collect();
        Ok((watch, notes))
    }

    pub(super) fn teller(&self) -> Teller {
        self.teller.clone()
    }

    /// Waits for a burst of changes and its end; `None` when nothing more is wanted.
    pub(super) fn settled(&mut self) -> Option<Changes> {
        let mut burst = Burst::default();
        let mut next = self.changes.recv().map_err(|_| RecvTimeoutError::Disconnected);
        for _ in 0..LONGEST {
            match next {
                Ok(change) => {
                    self.teller.waiting.fetch_sub(1, Ordering::Relaxed);
                    if !burst.add(change) {
                        return None;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => break,
            }
            next = self.changes.recv_timeout(burst.patience());
        }
        if burst.folders {
            // Before the build: what comes into a new folder from now on is heard, what is there is read.
            let _ = self.refresh();
            return Some(Changes::Anything);
        }
        Some(Changes::Files(burst.files))
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
    let files: Vec<PathBuf> = event.paths.iter().filter(|path| plan.counts(path)).cloned().collect();
    if files.is_empty() {
        return None;
    }
    Some(match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(RemoveKind::File) => {
            Change::Files(files, true)
        }
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::File) => Change::Files(files, false),
        // A file that is there now is a file that was renamed; one that isn't may have been a folder, whose files only a
        // look at everything shows to be gone. Sources know which it was.
        EventKind::Modify(ModifyKind::Name(_)) if files.iter().all(|file| !file.is_dir()) => {
            Change::Files(files, true)
        }
        EventKind::Create(_)
        | EventKind::Remove(_)
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Any => Change::Folder,
        EventKind::Modify(_) | EventKind::Other => Change::Files(files, false),
    })
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
