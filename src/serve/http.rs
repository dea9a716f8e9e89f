//! Requests in, answers out. Who may ask at all is decided first, by [`refusal`]; then the site is looked up.
//!
//! A page of any other origin can make a browser ask here: through a form, an image, or a name that it points
//! at this machine (DNS rebinding). So the `Host` must be ours, nothing is writable, nothing is shared across origins.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::net::TcpListener;
use std::ops::Range;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::sync::oneshot;

use super::live::{
    EVENTS, SCRIPT, SCRIPT_TEXT, STYLE, STYLE_TEXT, Shared, failed_page, waiting_page, with_script,
};
use super::lookup::{Answer, answer};
use super::site::{Made, Served};
use super::types::content_type;
use super::{LONGEST, STACK, too_slow};

/// What a host shows for an address without a page.
const NOT_FOUND: &str = "404.html";

/// How much of a file on the disk is held at once.
const PIECE: usize = 256 * 1024;

/// Serves until stopped, or until the process is interrupted where `signals` are listened to.
pub(super) fn run(
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
    signals: bool,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().thread_stack_size(STACK).build()?;
    let end = runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new().fallback(handle).with_state(shared);
        tokio::select! {
            served = axum::serve(listener, router) => served,
            _ = stopped => Ok(()),
            end = interrupted(), if signals => end,
        }
    });
    // A page that never ends must not keep the process.
    runtime.shutdown_background();
    end
}

#[cfg(unix)]
async fn interrupted() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        end = tokio::signal::ctrl_c() => end,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let mut response = respond(&shared, &request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if request.method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

async fn respond(shared: &Arc<Shared>, request: &Parts) -> Response {
    if let Some(refused) = refusal(shared.port, request) {
        return refused;
    }
    match request.uri.path() {
        EVENTS => events(shared, &request.headers),
        SCRIPT => whole(StatusCode::OK, content_type(SCRIPT), SCRIPT_TEXT.into()),
        STYLE => whole(StatusCode::OK, content_type(STYLE), STYLE_TEXT.into()),
        path => match shared.site() {
            None => whole(StatusCode::SERVICE_UNAVAILABLE, content_type(".html"), waiting_page().into()),
            Some(site) => made(shared, site, Asked::of(path, request)).await,
        },
    }
}

/// Makes what was asked for on a thread of its own: other requests, and the events, go on meanwhile. One that never ends keeps
/// its thread; whoever asked is told.
async fn made(shared: &Arc<Shared>, site: Arc<dyn Served>, asked: Asked) -> Response {
    let (teller, path) = (Arc::clone(shared), asked.path.clone());
    let version = site.version().to_owned();
    let page = tokio::task::spawn_blocking(move || page(&teller, &*site, &asked));
    match tokio::time::timeout(LONGEST, page).await {
        Ok(Ok(response)) => response,
        // A panic: its message is on the terminal.
        Ok(Err(_)) => failed(&version),
        Err(_) => {
            shared.add(&[too_slow(&path)]);
            failed(&version)
        }
    }
}

fn failed(version: &str) -> Response {
    whole(StatusCode::INTERNAL_SERVER_ERROR, content_type(".html"), failed_page(version).into())
}

/// Of a request what the answer depends on.
struct Asked {
    path: String,
    query: Option<String>,
    headers: HeaderMap,
}

impl Asked {
    fn of(path: &str, request: &Parts) -> Self {
        let (query, headers) = (request.uri.query().map(str::to_owned), request.headers.clone());
        Self { path: path.to_owned(), query, headers }
    }
}

/// Says no to requests that no page of this site makes.
fn refusal(port: u16, request: &Parts) -> Option<Response> {
    if !is_our_host(port, &request.headers) {
        return Some(plain(StatusCode::FORBIDDEN, "This preview answers to 127.0.0.1 and localhost only."));
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    // `GET http://host/path`, as a proxy is asked.
    let is_absolute = request.uri.scheme().is_some() || request.uri.authority().is_some();
    is_absolute.then(|| plain(StatusCode::NOT_FOUND, "Not found."))
}

/// Whether the one `Host` is a name of this machine, with our port.
fn is_our_host(port: u16, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .is_some_and(|rest| rest == format!(":{port}") || (rest.is_empty() && port == 80))
    })
}

