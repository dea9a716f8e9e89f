//! The people of a site, and the page of each: what waits for them first, then what they asked, answered, decided and wrote.

use std::cmp::Reverse;

use serde::Serialize;

use super::asks::PositionView;
use super::calendar::CalendarView;
use super::dates::MomentView;
use super::facts::{FactValue, somebody};
use super::frame::Head;
use super::rows::{Dated, Decided, Row, outcome, title};
use super::scope::Scope;
use super::waiting::{MOST, WaitingRow, waiting_of};
use super::{DateView, Link};
use crate::path::UrlPath;
use crate::site::asks::AskState;
use crate::site::{Activity, AskId, PageId, Person, PersonId, ResponseId};
use crate::time::zone_name;

/// The page of all people.
#[derive(Clone, Debug, Serialize)]
pub struct PeopleView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// Those for whom something waits, the first deadline first.
    pub owing: Vec<PersonRow>,
    /// All others, by name.
    pub others: Vec<PersonRow>,
    /// The calendar of all deadlines.
    pub calendar: Option<CalendarView>,
}

/// A person in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// Who.
    pub person: FactValue,
    /// Their own zone by name.
    pub zone: Option<String>,
    /// What waits for them first.
    pub first: Option<WaitingRow>,
    /// How much waits for them.
    pub waiting: usize,
    /// How much there is of each kind of their activity, nothing left out but what there is none of.
    pub counts: Vec<Count>,
}

/// So many of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many.
    pub count: usize,
    /// Such as `asked`.
    pub word: &'static str,
}

/// The page of one person.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// Plain text.
    pub name: String,
    /// Without `@`, where it isn't the name.
    pub handle: Option<String>,
    /// Their own zone by name.
    pub zone: Option<String>,
    /// Their calendar.
    pub calendar: Option<CalendarView>,
    /// How much there is in each of the lists, which have at most [`MOST`] rows.
    pub totals: Totals,
    /// What waits for them, the first deadline first.
    pub waiting: Vec<WaitingRow>,
    /// Decisions that they are to take, the newest first.
    pub deciding: Vec<Row>,
    /// What they asked, what is open first.
    pub asked: Vec<WaitingRow>,
    /// What they answered, the newest first.
    pub answered: Vec<AnswerRow>,
    /// Decisions that they took and asks that they settled, the newest first.
    pub decided: Vec<Row>,
    /// What they wrote, the newest first.
    pub wrote: Vec<Row>,
}

/// How much there is of each, whether or not a list has room for it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Totals {
    waiting: usize,
    deciding: usize,
    asked: usize,
    answered: usize,
    decided: usize,
    wrote: usize,
}

impl From<&Activity> for Totals {
    fn from(activity: &Activity) -> Self {
        Self {
            waiting: activity.waiting.len(),
            deciding: activity.deciding.len(),
            asked: activity.asked.len(),
            answered: activity.answered.len(),
            decided: activity.decided.len() + activity.settled.len(),
            wrote: activity.wrote.len(),
        }
    }
}

/// What somebody answered.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerRow {
    /// The response.
    pub url: String,
    /// To which question.
    pub question: String,
    /// The title of the document that it is asked in.
    pub document: String,
    /// Which answer.
    pub answer: Option<String>,
    /// For or against, by word and shape.
    pub position: Option<PositionView>,
    /// When.
    pub at: Option<MomentView>,
}

/// With more rows than these there is no room for a sentence each.
const ROOM_FOR_NOTES: usize = 60;

impl PeopleView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let url = UrlPath::new("/people/").ok();
        let people = scope.site.people.all().iter().zip(scope.site.activity.iter()).enumerate();
        let (mut owing, others): (Vec<_>, Vec<_>) =
            people.partition(|(_, (_, activity))| !activity.waiting.is_empty());
        owing.sort_by_key(|(_, (_, activity))| activity.waiting.first().copied());
        let row =
            |(_, (person, activity)): (usize, (&Person, &Activity))| PersonRow::new(scope, person, activity);
        let calendar = CalendarView::all(scope);
        Self {
            head: Head {
                current: url.as_ref().map(|url| scope.urls.href(url)),
                calendar: calendar.as_ref().map(|calendar| calendar.href.clone()),
                ..Head::plain(scope, "People", url.as_ref())
            },
            crumbs: crumbs(scope, false),
            owing: owing.into_iter().map(row).collect(),
            others: others.into_iter().map(row).collect(),
            calendar,
        }
    }
}

