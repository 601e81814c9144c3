//! One Signature element, read into the facts that every format has.

use std::cell::LazyCell;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded, Oid, Sha256};
use kenin_cms::{NotChecked, Observer, SignatureValue, observe_value};
use kenin_facts::{
    CertificateReference, Coverage, RecordPart, Signature, SignatureFormat, SignedAttributes, SignedData,
    SignedDataStatus, Signer, SignerIdentifier, XmlPlacement, XmlReference, XmlReferenceKind,
};
use kenin_x509::Certificate;
use roxmltree::{Node, NodeId};

use crate::findings::{malformed, note, of_limit};
use crate::names::{algorithm, base64, ds_children, is_ds, is_signed_properties_type, text};
use crate::others::Others;
use crate::parts::{Parts, Target};
use crate::reference::{Outside, Resolved, Surroundings, fits_its_type};
use crate::signed_properties::{Claims, DataObjectFormat};
use crate::transform::{Refused, Rest, canonicalization, collected};
use crate::unsigned_properties::Properties;
use crate::{NodeSet, algorithms, key_info, record};

/// Octets of [`kenin_base::Resource::XmlCanonicalBytes`] that an octet of a kept SignedInfo counts for.
const KEPT: usize = 16;

/// id-data (RFC 5652 4): an XML signature has no content type of its own.
const ID_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 1]);

/// A signature whose certificates and unsigned properties were taken into the evidence.
pub(crate) struct Prepared<'x, 't> {
    pub parts: Parts<'x, 't>,
    pub carried: Vec<Sha256>,
    pub properties: Properties<'x, 't>,
    pub findings: Vec<Finding>,
}

impl<'x, 't> Prepared<'x, 't> {
    /// Takes what a signature carries: KeyInfo and the unsigned properties.
    pub fn new(observer: &mut Observer<'_>, around: &Surroundings<'x, 't>, parts: Parts<'x, 't>, id: &str) -> Self {
        let mut findings = Vec::new();
        let carried = match parts.key_info {
            Some(key_info) => key_info::take(observer, key_info, id, &mut findings),
            None => Vec::new(),
        };
        let mut parts = parts;
        if let Some(qualifying) = parts.qualifying {
            let about = |code| Finding::new(code).about(around.paths.of(qualifying));
            match Target::of(qualifying, parts.element, around.ids) {
                Target::Own => {}
                // Nobody signs a Target: what it fails to name makes them nobody else's.
                Target::Nothing => findings.push(about(FindingCode::QualifyingPropertiesTargetMissing)),
                Target::Other => {
                    findings.push(about(FindingCode::QualifyingPropertiesTarget));
                    parts.qualifying = None;
                }
            }
        }
        let properties = Properties::take(observer, parts.unsigned_properties(), id, &mut findings);
        Self { parts, carried, properties, findings }
    }

