//! What the report holds for machine formats beside the JSON: octets, references, and what proves what.

use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::{DigestAlgorithm, Sha256};
use kenin_facts::{
    DigestFact, DocumentFormat, EvidenceRecord, Facts, PdfPlacement, Signature, SignatureKind, Signer, SignerAttribute,
    Token,
};
use kenin_validation::{EvidenceRecordValidation, ProofOfExistence, SignatureValidation};

use crate::report::{DigestReport, EvidenceRecordReport, PdfEntries, ProofReport, SignatureDetails};

/// What a signature or the token of a timestamp holds.
pub(crate) fn signature_details(signature: &Signature) -> SignatureDetails {
    let mut details = match (&signature.token, signature.signer()) {
        (Some(token), _) => token_details(token),
        (None, Some(signer)) => of_signer(signer, content_algorithm(signature.pdf.as_ref(), signer)),
        (None, None) => SignatureDetails::default(),
    };
    details.pdf = signature.pdf.as_ref().map(|pdf| PdfEntries {
        sub_filter: pdf.sub_filter.clone(),
        byte_range: pdf.byte_range.clone(),
        name: pdf.name.clone(),
    });
    details
}

/// What a timestamp token holds; its content is what was time-stamped, not the TSTInfo that the TSA signed.
fn token_details(token: &Token) -> SignatureDetails {
    let signed = token.signer.as_ref().map(|signer| of_signer(signer, signer.digest_algorithm));
    let content = token.tst_info.as_ref().zip(token.imprint.computed.as_ref());
    SignatureDetails {
        content: content.map(|(tst_info, value)| digest_of(tst_info.imprint_algorithm, value.clone())),
        ..signed.unwrap_or_default()
    }
}

fn of_signer(signer: &Signer, content_algorithm: DigestFact) -> SignatureDetails {
    let content = signer.signed_data.computed.clone().map(|value| digest_of(content_algorithm, value));
    let signed_octets = match &signer.signed_attributes {
        Some(attributes) => signed_digest(signer, attributes.octets.as_slice()),
        None => content.clone(),
    };
    let claimed = signer.signer_attributes.iter().filter_map(|attribute| match attribute {
        SignerAttribute::Claimed { text, .. } => Some(text),
        _ => None,
    });
    SignatureDetails {
        signature_value: Some(signer.signature_value.clone()),
        signed_octets,
        content,
        message_digest: signer.signed_attributes.as_ref().and_then(|_| signer.signed_data.claimed.clone()),
        signature_algorithm: Some(signer.signature_algorithm.clone()),
        certificate_references: signer
            .signing_certificate
            .iter()
            .map(|reference| digest_of(reference.digest_algorithm, reference.hash.clone()))
            .collect(),
        signing_time_attribute: signer.claimed_signing_time.is_some(),
        claimed_attributes: claimed.flatten().cloned().collect(),
        pdf: None,
    }
}

/// The digest of what is signed, by the algorithm that the signature scheme uses; EdDSA signs the octets themselves.
fn signed_digest(signer: &Signer, octets: &[u8]) -> Option<DigestReport> {
    let algorithm = signer.signature_algorithm.digest.or(signer.digest_algorithm.algorithm)?;
    let value = kenin_crypto::digest(algorithm, octets).ok()?;
    Some(digest_of(DigestFact::from_oid(algorithm.oid()), value))
}

/// adbe.pkcs7.sha1 compares the SHA-1 digest of the document (ISO 32000-1 12.8.3.3.1), whatever the SignerInfo names.
fn content_algorithm(pdf: Option<&PdfPlacement>, signer: &Signer) -> DigestFact {
    match pdf.and_then(|pdf| pdf.sub_filter.as_deref()) {
        Some("adbe.pkcs7.sha1") => DigestFact::from_oid(DigestAlgorithm::Sha1.oid()),
        _ => signer.digest_algorithm,
    }
}

