//! What holds for every text in every language, and that the walk through a grammar is syntect's own.

use super::classes::Class;
use super::painter::Painter;
use super::{
    Key, Limit, MAX_BLOCK, MAX_LINE, Memo, cost, grammar, highlight, highlight_with, languages, words,
};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};
use syntect::parsing::{ParseState, ScopeStackOp};

/// Small texts that enter many contexts: here-documents, embedded languages, nested comments, templates.
const SAMPLES: &[(&str, &str)] = &[
    (
        "rust",
        "/* a /* b */ c */\n#[derive(Debug)]\nfn f<T: Into<u8>>(x: &'a str) -> r#x { let s = r#\"a\"b\"#; println!(\"{x:?}\\n\"); 1_000u64 }\n",
    ),
    (
        "python",
        "@a.b(1)\nasync def f(x: int = 0, *, y: str) -> None:\n    \"\"\"Doc {x}.\"\"\"\n    s = f'a{x!r:>{y}}b' if x is not None else r'\\d+'\n    return lambda z: z ** 2\n",
    ),
    (
        "js",
        "const a = async ({b, c = 1}) => { await d`x${b + `y${c}`}z`; return /[/\\]]+/g.test(e) ? <f> : null }\nclass G extends H { #p = 1; get q() { return super.q } }\n",
    ),
    (
        "ts",
        "export interface A<T extends B = C> { readonly d?: keyof T; e(f: string): void }\nconst g: Array<{ h: number }> = [] as any; type I = `a${J}`;\n",
    ),
    ("tsx", "const A = (p: P) => <div className=\"x\" {...p}>{p.a && <B>{`t${1}`}</B>}</div>;\n"),
    (
        "sh",
        "#!/bin/sh\ncat <<-'END' | grep \"$a\" && curl -X POST \\\n  -H \"b: ${c:-d}\" \\\n  --e\n\t$x\n\tEND\nfor f in *.md; do echo \"$(ls $f)\"; done\n",
    ),
    (
        "html",
        "<!doctype html><p class=\"a\" onclick=\"b()\">&amp;</p>\n<script>let a = '</b>';</script>\n<style>a { color: #fff }</style>\n",
    ),
    (
        "css",
        "@media (min-width: 10em) { a:hover > .b::before { content: \"\\201C\"; margin: calc(1px + 2%) !important } }\n",
    ),
    ("json", "{ \"a\": [1, -2.5e3, true, null], \"b\\n\": {\"c\": \"d\"} }\n"),
    ("yaml", "a: &x\n  - b: 'c'\n    d: |\n      e: f\n  - !!str 1\n# g\n<<: *x\n"),
    (
        "go",
        "package a\n\nimport \"fmt\"\n\nfunc (b *C) D(e ...int) (f error) { defer fmt.Printf(\"%d\\n\", `g`); return nil }\n",
    ),
    (
        "c++",
        "#include <a>\n#define B(c) \\\n  ((c) + 1)\ntemplate <typename D> class E final : public F<D> { auto g() const -> int { return R\"x(\")x\"[0] + 0x1Fu; } };\n",
    ),
    (
        "java",
        "@A(b = 1)\npublic final class C<D extends E> extends F implements G { /** @param h */ int i(final String... h) { return h.length; } }\n",
    ),
    (
        "sol",
        "pragma solidity ^0.8.0;\ncontract A is B { mapping(address => uint256) public c; function d(uint e) external view returns (bool) { return e > 1 ether; } }\n",
    ),
    ("sql", "SELECT a.b, count(*) AS c FROM d a WHERE e LIKE '%f''g%' AND h = 1 -- i\nGROUP BY 1;\n"),
    ("md", "# A *b*\n\n> - c `d`\n\n```rust\nfn e() {}\n```\n\n| f | g |\n| --- | --- |\n\n[h](i \"j\")\n"),
    ("rb", "class A < B\n  def c(d = {}) = puts <<~E, %w[f g]\n    h #{d[:i]}\n  E\nend\n"),
    ("php", "<p><?php function a(?B $c): int { return $c->d(\"e{$f['g']}\") ?? 1; } ?></p>\n"),
    ("diff", "--- a/b\n+++ b/b\n@@ -1,2 +1,2 @@ c\n-d\n+e\n f\n"),
    ("toml", "[a.b]\nc = \"d\\n\" # e\nf = [1, 2.0, true]\ng = 2026-11-20T17:00:00Z\n"),
    ("dockerfile", "FROM a:1 AS b\nRUN set -e && \\\n    echo \"$C\"\nENTRYPOINT [\"d\"]\n"),
    (
        "haskell",
        "module A where\nb :: Maybe Int -> IO ()\nb (Just c) = do { d <- e; print $ \"f\\n\" ++ show c } -- g\n",
    ),
];

