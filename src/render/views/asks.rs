//! Asks as a page shows them: what is asked of whom until when, who said what, and what came out of it.

use jiff::Zoned;
use serde::Serialize;

use super::dates::MomentView;
use super::facts::{FactValue, person};
use super::rows::{StatusView, link, title};
use super::scope::Scope;
use super::{Link, windows};
use crate::document::front_matter::{Ask, Outcome, Position, Response};
use crate::site::PageId;
use crate::site::asks::{AskState, Standing};

/// An ask for its template; its context, which is HTML, goes in beside this.
#[derive(Clone, Debug, Serialize)]
pub struct AskView {
    /// The anchor by which it is linked to, without `#`.
    pub anchor: String,
    /// The address of its page where it is shown on another one, as the record of what was decided; else empty.
    pub home: String,
    /// The title of that page.
    pub document: Option<String>,
    /// The id that its own heading gets; `None` where something else of the page has the anchor already, and on other pages.
    pub id: Option<String>,
    /// The level of its heading, 2 to 6.
    pub level: u8,
    /// Plain text.
    pub question: String,
    /// Whether it is shown below a heading of the document.
    pub placed: bool,
    /// By word and shape.
    pub state: StatusView,
    /// When it was put.
    pub opened: Option<MomentView>,
    /// Until when it waits.
    pub due: Option<MomentView>,
    /// Whether time alone may change its state: then a reader's clock counts.
    pub waits: bool,
    /// The norm that gives it its window.
    pub norm: Option<Link>,
    /// The answers on offer.
    pub options: Vec<String>,
    /// Those who are asked.
    pub of: Vec<FactValue>,
    /// Those of them who have not responded.
    pub missing: Vec<FactValue>,
    /// In the order of the document.
    pub responses: Vec<ResponseView>,
    /// What came out of it.
    pub outcome: Option<OutcomeView>,
}

/// A line of the table of responses.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseView {
    /// Its anchor.
    pub anchor: String,
    /// The same where it is its id: on the page of the ask.
    pub id: Option<String>,
    /// Who.
    pub by: FactValue,
    /// When.
    pub at: Option<MomentView>,
    /// Which answer.
    pub answer: Option<String>,
    /// For or against, by word and shape.
    pub position: Option<PositionView>,
    /// Why.
    pub why: Option<String>,
}

/// Where somebody stands.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    /// In words.
    pub words: &'static str,
    /// As in data and classes.
    pub shape: &'static str,
}

/// What came out of an ask.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeView {
    /// The answer.
    pub answer: String,
    /// When.
    pub at: Option<MomentView>,
    /// By whom.
    pub by: Option<FactValue>,
    /// Why.
    pub why: Option<String>,
    /// The decision; without an address (an empty `url`) where the name leads to no page.
    pub decision: Option<Link>,
}

impl AskView {
    /// The ask `place` of the page `id`, with a heading of the given level.
    pub fn new(scope: &Scope<'_>, id: PageId, place: usize, level: u8) -> Option<Self> {
        let page = scope.page(id);
        let (ask, standing) = (page.document.front.asks.get(place)?, page.asks.get(place)?);
        let config = &scope.site.config;
        let location = &standing.location;
        let opened = |when: &crate::time::When| MomentView::of(when, &config.timezone);
        Some(Self {
            anchor: location.anchor.clone(),
            home: String::new(),
            document: None,
            id: Some(location.anchor.clone()).filter(|_| !location.has_target),
            level: level.clamp(2, 6),
            question: ask.question.clone(),
            placed: location.heading.is_some(),
            state: state(standing.state),
            opened: ask.opened.as_ref().map(opened),
            due: moment(standing.due.as_ref()),
            waits: waits(standing.state),
            norm: windows::link(scope, ask),
            options: ask.options.clone(),
            of: ask.of.iter().map(|written| person(scope, written)).collect(),
            missing: standing.missing.iter().map(|written| person(scope, written)).collect(),
            responses: responses(scope, ask, standing),
            outcome: ask.outcome.as_ref().map(|outcome| OutcomeView::new(scope, id, outcome)),
        })
    }

