//! What HTML in documents may do under the default policy: one table of elements, one of attributes.
//!
//! The set is GitHub's in spirit, so that a README looks the same here. Nothing in it runs, loads from a place that
//! the link rules have not seen, changes the page outside the document's body, or takes a name from the theme:
//! no `style`, `class`, `data-*` or handlers. Whatever is not in a table is not in the output.

/// Ids that begin so belong to the theme; documents can't take them.
pub const THEME_PREFIX: &str = "tm-";

/// Where an element may stand, and what may stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of a line of text.
    Phrasing,
    /// Part of a line of text, without content.
    Void,
    /// A block.
    Flow,
    /// A block without content.
    FlowVoid,
    /// A block of which another element of its kind, or any block, ends the one that is open.
    Paragraph,
    /// A heading: a block that ends an open heading.
    Heading,
}

/// An element that documents may use.
#[derive(Debug)]
pub struct Rule {
    /// In the output; obsolete elements are written as their successors.
    pub name: &'static str,
    /// Where it may stand.
    pub kind: Kind,
    /// The elements that it must stand right in; empty for anywhere.
    pub parents: &'static [&'static str],
    /// Open elements that its start ends, where they are the innermost.
    pub ends: &'static [&'static str],
    /// Attributes beyond those that every element may have.
    pub attributes: &'static [&'static str],
}

impl Rule {
    /// Whether it has no content and no end tag.
    pub const fn is_void(&self) -> bool {
        matches!(self.kind, Kind::Void | Kind::FlowVoid)
    }

    /// Whether it may stand in a line of text.
    pub const fn is_phrasing(&self) -> bool {
        matches!(self.kind, Kind::Phrasing | Kind::Void)
    }
}

/// Attributes that every element may have. `name` becomes `id` on `a`; `align` becomes a class of the theme.
pub const GLOBAL: [&str; 8] = ["align", "aria-hidden", "aria-label", "dir", "id", "lang", "name", "title"];

const NONE: &[&str] = &[];
const CELL: &[&str] = &["colspan", "headers", "rowspan", "scope"];
const LIST: &[&str] = &["ol", "ul"];
const ROWS: &[&str] = &["table", "tbody", "tfoot", "thead"];
const MEDIA: &[&str] = &["audio", "picture", "video"];
const GROUPS: &[&str] = &["caption", "tbody", "td", "tfoot", "th", "thead", "tr"];

const fn rule(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, parents: NONE, ends: NONE, attributes: NONE }
}

impl Rule {
    const fn within(mut self, parents: &'static [&'static str]) -> Self {
        self.parents = parents;
        self
    }

    const fn ending(mut self, ends: &'static [&'static str]) -> Self {
        self.ends = ends;
        self
    }

    const fn with(mut self, attributes: &'static [&'static str]) -> Self {
        self.attributes = attributes;
        self
    }
}

