//! Observing and judging many documents on every core.

use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};

use kenin::{Facts, FindingCode, ObserveOptions, Report, Source, TimeSource, UtcTime, Verifier, observe};

use crate::{Entry, Found, Name, Outcome, Root, Trouble, walk};

/// Documents that wait for a worker, and outcomes that wait for the receiver, for each worker: enough to keep all busy,
/// few enough that memory stays small.
const WAITING: usize = 4;

/// Asks a run to stop: what is being judged is finished and handed over, nothing new is begun.
#[derive(Debug, Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How far a run is; readable from any thread.
#[derive(Debug, Default)]
pub struct Progress {
    found: AtomicU64,
    done: AtomicU64,
    walked: AtomicBool,
}

impl Progress {
    /// Documents that the walk has met and that were not skipped.
    pub fn found(&self) -> u64 {
        self.found.load(Ordering::Relaxed)
    }

    /// Documents that are done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Whether the walk is over, so that [`Self::found`] is final.
    pub fn is_walked(&self) -> bool {
        self.walked.load(Ordering::Relaxed)
    }
}

/// What judges the documents of an archive.
#[derive(Debug)]
pub struct Engine<'a> {
    /// The judge, whose caches all workers share.
    pub verifier: &'a Verifier,
    /// The time to judge at and where it came from.
    pub time: (UtcTime, TimeSource),
    /// Passwords, evidence and limits; content is found beside each signature.
    pub options: ObserveOptions,
    /// Number of workers, at least one.
    pub jobs: usize,
}

/// Receives what came of an archive, on one thread and in no particular order.
pub trait Receive {
    /// Why nothing more can be received, such as a full disk.
    type Error;

    /// One document.
    ///
    /// # Errors
    /// What makes it useless to go on.
    fn outcome(&mut self, outcome: Outcome) -> Result<(), Self::Error>;

    /// A place that could not be entered.
    ///
    /// # Errors
    /// What makes it useless to go on.
    fn trouble(&mut self, trouble: Trouble) -> Result<(), Self::Error>;
}

/// What a worker or the walk hands over.
enum Message {
    Outcome(Box<Outcome>),
    Trouble(Trouble),
}

impl Engine<'_> {
    /// Judges every document below `roots` that `wants` does not turn away, until the walk is over, `stop` is asked or the
    /// receiver fails. `wants` is asked on the thread of the walk.
    ///
    /// # Errors
    /// The receiver's; what was being judged is then lost, and nothing new is begun.
    pub fn run<R: Receive>(
        &self,
        roots: &[Root],
        wants: &(dyn Fn(&Entry) -> bool + Sync),
        progress: &Progress,
        stop: &Stop,
        receiver: &mut R,
    ) -> Result<(), R::Error> {
        let jobs = self.jobs.max(1);
        let (documents, waiting) = sync_channel::<Entry>(jobs * WAITING);
        let (outcomes, received) = sync_channel::<Message>(jobs * WAITING);
        let waiting = Mutex::new(waiting);
        std::thread::scope(|scope| {
            let troubles = outcomes.clone();
            scope.spawn(move || {
                let _ = walk(roots, &mut |found| {
                    let sent = match found {
                        Found::Document(entry) if wants(&entry) => {
                            progress.found.fetch_add(1, Ordering::Relaxed);
                            documents.send(entry).is_ok()
                        }
                        Found::Document(_) => true,
                        Found::Trouble(trouble) => troubles.send(Message::Trouble(trouble)).is_ok(),
                    };
                    if sent && !stop.is_asked() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                progress.walked.store(true, Ordering::Relaxed);
            });
            for _ in 0..jobs {
                let outcomes = outcomes.clone();
                let waiting = &waiting;
                scope.spawn(move || {
                    while let Some(entry) = next(waiting) {
                        // What still waits is taken all the same, so that the walk is not held up.
                        if !stop.is_asked() {
                            let _ = outcomes.send(Message::Outcome(Box::new(self.judge(entry))));
                        }
                    }
                });
            }
            // The workers' and the walk's are the last senders.
            drop(outcomes);
            let done = receive(&received, progress, receiver);
            if done.is_err() {
                // A receiver that failed hears no more: nothing new is begun, and senders that wait are let go.
                stop.ask();
            }
            drop(received);
            done
        })
    }

    /// One document, whatever happens to it.
    fn judge(&self, entry: Entry) -> Outcome {
        let read = catch_unwind(AssertUnwindSafe(|| self.read(&entry)));
        let (entry, facts, content) = match read {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => return self.failed(entry, "io", &error),
            Err(_) => return self.failed(entry, "internal", &"panic"),
        };
        let (time, source) = self.time;
        let report = catch_unwind(AssertUnwindSafe(|| match source {
            TimeSource::Now => self.verifier.judge(&facts, time),
            TimeSource::Given => self.verifier.judge_at(&facts, time),
        }));
        match report {
            Ok(report) => Outcome { entry, report, facts: Some(facts), content },
            Err(_) => self.failed(entry, "internal", &"panic"),
        }
    }

    /// What is in a document. One that changes while it is read is read once more, so that facts are never of two states.
    fn read(&self, entry: &Entry) -> io::Result<(Entry, Facts, Option<Name>)> {
        let mut entry = entry.clone();
        for _ in 0..2 {
            entry = entry.stamped_now()?;
            let (facts, content) = self.observe(&entry)?;
            if entry.stamped_now()?.stamps() == entry.stamps() {
                return Ok((entry, facts, content));
            }
        }
        Err(io::Error::other("the file is being written"))
    }

    fn observe(&self, entry: &Entry) -> io::Result<(Facts, Option<Name>)> {
        let source = entry.open()?;
        let observed = |options: &ObserveOptions| observe(&source, options).map_err(io::Error::other);
        let facts = observed(&self.options)?;
        let detached = || facts.all_findings().any(|finding| finding.code == FindingCode::ContentMissing);
        let Some(beside) = entry.beside.as_ref().filter(|_| detached()) else { return Ok((facts, None)) };
        let options = ObserveOptions { content: Some(Source::open(&beside.path)?), ..self.options.clone() };
        Ok((observed(&options)?, Some(Name::of_path(&beside.path))))
    }

    fn failed(&self, entry: Entry, code: &str, reason: &dyn std::fmt::Display) -> Outcome {
        let (time, source) = self.time;
        let mut report = Report::error(self.verifier.trust(), self.verifier.policy(), time, source, code);
        if let Some(error) = &mut report.error {
            error.reason = Some(reason.to_string());
        }
        Outcome { entry, report, facts: None, content: None }
    }
}

/// The next document; `None` when the walk is over.
fn next(waiting: &Mutex<Receiver<Entry>>) -> Option<Entry> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn receive<R: Receive>(received: &Receiver<Message>, progress: &Progress, receiver: &mut R) -> Result<(), R::Error> {
    for message in received {
        match message {
            Message::Outcome(outcome) => {
                receiver.outcome(*outcome)?;
                progress.done.fetch_add(1, Ordering::Relaxed);
            }
            Message::Trouble(trouble) => receiver.trouble(trouble)?,
        }
    }
    Ok(())
}
