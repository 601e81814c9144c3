use kenin_asn1::Decoder;
use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, Span};
use kenin_crypto::{Digests, digest};
use kenin_facts::{Covered, EvidenceKind, EvidenceSource, Imprint, ImprintStatus, Token, TstInfo};

use crate::content::{Content, Hashed};
use crate::findings::{of_error, of_notes};
use crate::signer::Ground;
use crate::signer_info::SignerInfo;
use crate::{Cms, CmsError, Observer, carried, oids, signer, tst_info};

/// A TimeStampToken (RFC 3161 2.4.2): a SignedData whose content is a TSTInfo. Whether it really is one, and
/// everything else that RFC 3161 asks, becomes findings of [`observe_token`].
#[derive(Clone, Debug)]
pub struct TimestampToken<'d, 'a> {
    cms: Cms<'d, 'a>,
    info: Option<TstInfo>,
    findings: Vec<Finding>,
}

/// The bytes a timestamp was made over, as the caller has them.
#[derive(Clone, Copy, Debug)]
pub enum Imprinted<'c> {
    /// Their digests, [`TimestampToken::imprint_algorithm`] among them.
    Digests(&'c Digests),
    /// The octets.
    Octets(&'c [u8]),
    /// They are not at hand.
    NotFound,
}

impl<'d, 'a> TimestampToken<'d, 'a> {
    /// Cuts a token out of `bytes`, which lie at `offset` of the document, and decodes its TSTInfo. Use one decoder
    /// per token.
    ///
    /// # Errors
    /// [`CmsError`] when this is no ContentInfo with SignedData, or a budget is reached.
    pub fn parse(decoder: &'d Decoder<'d>, bytes: &'a [u8], offset: u64) -> Result<Self, CmsError> {
        Cms::parse(decoder, bytes, offset).map(Self::from_cms)
    }

    /// Takes a SignedData that was already cut.
    pub fn from_cms(cms: Cms<'d, 'a>) -> Self {
        let mut findings = Vec::new();
        if !cms.is_timestamp_token() {
            findings.push(Finding::new(FindingCode::TokenContentType).with("content", cms.content_type()));
        }
        let budget = cms.decoder().budget();
        let malformed = |problem: String| Finding::new(FindingCode::TstInfoMalformed).with("problem", problem);
        let unreadable = |error: kenin_asn1::Error| match error.limit() {
            Some(_) => of_error(&error, "TSTInfo"),
            None => malformed(error.to_string()),
        };
        let info = match cms.attached_content().map(|content| content.octets()) {
            None => Err(malformed("the content is absent".to_owned())),
            Some(Err(error)) => Err(unreadable(error)),
            Some(Ok(octets)) => tst_info::parse(&octets, budget).map_err(unreadable),
        };
        let info = match info {
            Ok((info, noticed)) => {
                findings.extend(noticed);
                Some(info)
            }
            Err(finding) => {
                findings.push(finding);
                None
            }
        };
        Self { cms, info, findings }
    }

    /// The digest algorithm of the message imprint; `None` when it is unknown or TSTInfo cannot be decoded.
    pub fn imprint_algorithm(&self) -> Option<DigestAlgorithm> {
        self.info.as_ref()?.imprint_algorithm.algorithm
    }

    /// The first SignerInfo that can be read.
    pub(crate) fn signer(&self) -> Option<&SignerInfo<'d, 'a>> {
        self.cms.signers.iter().flatten().next()
    }

    /// The octets of the token alone.
    pub fn bytes(&self) -> &'a [u8] {
        self.cms.bytes()
    }

    /// Where the token lies in the document.
    pub fn span(&self) -> Span {
        self.cms.span()
    }

    /// The octets after the token; the caller judges them.
    pub fn trailing(&self) -> &'a [u8] {
        self.cms.trailing()
    }
}

