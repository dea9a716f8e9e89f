//! From the word after a fence to a grammar and to the name that readers see. No text of a block.

use super::grammar::library;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A language that has a grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Language {
    /// Place in the library.
    pub(super) syntax: usize,
    pub(super) name: &'static str,
}

/// Words whose grammar isn't found by its name or a file extension, or that deserve another name: word, grammar, name.
/// Sorted by word.
const WORDS: &[(&str, &str, &str)] = &[
    ("assembly", "x86_64 Assembly", "Assembly"),
    ("babel", "JavaScript", "JavaScript"),
    ("bash", "Bourne Again Shell (bash)", "Bash"),
    ("bat", "Batch File", "Batch"),
    ("cjs", "JavaScript", "JavaScript"),
    ("conf", "INI", "Configuration"),
    ("console", "Bourne Again Shell (bash)", "Console"),
    ("csharp", "C#", "C#"),
    ("csl-json", "JSON", "JSON"),
    ("docker", "Dockerfile", "Dockerfile"),
    ("dot", "Graphviz (DOT)", "DOT"),
    ("ecmascript", "JavaScript", "JavaScript"),
    ("fsharp", "F#", "F#"),
    ("gitignore", "Git Ignore", "Git ignore"),
    ("golang", "Go", "Go"),
    ("graphviz", "Graphviz (DOT)", "DOT"),
    ("h", "C", "C"),
    ("hcl", "Terraform", "HCL"),
    ("http", "HTTP Request and Response", "HTTP"),
    ("java", "Java", "Java"),
    ("jinja", "Jinja2", "Jinja"),
    ("js", "JavaScript", "JavaScript"),
    ("json5", "JSON", "JSON5"),
    ("jsonc", "JSON", "JSON"),
    ("jsonl", "JSON", "JSON"),
    ("jsx", "TypeScriptReact", "JSX"),
    ("makefile", "Makefile", "Makefile"),
    ("mjs", "JavaScript", "JavaScript"),
    ("node", "JavaScript", "JavaScript"),
    ("objectivec", "Objective-C", "Objective-C"),
    ("proto", "Protocol Buffer", "Protocol Buffers"),
    ("protobuf", "Protocol Buffer", "Protocol Buffers"),
    ("py3", "Python", "Python"),
    ("pycon", "Python", "Python"),
    ("python2", "Python", "Python"),
    ("python3", "Python", "Python"),
    ("rest", "reStructuredText", "reStructuredText"),
    ("sh", "Bourne Again Shell (bash)", "Shell"),
    ("shell", "Bourne Again Shell (bash)", "Shell"),
    ("shell-session", "Bourne Again Shell (bash)", "Console"),
    ("shellscript", "Bourne Again Shell (bash)", "Shell"),
    ("terraform", "Terraform", "Terraform"),
    ("tsx", "TypeScriptReact", "TSX"),
    ("v", "Verilog", "Verilog"),
    ("viml", "VimL", "Vim script"),
    ("vue", "Vue Component", "Vue"),
    ("yul", "Solidity", "Yul"),
    ("zsh", "Bourne Again Shell (bash)", "Shell"),
];

/// Words for text without a language.
const PLAIN: &[&str] = &["", "ascii", "none", "output", "plain", "plaintext", "text", "txt"];

/// Words whose text is shown plain, under a name: a colour for each column of a table helps nobody.
const NAMED_PLAIN: &[(&str, &str)] = &[("csv", "CSV"), ("tsv", "TSV")];

/// Grammars that are left out: their text is plain to readers.
const LEFT_OUT: &[&str] = &[
    "Comma Separated Values",
    "Highlight non-printables",
    "Pipe Separated Values",
    "Plain Text",
    "Semi-Colon Separated Values",
    "Separated Values",
    "Tab Separated Values",
];

