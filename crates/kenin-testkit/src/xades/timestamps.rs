//! Timestamps among the properties, and the octets that each is over.

use super::algorithms::base64;
use super::canonical::{Canonicalization, canonical};
use super::element::{Element, Namespace, Path};
use super::reference::SIGNED_PROPERTIES;
use super::signature::{Names, SignatureSpec};

/// What a timestamp is over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// The data objects (AllDataObjectsTimeStamp, EN 319 132-1 5.2.8.1).
    DataObjects,
    /// SignatureValue (SignatureTimeStamp, EN 319 132-1 5.3).
    Signature,
    /// SignatureValue, its timestamps and the references to evidence (SigAndRefsTimeStamp, TS 101 903 7.5.1).
    SignatureAndReferences,
    /// The references to evidence (RefsOnlyTimeStamp, TS 101 903 7.5.2).
    References,
    /// Everything before (ArchiveTimeStamp of either namespace, TS 101 903 v1.3.2 7.7, EN 319 132-1 5.5.2).
    Archive,
}

/// The octets that a timestamp added next would be over.
#[must_use]
pub fn imprint(document: &Element, spec: &SignatureSpec, covered: Covered, method: Canonicalization) -> Vec<u8> {
    let desk = Desk { document, signature: document.path_to(spec.id), spec, method };
    match covered {
        Covered::DataObjects => desk.data_objects(),
        Covered::Signature => desk.part("SignatureValue"),
        Covered::SignatureAndReferences => {
            let kinds = ["SignatureTimeStamp", "CompleteCertificateRefs", "CompleteRevocationRefs"];
            [desk.part("SignatureValue"), desk.unsigned(|local| kinds.contains(&local))].concat()
        }
        Covered::References => {
            desk.unsigned(|local| matches!(local, "CompleteCertificateRefs" | "CompleteRevocationRefs"))
        }
        Covered::Archive => desk.archive(),
    }
}

/// A timestamp property with the Id `id`; `method` is its CanonicalizationMethod when it names one.
#[must_use]
pub fn timestamp(
    names: Names,
    (namespace, local): (Namespace, &str),
    id: &str,
    method: Option<Canonicalization>,
    token: &[u8],
) -> Element {
    let method = method.map(|method| Element::new(names.ds, "CanonicalizationMethod").with("Algorithm", method.uri()));
    let token = Element::new(names.xades, "EncapsulatedTimeStamp").text(&base64(token));
    Element::new(namespace, local).with("Id", id).children(method).child(token)
}

struct Desk<'a> {
    document: &'a Element,
    signature: Path,
    spec: &'a SignatureSpec<'a>,
    method: Canonicalization,
}

impl Desk<'_> {
    fn canonical(&self, path: &Path) -> Vec<u8> {
        canonical(self.document, path, self.method, None)
    }

    /// A child of Signature; nothing when it is absent.
    fn part(&self, local: &str) -> Vec<u8> {
        let signature = self.document.at(&self.signature);
        if signature.elements().any(|element| element.local == local) {
            self.canonical(&self.document.path_below(&self.signature, &[local]))
        } else {
            Vec::new()
        }
    }

    /// What the references digest, in order, but for SignedProperties.
    fn data_objects(&self) -> Vec<u8> {
        let data = self.spec.references.iter().filter(|reference| reference.kind != Some(SIGNED_PROPERTIES));
        data.flat_map(|reference| reference.octets(self.document, &self.signature, self.method)).collect()
    }

    /// The unsigned signature properties whose local name `wanted` takes, in order of appearance.
    fn unsigned(&self, wanted: impl Fn(&str) -> bool) -> Vec<u8> {
        let qualifying = self.spec.qualifying_path(self.document);
        let path = self.document.path_below(&qualifying, &["UnsignedProperties", "UnsignedSignatureProperties"]);
        let properties = self.document.at(&path).elements().enumerate();
        let wanted = properties.filter(|(_, element)| wanted(&element.local));
        wanted.flat_map(|(index, _)| self.canonical(&[path.as_slice(), &[index]].concat())).collect()
    }

    /// TS 101 903 v1.4.2 8.2.1: the references, SignedInfo, SignatureValue, KeyInfo, the unsigned signature properties,
    /// and every Object that neither holds QualifyingProperties nor is referenced.
    fn archive(&self) -> Vec<u8> {
        let referenced =
            self.spec.references.iter().map(|reference| reference.octets(self.document, &self.signature, self.method));
        let mut out = referenced.collect::<Vec<_>>().concat();
        for local in ["SignedInfo", "SignatureValue", "KeyInfo"] {
            out.extend(self.part(local));
        }
        out.extend(self.unsigned(|_| true));
        let children = self.document.at(&self.signature).elements().enumerate();
        for (index, element) in children.filter(|(_, element)| element.local == "Object") {
            let is_referenced =
                self.spec.references.iter().any(|reference| {
                    reference.uri.strip_prefix('#').is_some_and(|id| element.attribute("Id") == Some(id))
                });
            if !is_referenced && element.elements().all(|child| child.local != "QualifyingProperties") {
                out.extend(self.canonical(&[self.signature.as_slice(), &[index]].concat()));
            }
        }
        out
    }
}