    /// Verifies every reference and the value. Returns the references for the timestamps over them.
    pub fn observe(
        &mut self,
        observer: &mut Observer<'_>,
        around: &Surroundings<'x, 't>,
        signature: &mut Signature,
    ) -> Vec<Resolved> {
        let parts = self.parts;
        signature.findings.append(&mut self.findings);
        let mut references = self.resolve(around, &mut signature.findings);
        let signed = self.signed_properties(around, &references, &mut signature.findings);
        let claims = match signed {
            Some(signed) => Claims::read(observer, signed, &signature.id, &mut signature.findings),
            None => Claims::default(),
        };
        if signed.is_some() {
            signature.format = SignatureFormat::XAdES;
        }
        describe(&claims.formats, &mut references, &mut signature.findings);
        let is_found = |resolved: &Resolved| resolved.reference.status != SignedDataStatus::NotFound;
        if around.content.is_some() && around.outside == Outside::Nothing && references.iter().all(is_found) {
            // As with CMS: what was given is signed by nobody, and who gave it should not take it for signed.
            signature.findings.push(Finding::new(FindingCode::ContentAndExternalContent));
        }
        if !claims.has_signing_certificate {
            signature.findings.push(Finding::new(FindingCode::SigningCertificateAttributeMissing));
        }
        signature.coverage = coverage(&references, parts, &around.others);
        let part = record::part_of(parts.element, &around.places);
        if let Some((_, signed)) = part {
            let covers = |signed: Node<'_, '_>| {
                // A dispensing record has the prescription's signature in it, which is judged by itself.
                let may_lack_signatures = LazyCell::new(|| {
                    part.is_some_and(|(part, _)| part == RecordPart::Dispensing)
                        || !signed.descendants().any(|node| is_ds(node, "Signature"))
                });
                let above: HashSet<NodeId> = signed.ancestors().map(|node| node.id()).collect();
                references.iter().any(|resolved| {
                    let around = resolved.target.is_some_and(|target| above.contains(&target));
                    let left = || match resolved.rest {
                        Rest::All | Rest::WithoutOwn => true,
                        Rest::WithoutSignatures => *may_lack_signatures,
                        Rest::Part => false,
                    };
                    resolved.content == Some(signed.id()) || around && resolved.reference.computed.is_some() && left()
                })
            };
            let is_covered = signed.is_some_and(covers);
            signature.findings.extend(record::check(signed, is_covered, &around.paths));
        }
        let xml = XmlPlacement {
            path: around.paths.of(parts.element),
            id: parts.element.attribute("Id").map(str::to_owned),
            canonicalization: algorithm(parts.canonicalization).to_owned(),
            signature_method: algorithm(parts.method).to_owned(),
            references: references.iter().map(|resolved| resolved.reference.clone()).collect(),
            signed_properties: claims.names.clone(),
            unsigned_properties: self.properties.names(),
            part: part.map(|(part, _)| part),
        };
        let signed_data = signed_data(&xml);
        let digest_method = xml.data().map(|reference| reference.digest_method.as_str()).unwrap_or_default();
        let digest_algorithm = algorithms::digest_fact(digest_method);
        signature.xml = Some(xml);
        let (octets, candidates_of) = self.value(observer, around, &claims.references, signature);
        signature.signer = Some(Signer {
            version: 1,
            sid: SignerIdentifier::KeyInfo,
            digest_algorithm,
            signature_algorithm: algorithms::name_of(parts.method, algorithms::scheme(parts.method)),
            signature_value: candidates_of.value.into(),
            content_type: ID_DATA,
            signed_data,
            signed_attributes: signed.map(|_| SignedAttributes {
                octets: octets.into(),
                der_sorted: true,
                types: Vec::new(),
            }),
            unsigned_attributes: Vec::new(),
            signature_policy: claims.policy,
            commitments: claims.commitments,
            signer_attributes: claims.attributes,
            signing_certificate: claims.references,
            candidates: candidates_of.candidates,
            certificates: self.carried.clone(),
            claimed_signing_time: claims.signing_time,
        });
        references
    }

