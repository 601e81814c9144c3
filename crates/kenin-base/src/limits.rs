use std::cell::{Cell, RefCell};

use crate::Sha256;
use foldhash::HashSet;

/// Budgets over untrusted input. Reaching one is the finding `limit-exceeded` and an indeterminate verdict,
/// never a crash (`docs/architecture.md`, decision 8).
///
/// Counts are of logical operations whether or not a cache answered them, so caches never change a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting depth of ASN.1 elements. Default 64.
    pub asn1_depth: u64,
    /// ASN.1 elements visited in one document. Default 4,000,000.
    pub asn1_elements: u64,
    /// Size of one CMS structure, certificate, CRL or OCSP response in bytes. Default 256 MiB.
    pub asn1_bytes: u64,
    /// Signatures, timestamps and counter-signatures in one document. Default 2,500: a timestamp a week for
    /// 48 years.
    pub signatures: u64,
    /// Certificates of any kind taken from one document. Default 10,000.
    pub certificates: u64,
    /// Revocation lists and OCSP responses taken from one document. Default 20,000.
    pub revocation_data: u64,
    /// Signature verifications over a document's signatures and timestamps. Default 20,000.
    pub signature_checks: u64,
    /// What the signature verifications of one observation, and the different ones of one judgement, may cost, in units of
    /// an RSA verification of usual size (about 0.1 ms); the same question asked again in a judgement costs nothing.
    /// Default 20,000.
    pub signature_cost: u64,
    /// Signature verifications in one certification-path search. Default 100.
    pub path_signature_checks: u64,
    /// Certificates weighed as possible issuers in all certification-path searches of one document, and those with an unusable
    /// key that were weighed as signers of revocation data. Default 200,000.
    pub path_candidates: u64,
    /// Issuers tried in all certification-path searches of one document whose key did not verify the signature.
    /// Default 2,000.
    pub path_broken_links: u64,
    /// Nodes of the valid policy graph of one certification path. Default 5,000.
    pub policy_nodes: u64,
    /// Cross-reference sections followed in one PDF. Default 100,000, ten times the increments of the longest-kept record.
    pub pdf_xref_sections: u64,
    /// Objects parsed, found by a scan or looked up for one revision after the other in one PDF. Default 4,000,000: a file
    /// of a million objects is scanned, read and compared within it.
    pub pdf_objects: u64,
    /// Nesting depth of PDF arrays, dictionaries and reference chains. Default 128.
    pub pdf_depth: u64,
    /// Bytes produced by decoding PDF streams in one document. Default 128 MiB.
    pub pdf_decoded_bytes: u64,
    /// Values looked at to tell what the revisions of a PDF change, over all of them.
    pub pdf_comparisons: u64,
    /// Bytes of one PDF that are parsed or searched for the end of a stream, again where they are read again: objects that
    /// lie within each other would cost the square of their size. Default 512 MiB; stream data is not parsed.
    pub pdf_parsed_bytes: u64,
    /// Bytes hashed for the archive timestamps and evidence records of one document, which are each over nearly all of it;
    /// every hash counts for a kilobyte at least. Default 1 GiB.
    pub archive_hashed_bytes: u64,
    /// Objects that the timestamps and evidence records of one document are noted to cover, all lists together. Default
    /// 1,000,000.
    pub covered_objects: u64,
    /// Bytes of one XML document. Default 64 MiB.
    pub xml_bytes: u64,
    /// Elements, attributes, texts, comments and processing instructions in one XML document; what is kept of a property of a
    /// signature counts as 16 more. Default 4,000,000.
    pub xml_nodes: u64,
    /// Nesting depth of XML elements. Default 256.
    pub xml_depth: u64,
    /// Bytes of canonical XML made from one document, for all references and timestamps together, and other work that they
    /// take: each reference counts for 16 KiB at least, a file from its second reading on for its size. Default 192 MiB.
    pub xml_canonical_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            asn1_depth: 64,
            asn1_elements: 4_000_000,
            asn1_bytes: 256 << 20,
            signatures: 2_500,
            certificates: 10_000,
            revocation_data: 20_000,
            signature_checks: 20_000,
            signature_cost: 20_000,
            path_signature_checks: 100,
            path_candidates: 200_000,
            path_broken_links: 2_000,
            policy_nodes: 5_000,
            pdf_xref_sections: 100_000,
            pdf_objects: 4_000_000,
            pdf_depth: 128,
            pdf_decoded_bytes: 128 << 20,
            pdf_comparisons: 16_000_000,
            pdf_parsed_bytes: 512 << 20,
            archive_hashed_bytes: 1 << 30,
            covered_objects: 1_000_000,
            xml_bytes: 64 << 20,
            xml_nodes: 4_000_000,
            xml_depth: 256,
            xml_canonical_bytes: 192 << 20,
        }
    }
}

