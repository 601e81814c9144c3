//! complete-certificate-references and complete-revocation-references (EN 319 122-1 A.1.1.1, A.1.2.1): a timestamp over
//! them proves what they name by hash.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded, Sha256};
use kenin_facts::TimestampKind;

use super::{CarriedPart, Over, Subject};
use crate::carried;
use crate::digest_identifier::digest_fact;
use crate::findings::{of_limit, of_problem};
use crate::oids;

/// A hash by which something is referred to.
type Reference = (DigestAlgorithm, Vec<u8>);

/// What a signature's references name, found once for all its timestamps.
#[derive(Default)]
pub(super) struct References(OnceCell<Result<Referenced, LimitExceeded>>);

struct Referenced {
    /// The keys of what is at hand.
    keys: Vec<Sha256>,
    /// What could not be read.
    findings: Vec<Finding>,
}

impl Subject<'_, '_, '_, '_> {
    /// What a CAdES-C or certs-crls timestamp covers: referenced certificates and revocation data among what the
    /// SignedData and its attributes carry, and for the former the signature timestamps.
    pub(super) fn references(&self, kind: TimestampKind) -> Over {
        let mut over = Over::default();
        if kind == TimestampKind::CadesC {
            let tokens = self.placed.iter().enumerate();
            let tokens = tokens.filter(|(_, placed)| placed.attribute.kind == oids::SIGNATURE_TIME_STAMP);
            over.values = tokens.map(|(position, _)| position).collect();
        }
        match self.referenced.0.get_or_init(|| self.find_referenced()) {
            Ok(referenced) => {
                over.carried = CarriedPart::These(referenced.keys.clone());
                over.findings.extend(referenced.findings.iter().cloned());
            }
            Err(limit) => over.findings.push(of_limit(*limit, "references")),
        }
        over
    }

    fn find_referenced(&self) -> Result<Referenced, LimitExceeded> {
        let mut findings = Vec::new();
        let mut references: BTreeMap<DigestAlgorithm, BTreeSet<Vec<u8>>> = BTreeMap::new();
        for placed in self.placed {
            let Some(value) = placed.attribute.values.get(placed.value) else { continue };
            let read = match placed.attribute.kind {
                oids::CERTIFICATE_REFERENCES => certificate_references(*value),
                oids::REVOCATION_REFERENCES => revocation_references(*value),
                _ => continue,
            };
            match read {
                Ok(found) => {
                    for (algorithm, hash) in found {
                        references.entry(algorithm).or_default().insert(hash);
                    }
                }
                Err(error) => findings.push(of_problem(FindingCode::ReferencesMalformed, &error, "references")),
            }
        }
        let carried = self.base.carried.all().filter_map(|element| element.object).map(|(key, octets)| (octets, key));
        let values = self.placed.iter().filter_map(|placed| {
            let value = placed.attribute.values.get(placed.value)?;
            Some(carried::values_of(&placed.attribute.kind, *value))
        });
        let values = values.flatten().map(|octets| (octets, kenin_crypto::sha256(octets)));
        let mut keys = Vec::new();
        for (octets, key) in carried.chain(values) {
            for (algorithm, hashes) in &references {
                if self.hash(*algorithm, &[octets])?.is_some_and(|hash| hashes.contains(&hash)) {
                    keys.push(key);
                    break;
                }
            }
        }
        Ok(Referenced { keys, findings })
    }
}

/// ```text
/// CompleteCertificateRefs ::= SEQUENCE OF OtherCertID
/// OtherCertID ::= SEQUENCE { otherCertHash OtherHash, issuerSerial IssuerSerial OPTIONAL }
/// ```
fn certificate_references(value: Element<'_, '_>) -> Result<Vec<Reference>, Error> {
    let mut references = Vec::new();
    let mut ids = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !ids.is_empty() {
        references.extend(other_hash(ids.expect(Tag::SEQUENCE)?.children()?.element()?)?);
    }
    Ok(references)
}

/// ```text
/// CompleteRevocationRefs ::= SEQUENCE OF CrlOcspRef
/// CrlOcspRef ::= SEQUENCE { crlids [0] CRLListID OPTIONAL, ocspids [1] OcspListID OPTIONAL, otherRev [2] OPTIONAL }
/// CRLListID ::= SEQUENCE { crls SEQUENCE OF CrlValidatedID }
/// CrlValidatedID ::= SEQUENCE { crlHash OtherHash, crlIdentifier CrlIdentifier OPTIONAL }
/// OcspListID ::= SEQUENCE { ocspResponses SEQUENCE OF OcspResponsesID }
/// OcspResponsesID ::= SEQUENCE { ocspIdentifier OcspIdentifier, ocspRepHash OtherHash OPTIONAL }
/// ```
fn revocation_references(value: Element<'_, '_>) -> Result<Vec<Reference>, Error> {
    let mut references = Vec::new();
    let mut of_certificates = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !of_certificates.is_empty() {
        let mut kinds = of_certificates.expect(Tag::SEQUENCE)?.children()?;
        while !kinds.is_empty() {
            let kind = kinds.element()?;
            // The hash comes first for a CRL, and behind the identifier for an OCSP response.
            let skipped = match kind.tag {
                tag if tag == Tag::context(0) => 0,
                tag if tag == Tag::context(1) => 1,
                _ => continue,
            };
            let mut ids = kind.explicit()?.children()?.expect(Tag::SEQUENCE)?.children()?;
            while !ids.is_empty() {
                let mut fields = ids.expect(Tag::SEQUENCE)?.children()?;
                for _ in 0..skipped {
                    fields.element()?;
                }
                if !fields.is_empty() {
                    references.extend(other_hash(fields.element()?)?);
                }
            }
        }
    }
    Ok(references)
}

/// `OtherHash ::= CHOICE { sha1Hash OCTET STRING, otherHash OtherHashAlgAndValue }`. A SHA-1 hash proves nothing: two
/// objects can be made that have the same.
fn other_hash(element: Element<'_, '_>) -> Result<Option<Reference>, Error> {
    if element.tag != Tag::SEQUENCE {
        return Ok(None);
    }
    let mut fields = element.children()?;
    let algorithm = digest_fact(&AlgorithmIdentifier::parse(fields.element()?)?).algorithm;
    let hash = fields.element()?.octet_string()?.into_owned();
    let strong = algorithm.filter(|algorithm| !matches!(algorithm, DigestAlgorithm::Sha1 | DigestAlgorithm::Md5));
    Ok(strong.map(|algorithm| (algorithm, hash)))
}
