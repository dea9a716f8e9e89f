//! Files as a hostile or careless repository has them: links, names, places to write to.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use site::{files, site};
use snapbox::{assert_data_eq, str};

// Row 18: symbolic links.

#[test]
fn links_to_outside_are_errors_that_name_both_ends() {
    let site = site(&[
        ("a.md", "# A\n"),
        ("static/x", "x"),
        ("threadmark.yml", "theme: theme\n"),
        ("theme/css/x.css", ""),
    ]);
    let secret = site.home().join("secret.md");
    fs::write(&secret, "# Secret\n").unwrap();
    fs::create_dir(site.path(".git")).unwrap();
    fs::write(site.path(".git/config"), "token").unwrap();
    for (target, link) in [
        (secret.as_path(), "b.md"),
        (site.home(), "c"),
        (site.home(), "static/d"),
        (secret.as_path(), "theme/css/tokens.css"),
        (".git/config".as_ref(), "config.txt"),
        ("nowhere".as_ref(), "n.md"),
        ("..".as_ref(), "loop"),
        ("o.md".as_ref(), "o.md"),
    ] {
        symlink(target, site.path(link)).unwrap();
    }
    let run = site.build();
    let shown = run.err.replace(&*site.home().to_string_lossy(), "OUTSIDE");
    assert_eq!(run.status, 1);
    assert_data_eq!(
        shown,
        str![[r"
note[git-dates]: the repository can't be asked: not a git repository (or any of the parent directories): .git

error[link-outside]: `b.md` is a symbolic link to `OUTSIDE/secret.md`, outside the site's folder
--> b.md
 = help: Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.

error[link-outside]: `c` is a symbolic link to `OUTSIDE`, outside the site's folder
--> c
 = help: Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.

error[link-hidden]: `config.txt` is a symbolic link to `.git/config`, which is hidden and not published
--> config.txt
 = help: Link to a file that is not below a folder whose name starts with a dot.

error[link-outside]: `loop` is a symbolic link to `..`, outside the site's folder
--> loop
 = help: Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.

error[link-broken]: `n.md` is a symbolic link to `nowhere`, which can't be reached
--> n.md
 = help: Remove the link, or mend what it leads to.

error[link-loop]: `o.md` is a symbolic link to `o.md`, which leads back to itself
--> o.md

error[link-outside]: `static/d` is a symbolic link to `OUTSIDE`, outside the site's folder
--> static/d
 = help: Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.

error[link-outside]: `theme/css/tokens.css` is a symbolic link to `OUTSIDE/secret.md`, outside the site's folder
--> theme/css/tokens.css
 = help: Copy the file into the site, or leave the link out with `exclude` in threadmark.yml.

8 errors, 1 note

"]]
    );
    assert!(!site.path("_site").exists());
}

#[test]
fn links_inside_the_site_are_as_good_as_files() {
    let site = site(&[("specs/a.md", "# A\n\n![p](p.png)\n"), ("img/p.png", "x"), ("q.png", "q")]);
    symlink("../img/p.png", site.path("specs/p.png")).unwrap();
    symlink("specs", site.path("rfcs")).unwrap();
    let site = site.built();
    assert_eq!(
        site.published(),
        [
            "rfcs/a/index.html",
            "rfcs/index.html",
            "rfcs/p.png",
            "specs/a/index.html",
            "specs/index.html",
            "specs/p.png"
        ]
    );
    let copy = site.path("_site/specs/p.png");
    assert!(fs::symlink_metadata(copy).unwrap().is_file(), "the site holds files, not links");
}

// Row 19: paths in front matter and links.

#[test]
fn paths_that_lead_out_are_errors_at_their_place() {
    for path in
        ["../../etc/passwd", "%2e%2e/%2e%2e/x", "/etc/passwd", "C:\\x", "a/../../../x", "\\\\host\\x", "a\\b"]
    {
        for key in ["slug", "aliases", "transcript", "video"] {
            let value = if key == "aliases" { format!("['{path}']") } else { format!("'{path}'") };
            let site = site(&[("recordings/a.md", &format!("---\ntitle: A\n{key}: {value}\n---\n"))]);
            let run = site.build();
            let place = run.err.contains("--> recordings/a.md:3:");
            assert!(run.status == 1 && place && run.heads().len() == 1, "{key}: {value}: {}", run.err);
            assert!(!site.path("_site").exists());
        }
    }
}

#[test]
fn links_to_files_outside_the_site_are_never_followed() {
    let links = "![a](../secret.png) [b](../../../etc/passwd) [c](%2e%2e/secret.png) [d](/../secret.png) [e](.git/config) [f](..%5csecret.png) [g](file:///etc/passwd)\n";
    let site = site(&[("a.md", links), (".git/config", "token")]);
    fs::write(site.home().join("secret.png"), "secret").unwrap();
    let run = site.build();
    assert_eq!(run.status, 0);
    assert_data_eq!(
        run.heads().join("\n"),
        str![[r"
note[git-dates]: the repository can't be asked: not a git repository (or any of the parent directories): .git
warning[broken-link]: `../secret.png` leads outside the site
warning[broken-link]: `../../../etc/passwd` leads outside the site
warning[broken-link]: `../secret.png` leads outside the site
warning[broken-link]: `../secret.png` leads outside the site
warning[broken-link]: .git/config is not published
warning[broken-link]: `../secret.png` leads outside the site
warning[refused-link]: `file:` links are not allowed
"]]
    );
    assert_eq!(site.published(), ["a/index.html"]);
    let page = site.page("a/index.html");
    assert_eq!(page.in_prose().filter_map(|e| e.get("href").or(e.get("src"))).collect::<Vec<_>>(), [""; 0]);
}

// Row 20: two sources for one file.

#[test]
fn two_sources_for_one_file_are_an_error_that_names_both() {
    for (one, two) in [
        (("specs/a.md", "# A\n"), ("specs/A.MD", "# B\n")),
        (("a.md", "# A\n"), ("a/index.md", "# B\n")),
        (("a b.md", "# A\n"), ("a-b.md", "# B\n")),
        (("Größe.md", "# A\n"), ("gro\u{308}ße.md", "# B\n")),
        (("a.md", "---\naliases: [b]\n---\n"), ("b.md", "# B\n")),
        (("a.md", "---\naliases: [old]\n---\n"), ("b.md", "---\naliases: [OLD]\n---\n")),
        (("a.md", "---\naliases: [b/c.html/d]\n---\n"), ("x.md", "---\naliases: [b/c.html]\n---\n")),
    ] {
        let site = site(&[one, two]);
        let run = site.build();
        assert_eq!((run.status, run.heads().len()), (1, 1), "{}", run.err);
        assert!(run.err.contains(one.0) && run.err.contains(two.0), "{}", run.err);
        assert!(!site.path("_site").exists());
    }
}

#[test]
fn a_file_never_stands_where_a_page_does() {
    let site = site(&[
        ("threadmark.yml", "collections: { static: { kind: page, path: pages } }\n"),
        ("pages/x.md", "# X\n"),
        ("static/x/index.html", "mine"),
        ("static/X", "x"),
    ]);
    let run = site.build();
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("pages/x.md") && run.err.contains("static/x/index.html"), "{}", run.err);
}

#[test]
fn what_threadmark_writes_itself_is_taken() {
    for own in ["404.html", "robots.txt", "sitemap.xml", "favicon.svg", ".nojekyll", ".threadmark"] {
        for (path, text) in [
            (format!("{own}.md"), "# A\n".to_owned()),
            ("a.md".to_owned(), format!("---\naliases: [{own}]\n---\n")),
            ("a.md".to_owned(), format!("---\naliases: [{own}/x]\n---\n")),
        ] {
            if path.starts_with('.') {
                continue;
            }
            let site = site(&[("threadmark.yml", "base_url: https://acme.example/\n"), (&path, &text)]);
            let run = site.build();
            assert_eq!((run.status, run.heads().len()), (1, 1), "{path} {text}: {}", run.err);
            assert!(run.err.contains("a file of Threadmark's own") && run.err.contains(&path), "{}", run.err);
            assert!(!site.path("_site").exists());
        }
    }
    for page in ["tags", "search"] {
        let site = site(&[("a.md", &format!("---\naliases: [{page}]\ntags: [x]\n---\n"))]);
        let run = site.build();
        assert_eq!((run.status, run.codes()), (1, vec!["error[alias]"]), "{page}: {}", run.err);
    }
}

#[test]
fn a_sites_own_icon_and_robots_file_stand_for_ours() {
    let site = site(&[
        ("a.md", "![i](favicon.svg) [r](robots.txt)\n"),
        ("favicon.svg", "<svg/>"),
        ("robots.txt", "mine"),
    ])
    .built();
    assert_eq!(
        (&*site.output()["favicon.svg"], &*site.output()["robots.txt"]),
        (&b"<svg/>"[..], &b"mine"[..])
    );
}

// Row 21: where a site may be written.

#[test]
fn an_output_folder_that_is_not_ours_is_refused_and_keeps_its_files() {
    let site = site(&[("a.md", "# A\n"), ("docs/b.md", "# B\n"), ("mine/notes.txt", "mine"), ("file", "x")]);
    let before = files(site.home());
    let home = site.home().to_string_lossy().into_owned();
    for output in [".", "..", "mine", "file", "/", &home, "docs/..", "./docs/../../handbook", ".git/x"] {
        let run = site.run(&["build", "-o", output]);
        assert_eq!((run.status, run.codes()), (2, vec!["error[output-refused]"]), "{output}: {}", run.err);
        assert_eq!(files(site.home()), before, "{output}");
    }
    let run = site.run(&["build", "-o", "mine"]);
    assert_data_eq!(
        run.err,
        str![[r"
error[output-refused]: `[..]/handbook/mine` can't be the output folder: it holds files that Threadmark did not write, such as `notes.txt`
 |
 = help: Empty it first, or name another folder with `-o`.

1 error

"]]
    );
}

#[test]
fn a_folder_with_sources_is_refused_even_with_our_mark() {
    let site = site(&[
        ("threadmark.yml", "content: docs\noutput: docs\n"),
        ("docs/a.md", "# A\n"),
        ("docs/.threadmark", ""),
    ]);
    let run = site.build();
    assert_eq!(run.status, 2, "{}", run.err);
    assert_eq!(fs::read_to_string(site.path("docs/a.md")).unwrap(), "# A\n");
}

#[test]
fn an_empty_folder_and_our_own_are_taken() {
    let site = site(&[("a.md", "# A\n")]);
    fs::create_dir(site.path("empty")).unwrap();
    site.run(&["build", "-o", "empty"]).clean();
    fs::remove_file(site.path("a.md")).unwrap();
    site.write("b.md", "# B\n");
    site.run(&["build", "-o", "empty"]).clean();
    assert!(!site.path("empty/a").exists() && site.path("empty/b/index.html").exists());
}

// Row 22: names.

#[test]
fn strange_names_are_built_or_said() {
    let long = "n".repeat(247);
    let site = site(&[
        ("-x.md", "# A\n"),
        (":(glob)*.md", "# B\n"),
        ("CON.md", "# C\n"),
        ("a&<b>'\".md", "# D\n"),
        ("%2e%2e.md", "# E\n"),
    ]);
    site.write(&format!("{long}.md"), "# F\n");
    let site = site.built();
    assert_eq!(
        site.published(),
        [
            "-x/index.html",
            "2e-2e/index.html",
            "a-b/index.html",
            "con/index.html",
            "glob/index.html",
            &format!("{long}/index.html")
        ]
    );
}

#[test]
fn names_that_no_address_can_hold_are_errors() {
    let site = site(&[("a.md", "# A\n"), ("?!.md", "# B\n"), ("...md", "# C\n"), ("!/x.md", "# D\n")]);
    for name in [&b"new\nline.md"[..], b"lat\xefn.md", b"esc\x1b[31m.md", b"back\\slash.md"] {
        fs::write(site.root().join(OsStr::from_bytes(name)), "# X\n").unwrap();
    }
    let run = site.build();
    assert_eq!(run.status, 1);
    assert_eq!(
        run.heads(),
        [
            r"error[file-name]: the name of `back\slash.md` can't be used in an address",
            r"error[file-name]: the name of `esc\u{1b}[31m.md` can't be used in an address",
            "error[file-name]: the name of `lat\u{fffd}n.md` can't be used in an address",
            r"error[file-name]: the name of `new\nline.md` can't be used in an address",
            "error[no-address]: !/x.md has no address: a part of its path has no character that can stand in a URL",
            "error[no-address]: ?!.md has no address: a part of its path has no character that can stand in a URL",
        ]
    );
    assert!(run.err.contains("--> !/x.md\n = help: Rename the folder.\n"), "{}", run.err);
}
