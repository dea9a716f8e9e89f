//! Who has which token how often, gathered from all threads and written as bits.

pub mod bits;
mod gather;
mod pages;
mod write;

pub use gather::{Entry, entries, gather};
pub use pages::Pages;
pub use write::{Item, List, Source, TakeList, number, said, write};
