//! The page is one file that does nothing and asks for nothing.

use std::collections::BTreeSet;

use crate::{Complaints, Subject};

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

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    let elements = subject.page.root.below();
    let ids: BTreeSet<String> = elements.iter().filter_map(|element| element.attribute("id")).collect();
    for element in &elements {
        let name = element.name();
        complaints.unless(!ACTIVE.contains(&name.to_lowercase().as_str()), || format!("<{name}>"));
        for (attribute, value) in element.attributes() {
            let place = || format!("<{name} {attribute}={value:?}>");
            let resolves = || value.strip_prefix('#').is_some_and(|id| ids.contains(id));
            match attribute.as_str() {
                on if on.starts_with("on") => complaints.0.push(format!("event handler {}", place())),
                "href" => complaints.unless(resolves(), || format!("leads nowhere on the page: {}", place())),
                "src" | "srcset" | "srcdoc" | "action" | "formaction" | "data" | "poster" | "background" | "ping" => {
                    complaints.0.push(place());
                }
                // The fold of what the page does not need at first sight is the only state it has.
                "style" => complaints.0.push(format!("styled outside the style sheet: {}", place())),
                _ => {}
            }
        }
    }
    for style in subject.page.root.named("style") {
        let css: String = style.children().iter().map(text_of).collect();
        let css = css.to_lowercase();
        for outside in ["url(", "@import", "image-set(", "src(", "expression(", "@namespace"] {
            complaints.unless(!css.contains(outside), || format!("{outside} in the style sheet"));
        }
    }
    let metas = subject.page.root.named("meta");
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
    if let Some(character) = subject.html.chars().find(|c| steers(*c)) {
        complaints.0.push(format!("steering character {character:?}"));
    }
}

fn text_of(child: &crate::page::Child) -> String {
    match child {
        crate::page::Child::Text(text) => text.clone(),
        crate::page::Child::Element(_) => String::new(),
    }
}
