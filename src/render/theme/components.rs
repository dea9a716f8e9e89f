//! Components of the built-in theme, written out where they are called.
//!
//! A call costs the engine a map of arguments, a context and a state of its own: more than most components do, and a
//! page calls them for every link and every row. So before the engine reads the templates, each call of a simple
//! component is replaced by its text, with what was handed over in place of its parameters.
//!
//! Only built-in templates are rewritten, and only with built-in components: what a site has of its own stays as it
//! is, and a component that it defines itself is called everywhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How deep components may call each other and still be written out.
const DEPTH: usize = 8;

/// A component that can be written out.
struct Component<'a> {
    /// Names, with what stands in for those that a call leaves out.
    parameters: Vec<(&'a str, Option<&'a str>)>,
    /// Without calls of components that can be written out.
    body: String,
}

/// By name.
type Components<'a> = BTreeMap<&'a str, Component<'a>>;

/// `texts` of templates with their components written out; `own` says which of them are the site's own.
pub(super) fn written_out<'a>(
    texts: &BTreeMap<&'a str, &'a str>,
    own: impl Fn(&str) -> bool,
) -> BTreeMap<&'a str, Cow<'a, str>> {
    let mut raw = BTreeMap::new();
    for (name, text) in texts {
        for (component, definition) in definitions(text) {
            match raw.entry(component) {
                // Defined twice, which the engine refuses with a better message.
                Entry::Occupied(mut known) => drop(known.insert(None)),
                Entry::Vacant(place) => drop(place.insert(Some(definition).filter(|_| !own(name)))),
            }
        }
    }
    let mut known = Components::new();
    // Those that call no other come first, then those that call them, and so on.
    for _ in 0..DEPTH {
        for (name, definition) in &raw {
            if let Some((parameters, body)) = definition
                && !known.contains_key(name)
                && let Some(component) = component(parameters, body, &known)
            {
                known.insert(name, component);
            }
        }
    }
    let written = |(name, text): (&&'a str, &&'a str)| {
        let text = if own(name) { Cow::Borrowed(*text) } else { rewritten(text, &known) };
        (*name, text)
    };
    texts.iter().map(written).collect()
}

/// Name, parameters and body of each component that `text` defines and that trims the space around its body.
fn definitions(text: &str) -> impl Iterator<Item = (&str, (&str, &str))> {
    text.split("{%- component ").skip(1).filter_map(|rest| {
        let (head, body) = rest.split_once(") -%}")?;
        let (name, parameters) = head.split_once('(')?;
        let (body, _) = body.split_once("{%- endcomponent")?;
        Some((name, (parameters, body.trim())))
    })
}

/// A component whose body only looks at its parameters, if that is so.
fn component<'a>(parameters: &'a str, body: &str, known: &Components<'_>) -> Option<Component<'a>> {
    let parameters: Vec<_> = parameters
        .split(',')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, default)) => (name.trim(), Some(default.trim())),
            None => (parameter.trim(), None),
        })
        .collect();
    let mut body = rewritten(body, known).into_owned();
    // At its own ends a body has nothing to trim, at a call there is the text of others.
    if body.starts_with("{%-") || body.starts_with("{{-") {
        body.remove(2);
    }
    if body.ends_with("-%}") || body.ends_with("-}}") {
        body.remove(body.len() - 3);
    }
    let mut bound: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
    let mut plain = true;
    for (tag, _) in tags(&body) {
        plain &= is_plain(tag, &mut bound);
    }
    (plain && !body.contains("{#")).then_some(Component { parameters, body })
}

/// Whether a tag only looks at what is `bound` by then; a loop binds more.
fn is_plain<'a>(tag: &'a str, bound: &mut Vec<&'a str>) -> bool {
    let inner = inside(tag);
    if tag.starts_with("{%") {
        match inner.split_whitespace().next() {
            Some("if" | "elif" | "else" | "endif" | "endfor") => {}
            Some("for") => bound.extend(inner.split_whitespace().nth(1).into_iter().chain(["loop"])),
            _ => return false,
        }
    }
    !inner.starts_with('<') && names(inner).all(|(name, _)| bound.contains(&name) || is_word(name))
}

/// Words of the template language, and the values that it has names for.
fn is_word(name: &str) -> bool {
    let words = ["if", "elif", "else", "endif", "for", "in", "endfor", "and", "or", "not", "true", "false"];
    words.contains(&name)
}

