//! Which names documents have, for those who look for one that is like another.

use std::collections::HashMap;

use crate::path::SourcePath;

/// File names by folder and folders by file name, to suggest what a broken link may have meant.
#[derive(Debug, Default)]
pub(in crate::site) struct FileNames {
    by_folder: HashMap<String, Vec<String>>,
    by_name: HashMap<String, SourcePath>,
}

impl FileNames {
    /// Those of `documents`, which are sorted by path.
    pub fn of<'a>(documents: impl Iterator<Item = &'a SourcePath>) -> Self {
        let mut names = Self::default();
        documents.for_each(|path| names.add(path));
        names
    }

    fn add(&mut self, path: &SourcePath) {
        self.by_folder.entry(path.parent().to_owned()).or_default().push(path.file_name().to_owned());
        self.by_name.entry(path.file_name().to_owned()).or_insert_with(|| path.clone());
    }

    pub fn siblings(&self, folder: &str) -> &[String] {
        self.by_folder.get(folder).map_or(&[], Vec::as_slice)
    }

    pub fn elsewhere(&self, name: &str) -> Option<&SourcePath> {
        self.by_name.get(name)
    }
}
