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
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::sync::oneshot;

use super::live::{EVENTS, SCRIPT, SCRIPT_TEXT, STYLE, STYLE_TEXT, Shared, waiting_page, with_script};
use super::lookup::{Answer, answer};
use super::memory::{MemorySite, Stored};
use super::types::content_type;

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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new().fallback(handle).with_state(shared);
        tokio::select! {
            served = axum::serve(listener, router) => served,
            _ = stopped => Ok(()),
            end = interrupted(), if signals => end,
        }
    })
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
    let mut response = respond(&shared, &request);
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

fn respond(shared: &Shared, request: &Request) -> Response {
    if let Some(refused) = refusal(shared.port, request) {
        return refused;
    }
    match request.uri().path() {
        EVENTS => events(shared, request.headers()),
        SCRIPT => whole(StatusCode::OK, content_type(SCRIPT), SCRIPT_TEXT.into()),
        STYLE => whole(StatusCode::OK, content_type(STYLE), STYLE_TEXT.into()),
        path => match shared.site() {
            None => whole(StatusCode::SERVICE_UNAVAILABLE, content_type(".html"), waiting_page().into()),
            Some(site) => page(&site, path, request),
        },
    }
}

/// Says no to requests that no page of this site makes.
fn refusal(port: u16, request: &Request) -> Option<Response> {
    if !is_our_host(port, request.headers()) {
        return Some(plain(StatusCode::FORBIDDEN, "This preview answers to 127.0.0.1 and localhost only."));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    // `GET http://host/path`, as a proxy is asked.
    let is_absolute = request.uri().scheme().is_some() || request.uri().authority().is_some();
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

fn page(site: &MemorySite, path: &str, request: &Request) -> Response {
    match answer(site, path) {
        Answer::File(name, stored) => file(site, name, stored, StatusCode::OK, request.headers()),
        Answer::Missing(Some(stored)) => {
            file(site, "404.html", stored, StatusCode::NOT_FOUND, &HeaderMap::new())
        }
        Answer::Missing(None) => plain(StatusCode::NOT_FOUND, "Not found."),
        Answer::Elsewhere(mut to, for_good) => {
            if let Some(query) = request.uri().query() {
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

fn file(site: &MemorySite, name: &str, stored: &Stored, status: StatusCode, headers: &HeaderMap) -> Response {
    let kind = content_type(name);
    let is_page = kind.starts_with("text/html");
    match stored {
        Stored::Bytes(bytes) if is_page => whole(status, kind, with_script(bytes, &site.version).into()),
        Stored::Bytes(bytes) => part(status, kind, bytes.len() as u64, headers, |range| {
            // Both ends lie within the bytes.
            let at = |n: u64| usize::try_from(n).unwrap_or(bytes.len());
            Body::from(bytes.slice(at(range.start)..at(range.end)))
        }),
        Stored::Copy(source) => match site.assets.as_ref().map(|assets| assets.open(source)) {
            Some(Ok((opened, length))) => part(status, kind, length, headers, |range| pieces(opened, range)),
            _ => plain(StatusCode::NOT_FOUND, "This file can't be read any more."),
        },
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
        None | Some(Asked::Anything) => (status, 0..size, None),
        Some(Asked::Part(range)) => {
            let text = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, range, Some(text))
        }
        Some(Asked::Nothing) => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{size}"))),
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
enum Asked {
    /// No range, several, or one that makes no sense: the whole file is sent.
    Anything,
    Part(Range<u64>),
    /// A range beyond the end.
    Nothing,
}

/// RFC 9110, section 14: `bytes=2-5`, `bytes=2-`, `bytes=-5`.
fn parse_range(text: &str, size: u64) -> Asked {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Anything;
    };
    let range = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Asked::Anything,
    };
    if range.is_empty() { Asked::Nothing } else { Asked::Part(range) }
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
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=2-", Asked::Part(2..10)),
            ("bytes=2-99", Asked::Part(2..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=0-18446744073709551615", Asked::Part(0..10)),
            ("bytes=5-2", Asked::Anything),
            ("bytes=1-2,4-5", Asked::Anything),
            ("bytes=-", Asked::Anything),
            ("lines=1-2", Asked::Anything),
        ] {
            assert_eq!(parse_range(text, 10), expected, "{text}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Asked::Nothing);
    }
}
