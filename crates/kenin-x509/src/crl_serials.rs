use kenin_asn1::{Decoder, Error, Tag};

use crate::decode::{minimal, single, with_decoder};
use crate::{Crl, ParseError};

impl Crl {
    /// The serial numbers that are listed, without redundant leading octets, in the order of the list and as often as
    /// they occur in it; at most `limit` of them.
    pub fn serials(&self, limit: usize) -> Vec<&[u8]> {
        // Nothing here fails: the same octets were read when the CRL was.
        with_decoder(self.tbs(), |decoder| read(decoder, self.tbs(), limit).map_err(ParseError::from))
            .unwrap_or_default()
    }
}

/// `TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL,
/// revokedCertificates SEQUENCE OF SEQUENCE { userCertificate, .. } OPTIONAL, .. }` (RFC 5280 5.1)
fn read<'a>(decoder: &Decoder<'_>, tbs: &'a [u8], limit: usize) -> Result<Vec<&'a [u8]>, Error> {
    let mut fields = single(decoder, tbs)?.with_tag(Tag::SEQUENCE)?.children()?;
    fields.optional(Tag::INTEGER)?;
    for _signature_issuer_this_update in 0..3 {
        fields.element()?;
    }
    if matches!(fields.peek(), Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME)) {
        fields.element()?;
    }
    let mut serials = Vec::new();
    if let Some(list) = fields.optional(Tag::SEQUENCE)? {
        let mut entries = list.children()?;
        while !entries.is_empty() && serials.len() < limit {
            let serial = entries.expect(Tag::SEQUENCE)?.children()?.expect(Tag::INTEGER)?;
            serials.push(minimal(serial.integer()?));
        }
    }
    Ok(serials)
}
