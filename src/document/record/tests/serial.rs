//! Series that carry their number in front matter as EIPs do, and front matter that is not quite YAML.

use jiff::civil::date;

use super::{detected, status, values};
use crate::diagnostic::Severity;
use crate::document::RecordForm;
use crate::document::front_matter::read;
use crate::document::markdown::Handles;
use crate::path::SourcePath;
use crate::source::SourceFile;

#[test]
fn a_series_is_told_by_its_number_in_front_and_in_the_name() {
    for (path, front, number) in [
        ("FIPS/fip-0036.md", "fip: \"0036\"\nauthor: Ana (@ana)", "0036"),
        ("proposals/0046-restart.md", "simd: '0046'\nauthors:\n  - Ana (@ana)", "0046"),
        ("x/CIP-0139/README.md", "cip: 139\nauthors: ['Ana (@ana)']", "139"),
    ] {
        let text =
            format!("---\n{front}\nstatus: Draft\ncreated: 2023-04-07\nreplaces: N/A\n---\n## Summary\n");
        let (form, front) = detected(path, &text);
        assert_eq!((form, front.decision.number.as_deref()), (Some(RecordForm::Eip), Some(number)), "{path}");
        assert_eq!((front.authors, front.decision.supersedes.len()), (vec!["Ana (@ana)".to_owned()], 0));
    }
    let (_, front) =
        detected("fip-0003.md", "---\nfip: 3\nstatus: Draft\nreplaces: FIP-0001, FIP-0002\n---\n");
    assert_eq!(values(&front.decision.supersedes), ["FIP-0001", "FIP-0002"]);
    for (path, front) in [
        ("0046-restart.md", "simd: '0047'\nstatus: Draft"),
        ("0046-restart.md", "simd: '0046'"),
        ("0000-restart.md", "simd: '0000'\nstatus: Draft"),
        ("x.md", "page: 7\nstatus: Draft"),
    ] {
        assert_eq!(detected(path, &format!("---\n{front}\n---\nx\n")).0, None, "{front}");
    }
}

#[test]
fn keys_may_be_written_with_capitals_where_the_status_is() {
    let text = "---\nCIP: 139\nTitle: Query layer\nStatus: Proposed\nAuthors:\n    - Ana Souza <ana@a.example>\n\
                Created: 2024-05-14\n---\n\n## Abstract\n";
    let (form, front) = detected("CIP-0139/README.md", text);
    assert_eq!((form, front.title.as_deref()), (Some(RecordForm::Eip), Some("Query layer")));
    assert_eq!((status(&front).0, front.date.clone().unwrap().date()), ("Proposed", date(2024, 5, 14)));
    assert_eq!(front.authors, ["Ana Souza"]);
}

#[test]
fn front_matter_that_wants_quotes_is_read_with_a_warning() {
    let path = SourcePath::new("FIPS/fip-0062.md").unwrap();
    let text = "---\nfip: 62\ntitle: Fee market: again\nauthor: @ana @bo\nreviewers:\n  - @cy\nstatus: Draft\n---\nx\n";
    let (front, body, found) = read(&path, text);
    assert_eq!((front.title.as_deref(), &text[body..]), (Some("Fee market: again"), "x\n"));
    assert_eq!(front.authors, ["ana", "bo"]);
    assert_eq!(front.status.unwrap().line, 7);
    let found: Vec<_> = found.iter().map(|d| (d.severity, d.code, d.place.as_ref().unwrap().line)).collect();
    assert_eq!(found, [(Severity::Warning, "yaml-syntax", 3)]);
    let other = SourcePath::new("specs/queue.md").unwrap();
    for (path, text) in [
        (&path, "---\nstatus: [a\nowner: @ana\n---\n"),
        (&path, "---\nowner: @ana\n---\n"),
        (&other, "---\nstatus: draft\nowner: @ana\n---\n"),
    ] {
        let found = read(path, text).2;
        assert!(found.iter().any(|d| d.severity == Severity::Error), "{text}: {found:?}");
    }
}

#[test]
fn a_date_in_another_form_is_read_and_warned_of() {
    for (written, expected) in
        [("(2023-06-27)", Some(date(2023, 6, 27))), ("27 June 2023", Some(date(2023, 6, 27))), ("TBD", None)]
    {
        let text = format!("---\nsimd: '0059'\nstatus: Draft\ncreated: {written}\n---\nx\n");
        let file = SourceFile { path: SourcePath::new("0059-x.md").unwrap(), text: text.into() };
        let (document, found) =
            crate::document::parse(&file, &Handles::default(), crate::config::HtmlPolicy::Safe);
        assert_eq!(document.unwrap().front.date.map(|when| when.date()), expected, "{written}");
        let found: Vec<_> = found.iter().map(|d| (d.severity, d.code)).collect();
        assert_eq!(found, [(Severity::Warning, "wrong-value")], "{written}");
    }
}
