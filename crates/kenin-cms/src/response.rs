use kenin_asn1::{Decoder, Element, Tag};
use kenin_base::{Finding, FindingCode};

use crate::CmsError;

/// A TimeStampResp (RFC 3161 2.4.2).
///
/// ```text
/// TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken TimeStampToken OPTIONAL }
/// PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString PKIFreeText OPTIONAL,
///     failInfo PKIFailureInfo OPTIONAL }
/// ```
#[derive(Clone, Debug)]
pub struct TimestampResponse<'d, 'a> {
    status: i64,
    token: Option<Element<'d, 'a>>,
    trailing: &'a [u8],
}

impl<'d, 'a> TimestampResponse<'d, 'a> {
    /// Cuts a response out of `bytes`, which lie at `offset` of the document.
    ///
    /// # Errors
    /// [`CmsError::Malformed`] when it is none.
    pub fn parse(decoder: &'d Decoder<'d>, bytes: &'a [u8], offset: u64) -> Result<Self, CmsError> {
        let mut reader = decoder.reader(bytes, offset);
        let mut fields = reader.expect(Tag::SEQUENCE)?.children()?;
        let mut info = fields.expect(Tag::SEQUENCE)?.children()?;
        let status = info.expect(Tag::INTEGER)?.integer_i64()?;
        info.optional(Tag::SEQUENCE)?;
        info.optional(Tag::BIT_STRING)?;
        info.finish()?;
        let token = fields.optional(Tag::SEQUENCE)?;
        fields.finish()?;
        Ok(Self { status, token, trailing: reader.remaining() })
    }

    /// PKIStatus.
    pub fn status(&self) -> i64 {
        self.status
    }

    /// Whether the status is granted (0) or grantedWithMods (1).
    pub fn is_granted(&self) -> bool {
        matches!(self.status, 0 | 1)
    }

    /// The token's octets and their offset in the document.
    pub fn token(&self) -> Option<(&'a [u8], u64)> {
        self.token.map(|token| (token.bytes, token.span.start))
    }

    /// The octets after the response.
    pub fn trailing(&self) -> &'a [u8] {
        self.trailing
    }

    /// The finding `timestamp-rejected` when a token must not count because the status is not granted.
    pub fn finding(&self) -> Option<Finding> {
        let rejected = || Finding::new(FindingCode::TimestampRejected).with("status", self.status);
        (!self.is_granted()).then(rejected)
    }
}
