//! Assets under names that hold a hash of their content, so that hosts and browsers may keep them for good.
//!
//! Styles and scripts name other assets by relative path (`url("../img/a.svg")`, `import "./lib/b.js"`). Each such name is
//! replaced by the hashed one before the file itself is hashed, so that a change travels up to all who use it.
//!
//! The built-in modules are linked ([`super::bundle`]): those of every page into one file, and each that is loaded by itself
//! (a page's script, a worker, what is imported when it is wanted) into one with all that it imports. A module of the site's own
//! is a file of its own, whatever it does, and so is a built-in one of every page that imports it: a fault in it stops nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Parts, text};
use crate::diagnostic::{Diagnostic, Place};
use crate::path::{Root, encode_path};

/// The order of the built-in sheets; all others follow by name, so that a site's own can override.
pub const SHEETS: [&str; 4] = ["css/tokens.css", "css/base.css", "css/layout.css", "css/prose.css"];
/// Put after all other built-in sheets: it takes back what the screen needs.
const LAST_SHEET: &str = "css/print.css";
/// The name of the sheet that holds them all.
pub const SHEET: &str = "css/site.css";
/// The name of the script that holds the built-in modules of every page.
pub(super) const SCRIPT: &str = "js/*.js";

/// A file as it goes out.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its name below the theme folder.
    pub name: String,
    /// Its name below `assets/`.
    pub output: String,
    /// Its content, with all names in it replaced.
    pub bytes: Arc<[u8]>,
}

/// Assets by their name in the theme, each as its address below the site's root.
#[derive(Clone, Debug, Default)]
pub struct AssetNames {
    /// By name.
    pub by_name: Arc<BTreeMap<String, String>>,
    /// The one sheet.
    pub sheet: String,
    /// Loaded before anything is painted.
    pub early: Option<String>,
    /// Modules for every page: the built-in ones as one, others by name.
    pub modules: Vec<String>,
}

/// Makes every asset. A file that names itself in a circle keeps the name that it was written with, with a diagnostic.
pub(super) fn make(parts: &Parts, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let later = parts.iter().filter(|(name, part)| part.is_script(name)).flat_map(|(name, part)| {
        let text = std::str::from_utf8(&part.bytes).unwrap_or("");
        imported_later(text).filter_map(|relative| resolved(name, relative))
    });
    let later = later.collect();
    let mut maker = Maker { parts, later, done: BTreeMap::new(), open: Vec::new(), diagnostics };
    for name in wanted(parts) {
        maker.make(name);
    }
    maker.script();
    maker.sheets();
    maker.done.into_values().flatten().collect()
}

/// The address of an asset on a page from which `root` leads to the site's root.
pub(super) fn address(root: &Root, name: &str) -> String {
    [root.as_str(), name].concat()
}

/// Where each asset lies.
pub fn names(assets: &[Asset]) -> AssetNames {
    let below = |asset: &Asset| format!("assets/{}", encode_path(&asset.output));
    let by_name: BTreeMap<_, _> = assets.iter().map(|asset| (asset.name.clone(), below(asset))).collect();
    let modules = by_name.iter().filter(|(name, _)| *name == SCRIPT || is_module(name));
    let modules = modules.map(|(_, url)| url.clone()).collect();
    AssetNames {
        sheet: by_name.get(SHEET).cloned().unwrap_or_default(),
        early: by_name.get(EARLY).cloned(),
        modules,
        by_name: Arc::new(by_name),
    }
}

const EARLY: &str = "js/early.js";

/// Whether every page loads it as a module.
pub(super) fn is_module(name: &str) -> bool {
    let file = name.strip_prefix("js/").unwrap_or("");
    !file.contains(['/', '*']) && has_extension(file, "js") && name != EARLY
}

/// The files that go out by themselves: what the site brings, what is neither style nor script, and what a template names.
/// Of the other built-in styles and scripts, those go out that another file turns out to need.
fn wanted(parts: &Parts) -> impl Iterator<Item = &String> {
    let templates = parts.iter().filter(|(name, _)| name.starts_with(TEMPLATES));
    let texts = templates.filter_map(|(_, part)| std::str::from_utf8(&part.bytes).ok());
    let by_template: BTreeSet<&str> = texts.flat_map(|text| text.split(['"', '\''])).collect();
    let some = parts.iter().filter(move |(name, part)| {
        let linked = part.is_script(name) || (!part.is_own() && has_extension(name, "css"));
        !linked || *name == EARLY || by_template.contains(name.as_str())
    });
    some.map(|(name, _)| name).filter(|name| !is_sheet(name) && !name.starts_with(TEMPLATES))
}

const TEMPLATES: &str = "templates/";

/// What a script imports when it is wanted. In a comment, `import("./a.js").Name` is a type.
fn imported_later(text: &str) -> impl Iterator<Item = &str> {
    text.split("import(\"").skip(1).filter_map(|rest| {
        let (name, after) = rest.split_once("\")")?;
        let is_type = after.strip_prefix('.').is_some_and(|after| after.starts_with(char::is_uppercase));
        (!is_type).then_some(name)
    })
}

/// What a file calls `relative`, by its name in the theme.
pub(super) fn resolved(name: &str, relative: &str) -> Option<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = crate::path::SourcePath::resolve(folder, relative).ok()?;
    Some(target.as_str().to_owned())
}

pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

fn is_sheet(name: &str) -> bool {
    name.strip_prefix("css/").is_some_and(|file| !file.contains('/')) && has_extension(name, "css")
}

