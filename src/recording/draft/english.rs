//! What English speakers say without meaning it, and how they say what to do and what comes next.
//!
//! Lists only; every list is sorted where it is searched, which a test holds.

/// Sounds that are no words in any language that we know of; `er` and `um` are words in German.
#[rustfmt::skip]
pub(super) const SOUNDS: &[&str] = &[
    "aah", "ahm", "ehm", "euh", "hm", "hmm", "hmmm", "mhm", "mmhmm", "mmm", "uhm", "äh", "ähm", "öh", "öhm",
];

/// Sounds that are no words in English.
pub(super) const ENGLISH_SOUNDS: &[&str] = &["ah", "eh", "em", "er", "erm", "mm", "uh", "uhh", "um", "umm"];

/// Words that fill, wherever they stand alone between commas or at an edge.
#[rustfmt::skip]
pub(super) const ASIDES: &[&str] = &[
    "actually", "anyway", "basically", "frankly", "honestly", "like", "literally", "obviously", "right",
    "well",
];

/// Words that say nothing in any place.
pub(super) const EMPTY: &[&str] = &["basically", "literally", "obviously"];

/// Words at the start of a sentence that only say that it starts.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "ah", "alright", "and", "hey", "oh", "ok", "okay", "right", "so", "well", "yeah",
];

/// What stands before `you know` where it is meant, and after it.
#[rustfmt::skip]
pub(super) const BEFORE_YOU_KNOW: &[&str] = &[
    "already", "as", "did", "do", "don't", "if", "let", "should", "will", "would",
];
#[rustfmt::skip]
pub(super) const AFTER_YOU_KNOW: &[&str] = &[
    "about", "how", "if", "that", "the", "what", "when", "where", "which", "who", "why",
];

/// What stands before `kind of` where a kind is meant.
#[rustfmt::skip]
pub(super) const BEFORE_KIND: &[&str] = &[
    "a", "any", "certain", "each", "every", "one", "other", "same", "some", "that", "the", "this", "what",
    "which",
];

/// What stands before `that that` and `had had` where both are meant.
#[rustfmt::skip]
pub(super) const BEFORE_THAT: &[&str] = &[
    "believe", "fact", "he", "i", "is", "know", "mean", "said", "say", "says", "see", "she", "so", "sure",
    "they", "think", "was", "we", "you",
];

/// Words with which somebody begins a sentence again.
pub(super) const PRONOUNS: &[&str] = &["he", "i", "it", "she", "that", "they", "this", "we", "you"];

/// Words with which a sentence within a sentence starts.
pub(super) const SUBJECTS: &[&str] = &["he", "i", "it", "it's", "she", "there", "they", "we", "you"];

/// Words with which a question starts, and what follows them there.
pub(super) const ASKING: &[&str] = &["how", "what", "when", "where", "who", "why"];
#[rustfmt::skip]
pub(super) const ASKED: &[&str] = &[
    "are", "can", "could", "did", "do", "does", "happens", "is", "should", "was", "were", "would",
];

/// Words before which a long sentence without signs is cut.
pub(super) const CUTS: &[&str] = &["and", "because", "but", "so"];

/// What stands before a `what is` that goes on: `you see what is there`.
#[rustfmt::skip]
pub(super) const BEFORE_ASKING: &[&str] = &[
    "about", "and", "for", "how", "is", "know", "me", "of", "or", "see", "shows", "tells", "that", "to",
    "us", "what", "you",
];

/// What follows a `now` that says nothing about time.
pub(super) const AFTER_NOW: &[&str] = &["here", "i", "if", "let's", "we", "what", "when", "you"];

/// Words that announce, and say nothing once the announcement is a heading.
#[rustfmt::skip]
pub(super) const ANNOUNCING: &[&str] = &[
    "chapter", "item", "part", "point", "question", "second", "start", "step", "talk", "third", "topic",
];

/// Whom a talk greets.
pub(super) const GREETED: &[&str] = &["all", "everybody", "everyone", "folks", "guys", "team", "there"];

/// Words with which no sentence ends.
pub(super) const LOOSE_ENDS: &[&str] = &["a", "an", "and", "because", "but", "or", "so", "the", "then"];

/// Whole sentences that say nothing to a reader.
#[rustfmt::skip]
pub(super) const IDLE: &[&str] = &[
    "bye everyone", "here we go", "here you go", "let me see", "let's see", "see you",
    "thank you for watching", "thanks everyone", "thanks everyone bye", "thanks for joining",
    "thanks for watching", "that's about it", "that's it", "there we go", "there you go", "what else",
];

