//! Assets under names that hold a hash of their content, so that hosts and browsers may keep them for good.
//!
//! Styles and scripts name other assets by relative path (`url("../img/a.svg")`, `import "./lib/b.js"`). Each such name is
//! replaced by the hashed one before the file itself is hashed, so that a change travels up to all who use it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Parts, text};
use crate::diagnostic::{Diagnostic, Place};
use crate::render::views::Urls;

/// The order of the built-in sheets; all others follow by name, so that a site's own can override.
pub const SHEETS: [&str; 4] = ["css/tokens.css", "css/base.css", "css/layout.css", "css/prose.css"];
/// Put after all other built-in sheets: it takes back what the screen needs.
const LAST_SHEET: &str = "css/print.css";
/// The name of the sheet that holds them all.
pub const SHEET: &str = "css/site.css";

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

/// The addresses of assets by their name in the theme.
#[derive(Clone, Debug, Default)]
pub struct AssetUrls {
    /// By name.
    pub by_name: BTreeMap<String, String>,
    /// The one sheet.
    pub sheet: String,
    /// Loaded before anything is painted.
    pub early: Option<String>,
    /// Modules for every page, by name.
    pub modules: Vec<String>,
    /// Those of them that a page without a document has a use for.
    pub frame_modules: Vec<String>,
}

/// Makes every asset. A file that names itself in a circle keeps the name that it was written with, with a diagnostic.
pub(super) fn make(parts: &Parts, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut maker = Maker { parts, done: BTreeMap::new(), open: Vec::new(), diagnostics };
    for name in parts.keys().filter(|name| !is_sheet(name) && !name.starts_with("templates/")) {
        maker.make(name);
    }
    maker.sheet();
    maker.done.into_values().flatten().collect()
}

/// Where each asset is served.
pub fn urls(assets: &[Asset], urls: &Urls) -> AssetUrls {
    let by_name: BTreeMap<_, _> =
        assets.iter().map(|asset| (asset.name.clone(), urls.asset(&asset.output))).collect();
    let module = |name: &str| {
        let file = name.strip_prefix("js/").unwrap_or("");
        !file.contains('/') && has_extension(file, "js") && name != EARLY
    };
    let modules = |wanted: &dyn Fn(&str) -> bool| {
        let some = by_name.iter().filter(|(name, _)| module(name) && wanted(name));
        some.map(|(_, url)| url.clone()).collect()
    };
    AssetUrls {
        frame_modules: modules(&|name| !OF_DOCUMENTS.contains(&name)),
        sheet: by_name.get(SHEET).cloned().unwrap_or_default(),
        early: by_name.get(EARLY).cloned(),
        modules: modules(&|_| true),
        by_name,
    }
}

const EARLY: &str = "js/early.js";

/// What works on documents and lists of them, and would only add to what the search page has to load.
const OF_DOCUMENTS: [&str; 7] = [
    "js/asks.js",
    "js/clocks.js",
    "js/copy-code.js",
    "js/copy-link.js",
    "js/filter.js",
    "js/outline.js",
    "js/player.js",
];

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

fn is_sheet(name: &str) -> bool {
    name.strip_prefix("css/").is_some_and(|file| !file.contains('/')) && has_extension(name, "css")
}

struct Maker<'a> {
    parts: &'a Parts,
    /// `None` while its references are being made.
    done: BTreeMap<String, Option<Asset>>,
    open: Vec<String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Maker<'_> {
    /// The output name of a part, made now if it was not yet.
    fn make(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.done.get(name) {
            return known.as_ref().map(|asset| asset.output.clone()).or_else(|| self.circle(name));
        }
        let part = self.parts.get(name)?;
        self.done.insert(name.to_owned(), None);
        self.open.push(name.to_owned());
        let bytes = if has_extension(name, "js") || has_extension(name, "css") {
            match text(name, part) {
                Ok(text) if part.own.is_none() && has_extension(name, "js") => {
                    self.rewritten(name, &without_remarks(text)).into_bytes().into()
                }
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

    fn keep(&mut self, name: &str, bytes: Arc<[u8]>) -> String {
        let hash = blake3::hash(&bytes).to_hex();
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
        let output = format!("{stem}.{}.{extension}", &hash.as_str()[..10]);
        let asset = Asset { name: name.to_owned(), output: output.clone(), bytes };
        self.done.insert(name.to_owned(), Some(asset));
        output
    }

    fn circle(&mut self, name: &str) -> Option<String> {
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

    /// All sheets in one, each with its references rewritten.
    fn sheet(&mut self) {
        let parts = self.parts;
        let rank = |name: &str| {
            let own_addition = !super::is_built_in(name);
            let first = SHEETS.iter().position(|sheet| *sheet == name).unwrap_or(SHEETS.len());
            (own_addition, name == LAST_SHEET, first)
        };
        let mut names: Vec<&String> = parts.keys().filter(|name| is_sheet(name)).collect();
        names.sort_by_key(|name| (rank(name), *name));
        let mut whole = String::new();
        for name in names {
            match text(name, &parts[name]) {
                Ok(text) => whole.push_str(&self.rewritten(name, &without_comments(text))),
                Err(found) => self.diagnostics.push(*found),
            }
        }
        self.keep(SHEET, whole.into_bytes().into());
    }

    /// `text` with every quoted or `url()` name of another part replaced by its hashed name.
    fn rewritten(&mut self, name: &str, text: &str) -> String {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
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
            let target = relative.and_then(|n| crate::path::SourcePath::resolve(folder, n).ok());
            let hashed = target.and_then(|target| self.make(target.as_str()));
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

/// A script of ours without indentation and the lines that are nothing but comment or empty: a third of what would go
/// over the wire. Only for the built-in ones, which have no text of several lines that could hold such a line.
fn without_remarks(js: &str) -> String {
    let mut out = String::with_capacity(js.len());
    let mut inside = false;
    for line in js.lines() {
        let start = line.trim_start();
        let opens = !inside && start.starts_with("/*");
        let remark = inside || opens || start.is_empty() || start.starts_with("//");
        inside = (inside || opens) && !line.contains("*/");
        // What follows the end of a comment on its line stays, and the comment with it.
        if !remark || (opens && !line.trim_end().ends_with("*/") && line.contains("*/")) {
            out.push_str(start);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_lines_of_comment_from_scripts() {
        let js = "// a\n/** b\n * c */\nlet d = 1; // e\n\n  /* f */ g();\n  /* h */\n/** @type {i} */\nconst j = \"//\";\n";
        assert_eq!(without_remarks(js), "let d = 1; // e\n/* f */ g();\nconst j = \"//\";\n");
    }

    #[test]
    fn no_script_of_ours_has_a_text_of_several_lines() {
        let is_script = |name: &str| Path::new(name).extension().is_some_and(|e| e == "js");
        for (name, part) in super::super::built_in().iter().filter(|(name, _)| is_script(name)) {
            for line in std::str::from_utf8(&part.bytes).unwrap().lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{name}: {line}");
            }
        }
    }

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
