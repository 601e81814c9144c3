use kenin_asn1::{Element, Error};
use kenin_base::{Finding, FindingCode, Oid, UtcTime};
use kenin_facts::CertificateReference;

use crate::attributes::AttributeSet;
use crate::ess::{self, AlgorithmProtection};
use crate::findings::of_problem;
use crate::oids;
use crate::signer_info::SignerInfo;

/// What the signed attributes claim. Of a duplicated attribute or a second value the first is read; the
/// finding lets the judge refuse the format while the cryptographic outcome is still known.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    pub content_type: Option<Oid>,
    pub message_digest: Option<Vec<u8>>,
    pub signing_time: Option<UtcTime>,
    pub has_signing_certificate: bool,
    pub references: Vec<CertificateReference>,
}

impl Claims {
    pub fn read(set: &AttributeSet<'_, '_>, signer: &SignerInfo<'_, '_>, out: &mut Problems<'_>) -> Self {
        if let Some(error) = &set.problem {
            out.push(of_problem(FindingCode::AttributeMalformed, error, "signedAttrs"));
        }
        let mut claims = Self {
            content_type: out.read(set, &oids::CONTENT_TYPE, |value| value.oid()),
            message_digest: out
                .read(set, &oids::MESSAGE_DIGEST, |value| value.octet_string().map(|octets| octets.into_owned())),
            signing_time: out.read(set, &oids::SIGNING_TIME, |value| value.time().map(|time| time.time)),
            ..Self::default()
        };
        for (kind, version) in [(oids::SIGNING_CERTIFICATE, 1), (oids::SIGNING_CERTIFICATE_V2, 2)] {
            claims.has_signing_certificate |= set.of(&kind).next().is_some();
            claims.references.extend(out.read(set, &kind, |value| ess::parse(value, version)).unwrap_or_default());
        }
        if let Some(protection) = out.read(set, &oids::CMS_ALGORITHM_PROTECTION, AlgorithmProtection::parse)
            && !protection.agrees(&signer.digest_algorithm, &signer.signature_algorithm)
        {
            out.push(Finding::new(FindingCode::AlgorithmProtectionMismatch));
        }
        claims
    }
}

/// Collects findings about one signer's attributes.
pub(crate) struct Problems<'f> {
    pub subject: String,
    pub findings: &'f mut Vec<Finding>,
}

impl Problems<'_> {
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding.about(self.subject.clone()));
    }

    /// The value of an attribute that occurs at most once and has exactly one value (RFC 5652 11, RFC 5035 3,
    /// RFC 6211 2).
    pub fn read<'d, 'a, T>(
        &mut self,
        set: &AttributeSet<'d, 'a>,
        kind: &Oid,
        decode: impl FnOnce(Element<'d, 'a>) -> Result<T, Error>,
    ) -> Option<T> {
        let mut occurrences = set.of(kind);
        let attribute = occurrences.next()?;
        let about = |code| Finding::new(code).with("attribute", kind);
        let repeated = occurrences.count();
        if repeated > 0 {
            self.push(about(FindingCode::AttributeDuplicated).at(attribute.element.span));
        }
        if attribute.values.len() != 1 {
            let finding = about(FindingCode::AttributeValueCount).with("values", attribute.values.len());
            self.push(finding.at(attribute.element.span));
        }
        let value = attribute.values.first()?;
        match decode(*value) {
            Ok(decoded) => Some(decoded),
            Err(error) => {
                let finding = of_problem(FindingCode::AttributeMalformed, &error, &self.subject);
                self.push(finding.with("attribute", kind).at(value.span));
                None
            }
        }
    }
}
