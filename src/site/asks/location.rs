//! Where each ask of a document is shown, and the ids that it and its responses get there.
//!
//! Ids that the document has already come first: an ask goes to the heading that has its anchor, and otherwise no id is
//! given twice.

use std::collections::HashMap;

use super::people::PeopleIndex;
use crate::document::Document;
use crate::document::slug::Slugger;

/// The place and the anchors of one ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskLocation {
    /// The heading below which it is shown, by its place in the document; `None` for the block below the title.
    pub heading: Option<usize>,
    /// Where links to it lead, without `#`: its own id, or that of its heading.
    pub anchor: String,
    /// Whether something of the document has that id, so that the ask itself must not.
    pub has_target: bool,
    /// The ids of its responses, in their order.
    pub responses: Vec<String>,
}

/// Where each ask of `document` is shown, which keeps the ids in `old` for old links.
pub fn locations(document: &Document, old: &[String], known: &PeopleIndex<'_>) -> Vec<AskLocation> {
    let asks = &document.front.asks;
    if asks.is_empty() {
        return Vec::new();
    }
    let mut ids = taken(document, old);
    let headings = headings(document);
    let mut locations: Vec<AskLocation> =
        asks.iter().map(|ask| location(&ask.id, &headings, &mut ids)).collect();
    // After the asks: a response must not take the anchor of another ask.
    for (location, ask) in locations.iter_mut().zip(asks) {
        let id = |by: &str| ids.unique(&format!("ask-{}-by-{}", ask.id, or_someone(known.handle(by))));
        location.responses = ask.responses.iter().map(|response| response.by.as_str()).map(id).collect();
    }
    locations
}

fn or_someone(handle: String) -> String {
    if handle.is_empty() { "someone".to_owned() } else { handle }
}

fn location(id: &str, headings: &HashMap<&str, usize>, ids: &mut Slugger) -> AskLocation {
    let anchor = format!("ask-{id}");
    let own = headings.get(anchor.as_str());
    let has_target = ids.is_taken(&anchor);
    ids.reserve(&anchor);
    AskLocation {
        heading: own.or_else(|| headings.get(id)).copied(),
        anchor,
        has_target,
        responses: Vec::new(),
    }
}

fn taken(document: &Document, old: &[String]) -> Slugger {
    let mut ids = Slugger::default();
    let headings = document.headings.iter().flat_map(|heading| [Some(&heading.id), heading.also.as_ref()]);
    headings.flatten().chain(&document.html_ids).chain(old).for_each(|id| ids.reserve(id));
    ids
}

/// Headings by their id. The title's is none of them: what is shown below it is the block.
fn headings(document: &Document) -> HashMap<&str, usize> {
    let all = document.headings.iter().enumerate();
    all.filter(|(at, _)| Some(*at) != document.title_heading).map(|(at, h)| (h.id.as_str(), at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::HtmlPolicy;
    use crate::path::SourcePath;
    use crate::site::fixture;
    use crate::source::SourceFile;

    fn all(asks: &str, body: &str) -> Vec<AskLocation> {
        let config = fixture::config();
        let text = format!("---\nasks:\n{asks}\n---\n# Title\n\n{body}\n");
        let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: text.into() };
        let (document, found) = crate::document::parse(&file, &config.people, HtmlPolicy::Safe);
        assert_eq!(found, []);
        locations(&document.unwrap(), &["ask-old".to_owned()], &PeopleIndex::new(&config))
    }

    #[test]
    fn an_ask_stands_at_the_heading_that_has_its_anchor_or_its_id() {
        let two =
            "  - { id: store, question: A? }\n  - { id: size, question: B? }\n  - { id: name, question: C? }";
        let locations = all(two, "## Store\n\n## Ask: store\n\n## Size\n");
        assert_eq!(
            locations.iter().map(|location| location.heading).collect::<Vec<_>>(),
            [Some(2), Some(3), None]
        );
        assert_eq!(
            locations.iter().map(|location| location.has_target).collect::<Vec<_>>(),
            [true, false, false]
        );
        assert_eq!(locations[1].anchor, "ask-size");
    }

    #[test]
    fn the_title_is_no_place_and_old_anchors_are_taken() {
        let locations = all("  - { id: title, question: A? }\n  - { id: old, question: B? }", "");
        assert_eq!(locations.iter().map(|location| location.heading).collect::<Vec<_>>(), [None, None]);
        assert_eq!(locations.iter().map(|location| location.has_target).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn no_id_is_given_twice() {
        let asks = "  - { id: a, question: A?, responses: [{ by: ana }, { by: Ana Souza }, { by: bo }, { by: '!' }] }\n  - { id: a-by-bo, question: B? }";
        let locations = all(asks, "## Ask a by ana\n");
        assert_eq!(
            locations[0].responses,
            ["ask-a-by-ana-1", "ask-a-by-ana-2", "ask-a-by-bo-1", "ask-a-by-someone"]
        );
        assert_eq!((locations[1].anchor.as_str(), locations[1].has_target), ("ask-a-by-bo", false));
    }
}
