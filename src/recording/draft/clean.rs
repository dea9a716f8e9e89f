//! Fillers, false starts and repeated words taken out of a sentence. Nothing is added, and what might mean something stays.

use super::english::{self, is_in};
use super::words::{Word, without};

/// The longest phrase that is looked for twice in a row, and how far back a restart may reach, in words.
const LONGEST_REPEAT: usize = 6;

/// `words` without what its speaker did not mean to say. English fillers go only where the talk `is_english`.
pub(super) fn clean(words: Vec<Word>, is_english: bool) -> Vec<Word> {
    let everywhere: [Mark; 1] = [sounds];
    let of_english: [Mark; 2] = [english_sounds, phrases];
    let at_the_edges: [Mark; 3] = [openers, tags, loose_ends];
    let remove = |words: Vec<Word>, marks: &[Mark]| {
        marks.iter().fold(words, |words, mark| {
            let mut gone = vec![false; words.len()];
            mark(&words, &mut gone);
            if gone.contains(&true) { without(words, &gone, is_english) } else { words }
        })
    };
    let words = remove(words, &everywhere);
    let words = if is_english { remove(words, &of_english) } else { words };
    let words = repeats(remove(words, &[restarts]));
    if is_english { remove(words, &at_the_edges) } else { words }
}

/// Marks what is to go.
type Mark = fn(&[Word], &mut [bool]);

fn english_sounds(words: &[Word], gone: &mut [bool]) {
    for (word, gone) in words.iter().zip(gone) {
        *gone = is_in(english::ENGLISH_SOUNDS, &word.key.replace('-', ""));
    }
}

/// Sounds that are no words, notes such as `[Music]`, signs that stand alone.
fn sounds(words: &[Word], gone: &mut [bool]) {
    let mut in_note = false;
    for (at, word) in words.iter().enumerate() {
        let opens = word.text.starts_with(['[', '♪']) && closes_soon(&words[at..]);
        in_note |= opens;
        let is_dash = word.key.is_empty() && !word.text.contains(['—', '–', '-']);
        gone[at] = in_note || is_dash || is_in(english::SOUNDS, &word.key.replace('-', ""));
        if word.text.trim_end_matches(['.', ',', '!', '?']).ends_with([']', '♪']) {
            in_note = false;
        }
    }
}

fn closes_soon(words: &[Word]) -> bool {
    words.iter().take(4).any(|word| word.text.trim_end_matches(['.', ',', '!', '?']).ends_with([']', '♪']))
}

/// Phrases that fill: `you know`, `I mean`, and words between commas.
fn phrases(words: &[Word], gone: &mut [bool]) {
    for at in 0..words.len() {
        if is_filler_pair(words, at) {
            gone[at..=at + 1].fill(true);
        }
        let apart = at == 0 || words[at - 1].is_before_break();
        let aside = apart && words[at].is_before_break() && is_in(english::ASIDES, &words[at].key);
        // Alone between commas it fills; alone in a sentence it is an answer.
        gone[at] |= is_in(english::EMPTY, &words[at].key) || (aside && words.len() > 1);
    }
}

/// Whether the words at `at` and after it fill a gap and nothing else.
fn is_filler_pair(words: &[Word], at: usize) -> bool {
    let key = |at: usize| words.get(at).map_or("", |word| word.key.as_str());
    if at + 1 >= words.len() || words[at].is_before_break() {
        return false;
    }
    // What stands before a comma has nothing to do with it.
    let before = if at == 0 || words[at - 1].is_before_break() { "" } else { key(at - 1) };
    let goes_on = !words[at + 1].is_before_break();
    let after = if goes_on { key(at + 2) } else { "" };
    match (key(at), key(at + 1)) {
        ("you", "know") => !is_in(english::BEFORE_YOU_KNOW, before) && !is_in(english::AFTER_YOU_KNOW, after),
        ("i", "mean") => before != "what" && after != "that" && after != "by",
        ("sort" | "kind", "of") => at > 0 && goes_on && !is_in(english::BEFORE_KIND, before),
        _ => false,
    }
}

/// Words cut off (`sett- settings`) and sentences begun anew after a dash (`go to the— go to settings`).
fn restarts(words: &[Word], gone: &mut [bool]) {
    for at in 0..words.len().saturating_sub(1) {
        let (word, next) = (&words[at], &words[at + 1]);
        let is_cut = word.text.ends_with(['-', '—', '–', '…']) || word.text.ends_with("...");
        if !is_cut {
            continue;
        }
        if !word.key.is_empty() && next.key.starts_with(&word.key) {
            gone[at] = true;
        }
        let from = at.saturating_sub(LONGEST_REPEAT);
        let same = (from..=at).rev().find(|back| !next.key.is_empty() && words[*back].key == next.key);
        if let Some(back) = same {
            gone[back..=at].fill(true);
        }
    }
}

/// Words and phrases that are said twice in a row; the second time counts.
fn repeats(words: Vec<Word>) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        kept.push(word);
        for length in 1..=LONGEST_REPEAT.min(kept.len() / 2) {
            let second = kept.len() - length;
            if is_said_at(&kept, second - length, length) && !may_stand_twice(&kept, second) {
                let start = kept[second - length].at;
                kept.drain(second - length..second);
                kept[second - length].at = start;
                break;
            }
            // `The colour tells you, it tells you`: begun again with a pronoun.
            let again = length > 1 && second > length && is_in(english::PRONOUNS, &kept[second - 1].key);
            if again && is_said_at(&kept, second - length - 1, length) {
                for n in 0..length {
                    kept.swap(second - length - 1 + n, second + n);
                }
                kept.truncate(second - 1);
                break;
            }
        }
    }
    kept
}

