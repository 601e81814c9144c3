//! What was observed in a signed document, format-neutral and without opinion.
//!
//! The format crates (CMS, PDF, later XML) read bytes into [`Facts`]; the validator reads nothing but facts,
//! policy and time. Facts own their data and can be stored, so that a record is judged again under another
//! policy or at another time without the document. Everything that needs the document's bytes is here:
//! structure, spans, coverage, digests claimed and computed, whether a signature value verifies under each
//! candidate certificate, and the DER of every certificate, CRL, OCSP response and token, keyed by SHA-256.
//!
//! A fact never says that something is *good*: trust, policy and time are judged elsewhere.

mod document;
mod evidence;
mod evidence_record;
mod modification;
mod octets;
mod pdf;
mod signature;
mod signer;
mod timestamp;
mod xml;

pub use document::{Document, DocumentFormat, Facts, GivenContent, Problem};
pub use evidence::{Evidence, EvidenceItem, EvidenceKind, EvidenceSource};
pub use evidence_record::{ArchiveTimestamp, ArchiveTimestampChain, EvidenceRecord, Incorporation};
pub use modification::{FieldLock, LockAction, Modification, ModificationClass, ModificationRule, PageRotation, Rect};
pub use octets::Octets;
pub use pdf::{LaterRevisions, PdfPlacement, SeedValue};
pub use signature::{Coverage, Signature, SignatureFormat, SignatureKind};
pub use signer::{
    AttributeForm, Candidate, CertificateReference, DigestFact, SignatureAlgorithm, SignatureCheck, SignaturePolicy,
    SignedAttributes, SignedData, SignedDataStatus, Signer, SignerAttribute, SignerIdentifier,
};
pub use timestamp::{Covered, Imprint, ImprintStatus, Timestamp, TimestampKind, Token, TstInfo};
pub use xml::{RecordPart, XmlPlacement, XmlReference, XmlReferenceKind};
