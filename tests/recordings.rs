//! Recordings as a whole site shows them: players, what is said, moments in any text, captions, and what pages may load.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::fs;

use site::page::Element;
use site::{Site, site};

const LOOM: &str = "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486";
const SRT: &str = "1\n00:00:01,000 --> 00:00:04,000\nAna Souza: Good morning.\n\n\
                   2\n00:00:08,000 --> 00:00:09,000\nBo <Chen>: Which \"store\" & why?\n\n\
                   3\n00:01:10,000 --> 00:01:12,500\nAna Souza: Postgres.\n";
const DEMO: &str = "---
title: The demo
video: demo.mp4
transcript: demo.srt
duration: 1:20
chapters:
  - { at: 0:00, title: Hello }
  - { at: 1:00, title: 'The <b>answer</b>' }
---
# The demo

- [0:08] The question. It comes back at [1:10].
";

fn demo(more: &[(&str, &str)]) -> Site {
    let files = [("recordings/demo.md", DEMO), ("recordings/demo.mp4", "film"), ("recordings/demo.srt", SRT)];
    site(&[&files, more].concat())
}

fn html(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("_site").join(path).join("index.html")).unwrap()
}

/// The policy of a page.
fn policy(html: &str) -> &str {
    let start = html.find("Content-Security-Policy\" content=\"").unwrap() + 34;
    &html[start..start + html[start..].find('"').unwrap()]
}

fn moments(site: &Site, path: &str) -> Vec<(String, String)> {
    let page = site.page(&format!("{path}index.html"));
    let moments = page.all("a").into_iter().filter(|a| a.get("class") == Some("moment"));
    let of = |a: &Element, name: &str| a.get(name).unwrap_or_default().to_owned();
    moments.map(|a| (of(a, "id"), of(a, "href"))).collect()
}

#[test]
fn a_file_has_the_browsers_player_with_captions_chapters_and_what_is_said() {
    let site = demo(&[]).built();
    let html = html(&site, "recordings/demo");
    for expected in [
        "<video class=\"player-media\" controls playsinline preload=\"metadata\" src=\"../../recordings/demo.mp4\">",
        "<track kind=\"captions\" srclang=\"en\" label=\"Captions\" src=\"../../recordings/demo/captions.vtt\">",
        "<li><a class=\"moment\" href=\"#t-1m00s\" data-at=\"60\">",
        "<h3 class=\"chapter\" id=\"t-1m00s\" data-at=\"60\">",
        "The &lt;b&gt;answer&lt;/b&gt;",
        "<div class=\"said said-first\" id=\"t-1m10s\" data-at=\"70\">",
        "<p class=\"speaker\">Ana Souza</p>",
        "data-player=\"0\" data-plays=\"video\" data-length=\"80\"",
        "<button class=\"player-copy\" type=\"button\" data-copy>",
    ] {
        assert!(html.contains(expected), "no {expected} in\n{html}");
    }
    assert!(!html.contains("<Chen>") && !html.contains("data-prefix"));
}

#[test]
fn captions_are_made_of_what_is_no_webvtt() {
    let site = demo(&[]).built();
    let captions = fs::read_to_string(site.path("_site/recordings/demo/captions.vtt")).unwrap();
    assert!(captions.starts_with("WEBVTT\n"), "{captions}");
    assert!(
        captions.contains("00:00:01.000 --> 00:00:04.000\n<v Ana Souza>Good morning.</v>\n"),
        "{captions}"
    );
    assert!(captions.contains("Bo &lt;Chen&gt;: Which \"store\" &amp; why?"), "{captions}");
}

#[test]
fn what_is_webvtt_already_is_taken_as_it_is() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n";
    let text = "---\nvideo: a.mp3\ntranscript: a.vtt\n---\n# A\n";
    let site =
        site(&[("recordings/a.md", text), ("recordings/a.mp3", "x"), ("recordings/a.vtt", vtt)]).built();
    let html = html(&site, "recordings/a");
    assert!(html.contains(
        "<audio class=\"player-media\" controls preload=\"metadata\" src=\"../../recordings/a.mp3\">"
    ));
    assert!(html.contains("label=\"Captions\" src=\"../../recordings/a.vtt\">"));
    assert!(!site.path("_site/recordings/a/captions.vtt").exists());
}

