//! From the site to pages.
pub mod highlight;
