//! One list says what a site is: what is written may be linked to, what isn't may not, and the sitemap has all its pages.

mod site;

use site::{Site, site};

/// An EIP that waits for the end of its Last Call, and nothing else that has a deadline.
const LAST_CALL: &str = "---\neip: 7\ntitle: A\nauthor: Bo (@bo)\nstatus: Last Call\nlast-call-deadline: 2026-12-01\n---\n\n## Abstract\n\nA.\n";

/// Names of decisions that each replace the one before, so many that their graph has a page of its own.
fn long_line() -> Vec<(String, String)> {
    let name = |n: usize| format!("decisions/{n:04}-x.md");
    let text = |n: usize| format!("---\nstatus: accepted\nsupersedes: [{}]\n---\n# X {n}\n", n - 1);
    let mut all = vec![(name(1), "---\nstatus: superseded\n---\n# X 1\n".to_owned())];
    all.extend((2..=70).map(|n| (name(n), text(n))));
    all
}

/// A site with everything that can be written of one.
fn everything() -> Site {
    let site = site(&[
        (
            "threadmark.yml",
            "base_url: https://acme.example/handbook/\npeople:\n  ana: { name: Ana }\nnorms:\n  - { channel: Email, within: 2bd }\n",
        ),
        ("specs/a.md", "---\ntags: [x]\naliases: [old/a, old/b.html]\n---\n# A\n\n[p](p.png)\n"),
        ("specs/p.png", "no picture"),
        ("static/own.txt", "own"),
        (
            "asks.md",
            "---\nasks:\n  - id: why\n    question: Why?\n    of: [bo]\n    due: 2026-12-01\n---\n# Asks\n",
        ),
        ("recordings/r.md", "---\nvideo: r.mp4\ntranscript: r.srt\n---\n# R\n"),
        ("recordings/r.mp4", "no film"),
        ("recordings/r.srt", "1\n00:00:00,000 --> 00:00:02,000\nHello.\n"),
    ]);
    for (name, text) in long_line() {
        site.write(&name, text);
    }
    site
}

#[test]
fn whatever_is_written_may_be_linked_to() {
    let site = everything();
    site.build();
    // The marker of the folder is no part of the site, and files whose names follow from what is in them are nobody's to name.
    let nameless = |path: &&String| {
        *path == ".threadmark"
            || path.starts_with("assets/")
            || path.starts_with("search/") && *path != "search/index.html"
    };
    let output = site.output();
    let paths: Vec<&str> = output
        .keys()
        .filter(|path| !nameless(path))
        .map(|path| path.trim_end_matches("index.html"))
        .collect();
    for there in [
        "404.html",
        "decisions/graph/",
        "old/b.html",
        "people/bo/deadlines.ics",
        "recordings/r/captions.vtt",
        "waiting/",
    ] {
        assert!(paths.contains(&there), "{there} is not written: {paths:?}");
    }
    let links =
        |prefix: &str| paths.iter().map(|path| format!("[x]({prefix}{path})\n")).collect::<Vec<_>>().concat();
    site.write("links/rooted.md", format!("# Links\n\n{}", links("/")));
    let run = site.build();
    assert_eq!((run.status, run.heads()), (0, vec![]), "{}", run.err);
    let hrefs = site.page("links/rooted/index.html");
    assert_eq!(hrefs.prose_links().len(), paths.len());
}

#[test]
fn what_waits_may_be_linked_to_whatever_it_is() {
    let links =
        "\n[w](/waiting/) [w](../waiting/) [d](/deadlines.ics) [j](/decisions.json) [r](../robots.txt)\n";
    site(&[("decisions/eip-7.md", &format!("{LAST_CALL}{links}"))]).built();
}

#[test]
fn the_graph_may_be_linked_to_from_beside_it_when_it_is_there() {
    let site = everything();
    site.write("decisions/README.md", "# Log\n\n[a](graph/) [b](#graph) [c](/decisions/graph/)\n");
    site.write("a.md", "# A\n\n[a](decisions/graph/) [b](decisions/#graph)\n");
    let run = site.build();
    assert_eq!((run.status, run.heads()), (0, vec![]), "{}", run.err);
    let hrefs = |page: &str| {
        let page = site.page(page);
        page.prose_links().into_iter().map(|(_, href)| href.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(hrefs("a/index.html"), ["../decisions/graph/", "../decisions/#graph"]);
}

#[test]
fn what_could_have_been_there_is_missed_where_it_is_not() {
    let run = site(&[
        ("decisions/0001-x.md", "---\nstatus: accepted\ndeciders: [Cy]\n---\n# X\n\n[g](graph/)\n"),
        ("decisions/eip-7.md", LAST_CALL),
        (
            "a.md",
            "# A\n\n[g](/decisions/graph/) [bo](/people/bo/deadlines.ics) [cy](/people/cy/deadlines.ics)\n",
        ),
        ("b.md", "# B\n\n[s](/sitemap.xml) [a](/asks.json) [n](/norms/) [r](/robots.txt/)\n"),
    ])
    .build();
    let mut heads = run.heads();
    heads.sort_unstable();
    assert_eq!(
        heads,
        [
            "warning[broken-link]: there is no /decisions/graph/",
            "warning[broken-link]: there is no /decisions/graph/",
            "warning[broken-link]: there is no /people/cy/deadlines.ics",
            "warning[broken-link]: there is no asks.json",
            "warning[broken-link]: there is no norms",
            "warning[broken-link]: there is no robots.txt",
            "warning[broken-link]: there is no sitemap.xml",
        ],
        "{}",
        run.err
    );
}

#[test]
fn every_page_has_a_top() {
    let site = site(&[
        ("a.md", "# A\n\n[a](#top) [b](#) [c](#TOP) [d](b.md#top) [e](b.md#)\n"),
        ("b.md", "# B\n\n## Top\n"),
        ("index.md", "# Home\n\n[x](#)\n"),
    ])
    .built();
    assert_eq!(site.page("a/index.html").prose_links().len(), 5);
}

#[test]
fn a_part_of_a_list_that_no_document_gives_the_text_of_is_kept() {
    let site =
        site(&[("specs/b.md", "# B\n"), ("a.md", "# A\n\n[b](specs/#documents) [c](specs/)\n")]).built();
    assert_eq!(site.page("a/index.html").prose_links(), [("b", "../specs/#documents"), ("c", "../specs/")]);
}

#[test]
fn the_sitemap_has_every_page_that_a_person_may_come_to() {
    let site = everything();
    site.build();
    let output = site.output();
    let text = String::from_utf8(output["sitemap.xml"].clone()).unwrap();
    let not_for_people = ["search/", "old/a/"];
    for path in output.keys() {
        let Some(folder) = path.strip_suffix("index.html") else { continue };
        let listed = text.contains(&format!("<loc>https://acme.example/handbook/{folder}</loc>"));
        assert_eq!(listed, !not_for_people.contains(&folder), "{path}");
    }
    assert!(text.contains("/handbook/tags/<") && text.contains("/handbook/tags/x/<"), "{text}");
}
