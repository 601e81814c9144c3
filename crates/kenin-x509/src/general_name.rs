use kenin_asn1::{Class, Element, Error, Tag};
use kenin_base::Oid;

use crate::decode::{each, single, with_decoder};
use crate::{Name, ParseError};

/// GeneralName (RFC 5280 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneralName {
    /// otherName: a type and its value as encoded.
    OtherName {
        /// The name form.
        type_id: Oid,
        /// The DER octets inside the explicit tag.
        value: Box<[u8]>,
    },
    /// rfc822Name, a mailbox.
    Rfc822Name(String),
    /// dNSName.
    DnsName(String),
    /// directoryName.
    DirectoryName(Name),
    /// uniformResourceIdentifier.
    Uri(String),
    /// iPAddress: 4 or 16 octets, with a mask of the same length in name constraints.
    IpAddress(Box<[u8]>),
    /// registeredID.
    RegisteredId(Oid),
    /// x400Address, ediPartyName, or a name whose value its type does not allow: tag number and content octets.
    Other {
        /// The context tag.
        tag: u32,
        /// The content octets.
        content: Box<[u8]>,
    },
}

impl GeneralName {
    /// Reads one name, which must be all of `der`.
    ///
    /// # Errors
    /// [`ParseError`] when it is not a GeneralName or octets follow it.
    pub fn parse(der: &[u8]) -> Result<Self, ParseError> {
        with_decoder(der, |decoder| Ok(Self::from_element(single(decoder, der)?)?))
    }

    /// The context tag of the name form: 0 otherName to 8 registeredID.
    pub fn tag(&self) -> u32 {
        match self {
            Self::OtherName { .. } => 0,
            Self::Rfc822Name(_) => 1,
            Self::DnsName(_) => 2,
            Self::DirectoryName(_) => 4,
            Self::Uri(_) => 6,
            Self::IpAddress(_) => 7,
            Self::RegisteredId(_) => 8,
            Self::Other { tag, .. } => *tag,
        }
    }

    pub(crate) fn from_element(element: Element<'_, '_>) -> Result<Self, Error> {
        if element.tag.class != Class::Context {
            return Err(element.invalid("GeneralName"));
        }
        let other = || Self::Other { tag: element.tag.number, content: element.content.into() };
        let text = || std::str::from_utf8(element.content).ok().map(str::to_owned);
        Ok(match element.tag.number {
            0 => other_name(element).unwrap_or_else(|_| other()),
            1 => text().map_or_else(other, Self::Rfc822Name),
            2 => text().map_or_else(other, Self::DnsName),
            // CHOICE: the tag is explicit (X.680 31.2.7)
            4 => element.explicit().and_then(Name::from_element).map_or_else(|_| other(), Self::DirectoryName),
            6 => text().map_or_else(other, Self::Uri),
            7 => Self::IpAddress(element.content.into()),
            8 => element.implicit(Tag::OID).oid().map_or_else(|_| other(), Self::RegisteredId),
            _ => other(),
        })
    }

    /// `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, or an element retagged to one.
    pub(crate) fn sequence(element: Element<'_, '_>) -> Result<Vec<Self>, Error> {
        each(element, Tag::SEQUENCE, Self::from_element)
    }
}

/// `OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }`
fn other_name(element: Element<'_, '_>) -> Result<GeneralName, Error> {
    let mut fields = element.children()?;
    let type_id = fields.expect(Tag::OID)?.oid()?;
    let value = fields.expect(Tag::context(0))?.explicit()?;
    fields.finish()?;
    Ok(GeneralName::OtherName { type_id, value: value.bytes.into() })
}
