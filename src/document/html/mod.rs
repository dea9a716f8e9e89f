//! HTML inside Markdown: what of it may stand, and how it is kept in its place.
//!
//! Tags are read as browsers read them ([`tokens`]), looked up in one table ([`policy`]), and written again from
//! what was understood, never copied. [`stack`] keeps them balanced among Markdown's own containers.

pub mod element;
pub mod policy;
pub mod raw;
pub mod stack;
pub mod tokens;

pub use element::{Element, Value};
