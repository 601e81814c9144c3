//! HPKI (保健医療福祉分野の公開鍵基盤): the licence inside a certificate ([`HcRole`], ISO 17090), the table of
//! national licences and manager roles ([`LICENCES`]), which kind of HPKI certificate one is
//! ([`CertificateKind`]), and how an end-entity signing certificate departs from the profile.
//!
//! A role is what the certificate says. Whether it counts (issuer, path, policy) is judged elsewhere.

mod actor_data;
mod certificate_kind;
mod hc_role;
mod licence;
mod profile;

pub use certificate_kind::{
    CertificateKind, HPKI_AUTHENTICATION_POLICY, HPKI_SIGNING_POLICY, HPKI_TEST_POLICY, KNOWN_CAS, KnownCa, known_ca,
};
pub use hc_role::{CODING_SCHEME, HCACTOR_ATTRIBUTE, HcRole, HcRoleError, Role};
pub use licence::{EvidenceMark, LICENCES, Licence, LicenceKind, RoleKind, classify};
pub use profile::{ProfileFinding, profile_findings};
