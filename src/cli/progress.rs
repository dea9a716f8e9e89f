//! What is going on, for a person who waits: on standard error, and only where that is a terminal. How long each
//! step took is kept for those who ask.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that says which step a command is at, gone when it ends.
pub(super) struct Progress {
    bar: ProgressBar,
    steps: Vec<(&'static str, Instant)>,
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
        Self { bar, steps: Vec::new() }
    }

    /// Names the step that begins.
    pub fn step(&mut self, name: &'static str) {
        self.bar.set_message(name);
        self.steps.push((name, Instant::now()));
    }

    /// How long each step took, one line each; the last one ends now.
    pub fn times(&self) -> String {
        let ends = self.steps.iter().skip(1).map(|(_, next)| *next).chain([Instant::now()]);
        let mut lines = String::new();
        for ((name, start), end) in self.steps.iter().zip(ends) {
            let _ = writeln!(lines, "{name} took {:.2} s", (end - *start).as_secs_f64());
        }
        lines
    }

    /// Clears the line.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
