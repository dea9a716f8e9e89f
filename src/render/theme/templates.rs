//! Templates: loaded with autoescaping whatever their names are, and their faults as diagnostics.

use std::collections::BTreeMap;

use tera::{ErrorKind, Kwargs, State, Tera, Value};

use super::assets::AssetUrls;
use super::{Part, Parts, guard, text};
use crate::diagnostic::{Diagnostic, Place, nearest};

const FOLDER: &str = "templates/";

/// Loads all templates. One that is at fault is reported and taken out of `parts`; the built-in one of its name, if any,
/// takes its place.
pub fn load(parts: &mut Parts, urls: AssetUrls, diagnostics: &mut Vec<Diagnostic>) -> Tera {
    let mut tera = environment(urls);
    loop {
        let Some((name, found)) = attempt(&mut tera, parts) else { return tera };
        diagnostics.push(found);
        let built_in = super::built_in().remove(&name);
        let was_own = parts.remove(&name).is_some_and(|part| part.own.is_some());
        if let Some(part) = built_in.filter(|_| was_own) {
            parts.insert(name, part);
        }
    }
}

/// Adds all templates; of the first that is at fault its name in `parts` and what is wrong.
fn attempt(tera: &mut Tera, parts: &Parts) -> Option<(String, Diagnostic)> {
    let mut texts = BTreeMap::new();
    for (name, part) in parts.iter().filter(|(name, _)| name.starts_with(FOLDER)) {
        match text(name, part) {
            Ok(text) => texts.insert(&name[FOLDER.len()..], text),
            Err(found) => return Some((name.clone(), found)),
        };
    }
    if let Some(name) = guard::too_deep(&texts) {
        let message = format!("The template `{name}` includes others more than {} deep", guard::DEPTH);
        let found = Diagnostic::error("theme-depth", message).hint("Include fewer templates from templates");
        return Some((format!("{FOLDER}{name}"), placed(found, parts.get(&format!("{FOLDER}{name}")), None)));
    }
    let error = tera.add_raw_templates(texts).err()?;
    // Without a name nothing could be taken out, and the loop in `load` would not end: any own template then goes.
    let name =
        culprit(error.kind()).map(|name| format!("{FOLDER}{name}")).filter(|name| parts.contains_key(name));
    let own =
        || parts.iter().find(|(n, part)| n.starts_with(FOLDER) && part.own.is_some()).map(|(n, _)| n.clone());
    let any = || parts.keys().find(|n| n.starts_with(FOLDER)).cloned().unwrap_or_default();
    Some((name.or_else(own).unwrap_or_else(any), diagnose(&error, parts)))
}

fn culprit(kind: &ErrorKind) -> Option<&str> {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report.filename()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl),
        ErrorKind::MissingParent { current, .. } => Some(current),
        ErrorKind::TemplateNotFound(name) => Some(name),
        _ => None,
    }
}

/// An error of the template engine as ours, at the line of the site's own template where it is one.
pub fn diagnose(error: &tera::Error, parts: &Parts) -> Diagnostic {
    let kind = error.kind();
    let name = culprit(kind);
    let part = name.and_then(|name| parts.get(&format!("{FOLDER}{name}")));
    let (message, span) = match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), Some(report.span().range.clone()))
        }
        other => (other.to_string(), None),
    };
    let at = name.map_or_else(String::new, |name| format!("In the template `{name}`: "));
    placed(Diagnostic::error("theme-template", format!("{at}{message}")), part, span)
}

fn placed(found: Diagnostic, part: Option<&Part>, span: Option<std::ops::Range<usize>>) -> Diagnostic {
    let Some((path, part)) = part.and_then(|part| Some((part.own.as_ref()?, part))) else { return found };
    found.at(match (span, std::str::from_utf8(&part.bytes)) {
        (Some(span), Ok(text)) => Place::in_text(path, text, span),
        _ => Place::file(path),
    })
}

fn environment(urls: AssetUrls) -> Tera {
    let mut tera = Tera::new();
    // Every name ends in nothing, so every template escapes, whatever it is called.
    tera.autoescape_on([""]);
    let shared = Value::from_serializable(&BTreeMap::from([
        ("sheet", Value::from(urls.sheet)),
        ("early", Value::from(urls.early)),
        ("modules", Value::from(urls.modules)),
    ]));
    tera.global_context().insert_value("assets", shared);
    let by_name = urls.by_name;
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        let name: String = kwargs.must_get("name")?;
        by_name.get(&name).cloned().ok_or_else(|| {
            let near = nearest(&name, by_name.keys().map(String::as_str));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            tera::Error::message(format!("The theme has no file `{name}`{hint}"))
        })
    });
    tera
}
