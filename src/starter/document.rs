//! The next document of a kind: where it goes, what it is called, what stands in it.

use jiff::civil::Date;

use crate::config::{Cadence, Config, Every, Kind};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, record};
use crate::frozen::Frozen;
use crate::path::{SourcePath, slug};
use crate::source::SourceFile;

use super::due;
use super::forms;
use super::habit::Habit;
use super::home::Home;
use super::template::{self, Fields};

/// The longest title, in characters: with it, front matter stays within what is read.
const LONGEST_TITLE: usize = 10_000;

/// The longest slug in a file's name, in bytes; titles beyond are cut at a word.
const LONGEST_SLUG: usize = 80;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// As it was given; updates can do without.
    pub title: Option<&'a str>,
    /// The day in the site's zone.
    pub today: Date,
    /// Who writes: a name, as git knows it.
    pub author: Option<&'a str>,
    /// The site's own template for it.
    pub template: Option<&'a SourceFile>,
}

/// What is there already.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours<'a> {
    /// All Markdown of the site.
    pub files: &'a [SourcePath],
    /// What of it can be read.
    pub documents: &'a [Frozen<Document>],
}

/// A document to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where, below the site's root.
    pub path: SourcePath,
    /// Its whole text.
    pub text: String,
    /// What was chosen that its author should know, one sentence each.
    pub notes: Vec<String>,
}

/// The next document of `home`.
///
/// # Errors
/// Where the title can't be one, gives no file name, or the template asks for what there isn't.
pub fn plan(
    config: &Config,
    there: Neighbours<'_>,
    home: &Home,
    order: Order<'_>,
) -> Result<Planned, Vec<Diagnostic>> {
    let folder = join(&config.content, &home.path);
    let habit = Habit::of(home, &folder, there.files, there.documents);
    let mut notes = Vec::new();
    let date = match home.cadence {
        Some(cadence) if home.kind == Kind::Update => {
            let date = due::coming(cadence, order.today, habit.last);
            notes.push(format!("It is for {}: {}.", date.strftime("%A %-d %B %Y"), in_words(cadence)));
            date
        }
        _ => order.today,
    };
    let title = title(home.kind, order.title, date).map_err(|found| vec![found])?;
    let slug = short(&slug(&title));
    let file = habit.file(&slug, date).ok_or_else(|| vec![no_name(&title)])?;
    let path = path(&folder, &file, &title).map_err(|found| vec![found])?;
    let number = habit.number();
    let own = order.template.filter(|file| template::has_placeholder(&file.text));
    if let (None, Some(file)) = (own, order.template) {
        notes.push(format!(
            "{} has no placeholder such as `{{{{ title }}}}`: it is a page, and no template.",
            file.path
        ));
    }
    let author = order.author.map(|name| handle(config, name)).unwrap_or_default();
    let fields = Fields([
        title,
        number.as_deref().map(|n| bare(n).to_owned()).unwrap_or_default(),
        date.to_string(),
        slug,
        author,
        home.kind.word().to_owned(),
        date.year().to_string(),
        date.iso_week_date().week().to_string(),
    ]);
    let text = match own {
        Some(file) => template::fill(file, &fields)?,
        None => built_in(home, &habit, &path, &fields)?,
    };
    if !home.tells {
        let (kind, folder) = (home.kind.word(), &home.path);
        notes.push(format!(
            "threadmark.yml has no collection of the kind {kind}; `{folder}: {{ kind: {kind} }}` below `collections` makes {folder}/ one."
        ));
    }
    Ok(Planned { path, text, notes })
}

