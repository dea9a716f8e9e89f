//! What each person of the site did, and what waits for them.
//!
//! An ask is put by the authors of its document, else by its owner. Of a decision that is not taken yet its deciders are
//! deciding. One pass over the pages; each list has as many entries as documents name the person.

use crate::frozen::Frozen;
use std::collections::BTreeSet;

use super::people::{People, PersonId};
use super::waiting::{Waiting, askers, responsible};
use super::{NormalStatus, Page, PageId};

/// An ask by its place: there are no pages for asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskId {
    /// The page that asks.
    pub page: PageId,
    /// Its place in the page's front matter.
    pub place: usize,
}

/// A response by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResponseId {
    /// What it responds to.
    pub ask: AskId,
    /// Its place among the responses.
    pub place: usize,
}

/// The activity of one person, each list in the order of pages, `waiting` in that of deadlines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// What waits for them, by its place in [`super::Site::waiting`].
    pub waiting: Vec<usize>,
    /// What they asked.
    pub asked: Vec<AskId>,
    /// What they answered.
    pub answered: Vec<ResponseId>,
    /// Decisions that they are to take.
    pub deciding: Vec<PageId>,
    /// Decisions that they took.
    pub decided: Vec<PageId>,
    /// Asks that they gave the outcome of.
    pub settled: Vec<AskId>,
    /// What they wrote.
    pub wrote: Vec<PageId>,
    /// Whether they were ever asked something, or had a document to finish by a time.
    pub has_deadlines: bool,
}

/// The activity of everybody, in the order of [`People::all`].
pub(super) fn all(pages: &[Frozen<Page>], people: &People, waiting: &[Waiting]) -> Vec<Activity> {
    let mut all = vec![Activity::default(); people.all().len()];
    for (at, page) in pages.iter().enumerate() {
        let front = &page.document.front;
        for person in persons(people, &front.authors) {
            all[person.0].wrote.push(PageId(at));
        }
        for person in persons(people, &front.decision.deciders) {
            let activity = &mut all[person.0];
            match is_taken(page) {
                Some(true) => activity.decided.push(PageId(at)),
                Some(false) => activity.deciding.push(PageId(at)),
                None => {}
            }
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

fn asks(page: PageId, asking: &Page, people: &People, all: &mut [Activity]) {
    if asking.asks.is_empty() {
        return;
    }
    let put_by = persons(people, askers(asking));
    for (place, ask) in asking.document.front.asks.iter().enumerate() {
        let id = AskId { page, place };
        for person in &put_by {
            all[person.0].asked.push(id);
        }
        for person in persons(people, &ask.of) {
            all[person.0].has_deadlines = true;
        }
        for (response, said) in ask.responses.iter().enumerate() {
            if let Some(person) = people.find(&said.by) {
                all[person.0].answered.push(ResponseId { ask: id, place: response });
            }
        }
        let by = ask.outcome.as_ref().and_then(|outcome| people.find(outcome.by.as_ref()?));
        if let Some(person) = by {
            all[person.0].settled.push(id);
        }
    }
}

/// Each once, however often and however they are named.
fn persons(people: &People, written: &[String]) -> BTreeSet<PersonId> {
    written.iter().filter_map(|name| people.find(name)).collect()
}

/// Whether what has deciders was taken, one way or the other: `None` where it never will be, since its authors took it
/// back. What has no known status is taken at its word.
fn is_taken(page: &Page) -> Option<bool> {
    use NormalStatus::{Deferred, Draft, Proposed, Withdrawn};
    match page.status.as_ref().and_then(|status| status.normal) {
        Some(Withdrawn) => None,
        status => Some(!matches!(status, Some(Draft | Proposed | Deferred))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Status, fixture};

    #[test]
    fn a_decision_is_to_be_taken_until_it_is() {
        let mut site = fixture::site(6);
        for (page, status) in
            site.pages.iter_mut().zip(["draft", "proposed", "deferred", "withdrawn", "rejected", "odd"])
        {
            page.status = Some(Status::read(status));
        }
        fixture::relate(&mut site);
        let ana = site.people.find("ana").unwrap();
        let Activity { deciding, decided, .. } = &site.activity[ana.0];
        assert_eq!(*deciding, [0, 1, 2].map(PageId));
        assert_eq!(*decided, [4, 5].map(PageId));
    }

    #[test]
    fn each_document_is_on_a_list_once_however_often_somebody_is_named() {
        let mut site = fixture::site(1);
        site.pages[0].document.front.authors = ["ana", "Ana Souza", "@ana"].map(str::to_owned).to_vec();
        fixture::relate(&mut site);
        let ana = site.people.find("Ana Souza").unwrap();
        assert_eq!(site.activity[ana.0].wrote, [PageId(0)]);
    }
}
