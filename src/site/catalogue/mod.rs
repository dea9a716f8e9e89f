//! What there is on a site beside the text of its documents: who claims which address, and what links may lead to though
//! no document gives its text.
//!
//! Never here: how any of it is made.

pub(super) mod claims;
pub(super) mod generated;
pub(super) mod own;
