use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::Sha256;
use kenin_facts::{Candidate, CertificateReference};
use kenin_x509::{Certificate, Name};

use crate::integer::minimal;
use crate::signer_info::Sid;
use crate::{NotChecked, Observer};

/// A candidate and its certificate.
pub(crate) type Checked = (Candidate, Arc<Certificate>);

/// Every certificate at hand that the signer identifier or a signing-certificate reference names, before the
/// signature is checked. Those named by an earlier reference come first, then those the identifier names.
pub(crate) fn find(
    observer: &mut Observer<'_>,
    sid: &Sid<'_, '_>,
    references: &[CertificateReference],
) -> Vec<Checked> {
    let named = matching_sid(observer, sid);
    among(observer, named, references)
}

/// As [`find`], with the certificates that the signature's identifier names already found.
pub(crate) fn among(
    observer: &mut Observer<'_>,
    named: Vec<Arc<Certificate>>,
    references: &[CertificateReference],
) -> Vec<Checked> {
    let mut found: BTreeMap<Sha256, Checked> = BTreeMap::new();
    for certificate in named {
        found.insert(certificate.sha256(), (unchecked(&certificate, true), certificate));
    }
    let mut firsts: Vec<Option<Sha256>> = Vec::new();
    for (position, reference) in references.iter().enumerate() {
        let is_first = is_first_of_its_attribute(references, position);
        if is_first {
            firsts.push(None);
        }
        let Some(algorithm) = reference.digest_algorithm.algorithm else { continue };
        let Some(certificate) = observer.pool.with_hash(algorithm, reference.hash.as_slice()) else { continue };
        if let Some(first) = firsts.last_mut().filter(|_| is_first) {
            *first = Some(certificate.sha256());
        }
        let entry = found.entry(certificate.sha256());
        let (candidate, _) = entry.or_insert_with(|| (unchecked(certificate, false), Arc::clone(certificate)));
        if candidate.reference.is_none() {
            candidate.reference = Some(position);
            candidate.issuer_serial_matches = issuer_serial_matches(reference, certificate);
        }
    }
    let mut candidates: Vec<_> = found.into_values().collect();
    for (candidate, _) in &mut candidates {
        let is_it = |first: &Option<Sha256>| *first == Some(candidate.certificate);
        candidate.contradicted = firsts.iter().any(is_it) && !firsts.iter().all(is_it);
    }
    candidates.sort_by_key(|(c, _)| (c.reference.unwrap_or(usize::MAX), !c.matches_sid, c.certificate));
    candidates
}

/// Position 0 of signing-certificate or of signing-certificate-v2.
pub(crate) fn is_first_of_its_attribute(references: &[CertificateReference], position: usize) -> bool {
    let version = |at: usize| references.get(at).map(|reference| reference.version);
    position.checked_sub(1).is_none_or(|before| version(before) != version(position))
}

fn unchecked(certificate: &Certificate, matches_sid: bool) -> Candidate {
    Candidate {
        certificate: certificate.sha256(),
        matches_sid,
        reference: None,
        contradicted: false,
        issuer_serial_matches: None,
        signature: NotChecked::NotTried.into(),
    }
}

fn matching_sid(observer: &Observer<'_>, sid: &Sid<'_, '_>) -> Vec<Arc<Certificate>> {
    match sid {
        Sid::SubjectKeyIdentifier(key_id) => observer.pool.with_key_id(key_id).map(Arc::clone).collect(),
        Sid::IssuerAndSerialNumber { issuer, serial } => {
            let name = Name::parse(issuer.bytes).ok();
            let same_issuer = |certificate: &&Arc<Certificate>| {
                certificate.issuer().der() == issuer.bytes || name.as_ref() == Some(certificate.issuer())
            };
            observer.pool.with_serial(minimal(serial)).filter(same_issuer).map(Arc::clone).collect()
        }
    }
}

/// Whether issuerSerial names the certificate; `None` when the reference has none (RFC 5035 5).
fn issuer_serial_matches(reference: &CertificateReference, certificate: &Certificate) -> Option<bool> {
    let serial = reference.serial.as_ref()?;
    let same_issuer = match &reference.issuer {
        Some(der) => {
            let der = der.as_slice();
            certificate.issuer().der() == der || Name::parse(der).is_ok_and(|name| name == *certificate.issuer())
        }
        // issuerSerial without a directoryName cannot name the issuer of an X.509 certificate.
        None => false,
    };
    Some(same_issuer && *serial == certificate.serial_hex())
}
