//! Reports as JSON and XML, from the same judgement.

use std::path::{Path, PathBuf};

use kenin::{
    Catalogue, Lang, Limits, ObserveOptions, Policy, Report, Source, SuppliedEvidence, TimeSource, TrustProfile,
    UtcTime, Verifier, observe,
};
use rayon::prelude::*;
use serde_json::Value;

use crate::expected;
use crate::root;
use crate::table::Case;

/// Cases whose XML is kept to be read.
pub const SNAPSHOTS: &[&str] = &["discharge-summary", "plain-cms-attached", "flipped-content"];

/// One report, twice.
#[derive(Clone)]
pub struct Rendered {
    pub name: String,
    pub json: Value,
    pub xml: String,
    /// Pins of the trust profile: certificates that need not be among the evidence.
    pub pins: Vec<String>,
}

impl Rendered {
    fn of(name: String, mut report: Report, trust: &TrustProfile) -> Self {
        report.redact_personal();
        report.localise(&Catalogue::new(Lang::En));
        let json = serde_json::from_str(&kenin::render::json(&report, false)).unwrap();
        let signer = trust.signer.iter().map(|entry| entry.sha256.to_string());
        let tsa = trust.tsa.iter().filter_map(|entry| entry.sha256).map(|pin| pin.to_string());
        Self { name, json, xml: kenin::render::etsi_xml(&report), pins: signer.chain(tsa).collect() }
    }
}

/// Every case of the table, in its order.
pub fn cases(cases: &[Case]) -> Vec<Rendered> {
    cases.par_iter().map(case).collect()
}

fn case(case: &Case) -> Rendered {
    let testdata = root().join("testdata");
    let read = |name: &str| std::fs::read_to_string(testdata.join(name)).unwrap();
    let trust = TrustProfile::from_toml(&read(&case.trust)).unwrap();
    let policy = match case.policy.ends_with(".toml") {
        true => Policy::from_toml(&read(&case.policy)).unwrap(),
        false => Policy::built_in(&case.policy).unwrap(),
    };
    let verifier = Verifier::new(trust.clone(), policy);
    let options = ObserveOptions {
        content: case.content.as_ref().map(|content| Source::open(testdata.join(content)).unwrap()),
        passwords: case.password.iter().map(|password| password.clone().into_bytes()).collect(),
        evidence: case.evidence.iter().flat_map(|path| evidence(&testdata.join(path))).collect(),
        ..verifier.observe_options()
    };
    let facts = observe(&Source::open(testdata.join(&case.file)).unwrap(), &options).unwrap();
    let mut report = verifier.judge_at(&facts, UtcTime::parse(&case.time).unwrap());
    report.document.path = Some(case.file.clone());
    Rendered::of(case.id.clone(), report, &trust)
}

/// The evidence of a file, or of every file below a folder that holds some.
fn evidence(path: &Path) -> Vec<SuppliedEvidence> {
    if !path.is_dir() {
        return SuppliedEvidence::read("evidence", &std::fs::read(path).unwrap()).unwrap();
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &PathBuf| match file.is_dir() {
        true => evidence(file),
        false => SuppliedEvidence::read("evidence", &std::fs::read(file).unwrap()).unwrap_or_default(),
    };
    files.iter().flat_map(read).collect()
}

/// Every file of the corpus in one of these formats.
pub fn corpus(folder: &Path, formats: &[&str]) -> Vec<Rendered> {
    let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
    let rows = expected::rows(folder);
    let rows: Vec<_> = rows.into_iter().filter(|row| formats.contains(&row.format.as_str())).collect();
    let one = |row: &expected::Row| {
        let open = |path: &str| Source::open(folder.join(path)).unwrap();
        let options = ObserveOptions {
            content: row.detached_content.first().map(|content| open(&content.path)),
            passwords: row.password.iter().map(|password| password.clone().into_bytes()).collect(),
            ..verifier.observe_options()
        };
        let facts = observe(&open(&row.path), &options).unwrap();
        let mut report = verifier.judge(&facts, UtcTime::parse("2026-11-22T00:00:00Z").unwrap());
        report.document.path = Some(row.path.clone());
        Rendered::of(row.path.clone(), report, verifier.trust())
    };
    rows.par_iter().map(one).collect()
}

/// Reports about documents that could not be read, and one that a limit cut short.
pub fn failures() -> Vec<Rendered> {
    let (trust, policy) = (TrustProfile::jp_hpki(), Policy::mhlw_6_0());
    let time = UtcTime::parse("2024-05-21T00:00:00Z").unwrap();
    let mut reports: Vec<Rendered> = ["io", "internal"]
        .into_iter()
        .map(|code| {
            let mut report = Report::error(&trust, &policy, time, TimeSource::Now, code);
            // What a file may be called.
            report.document.path = Some("a\u{0}b\u{1b}[31m<&>\"\u{ffff}\u{202e}.pdf".to_owned());
            Rendered::of(code.to_owned(), report, &trust)
        })
        .collect();
    let limits = Limits { pdf_objects: 10, ..Limits::default() };
    let verifier = Verifier::new(trust.clone(), policy).with_limits(limits);
    let source = Source::open(root().join("testdata/discharge-summary.pdf")).unwrap();
    let facts = observe(&source, &verifier.observe_options()).unwrap();
    let report = verifier.judge(&facts, time);
    assert_eq!(report.error.as_ref().map(|error| error.code.as_str()), Some("limit-exceeded"));
    reports.push(Rendered::of("limit".to_owned(), report, &trust));
    reports
}
