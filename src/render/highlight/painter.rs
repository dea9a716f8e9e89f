//! Writes text with its classes as HTML: escaped, spans merged, none across the end of a line. Knows no grammar.

use super::classes::Class;
use crate::escape;
use syntect::parsing::ClearAmount;

/// The output of one block and the classes that lie over the place where it is.
#[derive(Debug)]
pub(super) struct Painter {
    html: String,
    /// For each scope, the class that text has there with all scopes below it.
    stack: Vec<Class>,
    cleared: Vec<Vec<Class>>,
    open: Option<char>,
    /// Spaces after an open span: they join it when it goes on.
    spaces: String,
}

impl Painter {
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes + bytes / 2),
            stack: Vec::new(),
            cleared: Vec::new(),
            open: None,
            spaces: String::new(),
        }
    }

    fn top(&self) -> Class {
        self.stack.last().copied().unwrap_or(Class::Plain)
    }

    pub(super) fn push(&mut self, classes: &[Class]) {
        for class in classes {
            let effective = class.over(self.top());
            self.stack.push(effective);
        }
    }

    pub(super) fn pop(&mut self, count: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(count));
    }

    /// Takes scopes away for a while, as a context asks.
    pub(super) fn clear(&mut self, amount: ClearAmount) {
        let keep = match amount {
            ClearAmount::TopN(count) => self.stack.len().saturating_sub(count),
            ClearAmount::All => 0,
        };
        self.cleared.push(self.stack.split_off(keep));
    }

    /// Gives back what the last `clear` took.
    pub(super) fn restore(&mut self) {
        self.stack.extend(self.cleared.pop().unwrap_or_default());
    }

    /// Writes text that has the class of the place. A newline may only stand at its end.
    pub(super) fn write(&mut self, text: &str) {
        let newline = text.as_bytes().last() == Some(&b'\n');
        let body = &text[..text.len() - usize::from(newline)];
        if body.bytes().all(|b| b == b' ' || b == b'\t') {
            self.spaces.push_str(body);
        } else {
            self.switch_to(self.top().letter());
            // It never stands in an attribute, so quotes stay what they are.
            escape::text(&mut self.html, body);
        }
        if newline {
            self.switch_to(None);
            self.html.push('\n');
        }
    }

    #[inline]
    fn switch_to(&mut self, letter: Option<char>) {
        let changes = self.open != letter;
        if changes && self.open.is_some() {
            self.html.push_str("</span>");
        }
        if !self.spaces.is_empty() {
            self.html.push_str(&self.spaces);
            self.spaces.clear();
        }
        if changes && let Some(letter) = letter {
            // Code is where most of a page's tags are; an attribute of one letter needs no quotes.
            self.html.push_str("<span class=");
            self.html.push(letter);
            self.html.push('>');
        }
        self.open = letter;
    }

    pub(super) fn finish(mut self) -> String {
        self.switch_to(None);
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_class_share_a_span_and_spaces_between_them() {
        let mut painter = Painter::new(0);
        painter.push(&[Class::Named(b'k')]);
        for word in ["pub", " ", "fn"] {
            painter.write(word);
        }
        painter.pop(1);
        painter.write(" <a>\n");
        assert_eq!(painter.finish(), "<span class=k>pub fn</span> &lt;a&gt;\n");
    }

    #[test]
    fn no_span_goes_over_the_end_of_a_line() {
        let mut painter = Painter::new(0);
        painter.push(&[Class::Named(b'c')]);
        painter.write("/* a\n");
        painter.write("b */");
        assert_eq!(painter.finish(), "<span class=c>/* a</span>\n<span class=c>b */</span>");
    }
}
