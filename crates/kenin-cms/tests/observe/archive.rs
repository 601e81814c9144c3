//! Archive timestamps and timestamps over references (TS 101 733 6.4.1, EN 319 122-1 5.5, A.1.5): what they are over and
//! what they cover.

use kenin_facts::{ImprintStatus, Timestamp, TimestampKind};
use kenin_testkit::TSA_POLICY;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{DATA, SignedData, Signer, SignerInfo, attribute, attribute_of};
use kenin_testkit::encode::{explicit, implicit, integer, octets, oid, sequence, set_of, tlv};
use kenin_testkit::tokens::TokenSpec;

use crate::describe::{Observed, codes, observe};
use crate::signatures::world;

const NOTE: &[u8] = b"operation record";
const ARCHIVE_V2: &str = "1.2.840.113549.1.9.16.2.48";
const ARCHIVE_V3: &str = "0.4.0.1733.2.4";
const INDEX_V1: &str = "0.4.0.1733.2.5";
const INDEX_V2: &str = "0.4.0.19122.1.4";
const INDEX_V3: &str = "0.4.0.19122.1.5";
const CADES_C: &str = "1.2.840.113549.1.9.16.2.25";
const CERTS_CRLS: &str = "1.2.840.113549.1.9.16.2.26";
const CERTIFICATE_REFERENCES: &str = "1.2.840.113549.1.9.16.2.21";
const REVOCATION_REFERENCES: &str = "1.2.840.113549.1.9.16.2.22";

const OLDER: &str = "20240601000000Z";
const NEWER: &str = "20250601000000Z";

