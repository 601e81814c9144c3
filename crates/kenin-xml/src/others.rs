//! What the signatures of a document hold or are over beside their own properties: of what one of them alone signs, or nobody,
//! readers see as much as of the rest.

use std::collections::BTreeSet;

use foldhash::HashSet;
use roxmltree::{Document, Node, NodeId};

use crate::ids::Ids;
use crate::names::{ds_children, is_any_xades, is_ds, is_of_signatures, is_xades, xades_children};
use crate::reference::{Resolved, is_external, named_element};

/// Looked for once, not for each signature.
pub(crate) struct Others<'x> {
    /// Whether nothing but comments stands beside the root element: a style sheet is in no reference to that element.
    pub root_is_alone: bool,
    holding: Vec<Holding<'x>>,
    /// What references lead to within signatures that are not theirs, beside the parts of these: content that was put there.
    within: HashSet<NodeId>,
    /// Elements of other vocabularies in what a signature has beside its Objects.
    strangers: Vec<Stranger>,
    /// Signatures with a filter that cuts down to a part (XPath Filter 2.0, intersect), which may stand within another one.
    narrowed: Vec<NodeId>,
}

/// A signature that holds something, or is over something outside of the document.
struct Holding<'x> {
    signature: NodeId,
    objects: Vec<Held>,
    /// The URIs of what is outside.
    outside: BTreeSet<Option<&'x str>>,
}

/// An element that is none of signatures, where schemas let anything stand or nobody minds them: a system that looks for its
/// record by name finds it there.
struct Stranger {
    signature: NodeId,
    element: NodeId,
    /// Whether it stands in the SignedProperties, which the signature is over.
    signed: bool,
}

/// What stands in an Object.
struct Held {
    object: NodeId,
    /// Whether text does, which only a reference to all of it covers.
    text: bool,
    elements: Vec<NodeId>,
}

impl<'x> Others<'x> {
    pub fn of(tree: &'x Document<'_>, ids: &Ids<'_>) -> Self {
        let signatures = || tree.descendants().filter(|node| is_ds(*node, "Signature"));
        let holding = signatures().map(Holding::of).filter(|held| !held.objects.is_empty() || !held.outside.is_empty());
        Self {
            root_is_alone: !tree.root().children().any(|node| node.is_pi()),
            holding: holding.collect(),
            strangers: signatures().flat_map(strangers).collect(),
            narrowed: signatures().filter(|signature| is_narrowed(*signature)).map(|node| node.id()).collect(),
            within: signatures().flat_map(|signature| put_into_others(signature, ids)).collect(),
        }
    }

    /// Whether the references of one signature cover what all the others hold and are over; where one of them is to all but that
    /// signature, what those within it do.
    pub fn are_covered(&self, signature: Node<'_, '_>, references: &[Resolved], all_around: bool) -> bool {
        let tree = signature.document();
        let is_inside =
            |id: NodeId| tree.get_node(id).is_some_and(|node| node.ancestors().any(|above| above == signature));
        // The first that is not covered ends the search; where all are, this signature has paid for their octets.
        let whole: HashSet<NodeId> = references.iter().filter_map(|resolved| resolved.content).collect();
        // There may be as many elements as the document has: none of them looks for what is around it.
        let is_covered = |held: &Held| {
            let mut around = tree.get_node(held.object).into_iter().flat_map(|object| object.ancestors());
            around.any(|above| whole.contains(&above.id()))
                || !held.text && held.elements.len() <= whole.len() && held.elements.iter().all(|id| whole.contains(id))
        };
        let own: HashSet<Option<&str>> = references.iter().map(|own| own.reference.uri.as_deref()).collect();
        let is_content = |id: NodeId| {
            tree.get_node(id).is_some_and(|node| node.ancestors().any(|above| whole.contains(&above.id())))
        };
        let others = self.holding.iter().filter(|held| held.signature != signature.id());
        let mut others = others.filter(|other| !all_around || is_inside(other.signature));
        let is_covered_stranger = |stranger: &Stranger| {
            let is_own = stranger.signature == signature.id();
            !is_own && (stranger.signed || all_around && !is_inside(stranger.signature)) || is_content(stranger.element)
        };
        others.all(|other| other.objects.iter().all(is_covered) && other.outside.iter().all(|uri| own.contains(uri)))
            && self.within.iter().all(|id| all_around && !is_inside(*id) || is_content(*id))
            && self.strangers.iter().all(is_covered_stranger)
            && (all_around || self.narrowed.iter().all(|other| *other == signature.id()))
    }
}

