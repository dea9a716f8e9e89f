//! A strict reader and writer of the small XML that renderers of maths and diagrams make. What it doesn't know is an error, never
//! passed on: their output goes into pages, and is rebuilt here from an allow-list. Knows no vocabulary of elements.

use crate::escape;

/// One part of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Name, attributes in order, and whether the element is already closed.
    Open(&'t str, Vec<(&'t str, String)>, bool),
    Close(&'t str),
    /// Text with its entities decoded.
    Text(String),
}

/// The place, in bytes, where the markup stops being the small XML that this reader knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) usize);

/// Reads parts one after the other, and checks that elements close in order.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    open: Vec<&'t str>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, open: Vec::new() }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next part; `None` at the end, when all elements are closed.
    pub(super) fn next(&mut self) -> Option<Result<Part<'t>, Malformed>> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return if self.open.is_empty() { None } else { Some(Err(Malformed(self.at))) };
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                match comment.find("-->") {
                    Some(end) => self.at += end + 7,
                    None => return Some(Err(Malformed(self.at))),
                }
                continue;
            }
            let part = if rest.starts_with('<') { self.tag(rest) } else { self.text_part(rest) };
            return Some(part.ok_or(Malformed(self.at)));
        }
    }

    fn text_part(&mut self, rest: &'t str) -> Option<Part<'t>> {
        let end = rest.find('<').unwrap_or(rest.len());
        self.at += end;
        decoded(&rest[..end]).map(Part::Text)
    }

    fn tag(&mut self, rest: &'t str) -> Option<Part<'t>> {
        if let Some(close) = rest.strip_prefix("</") {
            let end = close.find('>')?;
            let name = close[..end].trim_end();
            self.at += end + 3;
            return (self.open.pop()? == name).then_some(Part::Close(name));
        }
        let name = name_at(&rest[1..])?;
        let mut inside = &rest[1 + name.len()..];
        let mut attributes = Vec::new();
        loop {
            inside = inside.trim_start();
            let closed = inside.starts_with("/>");
            if closed || inside.starts_with('>') {
                let after = &inside[if closed { 2 } else { 1 }..];
                self.at = self.text.len() - after.len();
                if !closed {
                    self.open.push(name);
                }
                return Some(Part::Open(name, attributes, closed));
            }
            let key = name_at(inside)?;
            let value = inside[key.len()..].trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
            let end = value.find('"')?;
            if value[..end].contains('<') {
                return None;
            }
            attributes.push((key, decoded(&value[..end])?));
            inside = &value[end + 1..];
        }
    }
}

fn name_at(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
        .unwrap_or(text.len());
    (end > 0 && text.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| &text[..end])
}

/// Entities to characters; `None` for one that isn't known.
fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';')? + at;
        out.push(match &rest[at + 1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{A0}',
            number => character(number.strip_prefix('#')?)?,
        });
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// Appends ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::xml(out, value);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<usize, Malformed> {
        let mut reader = Reader::new(text);
        let mut count = 0;
        while let Some(part) = reader.next() {
            part?;
            count += 1;
        }
        Ok(count)
    }

    #[test]
    fn well_formed_markup_is_read_and_entities_are_decoded() {
        let mut reader = Reader::new("<a b=\"1 &amp; 2\"><c/>x &#60; y<!-- z --></a>");
        assert_eq!(reader.next(), Some(Ok(Part::Open("a", vec![("b", "1 & 2".to_owned())], false))));
        assert_eq!(reader.next(), Some(Ok(Part::Open("c", vec![], true))));
        assert_eq!(reader.next(), Some(Ok(Part::Text("x < y".to_owned()))));
        assert_eq!(reader.next(), Some(Ok(Part::Close("a"))));
        assert_eq!(reader.next(), None);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "<a>",
            "</a>",
            "<a></b>",
            "<a b=c/>",
            "<a b='c'/>",
            "<a b/>",
            "<!DOCTYPE a>",
            "<![CDATA[a]]>",
            "<?a?>",
            "a &b; c",
            "a & b",
            "<mo><i>a</mo>",
            "<a b=\"<\"/>",
            "< a/>",
            "<!-- a",
        ] {
            assert!(parts(text).is_err(), "{text}");
        }
    }
}
