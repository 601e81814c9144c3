use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;
use kenin_base::{Finding, FindingCode};

use super::REPORTED;
use super::history::shown_before;
use super::kind::Kind;
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::reader::Place;
use crate::xref::Entry;

/// Content that is defined in a view and that nothing leads to, in it or in an earlier revision. Of what lies inside
/// other such content only the outermost is named.
pub(super) fn contents(
    document: &Document<'_>,
    view: &View,
    reachable: &dyn Fn(u32) -> bool,
) -> Result<Vec<Finding>, ReadError> {
    let reader = &document.reader;
    // Where objects are found by a scan it is not known which of them the document has.
    if view.is_damaged() {
        return Ok(Vec::new());
    }
    let numbers: BTreeSet<u32> =
        view.sections().flat_map(|section| section.entries()).map(|(number, _)| number).collect();
    let mut unreached: BTreeMap<u32, Object> = BTreeMap::new();
    let mut found: Vec<(Kind, Reference, Place)> = Vec::new();
    for number in numbers.into_iter().filter(|number| !reachable(*number)) {
        let generation = match view.lookup(number) {
            Some(Entry::InUse { generation, .. }) => generation,
            Some(Entry::Compressed { .. }) => 0,
            Some(Entry::Free) | None => continue,
        };
        let reference = Reference { number, generation };
        let loaded = reader.load(view, reference)?;
        if loaded.place == Place::Nowhere {
            continue;
        }
        found.extend(Kind::of(reader, view, &loaded.object)?.map(|kind| (kind, reference, loaded.place)));
        unreached.insert(number, loaded.object);
    }
    if !found.is_empty() {
        let shown = shown_before(document, view)?;
        found.retain(|(_, _, place)| !shown.contains(place));
    }
    found.sort_unstable();
    let mut inside = HashSet::default();
    let mut findings = Vec::new();
    for (kind, reference, _) in found {
        let Some(object) = unreached.get(&reference.number).filter(|_| !inside.contains(&reference.number)) else {
            continue;
        };
        if !kind.shows_something(reader, view, object)? {
            continue;
        }
        enclose(&unreached, reference.number, &mut inside);
        let finding = Finding::new(FindingCode::PreparedContent).about(format!("{reference} R"));
        findings.push(finding.with("kind", kind.name()));
        if findings.len() >= REPORTED {
            break;
        }
    }
    Ok(findings)
}

/// Takes in everything that an unreachable object leads to.
fn enclose(unreached: &BTreeMap<u32, Object>, number: u32, inside: &mut HashSet<u32>) {
    let mut pending = vec![number];
    while let Some(number) = pending.pop() {
        if let Some(object) = unreached.get(&number)
            && inside.insert(number)
        {
            references(object, &mut pending);
        }
    }
}

/// The numbers of the objects that a value names; its nesting is bounded by the parser.
pub(super) fn references(value: &Object, numbers: &mut Vec<u32>) {
    match value {
        Object::Reference(reference) => numbers.push(reference.number),
        Object::Array(items) => items.iter().for_each(|item| references(item, numbers)),
        Object::Dictionary(dictionary) => {
            dictionary.entries.iter().for_each(|(_, value)| references(value, numbers));
        }
        Object::Stream(stream) => {
            stream.dictionary.entries.iter().for_each(|(_, value)| references(value, numbers));
        }
        _ => {}
    }
}
