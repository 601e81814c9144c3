//! The unsigned properties of XAdES (EN 319 132-1 5.3 to 5.5, annex A): certificates, revocation data and timestamps, each
//! kept with the property it lies in.

use foldhash::HashMap;
use kenin_base::{Finding, Resource, Sha256};
use kenin_cms::Observer;
use kenin_facts::EvidenceSource;
use roxmltree::{Node, NodeId};

use crate::evidence::{self, Kind};
use crate::findings::of_limit;
use crate::names::{is_xades, property_name};

/// What one property holds.
pub(crate) struct Property<'n, 't> {
    pub element: Node<'n, 't>,
    /// Certificates and revocation data.
    pub evidence: Vec<Sha256>,
}

/// The unsigned signature properties in document order.
#[derive(Default)]
pub(crate) struct Properties<'n, 't> {
    pub all: Vec<Property<'n, 't>>,
    /// Where each is among them.
    places: HashMap<NodeId, usize>,
}

/// Nodes of [`Resource::XmlNodes`] that what is kept of an element counts for: it takes more room than the element.
pub(crate) const KEPT: u64 = 16;

impl<'n, 't> Properties<'n, 't> {
    /// Takes the certificates and revocation data of every property into the evidence.
    pub fn take(
        observer: &mut Observer<'_>,
        properties: Option<Node<'n, 't>>,
        id: &str,
        out: &mut Vec<Finding>,
    ) -> Self {
        let source = EvidenceSource::UnsignedAttribute { signature: id.to_owned() };
        let elements = properties.into_iter().flat_map(|properties| properties.children()).filter(Node::is_element);
        let mut taken = Self::default();
        let mut noticed = Vec::new();
        for element in elements {
            if let Err(limit) = observer.budget().spend(Resource::XmlNodes, KEPT) {
                out.push(of_limit(limit, "UnsignedSignatureProperties"));
                break;
            }
            taken.places.insert(element.id(), taken.all.len());
            taken.all.push(Property { element, evidence: values(observer, element, &source, &mut noticed) });
        }
        noticed.into_iter().for_each(|finding| observer.add_finding(finding));
        taken
    }

    /// Whether an element is one of them.
    pub fn has(&self, element: NodeId) -> bool {
        self.places.contains_key(&element)
    }

    /// The names, in order.
    pub fn names(&self) -> Vec<String> {
        self.all.iter().map(|property| property_name(property.element)).collect()
    }

    /// Those before an element of theirs.
    pub fn before(&self, element: NodeId) -> &[Property<'n, 't>] {
        let end = self.places.get(&element).copied().unwrap_or(self.all.len());
        self.all.get(..end).unwrap_or_default()
    }
}

/// EncapsulatedX509Certificate, EncapsulatedCRLValue and EncapsulatedOCSPValue (EN 319 132-1 5.4), wherever a property has
/// them but in a counter-signature, which takes its own.
fn values(
    observer: &mut Observer<'_>,
    property: Node<'_, '_>,
    source: &EvidenceSource,
    out: &mut Vec<Finding>,
) -> Vec<Sha256> {
    let mut taken = Vec::new();
    if is_xades(property, "CounterSignature") {
        return taken;
    }
    for value in property.descendants() {
        let kind = match () {
            () if is_xades(value, "EncapsulatedX509Certificate") => Kind::Certificate,
            () if is_xades(value, "EncapsulatedCRLValue") => Kind::Crl,
            () if is_xades(value, "EncapsulatedOCSPValue") => Kind::Ocsp,
            () => continue,
        };
        match evidence::take(observer, (value, kind), source, out) {
            Ok(key) => taken.extend(key),
            Err(limit) => {
                out.push(of_limit(limit, property.tag_name().name()));
                break;
            }
        }
    }
    taken
}
