//! What linked files are: how large an image is, and whether a file would run something in a reader's browser.

use std::collections::BTreeSet;

use super::links::{Found, Links};
use crate::config::HtmlPolicy;
use crate::path::SourcePath;
use crate::source::AssetReader;

/// Formats in which browsers run scripts from the site's own origin when they are opened.
const ACTIVE: [&str; 12] =
    ["html", "htm", "xhtml", "xht", "shtml", "xml", "xsl", "xslt", "mhtml", "svgz", "swf", "hta"];

/// How much of an image is read to find its size.
const HEADER: u64 = 256 * 1024;

/// The largest SVG that is looked through; larger ones are not published.
const LARGEST_SVG: u64 = 4 * 1024 * 1024;

/// What is known of a linked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// Can be published; the size in CSS pixels where it is an image that could be measured.
    Fine(Option<(u32, u32)>),
    /// Would run, or could not be looked at: not published. The sentence says why.
    Withheld(String),
}

/// The files that `links` need, sorted, each once.
pub fn wanted(links: &[Links]) -> BTreeSet<SourcePath> {
    let sources = links.iter().flat_map(Links::all).filter_map(|found| match found {
        Found::Asset { source, .. } => Some(source.clone()),
        _ => None,
    });
    sources.collect()
}

/// Looks at one file.
pub fn inspect(reader: &dyn AssetReader, path: &SourcePath, html: HtmlPolicy) -> Attachment {
    let extension = path.extension().unwrap_or("").to_ascii_lowercase();
    let trusted = html == HtmlPolicy::Raw;
    if ACTIVE.contains(&extension.as_str()) && !trusted {
        return Attachment::Withheld(format!("a browser that opens a .{extension} file runs what is in it"));
    }
    if extension == "svg" { svg(reader, path, trusted) } else { image(reader, path, &extension) }
}

