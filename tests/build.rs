//! The main job: a folder of Markdown becomes a site.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use std::path::Path;

use site::links::Links;
use site::{ALWAYS, Run, command, files, site};

#[test]
fn one_document_is_a_site() {
    let site = site(&[("hello.md", "# Hello\n\nWorld.\n")]);
    let run = site.build();
    assert_eq!((run.status, run.out.as_str(), run.findings()), (0, "", ""));
    assert!(run.err.starts_with("Built 1 document into _site in N s: "), "{}", run.err);
    let own = |path: &String| !path.starts_with("assets/");
    // What has a hash in its name, without it.
    let plain = |path: String| match path.strip_prefix("search/").and_then(|name| name.split_once('.')) {
        Some((stem, rest)) if rest.contains('.') => format!("search/{stem}"),
        _ => path,
    };
    let mut expected: Vec<String> = ALWAYS.map(String::from).into();
    expected.push("hello/index.html".into());
    expected
        .extend(["index.json", "names", "spelling", "text", "words"].map(|name| format!("search/{name}")));
    expected.sort();
    assert_eq!(site.output().into_keys().filter(own).map(plain).collect::<Vec<_>>(), expected);
    let page = site.page("hello/index.html");
    assert_eq!((page.texts("h1"), page.prose()), (vec!["Hello"], "<p>World.</p>"));
}

#[test]
fn an_empty_folder_is_a_site_too() {
    let site = site(&[]).built();
    assert_eq!(site.published(), [""; 0]);
    assert_eq!(site.page("index.html").texts("h1"), ["Handbook"]);
}

/// Also below `docs/` and `doc/`, and `architecture/decisions`, which is two deep.
#[test]
fn folders_with_well_known_names_are_collections() {
    let site = site(&[
        ("decisions/0001-a.md", "# A\n"),
        ("docs/adr/0002-b.md", "# B\n"),
        ("doc/architecture/decisions/0003-c.md", "# C\n"),
        ("docs/rfcs/d.md", "# D\n"),
        ("updates/2026-11-20.md", "# E\n"),
        ("demos/f.md", "# F\n"),
        ("notes/decisions/g.md", "# G\n"),
        ("h.md", "# H\n"),
    ])
    .built();
    let kind = |path: &str| site.page(path).one("body").get("class").unwrap().to_owned();
    for (path, expected) in [
        ("decisions/0001-a/index.html", "page-decision"),
        ("docs/adr/0002-b/index.html", "page-decision"),
        ("doc/architecture/decisions/0003-c/index.html", "page-decision"),
        ("docs/rfcs/d/index.html", "page-spec"),
        ("updates/2026-11-20/index.html", "page-update"),
        ("demos/f/index.html", "page-recording"),
        ("notes/decisions/g/index.html", "page-page"),
        ("h/index.html", "page-page"),
    ] {
        assert_eq!(kind(path), expected, "{path}");
    }
}

#[test]
fn a_configured_collection_gives_kind_and_address() {
    let site = site(&[
        ("threadmark.yml", "collections:\n  log: { kind: decision, path: docs/notes, title: The log }\n"),
        ("docs/notes/2021/0007-queue.md", "# Queue\n\nSee [the other](../../other.md).\n"),
        ("docs/other.md", "# Other\n\n[Back](notes/2021/0007-queue.md)\n"),
    ])
    .built();
    assert_eq!(
        site.published(),
        [
            "decisions.json",
            "docs/index.html",
            "docs/other/index.html",
            "log/2021/0007-queue/index.html",
            "log/2021/index.html",
            "log/index.html"
        ]
    );
    let page = site.page("log/2021/0007-queue/index.html");
    assert_eq!(page.one("body").get("class"), Some("page-decision"));
    assert_eq!(page.prose_links(), [("the other", "../../../docs/other/")]);
    assert_eq!(site.page("log/index.html").texts("h1"), ["The log"]);
}

#[test]
fn an_index_is_its_folders_page_and_the_readme_steps_aside() {
    let site = site(&[
        ("a/index.md", "# Index of A\n\nOpening.\n"),
        ("a/README.md", "# Readme of A\n"),
        ("b/README.md", "# Readme of B\n\nOpening.\n"),
        ("README.md", "# Home\n\nWelcome.\n"),
    ])
    .built();
    assert_eq!(site.published(), ["a/index.html", "a/readme/index.html", "b/index.html"]);
    assert_eq!(site.page("a/index.html").texts("h1"), ["Index of A"]);
    assert_eq!(site.page("a/readme/index.html").texts("h1"), ["Readme of A"]);
    assert_eq!(site.page("b/index.html").texts("h1"), ["Readme of B"]);
    assert_eq!(site.page("index.html").texts("h1"), ["Home"]);
}

