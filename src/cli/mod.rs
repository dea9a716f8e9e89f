//! The command line: arguments, one file per command, what is printed, and the exit status.
//!
//! The only room that prints and the only one that asks for the clock and the environment.

mod arguments;
mod build;
mod check;
mod draft;
mod explain;
pub mod formats;
mod init;
mod new;
mod preview;
mod progress;
pub mod report;
mod serve;
mod session;
mod transcript;
mod watchdog;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::disk::Failure;
use arguments::{Arguments, Command};
use session::{Status, say};

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(command) => build::run(&arguments.common, command),
        Command::Init(command) => init::run(&arguments.common, command),
        Command::New(command) => new::run(&arguments.common, command),
        Command::Serve(command) => serve::run(&arguments.common, command),
        Command::Check(command) => check::run(&arguments.common, command),
        Command::Transcript(command) => transcript::run(&arguments.common, command),
        Command::Draft(command) => draft::run(&arguments.common, command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "threadmark", &mut script);
            Ok(print(&script))
        }
        Command::Man => Ok(manual()),
    };
    let status = outcome.unwrap_or_else(|failure: Failure| {
        say(&report::render(std::slice::from_ref(failure.diagnostic()), arguments.common.colored()));
        Status::of(&failure)
    });
    ExitCode::from(status as u8)
}

fn manual() -> Status {
    let mut page = Vec::new();
    match clap_mangen::Man::new(Arguments::command()).render(&mut page) {
        Ok(()) => print(&page),
        Err(_) => Status::Machine,
    }
}

/// Writes what was asked for to standard output.
fn print(text: &[u8]) -> Status {
    let mut out = std::io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        // A closed pipe is the reader's choice, not a failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            say(&format!("cannot write to standard output: {error}\n"));
            Status::Machine
        }
        _ => Status::Clean,
    }
}
