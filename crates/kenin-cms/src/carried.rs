use kenin_asn1::{Element, Error, Tag};
use kenin_base::{Finding, FindingCode, Oid, Resource, Sha256};
use kenin_facts::{EvidenceKind, EvidenceSource};

use crate::attributes::AttributeSet;
use crate::findings::{of_error, of_limit};
use crate::signer_info::SignerInfo;
use crate::{Cms, Observer, oids};

/// What `certificates` and `crls` of a SignedData hold, element by element in wire order.
#[derive(Debug, Default)]
pub(crate) struct Carried<'a> {
    pub certificates: Vec<CarriedElement<'a>>,
    pub revocation: Vec<CarriedElement<'a>>,
}

/// An element of `certificates` or `crls`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CarriedElement<'a> {
    /// The whole choice.
    pub octets: &'a [u8],
    /// The key and octets of the object in it, for one that is kept in the evidence.
    pub object: Option<(Sha256, &'a [u8])>,
    /// Whether it is a public-key certificate that can be read.
    is_certificate: bool,
}

impl<'a> Carried<'a> {
    /// Every element.
    pub fn all(&self) -> impl Iterator<Item = &CarriedElement<'a>> {
        self.certificates.iter().chain(&self.revocation)
    }

    /// The keys of everything that is kept.
    pub fn keys(&self) -> impl Iterator<Item = Sha256> {
        self.all().filter_map(|element| element.object).map(|(key, _)| key)
    }

    /// The keys of the certificates.
    pub fn certificate_keys(&self) -> Vec<Sha256> {
        let certificates = self.certificates.iter().filter(|element| element.is_certificate);
        certificates.filter_map(|element| element.object).map(|(key, _)| key).collect()
    }
}

/// Takes what a SignedData carries beside its signers into the evidence: `certificates` and `crls`.
pub(crate) fn take<'a>(
    observer: &mut Observer<'_>,
    cms: &Cms<'_, 'a>,
    id: &str,
    findings: &mut Vec<Finding>,
) -> Carried<'a> {
    let source = EvidenceSource::SignedData { signature: id.to_owned() };
    let mut carried = Carried::default();
    if let Some(set) = cms.certificates {
        let result = take_certificates(observer, set, &source, &mut carried.certificates, findings);
        findings.extend(result.err().map(|error| of_error(&error, "certificates")));
    }
    if let Some(set) = cms.crls {
        let result = take_revocation(observer, set, &source, &mut carried.revocation, findings);
        findings.extend(result.err().map(|error| of_error(&error, "crls")));
    }
    carried
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
fn take_certificates<'a>(
    observer: &mut Observer<'_>,
    set: Element<'_, 'a>,
    source: &EvidenceSource,
    elements: &mut Vec<CarriedElement<'a>>,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut choices = set.children()?;
    while !choices.is_empty() {
        let choice = choices.element()?;
        let octets = choice.bytes;
        let mut element = CarriedElement { octets, object: None, is_certificate: false };
        if choice.tag != Tag::SEQUENCE
            && let Err(limit) = observer.budget().spend(Resource::Certificates, 1)
        {
            observer.report_limit(of_limit(limit, "certificates"));
        } else if choice.tag == Tag::SEQUENCE {
            let certificate = observer.add_certificate(octets, source.clone());
            element.object = certificate.map(|certificate| (certificate.sha256(), octets));
            element.is_certificate = element.object.is_some();
        } else if [0, 1, 2].map(Tag::context).contains(&choice.tag) {
            // The tag replaces that of the SEQUENCE; hashes over the choice need the octets as they are.
            let key = observer.add_opaque(EvidenceKind::AttributeCertificate, octets, source.clone());
            let finding = Finding::new(FindingCode::AttributeCertificatePresent).about(key.to_string());
            findings.push(finding.at(choice.span));
            element.object = Some((key, octets));
        } else {
            findings.push(Finding::new(FindingCode::OtherCertificateSkipped).at(choice.span));
        }
        elements.push(element);
    }
    Ok(())
}

