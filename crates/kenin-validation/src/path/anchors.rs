//! Trust anchors with the inputs of RFC 5280 6.1.1 that go with them.

use std::cmp::Reverse;

use kenin_base::{Oid, Sha256, UtcTime};
use kenin_policy::{ExplicitPolicy, Purpose, SignerAnchor, TsaAnchor};
use kenin_x509::Certificate;
use kenin_x509::path::{PathInputs, PolicySet};

use super::Role;
use crate::material::Context;

/// An anchor of the trust profile.
#[derive(Clone)]
pub(crate) struct Pinned {
    pub sha256: Sha256,
    pub name: String,
    /// Its sunset date.
    pub not_after: Option<UtcTime>,
    /// What signers' certificates must be for.
    pub purposes: Vec<Oid>,
    /// What it is trusted for; `None` for a TSA.
    pub purpose: Option<Purpose>,
}

/// Anchors that share one set of RFC 5280 6.1.1 inputs.
pub(super) struct AnchorGroup {
    pub inputs: PathInputs,
    pub entries: Vec<Pinned>,
}

impl AnchorGroup {
    pub fn pins(&self) -> impl Iterator<Item = Sha256> {
        self.entries.iter().map(|entry| entry.sha256)
    }
}

/// Signer and TSA anchors never mix; a TSA anchor counts only for tokens under one of its policies.
pub(super) fn anchor_groups(context: &Context<'_>, role: Role<'_>, at: UtcTime) -> Vec<AnchorGroup> {
    let mut groups: Vec<AnchorGroup> = Vec::new();
    match role {
        Role::Signer => {
            for anchor in &context.trust.signer {
                let inputs = signer_inputs(context, anchor, at);
                let SignerAnchor { sha256, ref name, not_after, ref purposes, purpose, .. } = *anchor;
                let (name, purposes) = (name.clone(), purposes.clone());
                let entry = Pinned { sha256, name, not_after, purposes, purpose: Some(purpose) };
                match groups.iter_mut().find(|group| group.inputs == inputs) {
                    Some(group) => group.entries.push(entry),
                    None => groups.push(AnchorGroup { inputs, entries: vec![entry] }),
                }
            }
            // A root may be listed more than once: where several entries fit, the one that can show most is taken.
            groups.sort_by_key(|group| group.entries.iter().map(Pinned::rank).min());
        }
        Role::Tsa(policy) => {
            let fits = |anchor: &&TsaAnchor| anchor.policies.is_empty() || anchor.policies.contains(policy);
            let entries = context.trust.tsa.iter().filter(fits).filter_map(|anchor| {
                let TsaAnchor { name, not_after, .. } = anchor.clone();
                Some(Pinned { sha256: anchor.sha256?, name, not_after, purposes: Vec::new(), purpose: None })
            });
            let inputs = PathInputs { preferred_time: Some(at), ..PathInputs::default() };
            groups.push(AnchorGroup { inputs, entries: entries.collect() });
        }
    }
    groups
}

/// RFC 5280 6.1.1 (c) and (e) to (g): the anchor's policies are demanded, which is what keeps TEST cards out.
fn signer_inputs(context: &Context<'_>, anchor: &SignerAnchor, at: UtcTime) -> PathInputs {
    let demanded = context.policy.validation.explicit_policy == ExplicitPolicy::TrustProfile;
    let policies = || PolicySet::Only(anchor.policies.iter().copied().collect());
    PathInputs {
        initial_policies: if demanded && !anchor.policies.is_empty() { policies() } else { PolicySet::Any },
        require_explicit_policy: demanded && anchor.requires_explicit_policy(),
        inhibit_policy_mapping: anchor.inhibit_policy_mapping,
        inhibit_any_policy: anchor.inhibit_any_policy,
        preferred_time: Some(at),
    }
}

impl Pinned {
    /// The entry for an anchor; of several the one that is trusted longest, and of those the one that can show most.
    pub fn of(entries: &[Self], anchor: &Certificate) -> Self {
        let sha256 = anchor.sha256();
        let of_anchor = entries.iter().filter(|entry| entry.sha256 == sha256);
        let longest =
            of_anchor.min_by_key(|entry| (Reverse((entry.not_after.is_none(), entry.not_after)), entry.rank()));
        let (name, purposes) = (|| anchor.subject().to_string(), Vec::new());
        let unlisted = || Self { sha256, name: name(), not_after: None, purposes, purpose: None };
        longest.cloned().unwrap_or_else(unlisted)
    }

    /// A licence before an identity, as the routes of requirement 14①1(2) are numbered.
    fn rank(&self) -> u8 {
        match self.purpose {
            Some(Purpose::Hpki) => 0,
            Some(Purpose::AccreditedCa) => 1,
            Some(Purpose::Jpki) => 2,
            Some(Purpose::Other) | None => 3,
        }
    }
}
