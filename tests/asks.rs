//! Asks as a whole site shows them: on their pages, in the list of what waits, and for other programs.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use site::links::Links;
use site::{Run, Site, command, files, site};

const SPEC: &str = "---
title: Queue
asks:
  - id: store
    question: Which store backs the queue?
    context: \"Two of us [run one](../index.md). <script>alert(1)</script>\"
    of: [ana, bo]
    opened: 2026-11-20T10:00
    due: 2026-11-23T08:00[America/Chicago]
    options: [Postgres, Redis]
    responses:
      - { by: ana, at: 2026-11-20, answer: Postgres, position: agree, why: 'We run <b>it</b>.' }
  - id: size
    question: How large may it grow?
    of: [bo]
    opened: 2026-11-16
    window: 2bd
    outcome: { answer: 1 GB, at: 2026-11-18, by: bo, why: It fits., decision: decisions/0007 }
  - id: name
    question: What is it called?
---
# Queue

See [the answer](#ask-store-by-ana), [the size](#ask-size) and [the name](#ask-name).

## Ask: store

Words below.
";

fn with_asks() -> Site {
    site(&[
        (
            "threadmark.yml",
            "title: Acme\ntimezone: Europe/Berlin\npeople:\n  ana: { name: Ana Souza }\n  bo: { name: Bo Li }\n",
        ),
        ("index.md", "# Home\n"),
        ("specs/queue.md", SPEC),
        ("decisions/0007-one-file.md", "---\nstatus: accepted\n---\n# One file\n"),
    ])
}

fn html(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("_site").join(path)).unwrap()
}

fn at(site: &Site, now: &str) -> Run {
    site.run_in(&[], &["--now", now, "build"])
}

