//! The graph in words: what each decision does to others.

use serde::Serialize;

use crate::render::views::rows::link;
use crate::render::views::{Link, Scope};
use crate::site::PageId;
use crate::site::decisions::End;

/// A decision with all that it does to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Which.
    pub decision: Link,
    /// In the order supersessions, amendments, then what is not in force.
    pub deeds: Vec<Deed>,
}

/// What a decision does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// Such as `supersedes`.
    pub words: &'static str,
    /// What it does it to.
    pub links: Vec<Link>,
}

impl Said {
    /// What the page `id` does; `None` where it does nothing to any other page.
    pub fn of(scope: &Scope<'_>, id: PageId) -> Option<Self> {
        let relations = scope.site.decisions.relations(id)?;
        let deed = |words: &'static str, ends: &[End], in_force: bool| {
            let ends = ends.iter().filter(|end| end.in_force == in_force);
            let links: Vec<Link> = ends.filter_map(|end| Some(link(scope, end.page?))).collect();
            Some(Deed { words, links }).filter(|deed| !deed.links.is_empty())
        };
        let deeds = [
            deed("supersedes", &relations.supersedes, true),
            deed("amends", &relations.amends, true),
            deed("would supersede", &relations.supersedes, false),
            deed("would amend", &relations.amends, false),
        ];
        let deeds: Vec<Deed> = deeds.into_iter().flatten().collect();
        Some(Self { decision: link(scope, id), deeds }).filter(|said| !said.deeds.is_empty())
    }
}
