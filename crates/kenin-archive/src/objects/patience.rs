use std::time::{Duration, Instant};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// How long to go on trying: until nothing has moved for this long.
pub(super) struct Patience {
    bound: Duration,
    since: Instant,
    pause: Duration,
}

impl Patience {
    pub(super) fn new(bound: Duration) -> Self {
        Self { bound, since: Instant::now(), pause: FIRST_PAUSE }
    }

    /// Something moved.
    pub(super) fn renew(&mut self) {
        *self = Self::new(self.bound);
    }

    /// Waits before the next attempt; false when it is time to give up.
    pub(super) fn wait(&mut self) -> bool {
        let left = self.bound.saturating_sub(self.since.elapsed());
        if left < self.pause {
            return false;
        }
        std::thread::sleep(self.pause);
        self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
        true
    }
}