#[test]
fn a_moment_that_starts_a_block_has_its_own_address_and_leads_to_the_second() {
    let site = demo(&[]).built();
    let expected = [
        ("", "#t-0m00s"),
        ("", "#t-1m00s"),
        ("t-0m08s", "../demo.mp4#t=8"),
        ("", "../demo.mp4#t=70"),
        ("", "../../recordings/demo.mp4#t=1"),
        ("", "../../recordings/demo.mp4#t=8"),
        ("", "../../recordings/demo.mp4#t=70"),
    ];
    let found = moments(&site, "recordings/demo/");
    let found: Vec<(&str, &str)> = found.iter().map(|(id, href)| (id.as_str(), href.as_str())).collect();
    assert_eq!(found, expected);
    let html = html(&site, "recordings/demo");
    assert_eq!(html.matches("id=\"t-0m08s\"").count(), 1, "the text has it, so what is said there has not");
}

#[test]
fn on_a_page_with_several_the_moments_of_all_but_the_first_are_prefixed() {
    let text = format!(
        "---\nrecordings:\n  - {{ id: talk, of: {LOOM} }}\n  - {{ id: film, of: recordings/demo }}\n---\n# Both\n\n\
         - [0:44] Of the first.\n- [film 1:02] Of the second.\n- [talk 0:50] Of the first.\n"
    );
    let site = demo(&[("specs/both.md", &text)]).built();
    let expected = [
        ("t-0m44s".to_owned(), format!("{LOOM}?t=44")),
        ("film-t-1m02s".to_owned(), "../../recordings/demo/#t-1m02s".to_owned()),
        ("t-0m50s".to_owned(), format!("{LOOM}?t=50")),
    ];
    assert_eq!(moments(&site, "specs/both/"), expected);
    let html = html(&site, "specs/both");
    for expected in [
        "data-player=\"0\" data-plays=\"loom\"",
        "data-player=\"1\" data-plays=\"video\" data-prefix=\"film-\"",
        "id=\"film-t-1m02s\" href=\"../../recordings/demo/#t-1m02s\" data-at=\"62\" data-of=\"1\"",
        "<p class=\"player-title\"><a href=\"../../recordings/demo/\">The demo</a>",
        "src=\"../../recordings/demo/captions.vtt\"",
    ] {
        assert!(html.contains(expected), "no {expected} in\n{html}");
    }
    assert!(!html.contains("data-transcript"), "the transcript stands on the recording's own page");
}

#[test]
fn a_second_that_a_page_names_has_a_link_back() {
    let text = "---\nrecordings: [recordings/demo]\n---\n# Spec\n\nSee [1:11].\n";
    let site = demo(&[("specs/spec.md", text)]).built();
    let html = html(&site, "recordings/demo");
    let said = &html[html.find("id=\"t-1m10s\"").unwrap()..];
    assert!(
        said.contains("<p class=\"said-links\">Linked from <a href=\"../../specs/spec/\">Spec</a></p>"),
        "{said}"
    );
    assert_eq!(html.matches("said-links").count(), 1);
}

#[test]
fn a_file_that_is_webvtt_by_name_only_is_made_into_captions() {
    let text = "---\nvideo: a.mp4\ntranscript: a.vtt\n---\n# A\n";
    let files = [("recordings/a.md", text), ("recordings/a.mp4", "x"), ("recordings/a.vtt", SRT)];
    let site = site(&files).built();
    assert!(
        html(&site, "recordings/a").contains("label=\"Captions\" src=\"../../recordings/a/captions.vtt\">")
    );
    let captions = fs::read_to_string(site.path("_site/recordings/a/captions.vtt")).unwrap();
    assert!(captions.starts_with("WEBVTT\n"), "{captions}");
}

