//! `unknown-person`: a handle that `people` in the configuration doesn't have. Only where there are people at all.

use std::collections::{BTreeMap, BTreeSet};

use super::places;
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::Document;
use crate::document::front_matter::{Ask, name_and_handle};
use crate::site::Site;
use crate::site::asks::PeopleIndex;

/// Words in place of a handle that are nobody's.
const NOBODY: [&str; 12] = [
    "all",
    "anybody",
    "anyone",
    "everybody",
    "everyone",
    "nobody",
    "none",
    "n-a",
    "na",
    "tbd",
    "team",
    "unknown",
];

/// How many different handles are compared with those that are known: nobody misspells thousands.
const MOST_COMPARED: usize = 200;

/// At each handle that is nobody's, once in a document.
pub(super) fn unknown(site: &Site) -> Vec<Diagnostic> {
    if site.config.people.is_empty() {
        return Vec::new();
    }
    let known = PeopleIndex::new(&site.config);
    let mut near: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut found = Vec::new();
    for page in &site.pages {
        let mut said = BTreeSet::new();
        for named in named(&page.document) {
            let Some(handle) = handle(named.person) else { continue };
            if known.knows(named.person) || !said.insert(handle) {
                continue;
            }
            if !near.contains_key(handle) {
                let compared = near.len() < MOST_COMPARED;
                let people = site.config.people.keys().map(String::as_str);
                near.insert(handle.to_owned(), if compared { nearest(handle, people) } else { None });
            }
            let line = named.line.or_else(|| places::line_of_key(&page.document, named.keys));
            let place = places::of_word(&page.document, line.unwrap_or(1), handle);
            let message = format!("`{handle}` in `{}` is nobody in `people`", named.keys[0]);
            let mut finding = Diagnostic::warning("unknown-person", message).at(place);
            if let Some(Some(near)) = near.get(handle) {
                finding = finding.hint(format!("Did you mean `{near}`?"));
            }
            found.push(finding.hint(format!(
                "Add `{handle}: {{ name: ... }}` below `people:` in threadmark.yml, or write the whole name."
            )));
        }
    }
    found
}

/// A person, the keys below which they may be named, and the line of the ask where it is one.
struct Named<'a> {
    person: &'a str,
    keys: &'static [&'static str],
    line: Option<usize>,
}

fn named(document: &Document) -> Vec<Named<'_>> {
    let front = &document.front;
    let lists: [(&[String], &'static [&'static str]); 5] = [
        (&front.authors, &["authors", "author"]),
        (front.owner.as_slice(), &["owner"]),
        (&front.decision.deciders, &["deciders", "decision-makers"]),
        (&front.decision.consulted, &["consulted"]),
        (&front.decision.informed, &["informed"]),
    ];
    let mut all: Vec<Named<'_>> = Vec::new();
    for (people, keys) in lists {
        all.extend(people.iter().map(|person| Named { person, keys, line: None }));
    }
    all.extend(front.asks.iter().flat_map(in_ask));
    all
}

fn in_ask(ask: &Ask) -> impl Iterator<Item = Named<'_>> {
    let line = Some(ask.line);
    let asked = ask.of.iter().map(move |person| Named { person, keys: &["of"], line });
    let responded =
        ask.responses.iter().map(move |response| Named { person: &response.by, keys: &["by"], line });
    let settled = ask.outcome.iter().filter_map(|outcome| outcome.by.as_ref());
    asked.chain(responded).chain(settled.map(move |person| Named { person, keys: &["by"], line }))
}

/// The handle in `Ana Souza (@ana)`, or a word that can only be one: a name has a capital or a space.
fn handle(person: &str) -> Option<&str> {
    if let (_, Some(handle)) = name_and_handle(person.trim()) {
        return Some(handle);
    }
    let word = person.trim();
    let letters = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let lower = word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase);
    (lower && word.chars().all(letters) && !NOBODY.contains(&word)).then_some(word)
}
