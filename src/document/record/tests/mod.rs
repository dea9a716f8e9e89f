//! Each form as a team writes it, and pages that only talk about them.

use jiff::civil::date;

use super::*;
use crate::document::front_matter::read;

mod adr;
mod proposals;
mod serial;

fn detected(path: &str, text: &str) -> (Option<RecordForm>, FrontMatter) {
    let path = SourcePath::new(path).unwrap();
    let (mut front, body, found) = read(&path, text);
    assert_eq!(found, [], "{text}");
    let (form, found) = detect(&mut front, &path, (text, body), None);
    assert_eq!(found, [], "{text}");
    (form, front)
}

fn status(front: &FrontMatter) -> (&str, usize) {
    front.status.as_ref().map_or(("", 0), |status| (&status.value, status.line))
}

fn values(list: &[Located<String>]) -> Vec<&str> {
    list.iter().map(|item| item.value.as_str()).collect()
}

#[test]
fn an_eip_has_its_number_in_front() {
    let (form, front) = detected(
        "EIPS/eip-1559.md",
        "---\neip: 1559\ntitle: Fee market\nauthor: A B (@ab), C <c@d.org>\nstatus: Final\ntype: Standards Track\n\
         category: Core\ncreated: 2019-04-13\nrequires: 2718, 2930\n---\n## Abstract\n",
    );
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Eip), Some("1559")));
    assert_eq!(
        (front.date.unwrap().date(), front.authors),
        (date(2019, 4, 13), vec!["A B (@ab)".to_owned(), "C".into()])
    );
    assert_eq!(front.extra["requires"], serde_json::json!(["2718", "2930"]));
    let (form, front) = detected("eip-2.md", "---\neip: 2\nstatus: Moved\nrequires: 1\n---\n");
    assert_eq!((form, &front.extra["requires"]), (Some(RecordForm::Eip), &serde_json::json!(["1"])));
    assert_eq!(detected("eip-template.md", "---\neip: <to be assigned>\nstatus: Draft\n---\n").0, None);
}

