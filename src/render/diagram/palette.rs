//! Colours as roles. The renderer draws each role in a colour of its own; this module knows them again and names their classes. Other
//! colours, such as an author's own, become the nearest of eight hues, so that a theme decides how they look in the light and the dark.

use mermaid_rs_renderer::{LayoutConfig, Theme};

/// The classes that a theme gives its colours, all within `svg.diagram`. Text is always `df-text`, so each fill must carry text.
///
/// | class | meaning |
/// | --- | --- |
/// | `df-page` | fill: the background of the page (behind labels of edges) |
/// | `df-node`, `df-group`, `df-note`, `df-active` | fill: a node, a group of nodes, a note, an activation; soft surfaces |
/// | `df-line` | fill: heads of arrows, dots; the colour of lines |
/// | `df-text` | fill: text |
/// | `df-1` to `df-8` | fill: eight hues, as soft tints that carry text (sections, slices, branches, an author's own fills) |
/// | `ds-page`, `ds-node`, `ds-group`, `ds-note`, `ds-line`, `ds-1` to `ds-8` | stroke: the same roles |
pub const CLASSES: &[&str] = &[
    "df-page",
    "df-node",
    "df-group",
    "df-note",
    "df-active",
    "df-line",
    "df-text",
    "df-1",
    "df-2",
    "df-3",
    "df-4",
    "df-5",
    "df-6",
    "df-7",
    "df-8",
    "ds-page",
    "ds-node",
    "ds-group",
    "ds-note",
    "ds-line",
    "ds-1",
    "ds-2",
    "ds-3",
    "ds-4",
    "ds-5",
    "ds-6",
    "ds-7",
    "ds-8",
];

// The blue in the greys matters: the renderer derives the bars of a plan from them.
const PAGE: &str = "#fefefe";
const NODE: &str = "#f8fafc";
const GROUP: &str = "#f1f5f9";
const NOTE: &str = "#fff3d1";
const ACTIVE: &str = "#e2e8f0";
const LINE: &str = "#64748b";
const NODE_LINE: &str = "#94a3b8";
const GROUP_LINE: &str = "#cbd5e1";
const NOTE_LINE: &str = "#f0c162";
const TEXT: &str = "#0f172a";
/// One for each hue: 0°, 45°, 90° and so on.
const HUES: [&str; 8] =
    ["#cc3333", "#cca633", "#80cc33", "#33cc59", "#33cccc", "#3359cc", "#8033cc", "#cc33a6"];

/// The theme whose colours are the roles.
pub(super) fn theme() -> Theme {
    let own = str::to_owned;
    let hues = || std::array::from_fn(|i| own(HUES[HUE_ORDER[i % 8] - 1]));
    Theme {
        font_family: own("threadmark measures with no font"),
        font_size: 14.0,
        primary_color: own(NODE),
        primary_text_color: own(TEXT),
        primary_border_color: own(NODE_LINE),
        line_color: own(LINE),
        secondary_color: own(ACTIVE),
        tertiary_color: own(PAGE),
        edge_label_background: own(PAGE),
        cluster_background: own(GROUP),
        cluster_border: own(GROUP_LINE),
        background: own(PAGE),
        sequence_actor_fill: own(NODE),
        sequence_actor_border: own(NODE_LINE),
        sequence_actor_line: own(LINE),
        sequence_note_fill: own(NOTE),
        sequence_note_border: own(NOTE_LINE),
        sequence_activation_fill: own(ACTIVE),
        sequence_activation_border: own(NODE_LINE),
        text_color: own(TEXT),
        git_colors: hues(),
        git_inv_colors: hues(),
        git_commit_label_color: own(TEXT),
        git_commit_label_background: own(PAGE),
        pie_colors: std::array::from_fn(|i| own(HUES[HUE_ORDER[i % 8] - 1])),
        pie_title_text_size: 18.0,
        pie_title_text_color: own(TEXT),
        pie_section_text_size: 14.0,
        pie_section_text_color: own(TEXT),
        pie_legend_text_size: 14.0,
        pie_legend_text_color: own(TEXT),
        pie_stroke_color: own(PAGE),
        pie_outer_stroke_color: own(PAGE),
        pie_opacity: 1.0,
        ..Theme::modern()
    }
}

/// Neighbours should differ: blue, yellow, green, red and so on.
const HUE_ORDER: [usize; 8] = [6, 2, 4, 1, 7, 5, 3, 8];

/// Spaces are the renderer's own; widths of text are its estimate.
pub(super) fn layout() -> LayoutConfig {
    LayoutConfig {
        fast_text_metrics: true,
        // Room for labels of edges between the ranks.
        rank_spacing: 70.0,
        ..LayoutConfig::default()
    }
}

