//! The timestamps of XAdES: what each is made over, and what it proves to have existed.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};
use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded, Resource, Sha256};
use kenin_cms::{Observer, observe_embedded};
use kenin_crypto::MultiDigest;
use kenin_facts::{
    Covered, Evidence, EvidenceKind, EvidenceSource, Signature, Timestamp, TimestampKind, XmlReferenceKind,
};
use roxmltree::{Node, NodeId};

use crate::NodeSet;
use crate::canonical::{Canonicalization, canonicalize};
use crate::findings::{malformed, note, of_limit};
use crate::names::{
    base64, digest_value, is_any_xades, is_sealing_evidence_records, is_xades, text, xades_children, xades_path,
};
use crate::parts::{Parts, own_canonicalization};
use crate::reference::{Resolved, Surroundings};
use crate::transform::{Refused, canonicalization};
use crate::unsigned_properties::{Properties, Property};

/// The references to certificates and revocation data that two timestamps are over (TS 101 903 7.5, EN 319 132-1 A.1.5).
const REFERENCES: [&str; 4] =
    ["CompleteCertificateRefs", "CompleteRevocationRefs", "AttributeCertificateRefs", "AttributeRevocationRefs"];
/// The same in the version of EN 319 132-1, which has timestamps of its own.
const REFERENCES_V2: [&str; 4] =
    ["CompleteCertificateRefsV2", "CompleteRevocationRefs", "AttributeCertificateRefsV2", "AttributeRevocationRefs"];

/// Octets that hashing an object counts for at least.
const LEAST_HASHED: u64 = 1 << 10;

/// One signature's timestamps are read with what they may be over.
pub(crate) struct Stamped<'s, 'x, 't> {
    pub around: &'s Surroundings<'x, 't>,
    pub parts: Parts<'x, 't>,
    pub references: &'s [Resolved],
    pub properties: &'s Properties<'x, 't>,
}

/// A timestamp element.
struct Element<'x, 't> {
    node: Node<'x, 't>,
    kind: TimestampKind,
    is_signed: bool,
}

/// Something that a timestamp is over.
enum Piece<'s> {
    Element(NodeId),
    Referenced(&'s Resolved),
}

impl Piece<'_> {
    fn is(&self, other: &Piece<'_>) -> bool {
        match (self, other) {
            (Self::Element(one), Piece::Element(other)) => one == other,
            (Self::Referenced(one), Piece::Referenced(other)) => one.node == other.node,
            _ => false,
        }
    }
}

