use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use kenin_asn1::{Element, Error, Tag};
use kenin_base::Oid;
use stringprep::tables::{case_fold_for_nfkc, commonly_mapped_to_nothing};
use unicode_normalization::UnicodeNormalization as _;

use crate::ParseError;
use crate::decode::{each, single, with_decoder};

/// commonName (RFC 5280 A.1)
pub const COMMON_NAME: Oid = Oid::new(&[2, 5, 4, 3]);
/// organizationName (RFC 5280 A.1)
pub const ORGANIZATION: Oid = Oid::new(&[2, 5, 4, 10]);
/// organizationalUnitName (RFC 5280 A.1)
pub const ORGANIZATIONAL_UNIT: Oid = Oid::new(&[2, 5, 4, 11]);
/// countryName (RFC 5280 A.1)
pub const COUNTRY: Oid = Oid::new(&[2, 5, 4, 6]);
/// serialNumber of a subject (RFC 5280 A.1)
pub const SUBJECT_SERIAL_NUMBER: Oid = Oid::new(&[2, 5, 4, 5]);
/// emailAddress (RFC 2985 5.2.1)
pub const EMAIL_ADDRESS: Oid = Oid::new(&[1, 2, 840, 113549, 1, 9, 1]);

/// Attribute types with a short name: RFC 4514 3 first, then names in common use.
const SHORT_NAMES: &[(Oid, &str)] = &[
    (COMMON_NAME, "CN"),
    (Oid::new(&[2, 5, 4, 7]), "L"),
    (Oid::new(&[2, 5, 4, 8]), "ST"),
    (ORGANIZATION, "O"),
    (ORGANIZATIONAL_UNIT, "OU"),
    (COUNTRY, "C"),
    (Oid::new(&[2, 5, 4, 9]), "STREET"),
    (Oid::new(&[0, 9, 2342, 19200300, 100, 1, 25]), "DC"),
    (Oid::new(&[0, 9, 2342, 19200300, 100, 1, 1]), "UID"),
    (Oid::new(&[2, 5, 4, 4]), "SN"),
    (SUBJECT_SERIAL_NUMBER, "serialNumber"),
    (Oid::new(&[2, 5, 4, 12]), "title"),
    (Oid::new(&[2, 5, 4, 42]), "givenName"),
    (Oid::new(&[2, 5, 4, 43]), "initials"),
    (Oid::new(&[2, 5, 4, 44]), "generationQualifier"),
    (Oid::new(&[2, 5, 4, 46]), "dnQualifier"),
    (Oid::new(&[2, 5, 4, 65]), "pseudonym"),
    (Oid::new(&[2, 5, 4, 97]), "organizationIdentifier"),
    (EMAIL_ADDRESS, "emailAddress"),
];

/// An X.501 Name. Equality, hashing and order follow RFC 5280 7.1: attribute values compare without regard to
/// case, string type and runs of white space, and the attributes of one RDN without regard to order.
///
/// A clone is the same name, not a copy of it.
#[derive(Clone)]
pub struct Name(Arc<Parsed>);

struct Parsed {
    raw: Box<[u8]>,
    attributes: Vec<NameAttribute>,
    /// One canonical key per RDN.
    keys: Vec<Box<[u8]>>,
    /// The name as it is shown, once it was: a report shows the same few issuers again and again.
    shown: OnceLock<Box<str>>,
}

/// One attribute of a [`Name`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAttribute {
    /// The attribute type.
    pub attribute_type: Oid,
    /// The value as text, where it is a character string.
    pub text: Option<String>,
    /// The value as it was encoded.
    pub der: Box<[u8]>,
    /// Index of the RDN the attribute belongs to.
    pub rdn: usize,
}

