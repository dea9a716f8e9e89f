//! The page of the norms: how soon each channel is answered, by example, and which asks take their window from it.

use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};
use serde::Serialize;

use super::Link;
use super::frame::Head;
use super::scope::Scope;
use super::waiting::WaitingRow;
use super::windows::{anchor, words};
use crate::document::front_matter::Ask;
use crate::path::UrlPath;
use crate::site::{PageId, asks};
use crate::time::{When, Window, zone_name};

/// The page of all norms.
#[derive(Clone, Debug, Serialize)]
pub struct NormsView {
    /// For `<head>`.
    pub head: Head,
    /// The way here.
    pub crumbs: Vec<Link>,
    /// In the order of the configuration.
    pub norms: Vec<NormView>,
    /// The zone of what names none.
    pub zone: String,
    /// Whether business days are spoken of.
    pub business: bool,
}

/// The norm of a channel.
#[derive(Clone, Debug, Serialize)]
pub struct NormView {
    /// Its anchor.
    pub id: String,
    /// Such as `Document comment`.
    pub channel: String,
    /// Such as `24 hours`.
    pub window: String,
    /// When something is asked, and when its window ends.
    pub example: Example,
    /// The same where only a date was written.
    pub dated: Example,
    /// Open asks that take their window from it, the first deadline first.
    pub open: Vec<WaitingRow>,
    /// How many asks did in all.
    pub count: usize,
}

/// A window from its first to its last moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// `Tuesday 16:00`
    pub asked: String,
    /// `Wednesday 16:00`
    pub ends: String,
}

/// Tuesday; and Friday, which shows that business days leave out weekends. January has no change of clocks.
const TUESDAY: Date = date(2026, 1, 6);
const FRIDAY: Date = date(2026, 1, 9);
const AFTERNOON: Time = time(16, 0, 0, 0);

impl NormsView {
    /// Of the whole site.
    pub fn new(scope: &Scope<'_>) -> Self {
        let config = &scope.site.config;
        let url = UrlPath::new("/norms/").ok();
        let mut norms: Vec<NormView> = (0..config.norms.len()).map(|at| NormView::new(scope, at)).collect();
        let using = |id: PageId, ask: &Ask| Some((asks::norm(ask, config)?.0, id));
        for (at, page) in scope.site.pages.iter().enumerate() {
            for ask in &page.document.front.asks {
                if let Some((norm, _)) = using(PageId(at), ask) {
                    norms[norm].count += 1;
                }
            }
        }
        for one in scope.site.waiting.iter() {
            let asks = &scope.page(one.page).document.front.asks;
            let crate::site::waiting::What::Ask(place) = one.what else { continue };
            if let Some((norm, _)) = asks.get(place).and_then(|ask| using(one.page, ask)) {
                norms[norm].open.extend(WaitingRow::new(scope, one));
            }
        }
        Self {
            head: Head::plain(scope, "Norms", url.as_ref()),
            crumbs: vec![Link::new(scope.urls.href(&UrlPath::root()), &config.title)],
            business: config.norms.iter().any(|norm| matches!(norm.within, Window::BusinessDays(_))),
            norms,
            zone: zone_name(&config.timezone).to_owned(),
        }
    }
}

impl NormView {
    fn new(scope: &Scope<'_>, at: usize) -> Self {
        let norm = &scope.site.config.norms[at];
        let day = if matches!(norm.within, Window::BusinessDays(_)) { FRIDAY } else { TUESDAY };
        let moment = When::Local(day.to_datetime(AFTERNOON));
        Self {
            id: anchor(&scope.site.config.norms, at),
            channel: norm.channel.clone(),
            window: words(norm.within),
            example: Example::new(norm.within, &moment),
            dated: Example::new(norm.within, &When::Date(day)),
            open: Vec::new(),
            count: 0,
        }
    }
}

impl Example {
    fn new(window: Window, opened: &When) -> Self {
        let start = opened.date();
        let bare = matches!(opened, When::Date(_));
        let asked = if bare {
            weekday(start)
        } else {
            format!("{} {}", weekday(start), clock(&opened.due(&TimeZone::UTC)))
        };
        let end = window.closes(opened, &TimeZone::UTC);
        let days = end.date().duration_since(start).as_hours() / 24;
        let later = if days < 7 { String::new() } else { format!(", {days} days later") };
        let whole = end.time() == time(23, 59, 59, 0);
        let ends = match days {
            0 if !whole => clock(&end),
            _ if whole => format!("the end of {}{later}", weekday(end.date())),
            _ => format!("{} {}{later}", weekday(end.date()), clock(&end)),
        };
        Self { asked, ends }
    }
}

fn weekday(date: Date) -> String {
    format!("{:?}", date.weekday())
}

/// To the minute; the last second of one is the next.
fn clock(at: &Zoned) -> String {
    let at = at.saturating_add(SignedDuration::from_secs(i64::from(at.second() == 59)));
    format!("{:02}:{:02}", at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(text: &str) -> Window {
        Window::parse(text).unwrap()
    }

    #[test]
    fn an_example_says_when_a_window_ends() {
        let moment = |text: &str, day: Date| {
            let Example { asked, ends } =
                Example::new(window(text), &When::Local(day.to_datetime(AFTERNOON)));
            format!("{asked} → {ends}")
        };
        assert_eq!(moment("30m", TUESDAY), "Tuesday 16:00 → 16:30");
        assert_eq!(moment("24h", TUESDAY), "Tuesday 16:00 → Wednesday 16:00");
        assert_eq!(moment("1w", TUESDAY), "Tuesday 16:00 → Tuesday 16:00, 7 days later");
        assert_eq!(moment("2bd", FRIDAY), "Friday 16:00 → Tuesday 16:00");
        let date = Example::new(window("24h"), &When::Date(TUESDAY));
        assert_eq!((date.asked.as_str(), date.ends.as_str()), ("Tuesday", "the end of Wednesday"));
        let hours = Example::new(window("4h"), &When::Date(TUESDAY));
        assert_eq!(hours.ends, "Wednesday 04:00");
    }
}
