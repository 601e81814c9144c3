use kenin_asn1::{Element, Error, Tag};
use kenin_base::{Finding, FindingCode, Oid, Sha256};
use kenin_facts::{EvidenceKind, EvidenceSource};

use crate::attributes::AttributeSet;
use crate::findings::of_error;
use crate::signer_info::SignerInfo;
use crate::{Cms, Observer, oids};

/// Takes what a SignedData carries beside its signers into the evidence: `certificates`, `crls`, and the values
/// in every signer's attributes. Returns the keys of the certificates in `certificates`, in wire order.
pub(crate) fn take(
    observer: &mut Observer<'_>,
    cms: &Cms<'_, '_>,
    id: &str,
    findings: &mut Vec<Finding>,
) -> Vec<Sha256> {
    let source = EvidenceSource::SignedData { signature: id.to_owned() };
    let mut keys = Vec::new();
    if let Some(set) = cms.certificates {
        let result = take_certificates(observer, set, &source, &mut keys, findings);
        findings.extend(result.err().map(|error| of_error(&error, "certificates")));
    }
    if let Some(set) = cms.crls {
        let result = take_revocation(observer, set, &source, findings);
        findings.extend(result.err().map(|error| of_error(&error, "crls")));
    }
    keys
}

/// Takes the certificates and revocation data in a signer's attributes into the evidence.
pub(crate) fn take_attributes(
    observer: &mut Observer<'_>,
    signer: &SignerInfo<'_, '_>,
    id: &str,
    findings: &mut Vec<Finding>,
) {
    let unsigned = EvidenceSource::UnsignedAttribute { signature: id.to_owned() };
    let signed = EvidenceSource::SignedData { signature: id.to_owned() };
    for (set, source) in [(&signer.signed_attributes, signed), (&signer.unsigned_attributes, unsigned)] {
        if let Some(set) = set {
            take_values(observer, set, &source, findings);
        }
    }
}

/// Takes the certificates and revocation data among the values of attributes into the evidence.
pub(crate) fn take_values(
    observer: &mut Observer<'_>,
    set: &AttributeSet<'_, '_>,
    source: &EvidenceSource,
    findings: &mut Vec<Finding>,
) {
    for attribute in &set.attributes {
        for value in &attribute.values {
            // What cannot be read here is material that is missing, not a broken signature format.
            let (result, code) = match attribute.kind {
                oids::CERTIFICATE_VALUES => {
                    (take_certificate_values(observer, *value, source), FindingCode::CertificateMalformed)
                }
                oids::REVOCATION_VALUES | oids::ADBE_REVOCATION_INFO_ARCHIVAL => {
                    (take_revocation_values(observer, *value, source), FindingCode::CrlMalformed)
                }
                _ => continue,
            };
            if let Err(error) = result {
                let finding = Finding::new(code).about(attribute.kind.to_string()).at(value.span);
                findings.push(finding.with("problem", error));
            }
        }
    }
}

/// `CertificateChoices` (RFC 5652 10.2.2): a certificate, the obsolete `[0]`, attribute certificates `[1]`
/// and `[2]`, other `[3]`.
fn take_certificates(
    observer: &mut Observer<'_>,
    set: Element<'_, '_>,
    source: &EvidenceSource,
    keys: &mut Vec<Sha256>,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut choices = set.children()?;
    while !choices.is_empty() {
        let choice = choices.element()?;
        if choice.tag == Tag::SEQUENCE {
            keys.extend(observer.add_certificate(choice.bytes, source.clone()).map(|c| c.sha256()));
        } else if [0, 1, 2].map(Tag::context).contains(&choice.tag) {
            // The tag replaces that of the SEQUENCE; hashes over the choice need the octets as they are.
            let key = observer.add_opaque(EvidenceKind::AttributeCertificate, choice.bytes, source.clone());
            let finding = Finding::new(FindingCode::AttributeCertificatePresent).about(key.to_string());
            findings.push(finding.at(choice.span));
        } else {
            findings.push(Finding::new(FindingCode::OtherCertificateSkipped).at(choice.span));
        }
    }
    Ok(())
}

/// `RevocationInfoChoice` (RFC 5652 10.2.1): a CRL, or `[1]` OtherRevocationInfoFormat with an OCSP response
/// (RFC 5940 2.1).
fn take_revocation(
    observer: &mut Observer<'_>,
    set: Element<'_, '_>,
    source: &EvidenceSource,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut choices = set.children()?;
    while !choices.is_empty() {
        let choice = choices.element()?;
        if choice.tag == Tag::SEQUENCE {
            observer.add_crl(choice.bytes, source.clone());
            continue;
        }
        match other_revocation(choice) {
            Ok((oids::ID_RI_OCSP_RESPONSE | oids::ID_PKIX_OCSP_BASIC, info)) => {
                observer.add_ocsp(info.bytes, source.clone());
            }
            Ok((format, _)) => findings.push(skipped(choice).with("format", format)),
            Err(error) => findings.push(skipped(choice).with("problem", error)),
        }
    }
    Ok(())
}

fn skipped(choice: Element<'_, '_>) -> Finding {
    Finding::new(FindingCode::OtherRevocationSkipped).at(choice.span)
}

/// `OtherRevocationInfoFormat ::= SEQUENCE { otherRevInfoFormat OBJECT IDENTIFIER, otherRevInfo ANY }`, tagged `[1]`
fn other_revocation<'d, 'a>(choice: Element<'d, 'a>) -> Result<(Oid, Element<'d, 'a>), Error> {
    let mut fields = choice.with_tag(Tag::context(1))?.children()?;
    let format = fields.expect(Tag::OID)?.oid()?;
    let info = fields.element()?;
    fields.finish()?;
    Ok((format, info))
}

/// `CertificateValues ::= SEQUENCE OF Certificate` (EN 319 122-1 A.1.1.2)
fn take_certificate_values(
    observer: &mut Observer<'_>,
    value: Element<'_, '_>,
    source: &EvidenceSource,
) -> Result<(), Error> {
    let mut certificates = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !certificates.is_empty() {
        observer.add_certificate(certificates.expect(Tag::SEQUENCE)?.bytes, source.clone());
    }
    Ok(())
}

/// ```text
/// RevocationValues ::= SEQUENCE { crlVals [0] SEQUENCE OF CertificateList OPTIONAL,
///     ocspVals [1] SEQUENCE OF BasicOCSPResponse OPTIONAL, otherRevVals [2] OtherRevVals OPTIONAL }
/// ```
/// (EN 319 122-1 A.1.2.2; explicit tags.) adbe-revocationInfoArchival (ISO 32000-1 12.8.3.3.2) has the same
/// shape with OCSPResponse in `[1]`.
fn take_revocation_values(
    observer: &mut Observer<'_>,
    value: Element<'_, '_>,
    source: &EvidenceSource,
) -> Result<(), Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !fields.is_empty() {
        let field = fields.element()?;
        let is_crl = field.tag == Tag::context(0);
        if !is_crl && field.tag != Tag::context(1) {
            continue;
        }
        let mut data = field.explicit()?.with_tag(Tag::SEQUENCE)?.children()?;
        while !data.is_empty() {
            let datum = data.element()?;
            if is_crl {
                observer.add_crl(datum.bytes, source.clone());
            } else {
                observer.add_ocsp(datum.bytes, source.clone());
            }
        }
    }
    Ok(())
}
