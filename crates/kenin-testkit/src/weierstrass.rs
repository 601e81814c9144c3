//! ECDSA (FIPS 186-5 6.4) on short Weierstrass curves that have no crate here: P-384, P-521, brainpoolP256r1.

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, SliceReader};
use rsa::BigUint;

use crate::dsa::{inverse, signature_value};

/// Domain parameters of a curve y² = x³ + ax + b with cofactor 1, in hex.
struct Curve {
    oid: &'static str,
    prime: &'static str,
    a: &'static str,
    generator_x: &'static str,
    generator_y: &'static str,
    order: &'static str,
}

/// SP 800-186 3.2.1 and RFC 5639 3.4.
const CURVES: &[Curve] = &[
    Curve {
        oid: "1.3.132.0.34",
        prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        a: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
        generator_x: "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
        generator_y: "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    },
    Curve {
        oid: "1.3.132.0.35",
        prime: concat!(
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffff"
        ),
        a: concat!(
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "fffffffffffffffffffffffffffffffffffffffffffc"
        ),
        generator_x: concat!(
            "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1d",
            "c127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66"
        ),
        generator_y: concat!(
            "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550",
            "b9013fad0761353c7086a272c24088be94769fd16650"
        ),
        order: concat!(
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc",
            "0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"
        ),
    },
    Curve {
        oid: "1.3.36.3.3.2.8.1.1.7",
        prime: "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
        a: "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
        generator_x: "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
        generator_y: "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
        order: "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7",
    },
];

/// A private key on one of the curves.
pub struct EcKey {
    prime: BigUint,
    a: BigUint,
    generator: (BigUint, BigUint),
    order: BigUint,
    secret: BigUint,
}

impl EcKey {
    /// From what PKCS#8 holds: the curve's identifier and the ECPrivateKey (RFC 5915 3).
    ///
    /// # Panics
    /// If the curve is none of this module's.
    #[must_use]
    pub fn new(curve: ObjectIdentifier, private_key: &[u8]) -> EcKey {
        let curve = CURVES.iter().find(|known| ObjectIdentifier::new_unwrap(known.oid) == curve).unwrap();
        let mut fields = SliceReader::new(AnyRef::from_der(private_key).unwrap().value()).unwrap();
        assert_eq!(u8::decode(&mut fields).unwrap(), 1, "ECPrivateKey version");
        let secret = OctetStringRef::decode(&mut fields).unwrap();
        EcKey {
            prime: number(curve.prime),
            a: number(curve.a),
            generator: (number(curve.generator_x), number(curve.generator_y)),
            order: number(curve.order),
            secret: BigUint::from_bytes_be(secret.as_bytes()),
        }
    }

    /// The public point, uncompressed (SEC 1 2.3.3).
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        let (x, y) = self.multiple_of_generator(&self.secret);
        let octets = self.prime.bits().div_ceil(8);
        let padded = |number: &BigUint| {
            let magnitude = number.to_bytes_be();
            [vec![0; octets - magnitude.len()], magnitude].concat()
        };
        [vec![0x04], padded(&x), padded(&y)].concat()
    }

    /// Length of the order in bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.order.bits()
    }

    /// The Ecdsa-Sig-Value over a message with this digest.
    #[must_use]
    pub fn sign(&self, digest: &[u8]) -> Vec<u8> {
        signature_value(&self.order, &self.secret, digest, |k| self.multiple_of_generator(k).0)
    }

    /// k·G by doubling and adding in Jacobian coordinates. For 0 < k < n an addition never meets ±G again.
    fn multiple_of_generator(&self, k: &BigUint) -> (BigUint, BigUint) {
        let (gx, gy) = &self.generator;
        let mut point = (gx.clone(), gy.clone(), BigUint::from(1_u8));
        for bit in (0..k.bits() - 1).rev() {
            point = self.doubled(&point);
            if (k >> bit) % 2_u8 == BigUint::from(1_u8) {
                point = self.plus_generator(&point);
            }
        }
        let (x, y, z) = point;
        let inverse = inverse(&z, &self.prime);
        let square = self.product(&inverse, &inverse);
        (self.product(&x, &square), self.product(&y, &self.product(&square, &inverse)))
    }

    fn doubled(&self, (x, y, z): &Jacobian) -> Jacobian {
        let times = |number: u8, value: &BigUint| value * number % &self.prime;
        let yy = self.product(y, y);
        let s = times(4, &self.product(x, &yy));
        let zz = self.product(z, z);
        let m = (times(3, &self.product(x, x)) + self.product(&self.a, &self.product(&zz, &zz))) % &self.prime;
        let x3 = self.difference(&self.product(&m, &m), &times(2, &s));
        let y3 = self.difference(&self.product(&m, &self.difference(&s, &x3)), &times(8, &self.product(&yy, &yy)));
        (x3, y3, times(2, &self.product(y, z)))
    }

    fn plus_generator(&self, (x, y, z): &Jacobian) -> Jacobian {
        let (gx, gy) = &self.generator;
        let zz = self.product(z, z);
        let h = self.difference(&self.product(gx, &zz), x);
        let r = self.difference(&self.product(gy, &self.product(&zz, z)), y);
        let hh = self.product(&h, &h);
        let hhh = self.product(&hh, &h);
        let v = self.product(x, &hh);
        let x3 = self.difference(&self.difference(&self.product(&r, &r), &hhh), &(&v * 2_u8 % &self.prime));
        let y3 = self.difference(&self.product(&r, &self.difference(&v, &x3)), &self.product(y, &hhh));
        (x3, y3, self.product(z, &h))
    }

    fn product(&self, left: &BigUint, right: &BigUint) -> BigUint {
        left * right % &self.prime
    }

    fn difference(&self, left: &BigUint, right: &BigUint) -> BigUint {
        (left + &self.prime - right) % &self.prime
    }
}

/// (X, Y, Z) for the point (X/Z², Y/Z³).
type Jacobian = (BigUint, BigUint, BigUint);

fn number(hexadecimal: &str) -> BigUint {
    BigUint::from_bytes_be(&hex::decode(hexadecimal).unwrap())
}
