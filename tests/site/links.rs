//! Every address in every page of a built site leads somewhere: to a file, to an id, and without a word about where the site
//! is served, but on the page for any address.
//!
//! What a link means is decided as GitHub Pages decides it: `x/` is `x/index.html`, anything else is that file.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Page;

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "action", "data", "xlink:href"];

/// The built files of a site that is served at `base`, such as `/handbook/`.
pub struct Links<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    base: &'a str,
    /// Such as `https://acme.example`: addresses that start so are the site's own.
    origin: &'a str,
    ids: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Links<'a> {
    pub fn of(files: &'a BTreeMap<String, Vec<u8>>, origin: &'a str, base: &'a str) -> Self {
        let ids = pages(files).map(|(path, page)| {
            let ids = page.elements.iter().filter_map(|e| e.get("id")).map(str::to_owned).collect();
            (path, ids)
        });
        Self { files, base, origin, ids: ids.collect() }
    }

    /// What is wrong, one line each; empty where every address leads somewhere.
    pub fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (path, page) in pages(self.files) {
            for address in addresses(&page) {
                if let Err(why) = self.follow(path, &address) {
                    broken.push(format!("{path}: {address} {why}"));
                }
            }
        }
        for (path, text) in texts(self.files) {
            for address in inner_addresses(text) {
                if let Err(why) = self.follow(path, address) {
                    broken.push(format!("{path}: {address} {why}"));
                }
            }
        }
        broken
    }

    /// Addresses of the site's own that its pages name, anchors of the same page aside.
    pub fn count(&self) -> usize {
        let own = |address: &String| !address.starts_with('#') && !has_scheme(address);
        pages(self.files).map(|(_, page)| addresses(&page).iter().filter(|a| own(a)).count()).sum()
    }

    fn follow(&self, from: &str, address: &str) -> Result<(), String> {
        let own = address.strip_prefix(self.origin).filter(|_| !self.origin.is_empty());
        let address = own.unwrap_or(address);
        if address.starts_with("//") || has_scheme(address) {
            return Ok(());
        }
        let (path, fragment) = address.split_once('#').map_or((address, ""), |(p, f)| (p, f));
        let path = path.split('?').next().unwrap_or("");
        let file = match path.strip_prefix(self.base) {
            _ if path.is_empty() => from.to_owned(),
            Some(below) if from == "404.html" || own.is_some() => decode(below),
            _ if path.starts_with('/') && from != "404.html" => return Err("is not relative".to_owned()),
            _ if path.starts_with('/') => return Err(format!("is not below {}", self.base)),
            _ => beside(from, &decode(path)).ok_or("leads above the site")?,
        };
        let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file };
        if !self.files.contains_key(&file) {
            return Err(format!("leads to {file}, which is not there"));
        }
        // The second of a file that plays.
        if plays(&file)
            && fragment.strip_prefix("t=").is_some_and(|at| at.bytes().all(|b| b.is_ascii_digit()))
        {
            return Ok(());
        }
        let ids = self.ids.get(file.as_str());
        let has = |wanted: &dyn Fn(&String) -> bool| ids.is_some_and(|ids| ids.iter().any(wanted));
        // A page with a recording answers for each of its seconds.
        let moment = fragment.starts_with("t-") && has(&|id| id.starts_with("tm-player-"));
        let known = moment || ids.is_some_and(|ids| ids.contains(&decode(fragment)));
        if !fragment.is_empty() && !known {
            return Err(format!("leads to no id of {file}"));
        }
        Ok(())
    }
}

fn plays(file: &str) -> bool {
    let name = std::path::Path::new(file).extension().and_then(|name| name.to_str());
    name.is_some_and(|name| ["mp4", "webm", "mov", "mp3", "m4a", "ogg", "wav"].contains(&name))
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, Page)> {
    let is_page = |path: &str| std::path::Path::new(path).extension().is_some_and(|e| e == "html");
    files
        .iter()
        .filter(move |(path, _)| is_page(path))
        .map(|(path, bytes)| (path.as_str(), Page::parse(std::str::from_utf8(bytes).unwrap())))
}

/// Style sheets and scripts of the theme.
fn texts(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| path.starts_with("assets/"))
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
}

fn addresses(page: &Page) -> Vec<String> {
    let mut all = Vec::new();
    for element in &page.elements {
        all.extend(ADDRESSES.iter().filter_map(|name| element.get(name)).map(str::to_owned));
        let set = element.get("srcset").into_iter().flat_map(|set| set.split(", "));
        all.extend(set.filter_map(|one| one.split_whitespace().next()).map(str::to_owned));
        let refresh = element.get("content").and_then(|content| content.split_once("url="));
        all.extend(refresh.map(|(_, url)| url.to_owned()));
        let card = element.get("property").filter(|p| ["og:url", "og:image"].contains(p));
        all.extend(card.and_then(|_| element.get("content")).map(str::to_owned));
    }
    all
}

/// `url(...)` in style sheets, `from "./x.js"` in modules.
fn inner_addresses(text: &str) -> Vec<&str> {
    let cut = |start: &str, end: char| {
        let parts: Vec<&str> = text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect();
        parts
    };
    let mut all: Vec<&str> = cut("url(", ')').into_iter().map(|url| url.trim_matches(['"', '\''])).collect();
    all.extend(cut("from \"", '"'));
    all.retain(|address| !address.starts_with('#'));
    all
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// `path` from the folder of `from`.
fn beside(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap()
}