pub(super) struct Maker<'a> {
    pub(super) parts: &'a Parts,
    /// Modules that are loaded when they are wanted: one that is linked would be there twice.
    pub(super) later: BTreeSet<String>,
    /// `None` while its references are being made.
    done: BTreeMap<String, Option<Asset>>,
    pub(super) open: Vec<String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Maker<'_> {
    /// The output name of a part, made now if it was not yet.
    pub(super) fn make(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.done.get(name) {
            return known.as_ref().map(|asset| asset.output.clone()).or_else(|| self.circle(name));
        }
        let part = self.parts.get(name)?;
        self.done.insert(name.to_owned(), None);
        self.open.push(name.to_owned());
        let bytes = if has_extension(name, "js") || has_extension(name, "css") {
            match text(name, part) {
                Ok(_) if part.is_script(name) => self.linked(name).into_bytes().into(),
                Ok(text) => self.rewritten(name, text).into_bytes().into(),
                Err(found) => {
                    self.diagnostics.push(*found);
                    part.bytes.clone()
                }
            }
        } else {
            part.bytes.clone()
        };
        self.open.pop();
        Some(self.keep(name, bytes))
    }

    pub(super) fn keep(&mut self, name: &str, bytes: Arc<[u8]>) -> String {
        let hash = blake3::hash(&bytes).to_hex();
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
        let stem = match (stem, folder.strip_prefix("css/")) {
            ("*", Some(folder)) => folder,
            ("*", None) => "site",
            _ => stem,
        };
        let output = format!("{stem}.{}.{extension}", &hash.as_str()[..10]);
        let asset = Asset { name: name.to_owned(), output: output.clone(), bytes };
        self.done.insert(name.to_owned(), Some(asset));
        output
    }

    pub(super) fn circle(&mut self, name: &str) -> Option<String> {
        let chain = self.open.join("`, `");
        let found = Diagnostic::error(
            "theme-circle",
            format!("The theme's file `{name}` is part of a circle: `{chain}`"),
        )
        .hint("A name with a hash of the content can't be made for files that name each other");
        self.diagnostics.push(match self.parts.get(name).and_then(|part| part.own.as_ref()) {
            Some(path) => found.at(Place::file(path)),
            None => found,
        });
        None
    }

    /// All sheets of every page in one, and one for each folder of others.
    fn sheets(&mut self) {
        let parts = self.parts;
        self.sheet(SHEET, &is_sheet);
        let folders = parts.keys().filter_map(|name| name.strip_prefix("css/")?.split_once('/'));
        let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
        for folder in folders {
            let within = format!("css/{folder}/");
            self.sheet(&format!("{within}*.css"), &|name| {
                let file = name.strip_prefix(&within);
                file.is_some_and(|file| !file.contains('/') && has_extension(file, "css"))
            });
        }
    }

    /// Some sheets in one, each with its references rewritten.
    fn sheet(&mut self, sheet: &str, within: &dyn Fn(&str) -> bool) {
        let parts = self.parts;
        let rank = |name: &str| {
            let own_addition = !super::is_built_in(name);
            let first = SHEETS.iter().position(|sheet| *sheet == name).unwrap_or(SHEETS.len());
            (own_addition, name == LAST_SHEET, first)
        };
        let mut names: Vec<&String> = parts.keys().filter(|name| within(name)).collect();
        names.sort_by_key(|name| (rank(name), *name));
        let mut whole = String::new();
        for name in names {
            match text(name, &parts[name]) {
                Ok(text) => whole.push_str(&self.rewritten(name, &without_comments(text))),
                Err(found) => self.diagnostics.push(*found),
            }
        }
        self.keep(sheet, whole.into_bytes().into());
    }

    /// `text` with every quoted or `url()` name of another part replaced by its hashed name.
    pub(super) fn rewritten(&mut self, name: &str, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(['"', '\'', '(']) {
            let close = match rest.as_bytes()[start] {
                b'(' => ')',
                b'"' => '"',
                _ => '\'',
            };
            let (before, after) = rest.split_at(start + 1);
            out.push_str(before);
            let named = after.find([close, '\n']).map(|end| &after[..end]);
            let relative = named.filter(|n| n.starts_with("./") || n.starts_with("../"));
            let hashed = relative.and_then(|n| resolved(name, n)).and_then(|target| self.make(&target));
            if let (Some(named), Some(hashed)) = (named, hashed) {
                out.push_str("./");
                out.push_str(&hashed);
                rest = &after[named.len()..];
            } else {
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

/// A sheet without its comments and indentation: nobody reads them on the way, and they are half of its size.
/// Strings that hold `/*` are left alone.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        let line = rest[..start].rfind('\n').map_or(0, |at| at + 1);
        let quoted = rest[line..start].bytes().filter(|b| *b == b'"').count() % 2 == 1;
        let end = rest[start + 2..].find("*/").map(|at| start + 2 + at + 2);
        let Some(end) = end.filter(|_| !quoted) else {
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        out.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |mut all, line| {
        all.push_str(line);
        all.push('\n');
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_comments_and_keeps_strings() {
        let css = "/* a */ p { /* b\n c */ color: red }\nq::after { content: \"/* kept */\" }\n";
        assert_eq!(without_comments(css), "p {  color: red }\nq::after { content: \"/* kept */\" }\n");
    }

    #[test]
    fn knows_what_goes_into_the_sheet() {
        assert!(is_sheet("css/a.css"));
        assert!(!is_sheet("css/lib/a.css"));
        assert!(!is_sheet("js/a.css.js"));
    }
}
