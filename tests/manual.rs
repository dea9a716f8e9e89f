//! Statements of the manual (`example-site/guide`) that the program has to keep: checked on the example itself and on
//! sites of a few lines.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::collections::BTreeSet;
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
    assert!(page.contains("Decision 7<"), "{page}");
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

/// The codes of diagnostics in the sources below `folder`: the first text in the brackets of what makes one.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") || path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.extend(codes_in(&fs::read_to_string(&path).unwrap()));
        }
    }
}

fn codes_in(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    let makers = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note(", "warn(", " error("];
    let calls = makers.iter().flat_map(|maker| code.split(maker).skip(1));
    calls
        .filter_map(|rest| Some(rest.trim_start().strip_prefix('"')?.split_once('"')?.0.to_owned()))
        .collect()
}

/// The codes of the tables of the page: what stands in their first columns.
fn codes_of_page(page: &str) -> BTreeSet<String> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" |"));
    let names = rows.flat_map(|(cell, _)| cell.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>());
    names.filter(|name| !name.contains(' ')).collect()
}

#[test]
fn every_code_is_explained_and_on_the_page_of_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("example-site/guide/findings.md")).unwrap();
    let explained: BTreeSet<String> =
        threadmark::diagnostic::codes::all().map(|c| c.name.to_owned()).collect();
    assert_eq!(codes_of_page(&page), explained);
    let mut found = BTreeSet::new();
    codes(&root.join("src"), &mut found);
    assert!(found.is_subset(&explained), "not explained: {:?}", found.difference(&explained));
}

/// Codes with their severity, as sources make them.
#[test]
fn every_code_has_the_severity_that_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut makers = BTreeSet::new();
    made(&root, &mut makers);
    assert!(makers.len() > 40, "{makers:?}");
    for (severity, code) in makers {
        let explained = threadmark::diagnostic::codes::find(&code).unwrap().severities;
        let words: Vec<String> = explained.iter().map(|s| format!("{s:?}").to_lowercase()).collect();
        assert!(words.contains(&severity), "{code} is made as {severity}, and explained as {words:?}");
    }
}

fn made(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") || path.ends_with("tests.rs") || path.ends_with("codes") {
            continue;
        }
        if path.is_dir() {
            made(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
        for severity in ["error", "warning", "note"] {
            let maker = format!("Diagnostic::{severity}(");
            let calls = code.split(&maker).skip(1);
            let names = calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
            found.extend(names.map(|(name, _)| (severity.to_owned(), name.to_owned())));
        }
    }
}

/// The example has one ask that lapsed, so that its page can be seen; nothing else of it needs mending.
#[test]
fn the_example_has_the_one_finding_that_it_is_to_show() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let run = Command::new(env!("CARGO_BIN_EXE_threadmark"))
        .args(["check", "--now", "2026-11-22", "--color", "never"])
        .arg(site)
        .output()
        .unwrap();
    let said = said(&run);
    let heads: Vec<&str> = said.lines().filter(|line| line.contains('[') && line.contains("]: ")).collect();
    assert_eq!(
        heads,
        ["warning[overdue-ask]: the ask `missing-data` was due on 2026-11-18, and meret has not responded"],
        "{said}"
    );
    assert!(said.ends_with("documents: 1 warning\n"), "{said}");
}
