use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use kenin_asn1::{Decoder, Element, Error, Tag};
use kenin_base::{Oid, UtcTime};

use super::extensions::raw_extension;
use super::{CrlExtensions, RevocationReason};
use crate::GeneralName;
use crate::decode::{minimal, range, single, with_decoder};
use crate::extensions::RawExtension;

const REASON_CODE: Oid = Oid::new(&[2, 5, 29, 21]);
const INVALIDITY_DATE: Oid = Oid::new(&[2, 5, 29, 24]);
/// id-ce-certificateIssuer (RFC 5280 5.3.3).
pub(super) const CERTIFICATE_ISSUER: Oid = Oid::new(&[2, 5, 29, 29]);

/// An entry of a CRL (RFC 5280 5.1.2.6, 5.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedEntry {
    /// revocationDate
    pub revocation_date: UtcTime,
    /// reasonCode
    pub reason: Option<RevocationReason>,
    /// invalidityDate
    pub invalidity_date: Option<UtcTime>,
    /// The certificate's issuer on an indirect CRL, inherited from earlier entries; `None`: the CRL's issuer.
    pub certificate_issuer: Option<Arc<[GeneralName]>>,
}

/// Where the entries of revokedCertificates lie, found by serial number.
///
/// A hash table of two arrays: the entries' offsets grouped by bucket, and where each bucket ends. There are as many
/// buckets as entries, so one holds one entry on average. The hash is keyed: whoever chooses the serial numbers cannot
/// make other ones share a bucket, and one number listed many times costs only those who ask for it.
#[derive(Default)]
pub(super) struct EntryIndex {
    hasher: RandomState,
    /// Start of each entry in the DER, grouped by bucket and in the order of the list within it. Offsets fit 32 bits
    /// because larger structures are refused.
    starts: Box<[u32]>,
    /// For each bucket, where it ends in `starts`; the next one begins there.
    ends: Box<[u32]>,
    /// Start of each entry that names a certificateIssuer, ascending.
    issuers: Box<[u32]>,
}

impl EntryIndex {
    /// Reads every entry once. What makes the CRL unusable is added to `extensions`.
    ///
    /// ```text
    /// revokedCertificates SEQUENCE OF SEQUENCE {
    ///     userCertificate    CertificateSerialNumber,
    ///     revocationDate     Time,
    ///     crlEntryExtensions Extensions OPTIONAL } OPTIONAL
    /// ```
    pub fn build(decoder: &Decoder<'_>, list: Element<'_, '_>, extensions: &mut CrlExtensions) -> Result<Self, Error> {
        let hasher = RandomState::new();
        let mut rest = list.children()?;
        let mut hashed: Vec<(u32, u32)> = Vec::new();
        let mut issuers = Vec::new();
        let mut trouble = Trouble::default();
        while !rest.is_empty() {
            let element = rest.expect(Tag::SEQUENCE)?;
            let entry = Entry::read(decoder, element, &mut trouble)?;
            let start = u32::try_from(range(&element).start).unwrap_or(u32::MAX);
            hashed.push((hash(&hasher, entry.serial), start));
            if entry.certificate_issuer.is_some() {
                issuers.push(start);
            }
        }
        extensions.unknown_critical.extend(trouble.unknown_critical);
        extensions.malformed.extend(trouble.malformed);
        let (starts, ends) = group(&hashed);
        Ok(Self { hasher, starts, ends, issuers: issuers.into() })
    }