#[test]
fn captions_that_are_made_take_no_files_place() {
    let site = demo(&[
        ("recordings/demo/captions.vtt", "WEBVTT\n\nNOTE mine\n"),
        ("notes.md", "# Notes\n\n[captions](recordings/demo/captions.vtt)\n"),
    ]);
    let site = site.built();
    let kept = fs::read_to_string(site.path("_site/recordings/demo/captions.vtt")).unwrap();
    assert_eq!(kept, "WEBVTT\n\nNOTE mine\n");
    assert!(!html(&site, "recordings/demo").contains("<track"), "what stands there are not its captions");
}

#[test]
fn a_second_before_the_first_word_has_its_link_back_there() {
    let text = "---\nrecordings: [recordings/demo]\n---\n# Spec\n\nSee [0:00].\n";
    let site = demo(&[("specs/spec.md", text)]).built();
    let html = html(&site, "recordings/demo");
    let first = html.find("said-links").unwrap();
    assert!(html.find("id=\"t-0m01s\"").unwrap() < first, "no link back in\n{html}");
    assert!(first < html.find("Which").unwrap(), "the link back is not of the first paragraph\n{html}");
}

#[test]
fn a_second_of_a_recording_shown_elsewhere_has_its_link_back_at_home() {
    let both = format!("---\nrecordings: [{LOOM}, {{ id: film, of: recordings/demo }}]\n---\n# Both\n");
    let far = "# Far\n\n[so it is](both.md#film-t-1m11s)\n";
    let site = demo(&[("specs/both.md", &both), ("specs/far.md", far)]).built();
    let html = html(&site, "recordings/demo");
    assert!(html.contains("Linked from <a href=\"../../specs/far/\">Far</a></p>"), "{html}");
    assert_eq!(html.matches("said-links").count(), 1);
}

#[test]
fn only_pages_that_show_a_hosts_player_may_load_it() {
    let of = |url: &str| format!("---\nvideo: {url}\n---\n# R\n");
    let site = demo(&[
        ("recordings/loom.md", &of(LOOM)),
        ("recordings/tube.md", &of("https://youtu.be/dQw4w9WgXcQ")),
        ("recordings/vimeo.md", &of("https://vimeo.com/76979871/ab12cd")),
        ("recordings/other.md", &of("https://drive.google.com/file/d/x/view")),
        ("specs/two.md", &format!("---\nrecordings: ['{LOOM}', 'https://youtu.be/dQw4w9WgXcQ']\n---\n# S\n")),
    ])
    .built();
    let frames = |path: &str| {
        let html = html(&site, path);
        policy(&html).split_once("; frame-src ").map(|(_, origins)| origins.to_owned())
    };
    assert_eq!(frames("recordings/loom").as_deref(), Some("https://www.loom.com"));
    assert_eq!(frames("recordings/tube").as_deref(), Some("https://www.youtube-nocookie.com"));
    assert_eq!(frames("recordings/vimeo").as_deref(), Some("https://player.vimeo.com"));
    assert_eq!(frames("specs/two").as_deref(), Some("https://www.loom.com https://www.youtube-nocookie.com"));
    for path in ["recordings/demo", "recordings/other", "recordings", ""] {
        assert_eq!(frames(path), None, "{path}");
    }
    for path in ["recordings/loom", "recordings/tube", "recordings/vimeo", "specs/two"] {
        let html = html(&site, path);
        assert!(!html.contains("<iframe") && html.contains("data-embed=\"https://"), "{path}");
    }
}

#[test]
fn chapters_without_a_transcript_are_where_their_anchors_lead() {
    let text = format!(
        "---\nvideo: {LOOM}\nchapters:\n  - {{ at: 0:10, title: One }}\n  - {{ at: 2:15, title: Two }}\n---\n# R\n\n- [2:15] Two.\n"
    );
    let site = site(&[("recordings/r.md", &text)]).built();
    let html = html(&site, "recordings/r");
    assert!(
        html.contains("<li id=\"t-0m10s\"><a class=\"moment\" href=\"#t-0m10s\" data-at=\"10\">"),
        "{html}"
    );
    assert!(html.contains("<li><a class=\"moment\" href=\"#t-2m15s\""), "the text has that id");
    assert_eq!(html.matches("id=\"t-2m15s\"").count(), 1);
}

