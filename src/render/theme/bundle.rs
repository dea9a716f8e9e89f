//! Modules put together into one file, so that a page asks for few: each runs once, in a scope of its own, after those that
//! it imports. It knows the forms that the built-in scripts keep to (a formatter sees to their layout): statements of
//! `import` and `export` begin their line. What has another form is not read, and stays a file of its own.
//!
//! Never in here: files, names with hashes, what a site brings. Who calls says what lies where.

use std::fmt::Write as _;

/// A module taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// What it imports, in order.
    pub imports: Vec<Import>,
    /// The names that it exports.
    pub exports: Vec<String>,
    /// Its text without `import` and `export`.
    pub inner: String,
    /// Its text without `import`.
    pub outer: String,
}

/// One statement of `import`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The name there and the name here.
    pub names: Vec<(String, String)>,
    /// As it is written.
    pub from: String,
}

/// Takes a module apart; `None` where it has another form than ours.
pub fn read(js: &str) -> Option<Module> {
    let mut module = Module::default();
    let mut lines = js.lines();
    while let Some(line) = lines.next() {
        if starts(line, "import") {
            let mut whole = line.to_owned();
            while !whole.ends_with(';') {
                whole.push(' ');
                whole.push_str(lines.next()?.trim());
            }
            module.imports.push(import(&whole)?);
        } else if starts(line, "export") {
            module.outer.push_str(line);
            module.outer.push('\n');
            let rest = line.strip_prefix("export ")?;
            if let Some(list) = rest.strip_prefix('{') {
                let list = list.strip_suffix("};")?;
                module.exports.extend(list.split(',').map(|name| name.trim().to_owned()));
            } else {
                module.exports.push(declared(rest)?.to_owned());
                module.inner.push_str(rest);
                module.inner.push('\n');
            }
        } else {
            for text in [&mut module.inner, &mut module.outer] {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    module.exports.iter().all(|name| is_name(name)).then_some(module)
}

fn starts(line: &str, word: &str) -> bool {
    line.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c == '(' || c == '.' || is_part(c)))
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_part)
}

/// The name that a declaration gives; `let` and `var` may change after they were read, and are no part of our form.
fn declared(text: &str) -> Option<&str> {
    let kinds = ["const ", "function ", "async function ", "class "];
    let rest = kinds.iter().find_map(|kind| text.strip_prefix(kind))?;
    let name = rest.split(|c: char| !is_part(c)).next()?;
    // One declaration with several names has a comma, which only a first value without brackets could hide.
    is_name(name).then_some(name)
}

fn import(statement: &str) -> Option<Import> {
    let rest = statement.strip_prefix("import ")?.strip_suffix("\";")?;
    let (names, from) = match rest.strip_prefix('"') {
        Some(from) => ("", from),
        None => rest.strip_prefix('{')?.split_once("} from \"")?,
    };
    let pair = |name: &str| {
        let (there, here) = name.split_once(" as ").unwrap_or((name, name));
        (is_name(there) && is_name(here)).then(|| (there.to_owned(), here.to_owned()))
    };
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let names = names.map(pair).collect::<Option<_>>()?;
    (!from.contains('"')).then(|| Import { names, from: from.to_owned() })
}

/// Modules as they are put together. Each has a place, by which those that import it know it.
#[derive(Debug, Default)]
pub struct Bundle {
    /// Names of modules by place.
    places: Vec<String>,
    imports: String,
    body: String,
}

impl Bundle {
    /// The place of a module that is in it already.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.iter().position(|known| known == name)
    }

    /// A module that stays a file of its own, at the address `file`.
    pub fn file(&mut self, name: &str, file: &str) -> usize {
        let place = self.places.len();
        self.places.push(name.to_owned());
        let _ = writeln!(self.imports, "import * as ${place} from \"{file}\";");
        place
    }

    /// A module that others import: what it exports is known by its place. `from` has the places of what it imports.
    pub fn inner(&mut self, name: &str, module: &Module, from: &[usize]) -> usize {
        let place = self.places.len();
        self.places.push(name.to_owned());
        let (names, exports) = (taken(module, from), module.exports.join(", "));
        let _ = write!(
            self.body,
            "const ${place} = (() => {{\n{names}{}return {{ {exports} }};\n}})();\n",
            module.inner
        );
        place
    }

    /// One of several that a page loads together: that it fails is no matter to the others.
    pub fn entry(&mut self, module: &Module, from: &[usize]) {
        let names = taken(module, from);
        let _ = write!(
            self.body,
            "try {{\n{names}{}}} catch (error) {{\nreportError(error);\n}}\n",
            module.inner
        );
    }

    /// The one whose file this is: it comes last, and exports what it exports.
    pub fn root(&mut self, module: &Module, from: &[usize]) {
        let names = taken(module, from);
        let _ = write!(self.body, "{names}{}", module.outer);
    }

    /// The file.
    pub fn text(self) -> String {
        self.imports + &self.body
    }
}

