use std::sync::Arc;

use kenin_base::{Budget, LimitExceeded, Resource};
use kenin_crypto::{Refusal, Verification};

use super::error::PathErrorKind;
use super::pool::{CertificatePool, TrustAnchors};
use super::rejected::{PathFailure, RejectedPath, keep};
use super::validate::{PathInputs, PathOutcome, validate_path, validate_verified_path};
use crate::cache::charge;
use crate::{AuthorityKeyIdentifier, Certificate, GeneralName, SignatureCache, SignedObject};

/// Certificates in one path, the anchor included.
const MAX_LENGTH: usize = 16;
/// Valid paths after which the search stops: the caller needs alternatives, not all of them.
const MAX_PATHS: usize = 8;

/// A search for certification paths from one certificate to an anchor.
#[derive(Clone, Copy, Debug)]
pub struct PathSearch<'a> {
    /// Certificates that may be intermediates or, when pinned, anchors.
    pub pool: &'a CertificatePool,
    /// What a path may end at.
    pub anchors: &'a TrustAnchors,
    /// The inputs of RFC 5280 6.1.1.
    pub inputs: &'a PathInputs,
    /// Answers shared with other searches.
    pub signatures: &'a SignatureCache,
    /// Its limits bound each search; every signature check also counts as one of the document's.
    pub budget: &'a Budget,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct SearchResult {
    /// Valid paths, best first: certificates valid at the preferred time, then short paths, then the order in
    /// which key identifiers suggested the issuers.
    pub paths: Vec<FoundPath>,
    /// Paths that failed, in the order they were tried; of very many, those that say most.
    pub rejected: Vec<RejectedPath>,
    /// The budget that ended the search early.
    pub limit: Option<LimitExceeded>,
}

impl SearchResult {
    /// The best path.
    pub fn best(&self) -> Option<&FoundPath> {
        self.paths.first()
    }
}

/// A valid path.
#[derive(Clone, Debug)]
pub struct FoundPath {
    /// The end entity first, the anchor last.
    pub certificates: Vec<Arc<Certificate>>,
    /// What validation gave.
    pub outcome: PathOutcome,
}

impl PathSearch<'_> {
    /// Finds paths from `certificate` to an anchor.
    pub fn find(&self, certificate: &Arc<Certificate>) -> SearchResult {
        let local = Budget::new(self.budget.limits());
        let mut run = Run { search: self, budget: &local, result: SearchResult::default() };
        let mut path = vec![Arc::clone(certificate)];
        if let Err(limit) = run.extend(&mut path, false) {
            run.result.limit = Some(limit);
        }
        let mut result = run.result;
        let outside = |path: &FoundPath| match self.inputs.preferred_time {
            Some(time) => path.certificates.iter().filter(|certificate| !certificate.is_valid_at(time)).count(),
            None => 0,
        };
        result.paths.sort_by_key(|path| (outside(path), path.certificates.len()));
        result
    }
}

struct Run<'s, 'a> {
    search: &'s PathSearch<'a>,
    /// One search's own budget.
    budget: &'s Budget,
    result: SearchResult,
}

impl Run<'_, '_> {
    /// Tries every issuer of the last certificate of `path`. `unverified`: a link could not be verified before
    /// the parameters of a key above it are known.
    fn extend(&mut self, path: &mut Vec<Arc<Certificate>>, unverified: bool) -> Result<(), LimitExceeded> {
        let Some(last) = path.last().cloned() else { return Ok(()) };
        if self.search.anchors.contains(&last) {
            return self.complete(path, unverified);
        }
        if path.len() >= MAX_LENGTH {
            self.reject(path, PathFailure::TooLong);
            return Ok(());
        }
        let candidates = self.candidates(&last, path)?;
        if candidates.is_empty() {
            let subject = last.subject().clone();
            let reason = if last.is_self_issued() {
                PathFailure::UntrustedRoot { subject }
            } else {
                PathFailure::IssuerNotFound { issuer: last.issuer().clone() }
            };
            self.reject(path, reason);
        }
        for issuer in candidates {
            if self.result.paths.len() >= MAX_PATHS {
                break;
            }
            match self.verifies(&last, &issuer)? {
                Verification::Broken => {
                    self.reject(path, PathFailure::NotSignedBy { issuer: issuer.sha256() });
                    // Rare in sound documents; in hostile ones each is a public-key operation that no cache spares.
                    self.search.budget.spend(Resource::PathBrokenLinks, 1)?;
                }
                answer => {
                    path.push(issuer);
                    self.extend(path, unverified || answer != Verification::Intact)?;
                    path.pop();
                }
            }
        }
        Ok(())
    }

