//! Where an element is, for people.

use std::cell::RefCell;

use foldhash::HashMap;
use roxmltree::{Node, NodeId};

use crate::names::{DS, is_any_xades};

/// Characters of a name that are shown: a document may give all its signatures and references a name of megabytes.
const LONGEST: usize = 64;

/// The paths of one document's elements, in the form of an XPath: the names of the ancestors and its own, with a position from
/// the second of one name on. Names of XMLDSig have the prefix `ds`, those of XAdES `xades`; others stand as they are.
#[derive(Default)]
pub(crate) struct Paths {
    /// Of each parent that was asked about, the child elements in document order, each with its position among those of its
    /// name: counted once, not for each of a million siblings.
    positions: RefCell<HashMap<NodeId, Vec<(NodeId, usize)>>>,
}

impl Paths {
    pub fn of(&self, node: Node<'_, '_>) -> String {
        let mut steps: Vec<String> = node.ancestors().filter(Node::is_element).map(|node| self.step(node)).collect();
        steps.push(String::new());
        steps.reverse();
        steps.join("/")
    }

    fn step(&self, node: Node<'_, '_>) -> String {
        let name = shortened(node.tag_name().name());
        let name = match node.tag_name().namespace() {
            Some(DS) => format!("ds:{name}"),
            _ if is_any_xades(node) => format!("xades:{name}"),
            _ => name,
        };
        match self.position(node) {
            1 => name,
            position => format!("{name}[{position}]"),
        }
    }

    fn position(&self, node: Node<'_, '_>) -> usize {
        let Some(parent) = node.parent() else { return 1 };
        let mut known = self.positions.borrow_mut();
        let children = known.entry(parent.id()).or_insert_with(|| positions(parent));
        let at = children.binary_search_by_key(&node.id().get(), |(child, _)| child.get()).ok();
        at.and_then(|at| children.get(at)).map_or(1, |(_, position)| *position)
    }
}

fn positions(parent: Node<'_, '_>) -> Vec<(NodeId, usize)> {
    let mut counts: HashMap<(Option<*const u8>, &str), usize> = HashMap::default();
    let elements = parent.children().filter(Node::is_element);
    let counted = elements.map(|child| {
        let name = child.tag_name();
        // The tree has each namespace once, so that its place tells it, however long it is.
        let count = counts.entry((name.namespace().map(str::as_ptr), name.name())).or_default();
        *count = count.saturating_add(1);
        (child.id(), *count)
    });
    counted.collect()
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::is_ds;

    #[test]
    fn a_path_tells_elements_of_one_name_apart() {
        let text = format!("<a xmlns:x='{DS}'><b/><b><x:Signature/></b><x:b xmlns:x='urn:b'><c/></x:b></a>");
        let tree = roxmltree::Document::parse(&text).unwrap();
        let paths = Paths::default();
        let signature = tree.descendants().find(|node| is_ds(*node, "Signature")).unwrap();
        assert_eq!(paths.of(signature), "/a/b[2]/ds:Signature");
        let other = tree.descendants().find(|node| node.has_tag_name("c")).unwrap();
        assert_eq!(paths.of(other), "/a/b/c");
    }

    #[test]
    fn a_long_name_is_cut() {
        let text = format!("<{}/>", "検".repeat(1_000));
        let tree = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(Paths::default().of(tree.root_element()), format!("/{}…", "検".repeat(64)));
    }
}
