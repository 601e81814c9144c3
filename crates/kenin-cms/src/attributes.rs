use kenin_asn1::{Element, Error, ErrorKind, Tag, definite_length};
use kenin_base::{Oid, Resource};

/// What an attribute, a value or an algorithm counts for in elements, as it is kept: two octets may be a value.
const KEPT: u64 = 16;

/// Pays for one that is kept.
pub(crate) fn keep(element: &Element<'_, '_>) -> Result<(), Error> {
    let spent = element.budget().spend(Resource::Asn1Elements, KEPT);
    spent.map_err(|limit| Error::new(ErrorKind::Limit(limit), element.span.start))
}

/// ```text
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
/// (RFC 5652 5.3)
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'d, 'a> {
    pub kind: Oid,
    pub values: Vec<Element<'d, 'a>>,
    pub element: Element<'d, 'a>,
}

impl<'d, 'a> Attribute<'d, 'a> {
    pub fn parse(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
        let kind = fields.expect(Tag::OID)?.oid()?;
        let mut set = fields.expect(Tag::SET)?.children()?;
        fields.finish()?;
        let mut values = Vec::new();
        while !set.is_empty() {
            let value = set.element()?;
            keep(&value)?;
            values.push(value);
        }
        Ok(Self { kind, values, element })
    }
}

/// Signed or unsigned attributes, in wire order.
#[derive(Clone, Debug)]
pub(crate) struct AttributeSet<'d, 'a> {
    /// The `[0]` or `[1]` element.
    pub element: Element<'d, 'a>,
    pub attributes: Vec<Attribute<'d, 'a>>,
    /// What stopped the reading; the attributes before it are kept, and the octets still verify.
    pub problem: Option<Error>,
}

impl<'d, 'a> AttributeSet<'d, 'a> {
    pub fn parse(element: Element<'d, 'a>) -> Self {
        let mut attributes = Vec::new();
        let mut read = || -> Result<(), Error> {
            let mut elements = element.children()?;
            while !elements.is_empty() {
                let attribute = elements.element()?;
                keep(&attribute)?;
                attributes.push(Attribute::parse(attribute)?);
            }
            Ok(())
        };
        let problem = read().err();
        Self { element, attributes, problem }
    }

    /// Every attribute of a type.
    pub fn of<'s>(&'s self, kind: &Oid) -> impl Iterator<Item = &'s Attribute<'d, 'a>> {
        let kind = *kind;
        self.attributes.iter().filter(move |attribute| attribute.kind == kind)
    }

    /// The octets received, as a SET OF: the first octet becomes 31 (RFC 5652 5.4).
    pub fn as_received(&self) -> Vec<u8> {
        let mut octets = self.element.bytes.to_vec();
        if let Some(first) = octets.first_mut() {
            *first = 0x31;
        }
        octets
    }

    /// Whether the elements stand in DER order (X.690 11.6).
    pub fn is_sorted(&self) -> bool {
        self.attributes.is_sorted_by_key(|attribute| attribute.element.bytes)
    }

    /// The SET OF with a definite length and its elements in DER order; `None` when it could not be read.
    pub fn der_sorted(&self) -> Option<Vec<u8>> {
        if self.problem.is_some() {
            return None;
        }
        let mut elements: Vec<&[u8]> = self.attributes.iter().map(|attribute| attribute.element.bytes).collect();
        elements.sort_unstable();
        Some(definite(0x31, &elements.concat()))
    }
}

/// An element with a definite length.
pub(crate) fn definite(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag], definite_length(content.len()).as_slice(), content].concat()
}

/// Whether `octets` begin like the DER of signed attributes: a SET OF whose attributes, as far as they are at
/// hand, include content-type or message-digest. Such content may be another signature's signed attributes
/// presented as content (RFC 5652 5.4 signs both as bare octets).
pub(crate) fn reads_as_signed_attributes(octets: &[u8]) -> bool {
    let budget = kenin_base::Budget::default();
    let decoder = kenin_asn1::Decoder::new(&budget);
    let Ok(set) = decoder.reader(octets, 0).expect(Tag::SET) else { return false };
    // Octets after the SET cannot have been signed attributes.
    if set.bytes.len() != octets.len() {
        return false;
    }
    let attributes = AttributeSet::parse(set);
    let telling = |a: &Attribute<'_, '_>| matches!(a.kind, crate::oids::CONTENT_TYPE | crate::oids::MESSAGE_DIGEST);
    attributes.problem.is_none() && attributes.attributes.iter().any(telling)
}
