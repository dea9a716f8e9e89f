//! What a document is found to say, from whole texts.

use std::sync::Arc;

use proptest::prelude::*;

use super::markdown::Handles;
use super::*;
use crate::config::{HtmlPolicy, Person};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

pub fn people() -> Handles {
    let person = Person { name: "Ana Souza".into(), timezone: None };
    Handles::from([("ana".to_owned(), person)])
}

pub fn parse_text(text: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let file = SourceFile { path: SourcePath::new("notes/a-first_note.md").unwrap(), text: Arc::from(text) };
    parse(&file, &people(), HtmlPolicy::Safe)
}

fn document(text: &str) -> Document {
    parse_text(text).0.unwrap()
}

fn ids(text: &str) -> Vec<String> {
    document(text).headings.into_iter().map(|heading| heading.id).collect()
}

fn targets(text: &str) -> Vec<String> {
    document(text).links.into_iter().map(|link| link.target).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    parse_text(text).1.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn makes_ids_of_rendered_headings_as_github_does() {
    for (text, expected) in [
        ("## *Why* `not()` [this](x.md)?", "why-not-this"),
        ("## A_b_c and __d__", "a_b_c-and-d"),
        ("## ![logo](l.png) Name", "-name"),
        ("## &amp; &copy; R&D", "--rd"),
        ("## a &lt;b&gt; c", "a-b-c"),
        ("## GET /users/{id}", "get-usersid"),
        ("## Set {A, B}", "set-a-b"),
        ("## Closing ##", "closing"),
        ("## Price <sub>net</sub>", "price-net"),
        ("Two\nlines\n---", "twolines"),
        ("## see https://a.example/x", "see-httpsaexamplex"),
        ("## Ask @ana", "ask-ana"),
        ("## Vec<T> is", "vect-is"),
        ("## $x^2$ grows", "x2-grows"),
        ("## !!!", "section"),
        ("## TM- search", "tm--search-1"),
        ("<h2>In HTML</h2>", "in-html"),
    ] {
        assert_eq!(ids(text), [expected], "{text:?}");
    }
}

#[test]
fn lets_authors_name_headings() {
    assert_eq!(ids("# A {#b .wide onclick=alert(1)}\n# B\n# C {#c}\n# C {#c}"), ["b", "b-1", "c", "c-1"]);
    assert_eq!(ids("# x {onclick=alert(1)}"), ["x-onclickalert1"]);
    assert_eq!(ids("# x {#tm-search}"), ["x"]);
    assert_eq!(document("# GET {id}").headings[0].text, "GET {id}");
}

#[test]
fn lets_html_anchors_go_first() {
    let doc = document(
        "# Setup\n\n<a name=\"setup\"></a>\n\ntext <span id='x y'></span><a id=\"tm-a\"></a><b id=b></b>",
    );
    assert_eq!(doc.html_ids, ["setup", "b"]);
    assert_eq!(doc.headings[0].id, "setup-1");
    let own = document("<a name=\"setup\"></a>\n## Setup\n\n## <a id=\"run\"></a>Run\n\n## Setup");
    assert_eq!(own.html_ids, [""; 0]);
    assert_eq!(own.headings.iter().map(|h| h.id.as_str()).collect::<Vec<_>>(), ["setup", "run", "setup-1"]);
}

#[test]
fn gives_dated_entries_their_date() {
    let doc = document("## 2026-11-20: Standup\n## 2026-11-20\n## 2026-11-20T17:00Z Deploy\n## Standup");
    let found: Vec<_> = doc.headings.iter().map(|h| (h.id.as_str(), h.also.as_deref(), h.dated)).collect();
    assert_eq!(
        found,
        [
            ("2026-11-20", Some("2026-11-20-standup"), true),
            ("2026-11-20-1", None, true),
            ("2026-11-20t1700z", Some("2026-11-20t1700z-deploy"), true),
            ("standup", None, false),
        ]
    );
}

#[test]
fn finds_the_title() {
    assert_eq!(document("# *One* & two\n\n# Three").title, "One & two");
    assert_eq!(document("# One").title_heading, Some(0));
    assert_eq!(document("## Zero\n# One").title_heading, None);
    assert_eq!(document("> # Quoted\n\ntext").title, "A first note");
    assert_eq!(document("<h1 align=\"center\">Logo</h1>\n").title, "Logo");
    assert_eq!(document("").title, "A first note");
}

#[test]
fn finds_links_in_order_of_every_kind() {
    let text = "[a](a.md \"t\") ![b](b.png) <https://c.example> www.d.example ana@e.example [f][f]\n\n\
        <a href=\"g.md\"><img src='h.png'></a> `www.no.example` [www.no.example](i.md)\n\n[f]: f.md#x\n";
    let expected = [
        "a.md",
        "b.png",
        "https://c.example",
        "http://www.d.example",
        "mailto:ana@e.example",
        "f.md#x",
        "g.md",
        "h.png",
        "i.md",
    ];
    assert_eq!(targets(text), expected);
    let doc = document(text);
    for link in &doc.links {
        let written = &text[link.span.clone()];
        let name = link.target.trim_start_matches("http://").trim_start_matches("mailto:");
        assert!(written.contains(name) || written == "[f][f]", "{written:?} for {name:?}");
    }
}

#[test]
fn resolves_entities_before_anyone_judges_a_scheme() {
    let all = targets("[a](&#106;avascript:x) <a href=\"&#x6A;avascript:x\">b</a> ![c](java&Tab;script:x)");
    assert_eq!(all, ["javascript:x", "javascript:x", "java\tscript:x"]);
}

#[test]
fn keeps_code_and_escapes_out_of_addresses() {
    assert_eq!(
        targets("http://a.example/a\\_b_c https://b.example/?x=1&amp;y=2"),
        ["http://a.example/a_b_c", "https://b.example/?x=1&y=2"]
    );
    assert_eq!(targets("    www.a.example\n\n```\nwww.b.example\n```\n\n![www.c.example](d.png)"), ["d.png"]);
}

#[test]
fn knows_money_from_maths() {
    let text = |body: &str| document(&format!("# {body}")).headings.remove(0).text;
    for body in ["costs $5 and $10", "US$5-US$6", "from $5-$10", "$HOME and $PATH"] {
        assert_eq!(text(body), body);
    }
    assert_eq!(text("for $x$, $`y`$"), "for x, y");
}

#[test]
fn leaves_colons_at_the_start_of_a_line_alone() {
    let doc = document("text\n:smile: more\n\ntext\n:::note");
    assert_eq!(doc.excerpt, "text :smile: more");
}

#[test]
fn finds_mentions_of_known_people() {
    let doc = document("@ana and @Ana, @eve, `@ana`, a@ana.example");
    assert_eq!(doc.mentions, ["ana"]);
}

#[test]
fn counts_words_and_takes_the_first_paragraph() {
    let doc = document(
        "# A title\n\n![badge](b.png)\n\n> quoted\n\nFirst *para*graph\nof `code` two.\n\n```\nnot these words\n```\n",
    );
    assert_eq!(doc.excerpt, "First paragraph of code two.");
    assert_eq!(doc.words, 7);
}

#[test]
fn facts_of_a_record_are_no_beginning() {
    let nygard = "# 1. A store\n\nDate: 2025-03-11\n\n## Status\n\nAccepted by all.\n\n## Context\n\nWe expect: much.\n";
    assert_eq!(document(nygard).excerpt, "We expect: much.");
    assert_eq!(document("Date: 2025-03-11\n\n## Status\n\nOpen\n").excerpt, "");
}

#[test]
fn notes_each_forbidden_thing_once() {
    let (_, found) =
        parse_text("<script>x</script>\n\ntext <script>y</script> <b onclick=x style=y>z</b> Vec<T>");
    let messages: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert!(found.iter().all(|d| d.code == "html-not-allowed" && d.place.is_some()));
}

#[test]
fn refuses_absurd_nesting_in_no_time() {
    let quotes = ">".repeat(60_000) + "x\n" + &"lazy\n".repeat(60_000);
    assert_eq!(codes(&quotes), ["markdown-too-deep"]);
    let lists = (0..150).map(|level| "  ".repeat(level) + "- x\n").collect::<String>();
    assert_eq!(codes(&lists), ["markdown-too-deep"]);
    assert_eq!(codes(&("- ".repeat(95) + "x")), [""; 0]);
    assert_eq!(codes(&("<div>".repeat(1000) + "x")), ["html-not-allowed"]);
    let hidden = "```\n".to_owned() + &">".repeat(60_000) + "x\n" + &"lazy\n".repeat(60_000);
    assert_eq!(codes(&hidden), ["markdown-too-deep"]);
}

#[test]
fn refuses_what_grows_out_of_bounds() {
    let columns = 5_000;
    let table = format!("{}|\n{}|\n{}", "|a".repeat(columns), "|-".repeat(columns), "|x|\n".repeat(20_000));
    assert_eq!(codes(&table), ["markdown-too-large"]);
    let quotes = (">".repeat(99) + "x\n\n").repeat(1_000);
    assert_eq!(codes(&quotes), ["markdown-too-large"]);
    let honest = "|a|b|c|\n|-|-|-|\n".to_owned() + &"|1|2|3|\n".repeat(50_000);
    assert_eq!(codes(&honest), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ids_are_unique_and_stable(headings in prop::collection::vec(
        "(#{1,3} |)(echo|a|a-1|2026-11-20|tm-x|!|<a id='a'></a>|[ -~]{0,12})( \\{#[a-e]\\}|)", 0..12)) {
        let text = headings.join("\n\n");
        if let (Some(doc), _) = parse_text(&text) {
            let own = doc.headings.iter().flat_map(|h| [Some(&h.id), h.also.as_ref()]).flatten();
            let all: Vec<_> = own.chain(&doc.html_ids).cloned().collect();
            let unique: BTreeSet<_> = all.iter().collect();
            prop_assert_eq!(unique.len(), all.len(), "{:?}", all);
            prop_assert!(all.iter().all(|id| html::element::valid_id(id) || id.starts_with("tm-")), "{:?}", all);
            prop_assert_eq!(doc.headings, parse_text(&text).0.unwrap().headings);
        }
    }

    #[test]
    fn never_panics_and_keeps_spans_inside(text in "([-#>*_`~|:\\[\\](){}!<>&;$@^=. \n\tax1é]|<b>|</b>|<p>|www.a.b|\\[\\^1\\]|: |```\n){0,80}") {
        if let (Some(doc), _) = parse_text(&text) {
            for span in doc.links.iter().map(|l| &l.span).chain(doc.headings.iter().map(|h| &h.span)) {
                prop_assert!(text.get(span.clone()).is_some(), "{:?}", span);
            }
        }
    }
}

/// Each moment of a text: the recording's place, the second, and its id.
fn moments(text: &str) -> Vec<(usize, u64, Option<String>)> {
    let moments = document(text).moments.into_iter();
    moments.map(|moment| (moment.recording, moment.at.whole_seconds(), moment.id)).collect()
}

#[test]
fn times_in_brackets_are_moments_where_a_recording_is_named() {
    let text = "[0:44] **x** [1:02:03]\n\n- **[0:50] y**\n- [x] [0:51]\n\n> [0:52]\n\nz [0:53] `[0:54]` \\[0:55] [0:56](u)\n";
    assert_eq!(moments(text), []);
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(
        moments(&format!("---\nvideo: demo.mp4\n---\n{text}")),
        [
            (0, 44, id("t-0m44s")),
            (0, 3723, None),
            (0, 50, id("t-0m50s")),
            (0, 51, id("t-0m51s")),
            (0, 52, id("t-0m52s")),
            (0, 53, None),
        ]
    );
}

#[test]
fn only_the_first_moment_of_a_second_is_its_anchor() {
    let text = "---\nrecordings: [demo, { id: talk, of: https://x.example/v }]\n---\n[0:07] a\n\n[demo 0:07] b\n\n[talk 0:07] c\n\n<a id=\"t-0m09s\"></a>\n\n[0:09] d\n";
    let ids: Vec<_> = moments(text).into_iter().map(|(of, _, id)| (of, id)).collect();
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(ids, [(0, id("t-0m07s")), (0, None), (1, id("talk-t-0m07s")), (0, None)]);
}

#[test]
fn a_heading_that_starts_with_a_moment_has_its_id() {
    let text = "---\nvideo: v.mp4\n---\n## [2:15] The truck\n\n## Later [3:00]\n\n## [2:15] Again {#own}\n";
    let document = document(text);
    let headings: Vec<_> =
        document.headings.iter().map(|heading| (heading.id.as_str(), heading.also.as_deref())).collect();
    assert_eq!(headings, [("t-2m15s", Some("215-the-truck")), ("later-300", None), ("own", None)]);
    assert_eq!(document.headings[0].text, "2:15 The truck");
}

#[test]
fn a_time_of_a_recording_that_is_not_named_is_said() {
    assert_eq!(codes("---\nrecordings: [demo]\n---\n[dema 0:07] and [demo 0:08]\n"), ["unknown-recording"]);
    assert_eq!(codes("---\nrecordings: [demo]\n---\n[see demo 0:07], at [1:75], [a]: 0:08\n"), [""; 0]);
}
