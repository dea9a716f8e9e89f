//! The search index: words of sections, counted, cut into files small enough to be fetched while somebody types.
//!
//! What it holds is what elasticlunr-rs's own single index ([`elastic`]) would hold for the same pages: the same tokens,
//! the same counts, the same references. Only the form differs. The form is described here in full, because readers of
//! it are written in another language (`themes/default/js/search/`).
//!
//! # What is indexed
//!
//! A page has search documents, numbered by *ordinal*: 0 is the page itself, with its text before the first heading; 1, 2
//! and so on are its headings in order, each with the text up to the next heading of any level. A search document has five
//! fields, in this order:
//!
//! | bit | field | which documents | what |
//! | --- | --- | --- | --- |
//! | 0 | `title` | 0 | the page's title |
//! | 1 | `number` | 0 | forms of a decision's number, cut at white space only |
//! | 2 | `headings` | the others | the section's own heading |
//! | 3 | `about` | 0 | people, tags, status |
//! | 4 | `body` | all | the text |
//!
//! # Words
//!
//! The module [`words`] and `words.js` give the same words in the same order.
//!
//! 1. Text is normalised (NFKC), after soft hyphens and characters without width (U+200B to U+200D, U+2060, U+FEFF) are
//!    left out. A *word character* has the Unicode property Alphabetic or is of the general category N
//!    or M (a *mark*). *Connectors* are `-`, U+2010 (written `-` afterwards), `_`, `.`, `'` and U+2019.
//! 2. A *run* is a longest sequence of word characters, with single connectors between two of them. It doesn't begin
//!    with a mark.
//! 3. Apostrophes (`'`, U+2019) cut a run into *segments*. A segment after an apostrophe that is `s`, `t`, `d`, `m`,
//!    `ll`, `re` or `ve` is dropped.
//! 4. Characters of scripts without spaces ([`words::is_unspaced`]) are cut out of a segment in stretches. A mark goes
//!    with the character before it; after a connector it counts as what it is itself. A stretch gives each two
//!    neighbouring characters, marks included, or its only one. What is left beside it is a segment of its own, without
//!    connectors at its ends.
//! 5. Other segments are cut at connectors into *pieces*. A piece that begins with a letter (Alphabetic or marks) is cut
//!    further into *parts*: before an uppercase letter after a lowercase one or after what is no letter; and before an
//!    uppercase letter after another that a lowercase one and one more letter follow (`HTTPServer` has two parts, `EIPs`
//!    one). A piece of more than 32 characters that has letters after what is no letter is a key or a hash and isn't cut.
//! 6. Given are, in lower case: the segment; each piece, if there are several; after each piece its parts, if there are
//!    several. After a part of letters and then digits come its letters, and its digits if there are at least two; before
//!    it, if one ASCII letter alone comes before it in the piece, that with the part's letters (`iPhone15` in
//!    `iPhone15Pro` gives `iphone`, `phone15`, `phone` and `15`). Pieces, parts and letters of parts that are one ASCII
//!    letter are left out.
//! 7. Words of more than 80 characters, in lower case, are not given.
//!
//! A word as it is given is a *form*. The stop words and the stemmer of elasticlunr-rs for the site's language turn a form
//! into one *token*, or into nothing. Its trimmer is left out; for Arabic
//! the article (`ال`) is taken off first where three letters or more stay. Chinese, Japanese, Korean, and languages that the crate
//! doesn't have, use neither: there, each form is its own token.
//!
//! A title of stop words alone (`About`, `How to`) is in no list. The manifest has the first hundred of them as `titles`:
//! the words, joined by spaces, and the id of the page.
//!
//! # The shards of words
//!
//! The forms that the site uses, their tokens, and spellings of forms without accents, where these differ (*aliases*:
//! `cafe` for `café`, `كتاب` for `كِتَاب`; the module `language` has all), stand in one list, sorted by bytes. [`Directory`] says where it is cut. *varint* is LEB128, unsigned.
//!
//! A shard begins with a varint, the length of its dictionary, and the dictionary, compressed with DEFLATE (RFC 1951, no
//! header): few hosts compress files of this kind themselves. It has a varint, the number of words; then for each word
//!
//! - varint, the bytes shared with the word before (none for the first; always whole characters); varint, how many
//!   bytes follow; these bytes, UTF-8;
//! - one byte: bits 0 to 4, the fields in which the word, as a token, has a posting list; bit 5, it is a form or alias
//!   whose token is itself; bits 6 and 7, how many other tokens it stands for (three at most; a form's own comes first,
//!   those of which it is an alias follow, sorted);
//! - for each of these tokens: varint, bytes shared with the word; varint, how many follow; these bytes;
//! - where its lists are together longer than 2048 bytes: a zero byte and four bytes, the name of the file that holds
//!   them, and nothing else, as `list.HASH.bin`. So nobody who looks for a rare word loads its common neighbours;
//! - for each field with a list, in order: varint, the bytes of the list (at least one).
//!
//! Then come the other lists in the same order, each from a whole byte on. A list is a stream of bits, the highest of a byte
//! first. `gamma(x)`, x at least 1: as many zeros as x has bits after its first one, then x. `rice(k, x)`: as many ones as
//! x >> k says, a zero, then the lowest k bits of x. *Ascending numbers* are k in 5 bits, then for each number
//! `rice(k, numbers left out since the one before)`.
//!
//! Before the first list, in a shard and in each file of lists, stands which pages the lists there speak of: `gamma`(1 +
//! number of pages), their ids as ascending numbers, and zeros up to a whole byte. The id of a page follows from its own
//! address ([`ids`]) and is long, so that another page hardly ever changes it; each file has it but once. A list has
//!
//! - `gamma`(number of pages), and their places among the pages of the file as ascending numbers;
//! - then for each page
//!   - in `headings` and `body`: `gamma`(number of sections); for each of these, in order: `gamma`(ordinal - ordinal before),
//!     before the first of a page as if -1 had come; `gamma`(count); 3 bits, the length class; in `headings` alone also
//!     `gamma`(1 + number of headings below it: the sections that follow and are of a deeper level);
//!   - in the others: `gamma`(count); 3 bits, the length class.
//!
//! *Count* is how often the token stands in this field of this search document. The *length class* tells how many tokens
//! the field has: in `body`, how many of 16, 32, 64, 128, 256, 512 and 1024 are not more; in others one less, at most 7.
//!
//! # The files of spellings
//!
//! Forms of 3 to 30 letters without connectors and scripts without spaces; in ASCII, up to four digits may follow the
//! letters where more than one page has the form. Each stands there under two or three *keys*: `b` and the form; `e` and
//! the form from its end to its beginning; and where it has at least 6 letters, `m`, its letters from the one before its
//! middle on (*n* / 2 - 1 of *n* letters are left out, rounded down), `.`, and those that were left out. So whoever looks
//! for forms of one edit finds them all behind the few keys that begin or end like the misspelt word does, and nearly
//! all of two behind these and those of the middle, however many forms there are.
//!
//! The keys are sorted by bytes and cut into files. The first line of a file is the number of the others. Each of these
//! has one key: a character (`0` to `9`, `a` to `z`) for the number of letters shared with the line before, none in the
//! first one; a digit for how many pages have the form's token, as floor(log2), at most 9; the letters that follow.
//!
//! # Endings
//!
//! The client has no stemmer. So that forms which no page uses are found as well, `endings` of the manifest says of the
//! stemmer: a form that has one of these endings in place of what they stand for there has, as a rule, the token that ends
//! with that. They are tried with the tokens that most pages have.
//!
//! # The table of pages, names, and texts
//!
//! `index.json` has all that must be known before a word can be asked for, and, as its `table`, what there is to say of all
//! pages, so that nothing waits for a second file of this kind; the module `table` says what is in it. Columns of numbers are
//! text in it, one letter of
//! `A` to `Z`, `a` to `z`, `0` to `9`, `-`, `_` (worth 0 to 63) for each digit. A number is the sum of its digits, each worth
//! 24 times what the one before was; the first below 40 is its last. Rows of numbers are such a column: how many each
//! row has, for all rows; then for each row its numbers, ascending, each as how many are left out before it.
//!
//! The tags and people of pages are in `names.HASH.json`: rows in the order of the table, which says how many bytes that
//! file has. At 10,000 pages it is long, so where it is long it waits until somebody wants these filters.
//!
//! Texts are in `text.ID-SECTION-HASH.bin`: JSON as the module `texts` writes it, compressed with DEFLATE (RFC 1951, no
//! header). The table says of each with what page and section it begins, and its hash, six digits that follow from what is
//! in it. ID and SECTION are hexadecimal.
//!
//! # Names and cuts
//!
//! The name of another file is eight hexadecimal digits of the BLAKE3 hash of its content: the first, or the next eight if
//! another file of the directory has those. Files are cut where neighbours have the least in common, within a range of
//! sizes, so that a change of a page changes the names of few: those that hold its words. Nothing in a file depends on
//! the order in which pages came or on the number of threads.

