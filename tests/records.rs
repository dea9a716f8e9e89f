//! Records as teams have them, on whole small sites: which pages come of them, and what these say of each other.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use site::Site;

fn decided(site: &Site, page: &str) -> (String, String) {
    let page = site.page(page);
    let number = page.texts("p.document-number").concat();
    (number, page.texts("p.state").concat().trim().to_owned())
}

#[test]
fn a_record_in_a_folder_of_its_own_is_one_document_of_the_log() {
    let kep = "title: Graceful stop\nkep-number: 12\nowning-sig: sig-node\nstatus: implementable\nauthors: ['@ana']\n\
               creation-date: 2024-03-01\n";
    let site = site::site(&[
        ("keps/sig-node/12-stop/kep.yaml", kep),
        (
            "keps/sig-node/12-stop/README.md",
            "# KEP-12: Graceful stop\n\n## Summary\n\nSee [notes](notes.md).\n",
        ),
        (
            "keps/sig-node/12-stop/notes.md",
            "# Notes\n\nOf [the proposal](README.md), in [its folder](../12-stop/).\n",
        ),
        (
            "rfd/0003/README.md",
            "---\nauthors: Bo\nstate: discussion\ndiscussion: https://a.example/3\n---\n# RFD 3 Queue\n",
        ),
    ])
    .built();
    assert_eq!(
        decided(&site, "keps/sig-node/12-stop/index.html"),
        ("Decision 12".to_owned(), "Implementable 1 March 2024".to_owned())
    );
    assert_eq!(decided(&site, "rfd/0003/index.html").0, "Decision 3");
    let log = site.page("decisions/index.html");
    let rows: Vec<&str> = log.all("a").iter().filter_map(|link| link.get("href")).collect();
    for page in ["../keps/sig-node/12-stop/", "../rfd/0003/"] {
        assert!(rows.contains(&page), "{rows:?}");
    }
    let notes = site.page("keps/sig-node/12-stop/notes/index.html");
    let up = "../";
    assert_eq!(notes.prose_links(), [("the proposal", up), ("its folder", up)]);
}

#[test]
fn facts_of_a_record_that_are_no_yaml_are_warned_of_where_they_stand() {
    let site = site::site(&[
        ("keps/1-a/kep.yaml", "title: A\nstatus: banana\n"),
        ("keps/1-a/README.md", "# A\n"),
        ("keps/2-b/kep.yaml", "title: [\n"),
        ("keps/2-b/README.md", "# B\n"),
    ]);
    let run = site.build();
    assert_eq!((run.status, run.codes()), (0, vec!["warning[unknown-status]", "warning[yaml-syntax]"]));
    assert!(run.err.contains("keps/1-a/kep.yaml:2:1"), "{}", run.err);
    assert!(run.err.contains("keps/2-b/kep.yaml:1:"), "{}", run.err);
}

fn decision(number: usize, front: &str) -> (String, String) {
    (format!("adr/{number:04}-x{number}.md"), format!("---\n{front}\n---\n# Choice {number}\n\nYes.\n"))
}

fn decisions(fronts: &[&str]) -> Site {
    let files: Vec<_> = fronts.iter().enumerate().map(|(at, front)| decision(at + 1, front)).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    site::site(&files).built()
}

#[test]
fn a_superseded_decision_says_so_first_with_the_way_to_what_holds_now() {
    let site = decisions(&[
        "status: accepted",
        "status: accepted\nsupersedes: 1",
        "status: accepted\nsupersedes: '2'",
    ]);
    let html = String::from_utf8(site.output()["adr/0001-x1/index.html"].clone()).unwrap();
    let head = html.find("class=\"notice\"").unwrap();
    assert!(head < html.find("<h1").unwrap() && head < html.find("document-number").unwrap());
    let page = site.page("adr/0001-x1/index.html");
    let said = &page.one("div.notice").text;
    assert!(said.starts_with("Superseded by") && said.contains("In force now"), "{said}");
    let notice = &html[head..html.find("document-number").unwrap()];
    assert!(notice.contains("/adr/0002-x2/") && notice.contains("/adr/0003-x3/"), "{notice}");
    assert!(site.page("adr/0003-x3/index.html").all("div.notice").is_empty());
}

#[test]
fn decisions_are_there_as_data() {
    let site = decisions(&["status: superseded by 2", "owner: ana"]);
    let data = String::from_utf8(site.output()["decisions.json"].clone()).unwrap();
    assert!(data.contains(r#""id":"adr/0001-x1","number":1,"title":"Choice 1","kind":"decision""#), "{data}");
    assert!(data.contains(r#""status":{"raw":"superseded by 2","normal":"superseded"}"#), "{data}");
    assert!(data.contains(r#""title":"Choice 2","kind":"decision","status":null"#), "{data}");
    assert!(
        data.contains(r#""superseded_by":["adr/0002-x2"]"#)
            && data.contains(r#""supersedes":["adr/0001-x1"]"#),
        "{data}"
    );
    let without = site::site(&[("a.md", "# A\n")]).built();
    assert!(!without.output().contains_key("decisions.json"));
}

#[test]
fn records_in_other_forms_are_there_as_data() {
    let site = site::site(&[
        (
            "docs/x/ADR-012.md",
            "# ADR-012: Queue\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 4 March 2021 |\n| Deciders | Ana, Bo |\n",
        ),
        ("docs/x/ADR-013.md", "# ADR-013: Store\n\nStatus: Accepted; the limit is superseded by ADR-014\n"),
        ("text/0000-late.md", "- Feature Name: late\n- Start Date: 2014-07-23\n- RFC PR:\n\n# Summary\n"),
    ])
    .built();
    let data = String::from_utf8(site.output()["decisions.json"].clone()).unwrap();
    assert!(
        data.contains(r#""number":12,"#)
            && data.contains(r#""date":"2021-03-04","authors":[],"deciders":["Ana","Bo"]"#),
        "{data}"
    );
    assert!(data.contains(r#"superseded by ADR-014","normal":"accepted"}"#), "{data}");
    assert!(data.contains(r#""id":"text/0000-late","number":null,"title":"late""#), "{data}");
}
