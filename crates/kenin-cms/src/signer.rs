use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Finding, FindingCode, Oid, Resource, Sha256};
use kenin_crypto::{SchemeError, SignatureScheme, recognised_algorithm, sha256};
use kenin_facts::{
    AttributeForm, CertificateReference, DigestFact, SignatureAlgorithm, SignatureCheck, SignedAttributes, SignedData,
    SignedDataStatus, Signer, SignerIdentifier,
};

use crate::archive::Base;
use crate::attributes::reads_as_signed_attributes;
use crate::check::{Check, Form, Signed};
use crate::digest_identifier::digest_fact;
use crate::findings::of_limit;
use crate::integer::serial_hex;
use crate::signed_attributes::{Claims, Problems};
use crate::signer_info::{Sid, SignerInfo};
use crate::{NotChecked, Observer, candidates};

/// What a signer stands on: its content and the certificates beside it.
pub(crate) struct Ground<'g> {
    /// eContentType; `None` for a counter-signature, which has no content type (RFC 5652 11.4).
    pub content_type: Option<Oid>,
    /// SignedData.digestAlgorithms; `None` for a counter-signature, which is not listed there.
    pub digest_algorithms: Option<&'g [Oid]>,
    /// The certificates of the SignedData, in wire order.
    pub certificates: &'g [Sha256],
    /// The digest of the content by an algorithm.
    pub digest: &'g dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>,
    /// The content octets, when they are at hand.
    pub octets: Option<&'g [u8]>,
    /// adbe.pkcs7.sha1: the inner digest and the one computed over the document.
    pub document_sha1: Option<(&'g [u8], &'g [u8])>,
    /// What archive timestamps are made over; `None` for a counter-signature and for tokens.
    pub archive: Option<Base<'g>>,
}

/// Reads one SignerInfo into facts: claims, digests, and the check of its value under every candidate.
pub(crate) fn observe(
    observer: &mut Observer<'_>,
    info: &SignerInfo<'_, '_>,
    ground: &Ground<'_>,
    path: &str,
    findings: &mut Vec<Finding>,
) -> Signer {
    let mut out = Problems { subject: path.to_owned(), findings };
    let certificates = certificates_of(observer, ground, &mut out);
    let digest_algorithm = digest_fact(&info.digest_algorithm);
    let scheme = read_scheme(info, digest_algorithm, &mut out);
    if ground.digest_algorithms.is_some_and(|listed| !listed.contains(&digest_algorithm.oid)) {
        out.push(Finding::new(FindingCode::DigestAlgorithmsMissing).with("algorithm", digest_algorithm.name()));
    }
    let claims = match &info.signed_attributes {
        Some(set) => Claims::read(set, info, &mut out),
        None => {
            out.push(Finding::new(FindingCode::SignedAttributesMissing));
            Claims::default()
        }
    };
    if info.signed_attributes.is_some() {
        note_attributes(info, &claims, ground, &mut out);
    } else if ground.octets.is_some_and(reads_as_signed_attributes) {
        out.push(Finding::new(FindingCode::SignedAttributesConfusion));
    }

    let found = candidates::find(observer, &info.sid, &claims.references);
    let mut check = Check::new(scheme, signed_forms(info, ground), &info.signature);
    let mut checked = Vec::new();
    for (mut candidate, certificate) in found {
        candidate.signature = check.run(observer.budget(), &certificate);
        checked.push((candidate, certificate));
    }
    if let Some(limit) = check.limit {
        out.push(of_limit(limit, path));
    }
    if !claims.has_signing_certificate {
        out.push(Finding::new(FindingCode::SigningCertificateAttributeMissing));
    }
    if claims.references.iter().any(|reference| reference.version == 1) {
        out.push(Finding::new(FindingCode::SigningCertificateV1));
    }
    note_candidates(observer, &checked, &claims.references, &certificates, &mut out);
    let candidates: Vec<_> = checked.into_iter().map(|(candidate, _)| candidate).collect();

    let intact = |form| candidates.iter().any(|c| c.signature == SignatureCheck::Intact(form));
    if intact(AttributeForm::DerSorted) {
        out.push(Finding::new(FindingCode::SignedAttributesResorted));
    }
    let signed_data = if info.signed_attributes.is_some() {
        claimed_digest(&claims, digest_algorithm, ground)
    } else {
        let broken = candidates.iter().any(|c| c.signature == SignatureCheck::Broken);
        unclaimed_digest(intact(AttributeForm::Content), broken, digest_algorithm, ground)
    };
    Signer {
        version: info.version,
        sid: identifier(&info.sid),
        digest_algorithm,
        signature_algorithm: name_scheme(info, scheme),
        signature_value: info.signature.to_vec().into(),
        content_type: ground.content_type.unwrap_or(crate::oids::ID_DATA),
        signed_data,
        signed_attributes: info.signed_attributes.as_ref().map(|set| SignedAttributes {
            octets: set.as_received().into(),
            der_sorted: set.is_sorted(),
            types: set.attributes.iter().map(|attribute| attribute.kind).collect(),
        }),
        signing_certificate: claims.references,
        candidates,
        certificates,
        claimed_signing_time: claims.signing_time,
        unsigned_attributes: info
            .unsigned_attributes
            .iter()
            .flat_map(|set| &set.attributes)
            .map(|attribute| attribute.kind)
            .collect(),
        signature_policy: None,
        commitments: Vec::new(),
        signer_attributes: Vec::new(),
    }
}

