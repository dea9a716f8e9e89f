//! The table of `README.md` beside this file names tests that exist.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names of all functions in the Rust files below `folder`.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("fn "));
            found.extend(names.filter_map(|rest| rest.split('(').next()).map(str::to_owned));
        }
    }
}

#[test]
fn each_promise_is_held_by_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = BTreeSet::new();
    functions(&root.join("tests"), &mut known);
    functions(&root.join("src"), &mut known);
    let readme = fs::read_to_string(root.join("tests/README.md")).unwrap();
    let (_, table) = readme.split_once("| promise | tests |").unwrap();
    let names = table
        .lines()
        .filter_map(|row| row.rsplit("| ").next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let names: Vec<&str> = names.filter(|name| name.contains('_')).collect();
    assert!(names.len() > 60, "{}", names.len());
    let missing: Vec<_> = names.iter().filter(|name| !known.contains(**name)).collect();
    assert_eq!(missing, [&""; 0]);
}
