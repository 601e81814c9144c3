//! CMS that is deep, long or many.

use std::sync::OnceLock;

use kenin_base::Resource;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{DATA, SIGNED_DATA, SignedData, Signer, SignerInfo, attribute, attribute_of};
use kenin_testkit::encode::{explicit, integer, octets, oid, sequence, tlv};
use kenin_testkit::tokens::TokenSpec;
use kenin_testkit::{TSA_POLICY, World};

use crate::{Document, Expected, Row};

const MILLION: usize = 1_000_000;
const NOTE: &[u8] = b"DEMO note";
const COUNTER_SIGNATURE: &str = "1.2.840.113549.1.9.6";
const SIGNATURE_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.14";
const ARCHIVE_V2: &str = "1.2.840.113549.1.9.16.2.48";
const CERTIFICATE_VALUES: &str = "1.2.840.113549.1.9.16.2.23";
/// An attribute that nobody knows.
const STRANGE: &str = "1.3.6.1.4.1.32473.9";

pub const ROWS: &[Row] = &[
    Row { id: "octet-strings-nested", expected: Expected::Limit(Resource::Asn1Depth), document: nested },
    Row { id: "octet-string-of-4000000-parts", expected: Expected::Limit(Resource::Asn1Elements), document: segments },
    Row { id: "digest-algorithms-1000000", expected: Expected::Limit(Resource::Asn1Elements), document: algorithms },
    Row {
        id: "digest-algorithms-200000",
        // RFC 5652 5.1 lets a set name algorithms that no signer uses; this signer has no signed attributes.
        expected: Expected::Finding("invalid", 1, "signed-attributes-missing"),
        document: fewer_algorithms,
    },
    Row { id: "attribute-values-1000000", expected: Expected::Limit(Resource::Asn1Elements), document: values },
    Row { id: "attributes-1000000", expected: Expected::Limit(Resource::Asn1Elements), document: attributes },
    Row { id: "structure-of-256-mib", expected: Expected::Limit(Resource::Asn1Bytes), document: long },
    Row { id: "signer-infos-1000000", expected: Expected::Limit(Resource::Signatures), document: signers },
    Row { id: "counter-signatures-100000", expected: Expected::Limit(Resource::Signatures), document: counters },
    Row { id: "timestamps-100000", expected: Expected::Limit(Resource::Signatures), document: timestamps },
    Row { id: "certificates-1000000", expected: Expected::Limit(Resource::Certificates), document: certificates },
    Row { id: "attribute-certificates-1000000", expected: Expected::Limit(Resource::Certificates), document: others },
    Row { id: "crls-1000000", expected: Expected::Limit(Resource::RevocationData), document: crls },
    Row { id: "one-key-in-2000-certificates", expected: Expected::Limit(Resource::SignatureChecks), document: checks },
    Row { id: "slow-key-in-200-certificates", expected: Expected::Limit(Resource::SignatureCost), document: cost },
    Row {
        id: "archive-timestamps-over-8-mib",
        expected: Expected::Limit(Resource::ArchiveHashedBytes),
        document: hashed,
    },
    Row { id: "archive-timestamps-over-9000", expected: Expected::Limit(Resource::CoveredObjects), document: covered },
];

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::build)
}

/// A SignedData of encoded parts, which the testkit would sort and copy.
#[derive(Default)]
struct Parts {
    algorithms: Vec<u8>,
    content: Vec<u8>,
    certificates: Vec<u8>,
    crls: Vec<u8>,
    signers: Vec<u8>,
}

impl Parts {
    fn new() -> Self {
        Self {
            algorithms: Hash::Sha256.identifier(),
            content: octets(NOTE),
            signers: small_signer(&[]),
            ..Self::default()
        }
    }

    fn document(&self) -> Document {
        let set = |tag: u8, content: &[u8]| if content.is_empty() { Vec::new() } else { tlv(tag, content) };
        let signed_data = sequence(&[
            &integer(1),
            &tlv(0x31, &self.algorithms),
            &sequence(&[&oid(DATA), &tlv(0xa0, &self.content)]),
            &set(0xa0, &self.certificates),
            &set(0xa1, &self.crls),
            &tlv(0x31, &self.signers),
        ]);
        Document::Octets(sequence(&[&oid(SIGNED_DATA), &explicit(0, &signed_data)]))
    }
}

/// A SignerInfo as small as one may be.
fn small_signer(unsigned: &[u8]) -> Vec<u8> {
    let sid = sequence(&[&sequence(&[]), &integer(1)]);
    let rsa = sequence(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]);
    let unsigned = if unsigned.is_empty() { Vec::new() } else { tlv(0xa1, unsigned) };
    sequence(&[&integer(1), &sid, &Hash::Sha256.identifier(), &rsa, &octets(&[0]), &unsigned])
}

