//! One Reference of SignedInfo or of a Manifest (XMLDSig 1.1 4.4.3, 5.1).

use std::cell::RefCell;

use foldhash::HashSet;
use kenin_base::{Budget, DigestAlgorithm, Finding, FindingCode, LimitExceeded, Resource, Source};
use kenin_crypto::MultiDigest;
use kenin_facts::{SignedDataStatus, XmlReference, XmlReferenceKind};
use roxmltree::{Node, NodeId};

use crate::canonical::Canonicalization;
use crate::error::as_offset;
use crate::findings::{note, of_limit};
use crate::ids::{Ids, Unresolved};
use crate::names::{self, digest_value, is_ds};
use crate::others::Others;
use crate::paths::Paths;
use crate::record::Places;
use crate::transform::{Data, Refused, Rest, Transformed, Transforms, write};
use crate::{Companions, NodeSet, XmlDocument, XmlOptions};

/// Octets of [`Resource::XmlCanonicalBytes`] that each reference counts for at least, and for each octet of it and of the path
/// to what it names, which are kept: members of a Manifest are resolved again for each reference to it.
const LEAST: usize = 16 << 10;
const KEPT: usize = 16;

/// What references are resolved in.
pub(crate) struct Surroundings<'x, 't> {
    pub document: &'x XmlDocument<'t>,
    pub ids: &'x Ids<'x>,
    pub budget: &'x Budget,
    /// The content that was given for what signatures are over outside of the document.
    pub content: Option<&'x Source>,
    /// How much that is, asked where content was given.
    pub outside: Outside,
    pub others: Others<'x>,
    /// Files beside the document.
    pub companions: Option<&'x dyn Companions>,
    pub paths: Paths,
    pub places: Places,
    /// The files that were read.
    read: RefCell<HashSet<String>>,
}

/// A reference with what it leads to. The octets are not kept: they could be the whole document for each of many.
pub(crate) struct Resolved {
    pub node: NodeId,
    /// Whether it stands in SignedInfo, so that the content that was given may be for it.
    direct: bool,
    /// Whether it leads to octets.
    leads: bool,
    pub reference: XmlReference,
    /// How much of the target transforms leave.
    pub rest: Rest,
    /// The one element that it is to, when transforms leave all of it.
    pub whole: Option<NodeId>,
    /// The element whose content is all that transforms leave.
    pub content: Option<NodeId>,
    /// The element that its URI names, or the one that a filter cut that down to.
    pub target: Option<NodeId>,
}

/// What the signatures of a document are over outside of it. Anybody can add a SignedInfo that is no signature's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outside {
    Nothing,
    /// One thing, of one or of several signatures.
    One,
    /// Several: for which of them content was given is open.
    Several,
}

impl Outside {
    fn of(document: &XmlDocument<'_>) -> Self {
        let signatures = document.tree().descendants().filter(|node| names::is_ds(*node, "Signature"));
        let signed_infos = signatures.flat_map(|signature| names::ds_children(signature, "SignedInfo"));
        let references = signed_infos.flat_map(|info| names::ds_children(info, "Reference"));
        let mut uris = references.filter(|reference| is_external(*reference)).map(|node| node.attribute("URI"));
        match uris.next() {
            None => Self::Nothing,
            Some(first) if uris.all(|other| other == first) => Self::One,
            Some(_) => Self::Several,
        }
    }
}

/// Where a URI leads.
enum Place {
    Nodes(NodeSet, NodeId),
    File(Source),
    Nowhere(Finding),
}

impl<'x, 't> Surroundings<'x, 't> {
    pub fn new(document: &'x XmlDocument<'t>, ids: &'x Ids<'x>, budget: &'x Budget, beside: &XmlOptions<'x>) -> Self {
        let (paths, places, read) = (Paths::default(), Places::default(), RefCell::default());
        let (content, companions) = (beside.content, beside.companions);
        let outside = content.map_or(Outside::Nothing, |_| Outside::of(document));
        let others = Others::of(document.tree(), ids);
        Self { document, ids, budget, content, outside, others, companions, paths, places, read }
    }

    /// Whether so much was made canonical that nothing more is.
    pub fn is_spent(&self) -> bool {
        self.pay(0).is_err()
    }

    pub fn pay(&self, octets: usize) -> Result<(), LimitExceeded> {
        self.budget.spend(Resource::XmlCanonicalBytes, as_offset(octets))
    }

