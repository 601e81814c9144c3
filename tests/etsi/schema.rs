//! Asking xmllint.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use libtest_mimic::Failed;

use crate::render::Rendered;
use crate::root;

/// A schema that every report must satisfy.
#[derive(Clone)]
pub struct Schema {
    pub name: &'static str,
    path: PathBuf,
}

/// Whether the tests can be made.
pub fn xmllint() -> bool {
    Command::new("xmllint").arg("--version").output().is_ok_and(|output| output.status.success())
}

impl Schema {
    /// Our own.
    pub fn own() -> Self {
        Self { name: "own", path: root().join("tests/etsi/schema/validation-report.xsd") }
    }

    /// Our own, and ETSI's where `KENIN_ETSI_XSD` says where it is.
    pub fn all() -> Vec<Self> {
        let official = std::env::var_os("KENIN_ETSI_XSD").map(|path| Self { name: "etsi", path: path.into() });
        [Self::own()].into_iter().chain(official).collect()
    }

    /// That every report is accepted, in a few calls.
    pub fn accepts_all(&self, reports: &[Rendered]) -> Result<(), Failed> {
        assert!(!reports.is_empty());
        let texts = reports.iter().map(|one| (one.name.as_str(), one.xml.as_str()));
        let refused = self.refused(&texts.collect::<Vec<_>>());
        match refused.is_empty() {
            true => Ok(()),
            false => Err(refused.join("\n").into()),
        }
    }

    /// What xmllint says of those it does not accept, each under its name.
    pub fn refused(&self, texts: &[(&str, &str)]) -> Vec<String> {
        let own = format!("kenin-etsi-{}-{}-{:?}", self.name, std::process::id(), std::thread::current().id());
        let folder = std::env::temp_dir().join(own.replace(['(', ')'], ""));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let mut refused = Vec::new();
        for (batch, texts) in texts.chunks(200).enumerate() {
            let file = |index: usize| folder.join(format!("{batch}-{index}.xml"));
            texts.iter().enumerate().for_each(|(index, (_, text))| fs::write(file(index), text).unwrap());
            let mut command = Command::new("xmllint");
            command.args(["--nonet", "--noout", "--schema"]).arg(&self.path);
            let output = command.args((0..texts.len()).map(file)).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            for (index, (name, _)) in texts.iter().enumerate() {
                let file = file(index).display().to_string();
                // Silence, for example about a schema that does not compile, is no acceptance.
                if !said.lines().any(|line| line == format!("{file} validates")) {
                    let about = said.lines().filter(|line| line.starts_with(&file)).take(4);
                    let about: Vec<&str> = about.map(|line| line.trim_start_matches(&file)).collect();
                    let about = if about.is_empty() { said.lines().take(3).collect() } else { about };
                    refused.push(format!("{name} ({}): {}", self.name, about.join(" | ")));
                }
            }
        }
        let _ = fs::remove_dir_all(&folder);
        refused
    }
}
