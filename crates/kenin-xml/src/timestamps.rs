//! The timestamps of XAdES: what each is made over, and what it proves to have existed.

use std::collections::{BTreeSet, HashSet};

use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded, Resource, Sha256};
use kenin_cms::{Observer, observe_embedded};
use kenin_crypto::MultiDigest;
use kenin_facts::{Covered, EvidenceKind, EvidenceSource, Signature, Timestamp, TimestampKind, XmlReferenceKind};
use roxmltree::{Node, NodeId};

use crate::NodeSet;
use crate::canonical::{Canonicalization, canonicalize};
use crate::findings::{malformed, of_limit};
use crate::names::{base64, digest_value, is_any_xades, is_xades, text, xades_children, xades_path};
use crate::parts::{Parts, own_canonicalization};
use crate::reference::{Resolved, Surroundings};
use crate::transform::{Refused, canonicalization, write};
use crate::unsigned_properties::{Properties, Property};

/// The references to certificates and revocation data that two timestamps are over (TS 101 903 7.5, EN 319 132-1 A.1.5).
const REFERENCES: [&str; 4] =
    ["CompleteCertificateRefs", "CompleteRevocationRefs", "AttributeCertificateRefs", "AttributeRevocationRefs"];
/// The same in the version of EN 319 132-1, which has timestamps of its own.
const REFERENCES_V2: [&str; 4] =
    ["CompleteCertificateRefsV2", "CompleteRevocationRefs", "AttributeCertificateRefsV2", "AttributeRevocationRefs"];

/// One signature's timestamps are read with what they may be over.
pub(crate) struct Stamped<'s, 'x, 't> {
    pub around: &'s Surroundings<'x, 't>,
    pub parts: Parts<'x, 't>,
    pub references: &'s [Resolved<'x>],
    pub properties: &'s Properties<'x, 't>,
}

/// A timestamp element.
struct Element<'x, 't> {
    node: Node<'x, 't>,
    kind: TimestampKind,
    is_signed: bool,
}

/// Something that a timestamp is over.
enum Piece<'s, 'x> {
    Element(NodeId),
    Referenced(&'s Resolved<'x>),
}

