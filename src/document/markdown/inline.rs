//! Small pieces of a walk: runs of text, what a heading's braces mean, handles.

use std::ops::Range;

use pulldown_cmark::{CowStr, Tag};

use super::walk::Handles;
use crate::document::html::element::valid_id;

/// Text that the parser gave in pieces, put together again without a copy where the pieces are neighbours.
#[derive(Debug, Default)]
pub struct Run<'a> {
    text: Pieces<'a>,
    span: Range<usize>,
}

#[derive(Debug, Default)]
enum Pieces<'a> {
    #[default]
    None,
    One(CowStr<'a>),
    Many(String),
}

impl<'a> Run<'a> {
    /// Adds `piece`, which stands at `span` of `source`.
    pub fn append(&mut self, source: &'a str, piece: CowStr<'a>, span: Range<usize>) {
        let start = if matches!(self.text, Pieces::None) { span.start } else { self.span.start };
        let whole = start..span.end;
        self.text = match std::mem::take(&mut self.text) {
            Pieces::None => Pieces::One(piece),
            Pieces::One(before) if self.are_neighbours(&before, &piece, &span) => {
                Pieces::One(CowStr::Borrowed(&source[whole.clone()]))
            }
            Pieces::One(before) => Pieces::Many([&*before, &*piece].concat()),
            Pieces::Many(mut text) => {
                text.push_str(&piece);
                Pieces::Many(text)
            }
        };
        self.span = whole;
    }

    /// Whether two pieces stand in the source as they are, one right after the other.
    fn are_neighbours(&self, before: &CowStr<'a>, piece: &CowStr<'a>, span: &Range<usize>) -> bool {
        let as_written = matches!((before, piece), (CowStr::Borrowed(a), CowStr::Borrowed(b))
            if a.len() == self.span.len() && b.len() == span.len());
        self.span.end == span.start && as_written
    }

    /// The text so far and its place; empties the run.
    pub fn take(&mut self) -> Option<(CowStr<'a>, Range<usize>)> {
        let text = match std::mem::take(&mut self.text) {
            Pieces::None => return None,
            Pieces::One(text) => text,
            Pieces::Many(text) => text.into(),
        };
        Some((text, self.span.clone()))
    }
}

/// A part of `text`, borrowed where that is possible.
pub fn part<'a>(text: &CowStr<'a>, range: Range<usize>) -> CowStr<'a> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[range]),
        text => CowStr::from(text[range].to_owned()),
    }
}

/// The place of a part of text that stands at `span`: exact where the text is as in the source.
pub fn part_span(text: &str, span: &Range<usize>, range: Range<usize>) -> Range<usize> {
    if text.len() == span.len() { span.start + range.start..span.start + range.end } else { span.clone() }
}

/// The handle as configured: as written, else in lower case.
pub fn handle<'p>(people: &'p Handles, written: &str) -> Option<&'p str> {
    let found = people.get_key_value(written);
    found.or_else(|| people.get_key_value(written.to_lowercase().as_str())).map(|(handle, _)| handle.as_str())
}

/// GitHub's other form of a formula: a code span between dollar signs.
pub fn without_backticks(tex: CowStr<'_>) -> CowStr<'_> {
    let inner = tex.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|rest| !rest.is_empty());
    match inner {
        Some(inner) => CowStr::from(inner.to_owned()),
        None => tex,
    }
}

/// A heading with no other attributes than a sound id and sound classes; other tags as they are.
pub fn sound_heading(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Heading { level, id, classes, .. } => Tag::Heading {
            level,
            id: id.filter(|id| valid_id(id)),
            classes: classes.into_iter().filter(|class| is_class(class)).collect(),
            attrs: Vec::new(),
        },
        tag => tag,
    }
}

fn is_class(class: &str) -> bool {
    !class.is_empty() && class.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Finds out what the parser took from the end of a heading without a use for it.
///
/// pulldown-cmark reads any braces as attributes; in `## GET /users/{id}` they are text, as on GitHub.
#[derive(Debug, Default)]
pub struct HeadingText {
    /// Whether a heading without id and classes is open.
    open: bool,
    /// Where its text ends so far.
    end: usize,
}

impl HeadingText {
    /// A heading starts.
    pub fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        if let Tag::Heading { id, classes, .. } = tag {
            self.open = id.is_none() && classes.is_empty();
            self.end = span.start;
        }
    }

    /// Something stands in a line of text.
    pub fn inline(&mut self, span: &Range<usize>) {
        if self.open && span.end > self.end {
            self.end = span.end;
        }
    }

    /// At the heading's end: the place of the braces that were taken, with the space before them.
    pub fn lost_braces(&mut self, text: &str, span: &Range<usize>) -> Option<Range<usize>> {
        let open = std::mem::take(&mut self.open);
        let rest = text.get(self.end..span.end).filter(|_| open)?;
        let line = rest.lines().next()?.trim_end().trim_end_matches('#').trim_end();
        (line.ends_with('}') && line.trim_start().starts_with('{')).then(|| self.end..self.end + line.len())
    }
}