/// All allowed elements by the name they are written with.
static RULES: [(&str, Rule); 77] = {
    use Kind::{Flow, FlowVoid, Heading, Paragraph, Phrasing, Void};
    const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
    [
        ("a", rule("a", Phrasing).with(&["href"])),
        ("abbr", rule("abbr", Phrasing)),
        ("address", rule("address", Flow)),
        ("article", rule("article", Flow)),
        ("aside", rule("aside", Flow)),
        ("audio", rule("audio", Phrasing).with(&["src"])),
        ("b", rule("b", Phrasing)),
        ("bdi", rule("bdi", Phrasing)),
        ("bdo", rule("bdo", Phrasing)),
        ("blockquote", rule("blockquote", Flow)),
        ("br", rule("br", Void)),
        ("caption", rule("caption", Flow).within(&["table"])),
        ("center", rule("div", Flow)),
        ("cite", rule("cite", Phrasing)),
        ("code", rule("code", Phrasing)),
        ("dd", rule("dd", Flow).within(&["dl"]).ending(&["dd", "dt"])),
        ("del", rule("del", Phrasing)),
        ("details", rule("details", Flow).with(&["open"])),
        ("dfn", rule("dfn", Phrasing)),
        ("div", rule("div", Flow)),
        ("dl", rule("dl", Flow)),
        ("dt", rule("dt", Flow).within(&["dl"]).ending(&["dd", "dt"])),
        ("em", rule("em", Phrasing)),
        ("figcaption", rule("figcaption", Flow).within(&["figure"])),
        ("figure", rule("figure", Flow)),
        ("h1", rule("h1", Heading).ending(HEADINGS)),
        ("h2", rule("h2", Heading).ending(HEADINGS)),
        ("h3", rule("h3", Heading).ending(HEADINGS)),
        ("h4", rule("h4", Heading).ending(HEADINGS)),
        ("h5", rule("h5", Heading).ending(HEADINGS)),
        ("h6", rule("h6", Heading).ending(HEADINGS)),
        ("hr", rule("hr", FlowVoid)),
        ("i", rule("i", Phrasing)),
        ("img", rule("img", Void).with(&["alt", "height", "src", "width"])),
        ("ins", rule("ins", Phrasing)),
        ("kbd", rule("kbd", Phrasing)),
        ("li", rule("li", Flow).within(LIST).ending(&["li"]).with(&["value"])),
        ("mark", rule("mark", Phrasing)),
        ("ol", rule("ol", Flow).with(&["reversed", "start"])),
        ("p", rule("p", Paragraph)),
        ("picture", rule("picture", Phrasing)),
        ("pre", rule("pre", Flow)),
        ("q", rule("q", Phrasing)),
        ("rp", rule("rp", Phrasing).within(&["ruby"]).ending(&["rp", "rt"])),
        ("rt", rule("rt", Phrasing).within(&["ruby"]).ending(&["rp", "rt"])),
        ("ruby", rule("ruby", Phrasing)),
        ("s", rule("s", Phrasing)),
        ("samp", rule("samp", Phrasing)),
        ("section", rule("section", Flow)),
        ("small", rule("small", Phrasing)),
        (
            "source",
            rule("source", Void).within(MEDIA).with(&["height", "media", "src", "srcset", "type", "width"]),
        ),
        ("span", rule("span", Phrasing)),
        ("strike", rule("s", Phrasing)),
        ("strong", rule("strong", Phrasing)),
        ("sub", rule("sub", Phrasing)),
        ("summary", rule("summary", Flow).within(&["details"])),
        ("sup", rule("sup", Phrasing)),
        ("table", rule("table", Flow)),
        ("tbody", rule("tbody", Flow).within(&["table"]).ending(GROUPS)),
        ("td", rule("td", Flow).within(&["tr"]).ending(&["td", "th"]).with(CELL)),
        ("tfoot", rule("tfoot", Flow).within(&["table"]).ending(GROUPS)),
        ("th", rule("th", Flow).within(&["tr"]).ending(&["td", "th"]).with(CELL)),
        ("thead", rule("thead", Flow).within(&["table"]).ending(GROUPS)),
        ("time", rule("time", Phrasing).with(&["datetime"])),
        ("tr", rule("tr", Flow).within(ROWS).ending(&["caption", "td", "th", "tr"])),
        ("track", rule("track", Void).within(MEDIA).with(&["kind", "label", "src", "srclang"])),
        ("tt", rule("code", Phrasing)),
        ("u", rule("u", Phrasing)),
        ("ul", rule("ul", Flow)),
        ("var", rule("var", Phrasing)),
        ("video", rule("video", Phrasing).with(&["height", "poster", "src", "width"])),
        ("wbr", rule("wbr", Void)),
        // Known and harmless, shown as their content: listed so that nobody is told off for a README from elsewhere.
        ("font", rule("span", Phrasing)),
        ("big", rule("span", Phrasing)),
        ("nobr", rule("span", Phrasing)),
        ("main", rule("div", Flow)),
        ("nav", rule("div", Flow)),
    ]
};

/// Elements whose content is no text for readers; it goes with them.
pub const SWALLOWED: [&str; 12] = [
    "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg",
    "template", "title",
];

/// Elements of HTML that documents may not use. Anything else that looks like a tag, such as `<your-name>` or
/// `Vec<T>`, is text that its author forgot to escape, and is shown as that.
const REFUSED: [&str; 41] = [
    "applet",
    "area",
    "base",
    "basefont",
    "bgsound",
    "body",
    "button",
    "canvas",
    "col",
    "colgroup",
    "datalist",
    "dialog",
    "embed",
    "fieldset",
    "footer",
    "form",
    "frame",
    "frameset",
    "head",
    "header",
    "hgroup",
    "html",
    "input",
    "label",
    "legend",
    "link",
    "map",
    "marquee",
    "menu",
    "meta",
    "meter",
    "optgroup",
    "option",
    "output",
    "param",
    "plaintext",
    "progress",
    "slot",
    "textarea",
    "image",
    "xmp",
];

/// What to do with a tag, by its name in lower case.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// It may stand, if its place allows it.
    Allowed(&'static Rule),
    /// It goes; its content stays.
    Dropped,
    /// It goes with its content.
    Swallowed,
    /// It is no HTML: shown as text.
    Text,
}

/// Looks `name` up.
pub fn verdict(name: &str) -> Verdict {
    if let Some((_, rule)) = RULES.iter().find(|(written, _)| *written == name) {
        Verdict::Allowed(rule)
    } else if SWALLOWED.contains(&name) {
        Verdict::Swallowed
    } else if REFUSED.contains(&name) {
        Verdict::Dropped
    } else {
        Verdict::Text
    }
}

/// All names of elements in the output, with their own attributes.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    RULES.iter().map(|(_, rule)| (rule.name, rule.attributes))
}
