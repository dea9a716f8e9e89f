//! The sink at its worst moments: every change on the disk refused in turn, as a kill or a full disk would.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;

mod refusals;

type Tree = BTreeMap<String, Vec<u8>>;

fn plan(root: &Path) -> WritePlan {
    WritePlan { root: root.into(), output: "_site".into(), ..WritePlan::default() }
}

/// The files of a site, mark aside.
fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|e| (name(e.path()), fs::read(e.path()).unwrap())).filter(|(path, _)| path != MARK).collect()
}

fn site(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect()
}

fn fill(sink: &DiskSink, files: &Tree) -> Result<(), SinkError> {
    files.iter().try_for_each(|(path, bytes)| {
        sink.put(&OutputPath::new(path).unwrap(), Content::Bytes(bytes.clone()))
    })
}

fn build(root: &Path, files: &Tree) -> Written {
    let sink = DiskSink::open(&plan(root)).unwrap();
    fill(&sink, files).unwrap();
    sink.commit().unwrap()
}

/// A build in which the disk takes `steps` changes and then none. Whether it ran to its end.
fn build_until(root: &Path, files: &Tree, steps: usize) -> bool {
    let count = Arc::new(AtomicUsize::new(0));
    let gate: Gate = Arc::new(move |_| {
        if count.fetch_add(1, Ordering::SeqCst) < steps {
            Ok(())
        } else {
            Err(io::ErrorKind::StorageFull.into())
        }
    });
    let Ok(sink) = DiskSink::with_gate(&plan(root), gate) else { return false };
    // A sink that took no change at all may still end well.
    fill(&sink, files).is_ok() && sink.commit().is_ok_and(|written| written.notes.is_empty())
}

fn old() -> Tree {
    site(&[("index.html", "old"), ("a/index.html", "same"), ("b/index.html", "gone"), ("c", "a file")])
}

fn new() -> Tree {
    site(&[
        ("index.html", "new"),
        ("a/index.html", "same"),
        ("c/index.html", "now a folder"),
        ("d/e/f.css", "d"),
    ])
}

fn beside(root: &TempDir) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_build_stopped_at_any_change_leaves_the_old_site_or_the_new_one() {
    let (mut was_old, mut was_new) = (0, 0);
    for steps in 0.. {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &old());
        let ended = build_until(root.path(), &new(), steps);
        let now = tree(&root.path().join("_site"));
        assert!(now == old() || now == new(), "a mix after {steps} changes: {now:?}");
        if now == old() {
            was_old += 1;
        } else {
            was_new += 1;
        }
        // The next build clears up, whatever was left, and is right.
        build(root.path(), &new());
        assert_eq!(tree(&root.path().join("_site")), new());
        assert_eq!(beside(&root), ["_site"], "after {steps} changes");
        if ended {
            break;
        }
    }
    assert!(was_old > 10 && was_new > 1, "{was_old} old, {was_new} new");
}

#[test]
fn a_first_build_stopped_at_any_change_leaves_nothing_or_the_site() {
    for steps in 0.. {
        let root = tempfile::tempdir().unwrap();
        let ended = build_until(root.path(), &new(), steps);
        let output = root.path().join("_site");
        assert!(!output.exists() || tree(&output) == new(), "after {steps} changes");
        build(root.path(), &new());
        assert_eq!(beside(&root), ["_site"]);
        if ended {
            break;
        }
    }
}

#[test]
fn a_failed_put_keeps_the_old_site_even_if_it_is_committed() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let sink = DiskSink::open(&plan(root.path())).unwrap();
    let bad =
        sink.put(&OutputPath::new("x").unwrap(), Content::Copy(SourcePath::new("missing.png").unwrap()));
    assert!(bad.unwrap_err().to_string().starts_with("cannot write `x`: `missing.png`: "));
    assert_eq!(sink.commit().unwrap_err().status(), 3);
    assert_eq!(tree(&root.path().join("_site")), old());
}

