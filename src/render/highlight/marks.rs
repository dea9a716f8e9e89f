//! Wraps the lines of highlighted code that an author marked. Works on the HTML that `highlight` makes, whose spans never go over
//! the end of a line.

use super::fence::FenceInfo;

/// Puts `<span class="line marked">` around each marked line, `<span class="line">` around all others; code without marks
/// stays as it is. The newline stands outside, so that text copied from the page is the code.
#[must_use]
pub fn mark_lines(html: &str, fence: &FenceInfo) -> String {
    if fence.marks.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    for (index, line) in html.split_inclusive('\n').enumerate() {
        let (body, newline) = line.strip_suffix('\n').map_or((line, ""), |body| (body, "\n"));
        out.push_str(if fence.is_marked(index + 1) {
            "<span class=\"line marked\">"
        } else {
            "<span class=line>"
        });
        out.push_str(body);
        out.push_str("</span>");
        out.push_str(newline);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_lines_are_wrapped_and_newlines_stay_outside() {
        let html = mark_lines("<span class=k>a</span>\nb\n", &FenceInfo::parse("x {2}"));
        assert_eq!(
            html,
            "<span class=line><span class=k>a</span></span>\n<span class=\"line marked\">b</span>\n"
        );
    }

    #[test]
    fn code_without_marks_stays_as_it_is() {
        assert_eq!(mark_lines("a\nb\n", &FenceInfo::parse("rust")), "a\nb\n");
    }

    #[test]
    fn a_range_beyond_the_code_costs_nothing() {
        let html = mark_lines("a\n", &FenceInfo::parse("x {1-999999999999}"));
        assert_eq!(html, "<span class=\"line marked\">a</span>\n");
    }
}
