//! Turns a panic of the Markdown parser into a value, without a word on standard error.
//!
//! pulldown-cmark 0.13.6 is known to panic on a few inputs (its issue 1110). Only code that leaves nothing half
//! done behind may run in here.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The parser gave up on this input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GaveUp;

/// Runs `work`, which must own or rebuild all that it changes.
///
/// The process has one panic hook. It is wrapped once so that it keeps still on a thread that is in here;
/// panics anywhere else are reported as before.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, GaveUp> {
    static WRAPPED: Once = Once::new();
    WRAPPED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.map_err(|_| GaveUp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_a_panic_back_as_a_value() {
        assert_eq!(quietly(|| 1), Ok(1));
        assert_eq!(quietly(|| -> u8 { panic!("as pulldown-cmark does") }), Err(GaveUp));
        assert!(!QUIET.get());
    }
}
