//! Arguments as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Verify electronic signatures and timestamps on Japanese medical records
#[derive(Debug, Parser)]
#[command(name = "kenin", version, max_term_width = 80, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages [default: the locale's; English in machine formats]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<LangArg>,
}

const EXAMPLES: &str = "\
Examples:
  kenin verify summary.pdf
  kenin verify letter.p7s --content letter.xml
  kenin verify -r archive/ --format json > results.jsonl
  kenin inspect card.cer
  kenin policy export mhlw-6.0 --output our-policy.toml
  kenin explain TRY_LATER

Exit codes: 0 valid, 1 invalid, 2 indeterminate, 3 no signature,
4 usage or bad policy/trust file, 5 input/output, 6 internal error.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Verify signed documents against trust profile and guideline
    Verify(VerifyArgs),
    /// Show what a certificate, CRL, OCSP response, timestamp or document holds
    Inspect(InspectArgs),
    /// Say what a code in a report means and what to do about it
    Explain {
        /// A finding, check, sub-indication, requirement or reason, as reports write it
        #[arg(value_name = "CODE")]
        code: String,
    },
    /// Trust profiles: whom to believe
    Trust {
        #[command(subcommand)]
        command: TrustCommand,
    },
    /// Policies: what to ask for
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
}

/// What to do with trust profiles.
#[derive(Debug, Subcommand)]
pub enum TrustCommand {
    /// List a profile's authorities for signers and for timestamps
    List {
        /// Built-in name, or a file (a path with `/` or ending in .toml)
        #[arg(long, value_name = "PROFILE", default_value = DEFAULT_TRUST)]
        trust: String,
    },
}

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Print a policy, ready to be saved and changed
    Show {
        /// Built-in name (mhlw-6.0, signature), or a file
        #[arg(value_name = "NAME", default_value = DEFAULT_POLICY)]
        policy: String,
    },
    /// Write a policy to a file, to change it and use it with --policy
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
        /// Built-in name (mhlw-6.0, signature), or a file
        #[arg(value_name = "NAME")]
        policy: String,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// Write over a file that exists
        #[arg(long)]
        force: bool,
    },
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  kenin policy export mhlw-6.0 --output our-policy.toml
  kenin verify summary.pdf --policy ./our-policy.toml

Exit codes: 0 written, 4 no such policy or the file exists, 5 it cannot
be written.";

pub const DEFAULT_TRUST: &str = "jp-hpki";
pub const DEFAULT_POLICY: &str = "mhlw-6.0";

/// `kenin verify`.
#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub struct VerifyArgs {
    /// Documents to verify; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Verify every file in folders and the folders below them
    #[arg(short, long)]
    pub recursive: bool,
    /// What a detached signature signs
    #[arg(long, value_name = "FILE")]
    pub content: Option<PathBuf>,
    /// Password of an encrypted PDF (others can see it; better --password-file)
    #[arg(long, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// File with one password a line
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub judging: JudgingArgs,
    /// How to write the report; json is one report a line
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Indent the JSON of a single document
    #[arg(long)]
    pub pretty: bool,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Number of documents to verify at once [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Print nothing but errors; the exit code answers
    #[arg(short, long, conflicts_with_all = ["output", "pretty"])]
    pub quiet: bool,
    /// Show the names in JPKI certificates
    #[arg(long)]
    pub show_personal: bool,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  kenin verify summary.pdf
  kenin verify letter.p7s --content letter.xml
  kenin verify old.pdf --time 2020-04-01T00:00:00+09:00 --evidence crls/
  kenin verify -r archive/ --format json --output results.jsonl
  kenin verify contract.pdf --policy signature --trust ./our-trust.toml

Exit codes: 0 all valid, 1 at least one invalid, 2 none invalid but one
indeterminate, 3 no signature where one is expected, 4 usage or bad
policy/trust file, 5 input/output, 6 internal error.";

/// What decides a judgement beside the document.
#[derive(Debug, Args)]
pub struct JudgingArgs {
    /// Trust profile by name or file (`/` in it, or .toml)
    #[arg(long, value_name = "PROFILE", default_value = DEFAULT_TRUST)]
    pub trust: String,
    /// Policy by name (mhlw-6.0, signature) or file (`/` in it, or .toml)
    #[arg(long, value_name = "POLICY", default_value = DEFAULT_POLICY)]
    pub policy: String,
    /// Judge as if it were this time (RFC 3339) [default: now]
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// Certificates, CRLs, OCSP responses (DER or PEM), or a folder of them
    #[arg(long, value_name = "PATH")]
    pub evidence: Vec<PathBuf>,
}

/// `kenin inspect`.
#[derive(Debug, Args)]
#[command(after_help = INSPECT_EXAMPLES)]
pub struct InspectArgs {
    /// What to show
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub judging: JudgingArgs,
    /// How many entries of a CRL to list: a number, or all
    #[arg(long, value_name = "N", default_value = "10", value_parser = entries)]
    pub entries: usize,
    /// Show the names in JPKI certificates
    #[arg(long)]
    pub show_personal: bool,
}

/// A number of entries; `all` is as many as there are.
fn entries(text: &str) -> Result<usize, String> {
    if text == "all" { Ok(usize::MAX) } else { text.parse().map_err(|_| "give a number, or all".to_owned()) }
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  kenin inspect card.cer --evidence cas-and-crls/
  kenin inspect list.crl --evidence issuer.cer --entries all
  kenin inspect response.ocsp --time 2024-05-20T00:00:00+09:00
  kenin inspect token.tst
  kenin inspect summary.pdf";

/// A language, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ja,
    En,
}

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}
