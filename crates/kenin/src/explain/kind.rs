macro_rules! code_kinds {
    ($( $variant:ident => $id:literal, $meaning:literal; )*) => {
        /// What kind of code of a report it is. One text may be a code of several kinds: `indeterminate` is a verdict, the
        /// outcome of a check and more.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum CodeKind {
            $( #[doc = $meaning] $variant, )*
        }

        impl CodeKind {
            /// Every kind, in the order in which a reader meets them.
            pub const ALL: &'static [CodeKind] = &[ $( CodeKind::$variant, )* ];

            /// The kebab-case text; its name for people is the message `explain-` with it.
            pub const fn id(self) -> &'static str {
                match self { $( CodeKind::$variant => $id, )* }
            }
        }
    };
}

code_kinds! {
    Verdict => "verdict", "The overall answer.";
    Conformity => "conformity", "The guideline headline.";
    Indication => "indication", "The main indication of EN 319 102-1, of a signature or a timestamp.";
    SubIndication => "sub-indication", "The sub-indication of EN 319 102-1.";
    Finding => "finding", "Something that was noticed.";
    Check => "check", "One node of the verdict's tree.";
    Requirement => "requirement", "A requirement of the guideline.";
    Reason => "reason", "Why a requirement was judged as it was.";
    RequirementStatus => "requirement-status", "The judgement of a requirement.";
    Route => "route", "How the licence is shown.";
    Modification => "modification", "A kind of change after signing.";
    ModificationStatus => "modification-status", "Whether a change after signing is permitted.";
    Severity => "severity", "What the policy makes of a change after signing.";
    Grade => "grade", "How far a timestamp can be relied upon.";
    PathReason => "path-reason", "Why a certification path did not count.";
    NotChecked => "not-checked", "Why a signature value was not checked.";
    RevocationStatus => "revocation-status", "What a revocation datum, or all of them, say of a certificate.";
    Datum => "datum", "Whether a revocation datum counts, or why it does not.";
    RevocationReason => "revocation-reason", "Why a certificate was revoked.";
    Preservation => "preservation", "What ends the time until which a document can be verified.";
    Missing => "missing", "What a document lacks for the next level.";
    Level => "level", "A signature level.";
    Axis => "axis", "The outcome on one of the four axes.";
    CheckStatus => "check-status", "The outcome of a check.";
    SignatureValue => "signature-value", "Whether a signature value verifies.";
    SignedData => "signed-data", "Whether signed content is unchanged.";
    Imprint => "imprint", "Whether a timestamp was made over what it stands by.";
    Coverage => "coverage", "How much of the document is signed.";
    ReferenceKind => "reference-kind", "What a reference of an XML signature is to.";
    RecordPart => "record-part", "The part of a record that an XML signature signs.";
    SignatureKind => "signature-kind", "What an entry among the signatures is.";
    SignatureFormat => "signature-format", "The format that a signature's structure claims.";
    TimestampKind => "timestamp-kind", "What a timestamp was made over.";
    DocumentFormat => "document-format", "What a document is, by its content.";
    RoleKind => "role-kind", "What the licence table says of a role.";
    PolicyForm => "policy-form", "How a signature names its signature policy.";
    EvidenceType => "evidence-type", "What an object of evidence is.";
    EvidenceSource => "evidence-source", "Where an object of evidence was found.";
    TimeSource => "time-source", "Where the time of the judgement came from.";
    Error => "error", "Why a document could not be processed.";
    Limit => "limit", "Which limit was reached.";
}