#[test]
fn nothing_changed_means_nothing_touched() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let gate: Gate = Arc::new(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    let sink = DiskSink::with_gate(&plan(root.path()), gate).unwrap();
    fill(&sink, &old()).unwrap();
    let site = sink.standing();
    assert!(site.is_some(), "every file stands");
    assert_eq!(sink.commit().unwrap(), Written { kept: 4, site, ..Written::default() });
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[cfg(unix)]
#[test]
fn files_that_stay_keep_their_inode_and_time() {
    use std::os::unix::fs::MetadataExt;
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let state = |name: &str| {
        let meta = fs::metadata(root.path().join("_site").join(name)).unwrap();
        (meta.ino(), meta.mtime(), meta.mtime_nsec(), meta.nlink())
    };
    let (same, other) = (state("a/index.html"), state("index.html"));
    let written = build(root.path(), &new());
    assert_eq!((written.written, written.kept, written.removed), (3, 1, 2));
    assert_eq!(state("a/index.html"), same);
    assert_ne!(state("index.html").0, other.0);
}

#[test]
fn a_file_that_somebody_edited_is_written_again() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let file = root.path().join("_site/a/index.html");
    let later = fs::metadata(root.path().join("_site").join(MARK)).unwrap().modified().unwrap()
        + std::time::Duration::from_secs(1);
    // The same length, told by its time alone.
    fs::write(&file, "SAME").unwrap();
    File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    assert_eq!(build(root.path(), &old()).written, 1);
    assert_eq!(tree(&root.path().join("_site")), old());
    // A newer time without another byte, as in a copied folder, is no change.
    File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    fs::remove_file(root.path().join("_site/c")).unwrap();
    assert_eq!(build(root.path(), &old()).written, 1);
}

#[test]
fn a_change_behind_the_builds_back_is_an_error_not_a_mix() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let sink = DiskSink::open(&plan(root.path())).unwrap();
    fill(&sink, &new()).unwrap();
    build(root.path(), &site(&[("a/index.html", "another build")]));
    assert!(sink.commit().unwrap_err().to_string().contains("was changed by something else"));
    assert_eq!(tree(&root.path().join("_site")), site(&[("a/index.html", "another build")]));
}

#[test]
fn a_git_work_tree_is_replaced_file_by_file_and_said() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let output = root.path().join("_site");
    fs::write(output.join(".git"), "gitdir: elsewhere").unwrap();
    let written = build(root.path(), &new());
    assert_eq!(written.notes[0].code, "replaced-file-by-file");
    let mut expected = new();
    expected.insert(".git".into(), b"gitdir: elsewhere".to_vec());
    assert_eq!(tree(&output), expected);
    assert!(!output.join("b").exists(), "an empty folder was left");
    let again = build(root.path(), &new());
    assert_eq!(again, Written { kept: 4, site: written.site, ..Written::default() });
}

#[test]
fn a_site_stands_only_while_every_file_does() {
    let root = tempfile::tempdir().unwrap();
    let site = build(root.path(), &old()).site;
    let standing = || DiskSink::open(&plan(root.path())).unwrap().standing();
    assert!(site.is_some());
    assert_eq!(standing(), site);
    fs::write(root.path().join("_site/index.html"), "somebody else's").unwrap();
    assert_eq!(standing(), None);
    assert_eq!(build(root.path(), &old()).site, site, "the same site has the same mark");
    assert_eq!(standing(), site);
}

#[test]
fn a_folder_that_came_with_the_repository_is_written_anew() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let foreign = WritePlan { foreign: true, ..plan(root.path()) };
    let sink = DiskSink::open(&foreign).unwrap();
    assert_eq!(sink.standing(), None);
    fill(&sink, &old()).unwrap();
    assert_eq!(sink.commit().unwrap().written, 4);
}

/// Without a mark before the first file, the next build would take the files for somebody's own.
#[test]
fn a_stopped_first_build_into_a_git_work_tree_can_be_repeated() {
    for steps in 0.. {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("_site/.git")).unwrap();
        let count = AtomicUsize::new(0);
        let gate: Gate = Arc::new(move |_| {
            if count.fetch_add(1, Ordering::SeqCst) < steps {
                Ok(())
            } else {
                Err(io::ErrorKind::StorageFull.into())
            }
        });
        let ended = DiskSink::with_gate(&plan(root.path()), gate)
            .is_ok_and(|sink| fill(&sink, &new()).is_ok() && sink.commit().is_ok());
        build(root.path(), &new());
        assert_eq!(tree(&root.path().join("_site")), new(), "after {steps} changes");
        if ended {
            break;
        }
    }
}

