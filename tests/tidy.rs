//! Holds the lines of `ARCHITECTURE.md`: who may import whom, what stays at the edges, how files open.
//!
//! The sources are read as text on purpose: the rules are about what stands in the files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't read the sources must stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the foundation up; a room imports only from those before it.
const ROOMS: [&str; 19] = [
    "frozen",
    "escape",
    "path",
    "diagnostic",
    "time",
    "memo",
    "yaml",
    "source",
    "config",
    "document",
    "recording",
    "sink",
    "site",
    "starter",
    "search",
    "render",
    "pipeline",
    "edges",
    "main",
];

/// What the rooms at the edges may import. The pipeline composes all stages, so it knows how the disk is read.
const EDGES: [(&str, &[&str]); 3] = [
    ("disk", &["path", "diagnostic", "memo", "source", "sink", "disk"]),
    ("serve", &["path", "diagnostic", "source", "sink", "disk", "serve"]),
    ("cli", &["*"]),
];

/// Words that may stand only in some rooms, and why.
const CONFINED: [(&str, &[&str], &str); 8] = [
    ("std::fs", &["disk/", "serve/"], "reading and writing stand at the edges"),
    ("walkdir", &["disk/", "serve/"], "reading and writing stand at the edges"),
    ("std::process::Command", &["source/git", "serve/"], "only git and the browser are started"),
    ("println!", &["cli/"], "only the command line prints"),
    ("eprintln!", &["cli/"], "only the command line prints"),
    ("Timestamp::now", &["cli/", "main.rs"], "the clock comes in as a value"),
    ("SystemTime::now", &["cli/", "main.rs"], "the clock comes in as a value"),
    ("env::var", &["cli/", "main.rs", "source/git"], "the environment comes in as values"),
];

struct Source {
    /// Below `src/`, with `/`.
    name: String,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The text without comments and without the unit tests at its foot, which may do as they like.
    fn code(&self) -> String {
        if self.name.ends_with("tests.rs")
            || self.name.contains("/tests/")
            || self.name.ends_with("fixture.rs")
        {
            return String::new();
        }
        let end = self.text.find("#[cfg(test)]\nmod tests").unwrap_or(self.text.len());
        let code = self.text[..end].lines().map(|line| line.split("//").next().unwrap_or(""));
        code.collect::<Vec<_>>().join("\n")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    let mut sources: Vec<Source> = files
        .into_iter()
        .map(|path| Source {
            name: path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn rank(room: &str) -> usize {
    let room = if EDGES.iter().any(|(edge, _)| *edge == room) { "edges" } else { room };
    ROOMS
        .iter()
        .position(|known| *known == room)
        .unwrap_or_else(|| panic!("src/{room} is in no list of rooms"))
}

/// The rooms that `code` names as `crate::ROOM` (or, in the binary, `threadmark::ROOM`), also in groups.
fn imports(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for root in ["crate::", "threadmark::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => rooms.extend(group_heads(group)),
                None => rooms.push(word(rest)),
            }
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

/// The first words of the members of `a::b, c::{d, e}}`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn assert_none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn rooms_import_only_from_rooms_above() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|s| s.name != "lib.rs") {
        for import in imports(&source.code()) {
            let is_room = ROOMS.contains(&import.as_str()) || EDGES.iter().any(|(edge, _)| *edge == import);
            let own = source.room();
            if !is_room || import == own {
                continue;
            }
            let allowed = match EDGES.iter().find(|(edge, _)| *edge == own) {
                Some((_, list)) => list.contains(&"*") || list.contains(&import.as_str()),
                None => rank(&import) < rank(own) || (own, import.as_str()) == ("pipeline", "disk"),
            };
            if !allowed {
                found.push(format!("src/{} imports {import}", source.name));
            }
        }
    }
    assert_none(&found, "a room imports only from those above it");
}

#[test]
fn edges_stay_at_the_edges() {
    let mut found = Vec::new();
    for source in sources() {
        let code = source.code();
        for (word, rooms, why) in CONFINED {
            let at_home = rooms.iter().any(|room| source.name.starts_with(room));
            let here = code
                .match_indices(word)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            if !at_home && here {
                found.push(format!("src/{} uses {word}: {why}", source.name));
            }
        }
    }
    assert_none(&found, "the middle is pure");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent =
        sources().iter().filter(|s| !s.text.starts_with("//!")).map(|s| s.name.clone()).collect::<Vec<_>>();
    assert_none(&silent, "every file opens with `//!`");
}

#[test]
fn no_room_is_crowded() {
    let long = |s: &Source| {
        let lines = s.text.lines().count();
        (lines > 400).then(|| format!("src/{} has {lines} lines", s.name))
    };
    assert_none(&sources().iter().filter_map(long).collect::<Vec<_>>(), "no file has more than 400 lines");
}

#[test]
fn names_say_something() {
    let vague = |s: &Source| {
        ["utils", "util", "helpers", "helper", "common", "manager", "misc"]
            .iter()
            .any(|word| s.name.split('/').any(|part| part.trim_end_matches(".rs") == *word))
    };
    let found: Vec<String> = sources().iter().filter(|s| vague(s)).map(|s| s.name.clone()).collect();
    assert_none(&found, "no room is called after nothing");
}

#[test]
fn the_rules_can_be_broken() {
    assert_eq!(imports("use crate::{path::SourcePath, site::{a, b}, time};"), ["path", "site", "time"]);
    assert_eq!(imports("fn f(x: crate::disk::Sink) {}"), ["disk"]);
    assert!(rank("path") < rank("site") && rank("disk") > rank("pipeline"));
}
