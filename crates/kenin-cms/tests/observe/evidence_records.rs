//! Evidence records (RFC 4998) made by hand: trees, renewals, and what a record in a signature is over.

use kenin_asn1::Decoder;
use kenin_base::{Budget, DigestAlgorithm};
use kenin_cms::{ArchivedData, EvidenceRecord, Observer, observe_evidence_record};
use kenin_facts::{EvidenceRecord as Record, ImprintStatus, Incorporation};
use kenin_testkit::TSA_POLICY;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{DATA, SIGNED_DATA, SignedData, Signer, attribute};
use kenin_testkit::encode::{explicit, implicit, integer, octets, oid, sequence, set_of, tlv};
use kenin_testkit::tokens::TokenSpec;
use kenin_x509::CertificateCache;

use crate::describe::{codes, observe, try_observe};
use crate::signatures::{signed_by, world};

const NOTE: &[u8] = b"radiology report";
const INTERNAL: &str = "1.2.840.113549.1.9.16.2.49";
const EXTERNAL: &str = "1.2.840.113549.1.9.16.2.50";

fn token(hash: Hash, imprint: &[u8]) -> Vec<u8> {
    let spec = TokenSpec::over(&[], world().identity("tsu-a"), TSA_POLICY, "20240601000000Z");
    TokenSpec { imprint_algorithm: hash.identifier(), imprint: imprint.to_vec(), ..spec }.to_der()
}

/// An ArchiveTimeStamp with a tree of these lists; the token is over `imprint`.
fn stamp(hash: Hash, tree: &[&[&[u8]]], imprint: &[u8]) -> Vec<u8> {
    let algorithm = implicit(0, &hash.identifier());
    let list = |hashes: &&[&[u8]]| tlv(0x30, &hashes.iter().map(|hash| octets(hash)).collect::<Vec<_>>().concat());
    let lists: Vec<Vec<u8>> = tree.iter().map(list).collect();
    let tree = if tree.is_empty() { Vec::new() } else { implicit(2, &tlv(0x30, &lists.concat())) };
    sequence(&[&algorithm, &tree, &token(hash, imprint)])
}

fn chain(stamps: &[&[u8]]) -> Vec<u8> {
    sequence(stamps)
}

fn record(chains: &[&[u8]]) -> Vec<u8> {
    let algorithms = sequence(&[&Hash::Sha256.identifier()]);
    sequence(&[&integer(1), &algorithms, &sequence(chains)])
}

/// The hash of hashes in ascending order (RFC 4998 4.2).
fn node(hash: Hash, hashes: &[&[u8]]) -> Vec<u8> {
    let mut sorted = hashes.to_vec();
    sorted.sort_unstable();
    hash.digest(&sorted.concat())
}

fn testkit_hash(algorithm: DigestAlgorithm) -> Option<Hash> {
    match algorithm {
        DigestAlgorithm::Sha256 => Some(Hash::Sha256),
        DigestAlgorithm::Sha512 => Some(Hash::Sha512),
        _ => None,
    }
}

/// A record on its own over `data`, or over data that is not at hand; `None` when it cannot be read.
fn standing(bytes: &[u8], data: Option<&[u8]>) -> Option<Record> {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    let decoder = Decoder::new(&budget);
    let record = EvidenceRecord::parse(&decoder, bytes, 0).ok()?;
    let digest = |algorithm| Some(vec![testkit_hash(algorithm)?.digest(data?)]);
    let archived = ArchivedData { object: &digest, beside: None };
    let mut observer = Observer::new(&budget, &cache);
    Some(observe_evidence_record(&mut observer, "er-1", Incorporation::Detached, &record, &archived))
}

/// `<imprint>/<protects>` of every archive timestamp and the findings.
fn shown(record: &Record) -> String {
    let stamps: Vec<String> = record
        .timestamps()
        .map(|timestamp| format!("{:?}/{:?}", timestamp.token.imprint.status, timestamp.protects))
        .collect();
    format!("{} [{}]", stamps.join(" "), codes(&record.findings))
}

