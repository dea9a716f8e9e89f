//! Where recordings play: hosts whose players can be shown on a page, hosts that can be linked to by the second, files.
//!
//! Forms of addresses are those that the hosts document or show in their own share dialogs.

use super::Moment;

/// What a file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A video that browsers play.
    Video,
    /// Sound that browsers play.
    Audio,
    /// A recording of a terminal, asciicast version 2 or 3.
    Terminal,
}

impl FileKind {
    /// By the extension of `path`, what follows a `?` or `#` left out.
    pub fn of(path: &str) -> Option<Self> {
        let bare = path.split(['?', '#']).next().unwrap_or_default();
        let (_, extension) = bare.rsplit('/').next().unwrap_or_default().rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "mp4" | "m4v" | "webm" | "ogv" | "mov" => Self::Video,
            "mp3" | "m4a" | "aac" | "oga" | "ogg" | "opus" | "wav" | "flac" | "weba" => Self::Audio,
            "cast" => Self::Terminal,
            _ => return None,
        })
    }
}

/// A service that keeps recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// loom.com
    Loom,
    /// youtube.com and its short forms; played by youtube-nocookie.com
    YouTube,
    /// vimeo.com
    Vimeo,
}

impl Service {
    /// Its name as it writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loom => "Loom",
            Self::YouTube => "YouTube",
            Self::Vimeo => "Vimeo",
        }
    }

    /// The word that stands for it in data and classes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Loom => "loom",
            Self::YouTube => "youtube",
            Self::Vimeo => "vimeo",
        }
    }

    /// Where its players come from.
    pub const fn origin(self) -> &'static str {
        match self {
            Self::Loom => "https://www.loom.com",
            Self::YouTube => "https://www.youtube-nocookie.com",
            Self::Vimeo => "https://player.vimeo.com",
        }
    }
}

/// A recording at another address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hosted {
    /// One whose player can be shown.
    Player {
        /// Whose.
        service: Service,
        /// Its id there: letters, digits, `-` and `_` only.
        id: String,
        /// The key of an unlisted one, of the same signs.
        key: Option<String>,
    },
    /// One that can only be linked to.
    Link {
        /// As written.
        url: String,
        /// How its host wants times.
        times: Times,
    },
}

/// How an address says at which second to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// `?t=754` or `&t=754`
    T,
    /// `?t=754s`
    TSeconds,
    /// `?start=754`
    Start,
    /// `#t=754`, the media fragment of files
    Fragment,
    /// Not at all.
    None,
}

/// An address taken apart.
struct Address<'a> {
    host: String,
    /// The parts of the path, not empty ones.
    parts: Vec<&'a str>,
    query: &'a str,
}

impl<'a> Address<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.to_ascii_lowercase();
        Some(Self { host, parts: path.split('/').filter(|part| !part.is_empty()).collect(), query })
    }

    fn is_at(&self, domain: &str) -> bool {
        self.host == domain || self.host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, v)| v)
    }
}

impl Hosted {
    /// What `url` leads to.
    pub fn of(url: &str) -> Self {
        let Some(address) = Address::of(url) else {
            return Self::Link { url: url.to_owned(), times: Times::None };
        };
        loom(&address)
            .or_else(|| youtube(&address))
            .or_else(|| vimeo(&address))
            .unwrap_or_else(|| Self::Link { url: url.to_owned(), times: times(&address) })
    }

    /// The address at which people see it at `at`.
    pub fn link(&self, at: Moment) -> String {
        let seconds = at.whole_seconds();
        let from_start = seconds == 0;
        match self {
            Self::Player { service: Service::Loom, id, .. } => {
                let time = if from_start { String::new() } else { format!("?t={seconds}") };
                format!("https://www.loom.com/share/{id}{time}")
            }
            Self::Player { service: Service::YouTube, id, .. } => {
                let time = if from_start { String::new() } else { format!("&t={seconds}s") };
                format!("https://www.youtube.com/watch?v={id}{time}")
            }
            Self::Player { service: Service::Vimeo, id, key } => {
                let key = key.as_ref().map(|key| format!("/{key}")).unwrap_or_default();
                let time = if from_start { String::new() } else { format!("#t={seconds}s") };
                format!("https://vimeo.com/{id}{key}{time}")
            }
            Self::Link { url, times } => times.add(url, seconds),
        }
    }

