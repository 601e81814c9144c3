use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal;

/// Longest content kept inline. Real identifiers stay below 24 octets; a longer one is refused by name.
const MAX_OCTETS: usize = 63;

/// An ASN.1 OBJECT IDENTIFIER (X.660), kept as its BER content octets (X.690 8.19).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid {
    octets: [u8; MAX_OCTETS],
    len: u8,
}

/// Why octets or text are not an object identifier this library can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OidError {
    /// No content, a dangling continuation octet, or a padded subidentifier.
    #[error("object identifier is malformed (X.690 8.19)")]
    Malformed,
    /// More content octets than this library accepts.
    #[error("object identifier is longer than {MAX_OCTETS} octets")]
    TooLong,
}

impl Oid {
    /// An identifier from its arcs, for constants.
    ///
    /// # Panics
    /// At compile time, when there are fewer than two arcs or they need more than 63 octets.
    pub const fn new(arcs: &[u64]) -> Self {
        assert!(arcs.len() >= 2, "an object identifier has at least two arcs");
        let mut octets = [0u8; MAX_OCTETS];
        let mut len = 0usize;
        let mut index = 1;
        while index < arcs.len() {
            #[allow(clippy::indexing_slicing)] // const evaluation: `index` is below the length
            let arc = if index == 1 { arcs[0] * 40 + arcs[1] } else { arcs[index] };
            let mut groups = 1;
            while groups < 10 && arc >> (7 * groups) != 0 {
                groups += 1;
            }
            while groups > 0 {
                groups -= 1;
                let more = if groups > 0 { 0x80 } else { 0 };
                #[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)] // const, masked to 7 bits
                {
                    octets[len] = ((arc >> (7 * groups)) & 0x7f) as u8 | more;
                }
                len += 1;
            }
            index += 1;
        }
        #[allow(clippy::cast_possible_truncation)] // at most 63: the array write above would have failed
        Self { octets, len: len as u8 }
    }

    /// An identifier from BER content octets.
    ///
    /// # Errors
    /// [`OidError::Malformed`] for empty or badly terminated content, [`OidError::TooLong`] above 63 octets.
    pub fn from_octets(content: &[u8]) -> Result<Self, OidError> {
        let starts_padded = |i: usize| {
            let first_of_arc = i == 0 || content.get(i - 1).is_some_and(|b| b & 0x80 == 0);
            first_of_arc && content.get(i) == Some(&0x80)
        };
        if content.last().is_none_or(|last| last & 0x80 != 0) || (0..content.len()).any(starts_padded) {
            return Err(OidError::Malformed);
        }
        let mut octets = [0u8; MAX_OCTETS];
        let target = octets.get_mut(..content.len()).ok_or(OidError::TooLong)?;
        target.copy_from_slice(content);
        let len = u8::try_from(content.len()).map_err(|_| OidError::TooLong)?;
        Ok(Self { octets, len })
    }

    /// The BER content octets.
    pub fn as_octets(&self) -> &[u8] {
        self.octets.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// In dotted form. An arc too large for 64 bits is saturated: this is shown, never compared.
    fn dotted(&self) -> String {
        let mut text = String::with_capacity(32);
        let mut value = 0u64;
        for octet in self.as_octets() {
            value = value.saturating_mul(128).saturating_add(u64::from(octet & 0x7f));
            if octet & 0x80 == 0 {
                if text.is_empty() {
                    let first = (value / 40).min(2);
                    decimal::push(&mut text, first, 1);
                    value -= first * 40;
                }
                text.push('.');
                decimal::push(&mut text, value, 1);
                value = 0;
            }
        }
        text
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dotted())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Oid {
    type Err = OidError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let arcs: Vec<u64> =
            text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| OidError::Malformed)?;
        let (Some(first), Some(second)) = (arcs.first().copied(), arcs.get(1).copied()) else {
            return Err(OidError::Malformed);
        };
        if first > 2 || (first < 2 && second > 39) {
            return Err(OidError::Malformed);
        }
        let joined = (first * 40).checked_add(second).ok_or(OidError::Malformed)?;
        let mut content = Vec::new();
        for arc in std::iter::once(joined).chain(arcs.into_iter().skip(2)) {
            let groups = (64 - arc.leading_zeros()).div_ceil(7).max(1);
            for group in (0..groups).rev() {
                let low = u8::try_from((arc >> (7 * group)) & 0x7f).unwrap_or_default();
                content.push(if group > 0 { low | 0x80 } else { low });
            }
        }
        Self::from_octets(&content)
    }
}

impl Serialize for Oid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.dotted())
    }
}

impl<'de> Deserialize<'de> for Oid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HPKI_SIGNING: Oid = Oid::new(&[1, 2, 392, 100495, 1, 5, 1, 1, 3, 1]);

    #[test]
    fn constants_text_and_octets_agree() {
        assert_eq!(HPKI_SIGNING.to_string(), "1.2.392.100495.1.5.1.1.3.1");
        assert_eq!("1.2.392.100495.1.5.1.1.3.1".parse(), Ok(HPKI_SIGNING));
        assert_eq!(Oid::from_octets(HPKI_SIGNING.as_octets()), Ok(HPKI_SIGNING));
        assert_eq!(Oid::new(&[2, 5, 29, 9]).as_octets(), [0x55, 0x1d, 0x09]);
        assert_eq!("2.999.3".parse::<Oid>().unwrap().to_string(), "2.999.3");
    }

    #[test]
    fn malformed_content_is_refused() {
        assert_eq!(Oid::from_octets(&[]), Err(OidError::Malformed));
        assert_eq!(Oid::from_octets(&[0x55, 0x80]), Err(OidError::Malformed));
        assert_eq!(Oid::from_octets(&[0x55, 0x80, 0x01]), Err(OidError::Malformed));
        assert_eq!(Oid::from_octets(&[0x55; 64]), Err(OidError::TooLong));
        assert_eq!("1".parse::<Oid>(), Err(OidError::Malformed));
        assert_eq!("1.40".parse::<Oid>(), Err(OidError::Malformed));
    }
}
