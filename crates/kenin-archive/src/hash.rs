use std::io;

use kenin::{Sha256, Source};
use kenin_base::{DigestAlgorithm, Span};
use kenin_crypto::MultiDigest;

/// SHA-256 of everything in a source, read in pieces.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(source: &Source) -> io::Result<Sha256> {
    let mut digest = MultiDigest::new(&[DigestAlgorithm::Sha256].into());
    source.for_each_chunk(Span::new(0, source.len()), |bytes| digest.update(bytes)).map_err(io::Error::other)?;
    let digests = digest.finish();
    let octets = digests.get(DigestAlgorithm::Sha256).and_then(|octets| octets.try_into().ok());
    octets.map(Sha256).ok_or_else(|| io::Error::other("OpenSSL offers no SHA-256"))
}
