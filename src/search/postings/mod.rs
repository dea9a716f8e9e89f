//! Who has which token how often, gathered from all threads and written as bits.

mod bits;
mod gather;
mod write;

pub use gather::gather;
pub use write::{Lists, write};
