//! `threadmark check`: what it says of small sites, in each format, and with which exit status.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its supporting functions"
)]

mod site;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use site::{NOW, Run, Site, files, site};
use snapbox::{assert_data_eq, str};

const DECISION: &str = "---\nstatus: accepted\nsummary: We do.\n---\n\n# One\n";

fn check(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["check"], arguments].concat())
}

/// What `check --format json` prints of `site`.
fn found(site: &Site) -> Vec<Value> {
    let run = check(site, &["--format", "json"]);
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"))
}

/// The codes of what is found, each with its file.
fn codes(files: &[(&str, &str)]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let of = |found: &Value| format!("{} {}", text(&found["code"]), text(&found["file"]));
    found(&site(files)).iter().map(of).collect()
}

#[track_caller]
fn says(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(codes(files), expected, "{files:?}");
}

#[test]
fn a_clean_site_is_said_to_be_and_nothing_is_written() {
    let site = site(&[("decisions/0001-one.md", DECISION)]);
    let before = files(&site.root());
    let run = check(&site, &[]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "Checked 1 document: nothing found\n");
    assert_eq!(check(&site, &["-q"]).err, "");
    assert_eq!(files(&site.root()), before);
}

#[test]
fn a_report_shows_places_and_how_to_mend_them() {
    let site = site(&[
        ("decisions/0001-redis.md", "---\nstatus: accepted\n---\n\n# Redis\n\n## Decision\n\nRedis.\n"),
        ("decisions/0002-postgres.md", "---\nstatus: accepted\nsupersedes: 1\n---\n\n# Postgres\n\nSo.\n"),
        ("index.md", "# Home\n\n[gone](gone.md)\n"),
    ]);
    let run = check(&site, &[]);
    assert_eq!(run.status, 1);
    assert_data_eq!(
        run.err,
        str![[r"
error[one-sided-supersession]: 2. Postgres supersedes this decision, which still says `accepted`
 --> decisions/0001-redis.md:2:1
  |
2 | status: accepted
  | ^^^^^^^^^^^^^^^^
  |
  = help: Add `superseded_by: 2` to the front matter of decisions/0001-redis.md.

warning[missing-closing-summary]: the status is `accepted`, and no closing summary says what came out of it
 --> decisions/0002-postgres.md:2:1
  |
2 | status: accepted
  | ^^^^^^^^^^^^^^^^
  |
  = help: Add `summary:` to the front matter: one sentence on what was decided and why.
  = help: Or add a section `## Decision`, `## Outcome`, `## Resolution` or `## Closing summary`.

warning[broken-link]: there is no gone.md
 --> index.md:3:1
  |
3 | [gone](gone.md)
  | ^^^^^^^^^^^^^^^

Checked 3 documents: 1 error, 2 warnings

"]]
    );
    let quiet = check(&site, &["-q"]);
    assert_eq!((quiet.status, quiet.heads().len()), (1, 1), "{}", quiet.err);
}

/// A spec that lacks nothing but what `front` leaves out.
fn spec(front: &str) -> String {
    format!("---\nstatus: proposed\n{front}---\n\n# Queue\n\n## Why\n\n## Constraints\n\n## Ask\n")
}

fn ask(inside: &str) -> String {
    spec(&format!("due: 2026-12-24\nasks:\n  - id: store\n    question: Which?\n{inside}"))
}

#[test]
fn an_ask_has_at_most_one_finding_whatever_is_true_of_it() {
    let (none, past, future) = ("", "    due: 2026-11-20\n", "    due: 2026-11-30\n");
    let (missing, all, nobody) = (
        "    of: [ana, bo]\n    responses: [{ by: ana }]\n",
        "    of: [ana]\n    responses: [{ by: ana }]\n",
        "    responses: [{ by: ana }]\n",
    );
    let outcome = "    outcome: { answer: Postgres }\n";
    for (due, asked, end, expected) in [
        (past, missing, "", Some("overdue-ask")),
        (past, all, "", Some("unanswered-closed")),
        (past, nobody, "", Some("unanswered-closed")),
        (none, missing, "", Some("ask-without-deadline")),
        (none, all, "", Some("ask-without-deadline")),
        (none, nobody, "", Some("ask-without-deadline")),
        (future, missing, "", None),
        (future, all, "", None),
        (future, nobody, "", None),
        (past, missing, outcome, None),
        (past, nobody, outcome, None),
        (none, all, outcome, None),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|code| format!("{code} specs/q.md")).collect();
        assert_eq!(
            codes(&[("specs/q.md", &ask(&format!("{due}{asked}{end}")))]),
            expected,
            "{due}{asked}{end}"
        );
    }
}

#[test]
fn what_another_finding_says_of_a_deadline_is_not_said_twice() {
    says(&[("specs/q.md", &ask("    window: 24h\n"))], &["missing-key specs/q.md"]);
    says(&[("specs/q.md", &ask("    channel: Fax\n"))], &["unknown-channel specs/q.md"]);
    let norms = ("threadmark.yml", "norms:\n  - { channel: Email, within: 48h }\n");
    says(&[("specs/q.md", &ask("    channel: email\n")), norms], &["ask-without-deadline specs/q.md"]);
    let opened = ask("    channel: email\n    opened: 2026-11-21\n");
    says(&[("specs/q.md", &opened), norms], &[]);
}

#[test]
fn a_window_ends_in_its_own_zone_by_the_clock_that_is_given() {
    let text = ask("    of: [ana]\n    due: 2026-11-26T17:00[America/Chicago]\n");
    let site = site(&[("specs/q.md", &text)]);
    let at = |now: &str| site.run_in(&[], &["check", "--now", now]);
    assert_eq!(at("2026-11-26T23:00:00Z").err, "Checked 1 document: nothing found\n");
    let late = at("2026-11-26T23:00:01Z").err;
    assert!(
        late.contains(
            "the ask `store` was due on 2026-11-26 17:00 (America/Chicago), and ana has not responded"
        ),
        "{late}"
    );
    assert!(late.contains("specs/q.md:5:3"), "{late}");
    assert!(late.contains("`- { by: ana, at: 2026-11-26, position: agree }`"), "{late}");
}

#[test]
fn documents_lapse_too() {
    let eip = |status: &str| {
        format!(
            "---\neip: 7\ntitle: Seven\nstatus: {status}\nlast-call-deadline: 2023-02-14\n---\n\n## Abstract\n"
        )
    };
    let heads = |path: &str, text: &str| {
        let run = check(&site(&[(path, text)]), &[]);
        run.heads().iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        heads("eip-7.md", &eip("Last Call")),
        ["warning[overdue-ask]: Last Call ended on 2023-02-14, and the status is still `Last Call`"]
    );
    assert!(heads("eip-7.md", &eip("Final")).is_empty());
    let swift = |status: &str| {
        format!(
            "# Feature\n\n* Proposal: [SE-0007](0007-feature.md)\n* Authors: [Ana](https://a.example)\n* Status: **{status}**\n\n## Introduction\n"
        )
    };
    assert_eq!(
        heads("proposals/0007-feature.md", &swift("Active review (March 1...10, 2024)")),
        [
            "warning[overdue-ask]: the review ended on 2024-03-10, and the status is still `Active review (March 1...10, 2024)`"
        ]
    );
    assert!(heads("proposals/0007-feature.md", &swift("Implemented (Swift 5.1)")).is_empty());
    assert!(heads("proposals/0007-feature.md", &swift("Active review (November 20...30, 2026)")).is_empty());
    assert_eq!(
        heads("guide/a.md", "---\nstage: In review\ndue: 2026-11-20\n---\n\n# A\n"),
        ["warning[overdue-ask]: this document was due on 2026-11-20, and its stage is still `In review`"]
    );
    assert!(heads("guide/a.md", "---\nstage: Published\ndue: 2026-11-20\n---\n\n# A\n").is_empty());
    assert_eq!(
        heads("guide/a.md", "---\ndue: 2026-11-20\n---\n\n# A\n"),
        ["warning[overdue-ask]: this document was due on 2026-11-20, and nothing says that it is done"]
    );
}

#[test]
fn who_is_superseded_has_to_say_so() {
    let old = |status: &str| format!("---\nstatus: {status}\nsummary: Old.\n---\n\n# Old\n");
    let new = |more: &str| format!("---\nstatus: accepted\nsummary: New.\n{more}---\n\n# New\n");
    let pair = |a: &str, b: &str| codes(&[("adr/0001-old.md", a), ("adr/0002-new.md", b)]);
    let supersedes = new("supersedes: 1\n");
    assert_eq!(pair(&old("accepted"), &supersedes), ["one-sided-supersession adr/0001-old.md"]);
    for near in ["superseded by ADR-0002", "superseded", "deprecated", "rejected"] {
        assert!(pair(&old(near), &supersedes).is_empty(), "{near}");
    }
    assert_eq!(pair(&old("superseded by ADR-0002"), &new("")), ["one-sided-supersession adr/0002-new.md"]);
    let severity = |a: &str, b: &str| {
        let found = found(&site(&[("adr/0001-old.md", a), ("adr/0002-new.md", b)]));
        found[0]["severity"].as_str().unwrap().to_owned()
    };
    assert_eq!(severity(&old("accepted"), &supersedes), "error", "it is taken to hold");
    assert_eq!(severity(&old("superseded by ADR-0002"), &new("")), "warning", "it only leaves something out");
    let draft = supersedes.replace("accepted", "proposed");
    assert!(pair(&old("accepted"), &draft).is_empty(), "what is only proposed supersedes nothing");
    let madr = "---\nstatus: accepted\ndate: 2026-01-01\n---\n\n# New\n\n## Context and Problem Statement\n\n## Decision Outcome\n";
    assert!(pair(&old("superseded by ADR-0002"), madr).is_empty(), "MADR's new decision has no place for it");
}

#[test]
fn the_line_to_add_is_in_the_form_of_the_record() {
    let nygard = |number: usize, title: &str, status: &str| {
        format!(
            "# {number}. {title}\n\nDate: 2026-01-01\n\n## Status\n\n{status}\n\n## Context\n\nC.\n\n## Decision\n\nD.\n\n## Consequences\n\nE.\n"
        )
    };
    let site = site(&[
        ("doc/adr/0001-redis.md", &nygard(1, "Redis", "Accepted")),
        (
            "doc/adr/0002-postgres.md",
            &nygard(2, "Postgres", "Accepted\n\nSupercedes [1. Redis](0001-redis.md)"),
        ),
    ]);
    let found = found(&site);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0]["hints"][0],
        "Add `Superseded by [2. Postgres](0002-postgres.md)` below `## Status` in doc/adr/0001-redis.md."
    );
    assert_eq!((&found[0]["line"], &found[0]["excerpt"]), (&Value::from(7), &Value::from("Accepted")));
}

