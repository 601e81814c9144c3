use std::cmp::Ordering;

use super::statement::Statement;
use crate::Crl;

/// Whether `delta` brings `base` up to date (RFC 5280 5.2.4 and 6.3.3 (c)): one scope, one issuer, and the base is at
/// least the one the delta was made for and older than the delta.
pub(super) fn updates(delta: &Crl, base: &Crl) -> bool {
    let (of_delta, of_base) = (delta.extensions(), base.extensions());
    let same_scope = delta.issuer() == base.issuer()
        && of_delta.issuing_distribution_point == of_base.issuing_distribution_point
        && of_delta.authority_key_identifier == of_base.authority_key_identifier;
    let numbers = (&of_delta.delta_crl_indicator, &of_base.crl_number, &of_delta.crl_number);
    let (Some(needed), Some(number), Some(newer)) = numbers else { return false };
    let not_older = |a: &[u8], b: &[u8]| compare(a, b).is_some_and(Ordering::is_ge);
    same_scope && not_older(number, needed) && compare(number, newer).is_some_and(Ordering::is_lt)
}

/// What base and delta together say of the certificate: the delta's entry where there is one, else the base's
/// (RFC 5280 6.3.3 (i) to (l)). Nothing when different keys signed them.
pub(super) fn combine(delta: &Crl, of_delta: &[Statement], base: &Crl, of_base: &[Statement]) -> Vec<Statement> {
    let (Some(newer), Some(older)) = (of_delta.first(), of_base.first()) else { return Vec::new() };
    if newer.signer.spki() != older.signer.spki() {
        return Vec::new();
    }
    let stated = if newer.listed { of_delta } else { of_base };
    // An expired certificate is known only where neither list has dropped it.
    let expired_since = newer.expired_since.zip(older.expired_since).map(|(delta, base)| delta.max(base));
    let schemes: Vec<_> = newer.schemes.iter().chain(&older.schemes).copied().collect();
    let statement = |stated: &Statement| Statement {
        datum: delta.sha256(),
        base: Some(base.sha256()),
        status: stated.status,
        expired_since,
        schemes: schemes.clone(),
        ..newer.clone()
    };
    stated.iter().map(statement).collect()
}

/// CRL numbers by value; `None` when one is negative, which RFC 5280 5.2.3 does not allow.
fn compare(a: &[u8], b: &[u8]) -> Option<Ordering> {
    let magnitude = |number: &[u8]| -> Option<Vec<u8>> {
        let first = number.first()?;
        (first & 0x80 == 0).then(|| number.iter().copied().skip_while(|octet| *octet == 0).collect())
    };
    let (a, b) = (magnitude(a)?, magnitude(b)?);
    Some(a.len().cmp(&b.len()).then_with(|| a.cmp(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        assert_eq!(compare(&[0x7f], &[0x00, 0x80]), Some(Ordering::Less));
        assert_eq!(compare(&[0x01, 0x00], &[0x00, 0xff]), Some(Ordering::Greater));
        assert_eq!(compare(&[0x00], &[0x00]), Some(Ordering::Equal));
        assert_eq!(compare(&[0x80], &[0x01]), None);
    }
}
