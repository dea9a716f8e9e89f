//! The command line: what people type, and what they read. The only room that prints.

pub mod report;
