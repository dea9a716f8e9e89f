//! Rebuilds a drawing from an allow-list of elements and attributes. Whatever is not on it is left out, with all that stands in it.

use super::palette;
use crate::escape;
use crate::render::markup::{Part, Reader, push_attribute};

const ELEMENTS: &[&str] = &[
    "circle", "defs", "ellipse", "g", "line", "marker", "path", "polygon", "polyline", "rect", "svg", "text",
    "tspan",
];

/// Attributes that hold numbers, lists of numbers, path data or one of a few words.
const ATTRIBUTES: &[&str] = &[
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill-opacity",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "opacity",
    "orient",
    "points",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Attributes whose value points at an element of the drawing.
const POINTERS: &[&str] = &["marker-end", "marker-mid", "marker-start"];

/// What is being rebuilt.
struct Copy<'a> {
    out: String,
    /// Labels of edges: they go on top, as the renderer draws nodes over them.
    labels: String,
    /// The depth above which everything goes to `labels`.
    label_from: Option<usize>,
    /// The depth above which everything is left out.
    dropped_from: Option<usize>,
    seen_root: bool,
    prefix: &'a str,
    title: &'a str,
}

/// The drawing with `prefix` before its ids and `title` as its title; `None` when it isn't well formed.
pub(super) fn rebuilt(raw: &str, prefix: &str, title: &str) -> Option<String> {
    let mut reader = Reader::new(raw);
    let mut copy = Copy {
        out: String::with_capacity(raw.len()),
        labels: String::new(),
        label_from: None,
        dropped_from: None,
        seen_root: false,
        prefix,
        title,
    };
    while let Some(part) = reader.next() {
        copy.part(&part.ok()?, reader.depth());
    }
    copy.seen_root.then_some(copy.out)
}

impl Copy<'_> {
    /// `depth` is the number of elements that are open after the part.
    fn part(&mut self, part: &Part, depth: usize) {
        if let Some(from) = self.dropped_from {
            if depth < from {
                self.dropped_from = None;
            }
            return;
        }
        match part {
            Part::Open(name, attributes, closed) => self.open(name, attributes, *closed, depth),
            Part::Close(name) => self.close(name, depth),
            Part::Text(text) if depth > 0 => escape::xml(self.target(), text),
            Part::Text(_) => {}
        }
    }

    fn target(&mut self) -> &mut String {
        if self.label_from.is_some() { &mut self.labels } else { &mut self.out }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)], closed: bool, depth: usize) {
        // A link becomes a plain group.
        let name = if name == "a" { "g" } else { name };
        let root = name == "svg";
        if !ELEMENTS.contains(&name) || root == self.seen_root {
            self.dropped_from = (!closed).then_some(depth);
            return;
        }
        self.seen_root = true;
        let child_of_root = depth == if closed { 1 } else { 2 };
        let label = child_of_root && attributes.iter().any(|(key, _)| *key == "data-label-kind");
        if label {
            self.label_from = Some(depth);
        }
        let prefix = self.prefix;
        let out = self.target();
        push_open(out, name, attributes, prefix);
        out.push_str(if closed { "/>" } else { ">" });
        if label && closed {
            self.label_from = None;
        }
        if root && !closed {
            push_title(&mut self.out, self.prefix, self.title);
        }
    }

    fn close(&mut self, name: &str, depth: usize) {
        if depth == 0 {
            self.out.push_str(&self.labels);
        }
        let out = self.target();
        out.push_str("</");
        out.push_str(if name == "a" { "g" } else { name });
        out.push('>');
        if self.label_from.is_some_and(|from| depth < from) {
            self.label_from = None;
        }
    }
}

fn push_title(out: &mut String, prefix: &str, title: &str) {
    out.push_str("<title");
    push_attribute(out, "id", &format!("{prefix}-title"));
    out.push('>');
    escape::xml(out, title);
    out.push_str("</title>");
}

