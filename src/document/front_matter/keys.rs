//! From a tree of YAML to the [`FrontMatter`]: each key with its other names, everything else kept. Not how the tree was read.

use std::collections::BTreeMap;

use super::asks::asks;
use super::people::{one, people};
use super::recordings::{chapters, recordings};
use super::values::{located, when};
use super::{DecisionFacts, FrontMatter, Located, RecordingFacts, UpdateFacts, paths};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::time::duration;
use crate::yaml::fields::Entry;
use crate::yaml::values::{Item, choice, count, flag, items, json, line, parsed, texts, whole_items};
use crate::yaml::{Fields, Node, Source};

/// What the mapping `node` says. All that is wrong with it is in `source`; what could be read is there, the rest is as if it had
/// not been written.
pub(super) fn from_tree(source: &Source<'_>, node: &Node) -> FrontMatter {
    let Some(fields) = Fields::of(source, node, "the front matter") else {
        return FrontMatter::default();
    };
    // Series whose `Status` has a capital write all their keys so.
    let capitals =
        fields.rest().iter().any(|entry| entry.key != "status" && entry.key.eq_ignore_ascii_case("status"));
    let fields = &mut if capitals { fields.in_any_case() } else { fields };
    let mut front = FrontMatter {
        title: fields.get(&["title"], line).filter(|title| !title.is_empty()),
        description: fields.get(&["description"], line),
        kind: fields.get(&["kind"], |s, n, k| choice(s, n, k, &Kind::WORDS)),
        date: fields.get(&["date", "created"], when),
        updated: fields.get(&["updated"], when),
        authors: fields.get(&["authors", "author"], people).unwrap_or_default(),
        tags: fields.get(&["tags"], texts).unwrap_or_default(),
        status: fields.get(&["status"], located),
        draft: fields.get(&["draft"], flag).unwrap_or(false),
        aliases: checked(fields, "aliases", paths::alias),
        slug: fields.get(&["slug"], |s, n, k| checked_one(s, n, k, paths::slug)),
        owner: fields.get(&["owner"], one),
        stage: fields.get(&["stage"], line),
        due: fields.get(&["due"], when),
        words: fields.get(&["words"], count),
        recordings: fields.get(&["recordings"], recordings).unwrap_or_default(),
        discussions: fields.get(&["discussions", "discussions_to", "discussion"], lines).unwrap_or_default(),
        related: references(fields, &["related"]),
        summary: fields.get(&["summary"], line),
        topic: fields.get(&["topic"], line),
        asks: fields.get(&["asks"], asks).unwrap_or_default(),
        decision: decision(fields),
        recording: recording(source, fields),
        update: UpdateFacts { team: fields.get(&["team"], line), period: fields.get(&["period"], line) },
        extra: BTreeMap::new(),
    };
    front.extra = extra(source, fields);
    front
}

fn decision(fields: &mut Fields<'_>) -> DecisionFacts {
    DecisionFacts {
        number: fields.get(&["number"], |s, n, k| parsed(s, n, k, number)),
        deciders: fields
            .get(&["deciders", "decision_makers", "decider", "decision_maker"], people)
            .unwrap_or_default(),
        consulted: fields.get(&["consulted"], people).unwrap_or_default(),
        informed: fields.get(&["informed"], people).unwrap_or_default(),
        supersedes: references(fields, &["supersedes"]),
        superseded_by: references(fields, &["superseded_by"]),
        amends: references(fields, &["amends"]),
        amended_by: references(fields, &["amended_by"]),
        decides: references(fields, &["decides"]),
    }
}

fn recording(source: &Source<'_>, fields: &mut Fields<'_>) -> RecordingFacts {
    let file = |text: &str| paths::file_or_address(source.path(), text);
    RecordingFacts {
        video: fields.get(&["video"], |s, n, k| checked_one(s, n, k, file)),
        transcript: fields.get(&["transcript"], |s, n, k| checked_one(s, n, k, file)),
        duration: fields.get(&["duration"], |s, n, k| parsed(s, n, k, duration)),
        chapters: fields.get(&["chapters"], chapters).unwrap_or_default(),
    }
}

