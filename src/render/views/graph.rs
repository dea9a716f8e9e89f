//! The graph of a decision log: what replaced and amended what, drawn family by family, and the same as a list.
//!
//! What is drawn and what is listed are made from the same relations, so that nobody is told less.

mod family;
mod node;
mod said;

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::Link;
use super::frame::{Head, crumbs};
use super::scope::Scope;
use crate::site::decisions::Graph;
use crate::site::{FolderId, Page, PageId};
use family::Family;
pub use node::NodeView;
pub use said::Said;

/// How many decisions one page draws; a reader of more has the list, and the search of the browser.
const MOST_DRAWN: usize = 3_000;
/// Families of so many are drawn on the pages of their members too.
const FAMILY: RangeInclusive<usize> = 3..=12;
/// How many decisions the list has with what they do to others.
const MOST_LISTED: usize = 10_000;

/// A graph for its template.
#[derive(Clone, Debug, Serialize)]
pub struct GraphView {
    /// The id of its heading: `graph`, unless the text above the log has that.
    pub anchor: &'static str,
    /// Its own page, where it has one.
    pub page: Option<String>,
    /// How many decisions are connected.
    pub connected: usize,
    /// In how many families.
    pub families: usize,
    /// How many decisions of the log are not connected with any.
    pub alone: usize,
    /// How many supersessions and amendments there are.
    pub relations: usize,
    /// How many of the connected ones are not drawn.
    pub left_out: usize,
    /// What the drawings hold, for their legend.
    pub legend: Legend,
    /// One for each family, the largest first. None on the page of a log whose graph has its own page.
    pub drawings: Vec<DrawingView>,
    /// The same in words, in the order of the drawings.
    pub list: Vec<Said>,
    /// How many decisions the list leaves out.
    pub not_listed: usize,
}

/// Which signs the drawings use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a sign that is explained or not")]
pub struct Legend {
    /// Some hold.
    pub holds: bool,
    /// Some are being written or discussed.
    pub open: bool,
    /// Some don't hold any more, or never did.
    pub over: bool,
    /// Some replaced others.
    pub supersedes: bool,
    /// Some amended others.
    pub amends: bool,
    /// Some would do either.
    pub proposed: bool,
}

/// A family, drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawingView {
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
    /// Whether it is wider than one decision, and may have to scroll.
    pub wide: bool,
    /// What the region that scrolls is called.
    pub label: String,
    /// How many of the family are not drawn.
    pub left_out: usize,
    /// The arrows; those with one head together.
    pub lines: Vec<LineView>,
    /// The decisions.
    pub nodes: Vec<NodeView>,
}

/// Arrows with one head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// `supersedes`, `amends` or `proposed`.
    pub class: &'static str,
    /// Path data of what is drawn as a line.
    pub path: String,
    /// Path data of the head.
    pub tip: String,
}

/// The page of a graph that is too large for the page of its log.
#[derive(Clone, Debug, Serialize)]
pub struct GraphPageView {
    /// For `<head>`.
    pub head: Head,
    /// The way here from home.
    pub crumbs: Vec<Link>,
    /// The title of the log.
    pub title: String,
    /// What it shows.
    pub graph: GraphView,
}

/// The family of one decision, at the foot of its page.
#[derive(Clone, Debug, Serialize)]
pub struct FamilyView {
    /// What the drawing holds.
    pub legend: Legend,
    /// What it looks like.
    pub drawing: DrawingView,
    /// The same in words.
    pub list: Vec<Said>,
    /// Where all families of the log are drawn.
    pub all: Option<String>,
}

impl FamilyView {
    /// Of the page `id`, where its family has more members than its own relations may tell, and few enough for a page.
    pub fn around(scope: &Scope<'_>, id: PageId) -> Option<Self> {
        let members = scope.site.families.family(id).filter(|members| FAMILY.contains(&members.len()))?;
        let family = Family::new(scope, members);
        let mut legend = Legend::default();
        let mut drawing = family.view(scope, &mut legend);
        let own = scope.href(id);
        for node in &mut drawing.nodes {
            node.current = node.url == own;
        }
        let list = family.ids.iter().filter_map(|id| Said::of(scope, *id)).collect();
        Some(Self { legend, drawing, list, all: family::whole(scope, id) })
    }
}

