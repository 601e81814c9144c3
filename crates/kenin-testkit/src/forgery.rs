//! Signature values that lenient verifiers took for RSASSA-PKCS1-v1_5 under the public exponent 3: a cube below the
//! modulus needs no private key, and whatever of the encoded block a verifier does not look at pays for the rounding.

use rsa::BigUint;

use crate::encode::{null, octets, oid, sequence, tlv};

/// Octets of a 2048-bit block.
const BLOCK: usize = 256;
const SHA256: &str = "2.16.840.1.101.3.4.2.1";

/// A value whose cube begins with the right block over this SHA-256 digest, shortened to eight octets of padding;
/// the rest is garbage after the DigestInfo.
#[must_use]
pub fn trailing_garbage(digest: &[u8]) -> Vec<u8> {
    let info = sequence(&[&sequence(&[&oid(SHA256), &null()]), &octets(digest)]);
    let beginning = [&BEGINNING[..], &info].concat();
    let forged = cube_root_above(&lowest_with(&beginning));
    block_sized(&forged)
}

/// A value whose cube is a whole block: eight octets of padding, and a DigestInfo with the right digest whose
/// AlgorithmIdentifier has an OCTET STRING of garbage for parameters.
///
/// # Panics
/// If the digest is an even number: only odd ones have a cube root modulo a power of two.
#[must_use]
pub fn garbage_in_parameters(digest: &[u8]) -> Vec<u8> {
    let ending = octets(digest);
    // Each of the three nested elements has a two-octet length, and the block is filled to its last octet.
    let garbage = BLOCK - BEGINNING.len() - 3 - 3 - oid(SHA256).len() - 3 - ending.len();
    let parameters = octets(&vec![0; garbage]);
    let info = tlv(0x30, &[sequence(&[&oid(SHA256), &parameters]), ending.clone()].concat());
    let beginning = [&BEGINNING[..], &info[..info.len() - garbage - ending.len()]].concat();

    let bits = ending.len() * 8;
    let high = (cube_root_above(&lowest_with(&beginning)) >> bits) + 1_u8;
    let low = cube_root_modulo(&BigUint::from_bytes_be(&ending), bits);
    block_sized(&((high << bits) + low))
}

/// `00 01`, the least padding RFC 8017 9.2 allows, `00`.
const BEGINNING: [u8; 11] = [0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0];

/// The least block that begins with these octets.
fn lowest_with(beginning: &[u8]) -> BigUint {
    BigUint::from_bytes_be(beginning) << ((BLOCK - beginning.len()) * 8)
}

/// The least number whose cube is at least `value`.
fn cube_root_above(value: &BigUint) -> BigUint {
    let mut below = BigUint::from(0_u8);
    for bit in (0..=value.bits() / 3).rev() {
        let candidate = &below + (BigUint::from(1_u8) << bit);
        if cube(&candidate) < *value {
            below = candidate;
        }
    }
    below + 1_u8
}

/// The root of the odd number `value` modulo 2^bits, one bit after the other.
fn cube_root_modulo(value: &BigUint, bits: usize) -> BigUint {
    let bit_of = |number: &BigUint, bit: usize| (number >> bit) % 2_u8;
    let mut root = BigUint::from(1_u8);
    assert_eq!(bit_of(value, 0), root, "an even digest");
    for bit in 1..bits {
        if bit_of(&cube(&root), bit) != bit_of(value, bit) {
            root += BigUint::from(1_u8) << bit;
        }
    }
    root
}

fn cube(number: &BigUint) -> BigUint {
    number * number * number
}

fn block_sized(number: &BigUint) -> Vec<u8> {
    let magnitude = number.to_bytes_be();
    [vec![0; BLOCK - magnitude.len()], magnitude].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithms::Hash;

    fn block_of(signature: &[u8]) -> Vec<u8> {
        block_sized(&cube(&BigUint::from_bytes_be(signature)))
    }

    #[test]
    fn the_cube_begins_with_a_short_but_right_block() {
        let digest = Hash::Sha256.digest(b"DEMO");
        let block = block_of(&trailing_garbage(&digest));
        let info = hex::decode("3031300d060960864801650304020105000420").unwrap();
        assert_eq!(block[..62], [&BEGINNING[..], &info, &digest].concat());
    }

    #[test]
    fn the_cube_is_a_block_with_garbage_for_parameters() {
        let digest = [7; 32];
        let block = block_of(&garbage_in_parameters(&digest));
        // SEQUENCE of 242, SEQUENCE of 205, the identifier, OCTET STRING of 191, OCTET STRING of 32.
        let info = hex::decode("3081f23081cd06096086480165030402010481bf").unwrap();
        assert_eq!(block[..31], [&BEGINNING[..], &info].concat());
        assert_eq!(block[222..], [&[0x04, 0x20][..], &digest].concat());
    }
}