/// What syntect's own parser makes of a text, painted with the same classes.
fn by_syntect(code: &str, lang: &str) -> Option<String> {
    let set = grammar::library().set();
    let mut state = ParseState::new(&set.syntaxes()[languages::find(lang)?.syntax]);
    let mut painter = Painter::new(0);
    for line in code.split_inclusive('\n') {
        let mut written = 0;
        for (at, op) in state.parse_line(line, set).ok()? {
            let at = at.clamp(written, line.len());
            if at > written {
                painter.write(&line[written..at]);
                written = at;
            }
            match op {
                ScopeStackOp::Push(scope) => {
                    painter.push(&[Class::of_scope(&scope.build_string())]);
                }
                ScopeStackOp::Pop(count) => painter.pop(count),
                ScopeStackOp::Clear(amount) => painter.clear(amount),
                ScopeStackOp::Restore => painter.restore(),
                ScopeStackOp::Noop => {}
            }
        }
        painter.write(&line[written..]);
    }
    Some(painter.finish())
}

fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every span opens and closes on its own line, and nothing but spans of one letter is a tag.
fn is_well_formed(html: &str) -> bool {
    html.split('\n').all(|line| {
        let bare = line.split("<span class=").enumerate().all(|(index, part)| {
            index == 0 && !part.contains('<')
                || index > 0
                    && part.get(1..2) == Some(">")
                    && part.starts_with(|c: char| c.is_ascii_lowercase())
                    && part.matches('<').count() == 1
                    && part.contains("</span>")
        });
        bare && line.matches("<span").count() == line.matches("</span>").count()
    })
}

#[test]
fn the_walk_is_the_one_of_syntects_parser() {
    for (lang, code) in SAMPLES {
        assert_eq!(Some(highlight(code, lang).html), by_syntect(code, lang), "{lang}");
    }
}

#[test]
fn every_grammar_has_a_beginning_and_keeps_the_text() {
    let code = "a <b> \"c\" 'd' // e\n# f & g\n\n{ h: 1 }";
    for word in words() {
        let out = highlight(code, word);
        assert_eq!((text_of(&out.html).as_str(), out.limit), (code, None), "{word}");
    }
}

#[test]
fn code_in_a_known_language_gets_classes_and_other_text_none() {
    assert_eq!(highlight("let x = 1;", "rust").html, "<span class=k>let</span> x = <span class=n>1</span>;");
    let unknown = highlight("let <x>", "no-such-language");
    assert_eq!(
        (unknown.html.as_str(), unknown.language.as_deref()),
        ("let &lt;x&gt;", Some("no-such-language"))
    );
    // What HTML reads in place of a NUL.
    assert_eq!(highlight("a\r\nb\0", "").html, "a\r\nb\u{fffd}");
}

#[test]
fn quoted_keys_of_data_are_told_from_strings() {
    assert_eq!(
        highlight("{\"a\": \"b\"}", "json").html,
        "{<span class=a>\"a\"</span>: <span class=s>\"b\"</span>}"
    );
}

#[test]
fn blocks_and_lines_beyond_the_caps_are_plain() {
    let block = "a;\n".repeat(MAX_BLOCK / 3 + 1);
    let line = "a;".repeat(MAX_LINE / 2 + 1);
    assert_eq!(highlight(&block, "js").limit, Some(Limit::BlockSize));
    assert_eq!(highlight(&line, "js").limit, Some(Limit::LineLength));
    assert_eq!(highlight(&line, "js").html, line);
}

