//! Whether a remembered block may go into a page: a repository may hold a cache that somebody else wrote.

/// Whether `html` is `code`, escaped, with nothing added but balanced spans of short classes.
pub(super) fn is_sound(html: &str, code: &str) -> bool {
    let (mut rest, mut text, mut open) = (html, code, 0_usize);
    while let Some(first) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("</span>") {
            let Some(fewer) = open.checked_sub(1) else { return false };
            (rest, open) = (tail, fewer);
        } else if let Some(tail) = rest.strip_prefix("<span class=") {
            let Some((class, tail)) = tail.split_once('>') else { return false };
            if class.is_empty() || class.len() > 2 || !class.bytes().all(|b| b.is_ascii_lowercase()) {
                return false;
            }
            (rest, open) = (tail, open + 1);
        } else {
            let (shown, tail) = shown(first, rest);
            let Some(after) = shown.and_then(|shown| text.strip_prefix(shown)) else { return false };
            (rest, text) = (tail, after);
        }
    }
    open == 0 && text.is_empty()
}

/// The character that the start of `rest` shows, and what follows; `None` for markup and unknown references.
fn shown(first: char, rest: &str) -> (Option<char>, &str) {
    if first == '&' {
        let references = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
        let found =
            references.into_iter().find_map(|(written, shown)| Some((shown, rest.strip_prefix(written)?)));
        return found.map_or((None, rest), |(shown, tail)| (Some(shown), tail));
    }
    ((first != '<').then_some(first), &rest[first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn takes_what_the_painter_makes() {
        let code = "let a = \"<b>\" && 1; // é\n";
        assert!(is_sound(&super::super::highlight(code, "rust").html, code));
    }

    #[test]
    fn refuses_what_somebody_slipped_in() {
        for html in [
            "a<script>",
            "<span class=k>a",
            "a</span>",
            "<span class=k onclick=x>a</span>",
            "<span class=tm-header>a</span>",
            "ab",
            "",
            "&#97;",
        ] {
            assert!(!is_sound(html, "a"), "{html}");
        }
        assert!(is_sound("<span class=k>a</span>", "a"));
    }
}