    /// The ask `place` of the page `id` on another page: without ids, since the original is its address.
    pub fn record(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Self> {
        let mut view = Self::new(scope, id, place, 3)?;
        view.responses.iter_mut().for_each(|response| response.id = None);
        let document = Some(title(scope.page(id)));
        Some(Self { id: None, home: scope.href(id), document, placed: true, ..view })
    }

    /// The ask `place` of the page `id` where it is shown: one level below its heading, else below that of the block.
    pub fn shown(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Self> {
        let page = scope.page(id);
        let heading = page.asks.get(place)?.location.heading.and_then(|at| page.document.headings.get(at));
        Self::new(scope, id, place, heading.map_or(3, |heading| heading.level + 1))
    }
}

/// A state by word and shape.
pub fn state(state: AskState) -> StatusView {
    let word = match state {
        AskState::Open => "Open",
        AskState::DueSoon => "Due soon",
        AskState::Overdue => "Overdue",
        AskState::Answered => "Answered",
        AskState::Decided => "Decided",
    };
    StatusView { word: word.to_owned(), whole: None, shape: state.word() }
}

/// Whether time alone may change `state`.
pub const fn waits(state: AskState) -> bool {
    matches!(state, AskState::Open | AskState::DueSoon | AskState::Overdue)
}

/// A deadline in the zone that it was written for.
pub fn moment(due: Option<&Zoned>) -> Option<MomentView> {
    due.map(MomentView::exact)
}

fn responses(scope: &Scope<'_>, ask: &Ask, standing: &Standing) -> Vec<ResponseView> {
    let config = &scope.site.config;
    let view = |(response, id): (&Response, &String)| ResponseView {
        anchor: id.clone(),
        id: Some(id.clone()),
        by: person(scope, &response.by),
        at: response.at.as_ref().map(|at| MomentView::of(at, &config.timezone)),
        answer: response.answer.clone(),
        position: response.position.map(PositionView::from),
        why: response.why.clone(),
    };
    ask.responses.iter().zip(&standing.location.responses).map(view).collect()
}

impl From<Position> for PositionView {
    fn from(position: Position) -> Self {
        Self { words: position.said(), shape: position.word() }
    }
}

impl OutcomeView {
    fn new(scope: &Scope<'_>, from: PageId, outcome: &Outcome) -> Self {
        let config = &scope.site.config;
        let decision = outcome.decision.as_ref().map(|written| &written.value);
        Self {
            answer: outcome.answer.clone(),
            at: outcome.at.as_ref().map(|at| MomentView::of(at, &config.timezone)),
            by: outcome.by.as_ref().map(|by| person(scope, by)),
            why: outcome.why.clone(),
            decision: decision.map(|written| named(scope, from, written)),
        }
    }
}

fn named(scope: &Scope<'_>, from: PageId, written: &str) -> Link {
    scope.named(from, written).map_or_else(|| Link::new(String::new(), written), |id| link(scope, id))
}

/// What a spec opens with: what was decided, and what is still asked.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Digest {
    /// Asks with an outcome.
    pub decided: Vec<AskView>,
    /// Those without, the first deadline first.
    pub open: Vec<AskView>,
}

impl Digest {
    /// Of the page `id`; `None` where it has no outcome and all that is open stands below the title anyway.
    pub fn new(scope: &Scope<'_>, id: PageId) -> Option<Self> {
        let standings = &scope.page(id).asks;
        let mut open: Vec<usize> = (0..standings.len()).filter(|at| standings[*at].state.is_open()).collect();
        open.sort_by_key(|at| deadline(&standings[*at]));
        let decided = (0..standings.len()).filter(|at| !standings[*at].state.is_open());
        let view = |at| AskView::new(scope, id, at, 3);
        let digest = Self {
            decided: decided.filter_map(view).collect(),
            open: open.into_iter().filter_map(view).collect(),
        };
        let elsewhere = digest.open.iter().any(|ask| ask.placed);
        (elsewhere || !digest.decided.is_empty()).then_some(digest)
    }
}

/// What orders asks: those with a deadline by it, then the others.
pub fn deadline(standing: &Standing) -> (bool, Option<jiff::Timestamp>) {
    (standing.due.is_none(), standing.due.as_ref().map(Zoned::timestamp))
}
