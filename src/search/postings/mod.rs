//! Who has which token how often, gathered from all threads and written as bits.

mod bits;
mod gather;
mod pages;
mod write;

pub use gather::gather;
pub use pages::Pages;
pub use write::{List, Lists, write};
