//! The graph of what replaced and amended what, on whole small sites: what is drawn, what the list says, where it stands.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use site::Site;
use site::page::{Element, Page};

fn decision(number: usize, front: &str, title: &str) -> (String, String) {
    (format!("decisions/{number:04}-x.md"), format!("---\n{front}\n---\n# {title}\n\nYes.\n"))
}

fn log(decisions: impl IntoIterator<Item = (String, String)>) -> Site {
    let site = site::site(&[]);
    for (path, text) in decisions {
        site.write(&path, text);
    }
    site
}

/// The links of what stands in an element of that name or class.
fn links<'a>(page: &'a Page, within: &str) -> Vec<&'a Element> {
    let inside =
        |element: &&Element| element.within.iter().any(|around| around.split('.').any(|part| part == within));
    page.elements.iter().filter(|element| element.name == "a").filter(inside).collect()
}

fn addresses<'a>(page: &'a Page, within: &str) -> Vec<&'a str> {
    links(page, within).into_iter().filter_map(|link| link.get("href")).collect()
}

#[test]
fn a_log_draws_what_is_related_and_says_the_same_in_words() {
    let site = log([
        decision(1, "status: superseded", "Readings in Postgres"),
        decision(2, "status: accepted", "Deduplicate"),
        decision(3, "status: accepted", "Alone"),
        decision(4, "status: accepted\nsupersedes: 1\namends: 2", "Partition"),
        decision(5, "status: proposed\nsupersedes: 4", "Shard"),
    ])
    .built();
    let page = site.page("decisions/index.html");
    let of = |numbers: &[u32]| -> Vec<String> {
        numbers.iter().map(|number| format!("../decisions/{number:04}-x/")).collect()
    };
    assert_eq!(addresses(&page, "graph-drawing"), of(&[5, 4, 2, 1]));
    let said: Vec<&str> = page
        .all("li")
        .iter()
        .filter(|li| li.within.iter().any(|e| e == "details.graph-list"))
        .map(|li| li.text.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "5 Shard would supersede 4 Partition",
            "4 Partition supersedes 1 Readings in Postgres; amends 2 Deduplicate"
        ]
    );
    assert_eq!(addresses(&page, "graph-list"), of(&[5, 4, 4, 1, 2]));
    assert_eq!(
        page.all("path.graph-tip")
            .iter()
            .filter(|tip| tip.within.iter().any(|e| e == "svg.graph-drawing"))
            .count(),
        3
    );
    let lead = &page.one("p.graph-lead").text;
    assert!(lead.contains("4 decisions are connected, 1 other stands alone."), "{lead}");
    let boxes = page.all("svg.graph-node");
    let stands: Vec<&str> = boxes.iter().filter_map(|node| node.get("class")).collect();
    assert_eq!(
        stands,
        [
            "graph-node graph-open",
            "graph-node graph-holds",
            "graph-node graph-holds",
            "graph-node graph-over"
        ]
    );
}

#[test]
fn a_drawing_is_nothing_to_screen_readers_and_no_stop_for_the_keyboard() {
    let site = log([decision(1, "status: accepted", "A"), decision(2, "supersedes: 1", "B")]).built();
    let page = site.page("decisions/index.html");
    assert_eq!(page.one("svg.graph-drawing").get("aria-hidden"), Some("true"));
    assert!(links(&page, "graph-drawing").iter().all(|link| link.get("tabindex") == Some("-1")));
    assert!(links(&page, "graph-list").iter().all(|link| link.get("tabindex").is_none()));
    assert_eq!(page.all(".graph").len(), 1);
    assert_eq!(page.one("section.graph").get("aria-labelledby"), Some("graph"));
    assert!(page.elements.iter().all(|element| element.get("style").is_none()));
}

#[test]
fn a_decision_shows_its_family_where_that_is_small_and_more_than_a_pair() {
    let site = log(chain(3));
    site.write("decisions/0005-x.md", "---\nstatus: accepted\n---\n# Five\n");
    site.write("decisions/0006-x.md", "---\nstatus: accepted\nsupersedes: 5\n---\n# Six\n");
    site.build();
    let page = site.page("decisions/0002-x/index.html");
    assert_eq!(addresses(&page, "graph-drawing").len(), 3);
    let current = page.one(".graph-current");
    assert_eq!(current.text, "2 Superseded Choice 2");
    assert_eq!(addresses(&page, "graph-rest"), ["../../decisions/#graph"]);
    assert!(site.page("decisions/0006-x/index.html").all(".graph").is_empty());
    let long = log(chain(13));
    long.build();
    assert!(long.page("decisions/0002-x/index.html").all(".graph").is_empty());
}