fn outcome(bytes: &[u8], data: Option<&[u8]>) -> String {
    standing(bytes, data).as_ref().map_or_else(|| "unreadable".to_owned(), shown)
}

#[test]
fn a_tree_leads_from_the_data_to_the_imprint() {
    let own = Hash::Sha256.digest(NOTE);
    let (sibling, uncle) = ([7; 32], [1; 32]);
    let pair = node(Hash::Sha256, &[&own, &sibling]);
    let root = node(Hash::Sha256, &[&pair, &uncle]);
    let tree: &[&[&[u8]]] = &[&[&own, &sibling], &[&uncle]];
    let bytes = record(&[&chain(&[&stamp(Hash::Sha256, tree, &root)])]);
    assert_eq!(outcome(&bytes, Some(NOTE)), "Intact/Intact []");
    assert_eq!(outcome(&bytes, Some(b"another report")), "Intact/Broken []");
    assert_eq!(outcome(&bytes, None), "Intact/NotChecked []");

    // The imprint is another root; and the data stands in the second list, which proves nothing.
    let other = record(&[&chain(&[&stamp(Hash::Sha256, tree, &pair)])]);
    assert_eq!(outcome(&other, Some(NOTE)), "Broken/Intact []");
    let upper = node(Hash::Sha256, &[&sibling, &own]);
    let above = record(&[&chain(&[&stamp(Hash::Sha256, &[&[&sibling], &[&own]], &upper)])]);
    assert_eq!(outcome(&above, Some(NOTE)), "Intact/Broken []");
    // A list of one hash is passed on as it is.
    let single = record(&[&chain(&[&stamp(Hash::Sha256, &[&[&own]], &own)])]);
    assert_eq!(outcome(&single, Some(NOTE)), "Intact/Intact []");
}

#[test]
fn without_a_tree_the_imprint_is_the_hash_of_the_data() {
    let bytes = record(&[&chain(&[&stamp(Hash::Sha256, &[], &Hash::Sha256.digest(NOTE))])]);
    assert_eq!(outcome(&bytes, Some(NOTE)), "Intact/Intact []");
    assert_eq!(outcome(&bytes, Some(b"another report")), "Broken/Broken []");
    assert_eq!(outcome(&bytes, None), "NotChecked/NotChecked []");
}

#[test]
fn a_timestamp_renewal_is_over_the_timestamp_before() {
    let first = stamp(Hash::Sha256, &[], &Hash::Sha256.digest(NOTE));
    let old_token = token(Hash::Sha256, &Hash::Sha256.digest(NOTE));
    let renewed = Hash::Sha256.digest(&old_token);
    let second = stamp(Hash::Sha256, &[], &renewed);
    assert_eq!(outcome(&record(&[&chain(&[&first, &second])]), Some(NOTE)), "Intact/Intact Intact/Intact []");
    let root = node(Hash::Sha256, &[&renewed, &[9; 32]]);
    let in_tree = stamp(Hash::Sha256, &[&[&[9; 32], &renewed]], &root);
    assert_eq!(outcome(&record(&[&chain(&[&first, &in_tree])]), Some(NOTE)), "Intact/Intact Intact/Intact []");
    // Over the data once more it renews nothing.
    assert_eq!(outcome(&record(&[&chain(&[&first, &first])]), Some(NOTE)), "Intact/Intact Broken/Broken []");

    // 5.3: the tree's algorithm is the imprint's, even where another gives a root of the same length.
    let other_imprint =
        sequence(&[&implicit(0, &Hash::Sha256.identifier()), &token(Hash::Sha512, &Hash::Sha256.digest(NOTE))]);
    let other = standing(&record(&[&chain(&[&other_imprint])]), Some(NOTE)).unwrap();
    assert_eq!(codes(&other.findings), "evidence-record-algorithm");

    let sha512 = stamp(Hash::Sha512, &[], &Hash::Sha512.digest(&old_token));
    let mixed = outcome(&record(&[&chain(&[&first, &sha512])]), Some(NOTE));
    assert_eq!(mixed, "Intact/Intact Broken/Broken [evidence-record-algorithm]");
}