#[test]
fn an_ask_stands_below_its_heading_and_the_others_below_the_title() {
    let site = with_asks();
    let run = site.build();
    assert_eq!(run.codes(), ["warning[html-not-allowed]"], "{}", run.err);
    let html = html(&site, "specs/queue/index.html");
    let find = |text: &str| html.find(text).unwrap_or_else(|| panic!("no {text} in\n{html}"));
    let order = [
        "Decisions made",
        "<strong>1 GB</strong> It fits.",
        "Still open",
        "id=\"ask-size\"",
        "id=\"ask-name\"",
        "id=\"ask-store\"",
        "id=\"ask-store-by-ana\"",
        "Words below.",
    ];
    let places: Vec<usize> = order.iter().map(|text| find(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("We run &lt;b&gt;it&lt;") && !html.contains("<script>alert"), "{html}");
    assert!(html.contains("Two of us <a href=\"../../\">run one</a>."), "{html}");
    assert!(
        html.contains("<time datetime=\"2026-11-23T08:00:00-06:00\" data-due>Mon 23 Nov 2026, 08:00</time>")
    );
    assert!(html.contains("<span class=\"due-zone\">America/Chicago</span>"));
    assert!(
        html.contains("Still missing: <a class=\"who\" href=\"../../people/bo/\" title=\"@bo\">Bo Li</a>"),
        "{html}"
    );
    assert!(!html.contains("tm-ask "), "a mark stayed");
}

#[test]
fn every_id_is_there_once_and_every_link_to_an_ask_leads_to_one() {
    let site = with_asks();
    site.build();
    let output = site.output();
    let links = Links::of(&output, "", "/");
    assert_eq!(links.broken(), Vec::<String>::new());
    for (path, bytes) in output.iter().filter(|(path, _)| path.contains(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn a_link_to_a_response_that_is_not_there_is_said() {
    let site = with_asks();
    site.write("index.md", "# Home\n\n[Chen](specs/queue.md#ask-store-by-chen)\n");
    let run = site.build();
    assert!(run.err.contains("has no section `#ask-store-by-chen`"), "{}", run.err);
}

#[test]
fn what_waits_is_listed_by_deadline_and_by_person() {
    let site = with_asks();
    site.build();
    let html = html(&site, "waiting/index.html");
    let store = html.find("Which store backs the queue?").unwrap();
    assert!(store < html.find("What is it called?").unwrap(), "no deadline comes last");
    assert!(!html.contains("How large may it grow?"), "what is decided waits for nobody");
    assert!(html.contains("id=\"by-bo\"") && !html.contains("id=\"by-ana\""), "{html}");
    assert!(html.contains("href=\"../specs/queue/#ask-store\""));
}

#[test]
fn a_site_without_asks_has_none_of_it() {
    let site = site(&[("index.md", "# Home\n")]);
    site.build().clean();
    assert!(!site.path("_site/waiting").exists() && !site.path("_site/asks.json").exists());
    assert!(!html(&site, "index.html").contains("/waiting/"));
}

#[test]
fn their_places_are_taken() {
    let site = with_asks();
    site.write("specs/queue.md", "# Queue\n\n[Mine](../asks.json)\n");
    site.write("asks.json", "[]");
    site.write("waiting.md", "# Mine\n");
    let run = site.build();
    assert_eq!(run.codes(), ["error[route-taken]"], "{}", run.err);
}

fn schema() -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/schema/asks.schema.json");
    jsonschema::validator_for(&serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).unwrap()
}

#[track_caller]
fn holds(asks: &Value) {
    let faults: Vec<String> = schema().iter_errors(asks).map(|error| error.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
}

fn asks(folder: &Path) -> Value {
    serde_json::from_slice(&files(folder)["asks.json"]).unwrap()
}

#[test]
fn other_programs_get_every_ask() {
    let site = with_asks();
    site.build();
    let asks = asks(&site.path("_site"));
    holds(&asks);
    assert_eq!(
        asks[0],
        serde_json::json!({
            "id": "store",
            "document": "specs/queue.md",
            "question": "Which store backs the queue?",
            "of": ["ana", "bo"],
            "opened": "2026-11-20T10:00:00+01:00",
            "due": "2026-11-23T08:00:00-06:00",
            "state": "open",
            "options": ["Postgres", "Redis"],
            "responses": [{
                "by": "ana",
                "at": "2026-11-20",
                "answer": "Postgres",
                "position": "agree",
                "why": "We run <b>it</b>.",
                "url": "./specs/queue/#ask-store-by-ana"
            }],
            "outcome": null,
            "url": "./specs/queue/#ask-store"
        })
    );
    assert_eq!(asks[1]["due"], "2026-11-18T23:59:59+01:00");
    assert_eq!(
        (&asks[1]["state"], &asks[1]["outcome"]["decision"]),
        (&"decided".into(), &"./decisions/0007-one-file/".into())
    );
    assert_eq!((&asks[2]["state"], &asks[2]["due"]), (&"open".into(), &Value::Null));
}

#[test]
fn the_schema_holds_the_example_and_can_tell_what_is_wrong() {
    let out = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    let arguments = ["--now", "2026-11-22", "build", "--no-cache", "-o"];
    let folder = out.path().join("out");
    let arguments = [&arguments[..], &[folder.to_str().unwrap()]].concat();
    Run::of(&command(&example, out.path(), &arguments).output().unwrap()).clean();
    let mut asks = asks(&folder);
    holds(&asks);
    assert!(asks.as_array().unwrap().len() > 4);
    asks[0]["due"] = "2026-11-26T17:00".into();
    asks[1]["state"] = "late".into();
    asks[2].as_object_mut().unwrap().remove("url");
    assert!(schema().iter_errors(&asks).count() >= 3);
}

#[test]
fn a_build_with_nothing_changed_is_made_again_when_a_state_has_changed() {
    let site = with_asks();
    let unchanged = |now: &str| at(&site, now).err.contains("nothing changed");
    // 08:00 in Chicago is 14:00 UTC; all of it happens on two days of the site's zone.
    assert!(!unchanged("2026-11-22T12:00Z"));
    assert!(unchanged("2026-11-22T13:59:59Z"));
    assert!(!unchanged("2026-11-22T14:00Z"), "a day is left");
    assert!(html(&site, "specs/queue/index.html").contains("status-due-soon"));
    assert!(unchanged("2026-11-22T22:00Z"));
    at(&site, "2026-11-23T08:00Z");
    assert!(unchanged("2026-11-23T14:00Z"));
    assert!(!unchanged("2026-11-23T14:00:01Z"), "none is left");
    assert!(html(&site, "specs/queue/index.html").contains("status-overdue"));
    assert!(html(&site, "waiting/index.html").contains("status-overdue"));
    assert!(unchanged("2026-11-23T20:00Z"));
    assert!(!unchanged("2026-11-23T09:00Z"), "clocks go back as well");
}
