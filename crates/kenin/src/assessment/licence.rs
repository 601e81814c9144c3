//! 14①1(2): the national licence, by route.

use kenin_hpki::{CertificateKind, Role, RoleKind, classify, roles};
use kenin_policy::{Needed, Purpose, Requirements};
use kenin_validation::{SignatureValidation, SubIndication};
use kenin_x509::Certificate;

use crate::report::{RequirementStatus as Status, Route};

/// The roles that a signer's certificate states, each with what the licence table says of it.
pub(crate) type SignerRoles = Vec<(Role, RoleKind)>;

/// Reads the roles of a certificate; a certificate without hcRole has none.
pub(crate) fn roles_of(certificate: &Certificate) -> SignerRoles {
    roles(certificate).into_iter().map(|role| (classify(&role), role)).map(|(kind, role)| (role, kind)).collect()
}

/// Judges 14①1(2) for one signature: status, reason and route.
pub(crate) fn judge_licence(
    validation: &SignatureValidation,
    purpose: Option<Purpose>,
    roles: &SignerRoles,
    requirements: &Requirements,
) -> (Status, &'static str, Option<Route>) {
    if requirements.licence == Needed::NotRequired {
        return (Status::NotApplicable, "licence-not-required", None);
    }
    let Some(certificate) = &validation.certificate else {
        return (Status::Undetermined, "signer-not-identified", None);
    };
    if !validation.integrity.intact() {
        // The certificate says who could have signed; nothing shows that its holder did.
        return (Status::Undetermined, "signature-not-decided", None);
    }
    match purpose {
        None => (Status::Undetermined, "path-not-found", None),
        Some(Purpose::AccreditedCa) => (Status::Undetermined, "licence-route-needs-external-proof", Some(Route::B)),
        Some(Purpose::Jpki) => (Status::Undetermined, "licence-route-needs-external-proof", Some(Route::C)),
        Some(Purpose::Other) => (Status::Undetermined, "licence-route-needs-external-proof", None),
        Some(Purpose::Hpki) => {
            let (status, reason) = hpki(validation, certificate, roles, requirements);
            (status, reason, Some(Route::A))
        }
    }
}

/// Route (a): the licence counts only in the signer's own certificate, on a path under the HPKI signing policy.
fn hpki(
    validation: &SignatureValidation,
    certificate: &Certificate,
    roles: &SignerRoles,
    requirements: &Requirements,
) -> (Status, &'static str) {
    if !validation.path_conclusion.passed() {
        let constraints = validation.path_conclusion.is(SubIndication::ChainConstraintsFailure);
        return match CertificateKind::of(certificate) {
            CertificateKind::Test if constraints => (Status::NotSatisfied, "test-certificate"),
            CertificateKind::Authentication if constraints => (Status::NotSatisfied, "authentication-certificate"),
            _ => (Status::Undetermined, "path-not-found"),
        };
    }
    let wanted = |role: &Role| {
        requirements.required_roles.is_empty() || requirements.required_roles.iter().any(|name| *name == role.text)
    };
    let any = |kind: RoleKind| roles.iter().any(|(_, found)| *found == kind);
    if roles.iter().any(|(role, kind)| *kind == RoleKind::NationalLicence && wanted(role)) {
        (Status::Satisfied, "licence-shown")
    } else if any(RoleKind::Unrecognised) {
        (Status::Undetermined, "licence-unrecognised")
    } else if any(RoleKind::NationalLicence) {
        (Status::NotSatisfied, "licence-other")
    } else if any(RoleKind::Manager) {
        (Status::NotSatisfied, "manager-role-only")
    } else {
        (Status::NotSatisfied, "licence-missing")
    }
}