/// The certificates beside the signer. Every signer lists them again, so each list spends like the first.
fn certificates_of(observer: &Observer<'_>, ground: &Ground<'_>, out: &mut Problems<'_>) -> Vec<Sha256> {
    let count = u64::try_from(ground.certificates.len()).unwrap_or(u64::MAX);
    match observer.budget().spend(Resource::Certificates, count) {
        Ok(()) => ground.certificates.to_vec(),
        Err(limit) => {
            out.push(of_limit(limit, "certificates"));
            Vec::new()
        }
    }
}

/// The scheme, or why there is none.
fn read_scheme(
    info: &SignerInfo<'_, '_>,
    digest_algorithm: DigestFact,
    out: &mut Problems<'_>,
) -> Result<SignatureScheme, NotChecked> {
    let Some(digest) = digest_algorithm.algorithm else {
        out.push(Finding::new(FindingCode::UnknownDigestAlgorithm).with("algorithm", digest_algorithm.oid));
        return Err(NotChecked::UnsupportedAlgorithm);
    };
    let error = match SignatureScheme::from_cms(&info.signature_algorithm, digest) {
        Ok(scheme) => return Ok(scheme),
        Err(error) => error,
    };
    Err(match error {
        // RFC 5652 5.3 has one digest for content and attributes. Two of them break the format (RFC 6211 3 says what the
        // contradiction is good for); whether the value verifies by its own algorithm is told all the same.
        SchemeError::Mismatch { digest_algorithm, signature_digest } => {
            let finding = Finding::new(FindingCode::AlgorithmMismatch).with("digest", digest_algorithm);
            out.push(finding.with("signature", signature_digest));
            return SignatureScheme::from_x509(&info.signature_algorithm).map_err(|_| NotChecked::AlgorithmMismatch);
        }
        _ => {
            let finding = Finding::new(FindingCode::UnknownSignatureAlgorithm);
            out.push(finding.with("algorithm", display_name(&info.signature_algorithm.oid)));
            NotChecked::UnsupportedAlgorithm
        }
    })
}

/// The algorithm for display: also one that is refused is named as far as its identifier alone names it.
fn name_scheme(info: &SignerInfo<'_, '_>, scheme: Result<SignatureScheme, NotChecked>) -> SignatureAlgorithm {
    let oid = info.signature_algorithm.oid;
    let named = scheme.ok().or_else(|| SignatureScheme::from_x509(&info.signature_algorithm).ok());
    SignatureAlgorithm {
        oid,
        name: named.map_or_else(|| display_name(&oid), |scheme| scheme.to_string()),
        digest: named.and_then(|scheme| scheme.digest()),
    }
}

/// The standard's name of an algorithm that is not supported, or its identifier.
fn display_name(oid: &Oid) -> String {
    recognised_algorithm(oid).map_or_else(|| oid.to_string(), str::to_owned)
}

/// RFC 5652 5.3 and 11.1, EN 319 122-1 5.2.2.
fn note_attributes(info: &SignerInfo<'_, '_>, claims: &Claims, ground: &Ground<'_>, out: &mut Problems<'_>) {
    let sorted = info.signed_attributes.as_ref().is_none_or(|set| set.is_sorted());
    if !sorted {
        out.push(Finding::new(FindingCode::SignedAttributesUnsorted));
    }
    if let Some(expected) = ground.content_type {
        match claims.content_type {
            None => out.push(Finding::new(FindingCode::ContentTypeMissing)),
            Some(found) if found != expected => {
                let finding = Finding::new(FindingCode::ContentTypeMismatch).with("attribute", found);
                out.push(finding.with("content", expected));
            }
            Some(_) => {}
        }
    }
    if claims.message_digest.is_none() {
        out.push(Finding::new(FindingCode::MessageDigestMissing));
    }
}

