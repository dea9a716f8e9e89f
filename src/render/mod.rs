//! A [`Site`](crate::site::Site) made into pages: bodies, views, templates, and the files that machines read.
//!
//! Pure: values in, text out. Templates see views (plain data made for them), never the site's own types,
//! and nothing here reads a file, a clock or the network.

pub mod body;
pub mod diagram;
pub mod graph;
pub mod highlight;
pub mod machine;
mod markup;
pub mod math;
pub mod pages;
pub mod services;
pub mod theme;
pub mod views;

#[cfg(test)]
mod tests;

pub use body::Body;
