//! Front matter of records that is YAML but for the quotes it wants: `author: @ana`, `title: ADR007: Use X`.
//!
//! Other tools read such lines as they stand, so whole collections have them. They are read as if the quotes were
//! there, and a warning says where to put them. Only what looks like a record is read so.

use std::ops::Range;

use super::FrontMatter;
use super::read::from_tree;
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::SourcePath;
use crate::yaml::{self, Limits, Source};

/// The keys of which one says that this is a record.
const KEYS: [&str; 4] = ["status", "state", "creation-date", "id: adr"];

/// What the block `yaml` of `text` says with quotes where they are missing, and `source`, that could not be read
/// without them; nothing where it isn't a record or can't be read with them either.
pub(super) fn read(
    path: &SourcePath,
    text: &str,
    yaml: &Range<usize>,
    source: &Source<'_>,
) -> Option<(FrontMatter, Vec<Diagnostic>)> {
    let block = &text[yaml.clone()];
    let is_key = |line: &str| {
        let lower = line.to_lowercase();
        KEYS.iter()
            .any(|key| lower.strip_prefix(key).is_some_and(|rest| key.contains(':') || rest.starts_with(':')))
    };
    if block.len() > Limits::FRONT_MATTER.bytes || !block.lines().any(is_key) {
        return None;
    }
    let mended: String = block.split_inclusive('\n').map(quoted).collect();
    let whole = format!("{}{mended}", &text[..yaml.start]);
    let again = Source::new(path, &whole);
    let node = yaml::parse(&again, yaml.start..whole.len(), Limits::FRONT_MATTER)?;
    let front = from_tree(&again, &node);
    let warned = |diagnostic| Diagnostic { severity: Severity::Warning, ..diagnostic };
    let mut found: Vec<Diagnostic> = source.take().into_iter().map(warned).collect();
    found.extend(again.into_diagnostics());
    Some((front, found))
}

/// The line with quotes around its value, where that wants them.
fn quoted(line: &str) -> String {
    let text = line.trim_end();
    let end = &line[text.len()..];
    let indent = text.len() - text.trim_start_matches([' ', '-']).len();
    let (_, rest) = text.split_at(indent);
    let start = match rest.split_once(": ") {
        Some((key, _)) if !key.contains([' ', '"', '\'', '@']) => indent + key.len() + 2,
        _ if indent > 0 => indent,
        _ => return line.to_owned(),
    };
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let (head, value) = text.split_at(start);
    let plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '#', '&', '*', '!']);
    let wants = value.starts_with(['@', '`', '%']) || (value.contains(": ") && start > indent);
    if plain && wants { format!("{head}'{}'{end}", value.replace('\'', "''")) } else { line.to_owned() }
}
