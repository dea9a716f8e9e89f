//! `threadmark serve`: the site in memory, for a browser on this machine.

use std::path::{Path, PathBuf};

use super::arguments::{Common, Serve};
use super::session::{Status, root, say};
use super::watchdog::Watchdog;
use crate::diagnostic::Diagnostic;
use crate::disk::{Changes, DiskAssets, Failure};
use crate::memo::{Memo, MemoryMemo, NoMemo};
use crate::pipeline::{self, Options};
use crate::render::services::Workshop;
use crate::render::theme::Theme;
use crate::serve::{self, BuildOutcome, MemorySink, MemorySite, ServeOptions, Served};

/// Builds and serves the site that `command` names until it is interrupted.
pub(super) fn run(common: &Common, command: &Serve) -> Result<Status, Failure> {
    common.threads()?;
    let root = root(command.dir.as_deref());
    let options = common.options(None)?;
    // What cannot be read at all should be said before a port is taken.
    let configured = pipeline::configure(&root, &options)?;
    let project = pipeline::read(&root, configured, &options, &NoMemo)?;
    let serving = ServeOptions {
        root: root.clone(),
        port: command.port,
        ignore: vec![project.output.clone()],
        also: vec![PathBuf::from(&project.config.content)],
    };
    let common = common.clone();
    let messages = common.clone();
    // What a preview remembers lasts as long as it does.
    let memo = MemoryMemo::default();
    let build = move |_: &Changes| {
        let outcome = rebuild(&root, &common, &memo);
        common.show(&outcome.diagnostics);
        outcome
    };
    let open = command.open;
    serve::serve(&serving, build, move |server| {
        messages.show(server.notes());
        say(&format!("Serving on {} (stop with Ctrl-C)\n", server.url()));
        let opened = if open { serve::open_browser(&server.url()) } else { Ok(()) };
        if let Err(reason) = opened {
            say(&format!("The browser can't be opened: {reason}\n"));
        }
    })?;
    Ok(Status::Clean)
}

/// One build. A failure of the machine is shown like any finding: the last good site stays.
fn rebuild(root: &Path, common: &Common, memo: &dyn Memo) -> BuildOutcome {
    let built = common.options(None).and_then(|options| build(root, &options, memo));
    let (site, diagnostics) = built.unwrap_or_else(|failure| (None, vec![failure.diagnostic().clone()]));
    let site = site.map(|site| Box::new(site) as Box<dyn Served>);
    BuildOutcome { site, diagnostics }
}

fn build(
    root: &Path,
    options: &Options,
    memo: &dyn Memo,
) -> Result<(Option<MemorySite>, Vec<Diagnostic>), Failure> {
    let configured = pipeline::configure(root, options)?;
    let project = pipeline::read(root, configured, options, memo)?;
    let assets = DiskAssets::new(root)?;
    let (site, mut found) = pipeline::understand(&project, options, &assets);
    let (theme, faults) = Theme::load(&project.tree.theme, &project.config.base);
    found.extend(faults);
    let Some(site) = site.filter(|_| !pipeline::stops(&found)) else {
        return Ok((None, found));
    };
    let sink = MemorySink::new(assets);
    let rendered = pipeline::render(&site, &theme, &Workshop::new(memo), &sink, &Watchdog::start(false));
    found.extend(rendered.map_err(|error| super::build::sink_failure(&error))?);
    project.config.weigh(&mut found);
    let good = !pipeline::stops(&found);
    Ok((good.then(|| sink.into_site(&project.config.base.path)), found))
}
