use kenin_base::{Budget, Source, Span};

use crate::chain::View;
use crate::document::{Document, Encryption};
use crate::error::{PdfError, ReadError};
use crate::field::signature_fields;
use crate::observe::PdfOptions;
use crate::xref::{Entry, SectionKind};

/// How a PDF is built up, for `kenin inspect`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Structure {
    /// Offset of `%PDF-`; `None` when it is not within the first 1024 bytes.
    pub header: Option<u64>,
    /// Whether the document is encrypted, and opened.
    pub encryption: EncryptionState,
    /// In file order. Empty when a limit was reached or nothing could be read.
    pub revisions: Vec<RevisionStructure>,
    /// Whether objects had to be found by a scan because the cross-reference data is damaged.
    pub repaired: bool,
}

/// Whether a document is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncryptionState {
    /// It is not.
    None,
    /// It is, and a password opened it.
    Opened,
    /// It is, and no password fits or the handler is not supported.
    Locked,
}

/// One revision: the original file or one incremental update.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevisionStructure {
    /// Counted from 1.
    pub number: u32,
    /// From the end of the revision before to the end of its `%%EOF`.
    pub span: Span,
    /// Offset of its cross-reference section.
    pub xref: u64,
    /// How that section is written.
    pub xref_kind: XrefKind,
    /// Objects it defines and, among them, objects that an earlier revision had defined.
    pub objects: usize,
    /// See [`Self::objects`].
    pub replaced: usize,
    /// Filled signature fields as of this revision, by their fully qualified names.
    pub signature_fields: Vec<String>,
}

/// How a cross-reference section is written (7.5.4, 7.5.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XrefKind {
    /// A classic table.
    Table,
    /// A cross-reference stream.
    Stream,
    /// A table with a stream for newer readers.
    Hybrid,
    /// None was readable; objects were found by a scan.
    Rebuilt,
}

/// Reads how a PDF is built up.
///
/// # Errors
/// [`PdfError`] when the document's bytes cannot be read. Damage and limits leave the result incomplete.
pub fn structure(source: &Source, options: &PdfOptions, budget: &Budget) -> Result<Structure, PdfError> {
    let empty = Structure { header: None, encryption: EncryptionState::None, revisions: Vec::new(), repaired: false };
    match Document::open(source, &options.passwords, budget).and_then(|document| describe(&document)) {
        Ok(structure) => Ok(structure),
        Err(ReadError::Source(error)) => Err(error.into()),
        Err(_) => Ok(empty),
    }
}

fn describe(document: &Document<'_>) -> Result<Structure, ReadError> {
    let mut revisions = Vec::new();
    let mut start = 0;
    let mut before: Option<&View> = None;
    for (position, revision) in document.revisions.iter().enumerate() {
        let Some(section) = revision.view.newest() else { continue };
        let sections = match before {
            Some(older) => revision.view.sections_since(older).unwrap_or_default().to_vec(),
            None => revision.view.sections().cloned().collect(),
        };
        let defined = sections.iter().flat_map(|section| section.entries()).filter(|(_, entry)| *entry != Entry::Free);
        let numbers: std::collections::BTreeSet<u32> = defined.map(|(number, _)| number).collect();
        let existed =
            |number: &&u32| before.is_some_and(|view| !matches!(view.lookup(**number), None | Some(Entry::Free)));
        revisions.push(RevisionStructure {
            number: u32::try_from(position + 1).unwrap_or(u32::MAX),
            span: Span::new(start, revision.end),
            xref: section.offset,
            xref_kind: match section.kind {
                SectionKind::Table => XrefKind::Table,
                SectionKind::Stream => XrefKind::Stream,
                SectionKind::Hybrid => XrefKind::Hybrid,
                SectionKind::Rebuilt => XrefKind::Rebuilt,
            },
            objects: numbers.len(),
            replaced: numbers.iter().filter(existed).count(),
            signature_fields: signature_fields(document, &revision.view)?.into_iter().map(|field| field.name).collect(),
        });
        start = revision.end;
        before = Some(&revision.view);
    }
    Ok(Structure {
        header: document.header,
        encryption: match document.encryption {
            Encryption::None => EncryptionState::None,
            Encryption::Opened => EncryptionState::Opened,
            Encryption::Locked => EncryptionState::Locked,
        },
        revisions,
        repaired: document.reader.repaired.get() || document.last_view().is_damaged(),
    })
}
