//! The payload of a WebVTT cue made into what is said and by whom: the cue text tokenizer and parser of WebVTT
//! (<https://www.w3.org/TR/webvtt1/#cue-text-parsing-rules>, §6.4 and §6.5).
//!
//! Only voices survive from the tree; classes, emphasis, languages and the times of words say nothing about who speaks.

use super::Turn;
use super::references;

/// What the payload says, a turn for each voice; turns without words are left out.
pub(super) fn turns(payload: &str) -> Vec<Turn> {
    let mut tree = Tree::default();
    let mut tokens = Tokens { rest: payload };
    while let Some(token) = tokens.next_token() {
        tree.take(token);
    }
    Turn::tidied(tree.turns)
}

/// A token of cue text; times within it are of no use here and have none of their parts left.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Text(String),
    Start { name: String, annotation: String },
    End(String),
    Time,
}

/// What is not read yet.
struct Tokens<'a> {
    rest: &'a str,
}

/// The white space that the tokenizer looks for: tab, form feed, space; a line feed is looked at separately.
const fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\u{c}' | ' ' | '\n')
}

impl Tokens<'_> {
    fn next_token(&mut self) -> Option<Token> {
        if self.rest.is_empty() {
            return None;
        }
        match self.rest.strip_prefix('<') {
            Some(rest) => {
                self.rest = rest;
                Some(self.tag())
            }
            None => Some(Token::Text(self.text('<'))),
        }
    }

    /// Text up to `end` or the end of input, its references resolved.
    fn text(&mut self, end: char) -> String {
        let mut text = String::new();
        while let Some(at) = self.rest.find([end, '&']) {
            text.push_str(&self.rest[..at]);
            self.rest = &self.rest[at..];
            let Some(after) = self.rest.strip_prefix('&') else { return text };
            if let Some((resolved, length)) = references::resolve(after) {
                text.push_str(&resolved);
                self.rest = &after[length..];
            } else {
                text.push('&');
                self.rest = after;
            }
        }
        text.push_str(self.rest);
        self.rest = "";
        text
    }

    /// A tag after its `<`.
    fn tag(&mut self) -> Token {
        match self.rest.chars().next() {
            Some('/') => {
                self.rest = &self.rest[1..];
                Token::End(self.until_end().to_owned())
            }
            Some(c) if c.is_ascii_digit() => {
                self.until_end();
                Token::Time
            }
            _ => self.start_tag(),
        }
    }

    /// Up to the next `>`, which is passed, or the end.
    fn until_end(&mut self) -> &str {
        let (inside, rest) = self.rest.split_once('>').unwrap_or((self.rest, ""));
        self.rest = rest;
        inside
    }

    /// A name, classes after full stops, an annotation after white space.
    fn start_tag(&mut self) -> Token {
        let name_end = self.rest.find(|c| is_space(c) || matches!(c, '.' | '>')).unwrap_or(self.rest.len());
        let name = self.rest[..name_end].to_owned();
        let classes_end = self.rest.find(|c| is_space(c) || c == '>').unwrap_or(self.rest.len());
        self.rest = &self.rest[classes_end..];
        let annotation = if self.rest.starts_with(is_space) { self.text('>') } else { String::new() };
        self.rest = self.rest.strip_prefix('>').unwrap_or(self.rest);
        let words: Vec<&str> = annotation.split_ascii_whitespace().collect();
        Token::Start { name, annotation: words.join(" ") }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Class,
    Italic,
    Bold,
    Underline,
    Ruby,
    RubyText,
    Voice,
    Language,
}

impl Node {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "c" => Self::Class,
            "i" => Self::Italic,
            "b" => Self::Bold,
            "u" => Self::Underline,
            "ruby" => Self::Ruby,
            "rt" => Self::RubyText,
            "v" => Self::Voice,
            "lang" => Self::Language,
            _ => return None,
        })
    }
}

/// The path from the root to the current node, and what was said so far.
#[derive(Default)]
struct Tree {
    /// Each node with the voice that its text belongs to, a number in `voices`.
    open: Vec<(Node, Option<usize>)>,
    voices: Vec<String>,
    turns: Vec<Turn>,
    /// Whose the last turn is.
    last: Option<usize>,
}

impl Tree {
    fn take(&mut self, token: Token) {
        match token {
            Token::Text(text) => self.say(&text),
            Token::Start { name, annotation } => {
                if let Some(node) = Node::named(&name) {
                    self.start(node, annotation);
                }
            }
            Token::End(name) => self.end(&name),
            Token::Time => {}
        }
    }

    fn voice(&self) -> Option<usize> {
        self.open.last().and_then(|(_, voice)| *voice)
    }

