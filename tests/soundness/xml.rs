//! What XML signatures cover, by the references that they have (XMLDSig 1.1 4.4.3), without kenin: as roxmltree reads the
//! document.
//!
//! Canonicalization leaves out how a document is written. What is compared is what it says: names with their namespaces,
//! attributes in order, texts and processing instructions. That is less than canonical octets have (prefixes, namespaces that
//! nothing uses), so that what is found changed is changed.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::{Document, Node, NodeType};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";

/// Something that a signature covers.
enum Part<'n, 'i> {
    /// A node with what is in it, but for a signature.
    Node(Node<'n, 'i>, Option<Node<'n, 'i>>),
    /// The text in it, without white space.
    Text(Node<'n, 'i>),
}

/// Where what is covered lies in UTF-8; nowhere in other encodings.
pub fn covered(document: &[u8]) -> Vec<Range<usize>> {
    let Some((text, mark)) = utf8(document) else { return Vec::new() };
    let Ok(tree) = Document::parse(text) else { return Vec::new() };
    let ranges = parts(&tree).into_iter().flat_map(|part| match part {
        Part::Node(node, Some(without)) => {
            vec![node.range().start..without.range().start, without.range().end..node.range().end]
        }
        Part::Node(node, None) | Part::Text(node) => vec![node.range()],
    });
    ranges.map(|range| range.start + mark..range.end + mark).collect()
}

/// What is signed; `None` of what is no XML.
pub fn signed(document: &[u8]) -> Option<String> {
    let (text, _) = utf8(document)?;
    let tree = Document::parse(text).ok()?;
    let mut signed = String::new();
    for part in parts(&tree) {
        match part {
            Part::Node(node, without) => describe(node, without, &mut signed),
            Part::Text(node) => {
                let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
                signed.extend(texts.flat_map(str::chars).filter(|c| !c.is_ascii_whitespace()));
            }
        }
        signed.push('\n');
    }
    Some(signed)
}

/// The text, and how long its byte order mark is.
fn utf8(document: &[u8]) -> Option<(&str, usize)> {
    let text = std::str::from_utf8(document).ok()?;
    Some(text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8())))
}

fn is_ds(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(DS)
}

fn child<'n, 'i>(node: Node<'n, 'i>, name: &str) -> Option<Node<'n, 'i>> {
    node.children().find(|child| is_ds(child, name))
}

/// What every signature covers that is in no other: those within are counter-signatures, without which a document may do.
fn parts<'n, 'i>(tree: &'n Document<'i>) -> Vec<Part<'n, 'i>> {
    let signatures = tree.descendants().filter(|node| is_ds(node, "Signature"));
    let outermost = signatures.filter(|node| !node.ancestors().skip(1).any(|above| is_ds(&above, "Signature")));
    outermost.flat_map(of_signature).collect()
}

fn of_signature<'n, 'i>(signature: Node<'n, 'i>) -> Vec<Part<'n, 'i>> {
    let (Some(info), Some(value)) = (child(signature, "SignedInfo"), child(signature, "SignatureValue")) else {
        return Vec::new();
    };
    let mut parts = vec![Part::Node(info, None), Part::Text(value)];
    let mut references: Vec<Node<'_, '_>> = info.children().filter(|node| is_ds(node, "Reference")).collect();
    while let Some(reference) = references.pop() {
        let Some(part) = referenced(signature, reference) else { continue };
        if let Part::Node(node, None) = &part {
            let members = node.children().filter(|member| is_ds(node, "Manifest") && is_ds(member, "Reference"));
            references.extend(members);
        }
        parts.push(part);
    }
    parts
}

/// What a reference covers of the document; `None` where transforms take an unknown part of it.
fn referenced<'n, 'i>(signature: Node<'n, 'i>, reference: Node<'n, 'i>) -> Option<Part<'n, 'i>> {
    let fragment = reference.attribute("URI")?;
    let node = match fragment.strip_prefix('#') {
        None if fragment.is_empty() => signature.document().root(),
        None => return None,
        Some("xpointer(/)") => signature.document().root(),
        Some(pointer) => {
            let quoted = pointer.strip_prefix("xpointer(id(").and_then(|rest| rest.strip_suffix("))"));
            let id = quoted.map_or(pointer, |quoted| quoted.trim_matches(['\'', '"']));
            let mut all = signature.document().descendants().filter(|node| has_id(node, id));
            all.next().filter(|_| all.next().is_none())?
        }
    };
    let transforms = child(reference, "Transforms");
    let (mut without, mut is_text) = (None, false);
    for transform in transforms.into_iter().flat_map(|all| all.children()).filter(Node::is_element) {
        match transform.attribute("Algorithm")? {
            ENVELOPED => without = Some(signature).filter(|signature| signature.ancestors().any(|above| above == node)),
            BASE64 => is_text = true,
            method if method.contains("c14n") => {}
            _ => return None,
        }
    }
    Some(if is_text { Part::Text(node) } else { Part::Node(node, without) })
}

fn has_id(node: &Node<'_, '_>, id: &str) -> bool {
    let mut named = node.attributes().filter(|attribute| attribute.value() == id);
    named.any(|attribute| match attribute.namespace() {
        None => matches!(attribute.name(), "Id" | "ID" | "id"),
        Some(namespace) => namespace == XML && attribute.name() == "id",
    })
}

/// What a subtree says, in order.
fn describe(apex: Node<'_, '_>, without: Option<Node<'_, '_>>, out: &mut String) {
    let depth = |node: &Node<'_, '_>| node.ancestors().count();
    let left_out = without.map(|without| without.range());
    let mut text = String::new();
    for node in apex.descendants() {
        if left_out.as_ref().is_some_and(|out| out.start <= node.range().start && node.range().end <= out.end) {
            continue;
        }
        match node.node_type() {
            // Beside a reference roxmltree leaves a CR as it is; comments part texts that are one.
            NodeType::Text => {
                text.extend(node.text().unwrap_or_default().chars().filter(|c| !matches!(c, '\r' | '\n')))
            }
            NodeType::Comment | NodeType::Root => {}
            NodeType::Element => {
                let mut attributes: Vec<_> =
                    node.attributes().map(|a| (a.namespace(), a.name().to_owned(), a.value().to_owned())).collect();
                attributes.sort();
                let name = node.tag_name();
                write!(out, "{text:?}<{} {:?}{} {attributes:?}", depth(&node), name.namespace(), name.name()).unwrap();
                text.clear();
            }
            NodeType::PI => {
                write!(out, "{text:?}?{} {:?}", depth(&node), node.pi().map(|pi| (pi.target, pi.value))).unwrap();
                text.clear();
            }
        }
    }
    write!(out, "{text:?}").unwrap();
}
