//! How far a run is, for whoever watches it: one line on a terminal, a line now and then in a log.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kenin_archive::Progress;

use crate::locale::Speech;
use crate::printer::{self, Printer};

/// How often the line on a terminal is written.
const ON_TERMINAL: Duration = Duration::from_millis(500);

/// How often a log gets a line; a run that is shorter leaves none.
const IN_LOG: Duration = Duration::from_secs(30);

/// Says how far the run is until it is over.
pub fn show(progress: &Progress, over: &AtomicBool, speech: &Speech) {
    let line = printer::Progress::of_batch();
    let began = Instant::now();
    let mut said = Instant::now();
    while !over.load(Ordering::Relaxed) {
        std::thread::park_timeout(ON_TERMINAL);
        let text = || speech.shown(&sentence(progress, began.elapsed(), speech));
        if line.is_shown() {
            line.show(&text());
        } else if said.elapsed() >= IN_LOG {
            Printer::complain(&text());
            said = Instant::now();
        }
    }
    line.clear();
}

fn sentence(progress: &Progress, elapsed: Duration, speech: &Speech) -> String {
    let (done, found) = (progress.done(), progress.found());
    let rate = done / elapsed.as_secs().max(1);
    let left = found.saturating_sub(done).checked_div(rate).filter(|_| progress.is_walked());
    let left = left.map(|seconds| format!("{}:{:02}", seconds / 60, seconds % 60));
    let values = [("done", done.into()), ("found", found.into()), ("rate", rate.into())];
    match &left {
        Some(left) => speech.people.text("batch-progress-left", &[&values[..], &[("left", left.into())]].concat()),
        None => speech.people.text("batch-progress", &values),
    }
}
