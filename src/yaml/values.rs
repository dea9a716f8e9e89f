//! Values made into what a key wants: text, lists of text, flags, numbers, one of some words.
//!
//! Each function reports what it can't take and says what it expected; none of them guesses.

use super::{Node, Source, Value};
use crate::diagnostic::Diagnostic;

/// Reports that `node` has the wrong type for `name`.
pub fn wrong_type(source: &Source<'_>, node: &Node, name: &str, expected: &str) {
    let message = format!("`{name}` should be {expected}, but is {}", node.value.name());
    source.report(&node.span, Diagnostic::error("wrong-type", message));
}

/// Reports that the value of `name` can't be used, and why; `hint` says how to mend it.
pub fn wrong_value(source: &Source<'_>, node: &Node, why: impl Into<String>, hint: impl Into<String>) {
    source.report(&node.span, Diagnostic::error("wrong-value", why).hint(hint));
}

/// A scalar as text: numbers and flags as they were written, since `title: 2026` is a title. Text in braces is
/// taken without them, with a warning.
pub fn text(source: &Source<'_>, node: &Node, name: &str) -> Option<String> {
    let text = scalar(source, node).or_else(|| unbraced(source, node, name));
    if text.is_none() && !placeholder(source, node, name) {
        wrong_type(source, node, name, "text");
    }
    text
}

/// A text that stands on one line wherever it is shown, such as a title: runs of white space become one space.
pub fn line(source: &Source<'_>, node: &Node, name: &str) -> Option<String> {
    Some(text(source, node, name)?.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn scalar(source: &Source<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.trim().to_owned()),
        Value::Number(_) | Value::Flag(_) => Some(source.slice(&node.span).to_owned()),
        Value::Empty | Value::List(_) | Value::Map(_) => None,
    }
}

/// What stands in braces that hold no `key: value`. Templates of decision records say
/// `date: {when it was last updated}`, and people fill them in without removing the braces.
fn in_braces<'a>(source: &Source<'a>, node: &Node) -> Option<&'a str> {
    let Value::Map(entries) = &node.value else { return None };
    let word = |key: &Node| !matches!(key.value, Value::Map(_) | Value::List(_));
    let bare = entries.iter().all(|(key, value)| word(key) && value.value == Value::Empty);
    let inner = source.slice(&node.span).strip_prefix('{')?.strip_suffix('}')?.trim();
    (bare && !inner.is_empty()).then_some(inner)
}

/// Text in braces, where it is short enough for a name, a date or a status.
fn unbraced(source: &Source<'_>, node: &Node, name: &str) -> Option<String> {
    let inner = in_braces(source, node)?;
    let blank = |part: &str| part.contains('|') || part.split_whitespace().count() > 4;
    if inner.split(',').any(blank) {
        return None;
    }
    let message = format!("the braces around `{name}` are part of its template and were left out");
    let found = Diagnostic::warning("template-braces", message);
    source.report(&node.span, found.hint("Delete the braces: to YAML they mean something else."));
    Some(inner.to_owned())
}

/// Reports what a template left to fill in, as a warning: a copy of it must not stop a build. The value then
/// counts as absent.
fn placeholder(source: &Source<'_>, node: &Node, name: &str) -> bool {
    let unfilled = match &node.value {
        Value::Text(text) => text.starts_with('{') && text.ends_with('}'),
        _ => in_braces(source, node).is_some(),
    };
    if unfilled {
        let message = format!("`{name}` still holds the placeholder of a template");
        let found = Diagnostic::warning("placeholder", message);
        source.report(&node.span, found.hint("Fill it in, or delete the line."));
    }
    unfilled
}

/// A scalar with the node that it stands in.
pub type Item<'n> = (String, &'n Node);

/// A list of texts, or one line of them between commas.
pub fn texts(source: &Source<'_>, node: &Node, name: &str) -> Option<Vec<String>> {
    Some(items(source, node, name)?.into_iter().map(|(text, _)| text).collect())
}

/// The same with the places of the items; of a line that of the line.
pub fn items<'n>(source: &Source<'_>, node: &'n Node, name: &str) -> Option<Vec<Item<'n>>> {
    split_items(source, node, name, |line| line.split(',').map(str::to_owned).collect())
}

/// The same where a single text is one item, whatever commas it holds, such as a path.
pub fn whole_items<'n>(source: &Source<'_>, node: &'n Node, name: &str) -> Option<Vec<Item<'n>>> {
    split_items(source, node, name, |line| vec![line.to_owned()])
}

