//! Headings: each with its id and a link to itself. The title heading goes to the page's head instead.

use super::writer::Writer;
use crate::escape;

impl Writer<'_, '_> {
    /// Opens the next of the document's headings.
    pub fn start_heading(&mut self, level: u8, classes: &str) {
        let page = self.page;
        let at = self.next_heading;
        self.next_heading += 1;
        if page.document.title_heading == Some(at) {
            return self.hold();
        }
        self.line();
        self.raw("<h");
        self.level(level);
        if let Some(heading) = page.document.headings.get(at) {
            self.attribute("id", &heading.id);
        }
        if !classes.is_empty() {
            self.attribute("class", classes);
        }
        self.raw(">");
        if let Some(also) = page.document.headings.get(at).and_then(|heading| heading.also.as_ref()) {
            self.raw("<span");
            self.attribute("id", also);
            self.raw("></span>");
        }
    }

    /// Closes the heading that was opened last.
    pub fn end_heading(&mut self, level: u8) {
        let page = self.page;
        let at = self.next_heading - 1;
        if page.document.title_heading == Some(at) {
            self.body.title = Some(self.release());
            return;
        }
        if let Some(heading) = page.document.headings.get(at).filter(|_| self.open_links == 0) {
            self.raw("<a class=\"anchor\"");
            self.same_page(&heading.id);
            let name = if heading.text.is_empty() { &heading.id } else { &heading.text };
            self.raw(" aria-label=\"Link to ");
            escape::attribute(&mut self.out, name);
            self.raw("\"></a>");
        }
        self.raw("</h");
        self.level(level);
        self.raw(">\n");
        self.mark_asks(at);
    }

    /// Writes the digit of a level from 1 to 6.
    fn level(&mut self, level: u8) {
        self.out.push(char::from(b'0' + level));
    }
}
