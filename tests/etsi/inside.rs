//! What an XML report says must fit together, whatever the report behind it.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// Everything that does not fit.
pub fn differences(document: &Document<'_>) -> Vec<String> {
    let mut differences = Vec::new();
    let mut ids: BTreeMap<&str, Node<'_, '_>> = BTreeMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id").filter(|_| node.tag_name().namespace() == Some(REPORT))
            && ids.insert(id, node).is_some()
        {
            differences.push(format!("id {id} stands twice"));
        }
    }
    for node in document.descendants() {
        for target in
            ["VOReference", "ref"].into_iter().filter_map(|name| node.attribute(name)).flat_map(str::split_whitespace)
        {
            if !ids.contains_key(target) {
                differences.push(format!("{} refers to {target}, which is not there", node.tag_name().name()));
            }
        }
    }
    let time = text_of(document.root(), "ValidationTime");
    for object in document.descendants().filter(|node| is(node, "ValidationObject") && node.has_attribute("id")) {
        if let Some(proof) = child(object, "POE") {
            proven(&mut differences, &ids, proof, object, time);
        }
    }
    differences
}

/// A proof is the word of a timestamp that passed, says so itself, and is older than the validation; or it is that time.
fn proven(
    differences: &mut Vec<String>,
    ids: &BTreeMap<&str, Node<'_, '_>>,
    proof: Node<'_, '_>,
    object: Node<'_, '_>,
    validation_time: &str,
) {
    let id = object.attribute("id").unwrap();
    let time = text_of(proof, "POETime");
    let Some(by) = child(proof, "POEObject").and_then(|by| by.attribute("VOReference")) else {
        if time != validation_time {
            differences.push(format!("{id} is proven at {time} by nothing"));
        }
        return;
    };
    let Some(by) = ids.get(by) else { return };
    let Some(word) = child(*by, "POEProvisioning") else {
        differences.push(format!("{id} is proven by something that proves nothing"));
        return;
    };
    let names = word.children().any(|node| is(&node, "ValidationObject") && node.attribute("VOReference") == Some(id));
    if !names || text_of(word, "POETime") != time || time >= validation_time {
        differences.push(format!("{id} is said to be proven at {time} by a timestamp that does not say so"));
    }
}

/// The namespace of the report.
pub const REPORT: &str = "http://uri.etsi.org/19102/v1.4.1#";

/// Whether a node is an element of the report with this name.
pub fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((REPORT, name))
}

/// A node's child with this name.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The text of the first element with this name below a node.
pub fn text_of<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text()).unwrap_or_default()
}
