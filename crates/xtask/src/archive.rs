//! A large archive from end to end: every verdict of `kenin batch` beside the ledger, its memory and its time.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kenin_testkit::hospital::{Line, Summary};
use rusqlite::Connection;

/// Documents of an archive, unless another number is asked for.
pub const DOCUMENTS: u64 = 100_000;

/// The archive that the time of one document is compared with is this much smaller.
const SMALLER: u64 = 10;

/// How often the memory of a running program is looked at; its peak is kept by the system.
const LOOK: Duration = Duration::from_millis(20);

/// Judges an archive of `documents` on two cores and on one, and a small one, and prints what that says.
///
/// # Errors
/// Something cannot be built, written or run, or a verdict is not the ledger's.
pub fn run(documents: u64, folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let program = release("kenin-cli", "kenin")?;
    let generator = release("kenin-testkit", "kenin-testkit")?;
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let large = folder.map_or_else(|| target.join(format!("archive-{documents}")), Path::to_owned);
    let few = documents / SMALLER;
    let [large, small] = [(large, documents), (target.join(format!("archive-{few}")), few)]
        .map(|(folder, documents)| Archive::made(&generator, folder, documents));
    let (large, small) = (large?, small?);

    let [two, one] = [2, 1].map(|cores| large.judged(&program, cores));
    let (two, one, little) = (two?, one?, small.judged(&program, 1)?);
    say(&format!("two cores are {:.2} times as fast as one", one.seconds() / two.seconds()));
    let (each, of_small) = (one.seconds() / large.files(), little.seconds() / small.files());
    say(&format!(
        "one core, a document: {:.0} µs of {}, {:.0} µs of {} ({:+.1} %)",
        each * 1e6,
        large.lines.len(),
        of_small * 1e6,
        small.lines.len(),
        (each / of_small - 1.0) * 100.0
    ));
    Ok(())
}

/// A program of this workspace, built for release.
fn release(package: &str, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let build = Command::new(env!("CARGO")).args(["build", "--release", "--quiet", "-p", package]).status()?;
    let target = std::env::current_exe()?.ancestors().nth(2).map(|target| target.join("release").join(name));
    let program = target.filter(|program| build.success() && program.exists());
    program.ok_or_else(|| format!("{name} was not built").into())
}

/// A generated archive.
struct Archive {
    folder: PathBuf,
    summary: Summary,
    lines: Vec<Line>,
}

/// What came of judging one.
struct Run {
    time: Duration,
}

impl Run {
    fn seconds(&self) -> f64 {
        self.time.as_secs_f64()
    }
}

impl Archive {
    /// The archive in a folder, generated unless it is there already.
    fn made(generator: &Path, folder: PathBuf, documents: u64) -> Result<Self, Box<dyn Error>> {
        let summary =
            || -> Option<Summary> { toml::from_str(&fs::read_to_string(folder.join("archive.toml")).ok()?).ok() };
        if summary().is_none_or(|summary| summary.documents != documents) {
            say(&format!("generating {}", folder.display()));
            let mut command = Command::new(generator);
            command.arg("archive").arg(&folder).args(["--documents", &documents.to_string()]);
            if !command.status()?.success() {
                return Err("the archive was not generated".into());
            }
        }
        let summary = summary().ok_or("no archive.toml")?;
        let ledger = fs::read_to_string(folder.join("ledger.jsonl"))?;
        let lines = ledger.lines().map(serde_json::from_str).collect::<Result<Vec<Line>, _>>()?;
        // Whoever reads first waits for the disk, which is not what is compared.
        for line in &lines {
            fs::read(folder.join("documents").join(&line.path))?;
        }
        Ok(Self { folder, summary, lines })
    }

    fn files(&self) -> f64 {
        u32::try_from(self.lines.len()).map_or(f64::INFINITY, f64::from)
    }

    /// Judges it into a new results file and compares every verdict with the ledger.
    fn judged(&self, program: &Path, cores: u32) -> Result<Run, Box<dyn Error>> {
        let results = self.folder.join("results.db");
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", results.display()));
        }
        // One worker alone would use two cores: the walk and the writing of results have threads of their own.
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &format!("0-{}", cores - 1)]).arg(program);
        command.arg("batch").arg(self.folder.join("documents")).arg("--results").arg(&results);
        command.arg("--trust").arg(self.folder.join(&self.summary.trust)).args(["--policy", &self.summary.policy]);
        command.args(["--time", &self.summary.time, "--jobs", &cores.to_string(), "--quiet"]);
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).spawn()?;
        let mut peak = None;
        let status = loop {
            peak = peak_memory(child.id()).or(peak);
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(LOOK);
        };
        let time = start.elapsed();
        // Some documents are invalid.
        if status.code() != Some(1) {
            return Err(format!("kenin batch ended with {status}").into());
        }
        let counts = self.compare(&results)?;
        let memory = peak.map_or_else(|| "unknown".to_owned(), |kib| format!("{:.1} MB", f64::from(kib) * 1.024e-3));
        say(&format!(
            "{} files on {cores} core(s): {:.1} s, peak memory {memory}; every verdict is the ledger's: {counts}",
            self.lines.len(),
            time.as_secs_f64()
        ));
        Ok(Run { time })
    }

    /// The counts by verdict.
    fn compare(&self, results: &Path) -> Result<String, Box<dyn Error>> {
        let connection = Connection::open(results)?;
        let mut statement = connection.prepare("SELECT CAST(name AS TEXT), verdict FROM document")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut rows: BTreeMap<String, String> = rows.collect::<Result<_, _>>()?;
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut wrong = Vec::new();
        for line in &self.lines {
            let name = self.folder.join("documents").join(&line.path);
            let expected = code(line)?;
            let found = rows.remove(&*name.to_string_lossy());
            if found.as_ref() == Some(&expected) {
                *counts.entry(expected).or_default() += 1;
            } else {
                wrong.push(format!("{} ({}): {expected} expected, {found:?} found", line.path, line.kind));
            }
        }
        wrong.extend(rows.into_keys().map(|name| format!("{name}: not in the ledger")));
        if !wrong.is_empty() {
            let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
            return Err(format!("{} documents differ from the ledger:\n{shown}", wrong.len()).into());
        }
        Ok(counts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect::<Vec<_>>().join(", "))
    }
}

fn code(line: &Line) -> Result<String, Box<dyn Error>> {
    let value = serde_json::to_value(line.verdict)?;
    Ok(value.as_str().ok_or("a verdict is a word")?.to_owned())
}

/// The most memory that a running process has had, in KiB; Linux tells.
fn peak_memory(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn say(line: &str) {
    kenin_testkit::folder::complain(&line);
}
