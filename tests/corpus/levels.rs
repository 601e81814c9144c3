//! The levels that signatures claim by structure, beside EU DSS, the only verifier of the corpus that names any.

use kenin::{Level, Report, SignatureReport};
use libtest_mimic::Failed;

use crate::corpus::none;
use crate::exceptions::{self, Divergence, Exception};
use crate::run::Outcome;

/// Per cent of agreement. Every difference is in `level_exceptions.toml` with its reason.
const AGREEMENT: usize = 98;

/// One level on which EU DSS has a word.
struct Named<'o> {
    path: &'o str,
    /// The PDF field, or nothing.
    field: &'o str,
    expected: String,
    actual: String,
}

impl Named<'_> {
    fn differs(&self) -> bool {
        self.expected != self.actual
    }

    fn is_explained_by(&self, exception: &Exception) -> bool {
        let Self { path, field, expected, actual } = self;
        let fact = if field.is_empty() { "level".to_owned() } else { format!("level [{field}]") };
        self.differs() && exception.explains(&Divergence { path, field: "", fact, expected, actual })
    }
}

pub fn pdf(outcomes: &[Outcome]) -> Result<(), Failed> {
    agreement("PDF", outcomes.iter().flat_map(of_pdf))
}

pub fn cms(outcomes: &[Outcome]) -> Result<(), Failed> {
    agreement("CMS", outcomes.iter().filter_map(of_cms))
}

pub fn every_difference_is_explained(outcomes: &[Outcome]) -> Result<(), Failed> {
    let exceptions = exceptions::of_levels();
    let new = all(outcomes).filter(Named::differs).filter(|named| !exceptions.iter().any(|e| named.is_explained_by(e)));
    none(
        new.map(|Named { path, field, expected, actual }| {
            format!("{path} [{field}]: {actual}, EU DSS says {expected}")
        }),
    )
}

pub fn no_exception_is_stale(outcomes: &[Outcome]) -> Result<(), Failed> {
    let exceptions = exceptions::of_levels();
    let stale = exceptions.iter().filter(|exception| !all(outcomes).any(|named| named.is_explained_by(exception)));
    none(stale.map(|exception| format!("{} {}", exception.path, exception.fact)))
}

fn all(outcomes: &[Outcome]) -> impl Iterator<Item = Named<'_>> {
    outcomes.iter().flat_map(of_pdf).chain(outcomes.iter().filter_map(of_cms))
}

fn agreement<'o>(of: &str, named: impl Iterator<Item = Named<'o>>) -> Result<(), Failed> {
    let named: Vec<_> = named.collect();
    let agreed = named.iter().filter(|named| !named.differs()).count();
    println!("levels of {of} beside EU DSS: {agreed} of {}", named.len());
    if !named.is_empty() && agreed * 100 >= named.len() * AGREEMENT {
        return Ok(());
    }
    Err(format!("{agreed} of {} levels agree, {AGREEMENT} % are required", named.len()).into())
}

/// What EU DSS has no level for (PDF-NOT-ETSI) and levels of standards before EN 319 142 are not compared.
fn of_pdf(outcome: &Outcome) -> Vec<Named<'_>> {
    let mut compared = Vec::new();
    for (field, facts) in &outcome.row.consensus.signatures {
        let name = facts.dss_level.as_deref().unwrap_or_default();
        let Some(expected) = name.strip_prefix("PAdES-BASELINE-").or_else(|| name.strip_prefix("PKCS7-")) else {
            continue;
        };
        // EU DSS names a field by its partial name alone.
        let names = |name: &str| name == field || name.strip_suffix(field).is_some_and(|above| above.ends_with('.'));
        let found = report(outcome).and_then(|r| r.signatures.iter().find(|s| s.field.as_deref().is_some_and(names)));
        let actual = found.map_or_else(|| "no such field".to_owned(), |s| level(s.level).to_owned());
        compared.push(Named { path: &outcome.row.path, field, expected: expected.to_owned(), actual });
    }
    compared
}

/// All levels of a CMS together: EU DSS lists signatures in an order of its own.
fn of_cms(outcome: &Outcome) -> Option<Named<'_>> {
    if outcome.row.format != "cms" || outcome.row.consensus.dss_levels.is_empty() {
        return None;
    }
    let mut expected: Vec<&str> = outcome.row.consensus.dss_levels.iter().map(|name| of_eu_dss(name)).collect();
    expected.sort_unstable();
    let signatures: &[SignatureReport] = report(outcome).map(|report| report.signatures.as_slice()).unwrap_or_default();
    let mut actual: Vec<&str> = signatures.iter().map(|signature| level(signature.level)).collect();
    actual.sort_unstable();
    Some(Named { path: &outcome.row.path, field: "", expected: expected.join(", "), actual: actual.join(", ") })
}

fn report(outcome: &Outcome) -> Option<&Report> {
    outcome.report.as_ref().ok()
}

/// EU DSS's name of a CAdES level in the words of the report.
fn of_eu_dss(name: &str) -> &str {
    match name {
        "CMS-NOT-ETSI" => "none",
        "CAdES-BES" | "CAdES-EPES" => "B",
        // An evidence record is archive timestamps.
        "CAdES-ERS" => "A",
        _ => name.strip_prefix("CAdES-BASELINE-").or_else(|| name.strip_prefix("CAdES-")).unwrap_or(name),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::B => "B",
        Level::T => "T",
        Level::LT => "LT",
        Level::LTA => "LTA",
        Level::C => "C",
        Level::X => "X",
        Level::XL => "XL",
        Level::A => "A",
    }
}
