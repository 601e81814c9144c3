//! `kenin verify`: observe, judge and print one document or many.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use kenin::render;
use kenin::{Catalogue, Facts, ObserveOptions, Report, Source, TimeSource, Verdict, Verifier, write_facts};
use kenin_archive::Name;
use rayon::prelude::*;

use crate::args::{Format, VerifyArgs};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::input::{self, Input};
use crate::locale::Speech;
use crate::observed::Observed;
use crate::printer::Progress;
use crate::resolve::{Plan, Time};
use crate::written;

/// Standard input and pipes are held in memory up to this size.
const MAX_STREAM: u64 = 1 << 30;

/// Documents handed out at once for each worker: enough to keep all of them busy, few enough that finished reports
/// waiting for their turn stay small.
const WINDOW: usize = 16;

/// Verifies what the arguments name.
pub fn run(args: VerifyArgs, speech: &Speech) -> Result<Exit, Failure> {
    let mut plan = Plan::resolve(args)?;
    let inputs = std::mem::take(&mut plan.inputs);
    let threads = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs.unwrap_or(0));
    let unusable = |error: rayon::ThreadPoolBuildError| {
        Failure::io("usage-file", [("path", "--jobs".to_owned()), ("reason", error.to_string())])
    };
    let run = Run::new(plan, speech)?;
    let mut workers = Vec::new();
    let spawn = |worker: rayon::ThreadBuilder| {
        workers.push(std::thread::Builder::new().spawn(|| worker.run())?);
        Ok(())
    };
    let pool = threads.spawn_handler(spawn).build().map_err(unusable)?;
    let exit = run.all(&inputs, &pool);
    drop(pool);
    // Joined, and not only done with their work: OpenSSL frees at exit what their thread-local destructors still use.
    for worker in workers {
        let _ = worker.join();
    }
    exit
}

/// One run of the program: everything the documents share.
struct Run<'a> {
    plan: Plan,
    verifier: Verifier,
    options: ObserveOptions,
    speech: &'a Speech,
    /// Why the facts could not be kept.
    unsaved: OnceLock<Failure>,
}

/// A verified document, ready to be printed in its turn.
struct Done {
    exit: Exit,
    verdict: Verdict,
    unlisted: bool,
    text: String,
}

/// How the documents came out.
#[derive(Default)]
struct Counts {
    valid: u64,
    invalid: u64,
    indeterminate: u64,
    unsigned: u64,
    errors: u64,
}

impl<'a> Run<'a> {
    fn new(plan: Plan, speech: &'a Speech) -> Result<Self, Failure> {
        let verifier = Verifier::new(plan.judging.trust.clone(), plan.judging.policy.clone());
        let content = match &plan.content {
            Some(path) => Some(open(path).map_err(|error| {
                Failure::io("usage-file", [("path", path.display().to_string()), ("reason", error.to_string())])
            })?),
            None => None,
        };
        let options = ObserveOptions {
            content,
            passwords: plan.passwords.clone(),
            evidence: plan.judging.evidence.clone(),
            ..verifier.observe_options()
        };
        Ok(Self { plan, verifier, options, speech, unsaved: OnceLock::new() })
    }

    /// Verifies in windows, so that reports come out in argument order while memory stays bounded.
    fn all(mut self, inputs: &[Input], pool: &rayon::ThreadPool) -> Result<Exit, Failure> {
        let alone = self.plan.alone;
        let progress = Progress::new(inputs.len(), self.plan.quiet);
        let mut counts = Counts::default();
        let mut exit = Exit::Valid;
        let mut finished = 0_usize;
        for window in inputs.chunks(pool.current_num_threads() * WINDOW) {
            let documents: Vec<Done> = match window {
                [input] => vec![self.one(input, alone)],
                many => pool.install(|| many.par_iter().map(|input| self.one(input, alone)).collect()),
            };
            progress.clear();
            for done in documents {
                counts.add(done.verdict);
                exit = exit.max(done.exit);
                match &self.plan.folder {
                    Some(folder) => folder.write(finished, &done.text)?,
                    None if done.unlisted => {}
                    None => self.plan.printer.print(&done.text)?,
                }
                finished += 1;
            }
            let (done, total) = (finished as u64, inputs.len() as u64);
            let values = [("done", done.into()), ("total", total.into())];
            progress.show(&self.speech.people.text("progress", &values));
            if self.plan.printer.is_closed() {
                // Nobody reads any more; what was found so far decides.
                break;
            }
        }
        progress.clear();
        if !alone && self.plan.format == Format::Text {
            let line = counts.line(&self.speech.people);
            self.plan.printer.print(&format!("\n{line}\n"))?;
        }
        self.plan.printer.finish()?;
        match self.unsaved.into_inner() {
            Some(failure) => Err(failure),
            None => Ok(exit),
        }
    }

