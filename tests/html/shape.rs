//! The page is HTML that every browser and screen reader understands alike.

use std::collections::BTreeSet;

use kenin::Lang;

use crate::page::{Child, Element, is_block};
use crate::{Complaints, Subject};

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    let page = &subject.page;
    complaints.unless(page.errors.is_empty(), || format!("parse errors: {:?}", page.errors));
    let lang = match subject.lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    };
    let html = page.root.named("html");
    complaints.unless(html.iter().any(|html| html.attribute("lang").as_deref() == Some(lang)), || {
        "the language of the page is not said".to_owned()
    });
    let titles: Vec<_> = page.root.named("head").iter().flat_map(|head| head.named("title")).collect();
    let title = titles.iter().map(Element::text).collect::<String>();
    complaints.unless(titles.len() == 1 && title.ends_with(&subject.case.file), || format!("title {title:?}"));
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
