//! Tags and the pages that bear them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::catalogue::claims::Claims;
use super::placement::taken_by;
use super::{Page, PageId, Tag};
use crate::diagnostic::{Diagnostic, Place};
use crate::frozen::Frozen;
use crate::path::UrlPath;

/// Groups pages by tag; spellings that differ in case or punctuation are one tag, named as first written.
pub(super) fn collect(pages: &[Frozen<Page>]) -> (Vec<Tag>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    let mut slugs: BTreeMap<&str, String> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for name in &page.document.front.tags {
            let slug = slugs.entry(name).or_insert_with(|| crate::path::slug(name));
            if let Some(known) = tags.get_mut(slug) {
                known.bear(PageId(index));
                continue;
            }
            let Ok(url) = UrlPath::new(&format!("/tags/{slug}/"))
                .map_err(|_| ())
                .and_then(|u| if slug.is_empty() { Err(()) } else { Ok(u) })
            else {
                out.push(no_address(page, name));
                continue;
            };
            let tag = Tag { name: name.clone(), slug: slug.clone(), url, pages: vec![PageId(index)] };
            tags.insert(slug.clone(), tag);
        }
    }
    let mut tags: Vec<Tag> = tags.into_values().collect();
    tags.par_iter_mut().for_each(|tag| tag.pages.sort_by(|a, b| newest_first(&pages[a.0], &pages[b.0])));
    (tags, out)
}

/// Gives each tag its address; one that somebody else has leaves the tag without a page.
pub(super) fn claim(
    (mut tags, found): (Vec<Tag>, Vec<Diagnostic>),
    claims: &mut Claims,
    out: &mut Vec<Diagnostic>,
) -> Vec<Tag> {
    out.extend(found);
    tags.retain(|tag| {
        let claimed = claims.claim(&tag.url, format!("the tag `{}`", tag.name));
        if let Err(taken) = &claimed {
            let message = format!(
                "the tag `{}` can't have the address {}: {} has it already",
                tag.name,
                tag.url,
                taken_by(taken)
            );
            out.push(Diagnostic::error("route-taken", message));
        }
        claimed.is_ok()
    });
    tags
}

impl Tag {
    /// Takes note of a page that has this tag; pages come in order, and one may name a tag twice.
    fn bear(&mut self, page: PageId) {
        if self.pages.last() != Some(&page) {
            self.pages.push(page);
        }
    }
}

fn newest_first(a: &Page, b: &Page) -> std::cmp::Ordering {
    b.date.cmp(&a.date).then_with(|| a.document.title.cmp(&b.document.title)).then_with(|| a.url.cmp(&b.url))
}

fn no_address(page: &Page, name: &str) -> Diagnostic {
    Diagnostic::warning("no-address", format!("the tag `{name}` has no character that can stand in a URL"))
        .at(Place::file(&page.document.path))
        .hint("The tag is left out of the tag pages.")
}