#[test]
fn circles_and_doubles_are_errors() {
    let decision = |more: &str| format!("---\nstatus: superseded\n{more}---\n\n# D{more}\n");
    let (to_two, to_one) =
        (decision("superseded_by: 2\nsupersedes: 2\n"), decision("superseded_by: 1\nsupersedes: 1\n"));
    says(&[("adr/0001-a.md", &to_two), ("adr/0002-b.md", &to_one)], &["supersession-cycle adr/0001-a.md"]);
    says(&[("adr/0001-a.md", DECISION), ("adr/0001-b.md", DECISION)], &["duplicate-number adr/0001-b.md"]);
    says(&[("adr/0001-a.md", DECISION), ("adr/0002-b.md", DECISION)], &[]);
}

#[test]
fn names_lead_somewhere() {
    let with = |more: &str| format!("---\nstatus: accepted\nsummary: So.\n{more}---\n\n# One\n");
    let spec = ask("    due: 2026-11-30\n");
    let of = |more: &str| codes(&[("adr/0001-one.md", &with(more)), ("specs/queue.md", &spec)]);
    for wrong in [
        "supersedes: 70\n",
        "amends: adr/0070-x\n",
        "amended_by: 0070-x.md\n",
        "decides: specs/quue#ask-store\n",
    ] {
        assert_eq!(of(wrong), ["dangling-reference adr/0001-one.md"], "{wrong}");
    }
    for wrong in ["decides: specs/queue#ask-stoer\n", "decides: specs/queue\n"] {
        assert_eq!(of(wrong), ["dangling-reference adr/0001-one.md"], "{wrong}");
    }
    for right in [
        "decides: specs/queue#ask-store\n",
        "decides: specs/queue#store\n",
        "supersedes: n/a\n",
        "amends: https://other.example/adr/7\n",
    ] {
        assert!(of(right).is_empty(), "{right}");
    }
    let outcome = ask("    outcome: { answer: Redis, decision: adr/0009-nine }\n");
    says(&[("specs/queue.md", &outcome)], &["dangling-reference specs/queue.md"]);
    let hint = &found(&site(&[
        ("adr/0001-one.md", &with("decides: specs/queue#ask-stoer\n")),
        ("specs/queue.md", &spec),
    ]))[0]["hints"];
    assert_eq!(hint[0], "Did you mean `store`?");
}

