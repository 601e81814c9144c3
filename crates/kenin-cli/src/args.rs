//! Arguments as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::batch::BatchArgs;

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
    /// Text that survives CP932: own symbols in ASCII, other characters that it
    /// lacks as \u{20BB7}; JSON, XML and HTML stay as they are
    #[arg(long, global = true)]
    pub ascii: bool,
}

const EXAMPLES: &str = "\
Examples:
  kenin verify summary.pdf
  kenin verify letter.p7s --content letter.xml
  kenin verify -r archive/ --format json > results.jsonl
  kenin batch archive/ --results archive.kenin.db
  kenin rejudge summary.facts.json --document summary.pdf
  kenin inspect card.cer
  kenin policy export mhlw-6.0 --output our-policy.toml
  kenin trust import root.cer --expect-sha256 6E:D2:... --as signer \\
      --name 'Our CA' --into our-trust.toml --base jp-hpki
  kenin explain TRY_LATER

Exit codes: 0 valid, 1 invalid, 2 indeterminate, 3 no signature,
4 usage or bad policy/trust file, 5 input/output, 6 internal error.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Verify signed documents against trust profile and guideline
    Verify(VerifyArgs),
    /// Verify an archive and keep the results in a file; goes on where it stopped
    Batch(BatchArgs),
    /// Judge stored facts again: a later time, another policy, newer evidence
    Rejudge(RejudgeArgs),
    /// Show what a certificate, CRL, OCSP response, timestamp or document holds
    Inspect(InspectArgs),
    /// Say what a code in a report means, what to do about it and whom to ask
    Explain {
        /// Any code, as reports write it; without one all are listed
        #[arg(value_name = "CODE")]
        code: Option<String>,
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
    /// Add an authority to a profile file, checked against its published digest
    Import(ImportArgs),
    /// Say which authority, certificate or revocation datum is missing, and what gets it
    Doctor(DoctorArgs),
}

/// `kenin trust doctor`.
#[derive(Debug, Args)]
#[command(after_help = DOCTOR_EXAMPLES)]
pub struct DoctorArgs {
    /// A signed document or a signer's certificate; without it the profile itself
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// What a detached signature signs
    #[arg(long, value_name = "FILE", requires = "file")]
    pub content: Option<PathBuf>,
    /// File with passwords of an encrypted PDF, one a line
    #[arg(long, value_name = "FILE", requires = "file")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub judging: JudgingArgs,
}

const DOCTOR_EXAMPLES: &str = "\
Examples:
  kenin trust doctor old.pdf
  kenin trust doctor old.pdf --evidence crls/ --trust ./our-trust.toml
  kenin trust doctor card.cer
  kenin trust doctor --trust ./our-trust.toml

Commands are shown to be read and copied; kenin runs and fetches nothing.

Exit codes: 0 nothing is missing, 2 something is, 3 no signature, 4 usage
or bad policy/trust file, 5 input/output.";

/// `kenin trust import`.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct ImportArgs {
    /// A certificate (DER or PEM), or the Ministry's ZIP of a timestamp service
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// SHA-256 of the certificate, or of the ZIP, as its authority publishes it
    #[arg(long, value_name = "HEX")]
    pub expect_sha256: Option<String>,
    /// For whom it stands; a ZIP is always for timestamps
    #[arg(long = "as", value_enum, value_name = "ROLE")]
    pub role: Option<RoleArg>,
    /// The name that reports show
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// What a signer authority's certificates are for [default: other]
    #[arg(long, value_enum, value_name = "PURPOSE")]
    pub purpose: Option<PurposeArg>,
    /// A certificate policy of signers, or a TSA policy, that must be there
    #[arg(long, value_name = "OID")]
    pub policy_oid: Vec<String>,
    /// First day of accreditation (2022-04-01, in Japan), or an RFC 3339 time
    #[arg(long, value_name = "TIME")]
    pub accredited_from: Option<String>,
    /// First day without accreditation again [default: it lasts]
    #[arg(long, value_name = "TIME", requires = "accredited_from")]
    pub accredited_to: Option<String>,
    /// Who accredited: the Ministry's notice 146 of 2021, or dekyo
    #[arg(long, value_enum, value_name = "SCHEME", requires = "accredited_from")]
    pub scheme: Option<SchemeArg>,
    /// The profile file to add to
    #[arg(long, value_name = "PROFILE.toml")]
    pub into: PathBuf,
    /// What a profile file that does not exist yet starts from
    #[arg(long, value_name = "PROFILE")]
    pub base: Option<String>,
    /// Look at validity as of this time (RFC 3339) [default: now]
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
}

/// Whom an authority certifies, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleArg {
    /// Signers of documents
    Signer,
    /// Timestamps
    Tsa,
}

/// What a signer authority's certificates are for, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PurposeArg {
    /// HPKI: the licence is in the certificate
    Hpki,
    /// An accredited or other certification business
    AccreditedCa,
    /// Public individual certification
    Jpki,
    /// None of these: identity alone
    Other,
}

/// An accreditation scheme, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemeArg {
    /// Notice 146 of 2021 of the Ministry of Internal Affairs and Communications
    #[value(name = "mic-146")]
    Mic146,
    /// Japan Data Communications Association
    Dekyo,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  kenin trust import root.cer --expect-sha256 6E:D2:79:...:67:4C \\
      --as signer --name 'Our CA' --purpose accredited-ca \\
      --policy-oid 1.2.392.200000.1 --into our-trust.toml --base jp-hpki
  kenin trust import service.zip --expect-sha256 91ab... \\
      --name 'Our timestamp service' --accredited-from 2022-04-01 \\
      --into our-trust.toml
  kenin verify summary.pdf --trust ./our-trust.toml