    /// The references of SignedInfo, each Manifest followed by its members.
    fn resolve(&self, around: &Surroundings<'x, 't>, out: &mut Vec<Finding>) -> Vec<Resolved> {
        let element = self.parts.element;
        let tree = around.document.tree();
        let signed_properties = self.parts.signed_properties();
        let mut all = Vec::new();
        for reference in self.parts.references() {
            let mut resolved = around.resolve(reference, element.id(), true, out);
            let fits = fits_its_type(reference, &resolved, element);
            if !fits {
                let finding = Finding::new(FindingCode::ReferenceTypeMismatch);
                note(out, finding.about(format!("Reference {}", reference.attribute("URI").unwrap_or_default())));
            }
            let target = resolved.whole.or(resolved.target).and_then(|target| tree.get_node(target));
            resolved.reference.kind = self.kind(target, signed_properties, resolved.whole.is_some());
            if is_ds_manifest(target) && resolved.whole.is_none() {
                // Whose members count is then open.
                undecided(&mut resolved, out, "a Manifest in part");
            }
            let stated = reference.attribute("Type").unwrap_or_default();
            if resolved.reference.kind == XmlReferenceKind::SignedProperties && !is_signed_properties_type(stated) {
                // EN 319 132-1 4.4: verifiers that look for the type find no properties.
                note(out, Finding::new(FindingCode::SignedPropertiesType).with("type", stated));
            }
            // Going through what is listed is paid for by its octets; what has no digest is not intact anyway.
            let has_digest = resolved.reference.computed.is_some();
            let listing = target.filter(|_| fits && resolved.whole.is_some() && has_digest);
            all.push(resolved);
            for member in
                listing.into_iter().flat_map(manifests).flat_map(|manifest| ds_children(manifest, "Reference"))
            {
                let mut resolved = around.resolve(member, element.id(), false, out);
                resolved.reference.kind = XmlReferenceKind::ManifestMember;
                if is_ds_manifest(resolved.target.and_then(|target| tree.get_node(target))) {
                    undecided(&mut resolved, out, "a Manifest in a Manifest");
                }
                all.push(resolved);
                if around.is_spent() {
                    break;
                }
            }
            // The reference that the budget did not suffice for is not intact, whatever comes after it.
            if around.is_spent() {
                break;
            }
        }
        all
    }

    fn kind(
        &self,
        target: Option<Node<'_, '_>>,
        signed_properties: Option<Node<'_, '_>>,
        whole: bool,
    ) -> XmlReferenceKind {
        match target {
            Some(target) if Some(target) == signed_properties && whole => XmlReferenceKind::SignedProperties,
            Some(target) if Some(target) == self.parts.key_info && whole => XmlReferenceKind::KeyInfo,
            Some(target) if is_ds(target, "SignatureValue") => XmlReferenceKind::CountersignedSignature,
            Some(target) if is_ds(target, "Manifest") => XmlReferenceKind::Manifest,
            Some(target) if is_ds(target, "SignatureProperties") => XmlReferenceKind::SignatureProperties,
            _ => XmlReferenceKind::Data,
        }
    }

    /// The SignedProperties, where a reference covers exactly them (EN 319 132-1 4.4, 6.3 on the Reference's URI).
    fn signed_properties(
        &self,
        around: &Surroundings<'x, 't>,
        references: &[Resolved],
        out: &mut Vec<Finding>,
    ) -> Option<Node<'x, 't>> {
        let properties = self.parts.signed_properties()?;
        let covers = |resolved: &Resolved| resolved.whole == Some(properties.id());
        if references.iter().any(covers) {
            return Some(properties);
        }
        out.push(Finding::new(FindingCode::SignedPropertiesNotSigned).about(around.paths.of(properties)));
        None
    }

