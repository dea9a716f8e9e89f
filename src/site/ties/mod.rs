//! What pages do to each other, a table per file, by page. Each is made by one function of what it needs, and never changed:
//! whoever knows that what it was made from is the same may keep it.

mod backlinks;
mod neighbours;

pub use backlinks::Backlinks;
pub use neighbours::Neighbours;