impl<'x, 't> Stamped<'_, 'x, 't> {
    /// Reads every timestamp into the facts of its signature. `counters` are the counter-signatures, each with the property
    /// that it lies in.
    pub fn observe(&self, observer: &mut Observer<'_>, signature: &mut Signature, counters: &[(NodeId, &Signature)]) {
        let mut seen: Vec<(NodeId, usize)> = Vec::new();
        if self.properties.all.iter().any(|property| is_sealing_evidence_records(property.element)) {
            let finding = Finding::new(FindingCode::TimestampFormatUnsupported);
            note(&mut signature.findings, finding.about("SealingEvidenceRecords"));
        }
        for element in self.elements() {
            let subject = element.node.tag_name().name();
            let is_xml = element.node.children().any(|child| is_xades(child, "XMLTimeStamp"));
            if is_xml {
                note(&mut signature.findings, Finding::new(FindingCode::TimestampFormatUnsupported).about(subject));
            }
            let tokens: Vec<Node<'_, '_>> = xades_children(element.node, "EncapsulatedTimeStamp").collect();
            if tokens.len() > 1 && element.kind == TimestampKind::Signature {
                note(&mut signature.findings, Finding::new(FindingCode::SeveralTokensInTimestamp).about(subject));
            }
            if tokens.is_empty() && !is_xml {
                note(&mut signature.findings, Finding::new(FindingCode::TimestampEmpty).about(subject));
            }
            for encapsulated in tokens {
                if let Err(limit) = observer.budget().spend(Resource::Signatures, 1) {
                    signature.findings.push(of_limit(limit, subject));
                    return;
                }
                // What is no base64 is no token, either: a timestamp that cannot be read, not a signature that cannot.
                let text = text(encapsulated);
                let der = base64(&text).unwrap_or_else(|| text.into_owned().into_bytes());
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
        // The timestamps of XAdES 1.1.1 say by themselves what is done to what they are over.
        let transforms = xades_children(element.node, "HashDataInfo").flat_map(|info| info.children());
        if let Some(transforms) = transforms.into_iter().find(|child| child.tag_name().name() == "Transforms") {
            return Err(Refused::Transform(format!("HashDataInfo/{}", transforms.tag_name().name())));
        }
        // What it may be over is looked through for each timestamp again.
        self.around.pay(self.properties.all.len().saturating_add(self.references.len()))?;
        let mut state = MultiDigest::new(&[algorithm].into());
        for piece in self.pieces(element)? {
            let mut sink = |octets: &[u8]| state.update(octets);
            match piece {
                Piece::Element(node) => {
                    let nodes = NodeSet::subtree(node).keep_comments(true);
                    canonicalize(self.around.document, &nodes, &method, self.around.budget, &mut sink)?;
                }
                Piece::Referenced(resolved) => {
                    self.around.write_again(resolved, self.parts.element.id(), &method, &mut sink)?;
                }
            }
        }
        state.finish().get(algorithm).map(<[u8]>::to_vec).ok_or(Refused::Input("the digest algorithm"))
    }

    fn pieces(&self, element: &Element<'x, 't>) -> Result<Vec<Piece<'_>>, Refused> {
        let includes: Vec<Piece<'_>> =
            xades_children(element.node, "Include").map(|include| self.included(include)).collect::<Result<_, _>>()?;
        if is_xades(element.node, "IndividualDataObjectsTimeStamp") {
            return if includes.is_empty() { Err(Refused::Input("no Include")) } else { Ok(includes) };
        }
        // Of every other kind it is given what they are over: an Include that says something else would make a token over
        // anything one over this signature.
        let implied = self.implied(element);
        let same = includes.len() == implied.len() && includes.iter().zip(&implied).all(|(one, other)| one.is(other));
        if !includes.is_empty() && !same {
            return Err(Refused::Input("an Include of something else"));
        }
        if implied.is_empty() {
            // A token over no octets at all would fit every signature.
            return Err(Refused::Input("nothing that it is over"));
        }
        Ok(implied)
    }

    /// What a timestamp of this kind is over.
    fn implied(&self, element: &Element<'x, 't>) -> Vec<Piece<'_>> {
        let value = || Piece::Element(self.parts.value.id());
        let references = references_of(element.node);
        let before = |also: Option<&'static str>| {
            let these = self.properties.before(element.node.id()).iter().filter(move |property| {
                let name = property.element.tag_name().name();
                is_any_xades(property.element) && (references.contains(&name) || also == Some(name))
            });
            these.map(|property| Piece::Element(property.element.id()))
        };
        match element.kind {
            TimestampKind::Content => {
                let data = self.references.iter();
                let data = data.filter(|resolved| resolved.reference.kind != XmlReferenceKind::SignedProperties);
                data.map(Piece::Referenced).collect()
            }
            TimestampKind::CadesC => [value()].into_iter().chain(before(Some("SignatureTimeStamp"))).collect(),
            TimestampKind::CertsCrls => before(None).collect(),
            TimestampKind::XadesArchive => self.archived(element),
            _ => vec![value()],
        }
    }

    /// EN 319 132-1 5.5.2.2, TS 101 903 8.2.1: everything that was referenced, the signature's own elements, the unsigned
    /// properties before the timestamp, and every Object but the one with the QualifyingProperties.
    fn archived(&self, element: &Element<'x, 't>) -> Vec<Piece<'_>> {
        let own = [self.parts.signed_info, self.parts.value].into_iter().chain(self.parts.key_info);
        let before = self.properties.before(element.node.id()).iter().map(|property| property.element.id());
        let qualifying = self.parts.qualifying.and_then(|qualifying| qualifying.parent());
        let objects = self.parts.objects().filter(|object| Some(*object) != qualifying);
        let targets: HashSet<NodeId> = self.references.iter().filter_map(|resolved| resolved.target).collect();
        let referenced = |object: &Node<'_, '_>| targets.contains(&object.id());
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
    fn included(&self, include: Node<'_, '_>) -> Result<Piece<'_>, Refused> {
        let id = include.attribute("URI").and_then(|uri| uri.strip_prefix('#')).unwrap_or_default();
        let node = self.around.ids.get(id).map_err(|_| Refused::Input("an Include that leads nowhere"))?;
        if include.attribute("referencedData") != Some("true") {
            return Ok(Piece::Element(node));
        }
        self.around.pay(self.references.len())?;
        let mut top =
            self.references.iter().filter(|resolved| resolved.reference.kind != XmlReferenceKind::ManifestMember);
        let resolved = top.find(|resolved| resolved.node == node);
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
        let mut holding = Holding::new(self, observer, signature, seen, counters);
        for (node, position) in seen {
            let Some(kind) = signature.timestamps.get(*position).map(|timestamp| timestamp.kind) else { continue };
            noted.push((*position, holding.covered(*node, kind)));
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
    /// The timestamps of each element, by their places.
    stamps: HashMap<NodeId, Vec<usize>>,
    /// The counter-signatures in each property.
    counters: HashMap<NodeId, Vec<&'h Signature>>,
    /// The elements of timestamps among the signed properties.
    signed: Vec<NodeId>,
    /// What each signature and timestamp carries, once it is asked for: signed or in KeyInfo, and in unsigned attributes.
    carried: Option<HashMap<&'h str, Carried>>,
}

