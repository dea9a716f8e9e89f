//! What keeps a template from taking the machine down: chains of includes and output have an end.

use std::collections::BTreeMap;
use std::io;

/// How deep templates may include each other. The engine recurses, and a chain of 200 ends the process.
pub const DEPTH: usize = 24;

/// The most that one page may hold beside its body, in bytes.
pub const PAGE: usize = 64 << 20;

/// The first template, by name, from which includes go deeper than [`DEPTH`]. Circles are the engine's to find.
pub fn too_deep(texts: &BTreeMap<&str, &str>) -> Option<String> {
    let mut depths = BTreeMap::new();
    texts.keys().find(|name| depth(name, texts, &mut depths, 0) > DEPTH).map(|name| (*name).to_owned())
}

fn depth<'a>(
    name: &'a str,
    texts: &BTreeMap<&'a str, &'a str>,
    known: &mut BTreeMap<&'a str, usize>,
    level: usize,
) -> usize {
    if let Some(depth) = known.get(name) {
        return *depth;
    }
    let Some(text) = texts.get(name).filter(|_| level <= DEPTH) else { return 1 };
    known.insert(name, 1);
    let deepest = includes(text).map(|next| depth(next, texts, known, level + 1)).max().unwrap_or(0);
    known.insert(name, deepest + 1);
    deepest + 1
}

/// The names after `include` and `extends` tags.
fn includes(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let rest = tag.strip_prefix("include").or_else(|| tag.strip_prefix("extends"))?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next()
    })
}

/// Takes at most a number of bytes, then refuses.
#[derive(Debug)]
pub struct Bounded {
    out: Vec<u8>,
    limit: usize,
}

impl Bounded {
    /// Room for `expected` bytes now, and for `limit` at most.
    pub fn new(expected: usize, limit: usize) -> Self {
        Self { out: Vec::with_capacity(expected), limit }
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.len() + bytes.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_chain_that_is_too_long() {
        let chain: Vec<(String, String)> =
            (0..200).map(|n| (format!("{n:03}"), format!("{{%- include \"{:03}\" %}}", n + 1))).collect();
        let texts = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert!(too_deep(&texts).is_some());
        let short = chain.iter().skip(180).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(too_deep(&short), None);
    }

    #[test]
    fn stops_at_its_limit() {
        use io::Write as _;
        let mut out = Bounded::new(0, 4);
        assert!(out.write_all(b"1234").is_ok());
        assert!(out.write_all(b"5").is_err());
        assert_eq!(out.into_bytes(), b"1234");
    }
}
