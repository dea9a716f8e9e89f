//! One pass over a block before its values are read: what would make a parser suffer is refused, and the place
//! of each value is noted.
//!
//! The pass takes events from `saphyr-parser`, which reads them one by one in linear time and gives up at 255
//! nested flow collections by itself. (The C library that `serde_yaml` descends from takes half a minute for
//! 100,000 open brackets and a gigabyte for 8 KiB of aliases.) Nothing here keeps a value.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError, Span, StrInput};

use super::{Limits, Source, explain};
use crate::diagnostic::Diagnostic;

/// What kind of value stands at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar,
    List,
    Map,
}

/// A value's place, in the order in which a reader meets it.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) shape: Shape,
}

/// The marks of a block; `None` where it is refused, with an error in `source`.
pub(super) fn run(source: &Source<'_>, block: Range<usize>, limits: Limits) -> Option<Vec<Mark>> {
    let text = source.slice(&block);
    if text.len() > limits.bytes {
        let (kib, most) = (text.len() / 1024, limits.bytes / 1024);
        let first = block.start..block.start + text.find('\n').unwrap_or(text.len());
        source.report(
            &first,
            Diagnostic::error("yaml-too-large", format!("this block has {kib} KiB, more than {most} KiB"))
                .hint("Move long texts into the body of the document."),
        );
        return None;
    }
    if !only_characters_of_text(source, &block) {
        return None;
    }
    Surveyor::new(source, block, limits).run()
}

/// Reports each control character; YAML allows only tab and line breaks.
fn only_characters_of_text(source: &Source<'_>, block: &Range<usize>) -> bool {
    let wrong = |c: char| (c.is_control() && !"\t\n\r".contains(c)) || "\u{feff}\u{fffe}\u{ffff}".contains(c);
    let mut clean = true;
    for (at, character) in source.slice(block).char_indices().filter(|(_, c)| wrong(*c)).take(10) {
        let at = block.start + at;
        let message = format!("the control character U+{:04X} can't stand here", u32::from(character));
        let found = Diagnostic::error("control-character", message);
        source.report(&(at..at + character.len_utf8()), found.hint("Delete it."));
        clean = false;
    }
    clean
}

struct Surveyor<'s, 'a> {
    source: &'s Source<'a>,
    block: Range<usize>,
    limits: Limits,
    /// Byte of each character; empty where the block is ASCII and they are the same.
    bytes: Vec<usize>,
    marks: Vec<Mark>,
    /// Collections that are open: their mark and the anchor they define.
    open: Vec<(usize, usize)>,
    /// The marks of what each anchor names.
    anchors: BTreeMap<usize, Range<usize>>,
    aliases: usize,
    documents: usize,
}

impl<'s, 'a> Surveyor<'s, 'a> {
    fn new(source: &'s Source<'a>, block: Range<usize>, limits: Limits) -> Self {
        let text = source.slice(&block);
        let bytes =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        let (marks, open, anchors) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { source, block, limits, bytes, marks, open, anchors, aliases: 0, documents: 0 }
    }

    fn run(mut self) -> Option<Vec<Mark>> {
        let parser: Parser<'a, StrInput<'a>> = Parser::new_from_str(self.source.slice(&self.block));
        for event in parser {
            match event {
                Ok((event, span)) => self.event(event, span)?,
                Err(error) => return self.syntax(&error),
            }
        }
        Some(self.marks)
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> Option<()> {
        let span = self.span(span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                let message = || "a second YAML document starts here, only one is read".into();
                self.within(self.documents <= 1, &span, "yaml-documents", message)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(_, _, anchor, tag) => {
                self.untagged(tag.is_none(), &span)?;
                self.mark(Shape::Scalar, span)?;
                self.close(self.marks.len() - 1, anchor);
                Some(())
            }
            Event::SequenceStart(anchor, tag) => {
                self.untagged(tag.is_none(), &span)?;
                self.open(Shape::List, span, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.untagged(tag.is_none(), &span)?;
                self.open(Shape::Map, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (mark, anchor) = self.open.pop()?;
                // `[...]` and `{...}` stand where they stand as a whole; what is indented starts with its first part.
                let opening = &mut self.marks[mark].span;
                if opening.start < opening.end {
                    opening.end = span.end;
                }
                self.close(mark, anchor);
                Some(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Some(()),
        }
    }

    fn mark(&mut self, shape: Shape, span: Range<usize>) -> Option<()> {
        self.fits(self.marks.len() + 1, &span)?;
        self.marks.push(Mark { span, shape });
        Some(())
    }

    fn open(&mut self, shape: Shape, span: Range<usize>, anchor: usize) -> Option<()> {
        self.within(self.open.len() < self.limits.depth, &span, "yaml-too-deep", || self.too_deep())?;
        self.mark(shape, span)?;
        self.open.push((self.marks.len() - 1, anchor));
        Some(())
    }

    fn close(&mut self, mark: usize, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, mark..self.marks.len());
        }
    }

    /// A reader meets all that the anchor names once more, at the place of the alias.
    fn alias(&mut self, anchor: usize, span: Range<usize>) -> Option<()> {
        self.aliases += 1;
        let message = || format!("more than {} aliases (`*name`) in one block", self.limits.aliases);
        self.within(self.aliases <= self.limits.aliases, &span, "yaml-aliases", message)?;
        let Some(named) = self.anchors.get(&anchor).cloned() else {
            let message = || "this alias stands inside what it repeats".into();
            return self.within(false, &span, "yaml-aliases", message);
        };
        self.fits(self.marks.len() + named.len(), &span)?;
        for index in named {
            let shape = self.marks[index].shape;
            self.marks.push(Mark { span: span.clone(), shape });
        }
        Some(())
    }

    fn fits(&self, values: usize, span: &Range<usize>) -> Option<()> {
        let message = || format!("more than {} values in one block", self.limits.values);
        self.within(values <= self.limits.values, span, "yaml-too-large", message)
    }

    fn untagged(&self, plain: bool, span: &Range<usize>) -> Option<()> {
        let message =
            || "YAML tags (`!name`) have no meaning here; a text that starts with `!` needs quotes".into();
        self.within(plain, span, "yaml-tag", message)
    }

    fn too_deep(&self) -> String {
        format!("more than {} lists and mappings inside each other", self.limits.depth)
    }

    fn within(
        &self,
        fine: bool,
        span: &Range<usize>,
        code: &'static str,
        message: impl FnOnce() -> String,
    ) -> Option<()> {
        if !fine {
            self.source.report(span, Diagnostic::error(code, message()));
        }
        fine.then_some(())
    }

    fn syntax(&self, error: &ScanError) -> Option<Vec<Mark>> {
        let at = self.byte(error.marker().index());
        if error.info().contains("recursion limit") {
            self.within(false, &(at..at + 1), "yaml-too-deep", || self.too_deep())?;
        }
        explain::syntax(self.source, &self.block, at, error.info());
        None
    }

    fn span(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    /// The byte of the file at which the block's character `index` starts.
    fn byte(&self, index: usize) -> usize {
        let at = if self.bytes.is_empty() { Some(index) } else { self.bytes.get(index).copied() };
        at.map_or(self.block.end, |at| (self.block.start + at).min(self.block.end))
    }
}
