use std::rc::Rc;

use foldhash::HashMap;
use kenin_base::{Budget, Source, Span};

use crate::chain::{Chain, View};
use crate::crypt::{Decryptor, is_public_key_handler};
use crate::error::ReadError;
use crate::lexer::{Lexer, is_white};
use crate::object::{Dictionary, Object};
use crate::reader::Reader;
use crate::text::text_string;

/// The header lies within the first bytes of the file (ISO 32000-1 annex H, implementation note 13).
const HEADER_BYTES: u64 = 1024;

/// A PDF with its revisions, opened for reading objects.
pub(crate) struct Document<'r> {
    pub reader: Reader<'r>,
    /// Offset of `%PDF-`, where it is there.
    pub header: Option<u64>,
    /// Every `startxref`, in file order.
    pub markers: Vec<Marker>,
    /// In file order; the last is the document as readers show it. Never empty.
    pub revisions: Vec<Revision>,
    /// Offsets of every `/ByteRange` in the file.
    pub byte_ranges: Vec<u64>,
    pub encryption: Encryption,
    pub protection: Protection,
}

/// A `startxref`, its number and `%%EOF` (7.5.5).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marker {
    /// One past `%%EOF`, or past the number where it is missing.
    pub end: u64,
    pub offset: u64,
}

/// The state of the document after one incremental update (7.5.6).
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// One past its `%%EOF`, without the line end.
    pub end: u64,
    pub view: View,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    None,
    Opened,
    /// No password fits, or the handler is not supported.
    Locked,
}

/// Protection that a password does not open or that goes beyond encryption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Protection {
    /// Encrypted for the holders of certificates (7.6.4).
    pub public_key: bool,
    /// The trailer has /AuthCode, an integrity code over the document (ISO/TS 32004).
    pub auth_code: bool,
    /// The encryption dictionary has /KDFSalt, which the key of that code is derived with (ISO/TS 32004).
    pub kdf_salt: bool,
}

/// Whether the bytes begin like a PDF.
pub(crate) fn header_offset(source: &Source) -> Result<Option<u64>, ReadError> {
    let head = source.read(Span::new(0, source.len().min(HEADER_BYTES)))?;
    Ok(memchr::memmem::find(&head, b"%PDF-").and_then(|at| u64::try_from(at).ok()))
}

impl<'r> Document<'r> {
    pub(crate) fn open(source: &'r Source, passwords: &[Vec<u8>], budget: &'r Budget) -> Result<Self, ReadError> {
        let header = header_offset(source)?;
        let reader = Reader::new(source, budget);
        let (markers, byte_ranges) = survey(&reader)?;
        let (encryption, protection) = (Encryption::None, Protection::default());
        let mut document = Self { reader, header, markers, revisions: Vec::new(), byte_ranges, encryption, protection };
        document.find_revisions()?;
        document.open_encryption(passwords)?;
        Ok(document)
    }

    /// The document as readers show it.
    pub(crate) fn last_view(&self) -> View {
        self.revisions.last().map_or_else(|| self.empty_view(), |revision| revision.view.clone())
    }

    /// The revision that holds the byte at `offset`, by position.
    pub(crate) fn revision_at(&self, offset: u64) -> usize {
        let position = self.revisions.partition_point(|revision| revision.end <= offset);
        position.min(self.revisions.len().saturating_sub(1))
    }

    /// The view that a reader of the file cut at `end` would have, when a revision ends there.
    pub(crate) fn view_ending_at(&self, end: u64) -> Result<Option<View>, ReadError> {
        let count = self.markers.partition_point(|marker| marker.end <= end);
        let Some(marker) = self.markers.get(..count).and_then(<[Marker]>::last) else { return Ok(None) };
        if !self.only_line_ends(Span::new(marker.end, end))? {
            return Ok(None);
        }
        let position = self.revisions.partition_point(|revision| revision.end < marker.end);
        if let Some(revision) = self.revisions.get(position).filter(|revision| revision.end == marker.end) {
            return Ok(Some(revision.view.clone()));
        }
        let offset = marker.offset.saturating_add(self.reader.shift.get());
        let chain = self.reader.chain(offset)?;
        Ok(chain.map(|chain| View::new(Rc::new(chain), 0, end)))
    }