    /// Whether any entry names the issuer of its certificate.
    pub fn has_issuers(&self) -> bool {
        !self.issuers.is_empty()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Every entry for a serial number, in the order of the list. `der` is the CRL the index was built from.
    pub fn find(&self, der: &[u8], serial: &[u8]) -> Vec<RevokedEntry> {
        let serial = minimal(serial);
        let mut issuer = None;
        let found = with_decoder(der, |decoder| {
            let mut found = Vec::new();
            for start in self.bucket(serial) {
                let element = element_at(decoder, der, *start)?;
                if serial_of(element)? == serial {
                    let entry = Entry::read(decoder, element, &mut Trouble::default())?;
                    found.push(RevokedEntry {
                        revocation_date: entry.revocation_date,
                        reason: entry.reason,
                        invalidity_date: entry.invalidity_date,
                        certificate_issuer: self.issuer(decoder, der, *start, &mut issuer)?,
                    });
                }
            }
            Ok(found)
        });
        // Nothing here fails: the same octets were read when the index was built.
        found.unwrap_or_default()
    }

    /// The offsets of the entries that share a serial number's bucket.
    fn bucket(&self, serial: &[u8]) -> &[u32] {
        let bucket = bucket(hash(&self.hasher, serial), self.ends.len());
        let offset = |index: usize| self.ends.get(index).and_then(|end| usize::try_from(*end).ok());
        let from = bucket.checked_sub(1).and_then(offset).unwrap_or_default();
        offset(bucket).and_then(|to| self.starts.get(from..to)).unwrap_or_default()
    }

    /// The certificateIssuer that holds for the entry at `start`: its own, or that of the latest entry before it that
    /// names one (RFC 5280 5.3.3). `last` is the answer to the previous question, decoded once for many entries.
    fn issuer(&self, decoder: &Decoder<'_>, der: &[u8], start: u32, last: &mut LastIssuer) -> Result<Issuer, Error> {
        let before = self.issuers.partition_point(|issuer| *issuer <= start);
        let Some(from) = before.checked_sub(1).and_then(|index| self.issuers.get(index)) else { return Ok(None) };
        if let Some((known, names)) = last
            && known == from
        {
            return Ok(names.clone());
        }
        let entry = Entry::read(decoder, element_at(decoder, der, *from)?, &mut Trouble::default())?;
        let names: Issuer = entry.certificate_issuer.map(Into::into);
        *last = Some((*from, names.clone()));
        Ok(names)
    }
}

type Issuer = Option<Arc<[GeneralName]>>;
/// The entry that was asked about last, and what it names.
type LastIssuer = Option<(u32, Issuer)>;

/// Half of the hash is enough to choose among at most 2^28 buckets.
fn hash(hasher: &RandomState, serial: &[u8]) -> u32 {
    u32::try_from(hasher.hash_one(serial) >> 32).unwrap_or_default()
}

/// The bucket of a hash: its share of the range of all hashes.
fn bucket(hash: u32, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or_default();
    usize::try_from(u64::from(hash).saturating_mul(count) >> 32).unwrap_or_default()
}

/// Groups offsets by bucket in linear time, keeping their order: the offsets, and where each bucket ends.
fn group(hashed: &[(u32, u32)]) -> (Box<[u32]>, Box<[u32]>) {
    let mut next = vec![0u32; hashed.len()];
    for (hash, _) in hashed {
        if let Some(size) = next.get_mut(bucket(*hash, hashed.len())) {
            *size += 1;
        }
    }
    let mut total = 0;
    for size in &mut next {
        total += std::mem::replace(size, total);
    }
    let mut starts = vec![0u32; hashed.len()];
    for (hash, start) in hashed {
        // Each bucket's next free place; in the end, where it ends.
        let Some(next) = next.get_mut(bucket(*hash, hashed.len())) else { continue };
        if let Some(place) = usize::try_from(*next).ok().and_then(|next| starts.get_mut(next)) {
            *place = *start;
        }
        *next += 1;
    }
    (starts.into(), next.into())
}

/// The entry that begins at `start` of the CRL.
fn element_at<'d, 'a>(decoder: &'d Decoder<'d>, der: &'a [u8], start: u32) -> Result<Element<'d, 'a>, Error> {
    let rest = usize::try_from(start).ok().and_then(|start| der.get(start..)).unwrap_or_default();
    decoder.reader(rest, u64::from(start)).expect(Tag::SEQUENCE)
}

/// userCertificate, without redundant leading octets.
fn serial_of<'a>(entry: Element<'_, 'a>) -> Result<&'a [u8], Error> {
    Ok(minimal(entry.children()?.expect(Tag::INTEGER)?.integer()?))
}

/// What makes a CRL unusable, found in its entries; one of each kind is enough.
#[derive(Default)]
struct Trouble {
    /// A critical extension that is not processed (RFC 5280 5.3).
    unknown_critical: Option<Oid>,
    /// A known extension that cannot be decoded or occurs twice.
    malformed: Option<Oid>,
}

/// One entry as it stands, without what it inherits.
struct Entry<'a> {
    serial: &'a [u8],
    revocation_date: UtcTime,
    reason: Option<RevocationReason>,
    invalidity_date: Option<UtcTime>,
    certificate_issuer: Option<Vec<GeneralName>>,
}

impl<'a> Entry<'a> {
    fn read(decoder: &Decoder<'_>, element: Element<'_, 'a>, trouble: &mut Trouble) -> Result<Self, Error> {
        let mut fields = element.children()?;
        let mut entry = Self {
            serial: minimal(fields.expect(Tag::INTEGER)?.integer()?),
            revocation_date: fields.element()?.time()?.time,
            reason: None,
            invalidity_date: None,
            certificate_issuer: None,
        };
        if let Some(list) = fields.optional(Tag::SEQUENCE)? {
            let mut list = list.children()?;
            while !list.is_empty() {
                entry.take(decoder, &raw_extension(&mut list)?, trouble);
            }
        }
        fields.finish()?;
        Ok(entry)
    }

    fn take(&mut self, decoder: &Decoder<'_>, extension: &RawExtension<'_>, trouble: &mut Trouble) {
        let value = single(decoder, extension.value);
        let oid = &extension.oid;
        let is_first = if *oid == REASON_CODE {
            let code = value.and_then(|value| value.enumerated());
            code.map(|code| self.reason.replace(RevocationReason::from_code(code)).is_none())
        } else if *oid == INVALIDITY_DATE {
            let date = value.and_then(|value| value.time());
            date.map(|date| self.invalidity_date.replace(date.time).is_none())
        } else if *oid == CERTIFICATE_ISSUER {
            let names = value.and_then(GeneralName::sequence);
            // RFC 5280 5.3.3: the issuer's distinguished name is among them.
            let is_named = |name: &GeneralName| matches!(name, GeneralName::DirectoryName(name) if !name.is_empty());
            names.map(|names| names.iter().any(is_named) && self.certificate_issuer.replace(names).is_none())
        } else {
            if extension.critical {
                trouble.unknown_critical.get_or_insert(*oid);
            }
            return;
        };
        if !is_first.unwrap_or(false) {
            trouble.malformed.get_or_insert(*oid);
        }
    }
}
