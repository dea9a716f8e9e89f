//! `asks`: lists of mappings in front matter.
//!
//! There is no place for unknown keys in them, so each is a warning.

use std::collections::BTreeMap;

use super::people::{one, people};
use super::values::{located, when};
use super::{Ask, Outcome, Position, Response};
use crate::diagnostic::Diagnostic;
use crate::time::{When, Window};
use crate::yaml::values::{choice, line, parsed, text, texts, wrong_type};
use crate::yaml::{Fields, Node, Source, Value};

/// The entries of a list of mappings.
pub(super) fn entries<'n>(
    source: &Source<'n>,
    node: &'n Node,
    name: &str,
    expected: &str,
) -> Option<&'n [Node]> {
    if let Value::List(items) = &node.value {
        return Some(items);
    }
    wrong_type(source, node, name, expected);
    None
}

/// Reads `asks`. Ids are unique in the document, since they are anchors.
pub(super) fn asks<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<Ask>> {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut read = Vec::new();
    for item in entries(source, node, name, "a list of asks, each with `id` and `question`")? {
        let Some((ask, id_node)) = ask(source, item) else { continue };
        if let Some(first) = lines.insert(ask.id.clone(), ask.line) {
            let message = format!("two asks have the id `{}`: the first in line {first}", ask.id);
            let found = Diagnostic::error("duplicate-id", message);
            source.report(&id_node.span, found.hint("Ids are anchors; give each ask its own."));
            continue;
        }
        read.push(ask);
    }
    Some(read)
}

fn ask<'n>(source: &'n Source<'n>, item: &'n Node) -> Option<(Ask, &'n Node)> {
    let mut fields = Fields::of(source, item, "an ask")?;
    let at_line = source.line(fields.head().start);
    let id = fields.need("id", |s, n, k| Some((parsed(s, n, k, id)?, n)));
    let question = fields.need("question", line);
    let context = fields.get(&["context"], text);
    let of = fields.get(&["of"], people).unwrap_or_default();
    let opened = fields.get(&["opened"], when);
    let due = fields.get(&["due"], |s, n, k| Some((when(s, n, k)?, n)));
    let window = fields.get(&["window"], |s, n, k| Some((parsed(s, n, k, Window::parse)?, n)));
    let channel = fields.get(&["channel"], text);
    let options = fields.get(&["options"], texts).unwrap_or_default();
    let responses = fields.get(&["responses"], responses).unwrap_or_default();
    let outcome = fields.get(&["outcome"], outcome);
    fields.warn_of_rest();
    check_times(source, opened.as_ref(), due.as_ref(), window.as_ref());
    let (due, window) = (due.map(|(due, _)| due), window.map(|(window, _)| window));
    let ((id, id_node), question) = (id?, question?);
    let ask = Ask {
        id,
        question,
        context,
        of,
        opened,
        due,
        window,
        channel,
        options,
        responses,
        outcome,
        line: at_line,
    };
    Some((ask, id_node))
}

/// An id is part of an anchor.
fn id(text: &str) -> Result<String, String> {
    let fit = crate::path::slug(text);
    if fit == text && !fit.is_empty() {
        return Ok(fit);
    }
    let example = if fit.is_empty() { "store" } else { &fit };
    Err(format!("Expected lower-case letters, digits and hyphens, such as `{example}`."))
}

/// One deadline, not two; and not before the question was put.
fn check_times(
    source: &Source<'_>,
    opened: Option<&When>,
    due: Option<&(When, &Node)>,
    window: Option<&(Window, &Node)>,
) {
    if let (Some((_, node)), Some(_)) = (window, due) {
        let found = Diagnostic::error("conflicting-keys", "an ask has `due` or `window`, not both");
        source.report(&node.span, found.hint("Keep the one that is meant."));
    }
    if let (Some((_, node)), None) = (window, opened) {
        let found =
            Diagnostic::warning("missing-key", "a `window` counts from `opened`, which is missing here");
        source.report(&node.span, found.hint("Add `opened:` with the date on which the question was put."));
    }
    if let (Some(opened), Some((due, node))) = (opened, due)
        && due.date() < opened.date()
    {
        let found = Diagnostic::warning("out-of-order", "this ask is due before it was opened");
        source.report(&node.span, found);
    }
}

fn responses<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<Response>> {
    let items = entries(source, node, name, "a list of responses, each with `by`")?;
    Some(items.iter().filter_map(|item| response(source, item)).collect())
}

fn response<'n>(source: &'n Source<'n>, item: &'n Node) -> Option<Response> {
    let positions = [
        ("agree", Position::Agree),
        ("disagree", Position::Disagree),
        ("need-more-info", Position::NeedMoreInfo),
    ];
    let mut fields = Fields::of(source, item, "a response")?;
    let by = fields.need("by", one);
    let at = fields.get(&["at"], when);
    let answer = fields.get(&["answer"], text);
    let position = fields.get(&["position"], |s, n, k| choice(s, n, k, &positions));
    let why = fields.get(&["why"], text);
    fields.warn_of_rest();
    Some(Response { by: by?, at, answer, position, why })
}

fn outcome<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Outcome> {
    let mut fields = Fields::of(source, node, name)?;
    let answer = fields.need("answer", text);
    let at = fields.get(&["at"], when);
    let by = fields.get(&["by"], one);
    let why = fields.get(&["why"], text);
    let decision = fields.get(&["decision"], located);
    fields.warn_of_rest();
    Some(Outcome { answer: answer?, at, by, why, decision })
}
