//! A source file made into a [`Document`], or into the reasons why it can't be one.

use std::ops::Range;

use super::markdown::{Context, Handles, Kept, Refused, Tape, TooDeep, depth, guard};
use super::outline::{self, Outline};
use super::{Document, FrontMatter, RecordForm, contexts, front_matter, moments, record};
use crate::config::HtmlPolicy;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::path::SourcePath;
use crate::source::SourceFile;

/// A document's tags may take this many bytes, and [`GROWTH`] more for each of its own: Markdown can be written
/// that grows thirtyfold (short rows of a wide table, deep quotes).
const FREE_GROWTH: usize = 256 * 1024;
const GROWTH: usize = 12;

/// Reads `file`. There is no document where its body can't be read; everything found is in the diagnostics.
pub fn parse(file: &SourceFile, people: &Handles, html: HtmlPolicy) -> (Option<Document>, Vec<Diagnostic>) {
    parse_beside(file, None, people, html)
}

/// The same, where a file with the facts of a record lies beside `file`.
pub fn parse_beside(
    file: &SourceFile,
    beside: Option<&SourceFile>,
    people: &Handles,
    html: HtmlPolicy,
) -> (Option<Document>, Vec<Diagnostic>) {
    let (mut front, body_start, mut diagnostics) = front_matter::read(&file.path, &file.text);
    let (record, found) = record::detect(&mut front, &file.path, (&file.text, body_start), beside);
    if record.is_some() {
        forgive(&mut diagnostics);
    }
    diagnostics.extend(found);
    let recordings = moments::recordings(&front, &file.path);
    let context = Context { people, html, recordings: &recordings };
    match body(file, &front, body_start, context) {
        Ok(body) => {
            let refusals = body.outline.refused.iter();
            diagnostics.extend(refusals.map(|(what, span)| refused(file, what, span, &recordings)));
            let beside = beside.filter(|_| record == Some(RecordForm::Kep)).cloned();
            let head = Head { front, recordings, record, beside, body_start };
            (Some(document(file, head, body)), diagnostics)
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            (None, diagnostics)
        }
    }
}

/// A record is somebody else's, as a rule: that a date of it can't be read is worth a warning, and no reason not to
/// show it.
fn forgive(diagnostics: &mut [Diagnostic]) {
    let is_date = |key: &str| matches!(key, "date" | "created" | "updated");
    let of_date = |found: &&mut Diagnostic| found.key.as_deref().is_some_and(is_date);
    let dates = diagnostics.iter_mut().filter(|found| found.code == "wrong-value").filter(of_date);
    dates.for_each(|found| found.severity = Severity::Warning);
}

/// What is known of a document before its body is read.
struct Head {
    front: FrontMatter,
    /// What it calls its recordings.
    recordings: Vec<String>,
    record: Option<RecordForm>,
    /// The file with the facts of the record.
    beside: Option<SourceFile>,
    body_start: usize,
}

/// What a body says.
#[derive(Debug)]
struct Body {
    /// Together with the contexts of its asks.
    outline: Outline,
    /// Where the links of each context begin.
    context_links: Vec<usize>,
    /// Those of the body alone.
    nodes: Option<Tape>,
}

fn body(
    file: &SourceFile,
    front: &FrontMatter,
    body_start: usize,
    context: Context<'_>,
) -> Result<Body, Box<Diagnostic>> {
    if let Some(line) = depth::too_deep(&file.text[body_start..]) {
        return Err(Box::new(too_deep(file, body_start + line.start..body_start + line.end)));
    }
    guarded(file, || {
        let (mut outline, nodes) = outline::keep(&file.text, body_start, context)?;
        let context_links = contexts::read(&file.text, &front.asks, context, &mut outline)?;
        Ok(Body { outline, context_links, nodes })
    })
}

/// What `read` finds, or why it can't be used; a panic of the parser is one of the reasons.
fn guarded(file: &SourceFile, read: impl FnOnce() -> Result<Body, TooDeep>) -> Result<Body, Box<Diagnostic>> {
    match guard::quietly(read) {
        Err(guard::GaveUp) => Err(Box::new(gave_up(file))),
        Ok(Err(deep)) => Err(Box::new(too_deep(file, deep.0))),
        Ok(Ok(body)) if body.outline.weight > FREE_GROWTH + GROWTH * file.text.len() => {
            Err(Box::new(grows(file)))
        }
        Ok(Ok(body)) => Ok(body),
    }
}

fn too_deep(file: &SourceFile, span: Range<usize>) -> Diagnostic {
    Diagnostic::error(
        "markdown-too-deep",
        format!("More than {} quotes or lists stand in one another", depth::DEEPEST),
    )
    .at(Place::in_text(&file.path, &file.text, span))
    .hint("Where this is an example, put it into a code block.")
}

fn gave_up(file: &SourceFile) -> Diagnostic {
    Diagnostic::error("markdown-parser", "The Markdown parser can't read this document")
        .at(Place::file(&file.path))
        .hint("This is a fault of the parser; it is known for `{...}` at the end of a heading near a definition list.")
        .hint("Take out the part that was added last, and write it differently.")
}