/// The evidence that a signature or a timestamp carries.
#[derive(Default)]
struct Carried {
    signed: BTreeSet<Sha256>,
    unsigned: BTreeSet<Sha256>,
}

impl<'h, 's, 'x, 't> Holding<'h, 's, 'x, 't> {
    fn new(
        stamped: &'h Stamped<'s, 'x, 't>,
        observer: &'h Observer<'h>,
        signature: &'h Signature,
        seen: &[(NodeId, usize)],
        counters: &[(NodeId, &'h Signature)],
    ) -> Self {
        let mut stamps: HashMap<NodeId, Vec<usize>> = HashMap::default();
        let mut signed = Vec::new();
        for (node, position) in seen {
            let known = stamps.entry(*node).or_default();
            // Timestamps among the signed properties are covered with these.
            if known.is_empty() && !stamped.properties.has(*node) {
                signed.push(*node);
            }
            known.push(*position);
        }
        let mut by_property: HashMap<NodeId, Vec<&Signature>> = HashMap::default();
        for (property, counter) in counters {
            by_property.entry(*property).or_default().push(counter);
        }
        Self { stamped, observer, signature, stamps, counters: by_property, signed, carried: None }
    }

    fn covered(&mut self, node: NodeId, kind: TimestampKind) -> Result<Covered, LimitExceeded> {
        // Once there are too many, no more lists are made.
        self.observer.budget().spend(Resource::CoveredObjects, 0)?;
        let mut covered = Covered::default();
        let own = vec![self.signature.id.clone()];
        let before = self.stamped.properties.before(node);
        self.stamped.around.pay(before.len())?;
        match kind {
            TimestampKind::Signature => covered.signatures = own,
            TimestampKind::CadesC => {
                covered.signatures = own;
                for property in before.iter().filter(|property| is_xades(property.element, "SignatureTimeStamp")) {
                    self.take_timestamps(property.element.id(), &mut covered);
                }
                covered.evidence.extend(self.referenced(node, before)?);
            }
            TimestampKind::CertsCrls => covered.evidence.extend(self.referenced(node, before)?),
            TimestampKind::XadesArchive => {
                covered.signatures = own;
                self.take_carried(&self.signature.id, true, &mut covered);
                for at in 0..self.signed.len() {
                    let Some(node) = self.signed.get(at).copied() else { continue };
                    self.take_timestamps(node, &mut covered);
                }
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

    fn take_timestamps(&mut self, element: NodeId, covered: &mut Covered) {
        for position in self.stamps.get(&element).cloned().unwrap_or_default() {
            let Some(timestamp) = self.signature.timestamps.get(position) else { continue };
            covered.timestamps.push(timestamp.id.clone());
            self.take_carried(&timestamp.id, true, covered);
        }
    }

    fn take_counters(&mut self, element: NodeId, covered: &mut Covered) {
        for counter in self.counters.get(&element).cloned().unwrap_or_default() {
            covered.signatures.push(counter.id.clone());
            self.take_carried(&counter.id, false, covered);
            for timestamp in &counter.timestamps {
                covered.timestamps.push(timestamp.id.clone());
                self.take_carried(&timestamp.id, false, covered);
            }
        }
    }

    /// Takes the evidence that a signature or timestamp carries; of a signature, what its unsigned properties hold may lie
    /// behind a timestamp and is left to them where `signed` says so.
    fn take_carried(&mut self, id: &str, signed: bool, covered: &mut Covered) {
        let (observer, own) = (self.observer, &self.signature.id);
        let carried = self.carried.get_or_insert_with(|| carried(observer.evidence(), own));
        let Some(carried) = carried.get(id) else { return };
        covered.evidence.extend(&carried.signed);
        if !signed || id != own {
            covered.evidence.extend(&carried.unsigned);
        }
    }

    /// What references before a timestamp name by a hash that only one object has. Every object is hashed for each such
    /// timestamp, which counts as hashing for archive timestamps does.
    fn referenced(&self, timestamp: NodeId, before: &[Property<'x, 't>]) -> Result<Vec<Sha256>, LimitExceeded> {
        let Some(timestamp) = self.stamped.around.document.tree().get_node(timestamp) else { return Ok(Vec::new()) };
        let names = references_of(timestamp);
        let properties = before
            .iter()
            .filter(|property| is_any_xades(property.element) && names.contains(&property.element.tag_name().name()));
        let mut digests: BTreeSet<(DigestAlgorithm, Vec<u8>)> = BTreeSet::new();
        for property in properties {
            self.stamped.around.pay(property.element.range().len())?;
            let named = property.element.descendants();
            let named = named.filter(|node| is_xades(*node, "CertDigest") || is_xades(*node, "DigestAlgAndValue"));
            let named = named.filter_map(digest_value).filter_map(|(fact, hash)| Some((fact.algorithm?, hash)));
            digests.extend(
                named.filter(|(algorithm, _)| !matches!(algorithm, DigestAlgorithm::Sha1 | DigestAlgorithm::Md5)),
            );
        }
        let algorithms: BTreeSet<DigestAlgorithm> = digests.iter().map(|(algorithm, _)| *algorithm).collect();
        let known = [EvidenceKind::Certificate, EvidenceKind::Crl, EvidenceKind::Ocsp];
        let mut referenced = Vec::new();
        for algorithm in algorithms {
            for (key, item) in self.observer.evidence().iter().filter(|(_, item)| known.contains(&item.kind)) {
                let der = item.der.as_slice();
                let length = u64::try_from(der.len()).unwrap_or(u64::MAX).max(LEAST_HASHED);
                self.observer.budget().spend(Resource::ArchiveHashedBytes, length)?;
                if kenin_crypto::digest(algorithm, der).is_ok_and(|hash| digests.contains(&(algorithm, hash))) {
                    referenced.push(*key);
                }
            }
        }
        Ok(referenced)
    }
}

/// What each carrier within a signature has; those within it have ids that begin with its own.
fn carried<'e>(evidence: &'e Evidence, within: &str) -> HashMap<&'e str, Carried> {
    let mut carried: HashMap<&str, Carried> = HashMap::default();
    for (key, item) in evidence.iter() {
        for source in &item.sources {
            let (id, is_signed) = match source {
                EvidenceSource::SignedData { signature } | EvidenceSource::KeyInfo { signature } => (signature, true),
                EvidenceSource::UnsignedAttribute { signature } => (signature, false),
                _ => continue,
            };
            if !id.starts_with(within) {
                continue;
            }
            let own = carried.entry(id).or_default();
            if is_signed {
                own.signed.insert(*key)
            } else {
                own.unsigned.insert(*key)
            };
        }
    }
    carried
}