#[test]
fn a_number_of_two_is_no_name() {
    let by_number = "---\nstatus: accepted\nsummary: So.\namends: 1\n---\n\n# Two\n";
    let all = found(&site(&[
        ("adr/0001-a.md", DECISION),
        ("adr/0001-b.md", DECISION),
        ("adr/0002-c.md", by_number),
    ]));
    let messages: Vec<&str> = all.iter().map(|found| found["message"].as_str().unwrap()).collect();
    assert_eq!(
        messages,
        ["the number 1 is taken by adr/0001-a.md", "`1` in `amends` is the number of more than one decision"]
    );
}

#[test]
fn what_is_settled_says_what_came_of_it() {
    let decision = |front: &str, body: &str| {
        codes(&[("adr/0001-a.md", &format!("---\n{front}\n---\n\n# A\n\n{body}\n"))])
    };
    for status in ["accepted", "Rejected", "Final"] {
        assert_eq!(
            decision(&format!("status: {status}"), "## Context"),
            ["missing-closing-summary adr/0001-a.md"]
        );
    }
    for status in ["proposed", "draft", "superseded", "deprecated"] {
        assert!(decision(&format!("status: {status}"), "## Context").is_empty(), "{status}");
    }
    assert!(decision("status: accepted\nsummary: So.", "## Context").is_empty());
    for heading in [
        "Decision",
        "Decision Outcome",
        "Outcome: Postgres",
        "Resolution",
        "Closing summary",
        "What we decided",
        "The verdict",
    ] {
        assert!(decision("status: accepted", &format!("## {heading}")).is_empty(), "{heading}");
    }
    for heading in ["Decision Drivers", "Decision makers", "Open decisions", "Decision needed"] {
        assert_eq!(decision("status: accepted", &format!("## {heading}")).len(), 1, "{heading}");
    }
    let eip = "---\neip: 7\ntitle: Seven\nstatus: Final\n---\n\n## Abstract\n";
    says(&[("eip-7.md", eip)], &[]);
    says(
        &[(
            "rfcs/0007-x.md",
            "- Feature Name: x\n- Start Date: 2020-01-01\n- RFC PR: [7](https://x.example)\n\n# Summary\n",
        )],
        &[],
    );
}

