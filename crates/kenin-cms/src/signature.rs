use kenin_base::{DigestAlgorithm, Finding, FindingCode, Oid, Resource, Sha256};
use kenin_crypto::digest;
use kenin_facts::{Coverage, EvidenceSource, Signature, SignatureFormat, SignatureKind, Timestamp, TimestampKind};

use crate::archive::{self, Base, Placed};
use crate::attributes::AttributeSet;
use crate::content::{Content, Hashed};
use crate::evidence_record::{self, observe_embedded_records};
use crate::findings::{of_error, of_limit, of_notes};
use crate::memo::Memo;
use crate::signed_attributes::Problems;
use crate::signer::Ground;
use crate::signer_info::SignerInfo;
use crate::{Cms, Observer, carried, oids, signer, signer_claims, timestamp_token};

/// Reads every SignerInfo of a SignedData into facts, counter-signatures as entries of their own after their
/// parent. Ids count from `sig-{first_id}`. `coverage` is what the caller knows of the document; a PDF reader
/// replaces `format` and adds the placement afterwards.
///
/// A check that was not made carries the code of a [`NotChecked`](crate::NotChecked).
///
/// Without any SignerInfo the result is empty and the finding `no-signer-info` goes to the observer.
pub fn observe_signatures(
    observer: &mut Observer<'_>,
    cms: &Cms<'_, '_>,
    content: &Content<'_>,
    first_id: usize,
    coverage: Coverage,
) -> Vec<Signature> {
    let id_of = |index: usize| format!("sig-{}", first_id.saturating_add(index));
    let mut common = Vec::new();
    let carried = carried::take(observer, cms, &id_of(0), &mut common);
    let certificates = carried.certificate_keys();
    for (index, signer) in cms.signers.iter().enumerate() {
        if let Ok(info) = signer {
            carried::take_attributes(observer, info, &id_of(index), &mut common);
        }
    }
    let hashed = Hashed::new(cms, content);
    common.extend(hashed.findings.iter().cloned());
    common.extend(of_notes(cms.decoder().notes(), cms.span()));
    // PKCS #7 lets other types of content be anything; its data is an OCTET STRING, too (RFC 2315 8, RFC 5652 5.2.1).
    let is_data = cms.content_type() == oids::ID_DATA;
    if is_data && cms.attached_content().is_some_and(|content| !content.is_octet_string()) {
        let finding = Finding::new(FindingCode::Malformed).about("encapContentInfo.eContent");
        common.push(finding.with("problem", "id-data is no OCTET STRING"));
    }
    if cms.signers.is_empty() {
        observer.add_finding(Finding::new(FindingCode::NoSignerInfo).at(cms.span()));
        common.into_iter().for_each(|finding| observer.add_finding(finding));
        return Vec::new();
    }

    let digest = |algorithm| hashed.digest(algorithm);
    let ground = Ground {
        content_type: Some(cms.content_type()),
        digest_algorithms: Some(&cms.digest_algorithms),
        certificates: &certificates,
        digest: &digest,
        octets: hashed.octets.as_deref(),
        document_sha1: hashed.document_sha1.as_ref().map(|(inner, computed)| (inner.as_slice(), *computed)),
        archive: Some(Base::new(cms, &carried, hashed.octets.as_deref())),
    };
    let mut signatures = Vec::new();
    for (index, signer) in cms.signers.iter().enumerate() {
        let kind = SignatureKind::Signature;
        let mut signature = Signature::new(id_of(index), kind, SignatureFormat::Cms, coverage);
        signature.findings.clone_from(&common);
        let path = format!("signerInfos[{index}]");
        match signer {
            Ok(info) => {
                let mut observed = observe_one(observer, info, &ground, signature, &path);
                if let Some(own) = observed.first_mut() {
                    let beside: Option<&dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>> =
                        cms.attached_content().is_none().then_some(&digest);
                    own.evidence_records = observe_embedded_records(observer, cms, index, info, beside, &own.id);
                }
                signatures.extend(observed);
            }
            Err(error) => {
                signature.findings.push(of_error(error, &path));
                signatures.push(signature);
            }
        }
    }
    evidence_record::cover(observer, &mut signatures);
    signatures
}

