//! What git knows of the site, from the `git` program: dates per file, where the repository lives on the web, and on which commit the tree stands.
//!
//! Nothing a repository configures may run: no pager, hook, monitor, external diff or signature check, no lazy fetch, and
//! no bare repository that lies in the tree. Names are never patterns or options. One pass over the
//! log, streamed; its result is remembered by commit. Whatever fails leaves facts out, never stops a build.

mod command;
mod log;
mod remote;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::{GitFacts, GitHistory};
use crate::memo::{Key, Memo};
use crate::path::SourcePath;

use command::{Git, Trouble};

pub use remote::web_address;

/// Part of every key: facts remembered in another form are not found.
const FORM: &str = "git facts 2";

/// Whether the repository has committed, or is about to commit, anything at or below one of `paths` (absolute, or relative to
/// `root`). What lies there is then as much the work of whoever sends a pull request as the documents are.
pub fn tracks(root: &Path, paths: &[&Path]) -> bool {
    let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    // One by one: a path outside the repository is an error for the whole question.
    paths
        .par_iter()
        .any(|path| Git::new(root).text(&["ls-files", "-z", "--", path]).is_ok_and(|found| !found.is_empty()))
}

/// The name of whoever works in `folder`, as git is told it.
pub fn author(folder: &Path) -> Option<String> {
    let name = Git::new(folder).text(&["config", "--get", "user.name"]).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Whether `folder` lies in a repository whose top is another folder.
pub fn is_below_a_repository(folder: &Path) -> bool {
    Git::new(folder).text(&["rev-parse", "--show-prefix"]).is_ok_and(|prefix| !prefix.trim().is_empty())
}

/// What git knows of the files below `root`. `branch` is the branch to name where git knows none, as in a CI run
/// on a detached commit (there `GITHUB_REF_NAME` knows it). Outside a repository everything is empty, without a word; in
/// one that has committed nothing of the folder, all but the commit is.
pub fn history(root: &Path, branch: Option<&str>, memo: &dyn Memo) -> GitHistory {
    let git = Git::new(root);
    let place = match git.text(&["rev-parse", "--is-shallow-repository", "--show-prefix"]) {
        Ok(text) => text,
        Err(trouble) => return nothing(root, &trouble),
    };
    let (shallow, prefix) = place.split_once('\n').unwrap_or((&place, ""));
    let mut history = GitHistory {
        remote: git.text(&["config", "--get", "remote.origin.url"]).ok().and_then(|url| web_address(&url)),
        branch: named_branch(&git).or_else(|| branch.map(ToOwned::to_owned)),
        prefix: prefix.trim_end_matches(['\n', '/']).to_owned(),
        head: git.text(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok(),
        ..GitHistory::default()
    };
    if shallow == "true" {
        history.left_out = Some(
            "the clone is shallow, so it doesn't know when files were made or changed; fetch the whole history \
             (in GitHub Actions: `fetch-depth: 0` for actions/checkout)"
                .into(),
        );
    } else if let Some(head) = &history.head {
        match facts(&git, head, &history.prefix, memo) {
            // A folder that no commit has, such as an ignored one inside another project, is not that project's.
            Ok(facts) if facts == Facts::default() => {
                history = GitHistory { head: history.head, ..GitHistory::default() };
            }
            Ok(Facts { files, unbelievable }) => {
                history.files = files;
                history.left_out = (unbelievable > 0).then(|| {
                    format!("the commits of {unbelievable} files have dates that can't be right, so these files have none")
                });
            }
            Err(trouble) => history.left_out = Some(format!("git could not list the commits: {trouble}")),
        }
    }
    history
}

/// Without a repository there is nothing to say; with one that can't be asked there is.
fn nothing(root: &Path, trouble: &Trouble) -> GitHistory {
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let is_repository = root.ancestors().any(|folder| folder.join(".git").exists());
    let left_out = is_repository.then(|| format!("the repository can't be asked: {trouble}"));
    GitHistory { left_out, ..GitHistory::default() }
}

/// The branch that edits go to: the default one of `origin`, else the current one.
fn named_branch(git: &Git) -> Option<String> {
    let name = |reference: &str, prefix: &str| {
        let full = git.text(&["symbolic-ref", "--quiet", reference]).ok()?;
        full.strip_prefix(prefix).map(ToOwned::to_owned)
    };
    name("refs/remotes/origin/HEAD", "refs/remotes/origin/").or_else(|| name("HEAD", "refs/heads/"))
}

/// The dates of all files, and of how many they can't be believed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Facts {
    files: BTreeMap<SourcePath, GitFacts>,
    unbelievable: usize,
}

fn facts(git: &Git, head: &str, prefix: &str, memo: &dyn Memo) -> Result<Facts, Trouble> {
    let key: Key = *blake3::hash(format!("{FORM}\0{head}\0{prefix}").as_bytes()).as_bytes();
    if let Some(facts) = memo.get(&key).and_then(|text| parse(&text)) {
        return Ok(facts);
    }
    let facts = log::read(git, !prefix.is_empty())?;
    memo.put(key, Arc::from(print(&facts)));
    Ok(facts)
}

/// Facts as text for a memo: a line for each file, dates in seconds. A path holds no line end.
fn print(facts: &Facts) -> String {
    use std::fmt::Write as _;
    let mut out = format!("{}\n", facts.unbelievable);
    for (path, dates) in &facts.files {
        // Writing to a string can't fail.
        let changes: Vec<String> = dates.changes.iter().map(|at| at.as_second().to_string()).collect();
        let _ = writeln!(
            out,
            "{} {} {} {path}",
            dates.created.as_second(),
            dates.updated.as_second(),
            changes.join(",")
        );
    }
    out
}

/// What [`print`] wrote; `None` for anything else, since the text comes from a file that anybody may have written.
fn parse(text: &str) -> Option<Facts> {
    let (first, rest) = text.split_once('\n')?;
    let mut facts = Facts { unbelievable: first.parse().ok()?, ..Facts::default() };
    for line in rest.lines() {
        let mut parts = line.splitn(4, ' ');
        let date = |text: &str| Timestamp::from_second(text.parse().ok()?).ok();
        let (created, updated) = (date(parts.next()?)?, date(parts.next()?)?);
        let changes = parts.next()?.split(',').filter(|text| !text.is_empty());
        let changes = changes.take(GitFacts::KEPT).map(date).collect::<Option<_>>()?;
        facts.files.insert(SourcePath::new(parts.next()?).ok()?, GitFacts { created, updated, changes });
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_from_a_memo_as_they_were() {
        let at = |n| Timestamp::from_second(n).unwrap();
        let dates =
            GitFacts { created: at(5), updated: at(1_700_000_000), changes: vec![at(1_700_000_000), at(5)] };
        let files = BTreeMap::from([(SourcePath::new("a b/ö.md").unwrap(), dates)]);
        let facts = Facts { files, unbelievable: 3 };
        assert_eq!(parse(&print(&facts)), Some(facts));
        assert_eq!(parse("0\n1 2 2,1 ../etc"), None);
        assert_eq!(parse("0\n1 99999999999999 1 a.md"), None);
        assert_eq!(parse("junk"), None);
    }
}
