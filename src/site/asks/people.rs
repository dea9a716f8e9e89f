//! Who is meant by what documents write: the same person by handle, by name, or by both.

use std::collections::HashMap;

use crate::config::Config;
use crate::document::front_matter::name_and_handle;
use crate::path::slug;

/// The people of a site, to be found by whatever they are called.
#[derive(Debug)]
pub struct PeopleIndex<'a> {
    config: &'a Config,
    /// Handles by name and by handle, in lower case.
    handles: HashMap<String, &'a str>,
}

impl<'a> PeopleIndex<'a> {
    /// Those of the configuration.
    pub fn new(config: &'a Config) -> Self {
        let mut handles = HashMap::new();
        for (handle, person) in &config.people {
            handles.entry(person.name.to_lowercase()).or_insert(handle.as_str());
        }
        for handle in config.people.keys() {
            handles.insert(handle.to_lowercase(), handle.as_str());
        }
        Self { config, handles }
    }

    /// The configuration that they are from.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// Whether the configuration has this person, by whatever they are called.
    pub fn knows(&self, written: &str) -> bool {
        let (name, handle) = name_and_handle(written.trim());
        let called = handle.unwrap_or(name).trim_start_matches('@');
        self.handles.contains_key(&called.to_lowercase())
    }

    /// What stands for a person in comparisons and anchors: the handle, whether or not the configuration knows it; of
    /// people without one their name as a slug.
    pub fn handle(&self, written: &str) -> String {
        let (name, handle) = name_and_handle(written.trim());
        if let Some(handle) = handle {
            return self
                .handles
                .get(&handle.to_lowercase())
                .map_or_else(|| slug(handle), |h| (*h).to_owned());
        }
        let bare = name.trim_start_matches('@');
        if self.config.people.contains_key(bare) {
            return bare.to_owned();
        }
        self.handles.get(&bare.to_lowercase()).map_or_else(|| slug(bare), |handle| (*handle).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::fixture;

    #[test]
    fn one_person_has_one_handle_however_they_are_written() {
        let config = fixture::config();
        let known = PeopleIndex::new(&config);
        for written in ["ana", "@ana", "Ana", "Ana Souza", "ana souza", "Ana Souza (@ana)", "A. S. (@ana)"] {
            assert_eq!(known.handle(written), "ana", "{written}");
        }
        for (written, handle) in [("Bo Li", "bo-li"), ("Bo Li (@bo)", "bo"), ("@chen", "chen"), ("!", "")] {
            assert_eq!(known.handle(written), handle);
        }
    }
}
