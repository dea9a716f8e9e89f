//! A run of text given on in pieces: what it speaks of becomes links, mentions and moments.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};

use super::autolink::{self, Found, KnownNames};
use super::inline;
use super::walk::{Context, Node, Refused, Sink, Walker};

impl<'a, S: Sink<'a>> Walker<'a, '_, S> {
    /// Gives the text gathered so far on, in pieces.
    pub(super) fn flush(&mut self) {
        let Some((text, span)) = self.run.take() else { return };
        self.before_text(&text, span.start);
        let may_link = !self.in_code && !self.stack.in_link() && self.images == 0;
        if !may_link {
            self.sink.node(Node::Text(text), span);
            return;
        }
        let Context { people, recordings, .. } = self.context;
        let known = KnownNames { handle: &|handle| inline::handle(people, handle).is_some(), recordings };
        let mut at = 0;
        while let Some((found, range)) = autolink::find(&text, at, &known) {
            if range.start > at {
                let place = inline::part_span(&text, &span, at..range.start);
                self.sink.node(Node::Text(inline::part(&text, at..range.start)), place);
            }
            at = range.end;
            let place = inline::part_span(&text, &span, range.clone());
            self.leads = self.leads && text[..range.start].trim().is_empty();
            self.found(found, inline::part(&text, range), place);
            self.leads = false;
        }
        self.leads = self.leads && text.trim().is_empty();
        if at == 0 {
            self.sink.node(Node::Text(text), span);
        } else if at < text.len() {
            let place = inline::part_span(&text, &span, at..text.len());
            self.sink.node(Node::Text(inline::part(&text, at..text.len())), place);
        }
    }

    fn found(&mut self, found: Found, text: CowStr<'a>, span: Range<usize>) {
        let (link_type, dest_url) = match found {
            Found::Mention => {
                let handle = inline::handle(self.context.people, &text[1..]).unwrap_or(&text[1..]);
                let handle = CowStr::from(handle.to_owned());
                return self.sink.node(Node::Mention(handle), span);
            }
            Found::Moment { .. } if self.is_escaped(&span) => {
                return self.sink.node(Node::Text(text), span);
            }
            Found::Moment { recording, at } => {
                let text = inline::part(&text, 1..text.len() - 1);
                return self.sink.node(Node::Moment { recording, at, leads: self.leads, text }, span);
            }
            Found::UnknownRecording(name) => {
                self.sink.refused(Refused::Recording(name), span.clone());
                return self.sink.node(Node::Text(text), span);
            }
            Found::Www => (LinkType::Autolink, CowStr::from(format!("http://{text}"))),
            Found::Url => (LinkType::Autolink, text.clone()),
            Found::Email => (LinkType::Email, text.clone()),
        };
        let tag = Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") };
        self.sink.node(Node::Start(tag), span.clone());
        self.sink.node(Node::Text(text), span.clone());
        self.sink.node(Node::End(TagEnd::Link), span);
    }
}
