//! `kenin inspect`: what a file holds, decoded and not judged; of a certificate also whether it is trusted.

mod certificate;
mod crl;
mod facts;

use std::path::Path;

use kenin::render::{Sheet, TextOptions, is_personal};
use kenin::{Catalogue, Source, SuppliedEvidence, Verifier, observe};
use kenin_base::Span;
use kenin_facts::DocumentFormat;
use kenin_x509::{Certificate, Crl};

use crate::args::InspectArgs;
use crate::exit::{Exit, Failure};
use crate::input;
use crate::locale::Speech;
use crate::printer::Printer;
use crate::resolve::Judging;

/// A certificate or CRL is never larger; anything larger is a document.
const MAX_OBJECT: u64 = 64 << 20;

/// Shows what the file holds.
pub fn run(args: InspectArgs, speech: &Speech) -> Result<Exit, Failure> {
    input::check(std::slice::from_ref(&args.file), false)?;
    let judging = Judging::resolve(args.judging)?;
    let source = crate::verify::open(&args.file).map_err(|error| unreadable(&args.file, &error))?;
    let mut printer = Printer::stdout();
    let mut sheet = Sheet::new(&TextOptions { colour: printer.colour(), ..TextOptions::default() });
    let mut view = View { sheet: &mut sheet, catalogue: &speech.people, show_personal: args.show_personal };
    let shown = view.file(&args.file, &source, &judging)?;
    if !shown {
        return Err(Failure::unrecognised("usage-inspect-unknown", [("path", args.file.display().to_string())]));
    }
    printer.print(&sheet.finish())?;
    printer.finish()?;
    Ok(Exit::Valid)
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::io("usage-file", [("path", path.display().to_string()), ("reason", error.to_string())])
}

/// A page being filled in one language.
struct View<'a> {
    sheet: &'a mut Sheet,
    catalogue: &'a Catalogue,
    show_personal: bool,
}

impl View<'_> {
    /// Shows what the bytes are; `false` when they are nothing that can be shown.
    fn file(&mut self, path: &Path, source: &Source, judging: &Judging) -> Result<bool, Failure> {
        if source.len() <= MAX_OBJECT {
            let bytes = source.read(Span::new(0, source.len())).map_err(|error| unreadable(path, &error))?;
            let objects = SuppliedEvidence::read("", &bytes).unwrap_or_default();
            if objects.iter().filter(|object| self.object(object, judging)).count() > 0 {
                return Ok(true);
            }
        }
        let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
        let facts = observe(source, &verifier.observe_options()).map_err(|error| unreadable(path, &error))?;
        if facts.document.format == DocumentFormat::Other {
            return Ok(false);
        }
        self.facts(&facts);
        Ok(true)
    }

    /// Shows a certificate or CRL; `false` for anything else.
    fn object(&mut self, object: &SuppliedEvidence, judging: &Judging) -> bool {
        if let Ok(certificate) = Certificate::parse(object.der()) {
            self.certificate(&certificate, judging);
        } else if let Ok(crl) = Crl::parse(object.der()) {
            self.crl(&crl, judging.time.time());
        } else {
            return false;
        }
        true
    }

    /// Whether the holder's names are withheld: those of JPKI are, unless asked for.
    fn withheld(&self, certificate: &Certificate) -> bool {
        let policies = certificate.extensions().certificate_policies.iter().flat_map(|found| &found.policies);
        let mut policies = policies.map(|information| information.policy.to_string());
        !self.show_personal && policies.any(|policy| is_personal(&policy))
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
