//! `recordings` and `chapters`: what front matter says of recordings.

use jiff::SignedDuration;

use super::asks::entries;
use super::values::located;
use super::{Chapter, Located, NamedRecording};
use crate::diagnostic::Diagnostic;
use crate::document::slug::slug;
use crate::time::duration;
use crate::yaml::values::{items, line, parsed, text};
use crate::yaml::{Fields, Node, Source, Value};

/// Reads `recordings`: names between commas, or a list of names and of `{ id: demo, of: recordings/demo }`.
pub(super) fn recordings<'n>(
    source: &'n Source<'n>,
    node: &'n Node,
    name: &str,
) -> Option<Vec<NamedRecording>> {
    let Value::List(list) = &node.value else {
        return Some(items(source, node, name)?.into_iter().map(|item| named(source, item)).collect());
    };
    let read = |item: &'n Node| match &item.value {
        Value::Empty => None,
        Value::Map(_) => mapped(source, item),
        _ => Some(named(source, (text(source, item, name)?, item))),
    };
    Some(list.iter().filter_map(read).collect())
}

fn named(source: &Source<'_>, (value, node): (String, &Node)) -> NamedRecording {
    let id = NamedRecording::id_of(&value);
    NamedRecording { id, of: Located { value, line: source.line(node.span.start) } }
}

fn mapped<'n>(source: &'n Source<'n>, item: &'n Node) -> Option<NamedRecording> {
    let mut fields = Fields::of(source, item, "a recording")?;
    let id = fields.get(&["id"], |s, n, k| parsed(s, n, k, id));
    let of = fields.need("of", located);
    fields.warn_of_rest();
    let of = of?;
    Some(NamedRecording { id: id.unwrap_or_else(|| NamedRecording::id_of(&of.value)), of })
}

fn id(text: &str) -> Result<String, &'static str> {
    let fine = !text.is_empty() && text.len() <= 64 && slug(text) == text.to_lowercase();
    if fine {
        Ok(text.to_lowercase())
    } else {
        Err("Expected one word, such as `demo`: letters, digits and hyphens.")
    }
}

/// Reads `chapters`, in the order of time; another order in the file is a warning.
pub(super) fn chapters<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<Chapter>> {
    let mut read: Vec<Chapter> = Vec::new();
    let mut latest = SignedDuration::ZERO;
    for item in entries(source, node, name, "a list of `{ at: 2:15, title: ... }`")? {
        let Some(mut fields) = Fields::of(source, item, "a chapter") else { continue };
        let at = fields.need("at", |s, n, k| Some((parsed(s, n, k, duration)?, n)));
        let title = fields.need("title", line);
        fields.warn_of_rest();
        let (Some((at, at_node)), Some(title)) = (at, title) else { continue };
        if at < latest {
            let found = Diagnostic::warning("out-of-order", "this chapter starts before the one above it");
            source.report(&at_node.span, found.hint("List chapters from the first to the last."));
        }
        latest = latest.max(at);
        read.push(Chapter { at, title });
    }
    read.sort_by_key(|chapter| chapter.at);
    Some(read)
}
