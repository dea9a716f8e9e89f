//! Whatever a title is: the document that is made has that title, and nothing is found in it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::document::{Neighbours, Order, plan};
use super::home::choose;
use crate::config::{self, Config, HtmlPolicy, Kind, Overrides};
use crate::document::{self, Document};
use crate::path::SourcePath;
use crate::source::SourceFile;

fn parse(path: &SourcePath, text: &str) -> (Option<Document>, Vec<String>) {
    let file = SourceFile { path: path.clone(), text: text.into() };
    let (document, found) = document::parse(&file, &BTreeMap::new(), HtmlPolicy::Safe);
    (document, found.into_iter().map(|diagnostic| diagnostic.message).collect())
}

fn config() -> Config {
    config::read(None, "x", &Overrides::default()).0
}

/// Records by whose form the next one goes; none for our own.
const RECORDS: [(&str, &str); 4] = [
    ("specs/a.md", ""),
    ("adr/0007-a.md", "# 7. A\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n"),
    (
        "adr/0007-a.md",
        "---\nstatus: accepted\ndate: 2026-01-02\n---\n\n# A\n\n## Context and Problem Statement\n\n## Decision Outcome\n",
    ),
    (
        "adr/20260102-a.md",
        "# A\n\n- Status: accepted\n- Tags: x\n\n## Context and Problem Statement\n\n## Decision Outcome\n",
    ),
];

fn made(kind: Kind, title: &str, author: &str, record: (&str, &str)) -> Option<(SourcePath, String)> {
    let config = config();
    let path = SourcePath::new(record.0).unwrap();
    let (neighbour, _) = parse(&path, record.1);
    let documents: Vec<_> = neighbour.into_iter().map(crate::frozen::Frozen::new).collect();
    let home = choose(&config, &documents, kind.word(), None).unwrap();
    let today = "2026-11-22".parse().unwrap();
    let order = Order { title: Some(title), today, author: Some(author), template: None };
    let planned = plan(&config, Neighbours { files: &[path], documents: &documents }, &home, order).ok()?;
    Some((planned.path, planned.text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_title_of_what_is_made_is_the_title(
        title in prop_oneof![
            "\\PC{1,40}",
            "[ a#*_`~\\[\\]{}()<>|$&:!@\\\\\"'0-9.,=^+-]{1,30}",
            "(yes|null|~|[0-9]{1,20}|2026-1[0-9]-[0-9]{2}|https?://a\\.b/c|www\\.a\\.b|&amp;|a  b|\u{feff}x)( [#{]?x)?",
        ],
        author in "\\PC{0,12}",
        kind in prop::sample::select(Kind::ALL.to_vec()),
        record in prop::sample::select(RECORDS.to_vec()),
    ) {
        let wanted = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((path, text)) = made(kind, &title, &author, record) else {
            // A title of which nothing can stand in a name is refused.
            prop_assert!(!wanted.chars().any(char::is_alphanumeric), "{title:?}");
            return Ok(());
        };
        let (document, found) = parse(&path, &text);
        prop_assert!(found.is_empty(), "{found:?} in {text}");
        let document = document.unwrap();
        prop_assert_eq!(&document.title, &wanted, "{}", text);
        // It is shown once: the heading is the title.
        prop_assert_eq!(document.title_heading, Some(0), "{}", text);
        if kind == Kind::Decision && !record.0.contains("2026") {
            let number = document.front.decision.number.or_else(|| document::record::number_of(&path));
            let next = if record.0.contains("0007") { "8" } else { "1" };
            prop_assert_eq!(number.as_deref().map(|n| n.trim_start_matches('0')), Some(next), "{}", text);
        }
    }
}