/// The same where `split` knows how one line is divided.
pub fn split_items<'n>(
    source: &Source<'_>,
    node: &'n Node,
    name: &str,
    split: impl Fn(&str) -> Vec<String>,
) -> Option<Vec<Item<'n>>> {
    let read: Vec<Item<'n>> = if let Value::List(list) = &node.value {
        let written = list.iter().filter(|item| item.value != Value::Empty);
        written.filter_map(|item| Some((text(source, item, name)?, item))).collect()
    } else {
        let line = scalar(source, node).or_else(|| unbraced(source, node, name));
        if line.is_none() && !placeholder(source, node, name) {
            wrong_type(source, node, name, "a list, or one line with commas");
        }
        split(&line?).into_iter().map(|item| (item, node)).collect()
    };
    let trimmed = read.into_iter().map(|(item, node)| (item.trim().to_owned(), node));
    Some(trimmed.filter(|(item, _)| !item.is_empty()).collect())
}

/// `true` or `false`, and nothing that other YAML dialects take for them.
pub fn flag(source: &Source<'_>, node: &Node, name: &str) -> Option<bool> {
    if let Value::Flag(flag) = node.value {
        return Some(flag);
    }
    let written = scalar(source, node).unwrap_or_default().to_lowercase();
    let meant = match written.as_str() {
        "yes" | "y" | "on" | "true" | "1" => Some("true"),
        "no" | "n" | "off" | "false" | "0" => Some("false"),
        _ => None,
    };
    let message = format!("`{name}` should be true or false, but is {}", shown(source, node));
    let hint = match meant {
        Some(word) => format!("Write `{name}: {word}`, without quotes."),
        None => "Write `true` or `false`.".into(),
    };
    source.report(&node.span, Diagnostic::error("wrong-type", message).hint(hint));
    None
}

/// A whole number from 0.
pub fn count(source: &Source<'_>, node: &Node, name: &str) -> Option<u32> {
    let read = match &node.value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        _ => None,
    };
    if read.is_none() {
        let message = format!("`{name}` should be a whole number, but is {}", shown(source, node));
        source.report(
            &node.span,
            Diagnostic::error("wrong-type", message).hint("Write digits only, such as `1200`."),
        );
    }
    read
}

/// One of some words, given with what they stand for.
pub fn choice<T: Copy>(
    source: &Source<'_>,
    node: &Node,
    name: &str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let written = text(source, node, name)?;
    if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == written) {
        return Some(*meaning);
    }
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let found = Diagnostic::error("wrong-value", format!("`{name}` can't be `{}`", short(&written)));
    let found = found.suggest(&written, known.iter().copied());
    source.report(&node.span, found.hint(format!("Expected one of: {}.", known.join(", "))));
    None
}

/// Text that `parse` understands; what it says otherwise becomes the message.
pub fn parsed<T, E: std::fmt::Display>(
    source: &Source<'_>,
    node: &Node,
    name: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    if in_braces(source, node).is_some_and(|inner| parse(inner).is_err()) {
        placeholder(source, node, name);
        return None;
    }
    let written = text(source, node, name)?;
    match parse(&written) {
        Ok(value) => Some(value),
        Err(_) if matches!(node.value, Value::Text(_)) && placeholder(source, node, name) => None,
        Err(why) => {
            let message = format!("`{name}` can't be `{}`", short(&written));
            let found = Diagnostic::error("wrong-value", message).of_key(name);
            source.report(&node.span, found.hint(why.to_string()));
            None
        }
    }
}

/// A value as a message shows it.
fn shown(source: &Source<'_>, node: &Node) -> String {
    match scalar(source, node) {
        Some(text) => format!("`{}`", short(&text)),
        None => node.value.name().into(),
    }
}

/// At most 60 characters, on one line.
pub fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() > 60 { line.chars().take(60).chain(['…']).collect() } else { line.into() }
}

/// A value for themes, as JSON. Numbers that JSON can't hold become the text that was written.
pub fn json(source: &Source<'_>, node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.value {
        Value::Empty => Json::Null,
        Value::Flag(flag) => Json::Bool(*flag),
        Value::Text(text) => Json::String(text.clone()),
        Value::Number(number) => json_number(number).unwrap_or_else(|| source.slice(&node.span).into()),
        Value::List(items) => items.iter().map(|item| json(source, item)).collect(),
        Value::Map(entries) => {
            let entry = |(key, value): &(Node, Node)| {
                Some((super::checks::word(source, key)?.to_owned(), json(source, value)))
            };
            Json::Object(entries.iter().filter_map(entry).collect())
        }
    }
}

fn json_number(number: &serde_yaml::Number) -> Option<serde_json::Value> {
    let whole = number.as_u64().map(Into::into).or_else(|| number.as_i64().map(Into::into));
    whole.or_else(|| serde_json::Number::from_f64(number.as_f64()?)).map(Into::into)
}
