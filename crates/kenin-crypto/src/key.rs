use std::fmt;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, Tag};
use kenin_base::{Budget, Oid, Sha256};
use openssl::bn::{BigNum, BigNumContext};
use openssl::dsa::Dsa;
use openssl::ec::{EcGroup, EcKey, EcPoint};
use openssl::pkey::{Id, PKey, Public};
use serde::{Deserialize, Serialize};

use crate::recognised::Unverified;
use crate::rsa::RsaKey;
use crate::spki::{PssRestriction, parse_pss_parameters};
use crate::{Curve, dsa, openssl_errors, sha256};

const RSA_ENCRYPTION: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 1]);
const RSASSA_PSS: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 10]);
const EC_PUBLIC_KEY: Oid = Oid::new(&[1, 2, 840, 10045, 2, 1]);
const ED25519: Oid = Oid::new(&[1, 3, 101, 112]);
const ED448: Oid = Oid::new(&[1, 3, 101, 113]);
const ID_DSA: Oid = Oid::new(&[1, 2, 840, 10040, 4, 1]);

/// The kind and size of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA under rsaEncryption (RFC 3279 2.3.1).
    Rsa {
        /// Length of the modulus in bits.
        bits: u32,
    },
    /// RSA under id-RSASSA-PSS, for that scheme only (RFC 4055 1.2).
    RsaPss {
        /// Length of the modulus in bits.
        bits: u32,
        /// What the key's parameters allow; `None` when they are absent and anything is.
        restriction: Option<PssRestriction>,
    },
    /// An elliptic curve key (RFC 5480).
    Ec(Curve),
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Ed448 (RFC 8410).
    Ed448,
    /// DSA (RFC 3279 2.3.2); zero bits when the parameters are inherited from the issuer and not known yet.
    Dsa {
        /// Length of the prime p in bits.
        bits: u32,
    },
    /// An algorithm this library does not verify with.
    Unknown(Oid),
}

impl KeyAlgorithm {
    /// What verifying with such a key costs, in units of an RSA verification of usual size (about 0.1 ms). Counting
    /// verifications alone would let keys of slow algorithms multiply the time: on some curves one takes as long as twenty
    /// with RSA.
    pub fn verification_cost(&self) -> u64 {
        match self {
            Self::Rsa { bits } | Self::RsaPss { bits, .. } if *bits > 4096 => 8,
            Self::Ec(Curve::P256) | Self::Ed25519 => 2,
            Self::Ec(curve) if curve.bits() > 256 => 16,
            Self::Ec(_) | Self::Ed448 | Self::Dsa { .. } => 5,
            _ => 1,
        }
    }
}

impl KeyAlgorithm {
    /// Size in bits as algorithm policies compare it: modulus, prime or field; zero when unknown.
    pub fn bits(self) -> u32 {
        match self {
            Self::Rsa { bits } | Self::RsaPss { bits, .. } | Self::Dsa { bits } => bits,
            Self::Ec(curve) => curve.bits(),
            Self::Ed25519 => 256,
            Self::Ed448 => 456,
            Self::Unknown(_) => 0,
        }
    }
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA-{bits}"),
            Self::RsaPss { bits, .. } => write!(f, "RSASSA-PSS-{bits}"),
            Self::Ec(curve) => write!(f, "EC {}", curve.name()),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::Dsa { bits } => write!(f, "DSA-{bits}"),
            Self::Unknown(oid) => write!(f, "{}", Unverified(oid)),
        }
    }
}

/// Why a SubjectPublicKeyInfo gives no key to verify with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It cannot be decoded; offsets count from its first octet.
    #[error("SubjectPublicKeyInfo: {0}")]
    Malformed(#[from] Error),
    /// The modulus or prime is outside 512 to 8192 bits (RSA) or 512 to 4096 bits (DSA).
    #[error("key size of {bits} bits is outside the supported range")]
    Size {
        /// Its length in bits.
        bits: u32,
    },
    /// The RSA modulus is even, or the public exponent is even, below 3 or above 64 bits.
    #[error("RSA modulus or public exponent outside the supported range")]
    Exponent,
    /// The curve is given by explicit parameters, or is none of [`Curve`].
    #[error("unsupported elliptic curve")]
    UnsupportedCurve,
    /// The point is not on the curve, or its encoding is neither compressed nor uncompressed.
    #[error("the elliptic curve point is invalid")]
    InvalidPoint,
    /// The algorithm's parameters are missing or not allowed, or a DSA value does not fit them.
    #[error("invalid public key parameters")]
    Parameters,
    /// OpenSSL does not accept the components.
    #[error("the cryptographic library refused the key")]
    Refused,
}

