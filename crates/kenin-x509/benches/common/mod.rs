//! What the benches share: the miniature CA of the tests, and how a ratio is measured and shown.
#![allow(dead_code, unused_imports)] // every bench uses its own part

#[path = "../../tests/common/mod.rs"]
mod authority;

pub use authority::*;

use std::time::{Duration, Instant};

/// The time of one call: the median of five batches of `calls`.
pub fn median(calls: u32, mut work: impl FnMut()) -> Duration {
    let mut batches: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| work());
            start.elapsed() / calls
        })
        .collect();
    batches.sort();
    batches[2]
}

/// Prints what something took and how that compares with its floor.
pub fn compare(what: &str, took: Duration, floor: Duration) {
    println!("{what}: {took:?} = {:.2} x floor", took.as_secs_f64() / floor.as_secs_f64());
}
