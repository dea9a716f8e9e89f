//! The nodes of a walk, kept in little room, so that a second reader of a document gets them without a second walk.
//!
//! A node is a few places in the document's text; what doesn't stand there as it is (resolved references, unfolded
//! code) is kept beside it. Where a document makes very many nodes of little text, nothing is kept and it is walked
//! again: what is held must stay a small multiple of what was read.

use std::mem::size_of;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Tag, TagEnd};

use super::walk::{Node, Refused, Sink};

/// How many bytes are kept at most for each byte of text, and beyond that.
const MOST: usize = 4;
const FREE: usize = 4096;

/// The nodes of a document, in order.
#[derive(Debug, Default)]
pub struct Tape {
    items: Vec<Item>,
    /// Texts that the document doesn't have as they are, one behind the other.
    own: String,
    links: Vec<Destination>,
    others: Vec<Node<'static>>,
}

/// From where to where. What lies behind the end of the document's text lies in [`Tape::own`], counted on.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    end: u32,
}

/// A node with its place; small, since a large site has tens of millions.
#[derive(Clone, Copy, Debug)]
enum Item {
    /// Text that stands at its place as it is.
    Text(Place),
    /// Text that stands at another, as in all that follow.
    Words(Place, Place),
    Code(Place, Place),
    Math(Place, Place, bool),
    SoftBreak(Place),
    HardBreak(Place),
    Rule(Place),
    Task(Place, bool),
    /// An element without anything of its own to say.
    Start(Place, TagEnd),
    /// A code block with fences, and what follows the first of them.
    Fenced(Place, Place),
    Indented(Place),
    End(Place, TagEnd),
    /// A link, or an image, by its number in [`Tape::links`].
    Link(Place, u32),
    Image(Place, u32),
    /// Any other node, by its number in [`Tape::others`].
    Other(Place, u32),
}

/// Where a link leads, as the parser says it.
#[derive(Clone, Copy, Debug)]
struct Destination {
    link_type: LinkType,
    dest_url: Place,
    title: Place,
    id: Place,
}

impl Tape {
    /// Gives all nodes to `sink`; `text` is the document's, all of it.
    pub fn play<'a>(&'a self, text: &'a str, sink: &mut impl Sink<'a>) {
        let player = Player { tape: self, text };
        for item in &self.items {
            let (place, node) = player.node(*item);
            sink.node(node, place.start as usize..place.end as usize);
        }
    }
}

struct Player<'a> {
    tape: &'a Tape,
    text: &'a str,
}

impl<'a> Player<'a> {
    fn node(&self, item: Item) -> (Place, Node<'a>) {
        match item {
            Item::Text(at) => (at, Node::Text(self.said(at))),
            Item::Words(at, text) => (at, Node::Text(self.said(text))),
            Item::Code(at, code) => (at, Node::Code(self.said(code))),
            Item::Math(at, tex, display) => (at, Node::Math { tex: self.said(tex), display }),
            Item::SoftBreak(at) => (at, Node::SoftBreak),
            Item::HardBreak(at) => (at, Node::HardBreak),
            Item::Rule(at) => (at, Node::Rule),
            Item::Task(at, done) => (at, Node::Task(done)),
            Item::Start(at, end) => (at, Node::Start(element(end))),
            Item::Fenced(at, info) => {
                (at, Node::Start(Tag::CodeBlock(CodeBlockKind::Fenced(self.said(info)))))
            }
            Item::Indented(at) => (at, Node::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
            Item::End(at, end) => (at, Node::End(end)),
            Item::Link(at, number) => {
                let (link_type, dest_url, title, id) = self.destination(number);
                (at, Node::Start(Tag::Link { link_type, dest_url, title, id }))
            }
            Item::Image(at, number) => {
                let (link_type, dest_url, title, id) = self.destination(number);
                (at, Node::Start(Tag::Image { link_type, dest_url, title, id }))
            }
            Item::Other(at, number) => (at, self.tape.others[number as usize].clone()),
        }
    }

    fn destination(&self, number: u32) -> (LinkType, CowStr<'a>, CowStr<'a>, CowStr<'a>) {
        let Destination { link_type, dest_url, title, id } = self.tape.links[number as usize];
        (link_type, self.said(dest_url), self.said(title), self.said(id))
    }

    fn said(&self, at: Place) -> CowStr<'a> {
        let (start, end) = (at.start as usize, at.end as usize);
        let length = self.text.len();
        let said = match start.checked_sub(length) {
            Some(start) => self.tape.own.get(start..end - length),
            None => self.text.get(start..end),
        };
        CowStr::Borrowed(said.unwrap_or_default())
    }
}

