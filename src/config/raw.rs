//! `threadmark.yml` as written: each key checked by itself, before defaults and before keys meet each other.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::folder::{folder, glob, proper_folder};
use super::{
    BaseUrl, CheckLevel, CollectionConfig, HtmlPolicy, Norm, Person, SharePages, collections, repository_web,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::path::SourcePath;
use crate::time::{Window, zone};
use crate::yaml::fields::Entry;
use crate::yaml::values::{choice, flag, line, parsed, whole_items, wrong_type, wrong_value};
use crate::yaml::{Fields, Node, Source, Value};

/// The keys that were written and could be read.
#[derive(Default)]
pub(super) struct RawConfig {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) base_url: Option<BaseUrl>,
    pub(super) content: Option<String>,
    pub(super) output: Option<String>,
    pub(super) timezone: Option<TimeZone>,
    pub(super) language: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) theme: Option<SourcePath>,
    pub(super) collections: Option<Vec<CollectionConfig>>,
    pub(super) people: BTreeMap<String, Person>,
    pub(super) norms: Vec<Norm>,
    pub(super) checks: BTreeMap<String, CheckLevel>,
    pub(super) share_pages: Option<SharePages>,
    pub(super) exclude: Vec<String>,
    pub(super) html: Option<HtmlPolicy>,
    pub(super) elasticlunr: Option<bool>,
}

/// Takes the tree of a configuration apart; what is wrong is reported to `source`.
pub(super) fn read<'n>(source: &'n Source<'n>, node: &'n Node) -> RawConfig {
    if node.value == Value::Empty {
        return RawConfig::default();
    }
    let Some(mut fields) = Fields::of(source, node, "the configuration") else { return RawConfig::default() };
    let shares =
        [("sections", SharePages::Sections), ("documents", SharePages::Documents), ("off", SharePages::Off)];
    let policies = [("safe", HtmlPolicy::Safe), ("raw", HtmlPolicy::Raw)];
    let raw = RawConfig {
        title: fields.get(&["title"], line),
        description: fields.get(&["description"], line),
        base_url: fields.get(&["base_url"], |s, n, k| parsed(s, n, k, BaseUrl::parse)),
        content: fields.get(&["content"], |s, n, k| parsed(s, n, k, folder)),
        output: fields.get(&["output"], |s, n, k| parsed(s, n, k, proper_folder)),
        timezone: fields.get(&["timezone"], |s, n, k| parsed(s, n, k, zone)),
        language: fields.get(&["language"], |s, n, k| parsed(s, n, k, language)),
        repository: fields.get(&["repository"], |s, n, k| parsed(s, n, k, repository_web)),
        theme: fields.get(&["theme"], |s, n, k| parsed(s, n, k, theme)),
        collections: fields.get(&["collections"], |s, n, k| collections::read(s, n, k)),
        people: fields.get(&["people"], people).unwrap_or_default(),
        norms: fields.get(&["norms"], norms).unwrap_or_default(),
        checks: fields.get(&["checks"], checks).unwrap_or_default(),
        share_pages: fields.get(&["share_pages"], |s, n, k| choice(s, n, k, &shares)),
        exclude: fields.get(&["exclude"], exclude).unwrap_or_default(),
        html: fields.get(&["html"], |s, n, k| choice(s, n, k, &policies)),
        elasticlunr: fields.get(&["search"], search),
    };
    fields.refuse_rest();
    raw
}

fn theme(text: &str) -> Result<SourcePath, String> {
    SourcePath::new(&proper_folder(text)?).map_err(|why| why.to_string())
}

/// The shape of a language tag (BCP 47), not its meaning.
fn language(text: &str) -> Result<String, &'static str> {
    let part = |part: &str, shortest| {
        (shortest..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let fine = part(first, 2) && first.len() <= 3 && first.bytes().all(|b| b.is_ascii_alphabetic());
    if fine && parts.all(|p| part(p, 1)) {
        Ok(text.to_owned())
    } else {
        Err("Expected a language tag such as `en`, `de` or `pt-BR`.")
    }
}

fn people<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<BTreeMap<String, Person>> {
    let fields = Fields::of(source, node, name)?;
    Some(fields.rest().iter().filter_map(|entry| person(source, entry)).collect())
}

fn person<'n>(source: &'n Source<'n>, entry: &Entry<'n>) -> Option<(String, Person)> {
    let handle = entry.key;
    let fine = handle.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) && !handle.is_empty();
    if !fine {
        let message = format!("`{handle}` can't be a handle");
        wrong_value(source, entry.key_node, message, "Use letters, digits, `-`, `_` and `.`, without `@`.");
    }
    let mut person = Person { name: handle.to_owned(), timezone: None };
    if entry.value.value != Value::Empty {
        let mut fields = Fields::of(source, entry.value, handle)?;
        person.name = fields.get(&["name"], line).unwrap_or(person.name);
        person.timezone = fields.get(&["timezone"], |s, n, k| parsed(s, n, k, zone));
        fields.refuse_rest();
    }
    fine.then(|| (handle.to_owned(), person))
}

fn norms<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<Norm>> {
    let Value::List(items) = &node.value else {
        wrong_type(source, node, name, "a list of `{ channel: ..., within: ... }`");
        return None;
    };
    let norm = |item: &'n Node| {
        let mut fields = Fields::of(source, item, "a norm")?;
        let channel = fields.need("channel", line);
        let within = fields.need("within", |s, n, k| parsed(s, n, k, Window::parse));
        fields.refuse_rest();
        Some(Norm { channel: channel?, within: within? })
    };
    Some(items.iter().filter_map(norm).collect())
}

fn checks<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<BTreeMap<String, CheckLevel>> {
    let levels = [
        ("error", CheckLevel::Error),
        ("warning", CheckLevel::Warning),
        ("note", CheckLevel::Note),
        ("off", CheckLevel::Off),
    ];
    let fields = Fields::of(source, node, name)?;
    let check = |entry: &Entry<'n>| {
        let level = choice(source, entry.value, entry.key, &levels)?;
        is_check(source, entry).then(|| (entry.key.to_owned(), level))
    };
    Some(fields.rest().iter().filter_map(check).collect())
}

/// Whether there is such a code, and one whose severity may be chosen.
fn is_check(source: &Source<'_>, entry: &Entry<'_>) -> bool {
    let code = entry.key;
    if codes::adjustable().any(|known| known == code) {
        return true;
    }
    let found = if codes::find(code).is_some() {
        let hint = "It says that a page is wrong or lost, or that the machine failed, and weighs the same everywhere.";
        Diagnostic::error("wrong-value", format!("the severity of `{code}` can't be changed")).hint(hint)
    } else {
        Diagnostic::error("unknown-key", format!("there is no check `{code}`"))
            .suggest(code, codes::adjustable())
            .hint("`threadmark check --explain list` has all of them.")
    };
    source.report(&entry.key_node.span, found);
    false
}

fn exclude(source: &Source<'_>, node: &Node, name: &str) -> Option<Vec<String>> {
    let items = whole_items(source, node, name)?;
    let check = |(text, node): (String, &Node)| match glob(&text) {
        Ok(glob) => Some(glob),
        Err(why) => {
            wrong_value(source, node, format!("`{text}` is no glob of ours"), why);
            None
        }
    };
    Some(items.into_iter().filter_map(check).collect())
}

fn search<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<bool> {
    let mut fields = Fields::of(source, node, name)?;
    let elasticlunr = fields.get(&["elasticlunr"], flag);
    fields.refuse_rest();
    elasticlunr
}
