//! Diagrams in Mermaid's notation to SVG that stands in the page. Pure but for one thing that its renderer does: it looks once for the
//! font it is told to measure with. It is told one that doesn't exist, so that widths are always its own estimate, on every machine.
//!
//! 1. The source is counted (`limits`): the layout's cost grows with nodes and edges, and it recurses.
//! 2. `mermaid-rs-renderer` draws it, in colours that stand for roles (`palette`).
//! 3. The drawing is read strictly and rebuilt from an allow-list (`svg`): no style, script, link or foreign content is left, ids carry a
//!    prefix, and colours have become classes, which a theme gives their light and dark values.

mod limits;
mod palette;
mod svg;

pub use palette::CLASSES;

use std::fmt;

/// A drawn diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// One `<svg class="diagram" role="img">` element with a `<title>`.
    pub svg: String,
    /// What the title says: the diagram's own title, else its kind.
    pub title: String,
}

/// Why a diagram isn't drawn. The caller shows its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiagramError {
    /// Its first word names no kind that is drawn; the word.
    Kind(String),
    /// Larger than what is drawn; what there is too much of, and the limit.
    TooLarge(&'static str, usize),
    /// The renderer doesn't understand it.
    Notation(String),
    /// The renderer failed, or made something that may not stand in a page.
    Refused,
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(word) => write!(f, "no kind of diagram that can be drawn: {word}"),
            Self::TooLarge(what, limit) => write!(f, "the diagram has more than {limit} {what}"),
            Self::Notation(message) => write!(f, "{message}"),
            Self::Refused => write!(f, "the diagram can't be drawn"),
        }
    }
}

impl std::error::Error for DiagramError {}

/// Draws a diagram. `id_prefix` begins every id in it and must be unique on the page; letters, digits, `-` and `_` of it are used.
///
/// # Errors
/// See [`DiagramError`]. The same source fails in the same way everywhere.
pub fn diagram_to_svg(source: &str, id_prefix: &str) -> Result<Diagram, DiagramError> {
    let kind = limits::check(source)?;
    let raw = draw(source, kind)?;
    let title = title_of(source).unwrap_or_else(|| kind.to_owned());
    let prefix: String =
        id_prefix.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let svg = svg::rebuilt(&raw, &prefix, &title).ok_or(DiagramError::Refused)?;
    Ok(Diagram { svg, title })
}

/// On a thread of its own: the renderer recurses, and a panic of it must not reach the page.
fn draw(source: &str, kind: &str) -> Result<String, DiagramError> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(64 * 1024 * 1024)
            .spawn_scoped(scope, || draw_here(source, kind))
            .map_err(|_| DiagramError::Refused)?
            .join()
            .unwrap_or(Err(DiagramError::Refused))
    })
}

fn draw_here(source: &str, kind: &str) -> Result<String, DiagramError> {
    let parsed = parse(source)?;
    limits::check_graph(kind, parsed.graph.nodes.len(), parsed.graph.edges.len())?;
    let theme = palette::theme();
    let layout = palette::layout();
    let drawn = mermaid_rs_renderer::compute_layout(&parsed.graph, &theme, &layout);
    Ok(mermaid_rs_renderer::render_svg(&drawn, &theme, &layout))
}

/// The renderer's check wants every participant of a sequence declared as soon as one is; Mermaid doesn't, and neither does its parser.
fn parse(source: &str) -> Result<mermaid_rs_renderer::ParseOutput, DiagramError> {
    let notation = |message: String| {
        DiagramError::Notation(message.chars().filter(|c| !c.is_control()).take(300).collect())
    };
    match mermaid_rs_renderer::parse_mermaid_strict(source) {
        Err(error) if error.to_string().starts_with("unknown participant") => {
            mermaid_rs_renderer::parse_mermaid(source).map_err(|error| notation(error.to_string()))
        }
        other => other.map_err(|error| notation(error.to_string())),
    }
}

/// The text of `accTitle:`, else of `title`.
fn title_of(source: &str) -> Option<String> {
    let line = |keys: &[&str]| {
        source.lines().map(str::trim).find_map(|line| {
            let rest = keys.iter().find_map(|key| line.strip_prefix(key))?;
            let text: String = rest.trim().chars().filter(|c| !c.is_control()).take(200).collect();
            (!text.is_empty()).then_some(text)
        })
    };
    line(&["accTitle:", "accTitle :"])
        .or_else(|| line(&["title:", "title ", "pie title ", "pie showData title "]))
}

#[cfg(test)]
mod tests;
