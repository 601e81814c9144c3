//! Recognising a document by its content, never by its name.

use std::borrow::Cow;

use base64::Engine as _;
use kenin_asn1::{Decoder, Tag};
use kenin_base::{Budget, Oid, Source, Span};
use kenin_facts::DocumentFormat;
use kenin_pdf::PdfError;

use crate::containers::{container, is_compressed};

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
    // Before anything that a file in it could look like.
    if let Some(format) = container(source, &head)? {
        return Ok(match format {
            DocumentFormat::Container => Sniffed::Container,
            DocumentFormat::Asic => Sniffed::Unsupported(format),
            _ => Sniffed::Unknown,
        });
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
