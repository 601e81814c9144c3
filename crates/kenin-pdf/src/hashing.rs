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

/// A running digest and the jobs that have had the same bytes so far.
struct State {
    digest: MultiDigest,
    jobs: Vec<usize>,
}

/// Hashes the whole document by SHA-256 and every job in one pass. Signatures cover nested prefixes of the file,
/// so jobs with the same algorithms share their state until their ranges part.
pub(crate) fn hash(source: &Source, jobs: &[Job]) -> Result<(Sha256, Vec<Digests>), SourceError> {
    let whole = Job { ranges: vec![Span::new(0, source.len())], algorithms: BTreeSet::from([DigestAlgorithm::Sha256]) };
    let jobs: Vec<&Job> = std::iter::once(&whole).chain(jobs).collect();
    let mut groups: BTreeMap<&BTreeSet<DigestAlgorithm>, Vec<usize>> = BTreeMap::new();
    let mut borders = BTreeSet::new();
    for (index, job) in jobs.iter().enumerate() {
        groups.entry(&job.algorithms).or_default().push(index);
        borders.extend(job.ranges.iter().flat_map(|range| [range.start, range.end]));
    }
    let start = |(algorithms, jobs)| State { digest: MultiDigest::new(algorithms), jobs };
    let mut states: Vec<State> = groups.into_iter().map(start).collect();

    let borders: Vec<u64> = borders.into_iter().collect();
    for pair in borders.windows(2) {
        let [from, to] = pair else { continue };
        let segment = Span::new(*from, *to);
        let wants = |job: usize| jobs.get(job).is_some_and(|job| covers(&job.ranges, segment));
        let mut parted = Vec::new();
        for state in &mut states {
            let (inside, outside): (Vec<usize>, Vec<usize>) = state.jobs.iter().partition(|job| wants(**job));
            if !inside.is_empty() && !outside.is_empty() {
                parted.push(State { digest: state.digest.clone(), jobs: outside });
                state.jobs = inside;
            }
        }
        states.extend(parted);
        let mut active: Vec<&mut State> =
            states.iter_mut().filter(|state| state.jobs.first().is_some_and(|job| wants(*job))).collect();
        let mut at = segment.start;
        while at < segment.end && !active.is_empty() {
            let end =
                if source.as_slice().is_some() { segment.end } else { segment.end.min(at.saturating_add(PIECE_BYTES)) };
            let bytes = source.read(Span::new(at, end))?;
            for state in &mut active {
                state.digest.update(&bytes);
            }
            at = end;
        }
    }

    let mut results = vec![Digests::default(); jobs.len()];
    for state in states {
        let digests = state.digest.finish();
        for job in state.jobs {
            if let Some(result) = results.get_mut(job) {
                result.clone_from(&digests);
            }
        }
    }
    let document = results.remove(0);
    let document = document.get(DigestAlgorithm::Sha256).and_then(|value| value.try_into().ok()).unwrap_or_default();
    Ok((Sha256(document), results))
}

/// Whether `segment`, which no border cuts, lies in one of the ascending ranges.
fn covers(ranges: &[Span], segment: Span) -> bool {
    let after = ranges.partition_point(|range| range.end <= segment.start);
    ranges.get(after).is_some_and(|range| range.contains(segment))
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
