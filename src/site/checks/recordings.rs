//! Recordings that nobody can search, skim or trust: `recording-without-transcript`, `long-recording`, `stale-recording`;
//! and `moment-out-of-range`, times beyond a recording's end.

use super::places;
use crate::config::Kind;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::moments;
use crate::recording::Moment;
use crate::site::recordings::Recording;
use crate::site::{PageId, ResolvedLink, Site};

/// A recording longer than this wants chapters.
const LONG: Moment = Moment::from_seconds(5 * 60);

/// All of them.
pub(super) fn all(site: &Site) -> Vec<Diagnostic> {
    let families = [without_transcript, long, stale, out_of_range];
    families
        .iter()
        .flat_map(|family| (0..site.pages.len()).flat_map(|page| family(site, PageId(page))))
        .collect()
}

/// At each recording that plays and of which nobody can read what is said.
fn without_transcript(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let page = &site.pages[id.0];
    let front = &page.document.front;
    if page.kind != Kind::Recording || front.recording.video.is_none() || front.recording.transcript.is_some()
    {
        return Vec::new();
    }
    let found = Diagnostic::warning("recording-without-transcript", "this recording has no transcript")
        .at(places::of_key(&page.document, &["video"]))
        .hint("Add `transcript: FILE` with the captions that its host exports: without them nobody can search it, skim it or link to a sentence.");
    vec![found]
}

/// At each recording of more than five minutes that has no chapters.
fn long(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let page = &site.pages[id.0];
    let length = page.recording.as_ref().and_then(|own| own.length);
    let Some(length) = length.filter(|length| *length > LONG) else { return Vec::new() };
    if !page.document.front.recording.chapters.is_empty() {
        return Vec::new();
    }
    let found = Diagnostic::warning("long-recording", format!("this recording is {length} long and has no chapters"))
        .at(places::of_key(&page.document, &["duration", "video", "transcript"]))
        .hint("Name its parts: `chapters:` with lines such as `- { at: 2:15, title: The truck arrives }`; or record it again in less than five minutes.");
    vec![found]
}

/// At each recording that is old while what it shows has moved on.
fn stale(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let page = &site.pages[id.0];
    let Some(stale) = site.stale.of(id) else { return Vec::new() };
    let documents: Vec<&str> =
        stale.by.iter().take(3).map(|from| site.pages[from.0].document.path.as_str()).collect();
    let times = if stale.changes == 1 { "once".to_owned() } else { format!("{} times", stale.changes) };
    let message = format!("recorded on {}, the steps were changed {times} since", stale.recorded);
    let found = Diagnostic::warning("stale-recording", message)
        .at(places::of_key(&page.document, &["date", "video", "transcript"]))
        .hint(format!("Changed: {}.", documents.join(", ")))
        .hint("Look whether it still holds. Then record it again, or write what is different below it and give it the new `date`.");
    vec![found]
}

/// At each time that lies beyond the end of its recording: in the text, in chapters, and in links from other pages.
fn out_of_range(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let page = &site.pages[id.0];
    let document = &page.document;
    let beyond = |recording: &Recording, at: Moment| {
        recording.length.filter(|length| at.whole_seconds() > length.whole_seconds())
    };
    let said = |at: Moment, length: Moment| {
        let message = format!("{at} is beyond the end of the recording, which is {length} long");
        Diagnostic::warning("moment-out-of-range", message)
            .hint("Correct the time, or the `duration` of the recording.")
    };
    let mut found = Vec::new();
    for moment in &document.moments {
        let recording = site.recordings.of(id).get(moment.recording);
        if let Some(length) = recording.and_then(|recording| beyond(recording, moment.at)) {
            found.push(said(moment.at, length).at(Place::in_text(
                &document.path,
                &document.text,
                moment.span.clone(),
            )));
        }
    }
    if let Some(own) = &page.recording {
        for chapter in &document.front.recording.chapters {
            let at = Moment::from(chapter.at);
            if let Some(length) = beyond(own, at) {
                found.push(said(at, length).at(places::of_key(document, &["chapters"])));
            }
        }
    }
    for (link, raw) in page.links.iter().zip(&document.links) {
        if let ResolvedLink::Page { page: to, anchor: Some(anchor) } = link
            && let Some((of, at)) = moments::in_anchor(&site.pages[to.0].document.recordings, anchor)
            && let Some(length) = site.recordings.of(*to).get(of).and_then(|recording| beyond(recording, at))
        {
            found.push(said(at, length).at(Place::in_text(&document.path, &document.text, raw.span.clone())));
        }
    }
    found
}