#[test]
fn documents_can_link_to_the_graph() {
    let site = log([decision(1, "status: accepted", "A"), decision(2, "supersedes: 1", "B")]);
    site.write("decisions/index.md", "# Decisions\n\nSee [the graph](#graph).\n");
    site.write("a.md", "# A\n\nSee [the graph](decisions/index.md#graph).\n");
    assert_eq!(site.build().codes(), ["warning[one-sided-supersession]"; 0]);
    assert_eq!(site.page("a/index.html").prose_links(), [("the graph", "../decisions/#graph")]);
}

#[test]
fn without_relations_there_is_no_graph() {
    let site =
        log([decision(1, "status: accepted\nsupersedes: 1", "A"), decision(2, "superseded_by: ADR-99", "B")]);
    site.build();
    let page = site.page("decisions/index.html");
    assert!(page.all(".graph").is_empty() && page.all(".graph-hint").is_empty());
}

fn chain(count: usize) -> impl Iterator<Item = (String, String)> {
    (1..=count)
        .map(|at| decision(at, &format!("status: accepted\nsupersedes: {}", at - 1), &format!("Choice {at}")))
}

#[test]
fn a_large_graph_has_a_page_of_its_own_that_the_log_leads_to() {
    let site = log(chain(61));
    site.write("threadmark.yml", "base_url: https://a.example/\n");
    site.build();
    let log = site.page("decisions/index.html");
    let hint = log.one("p.graph-hint");
    assert_eq!(hint.get("id"), Some("graph"));
    assert_eq!(hint.text, "The graph of 61 decisions that superseded or amended each other.");
    assert_eq!(addresses(&log, "graph-hint"), ["../decisions/graph/"]);
    assert!(log.all("svg.graph-drawing").is_empty());
    let graph = site.page("decisions/graph/index.html");
    assert_eq!(addresses(&graph, "graph-drawing").len(), 61);
    assert_eq!(addresses(&graph, "graph-list").len(), 2 * 60);
    let sitemap = String::from_utf8(site.output()["sitemap.xml"].clone()).unwrap();
    assert!(sitemap.contains("<loc>https://a.example/decisions/graph/</loc>"), "{sitemap}");
}

#[test]
fn what_is_not_drawn_is_said() {
    let site = log(chain(90));
    site.build();
    let graph = site.page("decisions/graph/index.html");
    assert_eq!(graph.all("svg.graph-node").len(), 80);
    assert_eq!(graph.texts("p.graph-rest"), ["and 10 more that are not drawn"]);
    assert!(graph.one("p.graph-lead").text.ends_with("10 of them are not drawn; the list below has all."));
    assert_eq!(addresses(&graph, "graph-list").len(), 2 * 89);
}

#[test]
fn a_document_where_the_graph_would_stand_is_an_error_that_names_both() {
    let site = log(chain(61));
    site.write("decisions/graph.md", "# Graph\n");
    let run = site.build();
    assert_eq!(run.status, 1);
    let said = "the graph of `Decisions` can't have the address /decisions/graph/";
    assert!(run.err.contains(said) && run.err.contains("decisions/graph.md"), "{}", run.err);
    let small = log(chain(60));
    small.write("decisions/graph.md", "# Graph\n");
    assert_eq!(small.build().status, 0);
}

#[test]
fn circles_are_drawn_and_nobody_in_them_holds() {
    let site =
        log((1..=3).map(|at| decision(at, &format!("supersedes: {}", at % 3 + 1), &format!("Choice {at}"))));
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    let page = site.page("decisions/index.html");
    assert_eq!(page.all(".graph-over").len(), 3 + 1);
    assert_eq!(addresses(&page, "graph-list").len(), 6);
}

#[test]
fn titles_are_text_and_stay_in_their_boxes() {
    let long = "word ".repeat(2_000);
    let titles = [
        "</text></svg><script>alert(1)</script>\"x",
        "'\"><img src=x onerror=alert(1)> {{ 1 }}",
        &long,
        "החלטה על תור ההודעות \u{202e} abc",
        "決定を記録するための形式を選ぶという長い決定の題名",
        "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
    ];
    let site = log(titles.iter().enumerate().map(|(at, title)| {
        let title = title.replace('\'', "''");
        let number = at + 1;
        let front = format!("title: '{title}'\nstatus: accepted\nsupersedes: {at}");
        (format!("decisions/{number:04}-x.md"), format!("---\n{front}\n---\nYes.\n"))
    }));
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    let page = site.page("decisions/index.html");
    assert_eq!(page.all("svg.graph-node").len(), titles.len());
    let scripts = page.all("script");
    assert!(scripts.iter().all(|script| script.get("src").is_some()), "{scripts:?}");
    assert!(page.all("img").is_empty());
    assert!(page.all("text.graph-title").len() <= 3 * titles.len());
    assert!(page.texts("text.graph-title").iter().all(|line| line.chars().count() < 60));
}
