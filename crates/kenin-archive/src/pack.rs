//! Facts and evidence made small, by the workers.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use kenin::{EvidenceKind, Facts, FactsApart, Octets, Sha256};

/// Compressed objects that are remembered, in octets: lists and authorities that many documents carry.
const REMEMBERED: usize = 16 << 20;

/// How JSON is compressed: higher levels take longer and save next to nothing.
const LEVEL: i32 = 1;
/// How DER is compressed: keys and signatures do not get smaller by looking for symbols to code.
const DER_LEVEL: i32 = -1;

/// What anything kept may unfold to; facts are a fraction of it.
const UNPACKED: usize = 256 << 20;

/// The facts of one document, ready to be kept (zstd).
#[derive(Clone, Debug)]
pub struct Packed {
    /// `kenin-facts/1`, the octets of the evidence left out.
    pub facts: Vec<u8>,
    /// The objects of evidence by their SHA-256.
    pub evidence: Vec<(Sha256, EvidenceKind, Arc<[u8]>)>,
}

impl Packed {
    /// What it takes in memory.
    pub(crate) fn octets(&self) -> usize {
        self.facts.len() + self.evidence.iter().map(|(_, _, der)| der.len()).sum::<usize>()
    }
}

/// Packs facts. Each object that documents have in common is compressed once.
#[derive(Debug, Default)]
pub struct Packer {
    remembered: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    objects: HashMap<Sha256, Arc<[u8]>>,
    octets: usize,
}

impl Packer {
    /// Makes facts small.
    ///
    /// # Errors
    /// Facts that are too large to be read back, or that JSON cannot express; there are none that observing makes.
    pub fn pack(&self, facts: Facts) -> io::Result<Packed> {
        let FactsApart { facts, evidence } = FactsApart::of(facts)?;
        if facts.len() > UNPACKED {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let object =
            |(sha256, kind, der): (Sha256, EvidenceKind, Octets)| Ok((sha256, kind, self.object(sha256, &der)?));
        Ok(Packed {
            facts: compressed(facts.as_bytes())?,
            evidence: evidence.into_iter().map(object).collect::<io::Result<_>>()?,
        })
    }

    fn object(&self, sha256: Sha256, der: &Octets) -> io::Result<Arc<[u8]>> {
        if let Some(object) = self.lock().objects.get(&sha256) {
            return Ok(Arc::clone(object));
        }
        let object: Arc<[u8]> = COMPRESSORS.with_borrow_mut(|compressors| compressors.der(der.as_slice()))?.into();
        let mut remembered = self.lock();
        if remembered.octets > REMEMBERED {
            *remembered = Remembered::default();
        }
        remembered.octets += object.len();
        remembered.objects.insert(sha256, Arc::clone(&object));
        Ok(object)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

thread_local! {
    /// Setting up costs more than compressing a certificate.
    static COMPRESSORS: RefCell<Compressors> = RefCell::default();
}

#[derive(Default)]
struct Compressors {
    json: Option<zstd::bulk::Compressor<'static>>,
    der: Option<zstd::bulk::Compressor<'static>>,
}

impl Compressors {
    fn json(&mut self, octets: &[u8]) -> io::Result<Vec<u8>> {
        at_level(&mut self.json, LEVEL, octets)
    }

    fn der(&mut self, octets: &[u8]) -> io::Result<Vec<u8>> {
        at_level(&mut self.der, DER_LEVEL, octets)
    }
}

fn at_level(
    compressor: &mut Option<zstd::bulk::Compressor<'static>>,
    level: i32,
    octets: &[u8],
) -> io::Result<Vec<u8>> {
    let set_up = match compressor.take() {
        Some(set_up) => set_up,
        None => zstd::bulk::Compressor::new(level)?,
    };
    compressor.insert(set_up).compress(octets)
}

/// JSON made small.
pub(crate) fn compressed(octets: &[u8]) -> io::Result<Vec<u8>> {
    COMPRESSORS.with_borrow_mut(|compressors| compressors.json(octets))
}

/// Octets as they were.
pub(crate) fn unpacked(octets: &[u8]) -> io::Result<Vec<u8>> {
    let mut read = zstd::stream::read::Decoder::new(octets)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(UNPACKED).unwrap_or(u64::MAX);
    io::Read::read_to_end(&mut io::Read::take(&mut read, limit.saturating_add(1)), &mut bytes)?;
    if bytes.len() > UNPACKED { Err(io::Error::from(io::ErrorKind::FileTooLarge)) } else { Ok(bytes) }
}
