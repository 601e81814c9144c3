//! The reference processing model (XMLDSig 1.1 4.4.3.2): from a URI through transforms to octets.

use std::borrow::Cow;

use kenin_base::{Budget, LimitExceeded, Resource, Source, Span};
use roxmltree::{Node, NodeId};

use crate::canonical::{Canonicalization, canonicalize};
use crate::error::as_offset;
use crate::ids::Ids;
use crate::names::{DS, algorithm, base64, ds_child, ds_children, is_ds, text};
use crate::{NodeSet, XmlDocument, XmlError, decode, xpath};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";
const XPATH: &str = "http://www.w3.org/TR/1999/REC-xpath-19991116";
const XPATH_FILTER: &str = "http://www.w3.org/2002/06/xmldsig-filter2";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// More transforms than any profile chains; each may cost a pass over the document.
const MOST_TRANSFORMS: usize = 16;

/// Octets that one of base64 counts for: decoding takes longer than hashing.
const DECODED: usize = 4;

/// What a reference leads to, before its digest.
pub(crate) enum Data<'d> {
    /// Nodes of the document that is verified.
    Nodes(NodeSet),
    /// Their canonical octets, which are not made before they are needed: they may be as long as the budget allows.
    Canonical(NodeSet, Canonicalization),
    /// Octets.
    Octets(Cow<'d, [u8]>),
    /// A file beside the document.
    File(Source),
}

/// Why a reference leads to no octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A transform that is not allowed or not known, by its identifier.
    Transform(String),
    /// What a transform is applied to does not fit it.
    Input(&'static str),
    Limit(LimitExceeded),
}

impl From<LimitExceeded> for Refused {
    fn from(limit: LimitExceeded) -> Self {
        Self::Limit(limit)
    }
}

impl From<XmlError> for Refused {
    fn from(error: XmlError) -> Self {
        match error {
            XmlError::Limit(limit) => Self::Limit(limit),
            _ => Self::Input("canonicalization"),
        }
    }
}

/// A canonicalization method with its InclusiveNamespaces (Exclusive XML Canonicalization 1.0 4).
pub(crate) fn canonicalization(method: Node<'_, '_>) -> Option<Canonicalization> {
    let known = Canonicalization::from_uri(algorithm(method))?;
    let inclusive = method.children().find(|child| {
        let name = child.tag_name();
        child.is_element() && name.name() == "InclusiveNamespaces" && name.namespace().is_some_and(|ns| ns == EXCLUSIVE)
    });
    let list = inclusive.and_then(|inclusive| inclusive.attribute("PrefixList")).unwrap_or_default();
    Some(known.with_prefixes(list.split_ascii_whitespace()))
}

/// Carries the transforms of one reference out. XSLT, XPath but for the expressions that signed documents use, and everything
/// unknown are refused: they could make anything of what was signed.
pub(crate) struct Transforms<'x, 't> {
    pub document: &'x XmlDocument<'t>,
    pub ids: &'x Ids<'x>,
    pub budget: &'x Budget,
    /// The Signature that the reference is in.
    pub signature: NodeId,
}

/// How much of a subject transforms leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    All,
    /// All but the Signature that the reference is in.
    WithoutOwn,
    /// All but Signature elements.
    WithoutSignatures,
    Part,
}

/// What transforms leave.
pub(crate) struct Transformed<'d> {
    pub data: Data<'d>,
    /// What it is of: the element that the URI names, or the one that a filter cut it down to.
    pub subject: Option<NodeId>,
    pub rest: Rest,
    /// The one element that all of it is, and nothing else.
    pub whole: Option<NodeId>,
    /// The one element that all of it is the content of: that one, or one whose text was decoded.
    pub content: Option<NodeId>,
}