fn image(reader: &dyn AssetReader, path: &SourcePath, extension: &str) -> Attachment {
    if !["png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "jxl", "heic", "avif", "tif", "tiff"]
        .contains(&extension)
    {
        return Attachment::Fine(None);
    }
    let size = reader.read(path, HEADER).ok().and_then(|bytes| imagesize::blob_size(&bytes).ok());
    let small = |n: usize| u32::try_from(n).ok();
    Attachment::Fine(size.and_then(|s| Some((small(s.width)?, small(s.height)?))))
}

fn svg(reader: &dyn AssetReader, path: &SourcePath, trusted: bool) -> Attachment {
    let bytes = match reader.read(path, LARGEST_SVG + 1) {
        Ok(bytes) if bytes.len() as u64 <= LARGEST_SVG => bytes,
        Ok(_) => return Attachment::Withheld("it is larger than 4 MiB".into()),
        Err(reason) => return Attachment::Withheld(reason),
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Attachment::Withheld("it is not UTF-8".into());
    };
    match svg_scan::scan(text) {
        Err(what) if !trusted => {
            Attachment::Withheld(format!("it holds {what}, which a browser runs when the file is opened"))
        }
        Err(_) => Attachment::Fine(None),
        Ok(size) => Attachment::Fine(size),
    }
}

/// Reads an SVG's tags with an HTML tokenizer: enough to see what would run, and the root's size.
mod svg_scan {
    use std::cell::{Cell, RefCell};

    use html5ever::tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    };

    /// Elements that run, embed or load; animations can set an attribute to a script URL.
    const REFUSED: [&str; 12] = [
        "script",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "handler",
        "listener",
        "animate",
        "set",
        "animatetransform",
        "audio",
        "video",
    ];

    /// The size that the root element gives, or what stands in the way of publishing it.
    pub fn scan(text: &str) -> Result<Option<(u32, u32)>, String> {
        let lower = text.to_ascii_lowercase();
        if lower.contains("<!entity") {
            return Err("an entity definition".into());
        }
        if lower.contains("<?xml-stylesheet") {
            return Err("a reference to a style sheet".into());
        }
        let input = BufferQueue::default();
        input.push_back(text.into());
        let tokenizer = Tokenizer::new(Scan::default(), TokenizerOpts::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        match tokenizer.sink.refused.into_inner() {
            Some(what) => Err(what),
            None => Ok(tokenizer.sink.size.get()),
        }
    }

    #[derive(Default)]
    struct Scan {
        refused: RefCell<Option<String>>,
        root_seen: Cell<bool>,
        size: Cell<Option<(u32, u32)>>,
    }

    impl TokenSink for Scan {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
            {
                self.tag(&tag);
            }
            TokenSinkResult::Continue
        }
    }

    impl Scan {
        fn tag(&self, tag: &Tag) {
            // Prefixed names (`svg:script`) mean the same to an XML parser.
            let name = tag.name.rsplit(':').next().unwrap_or(&tag.name).to_ascii_lowercase();
            if REFUSED.contains(&name.as_str()) {
                self.refuse(format!("a <{name}> element"));
            }
            for attribute in &tag.attrs {
                let key = attribute.name.local.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
                if key.starts_with("on") {
                    self.refuse(format!("an `{key}` handler"));
                }
                if key == "href" && !is_inert(&attribute.value) {
                    self.refuse("a link that is not to a part of itself, an image or the web".into());
                }
            }
            if name == "svg" && !self.root_seen.replace(true) {
                self.size.set(size(tag));
            }
        }

        fn refuse(&self, what: String) {
            self.refused.borrow_mut().get_or_insert(what);
        }
    }

    fn is_inert(href: &str) -> bool {
        let href = href.trim_start().to_ascii_lowercase();
        href.is_empty()
            || href.starts_with('#')
            || href.starts_with("https://")
            || href.starts_with("http://")
            || ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"]
                .iter()
                .any(|d| href.starts_with(d))
    }

    fn size(tag: &Tag) -> Option<(u32, u32)> {
        let attribute = |name: &str| {
            tag.attrs.iter().find(|a| (*a.name.local).eq_ignore_ascii_case(name)).map(|a| a.value.to_string())
        };
        let pixels = |value: String| value.trim().trim_end_matches("px").parse::<f64>().ok();
        let direct = attribute("width").and_then(pixels).zip(attribute("height").and_then(pixels));
        let (width, height) = direct.or_else(|| {
            let numbers: Vec<f64> = attribute("viewBox")?
                .split([' ', ','])
                .filter(|n| !n.is_empty())
                .map(str::parse)
                .collect::<Result<_, _>>()
                .ok()?;
            Some((*numbers.get(2)?, *numbers.get(3)?))
        })?;
        whole(width).zip(whole(height))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    fn whole(length: f64) -> Option<u32> {
        (1.0..100_000.0).contains(&length).then(|| length.round() as u32)
    }

    #[cfg(test)]
    mod tests {
        use super::scan;

        #[test]
        fn measures_by_size_or_view_box() {
            assert_eq!(scan("<svg width='40px' height=\"20\">"), Ok(Some((40, 20))));
            assert_eq!(scan("<?xml version='1.0'?><svg viewBox='0 0 12.4 8'/>"), Ok(Some((12, 8))));
            assert_eq!(scan("<svg width='100%'/>"), Ok(None));
        }

        #[test]
        fn sees_what_would_run() {
            for hostile in [
                "<svg><script>alert(1)</script></svg>",
                "<svg:svg><svg:script/></svg:svg>",
                "<svg ONLOAD='x()'/>",
                "<svg><a xlink:href=' javascript:x()'/></svg>",
                "<svg><a href='&#106;avascript:x()'/></svg>",
                "<svg><set attributeName='href' to='javascript:x()'/></svg>",
                "<svg><foreignObject><p/></foreignObject></svg>",
                "<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg>&x;</svg>",
                "<?xml-stylesheet href='x.xsl'?><svg/>",
            ] {
                assert!(scan(hostile).is_err(), "{hostile}");
            }
            assert!(scan("<svg><a href='#x'/><image href='data:image/png;base64,AA'/></svg>").is_ok());
        }
    }
}
