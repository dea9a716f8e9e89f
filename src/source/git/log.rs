//! One pass over `git log`, newest commit first, to the dates of every file that the current commit has.
//!
//! A file is followed backwards: what it is called now, through renames, to the commit that added it. Renames are those
//! that git finds by itself; where it lacks the contents for that (a partial clone), those without a changed byte.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

use jiff::Timestamp;

use super::command::{Git, Trouble};
use super::{Facts, GitFacts};
use crate::path::SourcePath;

/// How many added files of one commit are compared with removed ones: the cost grows with the square.
const RENAMES: &str = "-l400";

/// Starts a commit in the output, before its author date in seconds.
const COMMIT: u8 = 0x1e;

/// The dates of the files below git's folder; `below_root` where that is not the repository's own root.
pub(super) fn read(git: &Git, below_root: bool) -> Result<Facts, Trouble> {
    // Inexact renames need the contents, which a partial clone doesn't have.
    pass(git, below_root, "--find-renames").or_else(|_| pass(git, below_root, "--find-renames=100%"))
}

fn pass(git: &Git, below_root: bool, renames: &str) -> Result<Facts, Trouble> {
    let mut arguments = vec![
        "log",
        "-z",
        "--date-order",
        "--format=format:%x1e%at",
        "--name-status",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
        "--no-color",
        "--ignore-submodules=all",
        renames,
        RENAMES,
    ];
    if below_root {
        arguments.push("--relative");
    }
    arguments.extend(["HEAD", "--"]);
    if below_root {
        arguments.push(".");
    }
    let mut stream = git.stream(&arguments)?;
    let mut tracks = Tracks::default();
    if let Some(output) = &mut stream.output {
        tracks.read(output).map_err(Trouble::Missing)?;
    }
    stream.finish()?;
    Ok(tracks.facts())
}

/// The life of one file that the current commit has, as far back as it is known.
struct Life {
    path: Vec<u8>,
    newest: i64,
    oldest: i64,
    /// The newest changes.
    changes: Vec<i64>,
}

/// What a name means at the commit that is being read.
#[derive(Clone, Copy)]
enum Name {
    /// The file with this number.
    File(usize),
    /// A file that is gone, or one whose beginning was seen.
    Gone,
}

#[derive(Default)]
struct Tracks {
    lives: Vec<Life>,
    names: HashMap<Vec<u8>, Name>,
}

impl Tracks {
    fn read(&mut self, output: &mut impl BufRead) -> std::io::Result<()> {
        let mut date = 0;
        let (mut token, mut path, mut target) = (Vec::new(), Vec::new(), Vec::new());
        while next(output, &mut token)? {
            let token = token.trim_ascii_start();
            let Some((first, rest)) = token.split_first() else { continue };
            if *first == COMMIT {
                // The format may be followed by the first status without a NUL between them.
                let text = String::from_utf8_lossy(rest);
                let (number, status) = text.split_once('\n').unwrap_or((&text, ""));
                date = number.trim().parse().unwrap_or(-1);
                let Some(status) = status.trim().bytes().next() else { continue };
                self.change(status, date, output, &mut path, &mut target)?;
            } else {
                self.change(*first, date, output, &mut path, &mut target)?;
            }
        }
        Ok(())
    }

    fn change(
        &mut self,
        status: u8,
        date: i64,
        output: &mut impl BufRead,
        path: &mut Vec<u8>,
        target: &mut Vec<u8>,
    ) -> std::io::Result<()> {
        next(output, path)?;
        match status {
            b'R' | b'C' => {
                next(output, target)?;
                self.touched(target, date);
                self.begun(target, (status == b'R').then_some(path));
            }
            b'A' => {
                self.touched(path, date);
                self.begun(path, None);
            }
            b'D' => {
                self.names.entry(path.clone()).or_insert(Name::Gone);
            }
            _ => self.touched(path, date),
        }
        Ok(())
    }

    /// `path` was changed at `date`: its life reaches back at least to then.
    fn touched(&mut self, path: &[u8], date: i64) {
        match self.names.get(path) {
            Some(Name::File(id)) => {
                let life = &mut self.lives[*id];
                life.oldest = date;
                if life.changes.len() < GitFacts::KEPT {
                    life.changes.push(date);
                }
            }
            Some(Name::Gone) => {}
            None => {
                self.names.insert(path.to_vec(), Name::File(self.lives.len()));
                self.lives.push(Life {
                    path: path.to_vec(),
                    newest: date,
                    oldest: date,
                    changes: vec![date],
                });
            }
        }
    }

