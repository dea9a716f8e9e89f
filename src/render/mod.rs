//! A site made into pages. Nothing here resolves links, reads files or asks the clock: that is done before.

pub mod body;
