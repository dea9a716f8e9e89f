//! Sentences that tell somebody what to do, as the steps they are: `so then you want to click Save` is `Click Save`.
//!
//! What stands before the verb is taken out; nothing is put in its place.

use super::english::{self, is_in};
use super::words::Word;

/// `words` as an instruction, if they are one: from the verb on, or from the condition that stands before it. What `I` do
/// is a step only for who shows something `alone`; among others it is a promise.
pub(super) fn instruction(words: &[Word], alone: bool) -> Option<Vec<Word>> {
    if words.last().is_some_and(|last| last.text.contains('?')) {
        return None;
    }
    let words = after_order(words);
    let first = words.first()?;
    if ["if", "when", "once", "after", "before", "to", "until", "on", "in", "at", "from"]
        .contains(&first.key.as_str())
    {
        // `If it fails, you want to restart it`: the condition stays.
        let comma = words.iter().take(14).position(|word| word.text.ends_with(','))?;
        let told = told(&words[comma + 1..], alone)?;
        return Some([&words[..=comma], told].concat());
    }
    told(words, alone).map(<[Word]>::to_vec)
}

/// The instructions in `words`, one after another: `open a terminal, and then you type ls` are two. Empty where there is
/// none; what stands between two instructions goes.
pub(super) fn instructions(words: &[Word], alone: bool) -> Vec<Vec<Word>> {
    let Some(whole) = instruction(words, alone) else { return Vec::new() };
    let mut found = Vec::new();
    let mut rest = &whole[..];
    let mut from = 2;
    while let Some(at) = (from..rest.len().saturating_sub(2)).find(|at| joins(rest, *at)) {
        let next = after_order(&rest[at..]);
        match told(next, alone) {
            Some(told) => {
                found.push(rest[..at].to_vec());
                rest = told;
                from = 2;
            }
            None => from = at + 1,
        }
    }
    found.push(rest.to_vec());
    found
}

/// Whether another instruction may follow at `at`: `and then`, or `and` and `then` after a comma.
fn joins(words: &[Word], at: usize) -> bool {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let comma = words[at - 1].text.ends_with([',', ';']);
    // Conditions end in commas too.
    let condition = ["if", "when", "once", "unless"].contains(&key(0))
        && !words[..at - 1].iter().any(|word| word.text.ends_with(','));
    !condition && ((key(at) == "and" && (comma || key(at + 1) == "then")) || (key(at) == "then" && comma))
}

/// `words` after `first`, `and then`, `after that`.
pub(super) fn after_order(words: &[Word]) -> &[Word] {
    let mut rest = words;
    loop {
        let key = |at: usize| rest.get(at).map_or("", |word| word.key.as_str());
        let skip = match (key(0), key(1)) {
            ("after", "that") | ("from", "there" | "here") | ("first" | "last", "of") => {
                2 + usize::from(key(2) == "all")
            }
            ("step", number) if !number.is_empty() && rest[1].is_before_break() => 2,
            (first, _) if is_in(english::ORDER, first) || is_in(english::OPENERS, first) => 1,
            _ => return rest,
        };
        if skip >= rest.len() {
            return rest;
        }
        rest = &rest[skip..];
    }
}

const ADVERBS: [&str; 9] = ["actually", "also", "always", "first", "just", "now", "please", "simply", "then"];

/// What is to be done, from its verb on (from `you can` on, where one may or may not).
fn told(words: &[Word], alone: bool) -> Option<&[Word]> {
    let words = after_adverbs(words);
    let first = words.first()?.key.as_str();
    if matches!(first, "never" | "don't") {
        return verb(&words[1..], english::ACTIONS).map(|_| words);
    }
    if let Some(rest) = verb(words, english::ACTIONS) {
        return Some(rest);
    }
    let rest = after_adverbs(&words[1..]);
    if !alone && ["i", "i'll", "i'm", "we", "we'll", "we're"].contains(&first) {
        return None;
    }
    match first {
        "you'll" | "we'll" | "i'll" => verb(after_modal(rest).unwrap_or(rest), english::ACTIONS),
        "let's" => verb(rest, english::GESTURES),
        "you're" | "we're" | "i'm" | "gonna" => verb(after_modal(rest)?, english::ACTIONS),
        "you" | "we" | "i" => match after_modal(rest) {
            Some(rest) => verb(rest, english::ACTIONS),
            None if rest.first().is_some_and(|word| word.key == "can") && first == "you" => {
                verb(after_adverbs(&rest[1..]), english::GESTURES).map(|_| words)
            }
            None => verb(rest, english::GESTURES),
        },
        _ => None,
    }
}

