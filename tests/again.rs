//! The same input gives the same bytes, whatever the machine is like; what did not change is not touched.

#![cfg(unix)]
#![allow(missing_docs, reason = "a test file has no readers of its documentation")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its supporting functions")]

mod site;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::SystemTime;

use site::{Run, Site, command, files, paths, site};

/// A bit of everything that could depend on order, clock, place or thread.
fn varied() -> Site {
    let site = site(&[
        ("threadmark.yml", "base_url: https://acme.example/\ntimezone: Europe/Berlin\n"),
        ("index.md", "# Home\n\n[a](specs/a.md), $x^2$, `code`\n"),
        (
            "specs/a.md",
            "---\ntags: [x, y]\ndate: 2026-11-20\nauthors: [bo, ana]\n---\n# A\n\n```rust\nfn main() {}\n```\n",
        ),
        (
            "specs/b.md",
            "---\ntags: [y, z]\ndue: 2026-11-22T11:00\n---\n# B\n\n```mermaid\ngraph TD; A-->B\n```\n",
        ),
        ("updates/2026-11-20.md", "# Week\n\n## 2026-11-19\n\nDone[^1].\n\n[^1]: All.\n"),
        ("static/CNAME", "acme.example\n"),
    ]);
    for n in 1..=30 {
        let text = format!(
            "---\nstatus: accepted\ndate: 2026-01-{n:02}\n---\n# Decision {n}\n\n[next]({:04}-d.md)\n\n```python\nx = {n}\n```\n",
            n % 30 + 1
        );
        site.write(&format!("decisions/{n:04}-d.md"), text);
    }
    site
}

/// What was remembered at another time is as good as nothing where the time shows.
#[test]
fn another_time_gives_the_same_bytes_warm_and_cold() {
    let site = varied().built();
    for now in ["2026-11-22T22:59:59Z", "2026-11-22T23:00:00Z", "2026-12-24", "2027-06-01"] {
        site.run_in(&[], &["build", "--now", now]).clean();
        let warm = site.output();
        site.run_in(&[], &["build", "--now", now, "--no-cache", "-o", "cold"]).clean();
        assert!(files(&site.path("cold")) == warm, "{now}");
    }
}

type State = BTreeMap<String, (u64, SystemTime)>;

/// Inode and time of each file, and of each folder above them.
fn state(folder: &Path) -> State {
    let known = |path: &Path| {
        let meta = fs::metadata(path).unwrap();
        (meta.ino(), meta.modified().unwrap())
    };
    let mut state: State = paths(folder).into_iter().map(|(name, path)| (name, known(&path))).collect();
    state.insert(String::new(), known(folder));
    state
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let site = varied();
    let mut outputs = Vec::new();
    for jobs in ["1", "2", "4", "7"] {
        site.run(&["build", "--no-cache", "--jobs", jobs, "-o", jobs]).clean();
        outputs.push(files(&site.path(jobs)));
        fs::remove_dir_all(site.path(jobs)).unwrap();
    }
    assert!(outputs[0].len() > 40);
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}

#[test]
fn time_zone_locale_and_user_change_nothing() {
    let site = varied();
    let mut outputs = Vec::new();
    for (zone, language) in [
        ("UTC", "C"),
        ("Pacific/Kiritimati", "tr_TR.UTF-8"),
        ("America/Los_Angeles", "ar_EG.UTF-8"),
        (":bad", ""),
    ] {
        let environment =
            [("TZ", zone), ("LANG", language), ("LC_ALL", language), ("USER", zone), ("COLUMNS", "20")];
        let run = site.run_in(&environment, &["--now", site::NOW, "build", "--no-cache"]).clean();
        outputs.push((site.output(), run.err));
        fs::remove_dir_all(site.path("_site")).unwrap();
    }
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}

/// Also in a folder of another name, made in another order.
#[test]
fn where_a_site_lies_changes_nothing_but_its_untold_title() {
    let here = varied().built();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("handbook");
    for (name, path) in
        paths(&here.root()).into_iter().rev().filter(|(name, _)| !name.starts_with(['.', '_']))
    {
        fs::create_dir_all(copy.join(&name).parent().unwrap()).unwrap();
        fs::copy(path, copy.join(&name)).unwrap();
    }
    let out = elsewhere.path().join("out");
    let arguments = ["--now", site::NOW, "build", copy.to_str().unwrap(), "-o", out.to_str().unwrap()];
    Run::of(&command(Path::new("/"), elsewhere.path(), &arguments).output().unwrap()).clean();
    assert_eq!(files(&out), here.output());
}

#[test]
fn there_is_one_clock() {
    let site = varied();
    let build = |environment: &[(&str, &str)], arguments: &[&str]| {
        site.run_in(environment, &[&["build", "--no-cache"], arguments].concat()).clean();
        let output = site.output();
        fs::remove_dir_all(site.path("_site")).unwrap();
        output
    };
    let by_option = build(&[], &["--now", "2026-11-22T09:00:00Z"]);
    assert_eq!(by_option, build(&[("SOURCE_DATE_EPOCH", "1795338000")], &[]));
    assert_eq!(by_option, build(&[("SOURCE_DATE_EPOCH", "1")], &["--now", "2026-11-22T10:00+01:00"]));
}

#[test]
fn a_second_build_touches_nothing() {
    let site = varied().built();
    let before = (state(&site.path("_site")), state(&site.path(".threadmark-cache")));
    let run = site.build();
    assert_eq!(run.err, "Built 34 documents into _site in N s: nothing changed\n");
    assert_eq!((state(&site.path("_site")), state(&site.path(".threadmark-cache"))), before);
}

