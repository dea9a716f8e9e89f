//! A session that lasts makes what a build of the whole would make, whatever was changed before, and however often.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its supporting functions"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;
use threadmark::config::Overrides;
use threadmark::disk::{Changes, DiskAssets};
use threadmark::memo::NoMemo;
use threadmark::pipeline::session::{Round, Session};
use threadmark::pipeline::{self, Options, Watch};
use threadmark::render::services::Workshop;
use threadmark::serve::MemorySink;
use threadmark::source::GitHistory;
use threadmark::time::Clock;

/// Nobody waits for a page here.
struct Patient;

impl Watch for Patient {
    fn begin(&self, _: &str) {}
    fn end(&self) {}
}

fn options() -> Options {
    Options {
        overrides: Overrides { base_url: None },
        drafts: false,
        clock: Clock::parse("2026-11-22T12:00:00Z").unwrap(),
        branch: None,
        output: None,
    }
}

/// What `session` makes of the site now: every file, and everything found.
fn made(
    root: &Path,
    session: &mut Session,
    changes: &Changes,
) -> (BTreeMap<String, Vec<u8>>, BTreeSet<String>) {
    session.read(&options(), changes, GitHistory::default).unwrap();
    let assets = DiskAssets::new(root).unwrap();
    let Round { site, theme, mut found } = session.understand(&options(), &assets).unwrap();
    let sink = MemorySink::new(assets);
    let more = pipeline::render(&site, &theme, &Workshop::new(&NoMemo), &sink, &Patient).unwrap();
    found.extend(more);
    let site = sink.into_site("/");
    let files = site.paths().map(|path| (path.to_owned(), site.bytes(path).unwrap().to_vec())).collect();
    (files, found.iter().map(|one| format!("{one:?}")).collect())
}

