//! From the start of a file to its [`FrontMatter`]: the block is found, read as a tree, and its keys taken from it.

use super::block::{self, Block, Looks};
use super::keys::from_tree;
use super::{FrontMatter, unquoted};
use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;
use crate::yaml::{self, Limits, Source, Value};

/// Reads the front matter of `text`, the whole text of `path`: what it says, where the body starts, and all that
/// is wrong. With an error, what could be read is there; the rest is as if it had not been written.
pub fn read(path: &SourcePath, text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    match block::find(text) {
        Block::None => (FrontMatter::default(), 0, Vec::new()),
        Block::Unterminated => (FrontMatter::default(), 0, vec![unterminated(path, text)]),
        Block::Found { yaml, body_start, looks } => {
            let source = Source::up_to(path, text, body_start);
            let node = yaml::parse(&source, yaml.clone(), Limits::FRONT_MATTER);
            let front = match &node {
                Some(node) if node.value == Value::Empty => FrontMatter::default(),
                Some(node) if looks == Looks::Keys || matches!(node.value, Value::Map(_)) => {
                    from_tree(&source, node)
                }
                // Between two thematic breaks, text may start with a bracket.
                Some(_) => return (FrontMatter::default(), 0, Vec::new()),
                None => match unquoted::read(path, text, &yaml, &source) {
                    Some(read) => return (read.0, body_start, read.1),
                    None => FrontMatter::default(),
                },
            };
            let found = source.into_diagnostics();
            let no_yaml = node.is_none() && found.iter().all(|d| d.code == "yaml-syntax");
            if looks == Looks::Flow && no_yaml {
                return (FrontMatter::default(), 0, Vec::new());
            }
            (front, body_start, found)
        }
    }
}

fn unterminated(path: &SourcePath, text: &str) -> Diagnostic {
    Diagnostic::error("unterminated-front-matter", "the front matter that opens here never ends")
        .at(Place::in_text(path, text, 0..3))
        .hint("Close it with a line `---` before the text.")
}
