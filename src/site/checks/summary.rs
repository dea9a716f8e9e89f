//! `missing-closing-summary`: a decision or a spec that is settled and doesn't say what came out of it.

use std::collections::BTreeSet;

use super::labels;
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::document::RecordForm;
use crate::frozen::Frozen;
use crate::site::{NormalStatus, Page, PageId, Site};

/// Words by which a section says that it closes a discussion.
const CLOSING: [&str; 16] = [
    "answer",
    "answers",
    "conclusion",
    "conclusions",
    "decided",
    "decision",
    "decisions",
    "outcome",
    "outcomes",
    "resolution",
    "resolved",
    "ruling",
    "summary",
    "tldr",
    "verdict",
    "wrapup",
];

/// Words that make of it a section about how to decide, or about what isn't decided.
const NOT_YET: [&str; 12] = [
    "criteria", "driver", "drivers", "maker", "makers", "needed", "open", "pending", "process", "required",
    "wanted", "?",
];

/// At the status of each that is accepted or rejected without a word of closing.
pub(super) fn missing(site: &Site) -> Vec<Diagnostic> {
    let silent = |(at, page): &(usize, &Frozen<Page>)| concerned(page) && !closes(site, PageId(*at), page);
    site.pages.iter().enumerate().filter(silent).filter_map(|(_, page)| finding(page)).collect()
}

/// Proposals in forms that have no such section are whole as they are.
fn concerned(page: &Page) -> bool {
    use RecordForm::{Eip, Kep, Rfd, RustRfc, Swift};
    let settled = matches!(
        page.status.as_ref().and_then(|status| status.normal),
        Some(NormalStatus::Accepted | NormalStatus::Rejected)
    );
    let by_form = matches!(page.document.record, Some(Eip | Kep | Rfd | RustRfc | Swift));
    settled && !by_form && matches!(page.kind, Kind::Decision | Kind::Spec)
}

fn closes(site: &Site, id: PageId, page: &Page) -> bool {
    let front = &page.document.front;
    let said = front.summary.as_ref().is_some_and(|summary| !summary.trim().is_empty());
    said || front.asks.iter().any(|ask| ask.outcome.is_some())
        || settles_an_ask(site, id)
        || has_section(&labels::of(&page.document))
}

/// Whether it is the decision of an ask that has its outcome, which its page shows.
fn settles_an_ask(site: &Site, id: PageId) -> bool {
    let decided = site.decisions.relations(id).into_iter().flat_map(|relations| &relations.decides);
    decided
        .filter_map(|d| site.pages[d.page?.0].document.front.asks.get(d.ask?))
        .any(|ask| ask.outcome.is_some())
}

fn has_section(names: &BTreeSet<Vec<String>>) -> bool {
    let among = |words: &[String], list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    names.iter().any(|words| among(words, &CLOSING) && !among(words, &NOT_YET))
}

fn finding(page: &Page) -> Option<Diagnostic> {
    let status = page.status.as_ref()?;
    let line = page.document.front.status.as_ref()?.line;
    let message = format!("the status is `{}`, and no closing summary says what came out of it", status.raw);
    Some(
        Diagnostic::warning("missing-closing-summary", message)
            .at(page.document.place_of_fact(line))
            .hint("Add `summary:` to the front matter: one sentence on what was decided and why.")
            .hint("Or add a section `## Decision`, `## Outcome`, `## Resolution` or `## Closing summary`."),
    )
}
