//! What an archive of HPKI PAdES-T files costs, against what no verifier could save and against pyHanko, in one run.
//!
//!     cargo xtask throughput [--documents N]
//!
//! Every file is of 300 KB and its own, with one signature and one timestamp. Each number is the median of five. The aim is
//! 2.5 times the floor. Nothing is asserted but the verdicts: machines differ, and a timed test lies.
// A bench: a document that is not as expected should stop it, and its lines are the answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../../kenin/benches/floor/mod.rs"]
mod floor;

use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use floor::{Operation, digest_algorithms, fresh_operations};
use kenin::{Policy, Sha256, Source, TimeSource, TrustProfile, UtcTime, Verdict, Verifier, observe};
use kenin_archive::{Begin, Conditions, Engine, Keeper, Progress, Root, Selection, Stop, Store, Task};
use kenin_crypto::digest;
use kenin_testkit::{World, hospital};
use mimalloc::MiMalloc;
use serde_json::{Value, json};

/// The program's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const DOCUMENTS: u64 = 500;
const SIZE: usize = 300_000;
const RUNS: usize = 5;
/// Files that pyHanko is asked about: it takes tens of milliseconds for each.
const OF_PYHANKO: usize = 50;

fn main() {
    let archive = Archive::write(documents());
    let files = archive.files();
    let bytes: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).unwrap()).collect();
    let number = files.len();
    println!("{number} files, {} bytes on average", bytes.iter().map(Vec::len).sum::<usize>() / number);

    let verifier = archive.verifier();
    let operations: Vec<Vec<Operation>> = bytes.iter().map(|bytes| archive.operations(&verifier, bytes)).collect();
    let per_file = |time: Duration| time / u32::try_from(number).unwrap();
    let keys = per_file(median(|| operations.iter().flatten().for_each(Operation::run)));
    let hashing = per_file(median(|| {
        for (operations, bytes) in operations.iter().zip(&bytes) {
            digest_algorithms(operations).iter().for_each(|algorithm| drop(black_box(digest(*algorithm, bytes))));
        }
    }));
    let floor = keys + hashing;
    println!("floor: {floor:?} a file: {keys:?} for its signatures with keys at hand, {hashing:?} for hashing it once");

    let parts = Parts::of(&archive, &verifier, &files);
    println!("kenin's parts: {:?} observing, {:?} judging", parts.observing, parts.judging);
    let [one, two] = [1, 2].map(|jobs| per_file(median(|| archive.batch(jobs))));
    println!("kenin batch, one worker: {one:?} a file = {:.2} x floor (aim: 2.5)", ratio(one, floor));
    println!("kenin batch, two workers: {two:?} a file, {:.2} times as fast", ratio(one, two));
    match archive.pyhanko(files.get(..OF_PYHANKO).unwrap_or(&files)) {
        Some(theirs) => {
            println!("pyHanko, one process: {theirs:?} a file = {:.0} x kenin with one worker", ratio(theirs, one));
        }
        None => println!("pyHanko: not asked (KENIN_PYHANKO names a Python with it: docs/testing.md)"),
    }
}

fn documents() -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--documents").skip(1);
    arguments.next().map_or(DOCUMENTS, |number| number.parse().expect("--documents N"))
}

/// The files, in a folder that is gone at the end.
struct Archive {
    folder: PathBuf,
    trust: TrustProfile,
}

impl Archive {
    fn write(documents: u64) -> Self {
        let folder = std::env::temp_dir().join(format!("kenin-throughput-{}", std::process::id()));
        hospital::write_pades_t(&folder, documents, SIZE).unwrap();
        let trust = TrustProfile::from_toml(&fs::read_to_string(folder.join("trust.toml")).unwrap()).unwrap();
        Self { folder, trust }
    }

    fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    fn files(&self) -> Vec<PathBuf> {
        let (mut files, mut waiting) = (Vec::new(), vec![self.documents()]);
        while let Some(folder) = waiting.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() { &mut waiting } else { &mut files }.push(path);
            }
        }
        files.sort();
        files
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(self.trust.clone(), Policy::mhlw_6_0())
    }

    /// The public-key operations of a file, which is sound, with their keys read.
    fn operations(&self, verifier: &Verifier, bytes: &[u8]) -> Vec<Operation> {
        let facts = observe(&Source::bytes(bytes.to_vec()), &verifier.observe_options()).unwrap();
        assert_eq!(verifier.judge_at(&facts, time()).verdict, Verdict::Valid);
        let operations = fresh_operations(&facts);
        assert_eq!(operations.len(), 2, "a signature and a timestamp");
        operations
    }

    /// As `kenin batch` does it, with a verifier that knows nothing yet and a results file of its own.
    fn batch(&self, jobs: usize) {
        let results = self.folder.join("results.db");
        let verifier = self.verifier();
        let time = (time(), TimeSource::Given);
        let conditions = Conditions { verifier: &verifier, time, evidence_sha256: Sha256([0; 32]) };
        let mut store = Store::begin(&results, &conditions, "", Begin::New).unwrap();
        let mut known = store.known(Selection::default()).unwrap();
        let engine = Engine { verifier: &verifier, time, options: verifier.observe_options(), jobs };
        let (roots, keeper) = ([Root::Path(self.documents())], Keeper::new(false));
        let task = Task {
            roots: &roots,
            wants: &mut |entry| known.wants(entry),
            keep: &|outcome| keeper.keep(outcome),
            progress: &Progress::default(),
            stop: &Stop::default(),
        };
        engine.run(task, &mut store).unwrap();
        store.finish(&known, &roots).unwrap();
        let counts = store.counts().unwrap();
        assert_eq!((counts.valid, counts.troubles), (counts.total(), 0));
        drop(store);
        fs::remove_file(results).unwrap();
    }

    /// What pyHanko takes for one of these files.
    fn pyhanko(&self, files: &[PathBuf]) -> Option<Duration> {
        let python = std::env::var_os("KENIN_PYHANKO")?;
        let world = World::build();
        let anchor = |name: &str| {
            let path = self.folder.join(name).with_extension("cer");
            fs::write(&path, world.certificate(name)).unwrap();
            path
        };
        // TSU A is pinned by its certificate; pyHanko is given its issuer.
        let question = json!({ "files": files, "time": hospital::TIME, "runs": RUNS, "root": anchor("root"),
            "intermediate": anchor("signing-ca"), "tsa_root": anchor("public-ca") });
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pyhanko_throughput.py");
        let mut command = Command::new(python);
        let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python runs");
        child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).expect("pyHanko answers");
        assert_eq!(answer["valid"], json!(files.len()), "pyHanko finds every file valid: {answer}");
        let seconds: Option<Vec<f64>> = answer["seconds"].as_array().unwrap().iter().map(Value::as_f64).collect();
        Some(
            middle(seconds.unwrap().into_iter().map(Duration::from_secs_f64).collect())
                / u32::try_from(files.len()).unwrap(),
        )
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Where kenin's time goes, without the engine and the store.
struct Parts {
    observing: Duration,
    judging: Duration,
}

impl Parts {
    fn of(archive: &Archive, verifier: &Verifier, files: &[PathBuf]) -> Self {
        let observed =
            || files.iter().map(|path| observe(&Source::open(path).unwrap(), &verifier.observe_options()).unwrap());
        let number = u32::try_from(files.len()).unwrap();
        let observing = median(|| observed().for_each(|facts| drop(black_box(facts)))) / number;
        let facts: Vec<_> = observed().collect();
        let judging = median(|| {
            // A fresh verifier, so that nothing about these documents is kept from an earlier run.
            let verifier = archive.verifier();
            facts.iter().for_each(|facts| drop(black_box(verifier.judge_at(facts, time()))));
        });
        Self { observing, judging: judging / number }
    }
}

fn time() -> UtcTime {
    UtcTime::parse(hospital::TIME).unwrap()
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut run = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    middle((0..RUNS).map(|_| run()).collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).unwrap()
}

fn ratio(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64()
}
