use std::collections::BTreeSet;

use kenin_base::{Budget, Source, Span};

use crate::chain::View;
use crate::changes::unreached;
use crate::document::{Document, Encryption};
use crate::error::{PdfError, ReadError};
use crate::observe::PdfOptions;
use crate::xref::{Entry, SectionKind};

/// Revisions of a file up to which each is walked to tell what nothing leads to.
const MAX_WALKED: usize = 64;

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
    /// One past the line end that may follow its `%%EOF`: where a file that ended with this revision most likely did.
    pub line_end: u64,
    /// Offset of its cross-reference section.
    pub xref: u64,
    /// How that section is written.
    pub xref_kind: XrefKind,
    /// Numbers of the objects it defines for the first time, ascending.
    pub added: Vec<u32>,
    /// Numbers of the objects that were defined before and that it defines elsewhere, ascending.
    pub replaced: Vec<u32>,
    /// Numbers of the objects that were defined before and that it frees, ascending.
    pub freed: Vec<u32>,
    /// Those of `added` and `replaced` that nothing leads to as of this revision, ascending. `None` where that was not
    /// looked at: in a locked or damaged file, beyond a limit, or in one of more than 64 revisions, since every
    /// revision is walked from its trailer.
    pub unreachable: Option<Vec<u32>>,
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
        let numbers: BTreeSet<u32> =
            sections.iter().flat_map(|section| section.entries()).map(|(number, _)| number).collect();
        let (mut added, mut replaced, mut freed) = (Vec::new(), Vec::new(), Vec::new());
        for number in numbers {
            let now = revision.view.lookup(number).filter(|entry| *entry != Entry::Free);
            let earlier = before.and_then(|view| view.lookup(number)).filter(|entry| *entry != Entry::Free);
            match (earlier, now) {
                (None, Some(_)) => added.push(number),
                (Some(earlier), Some(now)) if earlier != now => replaced.push(number),
                (Some(_), None) => freed.push(number),
                // Named again as it was, or still free.
                _ => {}
            }
        }
        revisions.push(RevisionStructure {
            number: u32::try_from(position + 1).unwrap_or(u32::MAX),
            span: Span::new(start, revision.end),
            line_end: line_end(document, revision.end)?,
            xref: section.offset,
            xref_kind: match section.kind {
                SectionKind::Table => XrefKind::Table,
                SectionKind::Stream => XrefKind::Stream,
                SectionKind::Hybrid => XrefKind::Hybrid,
                SectionKind::Rebuilt => XrefKind::Rebuilt,
            },
            added,
            replaced,
            freed,
            unreachable: None,
        });
        start = revision.end;
        before = Some(&revision.view);
    }
    // At a limit, what was told so far stands.
    if let Err(error @ ReadError::Source(_)) = reach(document, &mut revisions) {
        return Err(error);
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

/// Fills in what nothing leads to.
fn reach(document: &Document<'_>, revisions: &mut [RevisionStructure]) -> Result<(), ReadError> {
    if revisions.len() > MAX_WALKED || document.encryption == Encryption::Locked {
        return Ok(());
    }
    for found in revisions {
        let position = usize::try_from(found.number).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(revision) = document.revisions.get(position).filter(|own| !own.view.is_damaged()) else { continue };
        let mut numbers = [found.added.as_slice(), found.replaced.as_slice()].concat();
        numbers.sort_unstable();
        found.unreachable = Some(unreached(document, &revision.view, &numbers)?);
    }
    Ok(())
}

/// One past the line end at `end`, if one is there (7.2.3).
fn line_end(document: &Document<'_>, end: u64) -> Result<u64, ReadError> {
    let length = match &*document.reader.file.read(Span::at(end, 2))? {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    Ok(end.saturating_add(length))
}
