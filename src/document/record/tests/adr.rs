//! Decision records in the forms that teams made of the templates: tables, sections of their own, several lines.

use jiff::civil::date;

use super::{detected, status, values};
use crate::document::{FrontMatter, RecordForm};

const SECTIONS: &str = "\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n";

/// A record with this head above Nygard's sections.
fn record(head: &str) -> FrontMatter {
    let (form, front) = detected("notes/0012-queue.md", &format!("# ADR-0012: Queue\n\n{head}\n{SECTIONS}"));
    assert!(form.is_some(), "{head}");
    front
}

fn day(front: &FrontMatter) -> Option<jiff::civil::Date> {
    front.date.as_ref().map(crate::time::When::date)
}

#[test]
fn one_head_in_many_forms() {
    for head in [
        "| Field | Value |\n|---|---|\n| Status | Accepted |\n| **Date** | 2021-03-04 |\n| Deciders | Ana Souza, Bo Li |",
        "**Status:** Accepted | **Date:** 2021-03-04 | **Deciders:** Ana Souza, Bo Li",
        "**Status:** Accepted · **Date:** 4 March 2021 · **Decision Makers:** Ana Souza; Bo Li",
        "- Status: Accepted\n- Deciders:\n  - Ana Souza\n  - Bo Li\n- Date: 2021-03-04",
        "- Status: Accepted\n- Deciders: Ana Souza,\n  Bo Li\n- Date 2021-03-04",
        "> Status: Accepted\n> Date: 2021-03-04\n> Deciders: Ana Souza and Bo Li",
        "2021-03-04\n\n## Status\n\nAccepted\n\n## Deciders\n\n- Ana Souza\n- Bo Li",
        "Status\n------\n\nAccepted\n\nDate\n----\n\n2021-03-04\n\nDecision makers\n---------------\n\n* Ana Souza\n* Bo Li",
        "## 1. Status\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2021-03-04 |\n| Decider(s) | Ana Souza, Bo Li |",
        "## Status\n\nAccepted\n\nDate: 2021-03-04\nDeciders: Ana Souza, Bo Li",
        "## Status: Accepted\n\n- Decision date: 2021-03-04\n\n## Deciders\nAna Souza, Bo Li\n\n## Date\n04/03/2021",
        "#### Status: Accepted\n#### Date: 2021-03-04\n#### Deciders: Ana Souza, Bo Li",
        "## Status\n\n- [ ] Proposed\n- [x] Accepted\n\n## Date\n\n2021-03-04\n\n## Decided by\n\nAna Souza, Bo Li",
    ] {
        let front = record(head);
        assert_eq!((status(&front).0, day(&front)), ("Accepted", Some(date(2021, 3, 4))), "{head}");
        assert_eq!(front.decision.deciders, ["Ana Souza", "Bo Li"], "{head}");
    }
}

#[test]
fn a_status_may_carry_its_date() {
    for (said, expected) in [
        ("Accepted on 2021-03-04.", Some(date(2021, 3, 4))),
        ("Accepted on 2021-03-04. Others follow in 2022.", Some(date(2021, 3, 4))),
        ("Accepted (March 4, 2021)", Some(date(2021, 3, 4))),
        ("Rejected, 4 March 2021", Some(date(2021, 3, 4))),
        ("Accepted. It was tried from 2021-03-04 on", None),
        ("Accepted", None),
        ("Superseded by [ADR-5](0005-x.md) (2021-03-04)", None),
    ] {
        assert_eq!(day(&record(&format!("## Status\n\n{said}"))), expected, "{said}");
    }
    assert_eq!(
        day(&record("Date: 2020-01-02\n\n## Status\n\nAccepted on 2021-03-04")),
        Some(date(2020, 1, 2))
    );
    assert_eq!(day(&record("Date: unknown\nStatus: accepted")), None);
}

#[test]
fn relations_stand_in_lines_of_their_own_too() {
    let front = record(
        "- Status: accepted\n- Amends [ADR 3](0003-a.md) and\n  [ADR 4](0004-b.md)\n\
         - Supersedes the choice of a store in: [ADR 5](0005-c.md)\n- Supersedes: ADR-6's naming (the part on\n  queues), ADR-7",
    );
    assert_eq!(values(&front.decision.amends), ["0003-a.md", "0004-b.md"]);
    assert_eq!(values(&front.decision.supersedes), ["0005-c.md", "ADR-6", "ADR-7"]);
    let links =
        format!("{SECTIONS}\n## Links\n\n* Supersedes [ADR-1](0001-a.md)\n* Refines [ADR-2](0002-b.md)\n");
    let (_, front) = detected("0012-x.md", &format!("# X\n\n* Status: accepted\n{links}"));
    assert_eq!(values(&front.decision.supersedes), ["0001-a.md"]);
}