fn digest_of(algorithm: DigestFact, value: impl Into<kenin_facts::Octets>) -> DigestReport {
    DigestReport { algorithm, value: value.into() }
}

/// What proves something to be older than the validation.
pub(crate) fn proof(proof: &ProofOfExistence) -> ProofReport {
    ProofReport { time: proof.time, by: proof.by.to_string() }
}

/// Id of the timestamp that proves best-signature-time: what [`proven_time`](crate::build_signature) took it from.
pub(crate) fn proven_by(
    signature: &Signature,
    validated: &SignatureValidation,
    proof: Option<ProofReport>,
) -> Option<String> {
    match signature.kind {
        _ if signature.token.is_some() => Some(signature.id.clone()),
        SignatureKind::EvidenceRecord => validated.timestamps.first().map(|initial| initial.id.clone()),
        _ => proof.map(|proof| proof.by),
    }
}

/// What a document's facts have by name, looked up for every signature.
pub(crate) struct Named<'f> {
    tokens: BTreeMap<&'f str, (&'f Token, Arc<SignatureDetails>)>,
    records: BTreeMap<&'f str, &'f EvidenceRecord>,
    /// The document, where it is an evidence record itself.
    itself: Option<Sha256>,
}

impl<'f> Named<'f> {
    /// Every token and evidence record; of several with one name the first, entries of their own before others.
    pub fn of(facts: &'f Facts) -> Self {
        let records =
            || facts.signatures.iter().flat_map(|entry| &entry.evidence_records).chain(&facts.evidence_records);
        let own = facts.signatures.iter().filter_map(|entry| Some((entry.id.as_str(), entry.token.as_ref()?)));
        let inside = facts.signatures.iter().flat_map(|entry| &entry.timestamps);
        let inside = inside.map(|timestamp| (timestamp.id.as_str(), &timestamp.token));
        let archive = records().flat_map(EvidenceRecord::timestamps);
        let archive = archive.map(|timestamp| (timestamp.id.as_str(), &timestamp.token));
        let mut named = Self { tokens: BTreeMap::new(), records: BTreeMap::new(), itself: None };
        for (id, token) in own.chain(inside).chain(archive) {
            named.tokens.entry(id).or_insert_with(|| (token, Arc::new(token_details(token))));
        }
        records().for_each(|record| {
            named.records.entry(&record.id).or_insert(record);
        });
        named.itself = (facts.document.format == DocumentFormat::EvidenceRecord).then_some(facts.document.sha256);
        named
    }

    /// The token of a timestamp, wherever it is, and what it holds.
    pub fn token(&self, id: &str) -> Option<&(&'f Token, Arc<SignatureDetails>)> {
        self.tokens.get(id)
    }

    /// The evidence records over a signature.
    pub fn evidence_records(&self, validated: &SignatureValidation) -> Vec<EvidenceRecordReport> {
        validated.evidence_records.iter().map(|record| self.evidence_record(validated, record)).collect()
    }

    fn evidence_record(
        &self,
        validated: &SignatureValidation,
        record: &EvidenceRecordValidation,
    ) -> EvidenceRecordReport {
        let found = self.records.get(record.id.as_str());
        let timestamps: Vec<String> =
            found.iter().flat_map(|found| found.timestamps()).map(|timestamp| timestamp.id.clone()).collect();
        let initial = validated.timestamps.iter().find(|timestamp| Some(&timestamp.id) == timestamps.first());
        EvidenceRecordReport {
            id: record.id.clone(),
            indication: record.conclusion.indication,
            sub_indication: record.conclusion.sub_indication,
            gen_time: initial.and_then(|initial| initial.gen_time).filter(|_| record.conclusion.passed()),
            timestamps,
            sha256: self.itself,
        }
    }
}

/// The anchor's pin of a path.
pub(crate) fn anchor(path: Option<&kenin_validation::PathReport>) -> Option<Sha256> {
    path.map(|path| path.anchor)
}
