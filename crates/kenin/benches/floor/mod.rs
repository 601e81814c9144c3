//! What no verifier could save: the public-key operations of a document with keys at hand, and one pass of every digest
//! algorithm over it.

use std::collections::BTreeSet;
use std::sync::Arc;

use kenin::Facts;
use kenin_base::DigestAlgorithm;
use kenin_crypto::{KeyAlgorithm, Message, PublicKey, SignatureScheme, digest, verify};
use kenin_facts::{SignatureCheck, Signer};
use kenin_x509::Certificate;

/// One public-key operation that has to be made, with its key at hand.
pub struct Operation {
    certificate: Arc<Certificate>,
    scheme: SignatureScheme,
    digest: Vec<u8>,
    signature: Vec<u8>,
}

impl Operation {
    pub fn new(certificate: Arc<Certificate>, scheme: SignatureScheme, message: &[u8], signature: &[u8]) -> Self {
        let digest = digest(scheme.digest().expect("the sample has no EdDSA"), message).unwrap();
        Self { certificate, scheme, digest, signature: signature.to_vec() }
    }

    /// Verifies it.
    pub fn run(&self) {
        let key: &PublicKey = self.certificate.public_key().unwrap();
        assert!(verify(key, &self.scheme, Message::Digest(&self.digest), &self.signature).is_intact());
    }
}

/// The signature values of the document: its signature and its timestamps.
pub fn fresh_operations(facts: &Facts) -> Vec<Operation> {
    let of_signer = |signer: &Signer| {
        let candidate = signer.candidates.iter().find(|c| matches!(c.signature, SignatureCheck::Intact(_))).unwrap();
        let certificate = &facts.evidence.get(&candidate.certificate).unwrap().der;
        let certificate = Arc::new(Certificate::parse(certificate.as_slice()).unwrap());
        let message = signer.signed_attributes.as_ref().unwrap().octets.as_slice().to_vec();
        let digest = signer.signature_algorithm.digest.unwrap();
        let scheme = match certificate.public_key().unwrap().algorithm() {
            KeyAlgorithm::Ec(_) => SignatureScheme::Ecdsa(digest),
            _ => SignatureScheme::RsaPkcs1v15(digest),
        };
        Operation::new(certificate, scheme, &message, signer.signature_value.as_slice())
    };
    let values = facts.signatures.iter().filter_map(|signature| signature.signer());
    let tokens = facts.signatures.iter().flat_map(|s| &s.timestamps).map(|t| &t.token);
    let records = facts.signatures.iter().flat_map(|s| &s.evidence_records).flat_map(|record| record.timestamps());
    let tokens = tokens.chain(records.map(|timestamp| &timestamp.token)).filter_map(|token| token.signer.as_ref());
    values.chain(tokens).map(of_signer).collect()
}

/// The digest algorithms of a document's signatures.
pub fn digest_algorithms(operations: &[Operation]) -> BTreeSet<DigestAlgorithm> {
    operations.iter().filter_map(|operation| operation.scheme.digest()).collect()
}
