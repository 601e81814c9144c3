//! The rows of one document.

use kenin::{Report, RequirementStatus, SignatureReport, UtcTime};
use kenin_hpki::RoleKind;
use rusqlite::{Result, Transaction, params};
use serde::Serialize;

use crate::Outcome;

pub(super) fn document(transaction: &Transaction<'_>, run: i64, outcome: &Outcome) -> Result<()> {
    let Outcome { entry, report, content, .. } = outcome;
    let (error, beside) = (report.error.as_ref(), entry.beside.as_ref());
    let open = open_requirement(report);
    let until = |time: fn(&SignatureReport) -> Option<UtcTime>| {
        let times = report.signatures.iter().filter(|signature| signature.preservation.because.is_some()).map(time);
        times.min().flatten().map(|time| time.to_string())
    };
    let values = params![
        entry.name.as_bytes(),
        run,
        entry.stamp.size,
        entry.stamp.modified,
        report.document.sha256.map(|sha256| sha256.0),
        code(&report.document.format),
        code(&report.verdict),
        code(&report.conformity),
        error.map(|error| error.code.as_str()),
        error.and_then(|error| error.reason.as_deref()),
        content.as_ref().map(|name| name.as_bytes()),
        beside.map(|beside| beside.stamp.size),
        beside.and_then(|beside| beside.stamp.modified),
        open.map(|(id, _)| id),
        open.map(|(_, reason)| reason),
        until(|signature| signature.preservation.verifiable_until),
        until(|signature| signature.preservation.renew_before),
        report.verification_id,
    ];
    let sql = "INSERT OR REPLACE INTO document (name, run, size, modified, sha256, format, verdict, conformity, error,
            error_reason, content, beside_size, beside_modified, requirement, reason, verifiable_until, renew_before,
            verification_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
    transaction.prepare_cached(sql)?.execute(values).map(drop)
}

pub(super) fn signatures(transaction: &Transaction<'_>, outcome: &Outcome) -> Result<()> {
    let name = outcome.entry.name.as_bytes();
    transaction.prepare_cached("DELETE FROM signature WHERE document = ?1")?.execute([name])?;
    for (number, signature) in outcome.report.signatures.iter().enumerate() {
        let signer = signature.signer.as_ref();
        let roles = signer.iter().flat_map(|signer| &signer.roles);
        let licences = roles.filter(|role| role.kind == RoleKind::NationalLicence).map(|role| role.name.as_str());
        let licences = licences.collect::<Vec<_>>().join(", ");
        let stamp = signature.timestamps.iter().max_by_key(|stamp| stamp.grade);
        let values = params![
            name,
            i64::try_from(number).unwrap_or(i64::MAX),
            signature.id,
            code(&signature.kind),
            code(&signature.format),
            code(&signature.level),
            code(&signature.reached_level),
            signature.indication.total(),
            signature.sub_indication.map(|sub| sub.as_str()),
            signer.map(|signer| signer.subject.as_str()),
            signer.map(|signer| signer.issuer.as_str()),
            signer.map(|signer| signer.certificate_sha256.0),
            Some(licences).filter(|licences| !licences.is_empty()),
            signature.best_signature_time.map(|time| time.to_string()),
            stamp.and_then(|stamp| stamp.tsa.as_deref()),
            stamp.map(|stamp| code(&stamp.grade)),
        ];
        let sql = "INSERT INTO signature (document, number, id, kind, format, level, reached_level, indication,
                sub_indication, signer, issuer, certificate_sha256, licence, best_signature_time, tsa, grade)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
        transaction.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

/// The first blocking requirement that is shown not to be met, else the first that is not decided, with the reason.
fn open_requirement(report: &Report) -> Option<(&'static str, &'static str)> {
    let with = |status| {
        let mut blocking = report.requirements.iter().filter(|requirement| requirement.blocking);
        blocking.find(|requirement| requirement.status == status)
    };
    let open = with(RequirementStatus::NotSatisfied).or_else(|| with(RequirementStatus::Undetermined));
    open.map(|requirement| (requirement.id, requirement.reason))
}

/// A value of the report's vocabulary, as the JSON writes it.
fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
