//! Which octets of a document its signatures cover, found without kenin: by the text of /ByteRange, by the structure of
//! SignedData (RFC 5652 5.1), and by the references of XML signatures.

use std::ops::Range;

use kenin_testkit::encode::oid;
use kenin_testkit::mutate::der::{Element, elements};
use kenin_testkit::mutate::pdf::byte_ranges;

use crate::xml;

/// What of a document is covered.
pub struct Coverage {
    /// Covered by a signature that must then fail.
    pub covered: Vec<Range<usize>>,
    /// What was signed as it is, for whoever made it to fill: streams of a PDF, the content of a CMS.
    pub content: Vec<Range<usize>>,
}

impl Coverage {
    pub fn of(document: &[u8]) -> Self {
        if is_xml(document) {
            // Of these octets some mean nothing (white space in tags, what comments say): see `signed_otherwise`.
            return Self { covered: xml::covered(document), content: Vec::new() };
        }
        if document.windows(5).take(1024).any(|window| window == b"%PDF-") {
            return Self { covered: of_pdf(document), content: streams(document) };
        }
        let elements = elements(document);
        let signed: Vec<SignedData> =
            (0..elements.len()).filter_map(|at| SignedData::at(document, &elements, at)).collect();
        let outermost = signed.first().map(|first| elements[first.info].range.clone());
        let is_record = signed.first().is_none_or(|first| elements[first.info].depth > 1);
        // Those within another are timestamps and the like, without which it may do; of an evidence record each counts.
        let counting = signed.iter().filter(|one| is_record || Some(&elements[one.info].range) == outermost.as_ref());
        let covered = counting.clone().flat_map(|one| one.covered.iter().cloned()).collect();
        Self { covered, content: counting.filter_map(|one| one.content.clone()).collect() }
    }

    pub fn covers(&self, octet: usize) -> bool {
        self.covered.iter().any(|range| range.contains(&octet))
    }

    pub fn is_content(&self, octet: usize) -> bool {
        self.content.iter().any(|range| range.contains(&octet))
    }
}

/// Whether a changed octet that is covered makes a difference: in XML not every one does.
pub fn signed_otherwise(document: &[u8], changed: &[u8]) -> bool {
    !is_xml(document) || xml::signed(document) != xml::signed(changed)
}

pub fn is_xml(document: &[u8]) -> bool {
    document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document).starts_with(b"<")
}

fn of_pdf(pdf: &[u8]) -> Vec<Range<usize>> {
    byte_ranges(pdf).into_iter().flat_map(|[a, b, c, d]| [a..a + b, c..c + d]).collect()
}

fn streams(pdf: &[u8]) -> Vec<Range<usize>> {
    let find = |needle: &[u8], from: usize| {
        let found = pdf.get(from..)?.windows(needle.len()).position(|window| window == needle)?;
        Some(found + from)
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = find(b"stream\n", at).or_else(|| find(b"stream\r\n", at)) {
        let Some(end) = find(b"endstream", start) else { break };
        found.push(start + 7..end);
        at = end + 9;
    }
    found
}

/// The parts of a SignedData, by their places among the elements.
pub struct SignedData {
    /// The ContentInfo.
    pub info: usize,
    pub certificates: Option<usize>,
    pub crls: Option<usize>,
    pub encapsulated: usize,
    pub signer_infos: usize,
    /// Of the first signer.
    pub signed_attributes: Option<usize>,
    pub signature: Option<usize>,
    pub unsigned_attributes: Option<usize>,
    content: Option<Range<usize>>,
    covered: Vec<Range<usize>>,
}

impl SignedData {
    /// The one whose ContentInfo is at a place.
    pub fn at(octets: &[u8], elements: &[Element], info: usize) -> Option<Self> {
        let [kind, wrapped] = *children(elements, info) else { return None };
        let signed_data = oid("1.2.840.113549.1.7.2");
        if octets[elements[kind].range.clone()] != *signed_data || elements[wrapped].tag != 0xa0 {
            return None;
        }
        let data = *children(elements, wrapped).first()?;
        let fields = children(elements, data);
        let tagged = |tag: u8| fields.iter().copied().find(|field| elements[*field].tag == tag);
        let encapsulated = *fields.get(2)?;
        let signer_infos = *fields.last().filter(|last| elements[**last].tag == 0x31)?;
        let content = children(elements, encapsulated).get(1).and_then(|explicit| {
            let inner = &elements[*children(elements, *explicit).first()?];
            Some(inner.contents..inner.range.end)
        });
        let signers = children(elements, signer_infos);
        let field =
            |signer: usize, tag: u8| children(elements, signer).into_iter().find(|field| elements[*field].tag == tag);
        let first = signers.first().copied();
        let part = |tag: u8| first.and_then(|signer| field(signer, tag));
        let mut covered: Vec<Range<usize>> = content.iter().cloned().collect();
        for signer in &signers {
            let attributes = field(*signer, 0xa0).map(|place| elements[place].contents..elements[place].range.end);
            let value = field(*signer, 0x04).map(|place| elements[place].contents..elements[place].range.end);
            covered.extend(attributes.into_iter().chain(value));
        }
        Some(Self {
            info,
            certificates: tagged(0xa0),
            crls: tagged(0xa1),
            encapsulated,
            signer_infos,
            signed_attributes: part(0xa0),
            signature: part(0x04),
            unsigned_attributes: part(0xa1),
            content,
            covered,
        })
    }

    /// Its parts that another may take the place of.
    pub fn parts(&self) -> [(&'static str, Option<usize>); 7] {
        [
            ("certificates", self.certificates),
            ("revocation data", self.crls),
            ("encapsulated content", Some(self.encapsulated)),
            ("signers", Some(self.signer_infos)),
            ("signed attributes", self.signed_attributes),
            ("signature value", self.signature),
            ("unsigned attributes", self.unsigned_attributes),
        ]
    }
}

/// The elements directly within one.
fn children(elements: &[Element], parent: usize) -> Vec<usize> {
    let Element { range, depth, .. } = &elements[parent];
    let within = |at: &usize| elements[*at].range.end <= range.end;
    (parent + 1..elements.len()).take_while(within).filter(|at| elements[*at].depth == depth + 1).collect()
}
