//! DSA (FIPS 186-4 4.6), and the arithmetic ECDSA shares with it.
//!
//! Slow and not constant in time: good for fixtures, whose keys are public.

use der::asn1::{AnyRef, UintRef};
use der::{Decode, SliceReader};
use rand_core::RngCore as _;
use rsa::BigUint;

use crate::encode::{sequence, unsigned};
use crate::keys::Seeded;

/// A DSA private key.
pub struct DsaKey {
    p: BigUint,
    q: BigUint,
    g: BigUint,
    secret: BigUint,
}

impl DsaKey {
    /// From what PKCS#8 holds: `Dss-Parms` (RFC 3279 2.3.2) and the private INTEGER, both DER.
    #[must_use]
    pub fn new(parameters: &[u8], secret: &[u8]) -> DsaKey {
        let number = |integer: UintRef<'_>| BigUint::from_bytes_be(integer.as_bytes());
        let mut fields = SliceReader::new(AnyRef::from_der(parameters).unwrap().value()).unwrap();
        let [p, q, g] = [(); 3].map(|()| number(UintRef::decode(&mut fields).unwrap()));
        DsaKey { p, q, g, secret: number(UintRef::from_der(secret).unwrap()) }
    }

    /// DSAPublicKey (RFC 3279 2.3.2): y = g^x mod p as an INTEGER.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        unsigned(&self.g.modpow(&self.secret, &self.p).to_bytes_be())
    }

    /// The Dss-Sig-Value over a message with this digest.
    #[must_use]
    pub fn sign(&self, digest: &[u8]) -> Vec<u8> {
        signature_value(&self.q, &self.secret, digest, |k| self.g.modpow(k, &self.p))
    }
}

/// `SEQUENCE { r, s }` (RFC 3279 2.2.2 and 2.2.3): r is what `commit` makes of the per-message secret k, modulo the
/// prime `order`, and s = k⁻¹ (z + r d). k is a function of key and digest.
pub(crate) fn signature_value(
    order: &BigUint,
    secret: &BigUint,
    digest: &[u8],
    commit: impl Fn(&BigUint) -> BigUint,
) -> Vec<u8> {
    let one = BigUint::from(1_u8);
    // 64 bits more than the order has, so that the remainder is all but uniform (FIPS 186-4 B.2.1).
    let mut wide = vec![0; order.bits().div_ceil(8) + 8];
    Seeded::new("dsa-nonce", &[&secret.to_bytes_be(), digest].concat()).fill_bytes(&mut wide);
    let k = BigUint::from_bytes_be(&wide) % (order - &one) + &one;

    // The leftmost bits of the digest, as many as the order has (FIPS 186-4 4.6).
    let z = BigUint::from_bytes_be(digest) >> (digest.len() * 8).saturating_sub(order.bits());
    let r = commit(&k) % order;
    let s = inverse(&k, order) * (z + &r * secret) % order;
    sequence(&[&unsigned(&r.to_bytes_be()), &unsigned(&s.to_bytes_be())])
}

/// The inverse modulo a prime, by Fermat's theorem.
pub(crate) fn inverse(number: &BigUint, prime: &BigUint) -> BigUint {
    number.modpow(&(prime - BigUint::from(2_u8)), prime)
}
