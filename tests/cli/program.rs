//! Running the built program.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run came out.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The workspace's root, where `testdata/` is.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program in the workspace's root, English, without colour or inherited locale.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenin"));
    command.current_dir(root());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program with arguments.
pub fn kenin<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    finish(command().args(arguments).stdin(Stdio::null()))
}

/// Runs a prepared command to its end.
pub fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program with these bytes on its standard input.
pub fn piped(arguments: &[&str], input: &[u8]) -> Run {
    let mut child =
        command().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `verify` under the demo profile at the time the demo documents were fresh.
pub fn verify(arguments: &[&str]) -> Run {
    let judging = ["verify", "--trust", "testdata/demo-trust.toml", "--time", "2024-05-21T00:00:00Z"];
    kenin(judging.iter().chain(arguments))
}

/// A fresh folder that is removed when it goes out of scope.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kenin-cli-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Puts a copy of a testdata file into the folder.
    pub fn with(self, name: &str, testdata: &str) -> Self {
        std::fs::create_dir_all(self.0.join(name).parent().unwrap()).unwrap();
        std::fs::copy(root().join("testdata").join(testdata), self.0.join(name)).unwrap();
        self
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
