//! Documents that want to run something in a reader's browser: whole sites of them, read by a browser's parser.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use site::page::{Element, Page};
use site::{Site, site};
use snapbox::{assert_data_eq, str};

/// Elements that the theme writes and documents can't.
const THEMES: [&str; 7] = ["script", "link", "meta", "base", "title", "button", "svg"];

/// Elements that are in no page at all.
const NOWHERE: [&str; 10] =
    ["iframe", "object", "embed", "form", "style", "frame", "template", "foreignObject", "animate", "set"];

/// What an element could do, if it could do anything.
fn danger(element: &Element) -> Option<String> {
    let Element { name, attributes, within, .. } = element;
    let in_document = within.iter().any(|around| around.split('.').any(|part| part == "prose"));
    if NOWHERE.contains(&name.as_str()) || in_document && THEMES.contains(&name.as_str()) {
        return Some(format!("<{name}> in {within:?}"));
    }
    let own_script =
        |src: &str| src.trim_start_matches("../").trim_start_matches(['.', '/']).starts_with("assets/");
    if name == "script" && !element.get("src").is_some_and(own_script) {
        return Some(format!("a script of {:?}", element.get("src")));
    }
    let acts = |(key, value): &&(String, String)| {
        let compact: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let scheme = ["javascript:", "vbscript:", "data:", "file:", "blob:"]
            .iter()
            .any(|scheme| compact.to_lowercase().starts_with(scheme));
        let loads = ["src", "poster", "srcset"].contains(&key.as_str()) && !stays(value);
        key.starts_with("on") || key == "style" || key == "srcdoc" || scheme || loads
    };
    attributes.iter().find(acts).map(|(key, value)| format!("<{name} {key}={value:?}>"))
}

/// Whether an address leads to a file of the same host.
fn stays(address: &str) -> bool {
    !address.starts_with("//") && !address.split('/').next().unwrap_or_default().contains([':', '\\'])
}

/// That no page of the site holds anything that could act; how many pages there are.
#[track_caller]
fn assert_inert(site: &Site) -> usize {
    let output = site.output();
    let pages: Vec<_> = output.iter().filter(|(path, _)| path.ends_with("html")).collect();
    for (path, bytes) in &pages {
        let text = std::str::from_utf8(bytes).unwrap();
        let page = Page::parse(text);
        let found: Vec<_> = page.elements.iter().filter_map(danger).collect();
        assert_eq!(found, [""; 0], "{path}");
        for name in ["head", "body", "main", "title"] {
            page.one(name);
        }
        assert!(!text.contains("<!--"), "{path} has a comment");
    }
    pages.len()
}

/// A site of one document; warnings are fine, errors are not.
#[track_caller]
fn page_of(text: &str) -> (Site, Page) {
    let site = site(&[("a.md", text), ("b.md", "# B\n"), ("x.png", "x")]);
    let run = site.build();
    assert_eq!(run.status, 0, "{text:?}: {}", run.err);
    assert_inert(&site);
    let page = site.page("a/index.html");
    (site, page)
}

// Row 11: schemes.

#[test]
fn links_lead_only_to_schemes_that_are_allowed() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "java\\\tscript:alert(1)",
        "<java&#10;script:alert(1)>",
        "<&#1;javascript:alert(1)>",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "file:///etc/passwd",
        "blob:x",
    ] {
        let text = format!(
            "[a]({target}) ![i]({target}) <{target}> [r]\n\n[r]: {target}\n\n<a href=\"{target}\">h</a> <img src=\"{target}\">\n"
        );
        let (_, page) = page_of(&text);
        let led: Vec<_> = page.in_prose().filter_map(|e| e.get("href").or(e.get("src"))).collect();
        assert!(led.iter().all(|to| !to.contains("alert") && !to.contains(':')), "{target}: {led:?}");
    }
}

