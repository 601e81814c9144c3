//! An archive in a bucket, verified into results.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs};

use kenin::{Policy, Sha256, TimeSource, TrustProfile, UtcTime, Verifier};
use kenin_archive::{
    Begin, Conditions, Counts, Engine, Keeper, Objects, Progress, Results, Root, Selection, Stop, Store, Task,
};

use crate::bucket::Bucket;
use crate::faults::{Fault, Faults};
use crate::open;

fn testdata(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)).unwrap()
}

/// Results of their own, gone at the end.
struct Kept(PathBuf);

impl Kept {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("kenin-objects-{}-{name}.db", std::process::id()));
        let _ = fs::remove_file(&path);
        Self(path)
    }

    /// Verifies what is below an address; how many were left alone, and how everything stands.
    fn run(&self, objects: Objects) -> (u64, Counts) {
        let trust = String::from_utf8(testdata("demo-trust.toml")).unwrap();
        let verifier = Verifier::new(TrustProfile::from_toml(&trust).unwrap(), Policy::mhlw_6_0());
        let time = (UtcTime::parse("2024-05-21T00:00:00Z").unwrap(), TimeSource::Given);
        let conditions = Conditions { verifier: &verifier, time, evidence_sha256: Sha256([0; 32]) };
        let mut store = Store::begin(&self.0, &conditions, "", Begin::New).unwrap();
        let engine = Engine { verifier: &verifier, time, options: verifier.observe_options(), jobs: 2 };
        let mut known = store.known(Selection::default()).unwrap();
        let roots = [Root::Objects(Arc::new(objects))];
        let keeper = Keeper::new(false);
        let task = Task {
            roots: &roots,
            wants: &mut |entry| known.wants(entry),
            keep: &|outcome| keeper.keep(outcome),
            progress: &Progress::default(),
            stop: &Stop::default(),
        };
        engine.run(task, &mut store).unwrap();
        store.finish(&known, &roots).unwrap();
        (known.unchanged(), store.counts().unwrap())
    }

    /// Verdict, and the system's reason, of every document that is there.
    fn verdicts(&self) -> BTreeMap<String, (String, Option<String>)> {
        let mut verdicts = BTreeMap::new();
        let results = Results::open(&self.0).unwrap();
        let rows = results.for_each(|row| {
            let record = row.record;
            if !row.gone {
                verdicts.insert(record.name.to_string(), (record.verdict, record.error_reason));
            }
            Ok::<_, kenin_archive::StoreError>(())
        });
        rows.unwrap();
        verdicts
    }

    fn verdict(&self, name: &str) -> String {
        self.verdicts()[&format!("s3://archive/{name}")].0.clone()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", self.0.display()));
        }
    }
}

fn archive() -> Bucket {
    let bucket = Bucket::default();
    bucket.put("2024/summary.pdf", testdata("pdf/pades-lt.pdf"));
    bucket.put("2024/tampered.pdf", testdata("pdf/a1-flipped-text.pdf"));
    bucket.put("letter.txt", testdata("content/note.txt"));
    bucket.put("letter.txt.bak", *b"between the two in a sorted listing");
    bucket.put("letter.txt.p7s", testdata("cms/cades-t-detached.p7s"));
    bucket.put("alone.p7s", testdata("cms/cades-t-detached.p7s"));
    bucket
}

#[test]
fn a_bucket_is_verified_like_a_folder() {
    let bucket = archive();
    let server = bucket.serve();
    let kept = Kept::new("bucket");
    let (unchanged, counts) = kept.run(open("s3://archive", server));
    assert_eq!(unchanged, 0);
    let expected = Counts { valid: 2, invalid: 1, indeterminate: 1, unsigned: 2, ..Counts::default() };
    assert_eq!(counts, expected, "{:?}", kept.verdicts());
    assert_eq!(
        (kept.verdict("letter.txt.p7s").as_str(), kept.verdict("alone.p7s").as_str()),
        ("valid", "indeterminate")
    );
    assert_eq!(kept.run(open("s3://archive", server)), (6, counts));
    // One is replaced, one removed; of what another prefix has nothing is said.
    bucket.put("2024/tampered.pdf", testdata("pdf/pades-lt.pdf"));
    bucket.remove("alone.p7s");
    let (unchanged, counts) = kept.run(open("s3://archive/2024", server));
    assert_eq!((unchanged, counts.gone), (1, 0));
    let (unchanged, counts) = kept.run(open("s3://archive", server));
    assert_eq!((unchanged, counts.gone), (5, 1));
    assert_eq!(kept.verdict("2024/tampered.pdf"), "valid");
}

#[test]
fn an_object_that_cannot_be_had_is_a_row_and_the_others_are_verified() {
    let bucket = archive();
    let server = bucket.serve();
    let faults = Faults::before(server, |request| match request.line.contains("/archive/2024/summary.pdf") {
        true => Fault::Cut(0),
        false => Fault::Pass,
    });
    let kept = Kept::new("faults");
    let (_, counts) = kept.run(open("s3://archive", faults.address));
    assert_eq!((counts.valid, counts.errors, counts.invalid), (1, 1, 1), "{:?}", kept.verdicts());
    let (verdict, reason) = kept.verdicts()["s3://archive/2024/summary.pdf"].clone();
    assert_eq!(verdict, "error");
    assert!(reason.unwrap().starts_with("s3://archive/2024/summary.pdf: "));
    // It is tried again when the network is well.
    kept.run(open("s3://archive", server));
    assert_eq!(kept.verdict("2024/summary.pdf"), "valid");
}
