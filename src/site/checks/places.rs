//! Where in a document something stands that was read without its place: a key, or a person's name.

use crate::diagnostic::Place;
use crate::document::Document;

/// The line of the first of `keys` in the front matter; the whole file where it can't be found.
pub(super) fn of_key(document: &Document, keys: &[&str]) -> Place {
    match line_of_key(document, keys) {
        Some(line) => Place::line(&document.path, &document.text, line),
        None => Place::file(&document.path),
    }
}

/// The number of that line, from 1. Hyphens and underscores are one, as everywhere in front matter.
pub(super) fn line_of_key(document: &Document, keys: &[&str]) -> Option<usize> {
    let front = document.text.get(..document.body_start)?;
    let key_of = |line: &str| Some(line.split_once(':')?.0.trim_end().replace('_', "-"));
    let lines = || front.lines().enumerate();
    keys.iter().find_map(|key| {
        let wanted = key.replace('_', "-");
        lines().find(|(_, line)| key_of(line).is_some_and(|found| found == wanted)).map(|(at, _)| at + 1)
    })
}

/// Where `word` first stands as a word of its own in line `line` or below, else where it stands at all, also in the
/// file beside; the whole file where it can't be found.
pub(super) fn of_word(document: &Document, line: usize, word: &str) -> Place {
    let text = &*document.text;
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let found = find(text, start, word).or_else(|| find(text, 0, word));
    if let Some(at) = found {
        return Place::in_text(&document.path, text, at..at + word.len());
    }
    let beside = document.beside.as_ref().and_then(|file| Some((file, find(&file.text, 0, word)?)));
    match beside {
        Some((file, at)) => Place::in_text(&file.path, &file.text, at..at + word.len()),
        None => Place::file(&document.path),
    }
}

fn find(text: &str, start: usize, word: &str) -> Option<usize> {
    let rest = text.get(start..).filter(|_| !word.is_empty())?;
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let alone = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    };
    rest.match_indices(word).map(|(at, _)| start + at).find(|at| alone(*at))
}

/// The document's title, else its whole file.
pub(super) fn of_title(document: &Document) -> Place {
    match document.title_heading.and_then(|at| document.headings.get(at)) {
        Some(heading) if !heading.span.is_empty() => {
            Place::in_text(&document.path, &document.text, heading.span.clone())
        }
        _ => of_key(document, &["title"]),
    }
}