/// What is told of a thing that a reader sees: `the new key`, `the error page`.
#[rustfmt::skip]
pub(super) const PLAIN_WORDS: &[&str] = &[
    "big", "button", "column", "corner", "current", "day", "different", "end", "field", "full", "green",
    "hour", "important", "line", "link", "long", "main", "menu", "minute", "moment", "month", "name", "new",
    "number", "old", "other", "page", "part", "people", "person", "point", "quick", "red", "room", "screen",
    "short", "side", "small", "state", "tab", "table", "team", "thing", "time", "top", "way", "week",
    "whole", "window", "word", "year", "yellow",
];

/// What follows `so` where it means something.
#[rustfmt::skip]
pub(super) const AFTER_SO: &[&str] = &[
    "am", "are", "do", "does", "far", "is", "long", "many", "much", "often", "that", "to",
];

/// What stands before `so` where it means something.
#[rustfmt::skip]
pub(super) const BEFORE_SO: &[&str] = &[
    "a", "and", "are", "do", "even", "is", "just", "not", "or", "say", "the", "think",
];

/// What follows `right` where it means something.
#[rustfmt::skip]
pub(super) const AFTER_RIGHT: &[&str] = &[
    "after", "as", "at", "away", "before", "behind", "below", "beside", "click", "clicking", "down", "hand",
    "here", "in", "next", "now", "on", "side", "there", "to", "up",
];

/// Sentences of these words alone are said to be polite or to think.
#[rustfmt::skip]
pub(super) const NODS: &[&str] = &[
    "absolutely", "all", "alright", "and", "awesome", "bye", "cool", "correct", "definitely", "exactly",
    "fine", "good", "got", "great", "guys", "hello", "hey", "hi", "i", "it", "morning", "nice", "oh", "ok",
    "okay", "perfect", "right", "see", "so", "sure", "thank", "thanks", "well", "yeah", "yep", "you",
];

/// What is said about the recording and not in it.
#[rustfmt::skip]
pub(super) const HOUSEKEEPING: &[&str] = &[
    "bear with me", "can everybody hear", "can everybody see", "can everyone hear", "can everyone see",
    "can you all see", "can you hear me", "can you see it", "can you see my", "give me a sec",
    "give me a second", "hang on", "is it recording", "is this recording", "it's recording",
    "let me share my", "one sec", "one second", "share my screen", "sharing my screen", "sorry about that",
    "start the recording", "stop the recording", "where was i",
];

/// Numbers may be said twice and mean both.
#[rustfmt::skip]
pub(super) const NUMBERS: &[&str] = &[
    "dash", "dot", "double", "eight", "five", "four", "hundred", "nine", "oh", "one", "seven", "six", "ten",
    "three", "two", "zero",
];

/// Words that may stand twice in a row in a good sentence.
pub(super) const TWICE: &[&str] = &["had", "that"];

/// Words before which a comma stays.
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: &[&str] = &[
    "and", "because", "but", "if", "or", "so", "then", "unless", "until", "when", "where", "which",
];

/// Words that order what is told.
#[rustfmt::skip]
pub(super) const ORDER: &[&str] = &[
    "afterwards", "and", "finally", "first", "firstly", "last", "lastly", "next", "now", "second",
    "secondly", "so", "then", "third",
];

/// Beginnings with which a talk turns; what follows them is another subject.
#[rustfmt::skip]
pub(super) const TURNS: &[&str] = &[
    "and finally", "and next", "and the last", "another thing", "as a last step", "finally", "first of all",
    "first thing", "first up", "for the next part", "i also want to", "i also wanted to",
    "i want to talk about", "in summary", "last but not least", "last thing", "lastly", "let me show you",
    "let me talk about", "let's get into", "let's go back", "let's go to", "let's look at", "let's move on",
    "let's start", "let's switch", "let's talk about", "moving on", "my first", "my last", "my next",
    "my second", "next i want", "next i'll", "next let's", "next question", "next thing", "next topic",
    "next up", "next we", "now about", "now i want to", "now i'll", "now let me", "now let's", "now the",
    "now we", "now what", "one last thing", "one more thing", "second thing", "so next", "the first thing",
    "the last thing", "the next thing", "the other thing", "the second thing", "the third thing",
    "then next", "to sum up", "to summarise",
];

/// After these words stands what the next minutes are about; the longer of two that fit comes first.
#[rustfmt::skip]
pub(super) const LEADS: &[&str] = &[
    "go back to", "move on to", "moving on to", "next up is", "walk you through", "get into", "get to",
    "go into", "go over", "go through", "is about", "look at", "looking at", "next is", "question is",
    "show you", "start with", "switch to", "talk about", "talking about", "thing is", "thing was",
    "topic is", "turn to", "walk through", "about", "comes", "cover", "covers", "describe", "explain",
];

