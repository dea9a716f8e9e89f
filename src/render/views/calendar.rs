//! Calendars of deadlines as pages offer them: a file to download, and an address to subscribe to.

use serde::Serialize;

use super::scope::Scope;
use crate::path::UrlPath;
use crate::site::Person;
use crate::site::catalogue::{Machine, What};

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// The file.
    pub href: String,
    /// The address that calendar programs subscribe to; `None` where the site's origin isn't known.
    pub webcal: Option<String>,
}

impl CalendarView {
    /// That of all deadlines; `None` where the site has none.
    pub fn all(scope: &Scope<'_>) -> Option<Self> {
        let url = scope.site.catalogue.once(&What::Machine(Machine::Calendar(None)))?;
        Some(Self::new(scope, url))
    }

    /// That of one person, where they have one.
    pub fn of(scope: &Scope<'_>, person: &Person) -> Option<Self> {
        let output = scope.site.catalogue.get(&person.calendar()?)?;
        Some(Self::new(scope, &output.url))
    }

    fn new(scope: &Scope<'_>, url: &UrlPath) -> Self {
        let absolute = scope.urls.absolute(url);
        // `webcal` is how programs know that they shall subscribe; they then ask by https, or http where that is all there is.
        let rest = absolute.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        Self { href: scope.urls.href(url), webcal: rest.map(|rest| format!("webcal://{rest}")) }
    }
}
