//! Observing and judging many documents on every core.

use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use kenin::{Facts, ObserveOptions, Report, Sha256, Source, TimeSource, UtcTime, Verifier, observe, observe_beside};

use crate::hash::sha256_of;
use crate::walk::asks_for_content;
use crate::{Entry, Found, Judged, Name, Outcome, Root, Trouble, members, walk};

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

/// Whether a document is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// It is.
    Judge,
    /// Only if its SHA-256 is another one than this.
    JudgeUnless(Sha256),
    /// It is passed over.
    Skip,
}

/// An archive and what is done with it.
pub struct Task<'a, K> {
    /// Where the documents are.
    pub roots: &'a [Root],
    /// Asked about every document that the walk meets, on its thread.
    pub wants: &'a mut (dyn FnMut(&Entry) -> Want + Send),
    /// Makes of an outcome what the receiver gets, on the thread of the worker.
    pub keep: &'a (dyn Fn(Outcome) -> K + Sync),
    /// Where it is said how far the run is.
    pub progress: &'a Progress,
    /// Where it may be asked to stop.
    pub stop: &'a Stop,
}

/// Receives what came of an archive, on one thread and in no particular order.
pub trait Receive<K> {
    /// Why nothing more can be received, such as a full disk.
    type Error;

    /// What was kept of one document.
    ///
    /// # Errors
    /// What makes it useless to go on.
    fn kept(&mut self, kept: K) -> Result<(), Self::Error>;

    /// A place that could not be entered.
    ///
    /// # Errors
    /// What makes it useless to go on.
    fn trouble(&mut self, trouble: Trouble) -> Result<(), Self::Error>;
}

/// What a worker or the walk hands over.
enum Message<K> {
    Kept(Vec<K>),
    Trouble(Trouble),
}

/// Documents that a worker takes at once in a large archive: waking a thread costs as much as a part of a document.
const TOGETHER: usize = 8;

/// Documents, for each worker, that are handed over one by one before that: the first rows are soon there, and a few large
/// documents are shared out.
const ONE_BY_ONE: u64 = 64;

/// A document on its way to a worker.
struct Waiting {
    entry: Entry,
    /// It is judged unless it has this SHA-256.
    unless: Option<Sha256>,
}

