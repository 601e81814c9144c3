//! `kenin rejudge`: judge stored facts again, with the document beside them or on the caller's word.

use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use kenin::{
    Facts, Finding, FindingCode, ObserveOptions, Report, StoredFacts, StoredFactsError, SuppliedEvidence, Verifier,
};

use crate::args::RejudgeArgs;
use crate::exit::{Exit, Failure};
use crate::input;
use crate::locale::Speech;
use crate::observed::Observed;
use crate::read_files::ReadFiles;
use crate::resolve::{Judging, Time, passwords};
use crate::verify::{failed, name_document, open};

/// Facts are a fraction of what a document may hold; a file beyond this is none.
const MAX_FACTS: u64 = 256 << 20;

/// What stands behind the facts that are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The document gives the same, or the caller vouches for them.
    Sound,
    /// Nobody has looked.
    Unchecked,
    /// The document gives others, which are judged.
    Differing,
}

/// Judges the stored facts that the arguments name.
pub fn run(args: RejudgeArgs, speech: &Speech) -> Result<Exit, Failure> {
    args.report.check()?;
    let streams = [Some(&args.facts), args.document.as_ref(), args.content.as_ref()];
    if streams.iter().flatten().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::usage("usage-stdin-once", []));
    }
    if let Some(output) = &args.report.output {
        let others = streams.into_iter().chain([args.password_file.as_ref()]).flatten();
        ReadFiles::of_judging(&args.judging).and(others.map(PathBuf::as_path)).keep(output)?;
    }
    let judging = Judging::resolve(args.judging)?;
    let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
    let stored = read(&args.facts, &verifier)?;
    let beside = Beside {
        content: args.content,
        passwords: passwords(args.password, args.password_file.as_deref())?,
        evidence: &judging.evidence,
    };
    let printer = args.report.printer()?;
    let shown = args.document.clone().unwrap_or_else(|| args.facts.clone());
    // A panic is this program's mistake and exit 6, as in `kenin verify`.
    let judge = || match &args.document {
        Some(document) => with_document(&verifier, stored, document, &beside, judging.time),
        None => Ok(without_document(&verifier, stored, &beside, args.trust_facts, judging.time)),
    };
    let judged = catch_unwind(AssertUnwindSafe(judge));
    let internal = |_| Ok((failed(&verifier, judging.time, "internal", &"panic"), Standing::Sound));
    let (mut report, standing) = judged.unwrap_or_else(internal)?;
    name_document(&mut report, &shown);
    let exit = exit_of(&report, standing);
    args.report.write(printer, &mut report, speech)?;
    Ok(exit)
}

/// What is given beside the document.
struct Beside<'a> {
    content: Option<PathBuf>,
    passwords: Vec<Vec<u8>>,
    evidence: &'a [SuppliedEvidence],
}

/// Observes the document again and judges its own facts. The stored ones give the evidence that was supplied when they
/// were stored, whose objects are signed by their issuers, and are compared.
fn with_document(
    verifier: &Verifier,
    stored: StoredFacts,
    document: &Path,
    beside: &Beside<'_>,
    time: Time,
) -> Result<(Report, Standing), Failure> {
    let source = open(document).map_err(|error| unreadable(document, &error))?;
    let content = beside.content.as_deref().map(|path| open(path).map_err(|error| unreadable(path, &error)));
    // An evidence record given beside the document is not among the facts, and is given again.
    let records = beside.evidence.iter().filter(|object| object.kind().is_none()).cloned();
    let mut options = ObserveOptions {
        content: content.transpose()?,
        passwords: beside.passwords.clone(),
        evidence: stored.supplied().into_iter().chain(records).collect(),
        ..verifier.observe_options()
    };
    let observed = |options: &ObserveOptions| {
        Observed::of(document, &source, options).map_err(|reason| unreadable(document, &reason))
    };
    let Observed { mut facts, beside: found_beside } = observed(&options)?;
    let (found, expected) = (&facts.document, &stored.facts().document);
    if (found.sha256, found.size) != (expected.sha256, expected.size) {
        let path = ("path", document.display().to_string());
        let digests = [("actual", found.sha256.to_string()), ("expected", expected.sha256.to_string())];
        return Err(Failure::usage("usage-facts-document", [path].into_iter().chain(digests)));
    }
    let mut findings = vec![stored.finding()];
    let standing = if stored.same_as(&facts) { Standing::Sound } else { Standing::Differing };
    if standing == Standing::Differing {
        findings.push(Finding::new(FindingCode::StoredFactsDiffer));
    }
    if beside.evidence.iter().any(|object| object.kind().is_some()) {
        // A certificate given now may be the signer's, which only the document's bytes can tell.
        options.evidence.extend(beside.evidence.iter().filter(|object| object.kind().is_some()).cloned());
        facts = observed(&options)?.facts;
    }
    facts.findings.extend(findings);
    let mut report = judge(verifier, &facts, time);
    let content = beside.content.as_ref().or(found_beside.as_ref());
    report.document.content_path = content.map(|path| path.display().to_string());
    Ok((report, standing))
}

/// Judges the facts as they were stored.
fn without_document(
    verifier: &Verifier,
    stored: StoredFacts,
    beside: &Beside<'_>,
    trusted: bool,
    time: Time,
) -> (Report, Standing) {
    let mut findings = vec![stored.finding()];
    if !trusted {
        findings.push(Finding::new(FindingCode::StoredFactsUnchecked));
    }
    let facts = stored.with(beside.evidence, findings);
    (judge(verifier, &facts, time), if trusted { Standing::Sound } else { Standing::Unchecked })
}

fn judge(verifier: &Verifier, facts: &Facts, time: Time) -> Report {
    match time {
        Time::Now(time) => verifier.judge(facts, time),
        Time::Given(time) => verifier.judge_at(facts, time),
    }
}

/// The report's own code; but what nobody compared with the document, or differs from it, is never an answer of 0
/// (verdicts rule 13).
fn exit_of(report: &Report, standing: Standing) -> Exit {
    match Exit::of(report) {
        Exit::Valid if standing != Standing::Sound => Exit::Indeterminate,
        exit => exit,
    }
}

/// Reads a file of facts whole, up to [`MAX_FACTS`].
fn read(path: &Path, verifier: &Verifier) -> Result<StoredFacts, Failure> {
    let name = || ("path", path.display().to_string());
    let unusable = |reason: String| Failure::usage("usage-facts", [name(), ("reason", reason)]);
    let mut bytes = Vec::new();
    let reader: Box<dyn io::Read> = match input::is_stdin(path) {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(|error| unusable(error.to_string()))?),
    };
    reader.take(MAX_FACTS + 1).read_to_end(&mut bytes).map_err(|error| unusable(error.to_string()))?;
    if bytes.len() as u64 > MAX_FACTS {
        let limit = ("limit", (MAX_FACTS >> 20).to_string());
        return Err(Failure::usage("usage-facts-large", [name(), limit]));
    }
    StoredFacts::read(&bytes, &verifier.observe_options().limits).map_err(|error| match error {
        StoredFactsError::EvidenceKey { key, actual } => {
            let digests = [("key", key.to_string()), ("actual", actual.to_string())];
            Failure::usage("usage-facts-evidence", [name()].into_iter().chain(digests))
        }
        StoredFactsError::Schema { found } => Failure::usage("usage-facts-schema", [name(), ("found", found)]),
        other => unusable(other.to_string()),
    })
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::io("usage-file", [("path", path.display().to_string()), ("reason", error.to_string())])
}
