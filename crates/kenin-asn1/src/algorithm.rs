use kenin_base::Oid;

use crate::{Element, Error, Tag};

/// ```text
/// AlgorithmIdentifier ::= SEQUENCE {
///     algorithm   OBJECT IDENTIFIER,
///     parameters  ANY DEFINED BY algorithm OPTIONAL }
/// ```
/// (RFC 5280 4.1.1.2)
#[derive(Clone, Copy, Debug)]
pub struct AlgorithmIdentifier<'d, 'a> {
    /// The algorithm.
    pub oid: Oid,
    /// Its parameters as they were encoded.
    pub parameters: Option<Element<'d, 'a>>,
    /// The whole SEQUENCE.
    pub element: Element<'d, 'a>,
}

impl<'d, 'a> AlgorithmIdentifier<'d, 'a> {
    /// Reads a SEQUENCE (or an element retagged to one with [`Element::implicit`]).
    ///
    /// # Errors
    /// [`Error`] when the element is not an AlgorithmIdentifier.
    pub fn parse(element: Element<'d, 'a>) -> Result<Self, Error> {
        let mut fields = element.with_tag(Tag::SEQUENCE)?.children()?;
        let oid = fields.expect(Tag::OID)?.oid()?;
        let parameters = if fields.is_empty() { None } else { Some(fields.element()?) };
        fields.finish()?;
        Ok(Self { oid, parameters, element })
    }

    /// Whether parameters are absent or NULL, as most digest and RSA algorithms are written.
    pub fn has_no_parameters(&self) -> bool {
        self.parameters.is_none_or(|p| p.tag == Tag::NULL && p.content.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use kenin_base::{Budget, DigestAlgorithm};

    use super::*;
    use crate::Decoder;

    #[test]
    fn null_and_absent_parameters_are_both_none() {
        let oid = DigestAlgorithm::Sha1.oid();
        for tail in [&[0x05, 0x00][..], &[]] {
            let mut data = vec![0x30, u8::try_from(7 + tail.len()).unwrap(), 0x06, 0x05];
            data.extend_from_slice(oid.as_octets());
            data.extend_from_slice(tail);
            let budget = Budget::default();
            let decoder = Decoder::new(&budget);
            let algorithm = AlgorithmIdentifier::parse(decoder.reader(&data, 0).element().unwrap()).unwrap();
            assert_eq!(algorithm.oid, oid);
            assert!(algorithm.has_no_parameters());
        }
    }
}
