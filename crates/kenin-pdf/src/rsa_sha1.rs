//! The subfilter adbe.x509.rsa_sha1 (ISO 32000-1 12.8.3.2): a PKCS #1 value in /Contents, certificates in /Cert.

use kenin_asn1::{Decoder, Tag};
use kenin_base::{DigestAlgorithm, Oid, Resource};
use kenin_cms::Observer;
use kenin_crypto::{Digests, Message, SignatureScheme, Verification, verify};
use kenin_facts::{
    AttributeForm, Candidate, DigestFact, EvidenceSource, SignatureAlgorithm, SignatureCheck, SignedData,
    SignedDataStatus, Signer, SignerIdentifier,
};

const ID_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 1]);
const RSA_ENCRYPTION: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 1]);

/// Digests the value may be made with: SHA-1 by the standard, the others as ISO 32000-1 table 257 lists them.
pub(crate) const DIGESTS: [DigestAlgorithm; 4] =
    [DigestAlgorithm::Sha1, DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512];

/// The facts of such a signature; `None` when /Contents holds no OCTET STRING.
pub(crate) fn observe(
    observer: &mut Observer<'_>,
    id: &str,
    contents: &[u8],
    certificates: &[Vec<u8>],
    digests: Option<&Digests>,
) -> Option<Signer> {
    let decoder = Decoder::new(observer.budget());
    let value = decoder.reader(contents, 0).expect(Tag::OCTET_STRING).ok()?.octet_string().ok()?.into_owned();
    let source = || EvidenceSource::SignedData { signature: id.to_owned() };
    let known: Vec<_> = certificates.iter().filter_map(|der| observer.add_certificate(der, source())).collect();
    let mut used = DigestAlgorithm::Sha1;
    let mut candidates = Vec::new();
    if let Some(certificate) = known.first() {
        let mut check = SignatureCheck::Refused("content-not-found".to_owned());
        for algorithm in DIGESTS {
            let Some(digest) = digests.and_then(|digests| digests.get(algorithm)) else { continue };
            if observer.budget().spend(Resource::SignatureChecks, 1).is_err() {
                check = SignatureCheck::Refused("limit-exceeded".to_owned());
                break;
            }
            check = match certificate.public_key() {
                Err(error) => SignatureCheck::Refused(error.to_string()),
                Ok(key) => {
                    let scheme = SignatureScheme::RsaPkcs1v15(algorithm);
                    match verify(key, &scheme, Message::Digest(digest), &value) {
                        Verification::Intact => SignatureCheck::Intact(AttributeForm::Content),
                        Verification::Broken => SignatureCheck::Broken,
                        Verification::Refused(refusal) => SignatureCheck::Refused(refusal.to_string()),
                    }
                }
            };
            if matches!(check, SignatureCheck::Intact(_)) {
                used = algorithm;
                break;
            }
        }
        candidates.push(Candidate {
            certificate: certificate.sha256(),
            matches_sid: true,
            reference: None,
            contradicted: false,
            issuer_serial_matches: None,
            signature: check,
        });
    }
    let computed = digests.and_then(|digests| digests.get(used)).map(|digest| digest.to_vec().into());
    let intact = candidates.iter().any(|candidate| matches!(candidate.signature, SignatureCheck::Intact(_)));
    let status = match (&computed, intact) {
        (None, _) => SignedDataStatus::NotFound,
        (Some(_), true) => SignedDataStatus::Intact,
        (Some(_), false) => SignedDataStatus::Broken,
    };
    Some(Signer {
        version: 1,
        sid: SignerIdentifier::FirstCertificate,
        digest_algorithm: DigestFact::from_oid(used.oid()),
        signature_algorithm: SignatureAlgorithm {
            oid: RSA_ENCRYPTION,
            name: SignatureScheme::RsaPkcs1v15(used).to_string(),
            digest: Some(used),
        },
        signature_value: value.into(),
        content_type: ID_DATA,
        signed_data: SignedData { status, claimed: None, computed },
        signed_attributes: None,
        signing_certificate: Vec::new(),
        candidates,
        certificates: known.iter().map(|certificate| certificate.sha256()).collect(),
        claimed_signing_time: None,
        unsigned_attributes: Vec::new(),
        signature_policy: None,
        commitments: Vec::new(),
        signer_attributes: Vec::new(),
    })
}
