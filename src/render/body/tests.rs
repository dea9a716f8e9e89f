//! What Markdown becomes, from whole texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::config::{BaseUrl, Config, HtmlPolicy, Kind, Person, SharePages};
use crate::document::target::{self, Target};
use crate::document::{RawLink, parse};
use crate::frozen::Frozen;
use crate::path::{SourcePath, UrlPath};
use crate::site::asks;
use crate::site::{FolderId, Page, ResolvedLink};
use crate::source::SourceFile;
use crate::time::Clock;

fn config(html: HtmlPolicy) -> Config {
    let ana = Person { name: "Ana \"A\" Souza".into(), timezone: None };
    Config {
        title: "Site".into(),
        description: None,
        base: BaseUrl { origin: None, path: "/base/".into() },
        content: String::new(),
        output: "_site".into(),
        timezone: jiff::tz::TimeZone::UTC,
        language: "en".into(),
        repository: None,
        theme: None,
        collections: Vec::new(),
        collections_configured: false,
        people: BTreeMap::from([("ana".into(), ana)]),
        norms: Vec::new(),
        checks: BTreeMap::new(),
        share_pages: SharePages::Off,
        exclude: Vec::new(),
        html,
        elasticlunr: false,
    }
}

/// Resolves as a site would that has every image and film, no file `missing`, and itself for all else.
fn resolve(link: &RawLink) -> ResolvedLink {
    match target::classify(&link.target) {
        Target::External(url) => ResolvedLink::External(url),
        Target::Refused(_) => ResolvedLink::Refused,
        Target::SamePage(anchor) => ResolvedLink::Page { page: PageId(0), anchor: Some(anchor) },
        Target::Relative(parts) | Target::Rooted(parts) if parts.path.contains("missing") => {
            ResolvedLink::Broken(parts.path)
        }
        Target::Relative(parts) | Target::Rooted(parts) => {
            let shown = [".png", ".mp4"].iter().any(|extension| parts.path.ends_with(extension));
            match UrlPath::new(&format!("/{}", parts.path)) {
                Ok(url) if shown => ResolvedLink::Asset { url, suffix: String::new(), size: Some((40, 20)) },
                _ => ResolvedLink::Page { page: PageId(1), anchor: parts.fragment },
            }
        }
    }
}

fn page(text: &str, html: HtmlPolicy, url: &str) -> Option<Frozen<Page>> {
    let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: Arc::from(text) };
    let document = parse(&file, &config(html).people, html).0?;
    let links = document.links.iter().map(resolve).collect();
    let config = config(html);
    let known = asks::PeopleIndex::new(&config);
    let standing =
        |location| asks::Standing { location, due: None, state: asks::AskState::Open, missing: Vec::new() };
    let asks = asks::locations(&document, &[], &known).into_iter().map(standing).collect();
    Some(Frozen::new(Page {
        number: None,
        document: Frozen::new(document),
        asks,
        kind: Kind::Page,
        url: UrlPath::new(url).unwrap(),
        folder: FolderId(0),
        is_index: false,
        links,
        video: None,
        transcript: None,
        recording: None,
        spoken: crate::site::recordings::Spoken::default(),
        date: None,
        updated: None,
        updated_at: None,
        changes: Vec::new(),
        status: None,
        old_anchors: Vec::new(),
    }))
}

pub fn body_with(text: &str, html: HtmlPolicy, services: &dyn Services) -> Option<(Body, Vec<Diagnostic>)> {
    let config = config(html);
    let site = Site {
        people: Frozen::new(crate::site::People::of(&config, std::iter::empty())),
        waiting: Frozen::default(),
        activity: Frozen::default(),
        config: Frozen::new(config),
        clock: Clock { now: jiff::Timestamp::UNIX_EPOCH },
        pages: vec![page(text, html, "/a/")?, page("", html, "/b ü/")?],
        folders: Frozen::default(),
        tags: Frozen::default(),
        decisions: Frozen::default(),
        moment_links: Frozen::default(),
        neighbours: Frozen::default(),
        backlinks: Frozen::default(),
        recordings: Frozen::default(),
        stale: Frozen::default(),
        families: Frozen::default(),
        assets: Frozen::default(),
        repository: None,
        redirects: Frozen::default(),
        catalogue: Frozen::default(),
    };
    let played = render(&site, PageId(0), services);
    // Whether the nodes of the first reading were kept or are made again, the body is the same.
    assert!(site.pages[0].document.nodes.take().is_none(), "they are read once");
    assert_eq!(played, render(&site, PageId(0), services));
    Some(played)
}

