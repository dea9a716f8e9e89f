//! Nothing hostile gets through: bodies of hostile documents, read by a browser's parser.

use std::collections::BTreeSet;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::Plain;
use super::tests::body_with;
use crate::config::HtmlPolicy;
use crate::document::html::policy;
use crate::document::target::{self, Target};

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
        "<table><a id=k>$$<figure><ruby><hr><table><thead><span><p><br>",
        "<table><tr>x<a id=k><td>y</table><a id=k>",
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
            assert!(name == "href" || value.starts_with("../"), "{value} in {whole}");
        }
        _ => {}
    }
}

#[rustfmt::skip]
const PARTS: &[&str] = &[
    "<a href=x.md>", "</a>", "<a id=k>", "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<table>",
    "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<tbody>", "<caption>", "</caption>", "<thead>",
    "<ul>", "<li>", "</li>", "</ul>", "<ol>", "<dl>", "<dt>", "<dd>", "<h1>", "</h1>", "<h2 id=k>",
    "</h2>", "<details>", "<summary>", "</summary>", "</details>", "<pre>", "</pre>", "<code>", "</code>",
    "<br>", "<hr>", "<img src=x.png onerror=x>", "<script>", "</script>", "<style>", "</style>", "<!--",
    "-->", "<svg>", "<math>", "<select>", "<option>", "<template>", "<plaintext>", "<textarea>", "<title>",
    "</main>", "</body>", "<body onload=x>", "<html x=y>", "<form>", "<button>", "<i ", "'", "\"", ">",
    "=", "&lt;", "&#106;", "<ruby>", "<rt>", "<video src=x.mp4>",
    "<source srcset='x.png 2x, javascript:x'>", "<picture>", "</picture>", "<font>", "<nobr>", "<center>",
    "<u>", "<s>", "<small>", "<figure>", "<figcaption>", "<T>", "x", " ", "\n", "\n\n", "# ", "## ", "> ",
    "- ", "- [ ] ", "1. ", "|", "|-|", "|a|\n|-|\n|", "*", "**", "_", "`", "```", "    ", "[", "](y.md)",
    "![", "](x.png \"t\")", "[^1]", "\n[^1]: ", "@ana", "www.a.b", "http://a.b", "$", "$$", "~~", ": ",
    "\n: ", "{#k}", "{onclick=x}", "javascript:x", "[!NOTE]\n", "\\", "\u{0}", "é", "---\n", "===\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_hostile_gets_through(parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)) {
        check_hostile(&parts.concat());
        // Trusted authors get what they write; it must not stop the build.
        let _ = body_with(&parts.concat(), HtmlPolicy::Raw, &Plain);
    }
}
