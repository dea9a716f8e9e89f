//! Names that stand before what is said, as Zoom writes them: `Ana Souza: Good morning.`
//!
//! A word with a colon is a speaker only where that is plausible over the whole file: such names stand at most cues, or come
//! again and again. `Note: this is slow` and `12:30` are what somebody says.

use std::collections::HashMap;

use super::{Cue, Turn};

/// Words that stand before a colon without being anybody's name.
const NO_NAMES: [&str; 62] = [
    "a",
    "action",
    "actions",
    "agenda",
    "also",
    "and",
    "answer",
    "app",
    "attention",
    "because",
    "but",
    "caution",
    "chapter",
    "conclusion",
    "context",
    "day",
    "decision",
    "error",
    "example",
    "figure",
    "finally",
    "first",
    "fyi",
    "goal",
    "hint",
    "http",
    "https",
    "important",
    "info",
    "it",
    "lesson",
    "music",
    "never",
    "next",
    "no",
    "note",
    "now",
    "ok",
    "okay",
    "option",
    "or",
    "part",
    "point",
    "problem",
    "ps",
    "q",
    "question",
    "reason",
    "remember",
    "reminder",
    "result",
    "rule",
    "second",
    "so",
    "step",
    "summary",
    "third",
    "tip",
    "title",
    "todo",
    "update",
    "warning",
];

/// Small words within names.
const PARTICLES: [&str; 14] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "la", "le", "of", "van", "von"];

/// The longest name that is taken for one, in characters, and the most words that it has.
const LONGEST: usize = 40;
const MOST_WORDS: usize = 5;

/// Gives the cues of a file the speakers that their texts name, where no tag has told one.
pub(super) fn name(cues: &mut [Cue]) {
    if cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    let names = SpeakerNames::of(cues);
    if names.known.is_empty() {
        return;
    }
    let mut speaker = None;
    for cue in cues.iter_mut() {
        let turns = names.turns(&cue.text, &mut speaker);
        cue.say(turns);
    }
}

/// The names that a file has.
struct SpeakerNames {
    known: Vec<String>,
}

impl SpeakerNames {
    fn of(cues: &[Cue]) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let (mut total, mut named) = (0, 0);
        for cue in cues.iter().filter(|cue| !cue.text.is_empty()) {
            total += 1;
            for (at, line) in cue.text.lines().enumerate() {
                if let Some((name, _)) = prefix(line) {
                    *counts.entry(name).or_default() += 1;
                    named += usize::from(at == 0);
                }
            }
        }
        let is_rule = named * 2 >= total;
        let plausible =
            |name: &str, count: usize| is_rule || count >= 3 || (count == 2 && name.contains(' '));
        let mut known: Vec<String> = counts
            .iter()
            .filter(|(name, count)| plausible(name, **count))
            .map(|(name, _)| (*name).to_owned())
            .collect();
        known.sort_unstable();
        Self { known }
    }

    /// `text` cut where another name stands; what has no name before it goes on being said by `speaker`.
    fn turns(&self, text: &str, speaker: &mut Option<String>) -> Vec<Turn> {
        let mut turns: Vec<Turn> = Vec::new();
        for line in text.lines() {
            let named = prefix(line)
                .filter(|(name, _)| self.known.binary_search_by(|known| known.as_str().cmp(name)).is_ok());
            let said = named.map_or(line, |(_, said)| said);
            if let Some((name, _)) = named {
                *speaker = Some(name.to_owned());
            }
            match turns.last_mut() {
                Some(last) if last.speaker == *speaker => {
                    last.text.push('\n');
                    last.text.push_str(said);
                }
                _ => turns.push(Turn { speaker: speaker.clone(), text: said.to_owned() }),
            }
        }
        Turn::tidied(turns)
    }
}

/// The name that `line` may start with, and what follows it.
fn prefix(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start().trim_start_matches(">>").trim_start();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let at = line.find([':', '：'])?;
    let (name, rest) = line.split_at(at);
    let (colon, rest) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || colon == "：";
    // Programs that tell voices apart write `[SPEAKER_00]: text`.
    let name = name.trim_end();
    let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    (apart && is_name(name)).then(|| (name, rest.trim_start()))
}

fn is_name(name: &str) -> bool {
    let allowed = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '_' | '(' | ')' | '/' | '&' | '@')
    };
    if name.chars().count() > LONGEST || !name.chars().all(allowed) {
        return false;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let plain = first.trim_end_matches('.').to_lowercase();
    words.len() <= MOST_WORDS
        && NO_NAMES.binary_search(&plain.as_str()).is_err()
        && is_name_word(first)
        && words[1..].iter().all(|word| {
            is_name_word(word)
                || PARTICLES.contains(word)
                || word.starts_with('(')
                || word.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Starts with a capital, or with a letter of a script that has none.
fn is_name_word(word: &str) -> bool {
    let first = word.trim_start_matches('@').chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}