    /// Certificates named like the issuer of `certificate`, the most promising first. Key identifiers are hints:
    /// they order and never exclude (RFC 4158 3.5). A name and key that the path has already are a loop.
    fn candidates(
        &self,
        certificate: &Certificate,
        path: &[Arc<Certificate>],
    ) -> Result<Vec<Arc<Certificate>>, LimitExceeded> {
        let named = self.search.pool.with_subject(certificate.issuer());
        self.search.budget.spend(Resource::PathCandidates, u64::try_from(named.len()).unwrap_or(u64::MAX))?;
        // The names are equal already.
        let used: Vec<&[u8]> =
            path.iter().filter(|used| used.subject() == certificate.issuer()).map(|used| used.spki()).collect();
        let mut candidates: Vec<_> = named
            .iter()
            .filter(|candidate| !used.contains(&candidate.spki()))
            .map(|candidate| (self.rank(certificate, candidate), candidate))
            .collect();
        candidates.sort_by_key(|(rank, _)| *rank);
        Ok(candidates.into_iter().map(|(_, candidate)| Arc::clone(candidate)).collect())
    }

    fn rank(&self, certificate: &Certificate, candidate: &Certificate) -> (u8, bool, bool) {
        let identifier = certificate.extensions().authority_key_identifier.as_ref();
        let wanted = identifier.and_then(|identifier| identifier.key_identifier.as_deref());
        let by_key = match (wanted, candidate.extensions().subject_key_identifier.as_deref()) {
            (Some(wanted), Some(own)) if wanted == own => 0,
            (Some(_), Some(_)) => 3,
            _ if identifier.is_some_and(|identifier| names_certificate(identifier, candidate)) => 1,
            _ => 2,
        };
        let time = self.search.inputs.preferred_time;
        let out_of_date = time.is_some_and(|time| !candidate.is_valid_at(time));
        (by_key, !self.search.anchors.contains(candidate), out_of_date)
    }

    fn verifies(&self, certificate: &Certificate, issuer: &Certificate) -> Result<Verification, LimitExceeded> {
        self.search.budget.spend(Resource::SignatureChecks, 1)?;
        let (Ok(key), Ok(signed)) = (issuer.public_key(), SignedObject::certificate(certificate)) else {
            // Validation says which of the two it is, should the path reach an anchor. The link counts all the
            // same, or certificates that cannot be verified would make the search free.
            self.budget.spend(Resource::PathSignatureChecks, 1)?;
            return Ok(Verification::Refused(Refusal::UnknownKeyAlgorithm));
        };
        charge(self.search.budget, key, &signed)?;
        self.search.signatures.verify(key, &signed, self.budget, Resource::PathSignatureChecks)
    }

    fn complete(&mut self, path: &[Arc<Certificate>], unverified: bool) -> Result<(), LimitExceeded> {
        let PathSearch { inputs, signatures, .. } = *self.search;
        // Policy nodes are counted for each path.
        let nodes = Budget::new(self.budget.limits());
        let validated = match unverified {
            true => validate_path(path, inputs, signatures, self.budget),
            false => validate_verified_path(path, inputs, &nodes),
        };
        match validated {
            Ok(outcome) => self.result.paths.push(FoundPath { certificates: path.to_vec(), outcome }),
            Err(error) => {
                let limit = match error.kind {
                    PathErrorKind::Limit(limit) => Some(limit),
                    _ => None,
                };
                self.reject(path, PathFailure::Invalid(error));
                if let Some(limit) = limit {
                    return Err(limit);
                }
            }
        }
        Ok(())
    }

    fn reject(&mut self, path: &[Arc<Certificate>], reason: PathFailure) {
        keep(&mut self.result.rejected, path, reason);
    }
}

/// Whether authorityCertIssuer and authorityCertSerialNumber are those of a certificate (RFC 5280 4.2.1.1).
fn names_certificate(identifier: &AuthorityKeyIdentifier, candidate: &Certificate) -> bool {
    let issuer = |name: &GeneralName| matches!(name, GeneralName::DirectoryName(name) if name == candidate.issuer());
    identifier.serial.as_deref() == Some(candidate.serial()) && identifier.issuer.iter().any(issuer)
}
