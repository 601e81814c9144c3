//! archive-time-stamp v2 (TS 101 733 v1.8.3 6.4.1): over the whole structure as it was received.

use kenin_asn1::Element;
use kenin_base::{DigestAlgorithm, Finding, FindingCode, LimitExceeded, UtcTime};
use kenin_facts::TstInfo;

use super::{CarriedPart, Detached, Over, Placed, Subject, spend_hashed};
use crate::findings::of_limit;
use crate::oids;

impl Subject<'_, '_, '_, '_> {
    /// Everything in the SignedData, in its original coding, but the archive timestamps that are not older. What became of
    /// the unsigned attributes' own tag and length differs between editions: both readings are tried.
    pub(super) fn version_2(&self, place: &Placed<'_, '_, '_>, tst_info: &TstInfo) -> Over {
        let newer =
            |time: &Option<Option<UtcTime>>| time.is_some_and(|time| time.is_none_or(|time| time >= tst_info.gen_time));
        let kept: Vec<bool> = self.archive_times.iter().map(|time| !newer(time)).collect();
        let values = kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(position, _)| position).collect();
        let mut over = Over { signed: true, carried: CarriedPart::All, values, ..Over::default() };
        let Some(algorithm) = tst_info.imprint_algorithm.algorithm else { return over };
        match self.fitting(algorithm, &kept, tst_info.imprint.as_slice()) {
            Ok(Some((computed, form))) => {
                if form == Form::WithoutTag {
                    over.findings.push(Finding::new(FindingCode::ArchiveTimestampWithoutTag));
                }
                // RFC 3126 hashes the first version over values without tag and length, which is not computed here: that
                // it does not fit the second version says nothing.
                let is_v1 = place.attribute.kind == oids::ARCHIVE_TIME_STAMP_V1;
                over.computed = Some(computed).filter(|_| form != Form::Neither || !is_v1);
            }
            Ok(None) => {}
            Err(limit) => over.findings.push(of_limit(limit, "archive-time-stamp")),
        }
        over
    }

    /// The digest that is the claimed one, or the one by the usual form; `None` when the content is not at hand.
    fn fitting(
        &self,
        algorithm: DigestAlgorithm,
        kept: &[bool],
        claimed: &[u8],
    ) -> Result<Option<(Vec<u8>, Form)>, LimitExceeded> {
        let Some(unsigned) = &self.info.unsigned_attributes else { return Ok(None) };
        let content = match self.base.detached {
            Detached::No => &[][..],
            Detached::Octets(octets) => octets,
            Detached::NotFound => return Ok(None),
        };
        // Rebuilding the attributes costs about what hashing them does.
        spend_hashed(self.budget, unsigned.element.bytes.len())?;
        let attributes = self.older_attributes(kept);
        let set = if attributes.is_empty() { Vec::new() } else { unsigned.element.with_content(&attributes) };
        let [certificates, crls] = self.base.sets.map(Option::unwrap_or_default);
        let before = [self.base.encapsulated, content, certificates, crls, self.signer_fields()];
        let mut usual = None;
        for (tail, form) in [(&set, Form::WithTag), (&attributes, Form::WithoutTag)] {
            let parts: Vec<&[u8]> = before.into_iter().chain([tail.as_slice()]).collect();
            let Some(computed) = self.hash(algorithm, &parts)? else { return Ok(None) };
            if computed == claimed {
                return Ok(Some((computed, form)));
            }
            usual.get_or_insert(computed);
        }
        Ok(usual.map(|computed| (computed, Form::Neither)))
    }

    /// The unsigned attributes with only the values that are kept, in their order and coding.
    fn older_attributes(&self, kept: &[bool]) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut kept = kept.iter().copied();
        let same = |one: &Placed<'_, '_, '_>, next: &Placed<'_, '_, '_>| {
            one.attribute.element.span == next.attribute.element.span
        };
        for values in self.placed.chunk_by(same) {
            let kept: Vec<bool> = kept.by_ref().take(values.len()).collect();
            octets.extend(attribute_with(values, &kept).unwrap_or_default());
        }
        octets
    }
}

/// Which reading of the standard a digest is by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    WithTag,
    WithoutTag,
    Neither,
}

/// An attribute, given with all its values, with those that are kept; nothing when there are none.
fn attribute_with(values: &[Placed<'_, '_, '_>], kept: &[bool]) -> Option<Vec<u8>> {
    let attribute = values.first()?.attribute;
    if kept.iter().all(|kept| *kept) {
        return Some(attribute.element.bytes.to_vec());
    }
    let stay = values.iter().zip(kept).filter(|(_, kept)| **kept);
    let stay: Vec<&[u8]> = stay.filter_map(|(place, _)| attribute.values.get(place.value)).map(|v| v.bytes).collect();
    if stay.is_empty() {
        return None;
    }
    let mut fields = attribute.element.children().ok()?;
    fields.element().ok()?;
    let set: Element<'_, '_> = fields.element().ok()?;
    attribute.element.with_child(&set, &set.with_content(&stay.concat()))
}