/// One signature and, after it, its counter-signatures.
fn observe_one(
    observer: &mut Observer<'_>,
    info: &SignerInfo<'_, '_>,
    ground: &Ground<'_>,
    mut signature: Signature,
    path: &str,
) -> Vec<Signature> {
    let mut facts = signer::observe(observer, info, ground, path, &mut signature.findings);
    let mut problems = Problems { subject: path.to_owned(), findings: &mut signature.findings };
    signer_claims::observe(observer, info, &signature.id, &mut facts, &mut problems);
    let types = facts.signed_attributes.iter().flat_map(|set| &set.types);
    let is_ess = |kind: &Oid| matches!(*kind, oids::SIGNING_CERTIFICATE | oids::SIGNING_CERTIFICATE_V2);
    if types.copied().any(|kind| is_ess(&kind)) {
        signature.format = SignatureFormat::CAdES;
    }
    signature.signer = Some(facts);
    if let Some(error) = info.unsigned_attributes.as_ref().and_then(|set| set.problem.as_ref()) {
        signature.findings.push(of_error(error, &format!("{path}.unsignedAttrs")));
    }
    let placed = observe_timestamps(observer, info, ground, &mut signature);
    let counters = observe_counter_signatures(observer, info, ground.certificates, &signature, path);
    if let Some(base) = &ground.archive {
        archive::complete(observer, base, info, &placed, ground.digest, (&mut signature, &counters));
    }
    let mut all = vec![signature];
    all.extend(counters);
    all
}

/// Reads the timestamps in a signer's attributes; the imprints of archive timestamps are computed when all are known.
/// Returns every value of the unsigned attributes with what it is.
fn observe_timestamps<'s, 'd, 'a>(
    observer: &mut Observer<'_>,
    info: &'s SignerInfo<'d, 'a>,
    ground: &Ground<'_>,
    signature: &mut Signature,
) -> Vec<Placed<'s, 'd, 'a>> {
    let memo = Memo::new();
    let mut placed = Vec::new();
    let mut counters = 0usize;
    let in_signed = EvidenceSource::SignedData { signature: signature.id.clone() };
    let in_unsigned = EvidenceSource::UnsignedAttribute { signature: signature.id.clone() };
    for (set, source) in [(&info.signed_attributes, in_signed), (&info.unsigned_attributes, in_unsigned)] {
        let is_signed = matches!(source, EvidenceSource::SignedData { .. });
        for attribute in set.iter().flat_map(|set| &set.attributes) {
            let kind = timestamp_kind(&attribute.kind, is_signed);
            for (position, value) in attribute.values.iter().enumerate() {
                let mut place = Placed { attribute, value: position, timestamp: None, counter: None };
                if let Some(kind) = kind {
                    if let Err(limit) = observer.budget().spend(Resource::Signatures, 1) {
                        signature.findings.push(of_limit(limit, "timestamps"));
                        return placed;
                    }
                    let id = format!("{}-tst-{}", signature.id, signature.timestamps.len().saturating_add(1));
                    let imprint_of =
                        |algorithm| memo.get((attribute.kind, algorithm), || imprint(kind, info, ground, algorithm));
                    let octets = (value.bytes, value.span.start);
                    let token = timestamp_token::observe_embedded(observer, &id, source.clone(), octets, imprint_of);
                    place.timestamp = Some(signature.timestamps.len());
                    signature.timestamps.push(Timestamp { id, kind, token });
                }
                if attribute.kind == oids::COUNTER_SIGNATURE && !is_signed {
                    counters = counters.saturating_add(1);
                    place.counter = Some(counter_id(&signature.id, counters));
                }
                if !is_signed {
                    placed.push(place);
                }
            }
        }
    }
    placed
}

/// The id of a signature's counter-signature, counted from 1.
fn counter_id(parent: &str, number: usize) -> String {
    format!("{parent}-counter-{number}")
}

