//! The files of a new site: a configuration, one document of each kind that there is none of, a workflow.

use jiff::civil::Date;

use crate::config::{Config, Kind, WELL_KNOWN};
use crate::escape;
use crate::path::{SourcePath, slug};

use super::scalar;

/// Where the workflow goes, seen from the top of a repository.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

/// How the two samples that belong together name each other.
const DECISION: &str = "decisions/0001-record-decisions-in-this-repository";
const ASK: &str = "specs/how-we-ask#ask-records";

/// What is there already.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The configuration, as it is or with every default.
    pub config: &'a Config,
    /// Whether there is a `threadmark.yml`.
    pub configured: bool,
    /// The kinds of which there are documents.
    pub kinds: Vec<Kind>,
    /// Whether the folder lies below the top of a repository, where no host looks for a workflow.
    pub below_a_repository: bool,
}

/// A file of a new site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// Where, below the site's root.
    pub path: SourcePath,
    /// Its whole text.
    pub text: String,
}

/// The files for a site in which `found` is there, on the day `today`, begun by `author`. Documents come last.
pub fn plan(found: &Found<'_>, today: Date, author: Option<&str>) -> Vec<Starter> {
    let who = Person::of(found, author);
    let mut files = vec![("threadmark.yml".to_owned(), include_str!("samples/threadmark.yml"))];
    if !found.below_a_repository {
        files.push((WORKFLOW.into(), include_str!("samples/pages.yml")));
    }
    files.push((".gitignore".into(), "/{{ output }}/\n"));
    for kind in Kind::ALL.into_iter().filter(|kind| !found.kinds.contains(kind)) {
        files.extend(folder(found.config, kind).map(|folder| sample(kind, &folder, today)));
    }
    // The two samples name each other where both are made and lie where their addresses say.
    let together = !found.config.collections_configured
        && [Kind::Decision, Kind::Spec].iter().all(|kind| !found.kinds.contains(kind));
    let fill = |text: &str| {
        if text.contains("${{") {
            return text.to_owned();
        }
        let title = &found.config.title;
        let text = if together { text.to_owned() } else { without_each_other(text) };
        text.replace("title: {{ title }}", &format!("title: {}", scalar::yaml(title)))
            .replace("{{ title }}", &escape::markdown(title, false))
            .replace("{{ output }}", &found.config.output)
            .replace("{{ date }}", &today.to_string())
            .replace("{{ decision }}", DECISION)
            .replace("{{ ask }}", ASK)
            .replace("{{ handle }}", &who.handle)
            .replace("{{ author }}", &scalar::yaml(&who.name))
    };
    let starter = |(path, text): (String, &str)| {
        let path = SourcePath::new(&path).ok()?;
        Some(Starter { path, text: fill(text) })
    };
    files.into_iter().filter_map(starter).collect()
}

fn without_each_other(text: &str) -> String {
    let names = |line: &&str| line.contains("{{ decision }}") || line.contains("{{ ask }}");
    text.split_inclusive('\n').filter(|line| !names(line)).collect()
}

/// Where the sample of a kind goes: its collection, or the folder by which the kind goes. None where the configuration
/// has collections, and none of this kind.
fn folder(config: &Config, kind: Kind) -> Option<String> {
    let below = |folder: &str| match (config.content.as_str(), folder) {
        (content, "") => content.to_owned(),
        ("", folder) => folder.to_owned(),
        (content, folder) => format!("{content}/{folder}"),
    };
    if kind == Kind::Page {
        return Some(below(""));
    }
    if config.collections_configured {
        return config.collections.iter().find(|c| c.kind == kind).map(|c| below(&c.path));
    }
    WELL_KNOWN.iter().find(|(_, of)| *of == kind).map(|(folder, _)| below(folder))
}

fn sample(kind: Kind, folder: &str, today: Date) -> (String, &'static str) {
    let (name, text) = match kind {
        Kind::Decision => {
            ("0001-record-decisions-in-this-repository.md".into(), include_str!("samples/decision.md"))
        }
        Kind::Spec => ("how-we-ask.md".into(), include_str!("samples/spec.md")),
        Kind::Update => (format!("{today}.md"), include_str!("samples/update.md")),
        Kind::Recording => (format!("{today}-first-walkthrough.md"), include_str!("samples/recording.md")),
        Kind::Page => ("index.md".into(), include_str!("samples/index.md")),
    };
    (if folder.is_empty() { name } else { format!("{folder}/{name}") }, text)
}

/// Whose name stands in the samples.
struct Person {
    handle: String,
    name: String,
}

impl Person {
    /// The author; where a configuration is kept, somebody whom it knows.
    fn of(found: &Found<'_>, author: Option<&str>) -> Self {
        let author = author.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        let author = author.filter(|name| !name.is_empty() && !name.contains(char::is_control));
        if found.configured {
            let people = &found.config.people;
            let same = people.iter().find(|(_, person)| Some(&person.name) == author.as_ref());
            if let Some((handle, person)) = same.or_else(|| people.iter().next()) {
                return Self { handle: scalar::yaml(handle), name: person.name.clone() };
            }
        }
        let handle = author.as_deref().and_then(handle).unwrap_or_else(|| "you".into());
        Self { handle: scalar::yaml(&handle), name: author.unwrap_or_else(|| "You".into()) }
    }
}

/// The first name as a handle.
fn handle(name: &str) -> Option<String> {
    let first = slug(name.split(' ').next()?);
    let handle: String = first.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    let handle = handle.trim_matches('-');
    (!handle.is_empty() && handle.starts_with(char::is_alphabetic)).then(|| handle.to_owned())
}
