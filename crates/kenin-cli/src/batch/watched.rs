//! The engine at work, with somebody watching who may stop it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kenin_archive::{Engine, Entry, Keeper, Kept, Progress, Receive, Root, Stop, Task, Want};

use super::progress;
use crate::locale::Speech;

/// An archive and how it is verified.
pub struct Watched<'a> {
    /// The judge and his workers.
    pub engine: Engine<'a>,
    /// Where the documents are.
    pub roots: Vec<Root>,
    /// Without progress.
    pub quiet: bool,
    /// How to speak to people.
    pub speech: &'a Speech,
}

impl Watched<'_> {
    /// Verifies; breaks when the user stopped it.
    pub fn run<R: Receive<Kept>>(
        &self,
        wants: &mut (dyn FnMut(&Entry) -> Want + Send),
        keeper: &Keeper,
        receiver: &mut R,
    ) -> Result<ControlFlow<()>, R::Error> {
        let stop = stopped_by_control_c();
        let progress = Progress::default();
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let shown = (!self.quiet).then(|| scope.spawn(|| progress::show(&progress, &over, self.speech)));
            let keep = &|outcome| keeper.keep(outcome);
            let task = Task { roots: &self.roots, wants, keep, progress: &progress, stop: &stop };
            let done = self.engine.run(task, receiver);
            over.store(true, Ordering::Relaxed);
            shown.iter().for_each(|shown| shown.thread().unpark());
            done
        })?;
        Ok(if stop.is_asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// Asked to stop when the user does. Without a handler Ctrl-C ends the process at once, which loses little.
pub fn stopped_by_control_c() -> Arc<Stop> {
    let stop = Arc::new(Stop::default());
    let asked = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || asked.ask());
    stop
}