#[test]
fn addresses_are_lower_case_and_safe_and_a_slug_replaces_the_last_part() {
    let site = site(&[
        ("My Notes/Queue & store (v2).MD", "# A\n\n[b](../Größe.md)\n"),
        ("Größe.md", "# B\n"),
        ("specs/x.md", "---\nslug: queue-store\n---\n# C\n"),
    ])
    .built();
    assert_eq!(
        site.published(),
        [
            "größe/index.html",
            "my-notes/index.html",
            "my-notes/queue-store-v2/index.html",
            "specs/index.html",
            "specs/queue-store/index.html"
        ]
    );
}

#[test]
fn an_alias_leads_on_without_scripts() {
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/handbook/\n"),
        ("specs/new.md", "---\naliases: [old/place, older.html]\n---\n# New place\n"),
    ])
    .built();
    assert_eq!(
        site.published(),
        ["old/place/index.html", "older.html", "sitemap.xml", "specs/index.html", "specs/new/index.html"]
    );
    for (path, root) in [("old/place/index.html", "../../"), ("older.html", "./")] {
        let page = site.page(path);
        let refresh = page.all("meta").into_iter().find(|m| m.get("http-equiv") == Some("refresh")).unwrap();
        assert_eq!(refresh.get("content"), Some(format!("0; url={root}specs/new/").as_str()));
        assert_eq!(
            page.all("link").iter().find(|l| l.get("rel") == Some("canonical")).unwrap().get("href"),
            Some("https://acme.example/handbook/specs/new/")
        );
        assert_eq!(page.one("a").text, "New place");
    }
}

#[test]
fn drafts_stay_at_home_until_asked_for() {
    let site = site(&[("a.md", "# A\n"), ("b.md", "---\ndraft: true\ntags: [secret]\n---\n# B\n")]).built();
    assert_eq!(site.published(), ["a/index.html"]);
    site.run(&["build", "--drafts"]).clean();
    assert_eq!(
        site.published(),
        ["a/index.html", "b/index.html", "tags/index.html", "tags/secret/index.html"]
    );
}

#[test]
fn what_is_not_the_sites_is_left_out() {
    let site = site(&[
        ("threadmark.yml", "exclude: [drafts/**, '**/*.tmp.md']\n"),
        ("a.md", "# A\n"),
        ("drafts/deep/b.md", "# B\n"),
        ("c.tmp.md", "# C\n"),
        (".hidden/d.md", "# D\n"),
        (".e.md", "# E\n"),
        ("node_modules/f/README.md", "# F\n"),
        ("target/doc/g.md", "# G\n"),
        ("_site.bak/h.md", "# H\n"),
        ("old/.threadmark", ""),
        ("old/i.md", "# I\n"),
        ("src/main.rs", "fn main() {}\n"),
        ("secrets.txt", "x"),
    ])
    .built();
    assert_eq!(site.published(), ["_site.bak/h/index.html", "_site.bak/index.html", "a/index.html"]);
}

/// The output of one build is never the input of the next, wherever it is.
#[test]
fn the_output_is_left_out_whatever_its_name() {
    let site = site(&[("a.md", "# A\n"), ("static/page.md", "# Copied as it is\n")]);
    for _ in 0..2 {
        site.run(&["build", "-o", "public/site"]).clean();
        let published = files(&site.path("public/site"));
        assert!(published.contains_key("static/page.md"), "{:?}", published.keys());
        assert!(!published.keys().any(|path| path.starts_with("public")), "{:?}", published.keys());
    }
}

#[test]
fn only_what_is_linked_to_is_copied_and_the_static_folder() {
    let site = site(&[
        ("specs/a.md", "# A\n\n![shown](img/shown.png) [data](../data/linked.csv) `![](img/hidden.png)`\n"),
        ("specs/img/shown.png", "not really"),
        ("specs/img/hidden.png", "x"),
        ("data/linked.csv", "1,2\n"),
        ("data/other.csv", "x"),
        ("static/CNAME", "acme.example\n"),
        ("static/.well-known/security.txt", "x"),
        ("static/.DS_Store", "x"),
    ])
    .built();
    assert_eq!(
        site.published(),
        [
            "data/linked.csv",
            "specs/a/index.html",
            "specs/img/shown.png",
            "specs/index.html",
            "static/.well-known/security.txt",
            "static/CNAME"
        ]
    );
    assert_eq!(site.output()["data/linked.csv"], b"1,2\n");
}

#[test]
fn a_site_below_a_base_path_stays_below_it() {
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/handbook/\npeople: { ana: { name: Ana } }\n"),
        ("index.md", "# Home\n\n[a](a.md#part-two) ![p](p.png) [top](/specs/b.md) <a href=\"a.md\">html</a>\n"),
        ("a.md", "---\ntags: [x y, z]\naliases: [gone]\n---\n# A\n\n## Part two\n\nNote[^1]. [self](#part-two)\n\n[^1]: Here.\n"),
        ("specs/b.md", "# B\n\n[a][r]\n\n[r]: ../a.md\n"),
        ("decisions/0001-c.md", "---\nstatus: superseded by [0002](0002-d.md)\n---\n# C\n"),
        ("decisions/0002-d.md", "---\nsupersedes: 1\ndate: 2026-01-02\n---\n# D\n"),
        ("p.png", "x"),
    ])
    .built();
    let output = site.output();
    let links = Links::of(&output, "https://acme.example", "/handbook/");
    assert_eq!(links.broken(), [""; 0]);
    assert!(links.count() > 50, "{}", links.count());
    assert_eq!(
        site.page("index.html").prose_links(),
        [("a", "a/#part-two"), ("top", "specs/b/"), ("html", "a/")]
    );
}

