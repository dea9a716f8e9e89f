//! `unknown-status`: a status that no vocabulary has.

use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::site::{NormalStatus, Page};
use crate::yaml::values::short;

/// What to say of a decision or a spec whose status is in no vocabulary. Other kinds show no state, and what tools
/// of other people write there is theirs.
pub fn unknown(page: &Page) -> Option<Diagnostic> {
    let written = page.document.front.status.as_ref()?;
    let concerned = matches!(page.kind, Kind::Decision | Kind::Spec);
    let status = page.status.as_ref().filter(|status| status.normal.is_none() && concerned)?;
    let known = NormalStatus::ALL.map(NormalStatus::word);
    Some(
        Diagnostic::warning("unknown-status", format!("the status `{}` is not known", short(&status.raw)))
            .at(page.document.place_of_fact(written.line))
            .suggest(&status.raw, known)
            .hint(format!(
                "It is shown as it is written. Known are {}, and the words of common records.",
                known.join(", ")
            )),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::HtmlPolicy;
    use crate::document::{self, markdown::Handles};
    use crate::path::SourcePath;
    use crate::site::{Status, fixture};
    use crate::source::SourceFile;

    #[test]
    fn a_decision_is_told_of_its_unknown_status() {
        let told = |text: &str, kind| {
            let file = SourceFile { path: SourcePath::new("a.md").unwrap(), text: text.into() };
            let (document, _) = document::parse(&file, &Handles::default(), HtmlPolicy::Safe);
            let mut page = fixture::page(kind, 0, "a.md", "A");
            page.document = crate::frozen::Frozen::new(document.unwrap());
            page.status = page.document.front.status.as_ref().map(|s| Status::read(&s.value));
            unknown(&page)
        };
        let text = "---\ntitle: x\nstatus: aceptd\n---\n";
        let found = told(text, Kind::Decision).unwrap();
        assert_eq!((found.code, found.place.unwrap().line), ("unknown-status", 3));
        assert_eq!(found.hints[0], "Did you mean `accepted`?");
        assert!(
            told("# 1. X\n\n## Status\n\nBanana\n\n## Context\n", Kind::Decision).is_some(),
            "in the body too"
        );
        assert_eq!(told(text, Kind::Page), None);
        assert_eq!(told("---\nstatus: Accpeted\n---\n", Kind::Spec), None);
        assert_eq!(told("# X\n", Kind::Decision), None);
    }
}
