//! How many changes are made, and which.

use kenin::Sha256;

/// How much is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// So many times a few changes of every document, which take half a minute on two cores.
    Sample(usize),
    /// Every change there is, but for files whose changes cannot be counted.
    Full,
}

impl Effort {
    /// `KENIN_SOUNDNESS=full`, or how many times the sample.
    pub fn asked_for() -> Self {
        match std::env::var("KENIN_SOUNDNESS").as_deref() {
            Ok("full") => Self::Full,
            Ok(times) => match times.parse() {
                Ok(times) if times > 0 => Self::Sample(times),
                _ => panic!("KENIN_SOUNDNESS is `full`, how many times the sample, or not set; it is `{times}`"),
            },
            Err(_) => Self::Sample(1),
        }
    }

    /// How many of a sample of so many, of which there are at most `all`.
    pub fn number(self, sample: usize, all: usize) -> usize {
        match self {
            Self::Sample(times) => all.min(sample.saturating_mul(times)),
            Self::Full => all,
        }
    }

    /// All of these, or as many as `sample` says.
    pub fn of<T>(self, seed: &str, mut all: Vec<T>, sample: usize) -> Vec<T> {
        let sample = self.number(sample, all.len());
        if all.len() <= sample {
            return all;
        }
        let mut drawn = Draw::new(seed);
        for place in 0..sample {
            let other = place + drawn.below(all.len() - place);
            all.swap(place, other);
        }
        all.truncate(sample);
        all
    }
}

/// Numbers that follow from a seed: the same in every run, others for every document.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: &str) -> Self {
        let Sha256(digest) = kenin_crypto::sha256(seed.as_bytes());
        Self(digest.iter().take(8).fold(0, |number, octet| number << 8 | u64::from(*octet)))
    }

    /// A number below this one, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        // A linear congruential generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}
