//! Who claims which output file, so that two sources never meet on one.
//!
//! Names are compared as file systems that ignore case would, because a site built on one machine is served
//! from another. A file and a folder of the same name meet too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::ONCE;
use crate::path::{OutputPath, UrlPath};

/// Who claims what there is once on a site.
const OWN: &str = "a file of Threadmark's own";

/// How the disk knows an output folder of ours; no part of the site.
const MARK: &str = "/.threadmark";

/// The file that is served for a folder.
const INDEX: &str = "index.html";

/// The claims so far. There is one for each page, and each round of a preview makes them anew, so that a claim is one entry of
/// one table, and shares what it keeps with who made it.
#[derive(Debug, Default)]
pub struct Claims {
    /// By folded path, that of a folder's `index.html` left out: it is with its folder.
    places: HashMap<Box<str>, Place>,
    /// Whether a folder is called `index.html`, which may be asked for in both ways then.
    odd: bool,
    all: Vec<(UrlPath, Arc<str>)>,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    own: Option<Use>,
    /// By whom the `index.html` in it is claimed.
    index: Option<usize>,
}

/// A claim, and whether it is of the file at a path or of something in the folder there.
#[derive(Clone, Copy, Debug)]
enum Use {
    File(usize),
    Folder(usize),
}

/// Another claim that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The file it claims.
    pub output: OutputPath,
    /// Who claims it: a source path, or what Threadmark writes there.
    pub by: Arc<str>,
}

impl Taken {
    /// Whether a file of the site's own may take the place all the same: an icon, and what it tells crawlers.
    pub fn yields(&self) -> bool {
        let may = |address: &str| UrlPath::new(address).is_ok_and(|url| url.output() == self.output);
        *self.by == *OWN && ONCE.iter().any(|once| once.yields && may(once.address))
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

    /// Claims the file that serves `url` for `by`, unless the same file, a folder of that name, or a file where one of its
    /// folders should be is taken.
    pub fn claim(&mut self, url: &UrlPath, by: impl Into<Arc<str>>) -> Result<(), Taken> {
        let (path, is_index) = place_of(url);
        let place = self.at(&path);
        let there =
            if is_index { place.index.or_else(|| self.folder_called_index(&path)) } else { place.by() };
        if let Some(claim) = there {
            return Err(self.taken(claim));
        }
        let own = Some(&*path).filter(|folder| is_index && !folder.is_empty());
        let mut new: Vec<&str> = Vec::new();
        for folder in own.into_iter().chain(path.rmatch_indices('/').map(|(at, _)| &path[..at])) {
            match self.at(folder).own {
                // What is around a known folder is known, and no file.
                Some(Use::Folder(_)) => break,
                Some(Use::File(claim)) => return Err(self.taken(claim)),
                None => new.push(folder),
            }
            if let Some(claim) = above(folder).and_then(|folder| self.at(folder).index) {
                return Err(self.taken(claim));
            }
        }
        let claim = self.all.len();
        for folder in new {
            self.odd |= above(folder).is_some();
            self.put(folder).own = Some(Use::Folder(claim));
        }
        let place = self.put(&path);
        if is_index {
            place.index = Some(claim);
        } else {
            place.own = Some(Use::File(claim));
        }
        self.all.push((url.clone(), by.into()));
        Ok(())
    }

    /// Whether the file that serves `url` is claimed.
    pub fn is_taken(&self, url: &UrlPath) -> bool {
        let (path, is_index) = place_of(url);
        let place = self.at(&path);
        if is_index { place.index.is_some() } else { matches!(place.own, Some(Use::File(_))) }
    }

    fn at(&self, path: &str) -> Place {
        self.places.get(path).copied().unwrap_or_default()
    }

    fn put(&mut self, path: &str) -> &mut Place {
        self.places.entry(path.into()).or_default()
    }

    fn folder_called_index(&self, folder: &str) -> Option<usize> {
        let path = || if folder.is_empty() { INDEX.to_owned() } else { format!("{folder}/{INDEX}") };
        if self.odd { self.at(&path()).by() } else { None }
    }

    fn taken(&self, claim: usize) -> Taken {
        let (url, by) = &self.all[claim];
        Taken { output: url.output(), by: Arc::clone(by) }
    }
}

impl Place {
    fn by(self) -> Option<usize> {
        self.own.map(|(Use::File(claim) | Use::Folder(claim))| claim)
    }
}

/// The folder in which `path` is called `index.html`.
fn above(path: &str) -> Option<&str> {
    let folder = path.strip_suffix(INDEX)?;
    if folder.is_empty() { Some(folder) } else { folder.strip_suffix('/') }
}

/// Where the file that serves `url` is: its folded path, or that of the folder whose `index.html` it is.
fn place_of(url: &UrlPath) -> (Cow<'_, str>, bool) {
    let mut path = fold(&url.as_str()[1..]);
    let folder = match path.strip_suffix('/') {
        Some(folder) => folder.len(),
        None if path.is_empty() => 0,
        None => match above(&path) {
            Some(folder) => folder.len(),
            None => return (path, false),
        },
    };
    match &mut path {
        Cow::Borrowed(path) => *path = &path[..folder],
        Cow::Owned(path) => path.truncate(folder),
    }
    (path, true)
}

fn fold(path: &str) -> Cow<'_, str> {
    // Most addresses are folded as they are given.
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    if path.is_ascii() {
        return Cow::Owned(path.to_ascii_lowercase());
    }
    Cow::Owned(path.nfc().flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(paths: &[&str]) -> Vec<Option<String>> {
        let mut claims = Claims::default();
        let mut claim = |path: &&str| {
            let url = UrlPath::new(&format!("/{path}")).unwrap();
            let outcome = claims.claim(&url, *path).err().map(|taken| taken.by.to_string());
            assert!(claims.is_taken(&url) || outcome.is_some(), "{path}");
            outcome
        };
        paths.iter().map(&mut claim).collect()
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
        assert_eq!(outcome(&["a", "b/c", "a/b/c"]), [None, None, Some("a".into())]);
    }

    #[test]
    fn the_page_of_a_folder_is_its_index() {
        assert_eq!(outcome(&["a/", "a/index.html"]), [None, Some("a/".into())]);
        assert_eq!(outcome(&["A/INDEX.html", "a/"]), [None, Some("A/INDEX.html".into())]);
        assert_eq!(outcome(&["", "index.html", "a/"]), [None, Some(String::new()), None]);
        assert_eq!(outcome(&["a/b/", "a/", "a/c"]), [None, None, None]);
    }

    #[test]
    fn a_folder_may_be_called_index() {
        assert_eq!(outcome(&["a/", "a/index.html/b"]), [None, Some("a/".into())]);
        assert_eq!(outcome(&["a/index.html/b", "a/"]), [None, Some("a/index.html/b".into())]);
        assert_eq!(outcome(&["index.html/", "", "b"]), [None, Some("index.html/".into()), None]);
        assert_eq!(outcome(&["a/index.html/b", "a/c"]), [None, None]);
    }
}
