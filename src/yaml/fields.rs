//! A mapping taken apart key by key: what is asked for is known, what is left over is not.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Node, Source, Value, checks};
use crate::diagnostic::{Diagnostic, nearest};

/// The entries of one mapping.
#[derive(Debug)]
pub struct Fields<'n> {
    source: &'n Source<'n>,
    span: Range<usize>,
    entries: Vec<Entry<'n>>,
    known: Vec<&'static str>,
    any_case: bool,
}

/// One entry, as written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'n> {
    /// The key as written.
    pub key: &'n str,
    /// Where the key stands.
    pub key_node: &'n Node,
    /// What it holds.
    pub value: &'n Node,
}

impl<'n> Fields<'n> {
    /// The entries of `node`; `None` with an error where it is no mapping. `name` is what messages call it.
    pub fn of(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            super::values::wrong_type(source, node, name, "a mapping of `key: value`");
            return None;
        };
        let entry = |(key, value): &'n (Node, Node)| {
            Some(Entry { key: checks::word(source, key)?, key_node: key, value })
        };
        // A key twice was reported with the tree; the first is read on.
        let mut seen = BTreeSet::new();
        let entries = entries.iter().filter_map(entry).filter(|e| seen.insert(e.key)).collect();
        Some(Self { source, span: node.span.clone(), entries, known: Vec::new(), any_case: false })
    }

    /// The same entries, whose keys may be written in any case: `Status` is `status`.
    #[must_use]
    pub fn in_any_case(self) -> Self {
        Self { any_case: true, ..self }
    }

    /// Takes the value of the first of `names` that stands there, and reads it with `read`. Hyphens and
    /// underscores are one; an empty value counts as absent. Other names of the same thing stay left over.
    pub fn get<T>(
        &mut self,
        names: &[&'static str],
        read: impl FnOnce(&'n Source<'n>, &'n Node, &str) -> Option<T>,
    ) -> Option<T> {
        let entry = self.take(names)?;
        if entry.value.value == Value::Empty { None } else { read(self.source, entry.value, entry.key) }
    }

    /// The same for a key that must be there.
    pub fn need<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&'n Source<'n>, &'n Node, &str) -> Option<T>,
    ) -> Option<T> {
        match self.take(&[name]) {
            Some(entry) if entry.value.value != Value::Empty => read(self.source, entry.value, entry.key),
            _ => {
                let found = Diagnostic::error("missing-key", format!("`{name}` is missing here"));
                self.source.report(&self.head(), found);
                None
            }
        }
    }

    /// What marks the mapping as a whole: its first key, else its start.
    pub fn head(&self) -> Range<usize> {
        self.entries.first().map_or_else(|| self.span.clone(), |entry| entry.key_node.span.clone())
    }

    fn take(&mut self, names: &[&'static str]) -> Option<Entry<'n>> {
        self.known.extend(names);
        let index = names.iter().find_map(|name| self.entries.iter().position(|e| self.is(e.key, name)))?;
        let taken = self.entries.remove(index);
        // `superseded_by` and `superseded-by` are one key: neither may win silently.
        while let Some(again) = self.entries.iter().position(|e| self.is(e.key, taken.key)) {
            let again = self.entries.remove(again);
            let message = format!("`{}` and `{}` are the same key", taken.key, again.key);
            let found = Diagnostic::error("duplicate-key", message);
            self.source.report(&again.key_node.span, found.hint("Keep one of them."));
        }
        Some(taken)
    }

    fn is(&self, written: &str, name: &str) -> bool {
        same(written, name)
            || (self.any_case && same(&written.to_ascii_lowercase(), &name.to_ascii_lowercase()))
    }

    /// What nobody asked for, in the order of the file.
    pub fn rest(&self) -> &[Entry<'n>] {
        &self.entries
    }

    /// Reports each key that is left over as an error.
    pub fn refuse_rest(&self) {
        self.report_rest(Diagnostic::error);
    }

    /// Reports each key that is left over as a warning.
    pub fn warn_of_rest(&self) {
        self.report_rest(Diagnostic::warning);
    }

    fn report_rest(&self, make: fn(&'static str, String) -> Diagnostic) {
        for entry in self.entries.iter().filter(|e| e.key != "<<") {
            let found = make("unknown-key", format!("the key `{}` is not known here", entry.key));
            let found = found.suggest(entry.key, self.known.iter().copied());
            self.source
                .report(&entry.key_node.span, found.hint(format!("Known: {}.", self.known.join(", "))));
        }
    }

    /// The key that `word` nearly is, among those that were asked for; nothing where it is one of them.
    pub fn near_miss(&self, word: &str) -> Option<&'static str> {
        // Most keys of other tools are ruled out by their length alone, which spares comparing their letters.
        let slack = (word.len() / 3).max(1);
        let known = self.known.iter().copied().filter(|known| known.len().abs_diff(word.len()) <= slack);
        let near = nearest(&word.replace('-', "_"), known)?;
        (!same(word, near)).then_some(near)
    }
}

/// Whether two keys are one, hyphens and underscores being the same.
fn same(a: &str, b: &str) -> bool {
    let plain = |byte: u8| if byte == b'-' { b'_' } else { byte };
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| plain(a) == plain(b))
}
