//! From the text of `threadmark.yml` to a [`Config`]: keys first, then defaults, then what keys mean together.

use super::raw::{self, RawConfig};
use super::{BaseUrl, Config, HtmlPolicy, SharePages, folder, in_words};
use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;
use crate::time::zone;
use crate::yaml::{self, Limits, Source};

/// A file's path and its whole text.
pub type File<'a> = (&'a SourcePath, &'a str);

/// What the command line says instead of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Overrides {
    /// `--base-url`
    pub base_url: Option<String>,
}

/// The configuration of a site whose folder is called `site_name`, from path and text of its `threadmark.yml`
/// where there is one.
/// Whatever is wrong with it, all of it is reported, each with its place; the configuration that comes with
/// errors has defaults in place of what could not be read, so that the documents can be checked in the same run.
pub fn read(file: Option<File<'_>>, site_name: &str, overrides: &Overrides) -> (Config, Vec<Diagnostic>) {
    let (mut raw, mut found) = file.map_or_else(Default::default, read_file);
    if let Some(text) = &overrides.base_url {
        match BaseUrl::parse(text) {
            Ok(base) => raw.base_url = Some(base),
            Err(why) => {
                found.push(
                    Diagnostic::error("wrong-value", format!("--base-url can't be `{text}`")).hint(why),
                );
            }
        }
    }
    let config = resolve(raw, site_name);
    found.extend(output_holds_content(file, &config));
    (config, found)
}

fn read_file((path, text): File<'_>) -> (RawConfig, Vec<Diagnostic>) {
    let source = Source::new(path, text);
    let node = yaml::parse(&source, 0..text.len(), Limits::CONFIG);
    let raw = node.as_ref().map(|node| raw::read(&source, node)).unwrap_or_default();
    (raw, source.into_diagnostics())
}

fn resolve(raw: RawConfig, site_name: &str) -> Config {
    Config {
        title: raw.title.filter(|title| !title.is_empty()).unwrap_or_else(|| in_words(site_name)),
        description: raw.description,
        base: raw.base_url.unwrap_or_else(BaseUrl::unknown),
        content: raw.content.unwrap_or_default(),
        output: raw.output.unwrap_or_else(|| "_site".into()),
        timezone: raw.timezone.or_else(|| zone("UTC").ok()).unwrap_or(jiff::tz::TimeZone::UTC),
        language: raw.language.unwrap_or_else(|| "en".into()),
        repository: raw.repository,
        theme: raw.theme,
        collections_configured: raw.collections.is_some(),
        collections: raw.collections.unwrap_or_default(),
        people: raw.people,
        norms: raw.norms,
        checks: raw.checks,
        share_pages: raw.share_pages.unwrap_or(SharePages::Sections),
        exclude: raw.exclude,
        html: raw.html.unwrap_or(HtmlPolicy::Safe),
        elasticlunr: raw.elasticlunr.unwrap_or(false),
    }
}

/// An output folder may lie inside the content (`_site` in `.`), never the other way round.
fn output_holds_content(file: Option<File<'_>>, config: &Config) -> Option<Diagnostic> {
    let (path, _) = file?;
    let inside = |inner: &str| folder::holds(&config.output, inner);
    let theme = config.theme.as_ref().is_some_and(|theme| inside(theme.as_str()));
    if !(theme || (!config.content.is_empty() && inside(&config.content))) {
        return None;
    }
    let message = format!("the output folder `{}` holds sources of the site", config.output);
    let found = Diagnostic::error("output-holds-sources", message).at(Place::file(path));
    Some(found.hint("Choose an `output` folder that holds nothing else, such as `_site`."))
}
