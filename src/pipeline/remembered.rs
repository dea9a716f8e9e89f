//! The whole build as one pure stage: what a build of the same sources by the same program gave last time.
//!
//! The key is the hash of everything that goes in; the value says which site came out and what was found, so that a
//! build with nothing changed can say the same again without making it. It holds only where that site still stands.

use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Options, Project};
use crate::diagnostic::{Diagnostic, Place, Severity, codes};
use crate::memo::{Key, Memo};
use crate::path::SourcePath;
use crate::site::asks::Standing;
use crate::site::{Site, Waiting};
use crate::source::{AssetReader, SourceFile};
use crate::time::Clock;

/// What is remembered of a build.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remembered {
    /// The hash of the mark of the site that came out.
    pub site: Key,
    /// How many documents were published.
    pub documents: usize,
    /// Questions that links asked about files which are not part of the key, and the answers they got.
    probes: Vec<(SourcePath, bool)>,
    /// The time in which it would have come out the same.
    steady: Steady,
    found: Vec<Kept>,
}

/// A stretch of time around the clock of a build in which nothing changes by time alone: from its first moment up to,
/// but without, its end. `None` is as far as one likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steady {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Steady {
    /// That of `site`: between two changes of the state of an ask or of a document that is due.
    pub fn of(site: &Site) -> Self {
        let now = site.clock.now;
        let mut steady = Self::default();
        let asks = site.pages.iter().flat_map(|page| &page.asks).flat_map(Standing::changes);
        for change in asks.chain(site.waiting.iter().flat_map(Waiting::changes)) {
            if change <= now {
                steady.from = steady.from.max(Some(change));
            } else {
                steady.until = Some(steady.until.map_or(change, |until| until.min(change)));
            }
        }
        steady
    }

    /// Whether it holds `now`.
    pub fn holds(self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// A diagnostic as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    code: String,
    severity: Severity,
    place: Option<Place>,
    message: String,
    hints: Vec<String>,
}

impl Remembered {
    /// What a build gave; `reader` was asked by its links.
    pub fn new(
        site: Key,
        documents: usize,
        steady: Steady,
        found: &[Diagnostic],
        reader: &Probed<'_>,
    ) -> Self {
        let probes = reader.probes.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = |d: &Diagnostic| Kept {
            code: d.code.to_owned(),
            severity: d.severity,
            place: d.place.clone(),
            message: d.message.clone(),
            hints: d.hints.clone(),
        };
        Self {
            site,
            documents,
            steady,
            probes: probes.iter().map(|(path, there)| (path.clone(), *there)).collect(),
            found: found.iter().map(kept).collect(),
        }
    }

    /// The build of `key`, if it is known, its site is the one that stands, no ask has changed its
    /// state since, and its questions have the same answers. One that found what has no name in this program is not
    /// believed.
    pub fn recall(
        memo: &dyn Memo,
        key: &Key,
        standing: Key,
        clock: Clock,
        reader: &dyn AssetReader,
    ) -> Option<Self> {
        let known: Self = serde_json::from_str(&memo.get(key)?).ok()?;
        let holds = known.site == standing
            && known.steady.holds(clock.now)
            && known.found.iter().all(|kept| codes::find(&kept.code).is_some())
            && known.probes.iter().all(|(path, there)| reader.exists(path) == *there);
        holds.then_some(known)
    }

    /// Keeps this for the next build.
    pub fn keep(&self, memo: &dyn Memo, key: Key) {
        // What can't be written as JSON is not remembered.
        if let Ok(text) = serde_json::to_string(self) {
            memo.put(key, Arc::from(text));
        }
    }

    /// What was found.
    pub fn found(self) -> Vec<Diagnostic> {
        let whole = |kept: Kept| {
            let Kept { code, severity, place, message, hints } = kept;
            let code = codes::find(&code)?.name;
            // The key settles the severity, which is settled.
            Some(Diagnostic { code, severity, place, message, hints, key: None })
        };
        self.found.into_iter().filter_map(whole).collect()
    }
}

