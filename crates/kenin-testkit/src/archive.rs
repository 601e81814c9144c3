//! Archive timestamps of CAdES (TS 101 733 6.4, EN 319 122-1 5.5) and the attributes of its older long-term forms.

use crate::algorithms::Hash;
use crate::cms::{SignedData, attribute};
use crate::encode::{explicit, implicit, octets, oid, sequence, set_of, tlv};
use crate::tokens::TokenSpec;

/// id-aa-ets-archiveTimestampV2.
pub const ARCHIVE_TIME_STAMP_V2: &str = "1.2.840.113549.1.9.16.2.48";
/// id-aa-ets-archiveTimestampV3.
pub const ARCHIVE_TIME_STAMP_V3: &str = "0.4.0.1733.2.4";
/// id-aa-ets-certificateRefs.
const CERTIFICATE_REFERENCES: &str = "1.2.840.113549.1.9.16.2.21";
/// id-aa-ets-revocationRefs.
const REVOCATION_REFERENCES: &str = "1.2.840.113549.1.9.16.2.22";

/// The version of an ats-hash-index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IndexVersion {
    /// TS 101 733: the algorithm may be left out for SHA-256.
    V1,
    /// EN 319 122-1, first edition.
    V2,
    /// EN 319 122-1: attribute values are hashed one by one.
    V3,
}

impl IndexVersion {
    fn oid(self) -> &'static str {
        match self {
            IndexVersion::V1 => "0.4.0.1733.2.5",
            IndexVersion::V2 => "0.4.0.19122.1.4",
            IndexVersion::V3 => "0.4.0.19122.1.5",
        }
    }
}

/// The hashes of an ats-hash-index, before it is encoded.
pub struct HashIndex {
    /// certificatesHashIndex.
    pub certificates: Vec<Vec<u8>>,
    /// crlsHashIndex.
    pub crls: Vec<Vec<u8>>,
    /// unsignedAttrsHashIndex.
    pub unsigned: Vec<Vec<u8>>,
}

impl HashIndex {
    /// Everything in `data` and in the unsigned attributes of its first signer, which each have one value.
    fn of(data: &SignedData, version: IndexVersion) -> HashIndex {
        let hashes = |list: &[Vec<u8>]| list.iter().map(|element| Hash::Sha256.digest(element)).collect();
        let unsigned = data.signers[0].unsigned_attributes.iter().map(|attribute| match version {
            IndexVersion::V3 => Hash::Sha256.digest(&type_and_value(attribute)),
            _ => Hash::Sha256.digest(attribute),
        });
        HashIndex { certificates: hashes(&data.certificates), crls: hashes(&data.crls), unsigned: unsigned.collect() }
    }

    fn to_der(&self, version: IndexVersion) -> Vec<u8> {
        let list = |hashes: &[Vec<u8>]| tlv(0x30, &hashes.iter().map(|hash| octets(hash)).collect::<Vec<_>>().concat());
        let algorithm = if version == IndexVersion::V1 { Vec::new() } else { Hash::Sha256.identifier() };
        sequence(&[&algorithm, &list(&self.certificates), &list(&self.crls), &list(&self.unsigned)])
    }
}

/// attrType and the only attrValue of an attribute, each with tag and length.
fn type_and_value(attribute: &[u8]) -> Vec<u8> {
    let content = value_of(attribute);
    let kind = element(content);
    let set = element(&content[kind.len()..]);
    [kind, value_of(set)].concat()
}

/// The first element of `octets`, which has a definite length.
fn element(octets: &[u8]) -> &[u8] {
    let (header, length) = header(octets);
    &octets[..header + length]
}

fn value_of(octets: &[u8]) -> &[u8] {
    let (start, length) = header(octets);
    &octets[start..start + length]
}

fn header(octets: &[u8]) -> (usize, usize) {
    match octets[1] {
        short if short < 0x80 => (2, usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            let length = octets[2..2 + count].iter().fold(0, |length, octet| length << 8 | usize::from(*octet));
            (2 + count, length)
        }
    }
}

/// Adds an archive-time-stamp v2 to the first signer: `make` gets the octets it is made over. Without `tag` the unsigned
/// attributes are hashed without their own tag and length.
pub fn stamp_v2(data: &mut SignedData, tag: bool, make: impl FnOnce(&[u8]) -> Vec<u8>) {
    let signer = &data.signers[0];
    let attributes = set_of(&signer.unsigned_attributes);
    let unsigned = if tag { implicit(1, &attributes) } else { value_of(&attributes).to_vec() };
    let set = |number: u8, elements: &[Vec<u8>]| implicit(number, &set_of(elements));
    let over = [data.encapsulated(), set(0, &data.certificates), set(1, &data.crls), signer.fields(), unsigned];
    let token = make(&over.concat());
    data.signers[0].unsigned_attributes.push(attribute(ARCHIVE_TIME_STAMP_V2, &token));
}

