//! Threadmark: a repository of Markdown made into a site for teams that work asynchronously.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod escape;
pub mod frozen;
pub mod memo;
pub mod path;
pub mod pipeline;
pub mod recording;
pub mod render;
pub mod search;
pub mod serve;
pub mod sink;
pub mod site;
pub mod source;
pub mod starter;
pub mod time;
pub mod yaml;