    /// Hands the octets of a resolved reference over once more.
    pub fn write_again(
        &self,
        resolved: &Resolved,
        signature: NodeId,
        method: &Canonicalization,
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Refused> {
        const NOWHERE: Refused = Refused::Input("a reference that leads nowhere");
        let node = self.document.tree().get_node(resolved.node).filter(|_| resolved.leads).ok_or(NOWHERE)?;
        let data = match self.place(node.attribute("URI"), resolved.direct)? {
            Place::Nodes(nodes, _) => Data::Nodes(nodes),
            Place::File(source) => Data::File(source),
            Place::Nowhere(_) => return Err(NOWHERE),
        };
        let start = Transformed { data, subject: None, rest: Rest::All, whole: None, content: None };
        let left = self.transforms(signature).apply(node, start)?;
        write(self.document, &left.data, method, self.budget, sink)
    }

    fn transforms(&self, signature: NodeId) -> Transforms<'x, 't> {
        Transforms { document: self.document, ids: self.ids, budget: self.budget, signature }
    }

    /// Resolves a reference that is somewhere within `signature` and computes its digest.
    pub fn resolve(
        &self,
        reference: Node<'x, 't>,
        signature: NodeId,
        direct: bool,
        out: &mut Vec<Finding>,
    ) -> Resolved {
        let uri = reference.attribute("URI");
        let subject = || match uri {
            Some(uri) => format!("Reference {uri}"),
            None => "Reference".to_owned(),
        };
        let paid = self.pay(LEAST.saturating_add(KEPT.saturating_mul(reference.range().len())));
        let stated = digest_value(reference).filter(|_| paid.is_ok());
        if stated.is_none() && paid.is_ok() {
            let finding = Finding::new(FindingCode::Malformed).about(subject());
            note(out, finding.with("problem", "DigestMethod or DigestValue"));
        }
        let method = names::ds_child(reference, "DigestMethod").map(names::algorithm).unwrap_or_default();
        let digest_algorithm = stated.as_ref().and_then(|(fact, _)| fact.algorithm);
        let claimed = stated.map(|(_, claimed)| claimed).unwrap_or_default();
        if digest_algorithm.is_none() && !claimed.is_empty() {
            note(out, Finding::new(FindingCode::UnknownDigestAlgorithm).about(subject()).with("algorithm", method));
        }
        let mut resolved = Resolved {
            node: reference.id(),
            direct,
            leads: false,
            reference: XmlReference {
                kind: XmlReferenceKind::Data,
                id: reference.attribute("Id").map(str::to_owned),
                uri: uri.map(str::to_owned),
                element: None,
                media_type: None,
                digest_method: method.to_owned(),
                digest_algorithm,
                claimed: claimed.into(),
                computed: None,
                status: SignedDataStatus::NotFound,
            },
            rest: Rest::All,
            whole: None,
            content: None,
            target: None,
        };
        let place = paid.and_then(|()| self.place(uri, direct)).and_then(|place| match place {
            Place::Nodes(nodes, target) => {
                let element = self.document.tree().get_node(target);
                let path = element.map(|node| if node.is_root() { "/".to_owned() } else { self.paths.of(node) });
                self.pay(KEPT.saturating_mul(path.as_ref().map_or(0, String::len)))?;
                resolved.reference.element = path;
                resolved.target = Some(target);
                Ok(Place::Nodes(nodes, target))
            }
            other => Ok(other),
        });
        let start = match place {
            Ok(Place::Nodes(nodes, _)) => Data::Nodes(nodes),
            Ok(Place::File(source)) => Data::File(source),
            Ok(Place::Nowhere(finding)) => {
                out.push(finding.about(subject()));
                return resolved;
            }
            Err(limit) => {
                // Without what it is about: that may be as long as the document.
                note(out, of_limit(limit, "Reference"));
                return resolved;
            }
        };
        let target = resolved.target;
        let start = Transformed { data: start, subject: target, rest: Rest::All, whole: target, content: target };
        match self.transforms(signature).apply(reference, start).and_then(|left| {
            let computed = self.digest(&left.data, digest_algorithm)?;
            Ok((left, computed))
        }) {
            Ok((Transformed { subject: of, rest, whole, content, .. }, computed)) => {
                let agrees = computed.as_deref().map(|computed| computed == resolved.reference.claimed.as_slice());
                resolved.reference.status = match agrees {
                    Some(true) => SignedDataStatus::Intact,
                    Some(false) => SignedDataStatus::Broken,
                    None => SignedDataStatus::NotFound,
                };
                resolved.reference.computed = computed.map(Into::into);
                if let Some(cut_down_to) = of.filter(|_| of != target) {
                    resolved.reference.element =
                        self.document.tree().get_node(cut_down_to).map(|node| self.paths.of(node));
                }
                if rest == Rest::Part && content.is_none() && target.is_some() {
                    note(out, Finding::new(FindingCode::ReferencePartial).about(subject()));
                }
                resolved.target = of;
                resolved.rest = rest;
                resolved.whole = whole;
                resolved.content = content;
                resolved.leads = true;
            }
            Err(Refused::Limit(limit)) => out.push(of_limit(limit, &subject())),
            Err(Refused::Transform(transform)) => {
                let finding = Finding::new(FindingCode::TransformRefused).about(subject());
                out.push(finding.with("transform", transform));
            }
            Err(Refused::Input(what)) => {
                out.push(Finding::new(FindingCode::TransformRefused).about(subject()).with("transform", what));
            }
        }
        resolved
    }

    fn digest(&self, data: &Data<'_>, algorithm: Option<DigestAlgorithm>) -> Result<Option<Vec<u8>>, Refused> {
        let Some(algorithm) = algorithm else { return Ok(None) };
        let mut state = MultiDigest::new(&[algorithm].into());
        // What is still nodes after the transforms is canonicalized without comments (XMLDSig 1.1 4.4.3.2).
        let method = Canonicalization::inclusive();
        let mut left = false;
        write(self.document, data, &method, self.budget, &mut |octets| {
            left |= !octets.is_empty();
            state.update(octets);
        })?;
        // An element of which transforms leave nothing is not covered, whatever the digest of nothing is.
        if !left && !matches!(data, Data::File(_)) {
            return Err(Refused::Input("nothing that is left"));
        }
        Ok(state.finish().get(algorithm).map(<[u8]>::to_vec))
    }

    /// XMLDSig 1.1 4.4.3.1 and 4.4.3.2.
    fn place(&self, uri: Option<&str>, direct: bool) -> Result<Place, LimitExceeded> {
        let root = self.document.tree().root().id();
        Ok(match uri {
            Some("") => Place::Nodes(NodeSet::document().keep_comments(false), root),
            Some("#xpointer(/)") => Place::Nodes(NodeSet::document().keep_comments(true), root),
            Some(uri) => match uri.strip_prefix('#') {
                Some(fragment) => self.element(fragment),
                None => self.outside(Some(uri), direct)?,
            },
            None => self.outside(None, direct)?,
        })
    }

    fn element(&self, fragment: &str) -> Place {
        let (id, comments) = named_element(fragment);
        match self.ids.get(&id) {
            Ok(node) => Place::Nodes(NodeSet::subtree(node).keep_comments(comments), node),
            Err(Unresolved::Missing) => Place::Nowhere(Finding::new(FindingCode::ReferenceNotFound)),
            Err(Unresolved::Duplicate) => Place::Nowhere(Finding::new(FindingCode::DuplicateId).with("id", id)),
        }
    }

    /// Nothing is ever fetched: the content that was given counts, or a file in the folder of the document. A file may be
    /// longer than any document; read again, it counts as canonical octets do.
    fn outside(&self, uri: Option<&str>, direct: bool) -> Result<Place, LimitExceeded> {
        if uri.is_some_and(|uri| uri.contains('#')) {
            // A part of another document: which, is for its media type to say (RFC 3986 3.5).
            return Ok(Place::Nowhere(Finding::new(FindingCode::TransformRefused).with("transform", "a fragment")));
        }
        let (name, file) = match self.content.filter(|_| direct) {
            Some(content) => (String::new(), Some(content.clone()).filter(|_| self.outside == Outside::One)),
            None => {
                let path = uri.and_then(relative_path).unwrap_or_default();
                let file = self.companions.filter(|_| !path.is_empty()).and_then(|companions| companions.open(&path));
                (path, file)
            }
        };
        let Some(file) = file else { return Ok(Place::Nowhere(Finding::new(FindingCode::ContentMissing))) };
        if !self.read.borrow_mut().insert(name) {
            self.pay(usize::try_from(file.len()).unwrap_or(usize::MAX))?;
        }
        Ok(Place::File(file))
    }
}

/// The identifier that a same-document reference names, and whether it asks for comments: `#xpointer(id('ID'))` does.
pub(crate) fn named_element(fragment: &str) -> (String, bool) {
    let by_pointer = fragment.strip_prefix("xpointer(id(").and_then(|rest| rest.strip_suffix("))"));
    let quoted = |text: &'_ str| {
        let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        text.strip_prefix(quote)?.strip_suffix(quote).map(str::to_owned)
    };
    match by_pointer {
        Some(text) => (quoted(text).unwrap_or_default(), true),
        None => (percent_decoded(fragment), false),
    }
}

