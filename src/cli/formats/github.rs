//! GitHub's workflow commands: `::error file=a.md,line=3,col=1,title=code::message`.
//!
//! The escapes are those of GitHub's own toolkit: `%`, carriage return and line feed everywhere, `:` and `,` in
//! properties as well. Every other character that could act is shown as an escape first.

use super::from_root;
use crate::cli::report::shown;
use crate::diagnostic::{Diagnostic, Severity};

/// One command for each finding, each on a line of its own; paths are from the root of the repository.
pub fn render(found: &[Diagnostic], prefix: &str) -> String {
    found.iter().map(|diagnostic| command(diagnostic, prefix)).collect()
}

fn command(diagnostic: &Diagnostic, prefix: &str) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", property(&from_root(place, prefix))));
        if place.line > 0 {
            properties.push(format!("line={},col={}", place.line, place.column));
            properties.push(format!("endLine={},endColumn={}", place.line, place.column + place.width));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code)));
    let texts = std::iter::once(&diagnostic.message).chain(&diagnostic.hints);
    let message: Vec<String> = texts.map(|text| data(text)).collect();
    format!("::{name} {}::{}\n", properties.join(","), message.join("%0A"))
}

fn data(text: &str) -> String {
    shown(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::path::SourcePath;

    #[test]
    fn nothing_of_a_document_becomes_a_command() {
        let evil = "a\r\n::add-path::/x 100%0A \u{1b}[2J\u{202e}";
        let mut place = Place::file(&SourcePath::new("a,b:c%0A.md").unwrap());
        (place.line, place.column, place.width) = (3, 5, 2);
        let text = render(&[Diagnostic::warning("code", evil).hint(evil).at(place)], "docs/site");
        assert_eq!(
            text,
            "::warning file=docs/site/a%2Cb%3Ac%250A.md,line=3,col=5,endLine=3,endColumn=7,title=code::\
             a\\r\\n::add-path::/x 100%250A \\u{1b}[2J\\u{202e}%0A\
             a\\r\\n::add-path::/x 100%250A \\u{1b}[2J\\u{202e}\n"
        );
    }

    #[test]
    fn a_finding_without_a_line_names_its_file_or_nothing() {
        let whole = Diagnostic::error("code", "x").at(Place::file(&SourcePath::new("a.md").unwrap()));
        assert_eq!(render(&[whole], ""), "::error file=a.md,title=code::x\n");
        assert_eq!(render(&[Diagnostic::note("code", "x")], "docs"), "::notice title=code::x\n");
    }
}
