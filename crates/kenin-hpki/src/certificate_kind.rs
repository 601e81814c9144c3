use kenin_base::{Oid, Sha256};
use kenin_x509::Certificate;
use serde::{Deserialize, Serialize};

/// The HPKI certificate policy for signing.
pub const HPKI_SIGNING_POLICY: Oid = Oid::new(&[1, 2, 392, 100495, 1, 5, 1, 1, 3, 1]);
/// The HPKI certificate policy for signing, TEST certificates. They chain to the production root.
pub const HPKI_TEST_POLICY: Oid = Oid::new(&[1, 2, 392, 100495, 1, 5, 1, 1, 0, 1]);
/// The HPKI certificate policy for authentication of persons.
pub const HPKI_AUTHENTICATION_POLICY: Oid = Oid::new(&[1, 2, 392, 100495, 1, 5, 1, 2, 3, 1]);
/// Every authentication policy lies below this arc.
const AUTHENTICATION_ARC: Oid = Oid::new(&[1, 2, 392, 100495, 1, 5, 1, 2]);

/// What an end-entity certificate is for, by its certificate policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// HPKI signing
    Signing,
    /// HPKI signing, TEST
    Test,
    /// HPKI authentication
    Authentication,
    /// No HPKI policy this library knows
    Other,
}

impl CertificateKind {
    /// The kind of a certificate. Of several policies the one that says least wins: a certificate that names the TEST
    /// policy is a TEST certificate whatever else it names.
    pub fn of(certificate: &Certificate) -> Self {
        let policies = certificate.extensions().certificate_policies.iter().flat_map(|e| &e.policies);
        let kinds: Vec<Self> = policies.map(|info| Self::of_policy(&info.policy)).collect();
        let order = [Self::Test, Self::Authentication, Self::Signing];
        order.into_iter().find(|kind| kinds.contains(kind)).unwrap_or(Self::Other)
    }

    /// The kind a single policy identifier means.
    pub fn of_policy(policy: &Oid) -> Self {
        match *policy {
            HPKI_SIGNING_POLICY => Self::Signing,
            HPKI_TEST_POLICY => Self::Test,
            policy if policy.as_octets().starts_with(AUTHENTICATION_ARC.as_octets()) => Self::Authentication,
            _ => Self::Other,
        }
    }
}

/// A CA of HPKI by its certificate: a label for reports, never trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownCa {
    /// SHA-256 of its certificate.
    pub sha256: Sha256,
    /// What people call it.
    pub label: &'static str,
    /// The same in Japanese.
    pub label_ja: &'static str,
}

/// The CAs whose certificates were read.
pub const KNOWN_CAS: &[KnownCa] = &[
    KnownCa {
        sha256: Sha256(digits("6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c")),
        label: "MHLW HPKI Root CA V2",
        label_ja: "厚生労働省 HPKI ルート認証局 V2",
    },
    KnownCa {
        sha256: Sha256(digits("5ebddc823cda0c1275f45ac8508ac28609e55bd5daa1d7da8d0d75b1a3c13360")),
        label: "Japan Medical Association signing CA",
        label_ja: "日本医師会 署名用認証局",
    },
    KnownCa {
        sha256: Sha256(digits("5f497e73f986c4503eb25eb94851a79193d2edc8f829f32e930a61f0b569e033")),
        label: "MEDIS signing CA",
        label_ja: "MEDIS 署名用認証局",
    },
    KnownCa {
        sha256: Sha256(digits("476b64ddd92129cad257906d206fff4e8e32390faf2f64892f6c810cfff54bc3")),
        label: "MEDIS authentication CA for persons",
        label_ja: "MEDIS 認証用（人）認証局",
    },
];

/// The HPKI CA with this certificate.
pub fn known_ca(sha256: &Sha256) -> Option<&'static KnownCa> {
    KNOWN_CAS.iter().find(|ca| ca.sha256 == *sha256)
}

/// 64 hexadecimal digits as octets, at compile time.
const fn digits(text: &str) -> [u8; 32] {
    const fn digit(byte: u8) -> u8 {
        match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            // Const evaluation only: a wrong digit does not compile.
            #[allow(clippy::panic)]
            _ => panic!("not a lowercase hexadecimal digit"),
        }
    }
    let bytes = text.as_bytes();
    let mut out = [0; 32];
    let mut index = 0;
    while index < 32 {
        #[allow(clippy::indexing_slicing)] // const evaluation: a short text does not compile
        {
            out[index] = digit(bytes[2 * index]) * 16 + digit(bytes[2 * index + 1]);
        }
        index += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_tell_signing_test_and_authentication_apart() {
        let kind = |text: &str| CertificateKind::of_policy(&text.parse().unwrap());
        assert_eq!(kind("1.2.392.100495.1.5.1.1.3.1"), CertificateKind::Signing);
        assert_eq!(kind("1.2.392.100495.1.5.1.1.0.1"), CertificateKind::Test);
        assert_eq!(kind("1.2.392.100495.1.5.1.2.3.1"), CertificateKind::Authentication);
        assert_eq!(kind("1.2.392.100495.1.5.1.2.0.1"), CertificateKind::Authentication);
        assert_eq!(kind("1.2.392.100495.1.5.1.20.3.1"), CertificateKind::Other);
        assert_eq!(kind("1.2.392.200149.8.5.1.1.20"), CertificateKind::Other);
    }

    #[test]
    fn known_cas_are_found_by_their_hash() {
        let root: Sha256 = "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c".parse().unwrap();
        assert_eq!(known_ca(&root).unwrap().label, "MHLW HPKI Root CA V2");
        assert_eq!(known_ca(&Sha256([0; 32])), None);
    }
}
