//! The index cut into files, so that a query fetches only what it needs.

mod cut;
mod directory;
mod shard;

pub use cut::{Sizes, cut};
pub use directory::{Directory, Made, directory};
pub use shard::{Before, Nothing, Words, shared, words};
