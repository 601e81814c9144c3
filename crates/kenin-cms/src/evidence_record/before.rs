//! A ContentInfo as it was before evidence records were added to it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kenin_asn1::{Element, Error, Tag};
use kenin_base::{Budget, DigestAlgorithm, LimitExceeded};
use kenin_crypto::MultiDigest;

use super::embedded::is_record;
use crate::Cms;
use crate::archive::spend_hashed;
use crate::attributes::{Attribute, AttributeSet};
use crate::signer_info::SignerInfo;

/// A SignedData around the unsigned attributes of one of its signers.
pub(super) struct Surroundings<'e, 'd, 'a> {
    /// From the ContentInfo inwards, each with what follows in the list.
    around: [Element<'d, 'a>; 3],
    infos: Element<'d, 'a>,
    /// The SignerInfos, this one among them at `own`.
    signers: Vec<Element<'d, 'a>>,
    own: usize,
    unsigned: &'e AttributeSet<'d, 'a>,
    /// Where the attributes with records begin.
    records: BTreeSet<u64>,
}

/// Octets in pieces that are hashed one after the other.
struct Pieces<'a> {
    pieces: Vec<Cow<'a, [u8]>>,
    length: usize,
}

impl<'e, 'd, 'a> Surroundings<'e, 'd, 'a> {
    /// `None` where the structure cannot be rebuilt: the attributes could not be read to their end.
    pub fn of(cms: &Cms<'d, 'a>, own: usize, info: &'e SignerInfo<'d, 'a>) -> Option<Self> {
        let unsigned = info.unsigned_attributes.as_ref().filter(|set| set.problem.is_none())?;
        let read = || -> Result<Option<Self>, Error> {
            let content_info = *cms.element();
            let mut fields = content_info.children()?;
            fields.element()?;
            let explicit = fields.expect(Tag::context(0))?;
            let signed_data = explicit.explicit()?;
            let mut children = signed_data.children()?;
            let mut last = None;
            while !children.is_empty() {
                last = Some(children.element()?);
            }
            let Some(infos) = last else { return Ok(None) };
            let mut elements = infos.children()?;
            let mut signers = Vec::new();
            while !elements.is_empty() {
                signers.push(elements.element()?);
            }
            let around = [content_info, explicit, signed_data];
            let records = unsigned.attributes.iter().filter(|a| is_record(a)).map(start_of).collect();
            Ok(Some(Self { around, infos, signers, own, unsigned, records }))
        };
        read().ok().flatten()
    }

    /// The hashes of what a record in `holding` may be over: the ContentInfo without any record of the signer, without this
    /// attribute and those behind it, or without this attribute alone (a DER encoder sorts what was added first behind
    /// what came later); each with the SignerInfos in the order that they have, and in DER order, which the attribute may
    /// have changed. Every element around is in the form of length that it has; a set in which nothing remains is left out.
    ///
    /// # Errors
    /// [`LimitExceeded`] when that many octets may not be hashed again.
    pub fn hashes(
        &self,
        holding: &Attribute<'_, '_>,
        algorithm: DigestAlgorithm,
        budget: &Budget,
    ) -> Result<Vec<Vec<u8>>, LimitExceeded> {
        let start = holding.element.span.start;
        let [content_info, ..] = &self.around;
        let later: BTreeSet<u64> = self.records.range(start..).copied().collect();
        let alone = BTreeSet::from([start]);
        // Each lies in the one before it, so that those of one size are the same.
        let mut dropped = vec![&self.records, &later, &alone];
        dropped.dedup_by_key(|dropped| dropped.len());
        let mut hashes = Vec::new();
        for dropped in dropped {
            for in_der_order in [false, true] {
                // Rebuilding copies a SignerInfo, which is less than what is hashed.
                spend_hashed(budget, content_info.bytes.len())?;
                let Some(pieces) = self.without(dropped, in_der_order) else { continue };
                let mut state = MultiDigest::new(&[algorithm].into());
                pieces.pieces.iter().for_each(|piece| state.update(piece));
                hashes.extend(state.finish().get(algorithm).map(<[u8]>::to_vec));
            }
        }
        Ok(hashes)
    }

    /// The ContentInfo without attributes; `None` in DER order where that is the order they have.
    fn without(&self, dropped: &BTreeSet<u64>, in_der_order: bool) -> Option<Pieces<'a>> {
        let mut signers: Vec<Cow<'a, [u8]>> = self.signers.iter().map(|info| Cow::Borrowed(info.bytes)).collect();
        *signers.get_mut(self.own)? = Cow::Owned(self.signer_without(dropped)?);
        if in_der_order {
            if signers.is_sorted() {
                return None;
            }
            signers.sort_unstable();
        }
        let mut pieces = framed(&self.infos, Pieces::from(signers));
        let mut inner = self.infos;
        for element in self.around.iter().rev() {
            pieces = framed(element, replaced(element, &inner, pieces)?);
            inner = *element;
        }
        Some(pieces)
    }

    fn signer_without(&self, dropped: &BTreeSet<u64>) -> Option<Vec<u8>> {
        let kept = self.unsigned.attributes.iter().filter(|attribute| !dropped.contains(&start_of(attribute)));
        let content: Vec<&[u8]> = kept.map(|attribute| attribute.element.bytes).collect();
        let set = if content.is_empty() { Vec::new() } else { self.unsigned.element.with_content(&content.concat()) };
        self.signers.get(self.own)?.with_child(&self.unsigned.element, &set)
    }
}

fn start_of(attribute: &Attribute<'_, '_>) -> u64 {
    attribute.element.span.start
}

/// The content of `element` with `child` replaced.
fn replaced<'a>(element: &Element<'_, 'a>, child: &Element<'_, 'a>, by: Pieces<'a>) -> Option<Pieces<'a>> {
    let start = usize::try_from(child.span.start.checked_sub(element.content_offset)?).ok()?;
    let end = start.checked_add(child.bytes.len())?;
    let (before, behind) = (element.content.get(..start)?, element.content.get(end..)?);
    let around = |piece| std::iter::once(Cow::Borrowed(piece));
    Some(Pieces::from(around(before).chain(by.pieces).chain(around(behind)).collect::<Vec<_>>()))
}

/// Content in the identifier and form of length of `element`.
fn framed<'a>(element: &Element<'_, 'a>, content: Pieces<'a>) -> Pieces<'a> {
    let (before, behind) = element.frame(content.length);
    let before = std::iter::once(Cow::Owned(before));
    Pieces::from(before.chain(content.pieces).chain([Cow::Borrowed(behind)]).collect::<Vec<_>>())
}

impl<'a> From<Vec<Cow<'a, [u8]>>> for Pieces<'a> {
    fn from(pieces: Vec<Cow<'a, [u8]>>) -> Self {
        let length = pieces.iter().map(|piece| piece.len()).fold(0, usize::saturating_add);
        Self { pieces, length }
    }
}

/// Hashes by algorithm, computed when first asked for.
pub(super) type HashesByAlgorithm = BTreeMap<DigestAlgorithm, Result<Vec<Vec<u8>>, LimitExceeded>>;
