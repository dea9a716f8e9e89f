//! Maths in TeX notation to `MathML`, which browsers show without a script. Pure; holds no numbering, no macros, no state between formulas.
//!
//! The converter is `math-core`: of the 636 formulas in 949 EIPs it reads all (`pulldown-latex` reads 629: it lacks `\mod`), and it has
//! no way to define macros, so that no formula grows beyond its source. Both crates pass `\operatorname{<b>}` on as markup and write
//! `style` attributes, which a strict content policy forbids: so what comes out is read strictly and rebuilt from an allow-list. Both also
//! recurse once per level, without a limit: nesting is counted before they see it.

use super::markup::{Part, Reader, push_attribute};
use crate::escape;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use std::fmt;

/// Bytes of the longest formula.
pub const MAX_FORMULA: usize = 16 * 1024;
/// Groups within groups.
const MAX_GROUPS: usize = 64;
/// Commands of a formula: each may stand within the one before it (`\hat\hat\hat x`).
const MAX_COMMANDS: usize = 2_000;
/// Up to so many commands, the stack of any thread is enough.
const FEW_COMMANDS: usize = 60;
/// Stack of the thread for formulas with more. It is reserved, not used.
const STACK: usize = 256 * 1024 * 1024;

/// Why a formula can't be shown as maths. The caller shows its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MathError {
    /// More than [`MAX_FORMULA`] bytes.
    TooLong,
    /// Groups nested too deep, or too many commands.
    TooComplex,
    /// What the notation has that the converter doesn't know; `at` is a place in the source, in bytes.
    Notation {
        /// What is wrong, in the words of the parser.
        message: String,
        /// Where, in bytes from the start of the formula.
        at: usize,
    },
    /// The converter made something that may not stand in a page.
    Refused,
}

impl fmt::Display for MathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the formula is longer than {MAX_FORMULA} bytes"),
            Self::TooComplex => write!(
                f,
                "the formula is nested deeper than {MAX_GROUPS} groups, or has over {MAX_COMMANDS} commands"
            ),
            Self::Notation { message, .. } => write!(f, "{message}"),
            Self::Refused => write!(f, "the formula holds markup, which maths can't"),
        }
    }
}

impl std::error::Error for MathError {}

/// Converts a formula; `display` is for one on a line of its own. The result is one `<math>` element.
///
/// # Errors
/// See [`MathError`]. The same formula fails in the same way everywhere.
pub fn math_to_mathml(tex: &str, display: bool) -> Result<String, MathError> {
    if tex.len() > MAX_FORMULA {
        return Err(MathError::TooLong);
    }
    let commands = tex.matches('\\').count();
    if commands > MAX_COMMANDS || deepest(tex) > MAX_GROUPS {
        return Err(MathError::TooComplex);
    }
    let raw =
        if commands <= FEW_COMMANDS { convert(tex, display) } else { convert_on_deep_stack(tex, display) }?;
    let math = rebuilt(&raw).ok_or(MathError::Refused)?;
    // A long one scrolls by itself: the keyboard has to get there.
    Ok(math.replacen("<math display=\"block\">", "<math display=\"block\" tabindex=\"0\">", 1))
}

fn convert_on_deep_stack(tex: &str, display: bool) -> Result<String, MathError> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || convert(tex, display))
            .map_err(|_| MathError::TooComplex)?
            .join()
            .unwrap_or(Err(MathError::Refused))
    })
}

fn convert(tex: &str, display: bool) -> Result<String, MathError> {
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let unwind = std::panic::catch_unwind(|| {
        let converter = LatexToMathML::new(MathCoreConfig::default()).map_err(|_| MathError::Refused)?;
        match converter.convert_with_local_state(tex, display) {
            Ok(result) => Ok(result.mathml),
            Err(error) => Err(MathError::Notation { message: error.error_message(), at: error.0.start }),
        }
    });
    unwind.unwrap_or(Err(MathError::Refused))
}

/// Groups of any kind within each other, as far as they can be told from the notation alone.
fn deepest(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut rest = tex;
    while let Some(at) = rest.find(['{', '}', '[', '\\']) {
        rest = &rest[at..];
        let word = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
        match &rest[..word] {
            r"\left" | r"\begin" => depth += 1,
            r"\right" | r"\end" => depth = depth.saturating_sub(1),
            token if token.starts_with(['{', '[']) => depth += 1,
            token if token.starts_with('}') => depth = depth.saturating_sub(1),
            // A single escaped character, such as `\{`.
            r"\" => rest = &rest[1..],
            _ => {}
        }
        deepest = deepest.max(depth);
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    deepest
}

/// Elements of `MathML` Core that formulas are made of.
const ELEMENTS: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "semantics",
];

/// Attributes whose values are one of a few words, a length or a number.
const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// Styles that the converter writes, and the classes that stand for them; a theme gives these their meaning. Other styles are left out:
/// they fine-tune.
pub const STYLE_CLASSES: &[(&str, &str)] = &[
    ("text-align: left", "mleft"),
    ("text-align: right", "mright"),
    ("padding-left:1em", "mgap"),
    ("padding-left: 0;", "mclose-before"),
    ("padding-right: 0;", "mclose-after"),
    ("width: 50%", "mhalf"),
    ("border-top", "mtop"),
    ("border-bottom", "mbottom"),
    ("border-left", "mbefore"),
    ("border-right", "mafter"),
    ("width: 100%", "mwide"),
    ("margin-left:-", "mback"),
];