/// Gives nodes on and keeps them.
pub struct Recorder<'r, 'a, S> {
    text: &'a str,
    sink: &'r mut S,
    tape: Tape,
    /// How many bytes may still be kept; nothing is, once they are used up.
    room: Option<usize>,
}

impl<'r, 'a, S> Recorder<'r, 'a, S> {
    /// Over a document with this text, all of it.
    pub fn new(text: &'a str, sink: &'r mut S) -> Self {
        // Few documents have more than a node for sixteen bytes.
        let tape = Tape { items: Vec::with_capacity(text.len() / 16), ..Tape::default() };
        Self { text, sink, tape, room: Some(FREE + MOST * text.len()) }
    }

    /// What was kept, where all was.
    pub fn finish(mut self) -> Option<Tape> {
        self.room?;
        // A copy has no room to spare, and leaves the large block to the next document; shrunk, it would keep it.
        self.tape.items = self.tape.items.clone();
        self.tape.own.shrink_to_fit();
        self.tape.links.shrink_to_fit();
        Some(self.tape)
    }

    fn keep(&mut self, node: &Node<'a>, span: &Range<usize>) -> Option<()> {
        self.take(size_of::<Item>())?;
        let at = place(span)?;
        let item = match node {
            Node::Text(text) => {
                let words = self.said(text)?;
                if (words.start, words.end) == (at.start, at.end) {
                    Item::Text(at)
                } else {
                    Item::Words(at, words)
                }
            }
            Node::Code(code) => Item::Code(at, self.said(code)?),
            Node::Math { tex, display } => Item::Math(at, self.said(tex)?, *display),
            Node::SoftBreak => Item::SoftBreak(at),
            Node::HardBreak => Item::HardBreak(at),
            Node::Rule => Item::Rule(at),
            Node::Task(done) => Item::Task(at, *done),
            Node::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Item::Fenced(at, self.said(info)?),
            Node::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Item::Indented(at),
            Node::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Item::Link(at, self.link(*link_type, [dest_url, title, id])?)
            }
            Node::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Item::Image(at, self.link(*link_type, [dest_url, title, id])?)
            }
            Node::Start(start) if is_plain(start) => Item::Start(at, start.to_end()),
            Node::End(end) => Item::End(at, *end),
            other => Item::Other(at, self.other(other)?),
        };
        self.tape.items.push(item);
        Some(())
    }

    fn take(&mut self, bytes: usize) -> Option<()> {
        self.room = self.room?.checked_sub(bytes);
        self.room.map(|_| ())
    }

    /// Where `said` stands: in the text, or else, from now on, in what is kept beside it.
    fn said(&mut self, said: &str) -> Option<Place> {
        // A piece of the text is known by where it lies in memory.
        let start = (said.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if start.checked_add(said.len()).is_some_and(|end| end <= self.text.len()) {
            return place(&(start..start + said.len()));
        }
        self.take(said.len())?;
        let start = self.text.len() + self.tape.own.len();
        self.tape.own.push_str(said);
        place(&(start..start + said.len()))
    }

    fn link(&mut self, link_type: LinkType, [dest_url, title, id]: [&CowStr<'a>; 3]) -> Option<u32> {
        self.take(size_of::<Destination>())?;
        let (dest_url, title, id) = (self.said(dest_url)?, self.said(title)?, self.said(id)?);
        self.tape.links.push(Destination { link_type, dest_url, title, id });
        u32::try_from(self.tape.links.len() - 1).ok()
    }

    fn other(&mut self, node: &Node<'a>) -> Option<u32> {
        // About as much again as the node itself for what it holds.
        self.take(2 * size_of::<Node<'_>>())?;
        self.tape.others.push(node.clone().into_static());
        u32::try_from(self.tape.others.len() - 1).ok()
    }
}

impl<'a, S: Sink<'a>> Sink<'a> for Recorder<'_, 'a, S> {
    fn node(&mut self, node: Node<'a>, span: Range<usize>) {
        if self.room.is_some() && self.keep(&node, &span).is_none() {
            self.room = None;
            self.tape = Tape::default();
        }
        self.sink.node(node, span);
    }

    fn refused(&mut self, what: Refused, span: Range<usize>) {
        self.sink.refused(what, span);
    }
}

fn place(span: &Range<usize>) -> Option<Place> {
    Some(Place { start: u32::try_from(span.start).ok()?, end: u32::try_from(span.end).ok()? })
}

/// Whether [`element`] makes this of its end.
fn is_plain(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Heading { id, classes, attrs, .. } => id.is_none() && classes.is_empty() && attrs.is_empty(),
        Tag::List(number) => number.is_none_or(|first| first == 1),
        Tag::CodeBlock(_)
        | Tag::FootnoteDefinition(_)
        | Tag::Table(_)
        | Tag::Link { .. }
        | Tag::Image { .. }
        | Tag::HtmlBlock
        | Tag::MetadataBlock(_) => false,
        _ => true,
    }
}

