//! What the size of a PDF costs: files of 10,000 increments and of 1,000,000 objects against one SHA-256 pass over the
//! same octets, and against files of a half and a quarter of their size. Where the work is linear the ratio stays.
//!
//!     cargo bench -p kenin-pdf --bench linear
//!
//! Nothing is asserted about time.
// A bench: a file that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod made;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use kenin_base::{Budget, Source};
use kenin_cms::Observer;
use kenin_crypto::sha256;
use kenin_facts::Facts;
use kenin_pdf::{PdfOptions, object_table, observe};
use kenin_x509::CertificateCache;
use made::{adding_vri, classic, replacing, replacing_store, streams};

const INCREMENTS: usize = 10_000;
const OBJECTS: usize = 1_000_000;

type Made = fn(usize) -> Vec<u8>;

fn linear(criterion: &mut Criterion) {
    let files: [(&str, Made, usize); 5] = [
        ("increments that replace an object", replacing, INCREMENTS),
        ("increments that add a VRI entry", adding_vri, INCREMENTS),
        ("increments that replace the store", replacing_store, INCREMENTS),
        ("objects in one classic table", classic, OBJECTS),
        ("objects in object streams", streams, OBJECTS),
    ];
    for (what, make, count) in files {
        println!("\n{count} {what}");
        for part in [4, 2, 1] {
            let bytes = make(count / part);
            let source = Source::bytes(bytes.clone());
            let hashing = quickest(|| _ = black_box(sha256(&bytes)));
            let opening = quickest(|| assert!(opened(&source) > 0));
            let observing = quickest(|| assert!(observed(&source).problem.is_none()));
            println!(
                "  {:8} ({:10} octets): SHA-256 {hashing:8.1?}, opened {:5.1} x, observed {:5.1} x",
                count / part,
                bytes.len(),
                opening.as_secs_f64() / hashing.as_secs_f64(),
                observing.as_secs_f64() / hashing.as_secs_f64()
            );
        }
    }
    let source = Source::bytes(adding_vri(1000));
    criterion.bench_function("1,000 increments that add a VRI entry", |b| b.iter(|| observed(&source)));
}

fn opened(source: &Source) -> usize {
    object_table(source, &PdfOptions::default(), &Budget::default()).unwrap().len()
}

fn observed(source: &Source) -> Facts {
    let (budget, cache) = (Budget::default(), CertificateCache::new());
    observe(source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap()
}

/// The best of three: what disturbs a measurement makes it longer.
fn quickest(mut work: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    [(); 3].map(time).into_iter().min().unwrap()
}

criterion_group!(benches, linear);
criterion_main!(benches);
