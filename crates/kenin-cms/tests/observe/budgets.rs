//! Archive timestamps and evidence records in numbers that would cost the square of a file's size, or more: what several
//! of them ask for is computed once, the rest is counted, and a limit reached is said.

use kenin_base::{Budget, FindingCode, Limits, Resource};
use kenin_facts::{ImprintStatus, TimestampKind};
use kenin_testkit::TSA_POLICY;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{SignedData, Signer, attribute, attribute_of};
use kenin_testkit::encode::{implicit, integer, octets, sequence, tlv};
use kenin_testkit::tokens::TokenSpec;

use crate::describe::{Observed, observe_within};
use crate::signatures::world;

const NOTE: &[u8] = b"nursing record";
const ARCHIVE_V2: &str = "1.2.840.113549.1.9.16.2.48";
const ARCHIVE_V3: &str = "0.4.0.1733.2.4";
const INDEX_V3: &str = "0.4.0.19122.1.5";
const CADES_C: &str = "1.2.840.113549.1.9.16.2.25";
const CERTIFICATE_REFERENCES: &str = "1.2.840.113549.1.9.16.2.21";
const INTERNAL_RECORDS: &str = "1.2.840.113549.1.9.16.2.49";

fn token() -> TokenSpec<'static> {
    TokenSpec::over(NOTE, world().identity("tsu-a"), TSA_POLICY, "20240601000000Z")
}

/// A signature over `content` with these unsigned attributes and as many CRLs.
fn signed(content: &[u8], unsigned: Vec<Vec<u8>>, crls: usize) -> Vec<u8> {
    let signer = Signer::of_data(world().identity("doctor"));
    let mut info = signer.sign(signer.attributes(content));
    info.unsigned_attributes = unsigned;
    let crls: Vec<Vec<u8>> = (0..crls).map(|number| sequence(&[&integer(number.try_into().unwrap())])).collect();
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    SignedData::attached(info, content).carrying(&[world().certificate("doctor")], &crls).to_der()
}

/// A record with one archive timestamp over `imprint`, without a tree.
fn record(imprint: &[u8]) -> Vec<u8> {
    let token = TokenSpec { imprint: imprint.to_vec(), ..token() }.to_der();
    let stamp = sequence(&[&implicit(0, &Hash::Sha256.identifier()), &token]);
    sequence(&[&integer(1), &sequence(&[&Hash::Sha256.identifier()]), &sequence(&[&sequence(&[&stamp])])])
}

fn observed(limits: Limits, bytes: &[u8]) -> (Observed, Budget) {
    let budget = Budget::new(&limits);
    (observe_within(&budget, bytes, None), budget)
}

fn says_limit(observed: &Observed) -> bool {
    observed.findings.iter().any(|finding| finding.code == FindingCode::LimitExceeded)
}

/// Octets hashed beside those that every signature costs.
fn hashed(bytes: &[u8]) -> u64 {
    observed(Limits::default(), bytes).1.spent(Resource::ArchiveHashedBytes)
}

#[test]
fn an_element_is_hashed_once_for_all_archive_timestamps_that_may_list_it() {
    let list = tlv(0x30, &[]);
    let index = attribute(INDEX_V3, &sequence(&[&Hash::Sha256.identifier(), &list, &list, &list]));
    let mut token = token().signed_data();
    token.signers[0].unsigned_attributes.push(index);
    let stamp = attribute(ARCHIVE_V3, &token.to_der());
    let cost = |stamps: usize, crls: usize| hashed(&signed(NOTE, vec![stamp.clone(); stamps], crls));
    // A kilobyte for each element, whatever the number of timestamps.
    assert_eq!(cost(2, 100) - cost(2, 0), 100 * 1024);
    assert_eq!(cost(20, 100) - cost(20, 0), 100 * 1024);
}