impl<'x, 't> Transforms<'x, 't> {
    pub fn apply<'d>(&self, reference: Node<'x, 't>, start: Transformed<'d>) -> Result<Transformed<'d>, Refused> {
        let Some(transforms) = ds_child(reference, "Transforms") else { return Ok(start) };
        let mut left = start;
        for (position, transform) in ds_children(transforms, "Transform").enumerate() {
            if position >= MOST_TRANSFORMS {
                return Err(Refused::Transform("more than 16 transforms".to_owned()));
            }
            left = self.step(transform, left)?;
        }
        Ok(left)
    }

    fn step<'d>(&self, transform: Node<'x, 't>, left: Transformed<'d>) -> Result<Transformed<'d>, Refused> {
        let Transformed { data, subject, rest, whole, content } = left;
        if let Some(method) = canonicalization(transform) {
            return Ok(Transformed { data: self.canonical(&method, data)?, subject, rest, whole, content });
        }
        let less = if rest == Rest::Part { rest } else { Rest::WithoutSignatures };
        let uri = algorithm(transform);
        let (data, subject, rest, whole) = match (uri, data) {
            (ENVELOPED, Data::Nodes(nodes)) => {
                let untouched = whole.filter(|whole| !self.contains(*whole, self.signature));
                let rest = if untouched.is_none() && rest == Rest::All { Rest::WithoutOwn } else { rest };
                (Data::Nodes(nodes.without(self.signature)), subject, rest, untouched)
            }
            (BASE64, data) => {
                let content = content.filter(|content| self.is_plain_text(*content));
                return Ok(Transformed { data: self.decoded(data)?, subject, rest: Rest::Part, whole: None, content });
            }
            (XPATH, Data::Nodes(nodes)) => {
                let expression = ds_child(transform, "XPath").filter(|xpath| leaves_signatures_out(*xpath));
                expression.ok_or_else(|| Refused::Transform(uri.to_owned()))?;
                // Beside the apex there is nothing to take out.
                let tree = self.document.tree();
                let apex = nodes.apex().and_then(|apex| tree.get_node(apex)).unwrap_or(tree.root());
                self.pay(apex.range().len())?;
                let around = apex.ancestors().skip(1).chain(apex.descendants());
                let signatures = around.filter(|node| is_ds(*node, "Signature"));
                let nodes = signatures.fold(nodes, |nodes, signature| nodes.without(signature.id()));
                (Data::Nodes(nodes), subject, less, None)
            }
            (XPATH_FILTER, Data::Nodes(nodes)) => {
                let filters = transform.children().filter(|child| {
                    child.is_element()
                        && child.tag_name().name() == "XPath"
                        && child.tag_name().namespace() == Some(uri)
                });
                let mut left = (nodes, subject, rest, whole);
                for filter in filters {
                    left = match self.filtered(filter, left) {
                        Some(left) => left,
                        None => {
                            self.pay(0)?;
                            return Err(Refused::Transform(uri.to_owned()));
                        }
                    };
                }
                let (nodes, subject, rest, whole) = left;
                (Data::Nodes(nodes), subject, rest, whole)
            }
            (ENVELOPED | XPATH | XPATH_FILTER, _) => return Err(Refused::Input("a transform of nodes")),
            _ => return Err(Refused::Transform(uri.to_owned())),
        };
        Ok(Transformed { data, subject, rest, whole, content: whole })
    }

    /// Whether an element has text alone, and no attribute but its identifier: decoding its text loses nothing of it.
    fn is_plain_text(&self, element: NodeId) -> bool {
        let is_id = |name: &str| matches!(name, "Id" | "ID" | "id");
        self.document.tree().get_node(element).is_some_and(|element| {
            element.attributes().all(|attribute| is_id(attribute.name()))
                && element.children().all(|child| child.is_text())
        })
    }

    fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        let inner = self.document.tree().get_node(inner);
        inner.is_some_and(|inner| inner.ancestors().any(|above| above.id() == outer))
    }

    fn canonical<'d>(&self, method: &Canonicalization, data: Data<'d>) -> Result<Data<'d>, Refused> {
        let other = match data {
            Data::Nodes(nodes) => return Ok(Data::Canonical(nodes, method.clone())),
            other => other,
        };
        let input = self.octets_of(other)?;
        let text = decode(&input)?;
        let document = XmlDocument::parse(self.budget, &text)?;
        // Octets are parsed into all nodes of a document, comments with them (XMLDSig 1.1 4.4.3.2).
        let nodes = NodeSet::document().keep_comments(true);
        Ok(Data::Octets(Cow::Owned(collected(&document, &nodes, method, self.budget)?)))
    }

    /// XMLDSig 1.1 6.6.2: of nodes their text, of octets those themselves.
    fn decoded<'d>(&self, data: Data<'d>) -> Result<Data<'d>, Refused> {
        let text = match data {
            Data::Nodes(nodes) => self.text_of(&nodes)?.ok_or(Refused::Input("base64"))?,
            other => String::from_utf8(self.octets_of(other)?.into_owned()).map_err(|_| Refused::Input("base64"))?,
        };
        self.pay(text.len().saturating_mul(DECODED))?;
        base64(&text).map(|octets| Data::Octets(Cow::Owned(octets))).ok_or(Refused::Input("base64"))
    }

    /// The text of one element, all of it; of parts of it, none.
    fn text_of(&self, nodes: &NodeSet) -> Result<Option<String>, Refused> {
        let apex = nodes.apex().filter(|_| nodes.is_one_subtree());
        let Some(apex) = apex.and_then(|apex| self.document.tree().get_node(apex)) else { return Ok(None) };
        self.pay(apex.range().len())?;
        Ok(Some(apex.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()))
    }

    /// Work that makes no canonical octets counts as if it did.
    fn pay(&self, octets: usize) -> Result<(), Refused> {
        Ok(self.budget.spend(Resource::XmlCanonicalBytes, as_offset(octets))?)
    }

    fn octets_of<'d>(&self, data: Data<'d>) -> Result<Cow<'d, [u8]>, Refused> {
        match data {
            Data::Octets(octets) => Ok(octets),
            Data::Canonical(nodes, method) => Ok(Cow::Owned(collected(self.document, &nodes, &method, self.budget)?)),
            Data::File(source) => {
                self.budget.check(Resource::XmlBytes, source.len())?;
                let octets = source.read(Span::new(0, source.len())).map_err(|_| Refused::Input("a file"))?;
                Ok(Cow::Owned(octets.into_owned()))
            }
            Data::Nodes(_) => Err(Refused::Input("octets")),
        }
    }

    /// One step of XPath Filter 2.0. Not understood are union, which adds nodes before the input is cut down to, and an expression
    /// in pieces: what stands between them may be changed without changing what is signed.
    fn filtered(&self, filter: Node<'x, 't>, (nodes, subject, rest, whole): Filtered) -> Option<Filtered> {
        let (document, ids, budget, signature) = (self.document, self.ids, self.budget, self.signature);
        let context = xpath::Context { document, ids, budget, holder: filter, signature };
        let mut pieces = filter.children();
        let text = pieces.next().filter(Node::is_text).and_then(|piece| piece.text());
        let expression = text.filter(|_| pieces.next().is_none())?;
        let selected = context.select(expression)?;
        let tree = document.tree();
        match filter.attribute("Filter")? {
            "subtract" => {
                let is_signature = |id: &NodeId| tree.get_node(*id).is_some_and(|node| is_ds(node, "Signature"));
                let rest = match (selected.iter().all(is_signature), rest) {
                    (true, Rest::All | Rest::WithoutOwn) => Rest::WithoutSignatures,
                    (true, rest) => rest,
                    (false, _) => Rest::Part,
                };
                Some((selected.into_iter().fold(nodes, NodeSet::without), subject, rest, None))
            }
            "intersect" => match *selected.as_slice() {
                [all] if all == tree.root().id() => Some((nodes, subject, rest, whole)),
                [one] => {
                    let inside = whole.filter(|whole| self.contains(*whole, one)).map(|_| one);
                    let rest = if inside.is_some() { rest } else { Rest::Part };
                    Some((nodes.only(one), inside.or(subject), rest, inside))
                }
                _ => Some((nodes.only_in(selected), subject, Rest::Part, None)),
            },
            _ => None,
        }
    }
}