/// RFC 5035 3 and 5: which certificate the references protect.
pub(crate) fn note_candidates(
    observer: &Observer<'_>,
    checked: &[candidates::Checked],
    references: &[CertificateReference],
    certificates: &[Sha256],
    out: &mut Problems<'_>,
) {
    let first = checked.iter().find(|(candidate, _)| candidate.reference == Some(0));
    if !references.is_empty() && !first.is_some_and(|(candidate, _)| candidate.matches_sid && !candidate.contradicted) {
        out.push(Finding::new(FindingCode::SigningCertificateMismatch));
    }
    if first.is_some_and(|(candidate, _)| candidate.issuer_serial_matches == Some(false)) {
        out.push(Finding::new(FindingCode::SigningCertificateIssuerSerialMismatch));
    }
    let verifies = |c: &&candidates::Checked| matches!(c.0.signature, SignatureCheck::Intact(_));
    if let Some((candidate, certificate)) = checked.iter().find(verifies) {
        if candidate.reference.is_some_and(|position| !candidates::is_first_of_its_attribute(references, position)) {
            out.push(Finding::new(FindingCode::SigningCertificateNotFirst));
        }
        let key = certificate.public_key().ok().map(kenin_crypto::PublicKey::spki_sha256);
        // A certificate carried twice is still one.
        let distinct: BTreeSet<_> = certificates.iter().collect();
        let carried = distinct.into_iter().filter_map(|sha256| observer.pool.get(sha256));
        let same_key = carried.filter(|other| Some(sha256(other.spki())) == key).count();
        if same_key > 1 {
            out.push(Finding::new(FindingCode::SeveralCertificatesWithOneKey).with("certificates", same_key));
        }
    }
}

/// What the value may be over: the attributes as received, then sorted into DER, or the content (RFC 5652 5.4).
fn signed_forms<'s>(info: &'s SignerInfo<'_, '_>, ground: &'s Ground<'_>) -> Vec<Form<'s>> {
    let Some(set) = &info.signed_attributes else {
        return vec![Form::new(
            AttributeForm::Content,
            Signed::Content { digest: ground.digest, octets: ground.octets },
        )];
    };
    let received = set.as_received();
    let sorted = set.der_sorted().filter(|sorted| *sorted != received);
    let forms = [(AttributeForm::AsReceived, Some(received)), (AttributeForm::DerSorted, sorted)];
    forms.into_iter().filter_map(|(form, octets)| Some(Form::new(form, Signed::Octets(octets?)))).collect()
}

/// The message-digest attribute against the content's digest (RFC 5652 5.4, 11.2).
fn claimed_digest(claims: &Claims, algorithm: DigestFact, ground: &Ground<'_>) -> SignedData {
    let computed = algorithm.algorithm.and_then(|algorithm| (ground.digest)(algorithm));
    let status = match (&claims.message_digest, &computed) {
        (_, None) => SignedDataStatus::NotFound,
        (Some(claimed), Some(computed)) if claimed == computed => SignedDataStatus::Intact,
        // An attribute that is absent or malformed claims nothing that could agree.
        _ => SignedDataStatus::Broken,
    };
    let outer = SignedData {
        status,
        claimed: claims.message_digest.clone().map(Into::into),
        computed: computed.map(Into::into),
    };
    match ground.document_sha1 {
        Some(digests) if status == SignedDataStatus::Intact => document_digest(digests),
        _ => outer,
    }
}

/// The content itself is signed: it is intact exactly when the value verifies over it.
fn unclaimed_digest(intact: bool, broken: bool, algorithm: DigestFact, ground: &Ground<'_>) -> SignedData {
    let computed = algorithm.algorithm.and_then(|algorithm| (ground.digest)(algorithm));
    let status = match (intact, broken) {
        (true, _) => SignedDataStatus::Intact,
        (false, true) => SignedDataStatus::Broken,
        (false, false) => SignedDataStatus::NotFound,
    };
    match ground.document_sha1 {
        Some(digests) if status == SignedDataStatus::Intact => document_digest(digests),
        _ => SignedData { status, claimed: None, computed: computed.map(Into::into) },
    }
}

/// adbe.pkcs7.sha1: the signed content is itself a digest, to be compared with the document's.
fn document_digest((inner, computed): (&[u8], &[u8])) -> SignedData {
    let status = if inner == computed { SignedDataStatus::Intact } else { SignedDataStatus::Broken };
    SignedData { status, claimed: Some(inner.to_vec().into()), computed: Some(computed.to_vec().into()) }
}

fn identifier(sid: &Sid<'_, '_>) -> SignerIdentifier {
    match sid {
        Sid::IssuerAndSerialNumber { issuer, serial } => {
            SignerIdentifier::IssuerAndSerialNumber { issuer: issuer.bytes.to_vec().into(), serial: serial_hex(serial) }
        }
        Sid::SubjectKeyIdentifier(key_id) => SignerIdentifier::SubjectKeyIdentifier(key_id.to_vec().into()),
    }
}
