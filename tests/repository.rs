//! Sites in git repositories: dates and links where git can be believed, one note where it can't.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use site::{Site, site};
use snapbox::{assert_data_eq, str};

#[track_caller]
fn git(folder: &Path, arguments: &[&str], date: &str) {
    let output = snapbox::cmd::Command::new("git")
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", date)
        .env("GIT_COMMITTER_DATE", date)
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn commit(site: &Site, date: &str) {
    git(&site.root(), &["add", "-A", "."], date);
    git(&site.root(), &["commit", "-qm", "x"], date);
}

fn repository(files: &[(&str, &str)]) -> Site {
    let site = site(files);
    git(&site.root(), &["init", "-q", "-b", "trunk", "."], "@1 +0000");
    site
}

#[test]
fn dates_and_links_come_from_git() {
    let site = repository(&[("specs/a.md", "# A\n"), (".gitignore", "_site\n.threadmark-cache\n")]);
    git(&site.root(), &["remote", "add", "origin", "git@github.com:acme/handbook.git"], "@1 +0000");
    commit(&site, "2026-10-01T12:00:00Z");
    site.write("specs/a.md", "# A\n\nMore.\n");
    commit(&site, "2026-11-02T12:00:00Z");
    let site = site.built();
    let page = site.page("specs/a/index.html");
    let days: Vec<_> = page.all("time").iter().filter_map(|time| time.get("datetime")).collect();
    assert!(days.contains(&"2026-11-02"), "{days:?}");
    let hrefs: Vec<_> =
        page.all("a").iter().filter_map(|a| a.get("href")).filter(|h| h.contains("github")).collect();
    assert!(hrefs.contains(&"https://github.com/acme/handbook/edit/trunk/specs/a.md"), "{hrefs:?}");
    assert!(hrefs.contains(&"https://github.com/acme/handbook/commits/trunk/specs/a.md"), "{hrefs:?}");
}

#[test]
fn a_warm_cache_tells_the_same_dates() {
    let site = repository(&[("a.md", "# A\n")]);
    commit(&site, "2026-10-01T12:00:00Z");
    let site = site.built();
    let cold = site.output();
    fs::remove_dir_all(site.path("_site")).unwrap();
    site.build().clean();
    assert_eq!(site.output(), cold);
}

#[test]
fn a_shallow_clone_is_said_once() {
    let site = repository(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    commit(&site, "2026-10-01T12:00:00Z");
    site.write("a.md", "# A2\n");
    commit(&site, "2026-11-02T12:00:00Z");
    let from = format!("file://{}", site.root().display());
    git(site.home(), &["clone", "-q", "--depth", "1", &from, "clone"], "@1 +0000");
    let clone = snapbox_build(&site, &site.home().join("clone"));
    assert_eq!(clone.status, 0);
    assert_data_eq!(
        clone.findings(),
        str![[r"
note[git-dates]: the clone is shallow, so it doesn't know when files were made or changed; fetch the whole history (in GitHub Actions: `fetch-depth: 0` for actions/checkout)

1 note

"]]
    );
}

#[test]
fn impossible_dates_and_a_broken_repository_are_said_once() {
    let site = repository(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    commit(&site, "@99999999999999 +0000");
    let run = site.build();
    assert_eq!((run.status, run.heads().len()), (0, 1), "{}", run.err);
    assert_data_eq!(
        run.findings(),
        str![[r"
note[git-dates]: the commits of 2 files have dates that can't be right, so these files have none

1 note

"]]
    );
    fs::write(site.path(".git/HEAD"), "junk").unwrap();
    let run = site.build();
    assert_eq!((run.status, run.codes()), (0, vec!["note[git-dates]"]), "{}", run.err);
}

/// A machine without git, and a folder without a repository.
#[test]
fn without_git_there_is_a_site_all_the_same() {
    let site = repository(&[("a.md", "# A\n")]);
    commit(&site, "2026-10-01T12:00:00Z");
    let run = site.run_in(&[("PATH", "/nonexistent")], &["--now", site::NOW, "build"]);
    assert_eq!((run.status, run.codes()), (0, vec!["note[git-dates]"]), "{}", run.err);
    fs::remove_dir_all(site.path(".git")).unwrap();
    let run = site.run_in(&[("PATH", "/nonexistent")], &["--now", site::NOW, "build"]);
    assert_eq!((run.status, run.findings()), (0, ""));
}

/// Row 22: git never sees a name as a pattern or an option.
#[test]
fn names_are_only_names_to_git() {
    let site = repository(&[
        ("-x.md", "# A\n"),
        (":(glob)*.md", "# B\n"),
        ("--output=pwned.md", "# C\n"),
        ("é \"q\".md", "# D\n"),
    ]);
    fs::write(site.root().join(OsStr::from_bytes(b"lat\xef.txt")), "x").unwrap();
    commit(&site, "2026-10-01T12:00:00Z");
    let site = site.built();
    for path in ["-x", "glob", "--output-pwned", "é-q"] {
        let page = site.page(&format!("{path}/index.html"));
        let days: Vec<_> = page.all("time").iter().filter_map(|time| time.get("datetime")).collect();
        assert_eq!(days, ["2026-10-01"], "{path}");
    }
    assert!(!site.path("pwned.md").exists());
}

/// An output folder of this name would match every committed file, and a cache beside committed sites is not kept.
#[test]
fn the_name_of_the_output_folder_is_no_pattern_to_git() {
    let site = repository(&[("a.md", "# A\n")]);
    commit(&site, "2026-10-01T12:00:00Z");
    site.run(&["build", "-o", "*"]).clean();
    assert!(site.path(".threadmark-cache").exists());
}

/// Whoever sends documents can send a finished site with them, with a page that says something else.
#[test]
fn a_site_and_a_cache_that_came_with_the_repository_are_not_believed() {
    let site = repository(&[("a.md", "# A\n")]).built();
    let (expected, page) = (site.output(), site.path("_site/a/index.html"));
    let (text, written) =
        (fs::read_to_string(&page).unwrap(), fs::metadata(&page).unwrap().modified().unwrap());
    fs::write(&page, text.replace("Threadmark", "<b>Evil!!<")).unwrap();
    fs::File::options().write(true).open(&page).unwrap().set_modified(written).unwrap();
    git(&site.root(), &["add", "-Af", "."], "@1 +0000");
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_eq!(site.output(), expected);
}

/// A hostile repository can configure programs; a build starts none of them.
#[test]
fn nothing_that_a_repository_configures_runs() {
    let site = repository(&[("a.md", "# A\n"), (".gitattributes", "*.md filter=x diff=x\n")]);
    commit(&site, "2026-10-01T12:00:00Z");
    let touch = format!("touch {}/pwned", site.home().display());
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "core.hooksPath",
        "alias.log",
        "gpg.program",
    ] {
        git(&site.root(), &["config", key, &touch], "@1 +0000");
    }
    let site = site.built();
    assert!(!site.home().join("pwned").exists());
}

fn snapbox_build(site: &Site, folder: &Path) -> site::Run {
    let arguments = ["--now", site::NOW, "build"];
    site::Run::of(&site::command(folder, site.home(), &arguments).output().unwrap())
}