/// A public key, ready to verify with. Shared between threads; building it costs some microseconds.
pub struct PublicKey {
    algorithm: KeyAlgorithm,
    spki_sha256: Sha256,
    identity: Sha256,
    pub(crate) material: Material,
}

/// The key inside OpenSSL.
pub(crate) enum Material {
    Rsa(RsaKey),
    Ec {
        key: EcKey<Public>,
        order_bytes: usize,
    },
    Edwards {
        key: PKey<Public>,
        signature_bytes: usize,
    },
    Dsa {
        key: PKey<Public>,
        dsa: Dsa<Public>,
    },
    /// The public value of a DSA key whose parameters are its issuer's (RFC 3279 2.3.2).
    DsaValue(Vec<u8>),
    None,
}

impl PublicKey {
    /// Reads the DER octets of a SubjectPublicKeyInfo (RFC 5280 4.1.2.7) and checks every size before any
    /// arithmetic. An algorithm this library does not verify with gives [`KeyAlgorithm::Unknown`], not an error.
    ///
    /// # Errors
    /// [`KeyError`] when the octets are malformed or the key is outside the limits.
    pub fn from_spki(spki: &[u8]) -> Result<Self, KeyError> {
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        let mut reader = decoder.reader(spki, 0);
        let mut fields = reader.expect(Tag::SEQUENCE)?.children()?;
        reader.finish()?;
        let algorithm = AlgorithmIdentifier::parse(fields.expect(Tag::SEQUENCE)?)?;
        let key_bits = fields.expect(Tag::BIT_STRING)?;
        fields.finish()?;
        let bits = key_bits.bit_string()?;
        if bits.unused_bits != 0 {
            return Err(key_bits.invalid("public key with unused bits").into());
        }
        let built = build(&algorithm, &decoder, &bits.octets);
        openssl_errors::discard();
        let (algorithm, material) = built?;
        let spki_sha256 = sha256(spki);
        Ok(Self { algorithm, spki_sha256, identity: spki_sha256, material })
    }

    /// The kind and size of the key.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// SHA-256 of the SubjectPublicKeyInfo: certificates with one key share it.
    pub fn spki_sha256(&self) -> Sha256 {
        self.spki_sha256
    }

    /// What a cache of answers by this key must use: [`Self::spki_sha256`], and for a key with inherited
    /// parameters a digest that covers where they came from too.
    pub fn identity(&self) -> Sha256 {
        self.identity
    }

    /// A DSA key that lacks its parameters, completed with those of the issuer's key (RFC 5280 6.1.4 (e),
    /// RFC 3279 2.3.2). `None` when this key has its parameters or the issuer's has none to give.
    pub fn inherit_parameters(&self, issuer: &PublicKey) -> Option<PublicKey> {
        let (Material::DsaValue(value), Material::Dsa { dsa, .. }) = (&self.material, &issuer.material) else {
            return None;
        };
        let copy = |number: &openssl::bn::BigNumRef| number.to_owned().ok();
        let (p, q, g) = (copy(dsa.p())?, copy(dsa.q())?, copy(dsa.g())?);
        let built = dsa::from_components(p, q, g, value);
        openssl_errors::discard();
        let (algorithm, material) = built.ok()?;
        let both = [self.identity.0, issuer.identity.0].concat();
        Some(Self { algorithm, spki_sha256: self.spki_sha256, identity: sha256(&both), material })
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({}, spki {})", self.algorithm, self.spki_sha256)
    }
}

/// What a SubjectPublicKeyInfo becomes.
pub(crate) type Built = Result<(KeyAlgorithm, Material), KeyError>;

