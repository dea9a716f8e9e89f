//! The shards hold exactly what elasticlunr-rs's own index holds for the same pages.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::decode::{self, Posting};
use super::pages::{Page, example, index, pages};
use crate::search::elastic::elasticlunr_json;

const FIELDS: [&str; 5] = ["title", "number", "headings", "about", "body"];

/// For each field, each token and each reference: how often.
type Frequencies = BTreeMap<(String, String, String), u32>;

fn of_crate(index: &Value) -> Frequencies {
    let mut all = Frequencies::new();
    for field in FIELDS {
        walk(field, &mut String::new(), &index["index"][field]["root"], &mut all);
    }
    all
}

fn walk(field: &str, token: &mut String, node: &Value, all: &mut Frequencies) {
    for (key, value) in node.as_object().unwrap() {
        if key == "docs" {
            for (reference, frequency) in value.as_object().unwrap() {
                let key = (field.to_owned(), token.clone(), reference.clone());
                all.insert(key, squared(frequency["tf"].as_f64().unwrap()));
            }
        } else if key != "df" {
            token.push_str(key);
            walk(field, token, value, all);
            token.truncate(token.len() - key.len());
        }
    }
}

/// The number whose square root `frequency` is.
fn squared(frequency: f64) -> u32 {
    let count = (1..1 << 20).find(|count| f64::from(*count).sqrt() > frequency - 1e-9).unwrap();
    assert!((f64::from(count).sqrt() - frequency).abs() < 1e-9);
    count
}

/// As the format says.
fn class(field: usize, tokens: u64) -> u8 {
    let bounds = [16, 32, 64, 128, 256, 512, 1024];
    let class =
        if field == 4 { bounds.iter().filter(|i| **i <= tokens).count() as u64 } else { tokens.min(8) - 1 };
    u8::try_from(class).unwrap()
}

fn below(page: &Page, ordinal: usize) -> usize {
    let level = page.sections[ordinal].0;
    page.sections[ordinal + 1..].iter().take_while(|section| section.0 > level).count()
}

fn check(language: &str, pages: &[Page]) {
    let ours = index(language, pages);
    let mut given = pages.iter().map(|page| (page.references(), page.input()));
    let theirs: Value = serde_json::from_str(&elasticlunr_json(language, &mut given)).unwrap();
    let by_id: BTreeMap<u32, &Page> = pages.iter().map(|page| (page.id, page)).collect();
    let mut frequencies = Frequencies::new();
    let lengths = &theirs["documentStore"]["docInfo"];
    for word in decode::words(&ours) {
        for (field, postings) in word.lists {
            for Posting { page, ordinal, count, class: found, below: headings } in postings {
                let reference = format!("{page}#{ordinal}");
                let tokens = lengths[&reference][FIELDS[field]].as_u64().unwrap();
                assert_eq!(found, class(field, tokens), "{reference} {}", FIELDS[field]);
                if field == 2 {
                    assert_eq!(headings as usize, below(by_id[&page], ordinal as usize));
                }
                let key = (FIELDS[field].to_owned(), word.text.clone(), reference);
                assert_eq!(frequencies.insert(key, count), None);
            }
        }
    }
    let expected = of_crate(&theirs);
    for (key, count) in &expected {
        assert_eq!(frequencies.get(key), Some(count), "{key:?}");
    }
    assert_eq!(frequencies.len(), expected.len());
    assert_eq!(theirs["documentStore"]["length"], ours.sections);
    check_lengths(ours.lengths, lengths);
}

fn check_lengths(ours: [f64; 5], lengths: &Value) {
    let documents: Vec<&Value> = lengths.as_object().unwrap().values().collect();
    for (field, average) in FIELDS.iter().zip(ours) {
        let filled =
            documents.iter().map(|document| document[field].as_u64().unwrap()).filter(|length| *length > 0);
        let (sum, count) = filled.fold((0, 0), |(sum, count), length| (sum + length, count + 1));
        let expected =
            if count == 0 { 0.0 } else { f64::from(u32::try_from(sum).unwrap()) / f64::from(count) };
        assert!((average - expected).abs() < 1e-9, "{field}: {average}, expected {expected}");
    }
}

#[test]
fn the_example_site_is_the_same_in_both() {
    let pages = example();
    for language in ["en", "de", "ja"] {
        check(language, &pages);
    }
}

#[test]
fn words_that_objects_have_are_words() {
    let text = "__proto__ constructor toString hasOwnProperty docs df root length";
    check("en", &[Page::new(3, text, &[(1, "", text), (2, text, "")])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_pages_are_the_same_in_both(
        pages in pages(),
        language in prop::sample::select(vec!["en", "de", "fr", "ru", "tr", "ar", "zh", "eo"]),
    ) {
        check(language, &pages);
    }
}
