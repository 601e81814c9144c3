//! Recognising a document by its content, never by its name.

use std::borrow::Cow;

use base64::Engine as _;
use kenin_asn1::{Decoder, Tag};
use kenin_base::{Budget, Oid, Source, SourceError, Span};
use kenin_facts::DocumentFormat;
use kenin_pdf::PdfError;

/// How much of a document is looked at.
const LOOKED_AT: u64 = 64 << 10;
/// How much of an XML document is searched for a signature.
const SEARCHED: u64 = 64 << 20;

/// id-signedData (RFC 5652 5.1).
const ID_SIGNED_DATA: Oid = Oid::new(&[1, 2, 840, 113549, 1, 7, 2]);

/// What a document looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    Pdf,
    /// DER or BER, or its PEM or base64 form.
    Der,
    /// XML with signatures in it.
    Xml,
    /// A signed format that is recognised and not judged yet.
    Unsupported(DocumentFormat),
    /// A file that holds files, which may be signed.
    Container,
    Unknown,
}

/// Looks at the beginning of a document.
pub(crate) fn sniff(source: &Source) -> Result<Sniffed, PdfError> {
    let head = source.read(Span::new(0, source.len().min(LOOKED_AT)))?;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if is_zip(&head) {
        return Ok(sniff_zip(&head));
    }
    if is_tar(&head) {
        return Ok(Sniffed::Container);
    }
    if kenin_pdf::looks_like_pdf(source)? {
        // The header of a PDF may come after other octets; a SignedData may carry one. Other formats that hold it are what a
        // viewer shows: in an XML document it may stand where nobody signed.
        let carries = head.first() == Some(&0x30) && is_signed_data(&head);
        return Ok(if carries { Sniffed::Der } else { Sniffed::Pdf });
    }
    let contains = |needle: &[u8]| memchr::memmem::find(&head, needle).is_some();
    if head.first() == Some(&0x30) || text.starts_with(b"-----BEGIN ") || is_base64_der(text) {
        return Ok(Sniffed::Der);
    }
    // UTF-16 with or without a byte order mark (XML 1.0 appendix F).
    let utf16: [&[u8]; 4] = [b"\xfe\xff", b"\xff\xfe", b"\0<\0?", b"<\0?\0"];
    if text.starts_with(b"<") || utf16.iter().any(|start| head.starts_with(start)) {
        return sniff_xml(source);
    }
    if is_compressed(&head) {
        return Ok(Sniffed::Container);
    }
    let json =
        text.starts_with(b"{") && contains(b"\"payload\"") && (contains(b"\"protected\"") || contains(b"\"signature"));
    if json || is_compact_jws(text) {
        return Ok(Sniffed::Unsupported(DocumentFormat::Jades));
    }
    Ok(Sniffed::Unknown)
}

/// Whether a file that begins like this is a ZIP (APPNOTE 4.3.7). The header of a PDF in it belongs to a member that is stored
/// as it is; a PDF that a few octets of a ZIP were put before is one.
fn is_zip(head: &[u8]) -> bool {
    const HEADER: usize = 30;
    if head.starts_with(b"PK\x05\x06") {
        return true;
    }
    let length = |at: usize| match head.get(at..at.saturating_add(2)) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    };
    // Of the first member's name and of its extra field.
    let content = HEADER.saturating_add(length(26)).saturating_add(length(28));
    let pdf = || memchr::memmem::find(head, b"%PDF-");
    head.starts_with(b"PK\x03\x04") && pdf().is_none_or(|at| at >= content)
}

/// Whether a source is a ZIP, of documents or one that is a document (ASiC, OpenDocument, Office Open XML).
///
/// # Errors
/// [`SourceError`] when it cannot be read.
pub fn looks_like_zip(source: &Source) -> Result<bool, SourceError> {
    Ok(is_zip(&source.read(Span::new(0, source.len().min(LOOKED_AT)))?))
}

