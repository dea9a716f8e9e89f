//! `dangling-reference`: a name in `supersedes`, `amends`, `decides` or the `decision` of an outcome that leads to no
//! document, or to more than one.

use crate::diagnostic::{Diagnostic, Place};
use crate::site::decisions::{Decided, End};
use crate::site::{Page, Site};

/// How many of them are compared with what there is: each costs as much as there are documents.
const MOST_COMPARED: usize = 20;

/// At each name that leads nowhere.
pub(super) fn dangling(site: &Site) -> Vec<Diagnostic> {
    let mut all = All { site, paths: Vec::new(), found: Vec::new() };
    for (id, relations) in site.decisions.all() {
        let page = &site.pages[id.0];
        for (key, ends) in [
            ("supersedes", &relations.supersedes),
            ("superseded_by", &relations.superseded_by),
            ("amends", &relations.amends),
            ("amended_by", &relations.amended_by),
        ] {
            for end in ends {
                all.end(page, key, end);
            }
        }
        for decided in &relations.decides {
            all.decided(page, decided);
        }
    }
    for page in &site.pages {
        let outcomes =
            page.document.front.asks.iter().filter_map(|ask| ask.outcome.as_ref()?.decision.as_ref());
        for name in outcomes.filter(|name| site.decisions.names.find(page, &name.value).is_none()) {
            all.name(page, "decision", &name.value, name.line);
        }
    }
    all.found
}

struct All<'a> {
    site: &'a Site,
    /// What documents are called, as soon as somebody asks.
    paths: Vec<&'a str>,
    found: Vec<Diagnostic>,
}

impl<'a> All<'a> {
    fn end(&mut self, page: &Page, key: &str, end: &End) {
        if let (None, Some(line)) = (end.page, end.line) {
            self.name(page, key, &end.written, line);
        }
    }

    fn decided(&mut self, page: &Page, decided: &Decided) {
        let Some(line) = decided.line else { return };
        let Some(other) = decided.page else { return self.name(page, "decides", &decided.written, line) };
        if decided.ask.is_some() {
            return;
        }
        let other = &self.site.pages[other.0].document;
        let asks: Vec<&str> = other.front.asks.iter().map(|ask| ask.id.as_str()).collect();
        let anchor = decided.written.split_once('#').map(|(_, anchor)| anchor.trim());
        let (message, hint) = match anchor {
            Some(anchor) => (format!("{} has no ask `{anchor}`", other.path), known(&asks)),
            None => (
                format!("`decides` names {}, but none of its asks", other.path),
                format!("Write it as `{}#ask-ID`. {}", decided.written, known(&asks)),
            ),
        };
        let word = anchor.unwrap_or("").trim_start_matches("ask-").to_owned();
        let found = Diagnostic::warning("dangling-reference", message).at(page.document.place_of_fact(line));
        self.found.push(found.suggest(&word, asks).hint(hint));
    }

    /// What lies on other sites is not ours to look up.
    fn name(&mut self, page: &Page, key: &str, written: &str, line: usize) {
        if written.contains("://") {
            return;
        }
        let shared = self.site.decisions.names.is_shared(page, written);
        let what = if shared { "is the number of more than one decision" } else { "leads to no document" };
        let message = format!("`{written}` in `{key}` {what}");
        let mut found = Diagnostic::warning("dangling-reference", message).at(place(page, line));
        if shared {
            found =
                found.hint("Write the path of the one that is meant, such as `decisions/0007-queue-store`.");
        } else {
            if self.found.len() < MOST_COMPARED {
                // Most are ruled out by their length alone, which spares comparing their letters.
                let slack = (written.len() / 3).max(1);
                let near = |path: &&str| path.len().abs_diff(written.len()) <= slack;
                found = found.suggest(written, self.paths().iter().copied().filter(near));
            }
            found = found.hint(
                "Name a document by its path, such as `decisions/0007-queue-store`, or a decision by its number. \
                 Drafts are there with `--drafts`.",
            );
        }
        self.found.push(found);
    }

    fn paths(&mut self) -> &[&'a str] {
        if self.paths.is_empty() {
            let paths = self.site.pages.iter().map(|page| page.document.path.as_str());
            self.paths = paths.map(|path| path.strip_suffix(".md").unwrap_or(path)).collect();
        }
        &self.paths
    }
}

fn place(page: &Page, line: usize) -> Place {
    page.document.place_of_fact(line)
}

fn known(asks: &[&str]) -> String {
    match asks {
        [] => "It has no asks at all.".to_owned(),
        _ => format!(
            "Its asks are {}.",
            asks.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}
