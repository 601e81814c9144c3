//! DER and BER composition on top of the `der` crate.
//!
//! Tags, lengths and minimal integers come from the `der` crate; this module only gives them the names that
//! read well where a structure is put together by hand, and adds the BER forms (X.690 8.1.3.6, 8.7.3) that a DER
//! encoder cannot write.

use der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use der::{DateTime, Encode, Tag};

/// One element: the identifier octet `tag`, a definite minimal length and `value`.
#[must_use]
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let tag = Tag::try_from(tag).unwrap();
    AnyRef::new(tag, value).unwrap().to_der().unwrap()
}

/// A SEQUENCE of already encoded elements.
#[must_use]
pub fn sequence(elements: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &elements.concat())
}

/// A SET OF of already encoded elements in DER order (X.690 11.6).
#[must_use]
pub fn set_of(elements: &[Vec<u8>]) -> Vec<u8> {
    let mut sorted = elements.to_vec();
    sorted.sort();
    tlv(0x31, &sorted.concat())
}

/// An EXPLICIT context tag `[number]` around an encoded element.
#[must_use]
pub fn explicit(number: u8, element: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, element)
}

/// An IMPLICIT context tag `[number]`: the identifier of `element` is replaced, its constructed bit kept.
#[must_use]
pub fn implicit(number: u8, element: &[u8]) -> Vec<u8> {
    let mut out = element.to_vec();
    out[0] = 0x80 | (element[0] & 0x20) | number;
    out
}

/// An OBJECT IDENTIFIER from its dotted form.
#[must_use]
pub fn oid(dotted: &str) -> Vec<u8> {
    ObjectIdentifier::new_unwrap(dotted).to_der().unwrap()
}

/// A non-negative INTEGER from its big-endian magnitude.
#[must_use]
pub fn unsigned(magnitude: &[u8]) -> Vec<u8> {
    UintRef::new(magnitude).unwrap().to_der().unwrap()
}

/// A small non-negative INTEGER.
#[must_use]
pub fn integer(value: u64) -> Vec<u8> {
    value.to_der().unwrap()
}

/// An OCTET STRING.
#[must_use]
pub fn octets(value: &[u8]) -> Vec<u8> {
    tlv(0x04, value)
}

/// A BIT STRING without unused bits.
#[must_use]
pub fn bits(value: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], value].concat())
}

/// A UTF8String.
#[must_use]
pub fn utf8(value: &str) -> Vec<u8> {
    tlv(0x0c, value.as_bytes())
}

/// A BOOLEAN.
#[must_use]
pub fn boolean(value: bool) -> Vec<u8> {
    tlv(0x01, &[if value { 0xff } else { 0 }])
}

/// NULL.
#[must_use]
pub fn null() -> Vec<u8> {
    tlv(0x05, &[])
}

/// A GeneralizedTime with exactly these characters, so that fractions and impossible seconds can be written.
#[must_use]
pub fn generalized_time(text: &str) -> Vec<u8> {
    tlv(0x18, text.as_bytes())
}

/// RFC 5280 4.1.2.5 `Time` from an RFC 3339 instant: UTCTime up to 2049, GeneralizedTime afterwards.
#[must_use]
pub fn time(instant: &str) -> Vec<u8> {
    let parsed: DateTime = instant.parse().unwrap();
    let digits: String = instant.chars().filter(char::is_ascii_digit).collect();
    if parsed.year() < 2050 {
        tlv(0x17, format!("{}Z", &digits[2..]).as_bytes())
    } else {
        generalized_time(&format!("{digits}Z"))
    }
}

/// GeneralizedTime (without fraction) of an RFC 3339 instant.
#[must_use]
pub fn generalized(instant: &str) -> Vec<u8> {
    let digits: String = instant.chars().filter(char::is_ascii_digit).collect();
    generalized_time(&format!("{digits}Z"))
}

/// BER: a constructed element of indefinite length (X.690 8.1.3.6).
#[must_use]
pub fn indefinite(tag: u8, elements: &[&[u8]]) -> Vec<u8> {
    [&[tag | 0x20, 0x80][..], &elements.concat(), &[0, 0]].concat()
}

/// BER: a constructed OCTET STRING of indefinite length in segments of `size` octets (X.690 8.7.3).
#[must_use]
pub fn segmented_octets(value: &[u8], size: usize) -> Vec<u8> {
    let segments: Vec<Vec<u8>> = value.chunks(size).map(octets).collect();
    let segments: Vec<&[u8]> = segments.iter().map(Vec::as_slice).collect();
    indefinite(0x24, &segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_of_is_sorted_by_encoding() {
        assert_eq!(set_of(&[integer(300), octets(&[1]), integer(2)]), hex::decode("310a0201020202012c040101").unwrap());
    }

    #[test]
    fn implicit_tags_keep_the_constructed_bit() {
        assert_eq!(implicit(1, &octets(&[7])), [0x81, 1, 7]);
        assert_eq!(implicit(1, &sequence(&[])), [0xa1, 0]);
    }

    #[test]
    fn time_turns_to_generalized_time_in_2050() {
        assert_eq!(time("2049-12-31T23:59:59Z"), [&[0x17, 13][..], b"491231235959Z"].concat());
        assert_eq!(time("2050-01-01T00:00:00Z"), [&[0x18, 15][..], b"20500101000000Z"].concat());
    }

    #[test]
    fn segmented_octets_keep_their_content() {
        assert_eq!(segmented_octets(&[1, 2, 3], 2), hex::decode("24800402010204010300 00".replace(' ', "")).unwrap());
    }
}
