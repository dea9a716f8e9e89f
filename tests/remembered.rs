//! A build with nothing changed says the same again without making it; whatever it depends on makes it again.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::fs;

use site::{Run, Site, site};

fn with_a_broken_link() -> Site {
    let site = site(&[
        ("threadmark.yml", "title: Acme\nexclude: [old/**]\n"),
        ("index.md", "# Home\n\n[gone](gone.md), [left out](old/notes.txt)\n\n![A picture](a.svg)\n"),
        ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"></svg>"),
        ("old/notes.txt", "left out\n"),
    ]);
    site.build();
    site
}

fn is_remembered(run: &Run) -> bool {
    run.err.contains("nothing changed")
}

#[test]
fn what_was_found_is_said_again() {
    let site = with_a_broken_link();
    fs::remove_dir_all(site.path("_site")).unwrap();
    let first = site.build();
    let second = site.build();
    assert_eq!(first.findings(), second.findings());
    assert_eq!(second.err.matches("warning[broken-link]").count(), 2, "{}", second.err);
    assert!(is_remembered(&second), "{}", second.err);
}

#[test]
fn strictness_is_asked_anew() {
    let site = with_a_broken_link();
    assert!(is_remembered(&site.build()));
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.status, 1, "{}", strict.err);
    assert!(strict.err.contains("error[broken-link]"), "{}", strict.err);
}

type Change = fn(&Site) -> Run;

#[test]
fn everything_that_it_depends_on_makes_it_again() {
    let changes: [(&str, Change); 6] = [
        ("a document", |site| {
            site.write("index.md", "# Home\n");
            site.build()
        }),
        ("the configuration", |site| {
            site.write("threadmark.yml", "title: Other\n");
            site.build()
        }),
        ("a file that is shown", |site| {
            site.write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"></svg>");
            site.build()
        }),
        ("a template", |site| {
            site.write("threadmark.yml", "title: Acme\nexclude: [old/**]\ntheme: theme\n");
            site.write("theme/templates/404.html", "<!DOCTYPE html><title>Gone</title>");
            site.build()
        }),
        ("an option", |site| site.run(&["build", "--base-url", "https://acme.example/"])),
        ("a file of the output", |site| {
            fs::write(site.path("_site/index.html"), "somebody else's").unwrap();
            site.build()
        }),
    ];
    for (what, change) in changes {
        let site = with_a_broken_link();
        assert!(is_remembered(&site.build()), "{what}");
        let after = change(&site);
        assert!(!is_remembered(&after) && after.status == 0, "{what}: {}", after.err);
        let output = site.output();
        fs::remove_dir_all(site.path("_site")).unwrap();
        fs::remove_dir_all(site.path(".threadmark-cache")).unwrap();
        if what == "an option" {
            site.run(&["build", "--base-url", "https://acme.example/"]);
        } else {
            site.build();
        }
        assert_eq!(site.output(), output, "{what}: a cold build differs");
    }
}

#[test]
fn a_file_that_a_link_asked_for_counts_although_it_is_left_out() {
    let site = with_a_broken_link();
    let before = site.build();
    assert!(
        is_remembered(&before) && before.err.contains("old/notes.txt is not published"),
        "{}",
        before.err
    );
    fs::remove_file(site.path("old/notes.txt")).unwrap();
    let after = site.build();
    assert!(after.err.contains("there is no old/notes.txt"), "{}", after.err);
}

/// Whoever may send a document may send a finished site and a cache with it, each with the right sums.
#[test]
fn a_site_that_the_repository_brings_is_not_believed() {
    let site = with_a_broken_link();
    let git = |arguments: &[&str]| {
        let output = snapbox::cmd::Command::new("git")
            .current_dir(site.root())
            .env("HOME", site.home())
            .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q", "."]);
    let page = fs::read_to_string(site.path("_site/index.html")).unwrap();
    site.write("_site/index.html", page.replace("Home", "Evil"));
    // The mark is younger than the page again, as it can be after a checkout.
    let mark = fs::read(site.path("_site/.threadmark")).unwrap();
    site.write("_site/.threadmark", mark);
    let believed = site.build();
    assert!(is_remembered(&believed), "without the repository's word it is taken as it is: {}", believed.err);
    git(&["add", "-f", "_site"]);
    site.build();
    assert_eq!(fs::read_to_string(site.path("_site/index.html")).unwrap(), page);
}
