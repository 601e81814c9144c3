use std::sync::Arc;

use kenin_base::{Budget, Oid, Resource, UtcTime};
use kenin_crypto::{PublicKey, Verification};

use super::error::{PathError, PathErrorKind};
use super::name_constraints;
use super::policy::{PolicyGraph, PolicySet};
use crate::extensions::{ANY_POLICY, NameConstraints};
use crate::{Certificate, SignatureCache, SignedObject};

/// The user inputs of RFC 5280 6.1.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathInputs {
    /// (c) user-initial-policy-set
    pub initial_policies: PolicySet,
    /// (f) initial-explicit-policy
    pub require_explicit_policy: bool,
    /// (e) initial-policy-mapping-inhibit
    pub inhibit_policy_mapping: bool,
    /// (g) initial-any-policy-inhibit
    pub inhibit_any_policy: bool,
    /// Paths whose certificates are valid at this time are preferred; validity is not judged.
    pub preferred_time: Option<UtcTime>,
}

impl Default for PathInputs {
    /// Any policy, nothing required or inhibited.
    fn default() -> Self {
        Self {
            initial_policies: PolicySet::Any,
            require_explicit_policy: false,
            inhibit_policy_mapping: false,
            inhibit_any_policy: false,
            preferred_time: None,
        }
    }
}

/// The result of a successful validation (RFC 5280 6.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathOutcome {
    /// The acceptable policies that are valid for the whole path; empty when none is and none was required.
    pub policies: PolicySet,
}

/// Validates a path by RFC 5280 6.1 (policies by RFC 9618) without its time and revocation checks.
///
/// `path` begins with the end entity and ends with the trust anchor, which is trusted as it is (6.1.1 (d)): neither its
/// signature nor its policies are looked at. What its certificate says of those it issues holds all the same: that it
/// is no CA, name constraints and the length of the path (RFC 5937 3). A path of one certificate is an anchor itself.
///
/// # Errors
/// [`PathError`] says what failed first, seen from the anchor, and at which certificate.
pub fn validate_path(
    path: &[Arc<Certificate>],
    inputs: &PathInputs,
    signatures: &SignatureCache,
    budget: &Budget,
) -> Result<PathOutcome, PathError> {
    run(path, inputs, Some(signatures), budget)
}

/// As [`validate_path`], for a path whose every signature its builder verified already.
pub(crate) fn validate_verified_path(
    path: &[Arc<Certificate>],
    inputs: &PathInputs,
    budget: &Budget,
) -> Result<PathOutcome, PathError> {
    run(path, inputs, None, budget)
}

fn run(
    path: &[Arc<Certificate>],
    inputs: &PathInputs,
    signatures: Option<&SignatureCache>,
    budget: &Budget,
) -> Result<PathOutcome, PathError> {
    let Some((anchor, certificates)) = path.split_last() else {
        return Err(PathError { certificate: kenin_base::Sha256([0; 32]), kind: PathErrorKind::Empty });
    };
    if !certificates.is_empty() {
        check_anchor(anchor).map_err(|kind| PathError { certificate: anchor.sha256(), kind })?;
    }
    let mut state = State::new(anchor, inputs, certificates.len(), budget);
    for (index, certificate) in certificates.iter().enumerate().rev() {
        let failed = |kind| PathError { certificate: certificate.sha256(), kind };
        state.process(certificate, index == 0, signatures).map_err(failed)?;
    }
    let policies = state.graph.valid_policies(&inputs.initial_policies);
    if state.explicit_policy == 0 && policies.is_empty() && !certificates.is_empty() {
        let certificate = certificates.first().unwrap_or(anchor).sha256();
        return Err(PathError { certificate, kind: PathErrorKind::ExplicitPolicy });
    }
    Ok(PathOutcome { policies })
}

