//! What goes wrong, said so that it can be mended: a code, a severity, a place, a message and hints.
//!
//! Every stage returns all the diagnostics that it found. This room never prints and never stops a build;
//! `cli` renders diagnostics for people, and the pipeline decides what a severity means.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::path::SourcePath;

pub mod codes;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A page would be wrong or lost: `build` writes nothing.
    Error,
    /// Something is not as its author meant it: `build` goes on, `build --strict` doesn't.
    Warning,
    /// Worth knowing, never in the way.
    Note,
}

/// Where in a source: file, line and column (both from 1, the column in characters), and the line itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The first marked character of the line, from 1.
    pub column: usize,
    /// How many characters are marked; at least 1 where a line is shown.
    pub width: usize,
    /// The line's text, cut to 200 characters; empty where the whole file is meant.
    pub excerpt: String,
    /// Where the mark starts in the excerpt, in characters from 0 (on a cut line not the column).
    pub mark: usize,
}

/// The longest line that a message shows, in characters.
const EXCERPT: usize = 200;

impl Place {
    /// The whole file.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), line: 0, column: 0, width: 0, excerpt: String::new(), mark: 0 }
    }

    /// The bytes `span` of `text`, which is the whole text of `path`. Spans beyond the text or inside a
    /// character are moved to the nearest character before; of a span over several lines the first is shown.
    pub fn in_text(path: &SourcePath, text: &str, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let end = floor(text, span.end.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let before = text[line_start..start].chars().count();
        let marked = text[start..end.min(line_end)].chars().count();
        // A long line is cut around what it is shown for, so that the mark is always in sight.
        let skip = if before + marked > EXCERPT { before.saturating_sub(EXCERPT / 2) } else { 0 };
        let excerpt: String =
            text[line_start..line_end].trim_end_matches('\r').chars().skip(skip).take(EXCERPT).collect();
        Self {
            path: path.clone(),
            line: memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count() + 1,
            column: before + 1,
            width: marked.max(1),
            mark: before - skip + usize::from(skip > 0),
            excerpt: if skip > 0 { format!("…{excerpt}") } else { excerpt },
        }
    }

    /// Line `line` (from 1) of `text` as a whole, without its indentation.
    pub fn line(path: &SourcePath, text: &str, line: usize) -> Self {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let whole = text[start.min(text.len())..].lines().next().unwrap_or("");
        let indent = whole.len() - whole.trim_start().len();
        Self::in_text(path, text, start + indent..start + whole.trim_end().len())
    }
}

fn floor(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// One thing found, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// A stable name in kebab case, such as `unknown-key`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where; `None` when no source is at fault.
    pub place: Option<Place>,
    /// One sentence: what is wrong, naming the thing.
    pub message: String,
    /// How to mend it, one sentence each; the first may suggest the nearest known word.
    pub hints: Vec<String>,
    /// The key as written, where it is the value of one that can't be read.
    pub key: Option<Box<str>>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity: Severity::Error, place: None, message, hints: Vec::new(), key: None }
    }

    /// A warning without a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A note without a place.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// The same at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same about the value of `key`.
    #[must_use]
    pub fn of_key(mut self, key: &str) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with `Did you mean ...?` first, when there is a near word.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(word, known) {
            Some(near) => self.hint(format!("Did you mean `{near}`?")),
            None => self,
        }
    }
}

/// Sorts by file, line, column, code: the order in which people read them, whatever order they were found in.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
}

/// The longest word that is compared with others, in bytes.
const LONGEST_COMPARED: usize = 64;

/// The known word that `word` most likely was meant to be, if any is near enough: at most a third of its
/// letters differ (Damerau-Levenshtein, case aside). The first of equals wins. Words of more than
/// 64 bytes are never near: comparing them costs the product of their lengths.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_COMPARED {
        return None;
    }
    let lower = word.to_lowercase();
    let limit = (lower.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|k| k.len() <= LONGEST_COMPARED)
        .map(|k| (strsim::damerau_levenshtein(&lower, &k.to_lowercase()), k))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> SourcePath {
        SourcePath::new("a.md").unwrap()
    }

    #[test]
    fn counts_lines_and_characters() {
        let text = "one\nzwölf öl\r\nthree";
        let at = text.rfind("öl").unwrap();
        let place = Place::in_text(&path(), text, at..at + 3);
        assert_eq!((place.line, place.column, place.width, place.excerpt.as_str()), (2, 7, 2, "zwölf öl"));
    }

    #[test]
    fn keeps_the_mark_in_sight_on_a_long_line() {
        let text = format!("{}here{}", "x".repeat(5000), "y".repeat(5000));
        let place = Place::in_text(&path(), &text, 5000..5004);
        let marked: String = place.excerpt.chars().skip(place.mark).take(place.width).collect();
        assert_eq!(marked, "here");
        assert!(place.excerpt.chars().count() <= EXCERPT + 1);
    }

    #[test]
    fn never_cuts_a_character() {
        let place = Place::in_text(&path(), "é", 1..9);
        assert_eq!((place.line, place.column), (1, 1));
    }

    #[test]
    fn shows_a_line_without_its_indentation() {
        let place = Place::line(&path(), "a: 1\n  b: 2\n", 2);
        assert_eq!((place.line, place.column, place.width), (2, 3, 4));
    }

    #[test]
    fn suggests_only_what_is_near() {
        let known = ["title", "description", "tags"];
        assert_eq!(nearest("desciption", known), Some("description"));
        assert_eq!(nearest("Tittle", known), Some("title"));
        assert_eq!(nearest("zebra", known), None);
    }
}
