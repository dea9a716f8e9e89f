//! Families: decisions that supersessions and amendments connect, and the decision logs that show them.
//!
//! What a graph looks like is not decided here, only what is in it and where it stands.

use std::collections::BTreeMap;

use super::Decisions;
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::frozen::Frozen;
use crate::path::UrlPath;
use crate::site::catalogue::claims::Claims;
use crate::site::placement::taken_by;
use crate::site::{Folder, FolderId, Page, PageId};

/// A graph of up to so many decisions stands on the page of its log; a larger one has a page of its own.
pub const ON_THE_LOG: usize = 60;

/// All families of a site, and the graphs that they make.
#[derive(Clone, Debug, Default)]
pub struct Families {
    /// Each with its members in the order of pages; two at least.
    pub all: Vec<Vec<PageId>>,
    /// By page: its family's place.
    of: BTreeMap<PageId, usize>,
    /// By decision log; only those that have something to draw.
    pub graphs: BTreeMap<FolderId, Graph>,
}

/// What the graph of one decision log shows.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Places in [`Families::all`]: every family that has a member in this log.
    pub families: Vec<usize>,
    /// How many decisions of the log are in none.
    pub alone: usize,
    /// Its own page, where it is too large for the log's.
    pub url: Option<UrlPath>,
}

impl Families {
    /// Of all `decisions`. Graphs that need a page of their own claim its address.
    pub(in crate::site) fn of(
        decisions: &Decisions,
        pages: &[Frozen<Page>],
        folders: &[Folder],
        claims: &mut Claims,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let all = connected(decisions, pages.len());
        let logs: Vec<Option<FolderId>> = logs(folders);
        let log = |id: PageId| logs[pages[id.0].folder.0];
        let mut graphs: BTreeMap<FolderId, Graph> = BTreeMap::new();
        let mut within: BTreeMap<FolderId, usize> = BTreeMap::new();
        for (place, family) in all.iter().enumerate() {
            for log in family.iter().filter_map(|id| log(*id)) {
                let graph = graphs.entry(log).or_default();
                if graph.families.last() != Some(&place) {
                    graph.families.push(place);
                }
            }
            for log in family.iter().filter(|id| counts(&pages[id.0])).filter_map(|id| log(*id)) {
                *within.entry(log).or_default() += 1;
            }
        }
        let decisions = pages.iter().filter(|page| counts(page)).filter_map(|page| logs[page.folder.0]);
        for log in decisions {
            if let Some(graph) = graphs.get_mut(&log) {
                graph.alone += 1;
            }
        }
        for (log, graph) in &mut graphs {
            graph.alone -= within.get(log).copied().unwrap_or(0);
            let shown: usize = graph.families.iter().map(|place| all[*place].len()).sum();
            if shown > ON_THE_LOG {
                graph.url = page_of(&folders[log.0], claims, out);
            }
        }
        let places = all.iter().enumerate().flat_map(|(at, family)| family.iter().map(move |id| (*id, at)));
        Self { of: places.collect(), all, graphs }
    }

    /// The family of a page, if it has one.
    pub fn family(&self, id: PageId) -> Option<&[PageId]> {
        Some(&self.all[*self.of.get(&id)?])
    }

    /// The address of a graph's own page, with its log.
    pub fn pages(&self) -> impl Iterator<Item = (FolderId, &UrlPath)> {
        self.graphs.iter().filter_map(|(log, graph)| Some((*log, graph.url.as_ref()?)))
    }
}

/// The text of a log's own page is no decision of it.
fn counts(page: &Page) -> bool {
    page.kind == Kind::Decision && !page.is_index
}

fn page_of(log: &Folder, claims: &mut Claims, out: &mut Vec<Diagnostic>) -> Option<UrlPath> {
    let url = UrlPath::new(&format!("{}graph/", log.url)).ok()?;
    let claimed = claims.claim(&url, format!("the graph of `{}`", log.title));
    if let Err(taken) = &claimed {
        let message = format!(
            "the graph of `{}` can't have the address {url}: {} has it already",
            log.title,
            taken_by(taken)
        );
        out.push(
            Diagnostic::error("route-taken", message)
                .hint("Rename the file that has it, or give it a `slug`."),
        );
    }
    claimed.is_ok().then_some(url)
}

/// Of each folder the decision log that it belongs to: itself or the nearest above that is a collection of decisions.
fn logs(folders: &[Folder]) -> Vec<Option<FolderId>> {
    let mut logs = Vec::with_capacity(folders.len());
    for (at, folder) in folders.iter().enumerate() {
        let own = folder.is_collection.then_some(FolderId(at)).filter(|_| folder.kind == Kind::Decision);
        // Parents come before their children.
        let above =
            || folder.parent.filter(|_| !folder.is_collection).and_then(|parent| *logs.get(parent.0)?);
        let log = own.or_else(above);
        logs.push(log);
    }
    logs
}

/// Pages that relations connect. What leads to itself or nowhere connects nothing.
fn connected(decisions: &Decisions, count: usize) -> Vec<Vec<PageId>> {
    let mut roots: Vec<usize> = (0..count).collect();
    for (id, relations) in decisions.all() {
        for end in relations.superseded_by.iter().chain(&relations.amended_by) {
            let Some(other) = end.page else { continue };
            let (a, b) = (root(&mut roots, id.0), root(&mut roots, other.0));
            roots[a.max(b)] = a.min(b);
        }
    }
    let mut families: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
    for (id, _) in decisions.all() {
        families.entry(root(&mut roots, id.0)).or_default().push(id);
    }
    families.into_values().filter(|family| family.len() > 1).collect()
}

/// The first member of the family that `at` is known to belong to; the way there is shortened.
fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::{Site, fixture};

    fn site(count: usize, supersedes: &[(usize, usize)]) -> Site {
        let mut site = fixture::site(count);
        for (new, old) in supersedes {
            let value = old.to_string();
            site.pages[new - 1].document.front.decision.supersedes.push(Located { value, line: 1 });
        }
        fixture::relate(&mut site);
        site
    }

    fn members(site: &Site) -> Vec<Vec<usize>> {
        site.families.all.iter().map(|family| family.iter().map(|id| id.0 + 1).collect()).collect()
    }

    #[test]
    fn relations_connect_and_what_stands_alone_is_counted() {
        let site = site(9, &[(2, 1), (5, 2), (4, 3), (6, 6), (7, 99)]);
        assert_eq!(members(&site), [vec![1, 2, 5], vec![3, 4]]);
        let graph = &site.families.graphs[&FolderId(1)];
        assert_eq!((graph.families.as_slice(), graph.alone, graph.url.as_ref()), (&[0, 1][..], 4, None));
    }

    #[test]
    fn a_large_graph_has_a_page_of_its_own() {
        let line: Vec<_> = (2..=ON_THE_LOG + 1).map(|new| (new, new - 1)).collect();
        let url = |site: &Site| site.families.pages().map(|(_, url)| url.to_string()).next();
        assert_eq!(url(&site(ON_THE_LOG + 4, &line[1..])), None);
        assert_eq!(url(&site(ON_THE_LOG + 4, &line)).as_deref(), Some("/decisions/graph/"));
    }
}
