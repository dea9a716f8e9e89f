//! What a body needs from outside its own room: painted code, formulas, diagrams.

use crate::escape;

/// Code, formulas and diagrams made into HTML. What comes back goes into the page as it is: it must be safe.
pub trait Services: Sync {
    /// A code block; `info` is all that follows the fence, empty for indented code.
    fn code(&self, info: &str, code: &str) -> CodeBlock;

    /// A formula as MathML, `display` on a line of its own; or why it is none, in one sentence.
    fn math(&self, tex: &str, display: bool) -> Result<String, String>;

    /// A Mermaid diagram as SVG whose ids all start with `id_prefix`; or why it can't be drawn, in one sentence.
    fn diagram(&self, source: &str, id_prefix: &str) -> Result<String, String>;
}

/// A code block ready to be framed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeBlock {
    /// The inside of `<code>`.
    pub html: String,
    /// The language as the fence names it; empty for none.
    pub lang: String,
    /// The language as people call it.
    pub language: Option<String>,
    /// `title="..."` of the fence.
    pub title: Option<String>,
    /// Why it is plain although its language is known, in one sentence.
    pub problem: Option<String>,
}

/// Shows all of it as plain code.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Services for Plain {
    fn code(&self, info: &str, code: &str) -> CodeBlock {
        let mut html = String::with_capacity(code.len());
        escape::text(&mut html, code);
        let lang = info.split_whitespace().next().unwrap_or_default().to_owned();
        CodeBlock { html, lang, ..CodeBlock::default() }
    }

    fn math(&self, _tex: &str, _display: bool) -> Result<String, String> {
        Err("Formulas are shown as they are written".into())
    }

    fn diagram(&self, _source: &str, _id_prefix: &str) -> Result<String, String> {
        Err("Diagrams are shown as they are written".into())
    }
}