fn html(text: &str) -> String {
    body_with(text, HtmlPolicy::Safe, &Plain).unwrap().0.html
}

#[test]
fn writes_markdown() {
    for (text, expected) in [
        (
            "a *b* **c** ~~d~~ `<e>`\\\nf",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>&lt;e&gt;</code><br>\nf</p>\n",
        ),
        ("- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"),
        ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
        ("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"),
        ("Term\n: Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n"),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n\
             <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"To do\"> b</li>\n</ul>\n",
        ),
        (
            "- [x] a\n\n- b",
            "<ul>\n<li class=\"task\">\n<p><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n",
        ),
        (
            "> [!WARNING]\n> Hot",
            "<aside class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>Hot</p>\n</aside>\n",
        ),
        (
            "|a||\n|:-:|-:|\n|b|c|",
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table>\n<thead><tr>\
             <th scope=\"col\" class=\"align-center\">a</th><td></td></tr></thead>\n<tbody>\n\
             <tr><td class=\"align-center\">b</td><td class=\"align-right\">c</td></tr>\n</tbody></table></div>\n",
        ),
        (
            "```rs x=\"<y>\"\na < b\n```",
            "<figure class=\"code\" data-lang=\"rs\"><pre tabindex=\"0\"><code>a &lt; b\n</code></pre></figure>\n",
        ),
        ("    a\n    b", "<figure class=\"code\"><pre tabindex=\"0\"><code>a\nb</code></pre></figure>\n"),
        (
            "@ana @eve",
            "<p><a class=\"person\" href=\"../people/ana/\" title=\"Ana &quot;A&quot; Souza\">@ana</a> @eve</p>\n",
        ),
        ("{{ x }} {% include \"y\" %}", "<p>{{ x }} {% include \"y\" %}</p>\n"),
    ] {
        assert_eq!(html(text), expected, "{text:?}");
    }
}

#[test]
fn writes_headings_with_a_link_to_themselves() {
    let text = "# The *title*\n\n## Why & <b>how</b> \"x\" {.wide #why onclick=a}\n\n## 2026-11-20 Log";
    let body = body_with(text, HtmlPolicy::Safe, &Plain).unwrap().0;
    assert_eq!(body.title.as_deref(), Some("The <em>title</em>"));
    assert_eq!(
        body.html,
        "<h2 id=\"why\" class=\"wide\">Why &amp; <b>how</b> \"x\"<a class=\"anchor\" href=\"#why\" \
         aria-label=\"Link to Why &amp; how &quot;x&quot;\"></a></h2>\n\
         <h2 id=\"2026-11-20\"><span id=\"2026-11-20-log\"></span>2026-11-20 Log<a class=\"anchor\" \
         href=\"#2026-11-20\" aria-label=\"Link to 2026-11-20 Log\"></a></h2>\n"
    );
}

#[test]
fn writes_links_by_where_they_lead() {
    for (text, expected) in [
        ("[a](b.md#c%20d \"t<\")", "<a href=\"../b%20%C3%BC/#c%20d\" title=\"t&lt;\">a</a>"),
        ("[a](#why)", "<a href=\"#why\">a</a>"),
        ("[a](x.png)", "<a href=\"../x.png\">a</a>"),
        ("www.x.example.", "<a href=\"http://www.x.example\" rel=\"noopener\">www.x.example</a>."),
        ("<ana@x.example>", "<a href=\"mailto:ana@x.example\" rel=\"noopener\">ana@x.example</a>"),
        (
            "[*a*](missing.md)",
            "<span class=\"broken\" title=\"No such document: missing.md\"><em>a</em></span>",
        ),
        ("[a](javascript:x)", "a"),
        ("<javascript:x>", "javascript:x"),
        (
            "![a *b*](x.png)",
            "<img src=\"../x.png\" alt=\"a b\" width=\"40\" height=\"20\" decoding=\"async\">",
        ),
        ("![a](https://x.example/y.png)", "<a href=\"https://x.example/y.png\" rel=\"noopener\">a</a>"),
        ("![a](data:image/png;base64,x)", "a"),
        (
            "![a](x.mp4)",
            "<video controls preload=\"metadata\" src=\"../x.mp4\" aria-label=\"a\" width=\"40\" height=\"20\"></video>",
        ),
        (
            "[![a](https://x.example/y.svg)](https://z.example)",
            "<a href=\"https://z.example\" rel=\"noopener\">a</a>",
        ),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text:?}");
    }
}