#[test]
fn a_changed_document_changes_its_page_and_what_shows_it() {
    let site = varied().built();
    let before = state(&site.path("_site"));
    site.write("updates/2026-11-20.md", "# Week\n\n## 2026-11-19\n\nDone, really[^1].\n\n[^1]: All.\n");
    site.build().clean();
    let after = state(&site.path("_site"));
    let changed: Vec<&str> = after
        .iter()
        .filter(|(name, now)| before.get(*name) != Some(*now))
        .map(|(name, _)| name.split('.').next().filter(|_| name.starts_with("search/")).unwrap_or(name))
        .collect();
    assert_eq!(
        changed,
        [
            "",
            ".threadmark",
            "index.html",
            "search/index",
            "search/spelling",
            "search/text",
            "search/words",
            "updates/2026-11-20/index.html",
            "updates/index.html",
        ]
    );
    assert_eq!(before.len(), after.len(), "what had another name before is gone");
}

#[test]
fn a_document_that_is_gone_takes_its_page_along() {
    let site = varied().built();
    fs::remove_file(site.path("specs/b.md")).unwrap();
    site.build().clean();
    let after = site.output();
    assert!(
        !after.keys().any(|path| path.starts_with("specs/b") || path.starts_with("tags/z")),
        "{:?}",
        after.keys()
    );
    fs::remove_dir_all(site.path("_site")).unwrap();
    site.build().clean();
    assert_eq!(site.output(), after, "a fresh build differs");
}

/// What is remembered of the whole build, and of each block of code.
const CACHES: [&str; 2] = ["facts", "painted"];

fn caches(site: &Site) -> [Vec<u8>; 2] {
    CACHES.map(|name| fs::read(site.path(".threadmark-cache").join(name)).unwrap())
}

fn write_caches(site: &Site, bytes: &[impl AsRef<[u8]>; 2]) {
    for (name, bytes) in CACHES.iter().zip(bytes) {
        site.write(&format!(".threadmark-cache/{name}"), bytes);
    }
}

/// A cache file made into another.
type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn a_cache_that_is_damaged_foreign_or_missing_gives_the_same_bytes() {
    let site = varied().built();
    let (expected, whole) = (site.output(), caches(&site));
    assert!(whole[1].len() > 1000);
    let damages: [Damage; 5] = [
        <[u8]>::to_vec,
        |whole| {
            whole
                .iter()
                .enumerate()
                .map(|(at, byte)| if at % 97 == 70 { byte ^ 0x55 } else { *byte })
                .collect()
        },
        |whole| whole[..whole.len() / 2].to_vec(),
        |_| b"another program's\n".to_vec(),
        |_| Vec::new(),
    ];
    for damage in damages {
        write_caches(&site, &[damage(&whole[0]), damage(&whole[1])]);
        site.build().clean();
        assert_eq!(site.output(), expected);
        fs::remove_dir_all(site.path("_site")).unwrap();
        site.build().clean();
        assert_eq!(site.output(), expected);
        assert_eq!(caches(&site)[1], whole[1], "it mends itself");
    }
    fs::remove_dir_all(site.path(".threadmark-cache")).unwrap();
    fs::remove_dir_all(site.path("_site")).unwrap();
    site.run(&["build", "--no-cache"]).clean();
    assert_eq!(site.output(), expected);
    assert!(!site.path(".threadmark-cache").exists());
}

/// Somebody else may have written a cache, with sums that are right.
#[test]
fn a_poisoned_cache_puts_nothing_into_a_page() {
    let site = varied().built();
    let (expected, whole) = (site.output(), caches(&site));
    for poison in [
        |value: String| value + "<script>alert(1)</script>",
        |value: String| value.replacen("<span class=", "<span class=k onclick=alert(1) class=", 1),
        |value: String| value.replace("fn", "rm").replace('x', "y"),
        |_: String| "</code></pre><img src=x onerror=alert(1)>".to_owned(),
        |_: String| "\u{0}\u{ffff}".repeat(1000),
        |_: String| String::new(),
    ] {
        write_caches(&site, &[rewritten(&whole[0], poison), rewritten(&whole[1], poison)]);
        site.build();
        assert_eq!(site.output(), expected);
        fs::remove_dir_all(site.path("_site")).unwrap();
        site.build().clean();
        assert_eq!(site.output(), expected);
    }
}

/// The cache file `whole` with other values; its format is in `src/disk/cache.rs`.
fn rewritten(whole: &[u8], poison: fn(String) -> String) -> Vec<u8> {
    let number =
        |at: usize| usize::try_from(u64::from_le_bytes(whole[at..at + 8].try_into().unwrap())).unwrap();
    let count = number(56);
    let values = 64 + count * 56 + 32;
    let (mut index, mut all) = (whole[..64].to_vec(), Vec::new());
    for entry in (64..64 + count * 56).step_by(56) {
        let (start, length) = (number(entry + 32), number(entry + 40));
        let old = String::from_utf8(whole[values + start..values + start + length].to_vec()).unwrap();
        let new = poison(old);
        index.extend_from_slice(&whole[entry..entry + 32]);
        index.extend_from_slice(&(all.len() as u64).to_le_bytes());
        index.extend_from_slice(&(new.len() as u64).to_le_bytes());
        index.extend_from_slice(&blake3::hash(new.as_bytes()).as_bytes()[..8]);
        all.extend_from_slice(new.as_bytes());
    }
    index.extend_from_slice(blake3::hash(&index.clone()).as_bytes());
    index.extend(all);
    index
}
