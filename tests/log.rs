//! The decision log, on whole small sites and on one with 5,000 decisions: what its rows say, and what it weighs.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::fmt::Write as _;

use site::page::Page;
use site::{Site, site};

fn log_of(files: &[(&str, &str)]) -> Page {
    site(files).built().page("decisions/index.html")
}

/// The texts of the log's rows, in its order.
fn rows(page: &Page) -> Vec<&str> {
    let rows = page.elements.iter().filter(|element| {
        element.name == "li" && element.within.last().is_some_and(|around| around.contains("log-rows"))
    });
    rows.map(|row| row.text.as_str()).collect()
}

#[test]
fn a_row_says_what_was_decided_how_it_stands_when_and_by_whom() {
    let page = log_of(&[
        ("threadmark.yml", "people: { ana: { name: Ana Souza } }\n"),
        (
            "decisions/0001-a.md",
            "---\nstatus: superseded by ADR-0002\ndate: 2026-03-01\ndeciders: [ana, Bo (@bo)]\n---\n# Redis\n\nBecause.\n",
        ),
        (
            "decisions/0002-b.md",
            "---\nstatus: accepted\ndate: 2026-04-02\nsupersedes: 1\nsummary: One system less.\ntags: [storage]\n---\n# Postgres\n",
        ),
        ("decisions/0003-c.md", "---\nauthors: Chen\n---\n# Sorted\n"),
    ]);
    assert_eq!(
        rows(&page),
        [
            "3 SortedChen",
            "2 Postgres Accepted 2 Apr 2026One system less.storage",
            "1 Redis Superseded 1 Mar 2026Because.In force now: 2 PostgresAna Souza, Bo",
        ],
        "what a record leaves out is absent"
    );
    let now = page.all("a").into_iter().filter(|link| link.within.iter().any(|w| w.contains("log-instead")));
    assert_eq!(now.map(|link| link.get("href").unwrap()).collect::<Vec<_>>(), ["../decisions/0002-b/"]);
    assert_eq!(page.texts(".log-status"), ["Accepted 1", "Superseded 1", "No status 1"]);
}

#[test]
fn records_in_no_collection_have_a_log_and_the_text_of_a_collection_stands_above_its_own() {
    let record = "# 1. Use it\n\n## Status\n\nAccepted\n\n## Context\n\nX\n\n## Decision\n\nY\n\n## Consequences\n\nZ\n";
    let page = log_of(&[("notes/0001-use-it.md", record)]);
    assert_eq!(rows(&page).len(), 1);
    assert!(page.all(".log-tools").is_empty(), "one row needs no filters");
    let page =
        log_of(&[("decisions/0001-use-it.md", record), ("decisions/index.md", "# How\n\nWe *write*.\n")]);
    assert_eq!(page.prose().trim(), "<p>We <em>write</em>.</p>");
}

#[test]
fn documents_link_to_a_part_of_the_log() {
    let one = "---\nstatus: accepted\n---\n# One\n";
    let text = "[a](decisions/?status=accepted&tag=b) [b](/decisions/?sort=title#tm-2026) [c](decisions/)\n";
    let site = site(&[
        ("decisions/0001-one.md", one),
        ("decisions/index.md", "# Log\n\n[those that hold](?status=accepted)\n"),
        ("a.md", text),
    ])
    .built();
    let links = ["../decisions/?status=accepted&tag=b", "../decisions/?sort=title#tm-2026", "../decisions/"];
    assert_eq!(site.page("a/index.html").prose_links(), [("a", links[0]), ("b", links[1]), ("c", links[2])]);
    let own = [("those that hold", "./?status=accepted")];
    assert_eq!(site.page("decisions/index.html").prose_links(), own);
}

/// Five of them make a title: hardly one is like another, as in the logs of teams.
const WORDS: &str = "keep move split adopt drop limit cache encrypt sign archive rotate batch stream index store retry build \
    publish measure merge freeze replace queue reader ledger session payment invoice account region cluster schema topic \
    event metric budget window retention backup snapshot replica gateway proxy token secret policy audit report search \
    catalogue image upload download mobile desktop browser widget layout header margin locale currency calendar reminder \
    digest mailbox channel thread comment review approval release branch pipeline runner artifact container registry \
    kernel driver sensor firmware battery antenna modem packet frame checksum counter timer clock sequence partition";

/// `count` decisions of ten years by one to three of forty people, every `count / links`-th superseding an earlier one.
fn many(count: usize, links: usize) -> Site {
    let site = site(&[("threadmark.yml", "share_pages: off\n")]);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    // Numbers without a pattern, the same on each run.
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut pick = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for n in 1..=count {
        // Every fourth title is of words that no other has.
        let odd = n % 4 == 0;
        let title: Vec<String> = (0..5)
            .map(|_| {
                let word = words[pick(words.len())];
                if odd {
                    format!("{}{}", &word[word.len() / 2..], words[pick(words.len())])
                } else {
                    word.to_owned()
                }
            })
            .collect();
        let (year, month, day) = (2016 + n * 10 / (count + 1), 1 + pick(12), 1 + pick(28));
        let mut some = |what: &str, most: usize, of: usize| -> String {
            let some: Vec<String> = (0..=pick(most)).map(|_| format!("{what} {}", pick(of))).collect();
            some.join(", ")
        };
        let (deciders, consulted, tags) =
            (some("Person Name", 3, 40), some("Person Name", 2, 40), some("topic", 2, 30));
        let status = ["accepted", "accepted", "accepted", "proposed", "rejected", "deprecated"][pick(6)];
        let mut text = format!(
            "---\nstatus: {status}\ndate: {year}-{month:02}-{day:02}\ndeciders: [{deciders}]\nconsulted: [{consulted}]\ntags: [{tags}]\n"
        );
        if n > 1 && n * links / count > (n - 1) * links / count {
            let _ = writeln!(text, "supersedes: {}", n - 1 - pick((n - 1).min(300)));
        }
        let _ = writeln!(text, "---\n\n# {}", title.join(" "));
        site.write(&format!("decisions/{n:04}-{}.md", title.join("-")), text);
    }
    site.built()
}

#[test]
fn five_thousand_decisions_weigh_less_than_300_kb_compressed() {
    let site = many(5_000, 2_000);
    let html = &site.output()["decisions/index.html"];
    let page = Page::parse(std::str::from_utf8(html).unwrap());
    assert_eq!(rows(&page).len(), 5_000);
    let instead = page.all(".log-instead").len();
    assert!(instead > 500, "only {instead} lead to what holds now");
    let weight = miniz_oxide::deflate::compress_to_vec(html, 9).len();
    assert!(weight < 300_000, "{weight} bytes");
}
