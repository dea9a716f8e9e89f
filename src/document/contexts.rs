//! The contexts of asks: Markdown in front matter, read as the body is, without headings and ids of its own.
//!
//! Their links follow those of the body in [`Document::links`](super::Document::links).

use std::ops::Range;

use super::RawLink;
use super::front_matter::Ask;
use super::markdown::{Context, Refused, TooDeep, depth};
use super::outline::{self, Outline};

/// Reads the contexts of `asks`, and adds their links, mentions, weight and faults to what the body of `text` has.
/// Gives the place in the list of links at which each ask's own begin.
pub fn read(
    text: &str,
    asks: &[Ask],
    context: Context<'_>,
    body: &mut Outline,
) -> Result<Vec<usize>, TooDeep> {
    let mut starts = Vec::with_capacity(asks.len());
    for ask in asks {
        starts.push(body.links.len());
        let Some(markdown) = &ask.context else { continue };
        if depth::too_deep(markdown).is_some() {
            return Err(TooDeep(line(text, ask.line)));
        }
        let read = outline::read(markdown, 0, context).map_err(|_| TooDeep(line(text, ask.line)))?;
        add(body, read, text, ask.line);
    }
    Ok(starts)
}

fn add(body: &mut Outline, read: Outline, text: &str, at_line: usize) {
    let mut faults: Vec<Refused> = read.refused.into_iter().map(|(what, _)| what).collect();
    faults.dedup();
    // Folding took the places of single words away: what is said of them is said at the ask's first line.
    if !read.links.is_empty() || !faults.is_empty() {
        let span = line(text, at_line);
        body.links.extend(read.links.into_iter().map(|link| RawLink { span: span.clone(), ..link }));
        body.refused.extend(faults.into_iter().map(|what| (what, span.clone())));
    }
    body.mentions.extend(read.mentions);
    body.mentions.sort();
    body.mentions.dedup();
    body.weight += read.weight;
}

/// Where line `at` (from 1) of `text` stands, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text.split_inclusive('\n').take(at.saturating_sub(1)).map(str::len).sum();
    start..start + text[start..].lines().next().map_or(0, str::len)
}