/// The element that ends so and has nothing of its own to say.
fn element(end: TagEnd) -> Tag<'static> {
    match end {
        TagEnd::Heading(level) => Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() },
        TagEnd::BlockQuote(kind) => Tag::BlockQuote(kind),
        TagEnd::List(ordered) => Tag::List(ordered.then_some(1)),
        TagEnd::Item => Tag::Item,
        TagEnd::DefinitionList => Tag::DefinitionList,
        TagEnd::DefinitionListTitle => Tag::DefinitionListTitle,
        TagEnd::DefinitionListDefinition => Tag::DefinitionListDefinition,
        TagEnd::TableHead => Tag::TableHead,
        TagEnd::TableRow => Tag::TableRow,
        TagEnd::TableCell => Tag::TableCell,
        TagEnd::Emphasis => Tag::Emphasis,
        TagEnd::Strong => Tag::Strong,
        TagEnd::Strikethrough => Tag::Strikethrough,
        TagEnd::Superscript => Tag::Superscript,
        TagEnd::Subscript => Tag::Subscript,
        // The rest is not plain, and kept another way.
        TagEnd::Paragraph
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::FootnoteDefinition
        | TagEnd::Table
        | TagEnd::Link
        | TagEnd::Image
        | TagEnd::MetadataBlock(_) => Tag::Paragraph,
    }
}

