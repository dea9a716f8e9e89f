//! A tag's attributes made into those that may stand, each in one known form.

use html5ever::Attribute;

use super::policy::{GLOBAL, Rule, THEME_PREFIX};

/// An allowed element with allowed attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name in the output.
    pub name: &'static str,
    /// Its attributes in the order they were written, without repeats.
    pub attributes: Vec<(&'static str, Value)>,
}

/// What an attribute holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text; to be escaped.
    Text(String),
    /// A destination, to be resolved like any link of the document.
    Link(String),
    /// `srcset`: destinations with their descriptors.
    Set(Vec<(String, String)>),
}

impl Element {
    /// Keeps what `rule` allows of `attributes`; the names of handlers and styles that were dropped go to `refused`.
    pub fn new(rule: &'static Rule, attributes: &[Attribute], refused: &mut Vec<String>) -> Self {
        let mut kept: Vec<(&'static str, Value)> = Vec::new();
        for attribute in attributes {
            let written = &*attribute.name.local;
            let known = GLOBAL.iter().chain(rule.attributes).find(|name| **name == written);
            let value = known.and_then(|name| allowed(rule, name, &attribute.value));
            match value {
                Some((name, value)) if kept.iter().all(|(other, _)| *other != name) => {
                    kept.push((name, value));
                }
                None if written.starts_with("on") || matches!(written, "style" | "srcdoc" | "formaction") => {
                    refused.push(written.to_owned());
                }
                _ => {}
            }
        }
        Self { name: rule.name, attributes: kept }
    }

    /// The text of attribute `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(other, value)| match value {
            Value::Text(text) if *other == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// Its destinations in the order in which they are resolved.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().flat_map(|(_, value)| {
            let (one, set): (_, &[_]) = match value {
                Value::Text(_) => (None, &[]),
                Value::Link(url) => (Some(url.as_str()), &[]),
                Value::Set(urls) => (None, urls.as_slice()),
            };
            one.into_iter().chain(set.iter().map(|(url, _)| url.as_str()))
        })
    }

    /// The level of a heading.
    pub fn heading_level(&self) -> Option<u8> {
        match self.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }
}

fn allowed(rule: &Rule, name: &'static str, value: &str) -> Option<(&'static str, Value)> {
    let text = |name| Some((name, Value::Text(value.trim().to_owned())));
    let one_of = |words: &[&str]| words.contains(&value.trim().to_ascii_lowercase().as_str());
    match name {
        "id" => valid_id(value).then(|| (name, Value::Text(value.to_owned()))),
        "name" => (rule.name == "a" && valid_id(value)).then(|| ("id", Value::Text(value.to_owned()))),
        "align" => align(value).map(|class| ("class", Value::Text(class.to_owned()))),
        "href" | "src" | "poster" => Some((name, Value::Link(value.to_owned()))),
        "srcset" => Some((name, Value::Set(candidates(value)))),
        "width" | "height" => is_length(value).then(|| text(name))?,
        "colspan" | "rowspan" | "start" | "value" => is_number(value).then(|| text(name))?,
        "open" | "reversed" => Some((name, Value::Text(String::new()))),
        "dir" => one_of(&["ltr", "rtl", "auto"]).then(|| text(name))?,
        "scope" => one_of(&["row", "col", "rowgroup", "colgroup"]).then(|| text(name))?,
        "aria-hidden" => one_of(&["true", "false"]).then(|| text(name))?,
        "kind" => one_of(&["captions", "subtitles", "descriptions", "chapters"]).then(|| text(name))?,
        _ => text(name),
    }
}

/// Whether `id` may stand in a page: not empty, no space or control character, none of the theme's.
pub fn valid_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 256 && !id.starts_with(THEME_PREFIX) && !id.chars().any(is_blank)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn align(value: &str) -> Option<&'static str> {
    Some(match value.trim().to_ascii_lowercase().as_str() {
        "left" => "align-left",
        "right" => "align-right",
        "center" | "middle" => "align-center",
        _ => return None,
    })
}

fn is_number(value: &str) -> bool {
    let value = value.trim();
    (1..=6).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_length(value: &str) -> bool {
    is_number(value.trim().trim_end_matches("px").trim_end_matches('%'))
}

/// The parts of a `srcset`, at most 16: `a.png 1x, b.png 2x`.
fn candidates(value: &str) -> Vec<(String, String)> {
    let parts = value.split(',').filter_map(|part| {
        let (url, rest) = part.trim().split_once(char::is_whitespace).unwrap_or((part.trim(), ""));
        let descriptor = rest.trim();
        let plain =
            descriptor.len() <= 16 && descriptor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        (!url.is_empty() && plain).then(|| (url.to_owned(), descriptor.to_owned()))
    });
    parts.take(16).collect()
}
