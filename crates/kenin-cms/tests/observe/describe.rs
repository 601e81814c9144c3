//! Observation of one structure, and facts as one line of text that a table can hold.

use std::fs;
use std::path::Path;

use kenin_asn1::Decoder;
use kenin_base::{Budget, Finding};
use kenin_cms::{Cms, Content, Observer, observe_signatures};
use kenin_crypto::{Digests, MultiDigest};
use kenin_facts::{AttributeForm, Coverage, Evidence, Signature, SignatureCheck, Signer, Token};
use kenin_x509::CertificateCache;

/// The outcome of one observation.
pub struct Observed {
    pub signatures: Vec<Signature>,
    pub evidence: Evidence,
    pub findings: Vec<Finding>,
}

impl Observed {
    /// The facts of the one signature there is.
    pub fn only(&self) -> &Signature {
        assert_eq!(self.signatures.len(), 1);
        &self.signatures[0]
    }
}

pub fn testdata(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(path)).unwrap()
}

pub fn digests(cms: &Cms<'_, '_>, content: &[u8]) -> Digests {
    let mut state = MultiDigest::new(&cms.required_digests());
    state.update(content);
    state.finish()
}

/// Attached content, or `external` as a caller would hash it.
pub fn observe(bytes: &[u8], external: Option<&[u8]>) -> Observed {
    let budget = Budget::default();
    observe_within(&budget, bytes, external)
}

/// As [`observe`] with attached content; `None` for what cannot be read as a SignedData.
pub fn try_observe(bytes: &[u8]) -> Option<Observed> {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let cms = Cms::parse(&decoder, bytes, 0).ok()?;
    Some(observe_content(&budget, &cms, &Content::Attached))
}

pub fn observe_within(budget: &Budget, bytes: &[u8], external: Option<&[u8]>) -> Observed {
    let decoder = Decoder::new(budget);
    let cms = Cms::parse(&decoder, bytes, 0).unwrap();
    match external {
        None => observe_content(budget, &cms, &Content::Attached),
        Some(octets) => {
            let digests = digests(&cms, octets);
            observe_content(budget, &cms, &Content::Detached { digests: &digests, octets: Some(octets) })
        }
    }
}

pub fn observe_content(budget: &Budget, cms: &Cms<'_, '_>, content: &Content<'_>) -> Observed {
    let cache = CertificateCache::new();
    let mut observer = Observer::new(budget, &cache);
    let signatures = observe_signatures(&mut observer, cms, content, 1, Coverage::Attached);
    let (evidence, findings) = observer.finish();
    Observed { signatures, evidence, findings }
}

pub fn codes(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>().join(" ")
}

/// `<signed data> <check of each candidate>`
pub fn signer(signer: &Signer) -> String {
    let check = |check: &SignatureCheck| match check {
        SignatureCheck::Intact(AttributeForm::AsReceived) => "as-received".to_owned(),
        SignatureCheck::Intact(AttributeForm::DerSorted) => "der-sorted".to_owned(),
        SignatureCheck::Intact(AttributeForm::Content) => "content".to_owned(),
        SignatureCheck::Intact(AttributeForm::SignedInfo) => "signed-info".to_owned(),
        SignatureCheck::Broken => "broken".to_owned(),
        SignatureCheck::Refused(code) => code.clone(),
    };
    let checks: Vec<String> = signer.candidates.iter().map(|candidate| check(&candidate.signature)).collect();
    format!("{:?} {}", signer.signed_data.status, checks.join("+"))
}

/// `<format> <signer> [<codes>]`
pub fn signature(signature: &Signature) -> String {
    let signer = signature.signer.as_ref().map_or_else(|| "unreadable".to_owned(), signer);
    format!("{:?} {signer} [{}]", signature.format, codes(&signature.findings))
}

/// `<imprint> <signer> [<codes>]`
pub fn token(token: &Token) -> String {
    let signer = token.signer.as_ref().map_or_else(|| "unreadable".to_owned(), signer);
    format!("{:?} {signer} [{}]", token.imprint.status, codes(&token.findings))
}
