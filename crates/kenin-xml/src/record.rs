//! Records whose signatures each have a part of their own: prescriptions and dispensing records of the electronic
//! prescription service (電子処方箋管理サービス), by the structure of its published schemas.

use kenin_base::{Finding, FindingCode};
use kenin_facts::RecordPart;
use roxmltree::{Node, NodeId};

use crate::names::path;

/// A place for a signature: the elements from the root down to the one that holds it, and the element beside that one which
/// it signs.
struct Place {
    holder: &'static [&'static str],
    signs: &'static str,
    part: RecordPart,
}

const PLACES: [Place; 3] = [
    Place {
        holder: &["Document", "Prescription", "PrescriptionSign"],
        signs: "PrescriptionDocument",
        part: RecordPart::Prescription,
    },
    // A dispensing record repeats the prescription with its signature.
    Place {
        holder: &["Document", "Dispensing", "ReferencePrescription", "PrescriptionSign"],
        signs: "PrescriptionDocument",
        part: RecordPart::Prescription,
    },
    Place { holder: &["Document", "DispensingSign"], signs: "Dispensing", part: RecordPart::Dispensing },
];

/// The part that a signature is for, told by the element it stands in, and the element that it then has to cover: `None` where
/// that is not where readers look, or is not the only one there.
pub(crate) fn part_of<'n, 't>(signature: Node<'n, 't>) -> Option<(RecordPart, Option<Node<'n, 't>>)> {
    let plain = |node: &Node<'_, '_>| node.is_element() && node.tag_name().namespace().is_none();
    let holder = signature.parent_element()?;
    let mut names: Vec<&str> = holder.ancestors().filter(plain).map(|above| above.tag_name().name()).collect();
    names.reverse();
    let all = holder.ancestors().filter(Node::is_element).count();
    let is_record = names.first() == Some(&"Document") && names.len() == all;
    let by_name = PLACES.iter().find(|place| place.holder.last() == names.last())?;
    if !is_record {
        return None;
    }
    let Some(place) = PLACES.iter().find(|place| place.holder == names.as_slice()) else {
        return Some((by_name.part, None));
    };
    let is_signed = |node: &Node<'_, '_>| plain(node) && node.tag_name().name() == place.signs;
    let mut beside = holder.parent_element()?.children().filter(is_signed);
    let first = beside.next();
    // Two of them, and nobody knows which a reader takes.
    Some((place.part, first.filter(|_| beside.next().is_none())))
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