fn with_unsigned(unsigned: &[u8]) -> Document {
    Parts { signers: small_signer(unsigned), ..Parts::new() }.document()
}

/// An unsigned attribute of many values.
fn with_values(kind: &str, value: &[u8], count: usize) -> Document {
    with_unsigned(&sequence(&[&oid(kind), &tlv(0x31, &value.repeat(count))]))
}

fn nested() -> Document {
    let content = [[0x24, 0x80].repeat(1_000), octets(NOTE), [0, 0].repeat(1_000)].concat();
    Parts { content, ..Parts::new() }.document()
}

fn segments() -> Document {
    let content = [vec![0x24, 0x80], octets(&[]).repeat(4 * MILLION), vec![0, 0]].concat();
    Parts { content, ..Parts::new() }.document()
}

fn algorithms() -> Document {
    Parts { algorithms: Hash::Sha256.identifier().repeat(MILLION), ..Parts::new() }.document()
}

fn fewer_algorithms() -> Document {
    Parts { algorithms: Hash::Sha256.identifier().repeat(MILLION / 5), ..Parts::new() }.document()
}

fn values() -> Document {
    with_values(STRANGE, &[5, 0], MILLION)
}

fn attributes() -> Document {
    with_unsigned(&sequence(&[&oid(STRANGE), &[0x31, 0]]).repeat(MILLION))
}

fn long() -> Document {
    const LENGTH: u32 = 256 << 20;
    let header = [&[0x30, 0x84], &LENGTH.to_be_bytes()[..], &oid(SIGNED_DATA)].concat();
    Document::Sparse(header, u64::from(LENGTH) + 6)
}

fn signers() -> Document {
    Parts { signers: small_signer(&[]).repeat(MILLION), ..Parts::new() }.document()
}

fn counters() -> Document {
    with_values(COUNTER_SIGNATURE, &small_signer(&[]), MILLION / 10)
}

fn timestamps() -> Document {
    with_values(SIGNATURE_TIME_STAMP, &sequence(&[]), MILLION / 10)
}

/// Elements that differ.
fn numbered(tag: u8) -> Vec<u8> {
    (0..MILLION).flat_map(|number| tlv(tag, &octets(&number.to_be_bytes()))).collect()
}

fn certificates() -> Document {
    Parts { certificates: numbered(0x30), ..Parts::new() }.document()
}

fn others() -> Document {
    Parts { certificates: numbered(0xa2), ..Parts::new() }.document()
}

fn crls() -> Document {
    Parts { crls: numbered(0x30), ..Parts::new() }.document()
}

/// Signers whose certificate lies beside them in many variants, each with the same key: every one has to be tried.
fn tried(card: &str, variants: u32, signers: usize) -> Document {
    let identity = world().identity(card);
    let certificates: Vec<u8> = (0..variants).flat_map(|number| variant(&identity.der, number)).collect();
    let values = attribute(CERTIFICATE_VALUES, &tlv(0x30, &certificates));
    let signer = Signer::of_data(identity);
    let mut info = signer.sign(signer.attributes(NOTE));
    info.signature = signer.sign(signer.attributes(b"another note")).signature;
    let mut infos: Vec<SignerInfo> = vec![info; signers];
    infos[0].unsigned_attributes.push(values);
    let algorithms = infos[0].digest_algorithm.clone();
    let signers = infos.iter().flat_map(SignerInfo::to_der).collect();
    Parts { algorithms, signers, ..Parts::new() }.document()
}

/// The same certificate with other last octets, which lie in its signature value.
pub fn variant(certificate: &[u8], number: u32) -> Vec<u8> {
    let (rest, _) = certificate.split_at(certificate.len() - 4);
    [rest, &number.to_be_bytes()].concat()
}

fn checks() -> Document {
    tried("doctor", 2_000, 11)
}

fn cost() -> Document {
    tried("doctor-p521", 200, 20)
}

/// A signature over `content` with as many archive timestamps and CRLs.
fn archived(content: &[u8], stamps: usize, crls: u64) -> Document {
    let token = TokenSpec::over(NOTE, world().identity("tsu-a"), TSA_POLICY, "20240520013005Z").to_der();
    let signer = Signer::of_data(world().identity("doctor"));
    let mut info = signer.sign(signer.attributes(content));
    info.unsigned_attributes = vec![attribute_of(ARCHIVE_V2, &vec![token; stamps])];
    let crls: Vec<Vec<u8>> = (0..crls).map(|number| sequence(&[&integer(number)])).collect();
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    Document::Octets(SignedData::attached(info, content).carrying(&[world().certificate("doctor")], &crls).to_der())
}

fn hashed() -> Document {
    archived(&vec![0; 8 << 20], 200, 0)
}

fn covered() -> Document {
    archived(NOTE, 120, 9_000)
}
