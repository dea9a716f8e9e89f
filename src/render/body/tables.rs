//! Tables: in a frame that scrolls by itself, so that a wide one does not widen the page.

use pulldown_cmark::Alignment;

use super::writer::Writer;

impl Writer<'_, '_> {
    /// Opens the frame of a table. A region needs a name of its own, hence the number.
    pub fn start_frame(&mut self) {
        self.tables += 1;
        self.line();
        let number = self.tables;
        self.raw(&format!(
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table {number}\">"
        ));
    }

    /// Opens a Markdown table.
    pub fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table.alignments = alignments;
        self.start_frame();
        self.raw("<table>\n");
    }

    /// Opens the head row.
    pub fn start_head(&mut self) {
        self.table.in_head = true;
        self.table.cell = 0;
        self.raw("<thead><tr>");
    }

    /// Closes the head row; a body follows, which may be empty.
    pub fn end_head(&mut self) {
        self.table.in_head = false;
        self.raw("</tr></thead>\n<tbody>\n");
    }

    /// Opens a row of the body.
    pub fn start_row(&mut self) {
        self.table.cell = 0;
        self.raw("<tr>");
    }

    /// Opens a cell, aligned by class: styles are not allowed in pages.
    pub fn start_cell(&mut self) {
        self.raw(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.raw(match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            _ => ">",
        });
        self.table.cell += 1;
    }

    /// Closes a cell. An empty one heads nothing, so it is no header.
    pub fn end_cell(&mut self) {
        if !self.table.in_head {
            self.raw("</td>");
        } else if let Some(start) = empty_header(&self.out) {
            self.out.truncate(start);
            self.raw("<td></td>");
        } else {
            self.raw("</th>");
        }
    }
}

/// Where a header cell starts that `html` ends in and that has nothing in it yet.
fn empty_header(html: &str) -> Option<usize> {
    let start = html.rfind('<')?;
    let tag = &html[start..];
    (tag.starts_with("<th ") && tag.ends_with('>') && !tag[..tag.len() - 1].contains('>')).then_some(start)
}
