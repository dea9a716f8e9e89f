//! What is drawn at all: kinds, and counts that can be known before the renderer sees the source. Draws nothing.

use super::DiagramError;

/// Bytes of a source.
const MAX_SOURCE: usize = 32 * 1024;
/// Bytes of a line.
const MAX_LINE: usize = 1_000;
/// Lines of a source.
const MAX_LINES: usize = 400;
/// `&` in a line: `a & b --> c & d` makes every pair an edge.
const MAX_PAIRS: usize = 12;
/// Blocks within blocks, as far as their words tell.
const MAX_BLOCKS: usize = 40;
/// Nodes and edges of kinds whose places are known from their order, such as messages of a sequence.
const MAX_IN_ORDER: usize = 300;
/// Nodes and edges of kinds that are laid out. The layout took up to 1.8 s within these limits, and 23 s at three times as much.
const MAX_LAID_OUT: usize = 100;
/// Up to so many edges may stand between any number of nodes; beyond, half as many more than there are nodes.
const DENSE_EDGES: usize = 36;

/// First words, and the kind that they name to readers.
const KINDS: &[(&str, &str)] = &[
    ("flowchart", "Flowchart"),
    ("graph", "Flowchart"),
    ("sequenceDiagram", "Sequence diagram"),
    ("classDiagram", "Class diagram"),
    ("classDiagram-v2", "Class diagram"),
    ("stateDiagram", "State diagram"),
    ("stateDiagram-v2", "State diagram"),
    ("erDiagram", "Entity relationship diagram"),
    ("gantt", "Gantt chart"),
    ("pie", "Pie chart"),
    ("gitGraph", "Git graph"),
    ("mindmap", "Mind map"),
    ("timeline", "Timeline"),
    ("journey", "User journey"),
];

/// Checks the source, and returns the name of its kind.
pub(super) fn check(source: &str) -> Result<&'static str, DiagramError> {
    for (count, what, limit) in [
        (source.len(), "bytes", MAX_SOURCE),
        (source.lines().count(), "lines", MAX_LINES),
        (source.lines().map(str::len).max().unwrap_or(0), "bytes in a line", MAX_LINE),
        (
            source.split(['\n', ';']).map(|line| line.matches('&').count()).max().unwrap_or(0),
            "\"&\" in a line",
            MAX_PAIRS,
        ),
        (blocks(source), "blocks", MAX_BLOCKS),
    ] {
        if count > limit {
            return Err(DiagramError::TooLarge(what, limit));
        }
    }
    let word = first_word(source);
    let named = KINDS.iter().find(|(known, _)| *known == word);
    named.map(|(_, name)| *name).ok_or_else(|| DiagramError::Kind(word.chars().take(40).collect()))
}

/// Checks what the source turned out to hold; `kind` is what `check` returned.
pub(super) fn check_graph(kind: &str, nodes: usize, edges: usize) -> Result<(), DiagramError> {
    let laid_out =
        matches!(kind, "Flowchart" | "Class diagram" | "State diagram" | "Entity relationship diagram");
    let limit = if laid_out { MAX_LAID_OUT } else { MAX_IN_ORDER };
    let dense = if laid_out { limit.min(DENSE_EDGES.max(nodes + nodes / 2)) } else { limit };
    for (count, what, limit) in [(nodes, "nodes", limit), (edges, "edges", dense)] {
        if count > limit {
            return Err(DiagramError::TooLarge(what, limit));
        }
    }
    Ok(())
}

/// Statements that open a block.
fn blocks(source: &str) -> usize {
    const WORDS: &[&str] = &[
        "subgraph",
        "loop",
        "alt",
        "opt",
        "par",
        "critical",
        "break",
        "rect",
        "box",
        "state",
        "namespace",
        "class",
    ];
    let opens = |line: &&str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        WORDS.contains(&word)
            && (line.trim_end().ends_with('{') || !matches!(word, "state" | "namespace" | "class"))
    };
    source.split(['\n', ';']).filter(opens).count()
}

/// The first word that is neither a comment nor a directive nor front matter.
fn first_word(source: &str) -> &str {
    let mut front_matter = false;
    for line in source.lines().map(str::trim) {
        match line {
            "---" => front_matter = !front_matter,
            _ if front_matter || line.is_empty() || line.starts_with("%%") => {}
            _ => {
                return line
                    .split(|c: char| c.is_whitespace() || matches!(c, ':' | ';'))
                    .next()
                    .unwrap_or_default();
            }
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dense_graphs_are_refused_and_long_sequences_are_not() {
        assert!(check_graph("Flowchart", 100, 100).is_ok());
        assert_eq!(check_graph("Flowchart", 12, 37), Err(DiagramError::TooLarge("edges", 36)));
        assert_eq!(check_graph("State diagram", 40, 61), Err(DiagramError::TooLarge("edges", 60)));
        assert!(check_graph("Sequence diagram", 3, 300).is_ok());
    }

    #[test]
    fn the_kind_is_the_first_word_past_comments_and_front_matter() {
        assert_eq!(check("---\ntitle: A\n---\n%% b\n\n  graph TD; a-->b"), Ok("Flowchart"));
        assert_eq!(check("sequenceDiagram\n a->>b: c"), Ok("Sequence diagram"));
        assert_eq!(check("C4Context\n"), Err(DiagramError::Kind("C4Context".to_owned())));
        assert_eq!(check(""), Err(DiagramError::Kind(String::new())));
    }
}
