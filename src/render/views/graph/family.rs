//! One family: its members, the newest first, and their drawing.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::node::{self, NodeView, Stand};
use super::{DrawingView, Legend, LineView, anchor};
use crate::render::graph::{self, Arrow, Drawing, Line, Way};
use crate::render::views::Scope;
use crate::render::views::rows::number;
use crate::site::PageId;
use crate::site::decisions::Relations;

/// A family with its drawing.
pub(super) struct Family {
    /// The newest first.
    pub ids: Vec<PageId>,
    pub drawing: Drawing,
}

/// How many decisions the name of a drawing tells.
const NAMED: usize = 4;

/// What orders decisions by age: the date, then the number, then the file.
pub(super) fn age(scope: &Scope<'_>, id: PageId) -> (Option<Date>, Option<u64>, PageId) {
    let page = scope.page(id);
    (page.date, number(page).and_then(|number| number.parse().ok()), id)
}

/// Where the graph is that shows the page `id`: on its log, or on a page of its own.
pub(super) fn whole(scope: &Scope<'_>, id: PageId) -> Option<String> {
    let mut folder = scope.page(id).folder;
    loop {
        if let Some(graph) = scope.site.families.graphs.get(&folder) {
            let log = || {
                format!("{}#{}", scope.urls.href(&scope.site.folders[folder.0].url), anchor(scope, folder))
            };
            return Some(graph.url.as_ref().map_or_else(log, |url| scope.urls.href(url)));
        }
        folder = scope.site.folders[folder.0].parent?;
    }
}

/// How many relations are told to befall a decision; over all decisions that is each once.
pub(super) fn count(scope: &Scope<'_>, id: PageId) -> usize {
    let Some(relations) = scope.site.decisions.relations(id) else { return 0 };
    befalls(relations).count()
}

/// By whom a decision is replaced or amended, or would be.
fn befalls(relations: &Relations) -> impl Iterator<Item = (PageId, Line)> {
    let of = |line: Line| {
        move |end: &crate::site::decisions::End| {
            Some((end.page?, if end.in_force { line } else { Line::Proposed }))
        }
    };
    let superseded = relations.superseded_by.iter().filter_map(of(Line::Supersedes));
    superseded.chain(relations.amended_by.iter().filter_map(of(Line::Amends)))
}

impl Family {
    /// Of all its members.
    pub fn new(scope: &Scope<'_>, members: &[PageId]) -> Self {
        let mut ids = members.to_vec();
        ids.sort_by_cached_key(|id| Reverse(age(scope, *id)));
        let mut places: Vec<(PageId, usize)> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        places.sort_unstable();
        let place = |id: PageId| {
            let at = places.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            Some(places[at].1)
        };
        let mut arrows = Vec::new();
        for (old, id) in ids.iter().enumerate() {
            let relations = scope.site.decisions.relations(*id);
            let befallen = relations.into_iter().flat_map(befalls);
            arrows.extend(befallen.filter_map(|(by, line)| Some(Arrow { old, new: place(by)?, line })));
        }
        let heights: Vec<i32> = ids.iter().map(|id| node::height(scope, *id)).collect();
        Self { drawing: graph::draw(&heights, &arrows), ids }
    }

    /// As the template wants it; the signs that it uses are noted in `legend`.
    pub fn view(&self, scope: &Scope<'_>, legend: &mut Legend) -> DrawingView {
        let drawing = &self.drawing;
        let mut boxes = drawing.boxes.clone();
        // In the order of reading: row by row.
        boxes.sort_by_key(|placed| (placed.y, placed.x));
        let nodes: Vec<NodeView> =
            boxes.iter().map(|placed| NodeView::new(scope, self.ids[placed.node], placed)).collect();
        for node in &nodes {
            match node.stand {
                Stand::Holds => legend.holds = true,
                Stand::Open => legend.open = true,
                Stand::Over => legend.over = true,
            }
        }
        DrawingView {
            width: drawing.width,
            height: drawing.height,
            wide: drawing.width > graph::WIDTH + 2,
            label: label(&nodes),
            left_out: self.ids.len() - nodes.len(),
            lines: lines(&drawing.ways, legend),
            nodes,
        }
    }
}

/// The arrows by their trunks; what holds is drawn over what does not.
fn lines(ways: &[Way], legend: &mut Legend) -> Vec<LineView> {
    let mut ways: Vec<&Way> = ways.iter().collect();
    ways.sort_by_key(|way| (way.arrow.line, way.trunk));
    let line = |trunk: &[&Way]| {
        let class = match trunk[0].arrow.line {
            Line::Supersedes => "supersedes",
            Line::Amends => "amends",
            Line::Proposed => "proposed",
        };
        LineView { class, path: graph::path(trunk.iter().copied()), tip: graph::tip(trunk[0]) }
    };
    for way in &ways {
        match way.arrow.line {
            Line::Supersedes => legend.supersedes = true,
            Line::Amends => legend.amends = true,
            Line::Proposed => legend.proposed = true,
        }
    }
    ways.chunk_by(|a, b| a.trunk == b.trunk).map(line).collect()
}

fn label(nodes: &[NodeView]) -> String {
    let names: Vec<&str> = nodes.iter().take(NAMED).map(NodeView::name).collect();
    let more = nodes.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("Drawing of {}{rest}", names.join(", "))
}
