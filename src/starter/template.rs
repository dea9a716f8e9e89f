//! Templates: Markdown with placeholders such as `{{ title }}`, and what stands in their place.
//!
//! A value is written so that it stays what it is: in front matter as YAML, in the text as Markdown. There are no
//! conditions and no loops.

use crate::config::{Config, Kind};
use crate::diagnostic::{Diagnostic, Place};
use crate::escape;
use crate::path::SourcePath;
use crate::source::SourceFile;

use super::scalar;

/// Where a site's own templates are, below its root.
pub const FOLDER: &str = "templates";

/// What a template may ask for.
pub const PLACEHOLDERS: [&str; 8] = ["title", "number", "date", "slug", "author", "kind", "year", "week"];

/// The value of each of [`PLACEHOLDERS`]; empty where there is none.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(pub [String; PLACEHOLDERS.len()]);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        PLACEHOLDERS.iter().position(|known| *known == name).map(|at| self.0[at].as_str())
    }
}

/// Whether `file` is a template: it is called after a kind or a collection, lies in [`FOLDER`], and has a placeholder.
/// A page that merely lies there stays a page.
pub fn is_template(config: &Config, file: &SourceFile) -> bool {
    has_place(config, &file.path) && has_placeholder(&file.text)
}

/// Whether a template would be looked for at `path`.
fn has_place(config: &Config, path: &SourcePath) -> bool {
    let name = path.below(FOLDER).and_then(|name| name.strip_suffix(".md"));
    name.is_some_and(|name| {
        Kind::WORDS.iter().any(|(word, _)| *word == name) || config.collections.iter().any(|c| c.name == name)
    })
}

/// Whether `text` has a placeholder that is known.
pub(super) fn has_placeholder(text: &str) -> bool {
    text.lines().any(|line| {
        Pieces(line).any(|piece| matches!(piece, Piece::Hole(name, _) if PLACEHOLDERS.contains(&name)))
    })
}

/// A part of a line.
enum Piece<'a> {
    Text(&'a str),
    /// What is asked for, and the whole placeholder.
    Hole(&'a str, &'a str),
}

/// The parts of a line. `${{` belongs to workflows, and is text.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let whole = self.0;
        let opening = whole.match_indices("{{").map(|(at, _)| at).find(|at| !whole[..*at].ends_with('$'));
        let hole = opening.and_then(|at| Some((at, at + whole[at..].find("}}")? + 2)));
        match hole {
            Some((0, end)) => {
                self.0 = &whole[end..];
                Some(Piece::Hole(whole[2..end - 2].trim(), &whole[..end]))
            }
            Some((at, _)) => {
                self.0 = &whole[at..];
                Some(Piece::Text(&whole[..at]))
            }
            None => {
                self.0 = "";
                Some(Piece::Text(whole))
            }
        }
    }
}

/// `template` with `fields` in their places.
///
/// # Errors
/// Every placeholder that is not known, with the nearest that is.
pub(super) fn fill(template: &SourceFile, fields: &Fields) -> Result<String, Vec<Diagnostic>> {
    let unknown = unknown(template);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut out = String::with_capacity(template.text.len() + 256);
    let mut front = template.text.lines().next().is_some_and(|line| line.trim_end() == "---");
    for (at, whole) in template.text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        if front {
            out.push_str(&in_front_matter(line, fields));
        } else {
            in_text(&mut out, line, fields);
        }
        front &= at == 0 || !matches!(line.trim_end(), "---" | "...");
        out.push_str(&whole[line.len()..]);
    }
    Ok(out)
}

fn unknown(template: &SourceFile) -> Vec<Diagnostic> {
    let (mut found, mut end) = (Vec::new(), 0);
    for line in template.text.split_inclusive('\n') {
        for piece in Pieces(line) {
            let (Piece::Text(whole) | Piece::Hole(_, whole)) = piece;
            let at = end;
            end += whole.len();
            let Piece::Hole(name, _) = piece else { continue };
            if PLACEHOLDERS.contains(&name) {
                continue;
            }
            let list = PLACEHOLDERS.join(", ");
            found.push(
                Diagnostic::error(
                    "template-placeholder",
                    format!("`{name}` is nothing that a template can ask for"),
                )
                .at(Place::in_text(&template.path, &template.text, at..at + whole.len()))
                .suggest(name, PLACEHOLDERS)
                .hint(format!("Known: {list}.")),
            );
        }
    }
    found
}

fn in_text(out: &mut String, line: &str, fields: &Fields) {
    let begins = out.len();
    for piece in Pieces(line) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Hole(name @ ("title" | "author"), _) => {
                let first = out[begins..].trim().is_empty();
                out.push_str(&escape::markdown(fields.get(name).unwrap_or(""), first));
            }
            Piece::Hole(name, _) => out.push_str(fields.get(name).unwrap_or("")),
        }
    }
}

fn raw(text: &str, fields: &Fields) -> String {
    let part = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Hole(name, _) => fields.get(name).unwrap_or(""),
    };
    Pieces(text).map(part).collect()
}

/// A line of front matter. A value with a placeholder in it is written anew as a whole; in a list in brackets each
/// placeholder is.
fn in_front_matter(line: &str, fields: &Fields) -> String {
    let value_at = value_start(line);
    let (lead, value) = line.split_at(value_at);
    if !Pieces(value).any(|piece| matches!(piece, Piece::Hole(..))) {
        return line.to_owned();
    }
    if line.trim_start().starts_with('#') || lead.trim().is_empty() {
        return raw(line, fields);
    }
    if value.starts_with('[') || (value.starts_with('{') && !value.starts_with("{{")) {
        return lead.to_owned() + &in_brackets(value, fields);
    }
    let end = value.rfind("}}").map_or(value.len(), |at| at + 2);
    let comment = value[end..].find(" #").map_or(value.len(), |at| end + at);
    let (value, comment) = value.split_at(comment);
    let text = raw(unquoted(value.trim_end()), fields);
    let text = text.trim();
    let written = if text.is_empty() { String::new() } else { scalar::yaml(text) };
    format!("{}{comment}", format!("{lead}{written}").trim_end())
}

/// Where the value of a line `key: value` or `- value` starts; 0 where there is neither.
fn value_start(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let mut at = indent;
    while line[at..].starts_with("- ") {
        at += 2;
    }
    let key = line[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
    match line[at + key..].strip_prefix(':') {
        Some(rest) if key > 0 && rest.starts_with(' ') => {
            at + key + 1 + (rest.len() - rest.trim_start().len())
        }
        _ if at > indent => at,
        _ => 0,
    }
}

fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

fn in_brackets(value: &str, fields: &Fields) -> String {
    let mut out = String::with_capacity(value.len() + 64);
    let mut pieces = Pieces(value).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => {
                // Quotes around a placeholder are written anew with it.
                let next = matches!(pieces.peek(), Some(Piece::Hole(..)));
                out.push_str(if next { text.trim_end_matches(['"', '\'']) } else { text });
            }
            Piece::Hole(name, _) => {
                let text = fields.get(name).unwrap_or("");
                if !text.is_empty() {
                    out.push_str(&scalar::yaml(text));
                }
                if let Some(Piece::Text(after)) = pieces.peek_mut() {
                    *after = after.trim_start_matches(['"', '\'']);
                }
            }
        }
    }
    out
}
