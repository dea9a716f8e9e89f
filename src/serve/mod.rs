//! The preview: a site built into memory, served on this machine alone as GitHub Pages would serve it, and reloaded in
//! the browser when a source changes.
//!
//! This room renders nothing and prints nothing: it is given a build to call, and shows what the build made. A
//! build that fails leaves the last good site where it is, with what went wrong shown over it.

mod http;
mod live;
mod lookup;
mod memory;
mod open;
mod types;
mod watch;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::diagnostic::Diagnostic;
use crate::disk::Failure;

use live::Shared;
use watch::{Watch, WatchPlan};

pub use live::{EVENTS, SCRIPT, STYLE};
pub use memory::{MemorySink, MemorySite, Stored};
pub use open::open_browser;

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

/// What one build made.
#[derive(Debug, Default)]
pub struct BuildOutcome {
    /// The site; `None` where errors kept it from being made.
    pub site: Option<MemorySite>,
    /// Everything found. Errors are shown in the browser.
    pub diagnostics: Vec<Diagnostic>,
}

/// A preview at work.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    notes: Vec<Diagnostic>,
    stop: Option<oneshot::Sender<()>>,
    http: Option<JoinHandle<std::io::Result<()>>>,
    changes: std::sync::mpsc::Sender<watch::Change>,
}

/// Builds, serves, watches and builds again until the process is interrupted (Ctrl-C, or `SIGTERM`), which is a good
/// end. `ready` is given the running server once the first build is done. `build` reports its own diagnostics
/// to the terminal.
///
/// # Errors
/// Where no port is free, or the folder can't be watched.
pub fn serve(
    options: &ServeOptions,
    build: impl FnMut() -> BuildOutcome + Send + 'static,
    ready: impl FnOnce(&Server),
) -> Result<(), Failure> {
    let mut server = Server::begin(options, build, true)?;
    ready(&server);
    server.join()
}

impl Server {
    /// Starts a server that runs until it is dropped.
    ///
    /// # Errors
    /// As [`serve`].
    pub fn start(
        options: &ServeOptions,
        build: impl FnMut() -> BuildOutcome + Send + 'static,
    ) -> Result<Self, Failure> {
        Self::begin(options, build, false)
    }

    fn begin(
        options: &ServeOptions,
        mut build: impl FnMut() -> BuildOutcome + Send + 'static,
        signals: bool,
    ) -> Result<Self, Failure> {
        let listener = listen(options.port)?;
        let address = listener.local_addr().map_err(|error| failure("find the port", &error))?;
        let plan = WatchPlan::new(&options.root, &options.ignore, &options.also)?;
        // Watched before it is built, so that no change falls between.
        let (mut watch, notes) = Watch::start(plan)?;
        let changes = watch.sender();
        let shared = Arc::new(Shared::new(address.port()));
        shared.publish(build());

        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let http = std::thread::spawn(move || http::run(listener, serving, stopped, signals));
        let building = Arc::clone(&shared);
        std::thread::spawn(move || {
            while watch.settled() {
                building.publish(build());
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
        let _ = self.changes.send(watch::Change::Stop);
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

fn failure(action: &str, error: &std::io::Error) -> Failure {
    Failure::Machine(Diagnostic::error("serve", format!("cannot {action}: {error}")))
}
