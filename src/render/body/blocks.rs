//! Markdown's elements one by one; those with a life of their own live in the modules beside.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Tag, TagEnd};

use super::writer::{Paragraph, Writer};
use crate::escape;

impl<'a> Writer<'_, 'a> {
    /// Writes the start of a Markdown element.
    pub fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, classes, .. } => self.start_heading(level as u8, &classes.join(" ")),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.raw("<em>"),
            Tag::Strong => self.raw("<strong>"),
            Tag::Strikethrough => self.raw("<del>"),
            Tag::Superscript => self.raw("<sup>"),
            Tag::Subscript => self.raw("<sub>"),
            Tag::Link { title, .. } => self.start_link(&title),
            Tag::Image { title, .. } => self.start_image(title),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    /// Writes the end of a Markdown element.
    pub fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(kind) => {
                self.raw(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => self.end_code(span),
            TagEnd::List(true) => self.raw("</ol>\n"),
            TagEnd::List(false) => self.raw("</ul>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.raw("</dl>\n"),
            TagEnd::DefinitionListTitle => self.raw("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.raw("</dd>\n"),
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.raw("</em>"),
            TagEnd::Strong => self.raw("</strong>"),
            TagEnd::Strikethrough => self.raw("</del>"),
            TagEnd::Superscript => self.raw("</sup>"),
            TagEnd::Subscript => self.raw("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn block(&mut self, tag: &str) {
        self.line();
        self.raw(tag);
    }

    fn start_paragraph(&mut self) {
        self.line();
        self.paragraph = Some(Paragraph { start: self.out.len(), nodes: 0, figure: None });
        self.raw("<p>");
    }

    /// An image alone in its paragraph, with a title, is a figure.
    fn end_paragraph(&mut self) {
        match self.paragraph.take() {
            Some(Paragraph { start, nodes: 1, figure: Some((image, title)) }) => {
                let image = self.out.split_off(image);
                self.out.truncate(start);
                // What the caption says, the image need not say again.
                let mut said = String::from(" title=\"");
                escape::attribute(&mut said, &title);
                said.push('"');
                self.raw("<figure>");
                self.raw(&image.replacen(&said, "", 1));
                self.raw("<figcaption>");
                self.text(&title);
                self.raw("</figcaption></figure>\n");
            }
            _ => self.raw("</p>\n"),
        }
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.line();
        let (class, title) = match kind {
            None => return self.raw("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "Note"),
            Some(BlockQuoteKind::Tip) => ("tip", "Tip"),
            Some(BlockQuoteKind::Important) => ("important", "Important"),
            Some(BlockQuoteKind::Warning) => ("warning", "Warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "Caution"),
        };
        self.raw("<aside class=\"alert alert-");
        self.raw(class);
        self.raw("\" role=\"note\"><p class=\"alert-title\">");
        self.raw(title);
        self.raw("</p>\n");
    }
}
