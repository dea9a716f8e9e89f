//! How much each finding weighs on this site: its own severity, or the one that `checks` gives its code.

use super::{CheckLevel, Config};
use crate::diagnostic::{Diagnostic, Severity, codes};

impl Config {
    /// Gives each of `found` the severity that the configuration wants, and drops those that are off. What makes a page
    /// wrong or lost stays an error, whatever is configured. To weigh twice is to weigh once.
    pub fn weigh(&self, found: &mut Vec<Diagnostic>) {
        if self.checks.is_empty() {
            return;
        }
        found.retain_mut(|diagnostic| {
            let Some(level) = self.checks.get(diagnostic.code).filter(|_| may_change(diagnostic)) else {
                return true;
            };
            diagnostic.severity = match level {
                CheckLevel::Error => Severity::Error,
                CheckLevel::Warning => Severity::Warning,
                CheckLevel::Note => Severity::Note,
                CheckLevel::Off => return false,
            };
            true
        });
    }
}

fn may_change(diagnostic: &Diagnostic) -> bool {
    let only_checked = || codes::find(diagnostic.code).is_some_and(|c| c.said_by == codes::SaidBy::Check);
    diagnostic.severity != Severity::Error || only_checked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Overrides, read};
    use crate::path::SourcePath;

    fn weighed(checks: &str, found: Vec<Diagnostic>) -> Vec<(&'static str, Severity)> {
        let path = SourcePath::new("threadmark.yml").unwrap();
        let text = format!("checks: {checks}\n");
        let (config, faults) = read(Some((&path, &text)), "site", &Overrides::default());
        assert_eq!(faults, []);
        let mut found = found;
        config.weigh(&mut found);
        let once = found.clone();
        config.weigh(&mut found);
        assert_eq!(once, found);
        found.iter().map(|d| (d.code, d.severity)).collect()
    }

    #[test]
    fn the_configuration_has_the_last_word_except_where_pages_would_be_lost() {
        let link = || Diagnostic::warning("broken-link", "x");
        let cycle = || Diagnostic::error("supersession-cycle", "x");
        assert_eq!(weighed("{ broken-link: error }", vec![link()]), [("broken-link", Severity::Error)]);
        assert_eq!(weighed("{ broken-link: off }", vec![link(), cycle()]).len(), 1);
        assert_eq!(weighed("{ supersession-cycle: note }", vec![cycle()])[0].1, Severity::Note);
        let key = |make: fn(&'static str, &'static str) -> Diagnostic| make("unknown-key", "x");
        let both = vec![key(Diagnostic::error), key(Diagnostic::warning)];
        assert_eq!(weighed("{ unknown-key: off }", both), [("unknown-key", Severity::Error)]);
    }
}
