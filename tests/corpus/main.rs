//! kenin against the interop corpus: files nobody here made, with facts on which independent verifiers agree.
//!
//! The corpus lies beside a checkout and is not part of it. Without it every test here is shown as *ignored*, never
//! as passed; `KENIN_REQUIRE_CORPUS=1` makes its absence a failure. `docs/testing.md` says how to read the output.
//!
//!     cargo test --release --test corpus
// A test program: a failed assumption about the corpus should stop it, and its table belongs on standard output.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::exit
)]

mod agreement;
mod archive;
#[path = "../support/corpus.rs"]
mod corpus;
mod crls;
mod exceptions;
mod expected;
mod fields;
mod hpki;
mod hpki_xades;
#[path = "../support/judge.rs"]
mod judge;
mod levels;
mod pdf_changes;
mod pdf_objects;
mod pdf_values;
mod run;
mod wire;
mod xades;
mod xmlsec;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use agreement::{Fact, Kind};
use corpus::{Suite, none};
use fields::Fields;
use libtest_mimic::{Arguments, Failed};
use pdf_objects::Objects;
use pdf_values::PdfValues;
use run::Outcome;
use xmlsec::XmlSignatures;

/// Facts agreed, in per cent of all facts of their kind.
const THRESHOLDS: &[(&str, &[Kind], usize)] = &[
    ("pdf-crypto-ok", &[Kind::PdfCryptoOk], 99),
    ("pdf-digest-algorithm", &[Kind::PdfDigest], 98),
    ("pdf-type", &[Kind::PdfType], 98),
    ("pdf-coverage", &[Kind::PdfCoverage], 99),
    ("cms-crypto-ok", &[Kind::CmsCryptoOk], 97),
    ("token-crypto-ok", &[Kind::TokenCryptoOk], 99),
    ("token-imprint-ok", &[Kind::TokenImprintOk], 99),
    ("signature-counts", &[Kind::PdfSignatureCount, Kind::PdfTimestampCount, Kind::CmsSignatureCount], 97),
    ("xades-crypto-ok", &[Kind::XadesCryptoOk], 97),
    ("xades-signature-counts", &[Kind::XadesSignatureCount], 97),
    ("xades-level", &[Kind::XadesLevel], 97),
    ("xades-imprint-ok", &[Kind::XadesImprintOk], 97),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let corpus = Suite::new("corpus", Run::over);
    let mut trials = vec![
        corpus.trial("every-file-gives-a-report", every_file_gives_a_report),
        corpus.trial("every-file-in-time", every_file_in_time),
        corpus.trial("program-over-the-folder", program_over_the_folder),
        corpus.trial("agreed-false-comes-out-false", agreed_false_comes_out_false),
        corpus.trial("every-divergence-is-explained", every_divergence_is_explained),
        corpus.trial("no-exception-is-stale", no_exception_is_stale),
        corpus.trial("wire-deployed-constructs", |run| wire::deployed_constructs(&run.outcomes)),
        corpus.trial("wire-fractional-gen-time", |run| wire::fractional_gen_time(&run.outcomes)),
        corpus.trial("wire-zero-padding", |run| wire::zero_padding(&run.outcomes)),
        corpus.trial("wire-ocsp-inside-signed-data", |run| wire::ocsp_inside_signed_data(&run.outcomes)),
        corpus.trial("wire-evidence-files", |run| wire::evidence_files(&run.folder, &run.outcomes)),
        corpus.trial("archive-timestamps-eu-dss", |run| archive::in_signatures(&run.folder, &run.outcomes)),
        corpus.trial("evidence-records-eu-dss", |run| archive::evidence_records(&run.folder, &run.outcomes)),
        corpus.trial("evidence-records-in-order", |run| archive::evidence_records_in_order(&run.folder, &run.outcomes)),
        corpus.trial("levels-pdf-beside-eu-dss", |run| levels::pdf(&run.outcomes)),
        corpus.trial("levels-cms-beside-eu-dss", |run| levels::cms(&run.outcomes)),
        corpus
            .trial("levels-every-difference-is-explained", |run| levels::every_difference_is_explained(&run.outcomes)),
        corpus.trial("levels-no-exception-is-stale", |run| levels::no_exception_is_stale(&run.outcomes)),
        corpus.trial("changes-where-two-verifiers-agree", |run| pdf_changes::two_verifiers(&run.folder, &run.outcomes)),
        corpus.trial("changes-pyhanko-explained", |run| pdf_changes::pyhanko_explained(&run.folder, &run.outcomes)),
        corpus.trial("changes-itext-explained", |run| pdf_changes::itext_explained(&run.folder, &run.outcomes)),
        corpus.trial("changes-attacks-fail", |run| pdf_changes::attacks_fail(&run.folder, &run.outcomes)),
        corpus.trial("xades-failures-have-their-reasons", |run| xades::failures_have_their_reasons(&run.outcomes)),
        corpus.trial("xades-manifest-members-count", |run| xades::members_count(&run.outcomes)),
        corpus.trial("xades-wrapping-fails", |run| xades::wrapping_fails(&run.outcomes)),
        corpus.trial("xades-type-declarations-are-refused", |run| xades::type_declarations_are_refused(&run.outcomes)),
        corpus.folder_trial("real-hpki-certificates", hpki::end_entities),
        corpus.folder_trial("real-hpki-xades-records", hpki_xades::records),
        corpus.folder_trial("real-hpki-xades-broken", hpki_xades::broken),
        corpus.folder_trial("real-crls-read-as-written", crls::read_as_written),
        corpus.folder_trial("real-crls-judged-at-the-right-times", crls::judged_at_the_right_times),
    ];
    let fields = Suite::new("corpus", Fields::over);
    trials.extend([
        fields.trial("fields-every-object-is-read-or-refused", fields::every_object_is_read_or_refused),
        fields.trial("fields-every-divergence-is-explained", fields::every_divergence_is_explained),
        fields.trial("fields-no-exception-is-stale", fields::no_exception_is_stale),
    ]);
    let objects = Suite::new("corpus", Objects::over).needing("qpdf");
    trials.extend([
        objects.trial("objects-qpdf-reads-the-files", pdf_objects::qpdf_reads_the_files),
        objects.trial("objects-every-difference-is-explained", pdf_objects::every_difference_is_explained),
        objects.trial("objects-no-exception-is-stale", pdf_objects::no_exception_is_stale),
    ]);
    let values = Suite::new("corpus", PdfValues::over);
    trials.extend([
        values.trial("values-lopdf-reads-the-files", pdf_values::lopdf_reads_the_files),
        values.trial("values-every-difference-is-explained", pdf_values::every_difference_is_explained),
        values.trial("values-no-exception-is-stale", pdf_values::no_exception_is_stale),
    ]);
    let signatures = Suite::new("corpus", XmlSignatures::over).needing("xmlsec1");
    trials.extend([
        signatures.trial("xmlsec-decides-the-signatures", xmlsec::xmlsec_decides),
        signatures.trial("xmlsec-every-difference-is-explained", xmlsec::every_difference_is_explained),
        signatures.trial("xmlsec-no-exception-is-stale", xmlsec::no_exception_is_stale),
    ]);
    for (name, kinds, per_cent) in THRESHOLDS {
        trials.push(corpus.trial(&format!("agreement-{name}"), |run| at_least(run, kinds, *per_cent)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One pass over the corpus and its comparison with what was expected.
struct Run {
    folder: PathBuf,
    outcomes: Vec<Outcome>,
    facts: Vec<Fact>,
}

impl Run {
    fn over(folder: &Path) -> Self {
        let outcomes = run::run(folder);
        let mut facts = agreement::facts(&outcomes);
        facts.extend(xades::facts(folder, &outcomes));
        let run = Self { folder: folder.to_owned(), outcomes, facts };
        println!("{}", run.summary());
        run
    }

    /// What was compared, and every disagreement.
    fn summary(&self) -> String {
        let mut text = String::new();
        let mut formats: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        for outcome in &self.outcomes {
            let verdict =
                outcome.report.as_ref().map_or("no report".to_owned(), |report| format!("{:?}", report.verdict));
            *formats.entry(&outcome.row.format).or_default().entry(verdict).or_default() += 1;
        }
        writeln!(text, "\n{} files: verdicts by format", self.outcomes.len()).unwrap();
        for (format, verdicts) in formats {
            let verdicts: Vec<String> = verdicts.iter().map(|(verdict, count)| format!("{verdict} {count}")).collect();
            writeln!(text, "  {format:16} {}", verdicts.join(", ")).unwrap();
        }
        writeln!(text, "agreement on facts with two votes or more").unwrap();
        for (kind, (agreed, all)) in agreement::tally(&self.facts) {
            let per_cent = 100.0 * ratio(agreed, all);
            writeln!(text, "  {kind:22} {agreed:4} of {all:4}  {per_cent:6.2} %").unwrap();
        }
        writeln!(text, "disagreements").unwrap();
        let exceptions = exceptions::exceptions();
        for fact in self.facts.iter().filter(|fact| !fact.agrees()) {
            let mark = if exceptions.iter().any(|exception| exception.holds(fact)) { "known" } else { "NEW  " };
            writeln!(text, "  {mark} {fact}").unwrap();
        }
        writeln!(text, "agreed to be false").unwrap();
        for fact in self.facts.iter().filter(|fact| fact.is_false()) {
            writeln!(text, "  {fact}").unwrap();
        }
        let mut slowest: Vec<&Outcome> = self.outcomes.iter().collect();
        slowest.sort_by_key(|outcome| std::cmp::Reverse(outcome.time));
        writeln!(text, "slowest files").unwrap();
        for outcome in slowest.iter().take(5) {
            writeln!(text, "  {:6} ms {}", outcome.time.as_millis(), outcome.row.path).unwrap();
        }
        text
    }
}

fn every_file_gives_a_report(run: &Run) -> Result<(), Failed> {
    let failures = run.outcomes.iter().filter_map(|outcome| Some((&outcome.row.path, outcome.report.as_ref().err()?)));
    none(failures.map(|(path, why)| format!("{path}: {why}")))
}

fn every_file_in_time(run: &Run) -> Result<(), Failed> {
    let slow = run.outcomes.iter().filter(|outcome| outcome.time > run::TIME_LIMIT);
    none(slow.map(|outcome| format!("{}: {} s", outcome.row.path, outcome.time.as_secs())))
}

/// The program itself: one report for every file, and an exit code that says "something is invalid", never 6.
fn program_over_the_folder(run: &Run) -> Result<(), Failed> {
    let mut kenin = Command::new(env!("CARGO_BIN_EXE_kenin"));
    let arguments = ["verify", "-r", "--format", "json", "--time", run::VALIDATION_TIME];
    let output = kenin.args(arguments).arg(run.folder.join("files")).output().unwrap();
    let reports = output.stdout.split(|octet| *octet == b'\n').filter(|line| !line.is_empty()).count();
    if output.status.code() == Some(1) && reports >= run.outcomes.len() {
        Ok(())
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(format!("{}: {reports} reports of {} files or more: {complaint}", output.status, run.outcomes.len()).into())
    }
}

fn agreed_false_comes_out_false(run: &Run) -> Result<(), Failed> {
    let exceptions = exceptions::exceptions();
    let known = |fact: &&Fact| exceptions.iter().any(|exception| exception.holds(fact));
    let agreed: Vec<&Fact> = run.facts.iter().filter(|fact| fact.is_false() && !known(fact)).collect();
    let missed = agreed.iter().filter(|fact| !fact.agrees() || !fact.conclusion.contains('/'));
    none(missed.map(ToString::to_string))
}

fn every_divergence_is_explained(run: &Run) -> Result<(), Failed> {
    let exceptions = exceptions::exceptions();
    let divergences = run.facts.iter().filter(|fact| !fact.agrees());
    let new = divergences.filter(|fact| !exceptions.iter().any(|exception| exception.holds(fact)));
    none(new.map(ToString::to_string))
}

fn no_exception_is_stale(run: &Run) -> Result<(), Failed> {
    let exceptions = exceptions::exceptions();
    let stale = exceptions.iter().filter(|exception| !run.facts.iter().any(|fact| exception.holds(fact)));
    none(stale.map(|exception| format!("{} [{}]: {}", exception.path, exception.field, exception.fact)))
}

fn at_least(run: &Run, kinds: &[Kind], per_cent: usize) -> Result<(), Failed> {
    let tally = agreement::tally(&run.facts);
    let of_kinds = tally.iter().filter(|(kind, _)| kinds.contains(kind));
    let (agreed, all) = of_kinds.fold((0, 0), |(agreed, all), (_, (a, n))| (agreed + a, all + n));
    if all > 0 && agreed * 100 >= all * per_cent {
        Ok(())
    } else {
        Err(format!("{agreed} of {all} facts agreed, {per_cent} % are required").into())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of files, for a percentage")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
