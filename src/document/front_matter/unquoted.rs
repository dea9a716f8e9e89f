//! Front matter of records that is YAML but for the quotes it wants: `author: @ana`, `title: ADR007: Use X`.
//!
//! Other tools read such lines as they stand, so whole collections have them. They are read as if the quotes were
//! there, and a warning says where to put them. Only what looks like a record is read so.

use std::ops::Range;

use super::FrontMatter;
use super::keys::from_tree;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::record::number_of;
use crate::path::SourcePath;
use crate::yaml::{self, Limits, Source};

/// What only records have in their front matter.
const RECORDS: [&str; 2] = ["creation-date:", "id: adr"];

/// What records have, where their file is called by a number too.
const NUMBERED: [&str; 3] = ["status:", "state:", "id: adr"];

/// What the block `yaml` of `text` says with quotes where they are missing, and `source`, that could not be read
/// without them; nothing where it isn't a record or can't be read with them either.
pub(super) fn read(
    path: &SourcePath,
    text: &str,
    yaml: &Range<usize>,
    source: &Source<'_>,
) -> Option<(FrontMatter, Vec<Diagnostic>)> {
    let block = &text[yaml.clone()];
    let has = |keys: &[&str]| {
        let starts = |line: &str| keys.iter().any(|key| line.to_lowercase().starts_with(key));
        block.lines().any(starts)
    };
    let is_record = has(&RECORDS) || (has(&NUMBERED) && number_of(path).is_some());
    if block.len() > Limits::FRONT_MATTER.bytes || !is_record {
        return None;
    }
    let requoted: String = block.split_inclusive('\n').map(quoted).collect();
    let whole = format!("{}{requoted}", &text[..yaml.start]);
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