#[test]
fn writes_an_image_with_a_title_as_a_figure() {
    assert_eq!(
        html("![a](x.png \"Cap & tion\")\n\n![b](y.png \"Cap\") more"),
        "<figure><img src=\"../x.png\" alt=\"a\" width=\"40\" height=\"20\" decoding=\"async\">\
         <figcaption>Cap &amp; tion</figcaption></figure>\n\
         <p><img src=\"../y.png\" alt=\"b\" title=\"Cap\" width=\"40\" height=\"20\" loading=\"lazy\" \
         decoding=\"async\"> more</p>\n"
    );
}

#[test]
fn keeps_links_in_step_with_what_was_read() {
    let text = "![a [l](1.md) ![i](2.png)](3.png) <a href=\"4.md\">x <a href=\"no.md\">y</a> [z](5.md)</a> \
        <img src=\"6.png\" width=20> [end](#last)";
    let expected = "<p><img src=\"../3.png\" alt=\"a l i\" width=\"40\" height=\"20\" decoding=\"async\"> \
        <a href=\"../b%20%C3%BC/\">x y</a> <a href=\"../b%20%C3%BC/\">z</a> \
        <img src=\"../6.png\" alt=\"\" width=\"20\" height=\"10\" loading=\"lazy\" decoding=\"async\"> \
        <a href=\"#last\">end</a></p>\n";
    assert_eq!(html(text), expected);
}

#[test]
fn collects_footnotes_with_ways_back() {
    let text = "# Fn a\n\nx[^b] y[^a] z[^b]\n\n[^a]: Note *a*\n[^b]: Note b\n\n    more\n[^c]: unused";
    let out = html(text);
    assert!(out.starts_with(
        "<p>x<sup class=\"footnote-ref\"><a id=\"fnref-b\" href=\"#fn-b\" aria-label=\"Footnote 1\">1</a></sup>"
    ));
    assert!(out.contains("<li id=\"fn-b\"><p>Note b</p>\n<p>more <a class=\"footnote-back\" href=\"#fnref-b\" aria-label=\"Back to reference 1\">↩</a> <a class=\"footnote-back\" href=\"#fnref-b-1\" aria-label=\"Back to reference 1-2\">↩</a></p></li>"), "{out}");
    assert!(out.contains("<li id=\"fn-a-1\"><p>Note <em>a</em> "), "{out}");
    assert!(!out.contains("unused"));
}

struct Fancy;

impl Services for Fancy {
    fn code(&self, info: &str, code: &str) -> CodeBlock {
        let language = Some("Rust".to_owned());
        CodeBlock { language, title: Some("<t>".into()), ..Plain.code(info, code) }
    }
    fn math(&self, tex: &str, display: bool) -> Result<String, String> {
        if tex == "bad" { Err("No formula".into()) } else { Ok(format!("<math>{tex} {display}</math>")) }
    }
    fn diagram(&self, source: &str, id_prefix: &str) -> Result<String, String> {
        if source.contains("bad") {
            Err("No diagram".into())
        } else {
            Ok(format!("<svg id=\"{id_prefix}x\"></svg>"))
        }
    }
}

#[test]
fn frames_what_services_make() {
    let text = "$x$ $$y$$\n\n```math\nz\n```\n\n```mermaid\na<b\n```\n\n```rust\nfn\n```";
    let (body, found) = body_with(text, HtmlPolicy::Safe, &Fancy).unwrap();
    assert_eq!(
        body.html,
        "<p><math>x false</math> <math>y true</math></p>\n<div class=\"math\"><math>z true</math></div>\n\
         <figure class=\"diagram\"><svg id=\"tm-diagram-1-x\"></svg><details><summary>Source</summary>\
         <pre tabindex=\"0\"><code>a&lt;b\n</code></pre></details></figure>\n\
         <figure class=\"code\" data-lang=\"rust\"><figcaption><span class=\"code-title\">&lt;t&gt;</span>\
         <span class=\"code-lang\">Rust</span></figcaption><pre tabindex=\"0\"><code>fn\n</code></pre></figure>\n"
    );
    assert!(body.has_code && body.has_math && body.has_diagram && found.is_empty());
    let (body, found) = body_with("$bad$\n\n```mermaid\nbad\n```", HtmlPolicy::Safe, &Fancy).unwrap();
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["math", "diagram"]);
    assert!(body.html.starts_with(
        "<p><code class=\"math\">bad</code></p>\n<figure class=\"code\" data-lang=\"mermaid\">"
    ));
}

