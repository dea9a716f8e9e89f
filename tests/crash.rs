//! The disk fails, the program is killed, the machine gives no room: the old site or the new one, never a mix.
//!
//! A build is stopped in the middle of a write by the largest size that a file may have (`ulimit -f`): the system
//! then kills the program, or, where that signal is ignored, refuses the write as a full disk does.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Output;

use site::{NOW, Run, Site, command, site};
use snapbox::{assert_data_eq, str};

const LARGE: usize = 400_000;

fn with_large_file() -> Site {
    let site = site(&[("a.md", "# A\n"), ("b.md", "# B\n")]).built();
    site.write("a.md", "# A, new\n");
    site.write("static/film.mp4", "f".repeat(LARGE));
    site
}

/// `threadmark build` where no file may be larger than 200 kB; `first` is said to the shell before.
fn build_with_small_files(site: &Site, first: &str) -> Output {
    let script = format!("{first} ulimit -f 200; exec \"$@\"");
    snapbox::cmd::Command::new("bash")
        .args(["-c", &script, "bash", env!("CARGO_BIN_EXE_threadmark"), "--now", NOW, "build"])
        .current_dir(site.root())
        .env_clear()
        .env("HOME", site.home())
        .output()
        .unwrap()
}

/// What lies in the site's folder beside its sources.
fn beside(site: &Site) -> BTreeSet<String> {
    let names =
        fs::read_dir(site.root()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
    names
        .filter(|name| !["a.md", "b.md", "static", "_site", ".threadmark-cache"].contains(&name.as_str()))
        .collect()
}

#[test]
fn a_full_disk_leaves_the_old_site_and_is_the_machines_fault() {
    let site = with_large_file();
    let before = site.output();
    let run = Run::of(&build_with_small_files(&site, "trap '' XFSZ;"));
    assert_eq!(run.status, 3);
    assert_data_eq!(
        run.err,
        str![[r"
error[disk]: cannot write `static/film.mp4`: File too large (os error 27)

1 error

"]]
    );
    assert_eq!(site.output(), before);
    assert_eq!(beside(&site), BTreeSet::new(), "nothing is left over");
}

#[test]
fn a_killed_build_leaves_the_old_site_and_the_next_one_clears_up() {
    let site = with_large_file();
    let before = site.output();
    let output = build_with_small_files(&site, "");
    assert!(output.status.signal().is_some(), "{output:?}");
    assert_eq!(site.output(), before);
    assert_eq!(beside(&site).len(), 1, "{:?}", beside(&site));

    site.build().clean();
    assert_eq!(beside(&site), BTreeSet::new());
    assert_eq!(site.page("a/index.html").texts("h1"), ["A, new"]);
    assert_eq!(site.output()["static/film.mp4"].len(), LARGE);
}

#[test]
fn a_place_that_cannot_be_written_is_the_machines_fault() {
    let site = site(&[("a.md", "# A\n"), ("file", "x")]);
    for output in ["file/below", "/proc/nothing/here", "/dev/null/x"] {
        let run = site.run(&["build", "-o", output]);
        assert_eq!((run.status, run.codes()), (3, vec!["error[disk]"]), "{output}: {}", run.err);
    }
}

/// Nobody reads what is said: a pipe that is closed changes nothing.
#[test]
fn a_closed_standard_error_is_no_failure() {
    let site = site(&[("a.md", "# A\n\n[b](b.md)\n")]);
    let script = "exec 2>&-; exec \"$@\"";
    let status = std::process::Command::new("bash")
        .args(["-c", script, "bash", env!("CARGO_BIN_EXE_threadmark"), "build"])
        .current_dir(site.root())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(site.path("_site/a/index.html").exists());
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let site = site(&[("static/x", "x")]);
    for n in 0..60 {
        site.write(&format!("{n}.md"), format!("# {n}\n"));
    }
    let outcomes: Vec<Run> = std::thread::scope(|scope| {
        let build =
            || Run::of(&command(&site.root(), site.home(), &["--now", NOW, "build"]).output().unwrap());
        let builds: Vec<_> = (0..4).map(|_| scope.spawn(build)).collect();
        builds.into_iter().map(|build| build.join().unwrap()).collect()
    });
    assert!(outcomes.iter().all(|run| [0, 3].contains(&run.status)), "{outcomes:?}");
    assert!(outcomes.iter().any(|run| run.status == 0), "{outcomes:?}");
    let after = site.output();
    site.build().clean();
    assert_eq!(site.output(), after);
}

// Row 28 is in `errors.rs`. Row 29: what a terminal or a runner would take for a command.

#[test]
fn nothing_of_a_document_is_a_command_to_a_terminal_or_a_runner() {
    let evil = "\\e]0;x\\a\\r\\n::add-path::/x\\n##[set-env]\\u202e\\u200b\\x9b31m";
    let site = site(&[
        ("a.md", &format!("---\ntitle: x\nslug: \"{evil}\"\nstatus: \"{evil}\"\n---\n# A\n")),
        (
            "b.md",
            "# B\n\n[\u{202e}x](no\u{200b}where.md \"\u{85}\") [y](no.md#\u{2028}::error::)\n\n<a\u{202e}b>\n",
        ),
        ("threadmark.yml", &format!("\"{evil}\": 1\n")),
    ]);
    let run = site.build();
    assert_eq!(run.status, 2);
    let bad = |c: char| {
        c.is_control() && c != '\n'
            || ('\u{200b}'..='\u{200f}').contains(&c)
            || ('\u{2028}'..='\u{202e}').contains(&c)
    };
    assert!(!run.err.contains(bad), "{:?}", run.err);
    assert!(!run.err.lines().any(|line| line.starts_with("::") || line.starts_with("##")), "{}", run.err);
    assert!(run.err.contains(r"\u{1b}]0;x\u{7}\r\n::add-path::/x"), "{}", run.err);
}
