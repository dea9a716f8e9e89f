//! Raw HTML of a document cut into tags and text by html5ever's tokenizer, the way a browser would.
//!
//! This room has no opinion on what is allowed.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer,
};

/// A part of raw HTML; comments, doctypes and the like are left out.
#[derive(Debug)]
pub enum Piece {
    /// A start tag; its name is in lower case, its attributes have their character references resolved.
    Open(Tag),
    /// An end tag.
    Close(Tag),
    /// Text with its character references resolved.
    Text(StrTendril),
}

/// Attributes of one tag may take this many bytes without their quoted values: the tokenizer compares each
/// attribute's name with all before it, so that a tag of a megabyte would take minutes.
const LONGEST_TAG: usize = 2048;

/// Cuts `html` up; `None` where a tag is longer than anybody would write it.
pub fn tokenize(html: &str) -> Option<Vec<Piece>> {
    if html.len() > LONGEST_TAG && longest_tag(html.as_bytes()) > LONGEST_TAG {
        return None;
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Collector::default(), html5ever::tokenizer::TokenizerOpts::default());
    // A sink that never asks for a script or an encoding is never given a reason to stop.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    Some(tokenizer.sink.pieces.into_inner())
}

/// The length of the longest tag, quoted values left out.
fn longest_tag(html: &[u8]) -> usize {
    let (mut longest, mut at) = (0, 0);
    while let Some(start) = memchr::memchr(b'<', &html[at..]).map(|i| at + i + 1) {
        at = start;
        let name = start + usize::from(html.get(start) == Some(&b'/'));
        if !html.get(name).is_some_and(u8::is_ascii_alphabetic) {
            // A comment or a plain sign.
            continue;
        }
        let (length, end) = tag_length(&html[start..]);
        longest = longest.max(length);
        at = start + end;
    }
    longest
}

/// The length without quoted values, and where the tag ends.
fn tag_length(tag: &[u8]) -> (usize, usize) {
    let (mut length, mut at) = (0, 0);
    let mut value = false;
    while at < tag.len() && tag[at] != b'>' {
        match tag[at] {
            quote @ (b'"' | b'\'') if value => {
                at += memchr::memchr(quote, &tag[at + 1..]).map_or(tag.len() - at - 1, |i| i + 1);
                value = false;
            }
            b'=' => value = true,
            byte => value &= byte.is_ascii_whitespace(),
        }
        length += 1;
        at += 1;
    }
    (length, at.min(tag.len()))
}

#[derive(Default)]
struct Collector {
    pieces: RefCell<Vec<Piece>>,
}

impl Collector {
    /// Adds text to the text before it, if that is what comes before.
    fn text(&self, text: StrTendril) {
        let mut pieces = self.pieces.borrow_mut();
        match pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_tendril(&text),
            _ => pieces.push(Piece::Text(text)),
        }
    }
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == StartTag => {
                let raw = raw_content(&tag.name);
                self.pieces.borrow_mut().push(Piece::Open(tag));
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            Token::TagToken(tag) => {
                debug_assert_eq!(tag.kind, EndTag);
                self.pieces.borrow_mut().push(Piece::Close(tag));
            }
            Token::CharacterTokens(text) => self.text(text),
            Token::NullCharacterToken
            | Token::CommentToken(_)
            | Token::DoctypeToken(_)
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements in which browsers see no tags.
fn raw_content(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "iframe" | "noembed" | "noframes" | "noscript" | "style" | "xmp" => Some(RawKind::Rawtext),
        "textarea" | "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        let pieces = tokenize(html).unwrap();
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Open(tag) => format!("<{}>", tag.name),
                Piece::Close(tag) => format!("</{}>", tag.name),
                Piece::Text(text) => text.to_string(),
            })
            .collect()
    }

    #[test]
    fn reads_tags_as_browsers_do() {
        assert_eq!(names("<B\nid='>'>x &amp; y</b >"), ["<b>", "x & y", "</b>"]);
        assert_eq!(names("<!-- <i> --><script><b></script>"), ["<script>", "<b>", "</script>"]);
        assert_eq!(names("a < b <i unfinished"), ["a < b "]);
    }

    #[test]
    fn reads_long_comments_and_text() {
        let long = "a <= b = ' ".repeat(1000);
        assert!(names(&format!("<!-- {long} -->")).is_empty());
        assert_eq!(names(&long).len(), 1);
    }

    #[test]
    fn refuses_a_tag_of_thousands_of_attributes() {
        let many = " a='>'".repeat(5000);
        assert!(tokenize(&format!("<b{many}>")).is_none());
        assert!(tokenize(&format!("</b{many}>")).is_none());
        let long = format!("<a title=\"{}\">", "x".repeat(5000));
        assert_eq!(tokenize(&long).unwrap().len(), 1);
    }
}