    /// One document, whatever happens to it.
    fn one(&self, input: &Input, alone: bool) -> Done {
        let mut report = match &input.error {
            Some(error) => self.failed("io", error),
            None => catch_unwind(AssertUnwindSafe(|| self.judge(&input.path)))
                .unwrap_or_else(|_| self.failed("internal", &"panic")),
        };
        name_document(&mut report, &input.path);
        if !self.plan.show_personal {
            report.redact_personal();
        }
        let unsigned = report.verdict == Verdict::NoSignature;
        let exit = if unsigned && input.found() { Exit::Valid } else { Exit::of(&report) };
        let unlisted = unsigned && input.found() && self.plan.format == Format::Text;
        Done { exit, verdict: report.verdict, unlisted, text: self.rendered(report, alone) }
    }

    fn judge(&self, path: &Path) -> Report {
        let observed = open(path).map_err(|error| error.to_string());
        let observed = observed.and_then(|source| Observed::of(path, &source, &self.options));
        let (facts, beside) = match observed {
            Ok(observed) => (Ok(observed.facts), observed.beside),
            Err(reason) => (Err(reason), None),
        };
        if let (Ok(facts), Some(path)) = (&facts, &self.plan.save_facts)
            && let Err(failure) = save(facts, path)
        {
            let _ = self.unsaved.set(failure);
        }
        let mut report = match (facts, self.plan.judging.time) {
            (Ok(facts), Time::Now(time)) => self.verifier.judge(&facts, time),
            (Ok(facts), Time::Given(time)) => self.verifier.judge_at(&facts, time),
            (Err(reason), _) => self.failed("io", &reason),
        };
        let content = self.plan.content.as_ref().or(beside.as_ref());
        report.document.content_path = content.map(|path| path.display().to_string());
        report
    }

    /// A report that says why there is none.
    fn failed(&self, code: &str, reason: &dyn std::fmt::Display) -> Report {
        failed(&self.verifier, self.plan.judging.time, code, reason)
    }

    fn rendered(&self, mut report: Report, alone: bool) -> String {
        let colour = self.plan.printer.colour();
        match self.plan.format {
            Format::Text if !alone => render::line(&report, self.speech.people.lang(), &self.speech.layout(colour)),
            format => written::report(&mut report, format, self.plan.pretty, self.speech, colour),
        }
    }
}

/// Keeps facts in a new file.
fn save(facts: &Facts, path: &Path) -> Result<(), Failure> {
    let unwritable =
        |reason: String| Failure::io("usage-output", [("path", path.display().to_string()), ("reason", reason)]);
    let text = write_facts(facts).map_err(|error| unwritable(error.to_string()))?;
    files::replace(path, &text)
}

/// A report that says why there is none.
pub fn failed(verifier: &Verifier, time: Time, code: &str, reason: &dyn std::fmt::Display) -> Report {
    let (time, source) = match time {
        Time::Now(time) => (time, TimeSource::Now),
        Time::Given(time) => (time, TimeSource::Given),
    };
    let mut report = Report::error(verifier.trust(), verifier.policy(), time, source, code);
    if let Some(error) = &mut report.error {
        error.reason = Some(reason.to_string());
    }
    report
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Valid => &mut self.valid,
            Verdict::Invalid => &mut self.invalid,
            Verdict::Indeterminate => &mut self.indeterminate,
            Verdict::NoSignature => &mut self.unsigned,
            Verdict::Error => &mut self.errors,
        };
        *count += 1;
    }

    fn line(&self, catalogue: &Catalogue) -> String {
        let parts = [
            ("valid", self.valid),
            ("invalid", self.invalid),
            ("indeterminate", self.indeterminate),
            ("unsigned", self.unsigned),
            ("errors", self.errors),
        ];
        let total = parts.iter().map(|(_, count)| count).sum::<u64>();
        let values: Vec<_> = parts.iter().map(|(name, count)| (*name, (*count).into())).collect();
        catalogue.text("summary-line", &[values, vec![("total", total.into())]].concat())
    }
}

/// A file's bytes as needed; standard input, and pipes such as `<(...)`, read whole.
pub fn open(path: &Path) -> io::Result<Source> {
    if input::is_stdin(path) {
        return stream(io::stdin().lock());
    }
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() || kind.is_dir() { Source::open(path) } else { stream(fs::File::open(path)?) }
}

fn stream(reader: impl io::Read) -> io::Result<Source> {
    let mut bytes = Vec::new();
    reader.take(MAX_STREAM + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_STREAM {
        return Err(io::Error::other("a stream of more than 1 GiB; give a file"));
    }
    Ok(Source::bytes(bytes))
}

/// Names the document in its report; a path that is not UTF-8 is kept in base64 beside its readable form.
pub fn name_document(report: &mut Report, path: &Path) {
    Name::of_path(path).put_on(report);
}
