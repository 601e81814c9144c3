//! The built program on one document, with what it took.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Document;

/// How often the memory is asked for. The kernel keeps its peak, so only what comes in the last moment is missed.
const PULSE: Duration = Duration::from_millis(2);

pub struct Measured {
    pub code: Option<i32>,
    pub report: Value,
    pub seconds: f64,
    /// Peak of the resident set; `None` where it cannot be asked for.
    pub megabytes: Option<u64>,
}

/// Judges a document under the default limits.
pub fn verify(id: &str, document: &Document) -> Result<Measured, String> {
    let folder = Folder::new(id);
    let (path, trust, policy) = match document {
        Document::Committed(name) => (testdata().join(name), "case-trust.toml", "signature"),
        Document::Case(octets) => (folder.write(octets, None), "case-trust.toml", "signature"),
        Document::Octets(octets) => (folder.write(octets, None), "demo-trust.toml", "mhlw-6.0"),
        Document::Sparse(octets, length) => (folder.write(octets, Some(*length)), "demo-trust.toml", "mhlw-6.0"),
    };
    // A pipe would make the program wait for us.
    let output = folder.0.join("report.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenin"));
    command.arg("verify").arg(path).args(["--format", "json", "--time", "2024-05-21T00:00:00Z", "--policy", policy]);
    command.arg("--trust").arg(testdata().join(trust)).stdin(Stdio::null());
    command.stdout(File::create(&output).unwrap()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let megabytes = peak(&mut child);
    let ended = child.wait_with_output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let error = || format!("no report, {}: {}", ended.status, String::from_utf8_lossy(&ended.stderr));
    let report = serde_json::from_slice(&fs::read(&output).unwrap()).map_err(|_| error())?;
    Ok(Measured { code: ended.status.code(), report, seconds, megabytes })
}

/// Waits for the end of a program.
fn peak(child: &mut Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes: Option<u64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kibibytes.map(|kibibytes| kibibytes / 1024));
        std::thread::sleep(PULSE);
    }
    peak
}

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata")
}

/// A folder of its own that goes when it is done with.
struct Folder(PathBuf);

impl Folder {
    fn new(id: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kenin-limits-{id}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, octets: &[u8], length: Option<u64>) -> PathBuf {
        let path = self.0.join("document");
        let mut file = File::create(&path).unwrap();
        file.write_all(octets).unwrap();
        length.into_iter().for_each(|length| file.set_len(length).unwrap());
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
