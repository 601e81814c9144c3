//! Files that hold other files: ZIP, tar, LZH and the like. Readers would find a PDF in the beginning of one.

use kenin_base::{Source, SourceError, Span};
use kenin_facts::DocumentFormat;

/// How much of the beginning is looked at.
const HEAD: u64 = 64 << 10;
/// The directory of a ZIP is looked for in so much of its end: that of some 100,000 members.
const DIRECTORY: u64 = 16 << 20;
/// Where readers find the header of a PDF.
const PDF_HEADER: usize = 1024;

/// What a file is that holds others, by its beginning: a container, or a document that is a ZIP (ASiC and OpenDocument; others are
/// no format of signature that is known). `None` for every other file.
pub(crate) fn container(source: &Source, head: &[u8]) -> Result<Option<DocumentFormat>, SourceError> {
    if let Some(kind) = zip(source, head)? {
        return Ok(Some(kind));
    }
    Ok((is_tar(head) || is_lzh(head)).then_some(DocumentFormat::Container))
}

/// What a ZIP (APPNOTE 4.3.7) is; `None` for what is none.
fn zip(source: &Source, head: &[u8]) -> Result<Option<DocumentFormat>, SourceError> {
    if let Some([.., low, high]) = head.get(..22).filter(|end| end.starts_with(b"PK\x05\x06")) {
        // Of an empty one this record is all.
        let whole = source.len() == 22 + u64::from(u16::from_le_bytes([*low, *high]));
        return Ok(whole.then_some(DocumentFormat::Container));
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let tail = source.read(Span::new(source.len().saturating_sub(DIRECTORY), source.len()))?;
    let members = members(&tail);
    let is_pdf = memchr::memmem::find(head.get(..PDF_HEADER.min(head.len())).unwrap_or(head), b"%PDF-")
        .is_some_and(|at| !is_in_member(head, at, &members));
    Ok((!is_pdf).then(|| kind_of_zip(head, &members)))
}

/// Whether the header of a PDF belongs to a member of a ZIP, that is stored as it is. Elsewhere between the members it makes
/// the file a PDF with something before it.
fn is_in_member(zip: &[u8], at: usize, members: &[Member<'_>]) -> bool {
    // Where the name and the extra field of a local header end (4.3.7).
    let content = |header: usize| -> Option<usize> {
        let lengths = zip.get(header..)?.strip_prefix(b"PK\x03\x04")?.get(22..26)?;
        let [a, b, c, d] = *lengths else { return None };
        let length = |low, high| usize::from(u16::from_le_bytes([low, high]));
        Some(header + 30 + length(a, b) + length(c, d))
    };
    let holds = |member: &Member<'_>| {
        let begins = usize::try_from(member.header).ok().and_then(content);
        let size = usize::try_from(member.size).unwrap_or(usize::MAX);
        begins.is_some_and(|begins| (begins..begins.saturating_add(size)).contains(&at))
    };
    // One whose directory is cut off cannot be opened, which is for who opens it to say.
    let is_cut = || members.is_empty() && content(0).is_some_and(|begins| begins <= at);
    members.iter().any(holds) || is_cut()
}

/// An entry of a ZIP's directory (4.3.12).
struct Member<'t> {
    name: &'t [u8],
    /// Of its content as it is stored: local headers need not have it (4.4.4).
    size: u32,
    /// Where its local header begins.
    header: u32,
}

/// The entries of a directory at the end of a ZIP, or what looks like one: at worst a box of documents is taken for a document.
fn members(tail: &[u8]) -> Vec<Member<'_>> {
    let member = |at: usize| {
        let entry = tail.get(at..)?;
        let number = |at: usize| Some(u32::from_le_bytes(entry.get(at..at + 4)?.try_into().ok()?));
        let [low, high] = *entry.get(28..30)? else { return None };
        let name = entry.get(46..46 + usize::from(u16::from_le_bytes([low, high])))?;
        Some(Member { name, size: number(20)?, header: number(42)? })
    };
    memchr::memmem::find_iter(tail, b"PK\x01\x02").filter_map(member).collect()
}

/// Whether a source is a ZIP of documents: no ASiC, OpenDocument or Office Open XML, which are documents themselves.
///
/// # Errors
/// [`SourceError`] when it cannot be read.
pub fn is_zip_of_documents(source: &Source) -> Result<bool, SourceError> {
    let head = source.read(Span::new(0, source.len().min(HEAD)))?;
    Ok(zip(source, &head)? == Some(DocumentFormat::Container))
}

/// What a ZIP is by the names in its directory.
fn kind_of_zip(head: &[u8], members: &[Member<'_>]) -> DocumentFormat {
    let has = |name: &[u8]| members.iter().any(|member| member.name == name);
    let typed = |kind: &[u8]| has(b"mimetype") && memchr::memmem::find(head, kind).is_some();
    let signs = |member: &Member<'_>| member.name.strip_prefix(b"META-INF/").is_some_and(is_of_asic);
    if typed(b"application/vnd.etsi.asic") || typed(b"application/vnd.oasis.opendocument") || members.iter().any(signs)
    {
        return DocumentFormat::Asic;
    }
    let office = has(b"[Content_Types].xml") && has(b"_rels/.rels");
    if office { DocumentFormat::Other } else { DocumentFormat::Container }
}

/// Names below `META-INF/` by which an ASiC container is known (EN 319 162-1 4.3, 4.4), in any case.
fn is_of_asic(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let has = |part: &[u8]| memchr::memmem::find(&name, part).is_some();
    has(b"signature") || has(b"timestamp") || has(b"asicmanifest")
}

/// Whether a file begins with the header of a member of a tar archive, by its checksum (POSIX ustar; the same in older ones).
fn is_tar(head: &[u8]) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let Some(header) = head.get(..512) else { return false };
    let sum: u32 =
        header.iter().enumerate().map(|(at, octet)| if CHECKSUM.contains(&at) { 32 } else { u32::from(*octet) }).sum();
    let digits: Vec<u8> =
        header.get(CHECKSUM).unwrap_or_default().iter().copied().filter(|octet| !matches!(octet, 0 | b' ')).collect();
    let stated = std::str::from_utf8(&digits).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    header.first() != Some(&0) && stated == Some(sum)
}