impl<'x, 't> Stamped<'_, 'x, 't> {
    /// Reads every timestamp into the facts of its signature. `counters` are the counter-signatures, each with the property
    /// that it lies in.
    pub fn observe(&self, observer: &mut Observer<'_>, signature: &mut Signature, counters: &[(NodeId, &Signature)]) {
        let mut seen: Vec<(NodeId, usize)> = Vec::new();
        for element in self.elements() {
            let subject = element.node.tag_name().name();
            if element.node.children().any(|child| is_xades(child, "XMLTimeStamp")) {
                signature.findings.push(Finding::new(FindingCode::TimestampFormatUnsupported).about(subject));
            }
            for encapsulated in xades_children(element.node, "EncapsulatedTimeStamp") {
                if let Err(limit) = observer.budget().spend(Resource::Signatures, 1) {
                    signature.findings.push(of_limit(limit, subject));
                    return;
                }
                let Some(der) = base64(&text(encapsulated)) else {
                    signature.findings.push(malformed(subject, "base64"));
                    continue;
                };
                let id = format!("{}-tst-{}", signature.id, signature.timestamps.len().saturating_add(1));
                let source = match element.is_signed {
                    true => EvidenceSource::SignedData { signature: signature.id.clone() },
                    false => EvidenceSource::UnsignedAttribute { signature: signature.id.clone() },
                };
                let mut refused = None;
                let imprint = |algorithm| self.imprint(&element, algorithm).map_err(|why| refused = Some(why)).ok();
                let mut token = observe_embedded(observer, &id, source, (&der, 0), imprint);
                match refused {
                    Some(Refused::Limit(limit)) => token.findings.push(of_limit(limit, subject)),
                    Some(Refused::Transform(what)) => {
                        let finding = Finding::new(FindingCode::TransformRefused).about(subject);
                        token.findings.push(finding.with("transform", what));
                    }
                    Some(Refused::Input(what)) => token.findings.push(malformed(subject, what)),
                    None => {}
                }
                seen.push((element.node.id(), signature.timestamps.len()));
                signature.timestamps.push(Timestamp { id, kind: element.kind, token });
            }
        }
        self.cover(observer, signature, &seen, counters);
    }

    /// Signed ones first, then unsigned ones, each in document order.
    fn elements(&self) -> Vec<Element<'x, 't>> {
        let signed = self.parts.signed_properties().filter(|_| self.has_signed_properties());
        let data = signed.and_then(|signed| xades_path(signed, &["SignedDataObjectProperties"]));
        let content = data.into_iter().flat_map(|data| data.children()).filter(|node| {
            is_xades(*node, "AllDataObjectsTimeStamp") || is_xades(*node, "IndividualDataObjectsTimeStamp")
        });
        let content = content.map(|node| Element { node, kind: TimestampKind::Content, is_signed: true });
        let unsigned = self.properties.all.iter().filter_map(|property| {
            let kind = kind_of(property.element)?;
            Some(Element { node: property.element, kind, is_signed: false })
        });
        content.chain(unsigned).collect()
    }

    /// Only what the signature covers is a signed property.
    fn has_signed_properties(&self) -> bool {
        self.references.iter().any(|resolved| resolved.reference.kind == XmlReferenceKind::SignedProperties)
    }

    fn imprint(&self, element: &Element<'x, 't>, algorithm: DigestAlgorithm) -> Result<Vec<u8>, Refused> {
        let method = match own_canonicalization(element.node) {
            Some(own) => canonicalization(own)
                .ok_or_else(|| Refused::Transform(own.attribute("Algorithm").unwrap_or_default().to_owned()))?,
            None => Canonicalization::inclusive(),
        };
        let mut state = MultiDigest::new(&[algorithm].into());
        for piece in self.pieces(element)? {
            let mut sink = |octets: &[u8]| state.update(octets);
            match piece {
                Piece::Element(node) => {
                    let nodes = NodeSet::subtree(node).keep_comments(true);
                    canonicalize(self.around.document, &nodes, &method, self.around.budget, &mut sink)?;
                }
                Piece::Referenced(resolved) => {
                    let data = resolved.data.as_ref().ok_or(Refused::Input("a reference that leads nowhere"))?;
                    write(self.around.document, data, &method, self.around.budget, &mut sink)?;
                }
            }
        }
        state.finish().get(algorithm).map(<[u8]>::to_vec).ok_or(Refused::Input("the digest algorithm"))
    }

    fn pieces(&self, element: &Element<'x, 't>) -> Result<Vec<Piece<'_, 'x>>, Refused> {
        let mut includes = xades_children(element.node, "Include").peekable();
        if includes.peek().is_some() {
            return includes.map(|include| self.included(include)).collect();
        }
        let value = || Piece::Element(self.parts.value.id());
        let references = references_of(element.node);
        let before = |also: Option<&'static str>| {
            let these = self.properties.before(element.node.id()).filter(move |property| {
                let name = property.element.tag_name().name();
                is_any_xades(property.element) && (references.contains(&name) || also == Some(name))
            });
            these.map(|property| Piece::Element(property.element.id()))
        };
        Ok(match element.kind {
            TimestampKind::Content => {
                let data = self.references.iter();
                let data = data.filter(|resolved| resolved.reference.kind != XmlReferenceKind::SignedProperties);
                data.map(Piece::Referenced).collect()
            }
            TimestampKind::CadesC => [value()].into_iter().chain(before(Some("SignatureTimeStamp"))).collect(),
            TimestampKind::CertsCrls => before(None).collect(),
            TimestampKind::XadesArchive => self.archived(element),
            _ => vec![value()],
        })
    }

    /// EN 319 132-1 5.5.2.2, TS 101 903 8.2.1: everything that was referenced, the signature's own elements, the unsigned
    /// properties before the timestamp, and every Object but the one with the QualifyingProperties.
    fn archived(&self, element: &Element<'x, 't>) -> Vec<Piece<'_, 'x>> {
        let own = [self.parts.signed_info, self.parts.value].into_iter().chain(self.parts.key_info);
        let before = self.properties.before(element.node.id()).map(|property| property.element.id());
        let qualifying = self.parts.qualifying.and_then(|qualifying| qualifying.parent());
        let objects = self.parts.objects().filter(|object| Some(*object) != qualifying);
        let referenced =
            |object: &Node<'_, '_>| self.references.iter().any(|resolved| resolved.target == Some(object.id()));
        // Version 1.3.2 leaves out the Objects that a Reference names (TS 101 903 v1.3.2 7.7.1).
        let is_first = element.node.tag_name().namespace() != Some(crate::names::XADES141);
        let objects = objects.filter(|object| !(is_first && referenced(object)));
        let references =
            self.references.iter().filter(|resolved| resolved.reference.kind != XmlReferenceKind::ManifestMember);
        let references = references.map(Piece::Referenced);
        references
            .chain(own.map(|node| Piece::Element(node.id())))
            .chain(before.map(Piece::Element))
            .chain(objects.map(|object| Piece::Element(object.id())))
            .collect()
    }

    /// The Include mechanism (TS 101 903 7.1.4.3.1): an element by its identifier, or what a Reference refers to.
    fn included(&self, include: Node<'_, '_>) -> Result<Piece<'_, 'x>, Refused> {
        let id = include.attribute("URI").and_then(|uri| uri.strip_prefix('#')).unwrap_or_default();
        let node = self.around.ids.get(id).map_err(|_| Refused::Input("an Include that leads nowhere"))?;
        if include.attribute("referencedData") != Some("true") {
            return Ok(Piece::Element(node));
        }
        let references = self.parts.references().map(|reference| reference.id());
        let position = references.into_iter().position(|reference| reference == node);
        let top = self.references.iter().filter(|resolved| resolved.reference.kind != XmlReferenceKind::ManifestMember);
        let resolved = position.and_then(|position| top.into_iter().nth(position));
        resolved.map(Piece::Referenced).ok_or(Refused::Input("an Include of no Reference"))
    }

    /// Notes what each timestamp proves: the signature's value, timestamps and counter-signatures before it, and evidence.
    fn cover(
        &self,
        observer: &Observer<'_>,
        signature: &mut Signature,
        seen: &[(NodeId, usize)],
        counters: &[(NodeId, &Signature)],
    ) {
        let mut noted = Vec::new();
        for (node, position) in seen {
            let Some(kind) = signature.timestamps.get(*position).map(|timestamp| timestamp.kind) else { continue };
            let covered = Holding { stamped: self, observer, signature, seen, counters }.covered(*node, kind);
            noted.push((*position, covered));
        }
        for (position, covered) in noted {
            let Some(timestamp) = signature.timestamps.get_mut(position) else { continue };
            match covered {
                Ok(covered) => timestamp.token.covers = covered,
                Err(limit) => timestamp.token.findings.push(of_limit(limit, "covers")),
            }
        }
    }
}

