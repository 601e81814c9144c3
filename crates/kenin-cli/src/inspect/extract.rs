//! `kenin inspect --revision N --output F`: a PDF as it was when a revision ended.

use std::io::{self, Write as _};
use std::path::Path;

use kenin::render::Sheet;
use kenin::{Facts, ObserveOptions, Source, observe};
use kenin_base::{Budget, Span};
use kenin_facts::{Coverage, Signature};
use kenin_pdf::{PdfOptions, RevisionStructure, looks_like_pdf, structure};

use super::unreadable;
use crate::exit::Failure;
use crate::locale::Speech;
use crate::printer::{self, Printer};
use crate::{files, input, shell};

/// Piece size of copying: a document of any size is never held.
const PIECE_BYTES: u64 = 1 << 20;

/// What to write, and where to.
pub struct Extraction<'a> {
    /// The revision, counted from 1.
    pub revision: u32,
    /// The file to write; `-` is standard output.
    pub output: &'a Path,
    /// Whether a file that exists may be written over.
    pub force: bool,
}

impl Extraction<'_> {
    /// Writes the revision of the document at `path`, and says what was written unless it went to standard output.
    pub fn run(&self, path: &Path, source: &Source, options: &ObserveOptions, speech: &Speech) -> Result<(), Failure> {
        let named = || ("path", path.display().to_string());
        if !looks_like_pdf(source).map_err(|error| unreadable(path, &error))? {
            return Err(Failure::usage("usage-revision-not-pdf", [named()]));
        }
        let found = structure(source, &PdfOptions::default(), &Budget::new(&options.limits));
        let revisions = found.map_err(|error| unreadable(path, &error))?.revisions;
        let Some(revision) = revisions.iter().find(|revision| revision.number == self.revision) else {
            let (asked, count) = (("revision", self.revision.to_string()), ("count", revisions.len().to_string()));
            return Err(Failure::usage("usage-revision", [named(), asked, count]));
        };
        let facts = observe(source, options).map_err(|error| unreadable(path, &error))?;
        let signed = signed_end(&facts, revision);
        let end = signed.map_or(revision.line_end, |(_, end)| end);
        if input::is_stdin(self.output) {
            let mut printer = Printer::stdout();
            for piece in pieces(end) {
                printer.bytes(&source.read(piece).map_err(|error| unreadable(path, &error))?)?;
                if printer.is_closed() {
                    break;
                }
            }
            return printer.finish();
        }
        files::fill(self.output, self.force, |file| {
            pieces(end).try_for_each(|piece| file.write_all(&source.read(piece).map_err(io::Error::other)?))
        })?;
        self.say(revisions.len(), end, signed.map(|(signature, _)| signature), speech)
    }

    fn say(&self, count: usize, end: u64, signed: Option<&Signature>, speech: &Speech) -> Result<(), Failure> {
        let catalogue = &speech.people;
        let mut sheet = Sheet::new(&speech.layout(printer::colour()));
        sheet.heading(&catalogue.text("import-written", &[("path", (&self.output.display().to_string()).into())]));
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let values = [("revision", u64::from(self.revision).into()), ("revisions", count.into()), ("size", end.into())];
        sheet.paragraph(&catalogue.text("extract-revision", &values));
        sheet.paragraph(&match signed {
            Some(signature) => catalogue.text("extract-signed", &[("id", (&signature.id).into())]),
            None => catalogue.text("extract-unsigned", &[]),
        });
        sheet.command(&format!("kenin verify {}", shell::file(self.output)));
        printer::page(&sheet.finish())
    }
}

/// The first `end` bytes, in pieces.
fn pieces(end: u64) -> impl Iterator<Item = Span> {
    let next = move |start: &u64| Some(start.saturating_add(PIECE_BYTES)).filter(|start| *start < end);
    let starts = std::iter::successors(Some(0).filter(|start| *start < end), next);
    starts.map(move |start| Span::new(start, end.min(start.saturating_add(PIECE_BYTES))))
}

/// The signature that was made in the revision and covers all of it, and where its byte range ends: behind the line
/// end after `%%EOF` or before it, as the signer had it.
fn signed_end<'f>(facts: &'f Facts, revision: &RevisionStructure) -> Option<(&'f Signature, u64)> {
    let own = facts.signatures.iter().filter_map(|signature| {
        let pdf = signature.pdf.as_ref().filter(|pdf| pdf.revision == revision.number)?;
        let whole = matches!(signature.coverage, Coverage::EntireFile | Coverage::EntireRevision);
        let [.., offset, length] = pdf.byte_range.as_slice() else { return None };
        let end = u64::try_from(offset.checked_add(*length)?).ok().filter(|end| whole && *end >= revision.span.end)?;
        Some((signature, end))
    });
    own.max_by_key(|(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::{PIECE_BYTES, Span, pieces};

    #[test]
    fn pieces_follow_each_other_up_to_the_end() {
        let long = 3 * PIECE_BYTES + 5;
        let spans: Vec<_> = pieces(long).collect();
        assert_eq!((spans.len(), spans[0].start, spans[3].end), (4, 0, long));
        assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].len() == PIECE_BYTES));
        assert_eq!(pieces(PIECE_BYTES).collect::<Vec<_>>(), [Span::new(0, PIECE_BYTES)]);
        assert_eq!(pieces(0).count(), 0);
    }
}
