//! WebVTT files by the W3C's parser algorithm (<https://www.w3.org/TR/webvtt1/#file-parsing>, §6.1 to §6.3), as a browser
//! reads them. Settings of cues, regions and style sheets decide nothing about what is said and are passed over.

use super::cue_text;
use super::findings::Findings;
use super::stamp;
use super::{Cue, Moment};

/// What divides the times of a cue; a line with it is always about a cue.
const ARROW: &str = "-->";

/// Whether `text` starts as a WebVTT file must.
pub(super) fn is_signed(text: &str) -> bool {
    text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
}

/// The cues of `text`, whose lines end in line feeds; none where it isn't signed.
pub(super) fn read(text: &str, findings: &mut Findings<'_>) -> Vec<Cue> {
    if !is_signed(text) {
        return Vec::new();
    }
    let mut lines: Vec<&str> = text.split('\n').collect();
    if lines.last() == Some(&"") {
        lines.pop();
    }
    let mut parser = Parser { lines, at: 1, seen_cue: false, findings };
    if parser.lines.get(1).is_some_and(|line| !line.is_empty()) {
        parser.header();
    }
    let mut cues = Vec::new();
    parser.skip_empty();
    while parser.at < parser.lines.len() {
        cues.extend(parser.block());
        parser.skip_empty();
    }
    cues
}

struct Parser<'a, 'f, 'p> {
    lines: Vec<&'a str>,
    /// The next line, from 0.
    at: usize,
    seen_cue: bool,
    findings: &'f mut Findings<'p>,
}

/// What stands before the text of a cue.
struct Timing {
    id: String,
    start: Moment,
    end: Moment,
}

/// What a block has turned out to be so far.
#[derive(Default)]
struct Block {
    cue: Option<Timing>,
    /// The lines that are neither times nor the id of `cue`.
    buffer: String,
    seen_arrow: bool,
    /// A style sheet or a region.
    is_known: bool,
}

impl Parser<'_, '_, '_> {
    fn skip_empty(&mut self) {
        while self.lines.get(self.at).is_some_and(|line| line.is_empty()) {
            self.at += 1;
        }
    }

    /// What stands right below the signature: of no use, up to an empty line or to times.
    fn header(&mut self) {
        while let Some(line) = self.lines.get(self.at) {
            if line.contains(ARROW) {
                return;
            }
            self.at += 1;
            if line.is_empty() {
                return;
            }
        }
    }

    /// Collects a block (<https://www.w3.org/TR/webvtt1/#collect-a-webvtt-block>), which always takes at least a line.
    fn block(&mut self) -> Option<Cue> {
        let first = self.at;
        let mut block = Block::default();
        while let Some(line) = self.lines.get(self.at).copied() {
            let count = self.at - first + 1;
            if line.contains(ARROW) {
                if count > 2 || (count == 2 && block.seen_arrow) {
                    // Another cue starts here without an empty line before it.
                    break;
                }
                self.times(line, &mut block);
                self.at += 1;
                continue;
            }
            self.at += 1;
            if line.is_empty() {
                break;
            }
            if count == 2 && !self.seen_cue && is_style_or_region(&block.buffer) {
                block.is_known = true;
            }
            if !block.buffer.is_empty() {
                block.buffer.push('\n');
            }
            block.buffer.push_str(line);
        }
        self.close(first, block)
    }

    fn times(&mut self, line: &str, block: &mut Block) {
        block.seen_arrow = true;
        match times(line) {
            Some((start, end)) => {
                block.cue = Some(Timing { id: std::mem::take(&mut block.buffer), start, end });
                self.seen_cue = true;
            }
            None => self.findings.unreadable(self.at + 1, "the times of this cue can't be read", hint(line)),
        }
    }

    fn close(&mut self, first: usize, block: Block) -> Option<Cue> {
        if let Some(Timing { id, start, end }) = block.cue {
            let turns = cue_text::turns(&block.buffer);
            return Some(Cue::new(id, (start, end), block.buffer, turns));
        }
        let lost = !block.seen_arrow && !block.is_known && !is_comment(&block.buffer);
        if lost && !is_style_or_region(block.buffer.lines().next().unwrap_or("")) {
            let hint = "Put its times above it, such as `00:01.000 --> 00:04.000`, or write `NOTE` before it; \
                        within a cue there is no empty line.";
            self.findings.unreadable(first + 1, "this text has no times", hint);
        }
        None
    }
}

fn is_style_or_region(first_line: &str) -> bool {
    ["STYLE", "REGION"].iter().any(|name| {
        first_line
            .strip_prefix(name)
            .is_some_and(|rest| rest.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')))
    })
}

fn is_comment(block: &str) -> bool {
    block.strip_prefix("NOTE").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
}

/// The times of a cue (<https://www.w3.org/TR/webvtt1/#collect-webvtt-cue-timings-and-settings>).
fn times(line: &str) -> Option<(Moment, Moment)> {
    let space = [' ', '\t', '\u{c}'];
    let (start, rest) = stamp::strict(line.trim_start_matches(space))?;
    let rest = rest.trim_start_matches(space).strip_prefix(ARROW)?;
    let (end, _) = stamp::strict(rest.trim_start_matches(space))?;
    Some((start, end))
}

fn hint(line: &str) -> String {
    let fixed = line.replace(',', ".");
    match times(&fixed) {
        Some(_) => "WebVTT has a full stop before the thousandths: `00:01.000`.".to_owned(),
        None => {
            "Expected `00:01.000 --> 00:04.000`, or with hours, `1:00:01.000 --> 1:00:04.000`.".to_owned()
        }
    }
}
