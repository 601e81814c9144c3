//! Archive timestamps and evidence records: every imprint that EU DSS calls intact or broken, beside ours.
//!
//! EU DSS is the only verifier of the corpus that reads them. What it calls broken without having the data, because an
//! archive timestamp has no hash tree, cannot be decided: such timestamps are listed, and say nothing either way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kenin::{ImprintReport, TimestampKind, UtcTime};
use libtest_mimic::Failed;
use serde_json::Value;

use crate::run::Outcome;

/// Per cent of agreement.
const IN_SIGNATURES: usize = 99;
const ON_THEIR_OWN: usize = 97;

/// What EU DSS says about one timestamp.
struct Said {
    kinds: &'static [TimestampKind],
    time: UtcTime,
    intact: bool,
}

/// Archive timestamps, timestamps over references and evidence records in CMS and PDF.
pub fn in_signatures(folder: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    compare(folder, outcomes, &["cms", "cms-other", "smime", "pades"], IN_SIGNATURES)
}

/// Evidence records on their own.
pub fn evidence_records(folder: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    compare(folder, outcomes, &["er-asn1"], ON_THEIR_OWN)
}

/// The archive timestamps of a record stand in the order of their times, oldest first, and there are as many.
pub fn evidence_records_in_order(folder: &Path, outcomes: &[Outcome]) -> Result<(), Failed> {
    let said = said(folder);
    let of_format = outcomes.iter().filter(|outcome| outcome.row.format == "er-asn1");
    crate::corpus::none(of_format.filter_map(|outcome| {
        let expected: Vec<UtcTime> = said.get(&outcome.row.path)?.iter().map(|said| said.time).collect();
        let report = outcome.report.as_ref().ok()?;
        let entry = report.signatures.first();
        let found: Vec<UtcTime> = entry.iter().flat_map(|s| &s.timestamps).filter_map(|t| t.gen_time).collect();
        (expected != found || !found.is_sorted())
            .then(|| format!("{}: {found:?}, EU DSS says {expected:?}", outcome.row.path))
    }))
}

fn compare(folder: &Path, outcomes: &[Outcome], formats: &[&str], per_cent: usize) -> Result<(), Failed> {
    let said = said(folder);
    let (mut agreed, mut all, mut open) = (0usize, 0usize, 0usize);
    for outcome in outcomes.iter().filter(|outcome| formats.contains(&outcome.row.format.as_str())) {
        let Ok(report) = &outcome.report else { continue };
        let timestamps: Vec<_> = report.signatures.iter().flat_map(|signature| &signature.timestamps).collect();
        let mut taken = BTreeSet::new();
        for said in said.get(&outcome.row.path).into_iter().flatten() {
            let fits = |t: &kenin::TimestampReport| said.kinds.contains(&t.kind) && t.gen_time == Some(said.time);
            let found = timestamps.iter().find(|t| fits(t) && !taken.contains(&t.id));
            taken.extend(found.map(|found| found.id.clone()));
            let answer = found.map(|found| found.imprint);
            if answer == Some(ImprintReport::NotChecked) && outcome.row.detached_content.is_empty() {
                println!("  open: {} {:?} {}", outcome.row.path, said.kinds, said.time);
                open += 1;
                continue;
            }
            all += 1;
            let expected = if said.intact { ImprintReport::Intact } else { ImprintReport::Broken };
            if answer == Some(expected) {
                agreed += 1;
            } else {
                println!(
                    "  imprint {} {:?} {}: {answer:?}, EU DSS says {expected:?}",
                    outcome.row.path, said.kinds, said.time
                );
            }
        }
    }
    println!("imprints beside EU DSS ({}): {agreed} of {all}, {open} open without the data", formats.join(", "));
    if all > 0 && agreed * 100 >= all * per_cent {
        return Ok(());
    }
    Err(format!("{agreed} of {all} imprints agree, {per_cent} % are required").into())
}

/// By file, in the order of the timestamps.
fn said(folder: &Path) -> BTreeMap<String, Vec<Said>> {
    let by_path = crate::expected::oracles(folder).into_iter();
    by_path
        .filter_map(|(path, oracle)| {
            let timestamps = oracle["dss_run"]["timestamps"].as_array()?.iter().filter_map(of_timestamp).collect();
            Some((path, timestamps))
        })
        .collect()
}

fn of_timestamp(timestamp: &Value) -> Option<Said> {
    let kinds: &[TimestampKind] = match timestamp["type"].as_str()? {
        "ARCHIVE_TIMESTAMP" => &[TimestampKind::ArchiveV2, TimestampKind::ArchiveV3],
        "VALIDATION_DATA_TIMESTAMP" => &[TimestampKind::CadesC, TimestampKind::CertsCrls],
        "EVIDENCE_RECORD_TIMESTAMP" => &[TimestampKind::EvidenceRecord],
        _ => return None,
    };
    let time = UtcTime::parse(timestamp["time"].as_str()?).ok()?;
    let found = timestamp["imprint_found"].as_bool()?;
    found.then(|| Some(Said { kinds, time, intact: timestamp["imprint_intact"].as_bool()? }))?
}
