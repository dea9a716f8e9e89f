//! Response windows in words, and where the norm of an ask stands. Not the page of the norms, which shows more.

use jiff::SignedDuration;

use super::Link;
use super::scope::Scope;
use crate::config::Norm;
use crate::document::front_matter::Ask;
use crate::path::{encode_path, slug};
use crate::site::asks;
use crate::site::catalogue::Generated;
use crate::time::Window;

/// A window in words: `45 minutes`, `24 hours`, `5 days`, `2 weeks`, `2 business days`.
pub fn words(window: Window) -> String {
    let length = match window {
        Window::BusinessDays(days) => return counted(i64::from(days), "business day"),
        Window::Elapsed(length) => length,
    };
    let (minutes, hours) = (length.as_mins(), length.as_hours());
    match length {
        _ if minutes % 60 != 0 => counted(minutes, "minute"),
        _ if hours % (7 * 24) == 0 => counted(hours / (7 * 24), "week"),
        _ if hours % 24 == 0 && length > SignedDuration::from_hours(48) => counted(hours / 24, "day"),
        _ => counted(hours, "hour"),
    }
}

fn counted(count: i64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// The anchor of a norm: its channel as a slug, with its place where that is nothing or not its own.
pub fn anchor(norms: &[Norm], at: usize) -> String {
    let own = slug(&norms[at].channel);
    let first = norms.iter().position(|norm| slug(&norm.channel) == own);
    // What begins with `tm-` is the page's own.
    let unfit = own.is_empty() || own.starts_with("tm-") || first != Some(at);
    if unfit { format!("tm-norm-{}", at + 1) } else { own }
}

/// Where the norms stand; `None` where there are none.
pub fn href(scope: &Scope<'_>) -> Option<String> {
    scope.site.catalogue.in_frame(Generated::Norms).map(|url| scope.urls.href(url))
}

/// The norm that an ask takes its window from, where it stands.
pub fn link(scope: &Scope<'_>, ask: &Ask) -> Option<Link> {
    let (at, norm) = asks::norm(ask, &scope.site.config)?;
    let anchor = encode_path(&anchor(&scope.site.config.norms, at));
    Some(Link::new(format!("{}#{anchor}", href(scope)?), format!("{}, {}", words(norm.within), norm.channel)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_said_in_the_unit_that_people_use() {
        for (text, said) in [
            ("45m", "45 minutes"),
            ("90m", "90 minutes"),
            ("1h", "1 hour"),
            ("24h", "24 hours"),
            ("1d", "24 hours"),
            ("48h", "48 hours"),
            ("5d", "5 days"),
            ("1w", "1 week"),
            ("2bd", "2 business days"),
        ] {
            assert_eq!(words(Window::parse(text).unwrap()), said, "{text}");
        }
    }
}
