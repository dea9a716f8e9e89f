//! The files of the search as they stand in a built site: whole, plain data, and true to the pages.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its supporting functions"
)]

mod site;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use site::page::Page;
use site::{Site, site};

/// The site's files below `search/`, by name.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let below = |(path, bytes): (String, Vec<u8>)| Some((path.strip_prefix("search/")?.to_owned(), bytes));
    site.output().into_iter().filter_map(below).collect()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::inflate::decompress_to_vec(bytes).unwrap()
}

/// All pages of all text files, as the hits show them.
fn shown(files: &BTreeMap<String, Vec<u8>>) -> Vec<Value> {
    let texts = files.iter().filter(|(name, _)| name.starts_with("text."));
    texts.flat_map(|(_, bytes)| json(&inflated(bytes)).as_array().unwrap().clone()).collect()
}

const DECISION: &str = "---\nnumber: '0007'\nstatus: accepted\ndate: 2026-11-02\ndeciders: [ana]\ntags: [Storage]\n---\n\
    # Queue store\n\nBefore.\n\n## Decision\n\nPostgres.\n\n### Why\n\nOne system.\n";

fn handbook() -> Site {
    site(&[
        ("threadmark.yml", "base_url: https://acme.example/handbook/\npeople:\n  ana: { name: Ana Souza }\n"),
        ("decisions/0007-queue-store.md", DECISION),
        ("index.md", "# Home\n\nWelcome.\n\n## Zwölf Öle\n\nÄpfel\n"),
        ("notes/plain.md", "Only text.\n"),
    ])
}

#[test]
fn a_hit_shows_what_its_page_says_of_itself() {
    let site = handbook();
    site.run(&["build"]).clean();
    let shown = shown(&files(&site));
    assert_eq!(shown.len(), 3);
    let page = shown.iter().find(|page| page["url"] == "/decisions/0007-queue-store/").unwrap();
    let mut page = page.clone();
    page.as_object_mut().unwrap().remove("id");
    assert_eq!(
        page,
        serde_json::json!({
            "url": "/decisions/0007-queue-store/",
            "title": "Queue store",
            "number": "7",
            "kind": "decision",
            "status": { "word": "accepted", "raw": "accepted" },
            "date": "2026-11-02",
            "people": ["Ana Souza"],
            "crumbs": ["Decisions"],
            "sections": [
                [0, 1, "", "", "Before."],
                [1, 2, "decision", "Decision", "Postgres."],
                [2, 3, "why", "Why", "One system."],
            ],
        })
    );
}

#[test]
fn a_status_of_a_whole_sentence_is_shown_as_its_word() {
    let status = |raw: &str| {
        let site = site(&[("decisions/0001-a.md", &format!("---\nstatus: {raw}\n---\n# A\n\nText.\n"))]);
        site.run(&["build"]);
        shown(&files(&site))[0]["status"].clone()
    };
    assert_eq!(status("Last call"), serde_json::json!({ "word": "proposed", "raw": "Last call" }));
    assert_eq!(
        status("superseded by 7. Partition readings by month"),
        serde_json::json!({ "word": "superseded", "raw": "superseded" })
    );
}

#[test]
fn every_address_of_a_hit_exists() {
    let site = handbook();
    site.run(&["build"]).clean();
    let output: BTreeMap<String, Vec<u8>> = site.output().into_iter().collect();
    for page in shown(&files(&site)) {
        let path = format!("{}index.html", page["url"].as_str().unwrap().trim_start_matches('/'));
        let html = Page::parse(std::str::from_utf8(&output[&path]).unwrap());
        let ids: BTreeSet<_> = html.elements.iter().filter_map(|element| element.get("id")).collect();
        for section in page["sections"].as_array().unwrap() {
            let anchor = section[2].as_str().unwrap();
            assert!(anchor.is_empty() || ids.contains(anchor), "{path}#{anchor}");
        }
    }
}