/// One budget of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resource {
    /// [`Limits::asn1_depth`]
    Asn1Depth,
    /// [`Limits::asn1_elements`]
    Asn1Elements,
    /// [`Limits::asn1_bytes`]
    Asn1Bytes,
    /// [`Limits::signatures`]
    Signatures,
    /// [`Limits::certificates`]
    Certificates,
    /// [`Limits::revocation_data`]
    RevocationData,
    /// [`Limits::signature_checks`]
    SignatureChecks,
    /// [`Limits::signature_cost`]
    SignatureCost,
    /// [`Limits::path_signature_checks`]
    PathSignatureChecks,
    /// [`Limits::path_candidates`]
    PathCandidates,
    /// [`Limits::path_broken_links`]
    PathBrokenLinks,
    /// [`Limits::policy_nodes`]
    PolicyNodes,
    /// [`Limits::pdf_xref_sections`]
    PdfXrefSections,
    /// [`Limits::pdf_objects`]
    PdfObjects,
    /// [`Limits::pdf_depth`]
    PdfDepth,
    /// [`Limits::pdf_decoded_bytes`]
    PdfDecodedBytes,
    /// [`Limits::pdf_comparisons`]
    PdfComparisons,
    /// [`Limits::pdf_parsed_bytes`]
    PdfParsedBytes,
    /// [`Limits::archive_hashed_bytes`]
    ArchiveHashedBytes,
    /// [`Limits::covered_objects`]
    CoveredObjects,
    /// [`Limits::xml_bytes`]
    XmlBytes,
    /// [`Limits::xml_nodes`]
    XmlNodes,
    /// [`Limits::xml_depth`]
    XmlDepth,
    /// [`Limits::xml_canonical_bytes`]
    XmlCanonicalBytes,
}

const RESOURCES: usize = 24;

impl Resource {
    /// Every budget.
    pub const ALL: [Self; RESOURCES] = [
        Self::Asn1Depth,
        Self::Asn1Elements,
        Self::Asn1Bytes,
        Self::Signatures,
        Self::Certificates,
        Self::RevocationData,
        Self::SignatureChecks,
        Self::SignatureCost,
        Self::PathSignatureChecks,
        Self::PathCandidates,
        Self::PathBrokenLinks,
        Self::PolicyNodes,
        Self::PdfXrefSections,
        Self::PdfObjects,
        Self::PdfDepth,
        Self::PdfDecodedBytes,
        Self::PdfComparisons,
        Self::PdfParsedBytes,
        Self::ArchiveHashedBytes,
        Self::CoveredObjects,
        Self::XmlBytes,
        Self::XmlNodes,
        Self::XmlDepth,
        Self::XmlCanonicalBytes,
    ];

