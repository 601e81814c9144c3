//! XML and its canonical forms.

use kenin_base::Budget;
use kenin_xml::{Canonicalization, NodeSet, XmlDocument, canonicalize, decode};
use roxmltree::{Node, NodeId};

/// Subtrees of a document that are made canonical.
const SUBTREES: usize = 4;

const METHODS: [&str; 6] = [
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
];

/// A document that is read is read alike again; each node lies in the text, within its parent.
pub fn xml(data: &[u8]) {
    let Ok(text) = decode(data) else { return };
    let Ok(document) = XmlDocument::parse(&Budget::default(), &text) else { return };
    assert_eq!(document.text(), &*text, "the text stays as it is");
    let again = XmlDocument::parse(&Budget::default(), &text).expect("it was read before");
    assert_eq!(described(&document), described(&again), "reading repeats");
    for node in document.tree().descendants() {
        let range = node.range();
        assert!(text.get(range.clone()).is_some(), "{range:?} of {} octets", text.len());
        if let Some(parent) = node.parent().map(|parent| parent.range()) {
            assert!(parent.start <= range.start && range.end <= parent.end, "{range:?} within {parent:?}");
        }
    }
}

/// A word for each node.
fn described(document: &XmlDocument<'_>) -> Vec<(usize, String)> {
    let describe = |node: Node<'_, '_>| {
        let attributes = node.attributes().map(|a| format!(" {:?}{}={:?}", a.namespace(), a.name(), a.value()));
        let attributes: String = attributes.collect();
        (node.range().start, format!("{:?} {:?}{attributes} {:?}", node.node_type(), node.tag_name(), node.text()))
    };
    document.tree().descendants().map(describe).collect()
}

/// By each method, the whole and some subtrees: what comes out is XML again, of which the same comes out again.
pub fn c14n(data: &[u8]) {
    let Ok(text) = decode(data) else { return };
    let Ok(document) = XmlDocument::parse(&Budget::default(), &text) else { return };
    for method in METHODS {
        let method = Canonicalization::from_uri(method).expect("a known method");
        if let Some(octets) = canonical(&document, &NodeSet::document(), &method) {
            repeats(&octets, &method);
        }
        for apex in subtrees(&document, data) {
            if let Some(octets) = canonical(&document, &NodeSet::subtree(apex), &method) {
                repeats(&octets, &method);
            }
            let rest = NodeSet::document().without(apex);
            let _ = canonical(&document, &rest.keep_comments(false), &method);
        }
    }
}

/// `None` where a namespace is relative, or a budget is reached.
fn canonical(document: &XmlDocument<'_>, nodes: &NodeSet, method: &Canonicalization) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut sink = |piece: &[u8]| octets.extend_from_slice(piece);
    canonicalize(document, nodes, method, &Budget::default(), &mut sink).ok()?;
    Some(octets)
}

fn repeats(octets: &[u8], method: &Canonicalization) {
    let text = std::str::from_utf8(octets).expect("canonical octets are UTF-8");
    let budget = Budget::default();
    let document = match XmlDocument::parse(&budget, text) {
        Ok(document) => document,
        // References are longer than the characters that they stand for.
        Err(error) if budget.reached().is_some() || matches!(error, kenin_xml::XmlError::Limit(_)) => return,
        Err(error) => panic!("canonical octets are no XML: {error}"),
    };
    let again = canonical(&document, &NodeSet::document(), method);
    assert!(again.is_none_or(|again| again == octets), "canonical octets are their own canonical octets");
}

/// Some elements, by the input.
fn subtrees(document: &XmlDocument<'_>, data: &[u8]) -> Vec<NodeId> {
    let elements: Vec<NodeId> = document.tree().descendants().filter(Node::is_element).map(|node| node.id()).collect();
    let places =
        data.rchunks(2).take(SUBTREES).map(|pair| pair.iter().fold(0, |n, octet| n << 8 | usize::from(*octet)));
    places.filter_map(|place| elements.get(place.checked_rem(elements.len())?).copied()).collect()
}