/// `RevocationInfoChoice` (RFC 5652 10.2.1): a CRL, or `[1]` OtherRevocationInfoFormat with an OCSP response
/// (RFC 5940 2.1).
fn take_revocation<'a>(
    observer: &mut Observer<'_>,
    set: Element<'_, 'a>,
    source: &EvidenceSource,
    elements: &mut Vec<CarriedElement<'a>>,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let mut choices = set.children()?;
    while !choices.is_empty() {
        let choice = choices.element()?;
        let octets = choice.bytes;
        let mut object = None;
        if choice.tag == Tag::SEQUENCE {
            object = Some((observer.add_crl(octets, source.clone()), octets));
        } else {
            match other_revocation(choice) {
                Ok((oids::ID_RI_OCSP_RESPONSE | oids::ID_PKIX_OCSP_BASIC, info)) => {
                    object = Some((observer.add_ocsp(info.bytes, source.clone()), info.bytes));
                }
                other => {
                    if let Err(limit) = observer.budget().spend(Resource::RevocationData, 1) {
                        observer.report_limit(of_limit(limit, "crls"));
                    } else {
                        findings.push(match other {
                            Ok((format, _)) => skipped(choice).with("format", format),
                            Err(error) => skipped(choice).with("problem", error),
                        });
                    }
                }
            }
        }
        elements.push(CarriedElement { octets, object, is_certificate: false });
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

/// The certificates and revocation data in the value of an attribute, as far as it can be read.
pub(crate) fn values_of<'a>(kind: &Oid, value: Element<'_, 'a>) -> Vec<&'a [u8]> {
    let mut found = Vec::new();
    // What cannot be read was noted when it was taken; what came before it counts.
    let _ = match *kind {
        oids::CERTIFICATE_VALUES => each_certificate_value(value, &mut |octets| found.push(octets)),
        oids::REVOCATION_VALUES | oids::ADBE_REVOCATION_INFO_ARCHIVAL => {
            each_revocation_value(value, &mut |octets, _| found.push(octets))
        }
        _ => Ok(()),
    };
    found
}

fn take_certificate_values(
    observer: &mut Observer<'_>,
    value: Element<'_, '_>,
    source: &EvidenceSource,
) -> Result<(), Error> {
    each_certificate_value(value, &mut |octets| {
        observer.add_certificate(octets, source.clone());
    })
}

fn take_revocation_values(
    observer: &mut Observer<'_>,
    value: Element<'_, '_>,
    source: &EvidenceSource,
) -> Result<(), Error> {
    each_revocation_value(value, &mut |octets, is_crl| {
        if is_crl {
            observer.add_crl(octets, source.clone());
        } else {
            observer.add_ocsp(octets, source.clone());
        }
    })
}

/// `CertificateValues ::= SEQUENCE OF Certificate` (EN 319 122-1 A.1.1.2)
fn each_certificate_value<'a>(value: Element<'_, 'a>, visit: &mut dyn FnMut(&'a [u8])) -> Result<(), Error> {
    let mut certificates = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !certificates.is_empty() {
        visit(certificates.expect(Tag::SEQUENCE)?.bytes);
    }
    Ok(())
}

/// ```text
/// RevocationValues ::= SEQUENCE { crlVals [0] SEQUENCE OF CertificateList OPTIONAL,
///     ocspVals [1] SEQUENCE OF BasicOCSPResponse OPTIONAL, otherRevVals [2] OtherRevVals OPTIONAL }
/// ```
/// (EN 319 122-1 A.1.2.2; explicit tags.) adbe-revocationInfoArchival (ISO 32000-1 12.8.3.3.2) has the same
/// shape with OCSPResponse in `[1]`. `visit` is told whether it is a CRL.
fn each_revocation_value<'a>(value: Element<'_, 'a>, visit: &mut dyn FnMut(&'a [u8], bool)) -> Result<(), Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    while !fields.is_empty() {
        let field = fields.element()?;
        let is_crl = field.tag == Tag::context(0);
        if !is_crl && field.tag != Tag::context(1) {
            continue;
        }
        let mut data = field.explicit()?.with_tag(Tag::SEQUENCE)?.children()?;
        while !data.is_empty() {
            visit(data.element()?.bytes, is_crl);
        }
    }
    Ok(())
}
