//! Certificates and revocation data that the document itself carries, found by name.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use kenin_base::Sha256;
use kenin_crypto::digest;
use kenin_facts::{EvidenceItem, EvidenceKind, EvidenceSource, Facts};
use kenin_validation::{ConsideredDatum, PathLink, PathReport, Validation};
use kenin_x509::{AD_OCSP, CertId, Certificate, CertificateCache, Name, OcspResponse};

/// Certificates of a chain that is put together by names.
const MAX_CHAIN: usize = 16;

/// What the document carries. Evidence that was only supplied beside it, or that the trust profile has, is not in it.
pub(crate) struct Embedded<'f> {
    pub facts: &'f Facts,
    decoded: &'f CertificateCache,
    /// Sorted when a chain must be put together by names, which is where no path was judged.
    certificates: OnceCell<BTreeMap<Name, Vec<Arc<Certificate>>>>,
    lists: BTreeMap<Name, Vec<Sha256>>,
    answers: BTreeMap<Box<[u8]>, Vec<(Sha256, CertId)>>,
    /// Answers of a responder whose own certificate may be revoked for all that the document tells, with that certificate.
    unsettled: BTreeMap<Sha256, Arc<Certificate>>,
    /// The last revision of a PDF in which its security store took something up.
    pub last_store: Option<u32>,
}

/// One certificate of a chain.
pub(crate) struct Link<'v> {
    pub certificate: Arc<Certificate>,
    /// The revocation data considered for it, where its path was judged.
    pub considered: Option<&'v [ConsideredDatum]>,
    /// Whether the path ends here, at what is trusted as it is. Where no path was judged nobody has said what is
    /// trusted, and the highest of several certificates is taken for it.
    pub anchor: bool,
    /// Whether no path was judged and the document has no certificate of its issuer.
    pub without_issuer: bool,
}

impl Link<'_> {
    /// Whether a verifier needs revocation data for it: neither for an anchor nor for what issued itself, nor where
    /// the issuer exempts a responder (RFC 6960 4.2.2.2.1).
    pub fn needs_data(&self) -> bool {
        !self.anchor && !self.certificate.is_self_issued() && !self.certificate.extensions().ocsp_nocheck
    }
}

/// Whether an object was found in the document.
pub(crate) fn is_embedded(item: &EvidenceItem) -> bool {
    item.sources.iter().any(|source| !matches!(source, EvidenceSource::Supplied { .. } | EvidenceSource::TrustProfile))
}

impl<'f> Embedded<'f> {
    /// Sorts out what the document carries, once for all of its signatures.
    pub fn of(facts: &'f Facts, validation: &Validation, decoded: &'f CertificateCache) -> Self {
        let mut this = Self {
            facts,
            decoded,
            certificates: OnceCell::new(),
            lists: BTreeMap::new(),
            answers: BTreeMap::new(),
            unsettled: BTreeMap::new(),
            last_store: None,
        };
        let embedded = facts.evidence.iter().map(|(_, item)| item).filter(|item| is_embedded(item));
        let stored = embedded.flat_map(|item| &item.sources).filter_map(|source| match source {
            EvidenceSource::Dss { revision } => Some(*revision),
            _ => None,
        });
        this.last_store = stored.max();
        let has = |key: &Sha256| facts.evidence.get(key).is_some_and(is_embedded);
        for list in validation.crls.iter().filter(|list| has(&list.sha256())) {
            this.lists.entry(list.issuer().clone()).or_default().push(list.sha256());
        }
        for response in validation.ocsps.iter().filter(|response| has(&response.sha256())) {
            for single in response.singles() {
                let id = single.cert_id.clone();
                this.answers.entry(id.serial.clone()).or_default().push((response.sha256(), id));
            }
        }
        for response in validation.ocsps.iter().filter(|response| has(&response.sha256())) {
            let responder = this.unsettled_by(response);
            this.unsettled.extend(responder.map(|responder| (response.sha256(), responder)));
        }
        this
    }

    /// Whether the document has an object with this digest.
    pub fn has(&self, key: &Sha256) -> bool {
        self.facts.evidence.get(key).is_some_and(is_embedded)
    }

    /// The embedded revocation data that names this certificate: CRLs of its issuer, and OCSP answers with its
    /// serial number and its issuer's name. Whether it may be relied upon is not asked, but for answers of a responder
    /// other than the issuer: its certificate needs data as any (RFC 6960 4.2.2.2.1).
    pub fn naming<'s>(&'s self, certificate: &'s Certificate) -> impl Iterator<Item = &'s Sha256> {
        let lists = self.lists.get(certificate.issuer()).into_iter().flatten();
        let settled = |key: &&Sha256| self.unsettled_for(certificate, key).is_none();
        lists.chain(self.answering(certificate).filter(settled))
    }

