//! Shards: the parts of a list together are the whole, each is written at once or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

use crate::archive::{Archive, Run, TIME, TRUST, kenin, program, root};

const SHARDS: u32 = 4;

struct Sharded {
    archive: Archive,
    list: PathBuf,
    parts: PathBuf,
}

impl Sharded {
    fn new(name: &str) -> Self {
        let archive = Archive::new(name);
        let mut names: Vec<String> = fs::read_dir(root().join("testdata/pdf"))
            .unwrap()
            .map(|entry| format!("testdata/pdf/{}\n", entry.unwrap().file_name().to_str().unwrap()))
            .collect();
        names.sort();
        let (list, parts) = (archive.folder.join("list.txt"), archive.folder.join("parts"));
        fs::write(&list, names.concat()).unwrap();
        Self { archive, list, parts }
    }

    fn arguments(&self, shard: u32) -> Vec<String> {
        let [list, parts] = [&self.list, &self.parts].map(|path| path.to_str().unwrap().to_owned());
        let shard = format!("{shard}/{SHARDS}");
        let fixed = ["batch", "--manifest", &list, "--shard", &shard, "--results", &parts, "--trust", TRUST];
        fixed.into_iter().map(str::to_owned).collect()
    }

    fn run(&self, shard: u32, options: &[&str]) -> Run {
        let arguments = self.arguments(shard);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(options.iter().copied()).collect();
        kenin(&arguments)
    }

    fn parquet(&self, shard: u32) -> PathBuf {
        self.parts.join(format!("part-{shard:05}-of-{SHARDS:05}.parquet"))
    }

    fn meta(&self, shard: u32) -> Value {
        let path = self.parts.join(format!("part-{shard:05}-of-{SHARDS:05}.json"));
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }
}

/// The verdict of every document in a part.
fn verdicts(part: &Path) -> BTreeMap<String, String> {
    let reader = SerializedFileReader::new(File::open(part).unwrap()).unwrap();
    let text = |field: &Field| match field {
        Field::Str(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let rows = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns());
    rows.map(|row| {
        let of = |column: &str| text(&row.iter().find(|(name, _)| name == column).unwrap().1);
        (of("name"), of("verdict"))
    })
    .collect()
}

#[test]
fn parts_together_are_the_whole() {
    let sharded = Sharded::new("parts");
    let whole = &sharded.archive;
    whole.batch(&["--manifest", sharded.list.to_str().unwrap()]);
    let mut all = BTreeMap::new();
    let mut counted = 0;
    for shard in 1..=SHARDS {
        let run = sharded.run(shard, &["--time", TIME]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        let part = verdicts(&sharded.parquet(shard));
        let meta = sharded.meta(shard);
        let count = |verdict: &str| meta["counts"][verdict].as_u64().unwrap();
        let valid = part.values().filter(|verdict| *verdict == "valid").count();
        assert_eq!(count("valid"), u64::try_from(valid).unwrap());
        counted += ["valid", "invalid", "indeterminate", "unsigned", "errors"].map(count).iter().sum::<u64>();
        assert_eq!(meta["question"]["shard"], shard);
        all.extend(part);
    }
    assert_eq!(all, whole.verdicts());
    assert_eq!(counted, u64::try_from(all.len()).unwrap());
    let left: Vec<_> = fs::read_dir(&sharded.parts).unwrap().collect();
    assert_eq!(left.len(), 2 * usize::try_from(SHARDS).unwrap());
}

#[test]
fn a_part_that_is_there_is_made_again_only_for_another_question() {
    let sharded = Sharded::new("part-again");
    let made = |options: &[&str]| {
        let run = sharded.run(2, options);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        !run.stdout.contains("is there already")
    };
    assert!(made(&["--time", TIME]));
    assert!(!made(&["--time", TIME]));
    assert!(made(&["--time", "2024-05-22T00:00:00Z"]));
    assert!(made(&[]));
    assert!(!made(&[]));
    assert!(made(&["--policy", "signature"]));
    assert!(made(&["--policy", "signature", "--evidence", "testdata/ageing/tsa-2021.crl"]));
    let question = ["--policy", "signature"];
    assert!(made(&question));
    // A part that was damaged, or whose description was lost, is none.
    let mut bytes = fs::read(sharded.parquet(2)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(sharded.parquet(2), bytes).unwrap();
    assert!(made(&question));
    fs::remove_file(sharded.parts.join("part-00002-of-00004.json")).unwrap();
    assert!(made(&question));
    assert!(!made(&question));
    // Another list.
    let mut list = fs::read_to_string(&sharded.list).unwrap();
    list.push_str("testdata/pdf/absent.pdf\n");
    fs::write(&sharded.list, list).unwrap();
    assert!(made(&question));
}

#[test]
fn a_run_that_is_killed_leaves_no_part() {
    let sharded = Sharded::new("part-killed");
    for delay in [2, 10, 20, 40, 80] {
        let mut command = program();
        command.args(sharded.arguments(1)).args(["--time", TIME]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let killed = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        if sharded.parquet(1).exists() {
            // Nobody finds half of it.
            assert!(verdicts(&sharded.parquet(1)).len() > 30);
        } else {
            assert!(killed);
        }
    }
    assert_eq!(sharded.run(1, &["--time", TIME]).code, Some(1));
    assert!(verdicts(&sharded.parquet(1)).len() > 30);
}

#[test]
fn a_shard_is_one_of_a_list() {
    let sharded = Sharded::new("part-usage");
    let results = sharded.parts.to_str().unwrap();
    for arguments in [
        vec!["batch", "--manifest", "x", "--shard", "0/4", "--results", results],
        vec!["batch", "--manifest", "x", "--shard", "5/4", "--results", results],
        vec!["batch", "--manifest", "x", "--shard", "1", "--results", results],
        vec!["batch", "testdata/pdf", "--shard", "1/4", "--results", results],
        vec!["batch", "--manifest", "x", "--shard", "1/4", "--resume", "--results", results],
    ] {
        assert_eq!(kenin(&arguments).code, Some(4), "{arguments:?}");
    }
}
