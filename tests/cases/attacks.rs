//! The table of attack cases in `docs/testing.md`: what it names exists, and no attack is left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;

/// How many attacks each family has.
const FAMILIES: &[(char, u32)] =
    &[('A', 18), ('B', 14), ('C', 10), ('D', 6), ('E', 7), ('F', 4), ('G', 6), ('H', 4), ('I', 3), ('J', 1)];

/// Holds the table against the case table and the sources.
pub fn check(root: &Path, cases: &[String]) -> Result<(), Failed> {
    let text = fs::read_to_string(root.join("docs/testing.md")).unwrap();
    let (_, section) = text.split_once("\n## Attack cases\n").ok_or("docs/testing.md has no table of attack cases")?;
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows: BTreeMap<&str, Vec<&str>> = section.lines().filter_map(row).collect();
    let mut wrong = Vec::new();
    let attacks = FAMILIES.iter().flat_map(|(family, count)| (1..=*count).map(move |n| format!("{family}{n}")));
    wrong.extend(attacks.filter(|id| !rows.contains_key(id.as_str())).map(|id| format!("{id} has no row")));
    for (id, names) in &rows {
        wrong.extend(names.iter().filter(|name| !exists(root, cases, name)).map(|name| format!("{id}: no {name}")));
        let named = |case: &String| names.iter().any(|name| is_named(name, case));
        let left_out =
            cases.iter().filter(|case| attack_of(case) == Some(id.to_lowercase())).filter(|case| !named(case));
        wrong.extend(left_out.map(|case| format!("{id}: {case} is not named")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The id of a row, and the names between backquotes in its last column.
fn row(line: &str) -> Option<(&str, Vec<&str>)> {
    let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
    let id = cells.next().filter(|id| id.starts_with(|first: char| first.is_ascii_uppercase()))?;
    let names = cells.last()?.split('`').skip(1).step_by(2);
    Some((id, names.collect()))
}

fn exists(root: &Path, cases: &[String], name: &str) -> bool {
    if let Some((file, test)) = name.split_once(": ") {
        let source = fs::read_to_string(root.join(file)).unwrap_or_default();
        return source.contains(&format!("fn {test}(")) || source.contains(&format!("\"{test}\""));
    }
    cases.iter().any(|case| is_named(name, case))
}

fn is_named(name: &str, case: &str) -> bool {
    name.strip_suffix('*').map_or(name == case, |stem| case.starts_with(stem))
}

/// The attack that a case is called after: `b1` of `b1a-signed-attributes-stripped`.
fn attack_of(case: &str) -> Option<String> {
    let (id, _) = case.split_once('-')?;
    let family = FAMILIES.iter().find(|(family, _)| id.starts_with(family.to_ascii_lowercase()))?.0;
    let number: String = id.chars().skip(1).take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| format!("{}{number}", family.to_ascii_lowercase()))
}
