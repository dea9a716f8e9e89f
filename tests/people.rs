//! People, calendars, norms and records as a whole site shows them, and as time goes by.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its supporting functions"
)]

mod site;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use site::links::Links;
use site::{Site, site};

const CONFIG: &str = "title: Acme
base_url: https://acme.example/handbook/
timezone: Europe/Berlin
people:
  ana: { name: Ana Souza, timezone: America/Sao_Paulo }
  bo: { name: Bo Li }
norms:
  - { channel: Document comment, within: 24h }
  - { channel: Email, within: 2bd }
";

const SPEC: &str = "---
title: Queue
authors: [chen]
asks:
  - id: store
    question: \"Which store, and why; backs the queue?\"
    context: We run **one** already.
    of: [ana, bo]
    opened: 2026-11-20T10:00
    due: 2026-11-23T08:00[America/Chicago]
    responses:
      - { by: ana, at: 2026-11-20, answer: Postgres, position: agree }
  - id: size
    question: How large may it grow?
    of: [bo]
    opened: 2026-11-16
    channel: email
    responses: [{ by: bo, at: 2026-11-17, answer: 1 GB, why: Disks. }]
    outcome: { answer: 1 GB, at: 2026-11-18, by: ana, why: It fits., decision: decisions/0007 }
  - id: name
    question: What is it called?
    of: [ana]
    opened: 2026-11-20T16:00
    channel: Document comment
---
# Queue

## Ask: store
";

const DECISION: &str = "---
status: accepted
date: 2026-11-19
deciders: [Bo Li, Dana Fox]
decides: [specs/queue#ask-size]
---
# One file

## Ask: size

Mine.
";

fn acme() -> Site {
    site(&[
        ("threadmark.yml", CONFIG),
        ("index.md", "# Home\n\n@ana and [Bo](/people/bo/), [norms](/norms/), [what waits](/waiting/).\n"),
        ("specs/queue.md", SPEC),
        ("specs/late.md", "---\nowner: bo\nstatus: draft\ndue: 2026-11-21\n---\n# Late\n"),
        ("specs/done.md", "---\nowner: bo\nstatus: accepted\ndue: 2026-11-21\n---\n# Done\n"),
        ("decisions/0007-one-file.md", DECISION),
    ])
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("_site").join(path)).unwrap()
}

