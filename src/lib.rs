//! Threadmark.
pub mod render;