/// The search and the tags have no document; links lead to them all the same, from the site's root or from the
/// document's own folder, and keep what is asked there.
#[test]
fn links_lead_to_pages_that_have_no_document() {
    let forms = "[a](/search/?q=fee&kind=spec#x) [b](../search/?q=fee) [c](/tags/) [d](/tags/x-y/) [e](../tags/z) \
        <a href=\"/search\">f</a>\n";
    let text = format!("---\ntags: [X y, z]\n---\n# A\n\n{forms}");
    let expected = ["search/?q=fee&kind=spec#x", "search/?q=fee", "tags/", "tags/x-y/", "tags/z/", "search/"]
        .map(|address| format!("../../{address}"));
    for (settings, document) in [
        ("", "specs/a.md"),
        ("content: docs\n", "docs/specs/a.md"),
        ("base_url: https://acme.example/handbook/\n", "specs/a.md"),
    ] {
        let site = site(&[("threadmark.yml", settings), (document, &text)]).built();
        let page = site.page("specs/a/index.html");
        let links: Vec<&str> = page.prose_links().into_iter().map(|(_, href)| href).collect();
        assert_eq!(links, expected, "{settings}");
    }
    let whole = "[a](/handbook/search/?q=fee) [b](/docs/search/) [c](/docs/tags/z/)\n";
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/handbook/\ncontent: docs\n"),
        ("docs/a.md", &format!("---\ntags: z\n---\n# A\n\n{whole}")),
    ])
    .built();
    assert_eq!(
        site.page("a/index.html").prose_links(),
        [("a", "../search/?q=fee"), ("b", "../search/"), ("c", "../tags/z/")]
    );
}

/// The heading that became the title of its page keeps its address, wherever the page shows it.
#[test]
fn a_title_is_a_section_too() {
    let site = site(&[
        ("index.md", "# Home title\n"),
        ("b/index.md", "---\naliases: ['#old-b']\n---\n# B title\n"),
        ("a.md", "---\ntitle: A title\n---\n# A title\n\n[self](#a-title)\n"),
        ("d.md", "# <a id=\"own\"></a>D `title` {#named}\n"),
        ("c.md", "# C\n\n[a](a.md#a-title) [b](b/#b-title) [old](b/#old-b) [h](index.md#home-title) [d](d.md#named) [o](d.md#own)\n"),
    ])
    .built();
    let output = site.output();
    assert_eq!(Links::of(&output, "", "/").broken(), [""; 0]);
    assert_eq!(site.page("a/index.html").one("h1").get("id"), Some("a-title"));
}

/// The example is the manual: every address in it must hold, also under another base.
#[test]
fn every_address_of_the_example_site_leads_somewhere() {
    let home = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
    for (base, url) in [("/handbook/", None), ("/", Some("https://tarn.example"))] {
        let out = home.path().join("out");
        let mut arguments = vec![
            "--now",
            site::NOW,
            "build",
            "--strict",
            "--no-cache",
            example.to_str().unwrap(),
            "-o",
            out.to_str().unwrap(),
        ];
        arguments.extend(url.iter().flat_map(|url| ["--base-url", url]));
        let run = Run::of(&command(home.path(), home.path(), &arguments).output().unwrap());
        assert_eq!((run.status, run.findings()), (0, ""), "{}", run.err);
        let output = files(&out);
        let links = Links::of(&output, "https://tarn.example", base);
        assert_eq!(links.broken(), [""; 0]);
        assert!(links.count() > 500);
    }
}

#[test]
fn machines_find_their_files() {
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/\n"),
        ("a b.md", "---\ndate: 2026-01-02\naliases: [old]\n---\n# A & B\n"),
        ("static/robots-note.txt", "x"),
    ])
    .built();
    let output = site.output();
    let text = |path: &str| String::from_utf8(output[path].clone()).unwrap();
    assert_eq!(text("robots.txt"), "User-agent: *\nAllow: /\nSitemap: https://acme.example/sitemap.xml\n");
    assert_eq!(text(".nojekyll"), "");
    assert_eq!(
        text("sitemap.xml"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>https://acme.example/</loc></url>\n\
         <url><loc>https://acme.example/a-b/</loc><lastmod>2026-01-02</lastmod></url>\n\
         </urlset>\n"
    );
    let missing = site.page("404.html");
    assert_eq!(missing.meta("robots"), Some("noindex"));
    assert_eq!(missing.all("link").iter().filter(|l| l.get("rel") == Some("canonical")).count(), 0);
}