/// Whether a file begins with the header of a member of an LZH archive, whose content may be stored as it is.
fn is_lzh(head: &[u8]) -> bool {
    let Some([length, sum, b'-', b'l', _, _, b'-', rest @ ..]) = head.get(..64.min(head.len())) else { return false };
    match rest.get(13) {
        // Levels 0 and 1: a checksum over the header.
        Some(0 | 1) => {
            let header = head.get(2..2 + usize::from(*length)).unwrap_or_default();
            header.iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet)) == *sum
        }
        Some(2) => {
            memchr::memmem::find(head, b"%PDF-").is_none_or(|at| at >= usize::from(u16::from_le_bytes([*length, *sum])))
        }
        _ => false,
    }
}

/// gzip (RFC 1952), bzip2, xz, zstd (RFC 8878), 7z and RAR.
pub(crate) fn is_compressed(head: &[u8]) -> bool {
    let starts: [&[u8]; 6] =
        [b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"];
    starts.iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Option<DocumentFormat> {
        container(&Source::bytes(bytes.to_vec()), bytes).unwrap()
    }

    /// A ZIP of members that are stored as they are, and its directory.
    fn boxed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut zip, mut directory) = (Vec::new(), Vec::new());
        for (name, content) in members {
            let size = u32::try_from(content.len()).unwrap().to_le_bytes();
            let fixed =
                [&[0; 8][..], &size, &size, &u16::try_from(name.len()).unwrap().to_le_bytes(), &[0; 2]].concat();
            let header = u32::try_from(zip.len()).unwrap().to_le_bytes();
            zip.extend([b"PK\x03\x04\x0a\0\0\0\0\0", &fixed[..2], &fixed[2..], name.as_bytes(), content].concat());
            directory
                .extend([b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0", &fixed[..], &[0; 10], &header, name.as_bytes()].concat());
        }
        zip.extend(directory);
        zip.extend(b"PK\x05\x06");
        zip.extend([0; 18]);
        zip
    }

    #[test]
    fn a_zip_is_told_by_its_members() {
        let pdf = b"%PDF-1.7\n".as_slice();
        // A member that is stored as it is looks like a PDF with something before it.
        assert_eq!(of(&boxed(&[("a.pdf", pdf)])), Some(DocumentFormat::Container));
        assert_eq!(of(&boxed(&[("a.txt", b"note"), ("b.pdf", pdf)])), Some(DocumentFormat::Container));
        assert_eq!(
            of(&boxed(&[("mimetype", b"text/plain"), ("META-INF/MANIFEST.MF", pdf)])),
            Some(DocumentFormat::Container)
        );
        assert_eq!(of(&boxed(&[("a.txt", b"META-INF/ [Content_Types].xml")])), Some(DocumentFormat::Container));
        assert_eq!(of(&boxed(&[])), Some(DocumentFormat::Container));
        // Sizes that follow the content are in the directory alone.
        let mut streamed = boxed(&[("a.pdf", b"\x01\x09\0\xf6\xff%PDF-1.7\n")]);
        streamed[6] |= 8;
        streamed[18..26].fill(0);
        assert_eq!(of(&streamed), Some(DocumentFormat::Container));
        // Whoever opens one that is cut off says so.
        assert_eq!(of(&streamed[..50]), Some(DocumentFormat::Container));
        // Elsewhere it makes a PDF of the file.
        assert_eq!(of(&boxed(&[("%PDF-1.7", b"")])), None);
        assert_eq!(of(&[&boxed(&[("a.txt", b"note")]), pdf].concat()), None);
        assert_eq!(of(&[&boxed(&[]), pdf].concat()), None);
        let asic = Some(DocumentFormat::Asic);
        assert_eq!(of(&boxed(&[("mimetype", b"application/vnd.etsi.asic-e+zip"), ("a.pdf", pdf)])), asic);
        assert_eq!(of(&boxed(&[("a", &[0; 100_000]), ("META-INF/signatures.p7s", b"")])), asic);
        assert_eq!(of(&boxed(&[("[Content_Types].xml", b""), ("_rels/.rels", b"")])), Some(DocumentFormat::Other));
    }

    #[test]
    fn a_tar_and_an_lzh_are_told_by_their_checksums() {
        let mut tar = [&b"a.pdf"[..], &[0; 143], b"        ", &[0; 356], b"%PDF-1.7"].concat();
        let sum: u32 = tar[..512].iter().map(|octet| u32::from(*octet)).sum();
        tar.splice(148..156, format!("{sum:06o}\0 ").into_bytes());
        assert_eq!(of(&tar), Some(DocumentFormat::Container));
        tar[0] = b'b';
        assert_eq!(of(&tar), None);
        let mut lzh = [&b"\x1c\0-lh0-"[..], &[0; 13], b"\0\x05a.pdf\0\0\0%PDF-1.7"].concat();
        lzh[1] = lzh[2..30].iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet));
        assert_eq!(of(&lzh), Some(DocumentFormat::Container));
        lzh[1] ^= 1;
        assert_eq!(of(&lzh), None);
        assert!(is_compressed(b"\x1f\x8b\x08\0"));
    }
}
