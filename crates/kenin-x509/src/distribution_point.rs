use kenin_asn1::{Element, Error, Reader, Tag};

use crate::decode::each;
use crate::name::RelativeName;
use crate::{GeneralName, Name};

/// DistributionPointName (RFC 5280 4.2.1.13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistributionPointName {
    /// fullName: names for one and the same CRL.
    FullName(Vec<GeneralName>),
    /// nameRelativeToCRLIssuer: an RDN appended to the CRL issuer's name.
    RelativeToIssuer(RelativeName),
}

/// DistributionPoint of a certificate's cRLDistributionPoints (RFC 5280 4.2.1.13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributionPoint {
    /// Where the CRL is.
    pub name: Option<DistributionPointName>,
    /// The reasons the CRL covers; `None` for all.
    pub reasons: Option<ReasonFlags>,
    /// Who issues the CRL, when it is not the certificate's issuer.
    pub crl_issuer: Vec<GeneralName>,
}

/// IssuingDistributionPoint of a CRL (RFC 5280 5.2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuingDistributionPoint {
    /// The distribution point this CRL is for; absent when it is for every one.
    pub name: Option<DistributionPointName>,
    /// Covers end-entity certificates only.
    pub only_contains_user_certs: bool,
    /// Covers CA certificates only.
    pub only_contains_ca_certs: bool,
    /// Covers these reasons only; `None` for all.
    pub only_some_reasons: Option<ReasonFlags>,
    /// May list certificates of other issuers.
    pub indirect_crl: bool,
    /// Covers attribute certificates only.
    pub only_contains_attribute_certs: bool,
}

/// ReasonFlags (RFC 5280 4.2.1.13): bit *n* as in the ASN.1 named bit list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReasonFlags(u16);

impl ReasonFlags {
    /// No reason.
    pub const NONE: Self = Self(0);
    /// keyCompromise (1) to aACompromise (8).
    pub const ALL: Self = Self(0b1_1111_1110);

    /// Whether the CRL covers every reason, as a CRL without the flags does.
    pub fn covers_all(self) -> bool {
        self.0 & Self::ALL.0 == Self::ALL.0
    }

    /// Whether certificateHold (6) is among them.
    pub fn covers_holds(self) -> bool {
        self.0 & 1 << 6 != 0
    }

    /// The bits, bit *n* of the named bit list as `1 << n`.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The reasons in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The reasons in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn from_element(element: Element<'_, '_>) -> Result<Self, Error> {
        let bits = element.implicit(Tag::BIT_STRING).bit_string()?;
        Ok(Self((0..9u16).filter(|n| bits.bit(usize::from(*n))).fold(0, |flags, n| flags | 1 << n)))
    }
}

impl DistributionPointName {
    /// The names of the distribution point, a relative one completed with the CRL issuer's name.
    pub(crate) fn resolve(&self, crl_issuer: &Name) -> Vec<GeneralName> {
        match self {
            Self::FullName(names) => names.clone(),
            Self::RelativeToIssuer(relative) => {
                vec![GeneralName::DirectoryName(crl_issuer.with_relative(relative))]
            }
        }
    }

    /// The field `[0] DistributionPointName`: a CHOICE, so the outer tag is explicit.
    fn from_field(field: Element<'_, '_>) -> Result<Self, Error> {
        let choice = field.explicit()?;
        if choice.tag == Tag::context(0) {
            return GeneralName::sequence(choice.implicit(Tag::SEQUENCE)).map(Self::FullName);
        }
        let relative = choice.with_tag(Tag::context(1))?.implicit(Tag::SET);
        RelativeName::from_element(relative).map(Self::RelativeToIssuer)
    }
}

impl DistributionPoint {
    /// `CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint`
    pub(crate) fn sequence(element: Element<'_, '_>) -> Result<Vec<Self>, Error> {
        each(element, Tag::SEQUENCE, |point| {
            let mut fields = point.with_tag(Tag::SEQUENCE)?.children()?;
            let name = fields.optional(Tag::context(0))?.map(DistributionPointName::from_field).transpose()?;
            let reasons = fields.optional(Tag::context(1))?.map(ReasonFlags::from_element).transpose()?;
            let crl_issuer = match fields.optional(Tag::context(2))? {
                Some(names) => GeneralName::sequence(names.implicit(Tag::SEQUENCE))?,
                None => Vec::new(),
            };
            fields.finish()?;
            Ok(Self { name, reasons, crl_issuer })
        })
    }
}

impl IssuingDistributionPoint {
    pub(crate) fn from_element(element: Element<'_, '_>) -> Result<Self, Error> {
        let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
        let mut point = Self {
            name: fields.optional(Tag::context(0))?.map(DistributionPointName::from_field).transpose()?,
            ..Self::default()
        };
        point.only_contains_user_certs = flag(&mut fields, 1)?;
        point.only_contains_ca_certs = flag(&mut fields, 2)?;
        point.only_some_reasons = fields.optional(Tag::context(3))?.map(ReasonFlags::from_element).transpose()?;
        point.indirect_crl = flag(&mut fields, 4)?;
        point.only_contains_attribute_certs = flag(&mut fields, 5)?;
        fields.finish()?;
        Ok(point)
    }
}

/// `[number] BOOLEAN DEFAULT FALSE`
fn flag(fields: &mut Reader<'_, '_>, number: u32) -> Result<bool, Error> {
    fields.optional(Tag::context(number))?.map_or(Ok(false), |flag| flag.implicit(Tag::BOOLEAN).boolean())
}
