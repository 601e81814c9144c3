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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CODING_SCHEME, Role};

    // Made with OpenSSL's command line; the keys were thrown away.
    const DOCTOR: &str = "308201f230820198a003020102020105300a06082a8648ce3d0403023023310b3009060355040613024a5031143012060355 \
    04030c0b44454d4f2048616e616b6f301e170d3236313132323232333535385a170d3336313131393232333535385a302331 \
    0b3009060355040613024a503114301206035504030c0b44454d4f2048616e616b6f3059301306072a8648ce3d020106082a \
    8648ce3d03010703420004f832bef83b69adb1e76643ea73164aebefb9fe4a44c0ac914f9741fd0cfc3fc0311713e6194985 \
    d88d22b3288d07ffd6e10deb96f0a70afdd52e997063201318a381bc3081b9300e0603551d0f0101ff040403020640301c06 \
    03551d200101ff04123010300e060c2a830886910f010501010301302b0603551d1f042430223020a01ea01c861a68747470 \
    3a2f2f64656d6f2e6578616d706c652f63612e63726c303d0603551d090436303430320606288185420001312831263024a0 \
    223120a00c060a2a830886910f01060101a2100c0e4d65646963616c20446f63746f72301d0603551d0e0416041486f6319d \
    07a9cee58e4b010d1d33ed12bf710478300a06082a8648ce3d040302034800304502210081124f404b5d6c4ec85ceef4bc54 \
    d84792da1a80416fc30f4bc147477a22d835022013295d3206696122c30fed1302da4e27f71e96d50bada7189835bb2cbca5 \
    4762";
    const AUTHENTICATION: &str = "3082019130820137a003020102020105300a06082a8648ce3d0403023023310b3009060355040613024a5031143012060355 \
    04030c0b44454d4f2048616e616b6f301e170d3236313132323232333535385a170d3336313131393232333535385a302331 \
    0b3009060355040613024a503114301206035504030c0b44454d4f2048616e616b6f3059301306072a8648ce3d020106082a \
    8648ce3d03010703420004f832bef83b69adb1e76643ea73164aebefb9fe4a44c0ac914f9741fd0cfc3fc0311713e6194985 \
    d88d22b3288d07ffd6e10deb96f0a70afdd52e997063201318a35c305a300b0603551d0f04040302078030190603551d2004 \
    123010300e060c2a830886910f01050102030130110603551d09040a30063004060055053100301d0603551d0e0416041486 \
    f6319d07a9cee58e4b010d1d33ed12bf710478300a06082a8648ce3d04030203480030450220669bd40e1047e4d5be5217a7 \
    f67a0d09077c996618a2c3bd7719efffcc5ab8280221008abc9e59f170a94c2288354714a38cb8d558b97cada90ff5f17558 \
    fde41c6e2f";
    const TEST: &str = "308201c330820169a003020102020105300a06082a8648ce3d0403023023310b3009060355040613024a5031143012060355 \
    04030c0b44454d4f2048616e616b6f301e170d3236313132323232333535385a170d3336313131393232333535385a302331 \
    0b3009060355040613024a503114301206035504030c0b44454d4f2048616e616b6f3059301306072a8648ce3d020106082a \
    8648ce3d03010703420004f832bef83b69adb1e76643ea73164aebefb9fe4a44c0ac914f9741fd0cfc3fc0311713e6194985 \
    d88d22b3288d07ffd6e10deb96f0a70afdd52e997063201318a3818d30818a300e0603551d0f0101ff0404030206c0302c06 \
    03551d200101ff04223020300e060c2a830886910f010501010301300e060c2a830886910f010501010001302b0603551d1f \
    042430223020a01ea01c861a687474703a2f2f64656d6f2e6578616d706c652f63612e63726c301d0603551d0e0416041486 \
    f6319d07a9cee58e4b010d1d33ed12bf710478300a06082a8648ce3d04030203480030450221008475807fe10052b5ad5420 \
    faa82f6642e2539660eae979a6424a07d51bc022dd02205cf25800c046ecdfc0875e777177765d629c2ed8e202f08e8daf29 \
    38259182a9";

    fn certificate(hex: &str) -> Certificate {
        let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let der: Vec<u8> = digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect();
        Certificate::parse(&der).unwrap()
    }

    #[test]
    fn a_certificate_by_the_profile_has_no_findings_and_its_licence() {
        let doctor = certificate(DOCTOR);
        assert_eq!(CertificateKind::of(&doctor), CertificateKind::Signing);
        assert_eq!(profile_findings(&doctor), []);
        let text = Some("Medical Doctor".to_owned());
        let expected = Role { coding_scheme: CODING_SCHEME, code_value: None, text, regional_data: 0 };
        assert_eq!(HcRole::of(&doctor).unwrap().roles, [expected]);
    }

    #[test]
    fn an_authentication_certificate_departs_in_every_respect() {
        let authentication = certificate(AUTHENTICATION);
        assert_eq!(CertificateKind::of(&authentication), CertificateKind::Authentication);
        let expected = [
            ProfileFinding::KeyUsageNotCritical,
            ProfileFinding::KeyUsageNotNonRepudiationOnly,
            ProfileFinding::PoliciesNotCritical,
            ProfileFinding::NoHpkiSigningPolicy,
            ProfileFinding::DistributionPointsMissing,
            ProfileFinding::HcRoleMalformed,
        ];
        assert_eq!(profile_findings(&authentication), expected);
    }

    #[test]
    fn the_test_policy_outranks_the_signing_policy_and_no_licence_is_no_finding() {
        let test = certificate(TEST);
        assert_eq!(CertificateKind::of(&test), CertificateKind::Test);
        assert_eq!(HcRole::of(&test), Ok(HcRole::default()));
        assert_eq!(profile_findings(&test), [ProfileFinding::KeyUsageNotNonRepudiationOnly]);
    }
}
