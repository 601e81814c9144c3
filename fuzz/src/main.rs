//! libFuzzer over one target of `targets.rs`, chosen by `KENIN_FUZZ_TARGET`. `fuzz/run` builds and starts it.
#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();
    TARGET.get_or_init(chosen)(data);
});

fn chosen() -> fn(&[u8]) {
    let name = std::env::var("KENIN_FUZZ_TARGET").expect("KENIN_FUZZ_TARGET names a target");
    targets::TARGETS.iter().find(|target| target.name == name).map(|target| target.run).expect("a known target")
}
