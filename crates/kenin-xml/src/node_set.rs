use std::collections::BTreeSet;

use foldhash::HashSet;
use roxmltree::{Document, NodeId};

/// The nodes a transform chain has left: subtrees of one document (a node-set of XMLDSig 1.1, 4.4.3.3). An element is in it
/// with its attributes and the namespaces in its scope, or not at all.
///
/// That is enough for the enveloped-signature transform (6.6.4), for XPath `not(ancestor-or-self::ds:Signature)` and for
/// XPath Filter 2.0, each step of which is one of [`only`](Self::only), [`without`](Self::without) and
/// [`with`](Self::with).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSet {
    steps: Vec<Step>,
    comments: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Only(Vec<NodeId>),
    Without(NodeId),
    With(NodeId),
}

impl NodeSet {
    /// The whole document, its root node included.
    pub fn document() -> Self {
        Self { steps: Vec::new(), comments: true }
    }

    /// One element with what is in it, or one node of another kind.
    pub fn subtree(apex: NodeId) -> Self {
        Self::document().only(apex)
    }

    /// Keeps what lies in a subtree (XPath Filter 2.0, intersect).
    pub fn only(self, subtree: NodeId) -> Self {
        self.only_in(vec![subtree])
    }

    /// Keeps what lies in any of these subtrees: one filter whose expression selects several nodes, or none.
    pub fn only_in(mut self, subtrees: Vec<NodeId>) -> Self {
        self.steps.push(Step::Only(subtrees));
        self
    }

    /// Takes a subtree out (XPath Filter 2.0, subtract).
    pub fn without(mut self, subtree: NodeId) -> Self {
        self.steps.push(Step::Without(subtree));
        self
    }

    /// Adds a subtree (XPath Filter 2.0, union).
    pub fn with(mut self, subtree: NodeId) -> Self {
        self.steps.push(Step::With(subtree));
        self
    }

    /// Whether comments are in it. A reference to the whole document or to `#id` has none (XMLDSig 1.1, 4.4.3.2).
    pub fn keep_comments(mut self, keep: bool) -> Self {
        self.comments = keep;
        self
    }

    /// Whether it is one subtree, with nothing taken out or added.
    pub(crate) fn is_one_subtree(&self) -> bool {
        matches!(self.steps.as_slice(), [Step::Only(subtrees)] if subtrees.len() == 1)
    }

    pub(crate) fn has_comments(&self) -> bool {
        self.comments
    }

    /// A node outside of which nothing is in the set: the last that everything was cut down to.
    pub(crate) fn apex(&self) -> Option<NodeId> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::With(_) => Some(None),
            Step::Only(subtrees) if subtrees.len() == 1 => Some(subtrees.first().copied()),
            Step::Only(_) | Step::Without(_) => None,
        })?
    }
}

/// Answers which nodes are in a set, on one walk over the document in its order.
pub(crate) struct Membership<'s> {
    steps: &'s [Step],
    /// The subtrees that steps name, in document order, each with its step.
    subtrees: Vec<(NodeId, usize)>,
    next: usize,
    /// In how many of an `Only`'s subtrees the walk is.
    inside: Vec<u32>,
    /// The steps that say something about where the walk is. The last of them decides.
    deciding: BTreeSet<usize>,
    /// Ancestors of what a step may have put into the set.
    above: HashSet<NodeId>,
}

/// The subtrees that begin at one node.
pub(crate) type Entered = std::ops::Range<usize>;

impl<'s> Membership<'s> {
    pub(crate) fn new(set: &'s NodeSet, tree: &Document<'_>) -> Self {
        let steps = set.steps.as_slice();
        let mut membership = Self {
            steps,
            subtrees: Vec::new(),
            next: 0,
            inside: vec![0; steps.len()],
            deciding: BTreeSet::new(),
            above: HashSet::default(),
        };
        for (index, step) in steps.iter().enumerate() {
            let named = match step {
                Step::Without(subtree) | Step::With(subtree) => std::slice::from_ref(subtree),
                Step::Only(subtrees) => {
                    membership.deciding.insert(index);
                    subtrees.as_slice()
                }
            };
            membership.subtrees.extend(named.iter().map(|subtree| (*subtree, index)));
            if !matches!(step, Step::Without(_)) {
                named.iter().for_each(|subtree| membership.add_above(tree, *subtree));
            }
        }
        membership.subtrees.sort_unstable_by_key(|(subtree, step)| (subtree.get(), *step));
        membership
    }

    fn add_above(&mut self, tree: &Document<'_>, subtree: NodeId) {
        let mut parent = tree.get_node(subtree).and_then(|node| node.parent());
        while let Some(node) = parent.filter(|node| self.above.insert(node.id())) {
            parent = node.parent();
        }
    }

    /// The walk comes to a node. Subtrees that it left out are passed over.
    pub(crate) fn enter(&mut self, node: NodeId) -> Entered {
        while self.subtrees.get(self.next).is_some_and(|(subtree, _)| subtree.get() < node.get()) {
            self.next += 1;
        }
        let first = self.next;
        while let Some((_, step)) = self.subtrees.get(self.next).filter(|(subtree, _)| *subtree == node) {
            let inside = self.inside.get_mut(*step).map(|inside| {
                *inside += 1;
                *inside
            });
            match self.steps.get(*step) {
                Some(Step::Only(_)) if inside == Some(1) => self.deciding.remove(step),
                Some(Step::Only(_)) | None => false,
                Some(Step::Without(_) | Step::With(_)) => self.deciding.insert(*step),
            };
            self.next += 1;
        }
        first..self.next
    }

    /// The walk leaves the node at which these were entered.
    pub(crate) fn leave(&mut self, entered: Entered) {
        for (_, step) in self.subtrees.get(entered).unwrap_or_default() {
            let Some(inside) = self.inside.get_mut(*step) else { continue };
            *inside = inside.saturating_sub(1);
            if *inside == 0 {
                match self.steps.get(*step) {
                    Some(Step::Only(_)) => self.deciding.insert(*step),
                    _ => self.deciding.remove(step),
                };
            }
        }
    }

    /// Whether the node that the walk is at is in the set.
    pub(crate) fn contains(&self) -> bool {
        let last = self.deciding.last().and_then(|step| self.steps.get(*step));
        matches!(last, None | Some(Step::With(_)))
    }

    /// Whether something below a node that is not in the set may be.
    pub(crate) fn may_contain_below(&self, node: NodeId) -> bool {
        self.above.contains(&node)
    }
}
