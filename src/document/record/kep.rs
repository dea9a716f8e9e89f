//! Kubernetes' form: the facts stand in `kep.yaml` beside a `README.md`; older records, and those of the projects that
//! took the form over, have the same keys in their front matter.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::relation::{is_nothing, of_value};
use super::{date, has_word, number_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::front_matter::{FrontMatter, Located, people_of_line};
use crate::path::SourcePath;
use crate::source::SourceFile;
use crate::time::When;
use crate::yaml::values::json;
use crate::yaml::{self, Fields, Limits};

/// What a record says, and on which line.
type Facts = BTreeMap<String, (Json, usize)>;

/// Whether this is a KEP; then `front` has what it says. What is wrong with `beside` is warned of: the file is
/// somebody else's, and the text can be shown without it.
pub(super) fn detect(
    front: &mut FrontMatter,
    path: &SourcePath,
    beside: Option<&SourceFile>,
) -> (bool, Vec<Diagnostic>) {
    let (facts, found) = beside.map(read).unwrap_or_default();
    if let Some(facts) =
        facts.filter(|facts| ["title", "kep-number", "status"].iter().any(|k| facts.contains_key(*k)))
        && !is_template(path, &facts)
    {
        // One file has the status and the relations, so that the lines of all of them are of that file.
        front.status = None;
        for list in [&mut front.decision.supersedes, &mut front.decision.superseded_by] {
            list.clear();
        }
        apply(front, path, facts);
        return (true, found);
    }
    let facts = of_front_matter(front);
    let owned = facts.contains_key("owning-sig") || facts.contains_key("kep-number");
    let beside = ["approvers", "reviewers", "last-updated"].iter().any(|key| facts.contains_key(*key));
    let taken_over = facts.contains_key("creation-date") && beside;
    let staged = front.status.is_some() && facts.contains_key("latest-milestone");
    let is_kep = (owned || taken_over || staged) && !is_template(path, &facts);
    if is_kep {
        apply(front, path, facts);
    }
    (is_kep, found)
}

fn read(file: &SourceFile) -> (Option<Facts>, Vec<Diagnostic>) {
    let source = yaml::Source::new(&file.path, &file.text);
    let node = yaml::parse(&source, 0..file.text.len(), Limits::FRONT_MATTER);
    let fields = node.as_ref().and_then(|node| Fields::of(&source, node, "the record"));
    let facts = fields.map(|fields| {
        let fact = |entry: &yaml::fields::Entry<'_>| {
            let line = source.line(entry.value.span.start);
            (entry.key.replace('_', "-"), (json(&source, entry.value), line))
        };
        fields.rest().iter().map(fact).collect()
    });
    let warned = |diagnostic| Diagnostic { severity: Severity::Warning, ..diagnostic };
    (facts, source.into_diagnostics().into_iter().map(warned).collect())
}

/// Keys that front matter doesn't know stand in its `extra`.
fn of_front_matter(front: &FrontMatter) -> Facts {
    front.extra.iter().map(|(key, value)| (key.replace('_', "-"), (value.clone(), 1))).collect()
}

/// `NNNN-kep-template`, and what was copied from it and not filled in.
fn is_template(path: &SourcePath, facts: &Facts) -> bool {
    let text = |key| facts.get(key).and_then(|(value, _)| value.as_str());
    has_word(path.as_str(), "template")
        || text("kep-number").is_some_and(|number| number.starts_with("NNNN"))
        || text("status").is_some_and(|status| status.contains('|'))
}

fn apply(front: &mut FrontMatter, path: &SourcePath, mut facts: Facts) {
    let mut take = |key: &str| facts.remove(key);
    let line = |fact: Option<(Json, usize)>| fact.and_then(|(value, line)| Some((text(&value)?, line)));
    if let Some((title, _)) = line(take("title")) {
        front.title.get_or_insert(title);
    }
    if let Some((number, _)) = line(take("kep-number")).filter(|(text, _)| is_number(text)) {
        front.decision.number.get_or_insert(number);
    }
    if front.decision.number.is_none() {
        front.decision.number = number_of(path);
    }
    if let Some((value, line)) = line(take("status")) {
        front.status.get_or_insert(Located { value, line });
    }
    let created = line(take("creation-date")).and_then(|(text, _)| date(&text));
    front.date = front.date.take().or(created);
    let updated: Option<When> = line(take("last-updated")).and_then(|(text, _)| date(&text));
    front.updated = front.updated.take().or(updated);
    for (key, list) in [
        ("authors", &mut front.authors),
        ("approvers", &mut front.decision.deciders),
        ("reviewers", &mut front.decision.consulted),
    ] {
        let named = take(key).map(|(value, _)| people(&value)).unwrap_or_default();
        if list.is_empty() {
            *list = named;
        }
    }
    for key in ["replaces", "supersedes"] {
        front.decision.supersedes.extend(take(key).map(named).unwrap_or_default());
    }
    for key in ["superseded-by", "replaced-by"] {
        front.decision.superseded_by.extend(take(key).map(named).unwrap_or_default());
    }
    if let Some((stage, _)) = line(take("stage")) {
        front.stage.get_or_insert(stage);
    }
    for (key, (value, _)) in facts {
        front.extra.entry(key).or_insert(value);
    }
}

fn is_number(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn text(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list, or the one.
fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) => items.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

/// What the template's own lists name; nobody means these.
const OF_TEMPLATE: [&str; 3] =
    ["1234-we-heard-you-like-keps", "2345-everyone-gets-a-kep", "3456-replaced-kep"];

/// The records that a value names.
fn named((value, line): (Json, usize)) -> Vec<Located<String>> {
    let names = texts(&value).into_iter().flat_map(|item| of_value(&item));
    let meant = |name: &String| !OF_TEMPLATE.iter().any(|blank| name.trim_end_matches('/').ends_with(blank));
    names.filter(meant).map(|value| Located { value, line }).collect()
}

fn people(value: &Json) -> Vec<String> {
    let named = texts(value).into_iter().flat_map(|line| people_of_line(&line));
    named.filter(|person| !is_nothing(person)).collect()
}
