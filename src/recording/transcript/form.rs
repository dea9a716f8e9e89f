//! Which form a transcript has: told by its content, and only then by its extension.

use super::{blocks, webvtt};

/// The forms in which transcripts are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `WEBVTT`, then cues: the web's own, and that of Zoom, Teams and `YouTube`.
    WebVtt,
    /// SRT: a number, `00:00:01,000 --> 00:00:04,000`, text.
    SubRip,
    /// SBV: `0:00:01.000,0:00:04.000`, text.
    SubViewer,
}

/// So many lines are looked at to see which form it is.
const LOOKED_AT: usize = 200;

impl Form {
    /// The form of `text`, the file `name`; `None` where it is no transcript.
    ///
    /// A `.vtt` file without its signature is none to a browser. It is taken for SRT only where it can't be meant as
    /// `WebVTT`: it starts with a number and with times that have commas.
    pub(super) fn of(name: &str, text: &str) -> Option<Self> {
        if webvtt::is_signed(text) {
            return Some(Self::WebVtt);
        }
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension.eq_ignore_ascii_case("vtt") {
            return is_plain_srt(text).then_some(Self::SubRip);
        }
        let by_content = text.lines().take(LOOKED_AT).find_map(|line| {
            [Self::SubRip, Self::SubViewer].into_iter().find(|form| blocks::times(*form, line).is_some())
        });
        by_content.or_else(|| {
            let has_arrow = text.lines().take(LOOKED_AT).any(|line| line.contains("-->"));
            (extension.eq_ignore_ascii_case("srt") && has_arrow).then_some(Self::SubRip)
        })
    }
}

/// Whether the first two lines are those of SRT as everybody writes it.
fn is_plain_srt(text: &str) -> bool {
    let mut lines = text.trim_start().lines();
    let number = lines.next().unwrap_or("").trim();
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let times = lines.next().unwrap_or("");
    numbered && times.matches(',').count() == 2 && blocks::times(Form::SubRip, times).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_before_the_extension() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nHi\n";
        let sbv = "0:00:01.000,0:00:02.000\nHi\n";
        assert_eq!(Form::of("a.srt", "WEBVTT\n\n"), Some(Form::WebVtt));
        assert_eq!(Form::of("a.vtt", srt), Some(Form::SubRip));
        assert_eq!(Form::of("a.txt", sbv), Some(Form::SubViewer));
        assert_eq!(Form::of("a", srt), Some(Form::SubRip));
        assert_eq!(Form::of("a.vtt", "\nWEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"), None);
        assert_eq!(Form::of("a.vtt", "WEBVTTX\n\n00:01.000 --> 00:02.000\nHi\n"), None);
        assert_eq!(Form::of("a.srt", "1\n00:00:01 -> x --> 2\n"), Some(Form::SubRip));
        assert_eq!(Form::of("a.srt", "# A document\n"), None);
        assert_eq!(Form::of("a.srt", ""), None);
    }
}