#[test]
fn a_recording_elsewhere_is_a_link_with_the_time() {
    let text = "---\nvideo: https://drive.google.com/file/d/x/view\n---\n# R\n\n- [1:03] A step.\n";
    let site = site(&[("recordings/r.md", text)]).built();
    let html = html(&site, "recordings/r");
    assert!(html.contains("Watch on drive.google.com</a>"), "{html}");
    assert!(html.contains("href=\"https://drive.google.com/file/d/x/view?t=63\" data-at=\"63\""), "{html}");
    assert!(!html.contains("data-copy"));
}

#[test]
fn a_recording_of_a_terminal_names_its_file() {
    let cast = "{\"version\":2,\"width\":80,\"height\":24}\n[1,\"o\",\"hi\"]\n";
    let text = "---\nvideo: a.cast\n---\n# Shell\n";
    let site = site(&[("recordings/a.md", text), ("recordings/a.cast", cast)]).built();
    let html = html(&site, "recordings/a");
    assert!(html.contains("data-terminal=\"../../recordings/a.cast\""), "{html}");
    assert!(html.contains("<a class=\"player-open\" href=\"../../recordings/a.cast\">"), "{html}");
    assert_eq!(fs::read_to_string(site.path("_site/recordings/a.cast")).unwrap(), cast);
}

#[test]
fn a_recording_that_nobody_knows_is_a_finding() {
    let run =
        site(&[("specs/s.md", "---\nrecordings: [recordings/nowhere]\n---\n# S\n\n[0:10] Here.\n")]).build();
    assert_eq!(run.codes(), ["warning[unknown-recording]"], "{}", run.err);
    assert!(run.err.contains("specs/s.md:2"), "{}", run.err);
}

#[test]
fn nothing_of_a_recording_is_markup_or_an_address_that_acts() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n\"><img src=x onerror=alert(1)>: <script>alert(1)</script> &lt;b&gt;\n";
    let acts = "---\nvideo: 'javascript:alert(3)//https://youtu.be/dQw4w9WgXcQ'\n---\n";
    assert_eq!(site(&[("recordings/b.md", acts)]).build().codes(), ["error[wrong-value]"]);
    let text = "---
title: '\"><script>alert(2)</script>'
video: 'https://youtu.be/dQw4w9WgXc\"'
transcript: a.srt
chapters:
  - { at: 0:01, title: '\"><svg onload=alert(4)>' }
recordings:
  - { id: film, of: 'data:text/html,<script>alert(5)</script>' }
  - { id: host, of: 'https://www.loom.com.evil.example/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486' }
---
[0:01] Here. [film 0:02] [host 0:03]
";
    let site = site(&[("recordings/a.md", text), ("recordings/a.srt", srt)]);
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    let html = html(&site, "recordings/a");
    for hostile in
        ["<script>alert", "<img src=x", "<svg onload", "href=\"javascript:", "href=\"data:", "data-embed"]
    {
        assert!(!html.contains(hostile), "{hostile} in\n{html}");
    }
    assert_eq!(policy(&html).matches("frame-src").count(), 0);
}

#[test]
fn a_recording_in_a_folder_of_its_own_is_shown_there() {
    let site = site(&[
        (
            "recordings/talk/README.md",
            "---\nvideo: https://vimeo.com/76979871\ntranscript: a.vtt\n---\n# Talk\n\n[0:01] x\n",
        ),
        ("recordings/talk/a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nHere we are.\n"),
    ])
    .built();
    let page = site.page("recordings/talk/index.html");
    assert_eq!(page.one(".player").get("data-plays"), Some("vimeo"));
    assert!(page.one(".said").text.contains("Here we are."));
    let policy =
        page.elements.iter().find_map(|e| e.get("content").filter(|text| text.contains("default-src")));
    assert!(policy.unwrap().ends_with("; frame-src https://player.vimeo.com"));
}
