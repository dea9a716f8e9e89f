//! `threadmark serve`.
use super::arguments::{Common, Serve};
use super::session::Status;
use crate::disk::Failure;
pub(super) fn run(_: &Common, _: &Serve) -> Result<Status, Failure> {
    Ok(Status::Clean)
}
