//! What is going on, for a person who waits: on standard error, and only where that is a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that says which step a command is at, gone when it ends.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A silent one where `quiet`, or where nobody watches.
    pub fn new(quiet: bool) -> Self {
        let bar = ProgressBar::new_spinner();
        if quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            bar.set_style(
                ProgressStyle::with_template("{spinner} {msg} {elapsed}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self(bar)
    }

    /// Names the step that begins.
    pub fn step(&self, name: &'static str) {
        self.0.set_message(name);
    }

    /// Clears the line.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}