/// Whether the last `length` of `words` stand at `at` as well.
fn is_said_at(words: &[Word], at: usize, length: usize) -> bool {
    let last = words.len() - length;
    (0..length).all(|n| words[at + n].key == words[last + n].key && !words[at + n].key.is_empty())
}

/// Whether the words from `at` on may be meant twice: numbers, letters, `he said that that`.
fn may_stand_twice(words: &[Word], at: usize) -> bool {
    let number = |word: &Word| {
        word.key.chars().any(|c| c.is_ascii_digit())
            || is_in(english::NUMBERS, &word.key)
            || word.key.len() == 1 && word.key != "a" && word.key != "i"
    };
    let said = at > 1 && is_in(english::BEFORE_THAT, &words[at - 2].key);
    words[at..].iter().all(number) || (words.len() == at + 1 && is_in(english::TWICE, &words[at].key) && said)
}

/// `So`, `okay`, `hi everyone` at the start.
fn openers(words: &[Word], gone: &mut [bool]) {
    let mut at = 0;
    while at + 1 < words.len() {
        let (word, next) = (&words[at], &words[at + 1]);
        let alone = word.is_before_break();
        let length = match word.key.as_str() {
            "all" if next.key == "right" && words.len() > at + 2 => 2,
            "hey" | "hi" | "hello" if !alone && is_in(english::GREETED, &next.key) => 2,
            "so" if !alone && is_in(english::AFTER_SO, &next.key) => 0,
            "right" if !alone && is_in(english::AFTER_RIGHT, &next.key) => 0,
            "well" if !alone => 0,
            "now" => usize::from(is_in(english::AFTER_NOW, &next.key)),
            word if is_in(english::OPENERS, word) => 1,
            _ => 0,
        };
        if length == 0 || at + length >= words.len() {
            break;
        }
        gone[at..at + length].fill(true);
        at += length;
    }
}

/// Words with which nothing ends, left over where a sentence without signs was cut.
fn loose_ends(words: &[Word], gone: &mut [bool]) {
    for (word, gone) in words.iter().zip(gone).skip(1).rev() {
        if word.is_before_break() || !is_in(english::LOOSE_ENDS, &word.key) {
            break;
        }
        *gone = true;
    }
}

/// `right?`, `okay?` after a comma at the end.
fn tags(words: &[Word], gone: &mut [bool]) {
    if let [.., before, last] = words
        && before.is_before_break()
        && ["right", "okay", "ok", "yeah", "yes"].contains(&last.key.as_str())
        && last.text.ends_with('?')
    {
        gone[words.len() - 1] = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::sentence;
    use super::*;
    use crate::recording::Moment;

    fn words(text: &str) -> Vec<Word> {
        text.split_whitespace().map(|word| Word::new(word, Moment::default())).collect()
    }

    fn cleaned(text: &str) -> String {
        sentence(&clean(words(text), true))
    }

    #[test]
    fn fillers_go() {
        for (said, meant) in [
            ("So, um, you know, click, uh, Save.", "Click Save."),
            ("It's, like, really fast, I mean, really fast.", "It's really fast."),
            ("Okay, so now we open it, right?", "We open it."),
            ("All right, let's go.", "Let's go."),
            ("It is sort of slow, basically.", "It is slow."),
            ("[Music] hello there [Applause]", "Hello there."),
            ("and so um the queue", "The queue."),
            ("Hey everyone, um, so today we start.", "Today we start."),
            ("It's something we do, you know, once a year.", "It's something we do once a year."),
            ("It matters and", "It matters."),
        ] {
            assert_eq!(cleaned(said), meant, "{said}");
        }
    }

    #[test]
    fn what_may_mean_something_stays() {
        for said in [
            "Do you know what it does?",
            "This kind of error is rare.",
            "I know what I mean by that.",
            "So far it works.",
            "Right click the file.",
            "He said that that was wrong.",
            "Enter five five two.",
            "I like it.",
            "Well water is cold.",
        ] {
            assert_eq!(cleaned(said), said);
        }
    }

    #[test]
    fn false_starts_go() {
        for (said, meant) in [
            ("The the queue is is full.", "The queue is full."),
            ("So, so we go to we go to the store.", "We go to the store."),
            ("Go to the— go to settings.", "Go to settings."),
            ("Open the sett- settings.", "Open the settings."),
            ("I I think it's, it's fine.", "I think it's fine."),
            ("The colour tells you, it tells you the state.", "The colour tells you the state."),
        ] {
            assert_eq!(cleaned(said), meant, "{said}");
        }
    }

    proptest! {
        #[test]
        fn words_are_only_taken_out(said in "(so|um|you know|i mean|the|the,|go to|like,|right\\?|a-|—|\\[x|y\\]|é| ){0,24}", any in any::<String>()) {
            for text in [said, any] {
                let before = words(&text);
                let mut rest = before.iter();
                for word in clean(before.clone(), true) {
                    prop_assert!(rest.any(|old| old.key == word.key), "{text:?}: {word:?}");
                }
            }
        }
    }
}