    /// The life of `path` under this name begins here; before, it had the name `before`. A name that is
    /// in use keeps its own file: histories of several branches meet here in any order.
    fn begun(&mut self, path: &[u8], before: Option<&Vec<u8>>) {
        let life = self.names.insert(path.to_vec(), Name::Gone).unwrap_or(Name::Gone);
        if let Some(before) = before
            && !matches!(self.names.get(before), Some(Name::File(_)))
        {
            self.names.insert(before.clone(), life);
        }
    }

    /// The dates in the form that the site uses. Names that are no source paths were reported by whoever read the
    /// disk; a file is left out where one of its dates can't be right.
    fn facts(self) -> Facts {
        let mut files = BTreeMap::new();
        let mut unbelievable = 0;
        for life in self.lives {
            let Some(path) = std::str::from_utf8(&life.path).ok().and_then(|path| SourcePath::new(path).ok())
            else {
                continue;
            };
            match (believable(life.oldest), believable(life.newest)) {
                (Some(created), Some(updated)) => {
                    let changes = life.changes.into_iter().filter_map(believable).collect();
                    files.insert(path, GitFacts { created, updated, changes });
                }
                _ => unbelievable += 1,
            }
        }
        Facts { files, unbelievable }
    }
}

/// A commit's date, unless it is the epoch or before (what broken tools write) or beyond the calendar.
fn believable(date: i64) -> Option<Timestamp> {
    if date > 0 { Timestamp::from_second(date).ok() } else { None }
}

/// Reads up to the next NUL; false at the end.
fn next(output: &mut impl BufRead, token: &mut Vec<u8>) -> std::io::Result<bool> {
    token.clear();
    let count = output.read_until(0, token)?;
    if token.last() == Some(&0) {
        token.pop();
    }
    Ok(count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(log: &str) -> Vec<(String, i64, i64)> {
        let mut tracks = Tracks::default();
        tracks.read(&mut log.replace('|', "\0").as_bytes()).unwrap();
        let facts = tracks.facts();
        facts
            .files
            .iter()
            .map(|(path, dates)| (path.to_string(), dates.created.as_second(), dates.updated.as_second()))
            .collect()
    }

    #[test]
    fn follows_renames_to_the_beginning() {
        let log =
            "\x1e9|\nM|new.md|\x1e8|\x1e7|\nR090|old.md|new.md|A|other.md|\x1e5|\nM|old.md|\x1e2|\nA|old.md|";
        assert_eq!(dates(log), [("new.md".into(), 2, 9), ("other.md".into(), 7, 7)]);
    }

    #[test]
    fn a_file_that_is_gone_has_no_dates_and_one_that_came_back_its_second_life() {
        let log = "\x1e9|\nA|back.md|\x1e8|\nD|gone.md|\x1e7|\nD|back.md|\x1e2|\nA|gone.md|A|back.md|";
        assert_eq!(dates(log), [("back.md".into(), 9, 9)]);
    }

    #[test]
    fn a_name_can_pass_from_one_file_to_another() {
        // a became b, then c became a.
        let log = "\x1e9|\nR100|c|a|\x1e8|\nR100|a|b|\x1e3|\nA|c|\x1e2|\nA|a|";
        assert_eq!(dates(log), [("a".into(), 3, 9), ("b".into(), 2, 8)]);
    }

    #[test]
    fn dates_that_cannot_be_right_are_left_out() {
        let log = "\x1e99999999999999|\nM|a|M|b|\x1e5|\nA|a|A|c|\x1e-1|\nA|b|\x1e0|\nA|d|";
        assert_eq!(dates(log), [("c".into(), 5, 5)]);
    }

    #[test]
    fn names_may_look_like_anything() {
        let log = "\x1e9|\nA|R100|A|\x1e5|A|:(glob)*|A|-x|A|a\nb|";
        assert_eq!(dates(log), [("-x".into(), 9, 9), (":(glob)*".into(), 9, 9), ("R100".into(), 9, 9)]);
    }
}