    /// Checks the value over the canonical SignedInfo under every certificate that may be the signer's.
    fn value(
        &self,
        observer: &mut Observer<'_>,
        around: &Surroundings<'_, '_>,
        references: &[CertificateReference],
        signature: &mut Signature,
    ) -> (Vec<u8>, Checked) {
        let parts = self.parts;
        let out = &mut signature.findings;
        let mut octets = Vec::new();
        let mut scheme = algorithms::scheme(parts.method).ok_or(NotChecked::UnsupportedAlgorithm);
        if scheme.is_err() {
            let finding = Finding::new(FindingCode::UnknownSignatureAlgorithm);
            out.push(finding.with("algorithm", algorithm(parts.method)));
        }
        let nodes = NodeSet::subtree(parts.signed_info.id()).keep_comments(true);
        let written = match canonicalization(parts.canonicalization) {
            Some(method) => collected(around.document, &nodes, &method, around.budget).and_then(|collected| {
                // They are kept, each of which costs more than making it.
                around.pay(collected.len().saturating_mul(KEPT))?;
                octets = collected;
                Ok(())
            }),
            None => Err(Refused::Transform(algorithm(parts.canonicalization).to_owned())),
        };
        if let Err(refused) = written {
            scheme = Err(NotChecked::UnsupportedAlgorithm);
            out.push(match refused {
                Refused::Limit(limit) => of_limit(limit, "SignedInfo"),
                Refused::Transform(method) => {
                    Finding::new(FindingCode::TransformRefused).about("SignedInfo").with("transform", method)
                }
                Refused::Input(what) => malformed("SignedInfo", what),
            });
        }
        let value = base64(&text(parts.value));
        if value.is_none() {
            out.push(malformed("SignatureValue", "base64"));
        }
        let value = algorithms::value_for(scheme.ok(), value.unwrap_or_default());
        let named = self.named(observer, references).unwrap_or_else(|limit| {
            out.push(of_limit(limit, "KeyInfo"));
            Vec::new()
        });
        let check =
            SignatureValue { scheme, signed: octets.clone(), value: &value, named, references, carried: &self.carried };
        let candidates = observe_value(observer, check, &signature.id, out);
        (octets, Checked { value, candidates })
    }

    /// The certificates that KeyInfo names. Where it names none, nothing contradicts the references that are signed.
    fn named(
        &self,
        observer: &mut Observer<'_>,
        references: &[CertificateReference],
    ) -> Result<Vec<Arc<Certificate>>, LimitExceeded> {
        let by_key_info = match self.parts.key_info {
            Some(info) => key_info::named(observer, info, &self.carried)?,
            None => None,
        };
        Ok(by_key_info.unwrap_or_else(|| {
            let referenced = references.iter().filter_map(|reference| {
                let algorithm: DigestAlgorithm = reference.digest_algorithm.algorithm?;
                observer.certificate_with_hash(algorithm, reference.hash.as_slice())
            });
            referenced.collect()
        }))
    }
}

fn is_ds_manifest(target: Option<Node<'_, '_>>) -> bool {
    target.is_some_and(|target| is_ds(target, "Manifest"))
}

/// The Manifests that a reference to a node covers: that node, or those that an Object holds (XMLDSig 1.1 5.1).
fn manifests<'n, 't>(target: Node<'n, 't>) -> Vec<Node<'n, 't>> {
    if is_ds(target, "Manifest") {
        vec![target]
    } else if is_ds(target, "Object") {
        target.descendants().filter(|node| is_ds(*node, "Manifest")).collect()
    } else {
        Vec::new()
    }
}

/// A reference whose digest fits and which is not enough by itself.
fn undecided(resolved: &mut Resolved, out: &mut Vec<Finding>, why: &str) {
    if resolved.reference.status == SignedDataStatus::Intact {
        resolved.reference.status = SignedDataStatus::NotFound;
        note(out, Finding::new(FindingCode::TransformRefused).with("transform", why));
    }
}

struct Checked {
    value: Vec<u8>,
    candidates: Vec<kenin_facts::Candidate>,
}

/// Gives every reference the media type that a DataObjectFormat states for it. One that describes no reference of its signature
/// makes no sense (EN 319 132-1 5.2.4).
fn describe(formats: &[DataObjectFormat], references: &mut [Resolved], out: &mut Vec<Finding>) {
    let mut by_id: HashMap<String, &mut XmlReference> = HashMap::default();
    for resolved in references.iter_mut().rev() {
        by_id.extend(resolved.reference.id.clone().map(|id| (id, &mut resolved.reference)));
    }
    for format in formats {
        if !format.is_sound {
            note(out, Finding::new(FindingCode::DataObjectFormatMalformed));
        }
        match format.describes.as_ref().and_then(|id| by_id.get_mut(id)) {
            Some(described) => described.media_type.clone_from(&format.media_type),
            None => note(out, Finding::new(FindingCode::DataObjectFormatMalformed)),
        }
    }
}

