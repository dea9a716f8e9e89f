//! A page as a browser's parser reads it: elements with their attributes and texts, in document order.

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};

/// A parsed page.
pub struct Page {
    pub elements: Vec<Element>,
}

/// One element.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// All text in it, white space made single.
    pub text: String,
    /// What is in it, as the parser would write it.
    pub inner: String,
    /// Names of the elements around it, with classes: `div.prose`.
    pub within: Vec<String>,
}

impl Page {
    pub fn parse(html: &str) -> Self {
        let dom = html5ever::parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut elements = Vec::new();
        collect(&dom.document, &mut Vec::new(), &mut elements);
        Self { elements }
    }

    /// All elements that `wanted` (`name`, `.class` or `name.class`) means.
    pub fn all(&self, wanted: &str) -> Vec<&Element> {
        self.elements.iter().filter(|element| element.is(wanted)).collect()
    }

    /// The only element that `wanted` means.
    #[track_caller]
    pub fn one(&self, wanted: &str) -> &Element {
        let all = self.all(wanted);
        assert_eq!(all.len(), 1, "{wanted}: {all:#?}");
        all[0]
    }

    /// The texts of all elements that `wanted` means.
    pub fn texts(&self, wanted: &str) -> Vec<&str> {
        self.all(wanted).iter().map(|element| element.text.as_str()).collect()
    }

    /// The document's own part of the page.
    #[track_caller]
    pub fn prose(&self) -> &str {
        &self.one("div.prose").inner
    }

    /// Elements inside the document's own part.
    pub fn in_prose(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(|element| {
            element.within.iter().any(|around| around.split('.').any(|part| part == "prose"))
        })
    }

    /// The links of the document's own part other than anchors of sections: texts and addresses.
    pub fn prose_links(&self) -> Vec<(&str, &str)> {
        let links = self.in_prose().filter(|element| element.name == "a" && !element.is(".anchor"));
        links.map(|link| (link.text.as_str(), link.get("href").unwrap_or(""))).collect()
    }

    /// `content` of the `meta` with this `name` or `property`.
    pub fn meta(&self, name: &str) -> Option<&str> {
        let named = |e: &&&Element| e.get("name") == Some(name) || e.get("property") == Some(name);
        self.all("meta").iter().find(named).and_then(|meta| meta.get("content"))
    }
}

impl Element {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    fn is(&self, wanted: &str) -> bool {
        let (name, class) = wanted.split_once('.').unwrap_or((wanted, ""));
        let classes = self.get("class").unwrap_or("");
        (name.is_empty() || name == self.name)
            && (class.is_empty() || classes.split_ascii_whitespace().any(|own| own == class))
    }
}

fn collect(node: &Handle, within: &mut Vec<String>, elements: &mut Vec<Element>) {
    let NodeData::Element { name, attrs, .. } = &node.data else {
        node.children.borrow().iter().for_each(|child| collect(child, within, elements));
        return;
    };
    let attributes: Vec<(String, String)> = attrs
        .borrow()
        .iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .collect();
    let class = attributes.iter().find(|(name, _)| name == "class").map(|(_, value)| value.replace(' ', "."));
    elements.push(Element {
        name: name.local.to_string(),
        attributes,
        text: text(node).split_whitespace().collect::<Vec<_>>().join(" "),
        inner: inner(node),
        within: within.clone(),
    });
    within.push(class.map_or_else(|| name.local.to_string(), |class| format!("{}.{class}", name.local)));
    node.children.borrow().iter().for_each(|child| collect(child, within, elements));
    within.pop();
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

fn inner(node: &Handle) -> String {
    let mut bytes = Vec::new();
    let children = SerializableHandle::from(node.clone());
    html5ever::serialize(&mut bytes, &children, html5ever::serialize::SerializeOpts::default()).unwrap();
    String::from_utf8(bytes).unwrap().trim().to_owned()
}
