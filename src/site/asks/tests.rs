//! Deadlines and states of asks, as documents write them.

use proptest::prelude::*;

use super::*;
use crate::config::{HtmlPolicy, Norm};
use crate::path::SourcePath;
use crate::site::fixture;
use crate::source::SourceFile;
use crate::time::{Window, zone};

fn config() -> Config {
    let norms = [("Document comment", "24h"), ("Email", "2bd")];
    let norm = |(channel, within): (&str, &str)| Norm {
        channel: channel.to_owned(),
        within: Window::parse(within).unwrap(),
    };
    let timezone = zone("Europe/Berlin").unwrap();
    Config { timezone, norms: norms.into_iter().map(norm).collect(), ..fixture::config() }
}

/// An ask with `keys`, at `now`, and what is wrong with it.
fn stands(keys: &str, now: &str) -> (Standing, Vec<Diagnostic>) {
    let config = config();
    let text =
        format!("---\nasks:\n  - id: a\n    question: B?\n    {}\n---\n", keys.replace('\n', "\n    "));
    let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: text.into() };
    let (document, mut found) = crate::document::parse(&file, &config.people, HtmlPolicy::Safe);
    let (document, known) = (document.unwrap(), PeopleIndex::new(&config));
    let locations = locations(&document, &[], &known);
    let clock = Clock::parse(now).unwrap();
    (standings(&document, &locations, &known, clock, &mut found).remove(0), found)
}

fn due_of(keys: &str) -> Option<String> {
    let (standing, found) = stands(keys, "2026-11-22");
    assert_eq!(found, [], "{keys}");
    standing.due.map(|due| due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

#[test]
fn a_deadline_is_its_own_or_the_window_s_or_the_channel_s() {
    for (keys, due) in [
        ("due: 2026-11-26", Some("2026-11-26T23:59:59+01:00")),
        ("due: 2026-11-26T17:00", Some("2026-11-26T17:00:00+01:00")),
        ("due: 2026-11-26T17:00[America/Chicago]", Some("2026-11-26T17:00:00-06:00")),
        ("due: 2026-11-26T17:00+08:00", Some("2026-11-26T17:00:00+08:00")),
        ("opened: 2026-11-24T10:00\nwindow: 24h", Some("2026-11-25T10:00:00+01:00")),
        ("opened: 2026-11-20T10:00\nwindow: 2bd", Some("2026-11-24T10:00:00+01:00")),
        ("opened: 2026-11-24T10:00\nchannel: document comment", Some("2026-11-25T10:00:00+01:00")),
        ("opened: 2026-11-20\nchannel: Email", Some("2026-11-24T23:59:59+01:00")),
        ("opened: 2026-11-24T10:00\nchannel: Email\nwindow: 1h", Some("2026-11-24T11:00:00+01:00")),
        ("opened: 2026-11-24\nchannel: Email\ndue: 2026-12-01", Some("2026-12-01T23:59:59+01:00")),
        ("channel: Email", None),
        ("opened: 2026-11-24", None),
    ] {
        assert_eq!(due_of(keys).as_deref(), due, "{keys}");
    }
}

#[test]
fn a_channel_without_a_norm_is_said_with_the_nearest() {
    let (standing, found) = stands("opened: 2026-11-24\nchannel: Document coment", "2026-11-22");
    assert_eq!((standing.due, standing.state), (None, AskState::Open));
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["unknown-channel"]);
    assert!(found[0].hints[0].contains("Document comment"), "{:?}", found[0].hints);
}

#[test]
fn time_alone_makes_an_ask_due_and_overdue() {
    let keys = "of: [ana, bo]\ndue: 2026-11-26T17:00Z\nresponses: [{ by: ana }]";
    for (now, expected) in [
        ("2026-11-25T16:59:59Z", AskState::Open),
        ("2026-11-25T17:00Z", AskState::DueSoon),
        ("2026-11-26T17:00Z", AskState::DueSoon),
        ("2026-11-26T17:00:00.001Z", AskState::Overdue),
    ] {
        assert_eq!(stands(keys, now).0.state, expected, "{now}");
    }
    assert_eq!(stands("of: [ana]", "2036-01-01").0.state, AskState::Open, "no deadline, never overdue");
}

#[test]
fn all_who_were_asked_make_it_answered_and_an_outcome_makes_it_decided() {
    let state = |keys: &str| stands(keys, "2026-12-01").0.state;
    let due = "due: 2026-11-26";
    assert_eq!(
        state(&format!("{due}\nof: [ana, bo]\nresponses: [{{ by: '@bo' }}, {{ by: Ana Souza }}]")),
        AskState::Answered
    );
    assert_eq!(state(&format!("{due}\nof: [ana]\nresponses: [{{ by: bo }}]")), AskState::Overdue);
    assert_eq!(state(&format!("{due}\nresponses: [{{ by: bo }}]")), AskState::Overdue, "nobody was named");
    assert_eq!(state(&format!("{due}\nof: [ana]\noutcome: {{ answer: B }}")), AskState::Decided);
}

#[test]
fn those_who_are_missing_are_named_once_as_they_were_written() {
    let (standing, _) = stands("of: [Ana Souza, bo, ana, chen]\nresponses: [{ by: bo }]", "2026-11-22");
    assert_eq!(standing.missing, ["Ana Souza", "chen"]);
}

proptest! {
    /// The states before, between and after the moments that are said to change them.
    #[test]
    fn between_its_changes_nothing_changes(a in -200_000i64..200_000, b in -200_000i64..200_000) {
        let due: Timestamp = "2026-11-26T17:00Z".parse().unwrap();
        let at = |seconds| Clock { now: due + SignedDuration::from_secs(seconds) };
        let standing = |clock| Standing {
            location: AskLocation::default(),
            due: Some(due.to_zoned(jiff::tz::TimeZone::UTC)),
            state: state(false, false, Some(due), clock),
            missing: Vec::new(),
        };
        let (before, after) = (at(a.min(b)), at(a.max(b)));
        let crossed = standing(before).changes().any(|change| before.now < change && change <= after.now);
        prop_assert_eq!(crossed, standing(before).state != standing(after).state);
    }
}
