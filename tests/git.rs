//! What git tells about a site, asked of real repositories that these tests make.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use threadmark::disk::DiskCache;
use threadmark::memo::NoMemo;
use threadmark::path::SourcePath;
use threadmark::source::GitHistory;
use threadmark::source::git::history;

fn git(folder: &Path, date: i64, arguments: &[&str]) {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    let date = format!("@{date} +0000");
    let output = command
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn commit(root: &Path, date: i64) {
    git(root, date, &["add", "-A", "."]);
    git(root, date, &["commit", "-qm", "x"]);
}

fn repository() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    git(root.path(), 1, &["init", "-q", "-b", "trunk", "."]);
    root
}

fn dates(history: &GitHistory) -> Vec<(&str, i64, i64)> {
    let files = history.files.iter();
    files.map(|(path, f)| (path.as_str(), f.created.as_second(), f.updated.as_second())).collect()
}

#[test]
fn dates_follow_a_file_through_its_renames_and_stay_below_the_site() {
    let root = repository();
    let long = "a long enough text to be known again\n".repeat(20);
    write(root.path(), "docs/old.md", &long);
    write(root.path(), "docs/:(glob)*.md", "x");
    write(root.path(), "docs/-x.md", "x");
    write(root.path(), "README.md", "x");
    commit(root.path(), 100);
    git(root.path(), 200, &["mv", "docs/old.md", "docs/ö new.md"]);
    write(root.path(), "docs/ö new.md", &format!("{long}more\n"));
    commit(root.path(), 200);
    write(root.path(), "docs/uncommitted.md", "x");
    let site = history(&root.path().join("docs"), None, &NoMemo);
    assert_eq!(dates(&site), [("-x.md", 100, 100), (":(glob)*.md", 100, 100), ("ö new.md", 100, 200)]);
    assert_eq!((site.prefix.as_str(), site.branch.as_deref(), site.left_out), ("docs", Some("trunk"), None));
    let whole = history(root.path(), None, &NoMemo);
    assert_eq!(whole.files.len(), 4);
    assert_eq!((whole.prefix.as_str(), whole.head.map(|h| h.len())), ("", Some(40)));
}

#[test]
fn what_was_learnt_is_remembered_by_commit() {
    let root = repository();
    write(root.path(), "a.md", "x");
    commit(root.path(), 100);
    let cache = DiskCache::open(root.path(), "git", "1");
    let first = history(root.path(), None, &cache);
    assert_eq!(cache.save(), None);
    let cache = DiskCache::open(root.path(), "git", "1");
    let second = history(root.path(), None, &cache);
    assert_eq!(dates(&first), dates(&second));
    assert_eq!(cache.save(), None);
    write(root.path(), "a.md", "y");
    git(root.path(), 300, &["commit", "-qam", "x"]);
    assert_eq!(dates(&history(root.path(), None, &cache)), [("a.md", 100, 300)]);
}

#[test]
fn without_a_repository_there_is_nothing_and_nothing_to_say() {
    let root = tempfile::tempdir().unwrap();
    let history = history(root.path(), Some("main"), &NoMemo);
    assert!(history.files.is_empty() && history.left_out.is_none() && history.head.is_none());
}

#[test]
fn a_repository_without_commits_has_no_dates() {
    let root = repository();
    write(root.path(), "a.md", "x");
    let history = history(root.path(), None, &NoMemo);
    assert!(history.files.is_empty() && history.left_out.is_none() && history.head.is_none());
}

#[test]
fn a_folder_that_a_repository_ignores_is_not_part_of_it() {
    let root = repository();
    write(root.path(), ".gitignore", "site\n");
    write(root.path(), "site/a.md", "x");
    commit(root.path(), 100);
    git(root.path(), 1, &["remote", "add", "origin", "https://github.com/acme/other"]);
    let site = history(&root.path().join("site"), None, &NoMemo);
    assert_eq!((site.remote, site.branch, site.left_out), (None, None, None));
    let whole = history(root.path(), None, &NoMemo);
    assert_eq!(whole.remote.as_deref(), Some("https://github.com/acme/other"));
}

#[test]
fn a_broken_repository_is_said_once() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(".git"), "gitdir: nowhere").unwrap();
    let history = history(root.path(), None, &NoMemo);
    assert!(history.left_out.is_some_and(|why| why.starts_with("the repository can't be asked: ")));
}

