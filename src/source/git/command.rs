//! The one way in which git is started: without a shell, with everything off that a repository could make it run.

use std::fmt;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Settings that a repository's own configuration can't take back.
const SETTINGS: [&str; 8] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "core.pager=cat",
    "log.showSignature=false",
    "log.showRoot=true",
    "protocol.allow=never",
    // A folder of the tree that looks like a repository of its own is none.
    "safe.bareRepository=explicit",
];

/// Variables with these beginnings are the user's own settings; all others that start with `GIT_` could point git
/// at another repository, as they do in hooks.
const KEPT: [&str; 3] = ["GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"];

/// Why git gave no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There is no such program, or it can't be started.
    Missing(std::io::Error),
    /// It ended with an error; the first line of what it said.
    Failed(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(error) => write!(f, "git can't be started: {error}"),
            Self::Failed(said) => f.write_str(said),
        }
    }
}

/// Git, asked in one folder.
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("GIT_") && !KEPT.iter().any(|kept| text.starts_with(kept)) {
                command.env_remove(&name);
            }
        }
        for (name, value) in [
            ("LC_ALL", "C"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_ATTR_NOSYSTEM", "1"),
        ] {
            command.env(name, value);
        }
        command.arg("--no-pager").arg("--literal-pathspecs");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// What git prints, without the last line end.
    pub(super) fn text(&self, arguments: &[&str]) -> Result<String, Trouble> {
        let output = self.command(arguments).output().map_err(Trouble::Missing)?;
        if !output.status.success() {
            return Err(failed(&output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }

    /// Starts git and gives its output as it comes.
    pub(super) fn stream(&self, arguments: &[&str]) -> Result<Stream, Trouble> {
        let mut child = self.command(arguments).stdout(Stdio::piped()).spawn().map_err(Trouble::Missing)?;
        let output = child.stdout.take().map(|out| BufReader::with_capacity(1 << 16, out));
        // Read beside the output, or a long complaint would block git and git would block us.
        let complaint = child.stderr.take().map(|mut err| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = err.read_to_end(&mut text);
                text
            })
        });
        Ok(Stream { child, output, complaint })
    }
}

/// A git that is at work; it is ended when this is dropped.
pub(super) struct Stream {
    child: Child,
    pub(super) output: Option<BufReader<ChildStdout>>,
    complaint: Option<std::thread::JoinHandle<Vec<u8>>>,
}

impl Stream {
    /// Waits for the end, which must be a good one.
    pub(super) fn finish(mut self) -> Result<(), Trouble> {
        drop(self.output.take());
        let status = self.child.wait().map_err(Trouble::Missing)?;
        let said = self.complaint.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        if status.success() { Ok(()) } else { Err(failed(&said)) }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failed(complaint: &[u8]) -> Trouble {
    let text = String::from_utf8_lossy(complaint);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
    Trouble::Failed(first.trim_start_matches("fatal: ").to_owned())
}