/// `text` with all calls written out that can be.
fn rewritten<'a>(text: &'a str, known: &Components<'_>) -> Cow<'a, str> {
    let mut out = String::new();
    let mut done = 0;
    for (tag, at) in tags(text) {
        if let Some(call) = tag.strip_prefix("{{ <").and_then(|rest| rest.strip_suffix(" /> }}"))
            && let Some(whole) = expanded(call, known)
        {
            out.push_str(&text[done..at]);
            out.push_str(&whole);
            done = at + tag.len();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// What the call `NAME PARAMETER={EXPRESSION} PARAMETER="TEXT" ...` stands for.
fn expanded(call: &str, known: &Components<'_>) -> Option<String> {
    let (name, mut rest) = call.split_once(' ')?;
    let component = known.get(name)?;
    let mut given = BTreeMap::new();
    while !rest.is_empty() {
        let (parameter, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('{') {
            Some(expression) => expression.split_once('}')?,
            None => value.split_at(value.strip_prefix('"')?.find('"')? + 2),
        };
        given.insert(parameter, value);
        rest = after.trim_start();
    }
    let values = component.parameters.iter().map(|(name, default)| {
        let value = given.remove(name).or(*default)?;
        Some((*name, value))
    });
    let values = values.collect::<Option<BTreeMap<&str, &str>>>()?;
    if !given.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(component.body.len());
    let (mut done, mut bound) = (0, Vec::new());
    for (tag, at) in tags(&component.body) {
        is_plain(tag, &mut bound);
        out.push_str(&component.body[done..at]);
        out.push_str(&filled(tag, &values, &bound)?);
        done = at + tag.len();
    }
    out.push_str(&component.body[done..]);
    Some(out)
}

/// A tag with `values` in place of parameters; `None` where a value could mean something else there, by one of the names
/// that the loops of the component have `bound`, or where it can't stand.
fn filled(tag: &str, values: &BTreeMap<&str, &str>, bound: &[&str]) -> Option<String> {
    let mut out = String::with_capacity(tag.len() + 16);
    let mut done = 0;
    for (name, at) in names(tag) {
        let Some(value) = values.get(name).filter(|_| !bound.contains(&name)) else { continue };
        if names(value).any(|(name, _)| bound.contains(&name)) {
            return None;
        }
        let end = at + name.len();
        let is_path = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
        out.push_str(&tag[done..at]);
        match (is_path, tag[end..].starts_with('.')) {
            (true, _) => out.push_str(value),
            (false, false) => out.extend(["(", value, ")"]),
            (false, true) => return None,
        }
        done = end;
    }
    out.push_str(&tag[done..]);
    Some(out)
}

/// The tags of a template with their places, in order.
fn tags(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let opens = |start: &usize| matches!(rest.as_bytes().get(start + 1), Some(b'%' | b'{'));
        let start = rest.match_indices('{').map(|(start, _)| start).find(opens)?;
        let close = if rest[start..].starts_with("{%") { "%}" } else { "}}" };
        let end = start + 2 + rest[start + 2..].find(close)? + 2;
        let found = (&rest[start..end], at + start);
        at += end;
        Some(found)
    })
}

/// What stands between the signs of a tag.
fn inside(tag: &str) -> &str {
    let inner = tag.get(2..tag.len().saturating_sub(2)).unwrap_or("");
    inner.trim_start_matches('-').trim_end_matches('-').trim()
}

/// The names in an expression that stand for a value or are a word of the language, with their places: neither fields nor
/// filters, nor what stands in quotes.
fn names(expression: &str) -> impl Iterator<Item = (&str, usize)> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = expression.as_bytes();
    let mut at = 0;
    let mut before = b' ';
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            let start = at;
            if *byte == b'"' {
                at += 2 + bytes[at + 1..].iter().position(|byte| *byte == b'"').unwrap_or(bytes.len());
            } else if part(*byte) {
                at += bytes[at..].iter().position(|byte| !part(*byte)).unwrap_or(bytes.len() - at);
                let is_name = !byte.is_ascii_digit() && !matches!(before, b'.' | b'|');
                before = *byte;
                if is_name {
                    return Some((&expression[start..at], start));
                }
                continue;
            } else {
                at += 1;
            }
            if !byte.is_ascii_whitespace() {
                before = *byte;
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &str = "\
        {%- component name(link) -%}\n{% if link.number %}<b>{{ link.number }}</b> {% endif %}{{ link.title }}\n\
        {%- endcomponent name -%}\n\
        {%- component line(row, short = false, dated = true) -%}\n\
        <li>{{ <name link={row} /> }}{% if row.date and dated %} {% if short %}s{% else %}l{% endif %}{% endif -%}\n\
        {%- endcomponent line -%}\n\
        {%- component all(rows, title) -%}\n{%- if rows %}\n<h2>{{ title }}</h2>\n\
        {%- for row in rows %}\n{{ <line row={row} dated={title != \"a\"} /> }}\n{%- endfor %}\n{%- endif %}\n\
        {%- endcomponent all -%}\n\
        {%- component free(a) -%}\n{{ a }}{{ b }}\n{%- endcomponent free -%}\n\
        {%- component held(a) -%}\n{% set b = a %}{{ b }}\n{%- endcomponent held -%}";

    fn written(caller: &str, own: &[&str]) -> String {
        let texts = BTreeMap::from([("parts.html", PARTS), ("page.html", caller)]);
        written_out(&texts, |name| own.contains(&name))["page.html"].to_string()
    }

    #[test]
    fn puts_what_is_handed_over_in_place_of_parameters() {
        assert_eq!(
            written("<p>{{ <name link={a.link} /> }}</p>", &[]),
            "<p>{% if a.link.number %}<b>{{ a.link.number }}</b> {% endif %}{{ a.link.title }}</p>"
        );
        let line = written("{{ <line row={r} dated={kind != \"page\"} /> }}", &[]);
        assert!(line.contains("{% if r.date and (kind != \"page\") %} {% if false %}s"), "{line}");
        assert!(line.ends_with("{% endif %}"), "{line}");
        let all = written("x\n{{ <all rows={r.rows} title=\"T\" /> }}\ny", &[]);
        assert!(all.starts_with("x\n{% if r.rows %}\n<h2>{{ (\"T\") }}</h2>"), "{all}");
        assert!(!all.contains("{{ <"), "{all}");
    }

    #[test]
    fn leaves_what_could_mean_something_else() {
        for call in [
            // Looks at more than its parameters, or keeps something.
            "{{ <free a={x} /> }}",
            "{{ <held a={x} /> }}",
            // What is handed over has the name of something that the component makes itself.
            "{{ <all rows={row.rows} title=\"T\" /> }}",
            "{{ <all rows={loop.rest} title=\"T\" /> }}",
            // Mistakes, of which the engine says more.
            "{{ <line short={true} /> }}",
            "{{ <name link={x} more={y} /> }}",
            "{{ <name link={a or b} /> }}",
            "{{ <nobody link={x} /> }}",
        ] {
            assert_eq!(written(call, &[]), call);
        }
    }

    #[test]
    fn leaves_what_is_the_sites_own() {
        let call = "{{ <name link={x} /> }}";
        assert_eq!(written(call, &["page.html"]), call);
        assert_eq!(written(call, &["parts.html"]), call);
        let twice = BTreeMap::from([
            ("parts.html", PARTS),
            ("own.html", "{%- component name(link) -%}\n!\n{%- endcomponent name -%}"),
            ("page.html", call),
        ]);
        assert_eq!(written_out(&twice, |name| name == "own.html")["page.html"], call);
    }

    proptest::proptest! {
        #[test]
        fn says_what_the_call_would_have_said(
            number in "[0-9<]?", title in "[a<]{0,2}", rows in 0..3_usize, date in proptest::bool::ANY
        ) {
            let caller = "[{{ <all rows={r} title=\"a\" /> }}]\n{%- if r %}{{ <all rows={r} title=\"b<\" /> }} \
                {%- endif %} {{ <name link={l} /> }}\n{{ <line row={l} short={not l.date} /> }}";
            let link = serde_json::json!({ "number": number, "title": title, "date": date });
            let context = serde_json::json!({ "l": link, "r": vec![link.clone(); rows] });
            let texts = BTreeMap::from([("parts.html", &PARTS[..PARTS.find("{%- component free").unwrap()]), ("page.html", caller)]);
            let rewritten = written_out(&texts, |_| false);
            proptest::prop_assert!(!rewritten["page.html"].contains("{{ <"));
            let said = |texts: Vec<(&str, &str)>| {
                let mut tera = tera::Tera::new();
                tera.add_raw_templates(texts).unwrap();
                tera.render("page.html", &tera::Context::from_serialize(&context).unwrap()).unwrap()
            };
            let plain = said(texts.into_iter().collect());
            proptest::prop_assert_eq!(said(rewritten.iter().map(|(name, text)| (*name, &**text)).collect()), plain);
        }
    }
}