#[test]
fn a_shallow_clone_has_no_dates_and_says_so_and_names_its_remote() {
    let root = repository();
    write(root.path(), "a.md", "x");
    commit(root.path(), 100);
    write(root.path(), "a.md", "y");
    commit(root.path(), 200);
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.path().display());
    git(clone.path(), 1, &["-c", "protocol.file.allow=always", "clone", "-q", "--depth", "1", &from, "c"]);
    let at = clone.path().join("c");
    git(&at, 1, &["remote", "set-url", "origin", "https://x:token@github.com/acme/handbook.git"]);
    git(&at, 1, &["checkout", "-q", "--detach"]);
    let site = history(&at, Some("fallback"), &NoMemo);
    assert!(site.files.is_empty());
    assert!(site.left_out.is_some_and(|why| why.contains("shallow") && why.contains("fetch-depth: 0")));
    assert_eq!(site.remote.as_deref(), Some("https://github.com/acme/handbook"));
    // Detached, but the remote's own default branch is known.
    assert_eq!(site.branch.as_deref(), Some("trunk"));
    git(&at, 1, &["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    assert_eq!(history(&at, Some("fallback"), &NoMemo).branch.as_deref(), Some("fallback"));
}

/// Commit objects written by hand: git itself refuses such dates.
#[test]
fn impossible_dates_are_left_out_and_counted() {
    let root = repository();
    for (n, date) in ["99999999999999", "-1"].into_iter().enumerate() {
        write(root.path(), &format!("{n}.md"), "x");
        git(root.path(), 100, &["add", "-A"]);
        let script = format!(
            "tree=$(git write-tree); parent=$(git rev-parse -q --verify HEAD | sed 's/^/parent /'); \
             {{ echo tree $tree; test -z \"$parent\" || echo $parent; \
             echo 'author a <a@b> {date} +0000'; echo 'committer a <a@b> 100 +0000'; echo; echo x; }} > .git/c; \
             git update-ref HEAD $(git hash-object -t commit -w --literally .git/c)"
        );
        assert!(
            Command::new("sh").args(["-c", &script]).current_dir(root.path()).status().unwrap().success()
        );
    }
    write(root.path(), "good.md", "x");
    commit(root.path(), 300);
    let site = history(root.path(), None, &NoMemo);
    assert_eq!(dates(&site), [("good.md", 300, 300)]);
    assert!(site.left_out.is_some_and(|why| why.starts_with("the commits of 2 files have dates")));
}

/// A repository that tries to run programs wherever git lets it.
#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_runs() {
    use std::os::unix::fs::PermissionsExt;
    let root = repository();
    write(root.path(), "a.md", "x");
    write(root.path(), ".gitattributes", "*.md diff=evil filter=evil");
    commit(root.path(), 100);
    let trap = root.path().join(".git/trap");
    let sprung = root.path().join("sprung");
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\ncat\n", sprung.display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "gpg.program",
        "core.sshCommand",
    ] {
        git(root.path(), 1, &["config", key, trap]);
    }
    git(root.path(), 1, &["config", "log.showSignature", "true"]);
    let _ = fs::remove_file(&sprung);
    assert_eq!(history(root.path(), None, &NoMemo).files.len(), 2);
    assert!(!sprung.exists(), "{}", fs::read_to_string(&sprung).unwrap());
}

/// Files that look like a bare repository, with settings of their own, are files.
#[test]
fn a_repository_inside_the_tree_is_not_asked() {
    let root = repository();
    for (path, text) in [
        ("docs/HEAD", "ref: refs/heads/evil"),
        (
            "docs/config",
            "[core]\n\tbare = true\n\tfsmonitor = true\n[remote \"origin\"]\n\turl = https://evil/x/y",
        ),
        ("docs/objects/x", ""),
        ("docs/refs/x", ""),
        ("docs/a.md", "x"),
    ] {
        write(root.path(), path, text);
    }
    commit(root.path(), 100);
    let site = history(&root.path().join("docs"), None, &NoMemo);
    assert_eq!(site.remote, None);
    // Asked or refused, but never believed.
    assert!(site.left_out.is_some() || site.files.contains_key(&SourcePath::new("a.md").unwrap()));
}

#[test]
fn variables_of_a_hook_do_not_lead_elsewhere() {
    let root = repository();
    write(root.path(), "a.md", "x");
    commit(root.path(), 100);
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program)
        .args(["--exact", "asked_in_the_folder_of_a_variable", "--ignored"])
        .env("GIT_DIR", "/nowhere")
        .env("GIT_WORK_TREE", "/nowhere")
        .env("SITE", root.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by the test above, with variables set"]
fn asked_in_the_folder_of_a_variable() {
    let root = std::env::var_os("SITE").unwrap();
    assert_eq!(history(Path::new(&root), None, &NoMemo).files.len(), 1);
}
