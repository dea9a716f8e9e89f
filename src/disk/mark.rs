//! The mark in an output folder: that the folder is ours, and what a build put there.
//!
//! A line for each file with hash, size and path, so that the next build knows what it would write again without
//! reading any of it. There are no times in it: the same site has the same mark. A file that changed after the mark
//! was written is told by its own time of change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::path::OutputPath;

use super::MARK;

/// First line of a mark, up to the version of its format.
const HEAD: &str = "threadmark output ";
const VERSION: &str = "1";

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    /// BLAKE3.
    pub(super) hash: blake3::Hash,
    /// In bytes.
    pub(super) size: u64,
}

/// An output folder's mark.
#[derive(Debug)]
pub(super) struct Mark {
    /// What stands in the folder; `None` where a build was stopped while it wrote file by file, where the mark
    /// is damaged, or where another version wrote it.
    pub(super) files: Option<BTreeMap<String, Print>>,
    /// When the mark was written: after every file that it names.
    pub(super) written: SystemTime,
    /// The hash of the mark itself.
    pub(super) hash: [u8; 32],
}

impl Mark {
    /// The mark in `folder`; `None` where there is none of ours.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(MARK);
        let meta = match path.symlink_metadata() {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if !meta.is_file() {
            return Ok(None);
        }
        let bytes = std::fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        if !text.starts_with(HEAD) {
            return Ok(None);
        }
        Ok(Some(Self {
            files: parse(&text),
            written: meta.modified()?,
            hash: *blake3::hash(&bytes).as_bytes(),
        }))
    }
}

/// The text of a mark for these files; `None` says that the folder is ours and in the middle of a change.
pub(super) fn text<'a>(files: Option<impl Iterator<Item = (&'a OutputPath, Print)>>) -> String {
    let mut out = format!("{HEAD}{VERSION}\n");
    if let Some(files) = files {
        let mut count = 0_usize;
        for (path, print) in files {
            out.push_str(&print.hash.to_hex());
            // Writing to a string can't fail.
            let _ = write!(out, " {} ", print.size);
            out.push_str(path.as_str());
            out.push('\n');
            count += 1;
        }
        let _ = writeln!(out, "end {count}");
    }
    out
}

fn parse(text: &str) -> Option<BTreeMap<String, Print>> {
    let mut lines = text.lines();
    if lines.next()?.strip_prefix(HEAD)? != VERSION {
        return None;
    }
    let mut files = BTreeMap::new();
    for line in lines.by_ref() {
        let (first, rest) = line.split_once(' ')?;
        if first == "end" {
            return (rest.parse() == Ok(files.len()) && lines.next().is_none()).then_some(files);
        }
        let (size, path) = rest.split_once(' ')?;
        let print = Print { hash: blake3::Hash::from_hex(first).ok()?, size: size.parse().ok()? };
        files.insert(path.to_owned(), print);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (OutputPath, Print) {
        (OutputPath::new("a b/ö.html").unwrap(), Print { hash: blake3::hash(b"x"), size: 1 })
    }

    #[test]
    fn says_what_was_written() {
        let (path, print) = sample();
        let text = text(Some([(&path, print)].into_iter()));
        assert_eq!(parse(&text), Some(BTreeMap::from([(path.to_string(), print)])));
    }

    #[test]
    fn every_cut_or_foreign_mark_knows_no_files() {
        let (path, print) = sample();
        let whole = text(Some([(&path, print)].into_iter()));
        for end in (0..whole.len() - 1).filter(|i| whole.is_char_boundary(*i)) {
            assert_eq!(parse(&whole[..end]), None, "{end}");
        }
        assert_eq!(parse(&whole.replace("output 1", "output 2")), None);
        assert_eq!(parse(&format!("{whole}more\n")), None);
        assert_eq!(parse(&text(None::<std::iter::Empty<_>>)), None);
    }
}
