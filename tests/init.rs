//! `threadmark init`: what a new site consists of, and what is left as it is.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::fs;
use std::path::Path;
use std::process::Command;

use site::{Site, site};
use snapbox::{assert_data_eq, str};

/// All files of the site but its output and caches.
fn made(site: &Site) -> Vec<String> {
    let ours = |path: &String| {
        !path.starts_with("_site") && !path.starts_with(".git/") && !path.starts_with(".threadmark-cache")
    };
    site::files(&site.root()).into_keys().filter(ours).collect()
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap()
}

#[test]
fn an_empty_folder_becomes_a_site_that_builds_without_a_finding() {
    let site = site(&[]);
    let run = site.run(&["init"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r#"
Made: threadmark.yml
Made: .github/workflows/pages.yml
Made: .gitignore
Made: decisions/0001-record-decisions-in-this-repository.md
Made: specs/how-we-ask.md
Made: updates/2026-11-22.md
Made: recordings/2026-11-22-first-walkthrough.md
Made: index.md

Next:
  threadmark serve --open
  threadmark new decision "Use Postgres"

"#]]
    );
    site.run(&["build", "--strict", "--verbose"]);
    let site = site.built();
    assert_eq!(site.page("index.html").texts("title"), ["Handbook"]);
    // The two samples know of each other: the ask is decided, by that decision.
    let spec = site.page("specs/how-we-ask/index.html");
    let decision = "../../decisions/0001-record-decisions-in-this-repository/";
    assert!(spec.all("a").iter().any(|link| link.get("href") == Some(decision)));
    let waiting = site.page("waiting/index.html").texts("main").concat();
    assert!(waiting.contains("How long do we wait for an answer to an ask?"), "{waiting}");
    assert!(!waiting.contains("Do decisions get a record"), "{waiting}");
}

#[test]
fn the_configuration_is_short_and_names_whoever_began() {
    let site = site(&[]);
    let git = |arguments: &[&str]| {
        let done = Command::new("git").args(arguments).current_dir(site.root()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["config", "user.name", "Ana: \"Souza\""]);
    assert_eq!(site.run(&["init"]).status, 0);
    assert_eq!(
        text(&site, "threadmark.yml"),
        r#"# What this site is. Every key is optional; a key that doesn't exist is an error with a suggestion.
title: Handbook
# Where it will be served; its path goes in front of every link.
# base_url: https://acme.github.io/handbook/
# For dates and times that name no zone.
timezone: UTC
# Who can be asked, by handle. Names and time zones are shown wherever the handle stands.
people:
  ana: { name: "Ana: \"Souza\"" }
  # bo: { name: Bo Lindqvist, timezone: Europe/Stockholm }
"#
    );
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.status, run.findings()), (0, ""));
}

#[test]
fn a_second_time_changes_nothing() {
    let site = site(&[("threadmark.yml", "title: Ours\n"), ("index.md", "# Ours\n"), (".gitignore", "x\n")]);
    assert_eq!(site.run(&["init"]).status, 0);
    assert_eq!(text(&site, "threadmark.yml"), "title: Ours\n");
    assert_eq!(text(&site, "index.md"), "# Ours\n");
    assert_eq!(text(&site, ".gitignore"), "x\n");
    let before = site::files(&site.root());
    let run = site.run(&["init"]);
    assert_data_eq!(
        run.out,
        str![[r#"
Left as it was: threadmark.yml
Left as it was: .github/workflows/pages.yml
Left as it was: .gitignore
No sample where there are documents already: decision, spec, update, recording.

Next:
  threadmark serve --open
  threadmark new decision "Use Postgres"

"#]]
    );
    assert_eq!(site::files(&site.root()), before);
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.status, run.findings()), (0, ""));
}

