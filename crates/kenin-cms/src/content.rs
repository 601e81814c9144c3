use std::borrow::Cow;
use std::collections::BTreeSet;

use kenin_base::{DigestAlgorithm, Finding, FindingCode};
use kenin_crypto::{Digests, digest};

use crate::Cms;
use crate::findings::of_error;

/// The signed content as the caller has it.
#[derive(Clone, Copy, Debug)]
pub enum Content<'c> {
    /// The content inside the structure; it is hashed where it lies.
    Attached,
    /// Content outside the structure, hashed by the caller. It decides even when the structure holds content too;
    /// when the two differ, that is the finding `content-and-external-content`.
    Detached {
        /// Its digests by every algorithm of [`Cms::required_digests`].
        digests: &'c Digests,
        /// The octets, or `None` when they are not at hand. EdDSA without signed attributes needs them, and they
        /// show whether content is another signature's attributes; nothing else does.
        octets: Option<&'c [u8]>,
    },
    /// The PDF subfilter adbe.pkcs7.sha1 (ISO 32000-1 12.8.3.3.1): the content inside the structure is the
    /// SHA-1 of the document's byte range, given here as computed.
    Sha1OfDocument(&'c [u8]),
    /// Detached content that is not at hand.
    NotFound,
}

/// The content of one SignedData, ready for every one of its signers.
pub(crate) struct Hashed<'c> {
    /// `None` when the content is not at hand or could not be read.
    pub digests: Option<Cow<'c, Digests>>,
    pub octets: Option<Cow<'c, [u8]>>,
    /// The inner digest of adbe.pkcs7.sha1 and the digest computed.
    pub document_sha1: Option<(Vec<u8>, &'c [u8])>,
    pub findings: Vec<Finding>,
}

impl<'c> Hashed<'c> {
    pub fn new<'d, 'a: 'c>(cms: &Cms<'d, 'a>, content: &Content<'c>) -> Self {
        let mut hashed = Self { digests: None, octets: None, document_sha1: None, findings: Vec::new() };
        match content {
            Content::NotFound => {}
            Content::Attached => hashed.take_attached(cms),
            Content::Sha1OfDocument(computed) => {
                hashed.take_attached(cms);
                let inner = hashed.octets.as_deref().unwrap_or_default().to_vec();
                hashed.document_sha1 = Some((inner, computed));
            }
            Content::Detached { digests, octets } => {
                hashed.digests = Some(Cow::Borrowed(digests));
                hashed.octets = octets.map(Cow::Borrowed);
                hashed.compare_with_attached(cms, digests);
            }
        }
        hashed
    }

    /// The digest by one algorithm, computed from the octets when the caller did not.
    pub fn digest(&self, algorithm: DigestAlgorithm) -> Option<Vec<u8>> {
        let prepared = self.digests.as_ref().and_then(|digests| digests.get(algorithm)).map(<[u8]>::to_vec);
        prepared.or_else(|| digest(algorithm, self.octets.as_deref()?).ok())
    }

    fn take_attached<'d, 'a: 'c>(&mut self, cms: &Cms<'d, 'a>) {
        let Some(attached) = cms.attached_content() else { return };
        match attached.digests(&cms.required_digests()) {
            Ok(digests) => self.digests = Some(Cow::Owned(digests)),
            Err(error) => self.findings.push(of_error(&error, "encapContentInfo.eContent")),
        }
        // Segments are joined only when something needs the octets: see `needs_octets`.
        if self.digests.is_some() && (!attached.is_segmented() || cms.needs_content_octets()) {
            self.octets = attached.octets().ok();
        }
    }

    /// Two different contents are a format problem, whichever of them the signature covers.
    fn compare_with_attached(&mut self, cms: &Cms<'_, '_>, digests: &Digests) {
        let Some(attached) = cms.attached_content() else { return };
        let algorithms: BTreeSet<DigestAlgorithm> = digests.iter().map(|(algorithm, _)| algorithm).collect();
        if !attached.digests(&algorithms).is_ok_and(|own| own.iter().eq(digests.iter())) {
            let finding = Finding::new(FindingCode::ContentAndExternalContent);
            self.findings.push(finding.about("encapContentInfo.eContent"));
        }
    }
}
