//! Markdown read the way GitHub reads it, with a few things more: the parser's settings, and the walk over its events.

mod autolink;
pub mod depth;
pub mod guard;
mod html_nodes;
mod inline;
mod walk;

use pulldown_cmark::{Options, Parser};

pub use walk::{Context, Handles, Node, Refused, Sink, TooDeep, walk};

/// The parser over `body`, as every reader of a document must use it.
///
/// `CommonMark` with GitHub's tables, task lists, strikethrough, footnotes, alerts and maths, and with heading
/// attributes and definition lists. Front matter is not its business, and text stays as typed: no smart punctuation.
pub fn parser(body: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH;
    Parser::new_ext(body, options)
}
