/// Two's complement octets without redundant leading ones, so that integers compare by value.
pub(crate) fn minimal(mut octets: &[u8]) -> &[u8] {
    while let Some((first, rest)) = octets.split_first() {
        let redundant = |next: &u8| (*first == 0x00 && next & 0x80 == 0) || (*first == 0xff && next & 0x80 != 0);
        if !rest.first().is_some_and(redundant) {
            break;
        }
        octets = rest;
    }
    octets
}

/// A serial number in lowercase hex without the sign octet of a positive number, as people write it.
pub(crate) fn serial_hex(octets: &[u8]) -> String {
    match minimal(octets).split_first() {
        Some((0x00, rest)) if !rest.is_empty() => hex::encode(rest),
        _ => hex::encode(minimal(octets)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_does_not_change_a_number() {
        assert_eq!(minimal(&[0, 0, 0x80]), [0, 0x80]);
        assert_eq!(minimal(&[0xff, 0xff, 0x7f]), [0xff, 0x7f]);
        assert_eq!((minimal(&[0]), minimal(&[])), (&[0u8][..], &[][..]));
        assert_eq!(serial_hex(&[0, 0xab]), "ab");
        assert_eq!(serial_hex(&[0]), "00");
    }
}
