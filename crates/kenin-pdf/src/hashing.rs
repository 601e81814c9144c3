use std::collections::{BTreeMap, BTreeSet};

use kenin_base::{DigestAlgorithm, Sha256, Source, SourceError, Span};
use kenin_crypto::{Digests, MultiDigest};

/// Piece size of the pass over a large file.
const PIECE_BYTES: u64 = 1 << 20;

/// What is to be hashed: ascending spans of the file, by these algorithms.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub ranges: Vec<Span>,
    pub algorithms: BTreeSet<DigestAlgorithm>,
}

/// A running digest, and how many jobs have had the same bytes so far.
struct State {
    digest: MultiDigest,
    jobs: usize,
}

/// Hashes the whole document by SHA-256 and every job in one pass. Signatures cover nested prefixes of the file,
/// so jobs with the same algorithms share their state until their ranges part.
pub(crate) fn hash(source: &Source, jobs: &[Job]) -> Result<(Sha256, Vec<Digests>), SourceError> {
    let whole = Job { ranges: vec![Span::new(0, source.len())], algorithms: BTreeSet::from([DigestAlgorithm::Sha256]) };
    let jobs: Vec<&Job> = std::iter::once(&whole).chain(jobs).collect();
    let mut pass = Pass::new(&jobs);
    let mut at = 0;
    for (border, turning) in turns(&jobs) {
        pass.feed(source, Span::new(at, border))?;
        pass.turn(&turning);
        at = border;
    }
    let mut results = pass.finish();
    let document = results.remove(0);
    let document = document.get(DigestAlgorithm::Sha256).and_then(|value| value.try_into().ok()).unwrap_or_default();
    Ok((Sha256(document), results))
}

/// The jobs that begin or stop to want the bytes at each border of their ranges.
fn turns(jobs: &[&Job]) -> BTreeMap<u64, BTreeSet<usize>> {
    let mut turns: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for (index, job) in jobs.iter().enumerate() {
        for border in job.ranges.iter().filter(|range| !range.is_empty()).flat_map(|range| [range.start, range.end]) {
            let turning = turns.entry(border).or_default();
            // One range that ends where the next begins goes on.
            if !turning.remove(&index) {
                turning.insert(index);
            }
        }
    }
    turns
}

/// The states of all jobs on the way through the file. Jobs leave a state at the borders of their own ranges alone, so
/// that all of them together cost as much as there are borders.
struct Pass {
    states: Vec<State>,
    /// The state that each job shares.
    state_of: Vec<usize>,
    /// States whose jobs want the bytes that come next.
    active: BTreeSet<usize>,
}

impl Pass {
    fn new(jobs: &[&Job]) -> Self {
        let mut groups: BTreeMap<&BTreeSet<DigestAlgorithm>, Vec<usize>> = BTreeMap::new();
        for (index, job) in jobs.iter().enumerate() {
            groups.entry(&job.algorithms).or_default().push(index);
        }
        let mut state_of = vec![0; jobs.len()];
        let mut states = Vec::new();
        for (algorithms, jobs) in groups {
            for job in &jobs {
                if let Some(state) = state_of.get_mut(*job) {
                    *state = states.len();
                }
            }
            states.push(State { digest: MultiDigest::new(algorithms), jobs: jobs.len() });
        }
        Self { states, state_of, active: BTreeSet::new() }
    }

    fn feed(&mut self, source: &Source, segment: Span) -> Result<(), SourceError> {
        let mut at = segment.start;
        while at < segment.end && !self.active.is_empty() {
            let end =
                if source.as_slice().is_some() { segment.end } else { segment.end.min(at.saturating_add(PIECE_BYTES)) };
            let bytes = source.read(Span::new(at, end))?;
            for state in &self.active {
                if let Some(state) = self.states.get_mut(*state) {
                    state.digest.update(&bytes);
                }
            }
            at = end;
        }
        Ok(())
    }

    /// Lets these jobs begin or stop: those that share a state with others leave it for one of their own.
    fn turn(&mut self, turning: &BTreeSet<usize>) {
        let mut by_state: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for job in turning {
            by_state.entry(self.state_of.get(*job).copied().unwrap_or_default()).or_default().push(*job);
        }
        for (shared, jobs) in by_state {
            let was_active = self.active.contains(&shared);
            let next = self.states.len();
            let Some(state) = self.states.get_mut(shared) else { continue };
            let own = if state.jobs == jobs.len() {
                self.active.remove(&shared);
                shared
            } else {
                state.jobs -= jobs.len();
                let parted = State { digest: state.digest.clone(), jobs: jobs.len() };
                self.states.push(parted);
                for job in &jobs {
                    if let Some(state) = self.state_of.get_mut(*job) {
                        *state = next;
                    }
                }
                next
            };
            if !was_active {
                self.active.insert(own);
            }
        }
    }

    /// The digests of each job.
    fn finish(self) -> Vec<Digests> {
        let digests: Vec<Digests> = self.states.into_iter().map(|state| state.digest.finish()).collect();
        self.state_of.iter().map(|state| digests.get(*state).cloned().unwrap_or_default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use kenin_crypto::{digest, sha256};

    use super::*;

    #[test]
    fn nested_and_parted_ranges_hash_as_if_alone() {
        let data: Vec<u8> = (0..=255u8).cycle().take(5000).collect();
        let source = Source::bytes(data.clone());
        let job = |ranges: &[(u64, u64)], algorithms: &[DigestAlgorithm]| Job {
            ranges: ranges.iter().map(|(start, end)| Span::new(*start, *end)).collect(),
            algorithms: algorithms.iter().copied().collect(),
        };
        let both = [DigestAlgorithm::Sha256, DigestAlgorithm::Sha512];
        let jobs = [
            job(&[(0, 100), (200, 1000)], &both[..1]),
            job(&[(0, 1000), (1200, 5000)], &both[..1]),
            job(&[(0, 100), (200, 1000)], &both),
            job(&[(7, 8)], &both),
            job(&[(0, 50), (50, 100), (200, 1000)], &both[..1]),
            job(&[(0, 0), (10, 1000)], &both[..1]),
            job(&[(0, 100), (250, 4000)], &both[..1]),
            job(&[], &both),
        ];
        let (document, results) = hash(&source, &jobs).unwrap();
        assert_eq!(document, sha256(&data));
        for (job, result) in jobs.iter().zip(&results) {
            let covered: Vec<u8> = job.ranges.iter().flat_map(|span| span.slice(&data).unwrap().to_vec()).collect();
            assert_eq!(result.iter().count(), job.algorithms.len());
            for algorithm in &job.algorithms {
                assert_eq!(result.get(*algorithm), Some(&*digest(*algorithm, &covered).unwrap()));
            }
        }
    }

    #[test]
    fn an_empty_document_has_a_digest() {
        let (document, _) = hash(&Source::bytes(Vec::new()), &[]).unwrap();
        assert_eq!(document, sha256(b""));
    }
}
