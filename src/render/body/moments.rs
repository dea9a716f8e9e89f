//! Moments of recordings in the text: links that play, each the target of its own address where it leads a block.

use super::writer::Writer;
use crate::document::moments;
use crate::site::recordings::Seen;
use crate::time::Moment;

impl Writer<'_, '_> {
    /// Writes the next of the document's moments.
    pub fn moment(&mut self, recording: usize, at: Moment, text: &str) {
        let page = self.page;
        let id = page.document.moments.get(self.moments).and_then(|moment| moment.id.as_deref());
        self.moments = self.moments.saturating_add(1);
        if self.open_links > 0 {
            return self.text(text);
        }
        self.raw("<a class=\"moment\"");
        if let Some(id) = id {
            self.attribute("id", id);
        }
        let href =
            self.site.recordings.of(self.id).get(recording).and_then(|known| self.site.seen(known, at)).map(
                |seen| match seen {
                    Seen::Here(url, fragment) => self.address(url) + &fragment,
                    Seen::AtHost(url) => url,
                },
            );
        let anchor = || moments::anchor(&page.document.recordings, recording, at);
        match href {
            Some(href) => self.attribute("href", &href),
            None if self.shown_on == self.id => self.same_page(&anchor()),
            None => self.attribute("href", &format!("{}#{}", self.address(&page.url), anchor())),
        }
        self.attribute("data-at", &at.whole_seconds().to_string());
        if recording > 0 {
            self.attribute("data-of", &recording.to_string());
        }
        self.raw(">");
        self.text(text);
        self.raw("</a>");
    }
}
