//! The index as a whole: what its files hold, read back from the description of the format.

mod decode;
mod equal;
mod files;
mod forms;
mod order;
pub mod pages;
