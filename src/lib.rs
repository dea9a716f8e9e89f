//! Threadmark: a repository of Markdown made into a site for teams that work asynchronously.

pub mod config;
pub mod diagnostic;
pub mod document;
pub mod path;
pub mod render;
pub mod sink;
pub mod site;
pub mod source;
pub mod time;