/// Everything that a build of `project` depends on, by the program `program`; `None` where the file system can't tell
/// whether a file is still the same.
pub fn key(project: &Project, options: &Options, program: Key) -> Option<Key> {
    let mut all = Hash::default();
    all.bytes(&program);
    let Project { sources, output, .. } = project;
    let tree = &sources.tree;
    all.bytes(output.as_os_str().as_encoded_bytes());
    (&options.overrides, options.drafts, &tree.name).hash(&mut all);
    // The zone's own day. What changes within it is in [`Steady`].
    options.clock.now.to_zoned(project.config.timezone.clone()).date().hash(&mut all);
    all.files(tree.config.as_slice());
    all.files(&tree.documents);
    all.files(&tree.records);
    for file in &tree.theme {
        all.text(file.path.as_str());
        all.bytes(&file.bytes);
    }
    for (path, facts) in &tree.assets {
        let changed = facts.changed?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        all.text(path.as_str());
        all.bytes(&facts.size.to_le_bytes());
        all.bytes(&changed.as_nanos().to_le_bytes());
    }
    (&tree.git, &project.config_faults, project.sources.faults()).hash(&mut all);
    Some(*all.0.finalize().as_bytes())
}

/// A hash of many parts, each with its length, so that no two lists of parts are alike.
#[derive(Default)]
struct Hash(blake3::Hasher);

impl Hash {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn files(&mut self, files: &[SourceFile]) {
        let sum = |file: &SourceFile| {
            let mut one = Self::default();
            one.text(file.path.as_str());
            one.text(&file.text);
            one.0.finalize()
        };
        let sums: Vec<_> = files.par_iter().map(sum).collect();
        self.bytes(&(sums.len() as u64).to_le_bytes());
        for sum in sums {
            self.bytes(sum.as_bytes());
        }
    }
}

/// What values give of themselves, which says where each of their parts ends.
impl Hasher for Hash {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let all = self.0.finalize();
        all.as_bytes().iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
    }
}

/// A reader that notes which files were asked for by name.
pub struct Probed<'a> {
    reader: &'a dyn AssetReader,
    probes: Mutex<BTreeMap<SourcePath, bool>>,
}

impl<'a> Probed<'a> {
    /// Reads with `reader`.
    pub fn new(reader: &'a dyn AssetReader) -> Self {
        Self { reader, probes: Mutex::default() }
    }
}

impl AssetReader for Probed<'_> {
    fn read(&self, path: &SourcePath, limit: u64) -> Result<Vec<u8>, String> {
        self.reader.read(path, limit)
    }

    fn exists(&self, path: &SourcePath) -> bool {
        let there = self.reader.exists(path);
        self.probes.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), there);
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memo::MemoryMemo;

    struct Nothing;

    impl AssetReader for Nothing {
        fn read(&self, path: &SourcePath, _: u64) -> Result<Vec<u8>, String> {
            Err(format!("there is no {}", path.as_str()))
        }

        fn exists(&self, _: &SourcePath) -> bool {
            false
        }
    }

    /// What a build that found `code` gives the next one.
    fn recalled(code: &'static str) -> Option<Vec<Diagnostic>> {
        let (memo, site, key) = (MemoryMemo::default(), [1; 32], [2; 32]);
        let found = [Diagnostic::warning(code, "there is no b.md")];
        Remembered::new(site, 1, Steady::default(), &found, &Probed::new(&Nothing)).keep(&memo, key);
        let clock = Clock { now: Timestamp::UNIX_EPOCH };
        Remembered::recall(&memo, &key, site, clock, &Nothing).map(Remembered::found)
    }

    #[test]
    fn a_build_that_found_what_has_no_name_here_is_not_believed() {
        assert_eq!(
            recalled("broken-link"),
            Some(vec![Diagnostic::warning("broken-link", "there is no b.md")])
        );
        assert_eq!(recalled("broken-lynk"), None);
    }
}