/// All references together: intact when every one of them is. The digests are those of the first that is not, or of the data.
fn signed_data(xml: &XmlPlacement) -> SignedData {
    let with = |status| xml.references.iter().find(|reference| reference.status == status);
    let (status, shown) = match (with(SignedDataStatus::Broken), with(SignedDataStatus::NotFound)) {
        (Some(broken), _) => (SignedDataStatus::Broken, Some(broken)),
        (None, Some(missing)) => (SignedDataStatus::NotFound, Some(missing)),
        (None, None) => (SignedDataStatus::Intact, xml.data()),
    };
    SignedData {
        status,
        claimed: shown.map(|reference| reference.claimed.clone()),
        computed: shown.and_then(|reference| reference.computed.clone()),
    }
}

/// What the references to data cover of the document.
fn coverage(references: &[Resolved], parts: Parts<'_, '_>, others: &Others<'_>) -> Coverage {
    use XmlReferenceKind::{KeyInfo, SignatureProperties, SignedProperties};
    let is_own = |kind| matches!(kind, SignedProperties | KeyInfo | SignatureProperties);
    let data: Vec<&Resolved> = references.iter().filter(|resolved| !is_own(resolved.reference.kind)).collect();
    if data.is_empty() {
        return Coverage::Unclear;
    }
    let tree = parts.element.document();
    let root = tree.root_element();
    let target = |resolved: &Resolved| resolved.target.and_then(|target| tree.get_node(target));
    let is_alone = others.root_is_alone;
    let is_all = |resolved: &&Resolved| {
        let all = target(resolved).is_some_and(|target| target.is_root() || target == root && is_alone);
        all && resolved.rest != Rest::Part && resolved.reference.computed.is_some()
    };
    let with_others = |resolved: &&Resolved| is_all(resolved) && resolved.rest != Rest::WithoutSignatures;
    let others_are_covered = || others.are_covered(parts.element, references, data.iter().any(with_others));
    let inside = |resolved: &&Resolved| {
        target(resolved).is_some_and(|target| target.ancestors().any(|above| above == parts.element))
    };
    match () {
        // What the signature holds beside its properties is part of the document, too.
        () if !objects_are_covered(references, parts) || !others_are_covered() => Coverage::Elements,
        () if data.iter().any(is_all) => Coverage::EntireFile,
        () if !is_alone || !holds_signatures_alone(root) => Coverage::Elements,
        () if data.iter().any(|resolved| resolved.target.is_none()) => Coverage::Detached,
        () if data.iter().all(inside) => Coverage::Attached,
        () => Coverage::Elements,
    }
}

/// Whether every Object but the one of the QualifyingProperties is signed, or each element in it.
fn objects_are_covered(references: &[Resolved], parts: Parts<'_, '_>) -> bool {
    let whole: HashSet<NodeId> = references.iter().filter_map(|resolved| resolved.content).collect();
    let is_covered = |node: Node<'_, '_>| whole.contains(&node.id());
    let elements = |object: Node<'_, '_>| {
        object.children().all(|child| match child.is_element() {
            true => is_covered(child) || Some(child) == parts.qualifying,
            false => !child.is_text() || child.text().is_none_or(|text| text.trim().is_empty()),
        })
    };
    parts.objects().all(|object| is_covered(object) || elements(object))
}

/// Whether a document is a signature, or a list of signatures, and nothing else that could be read as a record.
fn holds_signatures_alone(root: Node<'_, '_>) -> bool {
    let is_silent = |child: Node<'_, '_>| match child.is_element() {
        true => is_ds(child, "Signature"),
        false => !child.is_text() || child.text().is_none_or(|text| text.trim().is_empty()),
    };
    is_ds(root, "Signature") || root.attributes().len() == 0 && root.children().all(is_silent)
}