#[test]
fn lets_html_and_markdown_mix() {
    for (text, expected) in [
        (
            "<details open>\n<summary>More <b>of</b> it</summary>\n\n- *a*\n\n</details>\n\nafter",
            "<details open>\n<summary>More <b>of</b> it</summary>\n<ul>\n<li><em>a</em></li>\n</ul>\n</details>\n<p>after</p>\n",
        ),
        ("- <div>a\n- b</div>\n\nc", "<ul>\n<li><div>a\n</div></li>\n<li>b</li>\n</ul>\n<p>c</p>\n"),
        (
            "<p align=\"center\">\n\n**a**\n\n</p>",
            "<p class=\"align-center\">\n</p>\n<p><strong>a</strong></p>\n",
        ),
        (
            "|a|\n|-|\n|<ul><li>x<li>y</ul>|",
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n<tbody>\n<tr><td><ul><li>x</li><li>y</li></ul></td></tr>\n</tbody></table></div>\n",
        ),
        ("a <kbd>Ctrl</kbd><br>x</kbd> <i>y", "<p>a <kbd>Ctrl</kbd><br>x <i>y</i></p>\n"),
        ("Vec<T> <your-name> </T>", "<p>Vec&lt;T&gt; &lt;your-name&gt; &lt;/T&gt;</p>\n"),
        ("a <!-- b --> c", "<p>a  c</p>\n"),
        ("x <script>alert(1)</script> y", "<p>x  y</p>\n"),
        ("x <script>alert(1)\n\ny", "<p>x </p>\n<p>y</p>\n"),
        (
            "<table><tr><td>a<tr><td>b</table>",
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table><tr><td>a</td></tr><tr><td>b</td></tr></table></div>\n",
        ),
    ] {
        let clean = |html: &str| html.replace("\n\n", "\n");
        assert_eq!(clean(&html(text)).trim_end(), clean(expected).trim_end(), "{text:?}");
    }
}

#[test]
fn raw_html_has_its_links_resolved() {
    let text = "<p><img src=x.png class=a> <a id=k href='b.md#c'>\n<a href=\"javascript:y()\"></p>\n\n[z](#z) <a href=w.md>w</a>";
    let body = body_with(text, HtmlPolicy::Raw, &Plain).unwrap().0;
    assert_eq!(
        body.html,
        "<p><img src=\"../x.png\" class=a> <a id=k href='../b%20%C3%BC/#c'>\n<a href=\"javascript:y()\"></p>\n\
         <p><a href=\"#z\">z</a> <a href=\"../b%20%C3%BC/\">w</a></p>\n"
    );
}

#[test]
fn raw_html_passes_where_authors_are_trusted() {
    let text = "<div style=\"x\" onclick=\"y\">\n\n*a* <script>z</script>\n\n</div>\n";
    let body = body_with(text, HtmlPolicy::Raw, &Plain).unwrap().0;
    assert_eq!(body.html, "<div style=\"x\" onclick=\"y\">\n<p><em>a</em> <script>z</script></p>\n</div>\n");
}

const ASK: &str = "---\nasks:\n  - id: store\n    question: Which store?\n    context: |\n      ## Why\n\n      [One](one.md), a note[^n] and <b id=\"x\">more</b>.\n\n      [^n]: Said.\n  - id: size\n    question: How large?\n    context: See [two](https://example.org/two).\n    responses:\n      - by: ana\n        position: disagree\n        why: Too small.\n---\n";

#[test]
fn asks_are_marked_where_they_are_shown_and_their_contexts_are_part_of_the_page() {
    let text = format!("{ASK}[zero](https://example.org/zero)\n\n## Ask: store\n\nBelow.\n");
    let (body, found) = body_with(&text, HtmlPolicy::Safe, &Plain).unwrap();
    assert_eq!(found, []);
    assert!(body.html.contains("https://example.org/zero"));
    let parts = parts(&body.html, 2);
    assert_eq!(parts.iter().filter(|part| matches!(part, Part::Ask(_))).collect::<Vec<_>>(), [&Part::Ask(0)]);
    assert_eq!(parts.len(), 3);
    assert_eq!(
        body.contexts[0],
        "<p><strong>Why</strong></p>\n<p><a href=\"../b%20%C3%BC/\">One</a>, a note [n] and <b>more</b>.</p>\n<p>Said.</p>\n"
    );
    assert!(body.contexts[1].contains("href=\"https://example.org/two\""), "{}", body.contexts[1]);
    assert_eq!(body.passages[0], "zero\nHow large?\nSee two.\nDisagrees\nToo small.");
    assert_eq!(body.passages[1], "Below.\nWhich store?\nWhy\nOne, a note [n] and more.\nSaid.");
}