fn token(data: &[u8], gen_time: &'static str) -> TokenSpec<'static> {
    TokenSpec::over(data, world().identity("tsu-a"), TSA_POLICY, gen_time)
}

/// A signature with a signature timestamp, two certificates and a revocation datum, none of them a good one.
fn signed() -> SignedData {
    let signer = Signer::of_data(world().identity("doctor"));
    let info = signer.sign(signer.attributes(NOTE));
    let timestamp = token(&info.signature, OLDER).to_der();
    let data = SignedData::attached(info.with_timestamp(&timestamp), NOTE);
    data.carrying(&[world().certificate("doctor"), world().certificate("nurse")], &[&crl()])
}

fn crl() -> Vec<u8> {
    sequence(&[&sequence(&[&integer(1)]), &octets(b"a list")])
}

fn detached(data: &SignedData) -> SignedData {
    SignedData { content: None, ..data.clone() }
}

/// The content octets of a DER element.
fn content_of(der: &[u8]) -> Vec<u8> {
    let header = if der[1] < 0x80 { 2 } else { 2 + usize::from(der[1] & 0x7f) };
    der[header..].to_vec()
}

/// The fields of a SignerInfo before its unsigned attributes.
fn fields(info: &SignerInfo) -> Vec<u8> {
    content_of(&SignerInfo { unsigned_attributes: Vec::new(), ..info.clone() }.to_der())
}

/// What an archive timestamp v2 is over, given how the unsigned attributes are written.
fn version_2(data: &SignedData, unsigned: &[u8]) -> Vec<u8> {
    let attached = data.content.as_ref().map(|content| explicit(0, &octets(content)));
    let beside = if attached.is_none() { NOTE } else { &[] };
    [
        sequence(&[&oid(DATA), &attached.unwrap_or_default()]),
        beside.to_vec(),
        implicit(0, &set_of(&data.certificates)),
        implicit(1, &set_of(&data.crls)),
        fields(&data.signers[0]),
        unsigned.to_vec(),
    ]
    .concat()
}

fn with_tag(data: &SignedData) -> Vec<u8> {
    let unsigned = &data.signers[0].unsigned_attributes;
    version_2(data, &if unsigned.is_empty() { Vec::new() } else { implicit(1, &set_of(unsigned)) })
}

fn without_tag(data: &SignedData) -> Vec<u8> {
    version_2(data, &content_of(&set_of(&data.signers[0].unsigned_attributes)))
}

fn add(data: &SignedData, unsigned: Vec<u8>) -> SignedData {
    let mut data = data.clone();
    data.signers[0].unsigned_attributes.push(unsigned);
    data
}

fn of_kind(observed: &Observed, kind: TimestampKind) -> Vec<&Timestamp> {
    let mut found: Vec<&Timestamp> = observed.only().timestamps.iter().filter(|t| t.kind == kind).collect();
    found.sort_by_key(|timestamp| timestamp.token.tst_info.as_ref().map(|info| info.gen_time));
    found
}

/// `<imprint> [<codes>] <number of covered signatures> <of timestamps> <carried objects, in the order c(ertificate) of the
/// doctor, of the nurse, r(evocation)>`
fn shown(timestamp: &Timestamp) -> String {
    let covers = &timestamp.token.covers;
    let carried = [("c", world().certificate("doctor")), ("n", world().certificate("nurse")), ("r", &crl())];
    let is_covered = |der: &[u8]| covers.evidence.iter().any(|key| key.0.as_slice() == Hash::Sha256.digest(der));
    let carried: String = carried.iter().filter(|(_, der)| is_covered(der)).map(|(name, _)| *name).collect();
    format!(
        "{:?} [{}] {} {} {carried}",
        timestamp.token.imprint.status,
        codes(&timestamp.token.findings),
        covers.signatures.len(),
        covers.timestamps.len()
    )
}

fn outcome(data: &SignedData, kind: TimestampKind, external: Option<&[u8]>) -> String {
    let observed = observe(&data.to_der(), external);
    of_kind(&observed, kind).into_iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[test]
fn version_2_is_over_everything_with_or_without_the_tag_of_the_attributes() {
    let kind = TimestampKind::ArchiveV2;
    let data = signed();
    let stamped = |octets: &[u8]| add(&data, attribute(ARCHIVE_V2, &token(octets, NEWER).to_der()));
    assert_eq!(outcome(&stamped(&with_tag(&data)), kind, None), "Intact [] 0 1 cnr");
    let expected = "Intact [archive-timestamp-without-tag] 0 1 cnr";
    assert_eq!(outcome(&stamped(&without_tag(&data)), kind, None), expected);
    // Without the attributes altogether: neither reading.
    assert_eq!(outcome(&stamped(&version_2(&data, &[])), kind, None), "Broken [] 0 1 cnr");

    let mut alone = data.clone();
    alone.signers[0].unsigned_attributes.clear();
    let octets = with_tag(&alone);
    let alone = add(&alone, attribute(ARCHIVE_V2, &token(&octets, NEWER).to_der()));
    assert_eq!(outcome(&alone, kind, None), "Intact [] 0 0 cnr");
}

#[test]
fn version_2_leaves_out_archive_timestamps_that_are_not_older() {
    let kind = TimestampKind::ArchiveV2;
    let data = signed();
    let first = token(&with_tag(&data), OLDER).to_der();
    let once = add(&data, attribute(ARCHIVE_V2, &first));
    let second = token(&with_tag(&once), NEWER).to_der();
    let expected = "Intact [] 0 1 cnr, Intact [] 0 2 cnr";
    assert_eq!(outcome(&add(&once, attribute(ARCHIVE_V2, &second)), kind, None), expected, "two attributes");
    let both = add(&data, attribute_of(ARCHIVE_V2, &[first.clone(), second]));
    assert_eq!(outcome(&both, kind, None), expected, "two values of one attribute");

    // Of two by the same time neither covers the other.
    let twin = token(&with_tag(&once), OLDER).to_der();
    let twins = outcome(&add(&once, attribute(ARCHIVE_V2, &twin)), kind, None);
    assert!(twins.contains("Broken [] 0 1 cnr") && !twins.contains("0 2"), "{twins}");
}

#[test]
fn version_2_is_over_detached_content_too() {
    let kind = TimestampKind::ArchiveV2;
    let data = detached(&signed());
    let stamped = add(&data, attribute(ARCHIVE_V2, &token(&with_tag(&data), NEWER).to_der()));
    assert_eq!(outcome(&stamped, kind, Some(NOTE)), "Intact [] 0 1 cnr");
    assert_eq!(outcome(&stamped, kind, Some(b"another record")), "Broken [] 0 1 cnr");
    assert_eq!(outcome(&stamped, kind, None), "NotChecked [] 0 1 cnr");
}

/// An ats-hash-index before it is encoded.
#[derive(Clone)]
struct Index {
    kind: &'static str,
    hash: Hash,
    certificates: Vec<Vec<u8>>,
    crls: Vec<Vec<u8>>,
    unsigned: Vec<Vec<u8>>,
}

impl Index {
    /// Everything there is.
    fn of(data: &SignedData, kind: &'static str, hash: Hash) -> Index {
        let digests = |elements: &[Vec<u8>]| elements.iter().map(|element| hash.digest(element)).collect();
        let unsigned = &data.signers[0].unsigned_attributes;
        let by_value = |attribute: &Vec<u8>| {
            // The attributes here have one value: type and value without the SEQUENCE and the SET.
            let fields = content_of(attribute);
            let (kind, set) = fields.split_at(2 + usize::from(fields[1]));
            hash.digest(&[kind, &content_of(set)].concat())
        };
        let unsigned =
            if kind == INDEX_V3 { unsigned.iter().map(by_value).collect() } else { digests(unsigned.as_slice()) };
        Index { kind, hash, certificates: digests(&data.certificates), crls: digests(&data.crls), unsigned }
    }

    fn to_der(&self) -> Vec<u8> {
        let list = |hashes: &[Vec<u8>]| tlv(0x30, &hashes.iter().map(|hash| octets(hash)).collect::<Vec<_>>().concat());
        // Version 1 has SHA-256 as its default.
        let default = self.kind == INDEX_V1 && self.hash == Hash::Sha256;
        let algorithm = if default { Vec::new() } else { self.hash.identifier() };
        sequence(&[&algorithm, &list(&self.certificates), &list(&self.crls), &list(&self.unsigned)])
    }

    /// `data` with an archive timestamp v3 that has this index.
    fn stamp(&self, data: &SignedData) -> SignedData {
        version_3(data, Some((self.kind, &self.to_der())))
    }
}

fn version_3(data: &SignedData, index: Option<(&str, &[u8])>) -> SignedData {
    let octets = index.map(|(_, octets)| octets).unwrap_or_default();
    let over = [&oid(DATA), &Hash::Sha256.digest(NOTE), &fields(&data.signers[0]), octets].concat();
    let mut token = token(&over, NEWER).signed_data();
    token.signers[0].unsigned_attributes.extend(index.map(|(kind, octets)| attribute(kind, octets)));
    add(data, attribute(ARCHIVE_V3, &token.to_der()))
}

#[test]
fn version_3_covers_what_its_index_lists() {
    let kind = TimestampKind::ArchiveV3;
    let data = signed();
    for version in [INDEX_V1, INDEX_V2, INDEX_V3] {
        let index = Index::of(&data, version, Hash::Sha256);
        assert_eq!(outcome(&index.stamp(&data), kind, None), "Intact [] 0 1 cnr", "{version}");
        let named = Index { kind: INDEX_V2, ..index };
        assert_eq!(named.to_der(), Index { kind: INDEX_V3, ..named.clone() }.to_der());
    }
    let index = Index::of(&data, INDEX_V3, Hash::Sha256);
    let mut partial = index.clone();
    partial.certificates.remove(1);
    partial.unsigned.clear();
    assert_eq!(outcome(&partial.stamp(&data), kind, None), "Intact [ats-hash-index-partial] 0 0 cr");

    let mut unmatched = index.clone();
    unmatched.certificates.push(Hash::Sha256.digest(b"a certificate that was taken away"));
    assert_eq!(outcome(&unmatched.stamp(&data), kind, None), "Intact [ats-hash-index-unmatched] 0 1 cnr");
    let mut unmatched = index.clone();
    unmatched.unsigned.push(Hash::Sha256.digest(b"an attribute that was taken away"));
    assert_eq!(outcome(&unmatched.stamp(&data), kind, None), "Intact [ats-hash-index-unmatched] 0 1 cnr");

    // Version 2 lists whole attributes; read as version 3 nothing fits.
    let other = Index { kind: INDEX_V3, ..Index::of(&data, INDEX_V2, Hash::Sha256) };
    assert_eq!(outcome(&other.stamp(&data), kind, None), "Intact [ats-hash-index-unmatched] 0 0 cnr");

    let sha512 = Index::of(&data, INDEX_V3, Hash::Sha512);
    assert_eq!(outcome(&sha512.stamp(&data), kind, None), "Intact [ats-hash-index-algorithm] 0 1 cnr");
}

#[test]
fn version_3_without_an_index_covers_nothing() {
    let kind = TimestampKind::ArchiveV3;
    let data = signed();
    assert_eq!(outcome(&version_3(&data, None), kind, None), "Intact [ats-hash-index-missing] 0 0 ");
    let malformed = version_3(&data, Some((INDEX_V3, &integer(1))));
    assert_eq!(outcome(&malformed, kind, None), "Broken [ats-hash-index-malformed] 0 0 ");
}

#[test]
fn version_3_is_over_the_digest_of_detached_content() {
    let kind = TimestampKind::ArchiveV3;
    let data = detached(&signed());
    let stamped = Index::of(&data, INDEX_V3, Hash::Sha256).stamp(&data);
    assert_eq!(outcome(&stamped, kind, Some(NOTE)), "Intact [] 0 1 cnr");
    assert_eq!(outcome(&stamped, kind, Some(b"another record")), "Broken [] 0 1 cnr");
    assert_eq!(outcome(&stamped, kind, None), "NotChecked [] 0 1 cnr");
}

#[test]
fn a_timestamp_over_references_covers_what_they_name_by_a_strong_hash() {
    let data = signed();
    let hashed = |hash: Hash, der: &[u8]| sequence(&[&hash.identifier(), &octets(&hash.digest(der))]);
    let strong = sequence(&[&hashed(Hash::Sha256, world().certificate("nurse"))]);
    let weak = sequence(&[&octets(&Hash::Sha1.digest(world().certificate("doctor")))]);
    let weak_by_name = sequence(&[&hashed(Hash::Sha1, world().certificate("doctor"))]);
    let certificates = attribute(CERTIFICATE_REFERENCES, &sequence(&[&strong, &weak, &weak_by_name]));
    let listed = sequence(&[&sequence(&[&hashed(Hash::Sha512, &crl())])]);
    let revocation = attribute(REVOCATION_REFERENCES, &sequence(&[&sequence(&[&explicit(0, &sequence(&[&listed]))])]));
    let referring = add(&add(&data, certificates.clone()), revocation.clone());

    let over = [content_of(&certificates), content_of(&revocation)].concat();
    let stamped = add(&referring, attribute(CERTS_CRLS, &token(&over, NEWER).to_der()));
    assert_eq!(outcome(&stamped, TimestampKind::CertsCrls, None), "Intact [] 0 0 nr");

    let signature_timestamp = content_of(&data.signers[0].unsigned_attributes[0]);
    let over = [data.signers[0].signature.clone(), signature_timestamp, over].concat();
    let stamped = add(&referring, attribute(CADES_C, &token(&over, NEWER).to_der()));
    assert_eq!(outcome(&stamped, TimestampKind::CadesC, None), "Intact [] 0 1 nr");

    let malformed = attribute(CERTIFICATE_REFERENCES, &integer(1));
    let stamped = add(&data, malformed.clone());
    let stamped = add(&stamped, attribute(CERTS_CRLS, &token(&content_of(&malformed), NEWER).to_der()));
    assert_eq!(outcome(&stamped, TimestampKind::CertsCrls, None), "Intact [references-malformed] 0 0 ");
}

/// Every seventh octet of `parts`, wherever they lie in `bytes`, with one bit flipped.
fn flipped<'b>(bytes: &'b [u8], parts: &[Vec<u8>]) -> impl Iterator<Item = (usize, Vec<u8>)> + 'b {
    let mut positions = Vec::new();
    for part in parts {
        let start = bytes.windows(part.len()).position(|window| window == part.as_slice()).unwrap();
        positions.extend((start..start + part.len()).step_by(7));
    }
    positions.into_iter().map(|position| {
        let mut bent = bytes.to_vec();
        bent[position] ^= 1 << (position % 8);
        (position, bent)
    })
}

