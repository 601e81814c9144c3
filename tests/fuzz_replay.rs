//! The fuzz targets without a fuzzer: every seed, every file of testdata/, truncations at every KB and seeded bit
//! flips run through the functions that libFuzzer drives (`fuzz/targets/`). A panic is a failure that names its
//! input; `fuzz/run` looks for new ones.
// A test: what cannot be read should stop it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kenin::Sha256;
use rayon::prelude::*;
use targets::{TARGETS, Target};

/// Bit flips of each file, at places that follow from its name and content.
const FLIPS: u64 = 24;

/// No input may keep a target busier, however bad it is.
const TIME_LIMIT: Duration = Duration::from_secs(10);

#[test]
fn seeds_and_crashes_of_the_fuzzer() {
    replay(|target| files(&root().join("fuzz/seeds").join(target.name)), |input| vec![input.clone()]);
}

#[test]
fn testdata_whole() {
    replay(|_| files(&root().join("testdata")), |input| vec![input.clone()]);
}

#[test]
fn testdata_truncated_at_every_kilobyte() {
    replay(of_target, |input| {
        let ends = (0..input.len()).step_by(1024).chain([input.len().saturating_sub(1)]);
        ends.map(|end| input[..end].to_vec()).collect()
    });
}

#[test]
fn testdata_with_a_bit_flipped() {
    replay(of_target, |input| {
        let flip = |n: u64| {
            let mut changed = input.clone();
            let place = usize::try_from(hash(n, input)).unwrap_or_default() % input.len().max(1);
            if let Some(octet) = changed.get_mut(place) {
                *octet ^= 1 << (n % 8);
            }
            changed
        };
        (0..FLIPS).map(flip).collect()
    });
}

/// Runs every target over the variants of its files.
fn replay(inputs: impl Fn(&Target) -> Vec<PathBuf>, variants: impl Fn(&Vec<u8>) -> Vec<Vec<u8>> + Sync) {
    let jobs: Vec<(&Target, PathBuf)> =
        TARGETS.iter().flat_map(|target| inputs(target).into_iter().map(move |path| (target, path))).collect();
    let failures: Vec<String> = jobs
        .into_par_iter()
        .flat_map_iter(|(target, path)| {
            let failures = variants(&fs::read(&path).unwrap()).into_iter().enumerate();
            let failed = failures.filter_map(|(n, input)| Some((n, failure(target, &input)?)));
            let named = |(n, why): (usize, String)| format!("{}: {} variant {n}: {why}", target.name, path.display());
            failed.map(named).collect::<Vec<_>>()
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn failure(target: &Target, input: &[u8]) -> Option<String> {
    let start = Instant::now();
    if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_err() {
        return Some("panicked".to_owned());
    }
    (start.elapsed() > TIME_LIMIT).then(|| format!("took {} s", start.elapsed().as_secs()))
}

/// The files of testdata/ that the fuzzer starts from, and the seeds.
fn of_target(target: &Target) -> Vec<PathBuf> {
    let folders = target.testdata.iter().map(|folder| root().join("testdata").join(folder));
    folders.chain([root().join("fuzz/seeds").join(target.name)]).flat_map(|folder| files(&folder)).collect()
}

/// Every file below a folder, sorted; none when the folder is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect();
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// A number that depends on every octet: the first eight of SHA-256.
fn hash(n: u64, input: &[u8]) -> u64 {
    let mut seeded = n.to_be_bytes().to_vec();
    seeded.extend_from_slice(input);
    let Sha256(digest) = kenin_crypto::sha256(&seeded);
    digest.iter().take(8).fold(0, |number, octet| number << 8 | u64::from(*octet))
}
