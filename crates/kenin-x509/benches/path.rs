//! What finding and validating certification paths costs: an HPKI-shaped chain against its public-key operations with
//! keys at hand, and hostile collections of certificates, which have to be refused in less than 200 ms.
//!
//!     cargo bench -p kenin-x509 --bench path
//!
//! Nothing is asserted about time.
// A bench: a path that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, missing_docs)]

mod common;

use std::hint::black_box;
use std::sync::Arc;

use common::{Party, Template, ca_constraints, compare, extension, issue, key_usage, median, oid, policies, sequence};
use criterion::{Criterion, criterion_group, criterion_main};
use kenin_base::{Budget, Resource, UtcTime};
use kenin_crypto::{Message, verify};
use kenin_x509::path::{CertificatePool, PathInputs, PathSearch, PolicySet, SearchResult, TrustAnchors, validate_path};
use kenin_x509::{Certificate, SignatureCache};

/// The card's certificate, its CA and the root, RSA with 2048 bits.
const CHAIN: [&[u8]; 3] = [
    include_bytes!("../../../testdata/pki/doctor.cer"),
    include_bytes!("../../../testdata/pki/signing-ca.cer"),
    include_bytes!("../../../testdata/pki/root.cer"),
];
/// The policy that the card and its CA are issued under.
const SIGNING_POLICY: &str = "1.2.392.100495.1.5.1.1.3.1";

/// What a search works with.
struct Material {
    pool: CertificatePool,
    anchors: TrustAnchors,
    inputs: PathInputs,
}

impl Material {
    fn new(certificates: impl IntoIterator<Item = Arc<Certificate>>, anchor: &Certificate) -> Self {
        let anchors = [anchor.sha256()].into_iter().collect();
        Self { pool: certificates.into_iter().collect(), anchors, inputs: PathInputs::default() }
    }

    fn find(&self, certificate: &Arc<Certificate>, signatures: &SignatureCache, budget: &Budget) -> SearchResult {
        let Self { pool, anchors, inputs } = self;
        PathSearch { pool, anchors, inputs, signatures, budget }.find(certificate)
    }
}

fn hpki_chain(criterion: &mut Criterion) {
    let parse = || CHAIN.map(|der| Arc::new(Certificate::parse(der).unwrap()));
    let material = |chain: &[Arc<Certificate>; 3]| {
        let mut material = Material::new(chain.iter().map(Arc::clone), &chain[2]);
        material.inputs.initial_policies = PolicySet::Only([SIGNING_POLICY.parse().unwrap()].into_iter().collect());
        material.inputs.require_explicit_policy = true;
        material.inputs.preferred_time = UtcTime::parse("2024-05-21T00:00:00Z").ok();
        material
    };
    let chain = parse();
    let (kept, signatures) = (material(&chain), SignatureCache::new());
    let warm = || kept.find(&chain[0], &signatures, &Budget::default());
    let cold = || {
        let chain = parse();
        material(&chain).find(&chain[0], &SignatureCache::new(), &Budget::default())
    };
    assert_eq!(warm().best().unwrap().certificates, chain);

    let mut group = criterion.benchmark_group("HPKI chain");
    group.bench_function("warm", |b| b.iter(warm));
    group.bench_function("cold", |b| b.iter(cold));
    group.finish();

    let operations = || {
        for link in chain.windows(2) {
            let (scheme, message) = (link[0].scheme().unwrap(), Message::Octets(link[0].tbs()));
            assert!(verify(link[1].public_key().unwrap(), &scheme, message, link[0].signature()).is_intact());
        }
    };
    let floor = median(200, operations);
    println!("floor: {} public-key operations with keys at hand {floor:?}", chain.len() - 1);
    compare("HPKI chain, warm", median(200, || drop(black_box(warm()))), floor);
    compare("HPKI chain, cold", median(200, || drop(black_box(cold()))), floor);
}

