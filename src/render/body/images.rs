//! Images and media: files of the site are shown, everything else is a link with the image's words.
//!
//! A page asks nothing of another origin until its reader does: that holds for images too.

use pulldown_cmark::{CowStr, Tag, TagEnd};

use super::writer::Writer;
use crate::document::html::Element;
use crate::document::markdown::Node;
use crate::path::UrlPath;
use crate::site::ResolvedLink;

/// A Markdown image whose words are being gathered.
pub struct Picture<'s, 'a> {
    link: &'s ResolvedLink,
    title: CowStr<'a>,
    words: String,
    /// How many elements are open in its words.
    inner: usize,
}

/// What an image is shown with.
#[derive(Clone, Copy, Default)]
pub struct Shown<'t> {
    /// What it says to those who don't see it.
    pub words: &'t str,
    /// What it says on a closer look.
    pub title: &'t str,
    /// The element that it is written as; `None` for Markdown.
    pub element: Option<&'t Element>,
}

impl<'a> Writer<'_, 'a> {
    /// Opens the next image.
    pub fn start_image(&mut self, title: CowStr<'a>) {
        let link = self.next_link();
        self.picture = Some(Picture { link, title, words: String::new(), inner: 0 });
    }

    /// Takes a node of an image's words: only its text counts, but its links are links of the page.
    pub fn alternative(&mut self, node: Node<'a>) {
        if matches!(node, Node::Start(Tag::Link { .. } | Tag::Image { .. }) | Node::RawLink(_)) {
            self.next_link();
        } else if let Node::Open(element) = &node {
            for _ in element.links() {
                self.next_link();
            }
        }
        let Some(picture) = &mut self.picture else { return };
        match node {
            Node::Start(_) => picture.inner += 1,
            Node::End(TagEnd::Image) if picture.inner == 0 => self.end_image(),
            Node::End(_) => picture.inner = picture.inner.saturating_sub(1),
            Node::Text(text) | Node::Code(text) | Node::Math { tex: text, .. } => {
                picture.words.push_str(&text);
            }
            Node::Mention(handle) => picture.words.extend(["@", &handle]),
            Node::SoftBreak | Node::HardBreak => picture.words.push(' '),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        let start = self.out.len();
        let shown = Shown { words: &picture.words, title: &picture.title, element: None };
        self.show(picture.link, shown);
        if !picture.title.is_empty()
            && is_picture(picture.link)
            && let Some(paragraph) = &mut self.paragraph
        {
            paragraph.figure = Some((start, picture.title.to_string()));
        }
    }

    /// Shows an image, or what stands for it.
    pub fn show(&mut self, link: &ResolvedLink, shown: Shown<'_>) {
        match link {
            ResolvedLink::Asset { url, size, .. } => self.show_asset(link, *size, is_film(url), shown),
            _ if self.open_links > 0 => self.text(shown.words),
            ResolvedLink::Broken(written) => {
                self.raw("<span class=\"broken\"");
                self.attribute("title", &format!("No such file: {written}"));
                self.raw(">");
                self.text(shown.words);
                self.raw("</span>");
            }
            link => {
                let end = self.open_link(link, shown.title);
                let href = self.href(link);
                let words =
                    if shown.words.is_empty() { href.as_deref().unwrap_or_default() } else { shown.words };
                self.text(words);
                self.raw(end);
            }
        }
    }

    fn show_asset(&mut self, link: &ResolvedLink, size: Option<(u32, u32)>, film: bool, shown: Shown<'_>) {
        let src = self.href(link).unwrap_or_default();
        self.raw(if film { "<video controls preload=\"metadata\"" } else { "<img" });
        self.attribute("src", &src);
        self.attribute(if film { "aria-label" } else { "alt" }, shown.words);
        if !shown.title.is_empty() {
            self.attribute("title", shown.title);
        }
        let (width, height) = dimensions(size, shown.element);
        for (name, value) in [("width", width), ("height", height)] {
            if let Some(value) = value {
                self.attribute(name, &value);
            }
        }
        if let Some(element) = shown.element {
            self.attributes_of(element, &["src", "alt", "title", "width", "height"]);
        }
        if film {
            return self.raw("></video>");
        }
        // The first one is likely in sight at once; waiting for it would only make it late.
        if self.pictures > 0 {
            self.raw(" loading=\"lazy\"");
        }
        self.pictures += 1;
        self.raw(" decoding=\"async\">");
    }
}

/// Width and height: as the author says, the other by the file's own proportions; else the file's.
fn dimensions(size: Option<(u32, u32)>, element: Option<&Element>) -> (Option<String>, Option<String>) {
    let given = |name| {
        element.and_then(|element| element.text(name)).map(|text| text.trim_end_matches("px").to_owned())
    };
    let scaled = |given: &String, of: u32, by: u32| {
        let given: u64 = given.parse().ok()?;
        (by > 0).then(|| (given * u64::from(of)).div_ceil(u64::from(by)).to_string())
    };
    match (given("width"), given("height"), size) {
        (None, None, Some((width, height))) => (Some(width.to_string()), Some(height.to_string())),
        (Some(width), None, Some((w, h))) => (Some(width.clone()), scaled(&width, h, w)),
        (None, Some(height), Some((w, h))) => (scaled(&height, w, h), Some(height)),
        (width, height, _) => (width, height),
    }
}

fn is_picture(link: &ResolvedLink) -> bool {
    matches!(link, ResolvedLink::Asset { url, .. } if !is_film(url))
}

fn is_film(url: &UrlPath) -> bool {
    let name = url.as_str().to_ascii_lowercase();
    [".mp4", ".webm", ".mov", ".m4v"].iter().any(|extension| name.ends_with(extension))
}