fn after_adverbs(words: &[Word]) -> &[Word] {
    let count = words.iter().take_while(|word| ADVERBS.contains(&word.key.as_str())).count();
    &words[count.min(words.len())..]
}

/// `words` after `want to`, `have to`, `should`, `going to go ahead and`.
fn after_modal(words: &[Word]) -> Option<&[Word]> {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    let length = match (key(0), key(1), key(2)) {
        ("want" | "need" | "have" | "going" | "got", "to", _) => 2,
        ("would" | "will", "want" | "need" | "have", "to") => 3,
        ("should" | "must" | "gonna" | "wanna", _, _) => 1,
        _ => return None,
    };
    let rest = after_adverbs(&words[length..]);
    let ahead = rest.len() > 3 && rest[0].key == "go" && rest[1].key == "ahead" && rest[2].key == "and";
    Some(if ahead { after_adverbs(&rest[3..]) } else { rest })
}

/// `words`, if they start with a verb of `list` and go on.
fn verb<'a>(words: &'a [Word], list: &[&str]) -> Option<&'a [Word]> {
    let [first, next, ..] = words else { return None };
    let is_verb =
        is_in(list, &first.key) && !first.is_before_break() && !is_in(english::NO_OBJECT, &next.key);
    let ahead =
        first.key == "go" && next.key == "ahead" && words.get(2).is_some_and(|word| word.key == "and");
    if ahead {
        return verb(after_adverbs(&words[3..]), english::ACTIONS);
    }
    // `come on`, `look`, `do it` and the like lead nowhere.
    let idle = matches!(
        (first.key.as_str(), next.key.as_str()),
        ("come", "on") | ("do" | "make", "it" | "that" | "this" | "sense" | "you" | "we" | "i" | "they")
    );
    (is_verb && !idle).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::super::words::sentence;
    use super::*;
    use crate::recording::Moment;

    fn step(text: &str) -> Option<String> {
        let words: Vec<Word> = text.split(' ').map(|word| Word::new(word, Moment::default())).collect();
        instruction(&words, true).map(|words| sentence(&words))
    }

    #[test]
    fn instructions_are_told_by_their_verb() {
        for (said, told) in [
            ("So then you want to click Save.", "Click Save."),
            ("First, open the settings.", "Open the settings."),
            ("Next, I scan the pallet label.", "Scan the pallet label."),
            ("And then we just go ahead and press enter", "Press enter."),
            ("I'm going to paste it here.", "Paste it here."),
            ("You'll need to restart it.", "Restart it."),
            ("Don't close the window.", "Don't close the window."),
            ("If it fails, you want to restart it.", "If it fails, restart it."),
            ("You can also click the name.", "You can also click the name."),
            ("After that, go ahead and open the log.", "Open the log."),
        ] {
            assert_eq!(step(said).as_deref(), Some(told), "{said}");
        }
    }

    #[test]
    fn a_sentence_may_hold_several() {
        let said =
            "So you open a terminal, and then you type ls and press enter, then click Save, and it works.";
        let words: Vec<Word> = said.split(' ').map(|word| Word::new(word, Moment::default())).collect();
        let found: Vec<String> = instructions(&words, true).iter().map(|words| sentence(words)).collect();
        assert_eq!(found, ["Open a terminal.", "Type ls and press enter.", "Click Save, and it works."]);
    }

    #[test]
    fn statements_and_questions_are_none() {
        for said in [
            "We use Postgres.",
            "Check is the word.",
            "Should I click it?",
            "It opens the file.",
            "You see the queue.",
            "I think we open it.",
            "The run was slow.",
            "Click.",
            "We're going to see it.",
            "",
            "Then",
        ] {
            assert_eq!(step(said), None, "{said}");
        }
    }
}
