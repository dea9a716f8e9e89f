//! Values that several keys of front matter have: a time, a text with its line. Knows no key.

use super::Located;
use crate::time::When;
use crate::yaml::values::{parsed, text};
use crate::yaml::{Node, Source};

/// A date or a time in one of the forms of [`When::parse`].
pub(super) fn when(source: &Source<'_>, node: &Node, name: &str) -> Option<When> {
    parsed(source, node, name, When::parse)
}

/// A text with its line.
pub(super) fn located(source: &Source<'_>, node: &Node, name: &str) -> Option<Located<String>> {
    let value = text(source, node, name).filter(|value| !value.is_empty())?;
    Some(Located { value, line: source.line(node.span.start) })
}
