//! What `check` looks for, one file per family. Each takes a finished site and gives findings; none changes it, and
//! none forbids to build.
//!
//! Every family takes one look at each document or relation; what needs to be compared is looked up, so a site of any
//! size takes as long as its documents do.

use super::Site;
use crate::diagnostic::Diagnostic;

pub mod asks;
mod context;
mod due;
mod labels;
pub mod numbers;
mod people;
mod places;
mod recordings;
mod references;
pub mod status;
mod summary;
pub mod supersession;
mod topics;

/// All that the documents of `site` say against each other, all that lapsed by its clock, and all that is missing;
/// without what [`super::assemble`] finds already.
///
/// With `whole` it is taken that every document was read: only then a name that leads to none is a finding.
pub fn run(site: &Site, whole: bool) -> Vec<Diagnostic> {
    let families: [fn(&Site) -> Vec<Diagnostic>; 10] = [
        supersession::one_sided,
        supersession::cycles,
        numbers::duplicate,
        asks::lapsed,
        due::lapsed,
        summary::missing,
        context::missing,
        people::unknown,
        topics::duplicate,
        recordings::all,
    ];
    let mut found: Vec<Diagnostic> = families.iter().flat_map(|family| family(site)).collect();
    if whole {
        found.extend(references::dangling(site));
    }
    found
}
