//! What every HTML page of kenin is: well-formed, for every reader, and without anything that acts or asks.

use std::collections::BTreeSet;

use crate::page::{Child, Element, Page, is_block};

/// What is wrong with a page.
#[derive(Default)]
pub struct Complaints(pub Vec<String>);

impl Complaints {
    pub fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }
}

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// What loads, runs, sends or embeds something.
const ACTIVE: &[&str] = &[
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "form",
    "input",
    "button",
    "img",
    "image",
    "picture",
    "source",
    "audio",
    "video",
    "track",
    "link",
    "base",
    "portal",
    "foreignobject",
    "use",
    "animate",
    "set",
    "template",
];

/// The page is one file that does nothing and asks for nothing; `leads` says which other files it may lead to.
pub fn is_safe(page: &Page, html: &str, leads: &dyn Fn(&str) -> bool, complaints: &mut Complaints) {
    let elements = page.root.below();
    let ids: BTreeSet<String> = elements.iter().filter_map(|element| element.attribute("id")).collect();
    for element in &elements {
        let name = element.name();
        complaints.unless(!ACTIVE.contains(&name.to_lowercase().as_str()), || format!("<{name}>"));
        for (attribute, value) in element.attributes() {
            let place = || format!("<{name} {attribute}={value:?}>");
            let resolves = || value.strip_prefix('#').is_some_and(|id| ids.contains(id));
            match attribute.as_str() {
                on if on.starts_with("on") => complaints.0.push(format!("event handler {}", place())),
                "href" => {
                    complaints.unless(resolves() || leads(&value), || format!("leads nowhere on the page: {}", place()))
                }
                "src" | "srcset" | "srcdoc" | "action" | "formaction" | "data" | "poster" | "background" | "ping" => {
                    complaints.0.push(place());
                }
                // The fold of what the page does not need at first sight is the only state it has.
                "style" => complaints.0.push(format!("styled outside the style sheet: {}", place())),
                _ => {}
            }
        }
    }
    for style in page.root.named("style") {
        let css: String = style.children().iter().map(text_of).collect();
        let css = css.to_lowercase();
        for outside in ["url(", "@import", "image-set(", "src(", "expression(", "@namespace"] {
            complaints.unless(!css.contains(outside), || format!("{outside} in the style sheet"));
        }
    }
    let metas = page.root.named("meta");
    let policies = metas.iter().filter(|meta| {
        meta.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"))
    });
    let policies: Vec<_> = policies.filter_map(|meta| meta.attribute("content")).collect();
    complaints.unless(policies == [POLICY], || format!("content security policy {policies:?}"));
    let refresh = metas.iter().filter_map(|meta| meta.attribute("http-equiv")).count();
    complaints.unless(refresh == 1, || "another http-equiv".to_owned());
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if let Some(character) = html.chars().find(|c| steers(*c)) {
        complaints.0.push(format!("steering character {character:?}"));
    }
}

/// The page is HTML that every browser and screen reader understands alike.
pub fn is_well_formed(page: &Page, complaints: &mut Complaints) {
    complaints.unless(page.errors.is_empty(), || format!("parse errors: {:?}", page.errors));
    for landmark in ["main", "header", "footer"] {
        let count = page.root.named(landmark).len();
        complaints.unless(count == 1, || format!("{count} <{landmark}>"));
    }
    for element in page.root.below().iter().filter(|element| !element.is_hidden()) {
        apart(element, complaints);
    }
    headings(&page.root, complaints);
    ids(&page.root, complaints);
    for table in page.root.named("table") {
        self::table(&table, complaints);
    }
    for svg in shown_pictures(&page.root) {
        let named = svg.named("title").iter().any(|title| !title.text().is_empty());
        let image = svg.attribute("role").as_deref() == Some("img") && named;
        complaints.unless(image, || "a picture neither hidden nor named".to_owned());
    }
    for list in page.root.below().iter().filter(|element| matches!(element.name().as_str(), "ul" | "ol" | "dl")) {
        complaints.unless(!list.below().is_empty(), || format!("an empty <{}>", list.name()));
    }
}

