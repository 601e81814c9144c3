use kenin_asn1::{Decoder, Element, Tag};
use kenin_base::{Budget, Oid};
use kenin_x509::Certificate;
use rasn::types::Any;
use serde::{Deserialize, Serialize};

use crate::actor_data::HcActor;

/// id-hcpki-at-healthcareactor (ISO 17090-2), the attribute type of hcRole.
pub const HCACTOR_ATTRIBUTE: Oid = Oid::new(&[1, 0, 17090, 0, 1]);
/// id-jhpki-cdata, the coding scheme of the Ministry's licence names: the only one whose names are licences.
pub const CODING_SCHEME: Oid = Oid::new(&[1, 2, 392, 100495, 1, 6, 1, 1]);

const SUBJECT_DIRECTORY_ATTRIBUTES: Oid = Oid::new(&[2, 5, 29, 9]);

/// One actor of an hcRole, verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// codingSchemeReference
    pub coding_scheme: Oid,
    /// codeDataValue
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_value: Option<String>,
    /// codeDataFreeText
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How many RegionalData follow; they are kept out of the judgement.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub regional_data: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The hcRole attribute of a certificate: every actor of every value, in the order of encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HcRole {
    /// The actors.
    pub roles: Vec<Role>,
}

/// subjectDirectoryAttributes or an hcRole value in it cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HcRoleError {
    /// The extension's value is not one element in DER.
    #[error("subjectDirectoryAttributes cannot be decoded")]
    Extension,
    /// The extension is no SEQUENCE OF Attribute.
    #[error("subjectDirectoryAttributes: {0}")]
    Attributes(#[from] kenin_asn1::Error),
    /// A value is no HCActorData.
    #[error("HCActorData cannot be decoded: {0}")]
    ActorData(String),
    /// A name or code is neither a DirectoryString nor a NumericString.
    #[error("a code or free text of HCActorData is no character string")]
    Text,
    /// An object identifier is longer than this library holds.
    #[error("codingSchemeReference: {0}")]
    Oid(#[from] kenin_base::OidError),
}

impl HcRole {
    /// The hcRole in a certificate; empty when it has none, which a legitimate HPKI certificate may.
    ///
    /// # Errors
    /// [`HcRoleError`] when the attribute is there and cannot be decoded.
    pub fn of(certificate: &Certificate) -> Result<Self, HcRoleError> {
        let extensions = certificate.extensions();
        match &extensions.subject_directory_attributes {
            Some(value) => Self::parse(value),
            None if extensions.malformed.contains(&SUBJECT_DIRECTORY_ATTRIBUTES) => Err(HcRoleError::Extension),
            None => Ok(Self::default()),
        }
    }

    /// Reads the octets inside the subjectDirectoryAttributes extension (RFC 5280 4.2.1.8):
    /// `SEQUENCE OF Attribute`, `Attribute ::= SEQUENCE { type, values SET OF ANY }`.
    ///
    /// # Errors
    /// [`HcRoleError`] when they, or an hcRole value among them, cannot be decoded.
    pub fn parse(subject_directory_attributes: &[u8]) -> Result<Self, HcRoleError> {
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        let mut reader = decoder.reader(subject_directory_attributes, 0);
        let mut attributes = reader.expect(Tag::SEQUENCE)?.children()?;
        reader.finish()?;
        let mut result = Self::default();
        while !attributes.is_empty() {
            let mut attribute = attributes.expect(Tag::SEQUENCE)?.children()?;
            let attribute_type = attribute.expect(Tag::OID)?.oid()?;
            let mut values = attribute.expect(Tag::SET)?.children()?;
            attribute.finish()?;
            while !values.is_empty() {
                let value = values.element()?;
                if attribute_type == HCACTOR_ATTRIBUTE {
                    result.roles.extend(actors(&decoder, value)?);
                }
            }
        }
        Ok(result)
    }
}

/// The actors of one HCActorData, in the order of encoding (a decoded SET OF would be sorted).
fn actors(decoder: &Decoder<'_>, value: Element<'_, '_>) -> Result<Vec<Role>, HcRoleError> {
    let mut list = value.with_tag(Tag::SET)?.children()?;
    let mut roles = Vec::new();
    while !list.is_empty() {
        let actor = list.expect(Tag::SEQUENCE)?;
        let actor: HcActor =
            rasn::ber::decode(actor.bytes).map_err(|error| HcRoleError::ActorData(error.to_string()))?;
        let coded = actor.coded_data;
        let arcs: Vec<String> = coded.coding_scheme_reference.iter().map(u32::to_string).collect();
        roles.push(Role {
            coding_scheme: arcs.join(".").parse()?,
            code_value: coded.code_data_value.map(|value| text(decoder, &value)).transpose()?,
            text: coded.code_data_free_text.map(|value| text(decoder, &value)).transpose()?,
            regional_data: actor.regional_data.map_or(Ok(0), |value| count(decoder, &value))?,
        });
    }
    Ok(roles)
}

/// A string of any type: NumericString or a choice of DirectoryString (RFC 5280 4.1.2.4).
fn text(decoder: &Decoder<'_>, value: &Any) -> Result<String, HcRoleError> {
    decoder.reader(value.as_bytes(), 0).element()?.text().map_err(|_| HcRoleError::Text)
}

fn count(decoder: &Decoder<'_>, value: &Any) -> Result<usize, HcRoleError> {
    let mut list = decoder.reader(value.as_bytes(), 0).element()?.children()?;
    let mut count = 0;
    while !list.is_empty() {
        list.element()?;
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCTOR: &str = "303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101\
                          A2100C0E4D65646963616C20446F63746F72";
    const PHARMACIST: &str = "3030302E0606288185420001312431223020A01E311CA00C060A2A830886910F01060101\
                              A20C0C0A506861726D6163697374";

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
    }

    /// A definite-length element around the joined parts.
    fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let mut out = vec![tag, u8::try_from(content.len()).unwrap()];
        assert!(content.len() < 128);
        out.extend(content);
        out
    }

    fn coded(fields: &[&[u8]]) -> Vec<u8> {
        tlv(0x30, &[&tlv(0xa0, &[&tlv(0x31, fields)])])
    }

    fn attributes(actors: &[&[u8]]) -> Vec<u8> {
        let value = tlv(0x31, &[&tlv(0x31, actors)]);
        let attribute_type = tlv(0x06, &[HCACTOR_ATTRIBUTE.as_octets()]);
        tlv(0x30, &[&tlv(0x30, &[&attribute_type, &value])])
    }

    fn scheme() -> Vec<u8> {
        tlv(0xa0, &[&tlv(0x06, &[CODING_SCHEME.as_octets()])])
    }

    fn role(text: &str) -> Role {
        Role { coding_scheme: CODING_SCHEME, code_value: None, text: Some(text.into()), regional_data: 0 }
    }

    #[test]
    fn deployed_values_decode() {
        assert_eq!(HcRole::parse(&bytes(DOCTOR)).unwrap().roles, [role("Medical Doctor")]);
        assert_eq!(HcRole::parse(&bytes(PHARMACIST)).unwrap().roles, [role("Pharmacist")]);
    }

    #[test]
    fn every_truncation_and_every_flipped_tag_is_an_error_or_another_role() {
        let doctor = bytes(DOCTOR);
        for len in 0..doctor.len() {
            assert!(HcRole::parse(&doctor[..len]).is_err(), "{len}");
        }
        for index in 0..doctor.len() {
            let mut damaged = doctor.clone();
            damaged[index] ^= 0x41;
            if let Ok(parsed) = HcRole::parse(&damaged) {
                assert_ne!(parsed.roles, [role("Medical Doctor")], "octet {index}");
            }
        }
    }

    #[test]
    fn the_set_may_be_in_any_order_and_the_text_of_any_string_type() {
        let utf8 = tlv(0xa2, &[&tlv(0x0c, &[b"Pharmacist"])]);
        let printable = tlv(0xa2, &[&tlv(0x13, &[b"Pharmacist"])]);
        let teletex = tlv(0xa2, &[&tlv(0x14, &[b"Pharmacist"])]);
        let bmp: Vec<u8> = "Pharmacist".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let bmp = tlv(0xa2, &[&tlv(0x1e, &[&bmp])]);
        for text in [utf8, printable, teletex, bmp] {
            for fields in [[scheme(), text.clone()], [text, scheme()]] {
                let value = attributes(&[&coded(&[&fields[0], &fields[1]])]);
                assert_eq!(HcRole::parse(&value).unwrap().roles, [role("Pharmacist")]);
            }
        }
    }

    #[test]
    fn codes_regional_data_and_several_actors_are_kept_in_order() {
        let text = tlv(0xa2, &[&tlv(0x0c, &[b"Dentist"])]);
        for string_type in [0x12, 0x0c] {
            let code = tlv(0xa1, &[&tlv(string_type, &[b"12"])]);
            let first = coded(&[&scheme(), &code, &text]);
            let inner = tlv(0x31, &[&scheme(), &text]);
            let regional = tlv(0xa1, &[&tlv(0x30, &[&tlv(0x30, &[]), &tlv(0x30, &[])])]);
            let second = tlv(0x30, &[&tlv(0xa0, &[&inner]), &regional]);
            let roles = HcRole::parse(&attributes(&[&first, &second])).unwrap().roles;
            let expected_first = Role { code_value: Some("12".into()), ..role("Dentist") };
            assert_eq!(roles, [expected_first, Role { regional_data: 2, ..role("Dentist") }]);
        }
    }

    #[test]
    fn other_attributes_are_passed_over() {
        let other = tlv(0x30, &[&tlv(0x30, &[&tlv(0x06, &[&[0x55, 4, 3]]), &tlv(0x31, &[&tlv(0x0c, &[b"x"])])])]);
        assert_eq!(HcRole::parse(&other).unwrap(), HcRole::default());
    }
}
