//! What a decision does to others: what replaced it stands above its text, what it replaces below its title.

use serde::Serialize;

use super::Link;
use super::rows::link;
use super::scope::Scope;
use crate::document::front_matter::Located;
use crate::site::PageId;

/// A relation with all its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// `superseded_by`, `amended_by`, `supersedes` or `amends`.
    pub role: &'static str,
    /// In words, such as `Superseded by`.
    pub words: &'static str,
    /// Whether a reader has to know before the first line: then it is shown as a notice.
    pub warns: bool,
    /// The other decisions; without an address (an empty `url`) where the name leads to no page.
    pub links: Vec<Link>,
}

/// The relations of a page, those that warn first.
pub fn relations(scope: &Scope<'_>, id: PageId) -> Vec<Relation> {
    let facts = &scope.page(id).document.front.decision;
    let relation = |role, words, warns, ends: &[Located<String>]| {
        let links = ends.iter().map(|end| resolve(scope, id, &end.value)).collect();
        Relation { role, words, warns, links }
    };
    let mut all = vec![
        relation("superseded_by", "Superseded by", true, &facts.superseded_by),
        relation("amended_by", "Amended by", true, &facts.amended_by),
        relation("supersedes", "Supersedes", false, &facts.supersedes),
        relation("amends", "Amends", false, &facts.amends),
    ];
    all.retain(|relation| !relation.links.is_empty());
    all
}

fn resolve(scope: &Scope<'_>, from: PageId, written: &str) -> Link {
    scope.named(from, written).map_or_else(|| Link::new(String::new(), written), |id| link(scope, id))
}
