//! Sources read again, at the cost of what changed: a file that was written is one file to read, whatever else there is.
//!
//! Only what is plain is followed by name. As soon as anything else may have happened (a folder came or went, a link is
//! about, the configuration wants other files) all is read anew, by [`Sources::read`], and texts that are the same stay
//! the values they were, so that whoever knows one by its place in memory knows it still.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::{AssetFacts, SourceFile};

use super::output::real_output;
use super::read::{ReadPlan, Role, STATIC, Sources, theme};
use super::walk::{Rules, facts, globs, is_found};
use super::{Failure, text};

/// What may have changed on the disk since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Anything.
    Anything,
    /// What lies at these absolute paths, none of which is or was a folder.
    Files(BTreeSet<PathBuf>),
}

/// What became of sources that were read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refreshed {
    /// No more than the texts of documents and the files of a theme, all of which were there before.
    Texts,
    /// Anything.
    Anything,
}

impl Sources {
    /// Reads again what `changes` names, or everything where `plan` is another one than before.
    ///
    /// # Errors
    /// As [`super::read()`]. The sources are then as they were, or partly new.
    pub fn refresh(&mut self, plan: &ReadPlan, changes: &Changes) -> Result<Refreshed, Failure> {
        let mut all = Refreshed::Texts;
        match changes {
            Changes::Files(paths) if self.plan == *plan && !self.linked => {
                for path in paths {
                    match self.file(path)? {
                        Some(one) => all = all.max(one),
                        None => return self.anew(plan),
                    }
                }
                Ok(all)
            }
            _ => self.anew(plan),
        }
    }

    fn anew(&mut self, plan: &ReadPlan) -> Result<Refreshed, Failure> {
        let before = std::mem::replace(self, Self::read(&self.root, plan)?);
        self.tree.config = before.tree.config;
        self.tree.git = before.tree.git;
        keep(&mut self.tree.documents, &before.tree.documents);
        keep(&mut self.tree.records, &before.tree.records);
        Ok(Refreshed::Anything)
    }

    /// Reads the one file at `real`; `None` where that can't be told from what it is called.
    fn file(&mut self, real: &Path) -> Result<Option<Refreshed>, Failure> {
        let below = real.strip_prefix(&self.root).ok().and_then(Path::to_str);
        // A name that is no path of ours can't be a source, but it can be a fault: a walk knows.
        let Some(path) = below.and_then(|below| SourcePath::new(below).ok()) else { return Ok(None) };
        let role = self.plan.role(&path);
        if role == Role::Config {
            return Ok(Some(Refreshed::Anything));
        }
        let there = match real.symlink_metadata() {
            Ok(meta) if meta.is_file() => Some(facts(&meta)),
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Failure::io("read", real, &error)),
        };
        if role == Role::Theme {
            return self.theme().map(Some);
        }
        if there.is_some() && !self.is_source(&path) {
            // It is no source, but a link may have asked whether it is there.
            return Ok(Some(Refreshed::Anything));
        }
        // What was a folder had files below it.
        if self.has_below(&path) {
            return Ok(None);
        }
        self.put(&path, role, there).map(Some)
    }

    /// Whether a walk would find the file.
    fn is_source(&self, path: &SourcePath) -> bool {
        let output = real_output(&self.root.join(&self.plan.output));
        let found = |exclude: &globset::GlobSet, top: &str| {
            is_found(&Rules { root: &self.root, output: &output, exclude }, top, path)
        };
        found(&globs(&self.plan.exclude).0, &self.plan.content)
            || path.below(STATIC).is_some() && found(&globset::GlobSet::empty(), STATIC)
    }

    fn has_below(&self, path: &SourcePath) -> bool {
        let folder = format!("{path}/");
        let next =
            |known: Option<&SourcePath>| known.is_some_and(|known| known.as_str().starts_with(&folder));
        let documents = &self.tree.documents;
        let after = documents.partition_point(|file| file.path.as_str() < folder.as_str());
        next(documents.get(after).map(|file| &file.path))
            || self.tree.assets.keys().chain(self.unread.keys()).any(|known| next(Some(known)))
    }

    /// Puts the file at `path` in its place, or takes it away where it is no longer `there`.
    fn put(
        &mut self,
        path: &SourcePath,
        role: Role,
        there: Option<AssetFacts>,
    ) -> Result<Refreshed, Failure> {
        if matches!(role, Role::Asset | Role::Record) {
            match there {
                Some(facts) => self.tree.assets.insert(path.clone(), facts),
                None => self.tree.assets.remove(path),
            };
        }
        let list = match role {
            Role::Document => &mut self.tree.documents,
            Role::Record => &mut self.tree.records,
            Role::Asset | Role::Theme | Role::Config => return Ok(Refreshed::Anything),
        };
        self.unread.remove(path);
        let at = list.binary_search_by(|file| file.path.cmp(path));
        if there.is_none() {
            let _ = at.map(|at| list.remove(at));
            return Ok(Refreshed::Anything);
        }
        match (text::load(path, &self.root.join(path.as_str()))?, at) {
            (Ok(file), Ok(at)) if role == Role::Document => {
                if file.text != list[at].text {
                    list[at] = file;
                }
                return Ok(Refreshed::Texts);
            }
            (Ok(file), Ok(at)) => list[at] = file,
            (Ok(file), Err(at)) => list.insert(at, file),
            (Err(fault), at) => {
                let _ = at.map(|at| list.remove(at));
                self.unread.insert(path.clone(), fault);
            }
        }
        Ok(Refreshed::Anything)
    }

    fn theme(&mut self) -> Result<Refreshed, Failure> {
        let output = real_output(&self.root.join(&self.plan.output));
        let mut faults = Vec::new();
        let files = theme(&self.root, &output, self.plan.theme.as_ref(), &mut faults)?;
        let before = std::mem::replace(&mut self.tree.theme, files);
        // A link may have asked whether one of its files is there.
        let same = self.tree.theme.iter().map(|file| &file.path).eq(before.iter().map(|file| &file.path));
        let is_of_theme = |fault: &Diagnostic| {
            fault.place.as_ref().is_some_and(|place| self.plan.role(&place.path) == Role::Theme)
        };
        self.around.retain(|fault| !is_of_theme(fault));
        self.around.extend(faults);
        Ok(if same { Refreshed::Texts } else { Refreshed::Anything })
    }
}

