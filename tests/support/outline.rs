//! What a screen reader says of the HTML report, in order and as plain text.
//!
//! Headings have a `#` for each level, terms a colon, table cells bars, links brackets. What is folded on the page is
//! folded here: its summary and how many things are in it. Of a signature's own section its head is kept.

use super::page::{Child, Element, Page, is_block};

/// The outline of a whole page but for its foot, which holds what changes with every release.
pub fn outline(page: &Page) -> String {
    let main = page.root.named("main");
    main.iter().flat_map(lines).collect::<Vec<_>>().join("\n") + "\n"
}

fn lines(element: &Element) -> Vec<String> {
    let mut lines = Vec::new();
    let mut inline = String::new();
    for child in element.children() {
        match child {
            Child::Text(text) => inline.push_str(&text),
            Child::Element(element) if element.is_hidden() => {}
            Child::Element(element) if is_block(&element.name()) => {
                flush(&mut inline, &mut lines);
                lines.extend(block(&element));
            }
            Child::Element(element) => inline.push_str(&said(&element)),
        }
    }
    flush(&mut inline, &mut lines);
    lines
}

fn flush(inline: &mut String, lines: &mut Vec<String>) {
    let line = inline.split_whitespace().collect::<Vec<_>>().join(" ");
    inline.clear();
    if !line.is_empty() {
        lines.push(line);
    }
}

/// A part of a line.
fn said(element: &Element) -> String {
    match element.name().as_str() {
        "a" => format!("[{}]", element.text()),
        "svg" => format!("(picture: {}) ", element.named("title").iter().map(Element::text).collect::<String>()),
        _ => {
            let parts = element.children().into_iter().map(|child| match child {
                Child::Text(text) => text,
                Child::Element(element) if element.is_hidden() => String::new(),
                Child::Element(element) => said(&element),
            });
            parts.collect()
        }
    }
}

fn block(element: &Element) -> Vec<String> {
    let joined = || lines(element).join(" ");
    match element.name().as_str() {
        "h1" => vec![format!("# {}", joined())],
        "h2" => vec![String::new(), format!("## {}", joined())],
        "h3" => vec![format!("### {}", joined())],
        "dt" => vec![format!("{}:", joined())],
        "dd" => hanging("    ", lines(element)),
        "li" => hanging("- ", lines(element)),
        "tr" => {
            let cells = element.below().into_iter().filter(|cell| matches!(cell.name().as_str(), "th" | "td"));
            let cells: Vec<_> = cells.map(|cell| lines(&cell).join(" / ")).collect();
            vec![format!("| {} |", cells.join(" | "))]
        }
        "details" => {
            let summary: String = element.named("summary").iter().map(Element::text).collect();
            vec![format!("+ {summary} ({})", element.named("li").len() + element.named("tr").len())]
        }
        "section" if element.has_class("signature") => {
            let folded = |line: &String| line.ends_with(':') || line.starts_with("    ");
            let (facts, head): (Vec<_>, Vec<_>) = lines(element).into_iter().partition(folded);
            let facts = facts.iter().filter(|line| line.ends_with(':') && !line.starts_with(' ')).count();
            [head, vec![format!("({facts} facts)")]].concat()
        }
        _ => lines(element),
    }
}

/// The first line behind `mark`, the others below it.
fn hanging(mark: &str, lines: Vec<String>) -> Vec<String> {
    let indent = " ".repeat(mark.len());
    let line = |(index, line): (usize, String)| format!("{}{line}", if index == 0 { mark } else { &indent });
    lines.into_iter().enumerate().map(line).collect()
}