#[test]
fn a_hash_tree_renewal_is_over_the_data_and_all_chains_before() {
    let first = chain(&[&stamp(Hash::Sha256, &[], &Hash::Sha256.digest(NOTE))]);
    let of_chains = Hash::Sha512.digest(&sequence(&[&first]));
    // Whichever is the smaller, by the text the data comes first; a record for each order.
    let (mut smaller, mut larger) = (false, false);
    for data in (0u8..16).map(|number| [NOTE, &[number]].concat()) {
        let first = chain(&[&stamp(Hash::Sha256, &[], &Hash::Sha256.digest(&data))]);
        let of_chains = Hash::Sha512.digest(&sequence(&[&first]));
        let own = Hash::Sha512.digest(&data);
        let renewal = |imprint: &[u8]| record(&[&first, &chain(&[&stamp(Hash::Sha512, &[], imprint)])]);
        let by_the_text = renewal(&Hash::Sha512.digest(&[own.clone(), of_chains.clone()].concat()));
        assert_eq!(outcome(&by_the_text, Some(&data)), "Intact/Intact Intact/Intact []");
        assert_eq!(outcome(&by_the_text, Some(b"another report")), "Broken/Broken Broken/Broken []");
        let turned = renewal(&Hash::Sha512.digest(&[of_chains.clone(), own.clone()].concat()));
        let turned = outcome(&turned, Some(&data));
        if own > of_chains {
            larger = true;
            assert_eq!(turned, "Intact/Intact Intact/Intact [evidence-record-sorted-renewal]");
        } else {
            smaller = true;
            assert_eq!(turned, "Intact/Intact Broken/Broken []");
        }
    }
    assert!(smaller && larger, "sixteen records of one order");
    // A third chain is over both before it; over the second alone it is not enough.
    let own = Hash::Sha512.digest(NOTE);
    let second = chain(&[&stamp(Hash::Sha512, &[], &Hash::Sha512.digest(&[own, of_chains].concat()))]);
    let own = Hash::Sha256.digest(NOTE);
    for (before, expected) in [(sequence(&[&first, &second]), "Intact/Intact"), (sequence(&[&second]), "Broken/Broken")]
    {
        let over = Hash::Sha256.digest(&[own.clone(), Hash::Sha256.digest(&before)].concat());
        let third = chain(&[&stamp(Hash::Sha256, &[], &over)]);
        let found = outcome(&record(&[&first, &second, &third]), Some(NOTE));
        assert_eq!(found, format!("Intact/Intact Intact/Intact {expected} []"));
    }
}

#[test]
fn a_record_without_chains_lists_or_hashes_cannot_be_read() {
    let own = Hash::Sha256.digest(NOTE);
    for bytes in [
        record(&[]),
        record(&[&chain(&[])]),
        record(&[&chain(&[&stamp(Hash::Sha256, &[&[]], &own)])]),
        sequence(&[&integer(1)]),
        sequence(&[]),
        octets(&own),
    ] {
        assert_eq!(outcome(&bytes, Some(NOTE)), "unreadable");
    }
    let no_token = record(&[&chain(&[&sequence(&[&sequence(&[&integer(1)])])])]);
    let found = standing(&no_token, Some(NOTE)).unwrap();
    assert!(found.timestamps().all(|timestamp| timestamp.protects != ImprintStatus::Intact));
    let version_2 = {
        let mut bytes = record(&[&chain(&[&stamp(Hash::Sha256, &[], &own)])]);
        let at = bytes.windows(3).position(|window| window == [2, 1, 1]).unwrap();
        bytes[at + 2] = 2;
        bytes
    };
    assert_eq!(outcome(&version_2, Some(NOTE)), "Intact/Intact [malformed]");
    let trailing = [record(&[&chain(&[&stamp(Hash::Sha256, &[], &own)])]), vec![0]].concat();
    assert_eq!(outcome(&trailing, Some(NOTE)), "Intact/Intact [trailing-bytes]");
}

