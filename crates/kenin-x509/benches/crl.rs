//! What a large CRL costs: reading it against one SHA-256 pass over the same octets, which finding its cached form needs
//! anyway, and looking serial numbers up.
//!
//!     cargo bench -p kenin-x509 --bench crl
//!
//! `KENIN_CRL=FILE` reads that CRL (DER) instead of the one made here. Nothing is asserted about time.
// A bench: a CRL that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, missing_docs)]

mod common;

use std::hint::black_box;
use std::time::Instant;

use common::{Party, compare, entry, integer, median, reason};
use criterion::{Criterion, criterion_group, criterion_main};
use kenin_x509::Crl;

/// Makes a list of 1.2 MB.
const ENTRIES: u32 = 31_000;
const LOOKUPS: u32 = 100_000;

fn large_crl(criterion: &mut Criterion) {
    let der = match std::env::var_os("KENIN_CRL") {
        Some(path) => std::fs::read(path).unwrap(),
        None => made(),
    };
    let crl = Crl::parse(&der).unwrap();
    let mut group = criterion.benchmark_group("crl");
    group.bench_function("parse", |b| b.iter(|| Crl::parse(&der).unwrap()));
    group.bench_function("SHA-256", |b| b.iter(|| kenin_crypto::sha256(&der)));
    group.finish();

    let hashing = median(20, || _ = black_box(kenin_crypto::sha256(&der)));
    let parsing = median(20, || drop(black_box(Crl::parse(&der).unwrap())));
    println!("floor: one SHA-256 pass over {} octets {hashing:?}", der.len());
    compare(&format!("parse, {} entries", crl.len()), parsing, hashing);
    if std::env::var_os("KENIN_CRL").is_none() {
        lookups(&crl);
    }
}

/// Serial numbers that look random, as CAs are asked to give; none twice.
fn serial(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761)
}

fn made() -> Vec<u8> {
    let entries: Vec<Vec<u8>> = (0..ENTRIES).map(|n| entry(serial(n), &[reason(1)])).collect();
    Party::root("Root", 1).crl(&entries, &[]).der().to_vec()
}

fn lookups(crl: &Crl) {
    let queries = |from: u32| -> Vec<Vec<u8>> {
        (0..LOOKUPS).map(|n| integer(serial(from + n % ENTRIES))[2..].to_vec()).collect()
    };
    for (what, queries, found) in [("hits", queries(0), LOOKUPS), ("misses", queries(ENTRIES), 0)] {
        let start = Instant::now();
        let hits = queries.iter().filter(|serial| black_box(crl.lookup(serial)).is_some()).count();
        let took = start.elapsed();
        assert_eq!(u32::try_from(hits), Ok(found));
        println!("{LOOKUPS} {what}: {took:?}, {:?} each", took / LOOKUPS);
    }
}

criterion_group!(benches, large_crl);
criterion_main!(benches);
