//! The preview: a site built into memory, served on this machine alone as GitHub Pages would serve it, and reloaded in
//! the browser when a source changes.
//!
//! This room renders nothing and prints nothing: it is given somebody who builds, and asks what was built for each file that a
//! browser wants. A build that fails leaves the last good site where it is, with what went wrong shown over it.

mod http;
mod live;
mod lookup;
mod memory;
mod open;
mod site;
mod types;
mod watch;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::diagnostic::Diagnostic;
use crate::disk::{Changes, Failure};

use live::Shared;
use watch::{Watch, WatchPlan};

pub use live::{EVENTS, SCRIPT, STYLE};
pub use memory::{MemorySink, MemorySite, Stored};
pub use open::open_browser;
pub use site::{BuildOutcome, Builder, Made, Served};

/// How long a browser waits for a page. The largest, a list of 20,000 documents, takes well under a second; only a theme's
/// templates can loop, and their engine can't be interrupted.
pub const LONGEST: std::time::Duration = std::time::Duration::from_secs(10);

/// Threads that make pages get room for deep documents: what is refused as too deep must be refused, not overflow.
const STACK: usize = 16 * 1024 * 1024;

/// The first port that is tried when none is named, and how many after it.
const PORTS: std::ops::Range<u16> = 4000..4100;

/// What is served and watched.
#[derive(Clone, Debug, Default)]
pub struct ServeOptions {
    /// The site's root, which is watched: all of it but hidden folders, `node_modules`, `target` and `ignore`.
    pub root: PathBuf,
    /// The port; `None` takes the first free one from 4000 on.
    pub port: Option<u16>,
    /// Folders whose changes mean nothing: the output folder. Absolute, or relative to the root.
    pub ignore: Vec<PathBuf>,
    /// Folders that are watched though their names would leave them out, such as a hidden content folder.
    pub also: Vec<PathBuf>,
}

/// A preview at work.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    notes: Vec<Diagnostic>,
    stop: Option<oneshot::Sender<()>>,
    http: Option<JoinHandle<std::io::Result<()>>>,
    changes: watch::Teller,
}

/// Builds, serves, watches and builds again until the process is interrupted (Ctrl-C, or `SIGTERM`), which is a good
/// end. `ready` is given the running server once the first build is done. `builder` reports its own diagnostics
/// to the terminal.
///
/// # Errors
/// Where no port is free, or the folder can't be watched.
pub fn serve(
    options: &ServeOptions,
    builder: impl Builder + 'static,
    ready: impl FnOnce(&Server),
) -> Result<(), Failure> {
    let mut server = Server::begin(options, builder, true)?;
    ready(&server);
    server.join()
}

impl Server {
    /// Starts a server that runs until it is dropped.
    ///
    /// # Errors
    /// As [`serve`].
    pub fn start(options: &ServeOptions, builder: impl Builder + 'static) -> Result<Self, Failure> {
        Self::begin(options, builder, false)
    }

    fn begin(
        options: &ServeOptions,
        mut builder: impl Builder + 'static,
        signals: bool,
    ) -> Result<Self, Failure> {
        let listener = listen(options.port)?;
        let address = listener.local_addr().map_err(|error| failure("find the port", &error))?;
        let plan = WatchPlan::new(&options.root, &options.ignore, &options.also)?;
        // Watched before it is built, so that no change falls between.
        let (mut watch, notes) = Watch::start(plan)?;
        let changes = watch.teller();
        let shared = Arc::new(Shared::new(address.port()));
        shared.publish(builder.build(&Changes::Anything));

        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let http = std::thread::spawn(move || http::run(listener, serving, stopped, signals));
        let building = Arc::clone(&shared);
        std::thread::spawn(move || {
            let heard = watch.teller();
            loop {
                if let Some(found) = builder.finish(&|| heard.has_told()) {
                    building.add(&found);
                }
                let Some(changes) = watch.settled() else { break };
                building.publish(builder.build(&changes));
            }
        });
        Ok(Self { address, shared, notes, stop: Some(stop), http: Some(http), changes })
    }

    /// Where the home page is, such as `http://127.0.0.1:4000/handbook/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, crate::path::encode_path(&self.shared.base()))
    }

    /// The address that is listened on.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is worth knowing about this run, such as folders that can't be watched.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    fn join(&mut self) -> Result<(), Failure> {
        let end = self.http.take().map(JoinHandle::join);
        match end {
            None | Some(Ok(Ok(()))) => Ok(()),
            Some(Ok(Err(error))) => Err(failure("serve", &error)),
            Some(Err(_)) => {
                Err(Failure::Machine(Diagnostic::error("serve", "the server stopped without a reason")))
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.changes.tell(watch::Change::Stop);
        let _ = self.join();
    }
}

/// A listener on this machine alone.
fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port).map_err(|error| {
            let message = format!("cannot listen on 127.0.0.1:{port}: {error}");
            Failure::Machine(Diagnostic::error("port", message).hint("Name another one with `--port`."))
        }),
        None => PORTS.clone().find_map(|port| bind(port).ok()).map_or_else(|| bind(0), Ok).map_err(|error| {
            Failure::Machine(Diagnostic::error("port", format!("cannot listen on 127.0.0.1: {error}")))
        }),
    }
}

/// What is said of a page that is not made in [`LONGEST`].
pub fn too_slow(page: &str) -> Diagnostic {
    let message = format!("the page {page} takes longer than {} seconds", LONGEST.as_secs());
    Diagnostic::error("page-too-slow", message)
        .hint("Look for loops inside loops in the templates of your theme, also in those that show nothing.")
}

fn failure(action: &str, error: &std::io::Error) -> Failure {
    Failure::Machine(Diagnostic::error("serve", format!("cannot {action}: {error}")))
}
