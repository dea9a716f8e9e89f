//! Templates: loaded with autoescaping whatever their names are, and their faults as diagnostics.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, Value};

use super::assets::{AssetNames, address};
use super::components::written_out;
use super::{Part, Parts, guard, text};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::escape;
use crate::path::{Root, UrlPath};

const FOLDER: &str = "templates/";

/// What is wrong, and with which template, by its name in the theme.
type Finding = (Option<String>, Diagnostic);

/// Loads all templates. Each that is at fault is reported and taken out of `parts`; the built-in one of its name, if any,
/// takes its place.
pub fn load(parts: &mut Parts, assets: &AssetNames, diagnostics: &mut Vec<Diagnostic>) -> Tera {
    let mut tera = environment(assets);
    loop {
        let findings = attempt(&mut tera, parts);
        if findings.is_empty() {
            return tera;
        }
        let mut removed = false;
        for (name, found) in findings {
            diagnostics.push(found);
            removed |= name.is_some_and(|name| take_out(parts, &name));
        }
        // A fault that no template of the site's own can be blamed for: then all of them go.
        if !removed && !take_out_all(parts) {
            return tera;
        }
    }
}

/// Whether there was an own template of that name; the built-in one, if any, stands in for it from now on.
fn take_out(parts: &mut Parts, name: &str) -> bool {
    let own = parts.get(name).is_some_and(|part| part.own.is_some());
    if own {
        parts.remove(name);
        parts.extend(super::built_in().remove_entry(name));
    }
    own
}

fn take_out_all(parts: &mut Parts) -> bool {
    let own = |(name, part): (&String, &Part)| {
        Some(name.clone()).filter(|n| n.starts_with(FOLDER) && part.own.is_some())
    };
    let names: Vec<String> = parts.iter().filter_map(own).collect();
    for name in &names {
        take_out(parts, name);
    }
    !names.is_empty()
}

/// Adds all templates, or says what is wrong with some of them.
fn attempt(tera: &mut Tera, parts: &Parts) -> Vec<Finding> {
    let mut texts = BTreeMap::new();
    let mut findings = Vec::new();
    for (name, part) in parts.iter().filter(|(name, _)| name.starts_with(FOLDER)) {
        match text(name, part) {
            Ok(text) => drop(texts.insert(&name[FOLDER.len()..], text)),
            Err(found) => findings.push((Some(name.clone()), *found)),
        }
    }
    if let Some(name) = guard::too_deep(&texts) {
        let message = format!("The template `{name}` includes others more than {} deep", guard::DEPTH);
        let found = Diagnostic::error("theme-depth", message).hint("Include fewer templates from templates");
        findings.push(placed(found, parts, Some(&name), None));
    }
    if findings.is_empty() {
        let own = |name: &str| parts.get(&format!("{FOLDER}{name}")).is_some_and(|part| part.own.is_some());
        let added = tera.add_raw_templates(written_out(&texts, own));
        findings.extend(added.err().into_iter().flat_map(|error| diagnose(&error, parts)));
    }
    findings
}

/// An error of the template engine as ours, at the lines of the site's own templates where they are at fault.
pub fn diagnose(error: &tera::Error, parts: &Parts) -> Vec<Finding> {
    let named = |name: &str| vec![placed(fault(name, &error.kind().to_string()), parts, Some(name), None)];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let found = fault(report.filename(), report.message());
            vec![placed(
                found,
                parts,
                Some(report.filename()),
                Some(Spot::Bytes(report.span().range.clone())),
            )]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => named(tpl),
        ErrorKind::MissingParent { current, .. } => named(current),
        ErrorKind::Msg(text) => reports(text, parts),
        other => vec![placed(Diagnostic::error(CODE, other.to_string()), parts, None, None)],
    }
}

const CODE: &str = "theme-template";

fn fault(name: &str, message: &str) -> Diagnostic {
    Diagnostic::error(CODE, format!("In the template `{name}`: {message}"))
}

