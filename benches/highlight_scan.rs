//! Every grammar against hostile text: how long a block takes, and how much of its budget of steps. Run it after any change of the
//! grammars, the matcher or the budget:
//!
//! ```text
//! cargo bench --bench highlight_scan -- [BYTES] [MILLISECONDS]
//! ```
//!
//! BYTES is the size of each text (default 20000); what takes longer than MILLISECONDS (default 200) is listed.

#![allow(clippy::print_stdout, reason = "a report for the terminal")]

use std::collections::BTreeMap;
use std::time::Instant;
use threadmark::render::highlight::{Limit, cost, highlight, language_name, words};

/// What is repeated until the text is full: without newlines, so that it becomes one line, and with.
const ATTACKS: &[&str] = &[
    "a(",
    "(((((",
    "a.",
    "/*",
    "/**",
    "\"",
    "'",
    "`",
    "\\",
    "{",
    "[",
    "<",
    "<a ",
    "<a b=\"",
    "</a",
    "<?",
    "${",
    "#{",
    "{{",
    "{%",
    "<<A\n",
    "<<-'A' <<B\n",
    "r#\"",
    "=~ /a",
    "/a/",
    "/[a",
    "%w(",
    "q{",
    "$a",
    "@a",
    "a b ",
    "a, ",
    "a: ",
    "a=",
    "1.",
    "0x1",
    "* ",
    "- ",
    "> ",
    "> > ",
    "*a*",
    "**a _b ",
    "[a](",
    "![a][b] ",
    "```md\n",
    "~~~~ js\n",
    "# a\n",
    "| a ",
    "\t",
    "    ",
    "function ",
    "class a ",
    "module m(",
    "begin ",
    "if ",
    "else if (",
    "case ",
    "for (",
    "=> ",
    "->",
    "::",
    "a::<",
    "a<b<",
    "fn a<",
    "async (a) => ",
    "a?b:",
    "let a: {",
    "var a = function(",
    "import {a} from ",
    "SELECT a FROM (",
    "\\begin{a}",
    "$$",
    "\\a{",
    "--",
    "//",
    "#!",
    "@@ -1 +1 @@ ",
    "é",
    "字 ",
    "\u{2028}",
    "a\u{301}",
    ";",
    "&a;",
    "&&",
    "a ; b ",
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let bytes: usize = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(20_000);
    let slow: f64 = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(200.0);
    // One word per grammar; by name, so that the run is the same each time.
    let languages: BTreeMap<String, &str> =
        words().filter_map(|word| Some((language_name(word)?.into_owned(), word))).collect();
    let (mut blocks, mut over, mut worst) = (0usize, 0usize, 0f64);
    for (name, word) in &languages {
        for attack in ATTACKS {
            for end in ["", "\n", "x\n"] {
                let unit = format!("{attack}{end}");
                let text = unit.repeat(bytes / unit.len());
                let start = Instant::now();
                let out = highlight(&text, word);
                let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
                blocks += 1;
                over += usize::from(out.limit == Some(Limit::Steps));
                worst = worst.max(milliseconds);
                if milliseconds > slow {
                    let share = cost(&text, word).unwrap_or(0);
                    println!("{milliseconds:7.0} ms  {share:4}/1000 steps  {name}: {unit:?}");
                }
            }
        }
    }
    println!(
        "{} grammars, {blocks} blocks of {bytes} bytes, {over} over budget, slowest {worst:.0} ms",
        languages.len()
    );
}
