//! libFuzzer over one target of `targets/`, chosen by `KENIN_FUZZ_TARGET`. `fuzz/run` builds and starts it.
#![no_main]

mod mutate;
#[path = "../targets/mod.rs"]
mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use targets::{TARGETS, Target};

fuzz_target!(|data: &[u8]| (chosen().run)(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(chosen().shape, data, size, max_size, seed)
});

fn chosen() -> &'static Target {
    static CHOSEN: OnceLock<&'static Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("KENIN_FUZZ_TARGET").expect("KENIN_FUZZ_TARGET names a target");
        TARGETS.iter().find(|target| target.name == name).expect("a known target")
    })
}
