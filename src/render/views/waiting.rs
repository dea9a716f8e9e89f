//! What waits for an answer: all open asks by deadline, and by person.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Link;
use super::asks::{deadline, due, state, waits};
use super::dates::MomentView;
use super::facts::{FactValue, person};
use super::frame::Head;
use super::rows::{StatusView, title};
use super::scope::Scope;
use crate::path::UrlPath;
use crate::site::PageId;
use crate::site::asks::{AskState, Known};

/// The page of all that waits.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// All open asks, the first deadline first.
    pub rows: Vec<WaitingRow>,
    /// For whom they wait, by name.
    pub people: Vec<Owing>,
}

/// An open ask in a list.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingRow {
    /// Where it is asked.
    pub url: String,
    /// Plain text.
    pub question: String,
    /// The title of the document that it is asked in.
    pub document: String,
    /// By word and shape.
    pub state: StatusView,
    /// Until when it waits.
    pub due: Option<MomentView>,
    /// Whether time alone may change its state.
    pub waits: bool,
    /// Those who have not responded.
    pub missing: Vec<FactValue>,
}

/// Somebody with what waits for them.
#[derive(Clone, Debug, Serialize)]
pub struct Owing {
    /// The id of this list.
    pub id: String,
    /// Who.
    pub person: FactValue,
    /// What waits, the first deadline first.
    pub rows: Vec<WaitingRow>,
}

impl WaitingView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let url = UrlPath::new("/waiting/").ok();
        let open = open(scope);
        let current = url.as_ref().map(|url| scope.urls.href(url));
        Self {
            head: Head { current, ..Head::plain(scope, "Waiting", url.as_ref()) },
            crumbs: vec![Link::new(scope.urls.href(&UrlPath::root()), &scope.site.config.title)],
            rows: open.iter().filter_map(|(id, place)| WaitingRow::new(scope, *id, *place)).collect(),
            people: people(scope, &open),
        }
    }
}

impl WaitingRow {
    /// The ask `place` of the page `id`.
    pub fn new(scope: &Scope<'_>, id: PageId, place: usize) -> Option<Self> {
        let page = scope.page(id);
        let (ask, standing) = (page.document.front.asks.get(place)?, page.asks.get(place)?);
        let config = &scope.site.config;
        Some(Self {
            url: scope.ask_href(id, &standing.seat.anchor),
            question: ask.question.clone(),
            document: title(page),
            state: state(standing.state),
            due: due(standing),
            waits: waits(standing.state),
            missing: standing.missing.iter().map(|written| person(config, written)).collect(),
        })
    }
}

/// All open asks of the site by page and place, the first deadline first.
pub fn open(scope: &Scope<'_>) -> Vec<(PageId, usize)> {
    let mut open: Vec<(PageId, usize)> = Vec::new();
    for (at, page) in scope.site.pages.iter().enumerate() {
        let waiting = page.asks.iter().enumerate().filter(|(_, standing)| standing.state.is_open());
        open.extend(waiting.map(|(place, _)| (PageId(at), place)));
    }
    // What nobody can do anything about but the one who asked comes last.
    open.sort_by_key(|(id, place)| {
        let standing = &scope.page(*id).asks[*place];
        (standing.state == AskState::Answered, deadline(standing), *id, *place)
    });
    open
}

fn people(scope: &Scope<'_>, open: &[(PageId, usize)]) -> Vec<Owing> {
    let known = Known::new(&scope.site.config);
    let mut lists: BTreeMap<String, (FactValue, Vec<WaitingRow>)> = BTreeMap::new();
    for (id, place) in open {
        for written in &scope.page(*id).asks[*place].missing {
            let who = person(&scope.site.config, written);
            let list = lists.entry(known.handle(written)).or_insert_with(|| (who, Vec::new()));
            list.1.extend(WaitingRow::new(scope, *id, *place));
        }
    }
    let mut all: Vec<Owing> = lists
        .into_iter()
        .map(|(handle, (person, rows))| Owing { id: format!("by-{handle}"), person, rows })
        .collect();
    all.sort_by(|a, b| (a.person.text.to_lowercase(), &a.id).cmp(&(b.person.text.to_lowercase(), &b.id)));
    all
}
