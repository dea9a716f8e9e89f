//! Files that documents link to or show, and all of `static/`: each is published at one address, and nothing else of the
//! repository is.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Surroundings;
use super::attachments::Attachment;
use super::catalogue::claims::Claims;
use super::links::{Found, Links};
use super::placement::{self, Placed};
use crate::diagnostic::{Diagnostic, Place};
use crate::path::{SourcePath, UrlPath};

/// The links of a document whose files are published, in the order of [`Links`].
#[derive(Debug, Default)]
pub(super) struct Published {
    pub found: Vec<Found>,
    pub video: Option<Found>,
    pub transcript: Option<Found>,
    pub recordings: Vec<Option<Found>>,
}

/// Publishes the files that documents link to, each at one address.
pub(super) struct Publisher<'a> {
    pub claims: &'a mut Claims,
    pub around: &'a Surroundings<'a>,
    pub published: BTreeMap<UrlPath, SourcePath>,
    pub said: BTreeSet<SourcePath>,
}

impl Publisher<'_> {
    /// Those of one document.
    pub fn links_of(&mut self, placed: &Placed, links: &Links, out: &mut Vec<Diagnostic>) -> Published {
        let mut publish = |found: &Found| self.publish(found, placed, out);
        Published {
            found: links.found.iter().map(&mut publish).collect(),
            video: links.video.as_ref().map(&mut publish),
            transcript: links.transcript.as_ref().map(&mut publish),
            recordings: links.recordings.iter().map(|found| found.as_ref().map(&mut publish)).collect(),
        }
    }

    fn publish(&mut self, found: &Found, placed: &Placed, out: &mut Vec<Diagnostic>) -> Found {
        let Found::Asset { url, source, .. } = found else { return found.clone() };
        let document = &placed.document;
        if let Some(Attachment::Withheld(why)) = self.around.attachments.get(source) {
            if self.said.insert(source.clone()) {
                let message = format!("{source} is not published: {why}");
                out.push(Diagnostic::warning("active-file", message).at(Place::file(&document.path)).hint(
                    "Files below `static/` are published as they are, and `html: raw` trusts the authors of all documents.",
                ));
            }
            return match &self.around.repository {
                Some(repository) => Found::Repository(repository.blob(source, "")),
                None => Found::Broken(source.to_string()),
            };
        }
        self.claim(url.clone(), source.clone(), out);
        found.clone()
    }

    /// All of `static/`, as it is.
    pub fn static_files(&mut self, out: &mut Vec<Diagnostic>) {
        for source in self.around.files.keys().filter(|path| path.below("static").is_some()) {
            match UrlPath::new(&format!("/{source}")) {
                Ok(url) => self.claim(url, source.clone(), out),
                Err(_error) => {}
            }
        }
    }

    fn claim(&mut self, url: UrlPath, source: SourcePath, out: &mut Vec<Diagnostic>) {
        if self.published.get(&url) == Some(&source) {
            return;
        }
        match self.claims.claim(&url, source.as_str()) {
            Ok(()) => {
                self.published.insert(url, source);
            }
            Err(taken) if taken.yields() && !self.published.contains_key(&url) => {
                self.published.insert(url, source);
            }
            Err(taken) => {
                let message = format!(
                    "{source} can't have the address {url}: {} has it already",
                    placement::taken_by(&taken)
                );
                out.push(
                    Diagnostic::error("route-taken", message)
                        .at(Place::file(&source))
                        .hint("Rename one of the two."),
                );
            }
        }
    }
}