/// Nodes, what they are of, how much of it, and the element that they are.
type Filtered = (NodeSet, Option<NodeId>, Rest, Option<NodeId>);

/// `not(ancestor-or-self::ds:Signature)`, with whatever prefix stands for XMLDSig.
fn leaves_signatures_out(xpath: Node<'_, '_>) -> bool {
    let expression: String = text(xpath).chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let inner = expression.strip_prefix("not(ancestor-or-self::").and_then(|rest| rest.strip_suffix(":Signature)"));
    inner.is_some_and(|prefix| xpath.lookup_namespace_uri(Some(prefix)) == Some(DS))
}

/// Canonical octets that are held in memory, of which there may be as many as a document has.
pub(crate) fn collected(
    document: &XmlDocument<'_>,
    nodes: &NodeSet,
    method: &Canonicalization,
    budget: &Budget,
) -> Result<Vec<u8>, Refused> {
    let most = budget.limits().xml_bytes;
    let (mut octets, mut length) = (Vec::new(), 0_u64);
    let mut sink = |piece: &[u8]| {
        length = length.saturating_add(as_offset(piece.len()));
        if length <= most {
            octets.extend_from_slice(piece);
        }
    };
    canonicalize(document, nodes, method, budget, &mut sink)?;
    budget.check(Resource::XmlBytes, length)?;
    Ok(octets)
}

/// Hands the octets of what a reference leads to over; nodes are canonicalized by `method` (4.4.3.2).
pub(crate) fn write(
    document: &XmlDocument<'_>,
    data: &Data<'_>,
    method: &Canonicalization,
    budget: &Budget,
    sink: &mut dyn FnMut(&[u8]),
) -> Result<(), Refused> {
    match data {
        Data::Nodes(nodes) => Ok(canonicalize(document, nodes, method, budget, sink)?),
        Data::Canonical(nodes, own) => Ok(canonicalize(document, nodes, own, budget, sink)?),
        Data::Octets(octets) => {
            sink(octets);
            Ok(())
        }
        Data::File(source) => {
            let whole = Span::new(0, source.len());
            source.for_each_chunk(whole, sink).map_err(|_| Refused::Input("a file"))
        }
    }
}
