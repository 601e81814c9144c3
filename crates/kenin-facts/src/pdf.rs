use kenin_base::{Span, UtcTime};
use serde::{Deserialize, Serialize};

use crate::{FieldLock, Modification};

/// A signature's place in a PDF, resolved through the revision it was made in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfPlacement {
    /// Fully qualified field name (ISO 32000-1 12.7.3.2).
    pub field: String,
    /// Object number and generation of the signature dictionary, `12 0`.
    pub object: String,
    /// /SubFilter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_filter: Option<String>,
    /// /ByteRange as written; empty when it is missing or not an array of integers.
    pub byte_range: Vec<i64>,
    /// Where the /Contents value lies, delimiters included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Span>,
    /// The revision it was made in, counted from 1.
    pub revision: u32,
    /// Number of revisions in the file.
    pub revisions: u32,
    /// What the revisions after it do.
    pub later_revisions: LaterRevisions,
    /// Every change they make, by revision and object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifications: Vec<Modification>,
    /// The form fields that the signature locks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_lock: Option<FieldLock>,
    /// The permission level that the lock of an approval signature sets (ISO 32000-2 table 236 /P): 1, 2 or 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_mdp: Option<u8>,
    /// DocMDP permission level of a certification signature: 1, 2 or 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_mdp: Option<u8>,
    /// What the field asks of whoever signs in it, in the order of ISO 32000-1 table 234.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seed_values: Vec<SeedValue>,
    /// /M, a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_time: Option<UtcTime>,
    /// /Name, a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// /Reason, a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// /Location, a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

/// A constraint that a field's seed value dictionary sets for signing software (ISO 32000-1 12.7.4.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedValue {
    /// The entry of table 234: `SubFilter`, `DigestMethod`; of an entry that is a dictionary the path, `MDP/P`.
    pub name: String,
    /// What it allows, as written; empty for an entry of which only the presence was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Whether /Ff makes it a requirement rather than a recommendation.
    pub mandatory: bool,
}

/// What the revisions after a signature's own change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaterRevisions {
    /// There are none.
    #[default]
    None,
    /// They only preserve: /DSS and /VRI material, document timestamps, metadata.
    ValidationMaterialOnly,
    /// They change more; every change is listed.
    Analysed,
    /// What they change is listed as far as it could be told. Readers may see more in them: the file is damaged, or
    /// bytes belong to no object that the cross-reference data names.
    Doubtful,
    /// They could not be compared.
    NotAnalysed,
}
