//! Statements of the manual (`example-site/guide`) that the program has to keep: checked on the example itself and on
//! sites of a few lines.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn build(site: &Path, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_threadmark"))
        .args(["build", "--strict", "--no-cache", "--now", "2026-11-22", "--color", "never", "-o"])
        .args([out, site])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A site of these files, the folder that its output is in, and what the build said.
fn built(files: &[(&str, &str)]) -> (TempDir, Output) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join("site").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = build(&folder.path().join("site"), &folder.path().join("out"));
    (folder, output)
}

#[test]
fn the_example_builds_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let output = build(&site, &folder.path().join("out"));
    let said = said(&output);
    assert!(output.status.success() && !said.contains("warning["), "{said}");
    assert!(folder.path().join("out/guide/findings/index.html").is_file());
}

#[test]
fn the_number_of_a_decision_is_that_of_its_file() {
    let (folder, output) = built(&[
        ("decisions/0007-queue-store.md", "---\nstatus: accepted\n---\n\n# Queue store\n\nIn Postgres.\n"),
        ("decisions/index.md", "# Decisions\n"),
    ]);
    assert!(output.status.success(), "{}", said(&output));
    let page = fs::read_to_string(folder.path().join("out/decisions/0007-queue-store/index.html")).unwrap();
    assert!(page.contains("Decision 0007"), "{page}");
}

#[test]
fn a_status_that_nobody_knows_is_reported() {
    let (folder, output) = built(&[("decisions/0001-x.md", "---\nstatus: banana\n---\n\n# X\n")]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("error[unknown-status]: the status `banana` is not known"), "{said}");
    assert!(said.contains("decisions/0001-x.md:2:1"), "{said}");
    assert!(!folder.path().join("out").exists());
}
