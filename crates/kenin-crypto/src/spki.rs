use kenin_asn1::{AlgorithmIdentifier, Element, Error, Tag};
use kenin_base::{DigestAlgorithm, Oid};
use serde::{Deserialize, Serialize};

const MGF1: Oid = Oid::new(&[1, 2, 840, 113549, 1, 1, 8]);
/// Longer salts than any modulus allows are refused before arithmetic.
const MAX_SALT: i64 = 2048;

/// RSASSA-PSS-params with defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PssParameters {
    pub digest: DigestAlgorithm,
    pub mgf_digest: DigestAlgorithm,
    pub salt_len: u32,
}

/// What an id-RSASSA-PSS public key allows (RFC 4055 3.3): signatures use these digests and at least this salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PssRestriction {
    /// The only message digest algorithm allowed.
    pub digest: DigestAlgorithm,
    /// The only MGF1 digest algorithm allowed.
    pub mgf_digest: DigestAlgorithm,
    /// The least salt length in octets.
    pub min_salt_len: u32,
}

/// ```text
/// RSASSA-PSS-params ::= SEQUENCE {
///     hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1,
///     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
///     saltLength       [2] INTEGER          DEFAULT 20,
///     trailerField     [3] INTEGER          DEFAULT 1 }
/// ```
/// (RFC 4055 3.1; the tags are explicit.) `None` when malformed, unknown, or the trailer is not 1. RFC 4055
/// requires the parameters to be present in a signature; when they are absent every default applies.
pub(crate) fn parse_pss_parameters(parameters: Option<&Element<'_, '_>>) -> Option<PssParameters> {
    let mut result = PssParameters { digest: DigestAlgorithm::Sha1, mgf_digest: DigestAlgorithm::Sha1, salt_len: 20 };
    let Some(parameters) = parameters else { return Some(result) };
    fill(&mut result, parameters).ok().flatten().map(|()| result)
}

fn fill(result: &mut PssParameters, parameters: &Element<'_, '_>) -> Result<Option<()>, Error> {
    let mut fields = parameters.with_tag(Tag::SEQUENCE)?.children()?;
    if let Some(hash) = fields.optional(Tag::context(0))? {
        let hash = AlgorithmIdentifier::parse(hash.explicit()?)?;
        let Some(digest) = known_digest(&hash) else { return Ok(None) };
        result.digest = digest;
    }
    if let Some(mask) = fields.optional(Tag::context(1))? {
        let mask = AlgorithmIdentifier::parse(mask.explicit()?)?;
        let Some(inner) = mask.parameters.filter(|_| mask.oid == MGF1) else { return Ok(None) };
        let Some(digest) = known_digest(&AlgorithmIdentifier::parse(inner)?) else { return Ok(None) };
        result.mgf_digest = digest;
    }
    if let Some(salt) = fields.optional(Tag::context(2))? {
        let salt = salt.explicit()?.integer_i64()?;
        let Some(salt) = u32::try_from(salt).ok().filter(|_| salt <= MAX_SALT) else { return Ok(None) };
        result.salt_len = salt;
    }
    if let Some(trailer) = fields.optional(Tag::context(3))?
        && trailer.explicit()?.integer_i64()? != 1
    {
        return Ok(None);
    }
    fields.finish()?;
    Ok(Some(()))
}

/// A digest algorithm with absent or NULL parameters (RFC 5754 2).
pub(crate) fn known_digest(algorithm: &AlgorithmIdentifier<'_, '_>) -> Option<DigestAlgorithm> {
    DigestAlgorithm::from_oid(&algorithm.oid).filter(|_| algorithm.has_no_parameters())
}
