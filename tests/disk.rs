//! Reading a site from the disk: what is found, what is left out, and what is an error.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::TempDir;
use threadmark::disk::{DiskAssets, MARK, ReadPlan, config_file, find_root, read};
use threadmark::path::SourcePath;
use threadmark::source::{AssetReader, SourceTree};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn plan() -> ReadPlan {
    ReadPlan { output: "_site".into(), ..ReadPlan::default() }
}

fn names(tree: &SourceTree) -> (Vec<String>, Vec<String>) {
    let documents = tree.documents.iter().map(|file| file.path.to_string()).collect();
    (documents, tree.assets.keys().map(ToString::to_string).collect())
}

/// Documents, assets, and codes with messages.
fn found(root: &Path, plan: &ReadPlan) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (tree, diagnostics) = read(root, plan).unwrap();
    let (documents, assets) = names(&tree);
    (documents, assets, diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect())
}

#[test]
fn finds_documents_and_assets_and_leaves_the_rest_out() {
    let root = folder(&[
        ("threadmark.yml", ""),
        ("b/Two words.MD", "two"),
        ("a.md", "one"),
        ("b/pic.png", "1234"),
        ("static/CNAME", "x"),
        ("static/raw.md", "copied as it is"),
        ("static/target/x.js", "x"),
        ("static/.well-known/security.txt", "x"),
        ("static/.hidden", "x"),
        (".git/config", "x"),
        (".hidden.md", "x"),
        ("_site/index.md", "x"),
        ("node_modules/x/README.md", "x"),
        ("target/doc/x.md", "x"),
        ("out/x.md", "x"),
        ("old-output/x.md", "x"),
        ("old-output/.threadmark", "x"),
        ("drafts/x.md", "x"),
        ("drafts/deep/er/x.md", "x"),
        ("b/skip.md", "x"),
    ]);
    assert_eq!(MARK, ".threadmark");
    let exclude = vec!["drafts/**".to_owned(), "**/skip.md".to_owned()];
    let plan = ReadPlan { output: "out".into(), exclude, ..ReadPlan::default() };
    let (tree, diagnostics) = read(root.path(), &plan).unwrap();
    assert_eq!(diagnostics, []);
    let (documents, assets) = names(&tree);
    assert_eq!(documents, ["a.md", "b/Two words.MD"]);
    assert_eq!(
        assets,
        [
            "b/pic.png",
            "static/.well-known/security.txt",
            "static/CNAME",
            "static/raw.md",
            "static/target/x.js"
        ]
    );
    assert_eq!(tree.assets[&SourcePath::new("b/pic.png").unwrap()].size, 4);
    assert_eq!(&*tree.documents[0].text, "one");
}

#[test]
fn content_folder_static_and_theme_are_read_apart() {
    let root = folder(&[
        ("docs/a.md", "x"),
        ("docs/drafts/b.md", "x"),
        ("docs/theme/css/type.css", "c"),
        ("docs/theme/readme.md", "not a page"),
        ("static/f.ico", "x"),
        ("src/code.rs", "x"),
        ("README.md", "x"),
    ]);
    let plan = ReadPlan {
        content: "docs".into(),
        exclude: vec!["drafts/*".into()],
        theme: SourcePath::new("docs/theme").ok(),
        ..plan()
    };
    assert_eq!(found(root.path(), &plan), (vec!["docs/a.md".into()], vec!["static/f.ico".into()], vec![]));
    let theme = read(root.path(), &plan).unwrap().0.theme;
    let names: Vec<_> = theme.iter().map(|f| (f.name.as_str(), &*f.bytes)).collect();
    assert_eq!(names, [("css/type.css", &b"c"[..]), ("readme.md", b"not a page")]);
}

#[test]
fn a_missing_content_folder_is_a_wrong_configuration() {
    let root = folder(&[("a.md", "x")]);
    for content in ["docs", "a.md", "../x"] {
        let failure = read(root.path(), &ReadPlan { content: content.into(), ..plan() }).unwrap_err();
        assert_eq!(failure.status(), 2, "{failure}");
        assert!(failure.to_string().contains(content), "{failure}");
    }
}

#[test]
fn a_bad_glob_is_named() {
    let root = folder(&[("a.md", "x")]);
    let plan = ReadPlan { exclude: vec!["a{".into()], ..plan() };
    let (documents, _, diagnostics) = found(root.path(), &plan);
    assert_eq!(documents, ["a.md"]);
    assert!(diagnostics[0].starts_with("exclude: `a{` in `exclude` is not a glob"), "{diagnostics:?}");
}