/// Whether a script that gives this `Origin` runs on a page of ours. Browsers give none within an origin.
fn is_our_origin(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    headers
        .get_all(header::ORIGIN)
        .iter()
        .all(|origin| origin.as_bytes() == format!("http://{host}").as_bytes())
        && headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

fn events(shared: &Shared, headers: &HeaderMap) -> Response {
    if !is_our_origin(headers) {
        return plain(StatusCode::FORBIDDEN, "Events go to pages of this site only.");
    }
    let mut response = Response::new(Body::from_stream(shared.events()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

fn page(shared: &Shared, site: &dyn Served, asked: &Asked) -> Response {
    match answer(site, &asked.path) {
        Answer::File(name) => file(shared, site, &name, StatusCode::OK, &asked.headers),
        Answer::Missing if site.has(NOT_FOUND) => {
            file(shared, site, NOT_FOUND, StatusCode::NOT_FOUND, &HeaderMap::new())
        }
        Answer::Missing => plain(StatusCode::NOT_FOUND, "Not found."),
        Answer::Elsewhere(mut to, for_good) => {
            if let Some(query) = &asked.query {
                to.push('?');
                to.push_str(query);
            }
            let status = if for_good { StatusCode::MOVED_PERMANENTLY } else { StatusCode::FOUND };
            let mut response = plain(status, "");
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
    }
}

fn file(shared: &Shared, site: &dyn Served, name: &str, status: StatusCode, headers: &HeaderMap) -> Response {
    let kind = content_type(name);
    let is_page = kind.starts_with("text/html");
    match site.make(name) {
        Made::Bytes(bytes) if is_page => whole(status, kind, with_script(&bytes, site.version()).into()),
        Made::Bytes(bytes) => part(status, kind, bytes.len() as u64, headers, |range| {
            // Both ends lie within the bytes.
            let at = |n: u64| usize::try_from(n).unwrap_or(bytes.len());
            Body::from(bytes.slice(at(range.start)..at(range.end)))
        }),
        Made::File(opened, length) => part(status, kind, length, headers, |range| pieces(opened, range)),
        Made::Failed(found) => {
            shared.add(&found);
            failed(site.version())
        }
        Made::Missing => plain(StatusCode::NOT_FOUND, "This file can't be read any more."),
    }
}

/// The bytes `range` of `file`, read as they are sent.
fn pieces(file: File, range: Range<u64>) -> Body {
    let start = (file, range, false);
    Body::from_stream(futures_util::stream::unfold(start, |(mut file, range, failed)| async move {
        if failed || range.is_empty() {
            return None;
        }
        let length = usize::try_from(range.end - range.start).unwrap_or(PIECE).min(PIECE);
        let mut piece = vec![0; length];
        let read = file.seek(SeekFrom::Start(range.start)).and_then(|_| file.read_exact(&mut piece));
        let failed = read.is_err();
        Some((read.map(|()| Bytes::from(piece)), (file, range.start + length as u64..range.end, failed)))
    }))
}

/// A file of `size` bytes, or the one range of it that is asked for: players jump by ranges.
fn part(
    status: StatusCode,
    kind: &'static str,
    size: u64,
    headers: &HeaderMap,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response {
    let asked = headers.get(header::RANGE).filter(|_| !headers.contains_key(header::IF_RANGE));
    let asked = asked.and_then(|range| range.to_str().ok()).map(|range| parse_range(range, size));
    let (status, range, content_range) = match asked {
        None | Some(Wanted::Anything) => (status, 0..size, None),
        Some(Wanted::Part(range)) => {
            let text = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, range, Some(text))
        }
        Some(Wanted::Nothing) => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{size}"))),
    };
    let length = range.end - range.start;
    let mut response = Response::new(if length == 0 { Body::empty() } else { body(range) });
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_LENGTH, length.into());
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(text) = content_range.and_then(|text| HeaderValue::from_str(&text).ok()) {
        headers.insert(header::CONTENT_RANGE, text);
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// No range, several, or one that makes no sense: the whole file is sent.
    Anything,
    Part(Range<u64>),
    /// A range beyond the end.
    Nothing,
}

/// RFC 9110, section 14: `bytes=2-5`, `bytes=2-`, `bytes=-5`.
fn parse_range(text: &str, size: u64) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Anything;
    };
    let range = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Wanted::Anything,
    };
    if range.is_empty() { Wanted::Nothing } else { Wanted::Part(range) }
}

fn whole(status: StatusCode, kind: &'static str, bytes: Bytes) -> Response {
    part(status, kind, bytes.len() as u64, &HeaderMap::new(), |_| Body::from(bytes))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    whole(status, "text/plain; charset=utf-8", Bytes::from_static(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_standard() {
        for (text, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=2-", Wanted::Part(2..10)),
            ("bytes=2-99", Wanted::Part(2..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=0-18446744073709551615", Wanted::Part(0..10)),
            ("bytes=5-2", Wanted::Anything),
            ("bytes=1-2,4-5", Wanted::Anything),
            ("bytes=-", Wanted::Anything),
            ("lines=1-2", Wanted::Anything),
        ] {
            assert_eq!(parse_range(text, 10), expected, "{text}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Wanted::Nothing);
    }
}
