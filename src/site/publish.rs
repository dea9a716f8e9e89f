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

/// Publishes the files that documents link to, each at one address.
pub(super) struct Publisher<'a> {
    pub claims: &'a mut Claims,
    pub around: &'a Surroundings<'a>,
    pub published: BTreeMap<UrlPath, SourcePath>,
    pub said: BTreeSet<SourcePath>,
}

impl Publisher<'_> {
    /// Those of one document.
    pub fn files_of(&mut self, placed: &Placed, links: &Links, out: &mut Vec<Diagnostic>) {
        for found in links.all() {
            if let Found::Asset { url, source, .. } = found {
                self.publish(url, source, placed, out);
            }
        }
    }

    fn publish(&mut self, url: &UrlPath, source: &SourcePath, placed: &Placed, out: &mut Vec<Diagnostic>) {
        let Some(Attachment::Withheld(why)) = self.around.attachments.get(source) else {
            return self.claim(url.clone(), source.clone(), out);
        };
        if self.said.insert(source.clone()) {
            let message = format!("{source} is not published: {why}");
            let place = Place::file(&placed.document.path);
            out.push(Diagnostic::warning("active-file", message).at(place).hint(
                "Files below `static/` are published as they are, and `html: raw` trusts the authors of all documents.",
            ));
        }
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
        match self.claims.claim(&url, &source) {
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
