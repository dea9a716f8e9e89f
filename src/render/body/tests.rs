//! Bodies from whole texts: what Markdown becomes, and that nothing hostile gets through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::*;
use crate::config::{BaseUrl, Config, HtmlPolicy, Kind, Person, SharePages};
use crate::document::html::policy;
use crate::document::target::{self, Target};
use crate::document::{RawLink, parse};
use crate::path::{SourcePath, UrlPath};
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

fn page(text: &str, html: HtmlPolicy, url: &str) -> Option<Page> {
    let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: Arc::from(text) };
    let document = parse(&file, &config(html).people, html).0?;
    let links = document.links.iter().map(resolve).collect();
    Some(Page {
        document,
        kind: Kind::Page,
        url: UrlPath::new(url).unwrap(),
        folder: FolderId(0),
        is_index: false,
        links,
        previous: None,
        next: None,
        date: None,
        updated: None,
        updated_at: None,
        status: None,
        old_anchors: Vec::new(),
        backlinks: Vec::new(),
    })
}

fn body_with(text: &str, html: HtmlPolicy, services: &dyn Services) -> Option<(Body, Vec<Diagnostic>)> {
    let site = Site {
        config: config(html),
        clock: Clock { now: jiff::Timestamp::UNIX_EPOCH },
        pages: vec![page(text, html, "/a/")?, page("", html, "/b ü/")?],
        folders: Vec::new(),
        tags: Vec::new(),
        assets: BTreeMap::new(),
        repository: None,
        redirects: BTreeMap::new(),
    };
    Some(render(&site, PageId(0), services))
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
             <th class=\"align-center\">a</th><th class=\"align-right\"></th></tr></thead>\n<tbody>\n\
             <tr><td class=\"align-center\">b</td><td class=\"align-right\">c</td></tr>\n</tbody></table></div>\n",
        ),
        (
            "```rs x=\"<y>\"\na < b\n```",
            "<figure class=\"code\" data-lang=\"rs\"><pre tabindex=\"0\"><code>a &lt; b\n</code></pre></figure>\n",
        ),
        ("    a\n    b", "<figure class=\"code\"><pre tabindex=\"0\"><code>a\nb</code></pre></figure>\n"),
        ("@ana @eve", "<p><span class=\"person\" title=\"Ana &quot;A&quot; Souza\">@ana</span> @eve</p>\n"),
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
         aria-label=\"Link to section Why &amp; how &quot;x&quot;\"></a></h2>\n\
         <h2 id=\"2026-11-20\"><span id=\"2026-11-20-log\"></span>2026-11-20 Log<a class=\"anchor\" \
         href=\"#2026-11-20\" aria-label=\"Link to section 2026-11-20 Log\"></a></h2>\n"
    );
}

#[test]
fn writes_links_by_where_they_lead() {
    for (text, expected) in [
        ("[a](b.md#c%20d \"t<\")", "<a href=\"/base/b%20%C3%BC/#c%20d\" title=\"t&lt;\">a</a>"),
        ("[a](#why)", "<a href=\"#why\">a</a>"),
        ("[a](x.png)", "<a href=\"/base/x.png\">a</a>"),
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
            "<img src=\"/base/x.png\" alt=\"a b\" width=\"40\" height=\"20\" decoding=\"async\">",
        ),
        ("![a](https://x.example/y.png)", "<a href=\"https://x.example/y.png\" rel=\"noopener\">a</a>"),
        ("![a](data:image/png;base64,x)", "a"),
        (
            "![a](x.mp4)",
            "<video controls preload=\"metadata\" src=\"/base/x.mp4\" aria-label=\"a\" width=\"40\" height=\"20\"></video>",
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
        "<figure><img src=\"/base/x.png\" alt=\"a\" width=\"40\" height=\"20\" decoding=\"async\">\
         <figcaption>Cap &amp; tion</figcaption></figure>\n\
         <p><img src=\"/base/y.png\" alt=\"b\" title=\"Cap\" width=\"40\" height=\"20\" loading=\"lazy\" \
         decoding=\"async\"> more</p>\n"
    );
}

