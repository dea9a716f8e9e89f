//! Findings as one JSON array, in the form of `src/cli/schema/findings.schema.json`.

use serde_json::{Value, json};

use super::{pretty, word};
use crate::diagnostic::Diagnostic;

/// An array with one object for each finding, in the order given; paths are from the folder of the site.
pub fn render(found: &[Diagnostic]) -> String {
    pretty(&Value::Array(found.iter().map(object).collect()))
}

fn object(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    let at = place.filter(|place| place.line > 0);
    json!({
        "code": diagnostic.code,
        "severity": word(diagnostic.severity),
        "file": place.map(|place| place.path.as_str()),
        "line": at.map(|place| place.line),
        "column": at.map(|place| place.column),
        "end_column": at.map(|place| place.column + place.width),
        "excerpt": at.map(|place| place.excerpt.as_str()),
        "message": diagnostic.message,
        "hints": diagnostic.hints,
    })
}