impl GraphPageView {
    /// Of the log `id`, where it has such a graph.
    pub fn new(scope: &Scope<'_>, id: FolderId) -> Option<Self> {
        let graph = scope.site.families.graphs.get(&id)?;
        let log = &scope.site.folders[id.0];
        let title = format!("{}: what replaced what", log.title);
        let current = Head::folder(scope, id).current;
        Some(Self {
            head: Head { current, ..Head::plain(scope, &title, graph.url.as_ref()) },
            crumbs: crumbs(scope, id, true),
            title: log.title.clone(),
            graph: GraphView::whole(scope, id, graph),
        })
    }
}

impl GraphView {
    /// For the page of the log `id`: all of a small graph; of a large one only what there is and where. `None` where nothing
    /// is connected.
    pub fn on_the_log(scope: &Scope<'_>, id: FolderId) -> Option<Self> {
        let graph = scope.site.families.graphs.get(&id)?;
        Some(if graph.url.is_some() { Self::empty(scope, id, graph) } else { Self::whole(scope, id, graph) })
    }

    fn empty(scope: &Scope<'_>, id: FolderId, graph: &Graph) -> Self {
        let families = graph.families.iter().map(|place| &scope.site.families.all[*place]);
        Self {
            anchor: anchor(scope, id),
            page: graph.url.as_ref().map(|url| scope.urls.href(url)),
            connected: families.clone().map(Vec::len).sum(),
            families: graph.families.len(),
            alone: graph.alone,
            relations: families.flatten().map(|id| family::count(scope, *id)).sum(),
            left_out: 0,
            legend: Legend::default(),
            drawings: Vec::new(),
            list: Vec::new(),
            not_listed: 0,
        }
    }

    fn whole(scope: &Scope<'_>, id: FolderId, graph: &Graph) -> Self {
        let mut view = Self::empty(scope, id, graph);
        let mut families: Vec<Family> =
            graph.families.iter().map(|place| Family::new(scope, &scope.site.families.all[*place])).collect();
        // Those of about one height stand side by side, the newest first.
        families.sort_by_cached_key(|family| {
            let newest = family.ids.first().map(|id| family::age(scope, *id));
            Reverse((family.drawing.rows, newest))
        });
        let mut drawn = 0;
        for family in &families {
            if drawn < MOST_DRAWN {
                let drawing = family.view(scope, &mut view.legend);
                drawn += drawing.nodes.len();
                view.drawings.push(drawing);
            }
        }
        view.left_out = view.connected - drawn;
        let said = families.iter().flat_map(|family| &family.ids).filter_map(|id| Said::of(scope, *id));
        view.list = said.collect();
        view.not_listed = view.list.len().saturating_sub(MOST_LISTED);
        view.list.truncate(MOST_LISTED);
        view
    }
}

