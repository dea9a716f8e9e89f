//! `threadmark init`: a folder that builds at once.

use std::fmt::Write as _;
use std::path::Path;

use super::arguments::{Common, Init};
use super::new::{from_here, today};
use super::print;
use super::session::{Status, absolute};
use crate::config::Kind;
use crate::disk::{self, Created, Failure};
use crate::pipeline::{self, trial};
use crate::source::git;
use crate::starter::site::{self, Found, Starter};

/// Makes what a site needs and doesn't have in the folder that `command` names.
pub(super) fn run(common: &Common, command: &Init) -> Result<Status, Failure> {
    common.threads()?;
    let root = absolute(command.dir.as_deref().unwrap_or(Path::new(".")));
    let options = common.options(None)?;
    disk::make_folder(&root)?;
    let configured = pipeline::configure(&root, &options)?;
    if pipeline::stops(configured.faults()) {
        common.show(configured.faults());
        return Ok(Status::Usage);
    }
    let today = today(configured.config(), &options);
    let has_config = configured.is_written();
    let project = trial::sources(&root, configured)?;
    let documents = trial::documents(&project);
    let found = Found {
        config: &project.config,
        configured: has_config,
        kinds: trial::kinds(&project, documents),
        below_a_repository: git::is_below_a_repository(&root),
    };
    let mut told = Told::default();
    for starter in site::plan(&found, today, git::author(&root).as_deref()) {
        let created = disk::create(&root, &starter.path, &starter.text)?;
        told.add(starter, created);
    }
    if common.quiet {
        return Ok(Status::Clean);
    }
    Ok(print(told.text(&root, &found).as_bytes()))
}

/// What became of the files.
#[derive(Default)]
struct Told {
    made: Vec<Starter>,
    stand: Vec<Starter>,
}

impl Told {
    fn add(&mut self, starter: Starter, created: Created) {
        match created {
            Created::New => self.made.push(starter),
            Created::Stands => self.stand.push(starter),
        }
    }

    /// What was made, what was left, and what to do next.
    fn text(&self, root: &Path, found: &Found<'_>) -> String {
        let mut out = String::new();
        let folder = from_here(root);
        for (head, files) in [("Made", &self.made), ("Left as it was", &self.stand)] {
            for file in files {
                let path = folder.join(file.path.as_str());
                let path = path.strip_prefix(".").unwrap_or(&path);
                let _ = writeln!(out, "{head}: {}", super::report::shown(&path.to_string_lossy()));
            }
        }
        let kinds: Vec<&str> =
            found.kinds.iter().filter(|kind| **kind != Kind::Page).map(|kind| kind.word()).collect();
        if !kinds.is_empty() {
            let _ = writeln!(out, "No sample where there are documents already: {}.", kinds.join(", "));
        }
        if found.below_a_repository {
            let _ = writeln!(out, "No workflow: GitHub reads those at the top of a repository only.");
        }
        let (serve, new) = match in_shell(&folder.to_string_lossy()) {
            None => (String::new(), String::new()),
            Some(folder) => (format!(" {folder}"), format!(" -C {folder}")),
        };
        let _ = writeln!(out, "\nNext:\n  threadmark serve{serve} --open");
        let _ = writeln!(out, "  threadmark new decision \"Use Postgres\"{new}");
        out
    }
}

/// `path` as an argument for a shell; none where it is the current folder.
fn in_shell(path: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    match path {
        "." => None,
        path if path.chars().all(plain) && !path.starts_with('-') => Some(path.to_owned()),
        path => Some(format!("'{}'", super::report::shown(path).replace('\'', "'\\''"))),
    }
}