fn timestamp_kind(kind: &Oid, is_signed: bool) -> Option<TimestampKind> {
    Some(match (*kind, is_signed) {
        (oids::CONTENT_TIME_STAMP, true) => TimestampKind::Content,
        (oids::SIGNATURE_TIME_STAMP, false) => TimestampKind::Signature,
        (oids::CADES_C_TIME_STAMP, false) => TimestampKind::CadesC,
        (oids::CERTS_CRLS_TIME_STAMP, false) => TimestampKind::CertsCrls,
        (oids::ARCHIVE_TIME_STAMP_V1 | oids::ARCHIVE_TIME_STAMP_V2, false) => TimestampKind::ArchiveV2,
        (oids::ARCHIVE_TIME_STAMP_V3, false) => TimestampKind::ArchiveV3,
        _ => return None,
    })
}

/// The digest of what a timestamp of this kind covers (EN 319 122-1 5.2.8, 5.3, A.1.5); for archive timestamps see
/// [`archive`].
fn imprint(
    kind: TimestampKind,
    info: &SignerInfo<'_, '_>,
    ground: &Ground<'_>,
    algorithm: DigestAlgorithm,
) -> Option<Vec<u8>> {
    let references = &[oids::CERTIFICATE_REFERENCES, oids::REVOCATION_REFERENCES];
    let unsigned = info.unsigned_attributes.as_ref();
    match kind {
        TimestampKind::Content => (ground.digest)(algorithm),
        TimestampKind::Signature => digest(algorithm, &info.signature).ok(),
        TimestampKind::CadesC => {
            let mut octets = info.signature.to_vec();
            octets.extend(attribute_octets(unsigned?, &[oids::SIGNATURE_TIME_STAMP]));
            octets.extend(attribute_octets(unsigned?, references));
            digest(algorithm, &octets).ok()
        }
        TimestampKind::CertsCrls => digest(algorithm, &attribute_octets(unsigned?, references)).ok(),
        _ => None,
    }
}

/// attrType and attrValues of each attribute of these types, without the SEQUENCE around them.
fn attribute_octets(set: &AttributeSet<'_, '_>, kinds: &[Oid]) -> Vec<u8> {
    kinds.iter().flat_map(|kind| set.of(kind)).flat_map(|attribute| attribute.element.content).copied().collect()
}

/// Counter-signatures sign the parent's signature value (RFC 5652 11.4).
fn observe_counter_signatures(
    observer: &mut Observer<'_>,
    info: &SignerInfo<'_, '_>,
    certificates: &[Sha256],
    parent: &Signature,
    path: &str,
) -> Vec<Signature> {
    let mut observed = Vec::new();
    let memo = Memo::new();
    let value_digest = |algorithm| memo.get(algorithm, || digest(algorithm, &info.signature).ok());
    let set = info.unsigned_attributes.iter();
    let values = set.flat_map(|set| set.of(&oids::COUNTER_SIGNATURE)).flat_map(|attribute| &attribute.values);
    for (index, value) in values.enumerate() {
        let id = counter_id(&parent.id, index.saturating_add(1));
        let path = format!("{path}.counterSignature[{index}]");
        let kind = SignatureKind::CounterSignature;
        let mut signature = Signature::new(id, kind, SignatureFormat::Cms, parent.coverage);
        signature.parent = Some(parent.id.clone());
        if let Err(limit) = observer.budget().spend(Resource::Signatures, 1) {
            signature.findings.push(of_limit(limit, &path));
            observed.push(signature);
            break;
        }
        let ground = Ground {
            content_type: None,
            digest_algorithms: None,
            certificates,
            digest: &value_digest,
            octets: Some(&info.signature),
            document_sha1: None,
            archive: None,
        };
        match SignerInfo::parse(*value) {
            Ok(counter) => {
                carried::take_attributes(observer, &counter, &signature.id, &mut signature.findings);
                observed.extend(observe_one(observer, &counter, &ground, signature, &path));
            }
            Err(error) => {
                signature.findings.push(of_error(&error, &path));
                observed.push(signature);
            }
        }
    }
    observed
}