/// What the engine finds when it has all templates it gives as one text of several reports, each with a first line
/// `error: MESSAGE` and a second `--> NAME:LINE:COLUMN`. Any other text is one message.
fn reports(text: &str, parts: &Parts) -> Vec<Finding> {
    let report = |block: &str| {
        let mut lines = block.lines();
        let message = lines.next()?.strip_prefix("error: ")?;
        let mut at = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (_, line, name) = (at.next()?, at.next()?.parse().ok()?, at.next()?);
        Some(placed(fault(name, message), parts, Some(name), Some(Spot::Line(line))))
    };
    let all: Vec<Finding> = text.split("\n\n").filter_map(report).collect();
    if all.is_empty() {
        return vec![placed(Diagnostic::error(CODE, text), parts, None, None)];
    }
    all
}

/// Where in a template.
enum Spot {
    Bytes(Range<usize>),
    Line(usize),
}

fn placed(found: Diagnostic, parts: &Parts, name: Option<&str>, spot: Option<Spot>) -> Finding {
    let name = name.map(|name| format!("{FOLDER}{name}"));
    let part = name.as_ref().and_then(|name| parts.get(name));
    let Some((path, part)) = part.and_then(|part| Some((part.own.as_ref()?, part))) else {
        return (name, found);
    };
    let place = match (spot, std::str::from_utf8(&part.bytes)) {
        (Some(Spot::Bytes(span)), Ok(text)) => Place::in_text(path, text, span),
        (Some(Spot::Line(line)), Ok(text)) => Place::line(path, text, line),
        _ => Place::file(path),
    };
    (name, found.at(place))
}

fn environment(assets: &AssetNames) -> Tera {
    let mut tera = Tera::new();
    // Every name ends in nothing, so every template escapes, whatever it is called.
    tera.autoescape_on([""]);
    tera.set_escape_fn(escape::template);
    settle(&mut tera, assets, &Root::from(&UrlPath::root()));
    tera
}

/// Gives `tera` what depends on how deep a page lies. Components see nothing of a page, so it is known everywhere.
pub fn settle(tera: &mut Tera, assets: &AssetNames, root: &Root) {
    let at = |name: &String| address(root, name);
    let shared = Value::from_serializable(&BTreeMap::from([
        ("sheet", Value::from(at(&assets.sheet))),
        ("early", Value::from(assets.early.as_ref().map(at))),
        ("modules", Value::from(assets.modules.iter().map(at).collect::<Vec<_>>())),
    ]));
    tera.global_context().insert_value("assets", shared);
    tera.global_context().insert("root", root.as_str());
    let (by_name, root) = (Arc::clone(&assets.by_name), root.clone());
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        let name: String = kwargs.must_get("name")?;
        by_name.get(&name).map(|name| address(&root, name)).ok_or_else(|| {
            let near = nearest(&name, by_name.keys().map(String::as_str));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            tera::Error::message(format!("The theme has no file `{name}`{hint}"))
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_whatever_the_name() {
        let mut tera = environment(&AssetNames::default());
        let mut context = tera::Context::new();
        context.insert("name", "<b>\"'");
        for name in ["x.html", "x.svg", "x.tera", "x.HTML", "x"] {
            tera.add_raw_template(name, "{{ name }}").unwrap();
            assert_eq!(tera.render(name, &context).unwrap(), "&lt;b&gt;&quot;&#39;", "{name}");
        }
    }

    #[test]
    fn an_unknown_asset_is_named_with_the_nearest() {
        let by_name = BTreeMap::from([("img/logo.svg".to_owned(), "assets/logo.1.svg".to_owned())]);
        let mut tera = environment(&AssetNames { by_name: Arc::new(by_name), ..AssetNames::default() });
        tera.add_raw_template("a", "{{ asset(name=\"img/logo.svg\") }}").unwrap();
        tera.add_raw_template("b", "{{ asset(name=\"img/lago.svg\") }}").unwrap();
        let context = tera::Context::new();
        assert_eq!(tera.render("a", &context).unwrap(), "./assets/logo.1.svg");
        let error = tera.render("b", &context).unwrap_err().to_string();
        assert!(error.contains("did you mean `img/logo.svg`?"), "{error}");
    }
}
