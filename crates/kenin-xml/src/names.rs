//! Names of XML signatures, and the small steps through a tree that reading them takes.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::{memchr, memchr3_iter};
use roxmltree::Node;

/// XMLDSig (W3C 2000/09).
pub(crate) const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XMLDSig 1.1.
pub(crate) const DS11: &str = "http://www.w3.org/2009/xmldsig11#";
/// XAdES, the namespace of TS 101 903 v1.3.2 that EN 319 132-1 keeps.
pub(crate) const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// What TS 101 903 v1.4.1 added.
pub(crate) const XADES141: &str = "http://uri.etsi.org/01903/v1.4.1#";
/// What EN 319 132-3 added.
const XADES_EVIDENCE_RECORDS: &str = "http://uri.etsi.org/19132/v1.1.1#";
/// What stands in KeyInfo and in transforms beside XMLDSig: RFC 4051, RFC 9231 and exclusive canonicalization; evidence records
/// (RFC 6283).
const BESIDE_XMLDSIG: [&str; 5] = [
    "http://www.w3.org/2001/04/xmldsig-more#",
    "http://www.w3.org/2007/05/xmldsig-more#",
    "http://www.w3.org/2021/04/xmldsig-more#",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "urn:ietf:params:xml:ns:ers",
];
/// Earlier versions, whose names mean the same.
const XADES_EARLIER: [&str; 2] = ["http://uri.etsi.org/01903/v1.1.1#", "http://uri.etsi.org/01903/v1.2.2#"];

/// The Type of a Reference to the SignedProperties (EN 319 132-1 4.4), without the version that v1.1.1 and v1.2.2 put in.
pub(crate) const TYPE_SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";
/// The Type of a Reference to a counter-signed SignatureValue (EN 319 132-1 5.2.7.3).
pub(crate) const TYPE_COUNTERSIGNED: &str = "http://uri.etsi.org/01903#CountersignedSignature";
pub(crate) const TYPE_MANIFEST: &str = "http://www.w3.org/2000/09/xmldsig#Manifest";
pub(crate) const TYPE_OBJECT: &str = "http://www.w3.org/2000/09/xmldsig#Object";

/// Whether the Type of a Reference says SignedProperties, in whatever version.
pub(crate) fn is_signed_properties_type(kind: &str) -> bool {
    kind == TYPE_SIGNED_PROPERTIES
        || kind.strip_prefix("http://uri.etsi.org/01903/v").is_some_and(|rest| rest.ends_with("#SignedProperties"))
}

/// Whether a node is this element of XMLDSig.
pub(crate) fn is_ds(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(DS)
}

/// Whether a node is this element that XMLDSig 1.1 added.
pub(crate) fn is_ds11(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(DS11)
}

/// Whether a node is an element of XAdES, in whatever version.
pub(crate) fn is_any_xades(node: Node<'_, '_>) -> bool {
    let of_xades = |namespace: &str| namespace == XADES || namespace == XADES141 || XADES_EARLIER.contains(&namespace);
    node.is_element() && node.tag_name().namespace().is_some_and(of_xades)
}

/// Whether an element is of a vocabulary that signatures are written in: no record is.
pub(crate) fn is_of_signatures(node: Node<'_, '_>) -> bool {
    let namespace = node.tag_name().namespace().unwrap_or_default();
    is_any_xades(node) || [DS, DS11, XADES_EVIDENCE_RECORDS].contains(&namespace) || BESIDE_XMLDSIG.contains(&namespace)
}

/// Whether a node is this element of XAdES, in whatever version.
pub(crate) fn is_xades(node: Node<'_, '_>, name: &str) -> bool {
    // Most elements have another name, which is short.
    node.tag_name().name() == name && is_any_xades(node)
}

/// Whether a property holds evidence records over the signature (EN 319 132-3).
pub(crate) fn is_sealing_evidence_records(property: Node<'_, '_>) -> bool {
    let name = property.tag_name();
    name.name() == "SealingEvidenceRecords" && name.namespace() == Some(XADES_EVIDENCE_RECORDS)
}