#[test]
fn nygards_form_is_told_by_its_sections() {
    let text = "# 2. Use X\n\nDate: 2016-02-12\n\n## Status\n\nAccepted\n\nSupercedes [1. Use Y](0001-use-y.md)\n\n\
                Amended by [3. Z](0003-z.md)\n\n## Context\n\nBecause.\n\n## Decision\n\nX.\n\n## Consequences\n\nNone.\n";
    let (form, front) = detected("doc/adr/0002-use-x.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Nygard), Some("0002")));
    assert_eq!(
        (status(&front), front.date.clone().map(|when| when.date())),
        (("Accepted", 7), Some(date(2016, 2, 12)))
    );
    assert_eq!(
        (values(&front.decision.supersedes), values(&front.decision.amended_by)),
        (vec!["0001-use-y.md"], vec!["0003-z.md"])
    );
    assert_eq!(front.decision.supersedes[0].line, 9);
}

#[test]
fn a_superseded_line_is_the_status_that_counts() {
    let text = "# 2. Use X\n\n## Status\n\nAccepted\n\nSuperceded by [5. Z](0005-z.md)\n\n## Decision\n";
    let (_, front) = detected("0002-use-x.md", text);
    assert_eq!(status(&front), ("Superceded by [5. Z](0005-z.md)", 7));
    assert_eq!(values(&front.decision.superseded_by), ["0005-z.md"]);
}

#[test]
fn madr_2_and_log4brains_keep_their_facts_in_a_list() {
    let text = "# Use X\n\n* **Status:** superseded by [ADR-0005](0005-x.md)\n* Deciders: Ana Souza, [Bo](https://x.org)\n\
                * Date: 05/10/2020\n- Tags: db, cache\n\nTechnical Story: none\n\n## Context and Problem Statement\n\n\
                * Status: not this\n\n## Decision Outcome\n";
    let (form, front) = detected("20201005-use-x.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Log4brains), None));
    assert_eq!(status(&front), ("superseded by [ADR-0005](0005-x.md)", 3));
    assert_eq!(values(&front.decision.superseded_by), ["0005-x.md"]);
    assert_eq!(
        (&front.decision.deciders, &front.tags),
        (&vec!["Ana Souza".to_owned(), "Bo".into()], &vec!["db".to_owned(), "cache".into()])
    );
    assert_eq!(front.date.unwrap().date(), date(2020, 10, 5));
}

#[test]
fn madr_4_keeps_them_in_front_matter_which_wins() {
    let text = "---\nstatus: superseded by ADR-0123\ndate: 2024-01-02\ndecision-makers: ana, bo\n---\n# Use X\n\n\
                * Status: draft\n\n## Considered Options\n";
    let (form, front) = detected("adr/0007-use-x.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Madr), Some("0007")));
    assert_eq!(
        (status(&front), values(&front.decision.superseded_by)),
        (("superseded by ADR-0123", 2), vec!["ADR-0123"])
    );
    assert_eq!(front.decision.deciders, ["ana", "bo"]);
}

#[test]
fn backstage_names_its_files() {
    let text = "---\nstatus: accepted\n---\n# ADR007: Use X\n\n## Context\n\n## Decision\n";
    assert_eq!(detected("adrs/adr007-use-x.md", text).0, Some(RecordForm::Backstage));
    assert_eq!(detected("adrs/use-x.md", &text.replace("ADR007: ", "")).0, None);
    assert_eq!(
        detected("adr001-add-adr-log.md", "---\nid: adrs-adr001\n---\n## Decision\n").0,
        Some(RecordForm::Backstage)
    );
}

#[test]
fn facts_in_bold_lines_above_nygards_sections_are_read() {
    let text = "# ADR-0029: Use X\n\n**Status**: Accepted\n**Date:** 2026-01-04\n- Deciders — @ana, Bo\n\n\
                ## Context\n\n## Decision\n\n## Consequences\n";
    let (form, front) = detected("use-x.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Other), Some("0029")));
    assert_eq!((status(&front), front.date.clone().unwrap().date()), (("Accepted", 3), date(2026, 1, 4)));
    assert_eq!(front.decision.deciders, ["ana", "Bo"]);
    let sections = "# Use X\n\n## Context\n\n## Decision\n\n## Consequences\n";
    assert_eq!(
        detected("001-use-x.md", sections).0,
        Some(RecordForm::Other),
        "a number and all three sections"
    );
    assert_eq!(detected("use-x.md", sections).0, None);
}

#[test]
fn what_a_template_says_of_itself_is_no_fact() {
    let text = "# Use X\n\n* Status: accepted <!-- optional -->\n* Deciders: [list everyone involved]\n\
                <!-- Date: 2020-01-01\n* Tags: a\n-->\n\n## Considered Options\n\n## Decision Outcome\n";
    let (form, front) = detected("use-x.md", text);
    assert_eq!((form, status(&front)), (Some(RecordForm::Madr), ("accepted", 3)));
    assert_eq!((front.decision.deciders.len(), front.date, front.tags.len()), (0, None, 0));
}

#[test]
fn relations_stand_in_lists_in_sentences_and_in_front_matter() {
    let text = "# 4. Use X\n\n- Status: Accepted. Supersedes ADR-1\n- Amends: [ADR-2](0002-y.md)\n- Superseded by: n/a\n\n\
                ## Context\n\n## Decision\n\n## Consequences\n";
    let (_, front) = detected("0004-x.md", text);
    assert_eq!(
        (values(&front.decision.supersedes), values(&front.decision.amends)),
        (vec!["ADR-1"], vec!["0002-y.md"])
    );
    assert_eq!(values(&front.decision.superseded_by), Vec::<&str>::new());
    let text = "---\nstatus: accepted\nsupersedes: '[ADR-1](0001-a.md)'\nsuperseded-by: none\n---\n# Use X\n\n\
                ## Considered Options\n\n## Decision Outcome\n";
    let (_, front) = detected("0004-x.md", text);
    assert_eq!(values(&front.decision.supersedes), ["0001-a.md"]);
    assert_eq!(values(&front.decision.superseded_by), Vec::<&str>::new());
}

#[test]
fn pages_that_only_talk_about_records_stay_pages() {
    let madr =
        "# Decisions\n\n## Context and Problem Statement\n\n## Considered Options\n\n## Decision Outcome\n";
    assert_eq!(
        detected("docs/how-we-decide.md", madr).0,
        Some(RecordForm::Madr),
        "the form itself is a record"
    );
    for (path, text) in [
        ("decisions/README.md", madr),
        ("decisions/index.md", madr),
        ("adr-template.md", madr),
        ("template.md", madr),
        ("x.md", "# {short title}\n\n## Considered Options\n\n## Decision Outcome\n"),
        ("x.md", "# [short title of solved problem]\n\n## Considered Options\n\n## Decision Outcome\n"),
        ("x.md", "# NUMBER. TITLE\n\n## Status\n\nSTATUS\n\n## Context\n\n## Decision\n"),
        ("1-x.md", "# X\n\n## Status\n\nProposed | Accepted\n\n## Context\n\n## Decision\n"),
        ("1-x.md", "# X\n\n## Status\n\n[Proposed, Accepted]\n\n## Context\n\n## Decision\n"),
        ("1-x.md", "# Decision: [Title]\n\n## Status\n\nx\n\n## Context\n\n## Decision\n"),
        ("x.md", "# Guide\n\n```markdown\n## Considered Options\n## Decision Outcome\n```\n"),
        ("x.md", "# Guide\n\n~~~~\n~~~\n## Considered Options\n## Decision Outcome\n"),
        ("x.md", "# Guide\n\n    ## Considered Options\n    ## Decision Outcome\n"),
        ("x.md", "# Project\n\n## Status\n\nBeta\n\n## Usage\n"),
        ("x.md", "# Project\n\n## Status\n\n## Context\n\n## Decision\n"),
        ("x.md", "# 7. Chapter\n\n## Context\n\n## Summary\n"),
        ("x.md", "# Options\n\n## Considered Options\n\nNone.\n"),
        ("x.md", "---\nstatus: stable\n---\n# API\n\n## Context\n\n## Decision\n"),
        ("x.md", ""),
    ] {
        assert_eq!(detected(path, text).0, None, "{path}: {text}");
    }
    assert_eq!(detected("rfd/0042/README.md", madr).0, Some(RecordForm::Madr));
}

#[test]
fn what_is_no_record_is_left_alone() {
    let (_, front) = detected("0007-guide.md", "# Guide\n\n* Status: fine\n\n## Usage\n");
    assert_eq!(front, FrontMatter::default());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "(#|##|Status|Context|Decision|:|\\*|-| |\n|```|~~~|\\[|\\]\\(|\\)|é|1\\. ){0,60}") {
        let path = SourcePath::new("0001-a.md").unwrap();
        let _ = detect(&mut FrontMatter::default(), &path, (&text, 0), None);
        let _ = detect(&mut FrontMatter::default(), &path, (&text, 3), None);
    }
}
