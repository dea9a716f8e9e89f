//! Memory between builds: a [`Memo`] in one file below `.threadmark-cache`.
//!
//! The file is an index of fixed size entries, sorted by key, and the values. It is read in one go and searched as it
//! is; a value is checked against its own sum when it is asked for. Whatever is wrong with the file, the answer
//! is "not known". Format, in bytes: magic 24, hash of the version 32, count 8, then for each entry key 32,
//! start 8, length 8, sum 8 (numbers little-endian), then a hash of all that 32, then the values.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::memo::{Key, Memo};

/// The folder below a site's root that holds caches.
pub const FOLDER: &str = ".threadmark-cache";

const MAGIC: &[u8; 24] = b"threadmark cache file 1\n";
const HEAD: usize = 24 + 32 + 8;
const ENTRY: usize = 32 + 8 + 8 + 8;
const SUM: usize = 32;

/// The largest file that is read: a cache is never worth more memory than this.
const LARGEST: u64 = 512 * 1024 * 1024;

/// The signature of <https://bford.info/cachedir/>, by which backups leave the folder out.
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Threadmark keeps here what it can make again.\n";

/// One cache file and what was added to it.
pub struct DiskCache {
    file: PathBuf,
    version: blake3::Hash,
    loaded: Loaded,
    added: Mutex<BTreeMap<Key, Arc<str>>>,
}

/// A file that was read and whose index is sound.
#[derive(Default)]
struct Loaded {
    bytes: Vec<u8>,
    used: Vec<AtomicBool>,
}

impl DiskCache {
    /// The cache `name` (a plain word) of the site at `root`. `version` names the program and the form of the values: a
    /// file of another version is as good as none.
    pub fn open(root: &Path, name: &str, version: &str) -> Self {
        let folder = root.join(FOLDER);
        let file = folder.join(name);
        let version = blake3::hash(version.as_bytes());
        // A link would let a repository choose a file elsewhere that is read and replaced.
        let loaded = if is_link(&folder) || is_link(&file) { None } else { Loaded::read(&file, version) };
        Self { file, version, loaded: loaded.unwrap_or_default(), added: Mutex::default() }
    }

    /// Writes the cache if anything was added or was not asked for since it was opened; what was not asked for is
    /// dropped. A cache that can't be written is worth a note.
    pub fn save(&self) -> Option<Diagnostic> {
        let added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if added.is_empty() && self.loaded.used.iter().all(|used| used.load(Ordering::Relaxed)) {
            return None;
        }
        let mut values: BTreeMap<&Key, &str> = added.iter().map(|(key, value)| (key, &**value)).collect();
        for index in 0..self.loaded.used.len() {
            if let (true, Some(key), Some(value)) = (
                self.loaded.used[index].load(Ordering::Relaxed),
                self.loaded.key(index),
                self.loaded.value(index),
            ) {
                values.entry(key).or_insert(value);
            }
        }
        let error = self.write(&values).err()?;
        let message = format!("the cache `{}` could not be written: {error}", self.file.display());
        Some(Diagnostic::note("cache-not-written", message))
    }

    fn write(&self, values: &BTreeMap<&Key, &str>) -> io::Result<()> {
        let folder = self.file.parent().unwrap_or(&self.file);
        if is_link(folder) || is_link(&self.file) {
            return Err(io::Error::other("it is a symbolic link"));
        }
        prepare(folder)?;
        let fresh = self.file.with_extension(format!("{}.new", std::process::id()));
        let written = write_to(&fresh, self.version, values).and_then(|()| fs::rename(&fresh, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&fresh);
        }
        written
    }
}

impl Memo for DiskCache {
    fn get(&self, key: &Key) -> Option<Arc<str>> {
        if let Some(index) = self.loaded.find(key)
            && let Some(value) = self.loaded.value(index)
        {
            self.loaded.used[index].store(true, Ordering::Relaxed);
            return Some(value.into());
        }
        self.added.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: Key, value: Arc<str>) {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(value);
    }
}

impl Loaded {
    fn read(file: &Path, version: blake3::Hash) -> Option<Self> {
        let meta = fs::symlink_metadata(file).ok()?;
        if !meta.is_file() || meta.len() > LARGEST {
            return None;
        }
        let bytes = fs::read(file).ok()?;
        let count = index_size(&bytes, version)?;
        Some(Self { bytes, used: std::iter::repeat_with(|| AtomicBool::new(false)).take(count).collect() })
    }

    fn entry(&self, index: usize) -> Option<&[u8]> {
        self.bytes.get(HEAD + index * ENTRY..HEAD + (index + 1) * ENTRY)
    }

    fn key(&self, index: usize) -> Option<&Key> {
        self.entry(index)?.first_chunk()
    }