    /// Whether a span holds at most the end of a line (or a little white space, as some writers leave).
    pub(crate) fn only_line_ends(&self, span: Span) -> Result<bool, ReadError> {
        if span.len() > 64 {
            return Ok(false);
        }
        Ok(self.reader.file.read(span)?.iter().all(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t')))
    }

    /// A text string, unless it is still encrypted.
    pub(crate) fn text(&self, bytes: &[u8]) -> Option<String> {
        (self.encryption != Encryption::Locked).then(|| text_string(bytes))
    }

    fn empty_view(&self) -> View {
        View::new(Rc::new(Chain::new(Vec::new(), true)), 0, self.reader.file.len)
    }

    fn find_revisions(&mut self) -> Result<(), ReadError> {
        let len = self.reader.file.len;
        let Some(chain) = self.last_chain()? else {
            let section = Rc::new(self.reader.rebuild()?);
            let view = View::new(Rc::new(Chain::new(vec![section], true)), 0, len);
            self.revisions = vec![Revision { end: len, view }];
            return Ok(());
        };
        let shift = self.reader.shift.get();
        let positions: HashMap<u64, usize> =
            chain.sections.iter().enumerate().map(|(position, section)| (section.offset, position)).collect();
        for marker in &self.markers {
            if let Some(start) = positions.get(&marker.offset.saturating_add(shift)) {
                let view = View::new(Rc::clone(&chain), *start, marker.end);
                self.revisions.push(Revision { end: marker.end, view });
            }
        }
        Ok(())
    }

    /// The chain that the last `startxref` begins; its number may count from the header instead of the file.
    fn last_chain(&self) -> Result<Option<Rc<Chain>>, ReadError> {
        let Some(marker) = self.markers.last() else { return Ok(None) };
        let header = self.header.unwrap_or_default();
        for shift in [0, header] {
            self.reader.shift.set(shift);
            if let Some(chain) = self.reader.chain(marker.offset.saturating_add(shift))? {
                let chain = Rc::new(chain);
                let view = View::new(Rc::clone(&chain), 0, self.reader.file.len);
                let root = view.root().cloned().unwrap_or(Object::Null);
                if self.reader.resolve(&view, &root)?.as_dictionary().is_some() {
                    return Ok(Some(chain));
                }
            }
        }
        self.reader.shift.set(0);
        Ok(None)
    }

    fn open_encryption(&mut self, passwords: &[Vec<u8>]) -> Result<(), ReadError> {
        let view = self.last_view();
        let Some(trailer) = view.trailer() else { return Ok(()) };
        self.protection.auth_code = !self.reader.entry(&view, trailer, b"AuthCode")?.is_null();
        let Some(encrypt) = self.reader.entry(&view, trailer, b"Encrypt")?.as_dictionary().cloned() else {
            return Ok(());
        };
        let encrypt = self.resolved(&view, &encrypt, 0)?;
        self.protection.public_key = is_public_key_handler(&encrypt);
        self.protection.kdf_salt = encrypt.get(b"KDFSalt").is_some();
        let id = self.reader.entry(&view, trailer, b"ID")?;
        let first = id.as_array().and_then(|id| id.first()).and_then(Object::as_string);
        let first = first.map_or(&[][..], |id| &id.bytes);
        let mut tried: Vec<&[u8]> = vec![b""];
        tried.extend(passwords.iter().map(Vec::as_slice));
        self.encryption = match Decryptor::open(&encrypt, first, &tried) {
            Some(decryptor) => {
                self.reader.set_decryptor(decryptor);
                Encryption::Opened
            }
            None => Encryption::Locked,
        };
        Ok(())
    }

    /// The dictionary with references inside followed, two levels deep: /CF and its filters.
    fn resolved(&self, view: &View, dictionary: &Dictionary, depth: u8) -> Result<Dictionary, ReadError> {
        let mut entries = Vec::new();
        for (key, value) in &dictionary.entries {
            let value = self.reader.resolve(view, value)?;
            let value = match &value {
                Object::Dictionary(inner) if depth < 2 => {
                    Object::Dictionary(Rc::new(self.resolved(view, inner, depth + 1)?))
                }
                _ => value,
            };
            entries.push((Rc::clone(key), value));
        }
        Ok(Dictionary { entries, span: dictionary.span })
    }
}

/// One look at the whole file: every end of a revision and every `/ByteRange`.
fn survey(reader: &Reader<'_>) -> Result<(Vec<Marker>, Vec<u64>), ReadError> {
    let whole = Span::new(0, reader.file.len);
    let (mut starts, mut byte_ranges) = (Vec::new(), Vec::new());
    reader.file.find_each([b"startxref", b"/ByteRange"], whole, |which, at| match which {
        0 => starts.push(at),
        _ => byte_ranges.push(at),
    })?;
    let mut markers = Vec::new();
    for start in starts {
        let after = start.saturating_add(9);
        let text = reader.file.read(Span::at(after, 64))?;
        let mut lexer = Lexer::new(&text);
        let white = lexer.rest().iter().take_while(|byte| is_white(**byte)).count();
        lexer.advance(white);
        let Some(offset) = lexer.unsigned() else { continue };
        let mut end = lexer.position;
        let white = lexer.rest().iter().take_while(|byte| is_white(**byte)).count();
        lexer.advance(white);
        if lexer.take(b"%%EOF") {
            end = lexer.position;
        }
        let end = after.saturating_add(u64::try_from(end).unwrap_or_default());
        markers.push(Marker { end, offset });
    }
    Ok((markers, byte_ranges))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Reference;

    /// Objects appended without cross-reference data: lopdf does not find a `startxref` at the end and scans the file. The
    /// stream of another type: lopdf does not ask for /Type, follows it and shows the other page.
    const OTHERWISE_BY_LOPDF: [&str; 5] = [
        // The data that its /Length ends too early: lopdf looks for `endstream`.
        "a15-hybrid-stream-cut.pdf 10 0",
        "a15-hybrid-stream-of-another-type.pdf 3 0",
        "a5-fresh-number.pdf 90 0",
        "a5-overrides-content.pdf 5 0",
        "a5-overrides-signature.pdf 6 0",
    ];

    /// What lopdf says an object is, in as many words as both readers agree on.
    fn described_by_lopdf(object: &lopdf::Object) -> String {
        match object {
            lopdf::Object::Null => "null".into(),
            lopdf::Object::Boolean(value) => format!("{value}"),
            lopdf::Object::Integer(value) => format!("{value}"),
            lopdf::Object::Real(_) => "real".into(),
            lopdf::Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
            lopdf::Object::String(bytes, _) => format!("{bytes:?}"),
            lopdf::Object::Array(items) => items.iter().map(described_by_lopdf).collect::<Vec<_>>().join(" "),
            lopdf::Object::Dictionary(dictionary) => described_dictionary(dictionary),
            lopdf::Object::Stream(stream) => described_dictionary(&stream.dict),
            lopdf::Object::Reference((number, generation)) => format!("{number} {generation} R"),
        }
    }

    fn described_dictionary(dictionary: &lopdf::Dictionary) -> String {
        let entry = |(key, value): (&Vec<u8>, &lopdf::Object)| {
            format!("{}:{}", String::from_utf8_lossy(key), described_by_lopdf(value))
        };
        let mut entries: Vec<String> = dictionary.iter().map(entry).collect();
        entries.sort();
        entries.join(",")
    }

    fn described(object: &Object) -> String {
        match object {
            Object::Null => "null".into(),
            Object::Boolean(value) => format!("{value}"),
            Object::Integer(value) => format!("{value}"),
            Object::Real(_) => "real".into(),
            Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
            Object::String(string) => format!("{:?}", string.bytes),
            Object::Array(items) => items.iter().map(described).collect::<Vec<_>>().join(" "),
            Object::Reference(reference) => format!("{reference} R"),
            Object::Dictionary(_) | Object::Stream(_) => {
                let dictionary = object.as_dictionary().unwrap();
                // Of a repeated key both take the last.
                let entry = |(key, _): &(Rc<[u8]>, Object)| {
                    format!("{}:{}", String::from_utf8_lossy(key), described(dictionary.get(key).unwrap()))
                };
                let mut entries: Vec<String> = dictionary.entries.iter().map(entry).collect();
                entries.sort();
                entries.dedup();
                entries.join(",")
            }
        }
    }

    #[test]
    fn protection_beyond_passwords_is_noticed() {
        let protection = |encrypt: &str, trailer: &str| {
            let body = "%PDF-2.0\n1 0 obj<</Type/Catalog>>endobj\n";
            let xref = "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n";
            let end = format!("{xref}trailer<</Size 2/Root 1 0 R/Encrypt{encrypt}{trailer}>>\n");
            let source = Source::bytes(format!("{body}{end}startxref\n{}\n%%EOF\n", body.len()).into_bytes());
            let budget = Budget::default();
            let document = Document::open(&source, &[], &budget).unwrap();
            (document.encryption, document.protection)
        };
        let of = |public_key, auth_code, kdf_salt| Protection { public_key, auth_code, kdf_salt };
        let public = "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 5>>";
        assert_eq!(protection(public, ""), (Encryption::Locked, of(true, false, false)));
        let mac = "<</Filter/Standard/V 5/R 6/KDFSalt<00>>>";
        let code = "/AuthCode<</MACLocation/Standalone/ByteRange[0 1 2 3]/MAC<00>>>";
        assert_eq!(protection(mac, code), (Encryption::Locked, of(false, true, true)));
    }

    #[test]
    fn lopdf_sees_the_same_objects() {
        let folder = format!("{}/../../testdata/pdf", env!("CARGO_MANIFEST_DIR"));
        let mut compared = 0;
        let mut differ = std::collections::BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            if memchr::memmem::find(&bytes, b"/Encrypt").is_some() {
                continue;
            }
            let other = lopdf::Document::load_mem(&bytes).unwrap();
            let (source, budget) = (Source::bytes(bytes), Budget::default());
            let document = Document::open(&source, &[], &budget).unwrap();
            let view = document.last_view();
            for ((number, generation), object) in &other.objects {
                let reference = Reference { number: *number, generation: (*generation).into() };
                let ours = document.reader.load(&view, reference).unwrap().object;
                if described(&ours) != described_by_lopdf(object) {
                    differ.insert(format!("{} {reference}", path.file_name().unwrap().display()));
                }
                compared += 1;
            }
        }
        assert!(compared > 300, "{compared}");
        assert_eq!(Vec::from_iter(differ), OTHERWISE_BY_LOPDF);
    }
}
