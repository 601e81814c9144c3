//! What a verification costs, of the sample and of records that were renewed, against what no verifier could save: its distinct public-key operations
//! with keys at hand, and one pass of every digest algorithm over the file. Both are measured in the same run.
//!
//!     cargo bench -p kenin --bench verify
//!
//! The aim is a ratio of at most 3 with a warm verifier. Nothing is asserted: machines differ, and a timed test lies.
// A bench: a sample that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod floor;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use floor::{Operation, digest_algorithms, fresh_operations};
use kenin::{
    Facts, ObserveOptions, Policy, Report, Source, SuppliedEvidence, TrustProfile, UtcTime, Verdict, Verifier, observe,
};
use kenin_crypto::digest;
use kenin_facts::EvidenceKind;
use kenin_x509::{Certificate, Crl};
use mimalloc::MiMalloc;

/// The program's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A document, whom to believe, when, and the lists given beside it.
struct Sample {
    name: &'static str,
    bytes: &'static [u8],
    trust: &'static str,
    time: &'static str,
    lists: &'static [&'static [u8]],
}

const AGEING: &str = include_str!("../../../testdata/ageing-trust.toml");
const LIST: &[u8] = include_bytes!("../../../testdata/ageing/tsa-2034.crl");
const SAMPLES: &[Sample] = &[
    Sample {
        name: "sample",
        bytes: include_bytes!("../../../testdata/discharge-summary.pdf"),
        trust: include_str!("../../../testdata/demo-trust.toml"),
        time: "2024-05-21T00:00:00Z",
        lists: &[],
    },
    // Three document timestamps, each over the store that verifies the one before; judged when only the last unit lives.
    Sample {
        name: "PAdES-LTA, three generations",
        bytes: include_bytes!("../../../testdata/ageing/pades-lta-2026.pdf"),
        trust: AGEING,
        time: "2034-05-02T00:00:00Z",
        lists: &[LIST],
    },
    // An evidence record of three archive timestamps, the last a new hash tree.
    Sample {
        name: "CAdES with an evidence record, three generations",
        bytes: include_bytes!("../../../testdata/ageing/cades-evidence-record.p7m"),
        trust: AGEING,
        time: "2034-05-02T00:00:00Z",
        lists: &[LIST],
    },
    Sample {
        name: "CAdES-LTA, two generations",
        bytes: include_bytes!("../../../testdata/ageing/cades-lta-2026.p7m"),
        trust: AGEING,
        time: "2034-05-02T00:00:00Z",
        lists: &[LIST],
    },
    Sample {
        name: "prescription, XAdES-LT",
        bytes: include_bytes!("../../../testdata/xades/prescription-lt.xml"),
        trust: include_str!("../../../testdata/demo-trust.toml"),
        time: "2024-05-21T00:00:00Z",
        lists: &[],
    },
    Sample {
        name: "dispensing record, two XAdES-T",
        bytes: include_bytes!("../../../testdata/xades/dispensing-t.xml"),
        trust: include_str!("../../../testdata/demo-trust.toml"),
        time: "2024-05-21T00:00:00Z",
        lists: &[],
    },
    Sample {
        name: "prescription, XAdES-LTA",
        bytes: include_bytes!("../../../testdata/xades/prescription-lta.xml"),
        trust: include_str!("../../../testdata/demo-trust.toml"),
        time: "2024-05-21T00:00:00Z",
        lists: &[],
    },
];

fn verification(criterion: &mut Criterion) {
    SAMPLES.iter().for_each(|sample| measure(criterion, sample));
}