#[test]
fn only_what_a_line_says_of_its_record_is_a_relation() {
    for (said, superseded_by, amends) in [
        ("Accepted (amends [ADR-2](0002-x.md)'s limit; see [ADR-3](0003-y.md))", vec![], vec!["0002-x.md"]),
        ("Amends [ADR-2](0002-x.md): what [ADR-3](0003-y.md) says stays", vec![], vec!["0002-x.md"]),
        ("**Note**: this decision was later superseded by ADR-4 and not used", vec![], vec![]),
        ("Superseded by ADR 20. It was too slow", vec!["ADR 20"], vec![]),
        (
            "Superseded by [ADR-4](0004-x.md), [ADR-5](0005-y.md) (in part) and [ADR-6](0006-z.md)",
            vec!["0004-x.md", "0005-y.md", "0006-z.md"],
            vec![],
        ),
    ] {
        let front = record(&format!("## Status\n\n{said}"));
        assert_eq!(
            (values(&front.decision.superseded_by), values(&front.decision.amends)),
            (superseded_by, amends),
            "{said}"
        );
    }
    let front = record("* Status: **Superseded in part by ADR-4 (2021-03-04).** The limit is gone");
    assert_eq!((values(&front.decision.amended_by), front.decision.superseded_by.len()), (vec!["ADR-4"], 0));
    assert_eq!(status(&record("## Status\n\nAmended by ADR-4")).0, "Amended by ADR-4");
}

#[test]
fn a_number_and_a_status_are_enough_where_decisions_lie_or_are_called_so() {
    let bare = "# Queue\n\n* Status: accepted\n\nWe chose one.\n";
    let form = |path: &str, text: &str| detected(path, text).0;
    assert_eq!(form("docs/adr/0012-queue.md", bare), Some(RecordForm::Other));
    assert_eq!(form("docs/decisions/20210304-queue.md", bare), Some(RecordForm::Other));
    assert_eq!(form("x/queue.md", &bare.replace("# Q", "# ADR-12: Q")), Some(RecordForm::Other));
    assert_eq!(form("x/ADR-012.md", bare), Some(RecordForm::Other));
    assert_eq!(
        form("0012-queue.md", "---\nstatus: accepted\ndecider: ana\n---\n# Queue\n"),
        Some(RecordForm::Madr)
    );
    assert_eq!(form("adr/adr012-queue.md", "# ADR012: Queue\n\n## Format\n"), Some(RecordForm::Backstage));
    for (path, text) in [
        ("docs/0012-queue.md", bare),
        ("docs/adr/queue.md", bare),
        ("docs/adr/README.md", bare),
        ("docs/adr/0012-queue.md", "# Queue\n\nWe chose one.\n"),
        ("docs/adr/0000-template.md", bare),
    ] {
        assert_eq!(form(path, text), None, "{path}");
    }
}

#[test]
fn sections_may_stand_on_any_one_level() {
    let text = "# Queue\n\n# Status\n\nAccepted\n\n# Context\n\n# Decision\n";
    let (form, front) = detected("x/0012-queue.md", text);
    assert_eq!((form, status(&front).0), (Some(RecordForm::Nygard), "Accepted"));
    let text =
        "# 12. Queue\n\n### Date\n\n2021-03-04\n\n### Status\n\nAccepted\n\n### Context\n\n### Decision\n";
    let (form, front) = detected("x/0012-queue.md", text);
    assert_eq!((form, day(&front)), (Some(RecordForm::Nygard), Some(date(2021, 3, 4))));
}

#[test]
fn what_names_nobody_is_left_out() {
    let front = record("- Status: accepted\n- Deciders: TBD\n- Consulted: (none)\n- Informed: n/a, Bo");
    let decision = &front.decision;
    assert_eq!((decision.deciders.len(), decision.consulted.len()), (0, 0));
    assert_eq!(decision.informed, ["Bo"]);
}
