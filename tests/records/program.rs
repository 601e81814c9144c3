//! The program run over files made in memory.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::documents::{File, world};

/// A judgement to be asked for: the file, what lies beside it, and how.
#[derive(Clone)]
pub struct Question {
    pub file: File,
    pub content: Option<Vec<u8>>,
    pub evidence: Vec<Vec<u8>>,
    pub time: String,
    /// Lines of the `signature` policy that are replaced.
    pub policy: Vec<(&'static str, &'static str)>,
    /// Lines of the trust profile that are replaced.
    pub trust: Vec<(&'static str, &'static str)>,
}

impl Question {
    pub fn new(file: File, time: &str) -> Question {
        Question {
            file,
            content: None,
            evidence: Vec::new(),
            time: time.to_owned(),
            policy: Vec::new(),
            trust: Vec::new(),
        }
    }

    /// What the program says of the first signature that is no document timestamp; `id` names the folder of its input.
    pub fn ask(&self, id: &str) -> Result<Value, String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("records").join(id);
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let put = |name: &str, bytes: &[u8]| -> Result<PathBuf, String> {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(path)
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_kenin"));
        command.args(["verify", "--format", "json", "--time", &self.time]);
        let trust = replaced(&world().trust_profile(""), &self.trust)?;
        command.arg("--trust").arg(put("trust.toml", trust.as_bytes())?);
        let own_name = ("name = \"signature\"", "name = \"records\"");
        let lines: Vec<_> = self.policy.iter().copied().chain([own_name]).collect();
        let policy = replaced(include_str!("../../crates/kenin-policy/data/signature.toml"), &lines)?;
        command.arg("--policy").arg(put("policy.toml", policy.as_bytes())?);
        for (index, der) in self.evidence.iter().enumerate() {
            command.arg("--evidence").arg(put(&format!("evidence-{index}.der"), der)?);
        }
        if let Some(content) = &self.content {
            command.arg("--content").arg(put("content", content)?);
        }
        let output = command.arg(put(self.file.name, &self.file.bytes)?).output().map_err(|error| error.to_string())?;
        let report: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("no JSON report ({error}): {}", String::from_utf8_lossy(&output.stderr)))?;
        let signatures = report["signatures"].as_array().into_iter().flatten();
        let signature = signatures.into_iter().find(|entry| entry["kind"] == "signature");
        signature.cloned().ok_or_else(|| "no signature in the report".to_owned())
    }
}

fn replaced(text: &str, lines: &[(&str, &str)]) -> Result<String, String> {
    let mut text = text.to_owned();
    for (line, other) in lines {
        if !text.contains(line) {
            return Err(format!("there is no {line}"));
        }
        text = text.replace(line, other);
    }
    Ok(text)
}