#[test]
fn what_references_may_name_is_hashed_once_for_all_timestamps_over_them() {
    let reference = |number: u8| sequence(&[&sequence(&[&Hash::Sha256.identifier(), &octets(&[number; 32])])]);
    let references = |count: u8| {
        let ids: Vec<Vec<u8>> = (0..count).map(reference).collect();
        attribute(CERTIFICATE_REFERENCES, &tlv(0x30, &ids.concat()))
    };
    let timestamp = attribute(CADES_C, &token().to_der());
    let cost = |count: u8, timestamps: usize| {
        let unsigned = [vec![references(count)], vec![timestamp.clone(); timestamps]].concat();
        hashed(&signed(NOTE, unsigned, 10))
    };
    assert!(cost(1, 1) > 10 * 1024);
    assert_eq!(cost(1, 1), cost(200, 1));
    assert_eq!(cost(1, 1), cost(1, 30));
}

#[test]
fn the_structure_before_a_record_is_hashed_once_for_all_records_of_an_attribute() {
    let records = |count: usize| vec![attribute_of(INTERNAL_RECORDS, &vec![record(&[7; 32]); count])];
    let content = vec![0; 200_000];
    let one = hashed(&signed(&content, records(1), 0));
    let fifty = hashed(&signed(&content, records(50), 0));
    assert!(one > 200_000, "{one}");
    assert!(fifty < one + 200_000, "{fifty} for fifty, {one} for one");
}

#[test]
fn archive_timestamps_beyond_the_limit_are_not_checked_and_prove_nothing() {
    let stamps = vec![attribute(ARCHIVE_V2, &token().to_der()); 30];
    let bytes = signed(NOTE, stamps, 0);
    let limit = Limits { archive_hashed_bytes: 4 * u64::try_from(bytes.len()).unwrap(), ..Limits::default() };
    let (observed, _) = observed(limit, &bytes);
    assert!(says_limit(&observed));
    let last = observed.only().timestamps.last().unwrap();
    assert_eq!((last.kind, last.token.imprint.status), (TimestampKind::ArchiveV2, ImprintStatus::NotChecked));
}

#[test]
fn an_index_that_is_not_matched_to_its_end_leaves_its_timestamp_unchecked() {
    let list = tlv(0x30, &[]);
    let index = attribute(INDEX_V3, &sequence(&[&Hash::Sha256.identifier(), &list, &list, &list]));
    let mut token = token().signed_data();
    token.signers[0].unsigned_attributes.push(index);
    let bytes = signed(NOTE, vec![attribute(ARCHIVE_V3, &token.to_der())], 100);
    let (observed, _) = observed(Limits { archive_hashed_bytes: 50 * 1024, ..Limits::default() }, &bytes);
    assert!(says_limit(&observed));
    let token = &observed.only().timestamps[0].token;
    assert_eq!(token.imprint.status, ImprintStatus::NotChecked);
    assert!(token.covers.evidence.is_empty());
}

#[test]
fn lists_of_what_is_covered_end_at_their_limit() {
    let plain = signed(NOTE, Vec::new(), 1_000);
    let holding = record(&Hash::Sha256.digest(&plain));
    let bytes = signed(NOTE, vec![attribute_of(INTERNAL_RECORDS, &vec![holding; 20])], 1_000);
    let (observed, _) = observed(Limits { covered_objects: 5_500, ..Limits::default() }, &bytes);
    let records = &observed.only().evidence_records;
    assert!(records.iter().all(|record| record.timestamps().all(|t| t.protects == ImprintStatus::Intact)));
    let covering = records.iter().filter(|record| !record.covers.evidence.is_empty()).count();
    assert_eq!((covering, records.len()), (5, 20));
    assert!(says_limit(&observed));
}

#[test]
fn a_record_that_a_limit_cut_short_shows_nothing() {
    let bytes = signed(&vec![0; 50_000], vec![attribute(INTERNAL_RECORDS, &record(&[7; 32]))], 0);
    let (observed, _) = observed(Limits { archive_hashed_bytes: 10_000, ..Limits::default() }, &bytes);
    let record = &observed.only().evidence_records[0];
    assert!(says_limit(&observed));
    assert!(record.timestamps().all(|t| t.protects == ImprintStatus::NotChecked));
    assert!(record.covers.signatures.is_empty());
}