/// The built-in template, with the lines that this place needs.
fn built_in(
    home: &Home,
    habit: &Habit,
    path: &SourcePath,
    fields: &Fields,
) -> Result<String, Vec<Diagnostic>> {
    let form = forms::of(home.kind, habit.form);
    let text = template::fill(&SourceFile { path: path.clone(), text: form.into() }, fields)?;
    let mut lines = String::new();
    if !home.tells {
        lines.push_str("kind: {{ kind }}\n");
    }
    let named = record::number_of(path)
        .is_some_and(|number| Some(bare(&number)) == habit.number().as_deref().map(bare));
    let says = ["number:", "eip:", "# "]
        .iter()
        .any(|start| form.lines().any(|l| l.starts_with(start) && l.contains("{{ number }}")));
    if habit.next.is_some() && home.kind == Kind::Decision && !named && !says {
        lines.push_str("number: {{ number }}\n");
    }
    // Of a form without a number, such as ours in a collection that has none, the empty line goes.
    let text = if habit.next.is_none() { text.replacen("number:\n", "", 1) } else { text };
    let lines = template::fill(&SourceFile { path: path.clone(), text: lines.into() }, fields)?;
    Ok(match text.strip_prefix("---\n") {
        _ if lines.is_empty() => text,
        Some(rest) => format!("---\n{lines}{rest}"),
        None => format!("---\n{lines}---\n\n{text}"),
    })
}

/// The title on one line; of an update without one its date.
fn title(kind: Kind, given: Option<&str>, date: Date) -> Result<String, Diagnostic> {
    let title = given.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return match kind {
            Kind::Update => Ok(date.to_string()),
            _ => Err(bad_title("a document needs a title")
                .hint(format!("Say it after the kind: `threadmark new {} \"Use Postgres\"`.", kind.word()))),
        };
    }
    let length = title.chars().count();
    if length > LONGEST_TITLE {
        let message = format!("the title has {length} characters, more than {LONGEST_TITLE}");
        return Err(bad_title(message).hint("Put the rest into the document."));
    }
    match title.chars().find(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        Some(c) => Err(bad_title(format!("the title holds the control character U+{:04X}", u32::from(c)))
            .hint("Remove it; it can't stand in a page.")),
        None => Ok(title),
    }
}

fn bad_title(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("bad-title", message)
}

fn no_name(title: &str) -> Diagnostic {
    bad_title(format!("nothing of the title `{title}` can stand in a file's name"))
        .hint("Use a letter or a digit.")
}

fn path(folder: &str, file: &str, title: &str) -> Result<SourcePath, Diagnostic> {
    let path = SourcePath::new(&join(folder, file)).map_err(|_| no_name(title))?;
    // Where each document has a folder of its own, that is how all are called.
    if record::owns_its_folder(&path) && !file.contains('/') {
        let message = format!("`{path}` would be the page of its folder");
        return Err(bad_title(message).hint("Choose another title, or write that file by hand."));
    }
    Ok(path)
}

/// A slug that is no longer than names should be, without signs at the ends of its words.
fn short(slug: &str) -> String {
    let signs = ['-', '.', '_', '~'];
    let parts = slug.split('-').map(|part| part.trim_matches(signs)).filter(|part| !part.is_empty());
    let slug = parts.collect::<Vec<_>>().join("-");
    if slug.len() <= LONGEST_SLUG {
        return slug;
    }
    let mut end = LONGEST_SLUG;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let head = &slug[..end];
    let whole =
        if slug[end..].starts_with('-') { None } else { head.rfind('-').filter(|at| *at > LONGEST_SLUG / 2) };
    head[..whole.unwrap_or(end)].trim_matches(signs).to_owned()
}

/// The handle of somebody whom the configuration knows by this name; else the name.
fn handle(config: &Config, name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let known = |(handle, person): &(&String, &crate::config::Person)| {
        person.name.to_lowercase() == lower || handle.to_lowercase() == lower
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    config.people.iter().find(known).map_or(name, |(handle, _)| handle.clone())
}

/// A number as front matter has it: `0007` is 7.
fn bare(number: &str) -> &str {
    let digits = number.trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }
}

fn in_words(cadence: Cadence) -> String {
    let every = match cadence.every {
        Every::Day => "every day",
        Every::Week => "every week",
        Every::Fortnight => "every fortnight",
        Every::Month => "every month",
    };
    match cadence.on.filter(|_| cadence.every != Every::Day) {
        Some(day) => format!("{every}, on {day:?}"),
        None => every.to_owned(),
    }
}

fn join(folder: &str, file: &str) -> String {
    match (folder, file) {
        ("", file) => file.to_owned(),
        (folder, "") => folder.to_owned(),
        _ => format!("{folder}/{file}"),
    }
}
