//! A trust profile as the file that people keep: added to at its end, never rewritten.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kenin::Catalogue;
use kenin::TrustProfile;

use super::entry::Entry;
use crate::exit::Failure;
use crate::{files, resolve};

/// A profile file, or what it is going to be.
pub struct ProfileFile {
    path: PathBuf,
    /// Whether the file has to be made.
    new: bool,
    /// Its text, with what was added.
    text: String,
    profile: TrustProfile,
}

impl ProfileFile {
    /// Reads the file, or starts one from the profile `base` when there is none.
    pub fn open(path: &Path, base: Option<&str>, catalogue: &Catalogue) -> Result<Self, Failure> {
        let (text, new) = match fs::read_to_string(path) {
            Ok(text) => (text, false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let missing = || Failure::usage("usage-import-base", [("path", path.display().to_string())]);
                (derived(path, &resolve::trust(base.ok_or_else(missing)?)?, catalogue), true)
            }
            Err(error) => {
                return Err(Failure::io("usage-file", [name(path), ("reason", error.to_string())]));
            }
        };
        let profile = read(path, &text)?;
        Ok(Self { path: path.to_owned(), new, text, profile })
    }

    /// The profile as it stands.
    pub fn profile(&self) -> &TrustProfile {
        &self.profile
    }

    /// Adds an entry to the text. Nothing is written yet.
    ///
    /// The whole text must read back to the profile there was and the entry, else it is refused: whatever stands in the
    /// file, no other anchor is changed by adding one.
    pub fn add(&mut self, entry: &Entry, comment: &str) -> Result<(), Failure> {
        let end = if self.text.ends_with('\n') { "" } else { "\n" };
        let text = format!("{}{end}\n{}", self.text, entry.to_toml(comment));
        let profile = read(&self.path, &text)?;
        let kept = |before: usize, after: usize, added: bool| after == before + usize::from(added);
        let signer = matches!(entry, Entry::Signer(_));
        let sound = entry.is_last_of(&profile)
            && profile.signer.starts_with(&self.profile.signer)
            && profile.tsa.starts_with(&self.profile.tsa)
            && kept(self.profile.signer.len(), profile.signer.len(), signer)
            && kept(self.profile.tsa.len(), profile.tsa.len(), !signer);
        if !sound {
            return Err(Failure::usage("usage-import-append", [name(&self.path)]));
        }
        (self.text, self.profile) = (text, profile);
        Ok(())
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self) -> Result<(), Failure> {
        if self.new { files::write(&self.path, &self.text, false) } else { files::replace(&self.path, &self.text) }
    }
}

fn read(path: &Path, text: &str) -> Result<TrustProfile, Failure> {
    TrustProfile::of_ones_own(text)
        .map_err(|error| Failure::usage("usage-file", [name(path), ("reason", error.to_string())]))
}

fn name(path: &Path) -> (&'static str, String) {
    ("path", path.display().to_string())
}

/// The text of a profile under a name of its own: a report that names the base must mean the base.
fn derived(path: &Path, base: &TrustProfile, catalogue: &Catalogue) -> String {
    let own = kenin::render::sanitised(&path.file_stem().unwrap_or_default().to_string_lossy());
    let own = if TrustProfile::is_built_in_name(&own) { format!("our-{}", own.trim()) } else { own };
    let own = toml::Value::from(own).to_string();
    let (mut lines, mut named) = (Vec::new(), false);
    for line in base.text.lines() {
        let is_name = line.split_once('=').is_some_and(|(key, _)| key.trim() == "name");
        match is_name && !named {
            true => lines.push(format!("name = {own}")),
            false => lines.push(line.to_owned()),
        }
        named |= is_name;
    }
    let values = [("name", base.name.clone()), ("sha256", base.sha256.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.into()));
    format!("{}{}\n", files::comment(&catalogue.text("import-derived", &values)), lines.join("\n"))
}
