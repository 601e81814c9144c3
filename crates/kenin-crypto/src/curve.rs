use kenin_base::Oid;
use openssl::nid::Nid;
use serde::{Deserialize, Serialize};

/// A named elliptic curve that signatures are verified on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-192
    #[serde(rename = "P-192")]
    P192,
    /// NIST P-224
    #[serde(rename = "P-224")]
    P224,
    /// NIST P-256
    #[serde(rename = "P-256")]
    P256,
    /// NIST P-384
    #[serde(rename = "P-384")]
    P384,
    /// NIST P-521
    #[serde(rename = "P-521")]
    P521,
    /// secp256k1
    #[serde(rename = "secp256k1")]
    Secp256k1,
    /// brainpoolP224r1
    #[serde(rename = "brainpoolP224r1")]
    BrainpoolP224r1,
    /// brainpoolP256r1
    #[serde(rename = "brainpoolP256r1")]
    BrainpoolP256r1,
    /// brainpoolP320r1
    #[serde(rename = "brainpoolP320r1")]
    BrainpoolP320r1,
    /// brainpoolP384r1
    #[serde(rename = "brainpoolP384r1")]
    BrainpoolP384r1,
    /// brainpoolP512r1
    #[serde(rename = "brainpoolP512r1")]
    BrainpoolP512r1,
    /// brainpoolP256t1
    #[serde(rename = "brainpoolP256t1")]
    BrainpoolP256t1,
    /// brainpoolP384t1
    #[serde(rename = "brainpoolP384t1")]
    BrainpoolP384t1,
    /// brainpoolP512t1
    #[serde(rename = "brainpoolP512t1")]
    BrainpoolP512t1,
}

/// Curve, identifier (RFC 5480 2.1.1.1, SEC 2, RFC 5639), OpenSSL's number, name, field size in bits.
const CURVES: &[(Curve, Oid, Nid, &str, u32)] = &[
    (Curve::P192, Oid::new(&[1, 2, 840, 10045, 3, 1, 1]), Nid::X9_62_PRIME192V1, "P-192", 192),
    (Curve::P224, Oid::new(&[1, 3, 132, 0, 33]), Nid::SECP224R1, "P-224", 224),
    (Curve::P256, Oid::new(&[1, 2, 840, 10045, 3, 1, 7]), Nid::X9_62_PRIME256V1, "P-256", 256),
    (Curve::P384, Oid::new(&[1, 3, 132, 0, 34]), Nid::SECP384R1, "P-384", 384),
    (Curve::P521, Oid::new(&[1, 3, 132, 0, 35]), Nid::SECP521R1, "P-521", 521),
    (Curve::Secp256k1, Oid::new(&[1, 3, 132, 0, 10]), Nid::SECP256K1, "secp256k1", 256),
    (Curve::BrainpoolP224r1, brainpool(5), Nid::BRAINPOOL_P224R1, "brainpoolP224r1", 224),
    (Curve::BrainpoolP256r1, brainpool(7), Nid::BRAINPOOL_P256R1, "brainpoolP256r1", 256),
    (Curve::BrainpoolP320r1, brainpool(9), Nid::BRAINPOOL_P320R1, "brainpoolP320r1", 320),
    (Curve::BrainpoolP384r1, brainpool(11), Nid::BRAINPOOL_P384R1, "brainpoolP384r1", 384),
    (Curve::BrainpoolP512r1, brainpool(13), Nid::BRAINPOOL_P512R1, "brainpoolP512r1", 512),
    (Curve::BrainpoolP256t1, brainpool(8), Nid::BRAINPOOL_P256T1, "brainpoolP256t1", 256),
    (Curve::BrainpoolP384t1, brainpool(12), Nid::BRAINPOOL_P384T1, "brainpoolP384t1", 384),
    (Curve::BrainpoolP512t1, brainpool(14), Nid::BRAINPOOL_P512T1, "brainpoolP512t1", 512),
];

const fn brainpool(number: u64) -> Oid {
    Oid::new(&[1, 3, 36, 3, 3, 2, 8, 1, 1, number])
}

impl Curve {
    /// The curve an identifier names.
    pub fn from_oid(oid: &Oid) -> Option<Self> {
        CURVES.iter().find(|row| row.1 == *oid).map(|row| row.0)
    }

    /// The standard's name.
    pub fn name(self) -> &'static str {
        CURVES.iter().find(|row| row.0 == self).map_or("?", |row| row.3)
    }

    /// Size of the underlying field in bits.
    pub fn bits(self) -> u32 {
        CURVES.iter().find(|row| row.0 == self).map_or(0, |row| row.4)
    }

    /// OpenSSL's number of the curve.
    pub(crate) fn nid(self) -> Nid {
        CURVES.iter().find(|row| row.0 == self).map_or(Nid::UNDEF, |row| row.2)
    }
}
