//! What bodies ask for besides their text: painted code, formulas and diagrams.

use super::body::{CodeBlock, Services};
use super::highlight::{self, FenceInfo, Limit};
use super::{diagram, math};
use crate::memo::Memo;

/// Highlights, typesets and draws; painted code is remembered from build to build.
pub struct Workshop<'a> {
    memo: &'a dyn Memo,
}

impl<'a> Workshop<'a> {
    /// A workshop that remembers with `memo`.
    pub fn new(memo: &'a dyn Memo) -> Self {
        Self { memo }
    }
}

impl Services for Workshop<'_> {
    fn code(&self, info: &str, code: &str) -> CodeBlock {
        let fence = FenceInfo::parse(info);
        let painted = highlight::highlight_with(self.memo, code, &fence.lang);
        CodeBlock {
            html: highlight::mark_lines(&painted.html, &fence),
            lang: fence.lang,
            language: painted.language.map(std::borrow::Cow::into_owned),
            title: fence.title,
            problem: painted.limit.map(problem),
        }
    }

    fn math(&self, tex: &str, display: bool) -> Result<String, String> {
        math::math_to_mathml(tex, display).map_err(|error| error.to_string())
    }

    fn diagram(&self, source: &str, id_prefix: &str) -> Result<String, String> {
        diagram::diagram_to_svg(source, id_prefix).map(|drawn| drawn.svg).map_err(|error| error.to_string())
    }
}

fn problem(limit: Limit) -> String {
    match limit {
        Limit::BlockSize => format!("it is larger than {} KiB", highlight::MAX_BLOCK / 1024),
        Limit::LineLength => format!("it has a line of more than {} KiB", highlight::MAX_LINE / 1024),
        Limit::Steps => "its grammar takes too many steps on it".to_owned(),
    }
}
