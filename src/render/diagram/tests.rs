//! What holds for every diagram.

use super::{CLASSES, Diagram, DiagramError, diagram_to_svg};
use crate::render::markup::{Part, Reader};
use proptest::prelude::*;

const SAMPLES: &[&str] = &[
    "flowchart TD\n A[Start] --> B{Open?}\n B -->|Yes| C[Answer]\n B -.-> D[(Log)]\n subgraph team [The team]\n C --> E([Outcome])\n end\n style C fill:#f9f,stroke:#333\n",
    "sequenceDiagram\n participant A as Ana\n A->>B: Which store?\n activate B\n B-->>A: Postgres\n deactivate B\n Note over A,B: Within 24 hours\n loop Daily\n A->>A: Check\n end\n",
    "classDiagram\n Animal <|-- Duck\n Animal : +int age\n class Duck{\n +swim()\n }\n Duck \"1\" --> \"*\" Egg : lays\n",
    "stateDiagram-v2\n [*] --> Draft\n Draft --> Proposed : review\n state Proposed {\n [*] --> Open\n }\n Proposed --> [*]\n",
    "erDiagram\n CUSTOMER ||--o{ ORDER : places\n CUSTOMER {\n string name\n string number PK\n }\n",
    "gantt\n title A plan\n dateFormat YYYY-MM-DD\n section One\n Write :a1, 2026-11-01, 10d\n Review :after a1, 5d\n",
    "pie title Answers\n \"Agree\" : 6\n \"Disagree\" : 1\n",
    "gitGraph\n commit\n branch dev\n commit\n checkout main\n merge dev\n",
    "mindmap\n root((Async))\n  Asks\n  Decisions\n",
    "timeline\n title History\n 2025 : First\n 2026 : Second : Third\n",
    "journey\n title A day\n section Morning\n Read: 5: Ana\n",
];

/// Names of elements and attributes that a page's policy and our list allow, and classes that a theme knows.
fn is_clean(svg: &str) -> bool {
    let mut reader = Reader::new(svg);
    std::iter::from_fn(|| reader.next()).all(|part| match part {
        Ok(Part::Open(name, attributes, _)) => {
            let known = [
                "svg", "title", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
                "text", "tspan", "defs", "marker",
            ];
            known.contains(&name)
                && attributes.iter().all(|(key, value)| {
                    !key.starts_with("on")
                        && !["style", "href", "xlink:href", "src", "fill-rule"].contains(key)
                        && (*key != "class"
                            || value.split(' ').all(|class| class == "diagram" || CLASSES.contains(&class)))
                        && (*key != "id" || value.starts_with("p-"))
                })
        }
        Ok(_) => true,
        Err(_) => false,
    })
}

#[test]
fn each_kind_is_drawn_clean_with_its_text() {
    for source in SAMPLES {
        let drawn = diagram_to_svg(source, "p");
        assert!(
            drawn.as_ref().is_ok_and(|d| is_clean(&d.svg) && d.svg.contains("<text")),
            "{source}\n{drawn:?}"
        );
    }
}

#[test]
fn the_same_source_gives_the_same_bytes_every_time() {
    for source in SAMPLES {
        let first = diagram_to_svg(source, "p");
        assert!((0..8).all(|_| diagram_to_svg(source, "p") == first), "{source}");
    }
}

#[test]
fn the_title_is_the_authors_own_else_the_kind() {
    let title = |source: &str| diagram_to_svg(source, "p").map(|d| d.title).ok();
    assert_eq!(title("flowchart TD\n accTitle: How <b>\n a --> b"), Some("How <b>".to_owned()));
    assert_eq!(title("flowchart TD\n a --> b"), Some("Flowchart".to_owned()));
    assert_eq!(title(SAMPLES[6]), Some("Answers".to_owned()));
}

#[test]
fn markup_and_links_in_labels_are_text() {
    let source = "flowchart TD\n a[\"<script>alert(1)</script>\"] --> b[\"<img src=x onerror=alert(1)>\"]\n click a \"javascript:alert(1)\"\n click b href \"https://example.org\" _blank\n";
    let Ok(Diagram { svg, .. }) = diagram_to_svg(source, "p") else { panic!("not drawn") };
    assert!(is_clean(&svg) && !svg.contains("javascript") && !svg.contains("example.org"), "{svg}");
}

#[test]
fn an_id_prefix_holds_nothing_but_names() {
    let drawn = diagram_to_svg("classDiagram\n A <|-- B", "a\"><b ").map(|d| d.svg).unwrap_or_default();
    assert!(drawn.contains("aria-labelledby=\"ab-title\""), "{drawn}");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_drawn() {
    let names: Vec<String> = (0..14).map(|i| format!("n{i}")).collect();
    let pairs = format!("flowchart TD\n {} --> b", names.join(" & "));
    let chain: Vec<String> = (0..301).map(|i| format!(" n{i} --> n{}", i + 1)).collect();
    let nested = format!("flowchart TD\n{}a\n", " subgraph s\n".repeat(60));
    for (source, what) in [
        ("graph TD\n".to_owned() + &"a-->b;".repeat(6_000), "bytes"),
        ("graph TD\n".to_owned() + &"a\n".repeat(500), "lines"),
        (format!("graph TD\n a[{}]", "b".repeat(2_000)), "bytes in a line"),
        (pairs, "\"&\" in a line"),
        (nested, "blocks"),
        (format!("flowchart TD\n{}", chain.join("\n")), "nodes"),
    ] {
        assert!(
            matches!(diagram_to_svg(&source, "p"), Err(DiagramError::TooLarge(found, _)) if found == what),
            "{what}"
        );
    }
}

#[test]
fn what_is_no_diagram_is_an_error() {
    assert_eq!(diagram_to_svg("no diagram", "p"), Err(DiagramError::Kind("no".to_owned())));
    assert!(matches!(diagram_to_svg("sequenceDiagram\n A->>", "p"), Err(DiagramError::Notation(_)) | Ok(_)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_diagram_with_any_line_is_an_error_or_clean(pick in 0usize..11, line in "[A-Za-z0-9 <>\"'\\[\\](){}:;|=.,&%#~*/-]{0,40}", at in 0usize..8) {
        let mut lines: Vec<&str> = SAMPLES[pick].lines().collect();
        lines.insert(at.min(lines.len()).max(1), &line);
        if let Ok(diagram) = diagram_to_svg(&lines.join("\n"), "p") {
            prop_assert!(is_clean(&diagram.svg), "{}", diagram.svg);
        }
    }
}