/// The references that a timestamp over references is over, by its version.
fn references_of(timestamp: Node<'_, '_>) -> [&'static str; 4] {
    if timestamp.tag_name().name().ends_with("V2") { REFERENCES_V2 } else { REFERENCES }
}

fn kind_of(property: Node<'_, '_>) -> Option<TimestampKind> {
    if !is_any_xades(property) {
        return None;
    }
    Some(match property.tag_name().name() {
        "SignatureTimeStamp" => TimestampKind::Signature,
        "SigAndRefsTimeStamp" | "SigAndRefsTimeStampV2" => TimestampKind::CadesC,
        "RefsOnlyTimeStamp" | "RefsOnlyTimeStampV2" => TimestampKind::CertsCrls,
        "ArchiveTimeStamp" => TimestampKind::XadesArchive,
        _ => return None,
    })
}

/// What lies in a signature, for one timestamp after another.
struct Holding<'h, 's, 'x, 't> {
    stamped: &'h Stamped<'s, 'x, 't>,
    observer: &'h Observer<'h>,
    signature: &'h Signature,
    seen: &'h [(NodeId, usize)],
    counters: &'h [(NodeId, &'h Signature)],
}

impl<'x, 't> Holding<'_, '_, 'x, 't> {
    fn covered(&self, node: NodeId, kind: TimestampKind) -> Result<Covered, LimitExceeded> {
        let mut covered = Covered::default();
        let own = || vec![self.signature.id.clone()];
        let before: Vec<&Property<'x, 't>> = self.stamped.properties.before(node).collect();
        match kind {
            TimestampKind::Signature => covered.signatures = own(),
            TimestampKind::CadesC => {
                covered.signatures = own();
                let stamps = before.iter().filter(|property| is_xades(property.element, "SignatureTimeStamp"));
                stamps.for_each(|property| self.take_timestamps(property.element.id(), &mut covered));
                covered.evidence.extend(self.referenced(node, &before));
            }
            TimestampKind::CertsCrls => covered.evidence.extend(self.referenced(node, &before)),
            TimestampKind::XadesArchive => {
                covered.signatures = own();
                covered.evidence.extend(self.of_carrier(&self.signature.id, true));
                // Timestamps among the signed properties are covered with these.
                let unsigned = |node: &NodeId| self.stamped.properties.all.iter().any(|p| p.element.id() == *node);
                let signed: HashSet<NodeId> =
                    self.seen.iter().map(|(node, _)| *node).filter(|n| !unsigned(n)).collect();
                signed.into_iter().for_each(|node| self.take_timestamps(node, &mut covered));
                for property in before {
                    covered.evidence.extend(&property.evidence);
                    self.take_timestamps(property.element.id(), &mut covered);
                    self.take_counters(property.element.id(), &mut covered);
                }
            }
            _ => {}
        }
        covered.evidence.sort_unstable();
        covered.evidence.dedup();
        let count =
            covered.evidence.len().saturating_add(covered.timestamps.len()).saturating_add(covered.signatures.len());
        self.observer.budget().spend(Resource::CoveredObjects, u64::try_from(count).unwrap_or(u64::MAX))?;
        Ok(covered)
    }

