//! Collections as configured: their names, kinds, folders and rhythms, and what they must not share.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use super::folder::folder;
use super::{Cadence, CollectionConfig, Every, Kind};
use crate::diagnostic::Diagnostic;
use crate::path::slug;
use crate::yaml::fields::Entry;
use crate::yaml::values::{choice, line, parsed, wrong_value};
use crate::yaml::{Fields, Node, Source, Value};

/// Folder names that say what they hold, at the top or below `docs/` or `doc/`.
pub const WELL_KNOWN: [(&str, Kind); 15] = [
    ("decisions", Kind::Decision),
    ("adr", Kind::Decision),
    ("adrs", Kind::Decision),
    ("architecture/decisions", Kind::Decision),
    ("decision-records", Kind::Decision),
    ("specs", Kind::Spec),
    ("rfcs", Kind::Spec),
    ("proposals", Kind::Spec),
    ("design", Kind::Spec),
    ("updates", Kind::Update),
    ("status", Kind::Update),
    ("weekly", Kind::Update),
    ("recordings", Kind::Recording),
    ("walkthroughs", Kind::Recording),
    ("demos", Kind::Recording),
];

/// The first parts of addresses that the site needs for itself.
pub const RESERVED: [&str; 8] =
    ["search", "waiting", "people", "board", "timeline", "tags", "norms", "assets"];

/// The kind that a folder of this name has by convention.
pub fn well_known(name: &str) -> Option<Kind> {
    WELL_KNOWN.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// Reads the mapping of `collections`.
pub(super) fn read<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Vec<CollectionConfig>> {
    let fields = Fields::of(source, node, name)?;
    let mut collections = Vec::new();
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    for entry in fields.rest() {
        let Some(collection) = collection(source, entry) else { continue };
        if let Some((path, other)) = sharing(&folders, &collection.path) {
            overlapping(source, entry.key_node, [(other, path), (&collection.name, &collection.path)]);
        }
        folders.insert(collection.path.clone(), collection.name.clone());
        collections.push(collection);
    }
    Some(collections)
}

/// The folder among `taken` (with its collection) that is `path`, holds it or lies in it.
fn sharing<'f>(taken: &'f BTreeMap<String, String>, path: &str) -> Option<(&'f String, &'f String)> {
    let parents = path.match_indices('/').map(|(at, _)| &path[..at]);
    let above =
        std::iter::once("").chain(parents).chain([path]).find_map(|folder| taken.get_key_value(folder));
    let first_below = if path.is_empty() { String::new() } else { format!("{path}/") };
    let below =
        || taken.range(first_below.clone()..).next().filter(|(folder, _)| folder.starts_with(&first_below));
    above.or_else(below)
}

fn overlapping(source: &Source<'_>, key: &Node, both: [(&String, &String); 2]) {
    let shown = |(name, path): (&String, &String)| {
        format!("`{name}` (`{}`)", if path.is_empty() { "." } else { path })
    };
    let message = format!("the collections {} and {} share documents", shown(both[0]), shown(both[1]));
    let found = Diagnostic::error("overlapping-collections", message);
    source.report(&key.span, found.hint("Give each a folder of its own; none may lie in another's."));
}

fn collection<'n>(source: &'n Source<'n>, entry: &Entry<'n>) -> Option<CollectionConfig> {
    let name_is_fine = check_name(source, entry);
    let default_kind = well_known(entry.key).unwrap_or(Kind::Page);
    let default = CollectionConfig {
        name: entry.key.to_owned(),
        kind: default_kind,
        path: entry.key.to_owned(),
        title: None,
        cadence: None,
    };
    if entry.value.value == Value::Empty {
        return name_is_fine.then_some(default);
    }
    let mut fields = Fields::of(source, entry.value, entry.key)?;
    let kind = fields.get(&["kind"], |s, n, k| choice(s, n, k, &Kind::WORDS));
    let path = fields.get(&["path"], |s, n, k| parsed(s, n, k, folder));
    let title = fields.get(&["title"], line);
    let cadence = fields.get(&["cadence"], cadence);
    fields.refuse_rest();
    name_is_fine.then(|| CollectionConfig {
        kind: kind.unwrap_or(default_kind),
        path: path.unwrap_or(default.path),
        title,
        cadence,
        name: default.name,
    })
}

fn check_name(source: &Source<'_>, entry: &Entry<'_>) -> bool {
    if RESERVED.contains(&entry.key) {
        let message = format!("`{}` is an address that the site needs for itself", entry.key);
        wrong_value(
            source,
            entry.key_node,
            message,
            format!("Choose a name other than {}.", RESERVED.join(", ")),
        );
        return false;
    }
    let fit = slug(entry.key);
    if fit != entry.key || fit.is_empty() {
        let message = format!("`{}` can't be the first part of an address", entry.key);
        let hint = "Use lower-case letters, digits and hyphens; the folder goes into `path`.";
        let found = Diagnostic::error("wrong-value", message);
        let found = if fit.is_empty() { found } else { found.hint(format!("`{fit}` would do.")) };
        source.report(&entry.key_node.span, found.hint(hint));
        return false;
    }
    true
}

fn cadence<'n>(source: &'n Source<'n>, node: &'n Node, name: &str) -> Option<Cadence> {
    let every_words = [
        ("day", Every::Day),
        ("week", Every::Week),
        ("fortnight", Every::Fortnight),
        ("month", Every::Month),
    ];
    let on_words = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let mut fields = Fields::of(source, node, name)?;
    let every = fields.need("every", |s, n, k| choice(s, n, k, &every_words));
    let on = fields.get(&["on"], |s, n, k| choice(s, n, k, &on_words));
    fields.refuse_rest();
    Some(Cadence { every: every?, on })
}