fn measure(criterion: &mut Criterion, sample: &Sample) {
    let source = Source::bytes(sample.bytes.to_vec());
    let warm = sample.verifier();
    let report = sample.verify(&warm, &source);
    assert_eq!(report.verdict, Verdict::Valid, "{} is sound", sample.name);
    let facts = observe(&source, &sample.options(&warm)).unwrap();
    let fresh = fresh_operations(&facts);
    let shared = shared_operations(&facts);
    let digests = digest_algorithms(&fresh);

    let mut group = criterion.benchmark_group(sample.name);
    group.bench_function("warm verifier", |b| b.iter(|| sample.verify(&warm, &source)));
    group.bench_function("cold verifier", |b| b.iter(|| sample.verify(&sample.verifier(), &source)));
    group.bench_function("observe, warm", |b| b.iter(|| observe(&source, &sample.options(&warm)).unwrap()));
    group.bench_function("judge, warm", |b| b.iter(|| warm.judge_at(&facts, UtcTime::parse(sample.time).unwrap())));
    group.finish();

    let keys = fastest(|| fresh.iter().for_each(Operation::run));
    let certificates = fastest(|| shared.iter().for_each(Operation::run));
    let hashing = fastest(|| digests.iter().for_each(|algorithm| drop(black_box(digest(*algorithm, sample.bytes)))));
    let warm_call = fastest(|| drop(black_box(sample.verify(&warm, &source))));
    let cold_call = fastest(|| drop(black_box(sample.verify(&sample.verifier(), &source))));
    println!(
        "{}: floor: {} signatures of the document {keys:?}, {} pass(es) over {} bytes {hashing:?}",
        sample.name,
        fresh.len(),
        digests.len(),
        sample.bytes.len()
    );
    println!("       {} signatures on certificates and CRLs {certificates:?}, kept by a warm verifier", shared.len());
    println!("warm verifier: {warm_call:?} = {:.2} x floor (aim: 3)", ratio(warm_call, keys + hashing));
    println!(
        "cold verifier: {cold_call:?} = {:.2} x floor with certificates and CRLs",
        ratio(cold_call, keys + hashing + certificates)
    );
}

impl Sample {
    fn verifier(&self) -> Verifier {
        Verifier::new(TrustProfile::from_toml(self.trust).unwrap(), Policy::mhlw_6_0())
    }

    fn options(&self, verifier: &Verifier) -> ObserveOptions {
        let lists = self.lists.iter().flat_map(|list| SuppliedEvidence::read("bench", list).unwrap());
        ObserveOptions { evidence: lists.collect(), ..verifier.observe_options() }
    }

    fn verify(&self, verifier: &Verifier, source: &Source) -> Report {
        let facts = observe(source, &self.options(verifier)).unwrap();
        verifier.judge_at(&facts, UtcTime::parse(self.time).unwrap())
    }
}

/// The signatures on certificates and CRLs that the document carries; a pinned root vouches for itself.
fn shared_operations(facts: &Facts) -> Vec<Operation> {
    let certificates: Vec<Arc<Certificate>> = facts
        .evidence
        .of_kind(EvidenceKind::Certificate)
        .map(|(_, item)| Arc::new(Certificate::parse(item.der.as_slice()).unwrap()))
        .collect();
    let issuer = |name| certificates.iter().find(|c| c.subject() == name && c.is_ca()).map(Arc::clone);
    let issued = certificates
        .iter()
        .filter(|c| !c.is_self_issued())
        .filter_map(|c| Some(Operation::new(issuer(c.issuer())?, c.scheme().unwrap(), c.tbs(), c.signature())));
    let crls = facts.evidence.of_kind(EvidenceKind::Crl).map(|(_, item)| Crl::parse(item.der.as_slice()).unwrap());
    let lists: Vec<Crl> = crls.collect();
    let listed = lists.iter().filter_map(|list| {
        Some(Operation::new(issuer(list.issuer())?, list.scheme().unwrap(), list.tbs(), list.signature()))
    });
    issued.chain(listed).collect()
}

/// The time of one call, by the fastest of many batches: what the work costs when nothing disturbs it.
fn fastest(mut work: impl FnMut()) -> Duration {
    const CALLS: u32 = 20;
    let mut batch = || {
        let start = Instant::now();
        (0..CALLS).for_each(|_| work());
        start.elapsed() / CALLS
    };
    (0..50).map(|_| batch()).min().unwrap_or_default()
}

fn ratio(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64()
}

criterion_group!(benches, verification);
criterion_main!(benches);