    fn current(&self) -> Option<Node> {
        self.open.last().map(|(node, _)| *node)
    }

    fn say(&mut self, text: &str) {
        let voice = self.voice();
        match self.turns.last_mut() {
            Some(turn) if self.last == voice => turn.text.push_str(text),
            _ => {
                let speaker = voice.and_then(|voice| self.voices.get(voice)).filter(|name| !name.is_empty());
                self.turns.push(Turn { speaker: speaker.cloned(), text: text.to_owned() });
            }
        }
        self.last = voice;
    }

    fn start(&mut self, node: Node, annotation: String) {
        let mut voice = self.voice();
        match node {
            Node::RubyText if self.current() != Some(Node::Ruby) => return,
            Node::Voice => {
                voice = Some(self.voices.len());
                self.voices.push(annotation);
            }
            _ => {}
        }
        self.open.push((node, voice));
    }

    fn end(&mut self, name: &str) {
        let (ended, current) = (Node::named(name), self.current());
        if ended.is_some() && ended == current {
            self.open.pop();
        } else if ended == Some(Node::Ruby) && current == Some(Node::RubyText) {
            self.open.truncate(self.open.len().saturating_sub(2));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(payload: &str) -> Vec<(Option<String>, String)> {
        turns(payload).into_iter().map(|turn| (turn.speaker, turn.text)).collect()
    }

    fn text(payload: &str) -> String {
        said(payload).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_go_and_text_stays() {
        for (payload, expected) in [
            ("a <i>b</i> <b>c</b> <u>d</u>", "a b c d"),
            ("<c.loud.red>Hey!</c>", "Hey!"),
            ("<lang en-GB>colour</lang>", "colour"),
            ("never<00:00:01.000> ends", "never ends"),
            ("<00:00:01.000", ""),
            ("<x>unknown</x> tag", "unknown tag"),
            ("1 < 2 and 3 > 2", "1  2"),
            ("a<", "a"),
            ("a</", "a"),
            ("a<>b", "ab"),
            ("a</>b", "ab"),
            ("<i.>a</i>", "a"),
            ("<.x>a", "a"),
            ("< i>a", "a"),
            ("<i\nfoo>a</i>", "a"),
            ("<ruby>base<rt>top</rt></ruby> end", "basetop end"),
            ("<ruby>base<rt>top</ruby> end", "basetop end"),
            ("<rt>alone</rt>", "alone"),
            ("<b><i>x</b>y</i>z", "xyz"),
            ("a\n\n \nb  ", "a\nb"),
        ] {
            assert_eq!(text(payload), expected, "{payload}");
        }
    }

    #[test]
    fn references_are_resolved_in_text_and_in_annotations() {
        assert_eq!(
            text("R&amp;D &lt;T&gt; &copy; &nope; &#x41; a&nbsp;b &"),
            "R&D <T> © &nope; A a\u{a0}b &"
        );
        assert_eq!(said("<v R&amp;D &gt; &>x"), [(Some("R&D > &".into()), "x".into())]);
        assert_eq!(text("&<i>x"), "&x");
    }

    #[test]
    fn voices_are_turns() {
        let some = |name: &str, text: &str| (Some(name.to_owned()), text.to_owned());
        assert_eq!(said("<v Ana>Hi there"), [some("Ana", "Hi there")]);
        assert_eq!(said("<v.loud  Ana   Souza >Hi</v>"), [some("Ana Souza", "Hi")]);
        assert_eq!(said("<v Ana>Hi</v> <v Bo>Ho"), [some("Ana", "Hi"), some("Bo", "Ho")]);
        assert_eq!(said("<v Ana>Hi\n<v Ana>again</v>"), [some("Ana", "Hi\nagain")]);
        assert_eq!(said("<v>Hi</v> you"), [(None, "Hi you".into())]);
        assert_eq!(
            said("<v Ana>Hi <v Bo>ho</v> hi</v> all"),
            [some("Ana", "Hi"), some("Bo", "ho"), some("Ana", "hi"), (None, "all".into())]
        );
        assert_eq!(said("<V Ana>Hi"), [(None, "Hi".into())]);
    }

    proptest! {
        #[test]
        fn no_payload_panics(any in any::<String>(), near in "[<>/&;#a-c.v \nrubyt0-9:]{0,60}") {
            let _ = (turns(&any), turns(&near));
        }
    }

    #[test]
    fn deep_nesting_takes_linear_time() {
        let deep = format!("{}x{}", "<b><v A>".repeat(50_000), "</v></b>".repeat(50_000));
        assert_eq!(text(&deep), "x");
        assert_eq!(text(&"&".repeat(200_000)).len(), 200_000);
        assert_eq!(text(&"<".repeat(200_000)), "");
    }
}
