//! YAML as a tree in which every value knows where it was written: the one way in which configuration and
//! front matter are read.
//!
//! 1. [`survey`] runs over the text once, without recursion and without keeping values: it refuses what would
//!    make a parser suffer (size, depth, aliases, control characters) and notes the place of each value.
//! 2. [`tree`] lets `serde_yaml` read the values, which get the noted places.
//! 3. [`fields`] and [`values`] take a tree apart key by key, and report all that is wrong with it, not the
//!    first thing.
//!
//! The other way, [`scalar`] writes a text so that it is read as that text.
//!
//! This room knows the keys of neither file, and never decides what a key means.

use std::ops::Range;

use crate::path::SourcePath;

pub mod fields;
pub mod source;
pub mod values;

mod checks;
mod explain;
mod quick;
mod scalar;
mod survey;
mod tree;

pub use fields::Fields;
pub use scalar::scalar;
pub use source::Source;

/// What a block of YAML may cost; beyond it, it is refused before any value is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the block.
    pub bytes: usize,
    /// Collections inside each other.
    pub depth: usize,
    /// Uses of anchors (`*name`).
    pub aliases: usize,
    /// Values, those that aliases repeat counted each time.
    pub values: usize,
}

impl Limits {
    /// For the front matter of one document.
    pub const FRONT_MATTER: Self = Self { bytes: 64 * 1024, depth: 32, aliases: 16, values: 65_536 };
    /// For a site's configuration, which may list hundreds of people.
    pub const CONFIG: Self = Self { bytes: 512 * 1024, ..Self::FRONT_MATTER };
}

/// A value and where it stands in the file's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the whole file; of a collection at least its start. What an alias repeats stands at the alias.
    pub span: Range<usize>,
    /// The value.
    pub value: Value,
}

/// What stands there, in the types of YAML's core schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// `true` or `false`.
    Flag(bool),
    /// A number; its digits as written are the text of the node's span.
    Number(serde_yaml::Number),
    /// Text, quoted or not.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(Node, Node)>),
}

impl Value {
    /// What a message calls this.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// Reads the bytes `block` of the text of `source`. `None` where it could not be read at all, or must not be;
/// then `source` has at least one error. Duplicate keys, `<<` and numbers that are none are errors of `source`
/// too, but the tree is there.
pub fn parse(source: &Source<'_>, block: Range<usize>, limits: Limits) -> Option<Node> {
    let node = match quick::read(source, &block, limits) {
        Some(node) => node,
        None => tree::build(source, block.clone(), survey::run(source, block, limits)?)?,
    };
    checks::run(source, &node);
    Some(node)
}

/// Reads a whole text; for tests and for callers that have no block.
pub fn parse_all<'a>(path: &'a SourcePath, text: &'a str, limits: Limits) -> (Source<'a>, Option<Node>) {
    let source = Source::new(path, text);
    let node = parse(&source, 0..text.len(), limits);
    (source, node)
}

#[cfg(test)]
mod tests;
