//! The parts of the frame that are alike on many pages of one depth: made once for each entry of the header that can be current.
//!
//! They are templates like all others, but see only `site`, `assets`, `root` and `head.current`.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use tera::value::Key;
use tera::{Context, Value};

use super::level::Level;
use crate::diagnostic::Diagnostic;

/// Names in `frame`, and the templates behind them.
const PARTS: [(&str, &str); 4] = [
    ("links", "frame-links.html"),
    ("ways", "frame-ways.html"),
    ("tools", "frame-tools.html"),
    ("footer", "frame-footer.html"),
];

/// By the address of the current entry, `""` for none.
#[derive(Debug, Default)]
pub(super) struct Frames(RwLock<BTreeMap<String, Value>>);

impl Level<'_> {
    /// The value `frame` of a page whose head is in `context`.
    pub(super) fn frame(&self, context: &Context) -> Result<Value, Vec<Diagnostic>> {
        let head = context.get("head").and_then(Value::as_map);
        let current = head.and_then(|head| head.get(&Key::Str("current"))).and_then(Value::as_str);
        let known = self.frames.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = known.get(current.unwrap_or_default()) {
            return Ok(frame.clone());
        }
        drop(known);
        let mut own = Context::new();
        own.insert("head", &BTreeMap::from([("current", current)]));
        let mut parts = BTreeMap::new();
        for (name, template) in PARTS {
            let html = self.fill(template, &own, 0)?;
            // The line that ends the file is not one of the page.
            parts.insert(name, Value::safe_string(html.strip_suffix('\n').unwrap_or(&html)));
        }
        let frame = Value::from_serializable(&parts);
        let mut known = self.frames.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have made the same meanwhile.
        known.insert(current.unwrap_or_default().to_owned(), frame.clone());
        Ok(frame)
    }
}
