use std::ops::RangeInclusive;

use kenin_asn1::{AlgorithmIdentifier, Decoder, Tag};
use openssl::bn::{BigNum, BigNumContext, BigNumRef};
use openssl::dsa::Dsa;
use openssl::pkey::PKey;

use crate::key::{Built, Material, number, positive};
use crate::{KeyAlgorithm, KeyError};

/// Lengths of p and q: those of FIPS 186-4 4.2, and the shorter primes of old archives (FIPS 186-2).
const P_BITS: RangeInclusive<i32> = 512..=4096;
const Q_BITS: RangeInclusive<i32> = 160..=256;

/// ```text
/// Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }
/// DSAPublicKey ::= INTEGER
/// ```
/// (RFC 3279 2.3.2.) Parameters that are absent, or NULL as some issuers write that, are the issuer's.
pub(crate) fn read(algorithm: &AlgorithmIdentifier<'_, '_>, decoder: &Decoder<'_>, key: &[u8]) -> Built {
    let mut reader = decoder.reader(key, 0);
    let value = positive(reader.expect(Tag::INTEGER)?)?;
    reader.finish()?;
    let parameters = match algorithm.parameters {
        Some(parameters) if !algorithm.has_no_parameters() => parameters,
        _ => return Ok((KeyAlgorithm::Dsa { bits: 0 }, Material::DsaValue(value.to_vec()))),
    };
    if parameters.tag != Tag::SEQUENCE {
        return Err(KeyError::Parameters);
    }
    let mut fields = parameters.children()?;
    let mut next = || -> Result<BigNum, KeyError> { number(positive(fields.expect(Tag::INTEGER)?)?) };
    let (p, q, g) = (next()?, next()?, next()?);
    fields.finish()?;
    from_components(p, q, g, value)
}

/// A key from its domain parameters and public value, after the checks that cost no exponentiation: sizes, that q
/// divides p - 1 (FIPS 186-4 4.1), and 2 <= g, y <= p - 2 (SP 800-89 5.3.1).
pub(crate) fn from_components(p: BigNum, q: BigNum, g: BigNum, value: &[u8]) -> Built {
    let bits = u32::try_from(p.num_bits()).unwrap_or_default();
    if !P_BITS.contains(&p.num_bits()) {
        return Err(KeyError::Size { bits });
    }
    let value = number(value)?;
    let before_p = predecessor(&p).ok_or(KeyError::Refused)?;
    let in_range = |n: &BigNumRef| n.num_bits() > 1 && *n < *before_p;
    let orders_fit = p.is_odd() && q.is_odd() && Q_BITS.contains(&q.num_bits()) && divides(&q, &before_p);
    if !orders_fit || !in_range(&g) || !in_range(&value) {
        return Err(KeyError::Parameters);
    }
    let dsa = Dsa::from_public_components(p, q, g, value).map_err(|_| KeyError::Refused)?;
    let key = PKey::from_dsa(dsa.clone()).map_err(|_| KeyError::Refused)?;
    Ok((KeyAlgorithm::Dsa { bits }, Material::Dsa { key, dsa }))
}

fn predecessor(number: &BigNumRef) -> Option<BigNum> {
    let mut result = number.to_owned().ok()?;
    result.sub_word(1).ok()?;
    Some(result)
}

fn divides(divisor: &BigNumRef, number: &BigNumRef) -> bool {
    let run = || {
        let mut remainder = BigNum::new()?;
        remainder.checked_rem(number, divisor, &mut *BigNumContext::new()?)?;
        Ok::<_, openssl::error::ErrorStack>(remainder.num_bits() == 0)
    };
    run().unwrap_or(false)
}
