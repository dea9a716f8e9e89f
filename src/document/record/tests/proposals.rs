//! Proposals as their projects write them: Rust RFC, Swift Evolution, RFD, KEP.

use jiff::civil::date;

use super::{detected, status, values};
use crate::config::HtmlPolicy;
use crate::document::markdown::Handles;
use crate::document::{Document, RecordForm, parse_beside};
use crate::path::SourcePath;
use crate::source::SourceFile;
use crate::time::When;

#[test]
fn a_rust_rfc_is_told_by_its_list_and_called_by_its_feature() {
    let text = "- Feature Name: `late_fees`\n- Start Date: 2015-2-3\n- RFC PR: [acme/rfcs#812](https://a.example/812)\n\
                - Rust Issue: [acme/acme#9](https://a.example/9)\n\n# Summary\n\nFees.\n\n# Motivation\n";
    let (form, front) = detected("text/0812-late-fees.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::RustRfc), Some("0812")));
    assert_eq!(front.title.as_deref(), Some("late_fees"));
    assert_eq!((front.date.map(|when| when.date()), front.status), (Some(date(2015, 2, 3)), None));
    let old = "- Start Date: 2014-06-30\n- RFC PR #: 8\n\n# Summary\n";
    let (form, front) = detected("text/0008-early-fees.md", old);
    assert_eq!((form, front.title.as_deref()), (Some(RecordForm::RustRfc), Some("Early fees")));
    let open = text.replace("`late_fees`", "(fill me in)").replace("2015-2-3", "(today)");
    let (_, front) = detected("text/0000-late-fees.md", &open);
    assert_eq!((front.title.as_deref(), front.date, front.decision.number), (Some("Late fees"), None, None));
    assert_eq!(detected("0000-template.md", text).0, None);
    assert_eq!(detected("plan.md", "# Plan\n\n- Start Date: 2020-01-01\n").0, None);
}

#[test]
fn a_swift_proposal_is_told_by_its_list() {
    let text = "# Count what is there\n\n* Proposal: [SE-0912](0912-count.md)\n\
                * Authors: [Ana Souza](https://a.example/ana), [Bo](https://a.example/bo)\n\
                * Review Manager: [Chen](https://a.example/chen)\n* Status: **Implemented (Swift 2.2)**\n\
                * Supersedes: [SE-0011](0011-sum.md)\n\n## Introduction\n";
    let (form, front) = detected("proposals/0912-count.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Swift), Some("0912")));
    assert_eq!(status(&front), ("**Implemented (Swift 2.2)**", 6));
    assert_eq!(
        (front.authors, values(&front.decision.supersedes)),
        (vec!["Ana Souza".to_owned(), "Bo".into()], vec!["0011-sum.md"])
    );
    assert_eq!((front.date, front.decision.deciders.len()), (None, 0));
    assert_eq!(detected("count.md", text).1.decision.number.as_deref(), Some("0912"));
    let open = text.replace("[SE-0912](0912-count.md)", "[SE-NNNN](NNNN-count.md)");
    let (form, front) = detected("0000-count.md", &open);
    assert_eq!((form, front.decision.number), (Some(RecordForm::Swift), None));
    assert_eq!(detected("offer.md", "# Offer\n\n* Proposal: buy\n* Status: sent\n").0, None);
}

#[test]
fn an_rfd_has_a_state() {
    let text = "---\nauthors: Ana Souza <ana@a.example>, Bo\nstate: prediscussion\ndiscussion: https://a.example/5\n\
                labels: storage, queue\n---\n\n# RFD 5 Where things lie\n";
    let (form, front) = detected("rfd/0005/README.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Rfd), Some("0005")));
    assert_eq!(
        (status(&front), front.authors.clone()),
        (("prediscussion", 3), vec!["Ana Souza".to_owned(), "Bo".into()])
    );
    assert_eq!((front.tags, front.discussions.len()), (vec!["storage".to_owned(), "queue".into()], 1));
    let lines = "# Where things lie\n\n:authors: Ana Souza\n:state: committed\n:discussion: https://a.example/5\n\n## Why\n";
    let (form, front) = detected("rfd/0005/README.md", lines);
    assert_eq!(
        (form, status(&front), front.authors.clone()),
        (Some(RecordForm::Rfd), ("committed", 4), vec!["Ana Souza".to_owned()])
    );
    for (path, text) in [
        ("weather.md", "---\nauthor: Ana\nstate: published\n---\n# Rain\n"),
        ("rfd/README.md", "# RFDs\n\nEach has a line `state: published`.\n"),
        ("rfd/0001/notes.md", "---\nstate: Texas\nauthors: Ana\n---\n"),
    ] {
        assert_eq!(detected(path, text).0, None, "{path}");
    }
}

const KEP: &str = "title: Graceful stop\nkep-number: 1234\nauthors:\n  - \"@ana\"\n  - Bo\nowning-sig: sig-node\n\
                   status: implementeable\ncreation-date: 2024-03-01\nlast-updated: 2024-04-02\nreviewers:\n  - TBD\n\
                   approvers: ['@chen']\nreplaces:\n  - /keps/sig-node/77-stop\n  - /keps/sig-ccc/3456-replaced-kep\nsuperseded-by: n/a\nstage: alpha\n";

fn kep(folder: &str, yaml: &str) -> (Document, usize) {
    let file = |name: &str, text: &str| SourceFile {
        path: SourcePath::new(&format!("{folder}/{name}")).unwrap(),
        text: text.into(),
    };
    let text = file("README.md", "# KEP-1234: Graceful stop\n\n## Summary\n\nStop.\n");
    let (document, found) =
        parse_beside(&text, Some(&file("kep.yaml", yaml)), &Handles::default(), HtmlPolicy::Safe);
    assert!(found.iter().all(|d| d.severity == crate::diagnostic::Severity::Warning), "{found:?}");
    (document.unwrap(), found.len())
}

#[test]
fn a_kep_has_its_facts_in_a_file_beside_it() {
    let (document, found) = kep("keps/sig-node/1234-stop", KEP);
    let front = &document.front;
    assert_eq!(
        (document.record, found, front.decision.number.as_deref()),
        (Some(RecordForm::Kep), 0, Some("1234"))
    );
    assert_eq!(
        (document.title.as_str(), &front.authors),
        ("Graceful stop", &vec!["ana".to_owned(), "Bo".into()])
    );
    assert_eq!((&front.decision.deciders, front.decision.consulted.len()), (&vec!["chen".to_owned()], 0));
    assert_eq!(status(front), ("implementeable", 7));
    assert_eq!(
        (front.date.as_ref().map(When::date), front.updated.as_ref().map(When::date)),
        (Some(date(2024, 3, 1)), Some(date(2024, 4, 2)))
    );
    assert_eq!(
        (values(&front.decision.supersedes), front.decision.superseded_by.len()),
        (vec!["/keps/sig-node/77-stop"], 0)
    );
    let place = document.place_of_fact(7);
    assert_eq!(
        (place.path.as_str(), place.excerpt.as_str()),
        ("keps/sig-node/1234-stop/kep.yaml", "status: implementeable")
    );
}

#[test]
fn a_kep_without_a_number_takes_that_of_its_folder() {
    let (document, _) = kep("keps/sig-node/0077-stop", "title: Stop\nstatus: provisional\n");
    assert_eq!(document.front.decision.number.as_deref(), Some("0077"));
}

#[test]
fn what_is_no_yaml_is_warned_of_and_the_text_stays() {
    let (document, found) = kep("keps/sig-node/1234-stop", "title: [\n");
    assert_eq!((document.record, found > 0), (None, true));
    let template = KEP.replace("status: implementeable", "status: provisional|implementable");
    assert_eq!(kep("keps/sig-node/1-stop", &template).0.record, None);
    assert_eq!(kep("keps/NNNN-kep-template", KEP).0.record, None);
}

#[test]
fn projects_that_took_the_form_over_have_fewer_keys() {
    for front in [
        "title: stop\nauthors:\n  - ana\ncreation-date: 2026-02-15\nlast-updated: 2026-03-18\nreplaces:\n  - N.A.\n",
        "status: provisional\nstage: alpha\nlatest-milestone: v0.x\n",
    ] {
        let (form, front) = detected("enhancements/stop/README.md", &format!("---\n{front}---\n# Stop\n"));
        assert_eq!((form, front.decision.supersedes.len()), (Some(RecordForm::Kep), 0));
    }
    assert_eq!(detected("a.md", "---\nstatus: provisional\nstage: alpha\n---\n# A\n").0, None);
}

#[test]
fn a_rust_rfc_may_leave_its_numbers_open() {
    let text =
        "- Feature Name: late\n- Start Date: 23-07-2014\n- RFC PR:\n- Rust Issue:\n\nSummary\n=======\n\nx\n";
    let (form, front) = detected("text/0812-late.md", text);
    assert_eq!(
        (form, front.date.map(|when| when.date())),
        (Some(RecordForm::RustRfc), Some(date(2014, 7, 23)))
    );
    assert_eq!(front.title.as_deref(), Some("late"));
}

#[test]
fn a_swift_proposal_may_have_its_authors_on_several_lines() {
    let text = "# Count\n\n* Proposal: [SE-0912](0912-count.md)\n* Author(s): [Ana Souza](https://a.example/ana),\n  \
                [Bo](https://a.example/bo) and\n  [Cy](https://a.example/cy)\n* Status: **Superseded by [SE-0913](0913-sum.md)**\n";
    let (form, front) = detected("proposals/0912-count.md", text);
    assert_eq!(
        (form, front.authors),
        (Some(RecordForm::Swift), vec!["Ana Souza".to_owned(), "Bo".into(), "Cy".into()])
    );
    assert_eq!(values(&front.decision.superseded_by), ["0913-sum.md"]);
}

#[test]
fn among_rfds_every_state_is_one() {
    let text = "---\nauthors: Ana Souza (ana@a.example)\nstate: implemented (v7.1)\n---\n# RFD 31 - Queue\n";
    let (form, front) = detected("rfd/0031-queue.md", text);
    assert_eq!((form, status(&front).0), (Some(RecordForm::Rfd), "implemented (v7.1)"));
    assert_eq!(front.authors, ["Ana Souza"]);
    assert_eq!(detected("notes/0031-queue.md", &text.replace("RFD 31 - ", "")).0, None);
}

#[test]
fn older_keps_have_the_same_keys_in_front_matter() {
    let text = "---\nkep-number: 8\ntitle: Stop\nauthors:\n  - \"@ana\"\nowning-sig: sig-cli\napprovers:\n  - \"@bo\"\n\
                creation-date: 2018-05-04\nlast-updated: 2018-06-07\nstatus: implemented\nreplaces:\n  - \"0003-halt.md\"\n\
                superseded-by:\n  - n/a\n---\n\n# Stop\n";
    let (form, front) = detected("keps/0008-stop.md", text);
    assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Kep), Some("8")));
    assert_eq!(
        (status(&front), front.date.as_ref().map(When::date)),
        (("implemented", 11), Some(date(2018, 5, 4)))
    );
    assert_eq!((front.decision.deciders, front.authors), (vec!["bo".to_owned()], vec!["ana".to_owned()]));
    assert_eq!(
        (values(&front.decision.supersedes), front.decision.superseded_by.len()),
        (vec!["0003-halt.md"], 0)
    );
}