fn push_open(out: &mut String, name: &str, attributes: &[(&str, String)], prefix: &str) {
    out.push('<');
    out.push_str(name);
    let mut classes: Vec<&str> = Vec::new();
    if name == "svg" {
        out.push_str(" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        push_attribute(out, "aria-labelledby", &format!("{prefix}-title"));
        classes.push("diagram");
    }
    let text = matches!(name, "text" | "tspan");
    for (key, value) in attributes {
        match *key {
            "fill" | "stroke" => match palette::class_of(value, *key == "stroke") {
                _ if text && *key == "fill" => classes.push("df-text"),
                Some(class) => classes.push(class),
                None => push_attribute(out, key, "none"),
            },
            "id" if name == "marker" && is_name(value) => {
                push_attribute(out, key, &format!("{prefix}-{value}"));
            }
            key if POINTERS.contains(&key) => {
                if let Some(target) =
                    value.strip_prefix("url(#").and_then(|v| v.strip_suffix(')')).filter(|v| is_name(v))
                {
                    push_attribute(out, key, &format!("url(#{prefix}-{target})"));
                }
            }
            key if ATTRIBUTES.contains(&key) && is_plain(value) => push_attribute(out, key, value),
            _ => {}
        }
    }
    classes.dedup();
    if !classes.is_empty() {
        push_attribute(out, "class", &classes.join(" "));
    }
}

fn is_name(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Numbers, letters of path data, words, and the functions of `transform`; nothing that could name a place.
fn is_plain(value: &str) -> bool {
    let calm = |c: char| {
        c.is_ascii_alphanumeric()
            || c.is_ascii_whitespace()
            || matches!(c, '.' | ',' | '-' | '+' | '%' | '(' | ')')
    };
    value.chars().all(calm) && !value.to_ascii_lowercase().contains("url")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_list_is_left_out_with_all_within() {
        let raw = concat!(
            "<svg onload=\"a()\" width=\"1\"><style>b</style><script>c()</script><foreignObject><p>d<b>e</b></p></foreignObject>",
            "<image href=\"f\"/><use href=\"#g\"/><a href=\"javascript:h\"><rect id=\"i\" style=\"j\" onclick=\"k\" width=\"2\"/></a>",
            "<svg><rect width=\"3\"/></svg><set attributeName=\"l\"/></svg>"
        );
        assert_eq!(
            rebuilt(raw, "p", "<t>").as_deref(),
            Some(concat!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"p-title\" width=\"1\" class=\"diagram\">",
                "<title id=\"p-title\">&lt;t&gt;</title><g><rect width=\"2\"/></g></svg>"
            ))
        );
    }

    #[test]
    fn pointers_stay_within_the_drawing_and_carry_the_prefix() {
        let raw = concat!(
            "<svg><defs><marker id=\"m\"/></defs><path marker-end=\"url(#m)\" fill=\"none\" stroke=\"#000\"/>",
            "<path marker-end=\"url(http://a)\" transform=\"url(#b)\" fill=\"url(#c)\"/></svg>"
        );
        let svg = rebuilt(raw, "p", "t").unwrap_or_default();
        assert!(
            svg.contains("<marker id=\"p-m\"/>")
                && svg.contains("<path marker-end=\"url(#p-m)\" fill=\"none\" class=\"ds-line\"/>"),
            "{svg}"
        );
        assert!(svg.contains("<path class=\"df-node\"/>"), "{svg}");
    }

    #[test]
    fn labels_of_edges_go_on_top() {
        let raw = "<svg><rect data-label-kind=\"a\" x=\"1\"/><g data-label-kind=\"a\"><text>b</text></g><rect x=\"2\"/></svg>";
        let svg = rebuilt(raw, "p", "t").unwrap_or_default();
        assert!(svg.ends_with("<rect x=\"2\"/><rect x=\"1\"/><g><text>b</text></g></svg>"), "{svg}");
    }

    #[test]
    fn broken_markup_is_refused() {
        for raw in ["", "<svg>", "<svg><g></svg></g>", "<p/>", "<svg><text>a & b</text></svg>"] {
            assert_eq!(rebuilt(raw, "p", "t"), None, "{raw}");
        }
    }
}