fn grows(file: &SourceFile) -> Diagnostic {
    Diagnostic::error(
        "markdown-too-large",
        format!("This document grows to more than {GROWTH} times its size as HTML"),
    )
    .at(Place::file(&file.path))
    .hint("Tables with many columns and short rows, and deep quotes, do that: divide or shorten them.")
}

fn refused(file: &SourceFile, what: &Refused, span: &Range<usize>, recordings: &[String]) -> Diagnostic {
    const RAW: &str = "`html: raw` in threadmark.yml lets all HTML pass; use it where you trust all authors.";
    let (message, hint) = match what {
        Refused::Element(name) => {
            (format!("`<{name}>` is not allowed in documents and was left out"), RAW.to_owned())
        }
        Refused::Attribute(name) => {
            (format!("The attribute `{name}` is not allowed and was left out"), RAW.to_owned())
        }
        Refused::Unknown(name) => (
            format!("`<{name}>` is no HTML element and is shown as text"),
            format!("If it is meant as text, write it as code or as `\\<{name}>`."),
        ),
        Refused::Place(name) => (
            format!("`<{name}>` can't stand here and was left out"),
            "A block can't stand in a line of text, nor a row or item without its table or list.".to_owned(),
        ),
        Refused::Recording(name) => {
            let message = format!("This document names no recording `{name}`; the time is shown as text");
            return Diagnostic::warning("unknown-recording", message)
                .at(Place::in_text(&file.path, &file.text, span.clone()))
                .suggest(name, recordings.iter().map(String::as_str))
                .hint("Recordings are named in the front matter: `recordings: [{ id: demo, of: recordings/demo }]`.");
        }
        Refused::Long => (
            "This HTML has a tag of more than 2,048 characters and is shown as text".to_owned(),
            "Shorten the tag.".to_owned(),
        ),
    };
    Diagnostic::warning("html-not-allowed", message)
        .at(Place::in_text(&file.path, &file.text, span.clone()))
        .hint(hint)
}

fn document(file: &SourceFile, head: Head, body: Body) -> Document {
    let Head { front, recordings, record, beside, body_start } = head;
    let Body { outline, context_links, nodes } = body;
    let heading = outline.first_title.map(|at| outline.headings[at].text.as_str());
    let number = record.and(front.decision.number.as_deref());
    let heading = heading.map(|text| without_number(text, number)).filter(|text| !text.is_empty());
    let title =
        front.title.clone().or_else(|| heading.map(str::to_owned)).unwrap_or_else(|| words(&file.path));
    // Left out of the body only where nothing stands above it and it says what the page's head says.
    let title_heading = outline.first_title.filter(|at| *at == 0 && heading == Some(title.as_str()));
    Document {
        path: file.path.clone(),
        text: file.text.clone(),
        body_start,
        front: Box::new(front),
        record,
        beside,
        title,
        title_heading,
        headings: outline.headings,
        html_ids: outline.html_ids,
        links: outline.links,
        context_links,
        recordings,
        moments: outline.moments,
        mentions: outline.mentions,
        words: outline.words,
        excerpt: outline.excerpt,
        nodes: Kept::new(nodes),
    }
}

/// The title of a record without the number before it (`7. Title`, as adr-tools writes it): the page shows the number.
fn without_number<'a>(heading: &'a str, number: Option<&str>) -> &'a str {
    let rest = number
        .and_then(|number| heading.trim_start_matches('0').strip_prefix(number.trim_start_matches('0')));
    rest.and_then(|rest| rest.strip_prefix(". ")).map_or(heading, str::trim)
}

/// A file's name in words; an index file goes by its folder's name.
fn words(path: &SourcePath) -> String {
    let stem = path.stem();
    let index = stem.eq_ignore_ascii_case("index") || stem.eq_ignore_ascii_case("readme");
    let folder = path.parent().rsplit('/').next().unwrap_or_default();
    let name = if index && !folder.is_empty() { folder } else { stem };
    if let Some(series) = in_series(name) {
        return series;
    }
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_owned(),
    }
}

/// Series of records whose names are initials.
const SERIES: [&str; 8] = ["adr", "eip", "erc", "kep", "pep", "rfc", "rfd", "se"];

/// `EIP-20` for a file that is called `eip-20`.
fn in_series(name: &str) -> Option<String> {
    let (series, number) = name.split_once('-')?;
    let known = SERIES.iter().any(|known| series.eq_ignore_ascii_case(known));
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (known && digits).then(|| format!("{}-{number}", series.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_parser_is_an_error_of_that_page() {
        let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: "x".into() };
        let error = guarded(&file, || panic!("as pulldown-cmark does")).unwrap_err();
        assert_eq!((error.code, error.place.unwrap().path.as_str()), ("markdown-parser", "a.md"));
    }

    #[test]
    fn files_without_a_title_go_by_their_name() {
        for (path, expected) in [
            ("a-b_c.md", "A b c"),
            ("x/queue store/README.md", "Queue store"),
            ("index.md", "Index"),
            ("-.md", "-"),
            ("eip-20.md", "EIP-20"),
            ("eip-20-draft.md", "Eip 20 draft"),
        ] {
            assert_eq!(words(&SourcePath::new(path).unwrap()), expected);
        }
    }
}
