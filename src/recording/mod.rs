//! Recordings as text: what was said, by whom and when.
//!
//! 1. [`decode`] makes the bytes of a file into text.
//! 2. [`read`] makes the text of a transcript (`WebVTT`, SRT or SBV, as Zoom, Teams, Loom and `YouTube` export it) into a
//!    [`Transcript`] of [`Cue`]s, one for each cue of the file, and says what could not be read. It never fails.
//! 3. [`Transcript::paragraphs`] makes the cues into what people read: rolling captions merged, cues joined until a
//!    sentence ends, a [`Paragraph`] for each speaker and each pause, with the anchor of its moment.
//! 4. [`Transcript::write`] gives the cues in another form.
//! 5. [`draft()`] makes a transcript into a document to edit.
//!
//! [`Moment`] is a point in time, as people write it and as anchors have it; [`chapters()`] reads `0:00 Title` lines.
//!
//! ```
//! use threadmark::path::SourcePath;
//! use threadmark::recording::{self, Moment};
//!
//! let path = SourcePath::new("demo.vtt").unwrap();
//! let text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>This is\n\n00:04.000 --> 00:06.000\n<v Ana>the queue.\n";
//! let (transcript, found) = recording::read(&path, text);
//! assert!(found.is_empty());
//! let paragraphs = transcript.paragraphs();
//! assert_eq!(paragraphs[0].text, "This is the queue.");
//! assert_eq!(paragraphs[0].speaker.as_deref(), Some("Ana"));
//! assert_eq!((paragraphs[0].start, paragraphs[0].anchor.as_str()), (Moment::from_seconds(1), "t-0m01s"));
//! ```
//!
//! Nothing here reads a file, knows a page or invents a word.

pub mod chapters;
pub mod draft;
pub mod host;
pub mod paragraphs;
mod pieces;
mod sentences;
pub mod transcript;

pub use crate::time::Moment;
pub use chapters::chapters;
pub use draft::{Told, draft};
pub use paragraphs::Paragraph;
pub use transcript::{Cue, Format, Transcript, Turn, decode, read};