#[test]
fn no_bit_of_data_tree_or_chains_can_change() {
    let own = Hash::Sha256.digest(NOTE);
    let root = node(Hash::Sha256, &[&own, &[7; 32]]);
    let first = chain(&[&stamp(Hash::Sha256, &[&[&own, &[7; 32]]], &root)]);
    let of_chains = Hash::Sha256.digest(&sequence(&[&first]));
    let over = Hash::Sha256.digest(&[own, of_chains].concat());
    let bytes = record(&[&first, &chain(&[&stamp(Hash::Sha256, &[], &over)])]);
    let intact = |record: &Record| {
        record.timestamps().count() == 2
            && record.timestamps().all(|timestamp| {
                (timestamp.token.imprint.status, timestamp.protects) == (ImprintStatus::Intact, ImprintStatus::Intact)
            })
    };
    assert!(intact(&standing(&bytes, Some(NOTE)).unwrap()));
    for bit in 0..NOTE.len() * 8 {
        let mut data = NOTE.to_vec();
        data[bit / 8] ^= 1 << (bit % 8);
        assert!(!intact(&standing(&bytes, Some(&data)).unwrap()), "bit {bit} of the data");
    }
    let start = bytes.windows(first.len()).position(|window| window == first).unwrap();
    for position in (start..start + first.len()).step_by(5) {
        let mut bent = bytes.clone();
        bent[position] ^= 1 << (position % 8);
        assert!(!standing(&bent, Some(NOTE)).is_some_and(|record| intact(&record)), "octet {position}");
    }
}

/// `data` with a record over `object` in an unsigned attribute of its signer at `index`.
fn holding(data: &SignedData, index: usize, kind: &str, hashes: &[&[u8]]) -> SignedData {
    let root = if let [single] = hashes { single.to_vec() } else { node(Hash::Sha256, hashes) };
    let bytes = record(&[&chain(&[&stamp(Hash::Sha256, &[hashes], &root)])]);
    let mut data = data.clone();
    data.signers[index].unsigned_attributes.push(attribute(kind, &bytes));
    data
}

fn embedded(bytes: &[u8], external: Option<&[u8]>) -> Vec<String> {
    let observed = observe(bytes, external);
    let records = observed.signatures.iter().flat_map(|signature| &signature.evidence_records);
    let covered = |record: &Record| format!("{} {}", record.covers.signatures.len(), record.covers.evidence.len());
    records.map(|record| format!("{} {}", shown(record), covered(record))).collect()
}

#[test]
fn an_internal_record_is_over_the_structure_before_it_was_added() {
    let data = signed_by("doctor");
    let before = Hash::Sha256.digest(&data.to_der());
    // The certificate and the signature; the token's certificate is the record's own.
    assert_eq!(embedded(&holding(&data, 0, INTERNAL, &[&before]).to_der(), None), ["Intact/Intact [] 1 1"]);
    let other = holding(&data, 0, INTERNAL, &[&Hash::Sha256.digest(b"another structure")]);
    assert_eq!(embedded(&other.to_der(), None), ["Intact/Broken [] 0 0"]);

    // With an unsigned attribute there already.
    let signature = data.signers[0].signature.clone();
    let spec = TokenSpec::over(&signature, world().identity("tsu-a"), TSA_POLICY, "20240601000000Z");
    let mut stamped = data.clone();
    stamped.signers[0].unsigned_attributes = vec![attribute("1.2.840.113549.1.9.16.2.14", &spec.to_der())];
    let before = Hash::Sha256.digest(&stamped.to_der());
    assert_eq!(embedded(&holding(&stamped, 0, INTERNAL, &[&before]).to_der(), None), ["Intact/Intact [] 1 3"]);

    let mut unreadable = data.clone();
    unreadable.signers[0].unsigned_attributes = vec![attribute(INTERNAL, &integer(1))];
    assert_eq!(embedded(&unreadable.to_der(), None), [" [malformed] 0 0"]);
}

