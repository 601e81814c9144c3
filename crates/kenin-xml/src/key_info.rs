//! KeyInfo (XMLDSig 1.1 4.5) as far as it names certificates or carries their CRLs and OCSP responses, and the references of XAdES to the signing certificate.

use std::sync::Arc;

use kenin_asn1::{Decoder, Tag};
use kenin_base::{Finding, FindingCode, LimitExceeded, Resource, Sha256};
use kenin_cms::Observer;
use kenin_facts::{CertificateReference, EvidenceSource};
use kenin_x509::Certificate;
use roxmltree::Node;

use crate::algorithms::digest;
use crate::evidence::{self, Kind};
use crate::findings::{malformed, note, of_limit};
use crate::names::{
    algorithm, base64, digest_value, ds_child, ds_children, is_ds, is_ds11, text, token, xades_child, xades_children,
};

/// Takes the certificates, CRLs and OCSP responses that KeyInfo carries into the evidence, and tells the certificates. What
/// revokes the signer counts wherever the signature has it (XMLDSig 1.1 4.5.4).
pub(crate) fn take(
    observer: &mut Observer<'_>,
    key_info: Node<'_, '_>,
    id: &str,
    out: &mut Vec<Finding>,
) -> Vec<Sha256> {
    let source = EvidenceSource::KeyInfo { signature: id.to_owned() };
    let mut certificates = Vec::new();
    for item in ds_children(key_info, "X509Data").flat_map(|data| data.children()) {
        let kind = match () {
            () if is_ds(item, "X509Certificate") => Kind::Certificate,
            () if is_ds(item, "X509CRL") => Kind::Crl,
            () if is_ds11(item, "OCSPResponse") => Kind::Ocsp,
            () => continue,
        };
        match evidence::take(observer, (item, kind), &source, out) {
            Ok(taken) => certificates.extend(taken.filter(|_| kind == Kind::Certificate)),
            Err(limit) => {
                out.push(of_limit(limit, "KeyInfo"));
                break;
            }
        }
    }
    certificates
}

/// The certificates at hand that KeyInfo names: those it carries, and those it tells by serial number, key identifier or
/// digest. `None` where it names none at all. Each name counts as a certificate, and so does each that it tells.
pub(crate) fn named(
    observer: &mut Observer<'_>,
    key_info: Node<'_, '_>,
    carried: &[Sha256],
) -> Result<Option<Vec<Arc<Certificate>>>, LimitExceeded> {
    let mut named: Vec<Arc<Certificate>> = Vec::new();
    let mut names_any = !carried.is_empty();
    for sha256 in carried {
        named.extend(observer.certificate_with_hash(kenin_base::DigestAlgorithm::Sha256, &sha256.0));
    }
    for name in ds_children(key_info, "X509Data").flat_map(|data| data.children()) {
        let before = named.len();
        if is_ds(name, "X509IssuerSerial") {
            names_any = true;
            let serial = ds_child(name, "X509SerialNumber").and_then(|serial| decimal(&token(serial)));
            named.extend(serial.map(|serial| observer.certificates_with_serial(&serial)).unwrap_or_default());
        } else if is_ds(name, "X509SKI") {
            names_any = true;
            let key_id = base64(&text(name));
            named.extend(key_id.map(|key_id| observer.certificates_with_key_id(&key_id)).unwrap_or_default());
        } else if is_ds11(name, "X509Digest") {
            names_any = true;
            let hash = digest(algorithm(name)).zip(base64(&text(name)));
            named.extend(hash.and_then(|(algorithm, hash)| observer.certificate_with_hash(algorithm, &hash)));
        } else {
            continue;
        }
        let told = named.len().saturating_sub(before).saturating_add(1);
        observer.budget().spend(Resource::Certificates, u64::try_from(told).unwrap_or(u64::MAX))?;
    }
    Ok(names_any.then_some(named))
}

