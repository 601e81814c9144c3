//! WCAG 2.1, 1.4.3 and 1.4.11: text stands out at least 4.5:1 from what is behind it, signs 3:1. The colours are those
//! that the style sheet names, so that none can be added without being held against every other.

use std::collections::{BTreeMap, BTreeSet};

const CSS: &str = include_str!("../../../../templates/report.css");

/// Selector, property and value of every declaration, the selector of nested rules without their outer one.
fn declarations(css: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut selector = String::new();
    let mut piece = String::new();
    let mut comment = false;
    let css = css.replace("/*", "\u{1}").replace("*/", "\u{2}");
    for character in css.chars() {
        match character {
            '\u{1}' => comment = true,
            '\u{2}' => comment = false,
            _ if comment => {}
            '{' => selector = std::mem::take(&mut piece).trim().to_owned(),
            ';' | '}' => {
                if let Some((property, value)) = std::mem::take(&mut piece).split_once(':') {
                    found.push((selector.clone(), property.trim().to_owned(), value.trim().to_owned()));
                }
            }
            other => piece.push(other),
        }
    }
    found
}

/// Red, green and blue of every value that is a colour, by its name in the style sheet.
fn colours(wanted: impl Fn(&str, &str) -> bool) -> BTreeMap<String, [u8; 3]> {
    let declarations = declarations(CSS);
    let variables: BTreeMap<&str, &str> = declarations
        .iter()
        .filter(|(_, property, _)| property.starts_with("--"))
        .map(|(_, property, value)| (property.as_str(), value.as_str()))
        .collect();
    let used = declarations.iter().filter(|(selector, property, _)| wanted(selector, property));
    let values: BTreeSet<&str> = used.map(|(_, _, value)| value.as_str()).collect();
    let resolved = values.into_iter().filter(|value| !matches!(*value, "inherit" | "none")).map(|value| {
        let variable = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')'));
        let hex = variable.map_or(value, |name| variables[name]);
        (value.to_owned(), rgb(hex))
    });
    resolved.collect()
}

fn rgb(hex: &str) -> [u8; 3] {
    let digits: Vec<u8> =
        hex.strip_prefix('#').unwrap().chars().map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap()).collect();
    match digits.as_slice() {
        [r, g, b] => [r * 17, g * 17, b * 17],
        [r1, r2, g1, g2, b1, b2] => [r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2],
        _ => panic!("{hex}"),
    }
}

/// WCAG 2.1, "relative luminance".
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| match f64::from(part) / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        part => ((part + 0.055) / 1.055).powf(2.4),
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// WCAG 2.1, "contrast ratio".
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_formula_is_the_standards() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    // The grey that WCAG's own examples have just above the threshold on white.
    assert!((contrast(rgb("#767676"), rgb("#fff")) - 4.54).abs() < 0.01);
    assert!(contrast(rgb("#777777"), rgb("#ffffff")) < 4.5);
}

#[test]
fn every_text_colour_stands_out_from_every_background() {
    let text = colours(|selector, property| property == "color" || property == "fill" && selector.ends_with(" text"));
    let behind = colours(|_, property| matches!(property, "background" | "background-color"));
    assert!(text.len() >= 6 && behind.len() >= 5, "{text:?} on {behind:?}");
    for (name, colour) in &text {
        for (other, background) in &behind {
            let ratio = contrast(*colour, *background);
            assert!(ratio >= 4.5, "{name} on {other}: {ratio:.2}");
        }
    }
}

#[test]
fn signs_and_marks_stand_out_from_paper_and_from_what_is_drawn_on_them() {
    let fills = colours(|selector, property| {
        property == "fill" && (selector.starts_with(".sign") || selector.contains(".mark") || selector == ".bar")
    });
    let white = rgb("#fff");
    let dark = fills.iter().filter(|(_, colour)| **colour != white);
    assert!(dark.clone().count() >= 5, "{fills:?}");
    for (name, colour) in dark {
        let ratio = contrast(*colour, white);
        assert!(ratio >= 3.0, "{name} on white: {ratio:.2}");
    }
}

#[test]
fn nothing_is_made_fainter_than_its_colour_says() {
    let transparent: Vec<_> = declarations(CSS).into_iter().filter(|(_, property, _)| property == "opacity").collect();
    assert_eq!(transparent, []);
}