impl Name {
    /// Reads the DER octets of a Name.
    ///
    /// # Errors
    /// [`ParseError`] when they are not exactly one Name.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| Ok(Self::from_element(single(decoder, der)?)?))
    }

    /// `Name ::= CHOICE { rdnSequence SEQUENCE OF RelativeDistinguishedName }`
    pub(crate) fn from_element(element: Element<'_, '_>) -> Result<Self, Error> {
        let rdns = each(element, Tag::SEQUENCE, |rdn| rdn_attributes(rdn.with_tag(Tag::SET)?))?;
        Ok(Self::from_rdns(element.bytes.into(), rdns))
    }

    /// This name with one more RDN: how `nameRelativeToCRLIssuer` names a distribution point (RFC 5280 4.2.1.13).
    pub(crate) fn with_relative(&self, relative: &RelativeName) -> Self {
        let Parsed { raw, attributes, keys, .. } = &*self.0;
        let last = relative.0.iter().map(|attribute| NameAttribute { rdn: keys.len(), ..attribute.clone() });
        let attributes = attributes.iter().cloned().chain(last).collect();
        let keys = keys.iter().cloned().chain([rdn_key(&relative.0)]).collect();
        Self::of(raw.clone(), attributes, keys)
    }

    fn from_rdns(raw: Box<[u8]>, rdns: Vec<Vec<NameAttribute>>) -> Self {
        let keys = rdns.iter().map(|rdn| rdn_key(rdn)).collect();
        let number = |(index, rdn): (usize, Vec<NameAttribute>)| {
            rdn.into_iter().map(move |attribute| NameAttribute { rdn: index, ..attribute })
        };
        Self::of(raw, rdns.into_iter().enumerate().flat_map(number).collect(), keys)
    }

    fn of(raw: Box<[u8]>, attributes: Vec<NameAttribute>, keys: Vec<Box<[u8]>>) -> Self {
        Self(Arc::new(Parsed { raw, attributes, keys, shown: OnceLock::new() }))
    }

    /// The DER octets as received.
    pub fn der(&self) -> &[u8] {
        &self.0.raw
    }

    /// Whether the name has no RDN, as a subject identified by subjectAltName alone has.
    pub fn is_empty(&self) -> bool {
        self.0.keys.is_empty()
    }

    /// Every attribute in the order of encoding.
    pub fn attributes(&self) -> &[NameAttribute] {
        &self.0.attributes
    }

    /// The text of the last attribute of this type, the most specific one.
    pub fn attribute(&self, attribute_type: &Oid) -> Option<&str> {
        self.0.attributes.iter().rev().find(|a| a.attribute_type == *attribute_type)?.text.as_deref()
    }

    /// The common name.
    pub fn common_name(&self) -> Option<&str> {
        self.attribute(&COMMON_NAME)
    }

    /// The organization.
    pub fn organization(&self) -> Option<&str> {
        self.attribute(&ORGANIZATION)
    }

    /// The organizational unit.
    pub fn organizational_unit(&self) -> Option<&str> {
        self.attribute(&ORGANIZATIONAL_UNIT)
    }

    /// Whether this name lies in the subtree that `base` names (RFC 5280 4.2.1.10, directoryName).
    pub fn is_within(&self, base: &Name) -> bool {
        self.0.keys.starts_with(&base.0.keys)
    }
}

/// A RelativeDistinguishedName on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelativeName(Vec<NameAttribute>);

impl RelativeName {
    /// Reads the attributes of a SET OF AttributeTypeAndValue, or of an element retagged to one.
    pub(crate) fn from_element(set: Element<'_, '_>) -> Result<Self, Error> {
        rdn_attributes(set).map(Self)
    }
}

fn rdn_attributes(set: Element<'_, '_>) -> Result<Vec<NameAttribute>, Error> {
    each(set, Tag::SET, |attribute| {
        let mut fields = attribute.with_tag(Tag::SEQUENCE)?.children()?;
        let attribute_type = fields.expect(Tag::OID)?.oid()?;
        let value = fields.element()?;
        fields.finish()?;
        Ok(NameAttribute { attribute_type, text: value.text().ok(), der: value.bytes.into(), rdn: 0 })
    })
}

/// Attribute keys sorted and joined, each with its length so that no two RDNs share a key by accident.
fn rdn_key(attributes: &[NameAttribute]) -> Box<[u8]> {
    let mut parts: Vec<Vec<u8>> = attributes.iter().map(attribute_key).collect();
    parts.sort();
    let mut key = Vec::with_capacity(parts.iter().map(|part| 4 + part.len()).sum());
    for part in &parts {
        key.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        key.extend_from_slice(part);
    }
    key.into_boxed_slice()
}

fn attribute_key(attribute: &NameAttribute) -> Vec<u8> {
    let mut key = attribute.attribute_type.as_octets().to_vec();
    match &attribute.text {
        Some(text) => {
            key.push(0);
            key.extend_from_slice(folded(text).as_bytes());
        }
        None => {
            key.push(1);
            key.extend_from_slice(&attribute.der);
        }
    }
    key
}

/// As RFC 5280 7.1 compares: prepared by RFC 4518 (characters that are not shown left out, case folded, NFKC, so that full and
/// half width are one), white space trimmed and runs of it collapsed.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return spaced(&text.to_ascii_lowercase());
    }
    let shown = text.chars().filter(|c| !commonly_mapped_to_nothing(*c));
    spaced(&shown.flat_map(case_fold_for_nfkc).nfkc().collect::<String>())
}

fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.keys == other.0.keys
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.keys.hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.keys.cmp(&other.0.keys)
    }
}

/// RFC 4514, with ideographs left readable.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.shown.get_or_init(|| Written(&self.0.attributes).to_string().into_boxed_str()))
    }
}

