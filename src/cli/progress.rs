//! What is going on, for a person who waits: on standard error, and only where that is a terminal.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that says which step a command is at, gone when it ends; and how long each step took.
pub(super) struct Progress {
    bar: ProgressBar,
    steps: Mutex<Vec<(&'static str, Instant)>>,
}

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
        Self { bar, steps: Mutex::default() }
    }

    /// Names the step that begins.
    pub fn step(&self, name: &'static str) {
        self.bar.set_message(name);
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push((name, Instant::now()));
    }

    /// Clears the line. Gives what each step took, such as `reading 0.05 s, writing 0.31 s`.
    pub fn done(&self) -> String {
        self.bar.finish_and_clear();
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = steps.iter().skip(1).map(|(_, begin)| *begin).chain([Instant::now()]);
        let took = steps
            .iter()
            .zip(ends)
            .map(|((name, begin), end)| format!("{name} {:.3} s", end.duration_since(*begin).as_secs_f64()));
        took.collect::<Vec<_>>().join(", ")
    }
}