fn at(site: &Site, now: &str) {
    let run = site.run_in(&[], &["--now", now, "build"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// The places of `parts` in `html`, which all have to be there.
fn places(html: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| html.find(part).unwrap_or_else(|| panic!("no {part} in\n{html}"))).collect()
}

#[test]
fn a_page_says_what_waits_first_then_what_somebody_did() {
    let site = acme();
    at(&site, "2026-11-22");
    let bo = text(&site, "people/bo/index.html");
    let order =
        places(&bo, &[">Late<", "Which store, and why", ">Answered ", "1 GB", ">Decided ", "One file"]);
    assert!(order.is_sorted(), "{order:?}\n{bo}");
    assert!(!bo.contains(">Done<"), "what is settled does not wait");
    let chen = text(&site, "people/chen/index.html");
    assert!(places(&chen, &["Nothing waits for chen.", ">Asked <", ">Wrote <"]).is_sorted());
    let dana = text(&site, "people/dana-fox/index.html");
    assert!(dana.contains("One file") && !dana.contains("deadlines.ics"), "{dana}");
    let ana = text(&site, "people/ana/index.html");
    assert!(ana.contains("data-zone=\"America/Sao_Paulo\">America/Sao_Paulo<"), "{ana}");
    assert!(ana.contains("href=\"webcal://acme.example/handbook/people/ana/deadlines.ics\""), "{ana}");
    assert!(ana.contains("How large may it grow?"), "an ask that she gave the outcome of");
}

#[test]
fn an_ask_that_all_have_answered_waits_for_who_asked() {
    let site = acme();
    site.write("specs/queue.md", SPEC.replace("of: [ana, bo]", "of: [ana]"));
    at(&site, "2026-11-22");
    let chen = text(&site, "people/chen/index.html");
    assert!(places(&chen, &[">Waiting <", "it waits for its outcome", ">Asked <"]).is_sorted());
    assert!(!text(&site, "people/chen/deadlines.ics").contains("VEVENT"));
    assert!(text(&site, "deadlines.ics").contains("All have answered"));
}

#[test]
fn names_lead_to_people_and_every_address_and_id_is_good() {
    let site = acme();
    at(&site, "2026-11-22");
    let output = site.output();
    assert_eq!(Links::of(&output, "https://acme.example", "/handbook/").broken(), Vec::<String>::new());
    for (path, bytes) in output.iter().filter(|(path, _)| path.contains(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
    }
    let link = |path: &str, to: &str| {
        assert!(text(&site, path).contains(&format!("people/{to}/\"")), "{path} to {to}");
    };
    link("index.html", "ana");
    link("specs/queue/index.html", "bo");
    link("decisions/0007-one-file/index.html", "dana-fox");
    link("waiting/index.html", "bo");
    link("people/index.html", "chen");
    assert!(text(&site, "sitemap.xml").contains("https://acme.example/handbook/people/ana/"));
}

#[test]
fn a_decision_shows_what_it_settles_as_its_record() {
    let site = acme();
    at(&site, "2026-11-22");
    let page = text(&site, "decisions/0007-one-file/index.html");
    let order = [
        "Mine.",
        "What was asked",
        "../../specs/queue/#ask-size\">How large",
        "Asked in",
        "It fits.",
        "Disks.",
    ];
    let (_, body) = page.split_once("class=\"prose\"").unwrap();
    assert!(places(body, &order).is_sorted(), "{page}");
    assert!(page.contains("href=\"../../specs/queue/#ask-size-by-bo\""), "a response has its address there");
    assert!(!page.contains("id=\"ask-size-by-bo\""), "{page}");
    assert_eq!(page.matches("id=\"ask-size\"").count(), 1, "its own heading keeps its id");
    // In words of others it is no text of this page.
    assert!(!text(&site, "specs/queue/index.html").contains("What was asked"));
}

#[test]
fn a_record_is_found_from_the_side_of_the_outcome_as_well() {
    let site = acme();
    site.write("decisions/0007-one-file.md", DECISION.replace("decides: [specs/queue#ask-size]\n", ""));
    at(&site, "2026-11-22");
    assert!(text(&site, "decisions/0007-one-file/index.html").contains("How large may it grow?"));
}

/// The events of a calendar, each as its lines without the folds.
fn events(calendar: &str) -> Vec<String> {
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    let whole = calendar.replace("\r\n ", "");
    whole.split("BEGIN:VEVENT\r\n").skip(1).map(str::to_owned).collect()
}

#[test]
fn deadlines_are_events_until_they_are_decided() {
    let site = acme();
    at(&site, "2026-11-22");
    let before = events(&text(&site, "deadlines.ics"));
    assert_eq!(before.len(), 3, "{before:?}");
    let store = before.iter().find(|event| event.contains("Which store")).unwrap();
    for line in [
        "DTSTART:20261123T133000Z\r\n",
        "DTEND:20261123T140000Z\r\n",
        "SUMMARY:Which store\\, and why\\; backs the queue?\r\n",
        "URL;VALUE=URI:https://acme.example/handbook/specs/queue/#ask-store\r\n",
        "TRANSP:TRANSPARENT\r\n",
        "We run one already.\\n",
        "Waits for Bo Li.",
    ] {
        assert!(store.contains(line), "{line}: {store}");
    }
    let late = before.iter().find(|event| event.contains("Due: Late")).unwrap();
    assert!(late.contains("DTSTART;VALUE=DATE:20261121\r\nDTEND;VALUE=DATE:20261122\r\n"), "{late}");
    assert_eq!(events(&text(&site, "people/bo/deadlines.ics")).len(), 2);
    assert_eq!(events(&text(&site, "people/ana/deadlines.ics")).len(), 1);

    let uid = |event: &str| event.split("\r\n").next().unwrap().to_owned();
    let changed = SPEC.replace("Which store, and why;", "Which one").replace("08:00[", "09:00[");
    let changed = changed.replace("    question: What", "    outcome: { answer: Q }\n    question: What");
    site.write("specs/queue.md", changed);
    at(&site, "2026-11-23");
    let after = events(&text(&site, "deadlines.ics"));
    assert_eq!(after.len(), 2, "what is decided leaves the calendar");
    let moved = after.iter().find(|event| event.contains("Which one")).unwrap();
    assert_eq!(uid(moved), uid(store), "an event stays the same one");
    assert!(events(&text(&site, "people/ana/deadlines.ics")).is_empty());
    assert!(text(&site, "people/ana/deadlines.ics").contains("BEGIN:VTIMEZONE\r\n"), "an empty one is valid");
}

#[test]
fn calendars_hang_on_no_clock() {
    let site = acme();
    at(&site, "2026-11-22");
    let first = text(&site, "deadlines.ics");
    at(&site, "2027-03-01");
    assert_eq!(first, text(&site, "deadlines.ics"));
}

#[test]
fn a_document_that_becomes_overdue_is_built_again() {
    let site = acme();
    let unchanged = |now: &str| site.run_in(&[], &["--now", now, "build"]).err.contains("nothing changed");
    // It is due at the end of the 21st in Berlin; all of this is the 21st there.
    assert!(!unchanged("2026-11-21T16:00Z"));
    assert!(text(&site, "waiting/index.html").contains("status-due-soon"));
    assert!(unchanged("2026-11-21T22:59:59Z"));
    assert!(!unchanged("2026-11-21T23:00Z"));
    assert!(text(&site, "index.html").contains("status-overdue"));
}

#[test]
fn norms_say_their_windows_and_asks_lead_to_theirs() {
    let site = acme();
    at(&site, "2026-11-22");
    let norms = text(&site, "norms/index.html");
    for said in
        ["24 hours", "Tuesday 16:00 → Wednesday 16:00", "2 business days", "Friday 16:00 → Tuesday 16:00"]
    {
        assert!(norms.contains(said), "{said}: {norms}");
    }
    assert!(norms.contains("What is it called?") && !norms.contains("Which store"), "{norms}");
    let spec = text(&site, "specs/queue/index.html");
    assert!(spec.contains("href=\"../../norms/#document-comment\">24 hours, Document comment<"), "{spec}");
    assert!(text(&site, "waiting/index.html").contains("href=\"../norms/\""));
    site.write("threadmark.yml", "title: Acme\n");
    at(&site, "2026-11-22");
    assert!(!site.path("_site/norms").exists());
}

#[test]
fn home_is_a_briefing_of_what_waits_and_what_was_decided() {
    let site = acme();
    let outcome = "---\nasks: [{ id: a, question: Shall we?, outcome: { answer: 'Yes', at: 2026-11-21, why: We can. } }]\n---\n# Other\n";
    site.write("specs/other.md", outcome);
    site.write("decisions/0001-old.md", "---\nstatus: superseded\ndate: 2020-01-01\n---\n# Old\n");
    site.write("decisions/0007-one-file.md", DECISION.replace("date:", "supersedes: [1]\ndate:"));
    at(&site, "2026-11-22");
    let home = text(&site, "index.html");
    let order = [
        ">Waiting <",
        ">Late<",
        "waits for <a class=\"who\" href=\"./people/bo/\"",
        "Which store",
        "Decided lately",
        "Shall we?",
        "Yes · We can.",
        "One file",
        "supersedes 1",
    ];
    assert!(places(&home, &order).is_sorted(), "{home}");
    assert!(!home.contains("How large may it grow?"), "the decision tells of it");
}

#[test]
fn a_site_without_people_and_deadlines_has_none_of_it() {
    let site = site(&[("index.md", "# Home\n")]);
    site.build().clean();
    for path in ["people", "norms", "waiting", "deadlines.ics"] {
        assert!(!site.path("_site").join(path).exists(), "{path}");
    }
    let home = text(&site, "index.html");
    assert!(!home.contains("/people/") && !home.contains("text/calendar"), "{home}");
}

#[test]
fn their_addresses_are_taken() {
    let site = acme();
    site.write("people/ana.md", "# Mine\n");
    assert_eq!(site.build().codes(), ["error[route-taken]"]);
    fs::remove_file(site.path("people/ana.md")).unwrap();
    site.write("other/more.md", "# More\n\n[a](../deadlines.ics)\n[b](../people/ana/deadlines.ics)\n");
    site.write("deadlines.ics", "mine");
    site.write("people/ana/deadlines.ics", "mine");
    assert_eq!((site.build().codes(), site.build().heads().len()), (vec!["error[route-taken]"], 2));
}

#[test]
fn hostile_names_are_names() {
    let evil = "x\"'><script>alert(1)</script>\\r\\nATTENDEE:x";
    let site = acme();
    let long = "é".repeat(70);
    site.write(
        "specs/evil.md",
        format!("---\nauthors: [\"<b>i</b> (@../../etc)\", \"CON\", \"__proto__\", \"{long}\", \"a\\nb\"]\nasks:\n  - {{ id: q, question: \"{}\", of: [\"{}\"], due: 2026-11-30 }}\n---\n# Evil\n",
            evil.replace('"', "\\\""), evil.replace('"', "\\\"")),
    );
    at(&site, "2026-11-22");
    let output = site.output();
    let pages = output.iter().filter(|(path, _)| path.starts_with("people/") || path.starts_with("waiting/"));
    for (path, bytes) in pages {
        let text = String::from_utf8(bytes.clone()).unwrap();
        if path.contains(".ics") {
            let forged = text.lines().any(|line| line.starts_with("ATTENDEE"));
            assert!(!forged && text.lines().all(|line| line.len() <= 75), "{path}: {text}");
        } else {
            assert!(!text.contains("<script>alert") && !text.contains("<b>i"), "{path}: {text}");
        }
    }
    for path in ["people/-..-etc/index.html", "people/con/index.html", "people/proto/index.html"] {
        assert!(output.contains_key(path), "{path} of {:?}", output.keys().collect::<Vec<_>>());
    }
}

#[test]
fn many_people_in_many_documents_cost_what_they_are() {
    const COUNT: usize = 2_100;
    let site = site(&[("threadmark.yml", "title: Many\n")]);
    for n in 0..COUNT {
        let mut text = format!(
            "---\nstatus: draft\ndue: 2026-11-{:02}\nauthors: [one, author {n}, \"Same Name (@s{n})\", Same Name]\n",
            n % 28 + 1
        );
        let _ = write!(
            text,
            "asks: [{{ id: a, question: Q{n}?, of: [one, p{}], due: 2026-12-01 }}]\n---\n# D{n}\n",
            n % 50
        );
        site.write(&format!("specs/{n:05}.md"), text);
    }
    // It is killed when it takes longer than 20 seconds.
    let output = site.built().output();
    let people = output.keys().filter(|path| path.starts_with("people/") && path.ends_with("index.html"));
    assert_eq!(people.count(), 2 * COUNT + 50 + 3);
    assert!(output["people/author-7/index.html"].len() < 12_000);
    let one = String::from_utf8(output["people/one/index.html"].clone()).unwrap();
    assert!(one.contains(&format!("The first 2000 of {} stand here.", 2 * COUNT)), "{}", one.len());
}