#[test]
fn a_decision_of_an_ask_has_its_outcome_for_a_summary() {
    let decision = "---\nstatus: accepted\ndecides: specs/q#ask-store\n---\n\n# Postgres\n";
    let settled = ask("    outcome: { answer: Postgres, decision: adr/0001-postgres }\n");
    says(&[("adr/0001-postgres.md", decision), ("specs/q.md", &settled)], &[]);
    let open = ask("    due: 2026-11-30\n");
    says(
        &[("adr/0001-postgres.md", decision), ("specs/q.md", &open)],
        &["missing-closing-summary adr/0001-postgres.md"],
    );
}

#[test]
fn a_spec_says_what_its_readers_need() {
    let message = |text: &str| {
        let found = found(&site(&[("specs/queue.md", text)]));
        found.first().map(|f| f["message"].as_str().unwrap().to_owned())
    };
    let said = |text: &str| message(text).unwrap_or_default();
    assert_eq!(
        said("# Queue\n\nWe should.\n"),
        "this spec has no background, no ask, no deadline and no constraints"
    );
    assert_eq!(said("# Queue\n\n## Background\n\n## Constraints\n"), "this spec has no ask and no deadline");
    assert_eq!(said(&spec("")), "this spec has no deadline");
    assert_eq!(message(&spec("due: 2026-12-24\n")), None);
    let lines =
        "# Queue\n\n**Background:** x\n\n- Deadline: Friday\n- **Non-goals**: none\n\n## Which store?\n";
    assert_eq!(message(lines), None);
    let asks =
        "---\nasks:\n  - { id: a, question: Which?, context: Because., due: 2026-11-30 }\n---\n\n# Queue\n";
    assert_eq!(said(asks), "this spec has no constraints");
    for settled in ["status: accepted\nsummary: So.", "status: withdrawn", "stage: Published"] {
        assert_eq!(message(&format!("---\n{settled}\n---\n\n# Queue\n")), None, "{settled}");
    }
    says(
        &[("specs/README.md", "# Our specs\n"), ("specs/queue/index.md", "# Queue\n")],
        &["missing-context specs/queue/index.md"],
    );
    says(&[("page.md", "# Queue\n"), ("updates/2026-11-20.md", "# Week\n")], &[]);
}