/// The state variables of RFC 5280 6.1.2.
struct State<'p> {
    budget: &'p Budget,
    issuer: &'p Certificate,
    /// A working public key with parameters inherited from above.
    inherited_key: Option<PublicKey>,
    graph: PolicyGraph<'p>,
    constraints: Vec<&'p NameConstraints>,
    explicit_policy: usize,
    inhibit_any_policy: usize,
    policy_mapping: usize,
    max_path_length: usize,
}

impl<'p> State<'p> {
    fn new(anchor: &'p Certificate, inputs: &PathInputs, length: usize, budget: &'p Budget) -> Self {
        let unless = |inhibited: bool| if inhibited { 0 } else { length.saturating_add(1) };
        Self {
            budget,
            issuer: anchor,
            inherited_key: None,
            graph: PolicyGraph::new(budget),
            constraints: anchor.extensions().name_constraints.iter().collect(),
            explicit_policy: unless(inputs.require_explicit_policy),
            inhibit_any_policy: unless(inputs.inhibit_any_policy),
            policy_mapping: unless(inputs.inhibit_policy_mapping),
            max_path_length: lower(length, anchor.extensions().basic_constraints.and_then(|basic| basic.path_len)),
        }
    }

    /// 6.1.3, then 6.1.4 or 6.1.5.
    fn process(
        &mut self,
        certificate: &'p Certificate,
        is_last: bool,
        signatures: Option<&SignatureCache>,
    ) -> Result<(), PathErrorKind> {
        if let Some(signatures) = signatures {
            self.verify_signature(certificate, signatures)?;
        }
        // 4.1.2.4: an empty name identifies no issuer.
        if certificate.issuer() != self.issuer.subject() || certificate.issuer().is_empty() {
            return Err(PathErrorKind::NameChaining);
        }
        if !certificate.signature_algorithms_agree() {
            return Err(PathErrorKind::AlgorithmsDisagree);
        }
        let self_issued = certificate.is_self_issued();
        if is_last || !self_issued {
            name_constraints::check(&self.constraints, certificate)?;
        }
        self.process_policies(certificate, is_last, self_issued)?;
        check_extensions(certificate)?;
        if is_last { self.wrap_up(certificate) } else { self.prepare_for_next(certificate, self_issued) }
    }

    /// (a)(1)
    fn verify_signature(
        &mut self,
        certificate: &Certificate,
        signatures: &SignatureCache,
    ) -> Result<(), PathErrorKind> {
        let signed = SignedObject::certificate(certificate).map_err(PathErrorKind::Scheme)?;
        let own = self.issuer.public_key().map_err(|error| PathErrorKind::Key(error.clone()))?;
        let key = self.inherited_key.as_ref().unwrap_or(own);
        let answer = signatures
            .verify(key, &signed, self.budget, Resource::PathSignatureChecks)
            .map_err(PathErrorKind::Limit)?;
        // 6.1.4 (d) to (f): parameters that the subject's key lacks come from this working key.
        self.inherited_key = certificate.public_key().ok().and_then(|subject| subject.inherit_parameters(key));
        match answer {
            Verification::Intact => Ok(()),
            Verification::Broken => Err(PathErrorKind::SignatureBroken),
            Verification::Refused(refusal) => Err(PathErrorKind::SignatureRefused(refusal)),
        }
    }

    /// 6.1.3 (d) to (f)
    fn process_policies(
        &mut self,
        certificate: &Certificate,
        is_last: bool,
        self_issued: bool,
    ) -> Result<(), PathErrorKind> {
        let any_allowed = self.inhibit_any_policy > 0 || (!is_last && self_issued);
        let extension = certificate.extensions().certificate_policies.as_ref();
        let policies: Option<Vec<Oid>> = extension.map(|e| e.policies.iter().map(|info| info.policy).collect());
        self.graph.process_policies(policies.as_deref(), any_allowed).map_err(PathErrorKind::Limit)?;
        if self.explicit_policy == 0 && !self.graph.is_alive() {
            return Err(PathErrorKind::ExplicitPolicy);
        }
        Ok(())
    }