fn index() -> &'static BTreeMap<String, Language> {
    static INDEX: OnceLock<BTreeMap<String, Language>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (syntax, reference) in library().syntaxes().iter().enumerate() {
            by_name.insert(reference.name.as_str(), syntax);
            if reference.hidden || LEFT_OUT.contains(&reference.name.as_str()) {
                continue;
            }
            let name = shown(&reference.name);
            let language = Language { syntax, name };
            // A name is worth more than an extension, and an earlier grammar's extension more than a later's.
            for extension in &reference.file_extensions {
                index.entry(extension.to_lowercase()).or_insert_with(|| language.clone());
            }
        }
        for (syntax, reference) in library().syntaxes().iter().enumerate() {
            if !reference.hidden && !LEFT_OUT.contains(&reference.name.as_str()) {
                let language = Language { syntax, name: shown(&reference.name) };
                index.insert(reference.name.to_lowercase(), language);
            }
        }
        for (word, grammar, name) in WORDS {
            if let Some(syntax) = by_name.get(grammar) {
                index.insert((*word).to_owned(), Language { syntax: *syntax, name });
            }
        }
        index
    })
}

/// The name of a grammar without the remark in brackets that tells it from its sisters.
fn shown(name: &'static str) -> &'static str {
    match name {
        "Bourne Again Shell (bash)" => "Bash",
        "x86_64 Assembly" => "Assembly",
        "VimL" => "Vim script",
        "Protocol Buffer" => "Protocol Buffers",
        _ => name.split_once(" (").filter(|(base, _)| *base != "HTML").map_or(name, |(base, _)| base),
    }
}

/// The language of a word, in any case.
pub(super) fn find(word: &str) -> Option<Language> {
    // Some write `solidity=` or `python=12` to ask for line numbers.
    let word = word.split('=').next().unwrap_or(word);
    if word.len() > 40 || is_plain(word) {
        return None;
    }
    index().get(&word.to_lowercase()).cloned()
}

fn is_plain(word: &str) -> bool {
    PLAIN.contains(&word.to_ascii_lowercase().as_str())
}

/// The name to show for a word: of its language, else the word itself; nothing for plain text.
pub fn language_name(word: &str) -> Option<Cow<'static, str>> {
    let word = word.trim();
    if let Some(language) = find(word) {
        return Some(Cow::Borrowed(language.name));
    }
    let named = NAMED_PLAIN.iter().find(|(plain, _)| plain.eq_ignore_ascii_case(word));
    if let Some((_, name)) = named {
        return Some(Cow::Borrowed(name));
    }
    let word = word.trim_end_matches('=');
    let shows = !is_plain(word) && word.chars().any(char::is_alphanumeric);
    shows.then(|| Cow::Owned(word.chars().take(40).collect()))
}

/// Every word that leads to a grammar, in order.
pub fn words() -> impl Iterator<Item = &'static str> {
    index().keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_the_names_that_readers_know() {
        let names = [
            ("rust", "Rust"),
            ("RS", "Rust"),
            ("js", "JavaScript"),
            ("ts", "TypeScript"),
            ("typescript", "TypeScript"),
            ("py", "Python"),
            ("sol", "Solidity"),
            ("solidity=", "Solidity"),
            ("c++", "C++"),
            ("sh", "Shell"),
            ("console", "Console"),
            ("yml", "YAML"),
            ("Dockerfile", "Dockerfile"),
            ("toml", "TOML"),
            ("diff", "Diff"),
            ("C#", "C#"),
            ("c", "C"),
            ("h", "C"),
            ("mermaid", "mermaid"),
            ("SQL", "SQL"),
            ("golang", "Go"),
            ("json", "JSON"),
            ("html", "HTML"),
            ("tsx", "TSX"),
            ("vyper", "Vyper"),
            ("kt", "Kotlin"),
            ("haskell", "Haskell"),
            ("CSV", "CSV"),
        ];
        for (word, name) in names {
            assert_eq!(language_name(word).as_deref(), Some(name), "{word}");
        }
    }

    #[test]
    fn plain_text_has_no_name() {
        for word in ["", "text", "Plain", "none", ".", "txt"] {
            assert_eq!(language_name(word), None, "{word}");
        }
    }

    #[test]
    fn every_word_names_a_grammar_that_exists_and_the_list_is_sorted() {
        for (word, _, name) in WORDS {
            assert_eq!(find(word).map(|l| l.name), Some(*name), "{word}");
        }
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
