//! `deadlines.ics`, for all and for each person: an event for each open ask that has a deadline, and for each document that
//! is due. A deadline at the end of a day fills that day; any other is the half hour before it.
//!
//! Nothing in it depends on the clock: a calendar changes when its documents do.

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::ical::Calendar;
use crate::document::front_matter::Ask;
use crate::document::inline::plain;
use crate::path::UrlPath;
use crate::render::views::{Urls, cut, ends};
use crate::site::asks::AskState;
use crate::site::waiting::{What, responsible};
use crate::site::{Page, PersonId, Site, Waiting, display};

/// How long before its end an event begins that has an hour.
const LENGTH: SignedDuration = SignedDuration::from_mins(30);

/// The longest text in an event, in characters: a calendar is a reminder, and the ask has an address.
const TEXT: usize = 600;

/// The longest background of an ask, in characters.
const BACKGROUND: usize = 280;

/// The calendar of all, or of one person.
pub(super) fn text(site: &Site, person: Option<PersonId>) -> Vec<u8> {
    let maker = Maker { site, urls: Urls::at_root(&site.config.base) };
    let title = &site.config.title;
    let Some(id) = person else {
        return maker.calendar(&format!("{title}: deadlines"), site.waiting.iter());
    };
    let waiting = site.activity.get(id.0).map_or(&[][..], |activity| &activity.waiting);
    // What all have answered waits for whoever asked, but not until a time.
    let open = waiting.iter().filter_map(|at| site.waiting.get(*at));
    let open = open.filter(|one| one.state != AskState::Answered);
    let name = site.people.get(id).map_or("", |person| &person.name);
    maker.calendar(&format!("{title}: what waits for {name}"), open)
}

struct Maker<'a> {
    site: &'a Site,
    urls: Urls<'a>,
}

impl<'a> Maker<'a> {
    fn calendar(&self, name: &str, waiting: impl Iterator<Item = &'a Waiting>) -> Vec<u8> {
        let mut out = Calendar::default();
        out.line("BEGIN", "VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", "-//Threadmark//Deadlines//EN");
        out.line("CALSCALE", "GREGORIAN");
        out.text("NAME", name);
        out.text("X-WR-CALNAME", name);
        out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
        out.line("X-PUBLISHED-TTL", "PT4H");
        let events = waiting.filter_map(|one| Some((one, one.due.as_ref()?)));
        let mut empty = true;
        for (one, due) in events {
            self.event(&mut out, one, due);
            empty = false;
        }
        if empty {
            utc(&mut out);
        }
        out.line("END", "VCALENDAR");
        out.finish()
    }

    fn event(&self, out: &mut Calendar, one: &Waiting, due: &Zoned) {
        let page = &self.site.pages[one.page.0];
        let ask = self.ask(one);
        let place = match one.what {
            What::Ask(place) => page.asks.get(place).map(|standing| standing.location.anchor.as_str()),
            What::Document(_) => None,
        };
        let anchor =
            place.map_or_else(String::new, |anchor| format!("#{}", crate::path::encode_path(anchor)));
        let title = display::title(page);
        let what = ask.map_or_else(|| format!("Due: {title}"), |ask| ask.question.clone());
        out.line("BEGIN", "VEVENT");
        out.line("UID", &self.uid(&page.url, &anchor));
        out.line("DTSTAMP", &utc_time(self.stamp(page, ask)));
        span(out, due);
        out.text("SUMMARY", &cut(&what, TEXT));
        out.text("DESCRIPTION", &self.description(one, page, ask, due));
        if let Some(url) = self.urls.absolute(&page.url) {
            out.line("URL;VALUE=URI", &format!("{url}{anchor}"));
        }
        out.line("TRANSP", "TRANSPARENT");
        out.line("END", "VEVENT");
    }

    fn ask(&self, one: &Waiting) -> Option<&'a Ask> {
        let What::Ask(place) = one.what else { return None };
        self.site.pages[one.page.0].document.front.asks.get(place)
    }

    /// Made of the address alone, so that an event stays the same one whatever else about it changes.
    fn uid(&self, url: &UrlPath, anchor: &str) -> String {
        let address = self.urls.absolute(url).unwrap_or_else(|| url.encoded()) + anchor;
        let hash = blake3::hash(address.as_bytes());
        format!("{}@threadmark", &hash.to_hex()[..32])
    }

    /// When what the event says was last said: nothing of the clock, so that the same sources give the same bytes.
    fn stamp(&self, page: &Page, ask: Option<&Ask>) -> Timestamp {
        let zone = &self.site.config.timezone;
        let date = page.updated.or(page.date).and_then(|date| date.to_zoned(zone.clone()).ok());
        let changed = page.updated_at.or_else(|| date.map(|date| date.timestamp()));
        let asked = ask.and_then(|ask| ask.opened.as_ref()).map(|opened| opened.start(zone));
        changed.or(asked).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn description(&self, one: &Waiting, page: &Page, ask: Option<&Ask>, due: &Zoned) -> String {
        let mut parts = Vec::new();
        let (what, waits_for) = match one.what {
            What::Ask(_) => (format!("Asked in {}.", display::title(page)), one.of(page)),
            What::Document(wait) => (format!("{}.", ends(wait)), responsible(page)),
        };
        parts.push(what);
        if let Some(ask) = ask {
            parts.extend(ask.context.as_deref().map(|context| cut(&plain(context), BACKGROUND)));
            parts.extend((!ask.options.is_empty()).then(|| format!("Options: {}", ask.options.join(" / "))));
        }
        let zone =
            due.time_zone().iana_name().map_or_else(|| due.strftime("UTC%:z").to_string(), str::to_owned);
        let until = if is_end_of_day(due) { "the end of %a %-d %b %Y" } else { "%a %-d %b %Y, %H:%M" };
        parts.push(format!("Until {}, {zone}.", due.strftime(until)));
        let names: Vec<String> =
            waits_for.iter().map(|written| display::person(&self.site.config, written).0).collect();
        if one.state == AskState::Answered {
            parts.push("All have answered; it waits for its outcome.".to_owned());
        } else if !names.is_empty() {
            parts.push(format!("Waits for {}.", names.join(", ")));
        }
        cut(&parts.join("\n"), TEXT)
    }
}

/// A deadline at the end of a day is that day, wherever it is read; any other is a moment.
fn span(out: &mut Calendar, due: &Zoned) {
    if let Some(tomorrow) = due.date().tomorrow().ok().filter(|_| is_end_of_day(due)) {
        out.line("DTSTART;VALUE=DATE", &day(due.date()));
        out.line("DTEND;VALUE=DATE", &day(tomorrow));
        return;
    }
    let end = due.timestamp();
    out.line("DTSTART", &utc_time(end.checked_sub(LENGTH).unwrap_or(end)));
    out.line("DTEND", &utc_time(end));
}

/// Whether it is the last second of a day, as the deadlines of bare dates are.
fn is_end_of_day(due: &Zoned) -> bool {
    due.time() == time(23, 59, 59, 0)
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn utc_time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A calendar must have something in it (RFC 5545, 3.4); of nothing that waits, this says nothing.
fn utc(out: &mut Calendar) {
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "Etc/UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        out.line(name, value);
    }
}