/// The attributes of a name on their way to text.
struct Written<'a>(&'a [NameAttribute]);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // RFC 4514 2.1 begins with the last RDN; inside an RDN the encoded order is kept.
        let mut rdns: Vec<&[NameAttribute]> = self.0.chunk_by(|a, b| a.rdn == b.rdn).collect();
        rdns.reverse();
        for (position, rdn) in rdns.into_iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            for (index, attribute) in rdn.iter().enumerate() {
                if index > 0 {
                    f.write_str("+")?;
                }
                write_attribute(f, attribute)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

fn write_attribute(f: &mut fmt::Formatter<'_>, attribute: &NameAttribute) -> fmt::Result {
    let short = SHORT_NAMES.iter().find(|row| row.0 == attribute.attribute_type).map(|row| row.1);
    match (short, &attribute.text) {
        (Some(short), Some(text)) => write!(f, "{short}={}", escaped(text)),
        // RFC 4514 2.4: a type without a short name, or a value that is no string, is shown as its DER octets.
        (short, _) => {
            match short {
                Some(short) => f.write_str(short)?,
                None => write!(f, "{}", attribute.attribute_type)?,
            }
            write!(f, "=#{}", hex::encode(&attribute.der))
        }
    }
}

/// RFC 4514 2.4. Control characters and direction overrides are escaped too: a name must not rearrange the text
/// around it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (index, c) in text.chars().enumerate() {
        let at_edge = (c == ' ' && (index == 0 || index == last)) || (c == '#' && index == 0);
        let moves_text = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\') || at_edge {
            out.push('\\');
            out.push(c);
        } else if c.is_control() || moves_text {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("\\{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Name from attributes given as (RDN, type, tag, value).
    fn name(attributes: &[(usize, &Oid, u8, &[u8])]) -> Name {
        let tlv = |tag: u8, content: &[u8]| [&[tag, u8::try_from(content.len()).unwrap()], content].concat();
        let mut rdns = Vec::new();
        for rdn in 0..=attributes.last().map_or(0, |a| a.0) {
            let of_rdn = attributes.iter().filter(|a| a.0 == rdn);
            let parts: Vec<u8> = of_rdn
                .flat_map(|(_, kind, tag, value)| tlv(0x30, &[tlv(0x06, kind.as_octets()), tlv(*tag, value)].concat()))
                .collect();
            rdns.extend(tlv(0x31, &parts));
        }
        Name::parse(&tlv(0x30, &rdns)).unwrap()
    }

    const UTF8: u8 = 0x0c;
    const PRINTABLE: u8 = 0x13;
    const BMP: u8 = 0x1e;

    #[test]
    fn rfc4514_strings_are_reversed_escaped_and_leave_kanji_readable() {
        let doctor = name(&[
            (0, &COUNTRY, PRINTABLE, b"JP"),
            (1, &ORGANIZATION, UTF8, "架空病院, 内科".as_bytes()),
            (2, &COMMON_NAME, UTF8, "見本 花子".as_bytes()),
            (2, &SUBJECT_SERIAL_NUMBER, PRINTABLE, b"0001"),
        ]);
        assert_eq!(doctor.to_string(), "CN=見本 花子+serialNumber=0001,O=架空病院\\, 内科,C=JP");
        assert_eq!(doctor.common_name(), Some("見本 花子"));
        assert_eq!((doctor.organization(), doctor.organizational_unit()), (Some("架空病院, 内科"), None));
        let one = |value: &str| name(&[(0, &COMMON_NAME, UTF8, value.as_bytes())]).to_string();
        assert_eq!(one(" #a "), "CN=\\ #a\\ ");
        assert_eq!(one("#a"), "CN=\\#a");
        assert_eq!(one("a\0b\n\u{202e}c"), "CN=a\\00b\\0A\\E2\\80\\AEc");
        let private = Oid::new(&[1, 2, 3]);
        assert_eq!(name(&[(0, &private, UTF8, b"x")]).to_string(), "1.2.3=#0c0178");
        assert_eq!(name(&[(0, &COMMON_NAME, 0x02, &[5])]).to_string(), "CN=#020105");
    }

    /// RFC 5280 7.1
    #[test]
    fn names_match_without_case_string_type_spaces_and_order_in_an_rdn() {
        let one = |tag, value: &[u8]| name(&[(0, &COMMON_NAME, tag, value)]);
        let bmp: Vec<u8> = "HPKI  ca".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(one(UTF8, b" HPKI CA "), one(PRINTABLE, b"hpki ca"));
        assert_eq!(one(UTF8, b"HPKI CA"), one(BMP, &bmp));
        assert_ne!(one(UTF8, b"HPKI CA"), one(UTF8, b"HPKICA"));
        assert_ne!(one(UTF8, b"a"), name(&[(0, &ORGANIZATION, UTF8, b"a")]));
        let (a, b) = ((0, &COMMON_NAME, UTF8, &b"a"[..]), (0, &ORGANIZATION, UTF8, &b"b"[..]));
        assert_eq!(name(&[a, b]), name(&[b, a]));
        assert_ne!(name(&[a, b]), name(&[a, (1, &ORGANIZATION, UTF8, b"b")]));
    }

    #[test]
    fn a_subtree_is_a_prefix_of_whole_rdns() {
        let base = name(&[(0, &COUNTRY, PRINTABLE, b"JP"), (1, &ORGANIZATION, UTF8, b"Demo")]);
        let inside =
            name(&[(0, &COUNTRY, PRINTABLE, b"jp"), (1, &ORGANIZATION, UTF8, b"DEMO"), (2, &COMMON_NAME, UTF8, b"x")]);
        assert!(inside.is_within(&base) && base.is_within(&base) && !base.is_within(&inside));
        let longer = name(&[(0, &COUNTRY, PRINTABLE, b"JP"), (1, &ORGANIZATION, UTF8, b"Demolition")]);
        assert!(!longer.is_within(&base));
    }
}
