//! `overdue-ask`, `unanswered-closed`, `ask-without-deadline`: asks that nobody will ever come back to by themselves.
//!
//! An ask has at most one of them. Its window is over and somebody who was asked is missing: `overdue-ask`. It is over,
//! and nobody is missing: `unanswered-closed`, since only its outcome is. It has no end: `ask-without-deadline`.

use jiff::Zoned;
use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::front_matter::Ask;
use crate::site::asks::{AskState, Standing};
use crate::site::{Page, Site};
use crate::time::zone_name;

/// How many of those who are missing a message names.
const NAMED: usize = 8;

/// At each ask that lapsed or never will.
pub fn lapsed(site: &Site) -> Vec<Diagnostic> {
    let today = site.clock.now.to_zoned(site.config.timezone.clone()).date();
    let of_page = |page| {
        let asks = |page: &Page| page.document.front.asks.len().min(page.asks.len());
        (0..asks(page)).filter_map(move |at| of_ask(site, page, at, today))
    };
    site.pages.iter().map(|page| &**page).flat_map(of_page).collect()
}

fn of_ask(site: &Site, page: &Page, at: usize, today: Date) -> Option<Diagnostic> {
    let (ask, standing) = (&page.document.front.asks[at], &page.asks[at]);
    let found = match (&standing.due, standing.state) {
        (_, AskState::Decided) => None,
        (None, _) => without_deadline(site, ask),
        (Some(due), _) if site.clock.now <= due.timestamp() => None,
        (Some(due), _) if standing.missing.is_empty() => Some(unanswered(ask, due, today)),
        (Some(due), _) => Some(overdue(ask, standing, due, today)),
    };
    Some(found?.at(Place::line(&page.document.path, &page.document.text, ask.line)))
}

fn overdue(ask: &Ask, standing: &Standing, due: &Zoned, today: Date) -> Diagnostic {
    let missing = &standing.missing;
    let named = missing.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more =
        if missing.len() > NAMED { format!(" and {} more", missing.len() - NAMED) } else { String::new() };
    let verb = if missing.len() == 1 { "has" } else { "have" };
    let message =
        format!("the ask `{}` was due on {}, and {named}{more} {verb} not responded", ask.id, said(due));
    let first = missing.first().map_or("ana", String::as_str);
    Diagnostic::warning("overdue-ask", message)
        .hint(format!("Add what they said below its `responses:`, such as `- {{ by: {first}, at: {today}, position: agree }}`."))
        .hint(format!("Or settle it with `{}`, or give it a later `due:`.", outcome(today)))
}

fn unanswered(ask: &Ask, due: &Zoned, today: Date) -> Diagnostic {
    let who = if ask.of.is_empty() { "nobody was asked by name" } else { "everybody has responded" };
    let message =
        format!("the window of the ask `{}` closed on {}, {who}, and there is no outcome", ask.id, said(due));
    Diagnostic::warning("unanswered-closed", message)
        .hint(format!("Add `{}` to it; or give it a later `due:`.", outcome(today)))
}

/// What another finding says already (a `window` without `opened`, an unknown channel) is not said twice.
fn without_deadline(site: &Site, ask: &Ask) -> Option<Diagnostic> {
    let known = |channel: &String| {
        let same = |norm: &str| norm.trim().to_lowercase() == channel.trim().to_lowercase();
        site.config.norms.iter().any(|norm| same(&norm.channel))
    };
    let hint = match (&ask.window, &ask.channel) {
        (Some(_), _) => return None,
        (None, Some(channel)) if !known(channel) => return None,
        (None, Some(_)) => "Its channel's window counts from `opened:`, which is missing here: add it.",
        (None, None) if ask.opened.is_some() => {
            "Add `due:` with a date or a time, or `window: 24h`, which counts from `opened`."
        }
        (None, None) => "Add `due:` with a date or a time, or `opened:` and `window: 24h`.",
    };
    let message = format!("the ask `{}` has no deadline, so nobody can tell when it lapses", ask.id);
    Some(Diagnostic::warning("ask-without-deadline", message).hint(hint))
}

fn outcome(today: Date) -> String {
    format!("outcome: {{ answer: ..., at: {today}, why: ... }}")
}

/// The day, where it ends with that; else the time too, and where it is meant.
pub(super) fn said(due: &Zoned) -> String {
    let zone = due.time_zone();
    if due.strftime("%H:%M:%S").to_string() == "23:59:59" {
        return due.date().to_string();
    }
    let place =
        if zone.iana_name().is_some() { zone_name(zone).to_owned() } else { due.strftime("%:z").to_string() };
    format!("{} ({place})", due.strftime("%Y-%m-%d %H:%M"))
}