/// Hostile code that kept other engines busy for seconds to minutes.
#[test]
fn hostile_code_ends_within_its_budget_with_its_text_whole() {
    let attacks = [
        ("systemverilog", "module m(".repeat(300)),
        ("systemverilog", "begin ".repeat(500)),
        ("markdown", "> ".repeat(1_500)),
        ("markdown", "*a*".repeat(1_000)),
        ("c++", "a(".repeat(4_000)),
        ("c++", "/*".repeat(2_000)),
        ("ts", "a<b<".repeat(1_000)),
        ("js", "/[a".repeat(1_000)),
        ("sh", "<<A\n".repeat(800)),
        ("sh", "\"$(".repeat(800)),
        ("ruby", "%w(#{".repeat(600)),
        ("md", "```md\n".repeat(400)),
        ("html", "<script>\"".repeat(300)),
        ("latex", "\\begin{a}".repeat(300)),
    ];
    for (lang, code) in attacks {
        let first = highlight(&code, lang);
        assert_eq!(text_of(&first.html), code, "{lang}");
        assert!(cost(&code, lang).is_some_and(|share| share <= 1000), "{lang}");
        assert_eq!(first.limit == Some(Limit::Steps), cost(&code, lang) == Some(1000), "{lang}");
    }
}

#[test]
fn a_block_that_takes_too_many_steps_is_plain() {
    let code = "a.".repeat(8_000);
    let out = highlight(&code, "sh");
    assert_eq!((out.limit, out.html), (Some(Limit::Steps), code));
}

#[derive(Default)]
struct Shelf(Mutex<Vec<(Key, Arc<str>)>>);

impl Memo for Shelf {
    fn get(&self, key: &Key) -> Option<Arc<str>> {
        self.0.lock().ok()?.iter().find(|(known, _)| known == key).map(|(_, html)| html.clone())
    }

    fn put(&self, key: Key, html: Arc<str>) {
        if let Ok(mut entries) = self.0.lock() {
            entries.push((key, html));
        }
    }
}

#[test]
fn a_memo_is_asked_first_and_gives_the_same_bytes() {
    let shelf = Shelf::default();
    let cold = highlight_with(&shelf, "let x;", "js");
    let warm = highlight_with(&shelf, "let x;", "JavaScript");
    let other = highlight_with(&shelf, "let x;", "rust");
    assert_eq!(cold, warm);
    assert_eq!(shelf.0.lock().map(|entries| entries.len()).ok(), Some(2), "one entry for each grammar");
    assert_ne!(other.language, warm.language);
    if let Ok(mut entries) = shelf.0.lock() {
        entries[0].1 = "<span class=zz>let x;</span>".into();
        entries[1].1 = "<b>let x;</b>".into();
    }
    assert_eq!(highlight_with(&shelf, "let x;", "js").html, "<span class=zz>let x;</span>", "asked first");
    assert_eq!(
        highlight_with(&shelf, "let x;", "rust"),
        other,
        "and not believed when it says more than spans"
    );
}

#[test]
fn threads_that_begin_at_once_make_the_same_bytes() {
    let expected: Vec<_> = SAMPLES.iter().map(|(lang, code)| highlight(code, lang)).collect();
    let made: Vec<Vec<_>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| SAMPLES.iter().rev().map(|(lang, code)| highlight(code, lang)).collect()))
            .collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    assert!(made.len() == 4 && made.iter().all(|all: &Vec<_>| all.iter().rev().eq(&expected)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn without_its_tags_the_html_is_the_code(
        pick in 0usize..22,
        code in "([a-z<>&\"'`/*#{}()\\[\\]$:=@!\\\\|;.,+0-9é字 -]{0,24}\r?\n?){0,6}",
    ) {
        let html = highlight(&code, SAMPLES[pick].0).html;
        prop_assert_eq!(text_of(&html), code);
        prop_assert!(is_well_formed(&html), "{}", html);
    }

    #[test]
    fn a_sample_cut_anywhere_stays_whole(pick in 0usize..22, cut in 0usize..400, from in 0usize..100) {
        let sample = SAMPLES[pick].1;
        let code: String = sample.chars().take(cut).skip(from).collect();
        let html = highlight(&code, SAMPLES[pick].0).html;
        prop_assert_eq!(text_of(&html), code);
        prop_assert!(is_well_formed(&html), "{}", html);
    }
}
