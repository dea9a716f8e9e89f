//! What browsers are told while they look: which version of the site there is, and what keeps a newer one from being
//! made. Sent as server-sent events to scripts of this origin alone.

use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use futures_util::Stream;
use serde::Serialize;
use tokio::sync::watch;

use super::site::{BuildOutcome, Served};
use crate::diagnostic::{Diagnostic, Severity};

/// The address of the events.
pub const EVENTS: &str = "/-/threadmark/events";
/// The address of the script that listens to them.
pub const SCRIPT: &str = "/-/threadmark/reload.js";
/// The address of the style of what it shows.
pub const STYLE: &str = "/-/threadmark/reload.css";

pub(super) const SCRIPT_TEXT: &str = include_str!("reload.js");
pub(super) const STYLE_TEXT: &str = include_str!("reload.css");

/// How long a connection is silent at most, so that one whose browser is gone is noticed.
const SILENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// What the server and the builds share.
pub(super) struct Shared {
    pub(super) port: u16,
    site: RwLock<Option<Arc<dyn Served>>>,
    /// What is wrong, as it was told last.
    problems: RwLock<Vec<Diagnostic>>,
    /// The text of the newest event.
    state: watch::Sender<Arc<str>>,
}

#[derive(Serialize)]
struct State<'a> {
    version: &'a str,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: &'a str,
    place: Option<String>,
    excerpt: &'a str,
    hints: &'a [String],
}

impl Shared {
    pub(super) fn new(port: u16) -> Self {
        let state = watch::Sender::new(Arc::from(""));
        Self { port, site: RwLock::default(), problems: RwLock::default(), state }
    }

    /// The site as it is now; `None` where no build made one yet.
    pub(super) fn site(&self) -> Option<Arc<dyn Served>> {
        self.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn base(&self) -> String {
        self.site().map_or_else(|| "/".into(), |site| site.base().to_owned())
    }

    /// Takes a build's site, if it made one, and tells all browsers.
    pub(super) fn publish(&self, outcome: BuildOutcome) {
        // Taking a large site apart takes longer than to tell of the next.
        let _before = outcome.site.and_then(|site| {
            self.site.write().unwrap_or_else(PoisonError::into_inner).replace(Arc::from(site))
        });
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = outcome.diagnostics;
        self.tell();
    }

    /// Adds to what was found of the site that is shown, and tells all browsers.
    pub(super) fn add(&self, found: &[Diagnostic]) {
        let mut problems = self.problems.write().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<Diagnostic> = found.iter().filter(|one| !problems.contains(one)).cloned().collect();
        // Browsers that know all of it need not be told again.
        let is_new = !new.is_empty();
        problems.extend(new);
        drop(problems);
        if is_new {
            self.tell();
        }
    }

    fn tell(&self) {
        let site = self.site();
        let version = site.as_ref().map_or("", |site| site.version());
        let problems = self.problems.read().unwrap_or_else(PoisonError::into_inner);
        let errors = problems.iter().filter(|d| d.severity == Severity::Error);
        let state = State { version, problems: errors.map(problem).collect() };
        let text = serde_json::to_string(&state).unwrap_or_default();
        self.state.send_replace(format!("data: {text}\n\n").into());
    }

    /// The events for one browser: the state now, then each newer one.
    pub(super) fn events(&self) -> impl Stream<Item = Result<Bytes, std::convert::Infallible>> + use<> {
        let mut receiver = self.state.subscribe();
        receiver.mark_changed();
        futures_util::stream::unfold(receiver, |mut receiver| async move {
            let text = match tokio::time::timeout(SILENCE, receiver.changed()).await {
                Ok(Ok(())) => receiver.borrow_and_update().to_string(),
                Ok(Err(_)) => return None,
                Err(_) => ":\n\n".to_owned(),
            };
            Some((Ok(Bytes::from(text)), receiver))
        })
    }
}

fn problem(diagnostic: &Diagnostic) -> Problem<'_> {
    let place = diagnostic.place.as_ref();
    Problem {
        code: diagnostic.code,
        message: &diagnostic.message,
        place: place.map(|at| match at.line {
            0 => at.path.to_string(),
            line => format!("{}:{line}:{}", at.path, at.column),
        }),
        excerpt: place.map_or("", |at| &at.excerpt),
        hints: &diagnostic.hints,
    }
}

/// `html` with the script at the end of its body. The version says what the page was made from: a browser
/// that hears of another one loads the page again.
pub(super) fn with_script(html: &[u8], version: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT}\" data-version=\"{version}\" defer></script>");
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|part| part.eq_ignore_ascii_case(end)).unwrap_or(html.len());
    [&html[..at], tag.as_bytes(), &html[at..]].concat()
}

/// What stands in place of a page that can't be made. Why is told by the event, as all that went wrong.
pub(super) fn failed_page(version: &str) -> Vec<u8> {
    let page = b"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not made</title>\
        <body><p>This page could not be made. It is loaded again when it can.</p></body></html>";
    with_script(page, version)
}

/// The page before there is a site: nothing but what went wrong.
pub(super) fn waiting_page() -> Vec<u8> {
    let page = b"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not built yet</title>\
        <body><p>The site could not be built yet. This page loads it when it can.</p></body></html>";
    with_script(page, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = with_script(b"<body>a</body> in text</BODY></html>", "abc");
        let page = String::from_utf8(page).unwrap();
        let tag = "<script src=\"/-/threadmark/reload.js\" data-version=\"abc\" defer></script>";
        assert_eq!(page, format!("<body>a</body> in text{tag}</BODY></html>"));
        assert!(with_script(b"<p>x", "v").starts_with(b"<p>x<script"));
    }

    #[test]
    fn an_event_is_one_line_whatever_a_diagnostic_says() {
        let shared = Shared::new(1);
        let error = Diagnostic::error("e", "a\n\ndata: {}\r\n</script>").hint("b\nc");
        let diagnostics = vec![error, Diagnostic::warning("w", "not shown")];
        shared.publish(BuildOutcome { site: None, diagnostics });
        let text = shared.state.borrow().to_string();
        assert_eq!(
            text,
            "data: {\"version\":\"\",\"problems\":[{\"code\":\"e\",\"message\":\"a\\n\\ndata: {}\\r\\n</script>\",\
             \"place\":null,\"excerpt\":\"\",\"hints\":[\"b\\nc\"]}]}\n\n"
        );
    }
}
