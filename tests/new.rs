//! `threadmark new`: where the next document goes, what it is called, and what stands in it.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::fs;

use site::{Run, Site, command, site};
use snapbox::{assert_data_eq, str};

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap()
}

/// Makes a document that must come to lie at `path`, and builds the site, which must find nothing.
#[track_caller]
fn makes(site: &Site, arguments: &[&str], path: &str) -> String {
    let run = site.run(&[&["new"], arguments].concat());
    assert_eq!((run.status, run.out.as_str()), (0, format!("{path}\n").as_str()), "{}", run.err);
    let built = site.run(&["build", "--strict", "--verbose", "--drafts"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(built.heads().is_empty(), "{}", built.err);
    text(site, path)
}

fn refuses(site: &Site, arguments: &[&str]) -> Run {
    let before = site::files(&site.root());
    let run = site.run(&[&["new"], arguments].concat());
    assert_eq!(run.out, "");
    assert!(site::files(&site.root()) == before, "{arguments:?} changed something");
    run
}

#[test]
fn decisions_and_specs_have_a_folder_and_a_form() {
    let site = site(&[]);
    assert_data_eq!(
        makes(
            &site,
            &["decision", "Use  Postgres\nfor everything"],
            "decisions/0001-use-postgres-for-everything.md"
        ),
        str![[r"
---
number: 1
title: Use Postgres for everything
status: proposed
date: 2026-11-22
deciders: []
summary:
---

# Use Postgres for everything

## Context

<!-- What makes this decision necessary, and what it has to respect. -->

## Options

<!-- Each with what speaks for it and against it. -->

## Decision

<!-- What is done, and why. `summary` above says it in one sentence. -->

## Consequences

<!-- What becomes easier, what becomes harder, and what would make us decide again. -->

"]]
    );
    assert_data_eq!(
        makes(&site, &["spec", "Queue store"], "specs/queue-store.md"),
        str![[r"
---
title: Queue store
status: draft
date: 2026-11-22
authors: []
# A question to the team is an ask. Take away the `# ` to put one:
# asks:
#   - id: store
#     question: Which store backs the queue?
#     of: [ana, bo]
#     opened: 2026-11-22
#     window: 2bd
#     options: [Postgres, Redis]
---

# Queue store

## Background

<!-- What somebody has to know who was not there. -->

## Ask

<!-- What is wanted, and of whom. -->

## Constraints

<!-- What can't be changed: money, time, other systems. -->

## Deadline

<!-- Until when, and what happens then. -->

"]]
    );
}

#[test]
fn updates_recordings_and_pages_have_a_folder_and_a_form() {
    let site = site(&[]);
    assert_data_eq!(
        makes(&site, &["update"], "updates/2026-11-22.md"),
        str![[r"
---
title: 2026-11-22
date: 2026-11-22
authors: []
---

# 2026-11-22

## Wins

## Blockers

## Decisions

## Next

"]]
    );
    assert_data_eq!(
        makes(&site, &["recording", "Dock walk"], "recordings/2026-11-22-dock-walk.md"),
        str![[r"
---
title: Dock walk
date: 2026-11-22
authors: []
video:
transcript:
# chapters:
#   - { at: 0:00, title: What this is about }
#   - { at: 2:15, title: The steps }
summary:
---

# Dock walk

<!-- Who this is for, and what they can do afterwards. A paragraph that begins with a time, such as [02:15], is a moment. -->

"]]
    );
    assert_eq!(makes(&site, &["page", "On call"], "on-call.md"), "---\ntitle: On call\n---\n\n# On call\n");
}

#[test]
fn the_ask_in_a_spec_is_one_when_its_marks_are_taken_away() {
    let site = site(&[("threadmark.yml", "people:\n  ana: { name: Ana }\n  bo: { name: Bo }\n")]);
    let spec = makes(&site, &["spec", "Queue"], "specs/queue.md");
    let comment = "# A question to the team is an ask. Take away the `# ` to put one:\n";
    let (front, body) = spec.split_once("---\n\n").unwrap();
    site.write("specs/queue.md", front.replace(comment, "").replace("\n# ", "\n") + "---\n\n" + body);
    let site = site.built();
    assert!(site.page("waiting/index.html").texts("main").concat().contains("Which store backs the queue?"));
}

#[test]
fn numbers_and_names_are_those_of_the_neighbours() {
    for (there, kind, made) in [
        (&["adr/0007-a.md", "adr/0002-b.md"][..], "decision", "adr/0008-x-y.md"),
        (&["docs/adr/7-a.md", "docs/adr/10-b.md"], "decision", "docs/adr/11-x-y.md"),
        (&["decisions/999-a.md", "decisions/001-a.md"], "decision", "decisions/1000-x-y.md"),
        (&["decisions/009-a.md"], "decision", "decisions/010-x-y.md"),
        (&["doc/Decisions/ADR-007_a b.markdown"], "decision", "doc/Decisions/ADR-008_x-y.markdown"),
        (&["decisions/20260102-a.md", "decisions/README.md"], "decision", "decisions/20261122-x-y.md"),
        (&["decisions/2026-01-02-a.md"], "decision", "decisions/2026-11-22-x-y.md"),
        (&["adr/0042/README.md"], "decision", "adr/0043/README.md"),
        (&["adr/old/0003-a.md", "adr/0001-b.md"], "decision", "adr/0004-x-y.md"),
        (&["adr/use-a.md", "adr/use-b.md"], "decision", "adr/x-y.md"),
        (&["adr/0000-template.md", "adr/index.md"], "decision", "adr/0001-x-y.md"),
        (&["rfcs/0001-a.md"], "spec", "rfcs/0002-x-y.md"),
        (&["rfcs/rfc-7-errata.md", "rfcs/a.md"], "spec", "rfcs/x-y.md"),
        (&["specs/2026-plan.md"], "spec", "specs/x-y.md"),
        (&["updates/20261113.md"], "update", "updates/20261122.md"),
        (&["updates/2026-11-13-week-46.md"], "update", "updates/2026-11-22-x-y.md"),
        (&["demos/walk.md"], "recording", "demos/x-y.md"),
    ] {
        let files: Vec<(&str, &str)> = there.iter().map(|path| (*path, "# A\n")).collect();
        makes(&site(&files), &[kind, "X: y"], made);
    }
}

#[test]
fn a_number_in_front_matter_counts_and_broken_documents_count_too() {
    let site = site(&[("adr/use-a.md", "---\nnumber: 41\n---\n# A\n"), ("adr/use-b.md", "# B\n")]);
    let made = makes(&site, &["decision", "X"], "adr/x.md");
    assert!(made.starts_with("---\nnumber: 42\n"), "{made}");
    let site = site::site(&[("adr/0001-a.md", "# A\n"), ("adr/0002-b.md", "---\ntitle: [\n---\n")]);
    assert_eq!(site.run(&["new", "decision", "X"]).out, "adr/0003-x.md\n");
}

#[test]
fn a_decision_has_the_form_of_the_records_beside_it() {
    let sections = "\n## Context and Problem Statement\n\nX\n\n## Decision Outcome\n\nX\n";
    let nygard =
        "# 7. A\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nX\n\n## Decision\n\nX\n";
    let madr =
        format!("---\nstatus: accepted\ndate: 2026-01-02\ndecision-makers: [Ana]\n---\n\n# A\n{sections}");
    let madr2 = format!("# A\n\n* Status: accepted\n* Date: 2026-01-02\n{sections}");
    let log4brains = format!("# A\n\n- Status: accepted\n- Date: 2026-01-02\n- Tags: x\n{sections}");
    let eip = "---\neip: 20\ntitle: A\nstatus: Final\nauthor: Ana (@ana)\ncreated: 2026-01-02\n---\n\n## Abstract\n\nX\n";
    for (path, there, made, begins) in [
        (
            "adr/0007-a.md",
            nygard,
            "adr/0008-12-x.md",
            "# 8. 12 \\*x\\*\n\nDate: 2026-11-22\n\n## Status\n\nProposed\n",
        ),
        ("adr/0007-a.md", &madr, "adr/0008-12-x.md", "---\nnumber: 8\nstatus: proposed\ndate: 2026-11-22\n"),
        (
            "adr/0007-a.md",
            &madr2,
            "adr/0008-12-x.md",
            "---\nnumber: 8\n---\n\n# 12 \\*x\\*\n\n* Status: proposed\n",
        ),
        ("adr/20260102-a.md", &log4brains, "adr/20261122-12-x.md", "# 12 \\*x\\*\n\n- Status: draft\n"),
        ("EIPS/eip-20.md", eip, "EIPS/eip-21.md", "---\neip: 21\ntitle: \"12 *x*\"\n"),
    ] {
        let site = site(&[(path, there)]);
        let text = makes(&site, &["decision", "12 *x*"], made);
        assert!(text.starts_with(begins), "{path}: {text}");
        let page = site.page(&format!("{}/index.html", made.to_lowercase().trim_end_matches(".md")));
        assert_eq!(page.texts("h1.document-title"), ["12 *x*"], "{path}");
    }
}

#[test]
fn an_update_is_for_the_day_that_its_rhythm_says() {
    let config =
        "collections:\n  weekly: { kind: update, path: notes, cadence: { every: week, on: friday } }\n";
    let site = site(&[("threadmark.yml", config)]);
    let run = site.run(&["new", "update"]);
    assert_eq!((run.status, run.out.as_str()), (0, "notes/2026-11-27.md\n"));
    assert_eq!(run.err, "It is for Friday 27 November 2026: every week, on Friday.\n");
    let run = site.run_in(&[], &["new", "-q", "weekly", "Week 49", "--now", "2026-11-28"]);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("notes/2026-12-04.md\n", ""));
    assert!(text(&site, "notes/2026-12-04.md").starts_with("---\ntitle: Week 49\ndate: 2026-12-04\n"));
    assert!(site.run(&["build", "--strict", "-v"]).heads().is_empty());
}

#[test]
fn the_day_is_that_of_the_sites_zone() {
    let site = site(&[("threadmark.yml", "timezone: Asia/Singapore\n")]);
    let run = site.run_in(&[], &["new", "update", "--now", "2026-11-22T17:00Z"]);
    assert_eq!(run.out, "updates/2026-11-23.md\n");
}

#[test]
fn the_collection_is_the_first_of_its_kind_or_the_one_that_is_named() {
    let config = "content: docs\ncollections:\n  specs: { kind: spec, path: a }\n  log: { kind: decision, path: b }\n  old: { kind: decision, path: c }\n  guide: { path: d }\n";
    let site = site(&[("threadmark.yml", config), ("docs/c/7-x.md", "# X\n")]);
    makes(&site, &["decision", "X"], "docs/b/0001-x.md");
    makes(&site, &["decision", "Y", "--in", "old"], "docs/c/8-y.md");
    makes(&site, &["decision", "Z", "--in", "c/"], "docs/c/9-z.md");
    makes(&site, &["old", "Z"], "docs/c/10-z.md");
    makes(&site, &["page", "X"], "docs/d/x.md");
    let run = refuses(&site, &["decision", "X", "--in", "lgo"]);
    assert_eq!(run.status, 2);
    assert_data_eq!(
        run.err,
        str![[r"
error[unknown-collection]: there is no collection `lgo` for it
 |
 = help: Did you mean `log`?
 = help: There are: specs, log, old, guide.

1 error

"]]
    );
    assert_eq!(refuses(&site, &["decision", "X", "--in", "specs"]).codes(), ["error[unknown-collection]"]);
    let run = site.run(&["new", "recording", "X"]);
    assert_eq!(run.out, "docs/recordings/2026-11-22-x.md\n");
    assert_eq!(
        run.err,
        "threadmark.yml has no collection of the kind recording; `recordings: { kind: recording }` below `collections` makes recordings/ one.\n"
    );
    assert!(text(&site, "docs/recordings/2026-11-22-x.md").starts_with("---\nkind: recording\n"));
    assert!(site.run(&["build", "--strict", "-v"]).heads().is_empty());
}

#[test]
fn an_unknown_kind_suggests_the_nearest() {
    let site = site(&[]);
    let run = refuses(&site, &["desicion", "X"]);
    assert_eq!(run.status, 2);
    assert_data_eq!(
        run.err,
        str![[r"
error[unknown-kind]: `desicion` is no kind of document, and no collection
 |
 = help: Did you mean `decision`?
 = help: Known: decision, spec, update, recording, page.

1 error

"]]
    );
}

#[test]
fn nothing_is_written_over() {
    let site = site(&[("specs/Queue.md", "# Q\n"), ("specs/store.md", "not to be lost")]);
    let run = refuses(&site, &["spec", "Store"]);
    assert_eq!(run.status, 2);
    assert_data_eq!(
        run.err,
        str![[r"
error[file-exists]: `specs/store.md` is there already, and nothing was changed
 |
 = help: Choose another title, or go on with that file.

1 error

"]]
    );
    // The file is another one, its address is not.
    let run = refuses(&site, &["spec", "queue"]);
    assert_eq!((run.status, run.codes()), (2, vec!["error[route-taken]"]));
    assert!(run.err.contains("specs/Queue.md"), "{}", run.err);
}

#[test]
fn a_file_that_no_build_reads_is_not_written_over_either() {
    let site = site(&[("threadmark.yml", "exclude: ['specs/**']\n"), ("specs/store.md", "not to be lost")]);
    assert_eq!(refuses(&site, &["spec", "Store"]).codes(), ["error[file-exists]"]);
}

#[test]
fn addresses_that_are_taken_or_kept_are_refused_before_anything_is_written() {
    let site = site(&[
        ("a.md", "---\nslug: on-call\n---\n# A\n"),
        ("b.md", "---\naliases: [old]\n---\n# B\n"),
        ("c.md", "---\nslug: drafted\ndraft: true\n---\n# C\n"),
    ]);
    for title in ["Search", "Tags", "on call", "drafted"] {
        assert_eq!(refuses(&site, &["page", title]).codes(), ["error[route-taken]"], "{title}");
    }
    assert_eq!(refuses(&site, &["page", "Old"]).codes(), ["error[alias]"]);
    for title in ["readme", "Index"] {
        assert_eq!(refuses(&site, &["page", title]).codes(), ["error[bad-title]"], "{title}");
    }
}

#[test]
fn hostile_titles_are_titles_or_are_refused() {
    let site = site(&[]);
    let long = "word ".repeat(2000);
    for (title, path) in [
        ("../../etc/passwd", "specs/etc-passwd.md"),
        ("C:\\x", "specs/c-x.md"),
        ("yes", "specs/yes.md"),
        ("RFC 9: \"x\" # 'y' {{ title }}", "specs/rfc-9-x-y-title.md"),
        ("# a\n---\nb: c", "specs/a-b-c.md"),
        ("<script>alert(1)</script>", "specs/script-alert-1-script.md"),
        ("🎉", "specs/🎉.md"),
        ("Größe 設計", "specs/größe-設計.md"),
        ("::add-path::x", "specs/add-path-x.md"),
        (
            long.trim(),
            "specs/word-word-word-word-word-word-word-word-word-word-word-word-word-word-word-word.md",
        ),
    ] {
        makes(&site, &["spec", title], path);
        let page = site
            .page(&format!("_site/../{}/index.html", path.trim_end_matches(".md")).replace("_site/../", ""));
        let shown = title.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(page.texts("h1"), [shown], "the title, once");
    }
    for title in ["", " \n", "???", "..", "a\u{1b}[31m", &"x".repeat(10_001)] {
        let run = refuses(&site, &["spec", title]);
        assert_eq!((run.status, run.codes()), (2, vec!["error[bad-title]"]), "{title:?}");
        assert!(!run.err.contains('\u{1b}'), "{title:?}");
    }
    // A number is enough to be called by.
    makes(&site, &["decision", "???"], "decisions/0001.md");
}

#[test]
fn a_template_of_the_sites_own_comes_first() {
    let site = site(&[
        (
            "threadmark.yml",
            "collections:\n  weekly: { kind: update, path: weekly }\n  log: { kind: decision, path: log }\n",
        ),
        (
            "templates/decision.md",
            "---\ntitle: 'ADR {{ number }}: {{title}}' # as it is\nauthor: \"{{ author }}\"\ntags: [\"{{ slug }}\", {{ year }}]\n---\n\n# {{ title }}\n\n{{ title }} of {{ date }}, ${{ kept }}\n",
        ),
        ("templates/weekly.md", "# Week {{ week }} of {{ year }}\r\n"),
        ("templates/page.md", "# A page about templates\n"),
        ("templates/recording.md", "# {{ title }}\n"),
        ("templates/letter.md", "# {{ title }} in a page\n"),
    ]);
    assert_eq!(
        makes(&site, &["decision", "a: *b*"], "log/0001-a-b.md"),
        "---\ntitle: \"ADR 1: a: *b*\" # as it is\nauthor:\ntags: [a-b, 2026]\n---\n\n# a: \\*b\\*\n\na: \\*b\\* of 2026-11-22, ${{ kept }}\n"
    );
    assert_eq!(makes(&site, &["update"], "weekly/2026-11-22.md"), "# Week 47 of 2026\r\n");
    // Its collection isn't configured, and the template doesn't say what it is.
    let run = site.run(&["new", "recording", "Walk"]);
    assert!(
        run.err.contains("For the site it is a document of the kind page; `kind: recording` in its front"),
        "{}",
        run.err
    );
    // What is no template stays a page, and is said not to be one.
    let run = site.run(&["new", "page", "Other"]);
    assert_eq!(
        run.err,
        "templates/page.md has no placeholder such as `{{ title }}`: it is a page, and no template.\n"
    );
    assert_eq!(site.run(&["build", "--strict"]).status, 0);
    let pages = site.published();
    for (page, there) in [("page", true), ("letter", true), ("decision", false), ("weekly", false)] {
        assert_eq!(pages.contains(&format!("templates/{page}/index.html")), there, "{page} in {pages:?}");
    }
}

#[test]
fn a_placeholder_that_is_not_known_is_an_error_at_its_place() {
    let site = site(&[("templates/spec.md", "# {{ title }}\n\nBy {{ auhtor }}, {{ title | upper }}\n")]);
    let run = refuses(&site, &["spec", "X"]);
    assert_eq!(run.status, 1);
    assert_data_eq!(
        run.err,
        str![[r"
error[template-placeholder]: `auhtor` is nothing that a template can ask for
 --> templates/spec.md:3:4
  |
3 | By {{ auhtor }}, {{ title | upper }}
  |    ^^^^^^^^^^^^
  |
  = help: Did you mean `author`?
  = help: Known: title, number, date, slug, author, kind, year, week.

error[template-placeholder]: `title | upper` is nothing that a template can ask for
 --> templates/spec.md:3:18
  |
3 | By {{ auhtor }}, {{ title | upper }}
  |                  ^^^^^^^^^^^^^^^^^^^
  |
  = help: Known: title, number, date, slug, author, kind, year, week.

2 errors

"]]
    );
}

#[test]
fn an_author_whom_git_names_is_called_by_the_handle() {
    let site = site(&[("threadmark.yml", "people:\n  ana: { name: Ana Souza }\n")]);
    let settings = "[user]\n\tname = ana souza\n";
    fs::write(site.home().join(".gitconfig"), settings).unwrap();
    assert!(makes(&site, &["spec", "X"], "specs/x.md").contains("\nauthors: [ana]\n"));
    fs::write(site.home().join(".gitconfig"), settings.replace("ana souza", "\"Bo, @ L. [x]\"")).unwrap();
    assert!(makes(&site, &["spec", "Y"], "specs/y.md").contains("\nauthors: [\"Bo, @ L. [x]\"]\n"));
}

#[test]
fn the_path_is_the_one_from_here() {
    let site = site(&[("threadmark.yml", ""), ("specs/a.md", "# A\n")]);
    let at = |folder: &str, arguments: &[&str]| {
        Run::of(&command(&site.path(folder), site.home(), arguments).output().unwrap()).out
    };
    assert_eq!(at("specs", &["new", "spec", "b"]), "b.md\n");
    assert_eq!(at("specs", &["new", "decision", "b"]), "../decisions/0001-b.md\n");
    assert_eq!(at("..", &["new", "spec", "c", "-C", "handbook"]), "handbook/specs/c.md\n");
}

#[test]
fn a_broken_configuration_is_said_and_broken_documents_are_no_hindrance() {
    let site = site(&[("threadmark.yml", "titel: x\n")]);
    let run = refuses(&site, &["spec", "X"]);
    assert_eq!((run.status, run.codes()), (2, vec!["error[unknown-key]"]));
    let site = site::site(&[("a.md", "---\ntitle: [\n---\n"), ("b/x.md", "# X\n"), ("b/X.md", "# X\n")]);
    assert_eq!(site.run(&["new", "spec", "X"]).out, "specs/x.md\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let site = site(&[]);
    let outside = site.home().join("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, site.path("specs")).unwrap();
    assert_eq!(site.run(&["new", "spec", "X"]).codes(), ["error[link-outside]"]);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn of_many_at_the_same_time_one_gets_the_file() {
    let site = site(&[]);
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let started: Vec<_> =
            (0..8).map(|_| scope.spawn(|| site.run(&["new", "--jobs", "1", "spec", "Same"]))).collect();
        started.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let (made, refused): (Vec<&Run>, Vec<&Run>) = runs.iter().partition(|run| run.status == 0);
    assert_eq!(made.len(), 1);
    assert!(
        refused.iter().all(|run| run.codes() == ["error[file-exists]"] && run.out.is_empty()),
        "{refused:?}"
    );
}
