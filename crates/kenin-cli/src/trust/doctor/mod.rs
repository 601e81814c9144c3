//! `kenin trust doctor`: which anchor each certificate leads to, what is missing on the way, and the command that gets it.
//!
//! Everything shown is what the report says; nothing is judged, fetched or run here.

mod chain;
mod document;
mod profile;
mod remedy;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kenin::render::Sheet;
use kenin::{Catalogue, Sha256, Source, TrustProfile, WantedEvidence, der_objects};
use kenin_x509::Certificate;

use crate::args::DoctorArgs;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::resolve::Judging;
use crate::{printer, resolve, verify};
use remedy::Remedies;

/// Larger files are no certificate.
const MAX_CERTIFICATE: u64 = 1 << 20;

/// Examines the file, or the profile without one.
pub fn run(args: DoctorArgs, speech: &Speech) -> Result<Exit, Failure> {
    if let Some(folder) = args.file.as_deref().filter(|file| file.is_dir()) {
        return Err(Failure::usage("usage-one-file", [("path", folder.display().to_string())]));
    }
    let remedies = Remedies::new(&args);
    let judging = Judging::resolve(args.judging)?;
    let content = args.content.as_deref().map(|path| verify::open(path).map_err(|error| unreadable(path, &error)));
    let passwords = resolve::passwords(None, args.password_file.as_deref())?;
    let beside = Beside { content: content.transpose()?, passwords };
    let mut doctor = Doctor {
        sheet: Sheet::new(&speech.layout(printer::colour())),
        catalogue: &speech.people,
        trust: &judging.trust,
        wanted: Vec::new(),
        certificates: BTreeMap::new(),
        remedies,
        missing: false,
        problem: None,
    };
    let other = match &args.file {
        None => {
            doctor.profile(&judging);
            None
        }
        Some(path) => {
            let source = verify::open(path).map_err(|error| unreadable(path, &error))?;
            match certificate(path, &source)? {
                Some(certificate) => {
                    doctor.one_certificate(&certificate, &judging);
                    None
                }
                None => doctor.document(path, &source, beside, &judging, speech)?,
            }
        }
    };
    let missing = doctor.missing;
    printer::page(&doctor.finish())?;
    Ok(other.unwrap_or(if missing { Exit::Indeterminate } else { Exit::Valid }))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::io("usage-file", [("path", path.display().to_string()), ("reason", error.to_string())])
}

/// The certificate that the file is, if it is one.
fn certificate(path: &Path, source: &Source) -> Result<Option<Arc<Certificate>>, Failure> {
    if source.len() > MAX_CERTIFICATE {
        return Ok(None);
    }
    let bytes = source.read(kenin_base::Span::new(0, source.len())).map_err(|error| unreadable(path, &error))?;
    let found = der_objects(&bytes).first().and_then(|der| Certificate::parse(der).ok());
    Ok(found.map(Arc::new))
}

/// A page about what is missing.
struct Doctor<'a> {
    sheet: Sheet,
    catalogue: &'a Catalogue,
    trust: &'a TrustProfile,
    /// What kept conclusions open.
    wanted: Vec<WantedEvidence>,
    /// Certificates at hand.
    certificates: BTreeMap<Sha256, Arc<Certificate>>,
    /// What gets what is missing.
    remedies: Remedies,
    /// Whether anything is missing.
    missing: bool,
    /// Why the document could not be examined, or not whole.
    problem: Option<String>,
}

/// What belongs to a document and is not in it.
struct Beside {
    /// What a detached signature signs.
    content: Option<Source>,
    /// Passwords to try.
    passwords: Vec<Vec<u8>>,
}

impl Doctor<'_> {
    fn say(&self, key: &str) -> String {
        self.catalogue.text(key, &[])
    }

    fn row(&mut self, key: &str, value: &str) {
        let label = self.say(key);
        self.sheet.row(&label, value);
    }

    /// The page with what to do at its end.
    fn finish(mut self) -> String {
        if let Some(problem) = self.problem.take() {
            let label = self.say("text-error");
            self.sheet.heading(&label);
            self.sheet.paragraph(&problem);
        } else if !self.missing {
            let text = self.say("doctor-nothing-missing");
            self.sheet.heading(&text);
        }
        self.remedies.show(&mut self.sheet, self.catalogue);
        self.sheet.finish()
    }
}