/// What somebody does to a site.
#[derive(Clone, Debug)]
enum Change {
    /// Another text in place of a document's.
    Write(usize, usize),
    /// A paragraph more at a document's end.
    Add(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    Configure(usize),
    Style(usize),
    Template(usize),
}

const PATHS: [&str; 9] = [
    "index.md",
    "decisions/0001-a.md",
    "decisions/0002-b.md",
    "decisions/0003-c.md",
    "specs/queue.md",
    "specs/more/deep.md",
    "updates/2026-11-20.md",
    "recordings/demo.md",
    "notes.md",
];

const TEXTS: [&str; 10] = [
    "# One\n\nA [link](../specs/queue.md#why) and [another](notes.md).\n\n## Why\n\nText.\n",
    "---\ntitle: Two\nstatus: accepted\ntags: [x, Y]\nauthors: [ana, bo]\nsupersedes: [1]\n---\n\n## Why\n\n[gone](gone.md)\n",
    "---\nstatus: proposed\ndeciders: [ana]\ndate: 2026-11-01\n---\n# Three\n\n[x](/decisions/0001-a/) [^n]\n\n[^n]: A note.\n",
    "---\nasks:\n  - id: store\n    question: Which?\n    of: [ana, chen]\n    due: 2026-11-26\n    responses:\n      - { by: ana, at: 2026-11-21, answer: Postgres }\n---\n# Asked\n\n## ask-store\n\nHere.\n",
    "---\ntitle: Drafted\ndraft: true\n---\n\nNothing yet.\n",
    "---\naliases: [old/place, old/place#there]\ntags: [x]\n---\n# Moved\n\n![p](picture.svg) [2026](updates/2026-11-20.md#2026-11-19)\n",
    "# Week\n\n## 2026-11-19\n\nDone, see [the note](../decisions/0003-c.md#fn-n) and [waiting](/waiting/), [more](/specs/queue/#another-section).\n",
    "---\nvideo: https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486\nduration: 5:00\ndate: 2026-01-02\n---\n# Demo\n\n[1:20] Here.\n",
    "---\ndecides: [specs/queue#ask-store]\nstatus: accepted\nsuperseded_by: [3]\nowner: bo\ndue: 2026-11-30\n---\n# Four\n\n$x^2$\n",
    "---\ntitle: [\n---\n\nBroken.\n",
];

const ADDED: [&str; 5] = [
    "\nMore words, `code`.\n",
    "\n[^n]: A note.\n",
    "\n[to the queue](/specs/queue/#why)\n",
    "\n## Another section\n\nBelow.\n",
    "\n```rust\nfn main() {}\n```\n",
];

const CONFIGURATIONS: [&str; 4] = [
    "title: Acme\ntheme: theme\n",
    "title: Acme handbook\ntheme: theme\nbase_url: https://acme.example/hand/\npeople:\n  ana: { name: Ana Souza }\n",
    "title: Acme\ntheme: theme\ncollections:\n  log: { kind: decision, path: decisions }\nnorms:\n  - { channel: Chat, within: 4h }\n",
    "title: Acme\ntheme: theme\nexclude: [specs/more/**]\nsearch: { elasticlunr: true }\n",
];

fn change() -> impl Strategy<Value = Change> {
    let (path, text) = (0..PATHS.len(), 0..TEXTS.len());
    prop_oneof![
        6 => (path.clone(), text).prop_map(|(path, text)| Change::Write(path, text)),
        8 => (path.clone(), 0..ADDED.len()).prop_map(|(path, text)| Change::Add(path, text)),
        // A section that others link to before it is there.
        1 => Just(Change::Add(4, 3)),
        2 => path.clone().prop_map(Change::Remove),
        2 => (path.clone(), path).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => (0..CONFIGURATIONS.len()).prop_map(Change::Configure),
        1 => (0..3_usize).prop_map(Change::Style),
        1 => (0..2_usize).prop_map(Change::Template),
    ]
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

impl Change {
    /// Does it below `root`, and gives the files that it concerns.
    fn apply(&self, root: &Path) -> Vec<PathBuf> {
        let file = |at: &usize| root.join(PATHS[*at]);
        match self {
            Self::Write(path, text) => {
                write(&file(path), TEXTS[*text]);
                vec![file(path)]
            }
            Self::Add(path, text) => {
                let before = fs::read_to_string(file(path)).unwrap_or_default();
                write(&file(path), &(before + ADDED[*text]));
                vec![file(path)]
            }
            Self::Remove(path) => {
                let _ = fs::remove_file(file(path));
                vec![file(path)]
            }
            Self::Rename(from, to) => {
                let text = fs::read_to_string(file(from)).unwrap_or_default();
                let _ = fs::remove_file(file(from));
                write(&file(to), &text);
                vec![file(from), file(to)]
            }
            Self::Configure(at) => {
                write(&root.join("threadmark.yml"), CONFIGURATIONS[*at]);
                vec![root.join("threadmark.yml")]
            }
            Self::Style(n) => {
                write(&root.join("theme/css/zz.css"), &format!("p {{ margin: {n}px }}\n"));
                vec![root.join("theme/css/zz.css")]
            }
            Self::Template(n) => {
                write(
                    &root.join("theme/templates/norms.html"),
                    &format!("<!DOCTYPE html><title>{n}</title>"),
                );
                vec![root.join("theme/templates/norms.html")]
            }
        }
    }
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(&root.join("threadmark.yml"), CONFIGURATIONS[0]);
    write(&root.join("theme/css/zz.css"), "p { margin: 0 }\n");
    write(&root.join("theme/templates/norms.html"), "<!DOCTYPE html><title>x</title>");
    write(
        &root.join("picture.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"></svg>",
    );
    for (at, path) in PATHS.iter().enumerate() {
        write(&root.join(path), TEXTS[at % (TEXTS.len() - 1)]);
    }
    folder
}

/// Three hundred changes: a dozen sites that are changed twenty-five times each.
#[test]
fn what_a_session_makes_is_what_a_whole_build_makes() {
    let config = Config { cases: 12, max_shrink_iters: 40, ..Config::default() };
    // The same changes on every machine.
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let changes = prop::collection::vec(change(), 25);
    let tried = runner.run(&changes, |changes| {
        let folder = site();
        let root = folder.path().canonicalize().unwrap();
        let mut session = Session::new(&root);
        made(&root, &mut session, &Changes::Anything);
        for change in changes {
            let files = change.apply(&root);
            let heard = Changes::Files(files.into_iter().collect());
            let (kept, kept_found) = made(&root, &mut session, &heard);
            let (cold, cold_found) = made(&root, &mut Session::new(&root), &Changes::Anything);
            prop_assert_eq!(kept_found, cold_found, "found after {:?}", &change);
            let differ: Vec<&String> =
                cold.keys().chain(kept.keys()).filter(|path| cold.get(*path) != kept.get(*path)).collect();
            prop_assert!(differ.is_empty(), "{:?} differ after {:?}", differ, change);
        }
        Ok(())
    });
    if let Err(reason) = tried {
        panic!("{reason}");
    }
}

/// Asks for what is not there yet, or not any more.
const ASKING: &str = "# A\n\n[b](b.md) [b](b) [part](b.md#later) [address](/c/) [old](/was/) [old](/was/) [folder](more/) \
    [list](more/?x=1) [tag](/tags/x/) [person](/people/ana/) [near](bb.md) [elsewhere](more/far.md) [file](data.txt) \
    [draft](d.md) [last](z.md) [disk](.hidden/x.md) [home](/) [waits](/waiting/) ![p](p.svg)\n";
const SMALL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"></svg>";
const LARGE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"4\"></svg>";

/// Every question that a link can ask of the rest of a site, each answered differently from one round to the next, by changes of
/// other documents and files.
#[test]
fn links_follow_what_they_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for (path, text) in [
        ("a.md", ASKING),
        ("0.md", "# First\n"),
        ("z.md", "# Last\n\n[a](a.md) [folder](more/)\n"),
        ("recordings/demo.md", "---\nvideo: x.mp4\n---\n# Demo\n\n[a](../a.md) [z](../z.md)\n"),
    ] {
        write(&root.join(path), text);
    }
    let mut session = Session::new(&root);
    made(&root, &mut session, &Changes::Anything);
    let steps: [(&str, Option<&str>); 29] = [
        ("b.md", Some("# B\n")),
        ("b.md", Some("# B\n\n## Later\n")),
        ("c.md", Some("# C\n")),
        ("c.md", Some("---\naliases: [was]\ntags: [x]\nauthors: [ana]\n---\n# C\n")),
        ("more/deep.md", Some("# Deep\n")),
        ("more/index.md", Some("# More\n")),
        ("more/README.md", Some("# Also more\n")),
        ("more/index.md", None),
        ("bbb.md", Some("# Near\n")),
        ("far.md", Some("# Elsewhere\n")),
        ("data.txt", Some("data")),
        ("x.mp4", Some("film")),
        ("p.svg", Some(SMALL)),
        ("p.svg", Some(LARGE)),
        (".hidden/x.md", Some("hidden")),
        ("d.md", Some("---\ndraft: true\n---\n# D\n")),
        ("d.md", Some("---\nasks: [{ id: q, question: Why?, of: [ana] }]\n---\n# D\n")),
        ("0.md", None),
        ("00.md", Some("# Before all\n\n[z](z.md)\n")),
        ("index.md", Some("# Home\n")),
        ("c.md", Some("---\nslug: b2\n---\n# C\n")),
        ("b2.md", Some("# Takes an address\n")),
        ("b2.md", None),
        ("p.svg", None),
        ("data.txt", None),
        ("more/deep.md", None),
        ("more/README.md", None),
        ("b.md", None),
        ("d.md", None),
    ];
    for (path, text) in steps {
        let file = root.join(path);
        let is_new_folder = !file.parent().unwrap().is_dir();
        match text {
            Some(text) => write(&file, text),
            None => fs::remove_file(&file).unwrap(),
        }
        let changes = if is_new_folder { Changes::Anything } else { Changes::Files(BTreeSet::from([file])) };
        let (kept, kept_found) = made(&root, &mut session, &changes);
        let (cold, cold_found) = made(&root, &mut Session::new(&root), &Changes::Anything);
        assert_eq!(kept_found, cold_found, "found after {path}: {text:?}");
        let differ: Vec<&String> =
            cold.keys().chain(kept.keys()).filter(|path| cold.get(*path) != kept.get(*path)).collect();
        assert!(differ.is_empty(), "{differ:?} differ after {path}: {text:?}");
    }
}
