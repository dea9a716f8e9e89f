//! Every code that a diagnostic can have, and what there is to say about it: the one table from which `check --explain`
//! speaks, and by which the configuration and the manual are checked.
//!
//! One file per family. Texts are plain, without Markdown beyond code marks, since they go to a terminal.

use super::Severity;

mod checks;
mod content;
mod machine;
mod recordings;
mod setup;
mod yaml;

/// A code with its explanation.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The code.
    pub name: &'static str,
    /// How much it weighs, unless the configuration says otherwise; some weigh more in one place than in another.
    pub severities: &'static [Severity],
    /// Which commands say it.
    pub said_by: SaidBy,
    /// What is wrong, in one line.
    pub line: &'static str,
    /// What it is for: why that is bad, and what counts.
    pub why: &'static str,
    /// What it is said of, as lines of a file or of a terminal.
    pub example: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

/// Which commands say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidBy {
    /// Only `check`: the site is whole all the same.
    Check,
    /// Whoever reads the site: `build`, `serve` and `check`.
    Reading,
    /// What is not about the documents: the command line, the theme, the machine.
    Running,
}

impl Code {
    /// Whether `checks` in the configuration may change how much it weighs. What makes a page wrong or lost, and what the
    /// machine says, always weighs the same.
    pub fn is_adjustable(&self) -> bool {
        match self.said_by {
            SaidBy::Check => true,
            SaidBy::Reading => self.severities.iter().any(|severity| *severity != Severity::Error),
            SaidBy::Running => false,
        }
    }
}

/// The families.
const FAMILIES: [&[Code]; 6] =
    [checks::CODES, recordings::CODES, yaml::CODES, content::CODES, setup::CODES, machine::CODES];

/// All codes, family by family.
pub fn all() -> impl Iterator<Item = &'static Code> {
    FAMILIES.into_iter().flatten()
}

/// The code called `name`.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

/// The codes that the configuration may adjust.
pub fn adjustable() -> impl Iterator<Item = &'static str> {
    all().filter(|code| code.is_adjustable()).map(|code| code.name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_explained_once_and_whole() {
        let names: Vec<_> = all().map(|code| code.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for code in all() {
            assert!(!code.severities.is_empty(), "{}", code.name);
            assert!(code.line.len() <= 100 && !code.line.ends_with('.'), "{}", code.name);
            for text in [code.why, code.mend] {
                assert!(text.ends_with('.') && !text.contains('\n'), "{}: {text}", code.name);
            }
            assert!(!code.example.is_empty() && !code.example.ends_with('\n'), "{}", code.name);
        }
    }

    #[test]
    fn what_makes_a_page_wrong_always_weighs_the_same() {
        for (name, adjustable) in [
            ("overdue-ask", true),
            ("supersession-cycle", true),
            ("broken-link", true),
            ("unknown-key", true),
            ("route-taken", false),
            ("disk", false),
            ("cache-not-written", false),
        ] {
            assert_eq!(find(name).unwrap().is_adjustable(), adjustable, "{name}");
        }
    }
}