fn text_of(child: &Child) -> String {
    match child {
        Child::Text(text) => text.clone(),
        Child::Element(_) => String::new(),
    }
}

/// Beside each other two words are two words, for readers without the style sheet too.
fn apart(element: &Element, complaints: &mut Complaints) {
    let ends = |text: &str| text.chars().next_back().is_some_and(char::is_alphanumeric);
    let begins = |text: &str| text.chars().next().is_some_and(char::is_alphanumeric);
    for pair in element.children().windows(2) {
        let text = |child: &Child| match child {
            Child::Text(text) => text.clone(),
            Child::Element(inline) if is_block(&inline.name()) || inline.is_hidden() => String::new(),
            Child::Element(inline) => inline.text(),
        };
        let (one, other) = (text(&pair[0]), text(&pair[1]));
        complaints.unless(!(ends(&one) && begins(&other)), || format!("{one:?} and {other:?} are glued"));
    }
}

fn headings(root: &Element, complaints: &mut Complaints) {
    let level = |element: &Element| match element.name().as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    };
    let headings: Vec<_> = root.below().into_iter().filter_map(|element| Some((level(&element)?, element))).collect();
    let levels: Vec<u8> = headings.iter().map(|(level, _)| *level).collect();
    complaints.unless(levels.first() == Some(&1), || format!("the first heading is not h1: {levels:?}"));
    complaints.unless(levels.iter().filter(|level| **level == 1).count() == 1, || format!("not one h1: {levels:?}"));
    let skips = levels.windows(2).any(|pair| pair[1] > pair[0] + 1);
    complaints.unless(!skips, || format!("a level of headings is skipped: {levels:?}"));
    for (level, heading) in headings {
        complaints.unless(!heading.text().is_empty(), || format!("an empty h{level}"));
    }
}

fn ids(root: &Element, complaints: &mut Complaints) {
    let mut seen = BTreeSet::new();
    let elements = root.below();
    for id in elements.iter().filter_map(|element| element.attribute("id")) {
        complaints.unless(!id.is_empty() && !id.contains(char::is_whitespace), || format!("id {id:?}"));
        complaints.unless(seen.insert(id.clone()), || format!("id {id:?} twice"));
    }
    for named in elements.iter().filter_map(|element| element.attribute("aria-labelledby")) {
        complaints.unless(seen.contains(&named), || format!("labelled by {named:?}, which is not there"));
    }
}

/// Every column has its header, and every header says what it heads.
fn table(table: &Element, complaints: &mut Complaints) {
    let class = table.attribute("class").unwrap_or_default();
    let headers = table.named("th");
    for header in &headers {
        let scope = header.attribute("scope").unwrap_or_default();
        complaints.unless(matches!(scope.as_str(), "col" | "row"), || format!("table {class}: scope {scope:?}"));
        complaints.unless(!header.text().is_empty(), || format!("table {class}: an empty header"));
    }
    let columns = headers.iter().filter(|header| header.attribute("scope").as_deref() == Some("col")).count();
    let cells = |row: &Element| row.below().iter().filter(|e| matches!(e.name().as_str(), "th" | "td")).count();
    let rows: Vec<usize> = table.named("tr").iter().map(cells).collect();
    complaints.unless(rows.len() > 1 && rows.iter().all(|cells| *cells == columns), || {
        format!("table {class}: {columns} columns, rows of {rows:?}")
    });
}

/// Pictures that are not hidden themselves and not inside anything hidden.
fn shown_pictures(element: &Element) -> Vec<Element> {
    let elements = element.children().into_iter().filter_map(|child| match child {
        Child::Element(element) if !element.is_hidden() => Some(element),
        _ => None,
    });
    elements
        .flat_map(|element| if element.name() == "svg" { vec![element] } else { shown_pictures(&element) })
        .collect()
}