#[test]
fn an_external_record_is_over_detached_content_too() {
    let signer = Signer::of_data(world().identity("doctor"));
    let data = SignedData::detached(signer.sign(signer.attributes(NOTE)));
    let data = data.carrying(&[world().certificate("doctor")], &[]);
    let (before, content) = (Hash::Sha256.digest(&data.to_der()), Hash::Sha256.digest(NOTE));
    let both = holding(&data, 0, EXTERNAL, &[&before, &content]).to_der();
    assert_eq!(embedded(&both, Some(NOTE)), ["Intact/Intact [] 1 1"]);
    assert_eq!(embedded(&both, Some(b"another report")), ["Intact/Broken [] 0 0"]);
    assert_eq!(embedded(&both, None), ["Intact/NotChecked [] 0 0"]);
    for alone in [&before, &content] {
        let bytes = holding(&data, 0, EXTERNAL, &[alone]).to_der();
        assert_eq!(embedded(&bytes, Some(NOTE)), ["Intact/Broken [] 0 0"]);
    }
}

#[test]
fn signer_infos_that_an_attribute_moved_are_put_back_in_der_order() {
    let one = Signer::of_data(world().identity("doctor"));
    let other = Signer::of_data(world().identity("nurse"));
    let content = b"discharge summary";
    let mut data = SignedData::attached(one.sign(one.attributes(content)), content);
    data.signers.push(other.sign(other.attributes(content)));
    data = data.carrying(&[world().certificate("doctor"), world().certificate("nurse")], &[]);
    let before = Hash::Sha256.digest(&data.to_der());
    let mut moved = false;
    for index in 0..2 {
        let held = holding(&data, index, INTERNAL, &[&before]);
        assert_eq!(embedded(&held.to_der(), None), ["Intact/Intact [] 2 2"], "signer {index}");
        moved |= first_of(&held) != first_of(&data);
    }
    assert!(moved, "no attribute changed the order");

    // A structure that never was in DER order keeps the order it has.
    let mut infos: Vec<Vec<u8>> = data.signers.iter().map(|info| info.to_der()).collect();
    infos.sort_unstable();
    infos.reverse();
    let unsorted = with_infos(&data, &infos);
    let held = holding(&data, 0, INTERNAL, &[&Hash::Sha256.digest(&unsorted)]);
    let own = data.signers[0].to_der();
    let replaced: Vec<Vec<u8>> =
        infos.iter().map(|info| if *info == own { held.signers[0].to_der() } else { info.clone() }).collect();
    assert_eq!(embedded(&with_infos(&data, &replaced), None), ["Intact/Intact [] 2 2"]);
}

/// The signer whose SignerInfo comes first in DER order.
fn first_of(data: &SignedData) -> Option<usize> {
    (0..data.signers.len()).min_by_key(|index| data.signers[*index].to_der())
}

/// `data` with its SignerInfos in exactly this order.
fn with_infos(data: &SignedData, infos: &[Vec<u8>]) -> Vec<u8> {
    let content = data.content.as_ref().map(|content| explicit(0, &octets(content))).unwrap();
    let signed_data = sequence(&[
        &integer(data.version),
        &set_of(&data.digest_algorithms),
        &sequence(&[&oid(DATA), &content]),
        &implicit(0, &set_of(&data.certificates)),
        &tlv(0x31, &infos.concat()),
    ]);
    sequence(&[&oid(SIGNED_DATA), &explicit(0, &signed_data)])
}

#[test]
fn no_bit_of_a_signature_can_change_under_its_record() {
    let data = signed_by("doctor");
    let plain = data.to_der();
    let before = Hash::Sha256.digest(&plain);
    let held = holding(&data, 0, INTERNAL, &[&before]);
    let bytes = held.to_der();
    let record = held.signers[0].unsigned_attributes[0].clone();
    let own = bytes.windows(record.len()).position(|window| window == record).unwrap();
    let mut read = 0;
    for position in (0..bytes.len()).filter(|at| !(own..own + record.len()).contains(at)).step_by(5) {
        let mut bent = bytes.clone();
        bent[position] ^= 1 << (position % 8);
        let Some(observed) = try_observe(&bent) else { continue };
        read += 1;
        let records = observed.signatures.iter().flat_map(|signature| &signature.evidence_records);
        let covering = records.filter(|record| record.timestamps().all(|t| t.protects == ImprintStatus::Intact));
        assert!(covering.filter(|record| !record.chains.is_empty()).count() == 0, "octet {position}");
    }
    assert!(read > 100, "only {read} structures could be read");
}
