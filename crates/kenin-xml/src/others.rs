//! What the signatures of a document hold or are over beside their own properties: of what one of them alone signs, or nobody,
//! readers see as much as of the rest.

use std::collections::HashSet;

use roxmltree::{Document, Node, NodeId};

use crate::names::{ds_children, is_ds, is_xades};
use crate::reference::{Resolved, is_external};

/// Looked for once, not for each signature.
pub(crate) struct Others<'x> {
    /// Whether nothing but comments stands beside the root element: a style sheet is in no reference to that element.
    pub root_is_alone: bool,
    holding: Vec<Holding<'x>>,
}

/// A signature that holds something, or is over something outside of the document.
struct Holding<'x> {
    signature: NodeId,
    /// Elements in its Objects, and Objects with text.
    elements: Vec<NodeId>,
    /// The URIs of what is outside.
    outside: Vec<Option<&'x str>>,
}

impl<'x> Others<'x> {
    pub fn of(tree: &'x Document<'_>) -> Self {
        let signatures = tree.descendants().filter(|node| is_ds(*node, "Signature"));
        let holding = signatures.map(Holding::of).filter(|held| !held.elements.is_empty() || !held.outside.is_empty());
        Self { root_is_alone: !tree.root().children().any(|node| node.is_pi()), holding: holding.collect() }
    }

    /// Whether the references of one signature cover what all the others hold and are over; where one of them is to all but that
    /// signature, what those within it do.
    pub fn are_covered(&self, signature: Node<'_, '_>, references: &[Resolved], all_around: bool) -> bool {
        let tree = signature.document();
        let is_inside = |other: &Holding<'_>| {
            tree.get_node(other.signature).is_some_and(|other| other.ancestors().any(|above| above == signature))
        };
        let whole: HashSet<NodeId> = references.iter().filter_map(|resolved| resolved.content).collect();
        let is_covered = |held: &NodeId| {
            tree.get_node(*held).is_some_and(|held| held.ancestors().any(|above| whole.contains(&above.id())))
        };
        let is_own = |uri: &Option<&str>| references.iter().any(|own| own.reference.uri.as_deref() == *uri);
        let others = self.holding.iter().filter(|held| held.signature != signature.id());
        let mut others = others.filter(|other| !all_around || is_inside(other));
        others.all(|other| other.elements.iter().all(is_covered) && other.outside.iter().all(is_own))
    }
}

impl<'x> Holding<'x> {
    fn of(signature: Node<'x, '_>) -> Self {
        let is_text = |node: &Node<'_, '_>| node.text().is_some_and(|text| node.is_text() && !text.trim().is_empty());
        let mut elements = Vec::new();
        for object in ds_children(signature, "Object") {
            if object.children().any(|child| is_text(&child)) {
                elements.push(object.id());
            }
            let held =
                object.children().filter(|child| child.is_element() && !is_xades(*child, "QualifyingProperties"));
            elements.extend(held.map(|child| child.id()));
        }
        let references = ds_children(signature, "SignedInfo").flat_map(|info| ds_children(info, "Reference"));
        let outside = references.filter(|reference| is_external(*reference)).map(|node| node.attribute("URI"));
        Self { signature: signature.id(), elements, outside: outside.collect() }
    }
}
