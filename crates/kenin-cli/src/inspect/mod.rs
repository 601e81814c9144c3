//! `kenin inspect`: what a file holds, decoded and not judged; of a certificate also whether it is trusted.

mod certificate;
mod crl;
mod extract;
mod facts;
mod ocsp;
mod revisions;
mod signed_by;

pub use crl::hex;
pub use facts::name;

use std::path::Path;

use kenin::render::{Sheet, is_personal};
use kenin::{Catalogue, Source, SuppliedEvidence, Verifier, der_objects, observe_beside};
use kenin_base::{Budget, Span};
use kenin_facts::DocumentFormat;
use kenin_pdf::PdfOptions;
use kenin_x509::{Certificate, Crl, OcspResponse, ParseError};

use extract::Extraction;

use crate::args::InspectArgs;
use crate::exit::{Exit, Failure};
use crate::input;
use crate::locale::Speech;
use crate::printer;
use crate::read_files::ReadFiles;
use crate::resolve::Judging;

/// A certificate, CRL or OCSP response is never larger; anything larger is a document.
const MAX_OBJECT: u64 = 64 << 20;

/// Shows what the file holds.
pub fn run(args: InspectArgs, speech: &Speech) -> Result<Exit, Failure> {
    if args.file.is_dir() {
        return Err(Failure::usage("usage-one-file", [("path", args.file.display().to_string())]));
    }
    if let Some(output) = args.output.as_deref().filter(|output| !input::is_stdin(output)) {
        // The document itself may be cut back in place: a file that exists is written over with --force alone.
        ReadFiles::of_judging(&args.judging).keep(output)?;
    }
    let judging = Judging::resolve(args.judging)?;
    let source = crate::verify::open(&args.file).map_err(|error| unreadable(&args.file, &error))?;
    if let Some((revision, output)) = args.revision.zip(args.output.as_deref()) {
        let options = Verifier::new(judging.trust, judging.policy).observe_options();
        let extraction = Extraction { revision, output, force: args.force };
        return extraction.run(&args.file, &source, &options, speech).map(|()| Exit::Valid);
    }
    let at_hand: Vec<_> = certificates(&judging.evidence).collect();
    let mut sheet = Sheet::new(&speech.layout(printer::colour()));
    let mut view = View {
        sheet: &mut sheet,
        catalogue: &speech.people,
        show_personal: args.show_personal,
        at_hand: &at_hand,
        entries: args.entries,
    };
    let shown = view.file(&args.file, &source, &judging)?;
    if !shown {
        return Err(Failure::unrecognised("usage-inspect-unknown", [("path", args.file.display().to_string())]));
    }
    printer::page(&sheet.finish())?;
    Ok(Exit::Valid)
}

fn certificates(evidence: &[SuppliedEvidence]) -> impl Iterator<Item = Certificate> {
    evidence.iter().filter_map(|object| Certificate::parse(object.der()).ok())
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::io("usage-file", [("path", path.display().to_string()), ("reason", error.to_string())])
}

/// Whether a certificate is one of JPKI, whose names are withheld unless asked for.
pub fn names_a_person(certificate: &Certificate) -> bool {
    let policies = certificate.extensions().certificate_policies.iter().flat_map(|found| &found.policies);
    policies.map(|information| information.policy.to_string()).any(|policy| is_personal(&policy))
}

/// A page being filled in one language.
struct View<'a> {
    sheet: &'a mut Sheet,
    catalogue: &'a Catalogue,
    show_personal: bool,
    /// Certificates given with --evidence, to find out who signed a CRL or OCSP response.
    at_hand: &'a [Certificate],
    /// How many entries of a CRL to list, and revisions of a PDF beyond those always shown.
    entries: usize,
}

impl View<'_> {
    /// Shows what the bytes are; `false` when they are nothing that can be shown.
    fn file(&mut self, path: &Path, source: &Source, judging: &Judging) -> Result<bool, Failure> {
        if source.len() <= MAX_OBJECT {
            let bytes = source.read(Span::new(0, source.len())).map_err(|error| unreadable(path, &error))?;
            let shown = der_objects(&bytes).iter().filter(|der| self.object(der, judging)).count();
            if shown > 0 {
                return Ok(true);
            }
        }
        let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
        let facts =
            observe_beside(path, source, &verifier.observe_options()).map_err(|error| unreadable(path, &error))?;
        if matches!(facts.document.format, DocumentFormat::Other | DocumentFormat::Container) {
            return Ok(false);
        }
        let structure = match facts.document.format {
            DocumentFormat::Pdf => {
                let found = kenin_pdf::structure(source, &PdfOptions::default(), &Budget::default());
                Some(found.map_err(|error| unreadable(path, &error))?)
            }
            _ => None,
        };
        self.facts(&facts, structure.as_ref());
        Ok(true)
    }

    /// Shows a certificate, CRL or OCSP response; `false` for anything else.
    fn object(&mut self, der: &[u8], judging: &Judging) -> bool {
        let time = judging.time.time();
        if let Ok(certificate) = Certificate::parse(der) {
            self.certificate(&certificate, judging);
            return true;
        }
        if let Ok(crl) = Crl::parse(der) {
            self.crl(&crl, time, self.entries);
            return true;
        }
        match OcspResponse::parse(der) {
            Ok(response) => self.ocsp(&response, time),
            Err(ParseError::OcspStatus(status)) => self.ocsp_error(status),
            Err(_) => return false,
        }
        true
    }

    /// Whether the holder's names are withheld.
    fn withheld(&self, certificate: &Certificate) -> bool {
        !self.show_personal && names_a_person(certificate)
    }

    /// The certificate's subject, unless it is withheld.
    fn subject(&self, certificate: &Certificate) -> String {
        if self.withheld(certificate) { self.say("who-redacted") } else { certificate.subject().to_string() }
    }

    fn say(&self, key: &str) -> String {
        self.catalogue.text(key, &[])
    }

    fn heading(&mut self, key: &str) {
        let text = self.say(key);
        self.sheet.heading(&text);
    }

    fn row(&mut self, key: &str, value: &str) {
        let label = self.say(key);
        self.sheet.row(&label, value);
    }

    /// A label with one value a line; nothing when there is none.
    fn rows(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        let mut values = values.into_iter();
        if let Some(first) = values.next() {
            self.row(key, &first);
        }
        for value in values {
            self.sheet.more(&value);
        }
    }
}
