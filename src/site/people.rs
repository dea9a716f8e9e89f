//! Who there is: the people of the configuration, and everybody whom a document names as one who makes, answers or
//! decides something, each once and with one address.
//!
//! Known before links are resolved, so that documents can link to people. What they do is [`super::activity`]' work.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;

use super::asks::PeopleIndex;
use super::display;
use crate::config::Config;
use crate::document::Document;
use crate::document::front_matter::name_and_handle;
use crate::path::{UrlPath, slug};

/// A person by their place in [`People::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub usize);

/// Somebody with a page of their own.
#[derive(Clone, Debug)]
pub struct Person {
    /// What is shown.
    pub name: String,
    /// Where the configuration or a document gives one, without `@`.
    pub handle: Option<String>,
    /// Their page, `/people/SLUG/`.
    pub url: UrlPath,
    /// The configured zone.
    pub timezone: Option<TimeZone>,
    /// Whether the configuration has them.
    pub configured: bool,
}

/// The people of a site, by name.
#[derive(Clone, Debug, Default)]
pub struct People {
    all: Vec<Person>,
    /// By whatever documents write.
    written: HashMap<String, PersonId>,
    /// By the last part of their address.
    slugs: HashMap<String, PersonId>,
}

/// A longer text, in characters, is a sentence about people and not the name of one.
const NAME: usize = 80;

/// The longest last part of an address, in bytes; names of files end at 255.
const SLUG: usize = 120;

/// What is written where a name would stand, as slugs.
const NOBODY: [&str; 9] =
    ["et-al", "et-al.", "others", "many-others", "tbd", "n-a", "none", "nobody", "unknown"];

/// One person as far as names tell.
#[derive(Default)]
struct Found<'a> {
    /// The names that they are written with, and how often.
    names: BTreeMap<&'a str, usize>,
    handle: Option<&'a str>,
}

