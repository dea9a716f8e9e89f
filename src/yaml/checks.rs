//! What YAML allows and we don't, wherever it stands in a tree: a key twice, `<<`, keys that are no words,
//! numbers that are none.

use std::collections::BTreeMap;

use super::{Node, Source, Value};
use crate::diagnostic::Diagnostic;

/// Reports all of them below `node`.
pub(super) fn run(source: &Source<'_>, node: &Node) {
    match &node.value {
        Value::Map(entries) => map(source, entries),
        Value::List(items) => items.iter().for_each(|item| run(source, item)),
        Value::Number(number) if !number.is_finite() => not_finite(source, node),
        _ => {}
    }
}

fn map(source: &Source<'_>, entries: &[(Node, Node)]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, value) in entries {
        run(source, value);
        let Some(word) = word(source, key) else {
            let message = format!("a key should be a word, but this is {}", key.value.name());
            let hint = "Put the whole value in quotes if text with brackets or braces is meant.";
            source.report(&key.span, Diagnostic::error("wrong-type", message).hint(hint));
            continue;
        };
        if word == "<<" {
            merge_key(source, key);
        }
        if let Some(first) = seen.get(word) {
            let message = format!("`{word}` stands twice: first in line {}", source.line(*first));
            let found = Diagnostic::error("duplicate-key", message);
            source.report(&key.span, found.hint("Keep one of them; neither wins silently."));
        } else {
            seen.insert(word, key.span.start);
        }
    }
}

/// A key's text: as written, so that `on`, `1.10` and `true` stay what they look like.
pub(super) fn word<'n>(source: &Source<'n>, key: &'n Node) -> Option<&'n str> {
    match &key.value {
        Value::Text(text) => Some(text),
        Value::Flag(_) | Value::Number(_) => Some(source.slice(&key.span)),
        Value::Empty | Value::List(_) | Value::Map(_) => None,
    }
}

fn merge_key(source: &Source<'_>, key: &Node) {
    let found = Diagnostic::error("yaml-merge-key", "`<<` does not merge here: it was dropped from YAML 1.2");
    source.report(&key.span, found.hint("Write the keys out."));
}

fn not_finite(source: &Source<'_>, node: &Node) {
    let message = format!("`{}` is no number that a page could show", source.slice(&node.span));
    let found = Diagnostic::error("yaml-not-finite", message);
    source.report(&node.span, found.hint("Put it in quotes if text is meant."));
}
