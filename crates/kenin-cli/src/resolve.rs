//! Arguments resolved: every policy, profile, password and piece of evidence read, before any document is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use kenin::{Policy, SuppliedEvidence, TrustProfile, UtcTime};
use kenin_archive::content_beside;

use crate::args::{Format, JudgingArgs, VerifyArgs};
use crate::evidence;
use crate::exit::Failure;
use crate::folder::Folder;
use crate::input::{self, Input};
use crate::printer::Printer;
use crate::read_files::ReadFiles;

/// What decides every judgement of a run.
pub struct Judging {
    /// Whom to believe.
    pub trust: TrustProfile,
    /// What to ask for.
    pub policy: Policy,
    /// The time to judge at.
    pub time: Time,
    /// Evidence beside the documents.
    pub evidence: Vec<SuppliedEvidence>,
}

/// The time to judge at and where it came from.
#[derive(Clone, Copy)]
pub enum Time {
    /// The clock's at the start of the run.
    Now(UtcTime),
    /// The caller's.
    Given(UtcTime),
}

/// A `kenin verify`, ready to run.
pub struct Plan {
    /// The documents, those found in folders too.
    pub inputs: Vec<Input>,
    /// Whether it is one that was named, whose report is shown in full.
    pub alone: bool,
    /// What the one document signs.
    pub content: Option<PathBuf>,
    /// Passwords to try.
    pub passwords: Vec<Vec<u8>>,
    /// Trust, policy, time and evidence.
    pub judging: Judging,
    /// How to write reports.
    pub format: Format,
    /// Indented JSON.
    pub pretty: bool,
    /// Where to write them.
    pub printer: Printer,
    /// The files to write one for each into; then nothing is printed.
    pub folder: Option<Folder>,
    /// How many documents at once; `None`: one per processor.
    pub jobs: Option<usize>,
    /// Without progress.
    pub quiet: bool,
    /// With the names in JPKI certificates.
    pub show_personal: bool,
    /// Where to keep the facts.
    pub save_facts: Option<PathBuf>,
}

impl Plan {
    /// Checks the arguments against each other and reads everything that is not a document.
    pub fn resolve(args: VerifyArgs) -> Result<Self, Failure> {
        let one = args.files.len() == 1;
        if args.content.is_some() && (!one || args.recursive) {
            return Err(Failure::usage("usage-content-one-file", []));
        }
        if args.save_facts.is_some() && (!one || args.recursive) {
            return Err(Failure::usage("usage-save-facts-one-file", []));
        }
        if let Some(path) = args.save_facts.as_ref().filter(|path| path.exists()) {
            return Err(Failure::usage("usage-save-facts-exists", [("path", path.display().to_string())]));
        }
        if args.pretty && args.format != Format::Json {
            return Err(Failure::usage("usage-pretty-json", []));
        }
        if args.pretty && (!one || args.recursive) {
            return Err(Failure::usage("usage-pretty-one-file", []));
        }
        input::check(&args.files, args.recursive)?;
        let stdin_twice =
            args.content.as_deref().is_some_and(input::is_stdin) && args.files.iter().any(|path| input::is_stdin(path));
        if stdin_twice {
            return Err(Failure::usage("usage-stdin-twice", []));
        }
        let folder = folder(&args)?;
        // Listed before there is a report, which may lie in a folder that is walked.
        let inputs = input::expand(&args.files);
        let folder = match &args.output {
            Some(output) => {
                let read = read_files(&args, &inputs);
                read.keep(output)?;
                folder.map(|folder| Folder::plan(&folder, args.format, &inputs, &read)).transpose()?
            }
            None => None,
        };
        let judging = Judging::resolve(args.judging)?;
        let passwords = passwords(args.password, args.password_file.as_deref())?;
        let printer = match (&args.output, args.quiet || folder.is_some()) {
            (_, true) => Printer::nowhere(),
            (Some(path), false) => Printer::file(path)?,
            (None, false) => Printer::stdout(),
        };
        Ok(Self {
            alone: one && inputs.iter().all(|input| !input.found()),
            inputs,
            content: args.content,
            passwords,
            judging,
            format: args.format,
            pretty: args.pretty,
            printer,
            folder,
            jobs: args.jobs.map(usize::from),
            quiet: args.quiet,
            show_personal: args.show_personal,
            save_facts: args.save_facts,
        })
    }
}

