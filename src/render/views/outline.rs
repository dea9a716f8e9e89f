//! The outline of a page: which of its headings stand in the margin. Not what else a page lists there.

use serde::Serialize;

use crate::document::Document;

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineItem {
    /// 0 or 1.
    pub depth: u8,
    /// Plain text.
    pub text: String,
    /// Without `#`.
    pub id: String,
}

/// With more sections than these the outline keeps to its first depth.
const LONG_OUTLINE: usize = 48;

/// The sections of a document in two depths, whatever levels it uses; without the title, and with `more` after them. One entry is
/// no outline.
pub fn outline(document: &Document, more: impl Iterator<Item = OutlineItem>) -> Vec<OutlineItem> {
    let sections =
        || document.headings.iter().enumerate().filter(|(at, _)| Some(*at) != document.title_heading);
    let top = sections().map(|(_, heading)| heading.level).min().unwrap_or(1);
    let within = |depth| sections().filter(move |(_, heading)| heading.level - top <= depth);
    let deepest = u8::from(within(1).count() <= LONG_OUTLINE);
    let headings = within(deepest).map(|(_, h)| OutlineItem {
        depth: h.level - top,
        text: h.text.clone(),
        id: h.id.clone(),
    });
    let items: Vec<OutlineItem> = headings.chain(more).collect();
    if items.len() < 2 { Vec::new() } else { items }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;
    use crate::site::fixture;

    #[test]
    fn the_outline_has_two_depths_and_no_title() {
        let mut site = fixture::site(1);
        let items = outline(&site.pages[0].document, iter::empty());
        assert_eq!(
            items.iter().map(|i| (i.depth, i.id.as_str())).collect::<Vec<_>>(),
            [(0, "context"), (1, "why")]
        );
        site.pages[0].document.headings.truncate(2);
        assert_eq!(outline(&site.pages[0].document, iter::empty()), [], "one heading is no outline");
    }
}
