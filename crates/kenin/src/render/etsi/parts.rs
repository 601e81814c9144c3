//! Pieces that stand in several places.

use kenin_base::{Sha256, UtcTime};

use super::element::Element;
use super::names::{SHA256, date_time, digest_algorithm};
use crate::report::DigestReport;

/// An element of type DigestAlgAndValueType.
pub fn digest(name: &'static str, digest: &DigestReport) -> Element {
    Element::new(name).of(digest_parts(&digest_algorithm(&digest.algorithm), digest.value.as_slice()))
}

/// The same for a SHA-256 digest.
pub fn sha256(name: &'static str, digest: &Sha256) -> Element {
    Element::new(name).of(digest_parts(SHA256, digest.as_bytes()))
}

/// ds:DigestMethod and ds:DigestValue.
pub fn digest_parts(algorithm: &str, value: &[u8]) -> [Element; 2] {
    [Element::new("ds:DigestMethod").with("Algorithm", algorithm), Element::text("ds:DigestValue", &base64(value))]
}

/// A reference to one or more objects; none without one.
pub fn reference<'i>(name: &'static str, ids: impl IntoIterator<Item = &'i str>) -> Option<Element> {
    let ids: Vec<&str> = ids.into_iter().collect();
    (!ids.is_empty()).then(|| Element::new(name).with("VOReference", ids.join(" ")))
}

/// A time; none for one that xs:dateTime does not have.
pub fn time(name: &'static str, time: UtcTime) -> Option<Element> {
    date_time(time).map(|text| Element::text(name, &text))
}

/// An element of type TypedDataType.
pub fn typed(name: &'static str, kind: &str, value: Element) -> Element {
    Element::new(name).of([Element::text("Type", kind), value])
}

/// Octets in base64.
pub fn base64(octets: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(octets)
}