    /// 6.1.4
    fn prepare_for_next(&mut self, certificate: &'p Certificate, self_issued: bool) -> Result<(), PathErrorKind> {
        let extensions = certificate.extensions();
        let mappings = &extensions.policy_mappings;
        if mappings.iter().any(|(issuer, subject)| *issuer == ANY_POLICY || *subject == ANY_POLICY) {
            return Err(PathErrorKind::AnyPolicyMapped);
        }
        self.graph.process_mappings(mappings, self.policy_mapping > 0).map_err(PathErrorKind::Limit)?;
        self.issuer = certificate;
        self.constraints.extend(&extensions.name_constraints);
        if !self_issued {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            self.policy_mapping = self.policy_mapping.saturating_sub(1);
            self.inhibit_any_policy = self.inhibit_any_policy.saturating_sub(1);
        }
        let constraints = extensions.policy_constraints.unwrap_or_default();
        self.explicit_policy = lower(self.explicit_policy, constraints.require_explicit_policy);
        self.policy_mapping = lower(self.policy_mapping, constraints.inhibit_policy_mapping);
        self.inhibit_any_policy = lower(self.inhibit_any_policy, extensions.inhibit_any_policy);
        let Some(basic) = extensions.basic_constraints.filter(|basic| basic.ca && certificate.version() == 3) else {
            return Err(PathErrorKind::NotCa);
        };
        if !self_issued {
            self.max_path_length = self.max_path_length.checked_sub(1).ok_or(PathErrorKind::PathLength)?;
        }
        self.max_path_length = lower(self.max_path_length, basic.path_len);
        if extensions.key_usage.is_some_and(|usage| !usage.key_cert_sign()) {
            return Err(PathErrorKind::KeyCertSign);
        }
        Ok(())
    }

    /// 6.1.5 (a) and (b); (g) follows when the whole path is known.
    fn wrap_up(&mut self, certificate: &Certificate) -> Result<(), PathErrorKind> {
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        let constraints = certificate.extensions().policy_constraints.unwrap_or_default();
        if constraints.require_explicit_policy == Some(0) {
            self.explicit_policy = 0;
        }
        Ok(())
    }
}

/// The smaller of a count and a SkipCerts or pathLenConstraint, where there is one.
fn lower(current: usize, limit: Option<u32>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).map_or(current, |limit| current.min(limit))
}

/// That the certificate of an anchor does not forbid to verify certificates with its key (RFC 5280 4.2.1.9, 4.2.1.3), and
/// that all it demands is understood. Roots of version 1, and deployed ones whose keyUsage alone makes them CAs, may.
fn check_anchor(anchor: &Certificate) -> Result<(), PathErrorKind> {
    let extensions = anchor.extensions();
    let is_ca = match (extensions.basic_constraints, extensions.key_usage) {
        (Some(basic), _) => basic.ca,
        (None, Some(_)) => true,
        (None, None) => anchor.version() < 3,
    };
    if !is_ca {
        return Err(PathErrorKind::NotCa);
    }
    if extensions.key_usage.is_some_and(|usage| !usage.key_cert_sign()) {
        return Err(PathErrorKind::KeyCertSign);
    }
    check_extensions(anchor)
}

/// 6.1.4 (o) and 6.1.5 (e), and that what is processed could be read.
fn check_extensions(certificate: &Certificate) -> Result<(), PathErrorKind> {
    let extensions = certificate.extensions();
    if let Some(oid) = extensions.unknown_critical.first() {
        return Err(PathErrorKind::UnknownCriticalExtension(*oid));
    }
    if let Some(oid) = extensions.malformed.first() {
        return Err(PathErrorKind::MalformedExtension(*oid));
    }
    match extensions.duplicated.first() {
        Some(oid) => Err(PathErrorKind::DuplicateExtension(*oid)),
        None => Ok(()),
    }
}
