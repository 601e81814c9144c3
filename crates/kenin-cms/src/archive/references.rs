//! complete-certificate-references and complete-revocation-references (EN 319 122-1 A.1.1.1, A.1.2.1): a timestamp over
//! them proves what they name by hash.

use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Finding, FindingCode};
use kenin_crypto::digest;
use kenin_facts::TimestampKind;

use super::{Over, Subject};
use crate::digest_identifier::digest_fact;
use crate::oids;

/// A hash by which something is referred to.
type Reference = (DigestAlgorithm, Vec<u8>);

impl Subject<'_, '_, '_, '_> {
    /// What a CAdES-C or certs-crls timestamp covers: referenced certificates and revocation data among what the
    /// SignedData and its attributes carry, and for the former the signature timestamps.
    pub(super) fn references(&self, kind: TimestampKind) -> Over {
        let mut over = Over { computed: None, values: Vec::new(), carried: Vec::new(), findings: Vec::new() };
        let mut references: Vec<Reference> = Vec::new();
        for (position, placed) in self.placed.iter().enumerate() {
            let Some(value) = placed.attribute.values.get(placed.value) else { continue };
            let read = match placed.attribute.kind {
                oids::SIGNATURE_TIME_STAMP if kind == TimestampKind::CadesC => {
                    over.values.push(position);
                    continue;
                }
                oids::CERTIFICATE_REFERENCES => certificate_references(*value),
                oids::REVOCATION_REFERENCES => revocation_references(*value),
                _ => continue,
            };
            match read {
                Ok(found) => references.extend(found),
                Err(error) => over.findings.push(Finding::new(FindingCode::ReferencesMalformed).with("problem", error)),
            }
        }
        let carried = self.base.carried.all().filter_map(|element| element.object).map(|(key, octets)| (octets, key));
        let values = self.placed.iter().filter_map(|placed| {
            let value = placed.attribute.values.get(placed.value)?;
            Some(crate::carried::values_of(&placed.attribute.kind, *value))
        });
        let values = values.flatten().map(|octets| (octets, kenin_crypto::sha256(octets)));
        let named = |octets: &[u8]| {
            references.iter().any(|(algorithm, hash)| digest(*algorithm, octets).is_ok_and(|value| value == *hash))
        };
        over.carried = carried.chain(values).filter(|(octets, _)| named(octets)).map(|(_, key)| key).collect();
        over
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
