//! The interop corpus, which lies beside a checkout and is not part of it: `docs/testing.md`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Failed, Trial};

/// Tests over the corpus that share one pass over it.
pub struct Suite<R> {
    name: &'static str,
    /// Where the corpus is, if it is there.
    folder: Option<PathBuf>,
    required: bool,
    /// A program that the tests ask and that is not installed.
    missing: Option<&'static str>,
    #[allow(dead_code, reason = "as `trial`")]
    pass: fn(&Path) -> R,
    #[allow(dead_code, reason = "as `trial`")]
    shared: Arc<OnceLock<R>>,
}

impl<R: Send + Sync + 'static> Suite<R> {
    /// Looks for the corpus: `KENIN_CORPUS`, else `../shared/corpus` beside the checkout. `KENIN_REQUIRE_CORPUS=1`
    /// makes its absence a failure. `pass` is run once, by the first test that asks for it.
    pub fn new(name: &'static str, pass: fn(&Path) -> R) -> Self {
        let required = std::env::var_os("KENIN_REQUIRE_CORPUS").is_some_and(|value| value == "1");
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
        let folder = std::env::var_os("KENIN_CORPUS").map_or_else(beside, PathBuf::from);
        let folder = folder.join("expected.jsonl").is_file().then_some(folder);
        Self { name, folder, required, missing: None, pass, shared: Arc::default() }
    }

    /// The tests ask this program, too: without it they are as without the corpus.
    #[allow(dead_code, reason = "not every test program that shares this module has another program to ask")]
    pub fn needing(mut self, program: &'static str) -> Self {
        let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
        self.missing = (!found).then_some(program);
        self
    }

    /// A test of what the shared pass found.
    #[allow(dead_code, reason = "not every test program that shares this module makes such a pass")]
    pub fn trial(&self, name: &str, test: impl FnOnce(&R) -> Result<(), Failed> + Send + 'static) -> Trial {
        let (pass, shared) = (self.pass, Arc::clone(&self.shared));
        self.folder_trial(name, move |folder| test(shared.get_or_init(|| pass(folder))))
    }

    /// A test of the corpus itself: without it shown as ignored, unless it is required.
    pub fn folder_trial(&self, name: &str, test: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static) -> Trial {
        let ignored = (self.folder.is_none() || self.missing.is_some()) && !self.required;
        let (folder, missing) = (self.folder.clone(), self.missing);
        let trial = Trial::test(format!("{}::{name}", self.name), move || {
            if let Some(program) = missing {
                return Err(format!("{program} is not installed").into());
            }
            test(&folder.ok_or("the corpus is neither in $KENIN_CORPUS nor in ../shared/corpus")?)
        });
        trial.with_ignored_flag(ignored)
    }
}

/// That there are no failures, or all of them.
#[allow(dead_code, reason = "not every test program that shares this module lists failures")]
pub fn none(failures: impl Iterator<Item = String>) -> Result<(), Failed> {
    let failures: Vec<String> = failures.collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}
