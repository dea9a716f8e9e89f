//! `threadmark serve`: the site in memory, for a browser on this machine.

use std::path::PathBuf;

use super::arguments::{Common, Serve};
use super::preview::Preview;
use super::session::{Status, root, say};
use crate::disk::Failure;
use crate::pipeline;
use crate::pipeline::session::Session;
use crate::serve::{self, ServeOptions};

/// Builds and serves the site that `command` names until it is interrupted.
pub(super) fn run(common: &Common, command: &Serve) -> Result<Status, Failure> {
    common.threads()?;
    let root = root(command.dir.as_deref());
    let options = common.options(None)?;
    // What cannot be read at all should be said before a port is taken.
    let configured = pipeline::configure(&root, &options)?;
    let serving = ServeOptions {
        root: root.clone(),
        port: command.port,
        ignore: vec![configured.output.clone()],
        also: vec![PathBuf::from(&configured.config().content)],
    };
    let preview = Preview::new(&root, common, Session::new(&root));
    let messages = common.clone();
    let open = command.open;
    serve::serve(&serving, preview, move |server| {
        messages.show(server.notes());
        say(&format!("Serving on {} (stop with Ctrl-C)\n", server.url()));
        let opened = if open { serve::open_browser(&server.url()) } else { Ok(()) };
        if let Err(reason) = opened {
            say(&format!("The browser can't be opened: {reason}\n"));
        }
    })?;
    Ok(Status::Clean)
}