#[test]
fn a_refused_link_is_a_finding() {
    let site = site(&[("a.md", "# A\n\n[here](javascript:alert(1))\n")]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.findings(),
        str![[r"
warning[refused-link]: `javascript:` links are not allowed
 --> a.md:3:1
  |
3 | [here](javascript:alert(1))
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: Allowed are ftp, ftps, http, https, irc, ircs, mailto, matrix, sip, sms, tel, xmpp, and paths to files of the site.

1 warning

"]]
    );
    assert_eq!(site.page("a/index.html").prose(), "<p>here</p>");
}

// Row 12: heading attributes.

#[test]
fn headings_keep_id_and_class_only() {
    let (_, page) = page_of("# T\n\n## x {onclick=alert(1) #own .c style=x}\n\n## y {id=z onload=1}\n");
    let headings: Vec<_> =
        page.all("h2").into_iter().filter(|h| h.within.iter().any(|w| w.contains("prose"))).collect();
    assert_eq!(headings[0].get("id"), Some("own"));
    for heading in headings {
        assert!(
            heading.attributes.iter().all(|(name, _)| ["id", "class"].contains(&name.as_str())),
            "{heading:?}"
        );
    }
}

// Row 13: text stays text in every slot.

#[test]
fn markup_in_every_slot_of_a_site_is_text() {
    const EVIL: &str = "x\"'><script>alert(1)</script><img src=q onerror=alert(1)> {{ 1 }} --> ]]> &lt;b&gt;";
    let yaml = EVIL.replace('\'', "''");
    let front = |more: &str| {
        format!(
            "---\ntitle: '{yaml}'\ndescription: '{yaml}'\nsummary: '{yaml}'\nstatus: '{yaml}'\nowner: '{yaml}'\nstage: '{yaml}'\n\
             authors: ['{yaml}']\ntags: ['{yaml}']\ndiscussions: ['https://x.example/\"><script>']\nextra: {{ a: '{yaml}' }}\n{more}---\n"
        )
    };
    let body = format!(
        "# {EVIL}\n\n## {EVIL}\n\n[a](b.md \"{EVIL}\") ![{EVIL}](x.png \"t\") [^{EVIL}]\n\n```rust title=\"{EVIL}\" {EVIL}\n{EVIL}\n```\n\n`{EVIL}` $\\text{{{EVIL}}}$\n\n[^1]: {EVIL}\n"
    );
    let site = site(&[
        (
            "threadmark.yml",
            &format!(
                "title: '{yaml}'\ndescription: '{yaml}'\npeople: {{ ana: {{ name: '{yaml}' }} }}\ncollections: {{ log: {{ kind: decision, title: '{yaml}' }} }}\n"
            ),
        ),
        ("index.md", &format!("{}{body}", front(""))),
        ("b.md", &format!("{}@ana\n\n{body}", front("aliases: ['a\"><script>b']\n"))),
        (
            "log/1-<script>alert(1)<script>.md",
            &format!("{}{body}", front("deciders: [ana, '<b>x</b>']\nsupersedes: '<b>'\n")),
        ),
        ("updates/2026-11-20.md", &format!("{}{body}", front("team: '<b>x</b>'\nperiod: '<b>'\n"))),
        (
            "recordings/r.md",
            &format!("{}{body}", front("video: 'https://x.example/\"><script>'\nduration: '1:00'\n")),
        ),
        ("x.png", "x"),
    ]);
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(assert_inert(&site), 16, "{:?}", site.published());
    let page = site.page("b/index.html");
    assert_eq!((page.texts("h1.document-title"), page.meta("description")), (vec![EVIL], Some(EVIL)));
    assert!(page.texts("title")[0].starts_with(EVIL), "{:?}", page.texts("title"));
    assert!(page.texts("code").contains(&EVIL), "{:?}", page.texts("code"));
}

// Row 14: HTML in documents.

#[test]
fn html_that_acts_is_inert() {
    let mut documents = Vec::new();
    for text in [
        "<script>alert(1)</script>",
        "<img src=x.png onerror=alert(1)>",
        "<svg><set attributeName=href to=javascript:alert(1)></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<iframe src=https://evil.example srcdoc='<script>alert(1)</script>'></iframe>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<link rel=stylesheet href=//evil.example>",
        "<form action=//evil.example><input><button formaction=javascript:alert(1)>x</button></form>",
        "<p style='position:fixed;inset:0'>x</p>",
        "<style>*{display:none}</style>",
        "<a href=b.md target=_top onclick=alert(1) ping=//evil.example>x</a>",
        "<img src=//evil.example/pixel.png srcset='//evil.example/2.png 2x'>",
        "<video src=//evil.example/v.mp4 poster=//evil.example/p.png autoplay></video>",
        "</main></body></html><script>alert(1)</script>",
        "<plaintext><script>alert(1)</script>",
        "<textarea></textarea><script>alert(1)</script>",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php <script>alert(1)</script> ?>",
        "<a\n\nhref=javascript:alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<object data=x.png></object><embed src=x.png>",
        "<div id=tm-main class=frame data-outline>x</div>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "| <img src=x onerror=alert(1)> |\n|-|\n| <script>alert(1)</script> |",
    ] {
        for context in ["X", "# X", "> X", "- X", "before *X* after", "Term\n: X", "note[^1]\n\n[^1]: X"] {
            let name = format!("{}.md", documents.len());
            documents.push((name, format!("# T\n\n{}\n\nThe end.\n", context.replace('X', text))));
        }
    }
    let files: Vec<_> = documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let site = site(&files);
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(assert_inert(&site) > documents.len());
    for (name, text) in &documents {
        let page = site.page(&name.replace(".md", "/index.html"));
        let ours = page.elements.iter().filter(|e| e.get("id") == Some("tm-main")).count();
        assert_eq!(ours, 1, "{text}");
    }
}

#[test]
fn html_that_is_safe_stays() {
    let (_, page) = page_of(
        "Press <kbd>x</kbd>, H<sub>2</sub>O<br>\n\n<details><summary>More</summary>\n\n*in*\n\n</details>\n",
    );
    assert_data_eq!(
        page.prose(),
        str![[r"
<p>Press <kbd>x</kbd>, H<sub>2</sub>O<br></p>
<details><summary>More</summary>
<p><em>in</em></p>
</details>
"]]
    );
}

#[test]
fn each_forbidden_thing_is_said_at_its_place() {
    let site = site(&[(
        "a.md",
        "# A\n\n<script>alert(1)</script>\n\n<p onclick=\"x\" style=\"y\">z</p>\n\n<blink>q</blink>\n",
    )]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.findings(),
        str![[r#"
warning[html-not-allowed]: `<script>` is not allowed in documents and was left out
 --> a.md:3:1
  |
3 | <script>alert(1)</script>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: `html: raw` in threadmark.yml lets all HTML pass; use it where you trust all authors.

warning[html-not-allowed]: The attribute `onclick` is not allowed and was left out
 --> a.md:5:1
  |
5 | <p onclick="x" style="y">z</p>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: `html: raw` in threadmark.yml lets all HTML pass; use it where you trust all authors.

warning[html-not-allowed]: The attribute `style` is not allowed and was left out
 --> a.md:5:1
  |
5 | <p onclick="x" style="y">z</p>
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: `html: raw` in threadmark.yml lets all HTML pass; use it where you trust all authors.

warning[html-not-allowed]: `<blink>` is no HTML element and is shown as text
 --> a.md:7:1
  |
7 | <blink>q</blink>
  | ^^^^^^^
  |
  = help: If it is meant as text, write it as code or as `/<blink>`.

4 warnings

"#]]
    );
}

#[test]
fn only_the_site_itself_can_trust_its_authors() {
    let text = "---\nhtml: raw\n---\n<script>alert(1)</script>\n";
    let (site, _) = page_of(text);
    site.write("threadmark.yml", "html: raw\n");
    site.build();
    assert!(site.page("a/index.html").texts("script").contains(&"alert(1)"));
}

// Files that would run when they are opened.

#[test]
fn files_that_would_run_are_not_published() {
    let site = site(&[
        ("a.md", "[h](x.html) ![s](evil.svg) ![f](fine.svg) [m](x.xml) [z](x.svgz) ![up](EVIL2.SVG)\n"),
        ("x.html", "<script>alert(1)</script>"),
        ("x.xml", "<x/>"),
        ("x.svgz", "x"),
        ("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("EVIL2.SVG", "<svg onload='alert(1)'/>"),
        ("fine.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='4'><path d='M0 0'/></svg>"),
    ]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.heads().join("\n"),
        str![[r"
warning[active-file]: EVIL2.SVG is not published: it holds an `onload` handler, which a browser runs when the file is opened
warning[active-file]: evil.svg is not published: it holds a <script> element, which a browser runs when the file is opened
warning[active-file]: x.html is not published: a browser that opens a .html file runs what is in it
warning[active-file]: x.svgz is not published: a browser that opens a .svgz file runs what is in it
warning[active-file]: x.xml is not published: a browser that opens a .xml file runs what is in it
"]]
    );
    assert_eq!(site.published(), ["a/index.html", "fine.svg"]);
    assert_inert(&site);
}

// Row 15: templates of the site's own.

#[test]
fn own_templates_escape_whatever_they_are_called() {
    for name in ["part.svg", "part.tera", "part.HTML", "part"] {
        let part = format!("theme/templates/{name}");
        let missing = format!("<!doctype html><title>x</title><main>{{% include \"{name}\" %}}</main>");
        let site = site(&[
            ("threadmark.yml", "theme: theme\ntitle: '<script>alert(1)</script>'\n"),
            (&part, "<i>{{ site.title }}</i>"),
            ("theme/templates/404.html", &missing),
        ])
        .built();
        let page = site.page("404.html");
        assert_eq!(
            (page.texts("i"), page.texts("script")),
            (vec!["<script>alert(1)</script>"], vec![]),
            "{name}"
        );
    }
}

// Row 10: templates that would overflow the stack or fill the memory.

#[test]
fn templates_that_nest_or_loop_end() {
    let chain: Vec<(String, String)> = (0..200)
        .map(|n| (format!("theme/templates/{n}.html"), format!("{{% include \"{}.html\" %}}", n + 1)))
        .collect();
    let deep = "{% if true %}".repeat(50_000) + &"{% endif %}".repeat(50_000);
    let output = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}";
    let component = "{% component a() %}{{ <a /> }}{% endcomponent a %}{{ <a /> }}";
    for text in [&deep, output, component, "{% include \"404.html\" %}", "{% include \"0.html\" %}"] {
        let mut files: Vec<_> = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        files.extend([("threadmark.yml", "theme: theme\n"), ("theme/templates/404.html", text)]);
        let site = site(if text.contains("\"0.html") { &files } else { &files[200..] });
        let run = site.build();
        let of_theme = run.heads().iter().all(|head| head.starts_with("error[theme-"));
        assert!(run.status == 1 && of_theme, "{:.300}", run.err);
        assert!(!site.path("_site").exists());
    }
}

#[test]
fn templates_that_loop_in_silence_are_ended() {
    let silent = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% set x = 1 %}{% endfor %}{% endfor %}";
    let site = site(&[("threadmark.yml", "theme: theme\n"), ("theme/templates/404.html", silent)]);
    let run = site.build();
    assert_eq!(
        (run.status, run.heads()),
        (
            1,
            vec![
                "error[page-too-slow]: the page /404.html takes longer than 10 seconds; nothing was published"
            ]
        ),
        "{}",
        run.err
    );
    assert!(!site.path("_site").exists());
}

// Row 16: words that a program could trip over.

#[test]
fn words_of_the_language_are_words() {
    let (site, page) = page_of(
        "---\ntags: [__proto__, constructor, toString]\n---\n# `__proto__` and `</script>`\n\n## constructor\n\n[x](#constructor)\n",
    );
    assert_eq!(page.texts("h1"), ["__proto__ and </script>"]);
    assert_eq!(page.prose_links(), [("x", "#constructor")]);
    assert!(site.published().contains(&"tags/constructor/index.html".to_owned()));
}
