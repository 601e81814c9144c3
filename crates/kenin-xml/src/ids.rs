//! Which element an identifier names.

use std::collections::hash_map::Entry;

use foldhash::HashMap;
use roxmltree::{Document, Node, NodeId};

/// The namespace of `xml:id`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Why an identifier leads to no element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unresolved {
    /// No element has it.
    Missing,
    /// Several have it: which of them was signed and which one a reader takes may differ (signature wrapping).
    Duplicate,
}

/// Every identifier of a document. Without a DTD nothing declares which attributes are identifiers; those that signed
/// documents use are `Id`, `ID`, `id` and `xml:id`.
pub(crate) struct Ids<'t> {
    elements: HashMap<&'t str, Result<NodeId, Unresolved>>,
}

impl<'t> Ids<'t> {
    pub fn of(tree: &'t Document<'_>) -> Self {
        let mut elements = HashMap::default();
        for node in tree.descendants().filter(Node::is_element) {
            for attribute in node.attributes() {
                let is_id = match attribute.namespace() {
                    None => matches!(attribute.name(), "Id" | "ID" | "id"),
                    Some(namespace) => namespace == XML && attribute.name() == "id",
                };
                if !is_id {
                    continue;
                }
                // An xml:id has no white space around it (xml:id 1.0 4).
                let value = match attribute.namespace() {
                    None => attribute.value(),
                    Some(_) => attribute.value().trim_matches([' ', '\t', '\r', '\n']),
                };
                match elements.entry(value) {
                    Entry::Vacant(entry) => {
                        entry.insert(Ok(node.id()));
                    }
                    // One element may carry its identifier under two names.
                    Entry::Occupied(entry) if *entry.get() == Ok(node.id()) => {}
                    Entry::Occupied(mut entry) => {
                        *entry.get_mut() = Err(Unresolved::Duplicate);
                    }
                }
            }
        }
        Self { elements }
    }

    /// The one element with this identifier.
    pub fn get(&self, id: &str) -> Result<NodeId, Unresolved> {
        self.elements.get(id).copied().unwrap_or(Err(Unresolved::Missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_elements_with_one_identifier_are_none() {
        let tree =
            Document::parse("<a Id='1' id='1'><b ID='2'/><c id='2'/><d xml:id=' 3 '/><e x:id='4' xmlns:x='u'/></a>");
        let tree = tree.unwrap();
        let ids = Ids::of(&tree);
        assert_eq!(ids.get("1"), Ok(tree.root_element().id()));
        assert_eq!(ids.get("2"), Err(Unresolved::Duplicate));
        assert!(ids.get("3").is_ok());
        assert_eq!(ids.get("4"), Err(Unresolved::Missing));
    }
}