/// Gives files whose text is as it was the text that they had.
fn keep(files: &mut [SourceFile], before: &[SourceFile]) {
    let known: BTreeMap<&SourcePath, &Arc<str>> =
        before.iter().map(|file| (&file.path, &file.text)).collect();
    for file in files {
        if let Some(text) = known.get(&file.path).filter(|text| ***text == file.text) {
            file.text = Arc::clone(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    /// What somebody does to a site's folder.
    #[derive(Clone, Debug)]
    enum Deed {
        Write(&'static str, &'static str),
        Remove(&'static str),
    }

    const FILES: [&str; 14] = [
        "a.md",
        "b/c.md",
        "b/d/e.md",
        "b/d/kep.yaml",
        "b/x.png",
        "static/s.md",
        "drafts/n.md",
        "drafts/deep/m.md",
        ".hidden/h.md",
        "b/.h.md",
        "target/t.md",
        "theme/css/x.css",
        "threadmark.yml",
        "_site/o.md",
    ];

    fn deed() -> impl Strategy<Value = Deed> {
        let texts = prop_oneof![Just("one"), Just("two"), Just("three\n"), Just("\0")];
        let file = (0..FILES.len()).prop_map(|at| FILES[at]);
        prop_oneof![
            4 => (file.clone(), texts).prop_map(|(file, text)| Deed::Write(file, text)),
            1 => file.prop_map(Deed::Remove),
        ]
    }

    /// Does it, and says what a watch would: the file's own path where only that changed.
    fn done(root: &Path, deed: &Deed) -> Changes {
        match deed {
            Deed::Write(name, text) => {
                let file = root.join(name);
                let known = file.parent().is_some_and(Path::is_dir);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, text).unwrap();
                if known { Changes::Files(BTreeSet::from([file])) } else { Changes::Anything }
            }
            Deed::Remove(name) => {
                let _ = fs::remove_file(root.join(name));
                Changes::Files(BTreeSet::from([root.join(name)]))
            }
        }
    }

    fn told(sources: &Sources) -> String {
        let mut faults: Vec<_> = sources.faults().into_iter().map(|fault| fault.message).collect();
        faults.sort();
        format!("{:#?} {faults:#?}", sources.tree)
    }

    fn plan() -> ReadPlan {
        ReadPlan {
            exclude: vec!["drafts/**".to_owned()],
            output: "_site".into(),
            theme: SourcePath::new("theme").ok(),
            ..ReadPlan::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn what_is_read_again_is_what_a_whole_look_finds(deeds in prop::collection::vec(deed(), 1..25)) {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().canonicalize().unwrap();
            fs::create_dir_all(root.join("theme")).unwrap();
            let mut sources = Sources::read(&root, &plan()).unwrap();
            for deed in deeds {
                sources.refresh(&plan(), &done(&root, &deed)).unwrap();
                prop_assert_eq!(told(&sources), told(&Sources::read(&root, &plan()).unwrap()), "{:?}", deed);
            }
        }
    }

    #[test]
    fn a_text_that_did_not_change_stays_the_value_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::write(root.join("a.md"), "a").unwrap();
        fs::write(root.join("b.md"), "b").unwrap();
        let mut sources = Sources::read(&root, &ReadPlan::default()).unwrap();
        let texts = |sources: &Sources| -> Vec<Arc<str>> {
            sources.tree.documents.iter().map(|file| Arc::clone(&file.text)).collect()
        };
        let before = texts(&sources);
        fs::write(root.join("b.md"), "c").unwrap();
        for changes in
            [Changes::Anything, Changes::Files(BTreeSet::from([root.join("a.md"), root.join("b.md")]))]
        {
            sources.refresh(&ReadPlan::default(), &changes).unwrap();
            let after = texts(&sources);
            assert!(Arc::ptr_eq(&before[0], &after[0]) && !Arc::ptr_eq(&before[1], &after[1]), "{changes:?}");
            assert_eq!(&*after[1], "c");
        }
    }

    #[cfg(unix)]
    #[test]
    fn where_links_are_about_all_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::write(root.join("a.md"), "a").unwrap();
        std::os::unix::fs::symlink("a.md", root.join("z.md")).unwrap();
        let mut sources = Sources::read(&root, &ReadPlan::default()).unwrap();
        fs::write(root.join("a.md"), "new").unwrap();
        sources.refresh(&ReadPlan::default(), &Changes::Files(BTreeSet::from([root.join("a.md")]))).unwrap();
        assert!(sources.tree.documents.iter().all(|file| &*file.text == "new"));
    }
}
