use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use rusqlite::Connection;
use rusqlite::types::{FromSql, Value};

pub const TRUST: &str = "testdata/demo-trust.toml";
pub const TIME: &str = "2024-05-21T00:00:00Z";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What a run of the program said.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenin"));
    command.current_dir(root()).env("LC_ALL", "C.UTF-8");
    command
}

pub fn kenin(arguments: &[&str]) -> Run {
    program().args(arguments).output().unwrap().into()
}

/// A folder of its own with a results file, gone at the end.
pub struct Archive {
    pub folder: PathBuf,
}

impl Archive {
    pub fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("kenin-batch-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    pub fn results(&self) -> PathBuf {
        self.folder.join("results.db")
    }

    /// `kenin batch` with these roots and options.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .arg("batch")
            .args(arguments)
            .arg("--results")
            .arg(self.results())
            .args(["--trust", TRUST, "--time", TIME]);
        command
    }

    pub fn batch(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    pub fn connection(&self) -> Connection {
        Connection::open(self.results()).unwrap()
    }

    /// The only value that a query gives.
    pub fn one<T: FromSql>(&self, sql: &str) -> T {
        self.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub fn column<T: FromSql>(&self, sql: &str) -> Vec<T> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    pub fn verdicts(&self) -> std::collections::BTreeMap<String, String> {
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT CAST(name AS TEXT), verdict FROM document").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Everything that is kept, in an order of its own, without the numbers of runs and documents, which depend on it.
    pub fn dump(&self) -> Vec<Vec<Value>> {
        let connection = self.connection();
        let mut rows = Vec::new();
        for sql in [
            "SELECT * FROM document ORDER BY name",
            "SELECT s.*, d.name FROM signature s JOIN document d ON d.id = s.document ORDER BY d.name, s.number",
            "SELECT f.*, d.name FROM facts f JOIN document d ON d.id = f.document ORDER BY d.name",
            "SELECT * FROM evidence ORDER BY sha256",
            "SELECT * FROM profile ORDER BY sha256",
        ] {
            let mut statement = connection.prepare(sql).unwrap();
            let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
            let kept = |column: &usize| {
                !["run", "document"].contains(&names[*column].as_str()) && (names[*column] != "id" || *column != 0)
            };
            let columns: Vec<usize> = (0..names.len()).filter(kept).collect();
            let read = statement
                .query_map([], |row| columns.iter().map(|column| row.get::<_, Value>(*column)).collect())
                .unwrap();
            rows.extend(read.map(|row: Result<Vec<Value>, _>| row.unwrap()));
        }
        rows
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
