//! `kenin trust import`: a certificate, or a service's archive, becomes an anchor of a profile file after its digest was
//! compared with the one its authority publishes.

use std::path::Path;
use std::sync::Arc;

use kenin::render::Sheet;
use kenin::{Catalogue, Sha256, UtcTime, der_objects};
use kenin_x509::Certificate;

use super::archive::{Archive, is_zip};
use super::entry::{Entry, Standing, Template};
use super::profile_file::ProfileFile;
use super::self_check::warnings;
use crate::args::ImportArgs;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::{printer, resolve, shell, verify};

/// Larger files are no certificate and no archive of certificates.
const MAX_FILE: u64 = 64 << 20;

/// Imports what the arguments name.
pub fn run(args: ImportArgs, speech: &Speech) -> Result<Exit, Failure> {
    let catalogue = &speech.people;
    let expected = expected(&args)?;
    let time = resolve::time(args.time.clone())?.time();
    let bytes = read(&args.file)?;
    let path = args.file.display().to_string();
    let template = Template::of(&args, is_zip(&bytes))?;
    let mut sheet = Sheet::new(&speech.layout(printer::colour()));
    let certificates = if is_zip(&bytes) {
        compare(&path, kenin_crypto::sha256(&bytes), expected)?;
        let archive = Archive::read(&path, &bytes)?;
        show_archive(&mut sheet, &archive, catalogue);
        let pins = archive.to_pin();
        if pins.is_empty() {
            return Err(Failure::usage("usage-import-archive-nothing", [("path", path)]));
        }
        pins
    } else {
        let certificate = one_certificate(&path, &bytes)?;
        compare(&path, certificate.sha256(), expected)?;
        vec![Arc::new(certificate)]
    };
    let mut profile = ProfileFile::open(&args.into, args.base.as_deref(), catalogue)?;
    let mut added = false;
    for certificate in &certificates {
        let entry = template.entry(certificate, certificates.len() > 1);
        let outcome = match entry.standing(profile.profile()) {
            Standing::Different => {
                let values = [("path", args.into.display().to_string()), ("sha256", certificate.sha256().to_string())];
                return Err(Failure::usage("usage-import-different", values));
            }
            Standing::There(name) => catalogue.text("import-already", &[("name", (&name).into())]),
            Standing::New => {
                profile.add(&entry, &comment(certificate, &path, time, catalogue))?;
                added = true;
                catalogue.text("import-added", &[("name", entry.name().into())])
            }
        };
        show_entry(&mut sheet, certificate, &entry, &outcome, time, catalogue);
    }
    if added {
        profile.write()?;
    }
    conclude(&mut sheet, &args.into, added, catalogue);
    printer::page(&sheet.finish())?;
    Ok(Exit::Valid)
}

/// The digest that the authority publishes. Taking the file's own instead would check nothing.
fn expected(args: &ImportArgs) -> Result<Sha256, Failure> {
    let Some(text) = &args.expect_sha256 else { return Err(Failure::usage("usage-import-expect", [])) };
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().map_err(|_| Failure::usage("usage-import-digest", [("value", text.clone())]))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = || ("path", path.display().to_string());
    let failed = |reason: String| Failure::io("usage-file", [name(), ("reason", reason)]);
    let source = verify::open(path).map_err(|error| failed(error.to_string()))?;
    if source.len() > MAX_FILE {
        return Err(Failure::usage("usage-import-one-certificate", [name()]));
    }
    let whole = kenin_base::Span::new(0, source.len());
    source.read(whole).map(|bytes| bytes.into_owned()).map_err(|error| failed(error.to_string()))
}

fn one_certificate(path: &str, bytes: &[u8]) -> Result<Certificate, Failure> {
    let objects = der_objects(bytes);
    let found = match objects.as_slice() {
        [der] => Certificate::parse(der).ok(),
        _ => None,
    };
    found.ok_or_else(|| Failure::usage("usage-import-one-certificate", [("path", path.to_owned())]))
}

fn compare(path: &str, actual: Sha256, expected: Sha256) -> Result<(), Failure> {
    if actual == expected {
        return Ok(());
    }
    let values = [("path", path.to_owned()), ("actual", actual.to_string()), ("expected", expected.to_string())];
    Err(Failure::usage("usage-import-mismatch", values))
}

/// What the entry's comment says: whose certificate it is, where it came from, and that its digest was compared.
fn comment(certificate: &Certificate, path: &str, time: UtcTime, catalogue: &Catalogue) -> String {
    let values = [
        ("holder", certificate.subject().to_string()),
        ("from", certificate.not_before().to_jst_date_string()),
        ("to", certificate.not_after().to_jst_date_string()),
        ("day", time.to_jst_date_string()),
        ("path", path.to_owned()),
    ];
    catalogue.text("import-comment", &values.each_ref().map(|(name, value)| (*name, value.into())))
}

fn show_archive(sheet: &mut Sheet, archive: &Archive, catalogue: &Catalogue) {
    sheet.heading(&catalogue.text("import-archive", &[]));
    for (label, certificate) in &archive.certificates {
        sheet.row(&catalogue.text("import-file", &[]), label);
        show_certificate(sheet, certificate, catalogue);
    }
    for label in &archive.skipped {
        sheet.row(&catalogue.text("import-skipped", &[]), label);
    }
}

fn show_certificate(sheet: &mut Sheet, certificate: &Certificate, catalogue: &Catalogue) {
    sheet.row(&catalogue.text("inspect-subject", &[]), &certificate.subject().to_string());
    let (from, to) = (certificate.not_before().to_jst_date_string(), certificate.not_after().to_jst_date_string());
    let validity = catalogue.text("import-validity", &[("from", (&from).into()), ("to", (&to).into())]);
    sheet.row(&catalogue.text("inspect-validity", &[]), &validity);
    sheet.row("SHA-256", &certificate.sha256().to_string());
}

fn show_entry(
    sheet: &mut Sheet,
    certificate: &Certificate,
    entry: &Entry,
    outcome: &str,
    time: UtcTime,
    catalogue: &Catalogue,
) {
    sheet.heading(outcome);
    show_certificate(sheet, certificate, catalogue);
    let label = catalogue.text("import-warning", &[]);
    for warning in warnings(certificate, entry, time, catalogue) {
        sheet.row(&label, &warning);
    }
}

fn conclude(sheet: &mut Sheet, into: &Path, added: bool, catalogue: &Catalogue) {
    let path = into.display().to_string();
    let key = if added { "import-written" } else { "import-unchanged" };
    sheet.heading(&catalogue.text(key, &[("path", (&path).into())]));
    if added {
        sheet.paragraph(&catalogue.text("import-use", &[]));
        sheet.command(&format!("kenin verify FILE --trust {}", shell::path_argument(into)));
    }
}