#[test]
fn links_inside_the_site_are_followed() {
    let root = folder(&[("a/one.md", "1"), ("a/pic.png", "1"), ("deep/er/two.md", "2")]);
    symlink("one.md", root.path().join("a/alias.md")).unwrap();
    symlink("../deep", root.path().join("a/more")).unwrap();
    let (documents, assets, diagnostics) = found(root.path(), &plan());
    assert_eq!(documents, ["a/alias.md", "a/more/er/two.md", "a/one.md", "deep/er/two.md"]);
    assert_eq!(assets, ["a/pic.png"]);
    assert_eq!(diagnostics, [""; 0]);
}

#[test]
fn links_to_outside_to_hidden_places_and_to_nothing_are_errors_with_both_ends() {
    let outside = folder(&[("secret.md", "s"), ("dir/x.md", "s")]);
    let root = folder(&[
        ("a.md", "x"),
        (".git/config", "token"),
        (".env", "x"),
        ("static/x", "x"),
        ("theme/x", "x"),
    ]);
    let to = |target: &Path, link: &str| symlink(target, root.path().join(link)).unwrap();
    to(&outside.path().join("secret.md"), "b.md");
    to(&outside.path().join("dir"), "c");
    to(&outside.path().join("dir"), "static/d");
    to(&outside.path().join("dir"), "theme/e");
    to(Path::new(".git"), "g");
    to(Path::new(".git/config"), "config.txt");
    to(Path::new("nowhere"), "n.md");
    let plan = ReadPlan { theme: SourcePath::new("theme").ok(), ..plan() };
    let (documents, assets, diagnostics) = found(root.path(), &plan);
    assert_eq!((documents, assets), (vec!["a.md".into()], vec!["static/x".into()]));
    let outside = outside.path().display();
    for expected in [
        format!(
            "link-outside: `b.md` is a symbolic link to `{outside}/secret.md`, outside the site's folder"
        ),
        format!("link-outside: `c` is a symbolic link to `{outside}/dir`, outside the site's folder"),
        format!("link-outside: `static/d` is a symbolic link to `{outside}/dir`, outside the site's folder"),
        format!("link-outside: `theme/e` is a symbolic link to `{outside}/dir`, outside the site's folder"),
        "link-hidden: `g` is a symbolic link to `.git`, which is hidden and not published".into(),
        "link-hidden: `config.txt` is a symbolic link to `.git/config`, which is hidden and not published"
            .into(),
        "link-broken: `n.md` is a symbolic link to `nowhere`, which can't be reached".into(),
    ] {
        assert!(diagnostics.contains(&expected), "{expected}\n{diagnostics:#?}");
    }
}

#[test]
fn loops_of_links_are_errors_and_end() {
    let root = folder(&[("a/one.md", "1"), ("b/two.md", "2")]);
    symlink(".", root.path().join("a/self")).unwrap();
    symlink("..", root.path().join("a/up")).unwrap();
    symlink("../b", root.path().join("a/x")).unwrap();
    symlink("../a", root.path().join("b/y")).unwrap();
    symlink("q.md", root.path().join("p.md")).unwrap();
    symlink("p.md", root.path().join("q.md")).unwrap();
    let (documents, _, diagnostics) = found(root.path(), &plan());
    assert!(documents.contains(&"a/x/two.md".into()), "{documents:?}");
    for expected in [
        "link-loop: `a/self` is a symbolic link to `a`, which holds the link itself: a loop",
        "link-loop: `a/up` is a symbolic link to the site's own folder, which holds the link itself: a loop",
        "link-loop: `a/x/y` is a symbolic link to `a`, which holds the link itself: a loop",
        "link-loop: `p.md` is a symbolic link to `q.md`, which leads back to itself",
    ] {
        assert!(diagnostics.iter().any(|d| d == expected), "{expected}\n{diagnostics:#?}");
    }
}

/// Each of 24 folders links twice to the next: 2^24 paths without a loop.
#[test]
fn links_that_multiply_are_stopped() {
    let root = folder(&[]);
    for n in 0..24 {
        let at = root.path().join(format!("d{n}"));
        fs::create_dir(&at).unwrap();
        symlink(format!("../d{}", n + 1), at.join("p")).unwrap();
        symlink(format!("../d{}", n + 1), at.join("q")).unwrap();
    }
    fs::create_dir(root.path().join("d24")).unwrap();
    let (_, _, diagnostics) = found(root.path(), &plan());
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert!(diagnostics[0].starts_with("links-too-many: "));
}

#[test]
fn names_that_are_no_address_are_errors_for_documents_only() {
    let root = folder(&[("a.md", "x"), ("-x.md", "x"), (":(glob)*.md", "x"), ("CON.md", "x")]);
    let long = format!("{}.md", "n".repeat(247));
    fs::write(root.path().join(&long), "x").unwrap();
    for name in [&b"new\nline.md"[..], b"new\nline.png", b"lat\xefn.md", b"lat\xefn.png", b"back\\slash.md"] {
        fs::write(root.path().join(OsStr::from_bytes(name)), "x").unwrap();
    }
    let (documents, assets, diagnostics) = found(root.path(), &plan());
    assert_eq!(documents, ["-x.md", ":(glob)*.md", "CON.md", "a.md", &long]);
    assert_eq!(assets, [""; 0]);
    assert_eq!(
        diagnostics,
        [
            "file-name: the name of `back\\slash.md` can't be used in an address",
            "file-name: the name of `lat\u{fffd}n.md` can't be used in an address",
            "file-name: the name of `new\nline.md` can't be used in an address",
        ]
    );
}