#[test]
fn a_handle_is_somebodys() {
    let people = ("threadmark.yml", "people:\n  luiza: { name: Luiza Prado }\n  bo: { name: Bo Li }\n");
    let page = |front: &str| format!("---\n{front}\n---\n\n# A\n");
    let of = |front: &str| codes(&[people, ("a.md", &page(front))]);
    for wrong in ["owner: luzia", "authors: [Lu Prado (@luzia)]", "deciders: [bo, luzia]", "informed: luzia"]
    {
        assert_eq!(of(wrong), ["unknown-person a.md"], "{wrong}");
    }
    for right in [
        "owner: luiza",
        "owner: Luiza Prado",
        "authors: [Ann Lee, Bo, Chen]",
        "owner: '@bo'",
        "authors: [x@y.example]",
        "informed: everyone",
    ] {
        assert!(of(right).is_empty(), "{right}");
    }
    let asked = page(
        "asks:\n  - id: a\n    question: Q?\n    due: 2026-11-30\n    of: [bo, luzia]\n    responses:\n      - { by: luzia }",
    );
    let found = found(&site(&[people, ("a.md", &asked)]));
    assert_eq!(found.len(), 1, "once in a document: {found:?}");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&Value::from(6), &Value::from(14)));
    assert_eq!(found[0]["hints"][0], "Did you mean `luiza`?");
    says(&[("a.md", &page("owner: luzia"))], &[]);
}

#[test]
fn one_topic_is_discussed_in_one_place() {
    let spec = |front: &str| spec(&format!("due: 2026-12-24\n{front}"));
    let of = |a: &str, b: &str| codes(&[("specs/a.md", &spec(a)), ("specs/b.md", &spec(b))]);
    assert_eq!(of("", ""), ["duplicate-topic specs/b.md"], "one title");
    assert_eq!(
        of("title: X\ntopic: The queue\n", "title: Y\ntopic: the  Queue!\n"),
        ["duplicate-topic specs/b.md"]
    );
    assert!(of("title: X\n", "").is_empty());
    assert!(of("topic: a\n", "topic: b\n").is_empty(), "topics tell them apart");
    let closed = spec("").replace("proposed", "withdrawn");
    says(&[("specs/a.md", &closed), ("specs/b.md", &spec(""))], &[]);
    says(&[("a/index.md", "# Week\n"), ("b/index.md", "# Week\n")], &[]);
}

const EVIL: &str = "x\u{7f}::error::pwned\u{9b}2J\u{202e}100%0A,a:b";

/// A status as hostile as a document can write it; control characters reach it by YAML's escapes.
fn hostile() -> Site {
    let escaped: Vec<String> = EVIL.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    let yaml = escaped.concat();
    site(&[("decisions/0001-a,b.md", &format!("---\nstatus: \"{yaml}\\n::add-path::/x\"\n---\n\n# A\n"))])
}