#[test]
fn kinds_that_are_there_get_no_sample() {
    let site = site(&[
        ("doc/adr/0001-x.md", "# 1. X\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nX\n"),
        ("README.md", "# A program\n"),
        ("weekly/2026-01-02.md", "---\ndraft: true\n---\n# A draft counts\n"),
    ]);
    assert_eq!(site.run(&["init"]).status, 0);
    let made = made(&site);
    for (part, there) in [
        ("decisions/", false),
        ("updates/", false),
        ("index.md", false),
        ("specs/", true),
        ("recordings/", true),
    ] {
        assert_eq!(made.iter().any(|path| path.starts_with(part)), there, "{part} in {made:?}");
    }
    assert!(
        !text(&site, "specs/how-we-ask.md").contains("0001-record"),
        "it names a decision that isn't there"
    );
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.status, run.findings()), (0, ""));
}

#[test]
fn samples_go_where_the_configuration_says_and_name_its_people() {
    let config =
        "content: docs\ncollections:\n  log: { kind: decision, path: adr }\npeople:\n  bo: { name: Bo }\n";
    let site = site(&[("threadmark.yml", config), ("docs/a.md", "# A\n")]);
    assert_eq!(site.run(&["init"]).status, 0);
    assert_eq!(
        made(&site),
        [
            ".github/workflows/pages.yml",
            ".gitignore",
            "docs/a.md",
            "docs/adr/0001-record-decisions-in-this-repository.md",
            "threadmark.yml"
        ]
    );
    assert!(
        text(&site, "docs/adr/0001-record-decisions-in-this-repository.md").contains("\ndeciders: [bo]\n")
    );
    let run = site.run(&["build", "--strict"]);
    assert_eq!((run.status, run.findings()), (0, ""));
}

#[test]
fn a_folder_that_is_named_is_made_and_named_in_what_comes_next() {
    let site = site(&[]);
    let run = site.run(&["init", "our 'book"]);
    assert_eq!(run.status, 0);
    assert!(run.out.starts_with("Made: our 'book/threadmark.yml\n"), "{}", run.out);
    assert!(
        run.out.ends_with("  threadmark new decision \"Use Postgres\" -C 'our '\\''book'\n"),
        "{}",
        run.out
    );
    let run = site.run(&["build", "our 'book", "--strict"]);
    assert_eq!((run.status, run.findings()), (0, ""));
    assert_eq!(site.run(&["init", "-q", "quiet"]).out, "");
}

#[test]
fn below_the_top_of_a_repository_there_is_no_workflow() {
    let site = site(&[]);
    let done = Command::new("git").args(["init", "-q"]).current_dir(site.root()).status().unwrap();
    assert!(done.success());
    let run = site.run(&["init", "docs"]);
    assert!(run.out.contains("No workflow: "), "{}", run.out);
    assert!(!site.path("docs/.github").exists());
}

#[test]
fn what_is_wrong_is_said_before_anything_is_made() {
    let site = site(&[("threadmark.yml", "titel: x\n"), ("file", "x")]);
    let run = site.run(&["init"]);
    assert_eq!((run.status, run.codes()), (2, vec!["error[unknown-key]"]));
    assert_eq!(made(&site), ["file", "threadmark.yml"]);
    assert_eq!(site.run(&["init", "file"]).status, 2);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let site = site(&[]);
    let outside = site.home().join("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, site.path(".github")).unwrap();
    let run = site.run(&["init"]);
    assert_eq!((run.status, run.codes()), (2, vec!["error[link-outside]"]));
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn the_workflow_is_that_of_the_manual() {
    let site = site(&[]);
    assert_eq!(site.run(&["init"]).status, 0);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = fs::read_to_string(root.join("example-site/guide/hosting.md")).unwrap();
    let block = manual.split("```yaml title=\".github/workflows/pages.yml\"").nth(1).unwrap();
    let block = block.split_once('\n').unwrap().1.split("```").next().unwrap();
    assert_eq!(text(&site, ".github/workflows/pages.yml"), block);
}