/// The class of a fill (`stroke` false) or a stroke; `None` for no paint at all.
pub(super) fn class_of(colour: &str, stroke: bool) -> Option<&'static str> {
    let colour = colour.trim().to_ascii_lowercase();
    if matches!(colour.as_str(), "none" | "transparent") {
        return None;
    }
    Some(if stroke { stroke_class(&colour) } else { fill_class(&colour) })
}

fn fill_class(colour: &str) -> &'static str {
    match colour {
        PAGE | "white" | "#fff" | "#ffffff" => "df-page",
        NODE => "df-node",
        GROUP | GROUP_LINE => "df-group",
        NOTE => "df-note",
        ACTIVE => "df-active",
        LINE | NODE_LINE | "black" | "#000" | "#000000" | "currentcolor" => "df-line",
        TEXT => "df-text",
        _ => match hue_of(colour) {
            Some(hue) => CLASSES[6 + hue],
            None if lightness_of(colour).is_some_and(|l| l < 0.45) => "df-line",
            None => "df-node",
        },
    }
}

fn stroke_class(colour: &str) -> &'static str {
    match colour {
        PAGE | "white" | "#fff" | "#ffffff" => "ds-page",
        NODE | NODE_LINE | ACTIVE => "ds-node",
        GROUP | GROUP_LINE => "ds-group",
        NOTE | NOTE_LINE => "ds-note",
        LINE | TEXT | "black" | "#000" | "#000000" | "currentcolor" => "ds-line",
        _ => match hue_of(colour) {
            Some(hue) => CLASSES[19 + hue],
            None => "ds-line",
        },
    }
}

/// 1 to 8 for a colour, `None` for greys and what can't be read.
fn hue_of(colour: &str) -> Option<usize> {
    let [r, g, b] = rgb_of(colour)?;
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    let spread = max - min;
    if spread < 0.08 {
        return None;
    }
    let sixth = if max <= r {
        (g - b) / spread
    } else if max <= g {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    let eighths = (sixth.rem_euclid(6.0) / 6.0 * 8.0).round();
    // Eight steps of 45 degrees; the eighth is the first again.
    (0..8)
        .find(|step| f64::from(*step) >= eighths - 0.5 && f64::from(*step) <= eighths + 0.5)
        .or(Some(0))
        .and_then(|step| usize::try_from(step + 1).ok())
}

fn lightness_of(colour: &str) -> Option<f64> {
    let [r, g, b] = rgb_of(colour)?;
    Some(f64::midpoint(r.max(g).max(b), r.min(g).min(b)))
}

/// Red, green and blue from 0 to 1.
fn rgb_of(colour: &str) -> Option<[f64; 3]> {
    if let Some(hex) = colour.strip_prefix('#') {
        let digit = |at: usize, count: usize| {
            let value = u8::from_str_radix(hex.get(at * count..(at + 1) * count)?, 16).ok()?;
            Some(f64::from(value) / if count == 1 { 15.0 } else { 255.0 })
        };
        let count = if hex.len() < 6 { 1 } else { 2 };
        return Some([digit(0, count)?, digit(1, count)?, digit(2, count)?]);
    }
    let (name, rest) = colour.split_once('(')?;
    let numbers: Vec<f64> = rest
        .trim_end_matches(')')
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches(['%', 'd', 'e', 'g']).parse().unwrap_or(0.0))
        .collect();
    let [a, b, c] = *numbers.first_chunk::<3>()?;
    match name {
        "rgb" | "rgba" => Some([a / 255.0, b / 255.0, c / 255.0]),
        "hsl" | "hsla" => Some(rgb_of_hsl(a, b / 100.0, c / 100.0)),
        _ => None,
    }
}

fn rgb_of_hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let amount = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        lightness - amount * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hue_of_the_theme_is_known_again() {
        for (index, colour) in HUES.iter().enumerate() {
            assert_eq!(class_of(colour, false), Some(CLASSES[7 + index]), "{colour}");
            assert_eq!(class_of(colour, true), Some(CLASSES[20 + index]), "{colour}");
        }
    }

    #[test]
    fn the_list_of_classes_is_as_the_counts_above_say() {
        assert_eq!((CLASSES[7], CLASSES[14], CLASSES[20], CLASSES[27]), ("df-1", "df-8", "ds-1", "ds-8"));
    }

    #[test]
    fn colours_of_an_author_become_hues_and_greys_stay_surfaces() {
        let classes = ["#f9f", "hsl(240, 100%, 46%)", "rgb(0, 128, 0)", "#eee", "#333", "none", "url(x)"]
            .map(|c| class_of(c, false));
        assert_eq!(
            classes,
            [
                Some("df-8"),
                Some("df-6"),
                Some("df-4"),
                Some("df-node"),
                Some("df-line"),
                None,
                Some("df-node")
            ]
        );
    }
}
