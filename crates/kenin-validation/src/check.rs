use std::collections::BTreeMap;

use serde::Serialize;

/// Stable identifier of a check: kebab-case, the key of its messages in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CheckId(pub &'static str);

/// Outcome of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStatus {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// The information at hand does not decide it.
    Indeterminate,
    /// It holds with something to know about.
    Warning,
    /// Nothing is asked; a fact is shown.
    Info,
    /// It was not made because an earlier one decided.
    Skipped,
}

/// One node of the verdict's tree: what was asked, by which rule, about what, and how it came out.
///
/// Conclusion, text, JSON, HTML and `explain` are projections of this tree; no renderer decides anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which check.
    pub id: CheckId,
    /// How it came out.
    pub status: CheckStatus,
    /// The rule it enforces: ETSI block, RFC clause or guideline requirement.
    pub rule: &'static str,
    /// Named values that the message shows.
    pub params: BTreeMap<&'static str, String>,
    /// Ids of the signatures, timestamps and evidence it looked at.
    pub facts: Vec<String>,
    /// The checks it is made of.
    pub children: Vec<Check>,
}

impl Check {
    /// A check with its outcome.
    pub fn new(id: CheckId, status: CheckStatus, rule: &'static str) -> Self {
        Self { id, status, rule, params: BTreeMap::new(), facts: Vec::new(), children: Vec::new() }
    }

    /// Adds a named value for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.params.insert(name, value.to_string());
        self
    }

    /// Names something the check looked at.
    #[must_use]
    pub fn about(mut self, fact: impl std::fmt::Display) -> Self {
        self.facts.push(fact.to_string());
        self
    }

    /// Adds the checks this one is made of.
    #[must_use]
    pub fn of(mut self, children: impl IntoIterator<Item = Check>) -> Self {
        self.children.extend(children);
        self
    }

    /// The same tree as a fact that is shown: what it left undecided was decided elsewhere.
    #[must_use]
    pub fn decided_elsewhere(mut self) -> Self {
        if self.status == CheckStatus::Indeterminate {
            self.status = CheckStatus::Info;
        }
        self.children = self.children.into_iter().map(Check::decided_elsewhere).collect();
        self
    }

    /// Every check of the tree, parents first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Check)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }
}

macro_rules! check_ids {
    ($( $name:ident = $id:literal, $meaning:literal; )*) => {
        /// The checks this crate makes.
        pub mod check_ids {
            use super::CheckId;
            $( #[doc = $meaning] pub const $name: CheckId = CheckId($id); )*
            /// All of them, for the message catalogue.
            pub const ALL: &[CheckId] = &[ $( $name, )* ];
        }
    };
}

check_ids! {
    FORMAT_CHECKING = "format-checking", "5.2.2: the structure conforms to the format.";
    SIGNING_CERTIFICATE_IDENTIFICATION = "signing-certificate-identification", "5.2.3: the signing certificate is identified.";
    X509_CERTIFICATE_VALIDATION = "x509-certificate-validation", "5.2.6: the certificate validates.";
    CERTIFICATION_PATH = "certification-path", "A chain leads to a trust anchor.";
    ALTERNATIVE_PATH = "alternative-path", "Another path, and why it was not taken.";
    PATH_VALIDATION = "path-validation", "RFC 5280 6.1: the chain validates, times and revocation aside.";
    KEY_USAGE = "key-usage", "The certificate's key may be used for this.";
    EXTENDED_KEY_USAGE = "extended-key-usage", "The certificate's purposes include signing documents.";
    CERTIFICATE_VALIDITY = "certificate-validity", "The certificate is within its validity.";
    REVOCATION_STATUS = "revocation-status", "The certificate is not revoked.";
    REVOCATION_FRESHNESS = "revocation-freshness", "5.2.5: the revocation data is fresh.";
    CHAIN_ALGORITHMS = "chain-algorithms", "The chain's algorithms are acceptable.";
    CRYPTOGRAPHIC_VERIFICATION = "cryptographic-verification", "5.2.7: digest and signature value hold.";
    SIGNED_DATA_DIGEST = "signed-data-digest", "The signed content is unchanged.";
    SIGNATURE_VALUE = "signature-value", "The signature value verifies.";
    SIGNATURE_ACCEPTANCE = "signature-acceptance", "5.2.8: attributes and algorithms are acceptable.";
    SIGNATURE_ALGORITHMS = "signature-algorithms", "The signature's algorithms are acceptable.";
    SIGNED_ATTRIBUTES = "signed-attributes", "The signed attributes that the policy demands are there.";
    LATER_REVISIONS = "later-revisions-check", "What follows the signed revision is permitted.";
    MODIFICATION = "modification", "One change that a later revision makes.";
    MESSAGE_IMPRINT = "message-imprint", "The timestamp was made over these bytes.";
    TIMESTAMP_VALIDATION = "timestamp-validation", "5.4: the timestamp validates.";
    TIMESTAMP_GEN_TIME = "timestamp-gen-time", "genTime is possible.";
    TSA_EXTENDED_KEY_USAGE = "tsa-extended-key-usage", "The TSA certificate is for time-stamping alone.";
    BEST_SIGNATURE_TIME = "best-signature-time", "5.5: the earliest proven time of the signature.";
    STATUS_AT_BEST_SIGNATURE_TIME = "status-at-best-signature-time", "5.5: the certificates were good at that time.";
    PAST_SIGNATURE_VALIDATION = "past-signature-validation", "5.6.2.4: it validated while its material could be relied upon.";
    VALIDATION_TIME_SLIDING = "validation-time-sliding", "5.6.2.2: it existed while the path could be relied upon.";
    EVIDENCE_RECORD_VALIDATION = "evidence-record-validation", "RFC 4998: the evidence record stands.";
    EVIDENCE_RECORD_ORDER = "evidence-record-order", "RFC 4998 5.3: its archive timestamps renew each other in time.";
    TIMESTAMP_COHERENCE = "timestamp-coherence", "5.5: the timestamps are in order.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::check_ids::ALL;

    #[test]
    fn ids_are_unique_kebab_case() {
        let ids: BTreeSet<_> = ALL.iter().map(|id| id.0).collect();
        assert_eq!(ids.len(), ALL.len());
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')));
    }
}
