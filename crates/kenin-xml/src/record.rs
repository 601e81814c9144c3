//! Records whose signatures each have a part of their own: prescriptions and dispensing records of the electronic
//! prescription service (電子処方箋管理サービス), by the structure of its published schemas.

use std::cell::RefCell;

use foldhash::HashMap;
use kenin_base::{Finding, FindingCode};
use kenin_facts::RecordPart;
use roxmltree::{Node, NodeId};

use crate::names::is_ds;
use crate::paths::Paths;

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

/// What signatures in the places of one document have to cover: looked for once, not for each signature.
#[derive(Default)]
pub(crate) struct Places {
    /// By the element in which a place lies, and what is signed there.
    signed: RefCell<HashMap<(NodeId, &'static str), Option<NodeId>>>,
}

impl Places {
    /// The one child of this name. Of two, nobody knows which a reader takes, who may go by local names alone.
    fn only<'n, 't>(&self, parent: Node<'n, 't>, name: &'static str) -> Option<Node<'n, 't>> {
        let mut known = self.signed.borrow_mut();
        let found = known.entry((parent.id(), name)).or_insert_with(|| {
            let mut all = parent.children().filter(|node| node.is_element() && node.tag_name().name() == name);
            let first = all.next();
            first.filter(plain).filter(|_| all.next().is_none()).map(|node| node.id())
        });
        found.and_then(|found| parent.document().get_node(found))
    }
}

fn plain(node: &Node<'_, '_>) -> bool {
    node.is_element() && node.tag_name().namespace().is_none()
}

/// The part that a signature is for, told by the element it stands in, and the element that it then has to cover: `None` where
/// that is not where readers look, or is not the only one there.
pub(crate) fn part_of<'n, 't>(signature: Node<'n, 't>, places: &Places) -> Option<(RecordPart, Option<Node<'n, 't>>)> {
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
    // Of two elements of one name on the way down, nobody knows which a reader takes.
    let mut way = holder.ancestors().take(place.holder.len().saturating_sub(1)).zip(place.holder.iter().rev());
    let is_only = |(node, name): (Node<'n, 't>, &&'static str)| {
        node.parent_element().is_some_and(|parent| places.only(parent, name) == Some(node))
    };
    if !way.all(is_only) {
        return Some((place.part, None));
    }
    Some((place.part, places.only(holder.parent_element()?, place.signs)))
}

/// The parts of a record that should have a signature and have none: what is in a prescription or was dispensed is then anybody's
/// word, however good the other signatures are. A paper prescription that a dispensing record repeats has none.
pub(crate) fn unsigned_parts(root: Node<'_, '_>) -> Vec<Finding> {
    if !plain(&root) || root.tag_name().name() != "Document" {
        return Vec::new();
    }
    let named = |parent: Node<'_, '_>, name: &str| {
        let all = parent.children().filter(|node| node.is_element() && node.tag_name().name() == name);
        all.map(|node| node.id()).collect::<Vec<_>>()
    };
    let child = |parent: Node<'_, '_>, name: &str| named(parent, name).first().copied();
    let step = |id: Option<NodeId>, name: &str| child(root.document().get_node(id?)?, name);
    let along = |steps: &[&str]| steps.iter().try_fold(root.id(), |at, name| step(Some(at), name));
    let is_signed = |holder: NodeId| {
        root.document().get_node(holder).is_some_and(|holder| holder.children().any(|node| is_ds(node, "Signature")))
    };
    // A second element in a place: one is signed at best.
    let is_twice = |place: &Place| {
        let mut above = Some(root.id());
        let mut names: Vec<&str> = place.holder.get(1..).unwrap_or_default().to_vec();
        if place.holder.len() == 2 {
            names = vec![place.signs];
        }
        names.iter().any(|name| {
            let Some(parent) = above.and_then(|above| root.document().get_node(above)) else { return false };
            let all = named(parent, name);
            above = all.first().copied();
            all.len() > 1
        })
    };
    let unsigned = |place: &&Place| {
        if is_twice(place) {
            return true;
        }
        let Some((holder, above)) = place.holder.get(1..).and_then(|steps| steps.split_last()) else { return false };
        let record = along(above);
        let holder = step(record, holder);
        let is_there = match above.contains(&"ReferencePrescription") {
            true => holder.is_some(),
            false => step(record, place.signs).is_some(),
        };
        is_there && !holder.is_some_and(is_signed)
    };
    let finding =
        |place: &Place| Finding::new(FindingCode::RecordPartUnsigned).about(format!("/{}", place.holder.join("/")));
    PLACES.iter().filter(unsigned).map(finding).collect()
}

/// A signature in the place for a part of the record has to cover that part where readers look for it: one that covers a
/// look-alike elsewhere is wrapping.
pub(crate) fn check(signed: Option<Node<'_, '_>>, is_covered: bool, paths: &Paths) -> Option<Finding> {
    let finding = Finding::new(FindingCode::RecordPartNotCovered);
    match signed {
        Some(_) if is_covered => None,
        Some(signed) => Some(finding.about(paths.of(signed))),
        None => Some(finding),
    }
}