impl People {
    /// Those of the configuration, and those whom `documents` name.
    pub fn of<'a>(config: &Config, documents: impl Iterator<Item = &'a Document>) -> Self {
        let known = PeopleIndex::new(config);
        // Each name once, before they are put in order: there are far fewer than mentions of them.
        let mut mentions: HashMap<&str, usize> = HashMap::new();
        let mut beside: BTreeSet<&str> = BTreeSet::new();
        for document in documents {
            active(document).for_each(|name| *mentions.entry(name).or_default() += 1);
            let facts = &document.front.decision;
            beside.extend(facts.consulted.iter().chain(&facts.informed).map(String::as_str));
        }
        let counts: BTreeMap<&str, usize> = mentions.into_iter().collect();
        let handles = Handles::of(&known, counts.keys().copied());
        let mut found: BTreeMap<String, Found<'_>> = BTreeMap::new();
        for handle in config.people.keys() {
            found.entry(handle.clone()).or_default().handle = Some(handle);
        }
        let mut keys: Vec<(&str, String)> = Vec::with_capacity(counts.len());
        for (written, count) in counts {
            let key = handles.key(&known, written);
            let known_name = config.people.contains_key(&key);
            let nobody = key.is_empty() || NOBODY.contains(&key.as_str()) || written.chars().count() > NAME;
            if nobody && !known_name {
                continue;
            }
            let person = found.entry(key.clone()).or_default();
            let (name, handle) = name_and_handle(written);
            *person.names.entry(name).or_default() += count;
            person.handle = person.handle.or(handle);
            keys.push((written, key));
        }
        // Groups and guests are consulted and informed; only those who are somebody anyway are linked to.
        let others = beside.into_iter().map(|written| (written, handles.key(&known, written)));
        keys.extend(others.filter(|(_, key)| found.contains_key(key)));
        Self::new(config, found, &keys)
    }

    fn new(config: &Config, found: BTreeMap<String, Found<'_>>, keys: &[(&str, String)]) -> Self {
        let mut taken = HashMap::from([("index.html".to_owned(), 2)]);
        let (ours, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(key, _)| config.people.contains_key(key));
        let mut people: Vec<(String, Person)> = Vec::with_capacity(ours.len() + others.len());
        // Those of the configuration come first, so that nobody takes their address.
        for (key, found) in ours.into_iter().chain(others) {
            if let Some(url) = address(&key, &mut taken) {
                people.push((key.clone(), Person::new(config, &key, &found, url)));
            }
        }
        people.sort_by_cached_key(|(_, person)| (person.name.to_lowercase(), person.url.clone()));
        let by_key: HashMap<&str, PersonId> =
            people.iter().enumerate().map(|(at, (key, _))| (key.as_str(), PersonId(at))).collect();
        let place =
            |(written, key): &(&str, String)| Some(((*written).to_owned(), *by_key.get(key.as_str())?));
        let mut written: HashMap<String, PersonId> = keys.iter().filter_map(place).collect();
        for handle in config.people.keys() {
            written.extend(by_key.get(handle.as_str()).map(|id| (handle.clone(), *id)));
        }
        let all: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
        let slugs = all.iter().enumerate().map(|(at, person)| (person.slug().to_owned(), PersonId(at)));
        Self { slugs: slugs.collect(), all, written }
    }

    /// All, by name.
    pub fn all(&self) -> &[Person] {
        &self.all
    }

    /// Who is meant by what a document writes, or by a configured handle.
    pub fn find(&self, written: &str) -> Option<PersonId> {
        self.written.get(written).copied()
    }

    /// The person.
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.all.get(id.0)
    }

    /// Who has the address `/people/SLUG/`.
    pub fn at(&self, slug: &str) -> Option<&Person> {
        self.get(*self.slugs.get(slug)?)
    }

    /// Whether the same addresses are somebody's as by `other`.
    pub fn has_pages_as(&self, other: &Self) -> bool {
        self.slugs.len() == other.slugs.len() && other.slugs.keys().all(|slug| self.slugs.contains_key(slug))
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl Person {
    fn new(config: &Config, key: &str, found: &Found<'_>, url: UrlPath) -> Self {
        let configured = config.people.get(key);
        let bare = |name: &str| name.trim_start_matches('@').eq_ignore_ascii_case(key);
        // A name says more than a handle; of several the one that is written most, then the first.
        let best = found
            .names
            .iter()
            .max_by(|(a, many), (b, few)| (!bare(a), **many).cmp(&(!bare(b), **few)).then_with(|| b.cmp(a)));
        let name = configured.map(|person| person.name.clone());
        Self {
            name: name
                .or_else(|| best.map(|(name, _)| display::person(config, name).0))
                .unwrap_or_else(|| key.to_owned()),
            handle: found.handle.map(str::to_owned),
            url,
            timezone: configured.and_then(|person| person.timezone.clone()),
            configured: configured.is_some(),
        }
    }

    /// The file with their deadlines.
    pub fn calendar(&self) -> Option<UrlPath> {
        UrlPath::new(&format!("{}deadlines.ics", self.url)).ok()
    }

    /// The last part of their address.
    pub fn slug(&self) -> &str {
        self.url.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or("")
    }
}

/// `/people/SLUG/`, with a number where the slug is taken; `None` where nothing is left to make one of.
///
/// `taken` has each slug with the number to try next, so that many alike cost no more than many others.
fn address(key: &str, taken: &mut HashMap<String, usize>) -> Option<UrlPath> {
    let mut whole = slug(key);
    let fits = (0..=whole.len().min(SLUG)).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
    whole.truncate(fits);
    if whole.is_empty() {
        return None;
    }
    let mut free = whole.clone();
    while let Some(next) = taken.get(&free).copied() {
        free = format!("{whole}-{next}");
        taken.insert(whole.clone(), next + 1);
    }
    taken.insert(free.clone(), 2);
    UrlPath::new(&format!("/people/{free}/")).ok()
}

/// Whom a document names as one who makes, owns, is asked, answers or decides.
fn active(document: &Document) -> impl Iterator<Item = &str> {
    let front = &document.front;
    let asks = front.asks.iter().flat_map(|ask| {
        let outcome = ask.outcome.as_ref().and_then(|outcome| outcome.by.as_ref());
        ask.of.iter().chain(ask.responses.iter().map(|response| &response.by)).chain(outcome)
    });
    let own = front.authors.iter().chain(&front.owner).chain(&front.decision.deciders);
    own.chain(asks).map(String::as_str)
}

/// The handles that go with names: whoever is `Ann Lee (@ann)` somewhere is the same without it, as long as no other
/// handle goes with that name.
struct Handles {
    by_name: HashMap<String, Option<String>>,
}

impl Handles {
    fn of<'a>(known: &PeopleIndex<'_>, written: impl Iterator<Item = &'a str>) -> Self {
        let mut by_name: HashMap<String, Option<String>> = HashMap::new();
        let mut own = BTreeSet::new();
        for text in written {
            if let (name, Some(_)) = name_and_handle(text) {
                let handle = known.handle(text);
                let one = by_name.entry(slug(name)).or_insert_with(|| Some(handle.clone()));
                if one.as_ref() != Some(&handle) {
                    *one = None;
                }
                own.insert(handle);
            }
        }
        // A name that is somebody's handle stands for them.
        by_name.retain(|name, _| !own.contains(name));
        Self { by_name }
    }

    fn key(&self, known: &PeopleIndex<'_>, written: &str) -> String {
        let key = known.handle(written);
        if name_and_handle(written).1.is_some() || known.config().people.contains_key(&key) {
            return key;
        }
        self.by_name.get(&key).cloned().flatten().unwrap_or(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Kind;
    use crate::site::fixture;

    fn people(authors: &[&str]) -> People {
        let mut page = fixture::page(Kind::Decision, 0, "a.md", "A");
        page.document.front.authors = authors.iter().map(|name| (*name).to_owned()).collect();
        People::of(&fixture::config(), std::iter::once(&*page.document))
    }

    fn told(people: &People) -> Vec<(&str, &str)> {
        people.all().iter().map(|person| (person.name.as_str(), person.slug())).collect()
    }

    #[test]
    fn one_person_has_one_page_however_they_are_written() {
        let people = people(&["ana", "Ana Souza", "Bo Li (@bo)", "Bo Li", "@bo", "Chen", "chen"]);
        assert_eq!(told(&people), [("Ana Souza", "ana"), ("Bo Li", "bo"), ("Chen", "chen")]);
        assert_eq!(people.find("Bo Li"), people.find("@bo"));
        assert_eq!(people.get(people.find("Bo Li").unwrap()).unwrap().handle.as_deref(), Some("bo"));
    }

    #[test]
    fn a_name_with_two_handles_is_two_people_and_a_third() {
        let people = people(&["Bo Li (@bo)", "Bo Li (@boli)", "Bo Li"]);
        let expected = [("Ana Souza", "ana"), ("Bo Li", "bo-li"), ("Bo Li", "bo"), ("Bo Li", "boli")];
        assert_eq!(told(&people), expected);
    }

    #[test]
    fn addresses_are_given_once_in_an_order_that_documents_do_not_change() {
        let mut config = fixture::config();
        let person = config.people["ana"].clone();
        config.people.insert("Ana".to_owned(), person);
        let people = People::of(&config, std::iter::empty());
        let mut slugs: Vec<_> = people.all().iter().map(Person::slug).collect();
        slugs.sort_unstable();
        assert_eq!(slugs, ["ana", "ana-2"]);
    }

    #[test]
    fn what_is_no_name_has_no_page() {
        let long = "everybody who was in the room ".repeat(4);
        let folder = "index.html";
        let people = people(&["!", &long, folder, &"é".repeat(79), "et al.", "TBD", "N/A"]);
        let slugs: Vec<_> = people.all().iter().map(Person::slug).collect();
        assert_eq!(slugs, ["ana", "index.html-2", &"é".repeat(60)]);
        assert_eq!((people.find("!"), people.find(&long)), (None, None));
    }

    #[test]
    fn those_who_are_only_informed_have_no_page_of_their_own() {
        let mut page = fixture::page(Kind::Decision, 0, "a.md", "A");
        page.document.front.decision.informed = vec!["all developers".to_owned(), "Ana Souza".to_owned()];
        let people = People::of(&fixture::config(), std::iter::once(&*page.document));
        assert_eq!(told(&people), [("Ana Souza", "ana")]);
        assert!(people.find("Ana Souza").is_some());
    }
}
