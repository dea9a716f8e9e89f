//! What each person of the site did, and what waits for them.
//!
//! An ask is put by the authors of its document, else by its owner. Of a decision that is not taken yet its deciders are
//! deciding. One pass over the pages; each list has as many entries as documents name the person.

use std::collections::BTreeSet;

use super::people::{People, PersonId};
use super::waiting::{Waiting, askers, responsible};
use super::{NormalStatus, Page, PageId};
use crate::config::Kind;

/// The deeds of one person, each list in the order of pages, `waiting` in that of deadlines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// What waits for them, by its place in [`super::Site::waiting`].
    pub waiting: Vec<usize>,
    /// What they asked: page, and place of the ask.
    pub asked: Vec<(PageId, usize)>,
    /// What they answered: page, place of the ask, place of the response.
    pub answered: Vec<(PageId, usize, usize)>,
    /// Decisions that they are to take.
    pub deciding: Vec<PageId>,
    /// Decisions that they took.
    pub decided: Vec<PageId>,
    /// Asks that they gave the outcome of.
    pub settled: Vec<(PageId, usize)>,
    /// What they wrote.
    pub wrote: Vec<PageId>,
    /// Whether they were ever asked something, or had a document to finish by a time.
    pub has_deadlines: bool,
}

/// The deeds of everybody, in the order of [`People::all`].
pub(super) fn all(pages: &[Page], people: &People, waiting: &[Waiting]) -> Vec<Deeds> {
    let mut all = vec![Deeds::default(); people.all().len()];
    for (at, page) in pages.iter().enumerate() {
        let front = &page.document.front;
        for person in persons(people, &front.authors) {
            all[person.0].wrote.push(PageId(at));
        }
        for person in persons(people, &front.decision.deciders) {
            let deeds = &mut all[person.0];
            let list = if is_taken(page) { &mut deeds.decided } else { &mut deeds.deciding };
            list.push(PageId(at));
        }
        for person in persons(people, responsible(page)).into_iter().filter(|_| front.due.is_some()) {
            all[person.0].has_deadlines = true;
        }
        asks(PageId(at), page, people, &mut all);
    }
    for (at, one) in waiting.iter().enumerate() {
        for person in persons(people, one.of(&pages[one.page.0])) {
            all[person.0].waiting.push(at);
            all[person.0].has_deadlines = true;
        }
    }
    all
}

fn asks(id: PageId, page: &Page, people: &People, all: &mut [Deeds]) {
    if page.asks.is_empty() {
        return;
    }
    let put_by = persons(people, askers(page));
    for (place, ask) in page.document.front.asks.iter().enumerate() {
        for person in &put_by {
            all[person.0].asked.push((id, place));
        }
        for person in persons(people, &ask.of) {
            all[person.0].has_deadlines = true;
        }
        for (response, said) in ask.responses.iter().enumerate() {
            if let Some(person) = people.find(&said.by) {
                all[person.0].answered.push((id, place, response));
            }
        }
        let by = ask.outcome.as_ref().and_then(|outcome| people.find(outcome.by.as_ref()?));
        if let Some(person) = by {
            all[person.0].settled.push((id, place));
        }
    }
}

/// Each once, however often and however they are named.
fn persons(people: &People, written: &[String]) -> BTreeSet<PersonId> {
    written.iter().filter_map(|name| people.find(name)).collect()
}

/// Whether a decision was taken, one way or the other. One without a known status is taken at its word.
pub fn is_taken(page: &Page) -> bool {
    use NormalStatus::{Deferred, Draft, Proposed, Withdrawn};
    let status = page.status.as_ref().and_then(|status| status.normal);
    page.kind == Kind::Decision && !matches!(status, Some(Draft | Proposed | Deferred | Withdrawn))
}