#[test]
fn annotations_are_one_line_each_and_nothing_of_a_document_is_a_command() {
    let run = check(&hostile(), &["--format", "github"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(
        run.out.starts_with("::warning file=decisions/0001-a%2Cb.md,line=2,col=1,endLine=2,endColumn="),
        "{}",
        run.out
    );
    assert!(run.out.contains(",title=unknown-status::the status `x"), "{}", run.out);
    assert!(run.out.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{:?}", run.out);
    assert!(run.out.contains("100%250A,a:b"), "{}", run.out);
    assert_eq!(run.err, "Checked 1 document: 1 warning\n");
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let site = site(&[("docs/a.md", "# A\n\n[b](b.md)\n")]);
    assert!(Command::new("git").args(["init", "-q"]).current_dir(site.root()).status().unwrap().success());
    let run = site.run(&["check", "docs", "--format", "github"]);
    assert!(run.out.contains("::warning file=docs/a.md,line=3,col=1,endLine=3,endColumn=10,title=broken-link::there is no b.md%0ADid you mean `a.md`?\n"), "{run:?}");
    let sarif: Value = serde_json::from_str(&site.run(&["check", "docs", "--format", "sarif"]).out).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "docs/a.md");
}

/// The published schema of SARIF 2.1.0, which a package of the tests has in it. Only the packages of this machine are asked
/// for: those of other platforms were perhaps never fetched.
fn sarif_schema() -> PathBuf {
    let cargo = |args: &[&str]| {
        let root = env!("CARGO_MANIFEST_DIR");
        Command::new(env!("CARGO")).args(args).current_dir(root).output().unwrap()
    };
    let version = String::from_utf8(cargo(&["-vV"]).stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let only = ["--offline", "--locked", "--filter-platform", host];
    let run = cargo(&[&["metadata", "--format-version", "1"][..], &only].concat());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: Value = serde_json::from_slice(&run.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src/schema.json")
}

#[track_caller]
fn holds(schema: &Path, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(schema);
    let schema =
        jsonschema::validator_for(&serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).unwrap();
    let faults: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert!(!schema.is_valid(&serde_json::json!({ "version": 7 })), "the schema refuses something");
}

/// Sites with findings at lines, at whole files and at none, and with none at all.
fn sites() -> [Site; 4] {
    let doubles =
        [("adr/0001-a.md", DECISION), ("adr/0001-b ö.md", DECISION), ("a.md", "[x](y.md)\n\n$\\frac{1}$\n")];
    let taken = [("a.md", "# A\n"), ("A.md", "# A\n")];
    [site(&doubles), site(&taken), hostile(), site(&[("a.md", "# A\n")])]
}

#[test]
fn json_is_an_array_as_its_schema_says() {
    for site in sites() {
        let run = check(&site, &["--format", "json", "--color", "always", "-q"]);
        holds(Path::new("src/cli/schema/findings.schema.json"), &serde_json::from_str(&run.out).unwrap());
        assert!(run.out.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", run.out);
        assert_eq!(run.err, "");
    }
    let found = found(&hostile());
    assert!(found[0]["message"].as_str().unwrap().contains('\u{202e}'), "the text itself is whole");
    let doubles = site(&[("adr/0001-a.md", DECISION), ("adr/0001-b.md", DECISION)]);
    assert_data_eq!(
        check(&doubles, &["--format", "json"]).out,
        str![[r#"
[
  {
    "code": "duplicate-number",
    "column": null,
    "end_column": null,
    "excerpt": null,
    "file": "adr/0001-b.md",
    "hints": [
      "Give one of the two a free number (the highest is 1), and the old address as one of its `aliases`."
    ],
    "line": null,
    "message": "the number 1 is taken by adr/0001-a.md",
    "severity": "error"
  }
]

"#]]
    );
}

#[test]
fn sarif_is_what_its_schema_says_and_names_a_rule_for_each_result() {
    let schema = sarif_schema();
    for site in sites() {
        let run = check(&site, &["--format", "sarif"]);
        let log: Value = serde_json::from_str(&run.out).unwrap();
        holds(&schema, &log);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        for result in log["runs"][0]["results"].as_array().unwrap() {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
        }
    }
    let doubles = &sites()[0];
    let log: Value = serde_json::from_str(&check(doubles, &["--format", "sarif"]).out).unwrap();
    let uris: Vec<&Value> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert_eq!(uris, ["a.md", "a.md", "adr/0001-b%20%C3%B6.md"]);
}

#[test]
fn the_exit_status_says_how_bad_it_is() {
    let status = |files: &[(&str, &str)], arguments: &[&str]| check(&site(files), arguments).status;
    let warning = ("a.md", "# A\n\n[b](b.md)\n");
    assert_eq!(status(&[("a.md", "# A\n")], &["--strict"]), 0);
    assert_eq!(status(&[warning], &[]), 0);
    assert_eq!(status(&[warning], &["--strict"]), 1);
    assert_eq!(status(&[("adr/0001-a.md", DECISION), ("adr/0001-b.md", DECISION)], &[]), 1);
    assert_eq!(status(&[("a.md", "---\ntitle: [\n---\n")], &["--format", "json"]), 1);
    for wrong in [
        &["--format", "xml"][..],
        &["nowhere"],
        &["--explain", "nothing-of-the-kind"],
        &["--now", "soon"],
        &["a", "--explain", "disk"],
    ] {
        assert_eq!(status(&[warning], wrong), 2, "{wrong:?}");
    }
    assert_eq!(status(&[("threadmark.yml", "titel: x\n"), warning], &[]), 2);
    assert_eq!(status(&[("threadmark.yml", "titel: x\n"), warning], &["--format", "sarif"]), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_the_machines_fault() {
    let site = site(&[("a.md", "# A\n")]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_threadmark"))
        .args(["check", "--now", NOW, "--format", "json"])
        .current_dir(site.root())
        .stdout(full)
        .stderr(Stdio::null())
        .status();
    assert_eq!(status.unwrap().code(), Some(3));
}

#[test]
fn errors_of_a_build_are_said_and_what_follows_from_them_is_not() {
    let broken = "---\nstatus: accepted\ndraft: yes\n---\n\n# B\n";
    let refers = "---\nstatus: accepted\nsummary: So.\nsupersedes: decisions/0009-gone\n---\n\n# A\n";
    says(
        &[("decisions/0001-a.md", refers), ("decisions/0002-b.md", broken)],
        &["wrong-type decisions/0002-b.md"],
    );
    let run = check(&site(&[("a.md", "# A\n"), ("A.md", "# A\n")]), &[]);
    assert_eq!((run.status, run.codes()), (1, vec!["error[route-taken]"]), "{}", run.err);
}

#[test]
fn the_configuration_says_what_weighs_how_much() {
    let doubles = [("adr/0001-a.md", DECISION), ("adr/0001-b.md", DECISION), ("a.md", "# A\n\n[b](b.md)\n")];
    let with = |checks: &str| {
        let site = site(&doubles);
        site.write("threadmark.yml", format!("checks: {checks}\n"));
        site
    };
    let codes = |site: &Site, arguments: &[&str]| {
        let run = site.run(arguments);
        (run.status, run.codes().iter().map(|code| (*code).to_owned()).collect::<Vec<_>>().join(" "))
    };
    let build = &["build", "--no-cache"][..];
    let said = |status, codes: &str| (status, codes.to_owned());
    for (checks, checked, built) in [
        ("{}", said(1, "warning[broken-link] error[duplicate-number]"), said(0, "warning[broken-link]")),
        ("{ duplicate-number: off }", said(0, "warning[broken-link]"), said(0, "warning[broken-link]")),
        ("{ duplicate-number: note, broken-link: off }", said(0, "note[duplicate-number]"), said(0, "")),
        (
            "{ duplicate-number: error, broken-link: note }",
            said(1, "note[broken-link] error[duplicate-number]"),
            said(0, "note[broken-link]"),
        ),
        (
            "{ duplicate-number: off, broken-link: error }",
            said(1, "error[broken-link]"),
            said(1, "error[broken-link]"),
        ),
    ] {
        assert_eq!(codes(&with(checks), &["check"]), checked, "{checks}");
        assert_eq!(codes(&with(checks), build), built, "{checks}");
    }
    let strict = with("{ broken-link: note, duplicate-number: warning }");
    assert_eq!(codes(&strict, &["check", "--strict"]), said(1, "note[broken-link] error[duplicate-number]"));
}

#[test]
fn checks_that_do_not_exist_are_errors_with_a_suggestion() {
    let run =
        check(&site(&[("threadmark.yml", "checks:\n  overdue-asks: error\n  route-taken: off\n")]), &[]);
    assert_eq!(run.status, 2);
    assert_data_eq!(
        run.err,
        str![[r"
error[unknown-key]: there is no check `overdue-asks`
 --> threadmark.yml:2:3
  |
2 |   overdue-asks: error
  |   ^^^^^^^^^^^^
  |
  = help: Did you mean `overdue-ask`?
  = help: `threadmark check --explain list` has all of them.

error[wrong-value]: the severity of `route-taken` can't be changed
 --> threadmark.yml:3:3
  |
3 |   route-taken: off
  |   ^^^^^^^^^^^
  |
  = help: It says that a page is wrong or lost, or that the machine failed, and weighs the same everywhere.

Checked 0 documents: 2 errors

"]]
    );
}

#[test]
fn a_code_is_explained_with_an_example() {
    let run = check(&site(&[]), &["--explain", "ask-without-deadline"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r"
ask-without-deadline (warning, from `check` alone)

An ask without outcome has no deadline. Without a deadline, nobody can tell when
an ask lapses, and it stands in no calendar. An ask has its deadline from `due`,
else from `window` after `opened`, else from the norm of its `channel`.

For example:

    asks:
      - id: store
        question: Which store backs the queue?
        of: [ana, bo]

To mend it: Add `due: 2026-11-26`, or `opened: 2026-11-24` and `window: 48h`.

In threadmark.yml, `checks: { ask-without-deadline: off }` (or error, warning,
note) changes what it weighs.

"]]
    );
    let run = check(&site(&[]), &["--explain", "overdue"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("there is no code `overdue`"), "{}", run.err);
    let near = check(&site(&[]), &["--explain", "overdue-asks"]);
    assert!(near.err.contains("Did you mean `overdue-ask`?"), "{}", near.err);
    let list = check(&site(&[]), &["--explain"]);
    assert_eq!(list, check(&site(&[]), &["--explain", "list"]));
    let lines: Vec<&str> = list.out.lines().collect();
    assert!(lines.len() > 60 && lines.is_sorted(), "{}", list.out);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("overdue-ask ") && line.contains(" warning  a deadline is over"))
    );
}

/// Decisions of which each supersedes the one before, with names that lead nowhere and handles that are nobody's in two
/// of five.
fn many(count: usize) -> Site {
    let site = site(&[("threadmark.yml", "people:\n  ana: { name: Ana }\n")]);
    for n in 1..=count {
        let more =
            if n % 5 < 2 { format!("amends: {}\nowner: person-{n}\n", n + 100_000) } else { String::new() };
        let text = format!(
            "---\nstatus: accepted\nsummary: So.\nsupersedes: {}\n{more}---\n\n# Choice {n}\n",
            n - 1
        );
        site.write(&format!("decisions/{n:05}-choice.md"), text);
    }
    site
}

#[test]
fn five_thousand_decisions_end() {
    let run = check(&many(5000), &["--format", "json"]);
    // Each but the last is superseded and doesn't say so; the first supersedes what isn't there.
    assert_eq!((run.status, run.err.as_str()), (1, "Checked 5000 documents: 4999 errors, 4001 warnings\n"));
}

#[test]
fn any_number_of_threads_says_the_same() {
    let site = many(300);
    let one = check(&site, &["--format", "sarif", "--jobs", "1"]);
    assert!(one.err.ends_with("299 errors, 241 warnings\n"), "{}", one.err);
    assert_eq!(one, check(&site, &["--format", "sarif", "--jobs", "7"]));
}
