//! Arguments of `kenin batch`, as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use kenin_archive::export::Form;
use kenin_archive::{Recheck, Shard};

use crate::args::{JudgingArgs, ReportArgs};

/// `kenin batch`.
#[derive(Debug, Args)]
#[command(after_help = BATCH_EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct BatchArgs {
    /// What to do with results that are there.
    #[command(subcommand)]
    pub command: Option<BatchCommand>,
    #[command(flatten)]
    pub run: RunArgs,
}

/// What to do with results that are there.
#[derive(Debug, Subcommand)]
pub enum BatchCommand {
    /// Print the full report on a document of the results, without reading it
    Show(ShowArgs),
    /// Judge every document of the results again, without reading it
    Rejudge(BatchRejudgeArgs),
    /// Write the results as CSV, JSON Lines or Parquet
    Export(ExportArgs),
    /// Write a report on the whole archive: what is invalid, what must be stamped
    /// again by when
    Report(BatchReportArgs),
}

/// Verifying an archive.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Folders, documents, ZIPs of documents, or patterns ('2024/**/*.pdf');
    /// every file below a folder is verified
    #[arg(value_name = "ROOT", required_unless_present = "manifest")]
    pub roots: Vec<PathBuf>,
    /// The results file (SQLite), made if it is not there; with --shard the
    /// folder for the part
    #[arg(long, value_name = "PATH", required = true)]
    pub results: Option<PathBuf>,
    /// A list of what to verify, one name a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Names in the list end in NUL (find -print0)
    #[arg(short = '0', long, requires = "manifest")]
    pub null: bool,
    /// Verify only the Ith of N shares of the list, and write one Parquet part
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "manifest", conflicts_with_all = ["roots", "resume", "restart", "recheck", "only_changed", "compare_content"])]
    pub shard: Option<Shard>,
    /// Go on with a run that was interrupted
    #[arg(long)]
    pub resume: bool,
    /// Give a run up that was interrupted, and begin a new one; what it has
    /// judged is kept
    #[arg(long, conflicts_with = "resume")]
    pub restart: bool,
    /// Judge these again although they are unchanged: invalid, indeterminate,
    /// expiring=180d (to be stamped again within 180 days)
    #[arg(long, value_name = "WHICH", value_delimiter = ',', value_parser = recheck)]
    pub recheck: Vec<Recheck>,
    /// Leave unchanged documents alone even if tool, policy, trust profile,
    /// evidence or time are others than when they were judged
    #[arg(long)]
    pub only_changed: bool,
    /// Leave documents alone that were changed last before this time (RFC 3339)
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Tell by SHA-256, not by size and time, whether a document is unchanged
    #[arg(long)]
    pub compare_content: bool,
    /// File with passwords of encrypted PDFs, one a line
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub judging: JudgingArgs,
    /// Number of documents to verify at once [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// No progress and no summary; the exit code answers
    #[arg(short, long)]
    pub quiet: bool,
    /// Keep the names in JPKI certificates in the rows
    #[arg(long)]
    pub show_personal: bool,
}

/// `kenin batch show`.
#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// The results file
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// The document, as the results call it
    #[arg(value_name = "NAME")]
    pub name: PathBuf,
    #[command(flatten)]
    pub report: ReportArgs,
}

/// `kenin batch rejudge`.
#[derive(Debug, Args)]
#[command(after_help = REJUDGE_EXAMPLES)]
pub struct BatchRejudgeArgs {
    /// The results file
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Nobody can have changed the results since they were written
    #[arg(long)]
    pub trust_facts: bool,
    /// Trust profile by name or file (`/` in it, or .toml) [default: the one of
    /// the last run]
    #[arg(long, value_name = "PROFILE")]
    pub trust: Option<String>,
    /// Policy by name (mhlw-6.0, signature) or file (`/` in it, or .toml)
    /// [default: the one of the last run]
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Judge as if it were this time (RFC 3339) [default: now]
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// Certificates, CRLs, OCSP responses (DER or PEM), or a folder of them
    #[arg(long, value_name = "PATH")]
    pub evidence: Vec<PathBuf>,
    /// No progress and no summary; the exit code answers
    #[arg(short, long)]
    pub quiet: bool,
    /// Keep the names in JPKI certificates in the rows
    #[arg(long)]
    pub show_personal: bool,
}

/// `kenin batch export`.
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub struct ExportArgs {
    /// The results file
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "csv")]
    pub format: ExportFormat,
    /// The file to write; else standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A form of results, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// For spreadsheets: UTF-8 with a byte order mark, nothing that Excel runs
    Csv,
    /// One JSON object a document
    Jsonl,
    /// Apache Parquet
    Parquet,
}