fn rebuilt(raw: &str) -> Option<String> {
    let mut reader = Reader::new(raw);
    let mut out = String::with_capacity(raw.len());
    let mut roots = 0;
    while let Some(part) = reader.next() {
        match part.ok()? {
            Part::Open(name, attributes, closed) => {
                if !ELEMENTS.contains(&name) || (name == "math") != (roots == 0) {
                    return None;
                }
                roots += 1;
                out.push('<');
                out.push_str(name);
                push_attributes(&mut out, &attributes);
                // HTML knows no empty form of these elements but takes it in foreign content, as `MathML` is.
                out.push_str(if closed { "/>" } else { ">" });
            }
            Part::Close(name) => {
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
            Part::Text(text) if reader.depth() > 0 => escape::xml(&mut out, &text),
            Part::Text(text) if text.trim().is_empty() => {}
            Part::Text(_) => return None,
        }
    }
    (roots > 0).then_some(out)
}

fn push_attributes(out: &mut String, attributes: &[(&str, String)]) {
    let mut classes = Vec::new();
    for (name, value) in attributes {
        match *name {
            "style" => classes.extend(
                STYLE_CLASSES.iter().filter(|(style, _)| value.contains(style)).map(|(_, class)| *class),
            ),
            "class" => classes.extend(
                ["menclose-updiagonalstrike", "menclose-downdiagonalstrike", "menclose-horizontalstrike"]
                    .into_iter()
                    .filter(|known| value == known),
            ),
            name if ATTRIBUTES.contains(&name) && is_plain(value) => {
                push_attribute(out, name, value);
            }
            _ => {}
        }
    }
    if !classes.is_empty() {
        push_attribute(out, "class", &classes.join(" "));
    }
}

fn is_plain(value: &str) -> bool {
    value.len() <= 60
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '%' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inline(tex: &str) -> Result<String, MathError> {
        math_to_mathml(tex, false)
    }

    #[test]
    fn formulas_become_mathml() {
        assert_eq!(inline("x^2").as_deref(), Ok("<math><msup><mi>x</mi><mn>2</mn></msup></math>"));
        assert!(
            math_to_mathml("x", true)
                .is_ok_and(|html| html.starts_with("<math display=\"block\" tabindex=\"0\">"))
        );
        assert!(inline(r"q \equiv 1 \mod 2n").is_ok_and(|html| html.contains("mod")));
    }

    #[test]
    fn alignment_is_told_by_classes_and_no_style_is_left() {
        let html = math_to_mathml(r"\begin{cases} 1 & x>0 \\ 0 & \text{else}\end{cases} a\!b", true)
            .unwrap_or_default();
        assert!(
            html.contains("class=\"mleft") && html.contains("class=\"mback") && !html.contains(" style="),
            "{html}"
        );
    }

    #[test]
    fn markup_in_a_formula_is_text_or_refused() {
        assert!(
            inline(r"\text{<script>alert(1)</script>}").is_ok_and(|html| html.contains("&lt;script&gt;"))
        );
        assert_eq!(inline(r"\operatorname{<i>a}"), Err(MathError::Refused));
        assert_eq!(inline(r"\operatorname{<img src=x onerror=alert(1)>}"), Err(MathError::Refused));
        assert_eq!(inline(r"\operatorname{<script>alert(1)</script>}"), Err(MathError::Refused));
        for tex in [
            r"\href{javascript:alert(1)}{x}",
            r"\style{color:red}{x}",
            r"\class{a}{x}",
            r"\def\a{\a\a}\a",
            r"\newcommand{\a}{b}",
        ] {
            assert!(matches!(inline(tex), Err(MathError::Notation { .. })), "{tex}");
        }
    }

    #[test]
    fn hostile_formulas_are_refused_before_they_overflow() {
        let many = |unit: &str, count: usize| unit.repeat(count);
        for (tex, error) in [
            (many("x", MAX_FORMULA + 1), MathError::TooLong),
            (many("{", 3_000), MathError::TooComplex),
            (many("{", 3_000) + &many("}", 3_000), MathError::TooComplex),
            (many(r"\left(", 1_500), MathError::TooComplex),
            (many(r"\begin{matrix}", 900), MathError::TooComplex),
            (many(r"\sqrt[", 1_500), MathError::TooComplex),
            (many(r"\hat", 3_000), MathError::TooComplex),
        ] {
            assert_eq!(inline(&tex), Err(error), "{}", &tex[..20]);
        }
    }

    #[test]
    fn nesting_up_to_the_limits_does_not_overflow() {
        for unit in [r"\hat ", r"\sqrt ", r"\frac a ", r"\mathbf ", r"\overset a", r"\not ", r"x^\hat "] {
            for count in [FEW_COMMANDS, MAX_COMMANDS] {
                let _ = inline(&(unit.repeat(count) + "x"));
            }
        }
        let groups = r"a_{".repeat(MAX_GROUPS) + "b" + &"}".repeat(MAX_GROUPS);
        assert!(inline(&groups).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_an_error_or_clean_mathml(tex in r"([a-z0-9 ^_{}&<>\[\]()]|\\(frac|sqrt|text|left|right|begin\{matrix\}|end\{matrix\}|operatorname|\\|hat|,|!|color|mathbf|tag)){0,24}") {
            if let Ok(html) = inline(&tex) {
                let mut reader = Reader::new(&html);
                while let Some(part) = reader.next() {
                    if let Ok(Part::Open(name, attributes, _)) = &part {
                        prop_assert!(ELEMENTS.contains(name));
                        prop_assert!(attributes.iter().all(|(key, _)| *key == "class" || ATTRIBUTES.contains(key)));
                    }
                    prop_assert!(part.is_ok());
                }
            }
        }
    }
}
