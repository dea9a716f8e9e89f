//! Until when a document waits: its own `due`, and what other tools' records say in their own words.
//!
//! What asks wait for is [`super::asks`]' work.

use jiff::Zoned;
use jiff::civil::Date;

use super::{NormalStatus, Page, Status};
use crate::config::Config;
use crate::document::Document;
use crate::time::{When, lenient_date, month_of_word};

/// What ends at the time a document waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Its own `due`.
    Due,
    /// The Last Call of an EIP.
    LastCall,
    /// A review whose days stand in the status, as Swift Evolution has it.
    Review,
}

impl Wait {
    /// The keys in which it is written, with hyphens; none where it stands in the status.
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Due => &["due"],
            Self::LastCall => &LAST_CALL,
            Self::Review => &[],
        }
    }
}

/// EIP-1's key, and what it was called before 2021.
const LAST_CALL: [&str; 2] = ["last-call-deadline", "review-period-end"];

/// The last moment for which `page` waits, in the zone that it was written for, else in that of the site. `None` where
/// nothing is said, and where the document is settled: nobody need do anything about it by then.
pub fn due(page: &Page, config: &Config) -> Option<Zoned> {
    wait(page, config).map(|(_, due)| due)
}

/// As [`due`], with what it is that ends.
pub fn wait(page: &Page, config: &Config) -> Option<(Wait, Zoned)> {
    ends(&page.document, page.status.as_ref(), config)
}

/// The same of a document with its status, before there is a page.
pub(super) fn ends(document: &Document, status: Option<&Status>, config: &Config) -> Option<(Wait, Zoned)> {
    if settled(document, status) {
        return None;
    }
    let zone = &config.timezone;
    if let Some(due) = &document.front.due {
        return Some((Wait::Due, due.due(zone)));
    }
    let (what, date) = last_call(document, status?).or_else(|| review(status?))?;
    Some((what, When::Date(date).due(zone)))
}

/// Whether nothing more will come of a document: its status says so, or its stage.
pub(super) fn is_settled(page: &Page) -> bool {
    settled(&page.document, page.status.as_ref())
}

fn settled(document: &Document, status: Option<&Status>) -> bool {
    use NormalStatus::{Draft, Proposed};
    let status = status.and_then(|status| status.normal);
    let stage = document.front.stage.as_deref().unwrap_or("").trim();
    !matches!(status, None | Some(Draft | Proposed))
        || ["approved", "published", "done"].iter().any(|last| stage.eq_ignore_ascii_case(last))
}

/// The end of an EIP's Last Call, while that is its status.
fn last_call(document: &Document, status: &Status) -> Option<(Wait, Date)> {
    let status = status.raw.to_lowercase().replace('-', " ");
    if !status.trim_start().starts_with("last call") {
        return None;
    }
    let written = LAST_CALL.iter().find_map(|key| document.front.extra.get(*key))?;
    Some((Wait::LastCall, lenient_date(written.as_str()?)?))
}

/// The end of the review that a status names with its days.
fn review(status: &Status) -> Option<(Wait, Date)> {
    let (before, rest) = status.raw.split_once('(')?;
    let named = before.split_whitespace().any(|word| word.eq_ignore_ascii_case("review"));
    let (days, _) = rest.split_once(')').filter(|_| named)?;
    Some((Wait::Review, last_day(days)?))
}

