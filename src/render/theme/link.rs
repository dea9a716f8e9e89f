//! Which of the theme's modules go into which file. How they are put together is [`super::bundle`]'s to know.

use super::assets::{Maker, SCRIPT, is_module, resolved};
use super::bundle::{Bundle, Module, read};

/// How deep built-in modules import each other at most.
const DEPTH: usize = 32;

impl Maker<'_> {
    /// A built-in module with all that it imports.
    pub(super) fn linked(&mut self, name: &str) -> String {
        let mut bundle = Bundle::default();
        let Some(module) = self.module(name) else {
            let part = self.parts.get(name).and_then(|part| std::str::from_utf8(&part.bytes).ok());
            return self.rewritten(name, &without_remarks(part.unwrap_or("")));
        };
        let from = self.imports(&mut bundle, name, &module);
        bundle.root(&module, &from);
        bundle.text()
    }

    /// The built-in modules of every page in one; one that needs a module of the site's own stays by itself.
    pub(super) fn script(&mut self) {
        let mut bundle = Bundle::default();
        for (name, part) in self.parts.iter().filter(|(name, _)| is_module(name)) {
            let module = if part.is_own() || self.leans_on_own(name, 0) { None } else { self.module(name) };
            match module {
                Some(module) => {
                    let from = self.imports(&mut bundle, name, &module);
                    bundle.entry(&module, &from);
                }
                None => drop(self.make(name)),
            }
        }
        self.keep(SCRIPT, bundle.text().into_bytes().into());
    }

    /// Whether a module imports one of the site's own, itself or through others.
    fn leans_on_own(&self, name: &str, depth: usize) -> bool {
        let Some(part) = self.parts.get(name).filter(|part| !part.is_own()) else { return true };
        let module = std::str::from_utf8(&part.bytes).ok().and_then(read);
        let imports = module.into_iter().flat_map(|module| module.imports);
        depth > DEPTH
            || imports
                .filter_map(|import| resolved(name, &import.from))
                .any(|target| self.leans_on_own(&target, depth + 1))
    }

    /// A built-in module taken apart, with what it names by address made.
    fn module(&mut self, name: &str) -> Option<Module> {
        let part = self.parts.get(name).filter(|part| part.is_script(name))?;
        let mut module = read(std::str::from_utf8(&part.bytes).ok()?)?;
        module.inner = self.rewritten(name, &without_remarks(&module.inner));
        module.outer = self.rewritten(name, &without_remarks(&module.outer));
        Some(module)
    }

    /// The places in `bundle` of all that a module imports, which is put into it first.
    fn imports(&mut self, bundle: &mut Bundle, name: &str, module: &Module) -> Vec<usize> {
        self.open.push(name.to_owned());
        let places = module.imports.iter().map(|import| {
            let target = resolved(name, &import.from).unwrap_or_default();
            self.place(bundle, &target, &import.from)
        });
        let places = places.collect();
        self.open.pop();
        places
    }

    fn place(&mut self, bundle: &mut Bundle, name: &str, written: &str) -> usize {
        if let Some(place) = bundle.place(name) {
            return place;
        }
        if self.open.iter().any(|open| open == name) {
            self.circle(name);
            return bundle.file(name, written);
        }
        let module = if self.later.contains(name) { None } else { self.module(name) };
        if let Some(module) = module {
            let from = self.imports(bundle, name, &module);
            return bundle.inner(name, &module, &from);
        }
        let file = self.make(name).map_or_else(|| written.to_owned(), |output| format!("./{output}"));
        bundle.file(name, &file)
    }
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
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::super::assets::{Asset, make};
    use super::super::{Part, Parts, built_in};
    use super::*;
    use crate::path::SourcePath;

    fn with(own: &[(&str, &str)]) -> Parts {
        let mut parts = built_in();
        for (name, text) in own {
            let path = SourcePath::new(&format!("theme/{name}")).ok();
            parts
                .insert((*name).to_owned(), Part { bytes: text.as_bytes().into(), own: path, copied: false });
        }
        parts
    }

    /// The files by their names in the theme.
    fn made(parts: &Parts) -> BTreeMap<String, Asset> {
        let mut found = Vec::new();
        let assets = make(parts, &mut found);
        assert_eq!(found, []);
        assets.into_iter().map(|asset| (asset.name.clone(), asset)).collect()
    }

    fn text(asset: &Asset) -> &str {
        std::str::from_utf8(&asset.bytes).unwrap()
    }

    fn scripts() -> impl Iterator<Item = (String, String)> {
        let some = built_in()
            .into_iter()
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "js"));
        some.map(|(name, part)| (name, String::from_utf8(part.bytes.to_vec()).unwrap()))
    }

    #[test]
    fn every_built_in_module_can_be_linked() {
        for (name, js) in scripts() {
            assert!(read(&js).is_some(), "{name}");
        }
    }

    #[test]
    fn what_is_imported_by_several_holds_nothing() {
        // Two files of one page may each have such a module, and each would hold something else.
        let mut importers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, js) in scripts() {
            for import in read(&js).unwrap().imports {
                importers.entry(resolved(&name, &import.from).unwrap()).or_default().push(name.clone());
            }
        }
        for (name, js) in scripts().filter(|(name, _)| importers.get(name).is_some_and(|all| all.len() > 1)) {
            let holds = |line: &str| {
                line.starts_with("let ")
                    || line.starts_with("const ")
                        && (line.contains(" = new Map(") || line.ends_with(" = [];"))
            };
            assert!(!js.lines().any(holds), "{name}");
        }
    }

    #[test]
    fn pages_load_one_script_and_the_parts_go_out_within_it() {
        let made = made(&with(&[]));
        let script = &made[SCRIPT];
        assert!(script.output.starts_with("site."), "{}", script.output);
        assert!(!text(script).lines().any(|line| line.starts_with("import ")));
        assert!(text(script).contains("data-theme-toggle"));
        for inner in ["js/mark.js", "js/lib/element.js", "js/search/engine.js"] {
            assert!(!made.contains_key(inner), "{inner}");
        }
        let dialog = &made["js/search/dialog.js"];
        assert!(text(script).contains(&format!("import(\"./{}\")", dialog.output)));
        // Loaded when it is wanted by two: there once.
        let arrive = &made["js/search/arrive.js"];
        assert!(text(dialog).contains(&format!("import(\"./{}\")", arrive.output)));
    }

    #[test]
    fn a_module_of_the_site_stays_a_file_and_nothing_depends_on_it_that_need_not() {
        let odd = "import x, * as y from \"./lib/element.js\"; export default await 1; `\n${`";
        let made =
            made(&with(&[("js/mine.js", odd), ("js/lib/announce.js", "export const announce = () => {};")]));
        let script = text(&made[SCRIPT]);
        assert!(
            !script.contains("export default") && !script.lines().any(|line| line.starts_with("import "))
        );
        assert!(text(&made["js/mine.js"]).contains(&made["js/lib/element.js"].output));
        // What announces is apart now, with what is the site's own beside it.
        let copy = text(&made["js/copy-code.js"]);
        assert!(copy.contains(&format!("from \"./{}\";", made["js/lib/announce.js"].output)), "{copy}");
        assert!(script.contains("data-theme-toggle"));
    }

    #[test]
    fn a_module_that_imports_itself_is_a_circle() {
        let mut found = Vec::new();
        let own = [("js/lib/announce.js", "import \"../copy-code.js\"; export const announce = 1;")];
        make(&with(&own), &mut found);
        assert!(found.iter().any(|found| found.code == "theme-circle"), "{found:?}");
    }

    #[test]
    fn drops_lines_of_comment_from_scripts() {
        let js = "// a\n/** b\n * c */\nlet d = 1; // e\n\n  /* f */ g();\n  /* h */\n/** @type {i} */\nconst j = \"//\";\n";
        assert_eq!(without_remarks(js), "let d = 1; // e\n/* f */ g();\nconst j = \"//\";\n");
    }

    #[test]
    fn no_script_of_ours_has_a_text_of_several_lines() {
        let is_script = |name: &str| Path::new(name).extension().is_some_and(|e| e == "js");
        for (name, part) in built_in().iter().filter(|(name, _)| is_script(name)) {
            for line in std::str::from_utf8(&part.bytes).unwrap().lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{name}: {line}");
            }
        }
    }
}
