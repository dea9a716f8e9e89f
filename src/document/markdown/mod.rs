//! Markdown read the way GitHub reads it, with a few things more: the parser's settings, and the walk over its events.

mod autolink;
pub mod depth;
pub mod guard;
mod html_nodes;
mod inline;
mod kept;
mod tape;
mod text;
mod walk;

use pulldown_cmark::{Options, Parser};

pub use kept::Kept;
pub use tape::{Recorder, Tape};
pub use walk::{Context, Handles, Node, RawTarget, Refused, Sink, TooDeep, walk};

/// The parser over `body`, as every reader of a document must use it.
///
/// `CommonMark` with GitHub's tables, task lists, strikethrough, footnotes, alerts and maths, and with heading
/// attributes and definition lists. Front matter is not its business, and text stays as typed: no smart punctuation.
pub fn parser(body: &str) -> Parser<'_> {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH;
    options.set(Options::ENABLE_DEFINITION_LIST, has_definition(body));
    Parser::new_ext(body, options)
}

/// Whether a line starts with a colon and a space. The parser also takes `:smile:` and `:::note` for definitions;
/// in a document without real ones they stay text, as on GitHub.
fn has_definition(body: &str) -> bool {
    let bytes = body.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let before = bytes[..at].iter().rev().find(|b| !matches!(b, b' ' | b'\t' | b'>'));
        matches!(bytes.get(at + 1), Some(b' ' | b'\t')) && before.is_none_or(|b| *b == b'\n')
    })
}