fn sniff_zip(head: &[u8]) -> Sniffed {
    let contains = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
    if contains(b"application/vnd.etsi.asic")
        || contains(b"META-INF/")
        || contains(b"application/vnd.oasis.opendocument")
    {
        return Sniffed::Unsupported(DocumentFormat::Asic);
    }
    if contains(b"[Content_Types].xml") { Sniffed::Unknown } else { Sniffed::Container }
}

/// Whether a file begins with a member of a tar archive (POSIX ustar, GNU), whose content begins 512 octets in.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar") && memchr::memmem::find(head, b"%PDF-").is_none_or(|at| at >= 512)
}

/// gzip (RFC 1952), bzip2, xz, zstd (RFC 8878), 7z, RAR, and LZH.
fn is_compressed(head: &[u8]) -> bool {
    let starts: [&[u8]; 6] =
        [b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"];
    let lzh = matches!(head.get(2..7), Some([b'-', b'l', b'h', _, b'-']));
    lzh || starts.iter().any(|start| head.starts_with(start))
}

fn sniff_xml(source: &Source) -> Result<Sniffed, PdfError> {
    let text = source.read(Span::new(0, source.len().min(SEARCHED)))?;
    let wide = |needle: &[u8], first: usize| -> Vec<u8> {
        needle.iter().flat_map(|octet| if first == 0 { [*octet, 0] } else { [0, *octet] }).collect()
    };
    let contains = |needle: &[u8]| {
        let forms = [needle.to_vec(), wide(needle, 0), wide(needle, 1)];
        forms.iter().any(|form| memchr::memmem::find(&text, form).is_some())
    };
    Ok(if contains(b"http://www.w3.org/2000/09/xmldsig#") {
        Sniffed::Xml
    } else if contains(b"urn:ietf:params:xml:ns:ers") {
        Sniffed::Unsupported(DocumentFormat::EvidenceRecord)
    } else {
        Sniffed::Unknown
    })
}

/// Three base64url parts of which the first is a JOSE header (`{"` encodes as `eyJ`).
fn is_compact_jws(text: &[u8]) -> bool {
    let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let body = text.trim_ascii_end();
    body.starts_with(b"eyJ") && body.iter().filter(|b| **b == b'.').count() == 2 && {
        body.iter().all(|b| base64url(*b) || *b == b'.')
    }
}

/// Base64 text of something that starts with a long or indefinite SEQUENCE (`30 8x` encodes as `MI` or `MIA`).
fn is_base64_der(text: &[u8]) -> bool {
    let body = text.get(..64.min(text.len())).unwrap_or(text);
    body.len() == 64
        && (body.starts_with(b"MI"))
        && body.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\r' | b'\n'))
}

/// The DER octets of a document that may be PEM or base64 text.
pub(crate) fn der_of(document: &[u8]) -> Cow<'_, [u8]> {
    if document.first() == Some(&0x30) {
        return Cow::Borrowed(document);
    }
    let text = document.trim_ascii();
    let body = match memchr::memmem::find(text, b"-----BEGIN ") {
        Some(0) => pem_body(text).unwrap_or(text),
        _ => text,
    };
    decode_base64(body).map_or(Cow::Borrowed(document), Cow::Owned)
}

fn pem_body(text: &[u8]) -> Option<&[u8]> {
    // Lines end in LF, CR LF or, from old systems, CR.
    let start = memchr::memchr2(b'\n', b'\r', text)?;
    let end = memchr::memmem::find(text, b"-----END ")?;
    text.get(start..end)
}

/// How many octets follow the first PEM block of a document, which is what is read; white space aside.
pub(crate) fn behind_pem(document: &[u8]) -> usize {
    let text = document.trim_ascii();
    let end = memchr::memmem::find(text, b"-----END ").filter(|_| text.starts_with(b"-----BEGIN "));
    let behind = end.and_then(|at| text.get(at..)?.get(b"-----END ".len()..)).unwrap_or_default();
    let label = memchr::memmem::find(behind, b"-----").map_or(behind.len(), |at| at.saturating_add(5));
    behind.get(label..).unwrap_or_default().trim_ascii().len()
}