/// Adds an archive-time-stamp v3 over `content` to the first signer: `edit` may bend the index, `make` gets the octets the
/// token is made over.
pub fn stamp_v3<'a>(
    data: &mut SignedData,
    content: &[u8],
    version: IndexVersion,
    edit: impl FnOnce(&mut HashIndex),
    make: impl FnOnce(&[u8]) -> TokenSpec<'a>,
) {
    let mut index = HashIndex::of(data, version);
    edit(&mut index);
    let index = index.to_der(version);
    let over = [oid(&data.content_type), Hash::Sha256.digest(content), data.signers[0].fields(), index.clone()];
    let mut token = make(&over.concat()).signed_data();
    token.signers[0].unsigned_attributes.push(attribute(version.oid(), &index));
    data.signers[0].unsigned_attributes.push(attribute(ARCHIVE_TIME_STAMP_V3, &token.to_der()));
}

/// Adds complete-certificate-references and complete-revocation-references (ES-C) to the first signer.
pub fn refer(data: &mut SignedData, certificates: &[&[u8]], crls: &[&[u8]]) {
    let hash = |der: &[u8]| sequence(&[&Hash::Sha256.identifier(), &octets(&Hash::Sha256.digest(der))]);
    let ids: Vec<u8> = certificates.iter().flat_map(|der| sequence(&[&hash(der)])).collect();
    let of_crls: Vec<u8> = crls.iter().flat_map(|der| sequence(&[&hash(der)])).collect();
    let lists = explicit(0, &sequence(&[&tlv(0x30, &of_crls)]));
    data.signers[0].unsigned_attributes.extend([
        attribute(CERTIFICATE_REFERENCES, &tlv(0x30, &ids)),
        attribute(REVOCATION_REFERENCES, &sequence(&[&sequence(&[&lists])])),
    ]);
}

/// Adds a CAdES-C-timestamp (ES-X type 1) to the first signer, over its signature, the attributes so far and nothing else.
pub fn stamp_signature_and_references(data: &mut SignedData, make: impl FnOnce(&[u8]) -> Vec<u8>) {
    let signer = &mut data.signers[0];
    let attributes: Vec<u8> =
        signer.unsigned_attributes.iter().flat_map(|attribute| value_of(attribute).to_vec()).collect();
    let token = make(&[signer.signature.clone(), attributes].concat());
    signer.unsigned_attributes.push(attribute("1.2.840.113549.1.9.16.2.25", &token));
}

/// Adds a time-stamped-certs-crls-references (ES-X type 2) to the first signer.
pub fn stamp_references(data: &mut SignedData, make: impl FnOnce(&[u8]) -> Vec<u8>) {
    let signer = &mut data.signers[0];
    let is_reference = |attribute: &&Vec<u8>| {
        [CERTIFICATE_REFERENCES, REVOCATION_REFERENCES].iter().any(|kind| value_of(attribute).starts_with(&oid(kind)))
    };
    let references = signer.unsigned_attributes.iter().filter(is_reference);
    let over: Vec<u8> = references.flat_map(|attribute| value_of(attribute).to_vec()).collect();
    signer.unsigned_attributes.push(attribute("1.2.840.113549.1.9.16.2.26", &make(&over)));
}

/// Adds certificate-values and revocation-values (ES-X Long) to the first signer.
pub fn add_values(data: &mut SignedData, certificates: &[&[u8]], crls: &[&[u8]]) {
    let values = sequence(&[&explicit(0, &tlv(0x30, &crls.concat()))]);
    data.signers[0].unsigned_attributes.extend([
        attribute("1.2.840.113549.1.9.16.2.23", &tlv(0x30, &certificates.concat())),
        attribute("1.2.840.113549.1.9.16.2.24", &values),
    ]);
}

/// Adds what makes an extended long-term form (ES-X Long) to the first signer: references and values of `certificates`
/// and `crls`, and a CAdES-C-timestamp by `make`.
pub fn extend(data: &mut SignedData, certificates: &[&[u8]], crls: &[&[u8]], make: impl FnOnce(&[u8]) -> Vec<u8>) {
    refer(data, certificates, crls);
    stamp_signature_and_references(data, make);
    add_values(data, certificates, crls);
}