/// Reads a token into facts. `id` is the id of the timestamp (or of the signature that is this token), `source`
/// where the token was found.
pub fn observe_token(
    observer: &mut Observer<'_>,
    id: &str,
    source: EvidenceSource,
    token: &TimestampToken<'_, '_>,
    imprinted: Imprinted<'_>,
) -> Token {
    let cms = &token.cms;
    let sha256 = observer.add_opaque(EvidenceKind::TimestampToken, token.bytes(), source);
    let mut findings = token.findings.clone();
    let certificates = carried::take(observer, cms, id, &mut findings);
    let hashed = Hashed::new(cms, &Content::Attached);
    findings.extend(hashed.findings.iter().cloned());
    if cms.signers.len() > 1 {
        findings.push(Finding::new(FindingCode::SeveralSignerInfos).with("signers", cms.signers.len()));
    }
    let signer = match cms.signers.first() {
        None => {
            findings.push(Finding::new(FindingCode::NoSignerInfo));
            None
        }
        Some(Err(error)) => {
            findings.push(of_error(error, "signerInfos[0]"));
            None
        }
        Some(Ok(info)) => {
            carried::take_attributes(observer, info, id, &mut findings);
            if let Some(error) = info.unsigned_attributes.as_ref().and_then(|set| set.problem.as_ref()) {
                findings.push(of_error(error, "signerInfos[0].unsignedAttrs"));
            }
            let ground = Ground {
                // A token's attributes must name id-ct-TSTInfo, whatever its content says it is (RFC 3161 2.4.2).
                content_type: Some(if cms.is_timestamp_token() { oids::ID_CT_TST_INFO } else { cms.content_type() }),
                digest_algorithms: Some(&cms.digest_algorithms),
                certificates: &certificates.certificate_keys(),
                digest: &|algorithm| hashed.digest(algorithm),
                octets: hashed.octets.as_deref(),
                document_sha1: None,
                archive: None,
            };
            Some(signer::observe(observer, info, &ground, "signerInfos[0]", &mut findings))
        }
    };
    findings.extend(of_notes(cms.decoder().notes(), cms.span()));
    let imprint = compare_imprint(token.info.as_ref(), imprinted);
    Token { sha256, signer, tst_info: token.info.clone(), imprint, covers: Covered::default(), findings }
}

/// The facts of octets that stand where a token belongs and cannot be read as one. They are kept in the evidence.
pub fn unreadable_token(observer: &mut Observer<'_>, source: EvidenceSource, bytes: &[u8], error: &CmsError) -> Token {
    let sha256 = observer.add_opaque(EvidenceKind::TimestampToken, bytes, source);
    let finding = match error {
        CmsError::NotSignedData { content_type } => {
            Finding::new(FindingCode::CmsNotSignedData).with("content", content_type)
        }
        CmsError::Malformed(error) => of_error(error, "TimeStampToken"),
    };
    let imprint = Imprint { status: ImprintStatus::NotChecked, computed: None };
    Token { sha256, signer: None, tst_info: None, imprint, covers: Covered::default(), findings: vec![finding] }
}

/// Reads a token that lies in a signature into facts: exactly `bytes`, at `offset` of the document. `imprint_of` gives the
/// digest of what the token is over.
pub fn observe_embedded(
    observer: &mut Observer<'_>,
    id: &str,
    source: EvidenceSource,
    (bytes, offset): (&[u8], u64),
    imprint_of: impl FnOnce(DigestAlgorithm) -> Option<Vec<u8>>,
) -> Token {
    let decoder = Decoder::new(observer.budget());
    match TimestampToken::parse(&decoder, bytes, offset) {
        Ok(token) => {
            let computed = token.imprint_algorithm().and_then(imprint_of);
            let mut facts = observe_token(observer, id, source, &token, Imprinted::NotFound);
            facts.imprint = judge_imprint(token.info.as_ref(), computed);
            facts
        }
        Err(error) => unreadable_token(observer, source, bytes, &error),
    }
}

/// The digest algorithm that a token hashes its content with, for a caller that has yet to hash.
pub(crate) fn imprint_algorithm_of(budget: &Budget, bytes: &[u8]) -> Option<DigestAlgorithm> {
    let decoder = Decoder::new(budget);
    TimestampToken::parse(&decoder, bytes, 0).ok()?.imprint_algorithm()
}

fn compare_imprint(info: Option<&TstInfo>, imprinted: Imprinted<'_>) -> Imprint {
    let algorithm = info.and_then(|info| info.imprint_algorithm.algorithm);
    let computed = algorithm.and_then(|algorithm| match imprinted {
        Imprinted::Digests(digests) => digests.get(algorithm).map(<[u8]>::to_vec),
        Imprinted::Octets(octets) => digest(algorithm, octets).ok(),
        Imprinted::NotFound => None,
    });
    judge_imprint(info, computed)
}

pub(crate) fn judge_imprint(info: Option<&TstInfo>, computed: Option<Vec<u8>>) -> Imprint {
    let status = match (info, &computed) {
        (Some(info), Some(computed)) if info.imprint.as_slice() == computed.as_slice() => ImprintStatus::Intact,
        (Some(_), Some(_)) => ImprintStatus::Broken,
        _ => ImprintStatus::NotChecked,
    };
    Imprint { status, computed: computed.map(Into::into) }
}