#[test]
fn the_index_names_every_file_and_every_file_is_named() {
    let site = handbook();
    site.run(&["build"]).clean();
    let files = files(&site);
    let index = json(&files["index.json"]);
    let table = &index["table"];
    let mut named = BTreeSet::from(["index.json".to_owned()]);
    let called = format!("names.{}.json", table["names"]["file"].as_str().unwrap());
    assert_eq!(table["names"]["bytes"], files[&called].len());
    named.insert(called);
    for (part, end) in [("words", "bin"), ("spelling", "txt")] {
        let hashes = index[part]["file"].as_array().unwrap();
        assert_eq!(hashes.len(), index[part]["from"].as_array().unwrap().len());
        named.extend(hashes.iter().map(|hash| format!("{part}.{}.{end}", hash.as_str().unwrap())));
    }
    // Digits are worth 24 times what the one before was, and the first below 40 is a number's last.
    let numbers = |column: &Value| -> Vec<u64> {
        let (mut numbers, mut sum, mut worth) = (Vec::new(), 0, 1);
        for letter in column.as_str().unwrap().bytes() {
            let digit = u64::from(match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'-' => 62,
                _ => 63,
            });
            sum += digit * worth;
            worth *= 24;
            if digit < 40 {
                numbers.push(sum);
                (sum, worth) = (0, 1);
            }
        }
        numbers
    };
    let texts = &table["texts"];
    let (mut page, hashes) = (0, texts["file"].as_str().unwrap().as_bytes());
    let sections = numbers(&texts["section"]);
    assert_eq!(hashes.len(), 6 * sections.len());
    for ((gap, section), hash) in numbers(&texts["page"]).iter().zip(sections).zip(hashes.chunks(6)) {
        page += gap;
        named.insert(format!("text.{page:x}-{section:x}-{}.bin", std::str::from_utf8(hash).unwrap()));
    }
    let data: BTreeSet<String> = files.keys().filter(|name| *name != "index.html").cloned().collect();
    assert_eq!(named, data);
    assert_eq!(index["pages"], 3);
    assert_eq!(index["sections"], 6);
}

#[test]
fn filters_have_the_words_of_the_pages() {
    let site = handbook();
    site.run(&["build"]).clean();
    let files = files(&site);
    let file = |start: &str| json(&files[files.keys().find(|name| name.starts_with(start)).unwrap()]);
    let (index, names) = (file("index.json"), file("names."));
    let table = &index["table"];
    assert_eq!(table["kinds"], serde_json::json!(["decision", "page"]));
    assert_eq!(table["statuses"], serde_json::json!(["accepted"]));
    assert_eq!(names["tagNames"], serde_json::json!(["Storage"]));
    assert_eq!(names["peopleNames"], serde_json::json!(["Ana Souza"]));
    // One character for each page: the only one with a status is that of the year and the person.
    let column = |file: &Value, name: &str| file[name].as_str().unwrap().as_bytes().to_vec();
    let decision = column(table, "status").iter().position(|status| *status == b'B').unwrap();
    let year = usize::from(column(table, "year")[decision] - b'A');
    assert_eq!(table["years"][year], 2026);
    let people = column(&names, "people");
    assert_eq!((people.len(), people[decision], people[3]), (4, b'B', b'A'));
}

#[test]
fn markup_in_documents_is_text_in_the_data() {
    let site = site(&[(
        "a.md",
        "---\ntitle: </script><img src=x onerror=alert(1)>\n---\n\n## `<script>` & co {#x}\n\n`</script>` __proto__ constructor\n",
    )]);
    site.run(&["build"]);
    let files = files(&site);
    let page = &shown(&files)[0];
    assert_eq!(page["title"], "</script><img src=x onerror=alert(1)>");
    assert_eq!(page["sections"][1][3], "<script> & co");
    assert_eq!(page["sections"][1][4], "</script> proto constructor");
}

/// The dictionary of a shard: its length as a varint, then itself, compressed.
fn dictionary(shard: &[u8]) -> Vec<u8> {
    let digits = shard.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let length = shard[..digits].iter().rev().fold(0, |all, byte| all << 7 | usize::from(byte & 0x7f));
    inflated(&shard[digits..][..length])
}

/// Nor do they cost anything, in our index and in the crate's own, whose trie goes as deep as a word is long.
#[test]
fn words_beyond_eighty_letters_are_not_indexed() {
    let (long, most, over) = ("w".repeat(100_000), "m".repeat(80), "o".repeat(81));
    let text = format!("# A\n\n{long} {most} {over} {}\n", "ж".repeat(100_000));
    let site = site(&[("threadmark.yml", "search: { elasticlunr: true }\n"), ("a.md", &text)]);
    site.run(&["build"]).clean();
    let files = files(&site);
    let crates = json(&files["elasticlunr.json"]);
    let body = &crates["index"]["body"]["root"];
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["df", "docs", "m"]);
    let words: Vec<u8> = files
        .iter()
        .filter(|(name, _)| name.starts_with("words."))
        .flat_map(|(_, bytes)| dictionary(bytes))
        .collect();
    let text = String::from_utf8_lossy(&words);
    assert!(
        text.contains(&most) && !text.contains("ww") && !text.contains("oo") && !text.contains('ж'),
        "{text}"
    );
    assert!(files.values().all(|bytes| bytes.len() < 500_000));
}

#[test]
fn drafts_are_not_found() {
    let site = site(&[("a.md", "Seen.\n"), ("b.md", "---\ndraft: true\n---\nHidden.\n")]);
    site.run(&["build"]).clean();
    assert_eq!(shown(&files(&site)).len(), 1);
    site.run(&["build", "--drafts"]).clean();
    assert_eq!(shown(&files(&site)).len(), 2);
}
