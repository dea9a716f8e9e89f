//! Which anchors a document has, found in logarithmic time.

use super::asks::AskLocation;
use crate::diagnostic::nearest;
use crate::document::{Document, moments};

/// The places of all ids of a document's headings and raw HTML, sorted by id.
///
/// An index into the headings, or, counted on behind them, into the ids of raw HTML: so that the ids
/// are not held twice.
#[derive(Debug)]
pub(super) struct AnchorOrder {
    places: Vec<u32>,
    /// Second ids of headings, ids of moments, of asks and of their responses, sorted.
    others: Vec<String>,
}

impl AnchorOrder {
    pub fn of(document: &Document, asks: &[AskLocation]) -> Self {
        let count = document.headings.len() + document.html_ids.len();
        let mut places: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
        places.sort_by_key(|at| id(document, *at));
        let asks = asks.iter().flat_map(|location| location.responses.iter().chain([&location.anchor]));
        let also = document.headings.iter().filter_map(|heading| heading.also.as_ref());
        let moments = document.moments.iter().filter_map(|moment| moment.id.as_ref());
        let mut others: Vec<String> = asks.chain(also).chain(moments).cloned().collect();
        others.sort_unstable();
        Self { places, others }
    }
}

fn id(document: &Document, at: u32) -> &str {
    let at = at as usize;
    let headings = &document.headings;
    headings.get(at).map_or_else(|| document.html_ids[at - headings.len()].as_str(), |h| h.id.as_str())
}

/// The anchors of one document.
pub(super) struct Anchors<'a> {
    pub document: &'a Document,
    pub old: &'a [String],
    pub order: &'a AnchorOrder,
}

impl Anchors<'_> {
    /// The anchor that `wanted` means: as it is, without the prefix that GitHub adds, or in lower case.
    pub fn find(&self, wanted: &str) -> Option<String> {
        let bare = wanted.strip_prefix("user-content-").unwrap_or(wanted);
        if let Some(known) = [wanted, bare].into_iter().find(|a| self.has(a)) {
            return Some(known.to_owned());
        }
        let lower = bare.to_lowercase();
        self.has(&lower).then_some(lower)
    }

    fn has(&self, anchor: &str) -> bool {
        let document = self.document;
        // Any second of a recording has an address.
        if moments::in_anchor(&document.recordings, anchor).is_some() {
            return true;
        }
        self.order.places.binary_search_by(|at| id(document, *at).cmp(anchor)).is_ok()
            || self.old.iter().any(|id| id == anchor)
            || self.order.others.binary_search_by(|id| id.as_str().cmp(anchor)).is_ok()
            || footnote(document, anchor)
    }

    /// The id that is most like `wanted`.
    pub fn near(&self, wanted: &str) -> Option<&str> {
        let headings = self.document.headings.iter().map(|h| h.id.as_str());
        let others = self.document.html_ids.iter().chain(&self.order.others);
        nearest(wanted, headings.chain(others.map(String::as_str)))
    }
}

/// Footnotes are anchors too; they are not listed, so the text is asked.
fn footnote(document: &Document, anchor: &str) -> bool {
    let label = anchor.strip_prefix("fn-").or_else(|| anchor.strip_prefix("fnref-"));
    label.is_some_and(|label| document.text[document.body_start..].contains(&format!("[^{label}]")))
}