impl Node<'_> {
    /// The same without anything borrowed.
    fn into_static(self) -> Node<'static> {
        match self {
            Node::Start(tag) => Node::Start(tag.into_static()),
            Node::End(end) => Node::End(end),
            Node::Text(text) => Node::Text(text.into_static()),
            Node::Code(code) => Node::Code(code.into_static()),
            Node::Math { tex, display } => Node::Math { tex: tex.into_static(), display },
            Node::SoftBreak => Node::SoftBreak,
            Node::HardBreak => Node::HardBreak,
            Node::Rule => Node::Rule,
            Node::Task(done) => Node::Task(done),
            Node::Footnote(label) => Node::Footnote(label.into_static()),
            Node::Mention(handle) => Node::Mention(handle.into_static()),
            Node::Moment { recording, at, leads, text } => {
                Node::Moment { recording, at, leads, text: text.into_static() }
            }
            Node::Open(element) => Node::Open(element),
            Node::Close(name) => Node::Close(name),
            Node::Raw(html) => Node::Raw(html.into_static()),
            Node::RawId(id) => Node::RawId(id),
            Node::RawLink(target) => Node::RawLink(target),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{HtmlPolicy, Person};
    use crate::document::markdown::{Context, walk};

    #[derive(Default)]
    struct Seen<'a>(Vec<(Node<'a>, Range<usize>)>);

    impl<'a> Sink<'a> for Seen<'a> {
        fn node(&mut self, node: Node<'a>, span: Range<usize>) {
            self.0.push((node, span));
        }
    }

    /// Whether everything of `text` was kept; then it has been compared with what the walk gave.
    fn is_kept(text: &str, body_start: usize, html: HtmlPolicy) -> bool {
        let people = BTreeMap::from([("ana".to_owned(), Person { name: "Ana".to_owned(), timezone: None })]);
        let context = Context { people: &people, html, recordings: &["demo".to_owned()] };
        let mut walked = Seen::default();
        let mut recorder = Recorder::new(text, &mut walked);
        let ended = walk(text, body_start, context, &mut recorder);
        let Some(tape) = recorder.finish() else { return false };
        assert!(ended.is_ok());
        let mut played = Seen::default();
        tape.play(text, &mut played);
        assert_eq!(played.0, walked.0, "{text:?}");
        true
    }

    #[test]
    fn gives_every_kind_of_node_again() {
        let text = "---\ntitle: x\n---\n# A `b` {#c .d}\n\n## B\n\n1. one\n2. [x] two\n\n4. four\n\n> [!NOTE]\n> *a* **b** ~~c~~  \n> d\n\n\
            [a](b.md \"c\") ![d][e] <https://example.org/a&amp;b> www.example.org me@example.org @ana [demo 1:02] [2:03]\n\n\
            [e]: <f g.png> 'h &auml;'\n\n| a | b |\n|:--|---|\n| c | &lt; $x$ |\n\n$$y$$\n\n***\n\n```rust title=\"&quot;\"\nfn\n\n  x\n```\n\n\
            - a\n\n  ```\n  b\n   c\n  ```\n\n      d\n\te\n\nF[^1]\n\n[^1]: Note\n\nterm\n: what it is\n\n\
            <details open><summary>s</summary>\n\n<b id=\"x\">y</b> &copy; z\\*\n\n</details>\n\n<a href=\"z.md\">z</a>\n";
        for html in [HtmlPolicy::Safe, HtmlPolicy::Raw] {
            assert!(is_kept(text, "---\ntitle: x\n---\n".len(), html));
        }
    }

    #[test]
    fn keeps_no_more_than_a_few_times_the_text() {
        let rows = |count| format!("|a|b|c|\n|-|-|-|\n{}", "|x|y|z|\n".repeat(count));
        assert!(is_kept(&rows(10), 0, HtmlPolicy::Safe));
        assert!(!is_kept(&rows(10_000), 0, HtmlPolicy::Safe));
    }

    proptest::proptest! {
        #[test]
        fn plays_what_was_walked(
            text in "(a|é|[ \t]|\n|\r\n|\n\n|#|\\*|_|`|```|~~|[|:]|[-]{1,3}|>|1\\.|\\[|\\]|\\(|\\)|<|/b>|b |\\$|&lt;|@ana|\\\\|\\[1:02\\]|http://a.b|!|\\^|\\{|\\}|=){0,60}"
        ) {
            is_kept(&text, 0, HtmlPolicy::Safe);
            is_kept(&text, 0, HtmlPolicy::Raw);
        }
    }
}
