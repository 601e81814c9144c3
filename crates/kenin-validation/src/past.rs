//! 5.6.2.4 Past signature validation: whether a signature that does not validate now did so while its material could be
//! relied upon. Documented additions: decisions D31 to D33.

use kenin_base::UtcTime;
use kenin_x509::revocation::{Statement, Status};

use crate::algorithms::{Acceptance, of_certificate};
use crate::check::{Check, CheckStatus, check_ids};
use crate::cryptographic::status_of;
use crate::indication::{Conclusion, SubIndication};
use crate::material::Context;
use crate::path::CheckedPath;
use crate::proofs::Proofs;
use crate::sliding::{control_time, have_common_time};
use crate::status::{Detail, PathStatus, Purpose, existed, signer_stands, status_at};

/// Sub-indications of the validation at validation time that a proof of existence may mend (5.6.3).
pub(crate) fn is_recoverable(sub_indication: SubIndication) -> bool {
    use SubIndication as Sub;
    matches!(
        sub_indication,
        Sub::RevokedNoPoe
            | Sub::RevokedCaNoPoe
            | Sub::OutOfBoundsNoPoe
            | Sub::OutOfBoundsNotRevoked
            | Sub::CryptoConstraintsFailureNoPoe
            | Sub::RevocationOutOfBoundsNoPoe
            | Sub::NoCertificateChainFoundNoPoe
            | Sub::TryLater
    )
}

/// A signature or token that does not validate at validation time.
pub(crate) struct Past<'a> {
    pub path: &'a CheckedPath,
    pub purpose: Purpose,
    /// The path at validation time.
    pub now: &'a PathStatus,
    /// The outcome at validation time.
    pub current: SubIndication,
    /// Since when the signature is known to have existed.
    pub existed: UtcTime,
}

/// The outcome of past signature validation, with its check.
pub(crate) fn validate_past(context: &Context<'_>, proofs: &Proofs, past: &Past<'_>) -> (Conclusion, Check) {
    let control = have_common_time(context, past.path, past.purpose)
        .then(|| control_time(context, proofs, past.path, past.purpose))
        .flatten();
    let conclusion = match control {
        Some(control) if past.existed <= control => past.decide(context, proofs),
        _ => past.current.into(),
    };
    let sliding = match control {
        Some(control) => {
            let status = if past.existed <= control { CheckStatus::Passed } else { CheckStatus::Indeterminate };
            Check::new(check_ids::VALIDATION_TIME_SLIDING, status, "EN 319 102-1 5.6.2.2").with("control_time", control)
        }
        None => Check::new(check_ids::VALIDATION_TIME_SLIDING, CheckStatus::Indeterminate, "EN 319 102-1 5.6.2.2")
            .with("control_time", "none"),
    };
    let check = Check::new(check_ids::PAST_SIGNATURE_VALIDATION, status_of(conclusion), "EN 319 102-1 5.6.2.4")
        .with("existed", past.existed)
        .with("current", past.current)
        .of([sliding.with("existed", past.existed)]);
    (conclusion, check)
}

impl Past<'_> {
    /// Steps 3 to 7, for a signature that existed at control-time.
    fn decide(&self, context: &Context<'_>, proofs: &Proofs) -> Conclusion {
        use SubIndication as Sub;
        let Some(certificate) = self.path.certificates.first() else { return self.current.into() };
        let (before, after) = (self.existed < certificate.not_before(), self.existed > certificate.not_after());
        if before {
            return match self.current {
                Sub::CryptoConstraintsFailureNoPoe | Sub::TryLater => self.current.into(),
                _ => Sub::NotYetValid.into(),
            };
        }
        if after {
            return match self.current {
                Sub::NoCertificateChainFoundNoPoe => Sub::OutOfBoundsNoPoe.into(),
                Sub::RevokedNoPoe | Sub::RevocationOutOfBoundsNoPoe => Sub::OutOfBoundsNotRevoked.into(),
                current => current.into(),
            };
        }
        if self.current == Sub::RevokedCaNoPoe && !self.known_before_ca_revocation(proofs) {
            return self.current.into();
        }
        if !self.material_was_accepted(context, proofs) {
            return self.current.into();
        }
        if !self.was_good(context, proofs) {
            return self.current.into();
        }
        self.data_in_bounds(proofs)
    }

    /// Step 1: some datum about the signer is proven to be from when its own signer was valid.
    fn data_in_bounds(&self, proofs: &Proofs) -> Conclusion {
        let Some(evidence) = self.path.evidence.first() else { return Conclusion::PASSED };
        let mut usable = evidence.statements.iter().filter(|statement| statement.status == Status::Good).peekable();
        let none = usable.peek().is_none();
        if none || usable.any(|statement| signer_stands(proofs, self.path, statement)) {
            Conclusion::PASSED
        } else {
            SubIndication::RevocationOutOfBoundsNoPoe.into()
        }
    }

    /// Step 3, REVOKED_CA_NO_POE: a datum about the signer is older than the revocation of the CA.
    fn known_before_ca_revocation(&self, proofs: &Proofs) -> bool {
        let Some(revoked) = self.now.ca_revoked_at else { return false };
        let older = |statement: &Statement| statement.status == Status::Good && existed(proofs, statement) <= revoked;
        self.path.evidence.first().is_some_and(|evidence| evidence.statements.iter().any(older))
    }

    /// Step 4: every certificate of the path existed while its algorithms were accepted.
    fn material_was_accepted(&self, context: &Context<'_>, proofs: &Proofs) -> bool {
        let Some((_anchor, below)) = self.path.certificates.split_last() else { return true };
        below.iter().all(|certificate| {
            let mut uses = std::collections::BTreeSet::new();
            of_certificate(certificate, &mut uses);
            let since = proofs.evidence(&certificate.sha256());
            Acceptance::at(&uses, &context.policy.algorithms, since).refused.is_empty()
        })
    }

    /// What is asked of every path that ends in PASSED: when the signature is known to have existed, all certificates were
    /// good, as fresh data shows.
    fn was_good(&self, context: &Context<'_>, proofs: &Proofs) -> bool {
        let then = status_at(context, proofs, self.path, self.existed, self.purpose, Detail::Outcome);
        let unrevoked = then.revoked.is_none() && then.ca_revoked_at.is_none();
        unrevoked && !then.ca_out_of_bounds && !then.unproven && !then.weak_data
    }
}
