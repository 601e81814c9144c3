//! What lies inside a signature's attributes.

use std::collections::BTreeMap;

use kenin_base::Sha256;
use kenin_crypto::sha256;
use kenin_facts::{EvidenceSource, Signature};

use super::Placed;
use crate::attributes::AttributeSet;
use crate::signer_info::SignerInfo;
use crate::{Observer, carried};

/// What lies inside a run of octets, by id and key.
#[derive(Default)]
pub(super) struct Held {
    pub signatures: Vec<String>,
    pub timestamps: Vec<String>,
    pub evidence: Vec<Sha256>,
}

/// What the attributes of one signature hold.
pub(super) struct Holdings {
    /// The signed attributes together.
    pub signed: Held,
    /// The unsigned attributes, value by value.
    pub values: Vec<Held>,
}

impl Holdings {
    /// `counters` are the signature's counter-signatures and theirs.
    pub fn of(
        observer: &Observer<'_>,
        info: &SignerInfo<'_, '_>,
        placed: &[Placed<'_, '_, '_>],
        signature: &Signature,
        counters: &[Signature],
    ) -> Self {
        let inside = ByCarrier::of(observer);
        let placed_in: BTreeMap<&str, usize> = placed
            .iter()
            .enumerate()
            .filter_map(|(position, place)| Some((place.counter.as_deref()?, position)))
            .collect();
        let value = |place: &Placed<'_, '_, '_>| {
            let mut held = Held::default();
            if let Some(timestamp) = place.timestamp.and_then(|index| signature.timestamps.get(index)) {
                held.take_timestamp(&timestamp.id, &inside);
            }
            if let Some(value) = place.attribute.values.get(place.value) {
                let values = carried::values_of(&place.attribute.kind, *value);
                held.evidence.extend(values.into_iter().map(sha256));
            }
            held
        };
        let mut values: Vec<Held> = placed.iter().map(value).collect();
        for counter in counters {
            let position = outermost(&counter.id, &signature.id).and_then(|id| placed_in.get(id));
            if let Some(held) = position.and_then(|position| values.get_mut(*position)) {
                held.take_counter(counter, &inside);
            }
        }
        let mut signed = Held::default();
        let unsigned: Vec<usize> = placed.iter().filter_map(|place| place.timestamp).collect();
        let in_unsigned = |index: usize| unsigned.binary_search(&index).is_ok();
        for (index, timestamp) in signature.timestamps.iter().enumerate() {
            if !in_unsigned(index) {
                signed.take_timestamp(&timestamp.id, &inside);
            }
        }
        signed.evidence.extend(info.signed_attributes.iter().flat_map(values_in).map(sha256));
        Self { signed, values }
    }
}

impl Held {
    /// How much it is.
    pub fn len(&self) -> usize {
        self.signatures.len().saturating_add(self.timestamps.len()).saturating_add(self.evidence.len())
    }

    fn take_timestamp(&mut self, id: &str, inside: &ByCarrier) {
        self.timestamps.push(id.to_owned());
        self.evidence.extend(inside.of_carrier(id));
    }

    /// A counter-signature with everything in its attributes.
    fn take_counter(&mut self, counter: &Signature, inside: &ByCarrier) {
        self.signatures.push(counter.id.clone());
        self.evidence.extend(inside.of_carrier(&counter.id));
        counter.timestamps.iter().for_each(|timestamp| self.take_timestamp(&timestamp.id, inside));
    }
}

/// The id of the counter-signature of `signature` that `id` is, or that it lies in.
fn outermost<'i>(id: &'i str, signature: &str) -> Option<&'i str> {
    let number = id.strip_prefix(signature)?.strip_prefix("-counter-")?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    id.get(..id.len().saturating_sub(number.len()).saturating_add(digits))
}

/// The certificates and revocation data in attributes.
fn values_in<'a>(set: &AttributeSet<'_, 'a>) -> Vec<&'a [u8]> {
    let of_attribute = |attribute: &crate::attributes::Attribute<'_, 'a>| {
        attribute.values.iter().flat_map(|value| carried::values_of(&attribute.kind, *value)).collect::<Vec<_>>()
    };
    set.attributes.iter().flat_map(of_attribute).collect()
}

/// The evidence by the signature or timestamp that carries it.
struct ByCarrier(BTreeMap<String, Vec<Sha256>>);

impl ByCarrier {
    fn of(observer: &Observer<'_>) -> Self {
        let mut carriers: BTreeMap<String, Vec<Sha256>> = BTreeMap::new();
        for (key, item) in observer.evidence().iter() {
            for source in &item.sources {
                if let EvidenceSource::SignedData { signature } | EvidenceSource::UnsignedAttribute { signature } =
                    source
                {
                    carriers.entry(signature.clone()).or_default().push(*key);
                }
            }
        }
        Self(carriers)
    }

    fn of_carrier(&self, id: &str) -> impl Iterator<Item = Sha256> {
        self.0.get(id).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_counter_signature_is_told_by_its_id() {
        let of = |id| outermost(id, "sig-1");
        assert_eq!(of("sig-1-counter-10"), Some("sig-1-counter-10"));
        assert_eq!(of("sig-1-counter-1-counter-2"), Some("sig-1-counter-1"));
        assert_eq!((of("sig-1-tst-1"), of("sig-10-counter-1")), (None, None));
    }
}