#[test]
fn all_that_is_not_text_is_said_in_one_run() {
    let root = folder(&[("a.md", "\u{feff}fine\r\n"), ("b.md", "one\ntwo \u{1b}[31m")]);
    fs::write(root.path().join("c.md"), b"caf\xe9").unwrap();
    fs::write(root.path().join("d.md"), b"\xff\xfeh\0i\0").unwrap();
    fs::File::create(root.path().join("e.md")).unwrap().set_len(17 << 20).unwrap();
    let (tree, diagnostics) = read(root.path(), &plan()).unwrap();
    assert_eq!(&*tree.documents[0].text, "fine\r\n");
    let said: Vec<_> = diagnostics
        .iter()
        .map(|d| {
            let place = d.place.as_ref().unwrap();
            (d.code, place.path.as_str(), place.line, place.column)
        })
        .collect();
    assert_eq!(
        said,
        [
            ("control-character", "b.md", 2, 5),
            ("not-utf-8", "c.md", 1, 4),
            ("not-utf-8", "d.md", 0, 0),
            ("file-too-large", "e.md", 0, 0)
        ]
    );
}

/// A pipe or a socket would wait for its other end for ever.
#[test]
fn what_is_neither_file_nor_folder_is_never_opened() {
    let root = folder(&[("a.md", "x")]);
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("s.md")).unwrap();
    symlink("s.md", root.path().join("t.md")).unwrap();
    let (documents, assets, diagnostics) = found(root.path(), &plan());
    assert_eq!((documents, assets, diagnostics), (vec!["a.md".into()], vec![], vec![]));
}

#[test]
fn the_root_is_the_nearest_folder_with_a_configuration() {
    let root = folder(&[("threadmark.yml", "title: x"), ("a/b/c.md", "x")]);
    assert_eq!(find_root(&root.path().join("a/b")), root.path());
    let plain = folder(&[("a/b/c.md", "x")]);
    assert_eq!(find_root(&plain.path().join("a")), plain.path().join("a"));
    let (config, diagnostics) = config_file(root.path()).unwrap();
    assert_eq!((&*config.unwrap().text, diagnostics.len()), ("title: x", 0));
    assert!(config_file(plain.path()).unwrap().0.is_none());
    assert_eq!(config_file(&plain.path().join("nowhere")).unwrap_err().status(), 2);
    assert_eq!(config_file(&plain.path().join("a/b/c.md")).unwrap_err().status(), 2);
}

#[test]
fn a_configuration_from_outside_is_an_error() {
    let (root, outside) = (folder(&[]), folder(&[("x.yml", "title: x")]));
    symlink(outside.path().join("x.yml"), root.path().join("threadmark.yml")).unwrap();
    let (config, diagnostics) = config_file(root.path()).unwrap();
    assert!(config.is_none());
    assert_eq!(diagnostics[0].code, "link-outside");
}

#[test]
fn assets_are_read_up_to_a_limit_and_never_from_outside() {
    let (root, outside) = (folder(&[("a.bin", "12345"), (".git/x", "t")]), folder(&[("x", "secret")]));
    symlink(outside.path().join("x"), root.path().join("b.bin")).unwrap();
    symlink(outside.path(), root.path().join("dir")).unwrap();
    symlink(".git/x", root.path().join("g")).unwrap();
    let assets = DiskAssets::new(root.path()).unwrap();
    let read = |path: &str, limit| assets.read(&SourcePath::new(path).unwrap(), limit);
    assert_eq!(read("a.bin", 3), Ok(b"123".to_vec()));
    assert_eq!(read("a.bin", 99), Ok(b"12345".to_vec()));
    for path in ["b.bin", "dir/x", "g", "missing", "dir"] {
        assert!(read(path, 99).is_err(), "{path}");
    }
}

/// A file that a shuffled directory order would move: the tree is sorted whatever the disk says.
#[test]
fn the_order_is_that_of_the_paths() {
    let files: Vec<String> = (0..50).map(|n| format!("{}/{n}.md", n * 7 % 5)).collect();
    let root = folder(&files.iter().map(|f| (f.as_str(), "x")).collect::<Vec<_>>());
    let (documents, _, _) = found(root.path(), &plan());
    let mut sorted = documents.clone();
    sorted.sort();
    assert_eq!(documents, sorted);
    assert_eq!(documents.len(), 50);
}
