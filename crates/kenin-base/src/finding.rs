use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FindingCode, Span};

/// Something a reader or judge noticed: a stable code, what it is about, where, and its parameters.
///
/// A finding holds no prose. The message catalogue renders it by its code; the policy decides its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable kebab-case code.
    pub code: FindingCode,
    /// What the finding is about, in the document's own terms: a path such as `signerInfos[0].signedAttrs`,
    /// a PDF object such as `12 0 R`, or a certificate's subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Byte offsets in the document, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Named values that the message shows, sorted by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Finding {
    /// A finding with a code alone.
    pub fn new(code: FindingCode) -> Self {
        Self { code, subject: None, span: None, params: BTreeMap::new() }
    }

    /// Says what the finding is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says where in the document the cause lies.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds a named value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}
