use kenin_base::{FindingCode, Resource};
use kenin_cms::NotChecked;
use kenin_facts::ModificationRule;
use kenin_validation::{ConsideredDatum, ForecastReason, SubIndication, check_ids, path_reasons};
use kenin_x509::RevocationReason;

use super::CodeKind;
use crate::messages::{
    check_key, finding_key, modification_key, reason_key, requirement_key, revocation_reason_key, sub_indication_key,
};
use crate::render::serde_name;
use crate::{REQUIREMENT_IDS, What, requirement_reasons};

/// A code and its key in the catalogue.
pub(super) type Entry = (String, String);

impl CodeKind {
    /// Every code of the kind, as reports write it, in the order of its source.
    pub fn codes(self) -> Vec<String> {
        self.entries().into_iter().map(|(code, _)| code).collect()
    }

    /// Every code of the kind with its key.
    pub(super) fn entries(self) -> Vec<Entry> {
        match self {
            Self::SubIndication => of(SubIndication::ALL, |sub| (sub.to_string(), sub_indication_key(*sub))),
            Self::Finding => of(FindingCode::ALL, |code| (code.to_string(), finding_key(*code))),
            Self::Check => of(check_ids::ALL, |id| (id.0.to_owned(), check_key(*id))),
            Self::Requirement => of(REQUIREMENT_IDS, |(id, _)| ((*id).to_owned(), requirement_key(id))),
            Self::Reason => of(requirement_reasons(), |code| ((*code).to_owned(), reason_key(code))),
            Self::Modification => of(ModificationRule::ALL, |rule| (rule.to_string(), modification_key(rule.as_str()))),
            Self::Missing => {
                let codes: Vec<String> = What::ALL.iter().map(serde_name).collect();
                self.keyed(codes.iter().map(String::as_str))
            }
            Self::PathReason => self.keyed(path_reasons()),
            Self::NotChecked => self.keyed(NotChecked::CODES.iter().copied()),
            Self::RevocationStatus => self.keyed(ConsideredDatum::STATUSES.iter().copied()),
            Self::Datum => self.keyed(ConsideredDatum::why_codes()),
            Self::RevocationReason => {
                of(&RevocationReason::ALL, |reason| (reason.to_string(), revocation_reason_key(reason.name())))
            }
            Self::Preservation => self.keyed(ForecastReason::CODES.iter().copied()),
            Self::Limit => self.keyed(Resource::ALL.into_iter().map(Resource::name)),
            _ => self.keyed(self.words().iter().copied()),
        }
    }

    fn keyed<'a>(self, codes: impl Iterator<Item = &'a str>) -> Vec<Entry> {
        let key = |code: &str| format!("{}-{}", self.prefix(), code.to_lowercase());
        codes.map(|code| (code.to_owned(), key(code))).collect()
    }

    /// What the keys of the kind begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::CheckStatus => "status",
            Self::DocumentFormat => "format",
            Self::SignatureKind => "kind",
            Self::NotChecked => "unchecked",
            _ => self.id(),
        }
    }

    /// The codes of a kind that is an enumeration of the report's schema, which a test compares.
    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Verdict => &["valid", "invalid", "indeterminate", "no-signature", "error"],
            Self::Conformity => &["conforming", "non-conforming", "undetermined", "not-assessed"],
            Self::Indication => &["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE", "PASSED", "FAILED"],
            Self::RequirementStatus => &["satisfied", "not-satisfied", "undetermined", "not-applicable"],
            Self::Route => &["a", "b", "c"],
            Self::ModificationStatus => &["allowed", "suspicious"],
            Self::Severity => &["allow", "warn", "indeterminate", "fail"],
            Self::Grade => &["none", "verified", "trusted", "accredited"],
            Self::Level => &["none", "B", "T", "LT", "LTA", "C", "X", "XL", "A"],
            Self::Axis => &["passed", "failed", "indeterminate", "not-applicable"],
            Self::CheckStatus => &["passed", "failed", "indeterminate", "warning", "info", "skipped"],
            Self::SignatureValue => &["intact", "broken", "unknown"],
            Self::SignedData => &["intact", "broken", "not-found"],
            Self::Imprint => &["intact", "broken", "not-checked"],
            Self::Coverage => {
                &["entire-file", "entire-revision", "partial", "unclear", "detached", "attached", "elements"]
            }
            Self::ReferenceKind => &[
                "data",
                "signed-properties",
                "key-info",
                "signature-properties",
                "manifest",
                "manifest-member",
                "countersigned-signature",
            ],
            Self::RecordPart => &["prescription", "dispensing"],
            Self::SignatureKind => {
                &["signature", "document-timestamp", "counter-signature", "timestamp", "evidence-record"]
            }
            Self::SignatureFormat => {
                &["PAdES", "PDF-CMS", "CAdES", "CMS", "XAdES", "XMLDSig", "RFC3161", "RFC4998", "other"]
            }
            Self::TimestampKind => &[
                "content",
                "signature",
                "cades-c",
                "certs-crls",
                "archive-v2",
                "archive-v3",
                "xades-archive",
                "evidence-record",
                "document",
            ],
            Self::DocumentFormat => &[
                "pdf",
                "cms",
                "timestamp-token",
                "timestamp-response",
                "xml",
                "asic",
                "jades",
                "evidence-record",
                "container",
                "other",
            ],
            Self::RoleKind => &["national-licence", "manager", "unrecognised"],
            Self::PolicyForm => &["implied", "identified"],
            Self::EvidenceType => &["certificate", "attribute-certificate", "crl", "ocsp", "timestamp-token"],
            Self::EvidenceSource => {
                &["signed-data", "key-info", "unsigned-attribute", "dss", "supplied", "trust-profile"]
            }
            Self::TimeSource => &["now", "given"],
            Self::Error => {
                &["io", "unsupported-format", "encrypted-needs-password", "limit-exceeded", "usage", "internal"]
            }
            _ => &[],
        }
    }
}

fn of<T>(all: &[T], entry: impl Fn(&T) -> Entry) -> Vec<Entry> {
    all.iter().map(entry).collect()
}