/// After these it may stand, where nothing else says it.
#[rustfmt::skip]
pub(super) const WEAK_LEADS: &[&str] = &[
    "go to", "here is", "this is", "you get", "you see", "here's", "let's", "we'll",
];

/// Verbs that tell somebody to do something.
#[rustfmt::skip]
pub(super) const ACTIONS: &[&str] = &[
    "accept", "activate", "add", "adjust", "answer", "append", "apply", "approve", "ask", "assign",
    "attach", "avoid", "boot", "bring", "browse", "build", "bump", "call", "cancel", "catch", "cd",
    "change", "check", "choose", "clear", "click", "clone", "close", "collapse", "come", "commit",
    "compare", "configure", "confirm", "connect", "convert", "copy", "create", "cut", "deactivate",
    "define", "delete", "deploy", "disable", "disconnect", "do", "double-click", "download", "drag", "drop",
    "edit", "enable", "ensure", "enter", "expand", "export", "extract", "fetch", "fill", "filter", "find",
    "follow", "generate", "give", "go", "hit", "hold", "hover", "import", "include", "insert", "install",
    "invite", "keep", "launch", "leave", "load", "lock", "log", "look", "make", "mark", "merge", "move",
    "name", "navigate", "note", "open", "pass", "paste", "pick", "plug", "prepare", "press", "print",
    "publish", "pull", "push", "put", "read", "reload", "remember", "remove", "rename", "repeat", "replace",
    "reset", "restart", "review", "right-click", "rotate", "run", "save", "scan", "scroll", "search",
    "select", "send", "set", "share", "sign", "start", "stop", "submit", "switch", "take", "tap", "tell",
    "test", "toggle", "try", "turn", "type", "uncheck", "uninstall", "unlock", "unplug", "unzip", "update",
    "upload", "use", "verify", "visit", "wait", "write",
];

/// Verbs that tell of a step even in `I click`: what is done in front of the camera.
#[rustfmt::skip]
pub(super) const GESTURES: &[&str] = &[
    "activate", "add", "cancel", "cd", "choose", "clear", "click", "close", "connect", "copy", "delete",
    "disable", "disconnect", "double-click", "download", "drag", "drop", "edit", "enable", "enter",
    "expand", "export", "fill", "go", "hit", "import", "insert", "install", "navigate", "open", "paste",
    "pick", "plug", "press", "pull", "push", "reload", "remove", "rename", "restart", "right-click", "save",
    "scan", "scroll", "select", "submit", "switch", "tap", "toggle", "turn", "type", "uncheck", "unlock",
    "upload", "wait",
];

/// Words after which a verb of the list is none: `check is`, `the run was`.
#[rustfmt::skip]
pub(super) const NO_OBJECT: &[&str] = &[
    "are", "can", "did", "does", "had", "has", "is", "isn't", "of", "was", "were", "will",
];

/// The words of English that say nothing about a subject.
#[rustfmt::skip]
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "actually", "after", "again", "all", "almost", "already", "also", "always", "am", "an",
    "and", "another", "any", "anything", "are", "aren't", "around", "as", "at", "away", "back", "be",
    "because", "been", "before", "being", "bit", "both", "but", "by", "came", "can", "can't", "come",
    "comes", "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done",
    "down", "each", "else", "even", "every", "everybody", "everyone", "everything", "far", "few", "first",
    "for", "from", "get", "gets", "getting", "give", "go", "goes", "going", "gonna", "good", "got", "had",
    "has", "have", "haven't", "he", "her", "here", "here's", "him", "his", "how", "i", "i'd", "i'll", "i'm",
    "i've", "if", "in", "into", "is", "isn't", "it", "it's", "its", "just", "kind", "know", "last", "let",
    "let's", "like", "little", "look", "lot", "made", "make", "makes", "many", "may", "maybe", "me", "mean",
    "might", "more", "most", "much", "my", "need", "never", "next", "no", "not", "nothing", "now", "of",
    "off", "okay", "on", "one", "only", "or", "other", "our", "out", "over", "people", "per", "put",
    "quite", "really", "right", "said", "same", "say", "says", "see", "she", "should", "so", "some",
    "something", "still", "such", "take", "than", "that", "that's", "the", "their", "them", "then", "there",
    "there's", "these", "they", "they're", "thing", "things", "think", "this", "those", "through", "to",
    "too", "two", "until", "up", "us", "use", "via",
];

