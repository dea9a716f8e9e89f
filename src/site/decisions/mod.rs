//! What decisions do to each other, resolved once for the whole site: who supersedes and amends whom, made two-sided
//! from whichever side says it, what holds now, and which asks are settled.
//!
//! Every step is linear in pages and relations; a cycle is found, not walked.

mod cycles;
pub mod families;
mod names;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{NormalStatus, Page, PageId, RepositoryLinks};
use crate::document::front_matter::Located;
use crate::frozen::Frozen;

pub use families::{Families, Graph};
pub use names::DocumentNames;
pub(in crate::site) use names::number;

/// The decisions of a site.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// How pages name each other.
    pub names: DocumentNames,
    /// By page; only pages that have some.
    relations: BTreeMap<PageId, Relations>,
    /// Decisions that supersede each other in a circle, each with its members in order; a decision that supersedes
    /// itself is one of one.
    pub cycles: Vec<Vec<PageId>>,
    /// By page and place among its asks: the decisions that settle the ask.
    settled: BTreeMap<(PageId, usize), BTreeSet<PageId>>,
}

/// The relations of one page, each list as its own document has it, then what only others say, in the order of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// What it replaces.
    pub supersedes: Vec<End>,
    /// What replaces it.
    pub superseded_by: Vec<End>,
    /// What it changes in part.
    pub amends: Vec<End>,
    /// What changes it in part.
    pub amended_by: Vec<End>,
    /// The decisions that hold in its place now, at most [`HEADS`], where it is superseded and there are some.
    pub now: Vec<PageId>,
    /// The asks that it settles.
    pub decides: Vec<Decided>,
}

/// The other end of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The other document; `None` where the name leads to none.
    pub page: Option<PageId>,
    /// As written here or, where only the other side says it, empty.
    pub written: String,
    /// The line on which this document says it; `None` where only the other side does.
    pub line: Option<usize>,
    /// Whether the other document says it too.
    pub returned: bool,
    /// Whether the relation is in force: said by the one that it befalls, or by one that was accepted or has no
    /// known status. What a draft or a rejected proposal would supersede still holds.
    pub in_force: bool,
}

/// An ask that a decision settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// As written; empty where only the ask's outcome names the decision.
    pub written: String,
    /// The document of the ask.
    pub page: Option<PageId>,
    /// Its place among that document's asks.
    pub ask: Option<usize>,
    /// The line on which this document says it.
    pub line: Option<usize>,
}

/// How many decisions can hold in the place of one: what was split into more is followed to these.
pub const HEADS: usize = 8;

/// How many asks stand on the page of a decision, and on how many such pages an ask stands.
pub const RECORDS: usize = 8;

/// Two ways of saying one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pair {
    Supersession,
    Amendment,
}

impl Decisions {
    /// Of `pages`; `repository` tells which addresses on the web are files of the site.
    pub fn of(pages: &[Frozen<Page>], repository: Option<&RepositoryLinks>) -> Self {
        let names = DocumentNames::of(pages, repository);
        let mut all = Self { names, ..Self::default() };
        for (at, page) in pages.iter().enumerate() {
            all.read(PageId(at), page);
        }
        for pair in [Pair::Supersession, Pair::Amendment] {
            all.complete(pair, pages);
        }
        all.follow(pages);
        all.settle(pages);
        all
    }

    /// The relations of a page.
    pub fn relations(&self, id: PageId) -> Option<&Relations> {
        self.relations.get(&id)
    }

    /// All pages that have relations, in their order.
    pub fn all(&self) -> impl Iterator<Item = (PageId, &Relations)> {
        self.relations.iter().map(|(id, relations)| (*id, relations))
    }

    /// The decisions that settle an ask, by its document and its place there.
    pub fn settles(&self, page: PageId, ask: usize) -> impl Iterator<Item = PageId> {
        self.settled.get(&(page, ask)).into_iter().flatten().copied()
    }

