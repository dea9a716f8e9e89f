//! A document's text as the search sees it, taken while its body is written: one passage for the text before the
//! first heading, one for each heading but the title's.

use pulldown_cmark::{Tag, TagEnd};

use crate::document::html::policy::{self, Verdict};
use crate::document::markdown::Node;

/// Most passages are longer than this, in bytes.
const USUAL: usize = 256;

/// Gathers text as nodes go by.
#[derive(Debug)]
pub struct Passages {
    all: Vec<String>,
    /// Headings so far, the title's included.
    headings: usize,
    title: Option<usize>,
    in_heading: bool,
    in_code: bool,
    /// Where the last code block starts in the last passage.
    code: usize,
}

impl Passages {
    /// For a document whose heading `title` is shown elsewhere and starts no passage.
    pub fn new(title: Option<usize>) -> Self {
        Self {
            all: vec![String::with_capacity(USUAL)],
            headings: 0,
            title,
            in_heading: false,
            in_code: false,
            code: usize::MAX,
        }
    }

    /// Takes the next node of the body.
    pub fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Text(text) if self.in_code => self.code(text),
            Node::Text(text) | Node::Code(text) | Node::Mention(text) | Node::Moment { text, .. } => {
                self.text(text);
            }
            Node::Math { tex, .. } => self.text(tex),
            Node::SoftBreak | Node::HardBreak => self.text(" "),
            Node::Start(tag) => self.start(tag),
            Node::End(tag) => self.end(*tag),
            Node::Open(element) => self.element(element.name),
            Node::Close(name) => self.element(name),
            Node::Rule => self.block(),
            Node::Task(_) | Node::Footnote(_) | Node::Raw(_) | Node::RawId(_) | Node::RawLink(_) => {}
        }
    }

    /// The passages in order, each without white space at its end.
    pub fn finish(self) -> Vec<String> {
        self.all
            .into_iter()
            .map(|mut text| {
                text.truncate(text.trim_end().len());
                text
            })
            .collect()
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                if self.title != Some(self.headings) {
                    self.all.push(String::with_capacity(USUAL));
                }
                self.headings += 1;
                self.in_heading = true;
            }
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.block();
                self.code = self.all.last().map_or(usize::MAX, String::len);
            }
            tag if is_inline(tag.to_end()) => {}
            _ => self.block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.in_heading = false,
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.block();
            }
            tag if is_inline(tag) => {}
            _ => self.block(),
        }
    }

    fn element(&mut self, name: &str) {
        let phrasing = matches!(policy::verdict(name), Verdict::Allowed(rule) if rule.is_phrasing());
        if !phrasing || name == "br" {
            self.block();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(passage) = self.all.last_mut().filter(|_| !self.in_heading) {
            passage.push_str(text);
        }
    }

    /// Indentation is no text.
    fn code(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(end);
            let indent = line.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
            self.text(&line[indent..]);
            rest = after;
        }
    }

    /// Takes what stands above the last code block. Of several the last comes first.
    pub fn caption(&mut self, caption: &str) {
        let at = self.code;
        if let Some(passage) = self.all.last_mut().filter(|text| text.is_char_boundary(at)) {
            passage.insert(at, '\n');
            passage.insert_str(at, caption);
        }
    }

    /// What follows is another block.
    fn block(&mut self) {
        if let Some(passage) = self.all.last_mut().filter(|text| !text.is_empty() && !text.ends_with('\n')) {
            passage.push('\n');
        }
    }
}

const fn is_inline(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::ops::Range;

    use super::*;
    use crate::config::HtmlPolicy;
    use crate::document::markdown::{Context, Sink, walk};

    struct Tap(Passages);

    impl<'a> Sink<'a> for Tap {
        fn node(&mut self, node: Node<'a>, _: Range<usize>) {
            self.0.node(&node);
        }
    }

    struct Shared<'p>(&'p mut Passages);

    impl<'a> Sink<'a> for Shared<'_> {
        fn node(&mut self, node: Node<'a>, _: Range<usize>) {
            self.0.node(&node);
        }
    }

    fn passages(text: &str, title: Option<usize>) -> Vec<String> {
        let people = BTreeMap::new();
        let mut tap = Tap(Passages::new(title));
        walk(text, 0, Context { people: &people, html: HtmlPolicy::Safe, recordings: &[] }, &mut tap)
            .unwrap();
        tap.0.finish()
    }

    #[test]
    fn every_heading_but_the_title_starts_a_passage() {
        let text = "before\n\n# Title\n\nbelow\n\n## One\n\na *b* `c`\n\n### Two\n## Three\n\nd\n";
        assert_eq!(passages(text, Some(0)), ["before\nbelow", "a b c", "", "d"]);
        assert_eq!(passages(text, None), ["before", "below", "a b c", "", "d"]);
    }

    #[test]
    fn blocks_are_apart_and_words_are_whole() {
        let text = "- one\n- two **bo**ld\n\n| a | b |\n|---|---|\n| c | d |\n\n```rust\nfn a() {\n    b();\n}\n```\n\nH<sub>2</sub>O<br>x\n";
        assert_eq!(passages(text, None), ["one\ntwo bold\na\nb\nc\nd\nfn a() {\nb();\n}\nH2O\nx"]);
    }

    #[test]
    fn what_stands_above_code_comes_before_it() {
        let mut passages = Passages::new(None);
        let mut said = |text| {
            walk(
                text,
                0,
                Context { people: &BTreeMap::new(), html: HtmlPolicy::Safe, recordings: &[] },
                &mut Shared(&mut passages),
            )
            .unwrap();
        };
        said("before\n\n```\ncode\n```\n");
        passages.caption("Rust");
        passages.caption("main.rs");
        assert_eq!(passages.finish(), ["before\nmain.rs\nRust\ncode"]);
        let mut none = Passages::new(None);
        none.caption("no code came before");
        assert_eq!(none.finish(), [""]);
    }

    #[test]
    fn what_pictures_and_formulas_say_is_text_and_addresses_are_not() {
        let text = "![a cat](cat.png) [here](https://example.org/x) $a_1$\n\n> [!NOTE]\n> said\n";
        assert_eq!(passages(text, None), ["a cat here a_1\nsaid"]);
    }
}