Take the digest from the authority's own publication (website, 官報,
a letter), not from the place where the file came from.

Exit codes: 0 added or already there, 4 refused (another digest, no such
authority in the file, a profile that cannot be read), 5 input/output.";

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
    /// Documents to verify (PDF, CMS, timestamps, XML); `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Verify every file in folders and the folders below them
    #[arg(short, long)]
    pub recursive: bool,
    /// What a detached signature signs [default: the file beside it, letter.xml
    /// for letter.xml.p7s]
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
    /// How to write the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Indent the JSON of a single document
    #[arg(long)]
    pub pretty: bool,
    /// Write the report to a file instead of standard output; html and
    /// etsi-xml of several documents: into a folder, each named after its
    /// document
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
    /// Also keep what was observed in a new file, to judge it again (rejudge)
    #[arg(long, value_name = "PATH")]
    pub save_facts: Option<PathBuf>,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  kenin verify summary.pdf
  kenin verify letter.p7s --content letter.xml
  kenin verify summary.tsr --content summary.pdf --policy signature
  kenin verify record.ers --content summary.pdf --policy signature
  kenin verify summary.pdf --evidence record.ers
  kenin verify old.pdf --time 2020-04-01T00:00:00+09:00 --evidence crls/
  kenin verify -r archive/ --format json --output results.jsonl
  kenin verify contract.pdf --policy signature --trust ./our-trust.toml
  kenin verify summary.pdf --save-facts summary.facts.json
  kenin verify summary.pdf --format html --output summary.html
  kenin verify summary.pdf --format etsi-xml --output summary.xml
  kenin verify -r archive/ --format etsi-xml --output reports/

Exit codes: 0 all valid, 1 at least one invalid, 2 none invalid but one
indeterminate, 3 no signature where one is expected, 4 usage or bad
policy/trust file, 5 input/output, 6 internal error.";

/// `kenin rejudge`.
#[derive(Debug, Args)]
#[command(after_help = REJUDGE_EXAMPLES)]
pub struct RejudgeArgs {
    /// Facts that `kenin verify --save-facts` stored
    #[arg(value_name = "FACTS")]
    pub facts: PathBuf,
    /// The document they were stored from, to prove that they are its facts
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// What a detached signature signs
    #[arg(long, value_name = "FILE", requires = "document")]
    pub content: Option<PathBuf>,
    /// Password of an encrypted PDF (others can see it; better --password-file)
    #[arg(long, value_name = "PASSWORD", requires = "document")]
    pub password: Option<String>,
    /// File with one password a line
    #[arg(long, value_name = "FILE", requires = "document", conflicts_with = "password")]
    pub password_file: Option<PathBuf>,
    /// Nobody can have changed the facts since they were stored
    #[arg(long, conflicts_with = "document")]
    pub trust_facts: bool,
    #[command(flatten)]
    pub judging: JudgingArgs,
    #[command(flatten)]
    pub report: ReportArgs,
}

/// How the report on one document is written.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// How to write the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Indent the JSON
    #[arg(long)]
    pub pretty: bool,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Show the names in JPKI certificates
    #[arg(long)]
    pub show_personal: bool,
}

const REJUDGE_EXAMPLES: &str = "\
Examples:
  kenin verify summary.pdf --save-facts summary.facts.json
  kenin rejudge summary.facts.json --document summary.pdf
  kenin rejudge summary.facts.json --document summary.pdf \\
      --evidence newer-crls/
  kenin rejudge summary.facts.json --trust-facts --policy signature

A file of facts is not protected: whoever can change it can change what
comes out. With --document the document is observed again, its own facts
are judged, and a difference is reported. The file holds the names in the
certificates.

Exit codes: 0 valid, 1 invalid, 2 indeterminate, or valid by facts that
were not compared with the document or differ from it, 3 no signature,
4 usage (facts that were damaged, or of another document), 5 input/output.";

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
    /// How many entries of a CRL, or PDF revisions beyond 50, to list; or all
    #[arg(long, value_name = "N", default_value = "10", value_parser = entries)]
    pub entries: usize,
    /// Show the names in JPKI certificates
    #[arg(long)]
    pub show_personal: bool,
    /// Write a PDF as it was at the end of its Nth revision, 1 being the oldest
    #[arg(long, value_name = "N", requires = "output")]
    pub revision: Option<u32>,
    /// The file to write that revision to; `-` is standard output
    #[arg(long, value_name = "FILE", requires = "revision")]
    pub output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long, requires = "output")]
    pub force: bool,
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
  kenin inspect summary.pdf
  kenin inspect --revision 1 --output as-signed.pdf summary.pdf

A PDF is shown as a timeline: what each revision added and who signed it.
--revision writes the file up to the end of that revision; when somebody
signed in it, exactly the bytes that the signature covers.

Exit codes: 0 shown or written, 3 nothing that kenin knows, 4 usage (no
such revision, or the file exists), 5 input/output.";

/// A language, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ja,
    En,
}

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON, one report a line
    Json,
    /// One HTML page for people, on a screen and on A4
    Html,
    /// XML by ETSI TS 119 102-2, one file a document
    EtsiXml,
}

impl Format {
    /// Whether a report is a file of its own, so that several need a folder.
    pub fn needs_folder(self) -> bool {
        matches!(self, Self::Html | Self::EtsiXml)
    }

    /// What the name of a report's file ends in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Html => "html",
            Self::EtsiXml => "xml",
        }
    }

    /// The format's name, as typed.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}
