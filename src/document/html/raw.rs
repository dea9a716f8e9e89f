//! HTML that passes as it is, cut where its links stand: they are resolved like all others, the rest stays as written.

use std::ops::Range;

use super::element::valid_id;
use super::tokens::{self, Piece};

/// A part of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'h> {
    /// Markup and text.
    Text(&'h str),
    /// The value of `href`, `src` or `poster`.
    Link(Link<'h>),
}

/// A destination in raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'h> {
    /// As written, without quotes.
    pub written: &'h str,
    /// With its character references resolved.
    pub target: String,
    /// Whether quotes stand around it.
    pub quoted: bool,
    /// Whether it is something to go to; else something to load.
    pub is_reference: bool,
}

/// The ids that `html` defines, in order.
pub fn ids(html: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for piece in tokens::tokenize(html).unwrap_or_default() {
        let Piece::Open(tag) = piece else { continue };
        let named = |name: &str| &*tag.name == "a" && name == "name";
        let own = tag.attrs.iter().filter(|a| &*a.name.local == "id" || named(&a.name.local));
        ids.extend(own.map(|a| a.value.to_string()).filter(|id| valid_id(id)));
    }
    ids
}

/// Cuts `html` up. All parts together are `html`.
pub fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|i| at + i) {
        if html[start..].starts_with("<!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end);
            continue;
        }
        let name = name(&html[start + 1..]);
        at = start + 1 + name.len();
        if name.is_empty() {
            continue;
        }
        while let Some(attribute) = attribute(html, at) {
            at = attribute.end;
            if let Some(link) = link(html, name, &attribute) {
                parts.push(Part::Text(&html[from..attribute.value.start]));
                parts.push(Part::Link(link));
                from = attribute.value.end;
            }
        }
        at = after_content(html, name, at);
    }
    parts.push(Part::Text(&html[from..]));
    parts
}

fn name(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) { &text[..length] } else { "" }
}

/// An attribute: the places of its name and value, and where it ends.
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
    quoted: bool,
    end: usize,
}

/// The next attribute of a tag, `None` at the tag's end.
fn attribute(html: &str, from: usize) -> Option<Attribute> {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, skipped: &dyn Fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|b| skipped(*b)) {
            at += 1;
        }
        at
    };
    let blank = |b: u8| b.is_ascii_whitespace();
    let start = skip(from, &|b| blank(b) || b == b'/');
    let name_end = skip(start, &|b| !blank(b) && !matches!(b, b'=' | b'>' | b'/'));
    let equals = skip(name_end, &blank);
    if bytes.get(equals) != Some(&b'=') {
        let empty = name_end..name_end;
        return (name_end > start).then_some(Attribute {
            name: start..name_end,
            value: empty,
            quoted: true,
            end: name_end,
        });
    }
    let value = skip(equals + 1, &blank);
    let name = start..name_end;
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
        let end = memchr::memchr(*quote, &bytes[value + 1..]).map_or(bytes.len(), |i| value + 1 + i);
        let after = (end + 1).min(bytes.len());
        return Some(Attribute { name, value: value + 1..end, quoted: true, end: after });
    }
    let end = skip(value, &|b| !blank(b) && b != b'>');
    Some(Attribute { name, value: value..end, quoted: false, end })
}

fn link<'h>(html: &'h str, tag: &str, attribute: &Attribute) -> Option<Link<'h>> {
    let name = &html[attribute.name.clone()];
    let known = ["href", "poster", "src"].into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    let written = &html[attribute.value.clone()];
    if written.is_empty() || tag.eq_ignore_ascii_case("base") {
        return None;
    }
    let is_reference = known == "href" && !tag.eq_ignore_ascii_case("link");
    Some(Link { written, target: resolved(written), quoted: attribute.quoted, is_reference })
}

/// A value with its character references resolved.
fn resolved(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    // The tokenizer knows all names; quotes can't end the value, since they are what ended it here.
    let quote = if value.contains('"') { '\'' } else { '"' };
    match tokens::tokenize(&format!("<a href={quote}{value}{quote}>")).as_deref() {
        Some([Piece::Open(tag), ..]) => tag.attrs.first().map_or(String::new(), |a| a.value.to_string()),
        _ => value.to_owned(),
    }
}

/// Where to go on after a tag: behind the content of elements in which browsers see no tags.
fn after_content(html: &str, name: &str, at: usize) -> usize {
    if !["script", "style", "textarea", "title"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return at;
    }
    let ends = html[at..].match_indices("</").map(|(end, _)| at + end);
    let mut own = ends.filter(|end| {
        html.get(end + 2..end + 2 + name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name))
    });
    own.next().unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(html: &str) -> Vec<String> {
        let parts = parts(html);
        let whole: String = parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => *text,
                Part::Link(link) => link.written,
            })
            .collect();
        assert_eq!(whole, html);
        let links = parts.into_iter().filter_map(|part| match part {
            Part::Link(link) => Some(link.target),
            Part::Text(_) => None,
        });
        links.collect()
    }

    proptest::proptest! {
        #[test]
        fn loses_nothing(html in "(<a |href=|src|[<>'\"=/ é&;-]|<!--|-->|<script>|</|x){0,40}") {
            targets(&html);
        }
    }

    #[test]
    fn finds_ids() {
        assert_eq!(ids("<div id=a><a name='b' id=c><img name=no id='tm-x'>"), ["a", "b", "c"]);
    }

    #[test]
    fn finds_links_where_browsers_do() {
        assert_eq!(
            targets("<a title='>' HREF = \"a.md?x&amp;y\">a</a><img src=b.png/>"),
            ["a.md?x&y", "b.png/"]
        );
        assert_eq!(
            targets("<script src='c.js'>'<img src=no>'</SCRIPT><video poster=d.png src>"),
            ["c.js", "d.png"]
        );
        assert_eq!(targets("<!-- <a href=no> --> < a href=no> <base href=no> a href=\"no\""), [""; 0]);
        assert_eq!(targets("<a href=\"open <b src='x'"), ["open <b src='x'"]);
    }
}
