//! Memory as a [`Sink`], and the finished site that it becomes: what tests look at, and serve.
//!
//! Pages are kept as bytes. Files that are copied stay where they are and are read when a browser asks: a site's
//! recordings are larger than its memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use axum::body::Bytes;

use super::site::{Made, Served};
use crate::disk::DiskAssets;
use crate::path::OutputPath;
use crate::sink::{Content, Sink, SinkError};
use crate::source::AssetReader;

/// What is kept of a file.
#[derive(Clone, Debug)]
pub enum Stored {
    /// Its bytes.
    Bytes(Bytes),
    /// Where they are.
    Copy(crate::path::SourcePath),
}

/// Takes a site into memory.
#[derive(Debug, Default)]
pub struct MemorySink {
    assets: Option<DiskAssets>,
    files: Mutex<BTreeMap<String, (Stored, blake3::Hash)>>,
}

/// A site in memory.
#[derive(Debug)]
pub struct MemorySite {
    base: String,
    version: String,
    assets: Option<DiskAssets>,
    files: BTreeMap<String, Stored>,
}

impl MemorySink {
    /// A sink for a site whose copied files are below the root of `assets`.
    pub fn new(assets: DiskAssets) -> Self {
        Self { assets: Some(assets), files: Mutex::default() }
    }

    /// The finished site, to be served below `base`, such as `/handbook/`.
    pub fn into_site(self, base: &str) -> MemorySite {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut hasher = blake3::Hasher::new();
        hasher.update(base.as_bytes());
        for (path, (_, hash)) in &files {
            hasher.update(&(path.len() as u64).to_le_bytes()).update(path.as_bytes()).update(hash.as_bytes());
        }
        let version = hasher.finalize().to_hex()[..16].to_owned();
        let files = files.into_iter().map(|(path, (stored, _))| (path, stored)).collect();
        let base = format!("/{}/", base.trim_matches('/')).replace("//", "/");
        MemorySite { base, version, assets: self.assets, files }
    }

    /// Stands for the state of a file that stays on the disk: a new one makes a new version of the site.
    fn stamp(&self, path: &crate::path::SourcePath) -> blake3::Hash {
        let stamp = self.assets.as_ref().and_then(|assets| assets.stamp(path));
        let (size, changed) = stamp.unwrap_or((0, None));
        let since = changed.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&size.to_le_bytes()).update(&since.as_nanos().to_le_bytes());
        hasher.update(path.as_str().as_bytes()).finalize()
    }
}

impl Sink for MemorySink {
    fn put(&self, path: &OutputPath, content: Content) -> Result<(), SinkError> {
        let (stored, hash) = match content {
            Content::Bytes(bytes) => {
                let hash = blake3::hash(&bytes);
                (Stored::Bytes(bytes.into()), hash)
            }
            Content::Copy(source) => {
                let hash = self.stamp(&source);
                (Stored::Copy(source), hash)
            }
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.contains_key(path.as_str()) {
            let reason = "it was written before in this build".into();
            return Err(SinkError { action: format!("write `{path}`"), reason });
        }
        files.insert(path.as_str().to_owned(), (stored, hash));
        Ok(())
    }
}

impl MemorySite {
    /// What is kept as `path`, such as `specs/queue/index.html`.
    pub fn get(&self, path: &str) -> Option<&Stored> {
        self.files.get(path)
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The bytes of `path`, read from the disk where they are there.
    pub fn bytes(&self, path: &str) -> Option<Bytes> {
        match self.files.get(path)? {
            Stored::Bytes(bytes) => Some(bytes.clone()),
            Stored::Copy(source) => self.assets.as_ref()?.read(source, u64::MAX).ok().map(Bytes::from),
        }
    }
}

impl Served for MemorySite {
    fn base(&self) -> &str {
        &self.base
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn make(&self, path: &str) -> Made {
        match self.files.get(path) {
            None => Made::Missing,
            Some(Stored::Bytes(bytes)) => Made::Bytes(bytes.clone()),
            Some(Stored::Copy(source)) => match self.assets.as_ref().map(|assets| assets.open(source)) {
                Some(Ok((file, length))) => Made::File(file, length),
                _ => Made::Missing,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)], base: &str) -> MemorySite {
        let sink = MemorySink::default();
        for (path, text) in files {
            sink.put(&OutputPath::new(path).unwrap(), Content::Bytes((*text).into())).unwrap();
        }
        sink.into_site(base)
    }

    #[test]
    fn the_version_is_that_of_the_content_whatever_the_order() {
        let one = site(&[("a", "1"), ("b", "2")], "/");
        assert_eq!(one.version, site(&[("b", "2"), ("a", "1")], "/").version);
        for other in [
            site(&[("a", "1"), ("b", "3")], "/"),
            site(&[("a", "1")], "/"),
            site(&[("a", "1"), ("b", "2")], "/x/"),
        ] {
            assert_ne!(one.version, other.version);
        }
    }

    #[test]
    fn takes_each_path_once() {
        let sink = MemorySink::default();
        let put = || sink.put(&OutputPath::new("a").unwrap(), Content::Bytes(Vec::new()));
        assert!(put().is_ok() && put().is_err());
    }

    #[test]
    fn a_base_has_slashes_at_both_ends() {
        for (base, expected) in [("/", "/"), ("", "/"), ("handbook", "/handbook/"), ("/a/b/", "/a/b/")] {
            assert_eq!(site(&[], base).base, expected);
        }
    }
}
