//! What waits: open asks and documents that are due, by deadline and by person.

use serde::Serialize;

use super::asks::{moment, state, waits};
use super::calendar::CalendarView;
use super::dates::MomentView;
use super::facts::{FactValue, person, somebody};
use super::frame::Head;
use super::rows::{StatusView, title};
use super::scope::Scope;
use super::{Link, windows};
use crate::path::UrlPath;
use crate::site::asks::AskState;
use crate::site::due::Wait;
use crate::site::waiting::{Waiting, What, responsible};
use crate::site::{Activity, PageId, PersonId};

/// The page of all that waits.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// What waits, the first deadline first; at most [`MOST`].
    pub rows: Vec<WaitingRow>,
    /// How much waits in all.
    pub total: usize,
    /// For whom it waits, by name.
    pub people: Vec<Owing>,
    /// The calendar of all deadlines.
    pub calendar: Option<CalendarView>,
    /// Where the response windows stand, where there are some.
    pub norms: Option<String>,
}

/// Something that waits, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingRow {
    /// Where it is asked, or the document that is due.
    pub url: String,
    /// The question, or the title of the document. Plain text.
    pub question: String,
    /// The title of the document that it is asked in, or what ends for a document.
    pub document: String,
    /// By word and shape.
    pub state: StatusView,
    /// Until when it waits.
    pub due: Option<MomentView>,
    /// Whether time alone may change its state.
    pub waits: bool,
    /// Those it waits for.
    pub missing: Vec<FactValue>,
    /// Whether all who were asked have answered, so that an outcome is what it waits for.
    pub answered: bool,
    /// The answer that it got.
    pub answer: Option<String>,
}

/// Somebody with what waits for them.
#[derive(Clone, Debug, Serialize)]
pub struct Owing {
    /// The id of this list.
    pub id: String,
    /// Who.
    pub person: FactValue,
    /// How much waits.
    pub count: usize,
    /// What waits, the first deadline first; empty where all of it would be too long a page: their own page has it.
    pub rows: Vec<WaitingRow>,
}

/// A list of things that wait or were done has no more rows than these: a page of more serves nobody.
pub const MOST: usize = 2000;

/// With more rows than these in all, what waits for each person stands on their own page alone.
const ROOM_FOR_PEOPLE: usize = 500;

impl WaitingView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let url = UrlPath::new("/waiting/").ok();
        let current = url.as_ref().map(|url| scope.urls.href(url));
        let calendar = CalendarView::all(scope);
        Self {
            head: Head {
                current,
                calendar: calendar.as_ref().map(|calendar| calendar.href.clone()),
                ..Head::plain(scope, "Waiting", url.as_ref())
            },
            crumbs: vec![Link::new(scope.urls.href(&UrlPath::root()), &scope.site.config.title)],
            rows: scope
                .site
                .waiting
                .iter()
                .take(MOST)
                .filter_map(|one| WaitingRow::new(scope, one))
                .collect(),
            total: scope.site.waiting.len(),
            people: people(scope),
            calendar,
            norms: windows::href(scope),
        }
    }
}

impl WaitingRow {
    /// Something that waits.
    pub fn new(scope: &Scope<'_>, one: &Waiting) -> Option<Self> {
        match one.what {
            What::Ask(place) => Self::ask(scope, one.page, place),
            What::Document(wait) => Some(Self::document(scope, one, wait)),
        }
    }

    /// The ask `place` of the page `id`, however it stands.
    pub fn ask(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Self> {
        let page = scope.page(id);
        let (ask, standing) = (page.document.front.asks.get(place)?, page.asks.get(place)?);
        let missing = standing.missing.iter().filter(|_| standing.state.is_open());
        Some(Self {
            url: scope.ask_href(id, &standing.location.anchor),
            question: ask.question.clone(),
            document: title(page),
            state: state(standing.state),
            due: moment(standing.due.as_ref()),
            waits: waits(standing.state),
            missing: missing.map(|written| person(scope, written)).collect(),
            answered: standing.state == AskState::Answered,
            answer: ask.outcome.as_ref().map(|outcome| outcome.answer.clone()),
        })
    }

    fn document(scope: &Scope<'_>, one: &Waiting, wait: Wait) -> Self {
        let page = scope.page(one.page);
        Self {
            url: scope.href(one.page),
            question: title(page),
            document: ends(wait).to_owned(),
            state: state(one.state),
            due: moment(one.due.as_ref()),
            waits: true,
            missing: responsible(page).iter().map(|written| person(scope, written)).collect(),
            answered: false,
            answer: None,
        }
    }
}

/// What ends for a document that waits.
pub const fn ends(wait: Wait) -> &'static str {
    match wait {
        Wait::Due => "The document is due",
        Wait::LastCall => "Its last call ends",
        Wait::Review => "Its review ends",
    }
}

/// Everybody for whom something waits, by name.
fn people(scope: &Scope<'_>) -> Vec<Owing> {
    let total: usize = scope.site.activity.iter().map(|activity| activity.waiting.len()).sum();
    let owing = scope.site.activity.iter().enumerate().filter(|(_, activity)| !activity.waiting.is_empty());
    let view = |(at, activity): (usize, &Activity)| {
        let person = scope.site.people.get(PersonId(at))?;
        let rows = if total <= ROOM_FOR_PEOPLE { waiting_of(scope, PersonId(at)) } else { Vec::new() };
        let id = format!("by-{}", person.slug());
        Some(Owing { id, person: somebody(scope, person), count: activity.waiting.len(), rows })
    };
    owing.filter_map(view).collect()
}

/// What waits for one person, the first deadline first; at most [`MOST`].
pub fn waiting_of(scope: &Scope<'_>, id: PersonId) -> Vec<WaitingRow> {
    let activity = scope.site.activity.get(id.0).into_iter().flat_map(|activity| &activity.waiting);
    activity.take(MOST).filter_map(|at| WaitingRow::new(scope, scope.site.waiting.get(*at)?)).collect()
}