    /// The asks of other pages that stand on the page of the decision `id` as its record, in the order in which it names
    /// them; at most [`RECORDS`], and each on the pages of at most so many decisions, so that pages stay small.
    pub fn records(&self, id: PageId) -> Vec<(PageId, usize)> {
        let decides = self.relations(id).into_iter().flat_map(|relations| &relations.decides);
        let asks = decides.filter_map(|decided| Some((decided.page?, decided.ask?)));
        let mut seen = BTreeSet::new();
        let shown = asks.filter(|(page, ask)| {
            let first = self.settles(*page, *ask).take(RECORDS).any(|decision| decision == id);
            *page != id && first && seen.insert((*page, *ask))
        });
        shown.take(RECORDS).collect()
    }

    /// What the page itself says.
    fn read(&mut self, id: PageId, page: &Page) {
        let facts = &page.document.front.decision;
        let ends = |list: &[Located<String>]| -> Vec<End> {
            let mut seen = BTreeSet::new();
            let ends = list.iter().map(|name| End {
                page: self.names.find(page, &name.value),
                written: name.value.clone(),
                line: Some(name.line),
                returned: false,
                in_force: true,
            });
            ends.filter(|end| end.page.is_none_or(|page| seen.insert(page))).collect()
        };
        let relations = Relations {
            supersedes: ends(&facts.supersedes),
            superseded_by: ends(&facts.superseded_by),
            amends: ends(&facts.amends),
            amended_by: ends(&facts.amended_by),
            ..Relations::default()
        };
        if relations != Relations::default() {
            self.relations.insert(id, relations);
        }
    }

    /// Gives each relation of a pair its other side.
    fn complete(&mut self, pair: Pair, pages: &[Frozen<Page>]) {
        let said = |forward: bool, all: &BTreeMap<PageId, Relations>| -> BTreeSet<(PageId, PageId)> {
            let edge = |from: PageId, to: PageId| if forward { (from, to) } else { (to, from) };
            let of = |(id, relations): (&PageId, &Relations)| {
                let ends = if forward { pair.acting(relations) } else { pair.suffering(relations) };
                ends.iter().filter_map(|end| Some(edge(*id, end.page?))).collect::<Vec<_>>()
            };
            all.iter().flat_map(of).collect()
        };
        // Pairs of who acts and who suffers it, by who says so.
        let (acting, suffering) = (said(true, &self.relations), said(false, &self.relations));
        for (id, relations) in &mut self.relations {
            let id = *id;
            for end in pair.acting_mut(relations) {
                end.returned = end.page.is_some_and(|other| suffering.contains(&(id, other)));
                end.in_force = end.returned || binds(&pages[id.0]);
            }
            for end in pair.suffering_mut(relations) {
                end.returned = end.page.is_some_and(|other| acting.contains(&(other, id)));
            }
        }
        for (actor, other) in acting.difference(&suffering) {
            let end = End::only_there(*actor, binds(&pages[actor.0]));
            pair.suffering_mut(self.relations.entry(*other).or_default()).push(end);
        }
        for (actor, other) in suffering.difference(&acting) {
            pair.acting_mut(self.relations.entry(*actor).or_default()).push(End::only_there(*other, true));
        }
    }

    /// Finds the cycles, and for each superseded decision what holds now.
    fn follow(&mut self, pages: &[Frozen<Page>]) {
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
        let mut holds: Vec<bool> = pages.iter().map(|page| in_force(page)).collect();
        for (id, relations) in &self.relations {
            let ends = || relations.superseded_by.iter().filter(|end| end.in_force);
            next[id.0].extend(ends().filter_map(|end| Some(end.page?.0)));
            // What is superseded by something that is not here doesn't hold.
            holds[id.0] &= ends().next().is_none();
        }
        let mut heads: Vec<Vec<PageId>> = vec![Vec::new(); pages.len()];
        let mut place: Vec<usize> = vec![usize::MAX; pages.len()];
        // Successors come first, so that what holds after them is known when it is asked for.
        for (at, group) in cycles::components(&next).into_iter().enumerate() {
            for member in &group {
                place[*member] = at;
            }
            let mut found: BTreeSet<PageId> = BTreeSet::new();
            for after in group.iter().flat_map(|member| &next[*member]).filter(|after| place[**after] != at) {
                found.extend(Some(PageId(*after)).filter(|_| holds[*after]));
                found.extend(&heads[*after]);
            }
            let found: Vec<PageId> = found.into_iter().take(HEADS).collect();
            let circle = group.len() > 1 || next[group[0]].contains(&group[0]);
            for member in &group {
                heads[*member].clone_from(&found);
            }
            if circle {
                let mut members: Vec<PageId> = group.into_iter().map(PageId).collect();
                members.sort_unstable();
                self.cycles.push(members);
            }
        }
        self.cycles.sort_unstable();
        for (id, relations) in &mut self.relations {
            relations.now = std::mem::take(&mut heads[id.0]);
        }
    }