/// Findings that make a token worthless whatever its imprint.
const REFUSED: [&str; 4] =
    ["ats-hash-index-unmatched", "ats-hash-index-missing", "ats-hash-index-malformed", "ats-hash-index-algorithm"];

#[test]
fn no_covered_bit_can_change_under_an_archive_timestamp() {
    let data = signed();
    let covered = |data: &SignedData| {
        let mut parts = vec![
            sequence(&[&oid(DATA), &explicit(0, &octets(NOTE))]),
            fields(&data.signers[0]),
            data.signers[0].unsigned_attributes[0].clone(),
        ];
        parts.extend(data.certificates.iter().chain(&data.crls).cloned());
        parts
    };
    let version_2 = add(&data, attribute(ARCHIVE_V2, &token(&with_tag(&data), NEWER).to_der()));
    let version_3 = Index::of(&data, INDEX_V3, Hash::Sha256).stamp(&data);
    for (stamped, kind) in [(version_2, TimestampKind::ArchiveV2), (version_3, TimestampKind::ArchiveV3)] {
        let bytes = stamped.to_der();
        let mut read = 0;
        for (position, bent) in flipped(&bytes, &covered(&data)) {
            let Some(observed) = crate::describe::try_observe(&bent) else { continue };
            read += 1;
            for timestamp in observed.signatures.iter().flat_map(|signature| &signature.timestamps) {
                let intact = timestamp.kind == kind && timestamp.token.imprint.status == ImprintStatus::Intact;
                let refused = timestamp.token.findings.iter().any(|f| REFUSED.contains(&f.code.as_str()));
                assert!(!intact || refused, "{kind:?}: octet {position} of {}", bytes.len());
            }
        }
        assert!(read > 200, "only {read} structures could be read");
    }
}
