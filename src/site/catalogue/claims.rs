//! Who claims which output file, so that two sources never meet on one.
//!
//! Names are compared as file systems that ignore case would, because a site built on one machine is served
//! from another. A file and a folder of the same name meet too.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::ONCE;
use crate::path::{OutputPath, UrlPath};

/// Who claims what there is once on a site.
const OWN: &str = "a file of Threadmark's own";

/// How the disk knows an output folder of ours; no part of the site.
const MARK: &str = "/.threadmark";

/// The claims so far.
#[derive(Debug, Default)]
pub struct Claims {
    files: HashMap<String, Claim>,
    folders: HashMap<String, usize>,
    all: Vec<(OutputPath, String)>,
}

#[derive(Clone, Copy, Debug)]
struct Claim(usize);

/// Another claim that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The file it claims.
    pub output: OutputPath,
    /// Who claims it: a source path, or what Threadmark writes there.
    pub by: String,
}

impl Taken {
    /// Whether a file of the site's own may take the place all the same: an icon, and what it tells crawlers.
    pub fn yields(&self) -> bool {
        let may = |address: &str| UrlPath::new(address).is_ok_and(|url| url.output() == self.output);
        self.by == OWN && ONCE.iter().any(|once| once.yields && may(once.address))
    }
}

impl Claims {
    /// With what Threadmark may write on any site, which comes before all others, so that whatever wants one of these places
    /// is what is said to be wrong.
    pub fn new() -> Self {
        let mut claims = Self::default();
        for address in ONCE.iter().map(|once| once.address).chain([MARK]) {
            if let Ok(url) = UrlPath::new(address) {
                // Nothing else is claimed yet.
                let _ = claims.claim(&url, OWN);
            }
        }
        claims
    }

    /// Claims the file that serves `url` for `by`.
    pub fn claim(&mut self, url: &UrlPath, by: &str) -> Result<(), Taken> {
        self.claim_file(url.output(), by)
    }

    /// Claims `output` for `by`, unless the same file, a folder of that name, or a file where one of its
    /// folders should be is taken.
    pub fn claim_file(&mut self, output: OutputPath, by: &str) -> Result<(), Taken> {
        let key = fold(output.as_str());
        if let Some(claim) = self.files.get(&key) {
            return Err(self.taken(claim.0));
        }
        if let Some(index) = self.folders.get(&key) {
            return Err(self.taken(*index));
        }
        // What is around a known folder is known, and no file.
        let around = key.rmatch_indices('/').map(|(at, _)| &key[..at]);
        let new: Vec<&str> = around.take_while(|folder| !self.folders.contains_key(*folder)).collect();
        if let Some(claim) = new.iter().find_map(|folder| self.files.get(*folder)) {
            return Err(self.taken(claim.0));
        }
        let index = self.all.len();
        self.folders.extend(new.into_iter().map(|folder| (folder.to_owned(), index)));
        self.files.insert(key, Claim(index));
        self.all.push((output, by.to_owned()));
        Ok(())
    }

    /// Whether that file is claimed.
    pub fn is_taken(&self, output: &OutputPath) -> bool {
        self.files.contains_key(&fold(output.as_str()))
    }

    fn taken(&self, index: usize) -> Taken {
        let (output, by) = &self.all[index];
        Taken { output: output.clone(), by: by.clone() }
    }
}

fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(paths: &[&str]) -> Vec<Option<String>> {
        let mut claims = Claims::default();
        let claim =
            |path: &&str| claims.claim_file(OutputPath::new(path).unwrap(), path).err().map(|taken| taken.by);
        paths.iter().map(claim).collect()
    }

    #[test]
    fn names_who_was_first() {
        assert_eq!(outcome(&["a/index.html", "b/index.html"]), [None, None]);
        assert_eq!(outcome(&["a/x.png", "A/X.png"]), [None, Some("a/x.png".into())]);
        assert_eq!(outcome(&["e\u{301}.txt", "é.txt"]), [None, Some("e\u{301}.txt".into())]);
    }

    #[test]
    fn sees_a_file_where_a_folder_should_be() {
        assert_eq!(outcome(&["a", "a/index.html"]), [None, Some("a".into())]);
        assert_eq!(outcome(&["a/b/index.html", "A/b"]), [None, Some("a/b/index.html".into())]);
    }
}