    /// Which asks are settled by which decision: what `decides` says, and what outcomes say.
    fn settle(&mut self, pages: &[Frozen<Page>]) {
        for (at, page) in pages.iter().enumerate() {
            for name in &page.document.front.decision.decides {
                let decided = self.decided(page, name, pages);
                self.note(PageId(at), decided);
            }
        }
        for (at, page) in pages.iter().enumerate() {
            for (place, ask) in page.document.front.asks.iter().enumerate() {
                let Some(name) = ask.outcome.as_ref().and_then(|outcome| outcome.decision.as_ref()) else {
                    continue;
                };
                let Some(decision) = self.names.find(page, &name.value) else { continue };
                if self.settles(PageId(at), place).all(|known| known != decision) {
                    let decided = Decided {
                        written: String::new(),
                        page: Some(PageId(at)),
                        ask: Some(place),
                        line: None,
                    };
                    self.note(decision, decided);
                }
            }
        }
    }

    fn decided(&self, from: &Page, name: &Located<String>, pages: &[Frozen<Page>]) -> Decided {
        let page = self.names.find(from, &name.value);
        let anchor = name.value.split_once('#').map(|(_, anchor)| anchor.trim());
        let ask = page.zip(anchor).and_then(|(page, anchor)| {
            let id = anchor.strip_prefix("ask-").unwrap_or(anchor);
            pages[page.0].document.front.asks.iter().position(|ask| ask.id == id || ask.id == anchor)
        });
        Decided { written: name.value.clone(), page, ask, line: Some(name.line) }
    }

    fn note(&mut self, decision: PageId, decided: Decided) {
        if let (Some(page), Some(ask)) = (decided.page, decided.ask) {
            self.settled.entry((page, ask)).or_default().insert(decision);
        }
        self.relations.entry(decision).or_default().decides.push(decided);
    }
}

impl End {
    fn only_there(page: PageId, in_force: bool) -> Self {
        Self { page: Some(page), written: String::new(), line: None, returned: true, in_force }
    }
}

/// Whether a decision that nothing supersedes holds: one without a known status is taken at its word.
fn in_force(page: &Page) -> bool {
    let status = page.status.as_ref().and_then(|status| status.normal);
    binds(page) && !matches!(status, Some(NormalStatus::Superseded | NormalStatus::Deprecated))
}

/// Whether what a document says of others is in force.
fn binds(page: &Page) -> bool {
    use NormalStatus::{Deferred, Draft, Proposed, Rejected, Withdrawn};
    let status = page.status.as_ref().and_then(|status| status.normal);
    !matches!(status, Some(Draft | Proposed | Rejected | Deferred | Withdrawn))
}

impl Pair {
    fn acting(self, relations: &Relations) -> &Vec<End> {
        match self {
            Self::Supersession => &relations.supersedes,
            Self::Amendment => &relations.amends,
        }
    }

    fn suffering(self, relations: &Relations) -> &Vec<End> {
        match self {
            Self::Supersession => &relations.superseded_by,
            Self::Amendment => &relations.amended_by,
        }
    }

    fn acting_mut(self, relations: &mut Relations) -> &mut Vec<End> {
        match self {
            Self::Supersession => &mut relations.supersedes,
            Self::Amendment => &mut relations.amends,
        }
    }

    fn suffering_mut(self, relations: &mut Relations) -> &mut Vec<End> {
        match self {
            Self::Supersession => &mut relations.superseded_by,
            Self::Amendment => &mut relations.amended_by,
        }
    }
}
