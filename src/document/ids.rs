//! Which heading gets which id. Ids that authors wrote come first; GitHub's slugs yield to them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::html::policy::THEME_PREFIX;
use super::moments::{self, NamedMoment};
use super::slug::{Slugger, slug};
use super::{Heading, dated};

/// The id of a heading of which no slug can be made, such as `# !!!`.
const NAMELESS: &str = "section";

/// A heading before ids are given out.
#[derive(Debug, Default)]
pub struct Draft {
    /// 1 to 6.
    pub level: u8,
    /// Its text, line breaks kept: GitHub drops them from slugs.
    pub text: String,
    /// The alternative texts of its images: shown where there is no other text.
    pub alternative: String,
    /// `{#id}` or the id of an HTML heading.
    pub id: Option<String>,
    /// Its place in the file.
    pub span: Range<usize>,
}

impl Draft {
    /// Notes a line break in the heading.
    pub fn line_break(&mut self) {
        self.text.push('\n');
    }

    /// Takes over the id of an HTML anchor right before or in the heading where it is the heading's own:
    /// `<a name="setup"></a>` and `## Setup` are one target, whose id is `setup`.
    pub fn absorb(&mut self, fresh: &[String], ids: &mut Vec<String>) {
        if self.id.is_some() || fresh.is_empty() {
            return;
        }
        let own = slug(&self.text);
        if fresh.contains(&own)
            && let Some(at) = ids.iter().rposition(|id| *id == own)
        {
            ids.remove(at);
            self.id = Some(own);
        }
    }

    fn shown_text(&self) -> String {
        let text = if self.text.trim().is_empty() { &self.alternative } else { &self.text };
        if has_single_spaces(text) {
            return text.clone();
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether words stand one space apart already, as they do in most headings.
fn has_single_spaces(text: &str) -> bool {
    let mut after_space = true;
    let single = text.bytes().all(|byte| {
        let fine = (b' '..0x80).contains(&byte) && !(byte == b' ' && after_space);
        after_space = byte == b' ';
        fine
    });
    single && !after_space
}

/// Gives out ids: first those that HTML and headings ask for by name, then the generated ones in order.
/// Returns the headings, and the HTML ids in order without repeats.
pub fn assign(
    drafts: Vec<Draft>,
    html_ids: Vec<String>,
    moments: Vec<moments::Draft>,
    recordings: &[String],
) -> (Vec<Heading>, Vec<String>, Vec<NamedMoment>) {
    let mut slugger = Slugger::default();
    let mut seen = BTreeSet::new();
    let html_ids: Vec<String> = html_ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
    for id in &html_ids {
        slugger.reserve(id);
    }
    let named: Vec<Option<String>> =
        drafts.iter().map(|draft| draft.id.as_ref().map(|id| slugger.unique(id))).collect();
    let mut at_headings = vec![None; drafts.len()];
    let moments = moments::assign(moments, recordings, &mut at_headings, &mut slugger);
    let drafts = drafts.into_iter().zip(named).zip(at_headings);
    let headings =
        drafts.map(|((draft, named), moment)| heading(draft, named, moment, &mut slugger)).collect();
    (headings, html_ids, moments)
}

fn heading(draft: Draft, named: Option<String>, moment: Option<String>, slugger: &mut Slugger) -> Heading {
    let text = draft.shown_text();
    let date = dated::id(&text);
    let dated = date.is_some();
    let (id, also) = match (named, date.filter(|_| moment.is_none())) {
        (Some(id), _) => (id, moment),
        (None, None) if moment.is_some() => {
            let also = generated(&draft.text, slugger);
            (moment.unwrap_or_default(), Some(also))
        }
        (None, None) => (generated(&draft.text, slugger), None),
        (None, Some(date)) => {
            let same = slug(&draft.text) == date;
            let id = slugger.unique(&date);
            (id, (!same).then(|| generated(&draft.text, slugger)))
        }
    };
    Heading { level: draft.level, text, id, also, dated, span: draft.span }
}

fn generated(text: &str, slugger: &mut Slugger) -> String {
    let mut base = slug(text);
    if base.is_empty() {
        NAMELESS.clone_into(&mut base);
    }
    // A heading can't take the theme's ids; with a number it names none of them.
    if base.starts_with(THEME_PREFIX) {
        slugger.reserve(&base);
    }
    slugger.unique(&base)
}
