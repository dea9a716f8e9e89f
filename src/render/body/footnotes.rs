//! Footnotes: numbered as they are first referred to, collected at the end, with a way back to each reference.

use std::collections::BTreeMap;

use super::writer::Writer;
use crate::document::slug::{Slugger, slug};

/// The footnotes of a body so far.
#[derive(Default)]
pub struct Footnotes {
    /// Those that something refers to, by label.
    notes: BTreeMap<String, Note>,
    /// Rendered definitions by label.
    bodies: BTreeMap<String, String>,
    /// The labels of open definitions.
    open: Vec<String>,
    /// Ids that are taken, once there is a footnote.
    ids: Option<Slugger>,
}

/// A footnote that something refers to.
struct Note {
    number: usize,
    id: String,
    references: Vec<String>,
}

impl Writer<'_, '_> {
    /// Writes a reference to a footnote.
    pub fn reference(&mut self, label: &str) {
        let (number, id, own) = self.count_reference(label);
        self.raw("<sup class=\"footnote-ref\"");
        if self.open_links > 0 {
            self.attribute("id", &own);
            return self.raw(&format!(">{number}</sup>"));
        }
        self.raw("><a");
        self.attribute("id", &own);
        self.same_page(&id);
        self.raw(&format!(" aria-label=\"Footnote {number}\">{number}</a></sup>"));
    }

    /// The footnote's number and id, and the id of this reference to it.
    fn count_reference(&mut self, label: &str) -> (usize, String, String) {
        let page = self.page;
        let footnotes = &mut self.footnotes;
        let ids = footnotes.ids.get_or_insert_with(|| {
            let mut ids = Slugger::default();
            let headings =
                page.document.headings.iter().flat_map(|h| [Some(&h.id), h.also.as_ref()]).flatten();
            headings.chain(&page.document.html_ids).chain(&page.old_anchors).for_each(|id| ids.reserve(id));
            ids
        });
        let number = footnotes.notes.len() + 1;
        let note = footnotes.notes.entry(label.to_lowercase()).or_insert_with(|| {
            let mut name = slug(label);
            if name.is_empty() {
                name = number.to_string();
            }
            Note { number, id: ids.unique(&format!("fn-{name}")), references: Vec::new() }
        });
        let own = ids.unique(&note.id.replacen("fn", "fnref", 1));
        note.references.push(own.clone());
        (note.number, note.id.clone(), own)
    }

    /// Opens a definition; it is written at the end of the body.
    pub fn start_footnote(&mut self, label: &str) {
        self.footnotes.open.push(label.to_lowercase());
        self.hold();
    }

    /// Closes a definition.
    pub fn end_footnote(&mut self) {
        let body = self.release();
        if let Some(label) = self.footnotes.open.pop() {
            self.footnotes.bodies.entry(label).or_insert(body);
        }
    }

    /// Writes all footnotes that something refers to.
    pub fn write_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        let mut notes: Vec<_> = footnotes.notes.into_iter().collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(_, note)| note.number);
        self.line();
        self.raw("<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n");
        for (label, note) in notes {
            let body = footnotes.bodies.get(&label).map_or("", String::as_str);
            self.write_footnote(&note, body.trim_end());
        }
        self.raw("</ol></section>\n");
    }

    fn write_footnote(&mut self, note: &Note, body: &str) {
        self.raw("<li");
        self.attribute("id", &note.id);
        self.raw(">");
        // The ways back stand in the last paragraph, where there is one.
        let (body, end) = body.strip_suffix("</p>").map_or((body, ""), |body| (body, "</p>"));
        self.raw(body);
        for (at, reference) in note.references.iter().enumerate() {
            self.raw(" <a class=\"footnote-back\"");
            self.same_page(reference);
            let which = if at == 0 { String::new() } else { format!("-{}", at + 1) };
            self.raw(&format!(" aria-label=\"Back to reference {}{which}\">↩</a>", note.number));
        }
        self.raw(end);
        self.raw("</li>\n");
    }
}
