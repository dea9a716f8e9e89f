//! Ends a build that would never end: a page that takes far longer than any page may.
//!
//! Everything in documents is bounded by counting, so that slow and fast machines do the same. Templates of a site's
//! own theme can loop, and their engine can't be interrupted or counted: this clock is for them. It ends in an error that
//! names the page, and never in other bytes; what was staged is cleared up by the next build.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use super::report;
use super::session::{Status, say};
use crate::diagnostic::Diagnostic;
use crate::pipeline::Watch;

/// How long one page may take. The largest of them, a list of 20,000 documents, takes well under a second.
const LONGEST: Duration = Duration::from_secs(10);

/// How often somebody looks.
const PERIOD: Duration = Duration::from_millis(500);

type Pages = Arc<Mutex<BTreeMap<String, (ThreadId, Instant)>>>;

/// Watches until it is dropped.
pub(super) struct Watchdog {
    pages: Pages,
    _until_dropped: mpsc::Sender<()>,
}

impl Watchdog {
    /// Begins to watch; `colored` is for the message.
    pub fn start(colored: bool) -> Self {
        let pages = Pages::default();
        let (sender, dropped) = mpsc::channel();
        let seen = Arc::clone(&pages);
        thread::spawn(move || {
            while dropped.recv_timeout(PERIOD) == Err(mpsc::RecvTimeoutError::Timeout) {
                if let Some(url) = overdue(&seen) {
                    give_up(&url, colored);
                }
            }
        });
        Self { pages, _until_dropped: sender }
    }
}

impl Watch for Watchdog {
    fn begin(&self, url: &str) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(url.to_owned(), (thread::current().id(), Instant::now()));
    }

    fn end(&self) {
        let this = thread::current().id();
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, (thread, _)| *thread != this);
    }
}

fn overdue(pages: &Pages) -> Option<String> {
    let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
    pages.iter().find(|(_, (_, since))| since.elapsed() > LONGEST).map(|(url, _)| url.clone())
}

fn give_up(url: &str, colored: bool) {
    let message =
        format!("the page {url} takes longer than {} seconds; nothing was published", LONGEST.as_secs());
    let found = Diagnostic::error("page-too-slow", message)
        .hint("Look for loops inside loops in the templates of your theme, also in those that show nothing.");
    say(&report::render(&[found], colored));
    std::process::exit(Status::Content as i32);
}
