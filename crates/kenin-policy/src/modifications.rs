use serde::{Deserialize, Serialize};

/// What becomes of a PDF signature when something follows its revision (ISO 32000-1 12.8.2, ISO 32000-2 12.8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifications {
    /// The DocMDP level that holds for a signature that neither certifies nor locks: 1, 2 or 3.
    pub without_certification: u8,
    /// A change that the permissions in force do not allow, and a change of a locked field.
    pub not_permitted: Severity,
    /// An annotation added, changed or removed where no signature says what is permitted.
    pub annotations_without_certification: Severity,
    /// An annotation that level 3 permits.
    pub annotations: Severity,
    /// The appearance of a later signature, or of a field filled in later, that lies over text of the page.
    pub over_text: Severity,
    /// Bytes other than white space after the last end-of-file marker.
    pub trailing_data: Severity,
    /// A scan for objects shows another page, field or signature than the cross-reference data.
    pub parser_differential: Severity,
    /// Later revisions in which readers may see more than the changes listed.
    pub doubtful: Severity,
}

/// What a circumstance does to the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It is listed and nothing more.
    Allow,
    /// The signature passes, with a warning.
    Warn,
    /// INDETERMINATE / SIG_CONSTRAINTS_FAILURE.
    Indeterminate,
    /// TOTAL-FAILED / FORMAT_FAILURE.
    Fail,
}

impl Default for Modifications {
    /// What the built-in policies have; a policy file without the table has it too.
    fn default() -> Self {
        Self {
            without_certification: 2,
            not_permitted: Severity::Fail,
            annotations_without_certification: Severity::Indeterminate,
            annotations: Severity::Warn,
            over_text: Severity::Warn,
            trailing_data: Severity::Fail,
            parser_differential: Severity::Fail,
            doubtful: Severity::Indeterminate,
        }
    }
}