/// The rest of them; one list of all would be no easier to read.
#[rustfmt::skip]
pub(super) const MORE_STOP_WORDS: &[&str] = &[
    "used", "using", "very", "want", "wants", "was", "wasn't", "way", "we", "we'd", "we'll", "we're",
    "we've", "well", "went", "were", "what", "what's", "when", "where", "whether", "which", "while", "who",
    "why", "will", "with", "without", "won't", "would", "wouldn't", "yeah", "yes", "yet", "you", "you'd",
    "you'll", "you're", "you've", "your", "yours", "mine", "ours", "once", "though", "today", "time",
    "times", "whole", "than", "ever", "everywhere", "somebody",
];

/// Words that stand in nearly every English sentence, to tell English from other languages.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "a", "and", "i", "in", "is", "it", "of", "so", "that", "the", "this", "to", "we", "you",
];

/// Abbreviations that nobody needs explained.
#[rustfmt::skip]
pub(super) const KNOWN_ABBREVIATIONS: &[&str] = &[
    "AM", "API", "CEO", "CI", "CPU", "CSS", "CSV", "DNS", "EU", "FAQ", "GPS", "HR", "HTML", "HTTP", "HTTPS",
    "ID", "IP", "IT", "JSON", "OK", "PC", "PDF", "PM", "PNG", "PR", "QA", "RAM", "SQL", "SSH", "TV", "UI",
    "UK", "URL", "US", "USA", "USB", "UTC", "VPN", "XML", "YAML", "ZIP",
];

/// Names of days, months and languages, which are written with a capital without being a term.
#[rustfmt::skip]
pub(super) const KNOWN_NAMES: &[&str] = &[
    "android", "april", "august", "christmas", "chrome", "december", "docker", "english", "excel",
    "february", "firefox", "french", "friday", "german", "git", "github", "gitlab", "god", "google", "i",
    "internet", "january", "java", "javascript", "july", "june", "linux", "mac", "macos", "march", "may",
    "microsoft", "monday", "november", "october", "python", "safari", "saturday", "september", "slack",
    "spanish", "sunday", "thursday", "tuesday", "wednesday", "windows", "zoom",
];

/// Whether `word` stands in the sorted `list`.
pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whether `word` says nothing about a subject.
pub(super) fn is_stop_word(word: &str) -> bool {
    is_in(STOP_WORDS, word) || MORE_STOP_WORDS.contains(&word) || word.chars().count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searched_lists_are_sorted() {
        let lists: &[(&str, &[&str])] = &[
            ("SOUNDS", SOUNDS),
            ("ENGLISH_SOUNDS", ENGLISH_SOUNDS),
            ("AFTER_NOW", AFTER_NOW),
            ("ASKING", ASKING),
            ("ASKED", ASKED),
            ("CUTS", CUTS),
            ("BEFORE_ASKING", BEFORE_ASKING),
            ("SUBJECTS", SUBJECTS),
            ("ANNOUNCING", ANNOUNCING),
            ("ASIDES", ASIDES),
            ("EMPTY", EMPTY),
            ("OPENERS", OPENERS),
            ("BEFORE_YOU_KNOW", BEFORE_YOU_KNOW),
            ("AFTER_YOU_KNOW", AFTER_YOU_KNOW),
            ("BEFORE_KIND", BEFORE_KIND),
            ("BEFORE_THAT", BEFORE_THAT),
            ("PRONOUNS", PRONOUNS),
            ("GREETED", GREETED),
            ("LOOSE_ENDS", LOOSE_ENDS),
            ("IDLE", IDLE),
            ("PLAIN_WORDS", PLAIN_WORDS),
            ("BEFORE_SO", BEFORE_SO),
            ("AFTER_SO", AFTER_SO),
            ("AFTER_RIGHT", AFTER_RIGHT),
            ("NODS", NODS),
            ("NUMBERS", NUMBERS),
            ("TWICE", TWICE),
            ("CONJUNCTIONS", CONJUNCTIONS),
            ("ORDER", ORDER),
            ("ACTIONS", ACTIONS),
            ("GESTURES", GESTURES),
            ("NO_OBJECT", NO_OBJECT),
            ("STOP_WORDS", STOP_WORDS),
            ("COMMON", COMMON),
            ("KNOWN_ABBREVIATIONS", KNOWN_ABBREVIATIONS),
            ("KNOWN_NAMES", KNOWN_NAMES),
        ];
        for (name, list) in lists {
            let unsorted: Vec<_> = list.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
            assert!(unsorted.is_empty(), "{name}: {unsorted:?}");
        }
    }
}
