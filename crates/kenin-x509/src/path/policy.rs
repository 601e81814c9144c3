use std::collections::{BTreeMap, BTreeSet};

use kenin_base::{Budget, LimitExceeded, Oid, Resource};
use serde::{Deserialize, Serialize};

use crate::ANY_POLICY;

/// A set of certificate policies, possibly all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicySet {
    /// Every policy (anyPolicy).
    Any,
    /// These policies.
    Only(BTreeSet<Oid>),
}

impl PolicySet {
    /// Whether no policy is in the set.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Only(set) if set.is_empty())
    }

    /// Whether a policy is in the set.
    pub fn contains(&self, policy: &Oid) -> bool {
        match self {
            Self::Any => true,
            Self::Only(set) => set.contains(policy),
        }
    }
}

/// The valid policy graph of RFC 9618, which replaces the tree of RFC 5280 6.1.2 (a): each policy is one node
/// per certificate, however many ways lead to it, so that its size is bounded by that of the certificates.
pub(crate) struct PolicyGraph<'b> {
    budget: &'b Budget,
    /// One level per certificate processed.
    levels: Vec<Level>,
    /// The expected policies for the next certificate, each with the nodes of the last level that expect it.
    expected: BTreeMap<Oid, BTreeSet<Oid>>,
    /// Whether anyPolicy is valid up to here.
    any: bool,
    /// Whether the graph has a node left (RFC 5280: the valid_policy_tree is not NULL).
    alive: bool,
}

/// Valid policies of one certificate, each with its parents in the level above; `ANY_POLICY` as a parent is the
/// anyPolicy node.
type Level = BTreeMap<Oid, BTreeSet<Oid>>;

impl<'b> PolicyGraph<'b> {
    pub fn new(budget: &'b Budget) -> Self {
        Self { budget, levels: Vec::new(), expected: BTreeMap::new(), any: true, alive: true }
    }

    pub fn is_alive(&self) -> bool {
        self.alive
    }

    /// 6.1.3 (d) and (e): the certificate's policies, `None` when it has no such extension.
    pub fn process_policies(&mut self, policies: Option<&[Oid]>, any_allowed: bool) -> Result<(), LimitExceeded> {
        let Some(policies) = policies.filter(|_| self.alive) else {
            self.kill();
            return Ok(());
        };
        let mut level = Level::new();
        for policy in policies.iter().filter(|policy| **policy != ANY_POLICY) {
            self.budget.spend(Resource::PolicyNodes, 1)?;
            if let Some(parents) = self.expected.get(policy) {
                level.insert(*policy, parents.clone());
            } else if self.any {
                level.insert(*policy, BTreeSet::from([ANY_POLICY]));
            }
        }
        let has_any = any_allowed && policies.contains(&ANY_POLICY);
        if has_any {
            for (policy, parents) in std::mem::take(&mut self.expected) {
                self.budget.spend(Resource::PolicyNodes, 1)?;
                level.entry(policy).or_insert(parents);
            }
        }
        self.any &= has_any;
        self.alive = self.any || !level.is_empty();
        self.levels.push(level);
        Ok(())
    }

    /// 6.1.4 (b): the policy mappings of an intermediate certificate. Without mappings every policy expects
    /// itself.
    pub fn process_mappings(&mut self, mappings: &[(Oid, Oid)], allowed: bool) -> Result<(), LimitExceeded> {
        self.expected = BTreeMap::new();
        let any = self.any;
        let Some(level) = self.levels.last_mut().filter(|_| self.alive) else { return Ok(()) };
        let mut mapped = BTreeSet::new();
        for (issuer_policy, subject_policy) in mappings {
            self.budget.spend(Resource::PolicyNodes, 1)?;
            mapped.insert(*issuer_policy);
            if !allowed {
                continue;
            }
            if any {
                level.entry(*issuer_policy).or_insert_with(|| BTreeSet::from([ANY_POLICY]));
            }
            if level.contains_key(issuer_policy) {
                self.expected.entry(*subject_policy).or_default().insert(*issuer_policy);
            }
        }
        if !allowed {
            level.retain(|policy, _| !mapped.contains(policy));
        }
        for policy in level.keys().filter(|policy| !mapped.contains(policy)) {
            self.budget.spend(Resource::PolicyNodes, 1)?;
            self.expected.entry(*policy).or_default().insert(*policy);
        }
        self.alive = any || !level.is_empty();
        Ok(())
    }

    /// 6.1.5 (g): the policies valid for the whole path, in the terms of the anchor's domain, that are also in
    /// `initial` (the user-constrained-policy-set).
    pub fn valid_policies(&self, initial: &PolicySet) -> PolicySet {
        if !self.alive {
            return PolicySet::Only(BTreeSet::new());
        }
        if self.any {
            // Nothing on the path restricts the policies: every acceptable one is valid.
            return initial.clone();
        }
        let mut valid = BTreeSet::new();
        let mut reached: BTreeSet<Oid> =
            self.levels.last().into_iter().flat_map(|level| level.keys().copied()).collect();
        for level in self.levels.iter().rev() {
            let mut above = BTreeSet::new();
            for policy in &reached {
                let Some(parents) = level.get(policy) else { continue };
                // A child of anyPolicy is a policy of the anchor's own domain.
                if parents.contains(&ANY_POLICY) {
                    valid.insert(*policy);
                }
                above.extend(parents.iter().filter(|parent| **parent != ANY_POLICY).copied());
            }
            reached = above;
        }
        valid.retain(|policy| initial.contains(policy));
        PolicySet::Only(valid)
    }

    fn kill(&mut self) {
        self.alive = false;
        self.any = false;
        self.expected.clear();
    }
}
