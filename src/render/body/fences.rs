//! Code blocks, formulas and diagrams: what the services make of them, framed.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::writer::Writer;

/// An open code block.
pub struct Code<'a> {
    info: CowStr<'a>,
    text: CowStr<'a>,
}

impl<'a> Code<'a> {
    /// Takes its text, which comes whole.
    pub fn append(&mut self, text: CowStr<'a>) {
        self.text = if self.text.is_empty() { text } else { [&*self.text, &*text].concat().into() };
    }
}

impl<'a> Writer<'_, 'a> {
    /// Opens a code block.
    pub fn start_code(&mut self, kind: CodeBlockKind<'a>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => CowStr::Borrowed(""),
        };
        self.code = Some(Code { info, text: CowStr::Borrowed("") });
    }

    /// Writes the code block that ends.
    pub fn end_code(&mut self, span: Range<usize>) {
        let Some(Code { info, text }) = self.code.take() else { return };
        self.line();
        match info.split_whitespace().next() {
            Some("math") => {
                self.raw("<div class=\"math\">");
                self.formula(text.trim(), true, span);
                self.raw("</div>\n");
            }
            Some("mermaid") => self.diagram(&text, span),
            _ => self.code_block(&info, &text, span),
        }
    }

    fn code_block(&mut self, info: &str, text: &str, span: Range<usize>) {
        let code = self.services.code(info, text);
        self.body.has_code = true;
        if let Some(problem) = code.problem {
            self.warn("plain-code", problem, span);
        }
        for label in [&code.language, &code.title].into_iter().flatten() {
            self.passages.caption(label);
        }
        self.raw("<figure class=\"code\"");
        if !code.lang.is_empty() {
            self.attribute("data-lang", &code.lang);
        }
        self.raw(">");
        if code.title.is_some() || code.language.is_some() {
            self.raw("<figcaption>");
            for (class, label) in [("code-title", &code.title), ("code-lang", &code.language)] {
                let Some(label) = label else { continue };
                self.raw("<span class=\"");
                self.raw(class);
                self.raw("\">");
                self.text(label);
                self.raw("</span>");
            }
            self.raw("</figcaption>");
        }
        self.raw("<pre tabindex=\"0\"><code>");
        self.raw(&code.html);
        self.raw("</code></pre></figure>\n");
    }

    /// Writes a formula, or its source where it can't be set.
    pub fn formula(&mut self, tex: &str, display: bool, span: Range<usize>) {
        self.body.has_math = true;
        match self.services.math(tex, display) {
            Ok(html) => self.raw(&html),
            Err(problem) => {
                self.warn("math", problem, span);
                self.raw("<code class=\"math\">");
                self.text(tex);
                self.raw("</code>");
            }
        }
    }

    fn diagram(&mut self, source: &str, span: Range<usize>) {
        self.diagrams += 1;
        // Ids with the theme's prefix: no document can have them.
        match self.services.diagram(source, &format!("tm-diagram-{}-", self.diagrams)) {
            Ok(svg) => {
                self.body.has_diagram = true;
                self.raw("<figure class=\"diagram\">");
                self.raw(&svg);
                self.raw("<details><summary>Source</summary><pre tabindex=\"0\"><code>");
                self.text(source);
                self.raw("</code></pre></details></figure>\n");
            }
            Err(problem) => {
                self.warn("diagram", problem, span.clone());
                self.code_block("mermaid", source, span);
            }
        }
    }
}
