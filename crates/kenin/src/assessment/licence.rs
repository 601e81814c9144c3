//! 14①1(2): the national licence, by route.

use kenin_facts::RecordPart;
use kenin_hpki::{CODING_SCHEME, CertificateKind, HcRole, Licence, Role, RoleKind, classify};
use kenin_policy::{Needed, Purpose, Requirements};
use kenin_validation::{SignatureValidation, SubIndication};
use kenin_x509::Certificate;

use crate::report::{RequirementStatus as Status, Route};

/// The roles that a signer's certificate states.
#[derive(Default)]
pub(crate) struct SignerRoles {
    /// Each role with what the licence table says of it.
    pub roles: Vec<(Role, RoleKind, Option<&'static Licence>)>,
    /// hcRole is there and cannot be decoded: it may hold a licence.
    pub unreadable: bool,
}

/// Reads the roles of a certificate; a certificate without hcRole has none.
pub(crate) fn roles_of(certificate: &Certificate) -> SignerRoles {
    match HcRole::of(certificate) {
        Ok(hc_role) => {
            let classified = hc_role.roles.into_iter().map(|role| {
                let (kind, licence) = classify(&role);
                (role, kind, licence)
            });
            SignerRoles { roles: classified.collect(), unreadable: false }
        }
        Err(_) => SignerRoles { roles: Vec::new(), unreadable: true },
    }
}

/// Judges 14①1(2) for one signature: status, reason and route.
pub(crate) fn judge_licence(
    validation: &SignatureValidation,
    purpose: Option<Purpose>,
    roles: &SignerRoles,
    requirements: &Requirements,
    part: Option<RecordPart>,
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
            let (status, reason) = hpki(validation, certificate, roles, &Wanted { requirements, part });
            (status, reason, Some(Route::A))
        }
    }
}

/// Which licences count.
struct Wanted<'a> {
    requirements: &'a Requirements,
    part: Option<RecordPart>,
}

impl Wanted<'_> {
    fn includes(&self, role: &Role) -> bool {
        let name = role.text.as_deref().unwrap_or_default();
        let named = |names: &[String]| names.is_empty() || names.iter().any(|wanted| wanted == name);
        let parts = &self.requirements.parts;
        let by_part = match self.part {
            Some(RecordPart::Prescription) => named(&parts.prescription),
            Some(RecordPart::Dispensing) => named(&parts.dispensing),
            _ => true,
        };
        by_part && named(&self.requirements.required_roles)
    }
}

/// Route (a): the licence counts only in the signer's own certificate, on a path under the HPKI signing policy.
fn hpki(
    validation: &SignatureValidation,
    certificate: &Certificate,
    roles: &SignerRoles,
    wanted: &Wanted<'_>,
) -> (Status, &'static str) {
    let passed = validation.path_conclusion.passed();
    // A certificate that says TEST or authentication beside the signing policy is still what it says.
    if passed || validation.path_conclusion.is(SubIndication::ChainConstraintsFailure) {
        match CertificateKind::of(certificate) {
            CertificateKind::Test => return (Status::NotSatisfied, "test-certificate"),
            CertificateKind::Authentication => return (Status::NotSatisfied, "authentication-certificate"),
            _ => {}
        }
    }
    if !passed {
        return (Status::Undetermined, "path-not-found");
    }
    // Roles of other coding schemes are displayed and never count (verdicts rule 1).
    let counting = || roles.roles.iter().filter(|(role, ..)| role.coding_scheme == CODING_SCHEME);
    let any = |wanted: RoleKind| counting().any(|(_, kind, _)| *kind == wanted);
    if counting().any(|(role, kind, _)| *kind == RoleKind::NationalLicence && wanted.includes(role)) {
        (Status::Satisfied, "licence-shown")
    } else if roles.unreadable || any(RoleKind::Unrecognised) {
        (Status::Undetermined, "licence-unrecognised")
    } else if any(RoleKind::NationalLicence) {
        (Status::NotSatisfied, "licence-other")
    } else if any(RoleKind::Manager) {
        (Status::NotSatisfied, "manager-role-only")
    } else {
        (Status::NotSatisfied, "licence-missing")
    }
}