#[test]
fn keeps_links_in_step_with_what_was_read() {
    let text = "![a [l](1.md) ![i](2.png)](3.png) <a href=\"4.md\">x <a href=\"no.md\">y</a> [z](5.md)</a> \
        <img src=\"6.png\" width=20> [end](#last)";
    let expected = "<p><img src=\"/base/3.png\" alt=\"a l i\" width=\"40\" height=\"20\" decoding=\"async\"> \
        <a href=\"/base/b%20%C3%BC/\">x y</a> <a href=\"/base/b%20%C3%BC/\">z</a> \
        <img src=\"/base/6.png\" alt=\"\" width=\"20\" height=\"10\" loading=\"lazy\" decoding=\"async\"> \
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
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table>\n<thead><tr><th>a</th></tr></thead>\n<tbody>\n<tr><td><ul><li>x</li><li>y</li></ul></td></tr>\n</tbody></table></div>\n",
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
fn raw_html_passes_where_authors_are_trusted() {
    let text = "<div style=\"x\" onclick=\"y\">\n\n*a* <script>z</script>\n\n</div>\n";
    let body = body_with(text, HtmlPolicy::Raw, &Plain).unwrap().0;
    assert_eq!(body.html, "<div style=\"x\" onclick=\"y\">\n<p><em>a</em> <script>z</script></p>\n</div>\n");
}

#[test]
fn disarms_every_known_trick() {
    for text in [
        "<img src=x onerror=alert(1)>",
        "<svg><set attributeName=onmouseover to=alert(1)></svg>",
        "<iframe srcdoc='<script>x</script>'></iframe>",
        "<base href=//evil.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "<form action=x><input name=y><button formaction=javascript:x>z</button></form>",
        "<div style='position:fixed' class='tm-x' data-x=1 id='tm-search'>a</div>",
        "<a href='java&#10;script:x'>a</a> <a href=' &#1;javascript:x'>b</a>",
        "<a href=\"https://a.example/\" onclick=x target=_top>b</a>",
        "<<script>script>alert(1)<</script>/script>",
        "<img src=\"x.png\" alt=\"\"><script>\" onload=x>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=x>\">",
        "<p title='\"><script>x</script>'>y</p>",
        "``` \"><script>x</script>\ny\n```",
        "```rust title=\"</span><script>x</script>\"\ny\n```",
        "[a](b.md \"\\\"><script>x</script>\") ![\"><script>x</script>](x.png)",
        "[^<b>]\n\n[^<b>]: x",
        "# <script>x</script> \"><img src=x onerror=x> {#\"><b>}",
        "</main></body></html><plaintext>",
        "<details><summary><a href=x.md><table><tr><td><a href=y.md>",
    ] {
        check_hostile(text);
    }
}

/// What a document may become, as a browser reads it.
fn check_hostile(text: &str) {
    let Some((body, _)) = body_with(text, HtmlPolicy::Safe, &Plain) else { return };
    let title = body.title.unwrap_or_default();
    let whole = format!(
        "<!doctype html><html><head><title>t</title></head><body><main><header>{title}</header>{}</main>\
         <footer>after</footer></body></html>",
        body.html
    );
    let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(whole.clone());
    let mut ids = BTreeSet::new();
    let mut outside = Vec::new();
    visit(&dom.document, false, &mut ids, &mut outside, &whole);
    assert_eq!(
        outside,
        ["html", "head", "title", "#t", "body", "main", "footer", "#after"],
        "{text:?} gave {whole}"
    );
}

const OURS: [&str; 6] = ["header", "input", "section", "aside", "figure", "figcaption"];
const OUR_ATTRIBUTES: [&str; 13] = [
    "class",
    "role",
    "tabindex",
    "data-lang",
    "rel",
    "loading",
    "decoding",
    "type",
    "disabled",
    "checked",
    "controls",
    "preload",
    "start",
];

fn visit(node: &Handle, inside: bool, ids: &mut BTreeSet<String>, outside: &mut Vec<String>, whole: &str) {
    let mut below = inside;
    match &node.data {
        NodeData::Element { name, attrs, .. } if inside => {
            let name = &*name.local;
            let known = policy::names().any(|(allowed, _)| allowed == name) || OURS.contains(&name);
            assert!(known, "<{name}> in {whole}");
            for attribute in attrs.borrow().iter() {
                check_attribute(&attribute.name.local, &attribute.value, ids, whole);
            }
        }
        NodeData::Element { name, attrs, .. } => {
            assert!(attrs.borrow().is_empty(), "attributes reached <{}> in {whole}", name.local);
            outside.push(name.local.to_string());
            below = &*name.local == "main";
        }
        NodeData::Text { contents } if !inside => outside.push(format!("#{}", contents.borrow())),
        NodeData::Comment { .. } => panic!("a comment in {whole}"),
        _ => {}
    }
    for child in node.children.borrow().iter() {
        visit(child, below, ids, outside, whole);
    }
}

fn check_attribute(name: &str, value: &str, ids: &mut BTreeSet<String>, whole: &str) {
    let by_policy = policy::GLOBAL.contains(&name) || policy::names().any(|(_, own)| own.contains(&name));
    assert!(by_policy || OUR_ATTRIBUTES.contains(&name), "{name} in {whole}");
    match name {
        "id" => {
            assert!(ids.insert(value.to_owned()), "id {value} twice in {whole}");
            let own = value.strip_prefix(policy::THEME_PREFIX);
            assert!(
                own.is_none_or(|rest| rest.ends_with(|c: char| c.is_ascii_digit())),
                "id {value} in {whole}"
            );
        }
        "href" | "src" | "poster" => {
            assert!(!matches!(target::classify(value), Target::Refused(_)), "{value} in {whole}");
            assert!(name == "href" || value.starts_with("/base/"), "{value} in {whole}");
        }
        _ => {}
    }
}

const PARTS: &[&str] = &[
    "<a href=x.md>",
    "</a>",
    "<a id=k>",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<tbody>",
    "<caption>",
    "</caption>",
    "<thead>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<ol>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<h1>",
    "</h1>",
    "<h2 id=k>",
    "</h2>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<br>",
    "<hr>",
    "<img src=x.png onerror=x>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<svg>",
    "<math>",
    "<select>",
    "<option>",
    "<template>",
    "<plaintext>",
    "<textarea>",
    "<title>",
    "</main>",
    "</body>",
    "<body onload=x>",
    "<html x=y>",
    "<form>",
    "<button>",
    "<i ",
    "'",
    "\"",
    ">",
    "=",
    "&lt;",
    "&#106;",
    "<ruby>",
    "<rt>",
    "<video src=x.mp4>",
    "<source srcset='x.png 2x, javascript:x'>",
    "<picture>",
    "</picture>",
    "<font>",
    "<nobr>",
    "<center>",
    "<u>",
    "<s>",
    "<small>",
    "<figure>",
    "<figcaption>",
    "<T>",
    "x",
    " ",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "> ",
    "- ",
    "- [ ] ",
    "1. ",
    "|",
    "|-|",
    "|a|\n|-|\n|",
    "*",
    "**",
    "_",
    "`",
    "```",
    "    ",
    "[",
    "](y.md)",
    "![",
    "](x.png \"t\")",
    "[^1]",
    "\n[^1]: ",
    "@ana",
    "www.a.b",
    "http://a.b",
    "$",
    "$$",
    "~~",
    ": ",
    "\n: ",
    "{#k}",
    "{onclick=x}",
    "javascript:x",
    "[!NOTE]\n",
    "\\",
    "\u{0}",
    "é",
    "---\n",
    "===\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60000))]

    #[test]
    fn nothing_hostile_gets_through(parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)) {
        check_hostile(&parts.concat());
    }
}