    fn take_timestamps(&self, element: NodeId, covered: &mut Covered) {
        let positions = self.seen.iter().filter(|(node, _)| *node == element).map(|(_, position)| *position);
        for timestamp in positions.filter_map(|position| self.signature.timestamps.get(position)) {
            covered.timestamps.push(timestamp.id.clone());
            covered.evidence.extend(self.of_carrier(&timestamp.id, true));
        }
    }

    fn take_counters(&self, element: NodeId, covered: &mut Covered) {
        for (_, counter) in self.counters.iter().filter(|(node, _)| *node == element) {
            covered.signatures.push(counter.id.clone());
            covered.evidence.extend(self.of_carrier(&counter.id, false));
            for timestamp in &counter.timestamps {
                covered.timestamps.push(timestamp.id.clone());
                covered.evidence.extend(self.of_carrier(&timestamp.id, false));
            }
        }
    }

    /// The evidence that a signature or timestamp carries; of a signature, what its unsigned properties hold may lie behind a
    /// timestamp and is left to them where `signed` says so.
    fn of_carrier(&self, id: &str, signed: bool) -> Vec<Sha256> {
        let carries = |source: &EvidenceSource| match source {
            EvidenceSource::SignedData { signature } | EvidenceSource::KeyInfo { signature } => signature == id,
            EvidenceSource::UnsignedAttribute { signature } => {
                signature == id && (!signed || signature != &self.signature.id)
            }
            _ => false,
        };
        let items = self.observer.evidence().iter().filter(|(_, item)| item.sources.iter().any(carries));
        items.map(|(key, _)| *key).collect()
    }

    /// What references before a timestamp name by a hash that only one object has.
    fn referenced(&self, timestamp: NodeId, before: &[&Property<'x, 't>]) -> Vec<Sha256> {
        let Some(timestamp) = self.stamped.around.document.tree().get_node(timestamp) else { return Vec::new() };
        let names = references_of(timestamp);
        let properties = before.iter().filter(|property| names.contains(&property.element.tag_name().name()));
        let digests: Vec<_> = properties
            .flat_map(|property| property.element.descendants())
            .filter(|node| is_xades(*node, "CertDigest") || is_xades(*node, "DigestAlgAndValue"))
            .filter_map(digest_value)
            .filter_map(|(fact, hash)| Some((fact.algorithm?, hash)))
            .filter(|(algorithm, _)| !matches!(algorithm, DigestAlgorithm::Sha1 | DigestAlgorithm::Md5))
            .collect();
        let algorithms: BTreeSet<DigestAlgorithm> = digests.iter().map(|(algorithm, _)| *algorithm).collect();
        let digests: BTreeSet<(DigestAlgorithm, Vec<u8>)> = digests.into_iter().collect();
        let known = [EvidenceKind::Certificate, EvidenceKind::Crl, EvidenceKind::Ocsp];
        let items = self.observer.evidence().iter().filter(|(_, item)| known.contains(&item.kind));
        let named = |der: &[u8]| {
            algorithms.iter().any(|algorithm| {
                kenin_crypto::digest(*algorithm, der).is_ok_and(|hash| digests.contains(&(*algorithm, hash)))
            })
        };
        if digests.is_empty() {
            return Vec::new();
        }
        items.filter(|(_, item)| named(item.der.as_slice())).map(|(key, _)| *key).collect()
    }
}
