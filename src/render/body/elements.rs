//! HTML elements of documents, as far as the policy lets them through.

use super::images::Shown;
use super::writer::Writer;
use crate::document::html::{Element, Value};
use crate::document::markdown::RawTarget;
use crate::escape;
use crate::site::ResolvedLink;

impl Writer<'_, '_> {
    /// Writes the start of an HTML element.
    pub fn open(&mut self, element: &Element) {
        if let Some(level) = element.heading_level() {
            return self.start_heading(level, element.text("class").unwrap_or_default());
        }
        match element.name {
            "img" => self.html_image(element),
            "a" => self.anchor(element),
            "audio" | "video" => {
                self.tag(element);
                self.raw(" controls preload=\"metadata\">");
            }
            "table" => {
                self.start_frame();
                self.tag(element);
                self.raw(">");
            }
            "pre" => {
                self.tag(element);
                self.raw(" tabindex=\"0\">");
            }
            _ => {
                self.tag(element);
                self.raw(">");
            }
        }
    }

    /// Writes the end of an HTML element.
    pub fn close(&mut self, name: &'static str) {
        match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => self.end_heading(level - b'0'),
            b"a" => self.end_link(),
            _ => {
                self.raw("</");
                self.raw(name);
                self.raw(if name == "table" { "></div>" } else { ">" });
            }
        }
    }

    /// `<name attributes`
    fn tag(&mut self, element: &Element) {
        self.raw("<");
        self.raw(element.name);
        self.attributes_of(element, &[]);
    }

    /// Writes the attributes of `element` without those in `but`, whose links must have been taken.
    pub fn attributes_of(&mut self, element: &Element, but: &[&str]) {
        for (name, value) in element.attributes.iter().filter(|(name, _)| !but.contains(name)) {
            match value {
                Value::Text(id) if *name == "id" => self.own_id(id),
                Value::Text(text) if text.is_empty() && matches!(*name, "open" | "reversed") => {
                    self.raw(" ");
                    self.raw(name);
                }
                Value::Text(text) => self.attribute(name, text),
                Value::Link(_) => {
                    let link = self.next_link();
                    self.media(name, link);
                }
                Value::Set(candidates) => self.source_set(candidates),
            }
        }
    }

    /// Writes a destination of HTML that passes as it is: resolved where it leads somewhere, else as written.
    pub fn raw_link(&mut self, target: &RawTarget) {
        let link = self.next_link();
        let Some(href) = self.href(link) else { return self.raw(&target.written) };
        let quote = if target.quoted { "" } else { "\"" };
        self.raw(quote);
        escape::attribute(&mut self.out, &href);
        self.raw(quote);
    }

    /// An id, if it is this element's and was not used before.
    fn own_id(&mut self, id: &str) {
        if self.html_ids.remove(id) {
            self.attribute("id", id);
        }
    }

    /// The address of a file to show; files of other origins are not loaded.
    fn media(&mut self, name: &str, link: &ResolvedLink) {
        if let (ResolvedLink::Asset { .. }, Some(href)) = (link, self.href(link)) {
            self.attribute(name, &href);
        }
    }

    fn source_set(&mut self, candidates: &[(String, String)]) {
        let mut set = String::new();
        for (_, descriptor) in candidates {
            let link = self.next_link();
            if let (ResolvedLink::Asset { .. }, Some(href)) = (link, self.href(link)) {
                set.push_str(if set.is_empty() { "" } else { ", " });
                // A comma or space would end the address.
                set.push_str(&href.replace(',', "%2C"));
                set.push_str(if descriptor.is_empty() { "" } else { " " });
                set.push_str(descriptor);
            }
        }
        if !set.is_empty() {
            self.attribute("srcset", &set);
        }
    }

    fn html_image(&mut self, element: &Element) {
        let links: Vec<&ResolvedLink> = element.links().map(|_| self.next_link()).collect();
        let words = element.text("alt").unwrap_or_default();
        let title = element.text("title").unwrap_or_default();
        if let Some(link) = links.first() {
            self.show(link, Shown { words, title, element: Some(element) });
        } else {
            self.text(words);
        }
    }

    fn anchor(&mut self, element: &Element) {
        let link = element.links().next().map(|_| self.next_link());
        let href = link.and_then(|link| self.href(link));
        self.raw("<a");
        if let Some(href) = href {
            self.attribute("href", &href);
        }
        match link {
            Some(ResolvedLink::External(_) | ResolvedLink::Repository(_)) => self.raw(" rel=\"noopener\""),
            Some(ResolvedLink::Broken(_)) => self.raw(" class=\"broken\""),
            _ => {}
        }
        self.attributes_of(element, &["href", "class"]);
        self.raw(">");
        self.link_ends.push("</a>");
        self.open_links += 1;
    }
}
