//! Text written into HTML. Every text of a document passes through here, in body text and in attributes alike.

/// Appends `text` for body text: `&`, `<` and `>` escaped.
pub fn text(out: &mut String, text: &str) {
    escape(out, text, |b| matches!(b, b'&' | b'<' | b'>' | b'\0'));
}

/// Appends `text` for an attribute in double quotes.
pub fn attribute(out: &mut String, text: &str) {
    escape(out, text, |b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'' | b'\0'));
}

/// How many bytes are looked at together. Most hold nothing special, and a fixed number of them is quick to see.
const CHUNK: usize = 32;

fn escape(out: &mut String, text: &str, special: impl Fn(u8) -> bool) {
    let mut from = 0;
    for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
        if !chunk.iter().fold(false, |any, byte| any | special(*byte)) {
            continue;
        }
        for (place, byte) in chunk.iter().enumerate().filter(|(_, byte)| special(**byte)) {
            let at = number * CHUNK + place;
            out.push_str(&text[from..at]);
            out.push_str(replacement(*byte));
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

const fn replacement(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => "\u{fffd}",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn leaves_no_sign_that_means_something() {
        let (mut text, mut attribute) = (String::new(), String::new());
        super::text(&mut text, "a <b> & \"c\" é\0");
        super::attribute(&mut attribute, "a <b> & \"c\" 'd'");
        assert_eq!(text, "a &lt;b&gt; &amp; \"c\" é\u{fffd}");
        assert_eq!(attribute, "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }
}