    /// The stable name, as the finding's parameter `resource` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asn1Depth => "asn1-depth",
            Self::Asn1Elements => "asn1-elements",
            Self::Asn1Bytes => "asn1-bytes",
            Self::Signatures => "signatures",
            Self::Certificates => "certificates",
            Self::RevocationData => "revocation-data",
            Self::SignatureChecks => "signature-checks",
            Self::SignatureCost => "signature-cost",
            Self::PathSignatureChecks => "path-signature-checks",
            Self::PathCandidates => "path-candidates",
            Self::PathBrokenLinks => "path-broken-links",
            Self::PolicyNodes => "policy-nodes",
            Self::PdfXrefSections => "pdf-xref-sections",
            Self::PdfObjects => "pdf-objects",
            Self::PdfDepth => "pdf-depth",
            Self::PdfDecodedBytes => "pdf-decoded-bytes",
            Self::PdfComparisons => "pdf-comparisons",
            Self::PdfParsedBytes => "pdf-parsed-bytes",
            Self::ArchiveHashedBytes => "archive-hashed-bytes",
            Self::CoveredObjects => "covered-objects",
            Self::XmlBytes => "xml-bytes",
            Self::XmlNodes => "xml-nodes",
            Self::XmlDepth => "xml-depth",
            Self::XmlCanonicalBytes => "xml-canonical-bytes",
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Asn1Depth => 0,
            Self::Asn1Elements => 1,
            Self::Asn1Bytes => 2,
            Self::Signatures => 3,
            Self::Certificates => 4,
            Self::SignatureChecks => 5,
            Self::PathSignatureChecks => 6,
            Self::PolicyNodes => 7,
            Self::PdfXrefSections => 8,
            Self::PdfObjects => 9,
            Self::PdfDepth => 10,
            Self::PdfDecodedBytes => 11,
            Self::PathCandidates => 12,
            Self::PathBrokenLinks => 13,
            Self::SignatureCost => 14,
            Self::PdfComparisons => 15,
            Self::PdfParsedBytes => 16,
            Self::ArchiveHashedBytes => 17,
            Self::CoveredObjects => 18,
            Self::RevocationData => 19,
            Self::XmlBytes => 20,
            Self::XmlNodes => 21,
            Self::XmlDepth => 22,
            Self::XmlCanonicalBytes => 23,
        }
    }
}

/// A budget was reached; the work that asked for more stops there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("limit reached: more than {limit} {}", resource.name())]
pub struct LimitExceeded {
    /// Which budget.
    pub resource: Resource,
    /// Its configured value.
    pub limit: u64,
}

/// What one document may still spend. One `Budget` serves one observation or one judgement, on one thread.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    spent: [Cell<u64>; RESOURCES],
    /// What was paid for once.
    paid: RefCell<HashSet<(Resource, [Sha256; 2])>>,
}