fn build(algorithm: &AlgorithmIdentifier<'_, '_>, decoder: &Decoder<'_>, key: &[u8]) -> Built {
    match algorithm.oid {
        // RFC 3279 2.3.1 asks for NULL; absent parameters say as little.
        RSA_ENCRYPTION if !algorithm.has_no_parameters() => Err(KeyError::Parameters),
        RSA_ENCRYPTION => {
            let key = rsa_key(decoder, key)?;
            Ok((KeyAlgorithm::Rsa { bits: key.bits() }, Material::Rsa(key)))
        }
        RSASSA_PSS => {
            let restriction = match &algorithm.parameters {
                None => None,
                Some(parameters) => {
                    let p = parse_pss_parameters(Some(parameters)).ok_or(KeyError::Parameters)?;
                    let (digest, mgf_digest, min_salt_len) = (p.digest, p.mgf_digest, p.salt_len);
                    Some(PssRestriction { digest, mgf_digest, min_salt_len })
                }
            };
            let key = rsa_key(decoder, key)?;
            Ok((KeyAlgorithm::RsaPss { bits: key.bits(), restriction }, Material::Rsa(key)))
        }
        EC_PUBLIC_KEY => ec_key(algorithm.parameters.as_ref(), key),
        ED25519 => edwards_key(algorithm, KeyAlgorithm::Ed25519, Id::ED25519, key, 64),
        ED448 => edwards_key(algorithm, KeyAlgorithm::Ed448, Id::ED448, key, 114),
        ID_DSA => dsa::read(algorithm, decoder, key),
        unknown => Ok((KeyAlgorithm::Unknown(unknown), Material::None)),
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 A.1.1)
fn rsa_key(decoder: &Decoder<'_>, key: &[u8]) -> Result<RsaKey, KeyError> {
    let mut reader = decoder.reader(key, 0);
    let mut fields = reader.expect(Tag::SEQUENCE)?.children()?;
    reader.finish()?;
    let modulus = positive(fields.expect(Tag::INTEGER)?)?;
    let exponent = positive(fields.expect(Tag::INTEGER)?)?;
    fields.finish()?;
    RsaKey::new(modulus, exponent)
}

/// RFC 5480 2.1.1 and 2.2: namedCurve only, and a compressed or uncompressed point.
fn ec_key(parameters: Option<&Element<'_, '_>>, point: &[u8]) -> Built {
    let named = parameters.filter(|p| p.tag == Tag::OID).ok_or(KeyError::UnsupportedCurve)?;
    let curve = Curve::from_oid(&named.oid()?).ok_or(KeyError::UnsupportedCurve)?;
    let field_bytes = usize::try_from(curve.bits().div_ceil(8)).unwrap_or_default();
    match point.first() {
        Some(0x04) if point.len() == 1 + 2 * field_bytes => {}
        Some(0x02 | 0x03) if point.len() == 1 + field_bytes => {}
        _ => return Err(KeyError::InvalidPoint),
    }
    let group = EcGroup::from_curve_name(curve.nid()).map_err(|_| KeyError::UnsupportedCurve)?;
    let mut context = BigNumContext::new().map_err(|_| KeyError::Refused)?;
    let mut order = BigNum::new().map_err(|_| KeyError::Refused)?;
    group.order(&mut order, &mut context).map_err(|_| KeyError::Refused)?;
    let order_bytes = usize::try_from(order.num_bytes()).map_err(|_| KeyError::Refused)?;
    // Decoding a point checks that it lies on the curve; every curve here has cofactor 1.
    let point = EcPoint::from_bytes(&group, point, &mut context).map_err(|_| KeyError::InvalidPoint)?;
    let key = EcKey::from_public_key(&group, &point).map_err(|_| KeyError::Refused)?;
    Ok((KeyAlgorithm::Ec(curve), Material::Ec { key, order_bytes }))
}

fn edwards_key(
    algorithm: &AlgorithmIdentifier<'_, '_>,
    kind: KeyAlgorithm,
    id: Id,
    key: &[u8],
    signature_bytes: usize,
) -> Built {
    // RFC 8410 3: the parameters MUST be absent.
    if algorithm.parameters.is_some() {
        return Err(KeyError::Parameters);
    }
    let key = PKey::public_key_from_raw_bytes(key, id).map_err(|_| KeyError::Refused)?;
    Ok((kind, Material::Edwards { key, signature_bytes }))
}

/// The octets of a positive INTEGER without leading zeros.
pub(crate) fn positive<'a>(element: Element<'_, 'a>) -> Result<&'a [u8], KeyError> {
    let octets = element.integer()?;
    if octets.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(element.invalid("positive INTEGER").into());
    }
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    Ok(octets.get(zeros..).unwrap_or_default())
}

/// The number big-endian octets write.
pub(crate) fn number(octets: &[u8]) -> Result<BigNum, KeyError> {
    BigNum::from_slice(octets).map_err(|_| KeyError::Refused)
}
