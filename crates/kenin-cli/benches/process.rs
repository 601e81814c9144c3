//! The whole process on the sample, from start to exit code: what a script pays for one document.
//!
//!     cargo bench -p kenin-cli --bench process
//!
//! The aim is about 10 ms. Nothing is asserted: machines differ, and a timed test lies.
// A bench: a program that does not start should stop it, and its last line is the answer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};

fn process(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("process");
    group.bench_function("verify the sample", |b| b.iter(verify_sample));
    group.finish();
    let fastest = (0..200).map(|_| verify_sample()).min().unwrap_or_default();
    println!("kenin verify testdata/discharge-summary.pdf: {fastest:?} (aim: about 10 ms)");
}

fn verify_sample() -> Duration {
    let start = Instant::now();
    let mut kenin = Command::new(env!("CARGO_BIN_EXE_kenin"));
    kenin.args(["verify", "testdata/discharge-summary.pdf", "--trust", "testdata/demo-trust.toml", "--format", "json"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let status = kenin.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let time = start.elapsed();
    assert!(status.success(), "the sample is valid");
    time
}

criterion_group!(benches, process);
criterion_main!(benches);
