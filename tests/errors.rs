//! What goes wrong is said exactly, all of it in one run, and nothing is written.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use std::fs;

use site::site;
use snapbox::{assert_data_eq, str};

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is what is said")]
fn every_error_of_every_document_comes_in_one_run_and_nothing_is_written() {
    let site = site(&[
        ("a.md", "---\ntitle: RFC 7: Queue\n---\n# A\n"),
        ("b.md", "---\ntags: [x]\ntags: [y]\n---\n# B\n"),
        ("c.md", "---\ndate: 2026-13-01\ndraft: yes\nwords: many\n---\n# C\n"),
        ("d.md", "---\ntitle: D\n# D\n"),
        ("fine.md", "# Fine\n"),
        ("specs/Fine.md", "---\naliases: [fine]\n---\n# E\n"),
    ]);
    site.write("e.md", b"# Caf\xe9\n");
    let run = site.build();
    assert_eq!(run.status, 1);
    assert_data_eq!(
        run.err,
        str![[r#"
error[yaml-syntax]: a colon and a space inside a value need quotes around it
 --> a.md:2:8
  |
2 | title: RFC 7: Queue
  |        ^^^^^^^^^^^^
  |
  = help: Put it in quotes: `title: "RFC 7: Queue"`

error[duplicate-key]: `tags` stands twice: first in line 2
 --> b.md:3:1
  |
3 | tags: [y]
  | ^^^^
  |
  = help: Keep one of them; neither wins silently.

error[wrong-value]: `date` can't be `2026-13-01`
 --> c.md:2:7
  |
2 | date: 2026-13-01
  |       ^^^^^^^^^^
  |
  = help: No such day: there is no month 13 in 2026.

error[wrong-type]: `draft` should be true or false, but is `yes`
 --> c.md:3:8
  |
3 | draft: yes
  |        ^^^
  |
  = help: Write `draft: true`, without quotes.

error[wrong-type]: `words` should be a whole number, but is `many`
 --> c.md:4:8
  |
4 | words: many
  |        ^^^^
  |
  = help: Write digits only, such as `1200`.

error[unterminated-front-matter]: the front matter that opens here never ends
 --> d.md:1:1
  |
1 | ---
  | ^^^
  |
  = help: Close it with a line `---` before the text.

error[not-utf-8]: `e.md` is not UTF-8: byte 6 is 0xE9
 --> e.md:1:6
  |
1 | # Caf�
  |      ^
  |
  = help: Save it as UTF-8.

error[alias]: the alias `fine` is the address of fine.md (fine/index.html)
 --> specs/Fine.md:2:1
  |
2 | aliases: [fine]
  | ^^^^^^^^^^^^^^^
  |
  = help: An old address can lead to one document only.

8 errors

"#]]
    );
    assert!(!site.path("_site").exists());
}

#[test]
fn a_broken_document_leaves_the_last_good_site() {
    let site = site(&[("a.md", "# A\n")]).built();
    let before = site.output();
    site.write("b.md", "---\ntitle: [\n---\n");
    let run = site.build();
    assert_eq!(run.status, 1);
    assert_data_eq!(
        run.err,
        str![[r#"
error[yaml-syntax]: what `[` opens here is not closed, or text follows where it closes
 --> b.md:2:8
  |
2 | title: [
  |        ^
  |
  = help: Put it in quotes: `title: "["`

1 error

"#]]
    );
    assert_eq!(site.output(), before);
    assert_eq!(
        fs::read_dir(site.root()).unwrap().count(),
        3 + usize::from(site.path(".threadmark-cache").exists())
    );
}

#[test]
fn an_unknown_configuration_key_names_the_nearest() {
    let site = site(&[
        ("threadmark.yml", "titel: Acme\ncollections:\n  log: { knd: decision }\nhtml: sfe\n"),
        ("a.md", "# A\n"),
    ]);
    let run = site.build();
    assert_eq!(run.status, 2);
    assert_data_eq!(
        run.err,
        str![[r"
error[unknown-key]: the key `titel` is not known here
 --> threadmark.yml:1:1
  |
1 | titel: Acme
  | ^^^^^
  |
  = help: Did you mean `title`?
  = help: Known: title, description, base_url, content, output, timezone, language, repository, theme, collections, people, norms, checks, share_pages, exclude, html, search.

error[unknown-key]: the key `knd` is not known here
 --> threadmark.yml:3:10
  |
3 |   log: { knd: decision }
  |          ^^^
  |
  = help: Did you mean `kind`?
  = help: Known: kind, path, title, cadence.

error[wrong-value]: `html` can't be `sfe`
 --> threadmark.yml:4:7
  |
4 | html: sfe
  |       ^^^
  |
  = help: Did you mean `safe`?
  = help: Expected one of: safe, raw.

3 errors

"]]
    );
    assert!(!site.path("_site").exists());
}

#[test]
fn a_configuration_that_cannot_be_read_is_wrong_usage() {
    for text in [
        "title: [",
        "content: ../outside\n",
        "content: nowhere\n",
        "output: .\n",
        "output: ..\n",
        "base_url: ftp://x.example\n",
        "timezone: Europe/Berlim\n",
        "exclude: ['a{']\n",
        "collections: { tags: { kind: spec } }\n",
        "- a\n",
    ] {
        let site = site(&[("threadmark.yml", text), ("a.md", "# A\n")]);
        let run = site.build();
        assert_eq!(run.status, 2, "{text}: {}", run.err);
        assert!(run.heads().len() == 1 && run.heads()[0].starts_with("error["), "{text}: {}", run.err);
        assert_eq!(fs::read_dir(site.root()).unwrap().count(), 2, "{text}");
    }
}

#[test]
fn a_broken_link_is_a_warning_and_an_error_where_strict() {
    let site = site(&[("a.md", "# A\n\n[b](bb.md) [c](#no) ![d](d.png)\n"), ("b.md", "# B\n")]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.findings(),
        str![[r"
warning[broken-link]: there is no bb.md
 --> a.md:3:1
  |
3 | [b](bb.md) [c](#no) ![d](d.png)
  | ^^^^^^^^^^
  |
  = help: Did you mean `b.md`?

warning[broken-anchor]: a.md has no section `#no`
 --> a.md:3:12
  |
3 | [b](bb.md) [c](#no) ![d](d.png)
  |            ^^^^^^^^

warning[broken-link]: there is no d.png
 --> a.md:3:21
  |
3 | [b](bb.md) [c](#no) ![d](d.png)
  |                     ^^^^^^^^^^^

3 warnings

"]]
    );
    assert!(site.path("_site/a/index.html").exists());

    fs::remove_dir_all(site.path("_site")).unwrap();
    let strict = site.run(&["build", "--strict"]);
    assert_eq!(strict.status, 1);
    assert_eq!(strict.err, run.findings().replace("warning", "error"));
    assert!(!site.path("_site").exists());
}

/// Pages without a document are there only where the site has them, and under no other name.
#[test]
fn links_to_generated_pages_that_are_not_there_are_broken() {
    let text = "# A\n\n[b](/tags/) [c](tags/x/) [d](/search/x) [e](../search/) [f](/searching/)\n";
    let site = site(&[("a.md", text), ("guide/searching.md", "# S\n")]);
    let run = site.build();
    assert_eq!(
        run.heads(),
        [
            "warning[broken-link]: there is no tags",
            "warning[broken-link]: there is no tags/x",
            "warning[broken-link]: there is no search/x",
            "warning[broken-link]: `../search/` leads outside the site",
            "warning[broken-link]: there is no searching",
        ],
        "{}",
        run.err
    );
}

#[test]
fn quiet_says_errors_only_and_verbose_says_everything() {
    let many = (0..20).map(|n| format!("[x](no-{n}.md)\n")).collect::<Vec<_>>().concat();
    let site = site(&[("a.md", &format!("# A\n\n{many}"))]);
    assert_eq!(site.run(&["build", "-q"]).err, "");
    let normal = site.run(&["build"]);
    assert_eq!((normal.status, normal.heads().len()), (0, 12));
    assert!(
        normal.findings().ends_with("12 warnings\n... and 8 warnings more; `--verbose` shows all of them.\n"),
        "{}",
        normal.findings()
    );
    let verbose = site.run(&["build", "-v", "--no-cache"]);
    assert_eq!(verbose.heads().len(), 20);
    let end = verbose.findings().rsplit_once("\n\n").map_or("", |(_, end)| end);
    let digits = |c: char| c.is_ascii_digit();
    assert_eq!(
        end.replace(digits, "0"),
        "00 warnings\nSteps: reading 0.000 s, linking 0.000 s, rendering 0.000 s, writing 0.000 s\n"
    );
    let strict = site.run(&["build", "-q", "--strict"]);
    assert_eq!((strict.status, strict.heads().len()), (1, 20));
}

#[test]
fn two_documents_on_one_address_are_an_error_that_names_both() {
    let site = site(&[
        ("Queue Store.md", "# A\n"),
        ("queue-store.md", "# B\n"),
        ("x/index.md", "# C\n"),
        ("y.md", "---\nslug: x\n---\n# D\n"),
        ("tags/z.md", "# E\n"),
        ("search.md", "# G\n"),
        ("old.md", "---\naliases: [queue-store]\n---\n# F\n"),
    ]);
    let run = site.build();
    assert_eq!(run.status, 1);
    assert_data_eq!(
        run.err,
        str![[r"
error[alias]: the alias `queue-store` is the address of Queue Store.md (queue-store/index.html)
 --> old.md:2:1
  |
2 | aliases: [queue-store]
  | ^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: An old address can lead to one document only.

error[route-taken]: queue-store.md can't have the address /queue-store/: Queue Store.md (queue-store/index.html) has it already
--> queue-store.md
 = help: Rename one of the two, or give one of them a `slug` in its front matter.

error[route-taken]: search.md can't have the address /search/: `/search/` is kept for Threadmark's own pages
--> search.md
 = help: Rename the file, or give it another `slug` in its front matter.

error[route-taken]: tags/z.md can't have the address /tags/z/: `/tags/` is kept for Threadmark's own pages
--> tags/z.md
 = help: Rename the folder `tags`.

error[route-taken]: y.md can't have the address /x/: x/index.md (x/index.html) has it already
 --> y.md:2:1
  |
2 | slug: x
  | ^^^^^^^
  |
  = help: Rename one of the two, or give one of them a `slug` in its front matter.

5 errors

"]]
    );
}

#[test]
fn a_near_miss_of_a_key_is_a_finding_with_a_suggestion() {
    let site = site(&[("a.md", "---\ndesciption: x\nmy_own: y\n---\n# A\n")]);
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.findings(),
        str![[r"
warning[unknown-key]: the key `desciption` is not known
 --> a.md:2:1
  |
2 | desciption: x
  | ^^^^^^^^^^
  |
  = help: Did you mean `description`?
  = help: A key of your own belongs below `extra:`.

1 warning

"]]
    );
}

#[test]
fn colour_comes_only_where_it_is_wanted() {
    let site = site(&[("a.md", "---\ntitle: [\n---\n")]);
    assert!(!site.run(&["build"]).err.contains('\u{1b}'));
    assert!(site.run(&["build", "--color", "always"]).err.contains("\u{1b}["));
    assert!(!site.run(&["build", "--color", "never"]).err.contains('\u{1b}'));
}