/// The folder for formats whose reports are files of their own: asked for where there may be several, taken where it is
/// there.
fn folder(args: &VerifyArgs) -> Result<Option<PathBuf>, Failure> {
    if !args.format.needs_folder() || args.quiet {
        return Ok(None);
    }
    let several = args.files.len() > 1 || args.recursive;
    let format = ("format", args.format.name());
    match &args.output {
        None if several => Err(Failure::usage("usage-output-folder", [format])),
        Some(output) if several && output.exists() && !output.is_dir() => {
            Err(Failure::usage("usage-output-no-folder", [("path", output.display().to_string()), format]))
        }
        Some(output) if several || output.is_dir() || names_folder(output) => Ok(Some(output.clone())),
        _ => Ok(None),
    }
}

/// Everything that is read.
fn read_files(args: &VerifyArgs, inputs: &[Input]) -> ReadFiles {
    let beside = [args.content.as_deref(), args.password_file.as_deref()];
    // A folder that is walked too: reports in it would be documents of the next run.
    let named = args.files.iter().map(std::path::PathBuf::as_path);
    let documents = inputs.iter().map(|input| input.path.as_path()).chain(named);
    let contents: Vec<_> = inputs.iter().filter_map(|input| content_beside(&input.path)).collect();
    let contents = contents.iter().map(std::path::PathBuf::as_path);
    ReadFiles::of_judging(&args.judging).and(documents.chain(beside.into_iter().flatten()).chain(contents))
}

/// Whether a path ends in a separator, as `reports/` does.
fn names_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}

impl Judging {
    /// Reads trust profile, policy, time and evidence.
    pub fn resolve(args: JudgingArgs) -> Result<Self, Failure> {
        let time = time(args.time)?;
        let (trust, policy) = (trust(&args.trust)?, policy(&args.policy)?);
        Ok(Self { trust, policy, time, evidence: evidence::read(&args.evidence)? })
    }
}

impl Time {
    /// The time itself.
    pub fn time(self) -> UtcTime {
        match self {
            Self::Now(time) | Self::Given(time) => time,
        }
    }
}

/// The time given with `--time`, else the clock's.
pub fn time(typed: Option<String>) -> Result<Time, Failure> {
    typed.map_or_else(|| Ok(Time::Now(now())), |text| instant("--time", &text).map(Time::Given))
}

/// The time that an option gives.
pub fn instant(option: &str, text: &str) -> Result<UtcTime, Failure> {
    let given = || [("option", option.to_owned()), ("value", text.to_owned())];
    UtcTime::parse(text).map_err(|_| Failure::usage("usage-time", given()))
}

/// The clock's time in whole seconds. The only place where the program asks for it.
fn now() -> UtcTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    UtcTime::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// A trust profile by built-in name or file.
pub fn trust(value: &str) -> Result<TrustProfile, Failure> {
    let read = |text: &str| TrustProfile::of_ones_own(text).map_err(|error| error.to_string());
    let built_in = |name: &str| TrustProfile::built_in(name).map_err(|error| error.to_string());
    named_or_file(value, built_in, read)
}

/// A policy by built-in name or file.
pub fn policy(value: &str) -> Result<Policy, Failure> {
    let read = |text: &str| kenin::read_policy(text).map_err(|error| error.to_string());
    let built_in = |name: &str| Policy::built_in(name).map_err(|error| error.to_string());
    named_or_file(value, built_in, read)
}

/// The file that a value of `--trust` or `--policy` means: one with `/` or ending in .toml; everything else is a name.
pub fn file_named(value: &str) -> Option<&Path> {
    let is_file = value.contains(['/', std::path::MAIN_SEPARATOR]) || value.ends_with(".toml");
    is_file.then(|| Path::new(value))
}

/// What a file holds, or a built-in of that name.
fn named_or_file<T>(
    value: &str,
    built_in: impl Fn(&str) -> Result<T, String>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    let outcome = match file_named(value) {
        Some(path) => fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| read(&text)),
        None => built_in(value),
    };
    outcome.map_err(|reason| Failure::usage("usage-file", [("path", value.to_owned()), ("reason", reason)]))
}

/// The password given, or one of every line of the file.
pub fn passwords(typed: Option<String>, file: Option<&Path>) -> Result<Vec<Vec<u8>>, Failure> {
    if let Some(password) = typed {
        return Ok(vec![password.into_bytes()]);
    }
    let Some(path) = file else { return Ok(Vec::new()) };
    let name = || ("path", path.display().to_string());
    let bytes =
        fs::read(path).map_err(|error| Failure::usage("usage-file", [name(), ("reason", error.to_string())]))?;
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let passwords: Vec<_> = lines.filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect();
    if passwords.is_empty() { Err(Failure::usage("usage-password-file", [name()])) } else { Ok(passwords) }
}