impl Engine<'_> {
    /// Judges every document below the roots that is wanted, until the walk is over, it is asked to stop or the receiver
    /// fails.
    ///
    /// # Errors
    /// The receiver's; what was being judged is then lost, and nothing new is begun.
    pub fn run<K: Send, R: Receive<K>>(&self, task: Task<'_, K>, receiver: &mut R) -> Result<(), R::Error> {
        let Task { roots, wants, keep, progress, stop } = task;
        let jobs = self.jobs.max(1);
        let (documents, waiting) = sync_channel::<Vec<Waiting>>(jobs * WAITING);
        let (outcomes, received) = sync_channel::<Message<K>>(jobs * WAITING);
        let waiting = Mutex::new(waiting);
        std::thread::scope(|scope| {
            let one_by_one = u64::try_from(jobs).unwrap_or(u64::MAX).saturating_mul(ONE_BY_ONE);
            let troubles = outcomes.clone();
            let mut walker = Walker { wants, progress, stop, one_by_one, gathered: Vec::new(), documents, troubles };
            scope.spawn(move || {
                let _ = walk(roots, &mut |found| walker.meet(found));
                let _ = walker.send();
                progress.walked.store(true, Ordering::Relaxed);
            });
            for _ in 0..jobs {
                let outcomes = outcomes.clone();
                let waiting = &waiting;
                scope.spawn(move || {
                    while let Some(documents) = next(waiting) {
                        // What still waits is taken all the same, so that the walk is not held up.
                        let documents = documents.into_iter().take_while(|_| !stop.is_asked());
                        let kept = documents.map(|document| self.kept(document, keep)).collect();
                        let _ = outcomes.send(Message::Kept(kept));
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

    /// What is kept of a document, whatever happens to it.
    fn kept<K>(&self, document: Waiting, keep: &(dyn Fn(Outcome) -> K + Sync)) -> K {
        let entry = document.entry.clone();
        let kept = catch_unwind(AssertUnwindSafe(|| keep(self.outcome(document))));
        kept.unwrap_or_else(|_| keep(Outcome::Judged(Box::new(self.failed(entry, "internal", &"panic")))))
    }

    fn outcome(&self, document: Waiting) -> Outcome {
        let Waiting { mut entry, unless } = document;
        match unless.is_some_and(|sha256| self.is_unchanged(&mut entry, sha256)) {
            true => Outcome::Unchanged(entry),
            false => Outcome::Judged(Box::new(self.judge(entry))),
        }
    }

    /// Whether the document, which is stamped as it is now, has this SHA-256; a problem of reading it is told when it is
    /// judged.
    fn is_unchanged(&self, entry: &mut Entry, sha256: Sha256) -> bool {
        let mut same = || -> io::Result<bool> {
            let source = entry.open_stamped()?;
            Ok(sha256_of(&source)? == sha256 && entry.stamps_now()? == entry.stamps())
        };
        same().unwrap_or(false)
    }

    /// One document, whatever happens to it.
    fn judge(&self, mut entry: Entry) -> Judged {
        let read = catch_unwind(AssertUnwindSafe(|| self.read(&mut entry)));
        let (facts, content) = match read {
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
            Ok(report) => Judged { entry, report, facts: Some(facts), content },
            Err(_) => self.failed(entry, "internal", &"panic"),
        }
    }

    /// What is in a document. One that changes while it is read is read once more, so that facts are never of two states.
    fn read(&self, entry: &mut Entry) -> io::Result<(Facts, Option<Name>)> {
        for _ in 0..2 {
            let source = entry.open_stamped()?;
            let observed = self.observe(entry, &source)?;
            if entry.stamps_now()? == entry.stamps() {
                return Ok(observed);
            }
        }
        Err(io::Error::other("the file is being written"))
    }

    fn observe(&self, entry: &Entry, source: &Source) -> io::Result<(Facts, Option<Name>)> {
        let observed = |options: &ObserveOptions| {
            let observed = match entry.item.file() {
                Some(path) => observe_beside(path, source, options),
                None => observe(source, options),
            };
            observed.map_err(io::Error::other)
        };
        let facts = observed(&self.options)?;
        let Some(beside) = entry.beside.as_ref().filter(|_| asks_for_content(&facts)) else { return Ok((facts, None)) };
        let options = ObserveOptions { content: Some(beside.open()?), ..self.options.clone() };
        Ok((observed(&options)?, Some(beside.name.clone())))
    }

    fn failed(&self, entry: Entry, code: &str, reason: &dyn std::fmt::Display) -> Judged {
        let (time, source) = self.time;
        let mut report = Report::error(self.verifier.trust(), self.verifier.policy(), time, source, code);
        if let Some(error) = &mut report.error {
            error.reason = Some(reason.to_string());
        }
        Judged { entry, report, facts: None, content: None }
    }
}

/// What the thread of the walk has.
struct Walker<'a, K> {
    wants: &'a mut (dyn FnMut(&Entry) -> Want + Send),
    progress: &'a Progress,
    stop: &'a Stop,
    one_by_one: u64,
    gathered: Vec<Waiting>,
    documents: SyncSender<Vec<Waiting>>,
    troubles: SyncSender<Message<K>>,
}

impl<K> Walker<'_, K> {
    fn meet(&mut self, found: Found) -> ControlFlow<()> {
        if self.stop.is_asked() {
            return ControlFlow::Break(());
        }
        let entry = match found {
            Found::Trouble(trouble) => return sent(self.troubles.send(Message::Trouble(trouble)).is_ok()),
            Found::Document(entry) => entry,
        };
        // A document that is passed over is not opened; a ZIP has no row by which it could be known.
        let unless = match (self.wants)(&entry) {
            Want::Skip => return ControlFlow::Continue(()),
            Want::Judge => None,
            Want::JudgeUnless(sha256) => Some(sha256),
        };
        let Some(entry) = members(entry, &mut |found| self.meet(found))? else { return ControlFlow::Continue(()) };
        let found = self.progress.found.fetch_add(1, Ordering::Relaxed);
        self.gathered.push(Waiting { entry, unless });
        let together = if found < self.one_by_one { 1 } else { TOGETHER };
        if self.gathered.len() < together { ControlFlow::Continue(()) } else { self.send() }
    }

    /// Hands over what was gathered.
    fn send(&mut self) -> ControlFlow<()> {
        let gathered = std::mem::take(&mut self.gathered);
        sent(gathered.is_empty() || self.documents.send(gathered).is_ok())
    }
}

/// Nobody listens any more when nothing can be sent.
fn sent(sent: bool) -> ControlFlow<()> {
    if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The next documents; `None` when the walk is over.
fn next(waiting: &Mutex<Receiver<Vec<Waiting>>>) -> Option<Vec<Waiting>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn receive<K, R: Receive<K>>(
    received: &Receiver<Message<K>>,
    progress: &Progress,
    receiver: &mut R,
) -> Result<(), R::Error> {
    for message in received {
        match message {
            Message::Kept(kept) => {
                for kept in kept {
                    receiver.kept(kept)?;
                    progress.done.fetch_add(1, Ordering::Relaxed);
                }
            }
            Message::Trouble(trouble) => receiver.trouble(trouble)?,
        }
    }
    Ok(())
}
