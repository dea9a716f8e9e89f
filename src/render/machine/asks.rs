//! `asks.json`: every ask of the site for other programs. `schema/asks.schema.json` says its form.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::document::front_matter::{Ask, Outcome, Position, Response};
use crate::path::encode_path;
use crate::render::views::{MomentView, Scope};
use crate::site::asks::{PeopleIndex, Standing};
use crate::site::{PageId, Site};
use crate::time::When;

#[derive(Serialize)]
struct AskRecord<'a> {
    id: &'a str,
    document: &'a str,
    question: &'a str,
    of: Vec<String>,
    opened: Option<String>,
    due: Option<String>,
    state: &'static str,
    options: &'a [String],
    responses: Vec<ResponseRecord<'a>>,
    outcome: Option<OutcomeRecord<'a>>,
    url: String,
}

#[derive(Serialize)]
struct ResponseRecord<'a> {
    by: String,
    at: Option<String>,
    answer: Option<&'a str>,
    position: Option<&'static str>,
    why: Option<&'a str>,
    url: String,
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    answer: &'a str,
    at: Option<String>,
    by: Option<String>,
    why: Option<&'a str>,
    decision: Option<String>,
}

/// The file, in the order of documents and of their front matter; `None` where nobody asks anything.
pub(super) fn text(site: &Site) -> Option<Vec<u8>> {
    if site.pages.iter().all(|page| page.asks.is_empty()) {
        return None;
    }
    let scope = Scope::new(site);
    let maker = Maker { scope: &scope, known: PeopleIndex::new(&site.config), zone: &site.config.timezone };
    let mut all = Vec::new();
    for (at, page) in site.pages.iter().enumerate() {
        let asks = page.document.front.asks.iter().zip(&page.asks);
        all.extend(asks.map(|(ask, standing)| maker.ask(PageId(at), ask, standing)));
    }
    let mut text = serde_json::to_vec(&all).ok()?;
    text.push(b'\n');
    Some(text)
}

struct Maker<'a> {
    scope: &'a Scope<'a>,
    known: PeopleIndex<'a>,
    zone: &'a TimeZone,
}

impl<'a> Maker<'a> {
    fn ask(&self, id: PageId, ask: &'a Ask, standing: &'a Standing) -> AskRecord<'a> {
        let responses = ask.responses.iter().zip(&standing.location.responses);
        AskRecord {
            id: &ask.id,
            document: self.scope.page(id).document.path.as_str(),
            question: &ask.question,
            of: ask.of.iter().map(|person| self.person(person)).collect(),
            opened: self.moment(ask.opened.as_ref()),
            due: standing.due.as_ref().map(|due| MomentView::exact(due).iso),
            state: standing.state.word(),
            options: &ask.options,
            responses: responses.map(|(said, anchor)| self.response(id, said, anchor)).collect(),
            outcome: ask.outcome.as_ref().map(|outcome| self.outcome(id, outcome)),
            url: self.url(id, Some(&standing.location.anchor)),
        }
    }

    fn response(&self, id: PageId, response: &'a Response, anchor: &str) -> ResponseRecord<'a> {
        ResponseRecord {
            by: self.person(&response.by),
            at: self.moment(response.at.as_ref()),
            answer: response.answer.as_deref(),
            position: response.position.map(Position::word),
            why: response.why.as_deref(),
            url: self.url(id, Some(anchor)),
        }
    }

    fn outcome(&self, from: PageId, outcome: &'a Outcome) -> OutcomeRecord<'a> {
        let decision = outcome.decision.as_ref().and_then(|written| self.scope.named(from, &written.value));
        OutcomeRecord {
            answer: &outcome.answer,
            at: self.moment(outcome.at.as_ref()),
            by: outcome.by.as_ref().map(|by| self.person(by)),
            why: outcome.why.as_deref(),
            decision: decision.map(|id| self.url(id, None)),
        }
    }

    /// The handle; of people without one what was written.
    fn person(&self, written: &str) -> String {
        let handle = self.known.handle(written);
        let known = self.scope.site.config.people.contains_key(&handle);
        if known { handle } else { written.to_owned() }
    }

    /// A date as one, a time with its offset.
    fn moment(&self, when: Option<&When>) -> Option<String> {
        when.map(|when| MomentView::of(when, self.zone).iso)
    }

    /// Absolute where the site's origin is known.
    fn url(&self, id: PageId, anchor: Option<&str>) -> String {
        let url = self.scope.urls.farthest(&self.scope.page(id).url);
        anchor.map_or_else(|| url.clone(), |anchor| format!("{url}#{}", encode_path(anchor)))
    }
}