    /// The address of its player without a time, which a page adds; `None` where it has none that can be shown.
    pub fn embed(&self) -> Option<String> {
        let Self::Player { service, id, key } = self else { return None };
        Some(match service {
            Service::Loom => format!("https://www.loom.com/embed/{id}"),
            Service::YouTube => format!("https://www.youtube-nocookie.com/embed/{id}?enablejsapi=1"),
            Service::Vimeo => {
                let key = key.as_ref().map(|key| format!("h={key}&")).unwrap_or_default();
                format!("https://player.vimeo.com/video/{id}?{key}dnt=1")
            }
        })
    }
}

impl Times {
    fn add(self, url: &str, seconds: u64) -> String {
        let (bare, fragment) =
            url.split_once('#').map_or((url, None), |(bare, fragment)| (bare, Some(fragment)));
        let word = match self {
            Self::None => return url.to_owned(),
            _ if seconds == 0 => return url.to_owned(),
            Self::Fragment => return format!("{bare}#t={seconds}"),
            Self::T | Self::TSeconds => "t",
            Self::Start => "start",
        };
        let unit = if self == Self::TSeconds { "s" } else { "" };
        let (path, query) = bare.split_once('?').unwrap_or((bare, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(word));
        let pairs: Vec<String> =
            others.map(str::to_owned).chain([format!("{word}={seconds}{unit}")]).collect();
        let fragment = fragment.map(|text| format!("#{text}")).unwrap_or_default();
        format!("{path}?{}{fragment}", pairs.join("&"))
    }
}

/// The time forms of hosts without a player of ours.
fn times(address: &Address<'_>) -> Times {
    let t = ["drive.google.com", "asciinema.org"];
    let t_seconds = ["twitch.tv"];
    let start = ["dailymotion.com", "panopto.com", "panopto.eu"];
    if t.iter().any(|domain| address.is_at(domain)) {
        Times::T
    } else if t_seconds.iter().any(|domain| address.is_at(domain)) {
        Times::TSeconds
    } else if start.iter().any(|domain| address.is_at(domain)) {
        Times::Start
    } else if matches!(
        address.parts.last().and_then(|last| FileKind::of(last)),
        Some(FileKind::Video | FileKind::Audio)
    ) {
        Times::Fragment
    } else {
        Times::None
    }
}

fn loom(address: &Address<'_>) -> Option<Hosted> {
    let [form, id, ..] = address.parts[..] else { return None };
    // The title may stand before the id: `share/A-title-5e0c...`.
    let id = id.get(id.len().checked_sub(32)?..)?;
    let fine = address.is_at("loom.com") && ["share", "embed", "v"].contains(&form);
    (fine && id.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| player(Service::Loom, &id.to_ascii_lowercase(), None))
}

fn youtube(address: &Address<'_>) -> Option<Hosted> {
    let long = address.is_at("youtube.com") || address.is_at("youtube-nocookie.com");
    let id = match address.parts[..] {
        [id, ..] if address.is_at("youtu.be") => id,
        ["watch"] if long => address.parameter("v")?,
        ["shorts" | "live" | "embed" | "v", id, ..] if long => id,
        _ => return None,
    };
    (id.len() == 11 && is_plain(id)).then(|| player(Service::YouTube, id, None))
}

fn vimeo(address: &Address<'_>) -> Option<Hosted> {
    let (id, key) = match address.parts[..] {
        ["video", id, ..] if address.is_at("player.vimeo.com") => (id, address.parameter("h")),
        [id, key, ..] if address.is_at("vimeo.com") => (id, Some(key)),
        [id] if address.is_at("vimeo.com") => (id, address.parameter("h")),
        _ => return None,
    };
    let digits = (1..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    let key = key.filter(|key| (1..=64).contains(&key.len()) && is_plain(key));
    digits.then(|| player(Service::Vimeo, id, key))
}

fn player(service: Service, id: &str, key: Option<&str>) -> Hosted {
    Hosted::Player { service, id: id.to_owned(), key: key.map(str::to_owned) }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(url: &str, seconds: u64) -> String {
        Hosted::of(url).link(Moment::from_seconds(seconds))
    }

    #[test]
    fn every_form_of_a_hosts_address_is_one_player() {
        let loom = "5e0c1b7a94d24f6f8a3b2d90c7e1f486";
        for url in [
            format!("https://www.loom.com/share/{loom}"),
            format!("https://www.loom.com/share/{loom}?sid=1f0c-2"),
            format!("https://loom.com/embed/{loom}?t=3"),
            format!("https://www.loom.com/share/Six-in-the-morning-{loom}"),
        ] {
            assert_eq!(Hosted::of(&url).embed(), Some(format!("https://www.loom.com/embed/{loom}")), "{url}");
        }
        for url in [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12m15s",
            "http://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ?t=735",
            "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            "https://www.youtube.com/live/dQw4w9WgXcQ?si=x",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=9",
        ] {
            let embed = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?enablejsapi=1";
            assert_eq!(Hosted::of(url).embed().as_deref(), Some(embed), "{url}");
        }
        for (url, embed) in [
            ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
            ("https://vimeo.com/76979871/ab12cd", "https://player.vimeo.com/video/76979871?h=ab12cd&dnt=1"),
            (
                "https://player.vimeo.com/video/76979871?h=ab12cd",
                "https://player.vimeo.com/video/76979871?h=ab12cd&dnt=1",
            ),
        ] {
            assert_eq!(Hosted::of(url).embed().as_deref(), Some(embed), "{url}");
        }
    }

    #[test]
    fn moments_are_linked_to_in_the_form_of_the_host() {
        for (url, expected) in [
            (
                "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486?sid=1",
                "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486?t=63",
            ),
            ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=63s"),
            ("https://vimeo.com/76979871/ab12cd", "https://vimeo.com/76979871/ab12cd#t=63s"),
            (
                "https://drive.google.com/file/d/x/view?usp=sharing&t=9",
                "https://drive.google.com/file/d/x/view?usp=sharing&t=63",
            ),
            ("https://asciinema.org/a/335480", "https://asciinema.org/a/335480?t=63"),
            ("https://www.twitch.tv/videos/1", "https://www.twitch.tv/videos/1?t=63s"),
            ("https://cdn.example/a.mp4?x=1#t=3", "https://cdn.example/a.mp4?x=1#t=63"),
            ("https://videos.example/1", "https://videos.example/1"),
        ] {
            assert_eq!(link(url, 63), expected);
        }
        assert_eq!(link("https://youtu.be/dQw4w9WgXcQ", 0), "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    }

    #[test]
    fn what_only_looks_like_a_host_is_a_link() {
        for url in [
            "https://www.loom.com.evil.example/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486",
            "https://evilloom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486",
            "https://www.loom.com@evil.example/share/5e0c1b7a94d24f6f8a3b2d90c7e1f486",
            "https://www.loom.com/share/5e0c1b7a94d24f6f8a3b2d90c7e1f48\"",
            "https://www.youtube.com/watch?v=dQw4w9WgXc\"",
            "https://www.youtube.com/watch",
            "https://vimeo.com/features/x",
            "javascript://youtu.be/dQw4w9WgXcQ",
        ] {
            assert_eq!(Hosted::of(url).embed(), None, "{url}");
        }
    }

    #[test]
    fn files_are_known_by_their_extension() {
        assert_eq!(FileKind::of("a/b.MP4#t=3"), Some(FileKind::Video));
        assert_eq!(FileKind::of("talk.mp3"), Some(FileKind::Audio));
        assert_eq!(FileKind::of("demo.cast"), Some(FileKind::Terminal));
        assert_eq!([FileKind::of("a.mp4/b"), FileKind::of("notes.txt"), FileKind::of("")], [None; 3]);
    }

    proptest! {
        #[test]
        fn embeds_hold_nothing_but_plain_signs(url in "(https://)?(www\\.)?(loom|youtube|vimeo|youtu)\\.(com|be)/[ -~é]{0,60}") {
            if let Some(embed) = Hosted::of(&url).embed() {
                prop_assert!(embed.bytes().all(|b| b.is_ascii_alphanumeric() || b":/.?=&-_".contains(&b)));
            }
        }
    }
}
