//! The theme: templates, styles, scripts and images, built in and overridden file by file by a site's own.
//!
//! A theme folder has `templates/`, and next to it whatever pages load. Its folders say what becomes of a file:
//! `css/*.css` is put into one sheet, in [`assets::SHEETS`]'s order and then by name, and `css/NAME/*.css` into one that some
//! pages load; `js/early.js` is loaded before the page is painted; `js/*.js` are modules that every page loads; anything else, such as
//! `js/lib/` and `img/`, is there for those to name. Every asset goes out under a name that holds a hash of its content.

pub mod assets;
mod bundle;
mod components;
pub(super) mod guard;
mod link;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;

use crate::diagnostic::{Diagnostic, Place};
use crate::path::{OutputPath, Root, SourcePath};
use crate::source::ThemeFile;
use assets::Asset;

#[derive(RustEmbed)]
#[folder = "themes/default/"]
struct BuiltIn;

/// A file of the theme in use, wherever it came from.
#[derive(Clone, Debug)]
struct Part {
    bytes: Arc<[u8]>,
    /// Where the site has it; `None` for a built-in file.
    own: Option<SourcePath>,
    /// Whether the site's file is the built-in one, byte for byte.
    copied: bool,
}

impl Part {
    /// Whether the site changed it or brought it. A copy of a built-in file is that file.
    fn is_own(&self) -> bool {
        self.own.is_some() && !self.copied
    }

    /// Whether it is a script of ours.
    fn is_script(&self, name: &str) -> bool {
        !self.is_own() && name.starts_with("js/") && assets::has_extension(name, "js")
    }
}

/// By name below the theme folder.
type Parts = BTreeMap<String, Part>;

/// A theme ready for use.
#[derive(Clone)]
pub struct Theme {
    tera: tera::Tera,
    parts: Arc<Parts>,
    assets: Vec<Asset>,
    names: assets::AssetNames,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("assets", &self.assets.len()).finish_non_exhaustive()
    }
}

impl Theme {
    /// The built-in theme with `own` over it. What is wrong with a file of `own` is a diagnostic, and the built-in file
    /// (or none) stands in for it, so that all errors are found at once.
    pub fn load(own: &[ThemeFile]) -> (Self, Vec<Diagnostic>) {
        let mut parts = built_in();
        for file in own {
            let name = file.name.replace('\\', "/");
            let copied = parts.get(&name).is_some_and(|part| part.bytes == file.bytes);
            parts.insert(name, Part { bytes: file.bytes.clone(), own: Some(file.path.clone()), copied });
        }
        let mut diagnostics = Vec::new();
        let assets = assets::make(&parts, &mut diagnostics);
        let names = assets::names(&assets);
        let tera = templates::load(&mut parts, &names, &mut diagnostics);
        (Self { tera, parts: Arc::new(parts), assets, names }, diagnostics)
    }

    /// Its templates for pages from which `root` leads to the site's root.
    pub(super) fn templates(&self, root: &Root) -> tera::Tera {
        let mut tera = self.tera.clone();
        templates::settle(&mut tera, &self.names, root);
        tera
    }

    /// The files that pages load, for `assets/` in the output.
    pub fn assets(&self) -> impl Iterator<Item = (OutputPath, Arc<[u8]>)> + '_ {
        self.assets.iter().filter_map(|asset| {
            let path = OutputPath::new(&format!("assets/{}", asset.output)).ok()?;
            Some((path, asset.bytes.clone()))
        })
    }

    /// What a template did wrong, placed where it is one of the site's own.
    pub(super) fn fault(&self, error: &tera::Error) -> Vec<Diagnostic> {
        templates::diagnose(error, &self.parts).into_iter().map(|(_, found)| found).collect()
    }

    /// The bytes of a part that is not put into anything, such as `img/favicon.svg`.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(|part| &*part.bytes)
    }
}

fn is_built_in(name: &str) -> bool {
    BuiltIn::get(name).is_some()
}

fn built_in() -> Parts {
    let names = BuiltIn::iter().map(|name| name.to_string());
    names
        .filter_map(|name| {
            let bytes = BuiltIn::get(&name)?.data.into_owned();
            Some((name, Part { bytes: bytes.into(), own: None, copied: false }))
        })
        .collect()
}

/// Name and text of each built-in template.
#[cfg(test)]
pub(super) fn built_in_templates() -> Vec<(String, String)> {
    let templates = built_in().into_iter().filter(|(name, _)| name.starts_with("templates/"));
    templates.map(|(name, part)| (name, String::from_utf8_lossy(&part.bytes).into_owned())).collect()
}

/// The text of a part; a diagnostic where it is not UTF-8.
fn text<'a>(name: &str, part: &'a Part) -> Result<&'a str, Box<Diagnostic>> {
    std::str::from_utf8(&part.bytes).map_err(|_| {
        let found = Diagnostic::error("theme-encoding", format!("The theme's file `{name}` is not UTF-8"))
            .hint("Save it as UTF-8");
        Box::new(match &part.own {
            Some(path) => found.at(Place::file(path)),
            None => found,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, text: &str) -> ThemeFile {
        let path = SourcePath::new(&format!("theme/{name}")).unwrap();
        ThemeFile { name: name.to_owned(), path, bytes: text.as_bytes().into() }
    }

    fn names(theme: &Theme) -> Vec<String> {
        theme.assets().map(|(path, _)| path.to_string()).collect()
    }

    #[test]
    fn the_built_in_theme_is_sound() {
        let (theme, found) = Theme::load(&[]);
        assert_eq!(found, []);
        assert!(names(&theme).iter().any(|name| name.starts_with("assets/site.")));
    }

    #[test]
    fn names_change_with_content_and_only_with_it() {
        let (plain, _) = Theme::load(&[]);
        let (changed, _) = Theme::load(&[own("css/zz.css", "p { color: red }")]);
        let differ: Vec<_> =
            names(&changed).into_iter().filter(|name| !names(&plain).contains(name)).collect();
        assert_eq!(differ.len(), 1, "{differ:?}");
        assert!(differ[0].starts_with("assets/site."), "{differ:?}");
    }

    #[test]
    fn a_change_in_a_shared_module_renames_those_that_import_it() {
        let (plain, _) = Theme::load(&[]);
        let (changed, _) = Theme::load(&[own("js/lib/announce.js", "export const announce = () => {};")]);
        let find = |theme: &Theme| names(theme).into_iter().find(|n| n.contains("/page.")).unwrap();
        assert_ne!(find(&plain), find(&changed));
    }

    #[test]
    fn reports_every_broken_template_with_its_line() {
        let files = [
            own("templates/404.html", "fine"),
            own("templates/tag.html", "one\n{% if x %}\n"),
            own("templates/tags.html", "\n\n{% include \"nowhere.html\" %}{{ 1 | nofilter }}"),
        ];
        let (_, found) = Theme::load(&files);
        let places: Vec<_> =
            found.iter().map(|d| d.place.as_ref().map(|p| (p.path.to_string(), p.line)).unwrap()).collect();
        assert!(
            places.iter().any(|(path, line)| path == "theme/templates/tag.html" && *line >= 2),
            "{found:#?}"
        );
        let of_tags = places.iter().filter(|place| **place == ("theme/templates/tags.html".to_owned(), 3));
        assert_eq!(of_tags.count(), 2, "{found:#?}");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn refuses_what_is_not_text() {
        let mut file = own("css/type.css", "");
        file.bytes = [0xff, 0xfe].as_slice().into();
        let (_, found) = Theme::load(&[file]);
        assert_eq!(found[0].code, "theme-encoding");
    }
}