impl PersonRow {
    fn new(scope: &Scope<'_>, person: &Person, activity: &Activity) -> Self {
        let first = activity.waiting.first().and_then(|at| scope.site.waiting.get(*at));
        let counts = [
            (activity.asked.len(), "asked"),
            (activity.answered.len(), "answered"),
            (activity.deciding.len(), "to decide"),
            (activity.decided.len() + activity.settled.len(), "decided"),
            (activity.wrote.len(), "written"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        Self {
            person: somebody(scope, person),
            zone: zone(person),
            first: first.and_then(|one| WaitingRow::new(scope, one)),
            waiting: activity.waiting.len(),
            counts: counts.map(|(count, word)| Count { count, word }).collect(),
        }
    }
}

impl PersonView {
    /// Of one person.
    pub fn new(scope: &Scope<'_>, id: PersonId, person: &Person) -> Self {
        let none = Activity::default();
        let activity = scope.site.activity.get(id.0).unwrap_or(&none);
        let calendar = CalendarView::of(scope, person);
        let head = Head::plain(scope, &person.name, Some(&person.url));
        Self {
            head: Head {
                current: UrlPath::new("/people/").ok().map(|url| scope.urls.href(&url)),
                calendar: calendar.as_ref().map(|calendar| calendar.href.clone()),
                description: Some(described(person, activity)),
                ..head
            },
            crumbs: crumbs(scope, true),
            name: person.name.clone(),
            handle: person.handle.clone().filter(|handle| *handle != person.name),
            zone: zone(person),
            calendar,
            totals: Totals::from(activity),
            waiting: waiting_of(scope, id),
            deciding: documents(scope, &activity.deciding),
            asked: asked(scope, activity),
            answered: answered(scope, activity),
            decided: decided(scope, activity),
            wrote: documents(scope, &activity.wrote),
        }
    }
}

/// What chat shows of their page.
fn described(person: &Person, activity: &Activity) -> String {
    match activity.waiting.len() {
        0 => format!("Nothing waits for {}.", person.name),
        1 => format!("One thing waits for {}.", person.name),
        many => format!("{many} things wait for {}.", person.name),
    }
}

fn zone(person: &Person) -> Option<String> {
    person.timezone.as_ref().map(|zone| zone_name(zone).to_owned())
}

fn crumbs(scope: &Scope<'_>, below: bool) -> Vec<Link> {
    let home = Link::new(scope.urls.href(&UrlPath::root()), &scope.site.config.title);
    let people = UrlPath::new("/people/").ok().filter(|_| below);
    let people = people.map(|url| Link::new(scope.urls.href(&url), "People"));
    std::iter::once(home).chain(people).collect()
}

/// The pages `ids` as rows, the newest first.
fn documents(scope: &Scope<'_>, ids: &[PageId]) -> Vec<Row> {
    let mut ids = ids.to_vec();
    ids.sort_by_key(|id| (Reverse(Dated::Made.of(scope.page(*id))), *id));
    let note = ids.len() <= ROOM_FOR_NOTES;
    ids.iter().take(MOST).map(|id| Row::new(scope, *id, Dated::Made, note)).collect()
}

/// What is open by its deadline, then what is decided, the newest first.
fn asked(scope: &Scope<'_>, activity: &Activity) -> Vec<WaitingRow> {
    let mut asked = activity.asked.clone();
    asked.sort_by_cached_key(|id| {
        let page = scope.page(id.page);
        let (state, due) = page.asks.get(id.place).map_or((AskState::Decided, (true, None)), |standing| {
            (standing.state, super::asks::deadline(standing))
        });
        let outcome = page.document.front.asks.get(id.place).and_then(|ask| ask.outcome.as_ref());
        let ended =
            outcome.and_then(|outcome| outcome.at.as_ref()).map(|at| at.start(&scope.site.config.timezone));
        (!state.is_open(), Reverse(ended), due, *id)
    });
    asked.into_iter().take(MOST).filter_map(|id| WaitingRow::ask(scope, id.page, id.place)).collect()
}

fn answered(scope: &Scope<'_>, activity: &Activity) -> Vec<AnswerRow> {
    let row = |response: &ResponseId| {
        let ResponseId { ask: AskId { page: id, place }, place: response } = *response;
        let page = scope.page(id);
        let ask = page.document.front.asks.get(place)?;
        let said = ask.responses.get(response)?;
        let anchor = page.asks.get(place)?.location.responses.get(response)?;
        let zone = &scope.site.config.timezone;
        let view = AnswerRow {
            url: scope.ask_href(id, anchor),
            question: ask.question.clone(),
            document: title(page),
            answer: said.answer.clone(),
            position: said.position.map(PositionView::from),
            at: said.at.as_ref().map(|at| MomentView::of(at, zone)),
        };
        Some((said.at.as_ref().map(|at| at.start(zone)), view))
    };
    let mut rows: Vec<_> = activity.answered.iter().filter_map(row).collect();
    rows.sort_by_key(|(at, _)| Reverse(*at));
    rows.into_iter().take(MOST).map(|(_, row)| row).collect()
}

fn decided(scope: &Scope<'_>, activity: &Activity) -> Vec<Row> {
    let decisions = activity.decided.iter().map(|id| Decided::decision(scope, *id));
    let asks = activity.settled.iter().map(|id| Decided::ask(scope, id.page, id.place));
    let mut all: Vec<Decided> = decisions.chain(asks).collect();
    all.sort_by_key(|one| (Reverse(one.date), one.page, one.ask));
    let note = all.len() <= ROOM_FOR_NOTES;
    let row = |one: Decided| match one.ask {
        None => Some(Row::new(scope, one.page, Dated::Made, note)),
        Some(place) => Row::outcome(scope, one.page, place),
    };
    all.into_iter().take(MOST).filter_map(row).collect()
}

impl Row {
    /// The ask `place` of the page `id`, which has an outcome: the answer stands for the sentence.
    pub fn outcome(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Self> {
        let page = scope.page(id);
        let (ask, standing) = (page.document.front.asks.get(place)?, page.asks.get(place)?);
        let said = ask.outcome.as_ref()?;
        let why = said.why.as_ref().map_or_else(String::new, |why| format!(" · {why}"));
        Some(Self {
            url: scope.ask_href(id, &standing.location.anchor),
            number: None,
            title: ask.question.clone(),
            kind: "ask",
            status: Some(super::asks::state(standing.state)),
            date: outcome(scope, id, place).map(DateView::from),
            note: Some(super::cut(&format!("{}{why}", said.answer), 200)),
            label: None,
        })
    }
}
