//! What is open at a point of a document: Markdown's containers and HTML's elements on one stack.
//!
//! Markdown's containers always close. An HTML element closes with its end tag, with the Markdown container it
//! stands in, or at the end of the document; an end tag never closes anything outside its Markdown container.
//! So whatever a document holds, its HTML is balanced, and nothing in it reaches out of a list item or a cell.

use super::policy::{Kind, Rule};

/// One open thing.
#[derive(Debug)]
enum Frame {
    Markdown {
        /// Whether blocks may stand in it.
        flow: bool,
        /// Whether its tags are shown.
        shown: bool,
    },
    Html(&'static Rule),
}

/// Elements in which only rows and cells may stand.
const TABLE: [&str; 5] = ["table", "tbody", "tfoot", "thead", "tr"];

/// The open things, outermost first.
#[derive(Debug, Default)]
pub struct Stack {
    frames: Vec<Frame>,
    /// How many links are open.
    links: usize,
}

/// Why an element can't stand where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// A block in a line of text.
    Block,
    /// Without the element that it needs around it.
    Parent,
    /// A link in a link.
    Link,
}

impl Stack {
    /// How many things are open.
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Whether a link is open.
    pub fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Opens a Markdown container. A block first ends an open HTML paragraph, as it would in a browser; what is
    /// ended goes to `close`. `shown` is false where only its content should be.
    pub fn open_markdown(
        &mut self,
        block: bool,
        flow: bool,
        shown: bool,
        close: &mut impl FnMut(&'static Rule),
    ) {
        self.before_content(close);
        if block {
            self.end_paragraph(close);
        }
        self.frames.push(Frame::Markdown { flow, shown });
    }

    /// Ends an open HTML paragraph: a block without content of its own follows.
    pub fn end_block(&mut self, close: &mut impl FnMut(&'static Rule)) {
        self.before_content(close);
        self.end_paragraph(close);
    }

    /// Whether only rows or cells may come next.
    pub fn in_table(&self) -> bool {
        self.top_html().is_some_and(|top| TABLE.contains(&top.name))
    }

    /// Ends a table whose rows or cells something else follows right away: browsers move such content out of the
    /// table, and would take what is around it apart.
    pub fn before_content(&mut self, close: &mut impl FnMut(&'static Rule)) {
        while self.in_table() {
            self.pop_html(close);
        }
    }

    /// Closes the innermost Markdown container and what is open in it; tells whether its tags are shown.
    pub fn close_markdown(&mut self, close: &mut impl FnMut(&'static Rule)) -> bool {
        loop {
            match self.frames.pop() {
                Some(Frame::Html(rule)) => self.closed(rule, close),
                Some(Frame::Markdown { shown, .. }) => return shown,
                None => return true,
            }
        }
    }

    /// Counts a Markdown link in or out.
    pub fn link(&mut self, open: bool) {
        self.links = if open { self.links + 1 } else { self.links.saturating_sub(1) };
    }

    /// Opens an HTML element, if it may stand here. What its start tag ends goes to `close`.
    pub fn open_html(
        &mut self,
        rule: &'static Rule,
        close: &mut impl FnMut(&'static Rule),
    ) -> Result<(), Misplaced> {
        if rule.name == "a" && self.in_link() {
            return Err(Misplaced::Link);
        }
        if !rule.is_phrasing() {
            if !self.allows_blocks() {
                return Err(Misplaced::Block);
            }
            self.end_paragraph(close);
        }
        while let Some(Frame::Html(top)) = self.frames.last()
            && rule.ends.contains(&top.name)
        {
            self.pop_html(close);
        }
        if rule.parents.is_empty() {
            self.before_content(close);
        } else if !self.top_html().is_some_and(|top| rule.parents.contains(&top.name)) {
            return Err(Misplaced::Parent);
        }
        if !rule.is_void() {
            self.frames.push(Frame::Html(rule));
            self.links += usize::from(rule.name == "a");
        }
        Ok(())
    }

    /// Closes the innermost element `name` of the current Markdown container with all that is open in it; false
    /// where there is none.
    pub fn close_html(&mut self, name: &str, close: &mut impl FnMut(&'static Rule)) -> bool {
        let Some(depth) = self.html().position(|rule| rule.name == name) else { return false };
        for _ in 0..=depth {
            self.pop_html(close);
        }
        true
    }

    /// Closes everything.
    pub fn finish(&mut self, close: &mut impl FnMut(&'static Rule)) {
        while !self.frames.is_empty() {
            self.close_markdown(close);
        }
    }

    /// The HTML elements open in the current Markdown container, innermost first.
    fn html(&self) -> impl Iterator<Item = &'static Rule> {
        self.frames.iter().rev().map_while(|frame| match frame {
            Frame::Html(rule) => Some(*rule),
            Frame::Markdown { .. } => None,
        })
    }

    fn top_html(&self) -> Option<&'static Rule> {
        self.html().next()
    }

    fn allows_blocks(&self) -> bool {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Html(_) => None,
            Frame::Markdown { flow, .. } => Some(*flow),
        }) != Some(false)
    }

    fn end_paragraph(&mut self, close: &mut impl FnMut(&'static Rule)) {
        // Only lines of text can be open in a paragraph; a block in between means that it is not the innermost.
        let mut open = self.html().take_while(|rule| rule.is_phrasing() || rule.kind == Kind::Paragraph);
        let Some(depth) = open.position(|rule| rule.kind == Kind::Paragraph) else { return };
        drop(open);
        for _ in 0..=depth {
            self.pop_html(close);
        }
    }

    fn pop_html(&mut self, close: &mut impl FnMut(&'static Rule)) {
        if let Some(Frame::Html(rule)) = self.frames.pop_if(|frame| matches!(frame, Frame::Html(_))) {
            self.closed(rule, close);
        }
    }

    fn closed(&mut self, rule: &'static Rule, close: &mut impl FnMut(&'static Rule)) {
        self.links -= usize::from(rule.name == "a");
        close(rule);
    }
}
