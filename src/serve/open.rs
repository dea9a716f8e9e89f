//! The reader's own browser, opened without a shell.

use std::process::{Command, Stdio};

/// Opens `url`, which is an address of our own, and doesn't wait.
///
/// # Errors
/// Where the program that opens addresses can't be started.
pub fn open_browser(url: &str) -> std::io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Waited for elsewhere, so that it doesn't stay behind as a dead process.
    std::thread::spawn(move || child.wait());
    Ok(())
}