/// Digits as written, so that `0007` stays.
fn number(text: &str) -> Result<String, &'static str> {
    let fine = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fine { Ok(text.to_owned()) } else { Err("Expected digits, such as `7` or `0007`.") }
}

fn locate(source: &Source<'_>, items: Vec<Item<'_>>) -> Vec<Located<String>> {
    items.into_iter().map(|(value, node)| Located { value, line: source.line(node.span.start) }).collect()
}

/// A list of texts that may hold commas, such as addresses.
fn lines(source: &Source<'_>, node: &Node, name: &str) -> Option<Vec<Located<String>>> {
    Some(locate(source, whole_items(source, node, name)?))
}

/// Names of documents, as a list or between commas.
fn references(fields: &mut Fields<'_>, names: &[&'static str]) -> Vec<Located<String>> {
    fields.get(names, |s, n, k| Some(locate(s, items(s, n, k)?))).unwrap_or_default()
}

fn checked_one(
    source: &Source<'_>,
    node: &Node,
    name: &str,
    check: impl Fn(&str) -> Result<String, String>,
) -> Option<Located<String>> {
    let value = parsed(source, node, name, check)?;
    Some(Located { value, line: source.line(node.span.start) })
}

fn checked(
    fields: &mut Fields<'_>,
    name: &'static str,
    check: fn(&str) -> Result<String, String>,
) -> Vec<Located<String>> {
    let read = fields.get(&[name], |source, node, key| {
        let fine = |(_, node): &Item<'_>| checked_one(source, node, key, check);
        Some(whole_items(source, node, key)?.iter().filter_map(fine).collect())
    });
    read.unwrap_or_default()
}

/// Keys of other tools, sorted: some look like slips of ours and are none, the rest are so common that they need
/// no look.
const FOREIGN: [&str; 28] = [
    "category",
    "data",
    "eip",
    "has_children",
    "label",
    "labels",
    "last-call-deadline",
    "layout",
    "mode",
    "name",
    "nav_order",
    "page",
    "pages",
    "parent",
    "permalink",
    "requires",
    "short_title",
    "state",
    "style",
    "task",
    "tasks",
    "topics",
    "type",
    "types",
    "update",
    "videos",
    "weight",
    "withdrawal-reason",
];

/// How many keys that are not known are compared with ours: nobody misspells hundreds.
const MOST_COMPARED: usize = 100;

/// `extra`, and every key that nobody asked for; a near miss of a known key is a warning as well.
fn extra<'n>(source: &'n Source<'n>, fields: &mut Fields<'n>) -> BTreeMap<String, serde_json::Value> {
    let mut extra = fields.get(&["extra"], free).unwrap_or_default();
    for (index, Entry { key, key_node, value }) in fields.rest().iter().enumerate() {
        let maybe_ours = index < MOST_COMPARED && FOREIGN.binary_search(key).is_err();
        if let Some(near) = maybe_ours.then(|| fields.near_miss(key)).flatten() {
            let found = Diagnostic::warning("unknown-key", format!("the key `{key}` is not known"));
            let found = found.hint(format!("Did you mean `{near}`?"));
            source.report(&key_node.span, found.hint("A key of your own belongs below `extra:`."));
        }
        if extra.insert((*key).to_owned(), json(source, value)).is_some() {
            let found = Diagnostic::error("duplicate-key", format!("`{key}` stands below `extra` too"));
            source.report(&key_node.span, found.hint("Keep one of them."));
        }
    }
    extra
}

fn free<'n>(
    source: &'n Source<'n>,
    node: &'n Node,
    name: &str,
) -> Option<BTreeMap<String, serde_json::Value>> {
    let fields = Fields::of(source, node, name)?;
    Some(fields.rest().iter().map(|entry| (entry.key.to_owned(), json(source, entry.value))).collect())
}

#[cfg(test)]
mod tests {
    use super::FOREIGN;

    #[test]
    fn foreign_keys_are_sorted_for_the_search() {
        assert!(FOREIGN.is_sorted());
    }
}
