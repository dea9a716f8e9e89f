//! SARIF 2.1.0 (OASIS), as code scanning reads it: one run, a rule for each code that was found, a result for each
//! finding. What has no place in a file is a notification of the run, since a result needs one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{from_root, pretty, word};
use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::path::encode_reference;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A log with one run; addresses are from the root of the repository, in which the site lies at `prefix`.
pub fn render(found: &[Diagnostic], prefix: &str) -> String {
    let used: BTreeMap<&str, &Code> =
        found.iter().filter_map(|d| Some((d.code, codes::find(d.code)?))).collect();
    let rules: BTreeMap<&str, usize> = used.keys().enumerate().map(|(at, name)| (*name, at)).collect();
    let results: Vec<Value> =
        found.iter().filter_map(|d| Some(result(d, d.place.as_ref()?, &rules, prefix))).collect();
    let notifications: Vec<Value> = found.iter().filter(|d| d.place.is_none()).map(notification).collect();
    pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "threadmark",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": used.values().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    }))
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.line },
        "fullDescription": { "text": code.why },
        "help": {
            "text": format!("{}\n\nFor example:\n\n{}", code.mend, code.example),
            "markdown": format!("{}\n\nFor example:\n\n~~~~\n{}\n~~~~", code.mend, code.example),
        },
        "defaultConfiguration": { "level": word(code.severities.first().copied().unwrap_or(Severity::Warning)) },
    })
}

fn result(diagnostic: &Diagnostic, place: &Place, rules: &BTreeMap<&str, usize>, prefix: &str) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": encode_reference(&from_root(place, prefix)) } });
    if place.line > 0 {
        location["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
        });
    }
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": word(diagnostic.severity),
        "message": { "text": text(diagnostic) },
        "locations": [{ "physicalLocation": location }],
    });
    if let Some(rule) = rules.get(diagnostic.code) {
        result["ruleIndex"] = json!(rule);
    }
    result
}

fn notification(diagnostic: &Diagnostic) -> Value {
    json!({
        "descriptor": { "id": diagnostic.code },
        "level": word(diagnostic.severity),
        "message": { "text": text(diagnostic) },
    })
}

/// The message is a sentence without its stop; the hints have theirs.
fn text(diagnostic: &Diagnostic) -> String {
    let hints = diagnostic.hints.iter().map(|hint| format!("\n{hint}"));
    format!("{}{}", diagnostic.message, hints.collect::<String>())
}