mod collect;
mod columns;
pub mod elastic;
mod endings;
mod entry;
mod fields;
mod hash;
mod ids;
mod index;
mod language;
mod live;
mod manifest;
mod pack;
mod postings;
mod shards;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod texts;
mod varint;
pub mod words;

pub use collect::{Collector, Looks, looks, whole_elasticlunr};
pub use fields::{FIELDS, Field};
pub use index::{Index, Indexer};
pub use live::Live;
pub use shards::Directory;

/// One page as the index takes it.
#[derive(Clone, Debug)]
pub struct PageInput<'a> {
    /// Its own number in the space of page ids; no two pages share one.
    pub id: u32,
    /// What it is called.
    pub title: &'a str,
    /// The forms of a decision's number, between white space.
    pub number: &'a str,
    /// People, tags and status.
    pub about: &'a str,
    /// Its search documents: the first is the page itself, then one for each heading.
    pub sections: Vec<SectionInput<'a>>,
}

/// One search document of a page.
#[derive(Clone, Copy, Debug)]
pub struct SectionInput<'a> {
    /// 1 for the page itself, else the heading's.
    pub level: u8,
    /// Empty for the page itself.
    pub heading: &'a str,
    /// What stands between this heading and the next; for the page itself, its description before that.
    pub text: &'a str,
}