    fn find(&self, key: &Key) -> Option<usize> {
        let (mut low, mut high) = (0, self.used.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.key(middle)?.cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The value of an entry, if it is what was written.
    fn value(&self, index: usize) -> Option<&str> {
        let entry = self.entry(index)?;
        let values = HEAD + self.used.len() * ENTRY + SUM;
        let start = values.checked_add(number(entry, 32)?)?;
        let bytes = self.bytes.get(start..start.checked_add(number(entry, 40)?)?)?;
        (sum(bytes)[..] == entry[48..56]).then(|| std::str::from_utf8(bytes).ok()).flatten()
    }
}

/// How many entries a sound index has; `None` where the head or the index is damaged or of another version.
fn index_size(bytes: &[u8], version: blake3::Hash) -> Option<usize> {
    let head = bytes.get(..HEAD)?;
    if &head[..24] != MAGIC || head[24..56] != version.as_bytes()[..] {
        return None;
    }
    let count = number(head, 56)?;
    let end = count.checked_mul(ENTRY)?.checked_add(HEAD)?;
    let sum = bytes.get(end..end.checked_add(SUM)?)?;
    (blake3::hash(&bytes[..end]).as_bytes()[..] == *sum).then_some(count)
}

fn write_to(file: &Path, version: blake3::Hash, values: &BTreeMap<&Key, &str>) -> io::Result<()> {
    let mut index = Vec::with_capacity(HEAD + values.len() * ENTRY);
    index.extend_from_slice(MAGIC);
    index.extend_from_slice(version.as_bytes());
    index.extend_from_slice(&(values.len() as u64).to_le_bytes());
    let mut start = 0_u64;
    let sums: Vec<_> = values.par_iter().map(|(_, value)| sum(value.as_bytes())).collect();
    for ((key, value), sum) in values.iter().zip(sums) {
        index.extend_from_slice(&key[..]);
        index.extend_from_slice(&start.to_le_bytes());
        index.extend_from_slice(&(value.len() as u64).to_le_bytes());
        index.extend_from_slice(&sum);
        start += value.len() as u64;
    }
    let mut out = io::BufWriter::with_capacity(1 << 18, fs::File::create(file)?);
    out.write_all(&index)?;
    out.write_all(blake3::hash(&index).as_bytes())?;
    for value in values.values() {
        out.write_all(value.as_bytes())?;
    }
    out.into_inner()?;
    Ok(())
}

/// The cache folder, marked so that git and backups leave it alone.
fn prepare(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", "*\n")] {
        let path = folder.join(name);
        if path.symlink_metadata().is_err() {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_symlink())
}

fn sum(bytes: &[u8]) -> [u8; 8] {
    let mut out = [0; 8];
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    out
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> Key {
        *blake3::hash(&[n]).as_bytes()
    }

    fn filled(root: &Path) -> Vec<u8> {
        let cache = DiskCache::open(root, "words", "1");
        for n in 0..20 {
            cache.put(key(n), format!("value {n} ö").into());
        }
        assert_eq!(cache.save(), None);
        fs::read(root.join(FOLDER).join("words")).unwrap()
    }

    fn known(root: &Path, version: &str) -> usize {
        let cache = DiskCache::open(root, "words", version);
        (0..20)
            .filter(|n| match cache.get(&key(*n)) {
                None => false,
                Some(value) => {
                    assert_eq!(&*value, format!("value {n} ö"));
                    true
                }
            })
            .count()
    }

    #[test]
    fn remembers_from_one_build_to_the_next() {
        let root = tempfile::tempdir().unwrap();
        filled(root.path());
        assert_eq!(known(root.path(), "1"), 20);
        assert_eq!(known(root.path(), "2"), 0);
        assert_eq!(fs::read_to_string(root.path().join(FOLDER).join(".gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn is_written_only_when_something_changed() {
        let root = tempfile::tempdir().unwrap();
        filled(root.path());
        let file = root.path().join(FOLDER).join("words");
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        let cache = DiskCache::open(root.path(), "words", "1");
        (0..20).for_each(|n| assert!(cache.get(&key(n)).is_some()));
        assert_eq!(cache.save(), None);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        assert_eq!(fs::read_dir(root.path().join(FOLDER)).unwrap().count(), 3);
    }

    #[test]
    fn drops_what_a_build_did_not_use() {
        let root = tempfile::tempdir().unwrap();
        filled(root.path());
        let cache = DiskCache::open(root.path(), "words", "1");
        assert!(cache.get(&key(3)).is_some());
        cache.put(key(99), "new".into());
        assert_eq!(cache.save(), None);
        assert_eq!(known(root.path(), "1"), 1);
    }

    #[test]
    fn the_same_values_make_the_same_file() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let cache = DiskCache::open(b.path(), "words", "1");
        for n in (0..20).rev() {
            cache.put(key(n), format!("value {n} ö").into());
        }
        assert_eq!(cache.save(), None);
        assert_eq!(filled(a.path()), fs::read(b.path().join(FOLDER).join("words")).unwrap());
    }

    #[test]
    fn damage_anywhere_is_never_believed() {
        let root = tempfile::tempdir().unwrap();
        let whole = filled(root.path());
        let file = root.path().join(FOLDER).join("words");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x41;
            fs::write(&file, damaged).unwrap();
            assert!(known(root.path(), "1") < 20, "a changed byte {at} went unseen");
            fs::write(&file, &whole[..at]).unwrap();
            assert!(known(root.path(), "1") < 20, "cut at {at}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_read_nor_written() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        filled(other.path());
        std::os::unix::fs::symlink(other.path().join(FOLDER), root.path().join(FOLDER)).unwrap();
        assert_eq!(known(root.path(), "1"), 0);
        let cache = DiskCache::open(root.path(), "words", "1");
        cache.put(key(1), "x".into());
        assert_eq!(cache.save().map(|note| note.code), Some("cache-not-written"));
        assert_eq!(known(other.path(), "1"), 20);
    }
}
