//! Asks in a body: marks where they are to be shown, and what they say for the search.

use super::contexts::Rendered;
use super::writer::Writer;
use crate::document::front_matter::{Ask, Position};
use crate::site::Page;

/// Around the number of an ask. In text both would be escaped, and HTML of documents has no comments.
const MARK: (&str, &str) = ("<!--tm-ask ", "-->\n");

/// A part of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'b> {
    /// HTML to stand as it is.
    Html(&'b str),
    /// The place of an ask, by its number on the page.
    Ask(usize),
}

/// A body's HTML between the places of its asks, each of which comes once and is one of `count`.
pub fn parts(html: &str, count: usize) -> Vec<Part<'_>> {
    let mut seen = vec![false; count];
    let mut parts = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(MARK.0).filter(|_| count > 0) {
        parts.push(Part::Html(before));
        let marked = after.split_once(MARK.1).and_then(|(n, rest)| Some((n.parse::<usize>().ok()?, rest)));
        let ask = marked.filter(|(ask, _)| seen.get(*ask) == Some(&false));
        if let Some((ask, after)) = ask {
            seen[ask] = true;
            parts.push(Part::Ask(ask));
            rest = after;
        } else {
            rest = after;
        }
    }
    parts.push(Part::Html(rest));
    parts
}

impl Writer<'_, '_> {
    /// Marks the place of the asks that are shown below the heading `at`.
    pub fn mark_asks(&mut self, at: usize) {
        let first = self.asks.partition_point(|(heading, _)| *heading < at);
        for place in first..self.asks.len() {
            let (heading, ask) = self.asks[place];
            if heading != at {
                break;
            }
            self.raw(&format!("{}{ask}{}", MARK.0, MARK.1));
        }
    }
}

/// The asks of `page` that are shown below headings: each heading with the ask, in the order of headings.
pub(super) fn places(page: &Page) -> Vec<(usize, usize)> {
    let asks = page.asks.iter().enumerate();
    let mut places: Vec<_> =
        asks.filter_map(|(ask, standing)| Some((standing.location.heading?, ask))).collect();
    places.sort_unstable();
    places
}

/// Adds what each ask says to the passage of the section that it is shown in.
pub(super) fn say(page: &Page, contexts: &[Rendered], passages: &mut [String]) {
    for ((ask, standing), context) in page.document.front.asks.iter().zip(&page.asks).zip(contexts) {
        let title = page.document.title_heading;
        // The title starts no passage, so it is not counted.
        let after = |at: usize| at + 1 - usize::from(title.is_some_and(|title| title < at));
        let Some(passage) = passages.get_mut(standing.location.heading.map_or(0, after)) else { continue };
        for text in words(ask, &context.text).filter(|text| !text.is_empty()) {
            if !passage.is_empty() {
                passage.push('\n');
            }
            passage.push_str(text);
        }
    }
}

/// The texts of an ask, in the order in which they are read.
fn words<'t>(ask: &'t Ask, context: &'t str) -> impl Iterator<Item = &'t str> {
    let responses = ask
        .responses
        .iter()
        .flat_map(|r| [r.answer.as_deref(), r.position.map(Position::said), r.why.as_deref()]);
    let outcome = ask.outcome.iter().flat_map(|o| [Some(o.answer.as_str()), o.why.as_deref()]);
    let own = [ask.question.as_str(), context].into_iter().map(Some);
    own.chain(ask.options.iter().map(|option| Some(option.as_str())))
        .chain(responses)
        .chain(outcome)
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_divided_at_the_places_of_its_asks() {
        let html = "<p>a</p><!--tm-ask 1-->\n<p>b</p><!--tm-ask 0-->\n";
        let expected =
            [Part::Html("<p>a</p>"), Part::Ask(1), Part::Html("<p>b</p>"), Part::Ask(0), Part::Html("")];
        assert_eq!(parts(html, 2), expected);
        assert_eq!(parts("<p>a</p>", 1), [Part::Html("<p>a</p>")]);
    }

    #[test]
    fn marks_that_are_no_places_are_left_out() {
        let html = "<!--tm-ask 7-->\n<!--tm-ask x-->\n<!--tm-ask 0-->\n<!--tm-ask 0-->\n";
        let asks = parts(html, 1).into_iter().filter(|part| matches!(part, Part::Ask(_)));
        assert_eq!(asks.count(), 1);
    }
}