#[test]
fn a_stopped_replacement_file_by_file_is_finished_by_the_next_build() {
    for steps in 0.. {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &old());
        let output = root.path().join("_site");
        fs::create_dir(output.join(".git")).unwrap();
        let count = AtomicUsize::new(0);
        let gate: Gate = Arc::new(move |_| {
            if count.fetch_add(1, Ordering::SeqCst) < steps {
                Ok(())
            } else {
                Err(io::ErrorKind::StorageFull.into())
            }
        });
        let ended = DiskSink::with_gate(&plan(root.path()), gate)
            .is_ok_and(|sink| fill(&sink, &new()).is_ok() && sink.commit().is_ok());
        build(root.path(), &new());
        assert_eq!(tree(&output), new(), "after {steps} changes");
        assert_eq!(beside(&root), ["_site"]);
        if ended {
            break;
        }
    }
}

/// A system that can't exchange two names: the old site may be out of sight for a moment, and comes back.
#[test]
fn without_an_exchange_a_stopped_build_loses_nothing() {
    let mut missing = 0;
    for steps in 0.. {
        let root = tempfile::tempdir().unwrap();
        build(root.path(), &old());
        let count = AtomicUsize::new(0);
        let gate: Gate = Arc::new(move |what| match what {
            "exchange" => Err(io::ErrorKind::Unsupported.into()),
            _ if count.fetch_add(1, Ordering::SeqCst) < steps => Ok(()),
            _ => Err(io::ErrorKind::StorageFull.into()),
        });
        let ended = DiskSink::with_gate(&plan(root.path()), gate)
            .is_ok_and(|sink| fill(&sink, &new()).is_ok() && sink.commit().is_ok_and(|w| w.notes.is_empty()));
        let output = root.path().join("_site");
        missing += usize::from(!output.exists());
        drop(DiskSink::open(&plan(root.path())).unwrap());
        let now = tree(&output);
        assert!(now == old() || now == new(), "a mix after {steps} changes: {now:?}");
        assert_eq!(beside(&root), ["_site"]);
        if ended {
            assert_eq!(now, new());
            break;
        }
    }
    assert_eq!(missing, 1, "one moment without a site");
}

#[test]
fn a_site_that_was_moved_aside_comes_back() {
    let root = tempfile::tempdir().unwrap();
    build(root.path(), &old());
    let output = root.path().join("_site");
    fs::rename(&output, super::super::staging::fresh_beside(&output, "old")).unwrap();
    drop(DiskSink::open(&plan(root.path())).unwrap());
    assert_eq!(tree(&output), old());
}

#[test]
fn the_staging_folder_of_a_build_at_work_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let first = DiskSink::open(&plan(root.path())).unwrap();
    fill(&first, &new()).unwrap();
    build(root.path(), &old());
    assert_eq!(beside(&root).len(), 2);
    first.commit().unwrap();
    assert_eq!(tree(&root.path().join("_site")), new());
    assert_eq!(beside(&root), ["_site"]);
}

#[test]
fn each_path_is_put_once() {
    let root = tempfile::tempdir().unwrap();
    let sink = DiskSink::open(&plan(root.path())).unwrap();
    fill(&sink, &new()).unwrap();
    assert!(fill(&sink, &site(&[("index.html", "new")])).is_err());
    assert!(fill(&sink, &site(&[("c", "a file where a folder is")])).is_err());
    assert!(fill(&sink, &site(&[(MARK, "x")])).is_err());
    drop(sink);
    assert!(beside(&root).is_empty());
}

#[test]
fn copies_are_plain_files_of_their_own() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.bin"), vec![7; 300_000]).unwrap();
    let copy = || {
        let sink = DiskSink::open(&plan(root.path())).unwrap();
        sink.put(&OutputPath::new("x/a.bin").unwrap(), Content::Copy(SourcePath::new("a.bin").unwrap()))
            .unwrap();
        sink.commit().unwrap()
    };
    assert_eq!(copy().written, 1);
    assert_eq!(copy().kept, 1);
    fs::write(root.path().join("a.bin"), vec![8; 300_000]).unwrap();
    assert_eq!(fs::read(root.path().join("_site/x/a.bin")).unwrap(), vec![7; 300_000]);
    assert_eq!(copy().written, 1);
    assert_eq!(fs::read(root.path().join("_site/x/a.bin")).unwrap(), vec![8; 300_000]);
}

#[test]
fn two_builds_leave_the_same_mark() {
    let marks: Vec<_> = (0..2)
        .map(|_| {
            let root = tempfile::tempdir().unwrap();
            build(root.path(), &new());
            fs::read(root.path().join("_site").join(MARK)).unwrap()
        })
        .collect();
    assert_eq!(marks[0], marks[1]);
}
