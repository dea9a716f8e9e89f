//! `overdue-ask` at documents: one whose own deadline is over while it is still what it was before, such as an EIP
//! whose Last Call ended.

use jiff::Zoned;

use super::asks::said;
use super::places;
use crate::diagnostic::{Diagnostic, Place};
use crate::site::due::{Wait, wait};
use crate::site::{Page, Site};

/// At each document that waits for something that is over.
pub(super) fn lapsed(site: &Site) -> Vec<Diagnostic> {
    let late = |page: &Page| {
        let (what, due) = wait(page, &site.config)?;
        (site.clock.now > due.timestamp()).then(|| found(page, what, &due))
    };
    site.pages.iter().filter_map(|page| late(page)).collect()
}

fn found(page: &Page, what: Wait, due: &Zoned) -> Diagnostic {
    let (day, front) = (said(due), &page.document.front);
    let status = page.status.as_ref().map(|status| format!("and the status is still `{}`", status.raw));
    let stage = front.stage.as_ref().map(|stage| format!("and its stage is still `{}`", stage.trim()));
    let (message, hint) = match what {
        Wait::Due => {
            let still = stage.or(status).unwrap_or_else(|| "and nothing says that it is done".to_owned());
            let hint = "Give it a later `due:`; or, once it is done, `stage: Published` or a status such as `accepted`.";
            (format!("this document was due on {day}, {still}"), hint)
        }
        Wait::LastCall => {
            let hint = "Write what came of it, such as `status: Final`, or a later deadline.";
            (format!("Last Call ended on {day}, {}", status.unwrap_or_default()), hint)
        }
        Wait::Review => {
            let hint =
                "Write what came of it as its status, such as `Accepted`, or the days of a longer review.";
            (format!("the review ended on {day}, {}", status.unwrap_or_default()), hint)
        }
    };
    let line = front.status.as_ref().map(|status| status.line).filter(|_| what == Wait::Review);
    let place: Place = match line {
        Some(line) => page.document.place_of_fact(line),
        None => places::of_key(&page.document, what.keys()),
    };
    Diagnostic::warning("overdue-ask", message).at(place).hint(hint)
}