/// SigningCertificate and SigningCertificateV2 (EN 319 132-1 5.2.2, TS 101 903 7.2.2): digests of certificates, the signer's
/// first.
pub(crate) fn references(
    observer: &Observer<'_>,
    property: Node<'_, '_>,
    version: u8,
    out: &mut Vec<Finding>,
) -> Vec<CertificateReference> {
    let mut references = Vec::new();
    for certificate in xades_children(property, "Cert") {
        let Some((digest_algorithm, hash)) = xades_child(certificate, "CertDigest").and_then(digest_value) else {
            note(out, malformed("Cert", "CertDigest"));
            continue;
        };
        if let Err(limit) = observer.budget().spend(Resource::Certificates, 1) {
            out.push(of_limit(limit, "SigningCertificate"));
            break;
        }
        let (issuer, serial) = match version {
            1 => (None, xades_child(certificate, "IssuerSerial").and_then(serial_of)),
            _ => issuer_serial(certificate, out),
        };
        let serial = serial.map(|serial| hex(&serial));
        let (issuer, serial) = match (issuer, serial) {
            // The issuer's name as text has too many spellings to compare (TS 101 903 7.2.2, RFC 4514): the digest binds the
            // certificate, and the serial number is told by the candidates below.
            (None, Some(_)) => (None, None),
            both => both,
        };
        references.push(CertificateReference { version, digest_algorithm, hash: hash.into(), serial, issuer });
    }
    references
}

fn serial_of(issuer_serial: Node<'_, '_>) -> Option<Vec<u8>> {
    decimal(&token(ds_child(issuer_serial, "X509SerialNumber")?))
}

/// IssuerSerialV2: the DER of `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber }` (RFC 5035 5).
fn issuer_serial(certificate: Node<'_, '_>, out: &mut Vec<Finding>) -> (Option<kenin_facts::Octets>, Option<Vec<u8>>) {
    let Some(element) = xades_child(certificate, "IssuerSerialV2") else { return (None, None) };
    let read = |der: &[u8]| {
        let budget = kenin_base::Budget::default();
        let decoder = Decoder::new(&budget);
        let mut fields = decoder.reader(der, 0).expect(Tag::SEQUENCE).ok()?.children().ok()?;
        let mut names = fields.expect(Tag::SEQUENCE).ok()?.children().ok()?;
        let serial = fields.expect(Tag::INTEGER).ok()?.content.to_vec();
        let mut issuer = None;
        while !names.is_empty() {
            let name = names.element().ok()?;
            if name.tag == Tag::context(4) {
                issuer = Some(name.explicit().ok()?.bytes.to_vec());
            }
        }
        Some((issuer, serial))
    };
    match base64(&text(element)).and_then(|der| read(&der)) {
        Some((issuer, serial)) => (issuer.map(Into::into), Some(serial)),
        None => {
            note(out, Finding::new(FindingCode::AttributeMalformed).about("IssuerSerialV2"));
            (None, None)
        }
    }
}

/// Lowercase hexadecimal without a sign octet, as serial numbers are written everywhere.
fn hex(octets: &[u8]) -> String {
    let octets = match octets {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// A decimal number as the content octets of an INTEGER. No serial number has more than 60 digits (RFC 5280 4.1.2.2).
fn decimal(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || text.len() > 60 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut octets: Vec<u8> = Vec::new();
    for digit in text.bytes() {
        let mut carry = u32::from(digit - b'0');
        for octet in octets.iter_mut().rev() {
            let value = u32::from(*octet) * 10 + carry;
            *octet = u8::try_from(value & 0xff).unwrap_or_default();
            carry = value >> 8;
        }
        if carry > 0 {
            octets.insert(0, u8::try_from(carry).unwrap_or_default());
        }
    }
    if octets.first().is_none_or(|first| first & 0x80 != 0) {
        octets.insert(0, 0);
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_become_octets() {
        assert_eq!(decimal("0"), Some(vec![0]));
        assert_eq!(decimal("255"), Some(vec![0, 255]));
        assert_eq!(decimal("256"), Some(vec![1, 0]));
        assert_eq!(decimal("75676844983892843438033678918857964698").map(|octets| octets.len()), Some(16));
        assert_eq!((decimal(""), decimal("-1"), decimal("1x")), (None, None, None));
    }
}
