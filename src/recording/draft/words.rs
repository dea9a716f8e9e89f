//! Words as they were said: each with the moment of it and with the signs around it. Words are only ever taken out.

use super::super::Moment;
use super::super::sentences;
use super::english;

/// A word as it stands in the transcript, with its punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    /// The word alone, in lower case, as lists have it.
    pub key: String,
    pub at: Moment,
}

impl Word {
    pub fn new(text: &str, at: Moment) -> Self {
        Self { text: text.to_owned(), key: key(text), at }
    }

    /// Whether a comma, colon or dash follows.
    pub fn is_before_break(&self) -> bool {
        self.text.ends_with([',', ';', ':', '—', '–', '-', '…']) || sentences::is_complete(&self.text)
    }

    fn has_comma(&self) -> bool {
        self.text.ends_with(',')
    }

    fn drop_comma(&mut self) {
        while self.text.ends_with([',', ';', ':']) {
            self.text.pop();
        }
    }
}

/// `text` in lower case without the signs around it.
pub(super) fn key(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase()
}

/// The keys of `words`, joined with spaces.
pub(super) fn phrase(words: &[Word]) -> String {
    let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).filter(|key| !key.is_empty()).collect();
    keys.join(" ")
}

/// `words` without those that `gone` marks. Signs move to where they belong: the end of a sentence stays one, and in English
/// no comma stands where an aside has been.
pub(super) fn without(words: Vec<Word>, gone: &[bool], is_english: bool) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut removed: Option<Word> = None;
    for (word, gone) in words.into_iter().zip(gone) {
        if *gone {
            removed = Some(word);
            continue;
        }
        if let (Some(removed), Some(last)) = (removed.take(), kept.last_mut())
            && is_english
            && removed.has_comma()
            && last.has_comma()
            && !english::is_in(english::CONJUNCTIONS, &word.key)
            && !english::is_in(english::SUBJECTS, &word.key)
        {
            last.drop_comma();
        }
        kept.push(word);
    }
    if let (Some(removed), Some(last)) = (removed, kept.last_mut()) {
        last.drop_comma();
        if let Some(end) = removed.text.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?'))
            && !sentences::is_complete(&last.text)
        {
            // A question that hangs on a statement (`..., right?`) makes no question of it.
            last.text.push(if end == '?' { '.' } else { end });
        }
    }
    kept
}

/// `words` as a sentence: a capital, one space between words, a sign at the end.
pub(super) fn sentence(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        let word = match word.key.as_str() {
            "i" | "i'm" | "i'll" | "i've" | "i'd" if word.text.starts_with('i') => capital(&word.text),
            _ => word.text.clone(),
        };
        sentences::join(&mut text, &word);
    }
    let trimmed = text.trim_end_matches([',', ';', ':', '—', '–', '-', ' ']).len();
    text.truncate(trimmed);
    if text.is_empty() {
        return text;
    }
    let unspaced = text.chars().next_back().is_some_and(sentences::is_unspaced);
    if !sentences::is_complete(&text) {
        text.push(if unspaced { '。' } else { '.' });
    }
    capital(&text)
}

/// `text` with its first letter as a capital, unless it is a name that has others (`iPhone`, `npm_config`).
pub(super) fn capital(text: &str) -> String {
    let first_word = text.split(' ').next().unwrap_or("");
    let own = first_word.chars().any(char::is_uppercase) || first_word.contains(['_', '/', '\\']);
    let at = text.find(char::is_alphanumeric).unwrap_or(0);
    let Some(first) = text[at..].chars().next().filter(|_| !own) else { return text.to_owned() };
    let upper: String = first.to_uppercase().collect();
    format!("{}{upper}{}", &text[..at], &text[at + first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        text.split(' ').map(|word| Word::new(word, Moment::default())).collect()
    }

    fn left(text: &str, gone: &[usize]) -> String {
        let words = words(text);
        let marks: Vec<bool> = (0..words.len()).map(|at| gone.contains(&at)).collect();
        sentence(&without(words, &marks, true))
    }

    #[test]
    fn signs_go_with_what_they_belong_to() {
        assert_eq!(left("it is, you, fast", &[2]), "It is fast.");
        assert_eq!(left("click save, um, and close", &[2]), "Click save, and close.");
        assert_eq!(left("it works, right?", &[2]), "It works.");
        assert_eq!(left("um, it works", &[0]), "It works.");
        assert_eq!(left("does it work, um?", &[3]), "Does it work.");
    }

    #[test]
    fn a_sentence_has_a_capital_and_an_end() {
        assert_eq!(left("then i open \"that\" —", &[]), "Then I open \"that\".");
        assert_eq!(left("iPhone and npm", &[]), "iPhone and npm.");
        assert_eq!(left("“wait, what?”", &[]), "“Wait, what?”");
    }
}
