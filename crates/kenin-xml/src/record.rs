//! Records whose signatures each have a part of their own: prescriptions and dispensing records of the electronic
//! prescription service (電子処方箋管理サービス), by the structure of its published schemas.

use kenin_base::{Finding, FindingCode};
use kenin_facts::RecordPart;
use roxmltree::{Node, NodeId};

use crate::names::path;

/// The elements that hold a signature, and the element beside each of them or above that is what it signs.
const PARTS: [(&str, &str, RecordPart); 2] = [
    ("PrescriptionSign", "PrescriptionDocument", RecordPart::Prescription),
    ("DispensingSign", "Dispensing", RecordPart::Dispensing),
];

/// The part that a signature is for, told by the element it stands in, and the element that it then has to cover.
pub(crate) fn part_of<'n, 't>(signature: Node<'n, 't>) -> Option<(RecordPart, Option<Node<'n, 't>>)> {
    let holder = signature.parent_element().filter(|parent| parent.tag_name().namespace().is_none())?;
    let (_, signed, part) = PARTS.iter().find(|(name, _, _)| holder.tag_name().name() == *name)?;
    let root = signature.document().root_element();
    if root.tag_name().name() != "Document" || root.tag_name().namespace().is_some() {
        return None;
    }
    let is_signed = |node: &Node<'_, '_>| {
        node.is_element() && node.tag_name().name() == *signed && node.tag_name().namespace().is_none()
    };
    let beside = holder.parent_element().into_iter().flat_map(|parent| parent.children().filter(is_signed));
    let mut beside = beside.peekable();
    let first = beside.next();
    // Two of them, and nobody knows which a reader takes.
    Some((*part, first.filter(|_| beside.peek().is_none())))
}

/// A signature in the place for a part of the record has to cover that part where readers look for it: one that covers a
/// look-alike elsewhere is wrapping.
pub(crate) fn check(signed: Option<Node<'_, '_>>, covered: &[NodeId]) -> Option<Finding> {
    match signed {
        Some(signed) if covered.contains(&signed.id()) => None,
        Some(signed) => Some(Finding::new(FindingCode::RecordPartNotCovered).about(path(signed))),
        None => Some(Finding::new(FindingCode::RecordPartNotCovered)),
    }
}