/// The name under which a property is listed: one of another namespace, which the schema allows for, is not of XAdES,
/// whatever its local name.
pub(crate) fn property_name(property: Node<'_, '_>) -> String {
    let name = property.tag_name();
    match name.namespace() {
        Some(namespace) if !is_any_xades(property) => format!("{{{namespace}}}{}", name.name()),
        None => format!("{{}}{}", name.name()),
        Some(_) => name.name().to_owned(),
    }
}

/// The child elements of XMLDSig with this name.
pub(crate) fn ds_children<'n, 't>(node: Node<'n, 't>, name: &'static str) -> impl Iterator<Item = Node<'n, 't>> {
    node.children().filter(move |child| is_ds(*child, name))
}

/// The first of them.
pub(crate) fn ds_child<'n, 't>(node: Node<'n, 't>, name: &'static str) -> Option<Node<'n, 't>> {
    ds_children(node, name).next()
}

/// The child elements of XAdES with this name.
pub(crate) fn xades_children<'n, 't>(node: Node<'n, 't>, name: &'static str) -> impl Iterator<Item = Node<'n, 't>> {
    node.children().filter(move |child| is_xades(*child, name))
}

/// The first of them.
pub(crate) fn xades_child<'n, 't>(node: Node<'n, 't>, name: &'static str) -> Option<Node<'n, 't>> {
    xades_children(node, name).next()
}

/// The element of XAdES that these steps lead to.
pub(crate) fn xades_path<'n, 't>(node: Node<'n, 't>, names: &[&'static str]) -> Option<Node<'n, 't>> {
    names.iter().try_fold(node, |at, name| xades_child(at, name))
}

/// The text directly within an element, comments left out; borrowed where it is in one piece.
pub(crate) fn text<'n>(node: Node<'n, '_>) -> Cow<'n, str> {
    let mut pieces = node.children().filter(|child| child.is_text()).filter_map(|child| child.text());
    let first = pieces.next().unwrap_or_default();
    match pieces.next() {
        None => Cow::Borrowed(first),
        Some(second) => [first, second].into_iter().chain(pieces).collect(),
    }
}

/// As [`text`], without white space around it.
pub(crate) fn token(node: Node<'_, '_>) -> String {
    text(node).trim_matches(is_space).to_owned()
}

/// The Algorithm attribute.
pub(crate) fn algorithm<'n>(node: Node<'n, '_>) -> &'n str {
    node.attribute("Algorithm").unwrap_or_default()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The alphabet and padding of base64Binary. Its tables are made when kenin is built, not for each value.
static BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// base64Binary (XML Schema part 2 3.2.16): white space may stand anywhere.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    // Line by line, since certificates and lists are long; no line ends with a tab but by hand.
    let octets = text.as_bytes();
    let mut packed = Vec::with_capacity(octets.len());
    let mut start = 0;
    for end in memchr3_iter(b'\n', b'\r', b' ', octets).chain([octets.len()]) {
        packed.extend_from_slice(octets.get(start..end).unwrap_or_default());
        start = end + 1;
    }
    if memchr(b'\t', &packed).is_some() {
        packed.retain(|octet| *octet != b'\t');
    }
    BASE64.decode(packed).ok()
}

/// An XML timestamp, certificate reference or the like names its digest so.
pub(crate) fn digest_value(node: Node<'_, '_>) -> Option<(kenin_facts::DigestFact, Vec<u8>)> {
    // Version 1.1.1 of XAdES has the two in its own namespace.
    let child = |name| ds_child(node, name).or_else(|| xades_child(node, name));
    let method = child("DigestMethod")?;
    let value = base64(&text(child("DigestValue")?))?;
    Some((crate::algorithms::digest_fact(algorithm(method)), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_white_space_and_without_slack() {
        assert_eq!(base64(" A\tQ\r\nI= "), Some(vec![1, 2]));
        assert_eq!(base64("AQI"), None);
        assert_eq!(base64("AQJ="), None, "bits that no octet has");
        assert_eq!(base64("AQ!="), None);
    }
}