    /// The certificate that stands between this one and the answers for it, since nothing says whether it is revoked.
    pub fn unsettled_responder(&self, certificate: &Certificate) -> Option<&Arc<Certificate>> {
        self.answering(certificate).find_map(|key| self.unsettled_for(certificate, key))
    }

    fn unsettled_for(&self, certificate: &Certificate, answer: &Sha256) -> Option<&Arc<Certificate>> {
        self.unsettled.get(answer).filter(|responder| responder.subject() != certificate.issuer())
    }

    fn answering<'s>(&'s self, certificate: &'s Certificate) -> impl Iterator<Item = &'s Sha256> {
        let answers = self.answers.get(certificate.serial()).into_iter().flatten();
        let of_issuer = |id: &CertId| {
            let hashed = id.digest_algorithm.and_then(|algorithm| digest(algorithm, certificate.issuer().der()).ok());
            hashed.is_some_and(|hash| *hash == *id.issuer_name_hash)
        };
        answers.filter(move |(_, id)| of_issuer(id)).map(|(key, _)| key)
    }

    /// The responder's certificate, where it came with the response and says where to ask whether it is revoked (RFC 6960
    /// 4.2.2.2.1), and nothing in the document tells.
    fn unsettled_by(&self, response: &OcspResponse) -> Option<Arc<Certificate>> {
        let certificates = response.certificates().take(MAX_CHAIN);
        let mut certificates = certificates.filter_map(|der| self.decoded.get_or_parse(der).ok());
        let responder = certificates.find(|certificate| response.responder().names(certificate))?;
        let extensions = responder.extensions();
        let ocsp = extensions.authority_info_access.iter().any(|access| access.method == AD_OCSP);
        let asks = ocsp || !extensions.crl_distribution_points.is_empty();
        let exempt = !asks || responder.is_self_issued() || extensions.ocsp_nocheck;
        let told = self.lists.contains_key(responder.issuer()) || self.answering(&responder).next().is_some();
        (!exempt && !told).then_some(responder)
    }

    /// From a certificate up: the path that was judged, or else what the document's certificates lead to by name. A
    /// certificate that leads nowhere is the highest only if it `may_be_trusted` as it is.
    pub fn chain<'v>(
        &self,
        certificate: &Arc<Certificate>,
        path: Option<&'v PathReport>,
        may_be_trusted: bool,
    ) -> Vec<Link<'v>> {
        if let Some(path) = path {
            let link = |link: &'v PathLink| Link {
                certificate: Arc::clone(&link.certificate),
                considered: Some(&link.revocation),
                anchor: link.certificate.sha256() == path.anchor,
                without_issuer: false,
            };
            return path.links.iter().map(link).collect();
        }
        let mut chain = vec![Arc::clone(certificate)];
        while let Some(last) = chain.last().filter(|last| !last.is_self_issued() && chain.len() < MAX_CHAIN) {
            match self.issuer(last) {
                Some(above) => chain.push(Arc::clone(above)),
                None => break,
            }
        }
        let highest = chain.len().saturating_sub(1);
        let link = |(at, certificate): (usize, Arc<Certificate>)| Link {
            anchor: at == highest && (at > 0 || may_be_trusted),
            without_issuer: at == highest && !certificate.is_self_issued(),
            certificate,
            considered: None,
        };
        chain.into_iter().enumerate().map(link).collect()
    }

    /// The embedded certificate with the issuer's name, the one with the key that is named if there are several.
    fn issuer(&self, certificate: &Certificate) -> Option<&Arc<Certificate>> {
        let named = self.certificates.get_or_init(|| self.by_subject()).get(certificate.issuer())?;
        let key =
            certificate.extensions().authority_key_identifier.as_ref().and_then(|id| id.key_identifier.as_deref());
        let has_key =
            |above: &&Arc<Certificate>| key.is_some() && above.extensions().subject_key_identifier.as_deref() == key;
        named.iter().find(has_key).or_else(|| named.first())
    }

    fn by_subject(&self) -> BTreeMap<Name, Vec<Arc<Certificate>>> {
        let mut certificates: BTreeMap<Name, Vec<Arc<Certificate>>> = BTreeMap::new();
        for (key, item) in self.facts.evidence.of_kind(EvidenceKind::Certificate).filter(|(_, item)| is_embedded(item))
        {
            if let Ok(certificate) = self.decoded.get_or_parse_kept(key, item.der.as_slice()) {
                certificates.entry(certificate.subject().clone()).or_default().push(certificate);
            }
        }
        certificates
    }
}
