//! A small site in a folder of its own, and what the program makes of it.
//!
//! Every run has the same clock and an empty environment, and ends after 20 seconds: a test never measures time, it
//! fails where a run is killed. Nothing here knows the library; the tests see what a person sees.

#![allow(dead_code, reason = "each file of tests uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

pub mod links;
pub mod page;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use page::Page;
use tempfile::TempDir;

/// The clock of every run.
pub const NOW: &str = "2026-11-22T09:00:00Z";

/// How long a run may take before it counts as hanging.
const LONGEST: Duration = Duration::from_secs(20);

/// What every site has, whatever it says.
pub const ALWAYS: [&str; 7] =
    [".nojekyll", ".threadmark", "404.html", "favicon.svg", "index.html", "robots.txt", "search/index.html"];

/// A site's folder, gone at the end of the test.
pub struct Site {
    home: TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub status: i32,
    pub out: String,
    /// Standard error; times are `N`.
    pub err: String,
}

/// A folder with `files`.
pub fn site(files: &[(&str, &str)]) -> Site {
    let site = Site { home: tempfile::tempdir().unwrap() };
    fs::create_dir(site.root()).unwrap();
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

/// The program with `arguments` in `folder`, with a home of its own and nothing else in the environment.
pub fn command(folder: &Path, home: &Path, arguments: &[&str]) -> snapbox::cmd::Command {
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_threadmark"))
        .current_dir(folder)
        .env_clear()
        .env("HOME", home)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .timeout(LONGEST)
        .args(arguments);
    match std::env::var_os("PATH") {
        Some(path) => command.env("PATH", path),
        None => command,
    }
}

impl Run {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let status = output.status.code();
        let (out, err) = (text(&output.stdout), without_times(&text(&output.stderr)));
        Self { status: status.unwrap_or_else(|| panic!("killed; it had said {err}")), out, err }
    }

    /// That the run ended well and said nothing but its closing line.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert_eq!((self.status, self.findings()), (0, ""), "{}", self.err);
        self
    }

    /// What was said before the closing line of a build.
    pub fn findings(&self) -> &str {
        self.err.split_once("Built ").map_or(&self.err, |(findings, _)| findings)
    }

    /// The heads of all findings: `error[code]: message`, in the order shown.
    pub fn heads(&self) -> Vec<&str> {
        let is_head =
            |line: &&str| ["error[", "warning[", "note["].iter().any(|severity| line.starts_with(severity));
        self.err.lines().filter(is_head).collect()
    }

    /// The severities and codes of all findings, each once: `error[code]`.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> =
            self.heads().iter().filter_map(|head| head.split_once(": ")).map(|(code, _)| code).collect();
        codes.dedup();
        codes
    }
}

/// `in 0.03 s` as `in N s`: how long it took is no promise.
fn without_times(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once(" in ") else { return text.to_owned() };
    match after.split_once(" s: ") {
        Some((time, rest)) if time.parse::<f64>().is_ok() => format!("{before} in N s: {rest}"),
        _ => text.to_owned(),
    }
}

impl Site {
    pub fn root(&self) -> PathBuf {
        self.home.path().join("handbook")
    }

    /// The folder that the site's own folder stands in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the program in the site's folder, at [`NOW`].
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(&[], &[&["--now", NOW], arguments].concat())
    }

    /// Runs the program with more in its environment; the clock is what the arguments say.
    pub fn run_in(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
        let command = environment
            .iter()
            .fold(command(&self.root(), self.home(), arguments), |command, (name, value)| {
                command.env(name, value)
            });
        Run::of(&command.output().unwrap())
    }

    /// `threadmark build` on one thread with at most `mebibytes` of address space.
    pub fn build_within(&self, mebibytes: u32) -> Run {
        let limited = "ulimit -v \"$0\" && exec \"$@\"";
        let program = env!("CARGO_BIN_EXE_threadmark");
        let kib = (mebibytes * 1024).to_string();
        let command = snapbox::cmd::Command::new("sh")
            .args(["-c", limited, &kib, program, "--now", NOW, "--jobs", "1", "build"])
            .current_dir(self.root())
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .timeout(LONGEST);
        Run::of(&command.output().unwrap())
    }

    /// `threadmark build`
    pub fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// `threadmark build` that must end well and find nothing.
    #[track_caller]
    pub fn built(self) -> Self {
        self.build().clean();
        self
    }

    /// Everything in `_site`, by path.
    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("_site"))
    }

    /// The paths in `_site` other than [`ALWAYS`], the theme's and the search's.
    pub fn published(&self) -> Vec<String> {
        let ours = |path: &String| {
            ALWAYS.contains(&path.as_str()) || path.starts_with("assets/") || path.starts_with("search/")
        };
        self.output().into_keys().filter(|path| !ours(path)).collect()
    }

    /// A page of the output, parsed as a browser does.
    #[track_caller]
    pub fn page(&self, path: &str) -> Page {
        let text = fs::read_to_string(self.path("_site").join(path));
        Page::parse(
            &text.unwrap_or_else(|error| panic!("no page {path}: {error}; there are {:?}", self.published())),
        )
    }
}

/// All files below `folder`, by their paths with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    paths(folder).into_iter().map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

/// All files below `folder`: their names with `/`, and where they are.
pub fn paths(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().iter().map(OsStr::to_string_lossy);
                found.insert(name.collect::<Vec<_>>().join("/"), path);
            }
        }
    }
    found
}