/// Every PEM block of a text but private keys, decoded; `None` for one that does not end or is not base64.
pub(crate) fn pem_blocks(text: &[u8]) -> Vec<Option<Vec<u8>>> {
    let starts: Vec<usize> = memchr::memmem::find_iter(text, b"-----BEGIN ").collect();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let blocks = starts.iter().zip(ends).map(|(start, end)| text.get(*start..end).unwrap_or_default());
    blocks.filter(|block| !is_private_key(block)).map(|block| decode_base64(pem_body(block)?)).collect()
}

/// What lies beside a certificate in many a bundle, often with headers that base64 does not have (RFC 1421 4.6).
fn is_private_key(block: &[u8]) -> bool {
    let label = block.get(..block.len().min(64)).unwrap_or_default();
    memchr::memmem::find(label, b"PRIVATE KEY-----").is_some()
}

fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let packed: Vec<u8> = text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD.decode(packed).ok()
}

/// Whether a ContentInfo says SignedData.
pub(crate) fn is_signed_data(der: &[u8]) -> bool {
    let oid = ID_SIGNED_DATA;
    let head = der.get(..32.min(der.len())).unwrap_or(der);
    memchr::memmem::find(head, oid.as_octets()).is_some()
}

/// Whether this is an EvidenceRecord (RFC 4998 3.1): version 1, digest algorithms, then an ArchiveTimeStampSequence.
pub(crate) fn is_evidence_record(der: &[u8]) -> bool {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let read = || {
        let mut fields = decoder.reader(der, 0).expect(Tag::SEQUENCE)?.children()?;
        let version = fields.expect(Tag::INTEGER)?.integer_i64()?;
        let mut algorithms = fields.expect(Tag::SEQUENCE)?.children()?;
        algorithms.expect(Tag::SEQUENCE)?.children()?.expect(Tag::OID)?;
        while fields.peek().is_some_and(|tag| tag != Tag::SEQUENCE) {
            fields.element()?;
        }
        fields.expect(Tag::SEQUENCE)?.children()?.expect(Tag::SEQUENCE)?;
        Ok::<_, kenin_asn1::Error>(version == 1)
    };
    read().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Sniffed {
        sniff(&Source::bytes(bytes.to_vec())).unwrap()
    }

    #[test]
    fn formats_are_told_by_content() {
        assert_eq!(of(b"%PDF-1.7\n"), Sniffed::Pdf);
        assert_eq!(of(&[0x30, 0x03, 0x02, 0x01, 0x01]), Sniffed::Der);
        assert_eq!(of(b"-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n"), Sniffed::Der);
        let signed = b"<a><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></a>";
        assert_eq!(of(signed), Sniffed::Xml);
        assert_eq!(of(b"<a/>"), Sniffed::Unknown);
        assert_eq!(of(b"<a/>%PDF-1.7\n"), Sniffed::Pdf);
        assert_eq!(of(b"0 %PDF-1.7\n"), Sniffed::Pdf);
        assert_eq!(of(&[b"<!-- %PDF-1.7 -->", &signed[..]].concat()), Sniffed::Pdf);
        let content_info = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
        assert_eq!(of(&[&content_info[..], b"%PDF-1.7"].concat()), Sniffed::Der);
        assert_eq!(of(b"eyJhbGciOiJSUzI1NiJ9..c2ln"), Sniffed::Unsupported(DocumentFormat::Jades));
        assert_eq!(of(b""), Sniffed::Unknown);
        let zip = |name: &[u8], extra: &[u8], content: &[u8]| {
            let lengths = [name.len(), extra.len()].map(|length| u16::try_from(length).unwrap().to_le_bytes());
            [&b"PK\x03\x04\x0a\0\0\0\0\0"[..], &[0; 16], &lengths.concat(), name, extra, content].concat()
        };
        // A member that is stored as it is looks like a PDF with something before it; a PDF in a header is one.
        assert_eq!(of(&zip(b"a.pdf", b"", b"%PDF-1.7\n")), Sniffed::Container);
        assert_eq!(of(&zip(b"%PDF-1.7", b"", b"")), Sniffed::Pdf);
        assert_eq!(of(&zip(b"a.pdf", b"%PDF-1.7", b"%PDF-1.7")), Sniffed::Pdf);
        let asic = zip(b"mimetype", b"", b"application/vnd.etsi.asic-e+zipPK\x03\x04a.pdf%PDF-1.7");
        assert_eq!(of(&asic), Sniffed::Unsupported(DocumentFormat::Asic));
        assert_eq!(of(&zip(b"[Content_Types].xml", b"", b"")), Sniffed::Unknown);
        let tar = [&b"a.pdf"[..], &[0; 252], b"ustar\0", &[0; 249], b"%PDF-1.7"].concat();
        assert_eq!(of(&tar), Sniffed::Container);
        assert_eq!(of(b"\x22\x83-lh5-"), Sniffed::Container);
        assert_eq!(of(b"\x1f\x8b\x08\0"), Sniffed::Container);
        assert_eq!(of(&[0; 100_000]), Sniffed::Unknown);
    }

    #[test]
    fn text_forms_are_decoded() {
        let pem = b"-----BEGIN CMS-----\r\nMAA=\r\n-----END CMS-----\r\n";
        assert_eq!(&*der_of(pem), [0x30, 0x00]);
        assert_eq!(&*der_of(b"MAA=\n"), [0x30, 0x00]);
        assert_eq!(pem_blocks(&[&pem[..], &pem[..]].concat()), [Some(vec![0x30, 0x00]), Some(vec![0x30, 0x00])]);
        let cut = pem.strip_suffix(b"-----END CMS-----\r\n").unwrap();
        assert_eq!(pem_blocks(&[cut, &pem[..], cut].concat()), [None, Some(vec![0x30, 0x00]), None]);
        let key = b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMAA=\n-----END RSA PRIVATE KEY-----\n";
        assert_eq!(pem_blocks(&[&pem[..], &key[..]].concat()), [Some(vec![0x30, 0x00])]);
        assert_eq!((behind_pem(pem), behind_pem(b"MAA=\n"), behind_pem(b"-----BEGIN ")), (0, 0, 0));
        assert_eq!(behind_pem(&[&pem[..], b" text\n"].concat()), 4);
        assert_eq!(behind_pem(&[&pem[..], &pem[..]].concat()), pem.len() - 2);
    }

    #[test]
    fn a_pdf_is_the_content_of_a_cms_or_none_of_it() {
        let carried = include_bytes!("../../../testdata/cms/pdf-as-content.p7m").to_vec();
        let refused = |bytes: Vec<u8>| {
            let facts = crate::observe(&Source::bytes(bytes), &crate::ObserveOptions::default()).unwrap();
            facts.all_findings().any(|finding| finding.code == kenin_base::FindingCode::Malformed)
        };
        assert!(!refused(carried.clone()));
        // What follows is what a viewer reads last.
        assert!(refused([&carried[..], b"x"].concat()));
        // The name of the hospital, say, in a structure that carries something else.
        let mut elsewhere = include_bytes!("../../../testdata/cms/cades-t-detached.p7s").to_vec();
        elsewhere.truncate(1024);
        let at = elsewhere.windows(5).position(|window| window == b"DEMO ").unwrap();
        let mut whole = include_bytes!("../../../testdata/cms/cades-t-detached.p7s").to_vec();
        whole[at..at + 5].copy_from_slice(b"%PDF-");
        assert_eq!(of(&whole), Sniffed::Der);
        assert!(refused(whole));
    }
}