impl<'x> Holding<'x> {
    fn of(signature: Node<'x, '_>) -> Self {
        let is_text = |node: &Node<'_, '_>| node.text().is_some_and(|text| node.is_text() && !text.trim().is_empty());
        let held = |object: Node<'_, '_>| {
            let held =
                object.children().filter(|child| child.is_element() && !is_xades(*child, "QualifyingProperties"));
            let elements = held.map(|child| child.id()).collect();
            Held { object: object.id(), text: object.children().any(|child| is_text(&child)), elements }
        };
        let objects = ds_children(signature, "Object").map(held).filter(|held| held.text || !held.elements.is_empty());
        let references = ds_children(signature, "SignedInfo").flat_map(|info| ds_children(info, "Reference"));
        let outside = references.filter(|reference| is_external(*reference)).map(|node| node.attribute("URI"));
        Self { signature: signature.id(), objects: objects.collect(), outside: outside.collect() }
    }
}

/// The outermost elements of other vocabularies in KeyInfo and QualifyingProperties; what else stands in Objects is
/// [`Held`], and a signature in the signature has its own.
fn strangers(signature: Node<'_, '_>) -> Vec<Stranger> {
    let mut found = Vec::new();
    let properties = ds_children(signature, "Object").flat_map(|object| xades_children(object, "QualifyingProperties"));
    let parts = ds_children(signature, "KeyInfo").chain(properties).map(|part| (part, false));
    let mut pending: Vec<(Node<'_, '_>, bool)> = parts.collect();
    while let Some((node, signed)) = pending.pop() {
        for child in node.children().filter(Node::is_element).filter(|child| !is_ds(*child, "Signature")) {
            // Further down they would be anybody's.
            let is_top = || node.parent().and_then(|object| object.parent()) == Some(signature);
            let is_properties = || is_xades(child, "SignedProperties") && is_xades(node, "QualifyingProperties");
            let signed = signed || is_properties() && is_top();
            match is_of_signatures(child) {
                true => pending.push((child, signed)),
                false => found.push(Stranger { signature: signature.id(), element: child.id(), signed }),
            }
        }
    }
    found
}

/// What a signature is over within others without being over these.
fn put_into_others(signature: Node<'_, '_>, ids: &Ids<'_>) -> HashSet<NodeId> {
    let references = ds_children(signature, "SignedInfo").flat_map(|info| ds_children(info, "Reference"));
    let targets = references.filter_map(|reference| {
        let fragment = reference.attribute("URI")?.strip_prefix('#')?;
        signature.document().get_node(ids.get(&named_element(fragment).0).ok()?)
    });
    targets.filter(|target| is_put_into(*target, signature)).map(|target| target.id()).collect()
}

fn is_narrowed(signature: Node<'_, '_>) -> bool {
    let references = ds_children(signature, "SignedInfo").flat_map(|info| ds_children(info, "Reference"));
    let transforms = references.flat_map(|reference| ds_children(reference, "Transforms"));
    let filters = transforms.flat_map(|list| ds_children(list, "Transform")).flat_map(|transform| transform.children());
    filters.filter(Node::is_element).any(|filter| filter.attribute("Filter") == Some("intersect"))
}

/// Whether something within a signature that is not this one is no part of it: a signature over a value, over properties or
/// over KeyInfo is one over a signature, and Objects are looked through by themselves.
fn is_put_into(target: Node<'_, '_>, signature: Node<'_, '_>) -> bool {
    let Some(around) = target.ancestors().skip(1).find(|above| is_ds(*above, "Signature")) else { return false };
    let parts = ["SignedInfo", "SignatureValue", "KeyInfo", "Object"];
    let is_part = target.parent() == Some(around) && parts.into_iter().any(|name| is_ds(target, name));
    around != signature && !is_part && !is_ds(target, "Signature") && !is_any_xades(target)
}
