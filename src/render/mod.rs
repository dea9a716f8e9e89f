//! From the site to pages.
pub mod diagram;
pub mod highlight;
mod markup;
pub mod math;