/// The last day of `March 1 - 10, 2024`, `January 29th...February 3rd, 2019` or `2024-03-01 - 2024-03-10`: of each part
/// of a date what was named last. Days without a month or without a year are no date.
fn last_day(days: &str) -> Option<Date> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in days.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number = digits.parse::<i16>().ok();
        match digits.len() {
            0 => month = month_of_word(word).or(month),
            1 | 2 => day = number.or(day),
            4 => year = number.or(year),
            _ => {}
        }
    }
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => Date::new(year, month, i8::try_from(day).ok()?).ok(),
        (Some(_), None, Some(_)) => lenient_date(days.split_whitespace().next_back()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Kind;
    use crate::site::{Status, fixture};

    fn page(status: &str) -> crate::frozen::Frozen<Page> {
        let mut page = fixture::page(Kind::Decision, 0, "a.md", "A");
        page.status = Some(Status::read(status)).filter(|_| !status.is_empty());
        page
    }

    fn told(page: &Page) -> Option<String> {
        let mut config = fixture::config();
        config.timezone = crate::time::zone("Europe/Berlin").unwrap();
        due(page, &config).map(|due| due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    #[test]
    fn its_own_due_counts_until_it_is_settled() {
        let mut page = page("");
        page.document.front.due = Some(When::parse("2026-11-26").unwrap());
        assert_eq!(told(&page).as_deref(), Some("2026-11-26T23:59:59+01:00"));
        page.document.front.due = Some(When::parse("2026-11-26T17:00[America/Chicago]").unwrap());
        assert_eq!(told(&page).as_deref(), Some("2026-11-26T17:00:00-06:00"));
        for (status, waits) in [
            ("draft", true),
            ("In review", true),
            ("banana", true),
            ("accepted", false),
            ("Rejected", false),
            ("withdrawn", false),
            ("superseded by 7", false),
            ("deprecated", false),
            ("on hold", false),
        ] {
            page.status = Some(Status::read(status));
            assert_eq!(told(&page).is_some(), waits, "{status}");
        }
        page.status = None;
        for (stage, waits) in
            [("Draft", true), ("In review", true), ("Approved", false), ("published", false)]
        {
            page.document.front.stage = Some(stage.to_owned());
            assert_eq!(told(&page).is_some(), waits, "{stage}");
        }
    }

    #[test]
    fn a_last_call_ends_with_its_day_while_it_lasts() {
        for (status, date, expected) in [
            ("Last Call", json!("2021-11-03"), Some("2021-11-03T23:59:59+01:00")),
            ("last-call", json!("2021-11-03T00:00:00.000Z"), Some("2021-11-03T23:59:59+01:00")),
            ("Final", json!("2021-11-03"), None),
            ("Review", json!("2021-11-03"), None),
            ("Last Call", json!("soon"), None),
            ("Last Call", json!(20_211_103), None),
        ] {
            let mut page = page(status);
            page.document.front.extra.insert("last-call-deadline".into(), date);
            assert_eq!(told(&page).as_deref(), expected, "{status}");
        }
    }

    #[test]
    fn a_review_ends_with_the_last_of_its_days() {
        for (status, expected) in [
            ("Active review (March 1 - 10, 2024)", Some("2024-03-10")),
            ("**Active Review (April 6...12, 2017)**", Some("2017-04-12")),
            ("Active review (January 29th...February 3rd, 2019)", Some("2019-02-03")),
            ("Active Review (Oct 11 ... 25, 2022)", Some("2022-10-25")),
            ("Active review (June 19 – 25 2019)", Some("2019-06-25")),
            ("Active review (December 20, 2022 - January 3, 2023)", Some("2023-01-03")),
            ("Active review (1 to 10 March 2024)", Some("2024-03-10")),
            ("Active review (2024-03-01 - 2024-03-10)", Some("2024-03-10")),
            ("Scheduled for review (March 1 - 10, 2024)", Some("2024-03-10")),
            ("Active review (March 1 - 10)", None),
            ("Active review (March 1 - 40, 2024)", None),
            ("Active review (Swift 5.1)", None),
            ("Active review", None),
            ("Implemented (Swift 2.2)", None),
            ("Accepted after review (March 1 - 10, 2024)", None),
            ("Proposed (March 1 - 10, 2024)", None),
        ] {
            let day = told(&page(status)).map(|due| due[..10].to_owned());
            assert_eq!(day.as_deref(), expected, "{status}");
        }
    }
}