/// Whether a reference is to something outside of the document.
pub(crate) fn is_external(reference: Node<'_, '_>) -> bool {
    reference.attribute("URI").is_none_or(|uri| !uri.is_empty() && !uri.starts_with('#'))
}

/// What the Type of a reference says it is to, against what it is to. `false` is a sign of wrapping: the signature covers
/// something that stands elsewhere than a reader looks for it.
pub(crate) fn fits_its_type(reference: Node<'_, '_>, resolved: &Resolved, signature: Node<'_, '_>) -> bool {
    let tree = signature.document();
    let target = resolved.whole.or(resolved.target).and_then(|target| tree.get_node(target));
    // What the signature holds stands in its Objects, and in no Object within these.
    let within = target.into_iter().flat_map(|target| target.ancestors()).take_while(|above| *above != signature);
    let is_inside = target.is_some_and(|target| target.ancestors().skip(1).any(|above| above == signature));
    if is_inside && within.filter(|above| is_ds(*above, "Object")).count() > 1 {
        return false;
    }
    let own = |name| target.is_some_and(|target| is_ds(target, name) && is_inside);
    match reference.attribute("Type").unwrap_or_default() {
        // What names nothing is told by itself. A file is none of these; signers call it Object, which changes nothing.
        names::TYPE_OBJECT if resolved.target.is_none() => true,
        names::TYPE_MANIFEST | names::TYPE_COUNTERSIGNED if resolved.target.is_none() => !is_external(reference),
        kind if resolved.target.is_none() && names::is_signed_properties_type(kind) => !is_external(reference),
        names::TYPE_MANIFEST => own("Manifest"),
        // KeyInfo is an Object by no schema, and some signers say so; it has its place all the same.
        names::TYPE_OBJECT => own("Object") || own("KeyInfo"),
        names::TYPE_COUNTERSIGNED => target.is_some_and(|target| is_ds(target, "SignatureValue")),
        // Properties of another signature, or ones that stand elsewhere, are not this one's (EN 319 132-1 4.3).
        kind if names::is_signed_properties_type(kind) => target.is_some_and(|target| {
            let place = [target.parent(), target.parent().and_then(|above| above.parent())];
            let of_own = |above: Node<'_, '_>| is_ds(above, "Object") && above.parent() == Some(signature);
            names::is_xades(target, "SignedProperties")
                && place[0].is_some_and(|above| names::is_xades(above, "QualifyingProperties"))
                && place[1].is_some_and(of_own)
        }),
        _ => true,
    }
}

/// The path that a URI without a scheme names, below the folder it stands in: `None` for everything that could lead out of
/// it (RFC 3986 4.2).
pub(crate) fn relative_path(uri: &str) -> Option<String> {
    if uri.contains(['#', '?']) {
        return None;
    }
    let decoded = percent_decoded(uri);
    let mut steps = Vec::new();
    for step in decoded.split('/') {
        match step {
            "." => {}
            "" | ".." => return None,
            step if step.contains(['\\', ':', '\0']) => return None,
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

/// RFC 3986 2.1. What is no percent-encoded UTF-8 is left as it is.
fn percent_decoded(text: &str) -> String {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let octet = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        octets.push(octet.unwrap_or(*first));
        rest = if octet.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(octets).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_their_folder() {
        assert_eq!(relative_path("./a/b.txt").as_deref(), Some("a/b.txt"));
        assert_eq!(relative_path("%E5%87%A6.xml").as_deref(), Some("処.xml"));
        for out in
            ["../a", "a/../b", "/etc/passwd", "a//b", "file:a", "http://h/a", "a\\b", "%2e%2e/a", "", ".", "a%00"]
        {
            assert_eq!(relative_path(out), None, "{out}");
        }
    }
}
