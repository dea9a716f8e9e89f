//! Hostile front matter and Markdown: refused with its place, in bounded time and memory, without a panic.
//!
//! Each run is killed after 20 seconds; inputs are so large that a step that grows with their square would take minutes.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use site::{Run, site};
use snapbox::{assert_data_eq, str};

/// Address space in MiB that a build on one thread needs for a small site, and some for what it reads.
const LITTLE_MEMORY: u32 = 300;

#[track_caller]
fn build_of(text: &str) -> Run {
    let site = site(&[("a.md", text), ("fine.md", "# Fine\n")]);
    let run = site.build_within(LITTLE_MEMORY);
    assert_eq!(run.status == 0, site.path("_site").exists(), "{}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

#[track_caller]
fn refused(text: &str, code: &str) {
    let run = build_of(text);
    assert_eq!((run.status, run.codes()), (1, vec![format!("error[{code}]").as_str()]), "{}", run.err);
    assert!(run.err.contains("--> a.md"), "{}", run.err);
    assert!(run.err.len() < 3_000, "{}", run.err);
}

#[track_caller]
fn taken(text: &str) {
    let run = build_of(text);
    assert_eq!((run.status, run.findings()), (0, ""));
}

// Row 1: front matter that would cost a parser seconds or gigabytes.

#[test]
fn front_matter_beyond_its_size_is_refused() {
    taken(&format!("---\nextra: {{ x: {} }}\n---\n# A\n", "x".repeat(60 * 1024)));
    refused(&format!("---\nextra: {{ x: {} }}\n---\n# A\n", "x".repeat(64 * 1024)), "yaml-too-large");
}

#[test]
fn deep_front_matter_is_refused() {
    taken(&format!("---\nextra: {{ x: {}{} }}\n---\n", "[".repeat(20), "]".repeat(20)));
    refused(&format!("---\nextra: {}{}\n---\n", "[".repeat(40), "]".repeat(40)), "yaml-too-deep");
    refused(&format!("---\nextra: {}\n---\n", "[".repeat(60_000)), "yaml-too-deep");
    refused(&format!("---\nextra: {}\n---\n", "{a: ".repeat(15_000)), "yaml-too-deep");
    refused(&format!("---\nextra:\n{}\n---\n", "- ".repeat(30_000)), "yaml-too-deep");
    refused(&format!("---\nextra: {}\n---\n", "[".repeat(100_000)), "yaml-too-large");
}

#[test]
fn aliases_that_multiply_are_refused() {
    let level = |n: usize| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    let bomb: String = (1..10).map(level).collect();
    refused(&format!("---\na0: &a0 {}\n{bomb}---\n# A\n", "x".repeat(4096)), "yaml-aliases");
    taken(&format!("---\nextra: {{ b: &b 1, c: [{}] }}\n---\n", vec!["*b"; 16].join(", ")));
    refused(&format!("---\nextra: {{ b: &b 1, c: [{}] }}\n---\n", vec!["*b"; 17].join(", ")), "yaml-aliases");
}

#[test]
fn thirty_asks_of_twenty_responses_pass() {
    let response = "      - { by: ana, at: 2026-11-24, position: agree, why: \"We *run* it, [see](x).\" }\n";
    let ask = |n: usize| {
        format!(
            "  - id: a{n}\n    question: Which? [x]\n    of: [ana]\n    opened: 2026-11-20\n    due: 2026-11-26\n    responses:\n{}",
            response.repeat(20)
        )
    };
    let asks: String = (0..30).map(ask).collect();
    assert!(asks.len() > 50_000);
    taken(&format!("---\nasks:\n{asks}---\n# A\n"));
}

// Rows 2, 3 and 5: said, at its place, never reinterpreted.

#[test]
fn duplicate_keys_are_errors_whether_known_or_not() {
    for key in ["title", "own", "\"own\"", "date"] {
        refused(&format!("---\n{key}: 2026-01-01\nx: 1\n{key}: 2026-01-02\n---\n"), "duplicate-key");
    }
    refused("---\nextra: { a: 1, a: 2 }\n---\n", "duplicate-key");
}

#[test]
fn places_are_those_of_the_file() {
    let bad = "---\r\ntitle: \"é\"\r\n\r\nstatus: RFC 7: x\r\nauthor: @x\r\n---\r\n# A\r\n";
    assert_data_eq!(
        build_of(bad).err,
        str![[r#"
error[yaml-syntax]: a colon and a space inside a value need quotes around it
 --> a.md:4:9
  |
4 | status: RFC 7: x
  |         ^^^^^^^^
  |
  = help: Put it in quotes: `status: "RFC 7: x"`

1 error

"#]]
    );
    assert_data_eq!(
        build_of("\u{feff}---\ntitle: x\n\tdate: y\n---\n").err,
        str![[r"
error[yaml-syntax]: a tab indents this line
 --> a.md:3:1
  |
3 |     date: y
  | ^^^^
  |
  = help: Indent with spaces; YAML allows no tabs there.

1 error

"]]
    );
}

#[test]
fn values_that_yaml_would_bend_are_said() {
    refused("---\ndraft: yes\n---\n", "wrong-type");
    refused("---\nextra: { x: .nan }\n---\n", "yaml-not-finite");
    refused("---\nextra: { a: &a { b: 1 }, c: { <<: *a } }\n---\n", "yaml-merge-key");
    // Text that YAML 1.1 would take for something else stays as written.
    let site = site(&[("a.md", "---\ntitle: No\ntags: [on, 1_000, 012]\n---\n")]).built();
    assert_eq!(site.page("a/index.html").texts("h1"), ["No"]);
    assert_eq!(site.page("tags/index.html").texts("h1"), ["Tags"]);
    assert!(site.published().contains(&"tags/012/index.html".to_owned()), "{:?}", site.published());
}

// Row 4: what is not text.

#[test]
fn what_is_not_text_is_an_error_and_marks_and_line_ends_are_not() {
    for (bytes, expected) in [
        (&b"# A\n\nx\0y\n"[..], "error[control-character]"),
        (b"# A \x1b[31m\n", "error[control-character]"),
        (b"\xff\xfe#\0 \0A\0", "error[not-utf-8]"),
        (b"# caf\xe9\n", "error[not-utf-8]"),
        (b"---\ntitle: \xc3\n---\n", "error[not-utf-8]"),
    ] {
        let site = site(&[]);
        site.write("a.md", bytes);
        let run = site.build();
        assert_eq!((run.status, run.codes()), (1, vec![expected]), "{}", run.err);
    }
    let plain = site(&[("a.md", "---\ntitle: T\n---\nx\n\n- y\n")]).built();
    let other = site(&[("a.md", "\u{feff}---\r\ntitle: T\r\n---\r\nx\r\n\r\n- y\r\n")]).built();
    assert_eq!(plain.page("a/index.html").prose(), other.page("a/index.html").prose());
}

// Row 7, 8 and 10: Markdown that costs or grows.

#[test]
fn containers_within_containers_are_refused() {
    refused(&(">".repeat(60_000) + "x\n" + &"lazy\n".repeat(60_000)), "markdown-too-deep");
    refused(&("- ".repeat(60_000) + "x\n"), "markdown-too-deep");
    refused(&(0..150).map(|level| "  ".repeat(level) + "- x\n").collect::<String>(), "markdown-too-deep");
    taken(&("> ".repeat(90) + "x\n"));
}

#[test]
fn long_words_and_lines_pass() {
    taken(&format!("# {0}\n\n{0} `{0}` [{0}](#{0}) **{0}**\n", "w".repeat(100_000)));
    taken(&format!("# A\n\n{}\n", "word ".repeat(200_000)));
}

#[test]
fn what_grows_out_of_bounds_is_refused() {
    let table = format!("{}|\n{}|\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|x|\n".repeat(20_000));
    refused(&table, "markdown-too-large");
    refused(&(">".repeat(99) + "x\n\n").repeat(1_000), "markdown-too-large");
}

#[test]
fn what_makes_parsers_quadratic_passes_in_time() {
    for text in [
        "[".repeat(50_000),
        "![".repeat(50_000),
        "*a_ ".repeat(50_000),
        "`".repeat(50_001) + "a",
        (1..400).map(|n| "`".repeat(n) + " ").collect(),
        "<a ".repeat(30_000),
        "<!--".repeat(30_000),
        "a|".repeat(50_000) + "\n",
        "$".repeat(50_001),
        "\\".repeat(100_000),
        "&".repeat(100_000),
        "[^a]".repeat(20_000) + "\n\n[^a]: x\n",
        "[a]: b\n".repeat(20_000),
        "www.".repeat(30_000),
        "http://".repeat(20_000),
        "@ana".repeat(30_000),
        "# a\n".repeat(20_000),
        ": ".repeat(90) + "x\n",
        "a\n: b\n\n".repeat(10_000),
    ] {
        let run = build_of(&text);
        assert!(run.status <= 1, "{}", run.err);
    }
}

/// Each broken link is found; a document of nothing else is not read again for each.
#[test]
fn a_document_of_broken_links_ends_in_time() {
    let site = site(&[("a.md", &"[x](y.md)\n".repeat(50_000))]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert!(run.err.len() < 10_000);
}

// Row 9: code that makes grammars backtrack.

#[test]
fn hostile_code_ends_and_stays_whole() {
    for (language, code) in [
        ("cpp", "a(".repeat(100_000)),
        ("systemverilog", "a[".repeat(2_000)),
        ("markdown", "[".repeat(10_000)),
        ("markdown", "*_".repeat(5_000)),
        ("json", "[".repeat(50_000)),
        ("html", "<a ".repeat(30_000)),
        ("js", "(".repeat(50_000)),
        ("yaml", "- ".repeat(50_000)),
        ("regex", "(a*)*".repeat(10_000)),
    ] {
        let site = site(&[("a.md", &format!("```{language}\n{code}\n```\n"))]);
        let run = site.build();
        assert_eq!(run.status, 0, "{language}: {}", run.err);
        assert_eq!(site.page("a/index.html").one("pre").text, code.trim(), "{language}");
    }
}

// Row 17: nothing in a document is evaluated.

#[test]
fn template_code_in_a_document_is_text() {
    let code = "{{ 7 * 7 }} {% include \"base.html\" %} {{ get_env(name=\"HOME\") }} {# x #} ${HOME} $(id)";
    let site = site(&[(
        "a.md",
        &format!("---\ntitle: '{code}'\ndescription: '{code}'\ntags: ['{{{{ 7 }}}}']\n---\n\n`{code}`\n"),
    )])
    .built();
    let page = site.page("a/index.html");
    assert_eq!(
        (page.texts("h1"), page.texts("code"), page.meta("description")),
        (vec![code], vec![code], Some(code))
    );
}
