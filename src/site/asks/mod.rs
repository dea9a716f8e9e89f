//! Asks as far as the whole site and the clock tell: where each is shown, until when it waits, and how it stands.

use jiff::{SignedDuration, Timestamp, Zoned};

use crate::config::{Config, Norm};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::document::front_matter::Ask;
use crate::time::Clock;

mod location;
mod people;

pub use location::{AskLocation, locations};
pub use people::PeopleIndex;

/// An ask of a page, in the order of its front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it is shown and what it is linked by.
    pub location: AskLocation,
    /// The last moment that is in time, in the zone that it was written for; `None` where none is known.
    pub due: Option<Zoned>,
    /// How it stands by the clock of the build.
    pub state: AskState,
    /// Those asked who have not responded, as written.
    pub missing: Vec<String>,
}

/// How an ask stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskState {
    /// Its window is over, and somebody who was asked has not responded.
    Overdue,
    /// A day or less is left.
    DueSoon,
    /// It waits for responses.
    Open,
    /// All asked have responded, and there is no outcome yet.
    Answered,
    /// It has its outcome.
    Decided,
}

impl AskState {
    /// The word that stands for it in data and classes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Decided => "decided",
        }
    }

    /// Whether it waits for somebody.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Decided)
    }
}

/// How long before its end a window is nearly over.
const SOON: SignedDuration = SignedDuration::from_hours(24);

impl Standing {
    fn new(ask: &Ask, location: AskLocation, known: &PeopleIndex<'_>, clock: Clock) -> Self {
        let due = due(ask, known.config());
        let missing = missing(ask, known);
        let all_answered = missing.is_empty() && !ask.of.is_empty();
        let state = state(ask.outcome.is_some(), all_answered, due.as_ref().map(Zoned::timestamp), clock);
        Self { location, due, state, missing }
    }

    /// The moments at which time alone changes how it stands, each the first of what is new.
    pub fn changes(&self) -> impl Iterator<Item = Timestamp> + use<> {
        let waits = matches!(self.state, AskState::Open | AskState::DueSoon | AskState::Overdue);
        let due = self.due.as_ref().filter(|_| waits).map(Zoned::timestamp);
        due.into_iter().flat_map(changes_around)
    }
}

/// The moments at which what is due at `due` is nearly due and overdue, each the first of what is new.
pub(super) fn changes_around(due: Timestamp) -> impl Iterator<Item = Timestamp> {
    [due.checked_sub(SOON).ok(), just_after(due)].into_iter().flatten()
}

fn just_after(due: Timestamp) -> Option<Timestamp> {
    due.checked_add(SignedDuration::from_nanos(1)).ok()
}

/// How an ask stands at `clock`: a decided one whatever else is true of it, then one that everybody has answered, then
/// by its deadline.
pub fn state(decided: bool, all_answered: bool, due: Option<Timestamp>, clock: Clock) -> AskState {
    match due {
        _ if decided => AskState::Decided,
        _ if all_answered => AskState::Answered,
        Some(due) if clock.now > due => AskState::Overdue,
        Some(due) if due.duration_since(clock.now) <= SOON => AskState::DueSoon,
        _ => AskState::Open,
    }
}

/// Until when responses are wanted: `due`, else the ask's own window after `opened`, else that of its channel.
pub fn due(ask: &Ask, config: &Config) -> Option<Zoned> {
    if let Some(due) = &ask.due {
        return Some(due.due(&config.timezone));
    }
    let window = ask.window.or_else(|| norm(ask, config).map(|(_, norm)| norm.within))?;
    Some(window.closes(ask.opened.as_ref()?, &config.timezone))
}

/// The norm that an ask takes its window from, with its place in the configuration; `None` where the ask has a deadline or
/// a window of its own.
pub fn norm<'a>(ask: &Ask, config: &'a Config) -> Option<(usize, &'a Norm)> {
    let open = ask.due.is_none() && ask.window.is_none();
    config.norms.iter().enumerate().find(|(_, norm)| open && is_channel(ask, &norm.channel))
}

fn is_channel(ask: &Ask, channel: &str) -> bool {
    ask.channel.as_ref().is_some_and(|named| named.trim().to_lowercase() == channel.trim().to_lowercase())
}

fn missing(ask: &Ask, known: &PeopleIndex<'_>) -> Vec<String> {
    let answered: Vec<String> = ask.responses.iter().map(|response| known.handle(&response.by)).collect();
    let mut named = Vec::new();
    let waits = |person: &&String| {
        let handle = known.handle(person);
        let new = !answered.contains(&handle) && !named.contains(&handle);
        named.push(handle);
        new
    };
    ask.of.iter().filter(waits).cloned().collect()
}

/// How the asks of `document` stand, one for each of `locations`; a channel that the configuration does not have is a finding.
pub(super) fn standings(
    document: &Document,
    locations: &[AskLocation],
    known: &PeopleIndex<'_>,
    clock: Clock,
    out: &mut Vec<Diagnostic>,
) -> Vec<Standing> {
    let asks = &document.front.asks;
    out.extend(asks.iter().filter_map(|ask| unknown_channel(document, ask, known.config())));
    asks.iter()
        .zip(locations)
        .map(|(ask, location)| Standing::new(ask, location.clone(), known, clock))
        .collect()
}

fn unknown_channel(document: &Document, ask: &Ask, config: &Config) -> Option<Diagnostic> {
    let named = ask.channel.as_deref()?;
    if config.norms.iter().any(|norm| is_channel(ask, &norm.channel)) {
        return None;
    }
    let found = Diagnostic::warning("unknown-channel", format!("`norms` has no channel `{named}`"))
        .at(Place::line(&document.path, &document.text, ask.line))
        .suggest(named, config.norms.iter().map(|norm| norm.channel.as_str()));
    Some(found.hint("An ask without `due` and `window` gets its deadline from the norm of its channel."))
}

#[cfg(test)]
mod tests;