/// The id of the graph on the page of the log `id`.
fn anchor(scope: &Scope<'_>, id: FolderId) -> &'static str {
    let index = scope.site.folders[id.0].index.map(|index| scope.page(index));
    if index.is_some_and(has_graph) { "tm-graph" } else { "graph" }
}

/// Whether the text of a log has a section or an element that is called as the graph would be.
fn has_graph(page: &Page) -> bool {
    let document = &page.document;
    let mut ids = document.headings.iter().map(|heading| &heading.id).chain(&page.old_anchors);
    ids.any(|id| id == "graph") || document.html_ids.iter().any(|id| id == "graph")
}

#[cfg(test)]
mod tests {
    use super::said::Deed;
    use super::*;
    use crate::document::front_matter::Located;
    use crate::site::{Site, Status, fixture};

    fn said(value: &str) -> Vec<Located<String>> {
        value.split(' ').map(|name| Located { value: name.to_owned(), line: 1 }).collect()
    }

    fn view(site: &Site) -> GraphView {
        GraphView::on_the_log(&Scope::new(site), FolderId(1)).unwrap()
    }

    fn words(view: &GraphView) -> Vec<String> {
        let number = |link: &Link| link.number.clone().unwrap_or_default();
        let deed = |deed: &Deed| {
            format!("{} {}", deed.words, deed.links.iter().map(number).collect::<Vec<_>>().join(" "))
        };
        let line = |said: &Said| {
            let deeds: Vec<String> = said.deeds.iter().map(deed).collect();
            format!("{} {}", number(&said.decision), deeds.join(", "))
        };
        view.list.iter().map(line).collect()
    }

    #[test]
    fn draws_and_says_what_is_related_and_counts_the_rest() {
        let mut site = fixture::site(9);
        site.pages[3].document.front.decision.supersedes = said("2 3");
        site.pages[4].document.front.decision.supersedes = said("4");
        site.pages[6].document.front.decision.amends = said("5");
        site.pages[8].document.front.decision.supersedes = said("8");
        site.pages[8].status = Some(Status::read("Proposed"));
        fixture::relate(&mut site);
        let view = view(&site);
        assert_eq!((view.connected, view.families, view.alone, view.relations), (7, 2, 2, 5));
        assert_eq!(words(&view), ["7 amends 5", "5 supersedes 4", "4 supersedes 2 3", "9 would supersede 8"]);
        let stands = |drawing: &DrawingView| -> Vec<(String, &str)> {
            drawing.nodes.iter().map(|node| (node.number.clone(), node.stand.word())).collect()
        };
        let of = |all: &[(&str, &'static str)]| -> Vec<(String, &str)> {
            all.iter().map(|(number, stand)| ((*number).to_owned(), *stand)).collect()
        };
        assert_eq!(
            stands(&view.drawings[0]),
            of(&[("7", "holds"), ("5", "holds"), ("4", "over"), ("3", "over"), ("2", "over")])
        );
        assert_eq!(stands(&view.drawings[1]), of(&[("9", "open"), ("8", "holds")]));
        let lines: Vec<_> = view.drawings.iter().flat_map(|d| &d.lines).map(|line| line.class).collect();
        assert_eq!(lines, ["supersedes", "supersedes", "amends", "proposed"]);
        assert_eq!(
            view.legend,
            Legend { holds: true, open: true, over: true, supersedes: true, amends: true, proposed: true }
        );
    }

    #[test]
    fn a_large_graph_is_only_counted_on_the_log() {
        let mut site = fixture::site(70);
        for at in 1..70 {
            site.pages[at].document.front.decision.supersedes = said(&at.to_string());
        }
        fixture::relate(&mut site);
        let view = view(&site);
        assert_eq!((view.page.as_deref(), view.connected), (Some("./decisions/graph/"), 70));
        assert!(view.drawings.is_empty() && view.list.is_empty());
        let page = GraphPageView::new(&Scope::new(&site), FolderId(1)).unwrap();
        assert_eq!(
            (page.graph.drawings[0].nodes.len(), page.graph.list.len(), page.graph.left_out),
            (70, 69, 0)
        );
    }

    #[test]
    fn an_id_of_the_text_above_is_not_taken() {
        let mut site = fixture::site(2);
        site.pages[1].document.front.decision.supersedes = said("1");
        fixture::relate(&mut site);
        assert_eq!(view(&site).anchor, "graph");
        site.pages[2].document.headings[1].id = "graph".to_owned();
        site.folders[1].index = Some(PageId(2));
        assert_eq!(view(&site).anchor, "tm-graph");
    }

    #[test]
    fn a_chain_without_end_is_cut_and_says_so() {
        const COUNT: usize = 20_000;
        let mut site = fixture::site(COUNT);
        for at in 1..COUNT {
            site.pages[at].document.front.decision.supersedes = said(&at.to_string());
        }
        fixture::relate(&mut site);
        let graph = GraphPageView::new(&Scope::new(&site), FolderId(1)).unwrap().graph;
        let drawn = graph.drawings[0].nodes.len();
        assert_eq!((graph.left_out, graph.drawings[0].left_out), (COUNT - drawn, COUNT - drawn));
        assert_eq!((graph.list.len(), graph.not_listed), (MOST_LISTED, COUNT - 1 - MOST_LISTED));
    }
}