impl Budget {
    /// A fresh budget with everything in `limits` unspent.
    pub fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), spent: Default::default(), paid: RefCell::default() }
    }

    /// The limits this budget was made from.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Takes `amount` from a counted budget.
    ///
    /// # Errors
    /// [`LimitExceeded`] when less than `amount` is left; it stays exceeded from then on.
    pub fn spend(&self, resource: Resource, amount: u64) -> Result<(), LimitExceeded> {
        let limit = self.limit(resource);
        let Some(cell) = self.spent.get(resource.index()) else {
            return Err(LimitExceeded { resource, limit });
        };
        let total = cell.get().saturating_add(amount);
        cell.set(total);
        if total > limit { Err(LimitExceeded { resource, limit }) } else { Ok(()) }
    }

    /// Takes `amount` from a counted budget the first time that `what` is asked for: its answer is remembered, by this
    /// run or by an earlier one, so that the outcome depends on the document alone.
    ///
    /// # Errors
    /// As [`Self::spend`].
    pub fn spend_once(&self, resource: Resource, what: [Sha256; 2], amount: u64) -> Result<(), LimitExceeded> {
        let is_new = self.paid.borrow_mut().insert((resource, what));
        self.spend(resource, if is_new { amount } else { 0 })
    }

    /// Checks a size or depth that does not add up, such as nesting.
    ///
    /// # Errors
    /// [`LimitExceeded`] when `value` is above the limit.
    pub fn check(&self, resource: Resource, value: u64) -> Result<(), LimitExceeded> {
        let limit = self.limit(resource);
        if value > limit { Err(LimitExceeded { resource, limit }) } else { Ok(()) }
    }

    /// How much of a counted budget has been spent.
    pub fn spent(&self, resource: Resource) -> u64 {
        self.spent.get(resource.index()).map(Cell::get).unwrap_or_default()
    }

    /// A counted budget of which more was asked for than there is, whoever asked and whatever became of it.
    pub fn reached(&self) -> Option<LimitExceeded> {
        let all = Resource::ALL.into_iter().map(|resource| LimitExceeded { resource, limit: self.limit(resource) });
        all.into_iter().find(|reached| self.spent(reached.resource) > reached.limit)
    }

    fn limit(&self, resource: Resource) -> u64 {
        match resource {
            Resource::Asn1Depth => self.limits.asn1_depth,
            Resource::Asn1Elements => self.limits.asn1_elements,
            Resource::Asn1Bytes => self.limits.asn1_bytes,
            Resource::Signatures => self.limits.signatures,
            Resource::Certificates => self.limits.certificates,
            Resource::RevocationData => self.limits.revocation_data,
            Resource::SignatureChecks => self.limits.signature_checks,
            Resource::SignatureCost => self.limits.signature_cost,
            Resource::PathSignatureChecks => self.limits.path_signature_checks,
            Resource::PathCandidates => self.limits.path_candidates,
            Resource::PathBrokenLinks => self.limits.path_broken_links,
            Resource::PolicyNodes => self.limits.policy_nodes,
            Resource::PdfXrefSections => self.limits.pdf_xref_sections,
            Resource::PdfObjects => self.limits.pdf_objects,
            Resource::PdfDepth => self.limits.pdf_depth,
            Resource::PdfDecodedBytes => self.limits.pdf_decoded_bytes,
            Resource::PdfComparisons => self.limits.pdf_comparisons,
            Resource::PdfParsedBytes => self.limits.pdf_parsed_bytes,
            Resource::ArchiveHashedBytes => self.limits.archive_hashed_bytes,
            Resource::CoveredObjects => self.limits.covered_objects,
            Resource::XmlBytes => self.limits.xml_bytes,
            Resource::XmlNodes => self.limits.xml_nodes,
            Resource::XmlDepth => self.limits.xml_depth,
            Resource::XmlCanonicalBytes => self.limits.xml_canonical_bytes,
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(&Limits::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_budget_runs_out_and_stays_out() {
        let budget = Budget::new(&Limits { signatures: 2, ..Limits::default() });
        assert_eq!(budget.spend(Resource::Signatures, 2), Ok(()));
        assert_eq!(budget.reached(), None);
        let exceeded = LimitExceeded { resource: Resource::Signatures, limit: 2 };
        assert_eq!(budget.spend(Resource::Signatures, 1), Err(exceeded));
        assert_eq!(budget.spend(Resource::Signatures, 0), Err(exceeded));
        assert_eq!(budget.reached(), Some(exceeded));
        assert_eq!(budget.spend(Resource::Certificates, 1), Ok(()));
    }

    #[test]
    fn what_was_paid_for_costs_nothing_again() {
        let budget = Budget::new(&Limits { signature_cost: 5, ..Limits::default() });
        let ask = |what: u8| budget.spend_once(Resource::SignatureCost, [Sha256([what; 32]), Sha256([0; 32])], 3);
        assert_eq!((ask(1), ask(1)), (Ok(()), Ok(())));
        assert_eq!(budget.spent(Resource::SignatureCost), 3);
        assert_eq!(ask(2), Err(LimitExceeded { resource: Resource::SignatureCost, limit: 5 }));
    }

    #[test]
    fn a_depth_is_checked_not_added() {
        let budget = Budget::default();
        assert_eq!(budget.check(Resource::Asn1Depth, 64), Ok(()));
        assert_eq!(budget.check(Resource::Asn1Depth, 64), Ok(()));
        assert!(budget.check(Resource::Asn1Depth, 65).is_err());
    }
}
