//! Where a site may be written: the output folder's real place, and the folders that a build must never replace.
//!
//! Everything in an output folder is replaced by a build, so the question here is always "could this be somebody's work?".

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;

use super::mark::Mark;
use super::staging::is_ours;
use super::write::WritePlan;
use super::{Failure, MARK};

/// `path` without links, as far as it exists; what doesn't exist yet follows as it is written.
pub(super) fn real_output(path: &Path) -> PathBuf {
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    loop {
        if let Ok(mut real) = std::fs::canonicalize(&existing) {
            real.extend(missing.iter().rev());
            return lexical(&real);
        }
        match (existing.file_name().map(ToOwned::to_owned), existing.parent()) {
            (Some(name), Some(parent)) => {
                missing.push(name);
                existing = parent.to_owned();
            }
            // `..` after something that doesn't exist: taken as it is written.
            (None, Some(parent)) => {
                missing.push("..".into());
                existing = parent.to_owned();
            }
            _ => return lexical(path),
        }
    }
}

fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// Refuses an output folder that is not ours to replace, else gives its real path and its old mark. `root` is real.
pub(super) fn checked(root: &Path, plan: &WritePlan) -> Result<(PathBuf, Option<Mark>), Failure> {
    let written = root.join(&plan.output);
    let real = real_output(&written);
    if let Some(reason) = misplaced(root, &written, &real, plan) {
        return Err(refuse(
            &plan.output,
            &reason,
            "Name another folder with `-o`, or with `output` in threadmark.yml.",
        ));
    }
    let Ok(meta) = real.symlink_metadata() else { return Ok((real, None)) };
    if !meta.is_dir() {
        return Err(refuse(&plan.output, "it is a file", "Name a folder."));
    }
    let mark = Mark::read(&real).map_err(|error| Failure::io("read", &real.join(MARK), &error))?;
    if mark.is_none() {
        let entries = std::fs::read_dir(&real).map_err(|error| Failure::io("read", &real, &error))?;
        if let Some(name) = entries.flatten().map(|e| e.file_name()).filter(|name| !is_ours(name)).min() {
            let reason =
                format!("it holds files that Threadmark did not write, such as `{}`", name.display());
            return Err(refuse(&plan.output, &reason, "Empty it first, or name another folder with `-o`."));
        }
    }
    Ok((real, mark))
}

fn misplaced(root: &Path, written: &Path, real: &Path, plan: &WritePlan) -> Option<String> {
    if written.is_symlink() && !real.starts_with(root) {
        return Some(format!("it is a symbolic link outside the site, to `{}`", real.display()));
    }
    if real == root {
        return Some("it is the site's own folder".into());
    }
    if root.starts_with(real) {
        return Some("it holds the site's own folder".into());
    }
    let home = plan.home.as_deref().map(real_output);
    if home.is_some_and(|home| home.starts_with(real)) {
        return Some("it is or holds the home folder".into());
    }
    if real.components().any(|part| part.as_os_str() == ".git") {
        return Some("it lies in a `.git` folder".into());
    }
    let held = plan.sources.iter().find(|source| real_output(&root.join(source)).starts_with(real));
    held.map(|source| format!("it holds the sources in `{}`", source.display()))
}

fn refuse(output: &Path, reason: &str, hint: &str) -> Failure {
    let message = format!("`{}` can't be the output folder: {reason}", output.display());
    Failure::Usage(Diagnostic::error("output-refused", message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_do_not_exist_are_resolved_as_written() {
        let root = tempfile::tempdir().unwrap();
        let real = root.path().canonicalize().unwrap();
        assert_eq!(real_output(&root.path().join("no/such/../thing")), real.join("no/thing"));
        assert_eq!(real_output(&root.path().join("no/..")), real);
    }
}
