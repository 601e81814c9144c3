//! archive-time-stamp v2 (TS 101 733 v1.8.3 6.4.1): over the whole structure as it was received.

use kenin_asn1::Element;
use kenin_base::{DigestAlgorithm, Finding, FindingCode, UtcTime};

use super::{Detached, Over, Subject};
use crate::attributes::Attribute;

impl Subject<'_, '_, '_, '_> {
    /// Everything in the SignedData, in its original coding, but the archive timestamps that are not older. What became of
    /// the unsigned attributes' own tag and length differs between editions: both readings are tried.
    pub(super) fn version_2(
        &self,
        algorithm: Option<DigestAlgorithm>,
        gen_time: UtcTime,
        archive: &[(usize, Option<UtcTime>)],
        claimed: &[u8],
    ) -> Over {
        let newer = |position: usize| {
            archive.iter().any(|(known, time)| *known == position && time.is_none_or(|time| time >= gen_time))
        };
        let values: Vec<usize> = (0..self.placed.len()).filter(|position| !newer(*position)).collect();
        let mut over =
            Over { computed: None, carried: self.base.carried.keys().collect(), values, findings: Vec::new() };
        let (Some(algorithm), Some(unsigned)) = (algorithm, &self.info.unsigned_attributes) else { return over };
        let content = match self.base.detached {
            Detached::No => &[][..],
            Detached::Octets(octets) => octets,
            Detached::NotFound => return over,
        };
        let attributes = self.older_attributes(&over.values);
        let set = if attributes.is_empty() { Vec::new() } else { unsigned.element.with_content(&attributes) };
        let [certificates, crls] = self.base.sets.map(Option::unwrap_or_default);
        let fields = self.signer_fields();
        let before = [self.base.encapsulated, content, certificates, crls, fields];
        for (tail, with_tag) in [(&set, true), (&attributes, false)] {
            let parts: Vec<&[u8]> = before.into_iter().chain([tail.as_slice()]).collect();
            let computed = self.hash(algorithm, &parts, &mut over.findings);
            let fits = computed.as_deref() == Some(claimed);
            if over.computed.is_none() || fits {
                over.computed = computed;
            }
            if fits {
                if !with_tag {
                    over.findings.push(Finding::new(FindingCode::ArchiveTimestampWithoutTag));
                }
                break;
            }
        }
        over
    }

    /// The unsigned attributes with only these values, in their order and coding.
    fn older_attributes(&self, kept: &[usize]) -> Vec<u8> {
        let mut octets = Vec::new();
        let mut last: Option<&Attribute<'_, '_>> = None;
        for placed in self.placed {
            if last.is_some_and(|last| last.element.span == placed.attribute.element.span) {
                continue;
            }
            last = Some(placed.attribute);
            octets.extend(self.attribute_with(placed.attribute, kept).unwrap_or_default());
        }
        octets
    }

    /// An attribute with the values that are kept; nothing when there are none.
    fn attribute_with(&self, attribute: &Attribute<'_, '_>, kept: &[usize]) -> Option<Vec<u8>> {
        let of_attribute = self.placed.iter().enumerate();
        let of_attribute = of_attribute.filter(|(_, placed)| placed.attribute.element.span == attribute.element.span);
        let (stay, go): (Vec<_>, Vec<_>) = of_attribute.partition(|(position, _)| kept.contains(position));
        if go.is_empty() {
            return Some(attribute.element.bytes.to_vec());
        }
        if stay.is_empty() {
            return None;
        }
        let values: Vec<&[u8]> =
            stay.iter().filter_map(|(_, placed)| attribute.values.get(placed.value)).map(|value| value.bytes).collect();
        let mut fields = attribute.element.children().ok()?;
        fields.element().ok()?;
        let set: Element<'_, '_> = fields.element().ok()?;
        attribute.element.with_child(&set, &set.with_content(&values.concat()))
    }
}
