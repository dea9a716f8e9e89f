//! What waits for somebody: open asks, and documents that have a time by which they are due.

use jiff::{Timestamp, Zoned};

use super::asks::{self, AskState};
use super::due::{self, Wait};
use super::{Page, PageId};
use crate::config::Config;
use crate::frozen::Frozen;
use crate::time::Clock;

/// Something that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The document.
    pub page: PageId,
    /// What of it.
    pub what: What,
    /// The last moment that is in time, in the zone that it was written for; `None` where none is known.
    pub due: Option<Zoned>,
    /// How it stands by the clock of the build.
    pub state: AskState,
}

/// What of a document waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The ask at this place among its asks.
    Ask(usize),
    /// The document itself.
    Document(Wait),
}

/// All that waits on `pages`, the first deadline first.
pub(super) fn all(pages: &[Frozen<Page>], config: &Config, clock: Clock) -> Vec<Waiting> {
    let mut all = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let open = page.asks.iter().enumerate().filter(|(_, standing)| standing.state.is_open());
        all.extend(open.map(|(place, standing)| Waiting {
            page: PageId(at),
            what: What::Ask(place),
            due: standing.due.clone(),
            state: standing.state,
        }));
        all.extend(due::wait(page, config).map(|(wait, due)| Waiting {
            page: PageId(at),
            what: What::Document(wait),
            state: asks::state(false, false, Some(due.timestamp()), clock),
            due: Some(due),
        }));
    }
    // What nobody can do anything about but the one who asked comes last.
    let deadline = |one: &Waiting| (one.due.is_none(), one.due.as_ref().map(Zoned::timestamp));
    all.sort_by_key(|one| (one.state == AskState::Answered, deadline(one)));
    all
}

/// Those whom a document waits for, and who ask what is asked in it: its owner, else its authors.
pub fn responsible(page: &Page) -> &[String] {
    let front = &page.document.front;
    front.owner.as_ref().map_or(&front.authors, std::slice::from_ref)
}

/// Those who put the asks of a document: its authors, else its owner.
pub fn askers(page: &Page) -> &[String] {
    let front = &page.document.front;
    if front.authors.is_empty() { responsible(page) } else { &front.authors }
}

impl Waiting {
    /// Those it waits for, as written. An ask that everybody has answered waits for those who put it.
    pub fn of<'a>(&self, page: &'a Page) -> &'a [String] {
        match self.what {
            What::Document(_) => responsible(page),
            What::Ask(_) if self.state == AskState::Answered => askers(page),
            What::Ask(place) => page.asks.get(place).map_or(&[], |standing| &standing.missing),
        }
    }

    /// The moments at which time alone changes how a document stands; those of an ask are its own.
    pub fn changes(&self) -> impl Iterator<Item = Timestamp> + use<> {
        let due = self.due.as_ref().filter(|_| matches!(self.what, What::Document(_)));
        due.map(Zoned::timestamp).into_iter().flat_map(asks::changes_around)
    }
}
