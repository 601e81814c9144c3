use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A SHA-256 digest used as the identity of an object: certificates, CRLs, OCSP responses, tokens and
/// documents are keyed by it, and trust anchors are pinned by it. Written as 64 lowercase hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest's octets.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every report writes dozens of these: one string on the stack, not a formatted number for each octet.
        let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble };
        let mut text = [0; 64];
        for (digits, octet) in text.chunks_exact_mut(2).zip(self.0) {
            digits.copy_from_slice(&[digit(octet >> 4), digit(octet & 15)]);
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Sha256 {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let problem = || format!("`{text}` is not a SHA-256 value: write 64 hexadecimal digits");
        let mut digits = text.chars().filter(|c| *c != ':').map(|c| c.to_digit(16));
        let mut out = [0u8; 32];
        for byte in &mut out {
            let (Some(Some(high)), Some(Some(low))) = (digits.next(), digits.next()) else {
                return Err(problem());
            };
            *byte = u8::try_from(high * 16 + low).map_err(|_| problem())?;
        }
        if digits.next().is_some() { Err(problem()) } else { Ok(Self(out)) }
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_refuses_other_lengths() {
        let text = "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c";
        let value: Sha256 = text.parse().unwrap();
        assert_eq!(value.to_string(), text);
        assert!(text.get(..62).unwrap().parse::<Sha256>().is_err());
        assert!(format!("{text}00").parse::<Sha256>().is_err());
        assert!("zz".repeat(32).parse::<Sha256>().is_err());
    }
}