/// Certificates of one name, each for another key and signed by the key before it; they lead nowhere.
fn mesh(size: u32) -> (Party, Vec<Party>) {
    let keys: Vec<Party> = (0..size).map(|n| Party::root("Mesh", 1000 + n)).collect();
    let certified = |(n, by): (u32, &Party)| {
        let to = &keys[usize::try_from((n + 1) % size).unwrap()];
        let extensions = vec![ca_constraints(), key_usage(0x06)];
        let template = Template { serial: n, issuer: &by.name, subject: &to.name, key: &to.key, extensions };
        Party { certificate: issue(&by.key, &template), ..to.clone() }
    };
    let mesh = (0..size).zip(&keys).map(certified).collect();
    (keys[0].clone(), mesh)
}

fn hostile(criterion: &mut Criterion) {
    let root = Party::root("Root", 1);
    let (first, crossed) = mesh(200);
    let user = first.issue("User", 3, vec![]).certificate;
    let material = Material::new(crossed.iter().map(|party| Arc::clone(&party.certificate)), &root.certificate);
    let refuse = || {
        let result = material.find(&user, &SignatureCache::new(), &Budget::default());
        assert_eq!(result.limit.unwrap().resource, Resource::PathSignatureChecks);
    };
    criterion.bench_function("200 cross-signed CAs", |b| b.iter(refuse));
    let keys: Vec<_> = crossed.iter().map(|party| &party.certificate).collect();
    let floor = median(3, || {
        for pair in keys.iter().cycle().take(101).collect::<Vec<_>>().windows(2) {
            let (scheme, message) = (pair[1].scheme().unwrap(), Message::Octets(pair[1].tbs()));
            _ = black_box(verify(pair[0].public_key().unwrap(), &scheme, message, pair[1].signature()));
        }
    });
    println!("floor: 100 public-key operations with keys at hand {floor:?}");
    compare("200 cross-signed CAs refused", median(3, refuse), floor);

    let (first, crowd) = mesh(2_000);
    let users: Vec<_> = (0..300).map(|n| first.issue("User", 3 + n, vec![]).certificate).collect();
    let material = Material::new(crowd.iter().map(|party| Arc::clone(&party.certificate)), &root.certificate);
    let took = median(1, || {
        let (signatures, budget) = (SignatureCache::new(), Budget::default());
        assert!(users.iter().all(|user| material.find(user, &signatures, &budget).limit.is_some()));
    });
    println!("300 signers among 2,000 cross-signed CAs refused: {took:?}");
}

/// Twenty levels of two policies, each mapped to both: a tree of RFC 5280 6.1.2 (a) would have 2^20 leaves.
fn policy_tree(criterion: &mut Criterion) {
    let names = ["1.2.3.1", "1.2.3.2"];
    let pairs = names.map(|from| names.map(|to| sequence(&[&oid(from), &oid(to)])).concat()).concat();
    let extensions = || vec![policies(&names), extension("2.5.29.33", true, &sequence(&[&pairs]))];
    let mut path = vec![Party::root("Root", 1)];
    for level in 0..20 {
        path.insert(0, path[0].intermediate(&format!("Level {level}"), 10 + level, extensions()));
    }
    path.insert(0, path[0].issue("User", 3, vec![policies(&names[..1])]));
    let path: Vec<_> = path.iter().map(|party| Arc::clone(&party.certificate)).collect();
    let initial_policies = PolicySet::Only(names.iter().map(|name| name.parse().unwrap()).collect());
    let inputs = PathInputs { initial_policies, require_explicit_policy: true, ..PathInputs::default() };
    let signatures = SignatureCache::new();
    let validate = || validate_path(&path, &inputs, &signatures, &Budget::default()).unwrap();
    criterion.bench_function("policy tree of 2^20", |b| b.iter(validate));
    println!("policy tree of 2^20, signatures known: {:?}", median(20, || drop(black_box(validate()))));
}

criterion_group!(benches, hpki_chain, hostile, policy_tree);
criterion_main!(benches);
