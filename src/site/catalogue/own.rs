//! The files that Threadmark writes itself, whatever the documents are called.

use super::claims::{Claims, Taken};
use crate::path::OutputPath;

const FILES: [&str; 14] = [
    "404.html",
    "asks.json",
    "deadlines.ics",
    "decisions.json",
    "favicon.svg",
    "norms/index.html",
    "people/index.html",
    "robots.txt",
    "search/index.html",
    "sitemap.xml",
    "tags/index.html",
    "waiting/index.html",
    ".nojekyll",
    ".threadmark",
];

/// Who claims [`FILES`].
const OWN: &str = "a file of Threadmark's own";

/// Claims them all; before all others, so that whatever wants one of their places is what is said to be wrong.
pub(in crate::site) fn claim(claims: &mut Claims) {
    for name in FILES {
        if let Ok(output) = OutputPath::new(name) {
            // Nothing else is claimed yet.
            let _ = claims.claim_file(output, OWN);
        }
    }
}

/// Whether a file of the site's own may take the place of Threadmark's at `taken`: an icon, and what it tells crawlers.
pub(in crate::site) fn yields(taken: &Taken) -> bool {
    taken.by == OWN && ["favicon.svg", "robots.txt"].contains(&taken.output.as_str())
}