/// What a module imports, under its own names for it.
fn taken(module: &Module, from: &[usize]) -> String {
    let mut out = String::new();
    for (import, place) in module.imports.iter().zip(from).filter(|(import, _)| !import.names.is_empty()) {
        let names = import
            .names
            .iter()
            .map(|(there, here)| if there == here { there.clone() } else { format!("{there}: {here}") });
        let _ = writeln!(out, "const {{ {} }} = ${place};", names.collect::<Vec<_>>().join(", "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_is_ours() {
        let js = "import { a, b as c } from \"./x.js\";\nimport \"./y.js\";\nimport {\n  d,\n  e,\n} from \"../z.js\";\n\
            export const f = 1;\nexport async function g() {}\nconst h = 2;\nexport { h };\nimport(\"./later.js\");\n";
        let module = read(js).unwrap();
        let from: Vec<_> = module.imports.iter().map(|import| import.from.as_str()).collect();
        assert_eq!(from, ["./x.js", "./y.js", "../z.js"]);
        assert_eq!(module.imports[0].names[1], ("b".to_owned(), "c".to_owned()));
        assert_eq!(module.imports[2].names.len(), 2);
        assert_eq!(module.exports, ["f", "g", "h"]);
        assert_eq!(
            module.inner,
            "const f = 1;\nasync function g() {}\nconst h = 2;\nimport(\"./later.js\");\n"
        );
        assert_eq!(
            module.outer,
            "export const f = 1;\nexport async function g() {}\nconst h = 2;\nexport { h };\nimport(\"./later.js\");\n"
        );
    }

    #[test]
    fn leaves_alone_what_has_another_form() {
        for js in [
            "export default 1;",
            "export let a = 1;",
            "export * from \"./a.js\";",
            "export { a as b };",
            "export { a } from \"./a.js\";",
            "export const { a } = b;",
            "import a from \"./a.js\";",
            "import * as a from \"./a.js\";",
            "import { a } from './a.js';",
            "import { a }\nfrom",
            "import { \"a b\" as c } from \"./a.js\";",
            "import a, { b } from \"./a.js\"; b();",
            "import",
            "export",
        ] {
            assert_eq!(read(js), None, "{js}");
        }
    }

    #[test]
    fn puts_dependencies_first_and_each_once() {
        let mut bundle = Bundle::default();
        let a = bundle.inner("a", &read("export const one = 1;\n").unwrap(), &[]);
        let own = bundle.file("own", "./own.1.js");
        assert_eq!((bundle.place("a"), bundle.place("b")), (Some(a), None));
        let root =
            read("import { one as uno } from \"./a.js\";\nimport \"./own.js\";\nexport const b = uno;\n")
                .unwrap();
        bundle.root(&root, &[a, own]);
        assert_eq!(
            bundle.text(),
            "import * as $1 from \"./own.1.js\";\nconst $0 = (() => {\nconst one = 1;\nreturn { one };\n})();\n\
             const { one: uno } = $0;\nexport const b = uno;\n"
        );
    }

    #[test]
    fn one_entry_that_fails_leaves_the_others() {
        let mut bundle = Bundle::default();
        bundle.entry(&read("throw 1;\n").unwrap(), &[]);
        bundle.entry(&read("two();\n").unwrap(), &[]);
        let text = bundle.text();
        assert_eq!(text.matches("try {\n").count(), 2);
        assert!(text.contains("try {\ntwo();\n} catch (error) {\nreportError(error);\n}\n"), "{text}");
    }
}
