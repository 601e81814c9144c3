use kenin_x509::Certificate;
use serde::{Deserialize, Serialize};

use crate::{CertificateKind, HcRole};

/// How an end-entity signing certificate departs from the HPKI profile (domain: every certificate seen follows
/// it). Each is shown; none decides a verdict alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProfileFinding {
    /// Not a version 3 certificate.
    NotVersion3,
    /// keyUsage is missing.
    KeyUsageMissing,
    /// keyUsage is not critical.
    KeyUsageNotCritical,
    /// keyUsage is not nonRepudiation alone.
    KeyUsageNotNonRepudiationOnly,
    /// certificatePolicies is missing.
    PoliciesMissing,
    /// certificatePolicies is not critical.
    PoliciesNotCritical,
    /// No HPKI signing policy, TEST or not.
    NoHpkiSigningPolicy,
    /// basicConstraints says CA.
    IsCa,
    /// No cRLDistributionPoints.
    DistributionPointsMissing,
    /// hcRole is there and cannot be decoded.
    HcRoleMalformed,
}

impl ProfileFinding {
    /// The stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotVersion3 => "not-version-3",
            Self::KeyUsageMissing => "key-usage-missing",
            Self::KeyUsageNotCritical => "key-usage-not-critical",
            Self::KeyUsageNotNonRepudiationOnly => "key-usage-not-non-repudiation-only",
            Self::PoliciesMissing => "policies-missing",
            Self::PoliciesNotCritical => "policies-not-critical",
            Self::NoHpkiSigningPolicy => "no-hpki-signing-policy",
            Self::IsCa => "is-ca",
            Self::DistributionPointsMissing => "distribution-points-missing",
            Self::HcRoleMalformed => "hc-role-malformed",
        }
    }
}

/// Every departure of a certificate from the HPKI end-entity signing profile; empty for one that follows it.
/// A missing hcRole is none: staff without a licence have certificates too.
pub fn profile_findings(certificate: &Certificate) -> Vec<ProfileFinding> {
    const NON_REPUDIATION_ONLY: u16 = 1 << 1;
    let extensions = certificate.extensions();
    let kind = CertificateKind::of(certificate);
    let usage = extensions.key_usage;
    let policies = extensions.certificate_policies.as_ref();
    let checks = [
        (certificate.version() != 3, ProfileFinding::NotVersion3),
        (usage.is_none(), ProfileFinding::KeyUsageMissing),
        (usage.is_some_and(|usage| !usage.critical), ProfileFinding::KeyUsageNotCritical),
        (usage.is_some_and(|usage| usage.bits != NON_REPUDIATION_ONLY), ProfileFinding::KeyUsageNotNonRepudiationOnly),
        (policies.is_none(), ProfileFinding::PoliciesMissing),
        (policies.is_some_and(|policies| !policies.critical), ProfileFinding::PoliciesNotCritical),
        (!matches!(kind, CertificateKind::Signing | CertificateKind::Test), ProfileFinding::NoHpkiSigningPolicy),
        (certificate.is_ca(), ProfileFinding::IsCa),
        (extensions.crl_distribution_points.is_empty(), ProfileFinding::DistributionPointsMissing),
        (HcRole::of(certificate).is_err(), ProfileFinding::HcRoleMalformed),
    ];
    checks.into_iter().filter(|(found, _)| *found).map(|(_, finding)| finding).collect()
}