impl ExportFormat {
    /// The form itself.
    pub fn form(self) -> Form {
        match self {
            Self::Csv => Form::Csv,
            Self::Jsonl => Form::JsonLines,
            Self::Parquet => Form::Parquet,
        }
    }
}

/// `3/16`: the third of sixteen.
fn shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parsed {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("give I/N with I from 1 to N, such as 3/16".to_owned()),
    }
}

/// `kenin batch report`.
#[derive(Debug, Args)]
#[command(after_help = REPORT_EXAMPLES)]
pub struct BatchReportArgs {
    /// The results file
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// How to write the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "html")]
    pub format: ReportFormat,
    /// The folder to write it into; made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// How many documents each list has at most, each with its own report
    #[arg(long, value_name = "N", default_value = "200", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub records: u32,
    /// The time from which the calendar counts (RFC 3339) [default: now]
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// Show the names in JPKI certificates
    #[arg(long)]
    pub show_personal: bool,
}

/// How the report on an archive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// A page, and one for each document that it names.
    Html,
}

/// `invalid`, `indeterminate` or `expiring=180d`.
fn recheck(text: &str) -> Result<Recheck, String> {
    let days = |text: &str| text.strip_suffix('d').unwrap_or(text).parse().ok();
    let expiring = || text.strip_prefix("expiring=").and_then(days).map(|days| Recheck::Expiring { days });
    match text {
        "invalid" => Some(Recheck::Invalid),
        "indeterminate" => Some(Recheck::Indeterminate),
        _ => expiring(),
    }
    .ok_or_else(|| "give invalid, indeterminate or expiring=180d".to_owned())
}

const BATCH_EXAMPLES: &str = "\
Examples:
  kenin batch /archive --results archive.kenin.db
  kenin batch /archive --results archive.kenin.db --resume
  kenin batch 2024/ 2025/ --results results.db --policy ./our-policy.toml
  kenin batch '2024/**/*.pdf' box.zip --results results.db
  find /archive -name '*.p7s' -print0 | \\
      kenin batch --manifest - --null --results results.db
  kenin batch /archive --results results.db --recheck expiring=180d
  kenin batch --manifest list.txt --shard 3/16 --results parts/
  kenin batch show results.db /archive/summary.pdf
  kenin batch export results.db --output results.csv
  kenin batch report results.db --output report/

A document is judged again when its content, the tool, the policy, the trust
profile, the evidence or a given --time is another than at its last judgement.
x.p7s (.sig, .tst, .tsr, .ers) beside x is judged with x. The members of a ZIP
are documents, called box.zip!/member.

Exit codes, over every document in the results: 0 all valid, 1 at least
one invalid, 2 none invalid but one indeterminate, 4 usage (also a run to
be resumed), 5 something could not be read or kept, 6 internal error, 130
interrupted. Files without a signature do not count.";

const SHOW_EXAMPLES: &str = "\
Examples:
  kenin batch show results.db /archive/summary.pdf
  kenin batch show results.db 'box.zip!/summary.pdf' --format html \\
      --output summary.html

The report is made again from what was observed, under the policy, the trust
profile and at the time of the document's last judgement. The results are
not protected: whoever can change the file can change what comes out.

Exit codes: those of kenin verify, but 2 instead of 0: the document was not
read. 4 when the results have no such document.";

const REJUDGE_EXAMPLES: &str = "\
Examples:
  kenin batch rejudge results.db --time 2030-01-01T00:00:00Z
  kenin batch rejudge results.db --policy ./stricter.toml --trust-facts

The rows are replaced, all or none; copy the file first to keep the old ones.
Documents that could not be read keep theirs.

Exit codes: those of kenin batch, but 2 instead of 0 without --trust-facts:
whoever can change the results can change what comes out.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  kenin batch export results.db --output results.csv
  kenin batch export results.db --format jsonl | jq -c 'select(.verdict == \"invalid\")'
  kenin batch export results.db --format parquet --output results.parquet

CSV and Parquet have one row a signature, and one for a document without any.
The columns are described in docs/batch.md.

Exit codes: 0 written, 4 usage, 5 the results cannot be read or the export
not written.";

const REPORT_EXAMPLES: &str = "\
Examples:
  kenin batch report archive.kenin.db --output report/
  kenin batch report archive.kenin.db --output report/ --lang ja --records 500

Open report/index.html in a browser: invalid and unreadable documents first,
then why, then how many must be stamped again by when. The report of each
document that it lists is in report/records/. No document is read; nothing is
judged again. An earlier report in the folder is replaced; other files are
never written over.

Exit codes: 0 the report was written, whatever it says, 4 usage, 5 the results
could not be read or the report not be written.";
